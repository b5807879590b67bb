"""What an earlier build has made, by all that it was made of: in one file that may be deleted at any time."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

from pydantic import BaseModel

_OURS = Path(__file__).resolve().parents[1]
_PACKAGES = ("mkdocs", "mkdocs-material", "jinja2", "markupsafe", "markdown-it-py", "pydantic", "typst")


class Cache(Protocol):
    """Keeps bytes by their key."""

    def get(self, key: bytes) -> bytes | None: ...
    def put(self, key: bytes, content: bytes) -> None: ...


class NoCache:
    """For a build that stands alone."""

    def get(self, key: bytes) -> bytes | None:  # noqa: ARG002  # it never has anything
        return None

    def put(self, key: bytes, content: bytes) -> None:
        """Forgets at once."""


class FileCache:
    """A table of keys and contents; each content is trusted only if its hash is right.

    What this build did not ask for is gone after `keep`. A file that cannot be read is begun anew; where none can be
    written, nothing is kept.
    """

    def __init__(self, path: Path) -> None:
        self._used: set[bytes] = set()
        self._one_at_a_time = Lock()
        try:
            self._table = _opened(path)
        except sqlite3.Error:
            path.unlink(missing_ok=True)
            self._table = _opened(path)

    def get(self, key: bytes) -> bytes | None:
        try:
            with self._one_at_a_time:
                row = self._table.execute("SELECT hash, content FROM kept WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error:
            return None
        if row is None or not isinstance(row[1], bytes) or hashlib.sha256(row[1]).digest() != row[0]:
            return None
        self._used.add(key)
        return row[1]

    def put(self, key: bytes, content: bytes) -> None:
        self._used.add(key)
        with contextlib.suppress(sqlite3.Error), self._one_at_a_time:
            row = (key, hashlib.sha256(content).digest(), content)
            self._table.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", row)

    def close(self) -> None:
        """What was not kept is forgotten."""
        self._table.close()

    def keep(self) -> None:
        """Lets go of what is stale, and keeps the rest for the next build."""
        with contextlib.suppress(sqlite3.Error):
            known = {row[0] for row in self._table.execute("SELECT key FROM kept")}
            self._table.executemany("DELETE FROM kept WHERE key = ?", [(key,) for key in known - self._used])
            self._table.commit()


def _opened(path: Path) -> sqlite3.Connection:
    table = sqlite3.connect(path, check_same_thread=False)
    table.execute("PRAGMA synchronous = OFF")  # a file lost with the power is made anew
    table.execute("CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, hash BLOB, content BLOB) WITHOUT ROWID")
    table.execute("SELECT count(*) FROM kept").fetchone()
    return table


def program(*more: object) -> bytes:
    """The hash of all that pages depend on besides their fiches: our code and theme, the packages, what is given."""
    packages = [(package, version(package)) for package in _PACKAGES]
    files = [path for path in sorted(_OURS.rglob("*")) if path.is_file() and path.suffix != ".pyc"]
    code = [(path.relative_to(_OURS).as_posix(), path.read_bytes()) for path in files]
    return Digest()(sys.version, packages, code, *more)


class Digest:
    """The hash of plain values, of models and of dataclasses; a model is read once, however often it comes."""

    def __init__(self) -> None:
        self._models: dict[int, tuple[BaseModel, bytes]] = {}

    def __call__(self, *values: object) -> bytes:
        return hashlib.sha256(b"".join(self._parts(values))).digest()

    def _parts(self, value: Any) -> Iterable[bytes]:
        if isinstance(value, BaseModel):
            yield self._model(value)
        elif is_dataclass(value):
            yield from self._parts([getattr(value, field.name) for field in fields(value)])
        elif isinstance(value, Mapping):
            yield from self._parts(list(value.items()))
        elif isinstance(value, list | tuple):
            yield b"(%d;" % len(value)
            for item in value:
                yield from self._parts(item)
        elif isinstance(value, bytes | str | int | float | None):
            raw = value if isinstance(value, bytes) else repr(value).encode()
            yield b"%s %d:" % (type(value).__name__.encode(), len(raw)) + raw
        else:
            raise TypeError(value)

    def _model(self, value: BaseModel) -> bytes:
        if id(value) not in self._models:
            text = f"{type(value).__name__}{value.model_dump_json()}"
            self._models[id(value)] = (value, hashlib.sha256(text.encode()).digest())
        return self._models[id(value)][1]


class Shown(Protocol):
    """A page that knows what it depends on; nothing, if that is the whole catalogue."""

    key: bytes

    @property
    def depends_on(self) -> tuple[object, ...]: ...


class Cached:
    """What earlier builds have finished."""

    def __init__(self, cache: Cache, surroundings: bytes) -> None:
        self._cache = cache
        self._surroundings = surroundings
        self._digest = Digest()

    def find(self, page: Shown) -> str:
        """The page as it was finished from the very same things, or nothing."""
        if not page.depends_on or isinstance(self._cache, NoCache):
            return ""
        page.key = self._digest(self._surroundings, page.depends_on)
        return (self._cache.get(page.key) or b"").decode()

    def keep(self, page: Shown, finished: str) -> None:
        """Remembers a page that was just finished."""
        if page.key:
            self._cache.put(page.key, finished.encode())

    def text(self, make: Callable[[], str], *depends_on: object) -> str:
        """What was once made from the very same things, or makes it."""
        if isinstance(self._cache, NoCache):
            return make()
        key = self._digest(self._surroundings, depends_on)
        if known := self._cache.get(key):
            return known.decode()
        made = make()
        self._cache.put(key, made.encode())
        return made
