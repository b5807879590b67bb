"""Data → PDF, by Typst: the template is ours, the data is only ever shown."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Any

import typst

from catalogue.problems import CannotRun

ACCESSIBLE: typst.PDFStandard = "ua-1"
"""PDF/UA-1: the compiler refuses what is not tagged, titled, described."""


_NOT_DISPLAYED = re.compile(r'the text `"(.*?)"` could not be displayed')


class UnshowableError(CannotRun):
    """Some text cannot be shown with the fonts of the booklet."""


def typeset(book: Any, moment: int, *, accessible: bool) -> bytes:
    """The PDF of a book; `moment` is the date of its making, in seconds since 1970. Raises CannotRun."""
    return _typeset(_json(book), moment, accessible=accessible)


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


@lru_cache(maxsize=4)  # a live preview makes the same book again and again
def _typeset(book: str, moment: int, *, accessible: bool) -> bytes:
    try:
        return _compile("book.typ", book, moment, [ACCESSIBLE] if accessible else [])
    except typst.TypstError as error:
        kind = UnshowableError if _NOT_DISPLAYED.search(error.diagnostic) else CannotRun
        raise kind("composition-echouee", raison=error.message) from None


def _compile(name: str, data: str, moment: int, standards: list[typst.PDFStandard]) -> bytes:
    """Runs one of our templates, which may read its own folder and nothing else."""
    with as_file(files("catalogue.booklet") / "template") as folder:
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


def _json(book: Any) -> str:
    return json.dumps(book, ensure_ascii=False, sort_keys=True)


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Only the fonts inside Typst itself, so that the book is the same on every machine."""
    return typst.Fonts(include_system_fonts=False)


def _unescaped(text: str) -> str:
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda found: chr(int(found[1], 16)), text)
