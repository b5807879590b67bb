"""A live preview: the page of the fiche that was just saved comes first, all that mentions it follows."""

from __future__ import annotations

import os
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

THE_REST_AFTER = 2.0
"""Seconds from the saved page to the rest: time for a browser to fetch it, and for somebody to save again."""

Stamps = dict[Path, tuple[int, int]]
"""When each file was written, in nanoseconds, and its size in bytes."""


class Preview:
    """What lasts from one build of a preview to the next.

    A build is quick where a single fiche has changed: only its page is made, and the whole build follows. That one is
    begun by a file that MkDocs watches, `trigger`. The last good catalogue stays up while a fiche is wrong.
    """

    def __init__(self, *, quick: bool) -> None:
        self.saved: Fiche | None = None
        self._quick = quick
        self._last_good: SiteSource | None = None
        self._stamps: Stamps = {}
        handle, name = mkstemp(prefix="catalogue-")
        os.close(handle)
        self.trigger = Path(name)
        self._rest: Timer | None = None

    def read(self, folder: CatalogueFolder) -> SiteSource:
        """The catalogue to show; `saved` is the only fiche that has changed, or nothing."""
        before, self._stamps = self._stamps, _stamps(folder, self.trigger)
        changed = [path for path in before.keys() | self._stamps.keys() if before.get(path) != self._stamps.get(path)]
        self.saved = self._saved_fiche(folder, changed)
        return self._with_saved(self.saved) if self.saved else self._whole(folder)

    def follow_up(self) -> None:
        """Lets the whole build follow a quick one, unless somebody saves again meanwhile."""
        self.stop()
        self._rest = Timer(THE_REST_AFTER, _touch_again, args=[self.trigger])
        self._rest.daemon = True
        self._rest.start()

    def stop(self) -> None:
        """Nothing more follows a quick build."""
        if self._rest:
            self._rest.cancel()

    def end(self) -> None:
        """Leaves nothing behind."""
        self.stop()
        self.trigger.unlink(missing_ok=True)

    def _saved_fiche(self, folder: CatalogueFolder, changed: list[Path]) -> Fiche | None:
        known = self._last_good
        if not self._quick or known is None or known.diagnostics or len(changed) != 1:
            return None
        (path,) = changed
        is_known = path.parent == folder.practices and any(fiche.id == path.stem for fiche in known.catalogue)
        return loader.load_one(path, known.catalogue.vocabularies) if is_known and path.exists() else None

    def _with_saved(self, saved: Fiche) -> SiteSource:
        assert self._last_good  # noqa: S101  # or nothing would have been saved
        catalogue = self._last_good.catalogue
        fiches = [saved if fiche.id == saved.id else fiche for fiche in catalogue]
        self._last_good = replace(self._last_good, catalogue=Catalogue.of(fiches, catalogue.vocabularies))
        return self._last_good

    def _whole(self, folder: CatalogueFolder) -> SiteSource:
        source, report, _ = load_source(folder)
        lines = tuple(messages.line(diagnostic) for diagnostic in report)
        if not report.errors or self._last_good is None:
            self._last_good = source
        self._last_good = replace(self._last_good, diagnostics=lines)
        return self._last_good


def _touch_again(trigger: Path) -> None:
    """Changes the size too: two moments may look the same."""
    with trigger.open("a", encoding="utf-8") as file:
        file.write("\n")


def _stamps(folder: CatalogueFolder, trigger: Path) -> Stamps:
    """Of all that a preview is made of."""
    found: Stamps = {}
    for path in (
        *folder.practices.glob("*.yml"),
        *folder.vocabularies.glob("*.yml"),
        *folder.docs.rglob("*"),
        *(folder.settings, folder.mkdocs, trigger),
    ):
        with suppress(FileNotFoundError):
            stat = path.stat()
            found[path] = (stat.st_mtime_ns, stat.st_size)
    return found
