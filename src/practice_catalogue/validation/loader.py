"""Loads the folders of a catalogue: a Catalogue of the valid fiches, and a Report on all files."""

from __future__ import annotations

import gc
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.diagnostics import CannotRun, Diagnostic, Report, Severity, dotted
from practice_catalogue.model.fiche import ID_LENGTH, ID_PATTERN, RESERVED_IDS, Fiche
from practice_catalogue.model.settings import (
    NEWEST_FORMAT,
    PUBLISHED_IDS,
    SETTINGS,
    CatalogueFolder,
    Settings,
)
from practice_catalogue.model.vocabulary import Vocabularies
from practice_catalogue.validation import validator, yaml_reader
from practice_catalogue.validation.published_ids import PublishedIds
from practice_catalogue.validation.rules import CATALOGUE_RULES, FICHE_RULES, Finding, private_details_in_comments
from practice_catalogue.validation.yaml_reader import Places, YamlSource

SUFFIX = ".yml"
_NOT_FICHES = frozenset({".gitkeep", ".DS_Store", "Thumbs.db"})


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


@_no_garbage_collection()
def load(practices: Path, vocabularies: Path, extra: Sequence[Path] = (), docs: Path | None = None) -> Loaded:
    """Loads the fiches of a folder and checks all its files.

    `extra` are further files, checked as if they were in the folder, in place of the ones with the same names.
    `docs` is the folder of the hand-written pages, which is checked for unexpected files.
    Raises CannotRun if a folder is missing or a vocabulary unreadable.
    """
    terms = load_vocabularies(vocabularies)
    files, diagnostics = _fiche_files(practices)
    diagnostics += _unexpected_docs(docs) if docs else ()
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


def load_catalogue(folder: CatalogueFolder, extra: Sequence[Path] = ()) -> Loaded:
    """Loads a catalogue and checks its hand-written pages; see `load`."""
    return load(folder.practices, folder.vocabularies, extra, folder.docs)


def load_one(path: Path, vocabularies: Vocabularies) -> Fiche | None:
    """Loads a single file; returns None if it has an error. Rules across fiches are not applied."""
    read = _read_safely(path, vocabularies)
    return read.draft if not any(diagnostic.severity is Severity.ERROR for diagnostic in read.diagnostics) else None


def load_vocabularies(folder: Path) -> Vocabularies:
    """Loads all vocabularies; raises CannotRun if one is missing, unreadable or has ambiguous names."""
    if not folder.is_dir():
        raise CannotRun("dossier-absent", chemin=folder)
    data: dict[str, Any] = {}
    for name in Vocabularies.model_fields:
        path = folder / f"{name.replace('_', '-')}{SUFFIX}"
        data[name] = _trusted_source(path, "vocabulaire-illisible").data
        try:
            Vocabularies.model_fields[name].annotation.model_validate(data[name])  # type: ignore[union-attr]
        except ValidationError as error:
            reason = dotted(_first_place(error)) or "forme inattendue"
            raise CannotRun("vocabulaire-illisible", chemin=path, raison=reason) from None
    vocabularies = Vocabularies.model_validate(data)
    for name in Vocabularies.model_fields:
        for shared, first, second in vocabularies[name].shared_names():
            path = folder / f"{name.replace('_', '-')}{SUFFIX}"
            raise CannotRun(
                "vocabulaire-illisible", chemin=path, raison=f"« {shared} » désigne à la fois {first} et {second}"
            )
    return vocabularies


