"""A page for MkDocs whose content is HTML already: made when the theme asks for it, and let go once it is written."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from catalogue.site.generated import GeneratedPage
from catalogue.site.pages import Planned


class ReadyPage(Page):
    """Skips Markdown, which took half the time of a build, and keeps no page in memory but the one being written."""

    def __init__(self, title: str | None, file: File, config: MkDocsConfig, planned: Planned) -> None:
        super().__init__(title, file, config)
        self.in_menu = title is not None
        self.planned = planned
        self.key = b""

    @property
    def depends_on(self) -> tuple[object, ...]:
        return self.planned.depends_on

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002  # as MkDocs calls it
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002  # as MkDocs calls it
        self.content = ""

    def fill(self) -> GeneratedPage:
        """Makes the page; the theme finds its place among the pages of a list in `meta`, not in the menu."""
        made = self.planned.make()
        self.meta = dict(made.front)
        if "next" in self.meta:
            self.previous_page = self.next_page = None
        if not self.in_menu:
            self.title = self.meta["title"]
        self.content = made.html
        headings: list[Any] = [{"level": 2, "id": key, "name": name, "children": []} for key, name in made.headings]
        self.toc = get_toc(headings)
        return made

    def empty(self) -> None:
        """Forgets what has been written."""
        self.content, self.toc, self.meta = "", get_toc([]), {}
