"""Reads a booklet back as its reader sees it: pages, links with their words, bookmarks, pictures."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
from pypdf import PdfReader


@dataclass(frozen=True)
class Jump:
    """A link inside the booklet: the page it stands on, its words, the page it leads to; pages count from 1."""

    page: int
    words: str
    target: int


class Book:
    """A PDF, open for reading."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pdf
        self.reader = PdfReader(io.BytesIO(pdf))
        self._rendered = pypdfium2.PdfDocument(pdf)

    def __len__(self) -> int:
        return len(self.reader.pages)

    @property
    def root(self) -> Any:
        return self.reader.trailer["/Root"]

    def fonts(self) -> dict[str, Any]:
        """The descriptors of all fonts, by name."""
        resources: list[Any] = [page["/Resources"] for page in self.reader.pages]
        fonts = [font.get_object() for one in resources for font in one.get("/Font", {}).values()]
        return {str(font["/BaseFont"]): font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts}

    def text(self, page: int) -> str:
        return str(self._rendered[page - 1].get_textpage().get_text_bounded()).replace("\r\n", "\n")

    def all_text(self) -> str:
        """The words of the whole book, without line breaks and the hyphens at them."""
        return " ".join(" ".join(self.text(page).split()) for page in range(1, len(self) + 1))

    def is_on_paper(self, page: int) -> bool:
        """Whether all characters of a page stand between its left and its right edge."""
        width, _ = self._rendered[page - 1].get_size()
        text = self._rendered[page - 1].get_textpage()
        boxes = [text.get_charbox(number) for number in range(text.count_chars())]
        return all(left >= 0 and right <= width for left, _, right, _ in boxes)

    def picture(self, page: int, scale: float = 3) -> Any:
        return self._rendered[page - 1].render(scale=scale).to_pil()

    def places(self) -> dict[str, int]:
        """Where each fiche begins: id → page."""
        return {
            name.removeprefix("fiche-"): 1 + (self.reader.get_destination_page_number(place) or 0)
            for name, place in self.reader.named_destinations.items()
            if name.startswith("fiche-")
        }

    def jumps(self) -> list[Jump]:
        return [
            Jump(number, self._words(number, annotation["/Rect"]), self._target(annotation))
            for number, page in enumerate(self.reader.pages, start=1)
            for annotation in map(_resolved, page.get("/Annots", []))
            if "/Dest" in annotation or annotation.get("/A", {}).get("/S") == "/GoTo"
        ]

    def bookmarks(self) -> list[tuple[int, str, int]]:
        """Depth, title, page."""
        return list(self._bookmarks(self.reader.outline, 0))

    def _bookmarks(self, items: Any, depth: int) -> Any:
        for item in items:
            if isinstance(item, list):
                yield from self._bookmarks(item, depth + 1)
            else:
                yield depth, str(item.title), 1 + (self.reader.get_destination_page_number(item) or 0)

    def _words(self, page: int, rect: Any) -> str:
        left, bottom, right, top = (float(side) for side in rect)
        words = self._rendered[page - 1].get_textpage().get_text_bounded(left, bottom, right, top)
        return " ".join(str(words).split())

    def _target(self, annotation: Any) -> int:
        place = annotation["/Dest"] if "/Dest" in annotation else annotation["/A"]["/D"]
        if not isinstance(place, list):
            found = self.reader.named_destinations[str(place)]
            return 1 + (self.reader.get_destination_page_number(found) or 0)
        numbers = {page.indirect_reference.idnum: number for number, page in enumerate(self.reader.pages, start=1)}  # type: ignore[union-attr]
        return numbers[place[0].indirect_reference.idnum if hasattr(place[0], "indirect_reference") else place[0].idnum]


def _resolved(annotation: Any) -> Any:
    return annotation.get_object()
