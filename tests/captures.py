"""Pictures of each kind of page, wide, on a phone and in the dark, in `captures/`: look at every one of them."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import chromium_path, serve
from tests.browser.test_every_page import PAGE_TYPES
from tests.support import ROOT

LOOKS = {
    "large": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "sombre": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "telephone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"},
}


def main() -> None:
    folder = ROOT / "captures"
    folder.mkdir(exist_ok=True)
    for address in serve(ROOT / "site"):
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
            for look in LOOKS:
                _capture(browser, address, look, folder)
            browser.close()


def _capture(browser: Browser, address: str, look: str, folder: Path) -> None:
    page = browser.new_context(**LOOKS[look]).new_page()  # type: ignore[arg-type]  # the values are right for their names
    for path in PAGE_TYPES:
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        name = path.partition("?")[0].strip("/").replace("/", "-") or "accueil"
        page.screenshot(path=folder / f"{name}-{look}.png", full_page=True)


if __name__ == "__main__":
    main()
