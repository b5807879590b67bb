"""Loads the input of a build: a checked catalogue, its settings and the folder of its fiches."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.diagnostics import Report
from practice_catalogue.model.settings import CatalogueFolder, Settings
from practice_catalogue.validation import loader


@dataclass(frozen=True)
class SiteSource:
    """The input of a build; `diagnostics` are French lines that a preview shows on each page."""

    catalogue: Catalogue = field(repr=False)
    settings: Settings
    practices: Path
    diagnostics: tuple[str, ...] = ()


def load_source(folder: CatalogueFolder) -> tuple[SiteSource, Report, int]:
    """Loads a catalogue; returns it without the invalid fiches, the report, and the number of files read.

    Raises CannotRun.
    """
    catalogue, report, files = loader.load_catalogue(folder)
    return SiteSource(catalogue, loader.load_settings(folder.settings), folder.practices), report, files
