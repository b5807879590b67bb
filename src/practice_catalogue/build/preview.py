"""Manages a live preview: a saved fiche triggers a build of its page only, then a delayed full build."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import mkstemp
from threading import Timer

from practice_catalogue.build.source import SiteSource, load_source
from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.settings import CatalogueFolder
from practice_catalogue.validation import loader, messages

SHORTEST_DELAY = 2.0
"""Delay of the full build in seconds: time for the browser to load the saved page, or for another save."""

Stamps = dict[Path, tuple[int, int]]
"""File → (modification time in nanoseconds, size in bytes)."""


class Preview:
    """The state that a preview keeps between builds.

    If a single fiche has changed, only its page is built, and a full build follows. It is started by writing to
    `trigger`, a file that MkDocs watches. While a fiche has errors, the last valid catalogue is shown.
    """

    def __init__(self, *, quick: bool) -> None:
        self.saved: Fiche | None = None
        self._quick = quick
        self._last_good: SiteSource | None = None
        self._stamps: Stamps = {}
        self._started = 0.0
        self._seconds = 0.0
        handle, name = mkstemp(prefix="catalogue-")
        os.close(handle)
        self.trigger = Path(name)
        self._timer: Timer | None = None

    def load(self, folder: CatalogueFolder) -> SiteSource:
        """Returns the catalogue to show, and sets `saved` to the only fiche that has changed, or to None."""
        self._started = time.monotonic()
        before, self._stamps = self._stamps, _stamps(folder, self.trigger)
        changed = [path for path in before.keys() | self._stamps.keys() if before.get(path) != self._stamps.get(path)]
        self.saved = self._saved_fiche(folder, changed)
        return self._replace_saved(self.saved) if self.saved else self._load_all(folder)

    def finish(self) -> None:
        """Ends a build: a full build follows that of a single page.

        It is delayed by as long as the last full build took, since whoever saves again meanwhile has to wait for it.
        """
        if self.saved is None:
            self._seconds = time.monotonic() - self._started
            return
        self.stop()
        self._timer = Timer(max(SHORTEST_DELAY, self._seconds), _append_line, args=[self.trigger])
        self._timer.daemon = True
        self._timer.start()

    def stop(self) -> None:
        """Cancels the scheduled full build."""
        if self._timer:
            self._timer.cancel()

    def end(self) -> None:
        """Cancels the scheduled build and removes the trigger."""
        self.stop()
        self.trigger.unlink(missing_ok=True)

    def _saved_fiche(self, folder: CatalogueFolder, changed: list[Path]) -> Fiche | None:
        known = self._last_good
        if not self._quick or known is None or known.diagnostics or len(changed) != 1:
            return None
        (path,) = changed
        is_known = path.parent == folder.practices and any(fiche.id == path.stem for fiche in known.catalogue)
        return loader.load_one(path, known.catalogue.vocabularies) if is_known and path.exists() else None

    def _replace_saved(self, saved: Fiche) -> SiteSource:
        assert self._last_good  # noqa: S101  # `saved` is only set if there is one
        catalogue = self._last_good.catalogue
        fiches = [saved if fiche.id == saved.id else fiche for fiche in catalogue]
        self._last_good = replace(self._last_good, catalogue=Catalogue.of(fiches, catalogue.vocabularies))
        return self._last_good

    def _load_all(self, folder: CatalogueFolder) -> SiteSource:
        source, report, _ = load_source(folder)
        lines = tuple(messages.line(diagnostic) for diagnostic in report)
        if not report.errors or self._last_good is None:
            self._last_good = source
        self._last_good = replace(self._last_good, diagnostics=lines)
        return self._last_good


def _append_line(trigger: Path) -> None:
    """Appends a line, so that the size changes even if the modification time does not."""
    with trigger.open("a", encoding="utf-8") as file:
        file.write("\n")


def _stamps(folder: CatalogueFolder, trigger: Path) -> Stamps:
    """Returns the stamps of all input files of a preview."""
    found: Stamps = {}
    for path in (
        *folder.practices.glob("*.yml"),
        *folder.vocabularies.glob("*.yml"),
        *folder.docs.rglob("*"),
        *(folder.settings, folder.mkdocs, trigger),
    ):
        with suppress(OSError):
            stat = path.stat()
            found[path] = (stat.st_mtime_ns, stat.st_size)
    return found
