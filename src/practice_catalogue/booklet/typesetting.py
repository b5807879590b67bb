"""Data → PDF, by Typst: the template is ours, the data is only ever shown."""

from __future__ import annotations

import ctypes
import json
import re
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Any

import typst

from practice_catalogue.model.diagnostics import CannotRun

ACCESSIBLE: typst.PDFStandard = "ua-1"
"""PDF/UA-1: the compiler refuses what is not tagged, titled, described."""


_NOT_DISPLAYED = re.compile(r'the text `"(.*?)"` could not be displayed')
_M_MMAP_THRESHOLD = -3
_PAGE_TREE = re.compile(rb"/Type\s*/Pages\s*/Count (\d+)")


class UnshowableError(CannotRun):
    """Some text cannot be shown with the fonts of the booklet."""


def as_json(book: Any) -> str:
    """A book as the template reads it; all ASCII, which Python keeps in half the memory."""
    return json.dumps(book, sort_keys=True)


@lru_cache(maxsize=4)  # a live preview makes the same book again and again
def typeset(book: str, moment: int, *, accessible: bool) -> bytes:
    """The PDF of a book in JSON; `moment` is the date of its making, in seconds since 1970. Raises CannotRun."""
    try:
        return _compile("book.typ", book, moment, [ACCESSIBLE] if accessible else [])
    except typst.TypstError as error:
        kind = UnshowableError if _NOT_DISPLAYED.search(error.diagnostic) else CannotRun
        raise kind("composition-echouee", raison=error.message) from None


def page_count(pdf: bytes) -> int:
    """How many pages a PDF of ours has, as its page tree says: to read it all takes memory that Typst still holds."""
    return max(int(pages) for pages in _PAGE_TREE.findall(pdf))


def missing_glyphs(clusters: Sequence[str]) -> frozenset[str]:
    """Those of these characters that no font of the booklet has: the compiler is asked, by a page of each."""
    if not clusters:
        return frozenset()
    try:
        _compile("probe.typ", json.dumps(clusters), 0, [ACCESSIBLE])
    except typst.TypstError as error:
        told = _NOT_DISPLAYED.findall(error.diagnostic)
        refused = {_unescaped(text) for text in told}
        return frozenset(cluster for cluster in clusters if any(char in text for text in refused for char in cluster))
    return frozenset()


def _compile(name: str, data: str, moment: int, standards: list[typst.PDFStandard]) -> bytes:
    """Runs one of our templates, which may read its own folder and nothing else."""
    _give_back_at_once()
    with as_file(files("practice_catalogue.booklet") / "template") as folder:
        return typst.compile(
            str(folder / name),
            root=str(folder),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=standards,
            sys_inputs={"data": data},
            timestamp=moment,
        )


@lru_cache(maxsize=1)
def _give_back_at_once() -> None:
    """Lets the C library of Linux, where it is glibc, return each large piece of memory that Typst is done with.

    Left to itself it keeps more and more of them, because they might be wanted again.
    """
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, 128 * 1024)


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Only the fonts inside Typst itself, so that the book is the same on every machine."""
    return typst.Fonts(include_system_fonts=False)


def _unescaped(text: str) -> str:
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda found: chr(int(found[1], 16)), text)
