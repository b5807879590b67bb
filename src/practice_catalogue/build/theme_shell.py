"""The theme around generated pages: rendered once for all pages on which it is the same, with gaps that each fills."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from html import unescape
from typing import Any

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.toc import get_toc

from practice_catalogue.build.generated_page import PlannedPage
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.site.csp import with_policy
from practice_catalogue.site.page import GeneratedPage

_GAP = re.compile("\ue000(?P<name>[a-z_]+)\ue001")
_LINE_ENDS = re.compile(r"\s*\n\s*")

Frame = Sequence[str]
"""Text and the names of gaps, in turns."""


Described = Callable[[str, str, str, Fiche | tuple[Fiche, ...]], str]
"""Address, title, description of a page, and what it shows → what it is, for search engines."""


class Frames:
    """The theme as the last build knows it."""

    def __init__(
        self,
        theme: Environment,
        config: MkDocsConfig,
        nav: Navigation,
        files: Sequence[File],
        described: Described,
    ) -> None:
        self._theme = theme
        self._config = config
        self._nav = nav
        self._files = files
        self._described = described
        self._known: dict[Hashable, Frame] = {}

    def finished(self, page: PlannedPage) -> str:
        """A generated page as it is published."""
        made = page.planned.make()
        key = _same_frame(page, made)
        if key not in self._known:
            self._known[key] = self._rendered(page, made)
        filled = {
            "title": made.front["title"],
            "description": made.front["description"],
            "image": made.front.get("image", ""),
            "address": page.canonical_url or "",
            "content": made.html,
            "json_ld": self._what_it_is(page, made),
        }
        return _filled(self._known[key], filled)

    def _rendered(self, page: PlannedPage, made: GeneratedPage) -> Frame:
        """The theme around a page, with a gap for all that is the page's own."""
        empty = copy.copy(page)
        own = {name: _gap(name) for name in ("title", "description", "image") if name in made.front}
        empty.meta = {**made.front, **own}
        empty.content = _gap("content")
        empty.canonical_url = _gap("address") if page.canonical_url else None
        headings: list[Any] = [{"level": 2, "id": key, "name": name, "children": []} for key, name in made.headings]
        empty.toc = get_toc(headings)
        if "next" in made.front:  # its place is among the pages of a list, not in the menu
            empty.previous_page = empty.next_page = None
        if not page.in_menu:
            empty.title = empty.meta["title"]
        page.active = empty.active = True
        context = {**get_context(self._nav, self._files, self._config, empty), "json_ld": _gap("json_ld")}
        text = self._theme.get_template("main.html").render(context)
        page.active = False
        return _GAP.split(with_policy(_LINE_ENDS.sub("\n", text)))

    def _what_it_is(self, page: PlannedPage, made: GeneratedPage) -> str:
        title = page.title if page.in_menu else unescape(made.front["title"])
        return self._described(page.url, str(title), unescape(made.front["description"]), made.shows)


def _same_frame(page: PlannedPage, made: GeneratedPage) -> Hashable:
    """All that the theme around a page depends on: its folder, what it hides, its script, its headings, its list."""
    folder, _, _ = page.url.rstrip("/").rpartition("/")
    front = made.front
    ways = front.get("prev"), front.get("next")
    place = page.url if page.in_menu or not folder else folder
    return place, tuple(front["hide"]), front.get("script"), tuple(made.headings), ways, "image" in front


def _gap(name: str) -> str:
    return f"\ue000{name}\ue001"


def _filled(frame: Frame, own: Mapping[str, str]) -> str:
    return "".join(own[part] if number % 2 else part for number, part in enumerate(frame))
