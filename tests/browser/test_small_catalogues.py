"""The site of an empty catalogue, and of one with a single fiche."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import serve
from tests.support import VALID, publish


def published(folder: Path, names: list[str]) -> Iterator[str]:
    practices = folder / "practices"
    practices.mkdir()
    for name in names:
        (practices / f"{name}.yml").write_bytes((VALID / f"{name}.yml").read_bytes())
    yield from serve(publish(practices, folder / "site"))


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from published(tmp_path_factory.mktemp("empty"), [])


@pytest.fixture(scope="module")
def single(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from published(tmp_path_factory.mktemp("single"), ["texte-difficile"])


@pytest.mark.parametrize("path", ["", "explorer/", "carte/", "selection/", "fiches/", "tableaux/communes-domaines/"])
def test_an_empty_catalogue_has_a_working_site(page: Page, empty: str, path: str) -> None:
    page.goto(empty + path)
    expect(page.locator("h1")).to_be_visible()


def test_an_empty_explorer_says_so(page: Page, empty: str) -> None:
    page.goto(f"{empty}explorer/")
    expect(page.locator("#bilan")).to_have_text("Aucune pratique")


def test_a_single_fiche_is_explored_kept_and_compared(page: Page, single: str) -> None:
    page.goto(f"{single}explorer/")
    expect(page.locator("#bilan")).to_have_text("1 pratique")
    page.locator("#cartes [data-garder]").click()
    page.goto(f"{single}selection/")
    expect(page.locator("#bilan")).to_have_text("1 pratique")
    expect(page.locator(".comparaison thead a")).to_contain_text("C# & <b>co</b>")


def test_a_single_fiche_has_no_neighbour(page: Page, single: str) -> None:
    page.goto(f"{single}fiches/texte-difficile/")
    expect(page.locator("h1")).to_contain_text("C# & <b>co</b>")
    expect(page.get_by_text("Pratiques voisines")).to_have_count(0)


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Two fiches whose order by date is not their order by title."""
    folder = tmp_path_factory.mktemp("dated")
    practices = folder / "practices"
    practices.mkdir()
    for name, date in (("decomposee", "2020-05-01"), ("minimale", "2024-05-01")):
        text = (VALID / f"{name}.yml").read_text(encoding="utf-8")
        (practices / f"{name}.yml").write_text(f'{text}publie_le: "{date}"\n', encoding="utf-8")
    yield from serve(publish(practices, folder / "site"))


@pytest.mark.parametrize(("order", "first"), [("titre", "La serre partagée"), ("date", "Le potager de la rue")])
def test_the_explorer_sorts_by_title_or_by_date(page: Page, dated: str, order: str, first: str) -> None:
    page.goto(f"{dated}explorer/?tri={order}")
    expect(page.locator("#cartes[data-pret] h3").first).to_have_text(first)
