"""In a preview, the page of the fiche that was just saved comes first; all that mentions it follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Timer

from mkdocs.livereload import LiveReloadServer

THE_REST_AFTER = 2.0
"""Seconds from the page to the rest: time for a browser to fetch it, and for somebody to save again."""

Stamp = tuple[int, int]


@dataclass
class FirstPage:
    """Stands before the builder of a preview: where a single fiche has changed, its page is written at once.

    All pages follow, beside what is shown: in the one of two folders that is not. Whoever saves again meanwhile does
    not wait for them. `watched` are the files and folders besides the practices. The server may tell twice of one
    change: where nothing has changed since it was seen, nothing is done.
    """

    server: LiveReloadServer
    build_all: Callable[[Path], None]
    practices: Path
    watched: Sequence[Path]
    write_page: Callable[[Path, Path], bool]
    folders: tuple[Path, Path]

    def __post_init__(self) -> None:
        self._seen = self._stamps()
        self._shown, self._beside = self.folders
        self._is_due = False
        self._saved: set[Path] = set()
        self._one_at_a_time = Lock()
        self._rest = Timer(0, self._build_beside)

    def __call__(self) -> None:
        before, self._seen = self._seen, self._stamps()
        changed = [path for path in before.keys() | self._seen.keys() if before.get(path) != self._seen.get(path)]
        if self._is_one_fiche(changed) and self.write_page(changed[0], self._shown):
            self._saved.add(changed[0])
            self._build_after(THE_REST_AFTER)
        elif changed:
            self._build_after(0)

    def _is_one_fiche(self, changed: Sequence[Path]) -> bool:
        return len(changed) == 1 and changed[0].parent == self.practices and changed[0] in self._seen

    def _build_after(self, seconds: float) -> None:
        self._is_due = True
        self._rest.cancel()
        self._rest = Timer(seconds, self._build_beside)
        self._rest.daemon = True
        self._rest.start()

    def _build_beside(self) -> None:
        """Builds all and shows it, with the pages that were saved since it began; not for a change already in it.

        Where that fails, what is shown stays.
        """
        with self._one_at_a_time:
            if not self._is_due:
                return
            self._is_due = False
            self._saved.clear()
            try:
                self.build_all(self._beside)
            except SystemExit:  # MkDocs has said why
                return
            for path in tuple(self._saved):
                self.write_page(path, self._beside)
            self._shown, self._beside = self._beside, self._shown
            self.server.root = str(self._shown)
        self._reload_browsers()

    def _reload_browsers(self) -> None:
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
