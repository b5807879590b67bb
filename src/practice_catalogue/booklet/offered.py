"""The booklets that the site offers: the whole catalogue and each edition."""

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
"""How many fiches a booklet of the site holds at most: some 600 pages. Whoever wants more makes a choice or a book."""


@dataclass(frozen=True)
class OfferedBooklet:
    """A booklet ready to be taken home: the name of its file, what it is, how many fiches and pages."""

    name: str
    titre: str
    fiches: int
    pages: int
    pdf: bytes


def make_offered_booklets(
    catalogue: Catalogue, settings: Settings, written: Mapping[str, WrittenText], site_url: str = ""
) -> list[OfferedBooklet]:
    """The whole catalogue first, then each edition; nothing where there are no fiches, or more than a booklet holds."""
    sizes = {"": len(catalogue), **{heading.id: len(heading.fiches) for heading in catalogue.headings("editions")}}

    def offer(edition: str) -> OfferedBooklet:
        asked = Selection(edition)
        book = Contents(catalogue, settings, written, asked, selected_fiches(catalogue, asked), site_url=site_url)
        made = make_booklet(book, BookletLayout())
        return OfferedBooklet(
            f"{edition or 'catalogue'}.pdf", booklet_title(book), len(book.fiches), made.pages, made.pdf
        )

    with (
        ThreadPoolExecutor() as pool
    ):  # Typst works outside the interpreter, so that two books take little more than one
        return [*pool.map(offer, [name for name, size in sizes.items() if 0 < size <= MOST])]
