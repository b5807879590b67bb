"""Parses the list of changed files of a pull request from the output of git."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from practice_catalogue.model.settings import PRACTICES

SUFFIX = ".yml"


class Kind(StrEnum):
    """The kind of a change; the value is its French name, as said of a fiche."""

    ADDED = "nouvelle"
    MODIFIED = "modifiée"
    RENAMED = "renommée"
    REMOVED = "retirée"


_KINDS = {"A": Kind.ADDED, "C": Kind.ADDED, "R": Kind.RENAMED, "D": Kind.REMOVED}
"""First letter of git's status → kind; all other letters (content, type, conflict) count as modified."""


@dataclass(frozen=True)
class FileChange:
    """A changed file; paths are relative to the repository, `before` is the former path of a renamed file."""

    kind: Kind
    path: str
    before: str = ""

    @property
    def entry(self) -> str:
        """The name of the entry of `practices/` that contains the file, or an empty string."""
        parts = PurePosixPath(self.path).parts
        return parts[1] if len(parts) > 1 and parts[0] == PRACTICES else ""

    @property
    def fiche_id(self) -> str:
        """The id of the fiche in this file, or an empty string."""
        return fiche_id(self.path)

    @property
    def lost_id(self) -> str:
        """The id that the change removes, or an empty string; `anciens_ids` of another fiche may redirect it."""
        gone = {Kind.RENAMED: self.before, Kind.REMOVED: self.path}.get(self.kind, "")
        return fiche_id(gone)


def fiche_id(path: str) -> str:
    """Returns the id of the fiche at a path, or an empty string if it is not the path of a fiche.

    >>> fiche_id("practices/jardin.yml"), fiche_id("mkdocs.yml")
    ('jardin', '')
    """
    inside = PurePosixPath(path)
    return inside.stem if inside.parent == PurePosixPath(PRACTICES) and inside.suffix == SUFFIX else ""


def parse_name_status(name_status: str) -> Iterator[FileChange]:
    r"""Parses the output of `git diff --name-status -z`.

    >>> output = "A\0practices/a.yml\0R090\0practices/b.yml\0practices/c.yml\0"
    >>> [change.kind.name for change in parse_name_status(output)]
    ['ADDED', 'RENAMED']
    """
    words = iter(name_status.split("\0"))
    for status in filter(None, words):
        kind = _KINDS.get(status[0], Kind.MODIFIED)
        first = next(words)
        if status[0] in "RC":
            yield FileChange(kind, next(words), first if kind is Kind.RENAMED else "")
        else:
            yield FileChange(kind, first)


def outside(changes: Iterable[FileChange]) -> list[FileChange]:
    """Returns the changes that affect other files than fiches, sorted by path."""
    touching = (change for change in changes if not change.entry or (change.before and not fiche_id(change.before)))
    return sorted(touching, key=lambda change: change.path)
