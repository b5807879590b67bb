"""The pages of a PDF for paper: a multiple of four, crop marks, sheets to be folded and stapled."""

from __future__ import annotations

import io
from collections.abc import Iterator

from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.generic import DecodedStreamObject, NameObject, RectangleObject

MM = 72 / 25.4
A4_ACROSS = (297 * MM, 210 * MM)
SLUG = 7 * MM
"""How much paper stands around the bleed, for the crop marks."""

Sheet = tuple[int | None, int | None]
"""One side of a sheet: the page on its left and on its right, counted from 0; None is blank."""


def page_count(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)


def padded(pages: int) -> list[int | None]:
    """The pages with blank ones before the last, the back cover, so that they are a multiple of four.

    >>> padded(6)
    [0, 1, 2, 3, 4, None, None, 5]
    """
    blank = -pages % 4
    return [*range(pages - 1), *[None] * blank, pages - 1] if pages else []


def saddle_stitch(pages: list[int | None]) -> Iterator[Sheet]:
    """The sides of the sheets, outermost first, front before back.

    >>> [*saddle_stitch([0, 1, 2, 3, 4, 5, 6, 7])]
    [(7, 0), (1, 6), (5, 2), (3, 4)]
    """
    last = len(pages) - 1
    for first in range(0, len(pages) // 2, 2):
        yield pages[last - first], pages[first]
        yield pages[first + 1], pages[last - first - 1]


def for_printer(pdf: bytes) -> bytes:
    """A multiple of four pages, with crop marks around the bleed."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    _pad(writer)
    for page in writer.pages:
        _add_crop_marks(page)
    return _bytes(writer)


def imposed(pdf: bytes) -> bytes:
    """A4 sheets, two pages a side, in the order that folding needs."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    writer = PdfWriter()
    writer.metadata = None
    width, height = A4_ACROSS
    for left, right in saddle_stitch(padded(len(pages))):
        sheet = writer.add_blank_page(width, height)
        for half, number in enumerate((left, right)):
            if number is not None:
                _place(sheet, pages[number], half * width / 2)
    for sheet in writer.pages:
        sheet.compress_content_streams()
    return _bytes(writer)


def _place(sheet: PageObject, page: PageObject, x: float) -> None:
    """Puts a page on one half of a sheet, made smaller where it is larger than that."""
    scale = min(A4_ACROSS[0] / 2 / float(page.mediabox.width), A4_ACROSS[1] / float(page.mediabox.height))
    sheet.merge_transformed_page(page, Transformation().scale(scale).translate(x, 0))


def _pad(writer: PdfWriter) -> None:
    first = writer.pages[0]
    for index, number in enumerate(padded(len(writer.pages))):
        if number is None:
            writer.insert_blank_page(first.mediabox.width, first.mediabox.height, index)
            for box in ("trimbox", "bleedbox", "cropbox"):
                setattr(writer.pages[index], box, getattr(first, box))


def _add_crop_marks(page: PageObject) -> None:
    """Lines beside the corners, outside the bleed, in the four inks' black."""
    trim, bleed = page.trimbox, page.bleedbox
    outer = RectangleObject((bleed.left - SLUG, bleed.bottom - SLUG, bleed.right + SLUG, bleed.top + SLUG))
    marks = PageObject.create_blank_page(None, outer.width, outer.height)
    marks.mediabox = marks.cropbox = marks.trimbox = outer
    stream = DecodedStreamObject()
    stream.set_data(_crop_marks(trim, bleed, outer).encode("ascii"))
    marks[NameObject("/Contents")] = stream
    page.mediabox = page.cropbox = outer
    page.merge_page(marks)


def _crop_marks(trim: RectangleObject, bleed: RectangleObject, outer: RectangleObject) -> str:
    across = [(x, y, x, end) for x in (trim.left, trim.right) for y, end in _ends(bleed.bottom, bleed.top, outer.bottom, outer.top)]
    along = [(x, y, end, y) for y in (trim.bottom, trim.top) for x, end in _ends(bleed.left, bleed.right, outer.left, outer.right)]
    lines = " ".join(f"{x:.3f} {y:.3f} m {to_x:.3f} {to_y:.3f} l S" for x, y, to_x, to_y in (*across, *along))
    return f"q 0 0 0 1 K 0.25 w {lines} Q"


def _ends(low: float, high: float, outer_low: float, outer_high: float) -> tuple[tuple[float, float], ...]:
    """From the edge of the paper to the bleed, on both sides."""
    return ((outer_low, low), (high, outer_high))


def _bytes(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
