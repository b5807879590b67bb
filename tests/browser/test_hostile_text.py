"""Hostile text in every field of a fiche: no page runs it, loads anything for it, or breaks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Dialog, Page, expect

from tests.browser.conftest import serve
from tests.site_reader import BASE, dead_links, read_site
from tests.support import ROOT, publish

TEXTS: dict[str, dict[str, str]] = yaml.safe_load((ROOT / "tests/hostile/texts.yml").read_text(encoding="utf-8"))
ENOUGH = " Assez de texte pour que la fiche soit complète et que rien d'autre ne la retienne."


def fiche_of(name: str, titre: str, description: str) -> dict[str, object]:
    """A fiche that holds a text wherever it takes one."""
    line = " ".join(f"{titre} {description}".split())[:150] or name
    return {
        "titre": f"{name} {titre}"[:118],
        "sous_titre": line,
        "resume": f"{line[:120]}{ENOUGH}",
        "porteurs": [{"nom": line, "type": "commune"}],
        "partenaires": [{"nom": line, "role": line}],
        "territoire": "communal",
        "communes": ["Strassen"],
        "lieu": line,
        "domaines": ["langues"],
        "publics": ["enfants"],
        "objectifs": [line],
        "description": f"{description}\n\n{ENOUGH}",
        "resultats": description or line,
        "indicateurs": [{"mesure": line, "valeur": line[:60]}],
        "defis": [{"defi": line, "reponse": line}],
        "couts": {"niveau": "faible", "texte": line},
        "contacts": [{"organisation": line, "nom": line[:100], "telephone": "31 02 62 1"}],
        "documents": [{"titre": line, "note": line}],
        "sources": [{"document": line}],
    }


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "practices").mkdir()
    for name, text in TEXTS.items():
        written = yaml.safe_dump(fiche_of(name, **text), allow_unicode=True, sort_keys=False)
        (folder / f"practices/{name}.yml").write_text(written, encoding="utf-8")
    return publish(folder / "practices", folder / "site")


@pytest.fixture(scope="module")
def hostile_address(hostile: Path) -> Iterator[str]:
    yield from serve(hostile)


def test_every_page_stands_and_nothing_runs(page: Page, hostile: Path, hostile_address: str) -> None:
    ran: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        ran.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    for url in sorted(read_site(hostile)):
        address = hostile_address + url.removeprefix(BASE)
        page.goto(address)
        assert page.url == address
        assert page.locator("h1").count() == 1, url
        assert page.locator("footer").count() == 1, url
    assert ran == []


def test_no_link_is_dead_and_none_leads_where_a_fiche_wants(hostile: Path) -> None:
    pages = read_site(hostile)
    assert dead_links(hostile, pages) == []
    schemes = {link.partition(":")[0] for page in pages.values() for link in page.links}
    assert schemes <= {"http", "https", "mailto", "tel"}


def test_the_search_shows_hostile_titles_as_text(page: Page, hostile_address: str) -> None:
    page.goto(hostile_address)
    page.keyboard.press("Control+k")
    page.locator("pagefind-modal input").fill("alert")
    expect(page.locator("pagefind-modal li.pf-result").first).to_be_visible()
    assert page.locator("pagefind-modal li.pf-result script, pagefind-modal li.pf-result img").count() == 0


def test_the_selection_shows_hostile_texts_as_text(page: Page, hostile_address: str) -> None:
    page.goto(f"{hostile_address}selection/?fiches={','.join(sorted(TEXTS))}")
    expect(page.locator("#bilan")).to_contain_text(f"{len(TEXTS)} pratiques")
    assert page.locator("#selection script, #selection img, #selection iframe").count() == 0
