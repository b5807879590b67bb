"""Builds booklets: loads the catalogue, selects fiches, typesets them, and replaces the PDF when it is finished."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from practice_catalogue.booklet import texts
from practice_catalogue.booklet.book import Booklet, make_booklet
from practice_catalogue.booklet.book_data import BookletLayout, Contents
from practice_catalogue.booklet.offered import OfferedBooklet, make_offered_booklets
from practice_catalogue.booklet.selection import parse_selection, selected_fiches
from practice_catalogue.booklet.texts import WrittenText
from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.diagnostics import CannotRun, Report
from practice_catalogue.model.settings import CatalogueFolder, Settings
from practice_catalogue.model.urls import with_slash
from practice_catalogue.output import writer
from practice_catalogue.validation import loader


@dataclass(frozen=True)
class BookletRequest:
    """A booklet as requested on the command line; `select` is ids, a file of ids or a shared link."""

    edition: str = ""
    filters: Mapping[str, list[str]] = field(default_factory=dict)
    select: str = ""
    order: str = ""
    layout: BookletLayout = field(default_factory=BookletLayout)
    impose: bool = False
    site_url: str = ""


@dataclass(frozen=True)
class BookletResult:
    """The result of a request; `booklet` is None if the report has errors. `files` counts the files read."""

    report: Report
    files: int
    booklet: Booklet | None = None
    fiches: int = 0
    has_address: bool = False


def write_booklet(folder: CatalogueFolder, out: Path, request: BookletRequest) -> BookletResult:
    """Builds a booklet and replaces the file `out` atomically. Raises CannotRun."""
    loaded = loader.load_catalogue(folder)
    if loaded.report.errors:
        return BookletResult(loaded.report, loaded.files)
    settings = loader.load_settings(folder.settings)
    written = read_texts(folder.booklet_texts)
    asked = parse_selection(loaded.catalogue, request.edition, request.filters, _read_selection(request.select))
    fiches = selected_fiches(loaded.catalogue, asked)
    address = with_slash(request.site_url or settings.adresse_du_site)
    book = Contents(loaded.catalogue, settings, written, asked, fiches, request.order, address)
    made = make_booklet(book, request.layout, impose=request.impose)
    _create_parent(out)
    writer.replace(out, made.pdf)
    return BookletResult(loaded.report, loaded.files, made, len(fiches), bool(address))


def site_booklets(catalogue: Catalogue, settings: Settings, folder: Path, site_url: str | None) -> list[OfferedBooklet]:
    """Returns the booklets of the site; `folder` contains the hand-written texts. Raises CannotRun."""
    return make_offered_booklets(catalogue, settings, read_texts(folder), with_slash(site_url or ""))


def read_texts(folder: Path) -> dict[str, WrittenText]:
    """Reads the hand-written texts of the booklet, by name; raises CannotRun if one is missing or empty."""
    return {name: _read_text(folder / file) for name, file in texts.FILES.items()}


def _read_text(path: Path) -> WrittenText:
    try:
        text = texts.parse_text(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        raise CannotRun("texte-du-livret-absent", chemin=path) from None
    if not text.titre or not text.sections:
        raise CannotRun("texte-du-livret-vide", chemin=path)
    return text


def _read_selection(wanted: str) -> str:
    """Returns the content of a file of ids, or the selection itself. Raises CannotRun if the file is missing."""
    if not wanted or re.match(r"\s*https?://", wanted):
        return wanted
    path = Path(wanted)
    try:
        return path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:  # also if the ids are too long for the name of a file
        if re.search(r"[/\\.]", wanted):
            raise CannotRun("fichier-absent", chemin=path) from None
    return wanted


def _create_parent(out: Path) -> None:
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise writer.cannot_write(out, error) from error
