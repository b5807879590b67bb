"""In a preview, the page of the fiche that was just saved comes first; all that mentions it follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

from mkdocs.livereload import LiveReloadServer

THE_REST_AFTER = 2.0
"""Seconds from the page to the rest: time for a browser to fetch it before the server is busy again."""

Stamp = tuple[int, int]


@dataclass
class FirstPage:
    """Stands before the builder of a preview: where a single fiche has changed, its page is written at once.

    `watched` are the files and folders besides the practices. The server may tell twice of one change: where nothing
    has changed since it was seen, nothing is done.
    """

    server: LiveReloadServer
    build_all: Callable[[], None]
    practices: Path
    watched: Sequence[Path]
    write_page: Callable[[Path], bool]

    def __post_init__(self) -> None:
        self._seen = self._stamps()
        self._rest_is_asked_for = False
        self._rest = Timer(THE_REST_AFTER, self._ask_for_the_rest)

    def __call__(self) -> None:
        before, self._seen = self._seen, self._stamps()
        changed = [path for path in before.keys() | self._seen.keys() if before.get(path) != self._seen.get(path)]
        if not changed and not self._rest_is_asked_for:
            return
        if self._is_one_fiche(changed) and self.write_page(changed[0]):
            self._rest.cancel()  # whoever saves again soon does not wait for all pages in between
            self._rest = Timer(THE_REST_AFTER, self._ask_for_the_rest)
            self._rest.start()
        else:
            self._rest_is_asked_for = False
            self.build_all()

    def _is_one_fiche(self, changed: Sequence[Path]) -> bool:
        return len(changed) == 1 and changed[0].parent == self.practices and changed[0] in self._seen

    def _ask_for_the_rest(self) -> None:
        self._rest_is_asked_for = True
        with self.server._rebuild_cond:  # noqa: SLF001  # what its own watching does
            self.server._want_rebuild = True  # noqa: SLF001
            self.server._rebuild_cond.notify_all()  # noqa: SLF001

    def _stamps(self) -> dict[Path, Stamp]:
        """When each file was written, and how long it is; not of what editors and Python leave beside theirs."""
        found: dict[Path, Stamp] = {}
        for path in (*self.practices.glob("*.yml"), *self._others()):
            with suppress(FileNotFoundError):
                stat = path.stat()
                found[path] = (stat.st_mtime_ns, stat.st_size)
        return found

    def _others(self) -> Iterator[Path]:
        for place in self.watched:
            inside = (path for path in place.rglob("*") if path.is_file() and path.suffix != ".pyc")
            yield from inside if place.is_dir() else (place,)
