"""What a build hands to the MkDocs hook, and what a preview remembers from one build to the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from catalogue.collection import Catalogue
from catalogue.problems import Report
from catalogue.settings import Settings
from catalogue.site.cache import Cache, NoCache

KEY = "catalogue_handover"
"""Where it stands in the `extra` of the MkDocs configuration."""


def _silent(stage: str, done: int, total: int) -> None:
    """Plain MkDocs has its own way of saying what it does."""


@dataclass(frozen=True)
class Handover:
    """A checked catalogue, ready to be published; `progress` is told the stage, how far it is, and its size."""

    catalogue: Catalogue
    settings: Settings
    progress: Callable[[str, int, int], None] = _silent
    problems: tuple[str, ...] = ()
    practices: Path | None = None
    cache: Cache = field(default_factory=NoCache)


@dataclass
class Preview:
    """Keeps the last good catalogue, so that a fiche being written does not take the preview down."""

    serving: bool = False
    last_good: Catalogue | None = field(default=None, repr=False)
    last_build: tuple[Any, Any] | None = field(default=None, repr=False)
    """The configuration and the templates of the last whole build, for one more page."""

    def choose(self, catalogue: Catalogue, report: Report) -> Catalogue:
        """The catalogue to show: the new one if it is whole, the last whole one otherwise."""
        if not report.errors:
            self.last_good = catalogue
        return self.last_good or catalogue


PREVIEW = Preview()
"""MkDocs loads its hooks anew for each build; this module stays."""
