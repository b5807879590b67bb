"""The search in the header, as a visitor types into it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from catalogue.site.facets import FACETS
from tests.browser.queries import FIRST, QUERIES


def test_there_are_at_least_forty_queries() -> None:
    assert len(QUERIES) >= 40


@pytest.mark.parametrize(("query", "fiche"), QUERIES.items())
def test_a_query_finds_its_fiche_among_the_first_three(page: Page, address: str, query: str, fiche: str) -> None:
    page.goto(f"{address}contact/")
    found = page.evaluate(
        """async ([query, first]) => {
            const search = await import('/pagefind/pagefind.js');
            await search.init();
            const { results } = await search.search(query);
            return Promise.all(results.slice(0, first).map(async (one) => (await one.data()).url));
        }""",
        [query, FIRST],
    )
    assert f"/fiches/{fiche}/" in found


@pytest.mark.parametrize("query", ["benevole", "Déifferdeng", "BPI"])
def test_the_dialog_shows_what_is_found(page: Page, address: str, query: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Rechercher").first.click()
    page.locator("pagefind-modal input").fill(query)
    expect(page.locator(f'pagefind-modal a[href$="/fiches/{QUERIES[query]}/"]').first).to_be_visible()


def test_a_result_leads_to_the_fiche(page: Page, address: str) -> None:
    page.goto(f"{address}domaines/logement/")
    page.keyboard.press("Control+k")
    page.locator("pagefind-modal input").fill("kufika")
    page.locator("pagefind-modal a").first.click()
    expect(page).to_have_url(f"{address}fiches/kufika/")
    expect(page.locator("h1")).to_contain_text("KUFIKA")


def test_a_hand_written_page_is_found_too(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("Control+k")
    page.locator("pagefind-modal input").fill("proposer une fiche")
    expect(page.locator('pagefind-modal a[href$="/contribuer/"]')).to_be_visible()


def test_the_records_carry_the_filters(page: Page, address: str) -> None:
    page.goto(address)
    filters = page.evaluate(
        """async () => {
            const search = await import('./pagefind/pagefind.js');
            await search.init();
            return search.filters();
        }"""
    )
    assert sorted(filters) == sorted([*(facet.name for facet in FACETS), "nature"])
    assert filters["domaine"]["logement"] == 6
    assert filters["edition"] == {"assises-2017": 24}
