"""Splits long lists into pages, with the links between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from practice_catalogue.model.urls import page_url

PER_PAGE = 100
"""Number of entries per page."""

NEIGHBOURS = 2
"""Number of pages listed on each side of the current one in the navigation."""

Entry = TypeVar("Entry")


@dataclass(frozen=True)
class Sheet(Generic[Entry]):
    """One page of a list; `first` is the path of the list's first page, `number` counts from 1."""

    first: str
    number: int
    pages: int
    entries: Sequence[Entry]

    @property
    def path(self) -> str:
        """The path of this page within the docs folder."""
        return self._path(self.number)

    @property
    def previous(self) -> str:
        """The URL of the previous page, or an empty string."""
        return self.url(self.number - 1) if self.number > 1 else ""

    @property
    def next(self) -> str:
        """The URL of the next page, or an empty string."""
        return self.url(self.number + 1) if self.number < self.pages else ""

    @property
    def named(self) -> Iterator[int]:
        """The page numbers of the navigation: first, last and neighbours; 0 stands for a gap."""
        last = 0
        for number in range(1, self.pages + 1):
            if number in {1, self.pages} or abs(number - self.number) <= NEIGHBOURS:
                if number > last + 1:
                    yield 0
                yield number
                last = number

    def url(self, number: int) -> str:
        """Returns the URL of a page of this list."""
        return page_url(self._path(number))

    def _path(self, number: int) -> str:
        """Returns the path of a page; no fiche or term has a path two folders below a list, so none can collide."""
        stem = self.first.removesuffix(".md").removesuffix("index").removesuffix("/")
        return self.first if number == 1 else f"{stem}/page/{number}.md"


def paginate(first: str, entries: Sequence[Entry]) -> list[Sheet[Entry]]:
    """Splits a list into pages, of which `first` is the path of the first one; an empty list has one page.

    >>> [(sheet.path, len(sheet.entries)) for sheet in paginate("fiches/index.md", range(150))]
    [('fiches/index.md', 100), ('fiches/page/2.md', 50)]
    """
    pages = max(1, -(-len(entries) // PER_PAGE))
    return [
        Sheet(first, number, pages, entries[(number - 1) * PER_PAGE : number * PER_PAGE])
        for number in range(1, pages + 1)
    ]
