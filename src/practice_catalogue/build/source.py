"""What a site is made of: a checked catalogue, its settings, and where its fiches are."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.diagnostics import Report
from practice_catalogue.model.settings import CatalogueFolder, Settings
from practice_catalogue.validation import loader


@dataclass(frozen=True)
class SiteSource:
    """A catalogue ready to be published; `diagnostics` are lines that a preview shows on each page."""

    catalogue: Catalogue = field(repr=False)
    settings: Settings
    practices: Path
    diagnostics: tuple[str, ...] = ()


def load_source(folder: CatalogueFolder) -> tuple[SiteSource, Report, int]:
    """The catalogue in a folder without the fiches that are wrong, what is wrong with them, and how many were read.

    Raises CannotRun.
    """
    catalogue, report, files = loader.load_catalogue(folder)
    return SiteSource(catalogue, loader.load_settings(folder.settings), folder.practices), report, files
