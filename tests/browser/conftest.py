"""A real Chromium and a real server for the published site."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")


class _QuietHandler(SimpleHTTPRequestHandler):
    def handle(self) -> None:
        """A page may be left before all of it has arrived."""
        with suppress(ConnectionError):
            super().handle()

    def log_message(self, *_: object) -> None:
        """A test has nothing to say about each request."""


def chromium_path() -> str:
    """The browser of this machine."""
    found = next((path for name in CHROMIUMS if (path := shutil.which(name))), None)
    assert found, "No Chromium: sudo apt-get install chromium, or your system's package."
    return found


def serve(folder: Path) -> Iterator[str]:
    """The address of a folder, served while the test runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_QuietHandler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="package")
def address(site: Path) -> Iterator[str]:
    yield from serve(site)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Gone before the tests of other folders start: Playwright keeps an event loop running in this thread."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page, which must not complain in its console nor ask another host for anything."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda asked: complaints.append(asked.url) if "127.0.0.1" not in asked.url else None)
    yield page
    context.close()
    assert complaints == []
