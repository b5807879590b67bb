"""Measures the search on a simulated phone: bytes and time until the first result, and share of answered queries."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, sync_playwright

from benchmarks import publishing
from benchmarks.environments import NotInstalled
from benchmarks.measures import Measure
from benchmarks.processes import CommandFailed, run_command
from benchmarks.rounds import TIMEOUT, Budget, Tell
from benchmarks.search_queries import FIRST, QUERIES, Query
from benchmarks.serving import Line, served, slow_4g
from benchmarks.workspace import REAL
from tests.browser.conftest import CHROMIUMS

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "locale": "fr-FR"}
SLOWER = 4
"""CPU throttling factor of the simulated phone."""

KEY = 120
"""Milliseconds between two key presses."""

WORD = "logement"
"""The typed query, a word that occurs in all catalogues, real or synthetic."""

LONGEST_WAIT = 90.0
"""Timeout in seconds."""

LOOK = 200
"""Milliseconds between two checks of the results."""

ROUNDS = 5


@dataclass(frozen=True)
class Face:
    """The search interface of a site: selectors of its button, its input field and its results.

    `last` is a file that only a complete site has.
    """

    name: str
    last: str
    button: str
    field: str
    results: str
    result: str


OURS = Face(
    "ours",
    "recherche/mots.json",
    "[data-rechercher]",
    "#recherche input",
    "#recherche ol",
    "a[href]",
)
MATERIAL = Face(
    "Material",
    "search/search_index.json",
    "label.md-header__button[for=__search]",
    ".md-search__input",
    ".md-search-result",
    "a[href]",
)
VISITS = ((OURS, REAL), (OURS, 300), (OURS, 1_000), (OURS, 10_000), (MATERIAL, REAL), (MATERIAL, 10_000))
"""The sites to visit, `(interface, number of fiches)`, those of the goals first."""

WATCH = """
([results, result]) => {
  window.shown = [];
  document.addEventListener("input", () => { window.lastKey = performance.now(); }, true);
  new MutationObserver(() => {
    const first = document.querySelector(results)?.querySelector(result);
    if (first) window.shown.push({ moment: performance.now(), first: first.href });
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
}
"""
SHOWN = "() => window.lastKey && window.shown.some(({ moment }) => moment > window.lastKey)"
FIRST_SHOWN = """
() => {
  const after = window.shown.filter(({ moment }) => moment > window.lastKey);
  const others = after.findLastIndex(({ first }) => first !== after.at(-1).first);
  return after[others + 1].moment - window.lastKey;
}
"""
"""Time of the first result that remains: results for the first letters may still arrive after the last key press."""

SETTLED = 2000
"""Milliseconds after which results no longer change."""


def measures(budget: Budget, tell: Tell) -> Iterator[Measure]:
    """Measures all visits in order, and the share of answered queries for the real fiches only."""
    with sync_playwright() as playwright:
        chromium = next((path for name in CHROMIUMS if (path := shutil.which(name))), None)
        try:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        except Error as error:
            reason = error.message.splitlines()[0]
            tell(f"searching: left out ({reason})")
            yield from (Measure("searching", face.name, size, "milliseconds", (), reason) for face, size in VISITS)
            return
        for face, size in VISITS:
            yield from _face(browser, face, size, budget, tell)
        browser.close()


def _face(browser: Browser, face: Face, size: int, budget: Budget, tell: Tell) -> Iterator[Measure]:
    try:
        site = _site(face, size, budget.left)
    except (NotInstalled, CommandFailed) as failure:
        tell(f"searching, {size:,} fiches, {face.name}: left out ({failure})")
        yield Measure("searching", face.name, size, "milliseconds", (), str(failure))
        return
    found: dict[str, list[float]] = {"milliseconds": [], "kilobytes": [], "kilobytes of the search": []}
    for _ in range(ROUNDS):
        start = time.monotonic()
        visit = _first_result(browser, face, site)
        for what, value in zip(found, visit or (), strict=False):
            found[what].append(round(value, 1))
        if not visit or budget.left < 2 * (time.monotonic() - start):
            break
    note = "" if found["milliseconds"] else f"no result after {LONGEST_WAIT:.0f} s"
    tell(f"searching, {size:,} fiches, {face.name}: {note or found}")
    for what, values in found.items():
        yield Measure("searching", face.name, size, what, tuple(values), note)
    if size == REAL:
        for name, queries in (("queries", QUERIES), ("held-out queries", [one for one in QUERIES if one.held_out])):
            share = _answered(browser, face, site, queries)
            tell(f"searching, {size:,} fiches, {face.name}: {share:.0f} of {len(queries)} {name} answered")
            yield Measure("searching", face.name, size, f"{name} answered", (share,))
            yield Measure("searching", face.name, size, name, (len(queries),))


def _site(face: Face, size: int, left: float) -> Path:
    """Returns the site of an earlier build, or builds it; raises CommandFailed for a large one that no goal needs."""
    site = publishing.site_folder(face.name, size)
    if face is not OURS and size != REAL and (left < LONGEST_WAIT or not (site / face.last).exists()):
        reason = "there was no time for it"
        raise CommandFailed(reason)
    if not (site / face.last).exists():
        tool = publishing.OURS if face is OURS else publishing.MATERIAL
        run_command(tool.command(size), TIMEOUT)
    return site


def _first_result(browser: Browser, face: Face, site: Path) -> tuple[float, float, float] | None:
    """Visits a site with the simulated phone.

    Returns the milliseconds from the last key press to the first result, the kilobytes sent until then, and the part of
    these sent since the search was opened.
    """
    line = slow_4g()
    with served(site, line) as address, browser.new_context(**PHONE) as context:  # type: ignore[arg-type]  # a mapping of its own options
        page = context.new_page()
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(address, wait_until="load", timeout=LONGEST_WAIT * 1000)
        page.evaluate(WATCH, [face.results, face.result])
        before = line.sent
        _type(page, face, WORD, KEY)
        try:
            page.wait_for_function(SHOWN, timeout=LONGEST_WAIT * 1000, polling=50)
        except Error:
            return None
        sent = line.sent
        page.wait_for_timeout(SETTLED)
        return float(page.evaluate(FIRST_SHOWN)), sent / 1000, (sent - before) / 1000


def _type(page: Page, face: Face, words: str, delay: float) -> None:
    page.locator(face.button).first.click()
    page.locator(face.field).first.wait_for(state="visible")
    page.keyboard.type(words, delay=delay)


def _answered(browser: Browser, face: Face, site: Path, queries: Sequence[Query]) -> float:
    """Returns how many of the queries have a relevant page among the first results."""
    answered = 0
    with served(site, Line()) as address, browser.new_context(locale="fr-FR", viewport=PHONE["viewport"]) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(address, wait_until="networkidle")
        _type(page, face, "", 0)
        for query in queries:
            page.keyboard.press("Control+a")
            page.keyboard.press("Backspace")
            page.wait_for_timeout(LOOK)
            page.keyboard.type(query.words)
            answered += any(path.lstrip("/") in query.pages for path in _settled(page, face))
    return answered


def _settled(page: Page, face: Face) -> list[str]:
    """Returns the addresses of the first results, after they have stopped changing."""
    last: list[str] = []
    for _ in range(8):
        page.wait_for_timeout(LOOK)
        links = page.locator(f"{face.results} {face.result}").evaluate_all("all => all.map((one) => one.pathname)")
        shown = list(dict.fromkeys(links))[:FIRST]
        if shown and shown == last:
            break
        last = shown
    return last
