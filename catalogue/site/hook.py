"""The MkDocs hook: puts the generated pages among the hand-written ones, and makes the search index."""

from __future__ import annotations

import html as html_text
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))  # MkDocs loads hooks by path: `catalogue` has to be found from anywhere

from catalogue import beside, bookmaking, loading, wording  # noqa: E402
from catalogue.booklet.offer import Offer  # noqa: E402
from catalogue.collection import Catalogue  # noqa: E402
from catalogue.exports.linked_data import page_script  # noqa: E402
from catalogue.exports.publication import Publication  # noqa: E402
from catalogue.fiche import Fiche  # noqa: E402
from catalogue.problems import CannotRun  # noqa: E402
from catalogue.site import pages, search  # noqa: E402
from catalogue.site.acronyms import explain  # noqa: E402
from catalogue.site.cache import Cached, program  # noqa: E402
from catalogue.site.content_policy import with_policy  # noqa: E402
from catalogue.site.first_page import FirstPage  # noqa: E402
from catalogue.site.handover import KEY, PREVIEW, Handover  # noqa: E402
from catalogue.site.kept import Kept, shell_of  # noqa: E402
from catalogue.site.late_file import LateFile  # noqa: E402
from catalogue.site.meanwhile import Meanwhile  # noqa: E402
from catalogue.site.ready_page import ReadyPage  # noqa: E402
from catalogue.site.share_images import write_share_images  # noqa: E402

CLOCK = "SOURCE_DATE_EPOCH"
"""What MkDocs dates its sitemap with; taken from the data unless the caller has set it."""

BEGUN: list[Meanwhile] = []
"""The work that goes on beside MkDocs, from `on_env` to `on_post_build`."""

CACHED = "finished_pages"
"""Where the pages of earlier builds are found, in the `extra` of the configuration."""

ENVIRONMENT, PLACES = "environment", "navigation_and_files"
"""Where a preview finds what the theme needs for one more page, in the `extra` of the configuration."""

WRITTEN = "written_records"
"""Where the search records of the hand-written pages are gathered, in the `extra` of the configuration."""


def on_startup(*, command: str, dirty: bool) -> None:  # noqa: ARG001  # the names are MkDocs'
    PREVIEW.serving = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    handover = config.extra.setdefault(KEY, None) or _load()
    config.extra[KEY] = handover
    config.extra[WRITTEN] = {}
    config.site_name = handover.settings.nom
    site_url = config.site_url or handover.settings.adresse_du_site
    config.site_url = f"{site_url.rstrip('/')}/" if site_url else None
    if CLOCK not in os.environ:
        os.environ[CLOCK] = config.extra[CLOCK] = str(_newest_change(handover.catalogue))
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    handover: Handover = config.extra[KEY]
    booklets = _booklets(handover, config)
    in_menu = {path: title for entry in config.nav or () for title, path in entry.items()}
    for path, planned in pages.plan(handover.catalogue, handover.settings, booklets).items():
        file = File.generated(config, path, content="", inclusion=InclusionLevel.NOT_IN_NAV)
        ReadyPage(in_menu.get(path), file, config, planned)
        files.append(file)
    offered = pages.files(handover.catalogue, booklets) | beside.files(_publication(config), handover.practices)
    for path in offered:
        files.append(LateFile(path, config, partial(offered.__getitem__, path)))
    config.extra["pages_to_publish"] = len(files.documentation_pages())
    return files


def on_env(env: Environment, *, config: MkDocsConfig, **_: Any) -> Environment:
    """All pages are known: those made by hand in full, the others as plans. What works by itself can begin."""
    config.extra[ENVIRONMENT] = env
    env.globals.update(kept=Kept(), shell=None, finished=False)
    handover: Handover = config.extra[KEY]
    config.extra[CACHED] = cached = Cached(handover.cache, _surroundings(config))
    found = search.records(handover.catalogue, cached) | config.extra[WRITTEN]
    site = Path(config.site_dir)
    tasks = [partial(search.write_index, found, site / "pagefind")]
    if config.site_url:  # a page names its picture by its full address, or not at all
        tasks.append(partial(write_share_images, handover.catalogue, handover.settings.nom, site, handover.cache))
    BEGUN.append(Meanwhile(*tasks))
    return env


def on_page_content(html: str, *, page: Page, config: MkDocsConfig, **_: Any) -> str:
    if page.file.generated_by is None:
        description = page.meta.get("description", "")
        config.extra[WRITTEN][page.url] = search.written_record(str(page.title), str(description), html)
        return explain(html, config.extra[KEY].catalogue.vocabularies.sigles)
    return html


def on_page_context(context: dict[str, Any], *, page: Page, config: MkDocsConfig, **_: Any) -> dict[str, Any]:
    shows: Fiche | tuple[Fiche, ...] = ()
    context["shell"] = None
    if isinstance(page, ReadyPage):
        cached: Cached = config.extra[CACHED]
        if finished := cached.find(page):
            page.content, context["finished"] = finished, True
            return context
        made = page.fill()
        shows = made.shows
        context["shell"] = shell_of(page)
    title, description = (html_text.unescape(str(text or "")) for text in (page.title, page.meta.get("description")))
    context["json_ld"] = page_script(_publication(config), page.url, title, description, shows)
    return context


