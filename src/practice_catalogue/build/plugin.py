"""The MkDocs plugin: adds the generated pages and all other files of the site to the hand-written pages."""

from __future__ import annotations

import html
import os
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, cast

from jinja2 import Environment, FileSystemBytecodeCache
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils.templates import TemplateContext

from practice_catalogue.booklet.book import CLOCK
from practice_catalogue.build.preview import Preview
from practice_catalogue.build.shared_parts import SharedParts
from practice_catalogue.build.site_parts import Folders, RenderedPage, SiteParts
from practice_catalogue.build.source import SiteSource, load_source
from practice_catalogue.exports.linked_data import page_script
from practice_catalogue.exports.publication import Publication
from practice_catalogue.model.catalogue import data_date
from practice_catalogue.model.diagnostics import CannotRun
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.richtext import french, french_html
from practice_catalogue.model.settings import CatalogueFolder
from practice_catalogue.model.urls import fiche_path, with_slash
from practice_catalogue.output.site_folder import cannot_publish
from practice_catalogue.output.writer import write_artifacts
from practice_catalogue.search.index import WrittenPage, search_files
from practice_catalogue.site.acronyms import mark_acronyms
from practice_catalogue.site.csp import content_policy
from practice_catalogue.validation import messages
from practice_catalogue.validation.folders import is_passed_over

STYLES = ("assets/domaines.css", "assets/catalogue.css", "assets/politique.css")

log = get_plugin_logger(__name__)


Progress = Callable[[str, int, int], None]
"""A callback that receives the stage of a build, the steps done and their total."""


def _no_progress(stage: str, done: int, total: int) -> None:
    """Reports nothing, since plain MkDocs reports its progress itself."""


class CatalogueConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs does not type `__init_subclass__`
    """The options of the plugin in `mkdocs.yml`."""

    shared_parts = config_options.Type(bool, default=True)
    """Whether parts of the theme that are the same on many pages are rendered only once."""

    parallel = config_options.Type(bool, default=True)
    """Whether worker processes render parts of the site while MkDocs runs."""


