"""The explorer: cards from the start, filters that combine, an address that holds the state."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.richtext import french


def titles(page: Page) -> list[str]:
    return page.locator("#cartes h3").all_inner_texts()


def explore(page: Page, address: str, query: str = "") -> None:
    page.goto(f"{address}explorer/{query}")
    settled(page)


def settled(page: Page) -> None:
    """Waits until the list answers what the form asks."""
    expect(page.locator("#cartes[data-pret]")).to_be_attached()


def tick(page: Page, facet: str, value: str) -> None:
    page.evaluate("document.querySelectorAll('.facette').forEach((facet) => (facet.open = true))")
    page.locator(f'input[name="{facet}"][value="{value}"]').check()


def total(page: Page, text: str) -> None:
    expect(page.locator("#bilan")).to_have_text(text)


def test_all_fiches_are_there_without_typing(page: Page, address: str, catalogue: Catalogue) -> None:
    explore(page, address)
    total(page, "24 pratiques")
    assert len(titles(page)) == len(catalogue)


def test_within_a_facet_choices_widen_and_across_facets_they_narrow(
    page: Page, address: str, catalogue: Catalogue
) -> None:
    explore(page, address)
    housing, sport = set(catalogue.under("domaines", "logement")), set(catalogue.under("domaines", "sport"))
    young = set(catalogue.under("publics", "jeunes"))
    tick(page, "domaine", "logement")
    total(page, f"{len(housing)} pratiques")
    tick(page, "domaine", "sport")
    total(page, f"{len(housing | sport)} pratiques")
    tick(page, "public", "jeunes")
    total(page, f"{len((housing | sport) & young)} pratiques")


def test_counts_follow_the_choices(page: Page, address: str, catalogue: Catalogue) -> None:
    explore(page, address)
    tick(page, "domaine", "logement")
    both = len(catalogue.both("domaines", "logement", "publics", "jeunes"))
    expect(page.locator('[data-facette="public"] [data-valeur="jeunes"]')).to_have_text(str(both))
    expect(page.locator('[data-facette="domaine"] [data-valeur="sport"]')).to_have_text("1")


def test_what_is_ticked_needs_no_search(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    explore(page, address, "?domaine=logement&tri=date")
    total(page, "6 pratiques")
    assert [url for url in asked if "/recherche/" in url] == [f"{address}recherche/fiches.json"]


def test_a_broken_line_is_said_and_the_next_choice_tries_again(
    browser: Browser, address: str, catalogue: Catalogue
) -> None:
    page = browser.new_page()  # one that may complain in its console
    page.route("**/fiches.json", lambda route: route.abort())
    page.goto(f"{address}explorer/?domaine=logement")
    total(page, "La recherche ne répond pas. Vérifiez la connexion, puis réessayez.")
    page.unroute("**/fiches.json")
    tick(page, "public", "jeunes")
    total(page, f"{len(catalogue.both('domaines', 'logement', 'publics', 'jeunes'))} pratiques")
    page.close()


def test_text_combines_with_filters(page: Page, address: str) -> None:
    explore(page, address)
    tick(page, "commune", "strassen")
    total(page, "3 pratiques")
    page.get_by_label("Chercher", exact=True).fill("langue")
    expect(page.locator("#cartes h3").first).to_contain_text("Café de Babel")


def test_a_place_is_asked_as_in_the_dialog(page: Page, address: str) -> None:
    explore(page, address, "?q=Zolwer")
    expect(page.locator("#cartes h3").first).to_contain_text("À Sanem")
    expect(page.locator("#lieux a")).to_have_attribute("href", f"{address}communes/sanem/")
    page.get_by_label("Chercher", exact=True).fill("Roodt")
    expect(page.locator("#lieux a")).to_have_count(2)
    page.get_by_label("Chercher", exact=True).fill("")
    expect(page.locator("#lieux")).to_be_hidden()


def test_what_answers_but_a_part_of_the_words_is_said_to_be_near(page: Page, address: str) -> None:
    explore(page, address, "?q=apprendre+le+chinois")
    expect(page.locator("#bilan")).to_contain_text("de votre question")


def test_the_address_holds_the_state_and_back_undoes_one_step(page: Page, address: str) -> None:
    explore(page, address)
    tick(page, "domaine", "logement")
    total(page, "6 pratiques")
    tick(page, "public", "jeunes")
    expect(page).to_have_url(re.compile(r"\?domaine=logement&public=jeunes$"))
    expect(page.locator("#bilan")).not_to_have_text("6 pratiques")
    shown = page.locator("#bilan").inner_text()
    page.goto(page.url)
    total(page, shown)
    expect(page.locator('input[value="jeunes"]')).to_be_checked()
    tick(page, "cout", "eleve")
    page.go_back()
    total(page, shown)
    expect(page.locator('input[value="eleve"]')).not_to_be_checked()


def test_typing_leaves_one_step_behind(page: Page, address: str) -> None:
    explore(page, address)
    page.get_by_label("Chercher", exact=True).press_sequentially("jardin", delay=30)
    expect(page).to_have_url(re.compile(r"\?q=jardin$"))
    page.go_back()
    total(page, "24 pratiques")
    expect(page.get_by_label("Chercher", exact=True)).to_have_value("")


def test_the_order_can_be_chosen(page: Page, address: str, catalogue: Catalogue) -> None:
    explore(page, address, "?q=réfugiés")
    by_relevance = titles(page)
    page.get_by_label("Trier par").select_option("titre")
    expect(page).to_have_url(re.compile(r"&tri=titre$"))
    expect(page.locator("#cartes h3").first).to_contain_text("À Dudelange")
    by_title = titles(page)
    assert sorted(by_title) == sorted(by_relevance)
    order = [french(fiche.titre) for fiche in catalogue]
    assert by_title == sorted(by_title, key=order.index) != by_relevance


def test_no_result_says_so_and_offers_a_way_out(page: Page, address: str) -> None:
    explore(page, address, "?domaine=sport&public=jeunes")
    total(page, "Aucune pratique")
    expect(page.get_by_text("Aucune pratique ne réunit tout cela.")).to_be_visible()
    page.get_by_role("button", name="Enlever Jeunes (1 pratique)").click()
    total(page, "1 pratique")
    expect(page.locator("#cartes h3")).to_contain_text("Intégration par le sport")


def test_where_no_single_choice_is_to_blame_all_can_be_given_up(page: Page, address: str) -> None:
    explore(page, address, "?domaine=sport&public=jeunes&q=zeppelin")
    total(page, "Aucune pratique")
    expect(page.locator("#rien button")).to_have_text(["Enlever tout (24 pratiques)"])
    page.locator("#rien button").click()
    total(page, "24 pratiques")
    expect(page).to_have_url(f"{address}explorer/")


def test_everything_can_be_cleared_at_once(page: Page, address: str) -> None:
    explore(page, address, "?q=jardin&domaine=environnement")
    page.get_by_role("button", name="Tout effacer").click()
    total(page, "24 pratiques")
    expect(page).to_have_url(f"{address}explorer/")


def test_without_scripts_all_fiches_are_listed(page: Page, address: str) -> None:
    context = page.context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    plain = context.new_page()
    plain.goto(f"{address}explorer/")
    assert plain.locator("#cartes li").count() == 24
    expect(plain.locator("#explorer")).to_be_hidden()
    expect(plain.get_by_role("link", name="par domaine")).to_be_visible()
    context.close()
