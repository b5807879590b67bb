"""Folders → a Catalogue and a Report: reads every file, and says all that is wrong with it."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from catalogue import checking, yaml_source
from catalogue.collection import Catalogue
from catalogue.fiche import ID_LENGTH, ID_PATTERN, Fiche
from catalogue.problems import CannotRun, Problem, Report, Severity, dotted
from catalogue.rules import CATALOGUE_RULES, FICHE_RULES, Finding
from catalogue.settings import Settings
from catalogue.vocabulary import Vocabularies
from catalogue.yaml_source import Places

SUFFIX = ".yml"
WINDOWS_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
)
"""Names that Windows keeps for devices: a clone there would lack the file."""
_NOT_FICHES = frozenset({".gitkeep", ".DS_Store", "Thumbs.db"})


@dataclass(frozen=True)
class _Read:
    """What came of reading one file: its draft as far as it goes."""

    file: Path
    places: Places | None
    draft: Fiche | None
    problems: list[Problem]


class Loaded(NamedTuple):
    """What came of the folders: the fiches free of errors, all problems, and how many files were read."""

    catalogue: Catalogue
    report: Report
    files: int


def load(practices: Path, vocabularies: Path, extra: Sequence[Path] = ()) -> Loaded:
    """The fiches of a folder that are free of errors, and the problems of all its files.

    `extra` are files from elsewhere to be checked as if they lay in the folder, where one of the same name steps aside.
    Raises CannotRun where a folder is missing or a vocabulary unreadable.
    """
    terms = load_vocabularies(vocabularies)
    files, problems = _files(practices)
    named = {path.name for path in extra}
    inside = [path for path in files if path.name not in named or path in extra]
    outside = [path for path in extra if path not in files]
    with _no_garbage_collection():
        read = [_read_safely(path, terms) for path in (*inside, *outside)]
    problems += [problem for one in read for problem in one.problems]
    problems += _across(read)
    report = Report.of(problems)
    wrong = {problem.file for problem in report if problem.severity is Severity.ERROR}
    good = [one.draft for one in read if one.draft and str(one.file) not in wrong]
    return Loaded(Catalogue.of(good, terms), report, len(read))


def load_one(path: Path, vocabularies: Vocabularies) -> Fiche | None:
    """The fiche of a file by itself, or nothing where anything is wrong with it."""
    read = _read_safely(path, vocabularies)
    return read.draft if not any(problem.severity is Severity.ERROR for problem in read.problems) else None


def load_vocabularies(folder: Path) -> Vocabularies:
    """All the vocabularies; raises CannotRun where one is missing, unreadable or ambiguous."""
    if not folder.is_dir():
        raise CannotRun("dossier-absent", chemin=folder)
    data: dict[str, Any] = {}
    for name in Vocabularies.model_fields:
        path = folder / f"{name.replace('_', '-')}{SUFFIX}"
        data[name] = _trusted_data(path, "vocabulaire-illisible")
        try:
            Vocabularies.model_fields[name].annotation.model_validate(data[name])  # type: ignore[union-attr]
        except ValidationError as error:
            raise CannotRun("vocabulaire-illisible", chemin=path, raison=_first_reason(error)) from None
    vocabularies = Vocabularies.model_validate(data)
    for name in Vocabularies.model_fields:
        for shared, first, second in vocabularies[name].shared_names():
            path = folder / f"{name.replace('_', '-')}{SUFFIX}"
            raise CannotRun(
                "vocabulaire-illisible", chemin=path, raison=f"« {shared} » désigne à la fois {first} et {second}"
            )
    return vocabularies


def load_settings(path: Path) -> Settings:
    """The settings of the owner; raises CannotRun where they cannot be used."""
    data = {key: value or "" for key, value in _trusted_data(path, "reglages-illisibles").items()}
    try:
        return Settings.model_validate(data)
    except ValidationError as error:
        raise CannotRun("reglages-illisibles", chemin=path, raison=_first_reason(error)) from None


def _trusted_data(path: Path, code: str) -> dict[str, Any]:
    """The data of one of the project's own files, which must be right for anything to run."""
    try:
        source, problems = yaml_source.read(str(path), path.read_bytes())
    except OSError:
        raise CannotRun("fichier-absent", chemin=path) from None
    if problems or source is None:
        raise CannotRun(code, chemin=path, raison=f"ligne {problems[0].line}, {problems[0].code}")
    if not isinstance(source.data, dict):
        raise CannotRun(code, chemin=path, raison="le fichier est vide")
    return source.data


def _first_reason(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    return dotted(first["loc"]) or "forme inattendue"


def _files(folder: Path) -> tuple[list[Path], list[Problem]]:
    """The files of fiches of a folder, in order, and a problem for whatever else lies there."""
    if not folder.is_dir():
        raise CannotRun("dossier-absent", chemin=folder)
    files: list[Path] = []
    problems: list[Problem] = []
    for path in sorted(folder.iterdir()):
        if path.name in _NOT_FICHES:
            continue
        if path.is_symlink():
            problems.append(Problem(str(path), 1, 1, "lien-symbolique"))
        elif path.suffix != SUFFIX or not path.is_file():
            problems.append(Problem(str(path), 1, 1, "fichier-inattendu"))
        else:
            files.append(path)
    return files, problems


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
    problems = list(_name_problems(path))
    try:
        raw = path.read_bytes()
    except OSError:
        return _Read(path, None, None, [Problem(file, 1, 1, "fichier-illisible")])
    source, found = yaml_source.read(file, raw)
    problems += found
    if source is None:
        return _Read(path, None, None, problems)
    checked = checking.check(source, path.stem, vocabularies)
    problems += checked.problems
    if isinstance(source.data, dict):
        findings = (finding for rule in FICHE_RULES for finding in rule(checked.draft, vocabularies))
        problems += _located(source.places, findings, checked.problems)
    return _Read(path, source.places, checked.draft, problems)


def _name_problems(path: Path) -> Iterator[Problem]:
    if path.stem in WINDOWS_RESERVED:
        yield Problem(str(path), 1, 1, "nom-reserve", details={"nom": path.name})
    elif not ID_PATTERN.fullmatch(path.stem) or len(path.stem) > ID_LENGTH:
        yield Problem(str(path), 1, 1, "nom-de-fichier", details={"nom": path.name})


def _across(read: Iterable[_Read]) -> list[Problem]:
    places = {one.draft.id: one.places for one in read if one.draft and one.places}
    drafts = [one.draft for one in read if one.draft]
    return [
        problem
        for rule in CATALOGUE_RULES
        for fiche_id, finding in rule(drafts)
        for problem in _located(places[fiche_id], [finding])
    ]


def _located(places: Places, findings: Iterable[Finding], said: Iterable[Problem] = ()) -> list[Problem]:
    """Findings with their place in the file, but for fields of which something was already said."""
    fields = [problem.field for problem in said]
    return [
        Problem(
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
