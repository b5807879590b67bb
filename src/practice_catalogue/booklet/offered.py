"""Makes the booklets published on the site: the whole catalogue and each edition."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from practice_catalogue.booklet.book import make_booklet
from practice_catalogue.booklet.book_data import BookletLayout, Contents, booklet_title
from practice_catalogue.booklet.selection import Selection, selected_fiches
from practice_catalogue.booklet.texts import WrittenText
from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.settings import Settings

MOST = 200
"""Maximum number of fiches in a booklet of the site, some 600 pages; larger ones are made on the command line."""


@dataclass(frozen=True)
class OfferedBooklet:
    """A booklet for download: file name, title, numbers of fiches and pages, and the PDF."""

    name: str
    titre: str
    fiches: int
    pages: int
    pdf: bytes


def make_offered_booklets(
    catalogue: Catalogue, settings: Settings, written: Mapping[str, WrittenText], site_url: str = ""
) -> list[OfferedBooklet]:
    """Makes the booklets of the whole catalogue and of each edition, except empty ones and those above `MOST`."""
    sizes = {"": len(catalogue), **{heading.id: len(heading.fiches) for heading in catalogue.headings("editions")}}

    def offer(edition: str) -> OfferedBooklet:
        asked = Selection(edition)
        book = Contents(catalogue, settings, written, asked, selected_fiches(catalogue, asked), site_url=site_url)
        made = make_booklet(book, BookletLayout())
        return OfferedBooklet(
            f"{edition or 'catalogue'}.pdf", booklet_title(book), len(book.fiches), made.pages, made.pdf
        )

    with ThreadPoolExecutor() as pool:  # Typst releases the GIL: two booklets take little more time than one
        return [*pool.map(offer, [name for name, size in sizes.items() if 0 < size <= MOST])]
