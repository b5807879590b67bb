"""« Ma commune »: chosen once, kept in this browser, never sent; what is broken in it is said in French."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from practice_catalogue.model.catalogue import Catalogue
from tests.browser.test_explorer import explore, settled, tick, titles

REFUSED = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError') } })"
KEPT = "localStorage.getItem('ma-commune')"


def test_a_commune_is_chosen_on_its_page_and_known_on_the_next(page: Page, address: str) -> None:
    page.goto(f"{address}communes/strassen/")
    button = page.get_by_role("button", name="C’est ma commune")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_have_text("C’est ma commune ✓")
    assert page.evaluate(KEPT) == "strassen"
    page.goto(address)
    expect(page.get_by_label("Ma commune")).to_have_value("strassen")
    page.get_by_role("link", name="La page de Strassen").click()
    expect(page).to_have_url(f"{address}communes/strassen/")
    button.click()
    assert page.evaluate(KEPT) is None


def test_a_commune_is_chosen_on_the_home_page_with_what_is_near_to_it(page: Page, address: str) -> None:
    page.goto(address)
    links = page.locator("#ma-commune ul")
    expect(links).to_be_hidden()
    page.get_by_label("Ma commune").select_option(label="Mamer")
    page.get_by_role("link", name="Ce que font les voisines").click()
    settled(page)
    expect(page).to_have_url(f"{address}explorer/?pres=voisines")
    expect(page.locator("#pres summary")).to_have_text("Près de Mamer")
    assert page.evaluate("[...document.querySelectorAll('[name=pres]:checked')].map(({ value }) => value)") == [
        "voisines"
    ]


def test_the_explorer_filters_and_sorts_by_nearness(page: Page, address: str, catalogue: Catalogue) -> None:
    explore(page, address)
    expect(page.locator("#pres")).to_be_hidden()
    page.evaluate("localStorage.setItem('ma-commune', 'strassen')")
    explore(page, address)
    own = [fiche.titre for fiche in catalogue.fiches if "strassen" in catalogue.keys_of(fiche, "communes")]
    assert own
    page.get_by_label("Trier par").select_option("pres")
    settled(page)
    expect(page.locator("#cartes h3").nth(len(own) - 1)).to_be_visible()
    assert len(titles(page)) == len(catalogue)
    first = page.locator("#cartes .carte").evaluate_all(
        "(cards) => cards.map((card) => card.querySelector('[data-garder]').dataset.garder)"
    )
    ours = {fiche.id for fiche in catalogue.fiches if "strassen" in catalogue.keys_of(fiche, "communes")}
    assert set(first[: len(ours)]) == ours
    tick(page, "pres", "ici")
    expect(page.locator("#bilan")).to_have_text(f"{len(ours)} pratique{'s' if len(ours) > 1 else ''}")
    expect(page.locator('#pres [data-valeur="pays"]')).not_to_have_text("0")


def test_the_commune_is_never_sent(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.url} {request.post_data or ''}"))
    page.goto(address)
    page.get_by_label("Ma commune").select_option(label="Mamer")
    explore(page, address, "?tri=pres")
    assert [one for one in asked if "mamer" in one.lower()] == []


def test_an_unknown_commune_in_this_browser_is_said_and_chosen_again(page: Page, address: str) -> None:
    page.goto(f"{address}contact/")
    page.evaluate("localStorage.setItem('ma-commune', 'atlantide')")
    page.goto(address)
    said = page.locator("#ma-commune [data-dit]")
    expect(said).to_have_text(
        "La commune gardée dans ce navigateur (« atlantide ») n’est pas dans le catalogue : choisissez-la de nouveau."
    )
    expect(page.get_by_label("Ma commune")).to_have_value("")
    explore(page, address)
    expect(page.locator("#pres")).to_be_hidden()
    page.goto(address)
    page.get_by_label("Ma commune").select_option(label="Mamer")
    expect(said).to_be_empty()
    assert page.evaluate(KEPT) == "mamer"


def test_what_is_no_name_of_a_commune_is_no_commune(page: Page, address: str) -> None:
    page.goto(f"{address}contact/")
    page.evaluate("localStorage.setItem('ma-commune', '<img src=x onerror=alert(1)>')")
    page.goto(address)
    expect(page.get_by_label("Ma commune")).to_have_value("")
    explore(page, address)
    expect(page.locator("#pres")).to_be_hidden()


def test_a_browser_that_keeps_nothing_still_knows_the_commune_on_this_page(page: Page, address: str) -> None:
    page.add_init_script(REFUSED)
    page.goto(address)
    page.get_by_label("Ma commune").select_option(label="Mamer")
    expect(page.get_by_role("link", name="La page de Mamer")).to_be_visible()
    page.goto(f"{address}communes/mamer/")
    button = page.get_by_role("button", name="C’est ma commune")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