def load_published(practices: Path) -> PublishedIds:
    """Loads the list of published ids next to a folder of fiches; empty if there is none. Raises CannotRun."""
    path = practices.parent / PUBLISHED_IDS
    _refuse_former_file(path.with_name("adresses-publiees.txt"), "liste-renommee", path)
    try:
        return PublishedIds.parse(str(path), path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return PublishedIds(str(path), {})
    except (OSError, UnicodeDecodeError):
        raise CannotRun("adresses-illisibles", chemin=path) from None


def find_catalogue(start: Path) -> Path:
    """Returns the nearest folder with a `catalogue.yml`: `start` or one of its parents; raises CannotRun."""
    for folder in (start, *start.parents):
        if (folder / SETTINGS).is_file():
            return folder
    raise CannotRun("catalogue-absent", chemin=start)


def load_settings(path: Path) -> Settings:
    """Loads `catalogue.yml`; raises CannotRun if it is missing or invalid."""
    _refuse_former_file(path.with_name("liens-sans-controle.yml"), "exceptions-deplacees", path)
    source = _trusted_source(path, "reglages-illisibles")
    _refuse_newer_format(source, path)
    filled_in = {key: value for key, value in source.data.items() if value not in (None, "")}
    try:
        return Settings.model_validate(filled_in)
    except ValidationError as error:
        place = _first_place(error)
        reason = f"ligne {source.places.mark(place)[0]}, {dotted(place) or 'forme inattendue'}"
        raise CannotRun("reglages-illisibles", chemin=path, raison=reason) from None


def _refuse_former_file(path: Path, code: str, successor: Path) -> None:
    """Raises CannotRun if a file of an earlier format exists: its content must be moved, not silently ignored."""
    if path.exists():
        raise CannotRun(code, chemin=path, nouveau=successor)


def _refuse_newer_format(source: YamlSource, path: Path) -> None:
    asked = str(source.data.get("version_du_format") or "")
    if re.fullmatch(r"[0-9]{1,9}", asked) and int(asked) > NEWEST_FORMAT:
        line, _ = source.places.mark(("version_du_format",))
        raise CannotRun("format-trop-recent", chemin=path, ligne=line, demande=asked, connu=NEWEST_FORMAT)


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


def _trusted_source(path: Path, code: str) -> YamlSource:
    """Reads a file of the catalogue itself, which must be a valid mapping; raises CannotRun."""
    try:
        source, diagnostics = yaml_reader.read_yaml(str(path), path.read_bytes())
    except OSError:
        raise CannotRun("fichier-absent", chemin=path) from None
    if diagnostics or source is None:
        raise CannotRun(code, chemin=path, raison=f"ligne {diagnostics[0].line}, {diagnostics[0].code}")
    if not isinstance(source.data, dict):
        raise CannotRun(code, chemin=path, raison="le fichier est vide")
    return source


def _first_place(error: ValidationError) -> tuple[str | int, ...]:
    place: tuple[str | int, ...] = error.errors(include_url=False)[0]["loc"]
    return place


def _fiche_files(folder: Path) -> tuple[list[Path], list[Diagnostic]]:
    """Returns the sorted files of fiches in a folder, and a diagnostic for each other entry."""
    if not folder.is_dir():
        raise CannotRun("dossier-absent", chemin=folder)
    files: list[Path] = []
    diagnostics: list[Diagnostic] = []
    for path in sorted(folder.iterdir()):
        if path.is_symlink():
            diagnostics.append(Diagnostic(str(path), 1, 1, "lien-symbolique"))
        elif path.name in _NOT_FICHES:
            continue
        elif path.suffix != SUFFIX or not path.is_file():
            diagnostics.append(Diagnostic(str(path), 1, 1, "fichier-inattendu"))
        else:
            files.append(path)
    return files, diagnostics


def _unexpected_docs(docs: Path) -> Iterator[Diagnostic]:
    """Yields diagnostics for links and unexpected files in `docs`: MkDocs would follow and publish them."""
    for here, folders, files in os.walk(docs):
        for path in (Path(here, name) for name in sorted((*folders, *files))):
            if path.is_symlink():
                yield Diagnostic(str(path), 1, 1, "lien-symbolique")
            elif path.name in files and path.name not in _NOT_FICHES and not _is_page_or_picture(path):
                yield Diagnostic(str(path), 1, 1, "page-inattendue")


def _is_page_or_picture(path: Path) -> bool:
    """Whether a file is a page or an image; images are recognized by suffix and signature, so that none is fake."""
    if path.suffix == ".md" or not path.is_file():
        return path.is_file()
    with path.open("rb") as file:
        start = file.read(12)
    return (path.suffix == ".png" and start.startswith(b"\x89PNG\r\n\x1a\n")) or (
        path.suffix == ".webp" and start[:4] == b"RIFF" and start[8:] == b"WEBP"
    )


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
