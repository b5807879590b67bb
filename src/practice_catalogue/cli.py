"""The commands; the only module that prints, and each command imports what only it needs."""

from __future__ import annotations

import argparse
import errno
import gc
import io
import os
import re
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from itertools import count
from pathlib import Path

from practice_catalogue.forms.skeleton import skeleton
from practice_catalogue.model.catalogue import slug
from practice_catalogue.model.diagnostics import CannotRun, Diagnostic, Report
from practice_catalogue.model.settings import Exemptions, Settings
from practice_catalogue.model.vocabulary import fold
from practice_catalogue.options import FILTERS, FOLDING, understood
from practice_catalogue.output import writer
from practice_catalogue.validation import loader, messages
from practice_catalogue.validation.reports import (
    FORMATS,
    as_github,
    as_text,
    counted,
    sections_as_json,
    sections_as_text,
)

GOOD, WRONG, CANNOT_RUN, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None, root: Path | None = None) -> int:
    """Runs a command on the catalogue in the folder `root`, else the current one.

    Returns 0 if all is good, 1 if a fiche is wrong, 2 if the job cannot run, 130 after Ctrl-C.
    """
    _write_utf8()
    options = understood(sys.argv[1:] if arguments is None else arguments, root or Path.cwd())
    try:
        code = COMMANDS[options.command](options)
        sys.stdout.flush()
    except CannotRun as error:
        if options.debug and error.__cause__:
            traceback.print_exception(error.__cause__)
        _complain(error.diagnostic)
        return CANNOT_RUN
    except KeyboardInterrupt:
        print("Interrompu : rien n'a été publié.", file=sys.stderr)
        return INTERRUPTED
    except SystemExit:
        raise
    except BaseException as error:  # noqa: BLE001  # a sentence instead of a traceback; Rust's panics are no Exception
        if options.debug:
            traceback.print_exc()
        return _stopped(error)
    return code


def _stopped(error: BaseException) -> int:
    """Says why the job ended, and returns its exit code."""
    match error:
        case BrokenPipeError():  # whoever read our output has left
            _leave_output()
        case MemoryError():
            _complain(Diagnostic("", 0, 0, "memoire"))
        case OSError(errno=errno.ENOSPC | errno.EFBIG | errno.EDQUOT):
            _leave_output()
            _complain(Diagnostic("", 0, 0, "sortie", details={"raison": "le disque est plein"}))
        case _:
            _complain(Diagnostic("", 0, 0, "imprevu", details={"lieu": "aucun fichier en cause"}))
    return CANNOT_RUN


def _leave_output() -> None:
    """What is still to be written goes nowhere, so that Python does not complain about it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _write_utf8() -> None:
    """French in any locale; what is no text, such as the name of a file in another encoding, is shown as escapes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            plain = stream.encoding.lower() in {"ascii", "us-ascii", "ansi_x3.4-1968"}
            stream.reconfigure(encoding="utf-8" if plain else None, errors="backslashreplace")


def check(options: argparse.Namespace) -> int:
    """Says all that is wrong with the fiches."""
    gc.disable()  # whatever is read is kept to the end
    paths = [Path(path) for path in options.paths]
    for path in paths:
        if not path.is_file():
            raise CannotRun("fichier-absent", chemin=path)
    practices = _short(options.practices)
    inside = _files_inside(practices) if paths else {}
    paths = [inside.get(path.resolve(), path) for path in paths]
    _, report, files = _checked(options.root, practices, paths)
    site = loader.load_settings(options.root / "catalogue.yml").address
    print(FORMATS[options.format](report, len(paths) or files, site))
    return WRONG if report.errors or (options.strict and report.warnings) else GOOD


def _checked(root: Path, practices: Path, paths: Sequence[Path]) -> loader.Loaded:
    """The catalogue with some files as well, and what is wrong with them; with all of it where none is named."""
    loaded = loader.load(practices, _short(root / "vocabularies"), paths, _short(root / "docs"))
    return loaded._replace(report=loaded.report.about(frozenset(map(str, paths)))) if paths else loaded


