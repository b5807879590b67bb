"""Data → PDF, by Typst: the template is ours, the data is only ever shown."""

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
"""PDF/UA-1: the compiler refuses what is not tagged, titled, described, or has no glyph."""

_M_MMAP_THRESHOLD = -3  # of malloc.h
_LARGE = 128 * 1024
"""Bytes from which on a piece of memory is given back as soon as it is freed: the default, but fixed."""


class TypesetBook(NamedTuple):
    """A PDF and the number of its pages."""

    pdf: bytes
    pages: int


def as_json(book: Any) -> str:
    """A book as the template reads it; all ASCII, which Python keeps in half the memory."""
    return json.dumps(book, sort_keys=True)


@lru_cache(maxsize=4)  # a live preview makes the same book again and again
def typeset_book(book: str, moment: int, *, accessible: bool) -> TypesetBook:
    """The PDF of a book in JSON; `moment` is the date of its making, in seconds since 1970. Raises CannotRun."""
    try:
        with _compiler("book.typ", book) as compiler:
            pdf = _compile(compiler, moment, accessible=accessible)
            return TypesetBook(pdf, int(compiler.query("<last-page>", field="value", one=True)))
    except typst.TypstError as error:
        raise CannotRun("composition-echouee", raison=error.message) from None


def missing_glyphs(clusters: Sequence[str]) -> frozenset[str]:
    """Those of these characters that no font of the booklet has.

    The compiler is shown a page of them: what it refuses is halved until the refused characters stand alone. That takes
    2 ms where nothing is missing, 0.7 s where all of 200 are.
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
    """Typst at work on one of our templates, which may read its own folder and nothing else."""
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
    """Only the fonts inside Typst itself, so that the book is the same on every machine."""
    return typst.Fonts(include_system_fonts=False)


@lru_cache(maxsize=1)
def _return_freed_memory() -> None:
    """Fixes the size from which glibc returns freed memory to the system (mallopt(3)).

    Left to itself it raises that size with each piece that is freed, and keeps what is smaller. The real fiches
    repeated to 300 took 562 MB at most with this and 630 without (Typst 0.15).
    """
    with suppress(AttributeError, OSError, TypeError):  # no glibc
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE)
