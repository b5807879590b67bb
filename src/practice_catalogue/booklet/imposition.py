"""The pages of a PDF for paper: a multiple of four, crop marks, sheets to be folded and stapled."""

from __future__ import annotations

import io
from collections.abc import Iterator

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    RectangleObject,
)

MM = 72 / 25.4
A4_ACROSS = (297 * MM, 210 * MM)
SLUG = 7 * MM
"""How much paper stands around the bleed, for the crop marks."""

Sheet = tuple[int | None, int | None]
"""One side of a sheet: the page on its left and on its right, counted from 0; None is blank."""


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
        _add_crop_marks(writer, page)
    return _bytes(writer)


def imposed(pdf: bytes) -> bytes:
    """A4 sheets, two pages a side, in the order that folding needs; larger pages are made smaller."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    writer = PdfWriter()
    for sides in saddle_stitch(padded(len(pages))):
        _add_sheet(writer, [pages[number] if number is not None else None for number in sides])
    return _bytes(writer)


def _add_sheet(writer: PdfWriter, sides: list[PageObject | None]) -> None:
    """One side of a sheet: each page is drawn whole, as a picture, up against the fold in the middle."""
    width, height = A4_ACROSS
    sheet = writer.add_blank_page(width, height)
    drawn = DictionaryObject()
    lines = []
    for half, page in enumerate(sides):
        if page is None:
            continue
        scale = min(width / 2 / float(page.mediabox.width), height / float(page.mediabox.height))
        x = width / 2 if half else width / 2 - scale * float(page.mediabox.width)
        drawn[NameObject(f"/P{half}")] = _as_picture(writer, page)
        lines.append(f"q {scale:.5f} 0 0 {scale:.5f} {x:.3f} 0 cm /P{half} Do Q")
    sheet[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): drawn})
    sheet[NameObject("/Contents")] = _stream(writer, " ".join(lines).encode("ascii"))


def _as_picture(writer: PdfWriter, page: PageObject) -> IndirectObject:
    contents = page.get_contents()
    picture = DecodedStreamObject()
    picture.set_data(contents.get_data() if contents is not None else b"")
    compressed = picture.flate_encode()
    compressed[NameObject("/Type")] = NameObject("/XObject")
    compressed[NameObject("/Subtype")] = NameObject("/Form")
    compressed[NameObject("/BBox")] = page.mediabox
    compressed[NameObject("/Resources")] = page["/Resources"].clone(writer)
    return writer._add_object(compressed)  # noqa: SLF001  # pypdf has no public way to add an object


def _stream(writer: PdfWriter, data: bytes) -> IndirectObject:
    stream = DecodedStreamObject()
    stream.set_data(data)
    return writer._add_object(stream)  # noqa: SLF001  # as above


def _pad(writer: PdfWriter) -> None:
    first = writer.pages[0]
    for index, number in enumerate(padded(len(writer.pages))):
        if number is None:
            blank = writer.insert_blank_page(first.mediabox.width, first.mediabox.height, index)
            for box in ("trimbox", "bleedbox", "cropbox"):
                setattr(blank, box, getattr(first, box))


def _add_crop_marks(writer: PdfWriter, page: PageObject) -> None:
    """Cuts the page at its bleed, and draws lines beside its corners, in black ink alone."""
    trim, bleed = page.trimbox, page.bleedbox
    outer = RectangleObject((bleed.left - SLUG, bleed.bottom - SLUG, bleed.right + SLUG, bleed.top + SLUG))
    cut = f"q {bleed.left:.3f} {bleed.bottom:.3f} {bleed.width:.3f} {bleed.height:.3f} re W n\n"
    before, after = _stream(writer, cut.encode("ascii")), _stream(writer, _crop_marks(trim, bleed, outer))
    own = [page.raw_get("/Contents")] if "/Contents" in page else []
    page[NameObject("/Contents")] = ArrayObject([before, *own, after])
    page.mediabox = page.cropbox = outer


def _crop_marks(trim: RectangleObject, bleed: RectangleObject, outer: RectangleObject) -> bytes:
    upright = [
        (x, y, x, end)
        for x in (trim.left, trim.right)
        for y, end in ((outer.bottom, bleed.bottom), (bleed.top, outer.top))
    ]
    across = [
        (x, y, end, y)
        for y in (trim.bottom, trim.top)
        for x, end in ((outer.left, bleed.left), (bleed.right, outer.right))
    ]
    lines = " ".join(f"{x:.3f} {y:.3f} m {to_x:.3f} {to_y:.3f} l S" for x, y, to_x, to_y in (*upright, *across))
    return f"\nQ q 0 0 0 1 K 0.25 w {lines} Q".encode("ascii")


def _bytes(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
