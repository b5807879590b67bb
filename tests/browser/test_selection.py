"""The selection: keep, compare, share, print, export, and a draft action plan."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from practice_catalogue.exports.spreadsheets import escape_cell
from tests.exports.test_spreadsheets import GUARDED, HARMLESS

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


def test_a_link_that_names_a_fiche_twice_shows_it_once(page: Page, address: str) -> None:
    page.goto(f"{address}selection/?fiches=kufika,kufika")
    expect(page.locator("#bilan")).to_have_text("1 pratique partagée avec vous")
    expect(page.get_by_role("columnheader")).to_have_count(1)


def test_a_link_is_said_to_be_copied_and_goes_with_the_choice_it_was_made_for(kept: Page) -> None:
    kept.context.grant_permissions(["clipboard-write"])
    kept.get_by_role("button", name="Copier le lien").click()
    expect(kept.get_by_role("status").first).to_have_text("Le lien est copié.")
    kept.get_by_role("button", name="Retirer : KUFIKA").click()
    expect(kept.locator("#bilan")).to_have_text("1 pratique")
    expect(kept.locator("[data-partie=lien]")).to_be_hidden()
    expect(kept.get_by_role("status").first).to_have_text("")


def test_all_fiches_are_removed_and_the_focus_stays_on_what_is_left(kept: Page) -> None:
    kept.get_by_role("button", name="Tout retirer").click()
    expect(kept.locator("#bilan")).to_have_text("0 pratique")
    expect(kept.locator("#bilan")).to_be_focused()


def test_unknown_fiches_are_not_an_empty_selection(browser: Browser, address: str) -> None:
    page = browser.new_page()  # the console says that a file was not found
    page.goto(f"{address}selection/?fiches=nulle-part,ailleurs")
    expect(page.locator("#bilan")).to_have_text("0 pratique partagée avec vous (2 introuvables)")
    expect(page.get_by_text("Le catalogue n’a pas, ou n’a plus, ces pratiques.")).to_be_visible()
    expect(page.get_by_text("Rien encore")).to_be_hidden()
    page.close()


def test_a_lost_connection_is_not_a_missing_fiche(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.route("**/kufika/fiche.json", lambda asked: asked.abort())
    page.goto(f"{address}selection/?fiches=kufika,lisko")
    expect(page.locator("#bilan")).to_have_text("1 pratique partagée avec vous (1 non chargée)")
    page.unroute("**/kufika/fiche.json")
    page.get_by_role("button", name="Réessayer").click()
    expect(page.locator("#bilan")).to_have_text("2 pratiques partagées avec vous")
    expect(page.locator("#bilan")).to_be_focused()
    expect(page.get_by_text("la connexion semble coupée")).to_be_hidden()
    page.close()


def test_a_browser_that_keeps_nothing_says_so_and_loses_nothing(page: Page, address: str) -> None:
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }")
    page.goto(f"{address}fiches/kufika/")
    page.get_by_role("button", name="Garder : KUFIKA").click()
    expect(page.get_by_role("button", name="Gardée : KUFIKA")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("Ce navigateur ne garde pas votre sélection")
    page.get_by_role("link", name="Ma sélection").click()
    expect(page).to_have_url(f"{address}selection/?fiches=kufika")
    page.get_by_role("button", name="Garder ces pratiques").click()
    expect(page.get_by_role("status").first).to_contain_text("Ce navigateur ne garde pas de sélection")
    expect(page.get_by_role("columnheader")).to_have_count(1)
    page.get_by_label("Où ?").fill("Ici")
    expect(page.get_by_role("status").nth(1)).to_contain_text("téléchargez votre plan")


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


def test_a_written_plan_is_erased_only_when_asked_twice_and_for_what_is_shown(kept: Page) -> None:
    where = kept.locator("[data-id=kufika]").get_by_label("Où ?")
    kept.locator("fieldset.action").first.get_by_label("Où ?").fill("Ailleurs")
    where.fill("Ici")
    kept.get_by_role("button", name="Retirer : Café").click()
    expect(kept.locator("#bilan")).to_have_text("1 pratique")
    kept.once("dialog", lambda asked: asked.dismiss())
    kept.get_by_role("button", name="Repartir des fiches").click()
    expect(where).to_have_value("Ici")
    kept.once("dialog", lambda asked: asked.accept())
    kept.get_by_role("button", name="Repartir des fiches").click()
    expect(where).not_to_have_value("Ici")
    kept.goto(kept.url + "?fiches=cafe-de-babel")
    expect(kept.get_by_label("Où ?")).to_have_value("Ailleurs")


def test_who_writes_is_not_disturbed_by_another_tab(kept: Page, address: str) -> None:
    field = kept.locator("[data-id=kufika]").get_by_label("Où ?")
    field.fill("Ici")
    other = kept.context.new_page()
    other.goto(f"{address}fiches/lisko/")
    other.locator("[data-garder=lisko]").first.click()
    expect(kept.locator("fieldset.action legend")).to_contain_text(["1. Café", "2. KUFIKA", "3. "])
    expect(field).to_be_focused()


def test_a_damaged_plan_is_an_empty_one(page: Page, address: str) -> None:
    page.add_init_script("localStorage.plan = 'null'")
    page.goto(f"{address}selection/?fiches=kufika")
    expect(page.locator("fieldset.action")).to_have_count(1)


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


def test_a_cell_is_guarded_as_in_the_published_tables(page: Page, address: str) -> None:
    page.goto(address)
    escape = "async (texts) => texts.map((await import(new URL('assets/spreadsheet.js', location.href))).escapeCell)"
    texts = [*GUARDED, *HARMLESS]
    assert page.evaluate(escape, texts) == [escape_cell(text) for text in texts]


def test_a_long_link_asks_for_what_it_shows(browser: Browser, address: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "fiche.json" in request.url else None)
    page.goto(f"{address}selection/?fiches={','.join(['kufika', 'constructor', *(f'x{n}' for n in range(98))])}")
    expect(page.locator("#bilan")).to_have_text("1 pratique partagée avec vous (49 introuvables)")
    assert len(asked) == 50
    expect(page.get_by_text("Et 50 autres")).to_be_visible()
    page.get_by_role("button", name="Montrer la suite").click()
    expect(page.locator("#bilan")).to_have_text("1 pratique partagée avec vous (99 introuvables)")
    expect(page.get_by_text("Montrer la suite")).to_be_hidden()
    page.close()


BROKEN = ["pas du JSON", "3", '"texte"', '{"a":' * 100_000]


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        *[("selection", value, "La sélection gardée dans ce navigateur était illisible") for value in [*BROKEN, "{}"]],
        *[("plan", value, "Le plan d’actions gardé dans ce navigateur était illisible") for value in [*BROKEN, "[]"]],
        *[("/.__palette", value, "Le choix entre clair et sombre") for value in [*BROKEN, "{}", '{"index":0}']],
    ],
)
def test_what_the_browser_keeps_broken_is_put_aside_with_a_word(
    key: str, value: str, said: str, page: Page, address: str
) -> None:
    page.goto(f"{address}contact/")
    page.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, value])
    for path, times in (("selection/?fiches=kufika", 1), ("selection/", 0)):
        page.goto(address + path)
        expect(page.locator("#selection[data-pret]")).to_be_attached()
        expect(page.get_by_role("alert").get_by_text(said)).to_have_count(times)


def test_poisoned_entries_are_nothing(page: Page, address: str) -> None:
    page.goto(f"{address}contact/")
    page.evaluate(
        "localStorage.selection = JSON.stringify([3, null, ['kufika'], {}, '__proto__', 'toString', 'kufika'])"
    )
    page.evaluate("localStorage.plan = JSON.stringify({ kufika: { lieu: { a: 1 }, budget: 'Peu' } })")
    page.goto(f"{address}selection/")
    expect(page.locator("#bilan")).to_have_text("1 pratique")
    expect(page.get_by_label("Où ?")).not_to_have_value("[object Object]")
    expect(page.get_by_label("À quel coût ?")).to_have_value("Peu")


def test_a_browser_without_storage_shows_everything(page: Page, address: str) -> None:
    page.add_init_script(
        "Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('', 'SecurityError'); } })"
    )
    for path in ("fiches/kufika/", "proposer/"):
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
    page.goto(f"{address}selection/?fiches=kufika")
    expect(page.locator("#bilan")).to_have_text("1 pratique partagée avec vous")


def test_a_selection_is_printed_without_its_buttons(kept: Page) -> None:
    kept.emulate_media(media="print")
    expect(kept.get_by_role("button")).to_have_count(0)
    expect(kept.get_by_role("table")).to_be_visible()


def test_a_shared_selection_is_printed_without_what_to_do_with_it(page: Page, address: str) -> None:
    page.goto(f"{address}selection/?fiches=kufika")
    expect(page.get_by_text("Vous regardez une sélection partagée")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_text("Vous regardez une sélection partagée")).to_be_hidden()


def test_without_javascript_nothing_waits_for_it(browser: Browser, address: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{address}selection/")
    assert "La sélection a besoin de JavaScript" in page.locator(".md-content noscript").inner_text()
    expect(page.get_by_role("heading", level=2)).to_have_count(0)
    page.close()


def test_the_menu_of_narrow_screens_closes_when_the_focus_leaves_it(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(address)
    page.get_by_role("button", name="Menu").click()
    links = page.locator(".md-sidebar--primary a:visible")
    expect(links.first).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Menu")).to_have_attribute("aria-expanded", "true")
    links.last.focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Menu")).to_have_attribute("aria-expanded", "false")
    page.close()
