"""Folders → a Catalogue and a Report: reads every file, and says all that is wrong with it."""

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
from practice_catalogue.validation.rules import CATALOGUE_RULES, FICHE_RULES, Finding
from practice_catalogue.validation.yaml_reader import Places, YamlSource

SUFFIX = ".yml"
_NOT_FICHES = frozenset({".gitkeep", ".DS_Store", "Thumbs.db"})


@dataclass(frozen=True)
class _Read:
    """What came of reading one file: its draft as far as it goes."""

    file: Path
    places: Places | None
    draft: Fiche | None
    diagnostics: list[Diagnostic]


class Loaded(NamedTuple):
    """What came of the folders: the fiches free of errors, all problems, and how many files were read."""

    catalogue: Catalogue
    report: Report
    files: int


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """All that is read is kept: looking through it for garbage again and again takes a quarter of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@_no_garbage_collection()
def load(practices: Path, vocabularies: Path, extra: Sequence[Path] = (), docs: Path | None = None) -> Loaded:
    """The fiches of a folder that are free of errors, and the problems of all its files.

    `extra` are files from elsewhere to be checked as if they lay in the folder, where one of the same name steps aside.
    `docs` is the folder of the hand-written pages, in which nothing else may lie.
    Raises CannotRun where a folder is missing or a vocabulary unreadable.
    """
    terms = load_vocabularies(vocabularies)
    files, diagnostics = _files(practices)
    diagnostics += _no_pages(docs) if docs else ()
    named = {path.name for path in extra}
    inside = [path for path in files if path.name not in named or path in extra]
    outside = [path for path in extra if path not in files]
    read = [_read_safely(path, terms) for path in (*inside, *outside)]
    diagnostics += [diagnostic for one in read for diagnostic in one.diagnostics]
    diagnostics += _across(read)
    listed = load_published(practices)
    former = {old for one in read if one.draft for old in one.draft.anciens_ids}
    diagnostics += listed.diagnostics([one.file.stem for one in read], former)
    report = Report.of(diagnostics)
    wrong = {diagnostic.file for diagnostic in report if diagnostic.severity is Severity.ERROR}
    good = [one.draft for one in read if one.draft and str(one.file) not in wrong]
    return Loaded(Catalogue.of(good, terms, listed.withdrawn), report, len(read))


def load_catalogue(folder: CatalogueFolder, extra: Sequence[Path] = ()) -> Loaded:
    """The whole of a catalogue, with its hand-written pages; see `load`."""
    return load(folder.practices, folder.vocabularies, extra, folder.docs)


def load_one(path: Path, vocabularies: Vocabularies) -> Fiche | None:
    """The fiche of a file by itself, or nothing where anything is wrong with it."""
    read = _read_safely(path, vocabularies)
    return read.draft if not any(diagnostic.severity is Severity.ERROR for diagnostic in read.diagnostics) else None


def load_vocabularies(folder: Path) -> Vocabularies:
    """All the vocabularies; raises CannotRun where one is missing, unreadable or ambiguous."""
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
    """The ids that were ever published of the fiches of a folder; none where there is no list beside it."""
    path = practices.parent / PUBLISHED_IDS
    _refuse_former_file(path.with_name("adresses-publiees.txt"), "liste-renommee", path)
    try:
        return PublishedIds.parse(str(path), path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return PublishedIds(str(path), {})
    except (OSError, UnicodeDecodeError):
        raise CannotRun("adresses-illisibles", chemin=path) from None


def find_catalogue(start: Path) -> Path:
    """The folder that holds the settings of a catalogue, `start` or the nearest above it; raises CannotRun."""
    for folder in (start, *start.parents):
        if (folder / SETTINGS).is_file():
            return folder
    raise CannotRun("catalogue-absent", chemin=start)


def load_settings(path: Path) -> Settings:
    """The settings of the owner; raises CannotRun where they cannot be used."""
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
    """What an earlier version of the engine read is neither read nor ignored: it may hold promises of the owner."""
    if path.exists():
        raise CannotRun(code, chemin=path, nouveau=successor)


def _refuse_newer_format(source: YamlSource, path: Path) -> None:
    asked = str(source.data.get("version_du_format") or "")
    if re.fullmatch(r"[0-9]{1,9}", asked) and int(asked) > NEWEST_FORMAT:
        line, _ = source.places.mark(("version_du_format",))
        raise CannotRun("format-trop-recent", chemin=path, ligne=line, demande=asked, connu=NEWEST_FORMAT)


def locate(practices: Path, findings: Iterable[tuple[str, Finding]]) -> Report:
    """What was found in fiches, with its place in their files."""
    by_id: dict[str, list[Finding]] = defaultdict(list)
    for fiche_id, finding in findings:
        by_id[fiche_id].append(finding)
    return Report.of(
        diagnostic for fiche_id, found in by_id.items() for diagnostic in _in_file(practices, fiche_id, found)
    )


def _in_file(practices: Path, fiche_id: str, findings: list[Finding]) -> list[Diagnostic]:
    path = practices / f"{fiche_id}{SUFFIX}"
    source, diagnostics = yaml_reader.read_yaml(str(path), path.read_bytes())
    return _located(source.places, findings) if source else diagnostics


def _trusted_source(path: Path, code: str) -> YamlSource:
    """One of the catalogue's own files, a mapping, which must be right for anything to run."""
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


