"""The search in the header, as a visitor types into it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.queries import FIRST, QUERIES


def test_there_are_at_least_forty_queries() -> None:
    assert len(QUERIES) >= 40


@pytest.mark.parametrize(("query", "fiche"), QUERIES.items())
def test_a_query_finds_its_fiche_among_the_first_three(page: Page, address: str, query: str, fiche: str) -> None:
    page.goto(f"{address}contact/")
    found = page.evaluate(
        """async ([query, first]) => {
            const engine = (await import('/assets/search.js')).engine();
            const { numbers } = await engine('search', query, first);
            return Promise.all(numbers.map(async (number) => (await engine('card', number)).page));
        }""",
        [query, FIRST],
    )
    assert f"fiches/{fiche}/" in found


@pytest.mark.parametrize("query", ["benevole", "Déifferdeng", "BPI"])
def test_the_dialog_shows_what_is_found(page: Page, address: str, query: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Rechercher").first.click()
    page.locator("#recherche input").fill(query)
    expect(page.locator(f'#recherche a[href$="/fiches/{QUERIES[query]}/"]').first).to_be_visible()


def test_a_result_leads_to_the_fiche(page: Page, address: str) -> None:
    page.goto(f"{address}domaines/logement/")
    page.keyboard.press("Control+k")
    page.locator("#recherche input").fill("kufika")
    page.locator("#recherche a").first.click()
    expect(page).to_have_url(f"{address}fiches/kufika/")
    expect(page.locator("h1")).to_contain_text("KUFIKA")


def test_a_hand_written_page_is_found_too(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("Control+k")
    page.locator("#recherche input").fill("proposer une fiche")
    expect(page.locator('#recherche a[href$="/contribuer/"]')).to_be_visible()


def opened(page: Page, address: str, words: str) -> None:
    page.goto(address)
    page.keyboard.press("Control+k")
    page.keyboard.type(words)
    expect(page.locator("#recherche li").first).to_be_visible()


def test_the_keyboard_alone_leads_to_a_result_and_back(page: Page, address: str) -> None:
    opened(page, address, "logement")
    field, results = page.locator("#recherche input"), page.locator("#recherche a")
    expect(page.locator("#recherche [role=status]")).to_contain_text("pour « logement »")
    page.keyboard.press("ArrowDown")
    expect(results.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(results.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()


def test_a_closed_search_forgets_its_words_and_gives_the_focus_back(page: Page, address: str) -> None:
    page.goto(address)
    button = page.get_by_role("button", name="Rechercher").first
    button.click()
    page.keyboard.type("logement")
    expect(page.locator("#recherche li").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#recherche")).to_be_hidden()
    expect(button).to_be_focused()
    button.click()
    expect(page.locator("#recherche input")).to_have_value("")
    expect(page.locator("#recherche li")).to_have_count(0)


def test_what_is_not_found_is_said(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("Control+k")
    page.locator("#recherche input").fill("xyzzyqwv")
    expect(page.locator("#recherche [role=status]")).to_have_text("Aucun résultat pour « xyzzyqwv »")


def test_enter_shows_all_practices_in_the_explorer(page: Page, address: str) -> None:
    opened(page, f"{address}contact/", "logement")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}explorer/?q=logement")
    expect(page.locator("#bilan")).to_contain_text("pratiques")


def test_a_lost_line_is_said_and_the_next_key_tries_again(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    context.set_offline(True)
    page.keyboard.press("Control+k")
    page.keyboard.type("loge")
    expect(page.locator("#recherche [role=status]")).to_contain_text("La recherche ne répond pas")
    context.set_offline(False)
    page.keyboard.type("ment")
    expect(page.locator("#recherche li").first).to_be_visible()
    context.close()


def test_words_that_did_not_come_are_no_empty_result(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.route("**/*.pf_index", lambda route: route.fulfill(status=404))
    page.goto(address)
    page.keyboard.press("Control+k")
    page.keyboard.type("langue")
    expect(page.locator("#recherche [role=status]")).to_contain_text("La recherche ne répond pas")
    page.unroute("**/*.pf_index")
    page.keyboard.type("s")
    expect(page.locator("#recherche li").first).to_be_visible()
    page.close()


def test_only_who_searches_loads_the_search(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address, wait_until="networkidle")
    assert [url for url in asked if "/pagefind/" in url] == []
