"""Diagnostics and reports as data; `validation.messages` has their wording."""

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
"""Path of a value inside a fiche, list positions counted from 0: `("contacts", 0, "courriel")`."""


class Severity(StrEnum):
    """Severity of a diagnostic: an error excludes a fiche from publication, a warning does not."""

    ERROR = "erreur"
    WARNING = "avertissement"


@dataclass(frozen=True)
class Diagnostic:
    """One problem at a position of a file; `details` are the values of the placeholders in its message."""

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
    """Returns a path in dotted notation, list positions counted from 1.

    >>> dotted(("contacts", 0, "courriel"))
    'contacts[1].courriel'
    """
    text = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


MOST_PROBLEMS = 100
"""Maximum number of problems reported per file; a malicious file could have thousands."""


@dataclass(frozen=True)
class Report:
    """The diagnostics of a run, sorted by position, without duplicates, at most `MOST_PROBLEMS` per file."""

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
        """Returns a report with the diagnostics of these files only."""
        return Report(tuple(diagnostic for diagnostic in self.diagnostics if diagnostic.file in files))


def _first(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    if len(diagnostics) <= MOST_PROBLEMS:
        return diagnostics
    last = diagnostics[MOST_PROBLEMS]
    return [*diagnostics[:MOST_PROBLEMS], Diagnostic(last.file, last.line, last.column, "autres-problemes")]


class CannotRun(Exception):  # noqa: N818  # `raise CannotRun` needs no suffix
    """Raised when a command cannot run at all; `diagnostics` has the reasons, at least one."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.diagnostics: tuple[Diagnostic, ...] = (Diagnostic("", 0, 0, code, details=details),)

    @classmethod
    def because_of(cls, diagnostics: Iterable[Diagnostic]) -> CannotRun:
        """Returns an exception with several reasons, each with its position in a file."""
        reasons = Report.of(diagnostics).diagnostics
        error = cls(reasons[0].code)
        error.diagnostics = reasons
        return error

    @property
    def diagnostic(self) -> Diagnostic:
        """The first reason."""
        return self.diagnostics[0]
