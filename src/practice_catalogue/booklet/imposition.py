"""The pages of a PDF for paper: a multiple of four, crop marks, sheets to be folded and stapled."""

from __future__ import annotations

import io
from collections.abc import Iterator

from pikepdf import Dictionary, Name, Page, Pdf, Rectangle

MM = 72 / 25.4
A4_ACROSS = (297 * MM, 210 * MM)
SLUG = 7 * MM
"""How much paper stands around the bleed, for the crop marks."""

Sheet = tuple[int | None, int | None]
"""One side of a sheet: the page on its left and on its right, counted from 0; None is blank."""


def padded_pages(pages: int) -> list[int | None]:
    """The pages with blank ones before the last, the back cover, so that they are a multiple of four.

    >>> padded_pages(6)
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


def prepare_for_printer(pdf: bytes) -> bytes:
    """A multiple of four pages, with crop marks around the bleed."""
    with Pdf.open(io.BytesIO(pdf)) as book:
        _pad(book)
        for page in book.pages:
            _add_crop_marks(page)
        return _bytes(book)


def impose_pages(pdf: bytes) -> bytes:
    """A4 sheets, two pages a side, in the order that folding needs; larger pages are made smaller."""
    with Pdf.open(io.BytesIO(pdf)) as book, Pdf.new() as sheets:
        for sides in saddle_stitch(padded_pages(len(book.pages))):
            _add_sheet(sheets, [book.pages[number] if number is not None else None for number in sides])
        return _bytes(sheets)


def _add_sheet(sheets: Pdf, sides: list[Page | None]) -> None:
    """One side of a sheet: each page is drawn whole, as a picture, up against the fold in the middle."""
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
    """Cuts the page at its bleed, and draws lines beside its corners, in black ink alone."""
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
