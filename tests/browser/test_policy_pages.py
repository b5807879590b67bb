"""The pages between practices and policy, as a visitor meets them: accessible, narrow, without script, by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import violations

PAGES = (
    "pacte/",
    "signataires/",
    "themes/participation/",
    "guide-pci/",
    "orientations/",
    "analyse/",
    "chiffres/",
    "sigles/",
    "donnees/",
)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_axe_finds_nothing(browser: Browser, address: str, scheme: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    found = []
    for path in PAGES:
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        page.evaluate("document.querySelectorAll('article details').forEach((details) => (details.open = true))")
        found += [(path, *broken) for broken in violations(page, include=[["article"]])]
    context.close()
    assert found == []


def test_a_number_opens_onto_its_fiches_with_the_keyboard_and_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}chiffres/")
    row = page.get_by_role("row", name="Sport")
    row.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}fiches/integration-par-le-sport-esch/")
    context.close()


def test_a_chart_reads_as_a_table(page: Page, address: str) -> None:
    page.goto(f"{address}chiffres/")
    table = page.get_by_role("region", name=re.compile("^Par domaine.*tableau")).get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_text(["Domaine", "Barre", "Part", "Pratiques"])
    expect(table.get_by_role("rowheader").first).to_have_text("Accueil et services locaux")
    expect(table.get_by_role("img")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_bar_is_seen_without_colour(browser: Browser, address: str, scheme: str) -> None:
    """Bar and paper differ in lightness alone by three to one, as WCAG asks of graphics."""
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}chiffres/")
    lightness = page.evaluate(
        """() => {
            const light = (colour) => {
                const channel = (value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
                const [red, green, blue] = colour.match(/[0-9.]+/g).map(Number).map(channel);
                return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
            };
            const of = (selector, name) => light(getComputedStyle(document.querySelector(selector))[name]);
            return [of('.barre rect', 'fill'), of('body', 'backgroundColor')];
        }"""
    )
    context.close()
    assert (max(lightness) + 0.05) / (min(lightness) + 0.05) >= 3


def test_the_glossary_entry_of_an_acronym_can_be_linked(page: Page, address: str) -> None:
    page.goto(f"{address}sigles/#olai")
    expect(page.locator("#olai")).to_be_in_viewport()


def test_an_export_is_served(page: Page, address: str) -> None:
    page.goto(f"{address}donnees/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="fiches.xlsx").click()
    assert waiting.value.suggested_filename == "fiches.xlsx"
