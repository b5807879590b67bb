"""The MkDocs hook: puts the generated pages among the hand-written ones, and makes the search index."""

from __future__ import annotations

import html as html_text
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

from practice_catalogue.booklet.offer import Offer
from practice_catalogue.build import booklets as bookmaking
from practice_catalogue.build import extra_files
from practice_catalogue.build.context import BEGUN, CLOCK, KEY, PREVIEW, BuildContext
from practice_catalogue.build.digest import program
from practice_catalogue.build.generated_page import PlannedPage
from practice_catalogue.build.preview import FirstPage
from practice_catalogue.build.theme_shell import Frames
from practice_catalogue.build.workshop import Entries, Workshop
from practice_catalogue.exports.linked_data import page_script
from practice_catalogue.exports.publication import Publication
from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.diagnostics import CannotRun
from practice_catalogue.model.richtext import french, french_html
from practice_catalogue.output.artifacts import Artifacts, LazyFile
from practice_catalogue.search.index import WrittenPage, search_files
from practice_catalogue.site import pages
from practice_catalogue.site.acronyms import explain
from practice_catalogue.site.csp import with_policy
from practice_catalogue.site.share_images import write_share_images
from practice_catalogue.validation import loader, messages

ENVIRONMENT, PLACES = "environment", "navigation_and_files"
"""Where what one more page needs is found, in the `extra` of the configuration."""

OFFERED, PLACE = "offered_files", "workshop"
"""Where files beside the pages and what writes them are found, in the `extra` of the configuration."""

WATCHED = ("vocabularies", "catalogue.yml", "src/practice_catalogue/site")
"""What a preview is made of, besides the practices and what MkDocs knows of."""

AT_A_TIME = 50
"""How many files one process writes before another may go on."""

WRITTEN = "written_records"
"""Where the hand-written pages are gathered for the search, in the `extra` of the configuration."""


