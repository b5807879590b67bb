"""The search in the header, as a visitor types into it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

QUERIES = [
    ("benevole", "formation-benevoles-refugies"),
    ("bénévoles", "benevolat-refugies-dudelange"),
    ("refugie", "lisko"),
    ("cafe", "cafe-de-babel"),
    ("cafés des langues", "cafe-de-babel"),
    ("ecole", "enfants-refugies-ecole-luxembourg"),
    ("écoles", "enfants-refugies-ecole-luxembourg"),
    ("jardins", "equigaart"),
    ("logements", "hauscare-redange"),
    ("Déifferdeng", "wok-differdange"),
    ("Differdingen", "wok-differdange"),
    ("Diddeleng", "benevolat-refugies-dudelange"),
    ("Esch an der Alzette", "integration-par-le-sport-esch"),
    ("Réiden", "hauscare-redange"),
    ("Stroossen", "kufika"),
    ("Grosbous", "hauscare-redange"),
    ("Waldbredimus", "pci-miselerland"),
    ("BPI", "lisko"),
    ("bénéficiaires de protection internationale", "neien-ufank"),
    ("DPI", "tout-savoir-accueil-dpi"),
    ("CAI", "cai-pratique-de-la-langue"),
    ("contrat d'accueil et d'intégration", "cai-pratique-de-la-langue"),
    ("plan communal intégration", "pci-strassen"),
    ("Ehrenamt", "formation-benevoles-refugies"),
]


@pytest.mark.parametrize(("query", "fiche"), QUERIES)
def test_a_query_finds_its_fiche(page: Page, address: str, query: str, fiche: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Rechercher").first.click()
    page.locator("pagefind-modal input").fill(query)
    expect(page.locator(f'pagefind-modal a[href$="/fiches/{fiche}/"]').first).to_be_visible()


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
    assert sorted(filters) == ["Canton", "Commune", "Coût", "Domaine", "Porteur", "Public", "Édition", "Étape PCI"]
    assert filters["Domaine"]["Logement"] == 6
    assert filters["Édition"] == {"2es Assises nationales de l'intégration au niveau local": 24}
