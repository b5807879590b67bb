"""Each place that text goes to has one function that makes it safe there; another's parser reads the text back."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import unicodedata
from collections.abc import Sequence
from xml.etree import ElementTree as ET

import openpyxl
import typst
import yaml
from hypothesis import given, settings
from hypothesis import strategies as some
from justhtml import JustHTML
from lxml import etree
from markdown_it import MarkdownIt
from markupsafe import escape

from practice_catalogue.exports import spreadsheets
from practice_catalogue.exports.atom import _add
from practice_catalogue.exports.crawlers import escape_markdown
from practice_catalogue.exports.linked_data import script_json
from practice_catalogue.exports.publication import Publication
from practice_catalogue.exports.tables import Table
from practice_catalogue.forms.skeleton import skeleton
from practice_catalogue.model.catalogue import Catalogue, slug
from practice_catalogue.model.diagnostics import Diagnostic, Report
from practice_catalogue.model.fiche import ID_LENGTH, RESERVED_IDS
from practice_catalogue.model.richtext import french, to_html, to_plain
from practice_catalogue.site.pages import _escape_attribute
from practice_catalogue.validation import loader, messages, yaml_reader
from practice_catalogue.validation.reports import as_github, as_text
from tests.any_fiche import AWKWARD, CHARACTERS
from tests.support import ROOT, VOCABULARIES

NOTHING = Publication(
    Catalogue.of([], loader.load_vocabularies(VOCABULARIES)), loader.load_settings(ROOT / "catalogue.yml")
)
SIGNS = AWKWARD | some.sampled_from(
    [
        *(
            "<script>",
            "</script>",
            "<!--",
            "]]>",
            "&lt;",
            "&#0;",
            "{{ 7*7 }}",
            "[a](https://a.lu)",
            "**",
            "_",
            "`",
            "\\",
        ),
        *("::error::", "%0A", "##[x]", "#read(", "+352", "@a", "'", "=1", "_x000D_", "| a |", "1. ", "![x](y)"),
    ]
)
lines = some.lists(CHARACTERS | SIGNS, max_size=10).map(lambda found: "".join(found).strip())
texts = some.lists(lines, max_size=5).map("\n".join)
anything = some.text(max_size=60)


def read_html(page: str) -> JustHTML:
    return JustHTML(f"<!doctype html>{page}", sanitize=False, strict=True)


def squeezed(text: str) -> str:
    return " ".join(text.split())


@given(lines)
def test_html(text: str) -> None:
    page = read_html(f'<p title="{escape(text)}">{escape(text)}</p>')
    (paragraph,) = page.query("p")
    assert paragraph.attrs == {"title": text}
    assert paragraph.to_text(strip=False) == text


@given(texts)
def test_long_texts(text: str) -> None:
    """What a reader sees of the HTML is what the other faces show, and only the allowed elements stand in it."""
    page = read_html(f"<div>{to_html(text)}</div>")
    assert {node.name for node in page.query("div *")} <= {"p", "ul", "ol", "li", "strong", "em", "a", "br"}
    assert {name for node in page.query("div *") for name in node.attrs or ()} <= {"href", "start"}
    seen = "".join(page.query("div")[0].to_text(separator="", strip=False).split())
    assert seen.replace("’", "'") == "".join(french(to_plain(text)).split()).replace("’", "'")


@given(lines)
def test_markdown(text: str) -> None:
    rendered = MarkdownIt("commonmark").render(f"- [{escape_markdown(text)}](https://a.lu): {escape_markdown(text)}")
    (item,) = read_html(rendered).query("li")
    assert squeezed(item.to_text(separator="", strip=False)) == squeezed(f"{text}: {text}")
    assert {node.name for node in item.query("*")} <= {"a"}


@given(lines)
def test_front_matter(text: str) -> None:
    front = yaml.safe_load(f"title: {json.dumps(_escape_attribute(text), ensure_ascii=False)}\n")
    assert html.unescape(front["title"]) == french(text)
    assert not re.search("[<>\"']", front["title"])


@given(lines)
def test_json_in_a_script(text: str) -> None:
    page = read_html(f'<script type="application/ld+json">{script_json({text: [text]})}</script><p>fin</p>')
    assert json.loads(page.query("script")[0].to_text(strip=False)) == {text: [text]}
    assert len(page.query("p")) == 1


@given(lines)
def test_xml(text: str) -> None:
    feed = etree.fromstring(_xml(text))
    assert (feed[0].text or "", feed[0].get("label"), len(feed)) == (text, text, 1)


def _xml(text: str) -> bytes:
    feed = ET.Element("feed")
    _add(feed, "title", text, label=text)
    return bytes(ET.tostring(feed, encoding="utf-8", xml_declaration=True))


@given(some.lists(texts, min_size=1, max_size=4))
def test_csv(cells: Sequence[str]) -> None:
    raw = spreadsheets.csv_bytes(cells, [cells])
    head, row = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";")
    assert head == list(cells)
    assert [cell.removeprefix("'") for cell in row] == list(cells)
    assert [cell for cell in row if re.match(r"\s*[=+@＝＋＠－-]", cell)] == []


@given(some.lists(texts, min_size=1, max_size=4))
@settings(max_examples=30)
def test_xlsx(cells: Sequence[str]) -> None:
    columns = tuple(f"c{number}" for number in range(len(cells)))
    raw = spreadsheets.workbook(NOTHING, [Table("t", "T", columns, (tuple(cells),))])
    row = openpyxl.load_workbook(io.BytesIO(raw))["T"][2]
    assert [str(cell.value or "") for cell in row] == list(cells)
    assert {cell.data_type for cell in row} <= {"s", "n"}


@given(texts)
@settings(max_examples=30)
def test_typst(text: str) -> None:
    source = b"#metadata(json(bytes(sys.inputs.data))) <data>"
    found = typst.query(source, "<data>", field="value", one=True, sys_inputs={"data": json.dumps([text])})
    assert json.loads(found) == [text]


@given(anything)
def test_logs(text: str) -> None:
    diagnostic = Diagnostic(
        text, 1, 1, "terme-inconnu", field=text, details={"valeur": text, "liste": text, "fichier": text}
    )
    shown, annotated = as_text(Report.of([diagnostic]), 1), as_github(Report.of([diagnostic]), 1)
    assert len(shown.splitlines()) == 3
    assert not any(line.lstrip().startswith("::") for line in shown.splitlines())
    assert len(annotated.splitlines()) == 2
    assert re.match(r"::error file=[^:,]*,line=1,col=1,title=terme-inconnu::[^\r\n]*\n1 fiche", annotated)
    assert "##[" not in shown + annotated
    assert all(char.isprintable() or char in "\n\xa0\u202f" for char in shown + annotated)
    (shown + annotated).encode()


@given(anything)
def test_log_text_keeps_what_can_be_shown(text: str) -> None:
    plain = "".join(char for char in text if char.isprintable() and char not in "#\\")
    assert messages.log_text(plain) == squeezed(plain)


@given(anything | some.text(alphabet="㎭ﷺéÉéœß日-_. conx", max_size=200))
def test_file_names_and_addresses(text: str) -> None:
    name = slug(text)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    assert len(name) <= ID_LENGTH
    assert name not in RESERVED_IDS
    assert not re.fullmatch("con|prn|aux|nul|(?:com|lpt)[0-9]", name)  # devices of Windows, whatever Python says
    assert slug(name) == name


@given(lines.filter(lambda text: len(text) >= 4))
@settings(max_examples=30)
def test_a_new_fiche(title: str) -> None:
    source, diagnostics = yaml_reader.read_yaml("fiche.yml", skeleton(squeezed(title)).encode())
    assert diagnostics == []
    assert source is not None
    assert source.data["titre"] == unicodedata.normalize("NFC", squeezed(title))
