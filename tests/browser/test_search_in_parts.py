"""The search of a large catalogue, whose index has several parts: dialog and explorer find what one index finds."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from catalogue.collection import Catalogue
from catalogue.site import search
from catalogue.site.keep import Keep
from tests.browser.conftest import serve

SUBFOLDER = "catalogue/"


@pytest.fixture(scope="module")
def in_parts(site: Path, catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real site in a sub-folder, with three indexes of the same fiches."""
    folder = tmp_path_factory.mktemp("parts")
    copy = folder / SUBFOLDER
    shutil.copytree(site, copy)
    shutil.rmtree(copy / "pagefind")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "PART", 8)
        search.write_index(search.records(catalogue), copy / "pagefind", Keep())
    for address in serve(folder):
        yield address + SUBFOLDER


def test_the_dialog_finds_in_all_parts(page: Page, in_parts: str) -> None:
    page.goto(in_parts)
    page.keyboard.press("Control+k")
    page.keyboard.type("logement")
    expect(page.locator("#recherche li").nth(9)).to_be_visible()
    page.locator("#recherche input").fill("kufika")
    expect(page.locator('#recherche a[href$="/fiches/kufika/"]').first).to_be_visible()


def test_the_explorer_counts_and_sorts_over_all_parts(page: Page, in_parts: str, catalogue: Catalogue) -> None:
    housing = [fiche for fiche in catalogue if "logement" in fiche.domaines]
    page.goto(f"{in_parts}explorer/?domaine=logement&tri=titre")
    expect(page.locator("#bilan")).to_contain_text(f"{len(housing)} pratiques")
    titles = page.locator("#cartes h3").all_inner_texts()
    assert len(titles) == len(housing)
    page.goto(f"{in_parts}explorer/?domaine=logement&tri=date")
    expect(page.locator("#bilan")).to_contain_text(f"{len(housing)} pratiques")
    expect(page.locator('[data-facette="domaine"] [data-valeur="logement"]')).to_have_text(str(len(housing)))
