"""What is wrong with a file, as data; how it is said is the business of `wording`."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType

Mark = tuple[int, int]
"""Line and column, counted from 1."""

Path = tuple[str | int, ...]
"""The way to a value inside a fiche: `("contacts", 0, "courriel")`."""


class Severity(StrEnum):
    """An error keeps a fiche from being published, a warning does not."""

    ERROR = "erreur"
    WARNING = "avertissement"


@dataclass(frozen=True)
class Diagnostic:
    """One thing that is wrong, and where; `details` fills the blanks of its wording."""

    file: str
    line: int
    column: int
    code: str
    severity: Severity = Severity.ERROR
    field: str = ""
    details: Mapping[str, object] = dataclasses.field(default_factory=lambda: MappingProxyType({}))

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        return (self.file, self.line, self.column, self.code, self.field)


def dotted(path: Path) -> str:
    """A path as a contributor reads it, entries counted from 1.

    >>> dotted(("contacts", 0, "courriel"))
    'contacts[1].courriel'
    """
    text = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


MOST_PROBLEMS = 100
"""How many problems of one file are told at once: nobody reads more, and a file may be made to have thousands."""


@dataclass(frozen=True)
class Report:
    """The problems of a run, sorted by place, none twice; of a file with very many, the first."""

    diagnostics: tuple[Diagnostic, ...]

    @classmethod
    def of(cls, diagnostics: Iterable[Diagnostic]) -> Report:
        by_key = {diagnostic.sort_key: diagnostic for diagnostic in diagnostics}
        in_order = (by_key[key] for key in sorted(by_key))
        return cls(
            tuple(told for _, found in groupby(in_order, key=attrgetter("file")) for told in _first(list(found)))
        )

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self.diagnostics)

    def __len__(self) -> int:
        return len(self.diagnostics)

    @property
    def errors(self) -> int:
        return sum(diagnostic.severity is Severity.ERROR for diagnostic in self.diagnostics)

    @property
    def warnings(self) -> int:
        return len(self.diagnostics) - self.errors

    def about(self, files: frozenset[str]) -> Report:
        """The problems of these files only."""
        return Report(tuple(diagnostic for diagnostic in self.diagnostics if diagnostic.file in files))


def _first(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    if len(diagnostics) <= MOST_PROBLEMS:
        return diagnostics
    last = diagnostics[MOST_PROBLEMS]
    return [*diagnostics[:MOST_PROBLEMS], Diagnostic(last.file, last.line, last.column, "autres-problemes")]


class CannotRun(Exception):  # noqa: N818  # it reads as what it says: raise CannotRun
    """The job itself cannot run; `problem` says why."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.diagnostic = Diagnostic("", 0, 0, code, details=details)
