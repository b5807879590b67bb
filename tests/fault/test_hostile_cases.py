"""Each case of `tests/hostile/index.yml` ends as it must; what happens on a page is seen in a browser."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import feedparser
import pytest
from justhtml import JustHTML
from lxml import etree

from practice_catalogue.model.diagnostics import Diagnostic
from practice_catalogue.model.richtext import french
from practice_catalogue.upkeep.git_diff import FileChange, Kind, outside
from practice_catalogue.validation import loader
from practice_catalogue.validation.reports import as_github, as_text
from tests.booklet.pdf_reader import Book
from tests.hostile_site import CASES, HOSTILE, SITE_PATHS, TEXTS, title_of, with_outcome
from tests.support import VALID, VOCABULARIES

DIGITS = b"9" * 5000
GENERATED = {
    "Y16": lambda good: good + b'notes:\n  - "xxxxxxxxxxxxxxxxxxxxxxxx"\n' * 1_500_000,
    "Y17": lambda good: good + b"freins: " + b"[" * 20_000 + b"]" * 20_000,
    "Y31": lambda good: (
        good
        + b"indicateurs: [{mesure: a, valeur: b, annee: %s}]\ncouts: {niveau: faible, montant: %s}\n" % (DIGITS, DIGITS)
    ),
    "Y33": lambda good: good.replace(b"titre: ", b"titre: " + b"x" * 1_000_000),
}
NO_GLYPH = str.maketrans("😀＝", "□□")
"""What the fonts of the booklet do not have."""

OUTCOMES = {"refused", "warned", "accepted", "page", "names", "docs", "links", "ids", "outside", "workflow"}


def report_of(name: str, folder: Path) -> list[Diagnostic]:
    file = HOSTILE / f"cases/{name}.yml"
    raw = GENERATED[name]((VALID / "minimale.yml").read_bytes()) if name in GENERATED else file.read_bytes()
    (folder / "suivi-energie.yml").write_bytes(raw)
    return list(loader.load(folder, VOCABULARIES).report)


def codes(diagnostics: Iterable[Diagnostic]) -> list[str]:
    return sorted({diagnostic.code for diagnostic in diagnostics})


def test_no_case_is_without_a_test() -> None:
    assert len(CASES) == 101
    assert [name for name, case in CASES.items() if not OUTCOMES & case.keys()] == []
    assert {path.stem for path in (HOSTILE / "cases").iterdir()} | GENERATED.keys() == {
        name for kind in ("refused", "warned", "accepted", "workflow") for name in with_outcome(kind)
    }
    assert sorted(TEXTS) == sorted(name.lower() for name in with_outcome("page"))


@pytest.mark.parametrize("name", with_outcome("refused"))
def test_refused(name: str, tmp_path: Path) -> None:
    loaded_codes = codes(report_of(name, tmp_path))
    assert loaded_codes == CASES[name]["refused"]
    assert len(loader.load(tmp_path, VOCABULARIES).catalogue) == 0
    assert not Path("PWNED_Y04").exists()


@pytest.mark.parametrize("name", with_outcome("warned"))
def test_warned(name: str, tmp_path: Path) -> None:
    assert codes(report_of(name, tmp_path)) == CASES[name]["warned"]
    assert len(loader.load(tmp_path, VOCABULARIES).catalogue) == 1


@pytest.mark.parametrize("name", with_outcome("accepted"))
def test_accepted(name: str, tmp_path: Path) -> None:
    assert report_of(name, tmp_path) == []
    (fiche,) = loader.load(tmp_path, VOCABULARIES).catalogue
    expected = CASES[name]["accepted"]
    assert {field: getattr(fiche, field) for field in expected} == expected


@pytest.mark.parametrize("name", with_outcome("names"))
def test_names(name: str, tmp_path: Path) -> None:
    for file in CASES[name]["names"]:
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_bytes((VALID / "minimale.yml").read_bytes())
    told = {
        Path(diagnostic.file).relative_to(tmp_path).parts[0]: diagnostic.code
        for diagnostic in loader.load(tmp_path, VOCABULARIES).report
        if diagnostic.code != "titre-en-double"
    }
    assert told == {file.split("/", maxsplit=1)[0]: code for file, code in CASES[name]["names"].items()}


@pytest.mark.parametrize("name", with_outcome("docs"))
def test_docs(name: str, tmp_path: Path) -> None:
    for file in CASES[name]["docs"]:
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_bytes(b"<script>alert(1)</script>")
    report = loader.load(VALID, VOCABULARIES, docs=tmp_path).report
    told = {Path(diagnostic.file).relative_to(tmp_path).as_posix(): diagnostic.code for diagnostic in report}
    assert told == CASES[name]["docs"]


@pytest.mark.parametrize("name", with_outcome("links"))
def test_links(name: str, tmp_path: Path) -> None:
    for link, target in CASES[name]["links"].items():
        (tmp_path / link).parent.mkdir(exist_ok=True)
        (tmp_path / link).symlink_to(target)
    report = loader.load(tmp_path / "practices", VOCABULARIES, docs=tmp_path / "docs").report
    told = {Path(diagnostic.file).relative_to(tmp_path).as_posix() for diagnostic in report}
    assert (told, codes(report)) == (CASES[name]["links"].keys(), ["lien-symbolique"])


@pytest.mark.parametrize("name", with_outcome("outside"))
def test_outside(name: str) -> None:
    changes = [FileChange(Kind.MODIFIED, path) for path in CASES[name]["outside"]]
    assert set(outside([*changes, FileChange(Kind.ADDED, "practices/a.yml")])) == set(changes)


@pytest.mark.parametrize("name", with_outcome("workflow"))
def test_workflows(name: str, tmp_path: Path) -> None:
    folder = tmp_path / ".github/workflows"
    folder.mkdir(parents=True)
    (folder / "case.yml").write_bytes((HOSTILE / f"cases/{name}.yml").read_bytes())
    command = [str(Path(sys.executable).with_name("zizmor")), "--offline", "--format", "json", "--no-exit-codes", "."]
    done = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    assert set(CASES[name]["workflow"]) <= {finding["ident"] for finding in json.loads(done.stdout)}


def test_no_value_commands_the_workflow_that_prints_it(tmp_path: Path) -> None:
    report_of("Y24", tmp_path)
    report = loader.load(tmp_path, VOCABULARIES).report
    assert not any(line.lstrip().startswith("::") for line in as_text(report, 1).splitlines())
    assert [line[:13] for line in as_github(report, 1).splitlines()[:-1]] == ["::error file="] * len(report)
    assert "##[" not in as_text(report, 1) + as_github(report, 1)


def shown(name: str) -> str:
    return title_of(name, TEXTS[name]["titre"])


def test_a_fiche_called_like_a_page_takes_no_place_but_its_own(hostile_site: Path) -> None:
    for name in SITE_PATHS:
        assert f"<h1>{name} Fiche {name}</h1>" in (hostile_site / f"fiches/{name}/index.html").read_text(
            encoding="utf-8"
        )
    for path in ("index.html", "404.html", "livret/index.html", "fiches/index.html", "mentions-legales/index.html"):
        assert not re.search("<h1[^>]*>[^<]*Fiche ", (hostile_site / path).read_text(encoding="utf-8"))
    assert etree.parse(hostile_site / "sitemap.xml").getroot().tag.endswith("urlset")


def test_spreadsheets_read_every_text_and_run_none(hostile_site: Path) -> None:
    text = (hostile_site / "donnees/fiches.csv").read_text(encoding="utf-8-sig")
    rows = {row["Identifiant"].removeprefix("'"): row for row in csv.DictReader(io.StringIO(text), delimiter=";")}
    assert {name: rows[name]["Titre"].removeprefix("'") for name in TEXTS} == {name: shown(name) for name in TEXTS}
    assert [cell for row in rows.values() for cell in row.values() if cell.lstrip()[:1] in set("=+-@\t＝")] == []


def test_feeds_are_well_formed_and_hold_every_title(hostile_site: Path) -> None:
    for path in hostile_site.rglob("*.xml"):
        etree.parse(path)
    feed = feedparser.parse((hostile_site / "donnees/flux/fiches.xml").read_bytes(), sanitize_html=False)
    titles = {Path(entry.link.rstrip("/")).name: entry.title for entry in feed.entries}
    assert {name: titles[name] for name in TEXTS} == {name: shown(name) for name in TEXTS}
    assert {link.href for entry in feed.entries for link in entry.links} == {
        f"https://catalogue.example/fiches/{name}/" for name in (*TEXTS, *SITE_PATHS)
    }


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_what_a_page_says_of_itself_to_programs_holds_the_text(name: str, hostile_site: Path) -> None:
    page = JustHTML((hostile_site / f"fiches/{name}/index.html").read_text(encoding="utf-8"), sanitize=False)
    (script,) = page.query('script[type="application/ld+json"]')
    assert json.loads(script.to_text(strip=False))["@graph"][1]["headline"] == shown(name)


def test_the_booklet_prints_every_text(hostile_site: Path) -> None:
    book = Book((hostile_site / "livret/catalogue.pdf").read_bytes())
    places = book.places()
    missing = [
        name
        for name in TEXTS
        if "".join(french(shown(name)).translate(NO_GLYPH).split()) not in "".join(book.text(places[name]).split())
    ]
    assert missing == []
