"""In a preview, the page of the fiche that was just saved comes first; all that mentions it follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

from mkdocs.livereload import LiveReloadServer

THE_REST_AFTER = 2.0
"""Seconds from the page to the rest: time for a browser to fetch it before the server is busy again."""

Stamp = tuple[int, int]


@dataclass
class FirstPage:
    """Stands before the builder of a preview: where a single fiche has changed, its page is written at once."""

    server: LiveReloadServer
    build_all: Callable[[], None]
    practices: Path
    write_page: Callable[[Path], bool]

    def __post_init__(self) -> None:
        self._seen = self._stamps()
        self._rest = Timer(THE_REST_AFTER, self._ask_for_the_rest)

    def __call__(self) -> None:
        before, self._seen = self._seen, self._stamps()
        changed = [path for path, stamp in self._seen.items() if before.get(path) != stamp]
        if len(changed) == 1 and before.keys() == self._seen.keys() and self.write_page(changed[0]):
            self._rest.cancel()  # whoever saves again soon does not wait for all pages in between
            self._rest = Timer(THE_REST_AFTER, self._ask_for_the_rest)
            self._rest.start()
        else:
            self.build_all()

    def _ask_for_the_rest(self) -> None:
        with self.server._rebuild_cond:  # noqa: SLF001  # what its own watching does
            self.server._want_rebuild = True  # noqa: SLF001
            self.server._rebuild_cond.notify_all()  # noqa: SLF001

    def _stamps(self) -> dict[Path, Stamp]:
        """When each file was written, and how long it is."""
        found = ((path, path.stat()) for path in sorted(self.practices.glob("*.yml")))
        return {path: (stat.st_mtime_ns, stat.st_size) for path, stat in found}
