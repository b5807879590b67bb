"""Loads the folders of a catalogue: a Catalogue of the valid fiches, and a Report on all files."""

from __future__ import annotations

import gc
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.diagnostics import CannotRun, Diagnostic, Report, Severity, dotted
from practice_catalogue.model.fiche import ID_LENGTH, ID_PATTERN, RESERVED_IDS, Fiche
from practice_catalogue.model.settings import PUBLISHED_IDS, SETTINGS, CatalogueFolder, Settings
from practice_catalogue.model.vocabulary import Vocabularies
from practice_catalogue.validation import owner_files, validator, yaml_reader
from practice_catalogue.validation.folders import SUFFIX, fiche_files, page_problems
from practice_catalogue.validation.published_ids import PublishedIds
from practice_catalogue.validation.rules import CATALOGUE_RULES, FICHE_RULES, Finding, private_details_in_comments
from practice_catalogue.validation.yaml_reader import Places


@dataclass(frozen=True)
class _ReadFile:
    """Result of reading one file; `draft` has the valid fields, `places` the positions of the values."""

    file: Path
    places: Places | None
    draft: Fiche | None
    diagnostics: list[Diagnostic]


class Loaded(NamedTuple):
    """Result of loading: the fiches without errors, all diagnostics, and the number of files read."""

    catalogue: Catalogue
    report: Report
    files: int


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Disables garbage collection while loading: nothing becomes garbage, and the scans take a quarter of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def load(practices: Path, vocabularies: Path, extra: Sequence[Path] = (), docs: Path | None = None) -> Loaded:
    """Loads the fiches of a folder and checks all its files.

    `extra` are further files, checked as if they were in the folder, in place of the ones with the same names.
    `docs` is the folder of the hand-written pages, which is checked for unexpected and unreadable files.
    Raises CannotRun if a folder is missing or a vocabulary unreadable.
    """
    return _load_fiches(practices, load_vocabularies(vocabularies), extra, docs)


def load_catalogue(folder: CatalogueFolder, extra: Sequence[Path] = ()) -> Loaded:
    """Loads a catalogue and checks its hand-written pages; see `load`.

    Raises CannotRun with all mistakes in settings, menu and vocabularies: nothing can be published with them.
    """
    _refuse_former_file(folder.settings.with_name("liens-sans-controle.yml"), "exceptions-deplacees", folder.settings)
    if not folder.docs.is_dir():
        raise CannotRun("dossier-absent", chemin=folder.docs)
    _, diagnostics = owner_files.read_settings(folder.settings)
    terms, found = _read_vocabularies(folder.vocabularies)
    diagnostics += [*found, *owner_files.mkdocs_problems(folder.mkdocs)]
    if diagnostics or terms is None:
        raise CannotRun.because_of(diagnostics)
    return _load_fiches(folder.practices, terms, extra, folder.docs)


@_no_garbage_collection()
def _load_fiches(practices: Path, terms: Vocabularies, extra: Sequence[Path], docs: Path | None) -> Loaded:
    files, diagnostics = fiche_files(practices)
    diagnostics += page_problems(docs) if docs else ()
    named = {path.name for path in extra}
    inside = [path for path in files if path.name not in named or path in extra]
    outside = [path for path in extra if path not in files]
    read = [_read_safely(path, terms) for path in (*inside, *outside)]
    diagnostics += [diagnostic for one in read for diagnostic in one.diagnostics]
    diagnostics += _catalogue_diagnostics(read)
    listed = load_published(practices)
    former = {old for one in read if one.draft for old in one.draft.anciens_ids}
    diagnostics += listed.diagnostics([one.file.stem for one in read], former)
    report = Report.of(diagnostics)
    wrong = {diagnostic.file for diagnostic in report if diagnostic.severity is Severity.ERROR}
    good = [one.draft for one in read if one.draft and str(one.file) not in wrong]
    return Loaded(Catalogue.of(good, terms, listed.withdrawn), report, len(read))


def load_one(path: Path, vocabularies: Vocabularies) -> Fiche | None:
    """Loads a single file; returns None if it has an error. Rules across fiches are not applied."""
    read = _read_safely(path, vocabularies)
    return read.draft if not any(diagnostic.severity is Severity.ERROR for diagnostic in read.diagnostics) else None


def load_vocabularies(folder: Path) -> Vocabularies:
    """Loads all vocabularies; raises CannotRun with all their mistakes."""
    vocabularies, diagnostics = _read_vocabularies(folder)
    if vocabularies is None:
        raise CannotRun.because_of(diagnostics)
    return vocabularies


def _read_vocabularies(folder: Path) -> tuple[Vocabularies | None, list[Diagnostic]]:
    if not folder.is_dir():
        raise CannotRun("dossier-absent", chemin=folder)
    return owner_files.read_vocabularies(folder)


def load_published(practices: Path) -> PublishedIds:
    """Loads the list of published ids next to a folder of fiches; empty if there is none. Raises CannotRun."""
    path = practices.parent / PUBLISHED_IDS
    _refuse_former_file(path.with_name("adresses-publiees.txt"), "liste-renommee", path)
    if not path.exists() and not path.is_symlink():
        return PublishedIds(str(path), {})
    text, diagnostics = owner_files.read_text(path)
    if diagnostics:
        raise CannotRun.because_of(diagnostics)
    return PublishedIds.parse(str(path), text)


