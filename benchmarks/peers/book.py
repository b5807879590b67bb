"""The booklet as HTML for WeasyPrint: the same parts, maps, codes, marks and indexes, from the same data."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from practice_catalogue.booklet.book_data import BookletLayout, Contents, book_data


def book_html(book: Contents) -> str:
    """The whole book as one page of HTML."""
    data = book_data(book, BookletLayout())
    template = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True).get_template("book.html")
    return template.render(
        **data,
        by_id={fiche["id"]: fiche for fiche in data["fiches"]},
        columns=max(one["column"] for one in data["map"]),
        rows=max(one["row"] for one in data["map"]),
    )
