"""A generated page as MkDocs knows it: a place in menu and links; it is made and written elsewhere."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from practice_catalogue.site.pages import Planned


class PlannedPage(Page):
    """Has no text for MkDocs: parsing and linking it took half the time of a build."""

    def __init__(self, title: str | None, file: File, config: MkDocsConfig, planned: Planned) -> None:
        super().__init__(title, file, config)
        self.in_menu = title is not None
        self.planned = planned

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002  # as MkDocs calls it
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002  # as MkDocs calls it
        self.content = ""
