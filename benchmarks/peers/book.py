"""Makes the booklet as HTML for WeasyPrint, with the same content from the same data."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from benchmarks.synthetic import ROOT
from practice_catalogue.booklet import texts
from practice_catalogue.booklet.book_data import BookletLayout, Contents, book_data
from practice_catalogue.booklet.selection import Selection
from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.validation import loader


def book_contents(catalogue: Catalogue) -> Contents:
    """Returns the content of a booklet with all fiches and the hand-written texts of this project."""
    settings = loader.load_settings(ROOT / "catalogue.yml")
    folder = ROOT / "docs/livret"
    written = {
        name: texts.parse_text((folder / file).read_text(encoding="utf-8")) for name, file in texts.FILES.items()
    }
    return Contents(catalogue, settings, written, Selection(), catalogue.fiches, site_url="https://catalogue.example/")


def book_html(book: Contents) -> str:
    """Returns the whole booklet as one HTML page."""
    data = book_data(book, BookletLayout())
    template = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True).get_template("book.html")
    return template.render(
        **data,
        by_id={fiche["id"]: fiche for fiche in data["fiches"]},
        columns=max(one["column"] for one in data["map"]),
        rows=max(one["row"] for one in data["map"]),
    )