def find_catalogue(start: Path) -> Path:
    """Returns the nearest folder with a `catalogue.yml`: `start` or one of its parents; raises CannotRun."""
    for folder in (start, *start.parents):
        if (folder / SETTINGS).is_file():
            return folder
    raise CannotRun("catalogue-absent", chemin=start)


def load_settings(path: Path) -> Settings:
    """Loads `catalogue.yml`; raises CannotRun with all its mistakes."""
    _refuse_former_file(path.with_name("liens-sans-controle.yml"), "exceptions-deplacees", path)
    settings, diagnostics = owner_files.read_settings(path)
    if settings is None:
        raise CannotRun.because_of(diagnostics)
    return settings


def _refuse_former_file(path: Path, code: str, successor: Path) -> None:
    """Raises CannotRun if a file of an earlier format exists: its content must be moved, not silently ignored."""
    if path.exists():
        raise CannotRun(code, chemin=path, nouveau=successor)


def locate(practices: Path, findings: Iterable[tuple[str, Finding]]) -> Report:
    """Turns findings, given with the id of their fiche, into a report with positions in the files."""
    by_id: dict[str, list[Finding]] = defaultdict(list)
    for fiche_id, finding in findings:
        by_id[fiche_id].append(finding)
    return Report.of(
        diagnostic
        for fiche_id, found in by_id.items()
        for diagnostic in _finding_diagnostics(practices, fiche_id, found)
    )


def _finding_diagnostics(practices: Path, fiche_id: str, findings: list[Finding]) -> list[Diagnostic]:
    path = practices / f"{fiche_id}{SUFFIX}"
    source, diagnostics = yaml_reader.read_yaml(str(path), path.read_bytes())
    return _located(source.places, findings) if source else diagnostics


def _read_safely(path: Path, vocabularies: Vocabularies) -> _ReadFile:
    """Reads a file; an unexpected exception is reported as CannotRun with the name of the file."""
    try:
        return _read_file(path, vocabularies)
    except (CannotRun, KeyboardInterrupt):
        raise
    except Exception as error:
        raise CannotRun("imprevu", lieu=path) from error


def _read_file(path: Path, vocabularies: Vocabularies) -> _ReadFile:
    file = str(path)
    diagnostics = list(_file_name_diagnostics(path))
    if path.is_symlink():
        return _ReadFile(path, None, None, [Diagnostic(file, 1, 1, "lien-symbolique")])
    try:
        raw, size = _bytes_of(path)
    except OSError:
        return _ReadFile(path, None, None, [Diagnostic(file, 1, 1, "fichier-illisible")])
    source, found = yaml_reader.read_yaml(file, raw, size)
    diagnostics += found
    if source is None:
        return _ReadFile(path, None, None, diagnostics)
    checked = validator.check(source, _id_of(path), vocabularies)
    diagnostics += checked.diagnostics
    if isinstance(source.data, dict):
        findings = (finding for rule in FICHE_RULES for finding in rule(checked.draft, vocabularies))
        diagnostics += _located(source.places, findings, checked.diagnostics)
    diagnostics += [
        Diagnostic(file, *mark, finding.code, finding.severity, details=finding.details)
        for mark, finding in private_details_in_comments(source.places.text)
    ]
    return _ReadFile(path, source.places, checked.draft, diagnostics)


def _bytes_of(path: Path) -> tuple[bytes, int]:
    """Returns the first `_READ_LIMIT` bytes of a file and its size in bytes; may raise OSError."""
    with path.open("rb") as file:
        return file.read(_READ_LIMIT), os.fstat(file.fileno()).st_size


_READ_LIMIT = 16 * yaml_reader.MAX_BYTES
"""Maximum number of bytes read of a file: more than is allowed, to find the longest field of one that is too large."""


def _id_of(path: Path) -> str:
    """Returns the file name without suffix; bytes that are not valid UTF-8, possible on Linux, are escaped."""
    return path.stem.encode("utf-8", "backslashreplace").decode()


def _file_name_diagnostics(path: Path) -> Iterator[Diagnostic]:
    if path.stem in RESERVED_IDS:
        yield Diagnostic(str(path), 1, 1, "nom-reserve", details={"nom": path.name})
    elif not ID_PATTERN.fullmatch(path.stem) or len(path.stem) > ID_LENGTH:
        yield Diagnostic(str(path), 1, 1, "nom-de-fichier", details={"nom": path.name})


def _catalogue_diagnostics(read: Iterable[_ReadFile]) -> list[Diagnostic]:
    places = {one.draft.id: one.places for one in read if one.draft and one.places}
    drafts = [one.draft for one in read if one.draft]
    return [
        diagnostic
        for rule in CATALOGUE_RULES
        for fiche_id, finding in rule(drafts)
        for diagnostic in _located(places[fiche_id], [finding])
    ]


def _located(places: Places, findings: Iterable[Finding], said: Iterable[Diagnostic] = ()) -> list[Diagnostic]:
    """Turns findings into diagnostics with positions.

    Leaves out findings about absent values if `said` has a diagnostic for that field: the value is there, but invalid.
    """
    fields = [diagnostic.field for diagnostic in said]
    return [
        Diagnostic(
            places.file,
            *places.mark(finding.path),
            finding.code,
            finding.severity,
            dotted(finding.path),
            finding.details,
        )
        for finding in findings
        if not any(field.startswith(dotted(finding.path[:1])) for field in fields if finding.code in _ABSENCE_CODES)
    ]


_ABSENCE_CODES = frozenset({"communes-manquantes", "contact-injoignable", "montant-sans-minimum"})
"""Codes of findings about absent values."""
