"""What axe-core says of a page: WCAG 2.2 up to level AA, and best practices."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_SHOWN = 3


def violations(page: Page, **context: Any) -> list[tuple[str, list[Any]]]:
    """Each rule that is broken, and the first places where it is; `context` limits where one looks."""
    options = {"runOnly": {"type": "tag", "values": _TAGS}, "resultTypes": ["violations"]}
    found = Axe().run(page, context=context or None, options=options).response["violations"]
    return [(one["id"], [node["target"] for node in one["nodes"]][:_SHOWN]) for one in found]
