"""What a pull request changes, file by file, as git tells it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from practice_catalogue.model.settings import PRACTICES

SUFFIX = ".yml"


class Kind(StrEnum):
    """What happened to a file, as it is said of a fiche."""

    ADDED = "nouvelle"
    MODIFIED = "modifiée"
    RENAMED = "renommée"
    REMOVED = "retirée"


_KINDS = {"A": Kind.ADDED, "C": Kind.ADDED, "R": Kind.RENAMED, "D": Kind.REMOVED}
"""By the first letter of git's status; all others (content, type, conflict) modify a file."""


@dataclass(frozen=True)
class FileChange:
    """One file that changed; paths from the top of the repository, `before` only where it was renamed."""

    kind: Kind
    path: str
    before: str = ""

    @property
    def entry(self) -> str:
        """The file or folder right under `practices/` that this belongs to, or nothing."""
        parts = PurePosixPath(self.path).parts
        return parts[1] if len(parts) > 1 and parts[0] == PRACTICES else ""

    @property
    def fiche_id(self) -> str:
        """The id of the fiche that this is, or nothing."""
        return fiche_id(self.path)

    @property
    def lost_id(self) -> str:
        """The id whose address leads nowhere from now on, unless some fiche names it in `anciens_ids`."""
        gone = {Kind.RENAMED: self.before, Kind.REMOVED: self.path}.get(self.kind, "")
        return fiche_id(gone)


def fiche_id(path: str) -> str:
    """The id of the fiche at a path, or nothing where none is kept.

    >>> fiche_id("practices/jardin.yml"), fiche_id("mkdocs.yml")
    ('jardin', '')
    """
    inside = PurePosixPath(path)
    return inside.stem if inside.parent == PurePosixPath(PRACTICES) and inside.suffix == SUFFIX else ""


def parsed(name_status: str) -> Iterator[FileChange]:
    r"""Reads `git diff --name-status -z`.

    >>> [change.kind.name for change in parsed("A\0practices/a.yml\0R090\0practices/b.yml\0practices/c.yml\0")]
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
    """The changes that touch something else than fiches, by path."""
    touching = (change for change in changes if not change.entry or (change.before and not fiche_id(change.before)))
    return sorted(touching, key=lambda change: change.path)
