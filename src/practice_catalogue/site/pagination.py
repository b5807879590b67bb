"""A long list over several pages: what each page holds, and where its neighbours are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from practice_catalogue.model.urls import page_url

PER_PAGE = 100
"""How many entries a page of a list holds."""

AROUND = 2
"""How many pages on either side of the present one are named in the navigation."""

Entry = TypeVar("Entry")


@dataclass(frozen=True)
class Sheet(Generic[Entry]):
    """One page of a list; `first` is the path of its first page, `number` counts from 1."""

    first: str
    number: int
    pages: int
    entries: Sequence[Entry]

    @property
    def path(self) -> str:
        """Where this page stands within the docs folder."""
        return self._path(self.number)

    @property
    def previous(self) -> str:
        """The address of the page before, or nothing."""
        return self.url(self.number - 1) if self.number > 1 else ""

    @property
    def next(self) -> str:
        """The address of the page after, or nothing."""
        return self.url(self.number + 1) if self.number < self.pages else ""

    @property
    def named(self) -> Iterator[int]:
        """The numbers that the navigation names: both ends and the neighbours; 0 stands for those left out."""
        last = 0
        for number in range(1, self.pages + 1):
            if number in {1, self.pages} or abs(number - self.number) <= AROUND:
                if number > last + 1:
                    yield 0
                yield number
                last = number

    def url(self, number: int) -> str:
        """The address of a page of this list."""
        return page_url(self._path(number))

    def _path(self, number: int) -> str:
        """No term and no fiche can take the address of a page: nothing else stands two folders below a list."""
        stem = self.first.removesuffix(".md").removesuffix("index").removesuffix("/")
        return self.first if number == 1 else f"{stem}/page/{number}.md"


def sheets(first: str, entries: Sequence[Entry]) -> list[Sheet[Entry]]:
    """The pages of a list whose first page stands at `first`; an empty list has one page.

    >>> [(sheet.path, len(sheet.entries)) for sheet in sheets("fiches/index.md", range(150))]
    [('fiches/index.md', 100), ('fiches/page/2.md', 50)]
    """
    pages = max(1, -(-len(entries) // PER_PAGE))
    return [
        Sheet(first, number, pages, entries[(number - 1) * PER_PAGE : number * PER_PAGE])
        for number in range(1, pages + 1)
    ]