def on_post_page(output: str, *, page: Page, config: MkDocsConfig, **_: Any) -> str:
    if isinstance(page, ReadyPage):
        content = page.content or ""
        page.empty()
        if content == output:
            return output
        output = with_policy(output, content)
        config.extra[CACHED].keep(page, output)
        return output
    config.extra["pages_published"] = config.extra.get("pages_published", 0) + 1
    config.extra[KEY].progress("Publication", config.extra["pages_published"], config.extra["pages_to_publish"])
    return with_policy(output, page.content or "")


def on_post_template(output_content: str, *, template_name: str, **_: Any) -> str:
    return with_policy(output_content) if template_name.endswith(".html") else output_content


def on_post_build(*, config: MkDocsConfig) -> None:
    handover: Handover = config.extra[KEY]
    handover.progress("Recherche", 0, 1)
    try:
        BEGUN.pop().finish()
    except CannotRun as error:
        raise PluginError(wording.message(error.problem)) from None
    handover.progress("Recherche", 1, 1)
    if CLOCK in config.extra:
        del os.environ[CLOCK]
    if PREVIEW.serving:
        PREVIEW.last_build = (config, config.extra[ENVIRONMENT])


def on_build_error(**_: Any) -> None:
    """Whatever is still being written is waited for: the folder is about to be cleared."""
    if BEGUN:
        BEGUN.pop().stop()


def on_nav(nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
    config.extra[PLACES] = (nav, files)
    return nav


def on_serve(server: LiveReloadServer, *, builder: Callable[[], None], **_: Any) -> LiveReloadServer:
    server.builder = FirstPage(server, builder, ROOT / "practices", _write_page_of)
    for name in ("practices", "vocabularies", "catalogue.yml", "catalogue/site"):
        server.watch(str(ROOT / name))
    return server


def _booklets(handover: Handover, config: MkDocsConfig) -> list[Offer]:
    handover.progress("Livret", 0, 1)
    try:
        made = bookmaking.for_site(
            handover.catalogue, handover.settings, Path(config.docs_dir) / "livret", config.site_url
        )
    except CannotRun as error:
        raise PluginError(wording.message(error.problem)) from None
    handover.progress("Livret", 1, 1)
    return made


def _load() -> Handover:
    """Reads the fiches for a plain `mkdocs build` or `mkdocs serve`."""
    try:
        catalogue, report, _ = loading.load(ROOT / "practices", ROOT / "vocabularies", docs=ROOT / "docs")
        settings = loading.load_settings(ROOT / "catalogue.yml")
    except CannotRun as error:
        raise PluginError(wording.message(error.problem)) from None
    lines = tuple(wording.line(problem) for problem in report)
    if report.errors and not PREVIEW.serving:
        raise PluginError("\n".join(("Le site n'est pas publié : des fiches sont à corriger.", *lines)))
    for line in lines:
        print(line, file=sys.stderr)  # noqa: T201  # the only channel to someone who previews
    shown = PREVIEW.choose(catalogue, report) if PREVIEW.serving else catalogue
    return Handover(shown, settings, problems=lines, practices=ROOT / "practices")


def _write_page_of(path: Path) -> bool:
    """Writes the page of a changed fiche as the last whole build would have; not if anything is wrong with it."""
    if PREVIEW.last_build is None:
        return False
    config, env = PREVIEW.last_build
    nav, files = config.extra[PLACES]
    handover: Handover = config.extra[KEY]
    file = files.get_file_from_path(f"fiches/{path.stem}.md")
    fiche = loading.load_one(path, handover.catalogue.vocabularies)
    if handover.problems or file is None or fiche is None:
        return False
    others = [other for other in handover.catalogue if other.id != fiche.id]
    PREVIEW.last_good = Catalogue.of([*others, fiche], handover.catalogue.vocabularies)
    page = ReadyPage(None, file, config, file.page.planned.about(fiche))
    context = on_page_context(dict(get_context(nav, files, config, page)), page=page, config=config)
    output = env.get_template("main.html").render(context)
    Path(file.abs_dest_path).write_text(on_post_page(output, page=page, config=config), encoding="utf-8")
    return True


def _surroundings(config: MkDocsConfig) -> bytes:
    """The hash of all that a page depends on besides what it shows of the catalogue."""
    handover: Handover = config.extra[KEY]
    configuration = Path(config.config_file_path).read_bytes()
    given = (config.site_url, configuration, handover.settings, handover.catalogue.vocabularies, handover.problems)
    return program(*given)


def _publication(config: MkDocsConfig) -> Publication:
    handover: Handover = config.extra[KEY]
    return Publication(handover.catalogue, handover.settings, config.site_url or "")


def _newest_change(catalogue: Catalogue) -> int:
    """The last date in the data as seconds since 1970: the clock has no part in what is published."""
    dates = [date for fiche in catalogue for date in (fiche.publie_le, fiche.modifie_le) if date]
    newest = datetime.fromisoformat(max(dates, default="2017-02-11")).replace(tzinfo=UTC)
    return int(newest.timestamp())
