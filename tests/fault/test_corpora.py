"""What others collected to break parsers and pages: YAML's own test suite, naughty strings, pathological Markdown."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from functools import cache
from typing import Any

import pytest

from practice_catalogue.exports.publication import Publication
from practice_catalogue.exports.spreadsheets import csv_bytes
from practice_catalogue.exports.tables import tables
from practice_catalogue.forms.fiche_file import fiche_text
from practice_catalogue.model import characters
from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.richtext import french
from practice_catalogue.search.index import search_files
from practice_catalogue.validation import loader, messages, validator, yaml_reader
from tests.booklet.pdf_reader import Book
from tests.booklet.support import booklet
from tests.hostile_site import fiche_of
from tests.property.test_any_face import ADDRESSES, SETTINGS, packed, page_of, read_html, texts_of
from tests.support import ROOT, VOCABULARIES

CORPORA = ROOT / "tests/corpora"
YAML_CASES: list[dict[str, Any]] = json.loads((CORPORA / "yaml-test-suite.json").read_text(encoding="utf-8"))
STRINGS: list[str] = json.loads((CORPORA / "naughty-strings.json").read_text(encoding="utf-8"))
TERMS = loader.load_vocabularies(VOCABULARIES)
TOGETHER = 10
"""How many strings share a fiche."""

LIBYAML_READS = {"9C9N-1", "9JBA-1", "CVW2-1", "G5U8-1", "MUS6-1", "QB6E-1", "S98Z-1", "SU5Z-1", "X4QW-1", "YJV2-1"}
"""Cases that are no YAML 1.2, which the parser takes nonetheless; like all others they are no fiches."""


@pytest.mark.parametrize("case", YAML_CASES, ids=lambda case: str(case["id"]))
def test_no_case_of_yaml_crashes_or_is_a_fiche(case: dict[str, Any]) -> None:
    source, diagnostics = yaml_reader.read_yaml("fiche.yml", case["yaml"].encode())
    unreadable = bool(diagnostics)
    if source is not None:
        diagnostics = [*diagnostics, *validator.check(source, "fiche", TERMS).diagnostics]
    assert diagnostics
    assert all(messages.line(diagnostic) for diagnostic in diagnostics)
    assert case["valid"] or unreadable or case["id"] in LIBYAML_READS


def fiche_in(data: dict[str, Any], name: str) -> tuple[Fiche, set[str]]:
    """The fiche in the text of its file, and the codes of what is wrong with it."""
    source, diagnostics = yaml_reader.read_yaml("fiche.yml", fiche_text(data).encode())
    if source is None:
        return Fiche.model_construct(id=name), {diagnostic.code for diagnostic in diagnostics}
    checked = validator.check(source, name, TERMS)
    return checked.draft, {diagnostic.code for diagnostic in (*diagnostics, *checked.diagnostics)}


@cache
def refused() -> dict[str, set[str]]:
    found = ((string, fiche_in(fiche_of("fiche", string, string), "fiche")[1]) for string in STRINGS)
    return {string: codes for string, codes in found if codes}


def test_only_forbidden_characters_are_refused_and_by_name() -> None:
    assert {string: codes for string, codes in refused().items() if codes != {"caractere-interdit"}} == {}
    assert all(characters.forbidden_places(string) for string in refused())
    assert len(refused()) == REFUSED


REFUSED = 18
"""Strings with characters that show nothing, turn the direction of writing, or heap accents."""


@cache
def naughty() -> tuple[Fiche, ...]:
    """Fiches that hold the other strings in every field of text."""
    kept = [string for string in STRINGS if string not in refused() and string.strip()]
    return tuple(_holding(kept[first : first + TOGETHER], first) for first in range(0, len(kept), TOGETHER))


def _holding(strings: list[str], first: int) -> Fiche:
    data = fiche_of(f"naughty-{first}", strings[0], "\n\n".join(strings))
    short = [" ".join(string.split())[:120] for string in strings]
    data |= {
        "lieu": short[-1],
        "sous_titre": short[1 % len(short)],
        "objectifs": short,
        "facteurs_de_reussite": short,
        "partenaires": [{"nom": string, "role": string} for string in short],
        "porteurs": [{"nom": string, "type": "commune"} for string in short],
        "defis": [{"defi": string, "reponse": string} for string in short],
        "indicateurs": [{"mesure": string, "valeur": string[:80]} for string in short],
        "documents": [{"titre": string, "note": string} for string in short],
        "sources": [{"document": string, "place": string} for string in short],
        "contacts": [
            {"organisation": string, "nom": string, "fonction": string, "adresse": string, "horaires": string}
            for string in short
        ],
    }
    fiche, codes = fiche_in(data, f"naughty-{first}")
    assert codes == set()
    return fiche


@pytest.mark.parametrize("number", range(5))
def test_naughty_strings_reach_the_reader_of_a_page_unchanged(number: int) -> None:
    for fiche in naughty()[number::5]:
        page = read_html(page_of(fiche))
        seen = packed(page.query("body > div")[0].to_text(separator="", strip=False))
        assert [text for text in texts_of(fiche, shown=ADDRESSES) if packed(text) not in seen] == []
        assert page.query("script, style, iframe, form, input, img, object, embed, base, meta") == []


def test_naughty_strings_reach_the_search_and_the_spreadsheets_unchanged() -> None:
    catalogue = Catalogue.of(naughty(), TERMS)
    files = search_files(catalogue, [])
    told = json.loads(files["recherche/fiches.json"])
    cards = zip(told["fiches"]["title"], told["details"], strict=True)
    words = set(json.loads(files["recherche/mots.json"])["mots"].split(" "))
    for fiche, (title, (_, summary, _)) in zip(catalogue, cards, strict=True):
        assert (title, summary) == (french(fiche.titre), french(fiche.resume))
        assert set(re.findall(r"[^\W_]{2,}", " ".join(fiche.objectifs).lower())) <= words
    for table in tables(Publication(catalogue, SETTINGS)):
        text = csv_bytes(table.columns, table.rows).decode("utf-8-sig")
        read = [
            [cell.removeprefix("'") for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=";")
        ]
        assert read[1:] == [["" if cell is None else str(cell) for cell in row] for row in table.rows]


def test_naughty_strings_cost_no_booklet() -> None:
    made = booklet(Catalogue.of(naughty(), TERMS))
    book = Book(made.pdf)
    assert sorted(book.places()) == sorted(fiche.id for fiche in naughty())
    assert {diagnostic.code for diagnostic in made.diagnostics} <= {"glyphe-absent"}


def test_pathological_markdown_takes_less_than_a_second_each() -> None:
    command = [sys.executable, str(ROOT / "tests/pathological.py")]
    done = subprocess.run(command, capture_output=True, check=False, text=True, timeout=300)
    assert (done.returncode, done.stdout) == (0, "33 []\n")
