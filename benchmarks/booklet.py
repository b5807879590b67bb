"""The booklet of all fiches: ours with Typst, and the same book with WeasyPrint."""

from __future__ import annotations

import re
import sys

from benchmarks.environments import LISTS, program
from benchmarks.measuring import Job
from benchmarks.peers.book import book_html
from benchmarks.places import ROOT, catalogue, empty, project, set_aside
from benchmarks.series import Side
from practice_catalogue.booklet.book_data import Contents
from practice_catalogue.booklet.selection import Selection
from practice_catalogue.build import booklets
from practice_catalogue.validation import loader

SITE = "https://catalogue.example/"
COMMAND = (sys.executable, "build_catalogue.py", "booklet", "--site-url", SITE, "--out", "livret.pdf")
REPEATED = "ours, the real fiches repeated"


def sides() -> list[Side]:
    """Ours reads and checks the fiches too; WeasyPrint is given the finished HTML."""
    return [Side("ours", _ours), Side("WeasyPrint", _weasyprint), Side(REPEATED, _repeated)]


def _ours(size: int) -> Job:
    return Job(COMMAND, project(size, "booklet"))


def _repeated(size: int) -> Job:
    """The real fiches again and again, each time under another title."""
    folder = project(size, "repeated")
    set_aside(folder / "practices")
    (folder / "practices").mkdir()
    real = sorted((ROOT / "practices").glob("*.yml"))
    for number in range(size):
        path = real[number % len(real)]
        text = re.sub(r"^titre: .*$", f"titre: Pratique {number}", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        (folder / "practices" / f"pratique-{number}.yml").write_text(text, encoding="utf-8")
    return Job(COMMAND, folder)


def _weasyprint(size: int) -> Job:
    folder = empty("projects", f"weasyprint-{size}")
    (folder / "book.html").write_text(book_html(_contents(size)), encoding="utf-8")
    return Job((program("weasyprint", "python"), str(LISTS / "typeset.py"), "book.html", "book.pdf"), folder)


def _contents(size: int) -> Contents:
    found = catalogue(size)
    settings = loader.load_settings(ROOT / "catalogue.yml")
    written = booklets.read_texts(ROOT / "docs/livret")
    return Contents(found, settings, written, Selection(), found.fiches, site_url=SITE)