def on_startup(*, command: str, dirty: bool) -> None:  # noqa: ARG001  # the names are MkDocs'
    PREVIEW.serving = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    context = config.extra.setdefault(KEY, None) or _load(_root(config))
    config.extra[KEY] = context
    config.extra[WRITTEN] = []
    config.site_name = context.settings.nom
    site_url = config.site_url or context.settings.adresse_du_site
    config.site_url = f"{site_url.rstrip('/')}/" if site_url else None
    if CLOCK not in os.environ:
        os.environ[CLOCK] = config.extra[CLOCK] = str(_newest_change(context.catalogue))
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Puts all that is generated among the files, so that menu and links know it.

    Another process begins to make what depends on the catalogue alone, while this one learns what pages there are.
    """
    context: BuildContext = config.extra[KEY]
    exports = extra_files.files(_publication(config), context.practices)
    _prepare(config)
    if context.is_small:
        context.begin(list(_filling(config.extra[PLACE], exports, exports)), processes=1)
    booklets = _booklets(context, config)
    in_menu = {path: title for entry in config.nav or () for title, path in entry.items()}
    for path, planned in pages.plan(context.catalogue, context.settings, booklets).items():
        file = File.generated(config, path, content="", inclusion=InclusionLevel.NOT_IN_NAV)
        PlannedPage(in_menu.get(path), file, config, planned)
        files.append(file)
    offered = pages.files(context.catalogue, booklets)
    for path in (*offered, *exports):
        files.append(File.generated(config, path, content="", inclusion=InclusionLevel.INCLUDED))
    config.extra[OFFERED] = offered if context.is_small else offered | exports
    return files


def _prepare(config: MkDocsConfig) -> None:
    """From now on files can be written."""
    context: BuildContext = config.extra[KEY]
    surroundings = _surroundings(config)
    config.extra[PLACE] = Workshop(Path(config.site_dir), context.last, surroundings)
    BEGUN.append(context)


def on_nav(nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
    config.extra[PLACES] = (nav, files)
    return nav


def on_page_content(html: str, *, page: Page, config: MkDocsConfig, **_: Any) -> str:
    if isinstance(page, PlannedPage):
        return html
    _set_in_french(page.toc)
    description = page.meta.get("description", "")
    config.extra[WRITTEN].append(WrittenPage(page.url, str(page.title), str(description), html))
    return explain("".join(french_html([html])), config.extra[KEY].catalogue.vocabularies.sigles)


def _set_in_french(headings: Iterable[AnchorLink]) -> None:
    for heading in headings:
        heading.title = french(heading.title)
        _set_in_french(heading.children)


def on_env(env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
    """All pages are known: those made by hand in full, the others as plans. Those begin now, beside MkDocs.

    One page of each kind that has several is made before, so that all processes know what these have in common.
    """
    context: BuildContext = config.extra[KEY]
    config.extra[ENVIRONMENT] = env
    frames = _frames(config)
    generated = {file.dest_uri: file for file in files if file.generated_by}
    planned = {path: file.page for path, file in generated.items() if isinstance(file.page, PlannedPage)}
    finished = {
        path: LazyFile(partial(frames.finished, page), page.planned.depends_on) for path, page in planned.items()
    }
    offered = config.extra[OFFERED] | Artifacts(finished)
    workshop: Workshop = config.extra[PLACE]
    first = _one_of_each_kind(planned)
    context.entries.update(workshop.fill(offered, first))
    others = [path for path in offered if path not in first]
    context.begin([partial(_write_index, config), *_filling(workshop, offered, others)])
    for file in generated.values():
        file.inclusion = InclusionLevel.EXCLUDED  # from what MkDocs writes
    return env


def on_template_context(context: dict[str, Any], *, template_name: str, config: MkDocsConfig) -> dict[str, Any]:
    if template_name == "sitemap.xml":
        _, files = config.extra[PLACES]
        context["pages"] = files.documentation_pages(inclusion=InclusionLevel.all)
    return context


def on_page_context(context: dict[str, Any], *, page: Page, config: MkDocsConfig, **_: Any) -> dict[str, Any]:
    title, description = (html_text.unescape(str(text or "")) for text in (page.title, page.meta.get("description")))
    context["json_ld"] = page_script(_publication(config), page.url, title, description)
    return context


def on_post_page(output: str, *, page: Page, **_: Any) -> str:
    return with_policy(output, page.content or "")


def on_post_template(output_content: str, *, template_name: str, **_: Any) -> str:
    return with_policy(output_content) if template_name.endswith(".html") else output_content


def on_post_build(*, config: MkDocsConfig) -> None:
    context: BuildContext = config.extra[KEY]
    try:
        if config.site_url:  # a page names its picture by its full address, or not at all
            pictures = write_share_images(context.catalogue, context.settings.nom, config.extra[PLACE])
            context.entries.update(pictures)
        context.finish()
        BEGUN.remove(context)
    except CannotRun as error:
        raise PluginError(messages.message(error.diagnostic)) from None
    if CLOCK in config.extra:
        del os.environ[CLOCK]
    if PREVIEW.serving:
        _prepare_one_page(config)
        PREVIEW.last_build = config


def on_build_error(**_: Any) -> None:
    """What is still being written is waited for: the folder is about to be cleared."""
    _stop()


def on_shutdown(**_: Any) -> None:
    """Nothing more is written: the folder of a preview is about to be removed."""
    _stop()


def _stop() -> None:
    while BEGUN:
        BEGUN.pop().stop()


def on_serve(
    server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[[MkDocsConfig], None], **_: Any
) -> LiveReloadServer:
    root = _root(config)
    practices, others = root / "practices", [root / name for name in WATCHED]
    for place in (practices, *others):
        server.watch(str(place))
    watched = [*others, Path(config.docs_dir), Path(config.config_file_path)]
    folders = Path(config.site_dir), Path(PREVIEW.beside.name)
    build_all = partial(_build_into, config.config_file_path, config.site_url, builder)
    server.builder = FirstPage(server, build_all, practices, watched, _write_page_of, folders)
    return server


def _build_into(
    configuration: str, site_url: str | None, builder: Callable[[MkDocsConfig], None], folder: Path
) -> None:
    config = load_config(configuration, site_dir=str(folder))
    config.site_url = site_url
    builder(config)


def _booklets(context: BuildContext, config: MkDocsConfig) -> list[Offer]:
    context.progress("Livret", 0, 1)
    try:
        made = bookmaking.for_site(
            context.catalogue, context.settings, Path(config.docs_dir) / "livret", config.site_url
        )
    except CannotRun as error:
        raise PluginError(messages.message(error.diagnostic)) from None
    context.progress("Livret", 1, 1)
    return made


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent


def _load(root: Path) -> BuildContext:
    """Reads the fiches for a plain `mkdocs build` or `mkdocs serve`."""
    try:
        catalogue, report, _ = loader.load(root / "practices", root / "vocabularies", docs=root / "docs")
        settings = loader.load_settings(root / "catalogue.yml")
    except CannotRun as error:
        raise PluginError(messages.message(error.diagnostic)) from None
    lines = tuple(messages.line(diagnostic) for diagnostic in report)
    if report.errors and not PREVIEW.serving:
        raise PluginError("\n".join(("Le site n'est pas publié : des fiches sont à corriger.", *lines)))
    for line in lines:
        print(line, file=sys.stderr)  # noqa: T201  # the only channel to someone who previews
    shown = PREVIEW.choose(catalogue, report) if PREVIEW.serving else catalogue
    return BuildContext(shown, settings, diagnostics=lines, practices=root / "practices")


def _write_page_of(path: Path, site: Path) -> bool:
    """Writes the page of a changed fiche as the last whole build would have; not if anything is wrong with it."""
    config = PREVIEW.last_build
    if config is None:
        return False
    context: BuildContext = config.extra[KEY]
    _, files = config.extra[PLACES]
    file = files.get_file_from_path(f"fiches/{path.stem}.md")
    with PREVIEW.is_busy:
        fiche = loader.load_one(path, context.catalogue.vocabularies)
        if context.diagnostics or file is None or fiche is None:
            return False
        others = [other for other in context.catalogue if other.id != fiche.id]
        PREVIEW.last_good = Catalogue.of([*others, fiche], context.catalogue.vocabularies)
        page = PlannedPage(None, file, config, file.page.planned.about(fiche))
        Workshop(site).put(file.dest_uri, _frames(config).finished(page))
    return True


def _prepare_one_page(config: MkDocsConfig) -> None:
    """Makes the page of a fiche for nobody: the next one finds its templates and the likeness of all fiches at hand.

    The pages of the build may all have been made in other processes.
    """
    _, files = config.extra[PLACES]
    fiche = next(iter(config.extra[KEY].catalogue), None)
    if fiche:
        _frames(config).finished(files.get_file_from_path(f"fiches/{fiche.id}.md").page)


def _frames(config: MkDocsConfig) -> Frames:
    nav, files = config.extra[PLACES]
    described = partial(page_script, _publication(config))
    return Frames(config.extra[ENVIRONMENT], config, nav, files.documentation_pages(), described)


def _one_of_each_kind(planned: Mapping[str, PlannedPage]) -> list[str]:
    """The path of a page made from each template from which others are made too."""
    kinds = Counter(page.planned.template for page in planned.values())
    one = {page.planned.template: path for path, page in planned.items()}
    return [path for template, path in one.items() if kinds[template] > 1]


def _filling(workshop: Workshop, offered: Artifacts, paths: Iterable[str]) -> Iterator[Callable[[], Entries]]:
    """The files, in parts that one process writes: those of one folder at the top have much in common."""
    for _, group in groupby(paths, key=lambda path: path.partition("/")[0]):
        together = list(group)
        for start in range(0, len(together), AT_A_TIME):
            yield partial(workshop.fill, offered, together[start : start + AT_A_TIME])


def _write_index(config: MkDocsConfig) -> Entries:
    files = search_files(config.extra[KEY].catalogue, config.extra[WRITTEN])
    for path, content in files.items():
        config.extra[PLACE].put(path, content)
    return {}


def _surroundings(config: MkDocsConfig) -> bytes:
    """The hash of all that a page depends on besides what it shows of the catalogue."""
    context: BuildContext = config.extra[KEY]
    configuration = Path(config.config_file_path).read_bytes()
    given = (config.site_url, configuration, context.settings, context.catalogue.vocabularies, context.diagnostics)
    return program(*given)


def _publication(config: MkDocsConfig) -> Publication:
    context: BuildContext = config.extra[KEY]
    return Publication(context.catalogue, context.settings, config.site_url or "")


def _newest_change(catalogue: Catalogue) -> int:
    """The last date in the data as seconds since 1970: the clock has no part in what is published."""
    dates = [date for fiche in catalogue for date in (fiche.publie_le, fiche.modifie_le) if date]
    newest = datetime.fromisoformat(max(dates, default="2017-02-11")).replace(tzinfo=UTC)
    return int(newest.timestamp())
