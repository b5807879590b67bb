"""A choice of fiches → a finished booklet: its bytes, its pages, what could not be shown."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from catalogue.booklet import glyphs, imposition, typesetting
from catalogue.booklet.book_data import Contents, Make, book_data, last_change
from catalogue.problems import Problem, Severity

CLOCK = "SOURCE_DATE_EPOCH"


@dataclass(frozen=True)
class Booklet:
    """A finished PDF, and warnings about what it could not show."""

    pdf: bytes
    pages: int
    problems: tuple[Problem, ...] = ()


def make_booklet(book: Contents, make: Make, *, impose: bool = False) -> Booklet:
    """The booklet for the screen, for a printer, or imposed on sheets; raises CannotRun."""
    whole = book_data(book, make)
    typeset = partial(typesetting.typeset, moment=_moment(book), accessible=not (make.print or impose))
    try:
        data, problems = _showable(whole, typesetting.missing_glyphs(glyphs.doubtful(whole)))
        pdf = typeset(data)
    except typesetting.UnshowableError:
        data, problems = _showable(whole, glyphs.EVERYTHING)
        pdf = typeset(data)
    pages = imposition.page_count(pdf)
    if impose:
        pdf = imposition.imposed(pdf)
    elif make.print:
        pdf = imposition.for_printer(pdf)
    return Booklet(pdf, pages, problems)


def _showable(data: dict[str, Any], missing: frozenset[str]) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """The data without what no font can show, and a warning a fiche and character."""
    told: dict[tuple[str, str], Problem] = {}
    fiches = [glyphs.replaced(fiche, missing, partial(_tell, told, fiche["id"])) for fiche in data["fiches"]]
    rest = {key: value for key, value in data.items() if key != "fiches"}
    # What stands elsewhere (indexes, contacts) stands in a fiche too, and was told there.
    return {**glyphs.replaced(rest, missing, lambda _: None), "fiches": fiches}, tuple(told.values())


def _tell(told: dict[tuple[str, str], Problem], fiche: str, cluster: str) -> None:
    details = {"fiche": fiche, "caractere": cluster, "nom": glyphs.name_of(cluster), "marque": glyphs.MARK}
    told[fiche, cluster] = Problem("", 0, 0, "glyphe-absent", Severity.WARNING, details=details)


def _moment(book: Contents) -> int:
    """The date of the PDF: given from outside, or the last date in the data; never the clock."""
    given = os.environ.get(CLOCK, "")
    if given.isdecimal():
        return int(given)
    day = last_change(book.fiches) or "2017-02-11"
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())