def _files(folder: Path) -> tuple[list[Path], list[Diagnostic]]:
    """The files of fiches of a folder, in order, and a problem for whatever else lies there."""
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


def _no_pages(docs: Path) -> Iterator[Diagnostic]:
    """What lies among the hand-written pages and is none: MkDocs would follow a link, and publish any file."""
    for here, folders, files in os.walk(docs):
        for path in (Path(here, name) for name in sorted((*folders, *files))):
            if path.is_symlink():
                yield Diagnostic(str(path), 1, 1, "lien-symbolique")
            elif path.name in files and path.name not in _NOT_FICHES and not _is_page_or_picture(path):
                yield Diagnostic(str(path), 1, 1, "page-inattendue")


def _is_page_or_picture(path: Path) -> bool:
    """Pictures are told by their first bytes too, so that nothing else is served under their name."""
    if path.suffix == ".md" or not path.is_file():
        return path.is_file()
    with path.open("rb") as file:
        start = file.read(12)
    return (path.suffix == ".png" and start.startswith(b"\x89PNG\r\n\x1a\n")) or (
        path.suffix == ".webp" and start[:4] == b"RIFF" and start[8:] == b"WEBP"
    )


def _read_safely(path: Path, vocabularies: Vocabularies) -> _Read:
    """Reads a file; what nobody foresaw at least names the file it happened in."""
    try:
        return _read(path, vocabularies)
    except (CannotRun, KeyboardInterrupt):
        raise
    except Exception as error:
        raise CannotRun("imprevu", lieu=path) from error


def _read(path: Path, vocabularies: Vocabularies) -> _Read:
    file = str(path)
    diagnostics = list(_name_diagnostics(path))
    if path.is_symlink():
        return _Read(path, None, None, [Diagnostic(file, 1, 1, "lien-symbolique")])
    try:
        raw, size = _bytes_of(path)
    except OSError:
        return _Read(path, None, None, [Diagnostic(file, 1, 1, "fichier-illisible")])
    source, found = yaml_reader.read_yaml(file, raw, size)
    diagnostics += found
    if source is None:
        return _Read(path, None, None, diagnostics)
    checked = validator.check(source, _id_of(path), vocabularies)
    diagnostics += checked.diagnostics
    if isinstance(source.data, dict):
        findings = (finding for rule in FICHE_RULES for finding in rule(checked.draft, vocabularies))
        diagnostics += _located(source.places, findings, checked.diagnostics)
    return _Read(path, source.places, checked.draft, diagnostics)


def _bytes_of(path: Path) -> tuple[bytes, int]:
    """The beginning of a file, which is all of it where its size is allowed, and its size; may raise OSError."""
    with path.open("rb") as file:
        return file.read(_ENOUGH), os.fstat(file.fileno()).st_size


_ENOUGH = 16 * yaml_reader.MAX_BYTES
"""Bytes that are looked at to say which field of a huge file is too long."""


def _id_of(path: Path) -> str:
    """The name without its ending; as escapes where it is no text, which a name on Linux need not be."""
    return path.stem.encode("utf-8", "backslashreplace").decode()


def _name_diagnostics(path: Path) -> Iterator[Diagnostic]:
    if path.stem in RESERVED_IDS:
        yield Diagnostic(str(path), 1, 1, "nom-reserve", details={"nom": path.name})
    elif not ID_PATTERN.fullmatch(path.stem) or len(path.stem) > ID_LENGTH:
        yield Diagnostic(str(path), 1, 1, "nom-de-fichier", details={"nom": path.name})


def _across(read: Iterable[_Read]) -> list[Diagnostic]:
    places = {one.draft.id: one.places for one in read if one.draft and one.places}
    drafts = [one.draft for one in read if one.draft]
    return [
        diagnostic
        for rule in CATALOGUE_RULES
        for fiche_id, finding in rule(drafts)
        for diagnostic in _located(places[fiche_id], [finding])
    ]


def _located(places: Places, findings: Iterable[Finding], said: Iterable[Diagnostic] = ()) -> list[Diagnostic]:
    """Findings with their place in the file, but for fields of which something was already said."""
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
        if not any(field.startswith(dotted(finding.path[:1])) for field in fields if finding.code in _ABOUT_ABSENCE)
    ]


_ABOUT_ABSENCE = frozenset({"communes-manquantes", "contact-injoignable", "montant-sans-minimum"})
"""Rules about something that is not there: silent where it may be there, but wrong."""
