"""The booklet as HTML for WeasyPrint: the same contents with page numbers, fiches and indexes, in a plain template.

It has no map, no QR code, no thumb mark and no tags.
"""

from __future__ import annotations

from html import escape

from catalogue.booklet.book_data import Contents, Make, book_data


def book_html(book: Contents) -> str:
    """The whole book as one page of HTML."""
    data = book_data(book, Make())
    titles = {fiche["id"]: fiche["titre"] for fiche in data["fiches"]}
    listed = "".join(f'<li><a href="#{name}">{escape(title)}</a></li>' for name, title in titles.items())
    indexes = "".join(
        f"<h1>{escape(index['titre'])}</h1><ul>"
        + "".join(
            f"<li>{escape(entry['name'])} " + " ".join(f'<a href="#{name}"></a>' for name in entry["ids"]) + "</li>"
            for entry in index["entries"]
        )
        + "</ul>"
        for index in data["indexes"]
    )
    fiches = "".join(_fiche(fiche) for fiche in data["fiches"])
    head = f"<style>{_CSS}</style><h1>{escape(data['cover']['titre'])}</h1>"
    return f"<html lang=fr>{head}<ul>{listed}</ul>{fiches}{indexes}"


_CSS = """
@page { size: A5; margin: 15mm; @bottom-center { content: counter(page) } }
html { font: 9pt/11.3pt serif; hyphens: auto; text-align: justify }
article, h1 { break-before: page }
h3 { break-after: avoid } p, li { orphans: 2; widows: 2 }
a::after { content: " " target-counter(attr(href), page) }
"""


def _fiche(fiche: dict[str, object]) -> str:
    parts = "".join(
        f"<h3>{escape(name)}</h3>{_markup(value)}" for name, value in fiche.items() if isinstance(value, list) and value
    )
    head = f"<h2>{escape(str(fiche['titre']))}</h2><p>{escape(str(fiche['resume']))}</p>"
    return f'<article id="{fiche["id"]}">{head}{parts}</article>'


def _markup(value: object) -> str:
    if isinstance(value, list):
        return "".join(f"<p>{_markup(item)}</p>" for item in value)
    if isinstance(value, dict):
        return " ".join(_markup(item) for key, item in value.items() if key not in {"link", "ordered", "break"})
    return escape(str(value))
