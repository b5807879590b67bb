"""A catalogue of 450 fiches: no page grows with it, and every fiche is still found by following links."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.site_reader import BASE, Page, dead_links, inner_links, read_site
from tests.support import VALID, publish

FICHES = 450


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The smallest valid fiche again and again, under other titles."""
    folder = tmp_path_factory.mktemp("large")
    practices = folder / "practices"
    practices.mkdir()
    text = (VALID / "minimale.yml").read_text(encoding="utf-8")
    for number in range(FICHES):
        own = re.sub(r"^titre: .*$", f"titre: Pratique {number:03}", text, flags=re.MULTILINE)
        (practices / f"pratique-{number:03}.yml").write_text(own, encoding="utf-8")
    return publish(practices, folder / "site")


@pytest.fixture(scope="module")
def pages(large: Path) -> dict[str, Page]:
    return read_site(large)


def fiches_on(page: Page) -> set[str]:
    return {link for link in inner_links(page) if re.fullmatch(rf"{BASE}fiches/pratique-\d+/", link)}


def test_every_fiche_is_found_page_by_page(pages: dict[str, Page]) -> None:
    listing = [f"{BASE}fiches/", *(f"{BASE}fiches/page/{number}/" for number in range(2, 6))]
    assert [len(fiches_on(pages[url])) for url in listing] == [100, 100, 100, 100, 50]
    assert len(set().union(*(fiches_on(pages[url]) for url in listing))) == FICHES
    assert f"{BASE}fiches/page/6/" not in pages


def test_the_pages_of_a_list_know_their_neighbours(large: Path) -> None:
    html = (large / "fiches/page/3/index.html").read_text(encoding="utf-8")
    assert re.findall(r'<link rel="(prev|next)" href="([^"]+)">', html) == [("prev", "../2/"), ("next", "../4/")]
    listed = html[html.index('<nav class="pages"') :]
    assert re.findall(r'<a href="([^"]+)"', listed[: listed.index("</nav>")]) == [
        *("../2/", "../../", "../2/", "./", "../4/", "../5/", "../4/")
    ]
    assert '<a href="./" aria-current="page" aria-label="Page 3">3</a>' in listed
    assert "<title>Toutes les fiches (page 3) - " in html
    assert "450 pratiques, de A à Z, page 3 sur 5." in html
    first = (large / "fiches/index.html").read_text(encoding="utf-8")
    assert re.findall(r'<link rel="(prev|next)" href="([^"]+)">', first) == [("next", "page/2/")]


def test_no_page_holds_more_fiches_than_it_can_show(pages: dict[str, Page]) -> None:
    most = Counter({url: len(fiches_on(page)) for url, page in pages.items()})
    assert most.most_common(1)[0][1] <= 100
    links = Counter({url: len(page.links) for url, page in pages.items()})
    assert links.most_common(1)[0][1] < 1500


def test_nothing_leads_nowhere(large: Path, pages: dict[str, Page]) -> None:
    assert dead_links(large, pages) == []


def test_the_explorer_begins_with_some_cards_and_asks_for_the_others(large: Path) -> None:
    html = (large / "explorer/index.html").read_text(encoding="utf-8")
    cards = html[html.index('id="cartes"') : html.index('id="suite"')]
    assert (cards.count('class="carte domaine-'), "data-entiere" in cards) == (24, False)
    assert '<h2 id="bilan" aria-live="polite">450 pratiques</h2>' in html


def test_a_catalogue_too_long_for_a_booklet_says_so(large: Path) -> None:
    assert list((large / "livret").glob("*.pdf")) == []
    assert "Le catalogue entier ne tient plus dans un livret" in (large / "livret/index.html").read_text("utf-8")