class CataloguePlugin(BasePlugin[CatalogueConfig]):  # type: ignore[no-untyped-call]  # same
    """Publishes a catalogue with MkDocs, using its documented events only.

    MkDocs keeps the instance between the builds of a preview, because the class implements `on_startup`.
    """

    def __init__(self) -> None:
        self.source: SiteSource | None = None
        self.preview: Preview | None = None
        self._loaded_source: SiteSource | None = None
        self._site_parts: SiteParts | None = None
        self._progress: Progress = _no_progress
        self._clock_was_set = True
        self._site_dir = ""
        self._written_pages: dict[str, WrittenPage] = {}

    def use_source(self, source: SiteSource, progress: Progress) -> None:
        """Sets a catalogue that is already loaded, and the progress callback."""
        self._loaded_source, self._progress = source, progress

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        if command == "serve":
            self.preview = Preview(quick=dirty)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        self._site_dir = config.site_dir
        try:
            self.source = self._loaded_source or self._load(_catalogue_folder(config))
        except CannotRun as error:
            raise PluginError("\n".join(map(messages.line, error.diagnostics))) from None
        settings = self.source.settings
        config.site_name = settings.nom
        config.site_url = with_slash(config.site_url or settings.adresse_du_site) or None
        config.extra_css = [*STYLES, *config.extra_css]
        self._publication = Publication(self.source.catalogue, settings, config.site_url or "")
        self._shared_parts = SharedParts(enabled=self.config.shared_parts)
        self._set_clock()
        return config

    def _load(self, folder: CatalogueFolder) -> SiteSource:
        """Loads the catalogue beside `mkdocs.yml`; raises PluginError on errors, except in a preview."""
        if self.preview:
            source = self.preview.load(folder)
            lines = list(source.diagnostics)
        else:
            source, report, _ = load_source(folder)
            lines = [messages.line(diagnostic) for diagnostic in report]
            if report.errors:
                raise PluginError("\n".join(("Le site n'est pas publié : des fiches sont à corriger.", *lines)))
        for line in lines:
            log.info(line)
        return source

    def _set_clock(self) -> None:
        self._clock_was_set = CLOCK in os.environ
        day = datetime.fromisoformat(data_date(self._publication.catalogue)).replace(tzinfo=UTC)
        os.environ.setdefault(CLOCK, str(int(day.timestamp())))

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds the generated pages, and all other files so that MkDocs can validate links to them."""
        for file in list(files):
            if is_passed_over(file.src_uri.rpartition("/")[2]):
                files.remove(file)
        if self._saved_fiche:
            return self._add_saved_page(files, config)
        self._progress("Livret", 0, 1)
        folders = Folders(self._source.practices, _catalogue_folder(config).booklet_texts, Path(config.site_dir))
        self._site_parts = SiteParts(self._publication, folders)
        self._pages_done = 0
        for path in self._parts.plans:
            files.append(File.generated(config, path, content="", inclusion=InclusionLevel.NOT_IN_NAV))
        self._other_files = [File.generated(config, path, content=b"") for path in self._parts.files]
        for file in self._other_files:
            files.append(file)
        return files

    @property
    def _saved_fiche(self) -> Fiche | None:
        """The fiche whose page is the only one to be rendered, or None."""
        return self.preview.saved if self.preview else None

    def _add_saved_page(self, files: Files, config: MkDocsConfig) -> Files:
        """Adds only the page of the saved fiche, and the unchanged pages of the menu."""
        assert self._saved_fiche  # noqa: S101  # checked in `on_files`
        path, plans = fiche_path(self._saved_fiche.id), self._parts.plans
        plans[path] = plans[path].about(self._saved_fiche)
        files.append(File.generated(config, path, content="", inclusion=InclusionLevel.NOT_IN_NAV))
        for other in sorted((self._menu_paths & plans.keys()) - {path}):
            unchanged = File.generated(config, other, abs_src_path="")
            unchanged.abs_src_path = unchanged.abs_dest_path
            files.append(unchanged)
        self._other_files = []
        return files

    @property
    def _parts(self) -> SiteParts:
        assert self._site_parts  # noqa: S101  # set in `on_files`
        return self._site_parts

    @property
    def _source(self) -> SiteSource:
        assert self.source  # noqa: S101  # set in `on_config`
        return self.source

    def on_nav(self, nav: Navigation, **_: Any) -> Navigation:
        self._menu_paths = frozenset(page.file.src_uri for page in nav.pages)
        if not self._saved_fiche:
            self._parts.start_tasks(self._menu_paths, parallel=self.config.parallel and not self.preview)
        return nav

    def on_page_markdown(self, markdown: str, *, page: Page, **_: Any) -> str:
        """Sets the title of a generated page, which the menu needs, and makes text of what a written page declares."""
        if plan := self._parts.plans.get(page.file.src_uri):
            page.meta["title"] = plan.known["title"]
        else:
            page.meta = _declared_texts(page.meta)
        return markdown

    def on_page_content(self, html: str, *, page: Page, **_: Any) -> str:
        if page.file.src_uri in self._parts.plans:
            return html
        _typeset_headings(page.toc)
        description = str(page.meta.get("description", ""))
        self._written_pages[page.url] = WrittenPage(page.url, str(page.title), description, html)
        return mark_acronyms("".join(french_html([html])), self._publication.catalogue.vocabularies.sigles)

    def on_env(self, env: Environment, *, files: Files, **_: Any) -> Environment:
        """Configures the theme's environment, and removes the files that MkDocs must not write."""
        for file in self._other_files:
            files.remove(file)
        env.trim_blocks = env.lstrip_blocks = True
        env.bytecode_cache = FileSystemBytecodeCache()
        env.globals.update(
            shared=self._shared_parts,
            content_policy=content_policy,
            settings=self._publication.settings,
            diagnostics=self._source.diagnostics,
        )
        return env

    def on_page_context(self, context: TemplateContext, *, page: Page, **_: Any) -> TemplateContext:
        """Fills in a generated page as late as possible, just before MkDocs writes it."""
        path = page.file.src_uri
        if path in self._parts.plans:
            made = self._parts.page(path, str(page.title) if path in self._menu_paths else "")
            _fill_page(page, made)
            json_ld = made.json_ld
        else:
            title, description = (html.unescape(str(text or "")) for text in (page.title, page.meta.get("description")))
            json_ld = page_script(self._publication, page.url, title, description)
        return cast("TemplateContext", {**context, "json_ld": json_ld, "place": self._theme_key(page)})

    def _theme_key(self, page: Page) -> tuple[str, str]:
        """Returns what the theme's shared parts depend on: the folder, and the URL if the theme links to the page."""
        folder = page.url.rstrip("/").rpartition("/")[0]
        return folder, page.url if page.file.src_uri in self._menu_paths or not folder else ""

    def on_template_context(self, context: TemplateContext, *, template_name: str, **_: Any) -> TemplateContext:
        return cast("TemplateContext", {**context, "place": template_name})

    def on_post_page(self, output: str, *, page: Page, **_: Any) -> str:
        """Drops the content of a written page: all pages of a large catalogue would not fit into memory."""
        page.content = None
        self._pages_done += 1
        self._progress("Publication", self._pages_done, len(self._parts.plans))
        return output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        try:
            if not self._saved_fiche:
                self._finish_files(Path(config.site_dir))
        except CannotRun as error:
            raise PluginError("\n".join(map(messages.line, error.diagnostics))) from None
        finally:
            self._restore_clock()
        if self.preview:
            self.preview.finish()

    def _finish_files(self, site: Path) -> None:
        """Writes all files that are not pages."""
        self._parts.finish()
        self._progress("Livret", 1, 1)
        pages = list(self._written_pages.values())
        write_artifacts(site, search_files(self._publication.catalogue, pages))

    def on_build_error(self, *, error: Exception, **_: Any) -> None:
        """Waits for running tasks, because the folder that they write to is about to be cleared.

        Of plain MkDocs, an error of the disk becomes a sentence; the publisher has its own.
        """
        if self._site_parts:
            self._site_parts.stop()
        self._restore_clock()
        if isinstance(error, OSError) and not self._loaded_source:
            reason = cannot_publish(Path(error.filename or self._site_dir), error)
            raise PluginError(messages.message(reason.diagnostic)) from error

    def _restore_clock(self) -> None:
        if not self._clock_was_set:
            os.environ.pop(CLOCK, None)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, **_: Any) -> LiveReloadServer:
        folder = _catalogue_folder(config)
        for path in (folder.practices, folder.vocabularies, folder.settings):
            server.watch(str(path))
        if self.preview:
            server.watch(str(self.preview.trigger))
        return server

    def on_shutdown(self) -> None:
        if self.preview:
            self.preview.end()


def _catalogue_folder(config: MkDocsConfig) -> CatalogueFolder:
    """Returns the catalogue in the folder of the configuration file."""
    return CatalogueFolder(Path(config.config_file_path).parent)


def _declared_texts(meta: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the front matter of a written page as the theme expects it: texts, and `hide` and `tags` as lists."""
    texts: dict[str, Any] = {}
    for key, value in meta.items():
        if value is None:
            continue
        entries = [str(one) for one in (value if isinstance(value, list) else [value])]
        texts[str(key)] = entries if key in {"hide", "tags"} else ", ".join(entries)
    return texts


def _fill_page(page: Page, made: RenderedPage) -> None:
    page.meta = dict(made.front)
    page.content = made.html
    page.toc = TableOfContents([AnchorLink(title, anchor, level=2) for anchor, title in made.headings])
    if "next" in made.front:  # the links lead to the neighbouring pages of the list instead
        page.previous_page = page.next_page = None


def _typeset_headings(headings: Iterable[AnchorLink]) -> None:
    for heading in headings:
        heading.title = french(heading.title)
        _typeset_headings(heading.children)
