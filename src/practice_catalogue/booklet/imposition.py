"""Prepares a PDF for print: pads it to a multiple of four pages, adds crop marks, imposes pages on sheets."""

from __future__ import annotations

import io
from collections.abc import Iterator

from pikepdf import Dictionary, Name, Page, Pdf, Rectangle

MM = 72 / 25.4
A4_ACROSS = (297 * MM, 210 * MM)
SLUG = 7 * MM
"""Width of the area outside of the bleed, which has the crop marks, in points."""

Sheet = tuple[int | None, int | None]
"""One side of a sheet: left and right page, counted from 0; None is a blank page."""


def padded_pages(pages: int) -> list[int | None]:
    """Returns the page numbers padded to a multiple of four, with blank pages before the back cover.

    >>> padded_pages(6)
    [0, 1, 2, 3, 4, None, None, 5]
    """
    blank = -pages % 4
    return [*range(pages - 1), *[None] * blank, pages - 1] if pages else []


def saddle_stitch(pages: list[int | None]) -> Iterator[Sheet]:
    """Yields the sides of the sheets for saddle stitching, outermost sheet first, front before back.

    >>> [*saddle_stitch([0, 1, 2, 3, 4, 5, 6, 7])]
    [(7, 0), (1, 6), (5, 2), (3, 4)]
    """
    last = len(pages) - 1
    for first in range(0, len(pages) // 2, 2):
        yield pages[last - first], pages[first]
        yield pages[first + 1], pages[last - first - 1]


def prepare_for_printer(pdf: bytes) -> bytes:
    """Returns a PDF padded to a multiple of four pages, with crop marks outside of the bleed."""
    with Pdf.open(io.BytesIO(pdf)) as book:
        _pad(book)
        for page in book.pages:
            _add_crop_marks(page)
        return _bytes(book)


def impose_pages(pdf: bytes) -> bytes:
    """Returns a PDF of A4 sheets with two pages per side, in folding order; larger pages are scaled down."""
    with Pdf.open(io.BytesIO(pdf)) as book, Pdf.new() as sheets:
        for sides in saddle_stitch(padded_pages(len(book.pages))):
            _add_sheet(sheets, [book.pages[number] if number is not None else None for number in sides])
        return _bytes(sheets)


def _add_sheet(sheets: Pdf, sides: list[Page | None]) -> None:
    """Adds one side of a sheet; each page is drawn as a form XObject, adjacent to the fold in the middle."""
    width, height = A4_ACROSS
    sheet = sheets.add_blank_page(page_size=A4_ACROSS)
    for half, page in enumerate(sides):
        if page is None:
            continue
        size = Rectangle(page.mediabox)
        scale = min(width / 2 / size.width, height / size.height)
        x = width / 2 if half else width / 2 - scale * size.width
        name = sheet.add_resource(sheets.copy_foreign(page.as_form_xobject()), Name.XObject, Name(f"/P{half}"))
        sheet.contents_add(f"q {scale:.5f} 0 0 {scale:.5f} {x:.3f} 0 cm {name} Do Q\n".encode("ascii"))
    sheet.contents_coalesce()


def _pad(book: Pdf) -> None:
    first = book.pages[0].obj
    boxes = {name: first[name] for name in ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox") if name in first}
    for index, number in enumerate(padded_pages(len(book.pages))):
        if number is None:
            book.pages.insert(index, Page(Dictionary({"/Type": Name.Page, "/Resources": Dictionary(), **boxes})))


def _add_crop_marks(page: Page) -> None:
    """Clips a page at its bleed and draws crop marks at its corners, in black only (CMYK)."""
    trim, bleed = Rectangle(page.trimbox), Rectangle(page.bleedbox)
    outer = Rectangle(bleed.llx - SLUG, bleed.lly - SLUG, bleed.urx + SLUG, bleed.ury + SLUG)
    cut = f"q {bleed.llx:.3f} {bleed.lly:.3f} {bleed.width:.3f} {bleed.height:.3f} re W n\n"
    page.contents_add(cut.encode("ascii"), prepend=True)
    page.contents_add(_crop_marks(trim, bleed, outer))
    page.contents_coalesce()
    page.bleedbox = bleed.as_array()
    page.mediabox = page.cropbox = outer.as_array()


def _crop_marks(trim: Rectangle, bleed: Rectangle, outer: Rectangle) -> bytes:
    upright = [
        (x, y, x, end) for x in (trim.llx, trim.urx) for y, end in ((outer.lly, bleed.lly), (bleed.ury, outer.ury))
    ]
    across = [
        (x, y, end, y) for y in (trim.lly, trim.ury) for x, end in ((outer.llx, bleed.llx), (bleed.urx, outer.urx))
    ]
    lines = " ".join(f"{x:.3f} {y:.3f} m {to_x:.3f} {to_y:.3f} l S" for x, y, to_x, to_y in (*upright, *across))
    return f"\nQ q 0 0 0 1 K 0.25 w {lines} Q".encode("ascii")


def _bytes(pdf: Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()
