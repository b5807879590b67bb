"""Typesets the data of a booklet with Typst; the data is never evaluated as code or markup."""

from __future__ import annotations

import ctypes
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Any, NamedTuple

import typst

from practice_catalogue.model.diagnostics import CannotRun

ACCESSIBLE: typst.PDFStandard = "ua-1"
"""PDF/UA-1: the compiler rejects content without tags, title, alternative text or glyph."""

_M_MMAP_THRESHOLD = -3  # from malloc.h
_LARGE = 128 * 1024
"""Size in bytes from which freed memory is returned to the system: the initial default of glibc, kept fixed."""


class TypesetBook(NamedTuple):
    """A PDF and the number of its pages."""

    pdf: bytes
    pages: int


def as_json(book: Any) -> str:
    """Returns the book as JSON in ASCII, which Python stores in one byte per character."""
    return json.dumps(book, sort_keys=True)


@lru_cache(maxsize=4)  # a live preview requests the same books repeatedly
def typeset_book(book: str, moment: int, *, accessible: bool) -> TypesetBook:
    """Typesets a book given as JSON; `moment` is its creation date in seconds since 1970. Raises CannotRun."""
    try:
        with _compiler("book.typ", book) as compiler:
            pdf = _compile(compiler, moment, accessible=accessible)
            return TypesetBook(pdf, int(compiler.query("<last-page>", field="value", one=True)))
    except typst.TypstError as error:
        raise CannotRun("composition-echouee", raison=error.message) from None


def missing_glyphs(clusters: Sequence[str]) -> frozenset[str]:
    """Returns the characters for which the fonts of the booklet have no glyph.

    Found by bisection: a page with a missing glyph does not compile. Takes 2 ms if none is missing, 0.7 s if all of
    200 are.
    """
    with _compiler("probe.typ", "[]") as compiler:
        return frozenset(_refused(compiler, clusters))


def _refused(compiler: typst.Compiler, clusters: Sequence[str]) -> Iterator[str]:
    if not clusters or _is_displayed(compiler, clusters):
        return
    if len(clusters) == 1:
        yield from clusters
        return
    half = len(clusters) // 2
    yield from _refused(compiler, clusters[:half])
    yield from _refused(compiler, clusters[half:])


def _is_displayed(compiler: typst.Compiler, clusters: Sequence[str]) -> bool:
    try:
        compiler.compile(sys_inputs={"data": json.dumps(clusters)}, format="pdf", pdf_standards=ACCESSIBLE)
    except typst.TypstError:
        return False
    return True


def _compile(compiler: typst.Compiler, moment: int, *, accessible: bool) -> bytes:
    pdf = compiler.compile(format="pdf", pdf_standards=[ACCESSIBLE] if accessible else [], timestamp=moment)
    assert isinstance(pdf, bytes)  # noqa: S101  # one file in this format
    return pdf


@contextmanager
def _compiler(name: str, data: str) -> Iterator[typst.Compiler]:
    """Yields a compiler for a template, which can read only the folder of the templates."""
    _return_freed_memory()
    with as_file(files("practice_catalogue.booklet") / "template") as folder:
        yield typst.Compiler(
            str(folder / name),
            root=str(folder),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"data": data},
        )


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Returns the fonts embedded in Typst only, so that the output is the same on every machine."""
    return typst.Fonts(include_system_fonts=False)


@lru_cache(maxsize=1)
def _return_freed_memory() -> None:
    """Fixes the size from which glibc returns freed memory to the system (mallopt(3)).

    By default glibc raises the threshold dynamically and keeps smaller blocks. Peak memory for the real fiches repeated
    to 300: 562 MB with a fixed threshold, 630 MB without (Typst 0.15).
    """
    with suppress(AttributeError, OSError, TypeError):  # no glibc
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE)