def _files_inside(practices: Path) -> dict[Path, Path]:
    """The files of a folder by their absolute paths, as reports name them; links lead elsewhere."""
    files = practices.iterdir() if practices.is_dir() else ()
    return {path.resolve(): path for path in files if not path.is_symlink()}


def check_pr(options: argparse.Namespace) -> int:
    """Says what a branch would change, and all that is wrong with it."""
    from practice_catalogue.upkeep import git
    from practice_catalogue.upkeep.pull_request import PullRequest, summary, told

    loaded = loader.load(
        _short(options.root / "practices"), _short(options.root / "vocabularies"), docs=_short(options.root / "docs")
    )
    site = loader.load_settings(options.root / "catalogue.yml").address
    proposal = PullRequest(git.changes_since(options.root, options.base), loaded.catalogue, loaded.report)
    if options.format == "github":
        print(as_github(proposal.own, len(proposal.entries), site))
    else:
        print(told(proposal, site))
    if options.summary:
        writer.append(Path(options.summary), summary(proposal))
    if options.good:
        writer.append(Path(options.good), "".join(f"{preview.fiche.id}\n" for preview in proposal.previews))
    return WRONG if loaded.report.errors else GOOD


def review_command(options: argparse.Namespace) -> int:
    """Says what has aged."""
    from practice_catalogue.upkeep import staleness
    from practice_catalogue.upkeep.issue import issue

    practices = _short(options.practices)
    settings = loader.load_settings(_short(options.root / "catalogue.yml"))
    exemptions = loader.load_exemptions(_short(options.root / "liens-sans-controle.yml"))
    loaded = loader.load(practices, _short(options.root / "vocabularies"))
    addresses = (address for fiche in loaded.catalogue for _, address in staleness.addresses_of(fiche))
    dead = _dead(addresses, settings, exemptions) if options.links else {}
    found = loader.locate(practices, staleness.findings(loaded.catalogue, options.today, dead))
    sections = staleness.by_urgency(found)
    if options.format == "github":
        print(issue(sections, options.today, settings, links=options.links), end="")
    elif options.format == "json":
        print(sections_as_json(sections))
    else:
        print(sections_as_text(sections) or "Rien n'a vieilli.")
    if loaded.report.errors:
        print("Les fiches fausses n'ont pas été revues : lancez « make check ».", file=sys.stderr)
    return GOOD


def _dead(addresses: Iterable[str], settings: Settings, exemptions: Exemptions) -> dict[str, str]:
    from practice_catalogue.upkeep.links import LinkChecker

    asked = [address for address in dict.fromkeys(addresses) if not exemptions.cover(address)]
    where = settings.adresse_du_site or settings.depot or settings.courriel_des_contributions
    print(f"{counted(len(asked), 'adresse')} à demander…", file=sys.stderr)
    agent = f"catalogue-bonnes-pratiques ({slug(settings.nom)}; {where})".encode("ascii", "ignore").decode()
    return LinkChecker(agent).dead(asked)


def build(options: argparse.Namespace) -> int:
    """Checks and publishes the site."""
    from practice_catalogue.build import publisher

    start = time.perf_counter()
    folders = publisher.Folders(options.root, _short(options.practices), Path(options.out))
    with _Stages() as stages:
        published = publisher.build(folders, stages.told, options.site_url)
    if published.report:
        print(as_text(published.report, published.fiches))
    if published.report.errors:
        print("Rien n'a été publié : corrigez d'abord ces erreurs.", file=sys.stderr)
        return WRONG
    seconds = f"{time.perf_counter() - start:.1f}".replace(".", ",")
    print(f"{counted(published.fiches, 'fiche')}, {counted(published.pages, 'page')}, {seconds} s.")
    print(f"Ouvrez {folders.out / 'index.html'}, ou lancez « make serve ».")
    return GOOD


def tree(options: argparse.Namespace) -> int:
    """Writes the pages as Markdown for another publisher."""
    from practice_catalogue.build import markdown_export as whole  # see `build`

    report = whole.export_markdown(options.root, _short(options.practices), Path(options.out), options.site_url)
    if report:
        print(as_text(report, len(report)))
    if report.errors:
        print("Rien n'a été écrit : corrigez d'abord ces erreurs.", file=sys.stderr)
        return WRONG
    print(f"Les pages sont dans {_short(options.out)}.")
    return GOOD


