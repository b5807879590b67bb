"""The booklet of all fiches: ours with Typst, and the same book with WeasyPrint."""

from __future__ import annotations

import sys

from benchmarks.environments import LISTS, program
from benchmarks.measuring import Job
from benchmarks.peers.book import book_html
from benchmarks.places import ROOT, catalogue, empty, project
from benchmarks.series import Side
from catalogue import bookmaking, loading
from catalogue.booklet.book_data import Contents
from catalogue.booklet.selection import Choice

SITE = "https://catalogue.example/"


def sides() -> list[Side]:
    """Ours reads and checks the fiches too; WeasyPrint is given the finished HTML."""
    return [Side("ours", _ours), Side("WeasyPrint", _weasyprint)]


def _ours(size: int) -> Job:
    command = (sys.executable, "build_catalogue.py", "booklet", "--site-url", SITE, "--out", "livret.pdf")
    return Job(command, project(size, "booklet"))


def _weasyprint(size: int) -> Job:
    folder = empty("projects", f"weasyprint-{size}")
    (folder / "book.html").write_text(book_html(_contents(size)), encoding="utf-8")
    return Job((program("weasyprint", "python"), str(LISTS / "typeset.py"), "book.html", "book.pdf"), folder)


def _contents(size: int) -> Contents:
    found = catalogue(size)
    settings = loading.load_settings(ROOT / "catalogue.yml")
    written = bookmaking.read_texts(ROOT / "docs/livret")
    return Contents(found, settings, written, Choice(), found.fiches, site_url=SITE)
