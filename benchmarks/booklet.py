"""Measures the booklet of all fiches: ours with Typst, and the same book with WeasyPrint."""

from __future__ import annotations

import re
import sys

from benchmarks.environments import PEERS, program
from benchmarks.peers.book import book_contents, book_html
from benchmarks.processes import Command
from benchmarks.rounds import Stage, Tool
from benchmarks.workspace import REAL, copy_project, empty_folder, fiche_folder, load_catalogue, move_away

ARGUMENTS = (sys.executable, "build_catalogue.py", "booklet", "--site-url", "https://catalogue.example/")


def _ours(fiches: int) -> Command:
    return Command((*ARGUMENTS, "--out", "livret.pdf"), copy_project(fiches, "booklet"))


def _real_repeated(fiches: int) -> Command:
    """Prepares the booklet of the real fiches, repeated under different titles."""
    folder = copy_project(fiches, "repeated")
    move_away(folder / "practices")
    (folder / "practices").mkdir()
    real = [path.read_text(encoding="utf-8") for path in sorted(fiche_folder(REAL).glob("*.yml"))]
    for number in range(fiches):
        text = re.sub(r"^titre: .*$", f"titre: Pratique {number}", real[number % len(real)], flags=re.MULTILINE)
        (folder / "practices" / f"pratique-{number}.yml").write_text(text, encoding="utf-8")
    return Command((*ARGUMENTS, "--out", "livret.pdf"), folder)


def _weasyprint(fiches: int) -> Command:
    folder = empty_folder("projects", f"weasyprint-{fiches}")
    (folder / "book.html").write_text(book_html(book_contents(load_catalogue(fiches))), encoding="utf-8")
    return Command((program("weasyprint", "python"), str(PEERS / "typeset.py"), "book.html", "book.pdf"), folder)


OURS = Tool("ours", _ours)
WEASYPRINT = Tool("WeasyPrint", _weasyprint, most_rounds=1)
REPEATED = Tool("ours, the real fiches repeated", _real_repeated)

STAGES = (
    Stage(REAL, 5, (OURS, WEASYPRINT)),
    Stage(300, 3, (OURS, WEASYPRINT, REPEATED)),
)
