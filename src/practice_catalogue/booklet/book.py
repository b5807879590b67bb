"""A choice of fiches → a finished booklet: its bytes, its pages, what could not be shown."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from practice_catalogue.booklet import glyphs, typesetting
from practice_catalogue.booklet.book_data import BookletLayout, Contents, book_data
from practice_catalogue.model.catalogue import dated
from practice_catalogue.model.diagnostics import CannotRun, Diagnostic, Severity

CLOCK = "SOURCE_DATE_EPOCH"


@dataclass(frozen=True)
class Booklet:
    """A finished PDF, and warnings about what it could not show."""

    pdf: bytes
    pages: int
    diagnostics: tuple[Diagnostic, ...] = ()


def make_booklet(book: Contents, make: BookletLayout, *, impose: bool = False) -> Booklet:
    """The booklet for the screen, for a printer, or imposed on sheets; raises CannotRun."""
    typeset = partial(typesetting.typeset_book, moment=_moment(book), accessible=not (make.print or impose))
    # While Typst works, its memory and ours add up: by then the book is only a text any more.
    try:
        text, diagnostics = _showable(book_data(book, make))
        pdf, pages = typeset(text)
    except CannotRun:  # characters that are shown one by one may still be refused together
        text, diagnostics = _showable(book_data(book, make), glyphs.EVERYTHING)
        pdf, pages = typeset(text)
    if make.print or impose:
        pdf = _for_paper(pdf, impose=impose)
    return Booklet(pdf, pages, diagnostics)


def _for_paper(pdf: bytes, *, impose: bool) -> bytes:
    from practice_catalogue.booklet import (
        imposition,  # what changes PDFs takes 17 MB, which a book for the screen need not
    )

    return imposition.impose_pages(pdf) if impose else imposition.prepare_for_printer(pdf)


def _showable(data: dict[str, Any], missing: frozenset[str] | None = None) -> tuple[str, tuple[Diagnostic, ...]]:
    """The book in JSON, without what no font can show, and a warning a fiche and character.

    What is missing is asked of the compiler where it is not given.
    """
    if missing is None:
        missing = typesetting.missing_glyphs(glyphs.doubtful_characters(data))
    told: dict[tuple[str, str], Diagnostic] = {}
    fiches = [glyphs.replace_missing(fiche, missing, partial(_tell, told, fiche["id"])) for fiche in data["fiches"]]
    rest = {key: value for key, value in data.items() if key != "fiches"}
    # What stands elsewhere (indexes, contacts) stands in a fiche too, and was told there.
    shown = {**glyphs.replace_missing(rest, missing, lambda _: None), "fiches": fiches}
    return typesetting.as_json(shown), tuple(told.values())


def _tell(told: dict[tuple[str, str], Diagnostic], fiche: str, cluster: str) -> None:
    details = {"fiche": fiche, "caractere": cluster, "nom": glyphs.character_name(cluster), "marque": glyphs.MARK}
    told[fiche, cluster] = Diagnostic("", 0, 0, "glyphe-absent", Severity.WARNING, details=details)


def _moment(book: Contents) -> int:
    """The date of the PDF: given from outside, or the last date in the data; never the clock."""
    given = os.environ.get(CLOCK, "")
    if given.isdecimal():
        return int(given)
    day = dated(book.fiches)
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())