def serve(options: argparse.Namespace) -> int:
    """Shows the site while the fiches are being written."""
    from mkdocs.commands import serve as mkdocs_serve

    print(f"Aperçu sur http://{options.address}/ ; Ctrl-C pour arrêter.")
    mkdocs_serve.serve(str(options.root / "mkdocs.yml"), build_type="dirty", dev_addr=options.address)
    return GOOD


def new(options: argparse.Namespace) -> int:
    """Starts a fiche."""
    if not re.search(r"[a-z0-9]", fold(options.titre)):
        raise CannotRun("titre-sans-identifiant", titre=options.titre)
    fiche_id = slug(options.titre)
    path = Path(options.practices) / f"{fiche_id}.yml"
    if not path.parent.is_dir():
        raise CannotRun("dossier-absent", chemin=path.parent)
    try:
        writer.create(path, skeleton(" ".join(options.titre.split())))
    except FileExistsError:
        raise CannotRun("fichier-existe", chemin=path) from None
    print(f"{_short(path)} est prêt : remplissez-le, puis lancez « make check ».")
    return GOOD


def booklet(options: argparse.Namespace) -> int:
    """Makes a booklet of some fiches or of all."""
    from practice_catalogue.booklet.book_data import BookletLayout
    from practice_catalogue.build import booklets

    start = time.perf_counter()
    filters = {index: getattr(options, name) for name, index in FILTERS.items()}
    paper = BookletLayout(
        a4=options.format == "a4",
        print=options.print,
        recto=options.recto,
        margin_for_fold=options.print or options.impose,
    )
    request = booklets.BookletRequest(
        options.edition, filters, options.select, options.order, paper, options.impose, options.site_url
    )
    out = Path(options.out or _booklet_name(options))
    made = booklets.make(options.root, _short(options.practices), out, request)
    if made.report:
        print(as_text(made.report, made.files))
    if made.booklet is None:
        print("Le livret n'a pas été fait : corrigez d'abord ces erreurs.", file=sys.stderr)
        return WRONG
    for diagnostic in made.booklet.diagnostics:
        print(messages.line(diagnostic), file=sys.stderr)
    if not made.has_address:
        print("Sans l'adresse du site (catalogue.yml ou --site-url), le livret n'a pas de codes QR.", file=sys.stderr)
    seconds = f"{time.perf_counter() - start:.1f}".replace(".", ",")
    print(f"{_short(out)} : {counted(made.fiches, 'fiche')}, {counted(made.booklet.pages, 'page')}, {seconds} s.")
    if options.impose:
        print(FOLDING)
    return GOOD


def _booklet_name(options: argparse.Namespace) -> str:
    parts = ["livret", options.edition and slug(options.edition)]
    parts += ["imprimeur" if options.print else "", "feuilles" if options.impose else ""]
    return f"{'-'.join(part for part in parts if part)}.pdf"


def form(options: argparse.Namespace) -> int:
    """Makes the Word form, empty or filled in from a fiche."""
    from practice_catalogue.exports.publication import Publication
    from practice_catalogue.forms.word import form as word_form

    vocabularies = loader.load_vocabularies(_short(options.root / "vocabularies"))
    settings = loader.load_settings(options.root / "catalogue.yml")
    catalogue = loader.load(_short(options.practices), _short(options.root / "vocabularies")).catalogue
    fiche = next((one for one in catalogue if one.id == options.fiche), None)
    if options.fiche and fiche is None:
        raise CannotRun("fiche-inconnue", id=options.fiche)
    date = Publication(catalogue, settings).date
    made = word_form.as_docx(vocabularies, settings.nom, date, settings.courriel_des_contributions, fiche)
    out = Path(options.output)
    try:
        writer.create(out, made)
    except FileExistsError:  # it may be one that somebody has filled in
        raise CannotRun("formulaire-existe", chemin=out) from None
    print(f"{_short(out)} est prêt : ouvrez-le dans Word ou LibreOffice, et lisez-le ensuite avec « import ».")
    return GOOD


