"""What a build hands to the MkDocs hook, and what a preview remembers from one build to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from mkdocs.config.defaults import MkDocsConfig

from practice_catalogue.build.task_pool import TaskPool
from practice_catalogue.build.workshop import Entries, LastSite
from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.diagnostics import Report
from practice_catalogue.model.settings import Settings

KEY = "catalogue_build"
"""Where it stands in the `extra` of the MkDocs configuration."""


AT_ONCE = 3_000
"""Of how many fiches the exports are made at once, by a process more: each holds a large part of the catalogue."""

CLOCK = "SOURCE_DATE_EPOCH"
"""What MkDocs dates its sitemap with; taken from the data unless the caller has set it."""


def _silent(stage: str, done: int, total: int) -> None:
    """Plain MkDocs has its own way of saying what it does."""


@dataclass
class BuildContext:
    """A checked catalogue, ready to be published; `progress` is told the stage, how far it is, and its size.

    `last` is the site that the new one may take files over from; `entries` is what is known of the new one's files;
    `cache` is the folder in which more is kept from one build to the next.
    """

    catalogue: Catalogue = field(repr=False)  # MkDocs writes its configuration out for a log that nobody reads
    settings: Settings
    progress: Callable[[str, int, int], None] = _silent
    diagnostics: tuple[str, ...] = ()
    practices: Path | None = None
    last: LastSite | None = None
    cache: Path | None = None
    work: list[TaskPool[Entries]] = field(default_factory=list, repr=False)
    entries: Entries = field(default_factory=dict, repr=False)

    @property
    def is_small(self) -> bool:
        """Whether one process more may hold the catalogue."""
        return len(self.catalogue) <= AT_ONCE

    def begin(self, tasks: Sequence[Callable[[], Entries]], processes: int | None = None) -> None:
        """Other processes begin to write: as many as there are processors for, or fewer."""
        with PREVIEW.is_busy:  # a process forked while a page is being written would inherit its locks
            self.work.append(TaskPool(tasks, processes))

    def finish(self) -> None:
        """Takes part in what other processes write, what began last first, and waits for them."""
        total = sum(map(len, self.work))
        results = chain.from_iterable(work.results() for work in reversed(self.work))
        for done, entries in enumerate(results, start=1):
            self.entries.update(entries)
            self.progress("Publication", done, total)

    def stop(self) -> None:
        """Waits for what is being written; nothing more is begun."""
        for work in self.work:
            work.stop()


@dataclass
class PreviewState:
    """Keeps the last good catalogue, so that a fiche being written does not take the preview down."""

    serving: bool = False
    last_good: Catalogue | None = field(default=None, repr=False)
    last_build: MkDocsConfig | None = field(default=None, repr=False)
    """The configuration of the last whole build, for one more page."""

    is_busy: Lock = field(default_factory=Lock, repr=False)
    """Held while a page is being made beside a build."""

    @cached_property
    def beside(self) -> TemporaryDirectory[str]:
        """Where the next site is made while the last one is shown."""
        return TemporaryDirectory(prefix="mkdocs_")

    def choose(self, catalogue: Catalogue, report: Report) -> Catalogue:
        """The catalogue to show: the new one if it is whole, the last whole one otherwise."""
        if not report.errors:
            self.last_good = catalogue
        return self.last_good or catalogue


BEGUN: list[BuildContext] = []
"""The builds whose work goes on in other processes."""

PREVIEW = PreviewState()
"""MkDocs loads its hooks anew for each build; this module, and so these, stay."""
