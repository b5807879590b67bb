"""Makes a booklet of selected fiches: PDF, number of pages, and warnings about missing glyphs."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from practice_catalogue.booklet import glyphs, typesetting
from practice_catalogue.booklet.book_data import BookletLayout, Contents, book_data
from practice_catalogue.model.catalogue import data_date
from practice_catalogue.model.diagnostics import CannotRun, Diagnostic, Severity

CLOCK = "SOURCE_DATE_EPOCH"


@dataclass(frozen=True)
class Booklet:
    """A finished PDF, and a warning per fiche and character without a glyph."""

    pdf: bytes
    pages: int
    diagnostics: tuple[Diagnostic, ...] = ()


def make_booklet(book: Contents, make: BookletLayout, *, impose: bool = False) -> Booklet:
    """Makes a booklet for the screen, for a printer (`make.print`), or imposed on A4 sheets; raises CannotRun."""
    typeset = partial(typesetting.typeset_book, moment=_pdf_timestamp(book), accessible=not (make.print or impose))
    # Only the JSON of the book is kept while Typst runs, to limit the peak memory.
    try:
        text, diagnostics = _printable_data(book_data(book, make))
        pdf, pages = typeset(text)
    except CannotRun:  # characters accepted one by one may be rejected in combination
        text, diagnostics = _printable_data(book_data(book, make), glyphs.ALL_DOUBTFUL)
        pdf, pages = typeset(text)
    if make.print or impose:
        pdf = _for_paper(pdf, impose=impose)
    return Booklet(pdf, pages, diagnostics)


def _for_paper(pdf: bytes, *, impose: bool) -> bytes:
    from practice_catalogue.booklet import (
        imposition,  # imported here: pikepdf takes 17 MB, and booklets for the screen do not need it
    )

    return imposition.impose_pages(pdf) if impose else imposition.prepare_for_printer(pdf)


def _printable_data(data: dict[str, Any], missing: frozenset[str] | None = None) -> tuple[str, tuple[Diagnostic, ...]]:
    """Returns the book as JSON with missing glyphs replaced, and a warning per fiche and character.

    If `missing` is None, the compiler determines the missing glyphs.
    """
    if missing is None:
        missing = typesetting.missing_glyphs(glyphs.doubtful_characters(data))
    told: dict[tuple[str, str], Diagnostic] = {}
    fiches = [
        glyphs.replace_missing(fiche, missing, partial(_add_warning, told, fiche["id"])) for fiche in data["fiches"]
    ]
    rest = {key: value for key, value in data.items() if key != "fiches"}
    # Texts outside of the fiches (indexes, contacts) repeat texts of fiches, which have their warnings already.
    shown = {**glyphs.replace_missing(rest, missing, lambda _: None), "fiches": fiches}
    return typesetting.as_json(shown), tuple(told.values())


def _add_warning(told: dict[tuple[str, str], Diagnostic], fiche: str, cluster: str) -> None:
    details = {"fiche": fiche, "caractere": cluster, "nom": glyphs.character_name(cluster), "marque": glyphs.MARK}
    told[fiche, cluster] = Diagnostic("", 0, 0, "glyphe-absent", Severity.WARNING, details=details)


def _pdf_timestamp(book: Contents) -> int:
    """Returns the timestamp of the PDF in seconds since 1970: `SOURCE_DATE_EPOCH`, or the last date in the data."""
    given = os.environ.get(CLOCK, "")
    if given.isdecimal():
        return int(given)
    day = data_date(book.fiches)
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())