def import_files(options: argparse.Namespace) -> int:
    """Reads filled forms and older documents into drafts; never touches a file that exists."""
    from practice_catalogue.forms.importing import importer
    from practice_catalogue.forms.importing import report as import_report

    out = Path(options.drafts)
    if not out.is_dir():
        raise CannotRun("dossier-absent", chemin=out)
    vocabularies = loader.load_vocabularies(_short(options.root / "vocabularies"))
    done: list[import_report.ImportedFile] = []
    for path in map(Path, options.paths):
        if not path.is_file():
            raise CannotRun("fichier-absent", chemin=path)
        try:
            imported = importer.read_drafts(path, vocabularies)
        except OSError:
            raise CannotRun("fichier-illisible", chemin=path) from None
        texts = [(one.id, importer.text_of(one, imported.source, vocabularies)) for one in imported.proposals]
        done.append(import_report.with_paths(imported, [_new_file(out, name, text) for name, text in texts]))
    made = [Path(path) for one in done for path in one.paths]
    report = _checked(options.root, _short(options.root / "practices"), made).report if made else Report(())
    print(import_report.FORMATS[options.format](done, vocabularies, report))
    return WRONG if any(one.imported.refused for one in done) else GOOD


def _new_file(folder: Path, name: str, text: str) -> Path:
    """Writes a file under a name that is free: its own, else one with a number."""
    for number in count(1):
        path = folder / (f"{name}.yml" if number == 1 else f"{name[:76]}-{number}.yml")
        try:
            writer.create(path, text)
        except FileExistsError:
            continue
        return _short(path)
    raise AssertionError  # the numbers do not end


def schema(options: argparse.Namespace) -> int:
    """Writes the JSON Schema of a fiche, for editors."""
    from practice_catalogue.forms.schema import schema_text

    text = schema_text(loader.load_vocabularies(options.root / "vocabularies"))
    if not options.output:
        print(text, end="")
        return GOOD
    writer.replace(Path(options.output), text)
    print(f"{_short(options.output)} est prêt.")
    return GOOD


def publish_ids(options: argparse.Namespace) -> int:
    """Adds the ids of new fiches to the list of those whose addresses must last."""
    practices = _short(options.practices)
    catalogue, report, files = loader.load(practices, _short(options.root / "vocabularies"))
    if report.errors:
        print(as_text(report, files))
        print("La liste n'a pas changé : corrigez d'abord ces erreurs.", file=sys.stderr)
        return WRONG
    listed = loader.load_published(practices)
    new = listed.new(catalogue)
    writer.replace(Path(listed.file), listed.with_new(catalogue))
    print(f"{_short(listed.file)} : {counted(len(new), 'adresse')} de plus.")
    return GOOD


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "check": check,
    "check-pr": check_pr,
    "review": review_command,
    "build": build,
    "tree": tree,
    "serve": serve,
    "booklet": booklet,
    "form": form,
    "import": import_files,
    "new": new,
    "publish-ids": publish_ids,
    "schema": schema,
}


class _Stages:
    """A bar a stage on a terminal, a line a stage elsewhere."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

        self._console = Console(stderr=True)
        columns = (TextColumn("{task.description:<12}"), BarColumn(), MofNCompleteColumn())
        self._bars = Progress(*columns, console=self._console, disable=not self._console.is_terminal)
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> _Stages:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def told(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(stage, total=total)
            if not self._console.is_terminal:
                print(f"{stage}…", file=sys.stderr)
        self._bars.update(self._tasks[stage], completed=done, total=total)


def _complain(diagnostic: Diagnostic) -> None:
    print(f"erreur {diagnostic.code} : {messages.message(diagnostic)}", file=sys.stderr)
    if advice := messages.hint(diagnostic):
        print(f"    conseil : {advice}", file=sys.stderr)


def _short(path: str | Path) -> Path:
    """A path as one would type it from here."""
    path = Path(path)
    here = Path.cwd()
    return path.relative_to(here) if path.is_absolute() and path.is_relative_to(here) else path
