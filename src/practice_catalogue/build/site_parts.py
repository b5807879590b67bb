"""Renders pages, booklets and other files of a site, in worker processes if available, else on demand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import cached_property, partial
from html import unescape
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from practice_catalogue.booklet.offered import OfferedBooklet
from practice_catalogue.build import booklets
from practice_catalogue.build.site_files import site_files
from practice_catalogue.build.task_pool import TaskPool
from practice_catalogue.exports.linked_data import page_script
from practice_catalogue.exports.publication import Publication
from practice_catalogue.model.urls import page_url
from practice_catalogue.output.artifacts import Artifacts
from practice_catalogue.output.writer import write_artifacts
from practice_catalogue.site.pages import planned_pages
from practice_catalogue.site.share_images import share_images

PAGES_PER_TASK = 25
"""Number of pages per task."""

FILES_PER_TASK = 200
"""Maximum number of other files per task."""


class RenderedPage(NamedTuple):
    """A rendered page, without the theme around it."""

    front: Mapping[str, Any]
    html: str
    headings: Sequence[tuple[str, str]]
    """Pairs of anchor and title."""

    json_ld: str


class Folders(NamedTuple):
    """The input folders (fiches, texts of the booklets) and the output folder of a build."""

    practices: Path
    booklet_texts: Path
    site: Path


class SiteParts:
    """The pages, booklets and other files of one build."""

    def __init__(self, publication: Publication, folders: Folders) -> None:
        self._publication = publication
        self._folders = folders
        self.plans = planned_pages(publication.catalogue, publication.settings, lambda: self.booklets)
        self.files = site_files(publication, folders.practices)
        self._pool: TaskPool[Any] = TaskPool([])
        self._typst: list[Future[Any]] = []
        self._task_numbers: dict[str, int] = {}
        self._ready: dict[str, RenderedPage] = {}

    def start_tasks(self, in_menu: Set[str], *, parallel: bool) -> None:
        """Starts the tasks if `parallel`; otherwise each part is made when it is requested.

        Workers write files first, then render pages in reverse order, so that they meet MkDocs, which processes pages
        from the first on. Pages in the menu are rendered on demand. Typst runs in a thread of this process, because its
        own threads do not survive a fork.
        """
        paths = [path for path in self.plans if path not in in_menu]
        parts = [paths[start : start + PAGES_PER_TASK] for start in range(0, len(paths), PAGES_PER_TASK)][::-1]
        groups = _file_groups(self.files)
        self._file_tasks = range(len(groups))
        self._task_numbers = {path: number for number, part in enumerate(parts, len(groups)) for path in part}
        tasks: list[Callable[[], Any]] = [partial(self._write_files, group) for group in groups]
        tasks += (partial(self._render_pages, part) for part in parts)
        self._pool = TaskPool(tasks, enabled=parallel)
        if parallel:
            thread = ThreadPoolExecutor(1)
            self._typst = [thread.submit(self._make_booklets), thread.submit(self._write_pictures)]
            thread.shutdown(wait=False)

    @cached_property
    def booklets(self) -> list[OfferedBooklet]:
        """The booklets of the site. Raises CannotRun."""
        made: list[OfferedBooklet] = self._typst[0].result() if self._typst else self._make_booklets()
        return made

    def page(self, path: str, title_in_menu: str = "") -> RenderedPage:
        """Returns the page at a Markdown path, once only; a title in the menu replaces its title in the metadata."""
        if path not in self._task_numbers:
            return self._render_page(path, title_in_menu)
        if path not in self._ready:
            self._ready |= self._pool.result(self._task_numbers[path])
        return self._ready.pop(path)

    def finish(self) -> None:
        """Waits until all files are written, and writes the booklets. Raises CannotRun and OSError."""
        for number in reversed(self._file_tasks):
            self._pool.result(number)
        write_artifacts(self._folders.site, {f"livret/{booklet.name}": booklet.pdf for booklet in self.booklets})
        self._typst[1].result() if self._typst else self._write_pictures()
        self.stop()

    def stop(self) -> None:
        """Cancels the pending tasks and waits for the running ones."""
        wait(future for future in self._typst if not future.cancel())
        self._pool.stop()

    def _make_booklets(self) -> list[OfferedBooklet]:
        catalogue, settings = self._publication.catalogue, self._publication.settings
        return booklets.site_booklets(catalogue, settings, self._folders.booklet_texts, self._publication.base)

    def _write_pictures(self) -> None:
        if self._publication.base:  # pages can only reference an image by an absolute URL
            pictures = share_images(self._publication.catalogue, self._publication.settings.nom)
            write_artifacts(self._folders.site, pictures)

    def _write_files(self, paths: Sequence[str]) -> None:
        write_artifacts(self._folders.site, {path: self.files[path] for path in paths})

    def _render_pages(self, paths: Sequence[str]) -> dict[str, RenderedPage]:
        return {path: self._render_page(path) for path in paths}

    def _render_page(self, path: str, title_in_menu: str = "") -> RenderedPage:
        made = self.plans[path].make()
        title = title_in_menu or unescape(made.front["title"])
        description = unescape(made.front["description"])
        json_ld = page_script(self._publication, page_url(path), title, description, made.shows)
        return RenderedPage(made.front, made.html, made.headings, json_ld)


def _file_groups(files: Artifacts) -> list[list[str]]:
    """Groups paths into tasks by top folder: such files share intermediate results."""
    groups = []
    for _, group in groupby(files, key=lambda path: path.partition("/")[0]):
        paths = list(group)
        groups += [paths[start : start + FILES_PER_TASK] for start in range(0, len(paths), FILES_PER_TASK)]
    return groups
