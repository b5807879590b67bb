"""The booklet beside the same book made with WeasyPrint, in the same run: `python benchmarks/booklet.py`.

WeasyPrint is no dependency of the project: `python -m pip install weasyprint` first. Its book has the same contents
with page numbers, fiches and indexes, from a plain HTML template; it has no map, no QR code, no thumb mark and no tags.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from catalogue import bookmaking, loading  # noqa: E402
from catalogue.booklet.book import make_booklet  # noqa: E402
from catalogue.booklet.book_data import Contents, Make, book_data  # noqa: E402
from catalogue.booklet.selection import Choice  # noqa: E402
from catalogue.collection import Catalogue  # noqa: E402

SITE = "https://catalogue.example/"


def contents(number: int) -> Contents:
    """A book of so many fiches: the real ones again and again, each with its own id and title."""
    catalogue = loading.load(ROOT / "practices", ROOT / "vocabularies").catalogue
    copies = [
        fiche.model_copy(update={"id": f"{fiche.id}-{turn}", "titre": f"{fiche.titre} {turn}"} if turn else {})
        for turn in range(-(-number // len(catalogue)))
        for fiche in catalogue
    ][:number]
    many = Catalogue.of(copies, catalogue.vocabularies)
    settings = loading.load_settings(ROOT / "catalogue.yml")
    written = bookmaking.read_texts(ROOT / "docs/livret")
    return Contents(many, settings, written, Choice(), many.fiches, site_url=SITE)


def with_typst(book: Contents) -> int:
    """Makes the booklet; its number of pages."""
    return make_booklet(book, Make()).pages


def with_weasyprint(book: Contents) -> int:
    """Makes the same book from HTML; its number of pages."""
    from weasyprint import HTML  # noqa: PLC0415  # only this half needs it

    return len(HTML(string=_html(book)).render().pages)


def _html(book: Contents) -> str:
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


def measured(
    job: Callable[[Contents], int], number: int, answers: multiprocessing.Queue[tuple[float, int, float]]
) -> None:
    """Seconds, pages and megabytes at most; the fiches are read before the clock starts."""
    book = contents(number)
    start = time.perf_counter()
    pages = job(book)
    seconds = time.perf_counter() - start
    answers.put((seconds, pages, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def main() -> None:
    """A line a book; each is made in a process of its own."""
    context = multiprocessing.get_context("spawn")
    for number in (24, 300):
        found = {}
        for name, job in (("Typst", with_typst), ("WeasyPrint", with_weasyprint)):
            answers = context.Queue()
            process = context.Process(target=measured, args=(job, number, answers))
            process.start()
            seconds, pages, megabytes = answers.get()
            process.join()
            found[name] = seconds
            sys.stdout.write(f"{number} fiches, {name}: {seconds:.2f} s, {pages} pages, {megabytes:.0f} MB\n")
        sys.stdout.write(
            f"{number} fiches: WeasyPrint takes {found['WeasyPrint'] / found['Typst']:.0f} times as long\n"
        )


if __name__ == "__main__":
    main()
