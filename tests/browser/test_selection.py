"""The selection: keep, compare, share, print, export, and a draft action plan."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

QUESTIONS = 10


@pytest.fixture
def kept(page: Page, address: str) -> Page:
    """A visitor who has kept two fiches, one from its card and one from its page."""
    page.goto(f"{address}domaines/langues/")
    page.get_by_role("button", name="Garder : Café de Babel").click()
    page.goto(f"{address}fiches/kufika/")
    page.get_by_role("button", name="Garder : KUFIKA").click()
    expect(page.locator("[data-selection]").first).to_contain_text("2")
    page.goto(f"{address}selection/")
    expect(page.locator("#bilan")).to_have_text("2 pratiques")
    return page


def downloaded(page: Page, name: str) -> Path:
    with page.expect_download() as coming:
        page.get_by_role("button", name=name).click()
    return Path(coming.value.path())


def rows_of(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";"))


def test_an_empty_selection_says_how_to_fill_it(page: Page, address: str) -> None:
    page.goto(f"{address}selection/")
    expect(page.get_by_text("le bouton « Garder » ajoute")).to_be_visible()
    expect(page.locator("[data-partie=plein]")).to_be_hidden()


def test_kept_fiches_are_compared_side_by_side(kept: Page) -> None:
    table = kept.get_by_role("table")
    assert table.locator("thead th").count() == 2
    assert [row.strip() for row in table.locator("tbody th").all_inner_texts()] == [
        "Qui", "Où", "Coût", "Pour qui", "Rythme", "Difficultés", "Facteurs de réussite", "Contact",
    ]  # fmt: skip
    expect(table.locator("tr[data-champ=qui] td").first).to_have_text("Commune de Strassen")


def test_a_fiche_can_be_removed(kept: Page) -> None:
    kept.get_by_role("button", name="Retirer : KUFIKA").click()
    expect(kept.locator("#bilan")).to_have_text("1 pratique")


def test_a_shared_link_shows_the_same_elsewhere(kept: Page, address: str) -> None:
    kept.get_by_role("button", name="Copier le lien").click()
    link = kept.locator("[data-partie=lien]").inner_text()
    assert link == f"{address}selection/?fiches=cafe-de-babel,kufika"
    elsewhere = kept.context.browser.new_context()  # type: ignore[union-attr]
    other = elsewhere.new_page()
    other.goto(link)
    expect(other.locator("#bilan")).to_have_text("2 pratiques partagées avec vous")
    other.get_by_role("button", name="Garder ces pratiques").click()
    expect(other).to_have_url(f"{address}selection/")
    expect(other.locator("#bilan")).to_have_text("2 pratiques")
    elsewhere.close()


def test_a_link_with_an_unknown_fiche_says_so(page: Page, address: str) -> None:
    page.goto(f"{address}selection/?fiches=kufika,<script>,../x")
    expect(page.locator("#bilan")).to_have_text("1 pratique partagée avec vous")


def test_the_comparison_is_exported(kept: Page) -> None:
    head, *rows = rows_of(downloaded(kept, "Télécharger le tableau (CSV)"))
    assert head[:3] == ["Pratique", "Qui", "Où"]
    assert [row[0] for row in rows] == [
        "Café de Babel, le café des langues de Strassen",
        "KUFIKA\u00a0: à Strassen, les arts à portée d’enfant",
    ]
    assert {row[1] for row in rows} == {"Commune de Strassen"}


def test_the_plan_is_filled_from_the_fiches_and_keeps_what_is_written(kept: Page) -> None:
    assert kept.locator("fieldset.action").count() == 2
    first = kept.locator("fieldset.action").first
    assert first.locator("textarea").count() == QUESTIONS
    expect(first.get_by_label("Où ?")).to_have_value("Centre culturel Paul Barblé")
    first.get_by_label("Qui ?").first.fill("Le service culturel ; « à voir »")
    kept.reload()
    expect(kept.locator("fieldset.action").first.get_by_label("Qui ?").first).to_have_value(
        "Le service culturel ; « à voir »"
    )


def test_the_plan_is_exported_for_a_spreadsheet_and_for_word(kept: Page) -> None:
    kept.locator("fieldset.action").first.get_by_label("À quel coût ?").fill('=1+1 "é" 🎉')
    head, *rows = rows_of(downloaded(kept, "Télécharger (CSV)"))
    assert len(head) == QUESTIONS + 1
    assert rows[0][9] == '\'=1+1 "é" 🎉'
    text = downloaded(kept, "Télécharger pour Word (RTF)").read_text(encoding="ascii")
    assert text.startswith("{\\rtf1\\ansi")
    assert text.endswith("}")
    assert text.count("{") == text.count("}")
    assert "Caf\\u233? de Babel" in text
    assert "\\u-10180?\\u-8311?" in text


def test_formulas_never_leave_in_a_spreadsheet(kept: Page) -> None:
    kept.locator("fieldset.action").first.get_by_label("Quand ?").fill("\t@SUM(A1)")
    _, first, _ = rows_of(downloaded(kept, "Télécharger (CSV)"))
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in first)


def test_a_selection_is_printed_without_its_buttons(kept: Page) -> None:
    kept.emulate_media(media="print")
    expect(kept.get_by_role("button", name="Imprimer").first).to_be_hidden()
    expect(kept.get_by_role("table")).to_be_visible()
