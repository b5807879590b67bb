"""What holds on every page: accessible, silent, light, printable, reachable with the keyboard alone."""

from __future__ import annotations

import gzip
import io
import unicodedata
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from practice_catalogue.model.catalogue import Catalogue
from tests.browser.accessibility import violations
from tests.site_reader import BASE, read_site

PAGE_TYPES = [
    "",
    "explorer/",
    "carte/",
    "selection/?fiches=kufika,pci-luxembourg",
    "selection/",
    "proposer/",
    "proposer/?fiche=lisko#envoyer",
    "nouvelles/",
    "nouvelles/?fiche=lisko&reponse=change",
    "nouvelles/?fiche=lisko&reponse=termine",
    "fiches/",
    "fiches/pci-miselerland/",
    "fiches/office-social-sanem/",
    "domaines/",
    "domaines/logement/",
    "publics/personnes-agees/",
    "communes/",
    "communes/bous-waldbredimus/",
    "cantons/redange/",
    "porteurs/commune-de-strassen/",
    "editions/assises-2017/",
    "tableaux/",
    "tableaux/domaines-publics/",
    "tableaux/communes-domaines/",
    "livret/",
    "livret/avant-propos/",
    "pacte/",
    "signataires/",
    "themes/",
    "themes/diversite-et-discriminations/",
    "guide-pci/",
    "orientations/",
    "analyse/",
    "chiffres/",
    "sigles/",
    "donnees/",
    "contribuer/",
    "contribuer/bonne-fiche/",
    "contribuer/lire-une-fiche/",
    "contribuer/champs/",
    "contribuer/erreurs/",
    "contribuer/erreurs/yaml-tabulation/",
    "accessibilite/",
    "mentions-legales/",
    "donnees-personnelles/",
    "contact/",
    "plan-du-site/",
    "404.html",
]
FETCHING = ("explorer/", "selection/", "proposer/", "nouvelles/")
"""Pages that fetch what they show."""

FICHE_WEIGHT = 160_000
SEARCH_WEIGHT = 200_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(browser: Browser, address: str, scheme: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    found = []
    for path in PAGE_TYPES:
        page.goto(address + path)
        page.wait_for_load_state("networkidle" if path.startswith(FETCHING) else "load")
        found += [(path, *broken) for broken in violations(page)]
    context.close()
    assert found == []


def test_no_page_complains_or_asks_anyone_else(page: Page, address: str, site: Path) -> None:
    for url in sorted(read_site(site)):
        page.goto(address + url.removeprefix(BASE))


def test_no_page_is_wider_than_a_small_phone(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    wide = []
    for path in PAGE_TYPES:
        page.goto(address + path)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)
    context.close()
    assert wide == []


def transferred(page: Page, site: Path, seen: set[str]) -> int:
    """The compressed weight of what a page has loaded so far, but for what was seen before."""
    names = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name).concat(location.href)")
    paths = {urlsplit(name).path for name in names} - seen
    seen |= paths
    files = (
        site / path.lstrip("/") / "index.html" if path.endswith("/") else site / path.lstrip("/") for path in paths
    )
    return sum(_compressed(file) for file in files if file.is_file())


def _compressed(file: Path) -> int:
    raw = file.read_bytes()
    return min(len(raw), len(gzip.compress(raw, 6)))


def test_a_fiche_and_a_first_search_are_light(page: Page, address: str, site: Path) -> None:
    seen: set[str] = set()
    page.goto(f"{address}fiches/lisko/")
    page.wait_for_load_state("networkidle")
    assert transferred(page, site, seen) <= FICHE_WEIGHT
    page.keyboard.press("Control+k")
    page.locator("#recherche input").fill("logement")
    expect(page.locator("#recherche li").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert transferred(page, site, seen) <= SEARCH_WEIGHT


def test_each_fiche_prints_on_two_pages_with_its_address_and_date(
    page: Page, address: str, catalogue: Catalogue
) -> None:
    too_long = []
    for fiche in catalogue:
        page.goto(f"{address}fiches/{fiche.id}/")
        pdf = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
        words = unicodedata.normalize("NFKC", "".join(sheet.extract_text() for sheet in pdf.pages)).split()
        text = " ".join(words)
        assert f"fiches/{fiche.id}/" in text.replace(" ", "")
        assert "version du 20 novembre 2026" in text
        assert "Explorer" not in text
        if len(pdf.pages) > 2:
            too_long.append((fiche.id, len(pdf.pages)))
    assert too_long == []


def press_until(page: Page, key: str, selector: str, most: int = 400) -> None:
    """Presses a key until the focus is on what one looks for."""
    for _ in range(most):
        if page.evaluate("(selector) => document.activeElement?.matches(selector)", selector):
            return
        page.keyboard.press(key)
    pytest.fail(f"the keyboard does not reach {selector}")


def test_a_wide_table_is_printed_whole_on_its_side(page: Page, address: str) -> None:
    page.goto(f"{address}tableaux/domaines-publics/")
    (sheet,) = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert sheet.mediabox.width > sheet.mediabox.height


def test_the_figures_are_printed_without_what_they_hide(page: Page, address: str) -> None:
    page.goto(f"{address}chiffres/")
    assert len(PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages) < 12


def test_the_focus_is_not_under_the_header(page: Page, address: str) -> None:
    page.goto(f"{address}fiches/pci-luxembourg/")
    page.set_viewport_size({"width": 1280, "height": 700})
    hidden = """() => {
        const { top } = document.activeElement.getBoundingClientRect();
        return document.activeElement.closest('.md-content') && top < document.querySelector('.md-header').offsetHeight;
    }"""
    links = page.locator(".md-content a")
    links.last.focus()
    for _ in range(links.count()):
        page.keyboard.press("Shift+Tab")
        assert not page.evaluate(hidden), page.evaluate("document.activeElement.textContent")


def test_the_keyboard_alone_leads_from_the_home_page_to_a_printed_selection(page: Page, address: str) -> None:
    page.add_init_script("window.print = () => (document.title = 'imprimé')")
    page.goto(address)
    page.keyboard.press("Tab")
    expect(page.locator(".aller-au-contenu")).to_be_focused()
    page.keyboard.press("Enter")
    press_until(page, "Tab", 'a[href="explorer/"]')
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}explorer/")
    expect(page.locator("#cartes[data-pret]")).to_be_attached()
    press_until(page, "Tab", "#q")
    page.keyboard.type("jardin")
    expect(page.locator("#cartes h3").first).to_contain_text("Equigaart")
    press_until(page, "Tab", "[data-garder=equigaart]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-selection]")).to_contain_text("1")
    press_until(page, "Shift+Tab", "[data-selection]")
    page.keyboard.press("Enter")
    expect(page.locator("#bilan")).to_have_text("1 pratique")
    press_until(page, "Tab", "[data-fait=imprimer]")
    page.keyboard.press("Enter")
    expect(page).to_have_title("imprimé")


def test_the_menu_of_narrow_screens_works_with_the_keyboard(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(address)
    press_until(page, "Tab", "[data-menu]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-menu]")).to_have_attribute("aria-expanded", "true")
    press_until(page, "Tab", '.md-sidebar--primary a[href="carte/"]')
    page.keyboard.press("Escape")
    expect(page.locator("[data-menu]")).to_be_focused()
    context.close()
