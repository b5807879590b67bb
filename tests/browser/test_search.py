"""The search in the header, as a visitor types into it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from catalogue.site.facets import FACETS

QUERIES = {
    # spelt in haste
    "benevole": "formation-benevoles-refugies",
    "refugie": "formation-benevoles-refugies",
    "cafe des langues": "cafe-de-babel",
    "ecole refugies": "enfants-refugies-ecole-luxembourg",
    "fete des voisins": "vivre-ensemble-remich",
    "etat des lieux": "pci-luxembourg",
    # one or many
    "jardins": "equigaart",
    "logements vides": "ais-partenaire-des-communes",
    "bénévoles": "benevolat-refugies-dudelange",
    "associations": "wok-differdange",
    "écoles": "enfants-refugies-ecole-luxembourg",
    "magazines": "move-together",
    # what one wants to do
    "apprendre le luxembourgeois": "cai-pratique-de-la-langue",
    "trouver un logement": "hauscare-redange",
    "sport pour femmes": "integration-par-le-sport-esch",
    "spectacle enfants": "kufika",
    "inscription listes électorales": "formation-de-multiplicateurs",
    "jeunes sans abri": "betreit-wunnen-hesperange",
    "regroupement familial": "office-social-sanem",
    "aider les nouveaux habitants": "vivre-ensemble-remich",
    "brochure pour les communes": "tout-savoir-accueil-dpi",
    "rencontrer des Syriens": "nice-to-meet-you",
    "consultation des habitants": "pci-esch-sur-alzette",
    "garantie de loyer": "hauscare-redange",
    "épicerie sociale": "vivre-ensemble-remich",
    # communes, in three languages and as they were
    "Déifferdeng": "wok-differdange",
    "Differdingen": "wok-differdange",
    "Diddeleng": "benevolat-refugies-dudelange",
    "Esch an der Alzette": "integration-par-le-sport-esch",
    "Réiden": "hauscare-redange",
    "Stroossen": "kufika",
    "Hesper": "betreit-wunnen-hesperange",
    "Grosbous": "hauscare-redange",
    "Waldbredimus": "pci-miselerland",
    "Larochette": "ais-partenaire-des-communes",
    # acronyms and what they stand for, both ways
    "BPI": "neien-ufank",
    "bénéficiaires de protection internationale": "lisko",
    "DPI": "tout-savoir-accueil-dpi",
    "demandeurs d'asile": "tout-savoir-accueil-dpi",
    "CAI": "cai-pratique-de-la-langue",
    "contrat d'accueil et d'intégration": "cai-pratique-de-la-langue",
    "agence immobilière sociale": "ais-partenaire-des-communes",
    "PCI Strassen": "pci-strassen",
    # other words for the same thing
    "réfugiés": "neien-ufank",
    "Ehrenamt": "formation-benevoles-refugies",
    "Wohnen": "ais-partenaire-des-communes",
    "jeunesse": "betreit-wunnen-hesperange",
}
"""What visitors type, and a fiche that must be among the first three."""

FIRST = 3


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
