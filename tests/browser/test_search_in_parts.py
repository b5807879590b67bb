"""The search of a large catalogue, whose summaries stand apart: dialog and explorer find what a small one finds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from practice_catalogue import cli
from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.richtext import french
from practice_catalogue.search import index
from practice_catalogue.site import pages
from tests.browser.conftest import serve
from tests.support import ROOT

SUBFOLDER = "catalogue/"


@pytest.fixture(scope="module")
def in_parts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real fiches as a large catalogue, in a sub-folder: summaries in three files, few cards in the explorer."""
    folder = tmp_path_factory.mktemp("parts")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index, "INLINE_DETAILS_LIMIT", 12)
        patch.setattr(index, "DETAILS_PER_FILE", 10)
        patch.setattr(index, "ALL_WORDS_LIMIT", 12)
        patch.setattr(index, "RARE_WORD_LIMIT", 3)
        patch.setattr(pages, "ALL_CARDS_LIMIT", 10)
        patch.setattr(pages, "FIRST_CARDS", 5)
        cli.main(["build", "--practices", str(ROOT / "practices"), "--out", str(folder / SUBFOLDER)])
    for address in serve(folder):
        yield address + SUBFOLDER


def test_the_dialog_shows_summaries_from_all_parts(page: Page, in_parts: str, catalogue: Catalogue) -> None:
    page.goto(in_parts)
    page.keyboard.press("Control+k")
    page.keyboard.type("logement")
    expect(page.locator("#recherche li").nth(5)).to_be_visible()
    summaries = {french(fiche.resume) for fiche in catalogue}
    assert set(page.locator("#recherche [data-resume]").all_inner_texts()) <= summaries
    page.locator("#recherche input").fill("kufika")
    expect(page.locator('#recherche a[href$="/fiches/kufika/"]').first).to_be_visible()


def test_the_explorer_fetches_the_cards_it_does_not_hold(page: Page, in_parts: str, catalogue: Catalogue) -> None:
    page.goto(f"{in_parts}explorer/")
    expect(page.locator("#bilan")).to_have_text("24 pratiques")
    cards = page.locator("#cartes li")
    expect(cards).to_have_count(len(catalogue))
    fetched = {fiche.id: cards.nth(place) for place, fiche in enumerate(catalogue) if place >= 5}
    for name, card in fetched.items():
        expect(card.locator("h3 a")).to_have_attribute("href", f"{in_parts}fiches/{name}/")
    last = catalogue.fiches[-1]
    expect(cards.last.locator("h3")).to_have_text(french(last.titre))
    expect(cards.last.locator(".carte-resume")).to_have_text(french(last.resume))
    expect(cards.last.get_by_role("button")).to_have_attribute("data-garder", last.id)


def test_the_explorer_counts_and_sorts_over_all_parts(page: Page, in_parts: str, catalogue: Catalogue) -> None:
    housing = [fiche for fiche in catalogue if "logement" in fiche.domaines]
    page.goto(f"{in_parts}explorer/?domaine=logement&tri=titre")
    expect(page.locator("#bilan")).to_contain_text(f"{len(housing)} pratiques")
    titles = page.locator("#cartes h3").all_inner_texts()
    assert len(titles) == len(housing)
    page.goto(f"{in_parts}explorer/?domaine=logement&tri=date")
    expect(page.locator("#bilan")).to_contain_text(f"{len(housing)} pratiques")
    expect(page.locator('[data-facette="domaine"] [data-valeur="logement"]')).to_have_text(str(len(housing)))
