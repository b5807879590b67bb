"""Hostile text in every field of a fiche: no page runs it, loads anything for it, or breaks; all of it is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, expect

from practice_catalogue.model.richtext import french, to_plain
from tests.browser.conftest import serve
from tests.hostile_site import CASES, TEXTS, title_of
from tests.site_reader import BASE, dead_links, read_site

TRIPWIRE = "window.__hits = []; window.__hit = what => window.__hits.push(String(what));"
"""What the hostile scripts call; nobody else does."""


FEW = 4


@pytest.fixture(scope="module")
def hostile_address(hostile_site: Path) -> Iterator[str]:
    yield from serve(hostile_site)


@pytest.fixture
def trapped(page: Page) -> Iterator[Page]:
    """A page that notes each script of a fiche that runs, and each dialog."""
    ran: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        ran.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.add_init_script(TRIPWIRE)
    yield page
    assert (ran, page.evaluate("window.__hits")) == ([], [])


def a_few_of_each_kind(urls: Iterable[str]) -> Iterator[str]:
    """The page of every text, and of each folder the first pages: the others are made by the same templates."""
    seen: Counter[str] = Counter()
    for url in urls:
        folder, _, name = url.removeprefix(BASE).partition("/")
        seen[folder] += 1
        if seen[folder] <= FEW or (folder == "fiches" and name.strip("/") in TEXTS):
            yield url


def words(text: str) -> str:
    return " ".join(french(text).split())


def test_every_page_stands_and_nothing_runs(trapped: Page, hostile_site: Path, hostile_address: str) -> None:
    shown: dict[str, str] = {}
    for url in a_few_of_each_kind(sorted(read_site(hostile_site))):
        address = hostile_address + url.removeprefix(BASE)
        trapped.goto(address)
        assert trapped.url == address
        assert trapped.evaluate("window.__hits") == [], url
        assert trapped.locator("h1").count() == 1, url
        assert trapped.locator("footer").count() == 1, url
        shown[url.removeprefix(f"{BASE}fiches/").strip("/")] = trapped.locator("#contenu").inner_text()
    for name, text in TEXTS.items():
        page = " ".join(shown[name].split())
        for said in (title_of(name, text["titre"]), to_plain(text["description"])):
            assert words(said) in page, name


def test_no_link_is_dead_and_none_leads_where_a_fiche_wants(hostile_site: Path) -> None:
    pages = read_site(hostile_site)
    assert dead_links(hostile_site, pages) == []
    schemes = {link.partition(":")[0] for page in pages.values() for link in page.links}
    assert schemes <= {"http", "https", "mailto", "tel"}


@pytest.mark.parametrize("word", ["alert", "energetiquexyz", "script"])
def test_the_search_shows_hostile_titles_as_text(word: str, trapped: Page, hostile_address: str) -> None:
    trapped.goto(hostile_address)
    trapped.keyboard.press("Control+k")
    trapped.locator("#recherche input").fill(word)
    expect(trapped.locator("#recherche li").first).to_be_visible()
    assert trapped.locator("#recherche li script, #recherche li img").count() == 0


def test_the_selection_shows_hostile_texts_as_text(trapped: Page, hostile_address: str) -> None:
    trapped.goto(f"{hostile_address}selection/?fiches={','.join(sorted(TEXTS))}")
    expect(trapped.locator("#bilan")).to_contain_text(f"{len(TEXTS)} pratiques")
    assert trapped.locator("#selection script, #selection img, #selection iframe").count() == 0


def test_links_of_a_text_lead_nowhere_when_clicked(trapped: Page, hostile_address: str) -> None:
    for name in ("m04", "m06", "m14"):
        assert "page" in CASES[name.upper()]
        trapped.goto(f"{hostile_address}fiches/{name}/")
        trapped.get_by_text("clic", exact=False).first.hover()
        trapped.get_by_text("clic", exact=False).first.click()
        assert trapped.evaluate("window.__hits") == []
