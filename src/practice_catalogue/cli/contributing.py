"""The commands that write files of a catalogue: init, new, form, import, schema, publish-ids."""

from __future__ import annotations

import argparse
import re
import sys
import traceback
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from practice_catalogue.cli.checking import load_with
from practice_catalogue.cli.console import GOOD, WRONG, short_path, shown_path
from practice_catalogue.cli.options import catalogue_folder
from practice_catalogue.forms.skeleton import skeleton
from practice_catalogue.model.catalogue import slug
from practice_catalogue.model.diagnostics import CannotRun, Report
from practice_catalogue.model.vocabulary import fold
from practice_catalogue.output import writer
from practice_catalogue.validation import loader
from practice_catalogue.validation.reports import as_text, counted

if TYPE_CHECKING:
    from practice_catalogue.forms.importing.importer import Imported
    from practice_catalogue.model.vocabulary import Vocabularies


def init(options: argparse.Namespace) -> int:
    """Creates a catalogue."""
    from practice_catalogue.scaffold.new_catalogue import create_catalogue

    folder = Path(options.folder)
    create_catalogue(folder)
    print(f"Le catalogue est prêt dans « {shown_path(folder)} » : son README.md dit par quoi commencer.")
    return GOOD


def new(options: argparse.Namespace) -> int:
    """Creates a fiche from its title."""
    if not re.search(r"[a-z0-9]", fold(options.titre)):
        raise CannotRun("titre-sans-identifiant", titre=options.titre)
    path = catalogue_folder(options).practices / f"{slug(options.titre)}.yml"
    if not path.parent.is_dir():
        raise CannotRun("dossier-absent", chemin=path.parent)
    try:
        writer.create(path, skeleton(" ".join(options.titre.split())))
    except FileExistsError:
        raise CannotRun("fichier-existe", chemin=path) from None
    print(f"{shown_path(path)} est prêt : remplissez-le, puis lancez la commande « check ».")
    return GOOD


def form(options: argparse.Namespace) -> int:
    """Writes the Word form, empty or filled in from a fiche."""
    from practice_catalogue.exports.publication import Publication
    from practice_catalogue.forms.word import form as word_form

    folder = catalogue_folder(options)
    settings = loader.load_settings(folder.settings)
    catalogue = loader.load(folder.practices, folder.vocabularies).catalogue
    fiche = next((one for one in catalogue if one.id == options.fiche), None)
    if options.fiche and fiche is None:
        raise CannotRun("fiche-inconnue", id=options.fiche)
    date = Publication(catalogue, settings).date
    made = word_form.as_docx(catalogue.vocabularies, settings.nom, date, settings.courriel_des_contributions, fiche)
    out = Path(options.output)
    try:
        writer.create(out, made)
    except FileExistsError:  # never overwrite a form that may have been filled in
        raise CannotRun("formulaire-existe", chemin=out) from None
    print(f"{shown_path(out)} est prêt : ouvrez-le dans Word ou LibreOffice, et lisez-le ensuite avec « import ».")
    return GOOD


def import_files(options: argparse.Namespace) -> int:
    """Imports filled forms and older documents as drafts; never overwrites a file."""
    from practice_catalogue.forms.importing import report as import_report

    folder = catalogue_folder(options)
    out = Path(options.drafts) if options.drafts else folder.practices
    if not out.is_dir():
        raise CannotRun("dossier-absent", chemin=out)
    vocabularies = loader.load_vocabularies(folder.vocabularies)
    loader.load_published(folder.practices)  # what stops the check of the drafts stops the import before it writes
    paths = [Path(path) for path in options.paths]
    if not any(path.is_file() for path in paths):
        raise CannotRun("fichier-absent", chemin=paths[0])
    done: list[import_report.ImportedFile] = []
    for path in paths:
        imported = _read_drafts(path, vocabularies, debug=options.debug)
        written = _create_drafts(out, imported, vocabularies)
        done.append(import_report.with_paths(*written, done))
    drafts = [Path(path) for one in done for path in one.paths]
    report = load_with(folder, drafts).report if drafts else Report(())
    print(import_report.FORMATS[options.format](done, vocabularies, report))
    return WRONG if any(one.imported.refused for one in done) else GOOD


def _read_drafts(path: Path, vocabularies: Vocabularies, *, debug: bool) -> Imported:
    """Imports a file; whatever is wrong with it is told in a note, so that the other files are imported."""
    from practice_catalogue.forms.importing import importer

    if not path.is_file():
        return importer.refused(path, "fichier-absent", {"chemin": path})
    try:
        return importer.read_drafts(path, vocabularies)
    except OSError:
        return importer.refused(path, "fichier-illisible", {"chemin": path})
    except Exception:  # noqa: BLE001  # one file spoils nothing else
        if debug:
            traceback.print_exc()
        return importer.refused(path, "import-imprevu")


def _create_drafts(folder: Path, imported: Imported, vocabularies: Vocabularies) -> tuple[Imported, list[Path]]:
    """Writes the drafts of a file; returns those that could be written, with their paths, and why others could not."""
    from practice_catalogue.forms.importing.documents import Note
    from practice_catalogue.forms.importing.importer import draft_text

    paths: list[Path] = []
    for one in imported.proposals:
        try:
            paths.append(_create_draft(folder, one.id, draft_text(one, imported.source, vocabularies)))
        except CannotRun as error:
            notes = (*imported.notes, Note(error.diagnostic.code, dict(error.diagnostic.details)))
            return replace(imported, proposals=imported.proposals[: len(paths)], notes=notes, refused=True), paths
    return imported, paths


def _create_draft(folder: Path, name: str, text: str) -> Path:
    """Writes a draft under its own name, or with a number appended if the name is taken."""
    for number in count(1):
        path = folder / (f"{name}.yml" if number == 1 else f"{name[:74].rstrip('-')}-{number}.yml")
        try:
            writer.create(path, text)
        except FileExistsError:
            continue
        return short_path(path)
    raise AssertionError  # `count` does not end


def schema(options: argparse.Namespace) -> int:
    """Writes or prints the JSON Schema of a fiche, for editors."""
    from practice_catalogue.forms.schema import schema_text

    text = schema_text(loader.load_vocabularies(catalogue_folder(options).vocabularies))
    if not options.output:
        print(text, end="")
        return GOOD
    writer.replace(Path(options.output), text)
    print(f"{shown_path(options.output)} est prêt.")
    return GOOD


def publish_ids(options: argparse.Namespace) -> int:
    """Adds the ids of new fiches to the list of published ids, whose URLs must stay valid."""
    folder = catalogue_folder(options)
    catalogue, report, files = loader.load(folder.practices, folder.vocabularies)
    if report.errors:
        print(as_text(report, files))
        print("La liste n'a pas changé : corrigez d'abord ces erreurs.", file=sys.stderr)
        return WRONG
    listed = loader.load_published(folder.practices)
    new_ids = listed.new_ids(catalogue)
    writer.replace(folder.published_ids, listed.text_with_new_ids(catalogue))
    print(f"{folder.published_ids} : {counted(len(new_ids), 'adresse')} de plus.")
    return GOOD
