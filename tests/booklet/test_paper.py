"""On paper: order of the sheets, bleed and crop marks, black ink, parity, formats."""

from __future__ import annotations

import io
import re

import pytest
from pypdf import PdfReader, PdfWriter

from practice_catalogue.booklet import imposition
from practice_catalogue.booklet.book_data import BookletLayout
from practice_catalogue.booklet.imposition import MM, Sheet
from practice_catalogue.model.catalogue import Catalogue
from tests.booklet.pdf_reader import Book
from tests.booklet.support import booklet


def folded(sides: list[Sheet]) -> list[int | None]:
    """The pages in the order of reading, when the sheets are laid on each other, folded and stapled."""
    fronts, backs = sides[::2], sides[1::2]
    first_half = [page for front, back in zip(fronts, backs, strict=True) for page in (front[1], back[0])]
    second_half = [page for front, back in zip(fronts, backs, strict=True) for page in (front[0], back[1])]
    return [*first_half, *reversed(second_half)]


@pytest.mark.parametrize("pages", [4, 8, 12, 60])
def test_folded_sheets_hold_every_page_once_and_in_order(pages: int) -> None:
    assert folded(list(imposition.saddle_stitch(imposition.padded_pages(pages)))) == list(range(pages))


@pytest.mark.parametrize("pages", [1, 2, 3, 5, 6, 7, 58])
def test_missing_pages_are_blank_and_stand_before_the_back_cover(pages: int) -> None:
    order = folded(list(imposition.saddle_stitch(imposition.padded_pages(pages))))
    assert len(order) % 4 == 0
    assert [page for page in order if page is not None] == list(range(pages))
    assert order[-1] == pages - 1


@pytest.mark.parametrize("pages", [4, 8, 12, 60])
def test_the_sheets_themselves_hold_the_pages_where_folding_needs_them(pages: int) -> None:
    writer = PdfWriter()
    for number in range(pages):  # a page is known by its height
        writer.add_blank_page(148 * MM, 100 + number)
    out = io.BytesIO()
    writer.write(out)
    sheets = PdfReader(io.BytesIO(imposition.impose_pages(out.getvalue()))).pages
    sides: list[Sheet] = []
    for sheet in sheets:
        drawn = sheet["/Resources"]["/XObject"]  # type: ignore[index]
        heights = [round(float(drawn[f"/P{half}"]["/BBox"][3])) - 100 for half in (0, 1)]
        sides.append((heights[0], heights[1]))
    assert folded(sides) == list(range(pages))


def test_an_imposed_booklet_reads_right_on_its_sheets(catalogue: Catalogue) -> None:
    made = booklet(catalogue, BookletLayout(margin_for_fold=True), edition="assises-2017", impose=True)
    sheets = Book(made.pdf)
    assert len(sheets) * 2 == made.pages + -made.pages % 4
    assert [round(float(side) / MM) for side in sheets.reader.pages[0].mediabox[2:]] == [297, 210]
    assert "24 bonnes pratiques" in sheets.text(1)
    assert "Avant-propos" in sheets.text(3)


@pytest.fixture(scope="module")
def printed(catalogue: Catalogue) -> Book:
    return Book(booklet(catalogue, BookletLayout(print=True, margin_for_fold=True), edition="assises-2017").pdf)


def test_a_printer_gets_bleed_marks_and_four_pages_a_sheet(printed: Book) -> None:
    assert len(printed) % 4 == 0
    for page in printed.reader.pages:
        trim, bleed, media = page.trimbox, page.bleedbox, page.mediabox
        assert (round(trim.width / MM), round(trim.height / MM)) == (148, 210)
        for inner, outer in ((trim, bleed), (bleed, media)):
            distance = 3 if outer is bleed else 7
            assert round((inner.left - outer.left) / MM, 2) == round((outer.top - inner.top) / MM, 2) == distance


def test_black_text_is_black_ink_alone(printed: Book) -> None:
    for page in printed.places().values():
        contents = printed.reader.pages[page - 1].get_contents()
        assert contents is not None
        commands = contents.get_data().decode("latin-1")
        assert " 0 0 0 1 k" in commands
        assert "0.11372549 0.13725491 0.1882353 scn" not in commands  # the ink of the screen


def test_crop_marks_stay_outside_the_bleed(printed: Book) -> None:
    contents = printed.reader.pages[9].get_contents()
    assert contents is not None
    marks = contents.get_data().decode("latin-1").rpartition("0 0 0 1 K 0.25 w ")[2]
    lines = re.findall(r"(\S+) (\S+) m (\S+) (\S+) l S", marks)
    bleed = printed.reader.pages[9].bleedbox
    assert len(lines) == 8
    for numbers in lines:
        x, y, to_x, to_y = map(float, numbers)
        for across, up in ((x, y), (to_x, to_y)):
            outside = max(bleed.left - across, across - bleed.right, bleed.bottom - up, up - bleed.top)
            assert outside > -0.01  # points


def test_recto_begins_each_fiche_on_a_right_hand_page(catalogue: Catalogue) -> None:
    book = Book(booklet(catalogue, BookletLayout(recto=True)).pdf)
    assert {page % 2 for page in book.places().values()} == {1}


def test_a4_is_a4(catalogue: Catalogue) -> None:
    page = Book(booklet(catalogue, BookletLayout(a4=True)).pdf).reader.pages[0].mediabox
    assert (round(page.width / MM), round(page.height / MM)) == (210, 297)
