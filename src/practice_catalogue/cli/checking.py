"""The commands that only read a catalogue: check, check-pr, review."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from practice_catalogue.cli.console import GOOD, WRONG
from practice_catalogue.cli.options import catalogue_folder
from practice_catalogue.model.diagnostics import CannotRun, Report
from practice_catalogue.model.settings import CatalogueFolder, Settings
from practice_catalogue.output import writer
from practice_catalogue.validation import loader
from practice_catalogue.validation.reports import FORMATS, as_github, counted, sections_as_json, sections_as_text


def check(options: argparse.Namespace) -> int:
    """Reports all problems of the fiches."""
    gc.disable()  # nearly all objects live to the end, so collecting only costs time
    paths = [Path(path) for path in options.paths]
    for path in paths:
        if not path.is_file():
            raise CannotRun("fichier-absent", chemin=path)
    folder = catalogue_folder(options)
    inside = _files_inside(folder.practices) if paths else {}
    paths = [inside.get(path.resolve(), path) for path in paths]
    try:
        _, report, files = load_with(folder, paths)
    except CannotRun as error:
        if options.format != "text":  # a program reads the output, not the messages
            print(FORMATS[options.format](Report.of(error.diagnostics), 0, ""))
        raise
    site = loader.load_settings(folder.settings).address
    print(FORMATS[options.format](report, len(paths) or files, site))
    return WRONG if report.errors or (options.strict and report.warnings) else GOOD


def load_with(folder: CatalogueFolder, paths: Sequence[Path]) -> loader.Loaded:
    """Loads the catalogue and additional files; if there are any, the report covers only these."""
    loaded = loader.load_catalogue(folder, paths)
    return loaded._replace(report=loaded.report.about(frozenset(map(str, paths)))) if paths else loaded


def _files_inside(practices: Path) -> dict[Path, Path]:
    """Returns the files of a folder by resolved path, without symbolic links; values are paths as reports show them."""
    files = practices.iterdir() if practices.is_dir() else ()
    return {path.resolve(): path for path in files if not path.is_symlink()}


def check_pr(options: argparse.Namespace) -> int:
    """Reports the changes of a branch and its problems."""
    from practice_catalogue.upkeep import git
    from practice_catalogue.upkeep.pull_request import PullRequest, markdown_summary, terminal_summary

    folder = catalogue_folder(options)
    loaded = loader.load_catalogue(folder)
    settings = loader.load_settings(folder.settings)
    site = settings.address
    base = options.base or git.default_base(options.root, settings.branche)
    proposal = PullRequest(git.changes_since(options.root, base), loaded.catalogue, loaded.report)
    if options.format == "github":
        print(as_github(proposal.own, len(proposal.entries), site))
    else:
        print(terminal_summary(proposal, site))
    if options.summary:
        writer.append(Path(options.summary), markdown_summary(proposal))
    if options.good:
        writer.append(Path(options.good), "".join(f"{preview.fiche.id}\n" for preview in proposal.previews))
    return WRONG if loaded.report.errors else GOOD


def review(options: argparse.Namespace) -> int:
    """Reports stale information."""
    from practice_catalogue.upkeep import staleness
    from practice_catalogue.upkeep.issue import issue_text

    folder = catalogue_folder(options)
    settings = loader.load_settings(folder.settings)
    loaded = loader.load(folder.practices, folder.vocabularies)
    addresses = (address for fiche in loaded.catalogue for _, address in staleness.addresses_of(fiche))
    links = _ask_links(addresses, settings, options) if options.links else LinkReview({}, {}, 0)
    found = loader.locate(
        folder.practices, staleness.findings(loaded.catalogue, options.today, links.dead, links.silent)
    )
    sections = staleness.group_by_urgency(found)
    if options.format == "github":
        print(issue_text(sections, options.today, settings, links=options.links, unasked=links.unasked), end="")
    elif options.format == "json":
        print(sections_as_json(sections))
    else:
        print(sections_as_text(sections) or "Rien n'a vieilli.")
    if loaded.report.errors:
        print("Les fiches fausses n'ont pas été revues : lancez la commande « check ».", file=sys.stderr)
    return GOOD


class LinkReview(NamedTuple):
    """The addresses that failed on two days and on one, with the code of the reason, and how many were not asked."""

    dead: dict[str, str]
    silent: dict[str, str]
    unasked: int


def _ask_links(addresses: Iterable[str], settings: Settings, options: argparse.Namespace) -> LinkReview:
    """Requests the addresses over the internet, and notes the failures in the file of `--memory`."""
    from practice_catalogue.upkeep.link_memory import memory_text, parse_memory, update_memory
    from practice_catalogue.upkeep.links import LinkChecker

    asked = [address for address in dict.fromkeys(addresses) if not settings.is_exempt(address)]
    print(f"{counted(len(asked), 'adresse')} à demander…", file=sys.stderr)
    memory = Path(options.memory) if options.memory else None
    known = parse_memory(_text_of(memory), options.today) if memory else {}
    checker = LinkChecker(_user_agent(settings))
    failed = checker.dead(asked)
    if checker.unasked:
        print(f"{counted(len(checker.unasked), 'adresse')} sans réponse connue, faute de temps.", file=sys.stderr)
    if not memory:
        print("Sans --memory, la revue ne sait pas ce qui a déjà manqué un autre jour.", file=sys.stderr)
    since = update_memory(known, failed, checker.unasked, options.today)
    if memory:
        writer.replace(memory, memory_text(since))
    dead = {address: reason for address, reason in failed.items() if since[address] < options.today}
    silent = {address: reason for address, reason in failed.items() if address not in dead}
    return LinkReview(dead, silent, len(checker.unasked))


def _text_of(memory: Path) -> str:
    """Returns the text of a file, which is empty as long as there is none. Raises CannotRun."""
    try:
        return memory.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise writer.cannot_write(memory, error) from error


def _user_agent(settings: Settings) -> str:
    """Returns the User-Agent header: the program, and how to contact its user."""
    where = settings.adresse_du_site or settings.depot or settings.courriel_des_contributions
    return f"practice-catalogue/{version('practice-catalogue')} ({where})"
