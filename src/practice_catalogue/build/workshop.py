"""The folder of a site that is being made: each file is written, or taken over from the last site."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple

from practice_catalogue.build.digest import Digest
from practice_catalogue.output.artifacts import Artifacts, Content


class FileEntry(NamedTuple):
    """What is known of a file that was written: the digest of all that it was made of, its size, its moment."""

    key: str
    size: int
    moment: int


Entries = dict[str, FileEntry]
"""By path within the site."""


@dataclass(frozen=True)
class LastSite:
    """A site that was published, and what is known of its files."""

    folder: Path
    entries: Entries = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path, notes: Path) -> LastSite:
        """With what the notes say; notes that cannot be read say nothing."""
        try:
            said = json.loads(notes.read_text(encoding="utf-8"))
            return cls(folder, {path: FileEntry(*entry) for path, entry in said.items()})
        except (OSError, ValueError, TypeError, AttributeError):
            return cls(folder)

    def has(self, path: str, key: str) -> bool:
        """Whether it has a file made of these things, as it was written."""
        known = self.entries.get(path)
        if known is None or known.key != key:
            return False
        try:
            return _entry(key, f"{self.folder}/{path}") == known
        except OSError:
            return False


class Workshop:
    """Puts the files of a site into its folder.

    A file that the last site has, made of the very same things and touched by nobody since, is taken over as a second
    name of that file. `surroundings` is the digest of what all files depend on.
    """

    def __init__(self, folder: Path, last: LastSite | None = None, surroundings: bytes = b"") -> None:
        self.folder = folder
        self.entries: Entries = {}
        self._last = last
        self._digest = Digest()
        self._surroundings = surroundings

    def fill(self, offered: Artifacts, paths: Iterable[str]) -> Entries:
        """Puts some of the offered files in place; gives what is to be known of them."""
        self.entries = {}
        for path in paths:
            key = self.key(path, *offered.made_of(path))
            if not self.take_over(path, key):
                self.put(path, offered[path], key)
        return self.entries

    def key(self, path: str, *of: object) -> str:
        """Stands for a file and all that it is made of; nothing where that is not known, or of no use."""
        return self._digest(self._surroundings, path, of).hex() if of and self._last else ""

    def take_over(self, path: str, key: str) -> bool:
        """Whether the last site had this file, made of the same things: then it is in place."""
        if not key or self._last is None or not self._last.has(path, key):
            return False
        try:
            _with_folder(f"{self.folder}/{path}", partial(os.link, f"{self._last.folder}/{path}"))
        except OSError:  # not every disk can give a file two names
            return False
        self.entries[path] = self._last.entries[path]
        return True

    def put(self, path: str, content: Content, key: str = "") -> None:
        """Writes a file, with the folders above it."""
        raw = content if isinstance(content, bytes) else content.encode()
        target = f"{self.folder}/{path}"
        _with_folder(target, partial(_write, raw))
        if key:
            self.entries[path] = _entry(key, target)


def notes(entries: Entries) -> str:
    """What is known of the files of a site, for the next one."""
    return json.dumps(dict(sorted(entries.items())))


def _entry(key: str, path: str) -> FileEntry:
    stat = os.stat(path)  # noqa: PTH116  # here as below: thousands of files, and a Path each takes longer than the disk
    return FileEntry(key, stat.st_size, stat.st_mtime_ns)


def _write(raw: bytes, path: str) -> None:
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(raw)


def _with_folder(path: str, make: Callable[[str], object]) -> None:
    try:
        make(path)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
        make(path)
