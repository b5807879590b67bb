"""Parses a published site: pages, links, anchors, loaded files, words."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

BASE = "http://site.test/"

_CODE = {"code", "pre", "script", "style"}


@dataclass
class Page:
    url: str
    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    """The text of the page without code."""


class _Reader(HTMLParser):
    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self._code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self._code += tag in _CODE
        if identity := values.get("id"):
            self.page.ids.append(identity)
        if tag == "a" and (href := values.get("href")):
            self.page.links.append(urljoin(self.page.url, href))
        elif tag in {"link", "script", "img", "iframe", "source"} and (
            source := values.get("src") or values.get("href")
        ):
            self.page.loaded.append(urljoin(self.page.url, source))

    def handle_endtag(self, tag: str) -> None:
        self._code -= tag in _CODE

    def handle_data(self, data: str) -> None:
        if not self._code:
            self.page.words.append(data)


def read_site(folder: Path) -> dict[str, Page]:
    """Returns all pages by URL; `http://site.test/` is the root of the site."""
    pages: dict[str, Page] = {}
    for path in sorted(folder.rglob("*.html")):
        address = path.relative_to(folder).as_posix()
        page = Page(BASE + address.removesuffix("index.html"))
        _Reader(page).feed(path.read_text(encoding="utf-8"))
        pages[page.url] = page
    return pages


def inner_links(page: Page) -> set[str]:
    """Returns the URLs within the site that a page links to."""
    return {link.partition("#")[0] for link in page.links if link.startswith(BASE)}


def dead_links(folder: Path, pages: dict[str, Page]) -> list[str]:
    """Returns the links and loaded files of the site that do not exist, as `page → link`."""
    dead: list[str] = []
    for page in pages.values():
        for link in [*page.links, *page.loaded]:
            if not link.startswith(BASE):
                continue
            address, _, fragment = link.partition("#")
            address = address.partition("?")[0]
            target = folder / unquote(urlsplit(address).path.lstrip("/"))
            if not (target / "index.html" if address.endswith("/") else target).is_file() or (
                fragment and address in pages and unquote(fragment) not in pages[address].ids
            ):
                dead.append(f"{page.url} → {link}")
    return dead
