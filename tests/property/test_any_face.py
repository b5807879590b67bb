"""Any fiche that `check` accepts is shown whole by every face: page, search, exports, booklet."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

import markdown  # type: ignore[import-untyped]
import openpyxl
import yaml
from hypothesis import given, settings
from hypothesis import strategies as some
from justhtml import JustHTML
from lxml import etree

from practice_catalogue.booklet import glyphs
from practice_catalogue.booklet.book_data import BookletLayout, book_data
from practice_catalogue.exports import spreadsheets
from practice_catalogue.exports.files import export_files
from practice_catalogue.exports.linked_data import page_script
from practice_catalogue.exports.publication import Publication
from practice_catalogue.exports.tables import tables
from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.fiche import Fiche, Part
from practice_catalogue.model.introspection import fields_of, has_markup, longest_text, part_inside, vocabulary_of
from practice_catalogue.model.richtext import french, to_plain
from practice_catalogue.output.artifacts import content_of
from practice_catalogue.search.index import search_files
from practice_catalogue.site import pages
from practice_catalogue.validation import loader
from tests.any_fiche import any_fiche
from tests.booklet.pdf_reader import Book
from tests.booklet.support import booklet, contents
from tests.support import ROOT, VOCABULARIES

TERMS = loader.load_vocabularies(VOCABULARIES)
SETTINGS = loader.load_settings(ROOT / "catalogue.yml")
EXTENSIONS = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), yaml.BaseLoader)["markdown_extensions"]
MARKDOWN = markdown.Markdown(extensions=[one for one in EXTENSIONS if isinstance(one, str)])

fiches = any_fiche(TERMS).map(lambda data: Fiche.model_validate({**data, "id": "une-fiche"}, context=TERMS))


def texts_of(part: Part, *, shown: frozenset[str]) -> Iterator[str]:
    """The words that a person wrote in a part, field by field, as a reader of any face sees them."""
    for name, field in fields_of(type(part)).items():
        value = getattr(part, name)
        for one in value if isinstance(value, tuple) else (value,):
            if part_inside(field) and one:
                yield from texts_of(one, shown=shown)
            elif isinstance(one, str) and longest_text(field) and not vocabulary_of(field) and name not in shown:
                yield french(to_plain(one) if has_markup(field) else one)


ADDRESSES = frozenset({"url", "courriel", "telephone"})
"""Shown as they are, or only as what a link leads to."""


def packed(text: str) -> str:
    return "".join(text.split())


def read_html(page: str) -> JustHTML:
    return JustHTML(page, sanitize=False, strict=True)


def page_of(fiche: Fiche) -> str:
    made = pages.planned_pages(Catalogue.of([fiche], TERMS), SETTINGS)[f"fiches/{fiche.id}.md"].make()
    assert made.front["title"]
    assert re.sub(r"\n{2,}", "\n", MARKDOWN.reset().convert(made.body)) == made.html
    return f"<!doctype html><title>x</title><div>{made.html}</div>"


@given(fiches)
@settings(max_examples=25)
def test_its_page(fiche: Fiche) -> None:
    page = read_html(page_of(fiche))
    (whole,) = page.query("body > div")
    seen = packed(whole.to_text(separator="", strip=False))
    assert [text for text in texts_of(fiche, shown=ADDRESSES) if packed(text) not in seen] == []
    assert page.query("script, style, iframe, form, input, img, object, embed, base, meta") == []
    assert [name for node in page.query("*") for name in node.attrs or () if name.startswith("on")] == []
    assert {str((node.attrs or {})["href"]).partition(":")[0] for node in page.query('a[href*=":"]')} <= {
        "http", "https", "mailto", "tel",
    }  # fmt: skip


@given(fiches)
@settings(max_examples=15)
def test_what_the_search_and_the_selection_know(fiche: Fiche) -> None:
    catalogue = Catalogue.of([fiche], TERMS)
    files = search_files(catalogue, [])
    assert json.loads(content_of(files["recherche/fiches.json"]))["fiches"]["title"] == [french(fiche.titre)]
    words = json.loads(content_of(files["recherche/mots.json"]))["mots"].split(" ")
    assert set(re.findall(r"[^\W_]{2,}", to_plain(fiche.description).lower())) <= set(words)
    data = content_of(pages.page_assets(catalogue)["fiches/une-fiche/fiche.json"])
    assert json.loads(data)["titre"] == french(fiche.titre)


@given(fiches, some.sampled_from(["", "https://catalogue.example/"]))
@settings(max_examples=12)
def test_its_exports(fiche: Fiche, base: str) -> None:
    publication = Publication(Catalogue.of([fiche], TERMS), SETTINGS, base)
    made = {path: content_of(file) for path, file in export_files(publication).items()}
    for path, content in made.items():
        if path.endswith((".json", ".jsonld")):
            json.loads(content)
        elif path.endswith(".xml"):
            etree.fromstring(content)
    stored: dict[str, Any] = json.loads(made["api/v1/fiches/une-fiche.json"])["fiche"]
    assert Fiche.model_validate(stored, context=TERMS) == fiche
    feed = etree.fromstring(made["donnees/flux/fiches.xml"])
    assert [title.text for title in feed.iter("{*}title")][1] == fiche.titre
    head = json.loads(page_script(publication, "fiches/une-fiche/", fiche.titre, fiche.resume, fiche))
    assert head["@graph"][1]["headline"] == fiche.titre
    for table in tables(publication):
        text = made[f"donnees/{table.name}.csv"].decode("utf-8-sig")
        read = csv.reader(io.StringIO(text, newline=""), delimiter=";")
        written = [["" if cell is None else str(cell) for cell in row] for row in (table.columns, *table.rows)]
        assert [[cell.removeprefix("'") for cell in row] for row in read] == written


@given(fiches)
@settings(max_examples=5)
def test_its_workbook(fiche: Fiche) -> None:
    publication = Publication(Catalogue.of([fiche], TERMS), SETTINGS)
    made = tables(publication)
    book = openpyxl.load_workbook(io.BytesIO(spreadsheets.workbook(publication, made)))
    for table in made:
        written = [tuple(cell or None for cell in row) for row in table.rows]
        assert [tuple(cell or None for cell in row) for row in list(book[table.titre].values)[1:]] == written


@given(some.lists(any_fiche(TERMS), min_size=3, max_size=3))
@settings(max_examples=3)
def test_its_booklet(found: list[dict[str, Any]]) -> None:
    catalogue = Catalogue.of(
        [Fiche.model_validate({**data, "id": f"fiche-{n}"}, context=TERMS) for n, data in enumerate(found)], TERMS
    )
    assert json.loads(json.dumps(book_data(contents(catalogue), BookletLayout())))
    made = booklet(catalogue)
    marks = {diagnostic.details["caractere"] for diagnostic in made.diagnostics}
    printed = packed(Book(made.pdf).all_text())
    for fiche in catalogue:
        title = french(fiche.titre)
        if not marks & set(title) and not glyphs.doubtful_characters(title):
            assert packed(title) in printed
