"""Pictures of the web form for the contributors' guide, in `docs/contribuer/images/`: look at every one of them."""

from __future__ import annotations

import io
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import chromium_path, serve
from tests.support import ROOT

FOLDER = ROOT / "docs/contribuer/images"
WIDE = {"width": 1120, "height": 800}
PHONE = {"width": 390, "height": 780}


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for address in serve(ROOT / "site"):
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
            for size, suffix in ((WIDE, ""), (PHONE, "-telephone")):
                page = browser.new_context(viewport=size, locale="fr-FR").new_page()  # type: ignore[arg-type]
                page.goto(f"{address}proposer/?fiche=cafe-de-babel")
                page.wait_for_selector("#proposer[data-charge]")
                _tour(page, suffix)
            browser.close()


def _tour(page: Page, suffix: str) -> None:
    """A step, a list of terms, a mistake, and the end, with the texts of a real fiche."""
    page.evaluate("scrollTo(0, document.querySelector('.formulaire-grille').getBoundingClientRect().top - 80)")
    _keep(page, f"formulaire-etape{suffix}")
    page.evaluate("location.hash = 'qui-et-ou'")
    page.get_by_role("combobox", name="Communes : chercher et ajouter").press_sequentially("esch")
    page.locator("[role=option]").first.scroll_into_view_if_needed()
    _keep(page, f"formulaire-termes{suffix}")
    page.keyboard.press("Escape")
    page.get_by_role("combobox", name="Communes : chercher et ajouter").fill("")
    page.evaluate("location.hash = 'contact'")
    page.get_by_label("Courriel").fill("luiza.sosna strassen.lu")
    page.get_by_role("button", name="Continuer").click()
    _keep(page, f"formulaire-erreur{suffix}")
    page.get_by_label("Courriel").fill("luiza.sosna@strassen.lu")
    page.evaluate("location.hash = 'envoyer'")
    page.get_by_text("La fiche est complète.").wait_for()
    _keep(page, f"formulaire-envoi{suffix}")


def _keep(page: Page, name: str) -> None:
    page.wait_for_timeout(400)
    header = page.locator(".md-header").bounding_box() or {"height": 0}
    form = page.locator(".formulaire-grille").bounding_box() or {"y": 0}
    whole = Image.open(io.BytesIO(page.screenshot()))
    picture = whole.crop((0, int(max(header["height"], form["y"] - 16)), whole.width, whole.height))
    picture.convert("RGB").save(FOLDER / f"{name}.webp", quality=82, method=6)


if __name__ == "__main__":
    main()
