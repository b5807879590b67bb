"""The order of a build; the only one that replaces the published site."""

from __future__ import annotations

import errno
import json
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException

from practice_catalogue.build.context import CLOCK, KEY, BuildContext
from practice_catalogue.build.standing import look, sources, stands
from practice_catalogue.build.workshop import LastSite, notes
from practice_catalogue.model.diagnostics import CannotRun, Report
from practice_catalogue.output import writer
from practice_catalogue.output.atomic import exchange
from practice_catalogue.validation import loader, published_ids

NOTES, WHOLE = "files.json", "site.json"
"""What is known of the files of the last site, and of the whole of it, in the folder of what is kept."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class BuildResult:
    """What came of a build: nothing was published where the report holds errors."""

    report: Report
    fiches: int
    pages: int = 0


@dataclass(frozen=True)
class Folders:
    """Where a build takes its fiches from, and where it puts the site."""

    root: Path
    practices: Path
    out: Path

    @property
    def vocabularies(self) -> Path:
        return self.root / "vocabularies"

    @property
    def docs(self) -> Path:
        return self.root / "docs"

    @property
    def settings(self) -> Path:
        return self.root / "catalogue.yml"

    def digest(self, site_url: str) -> str:
        """Of all that a site is made of, or nothing where that cannot be read."""
        beside = (self.root / "mkdocs.yml", self.practices.parent / published_ids.FILE)
        try:
            places = (self.practices, self.vocabularies, self.docs, self.settings, *beside)
            return sources(places, site_url, os.environ.get(CLOCK))
        except OSError:
            return ""


def build(folders: Folders, progress: Progress, site_url: str = "") -> BuildResult:
    """Checks, generates, publishes and indexes; the site changes whole or not at all.

    Raises CannotRun where the job cannot be done.
    """
    progress("Lecture", 0, 1)
    of = folders.digest(site_url)  # before anything is read, so that whatever changes from now on is seen the next time
    catalogue, report, files = loader.load(folders.practices, folders.vocabularies, docs=folders.docs)
    settings = loader.load_settings(folders.settings)
    progress("Lecture", 1, 1)
    if report.errors:
        return BuildResult(report, files)
    _refuse_foreign(folders.out)
    with _workshop(folders.out) as workshop:
        if last_site := stands(folders.out, _cache(folders.out) / WHOLE, of):
            return BuildResult(report, len(catalogue), last_site.pages)
        cache = _cache(folders.out)
        cache.mkdir(exist_ok=True)
        last = LastSite.of(folders.out.absolute(), cache / NOTES)
        context = BuildContext(catalogue, settings, progress, practices=folders.practices, last=last, cache=cache)
        _publish(folders.root, workshop, context, site_url)
        made = look(workshop, of)
        _replace(folders.out, workshop)
        writer.replace(cache / NOTES, notes(context.entries))
        writer.replace(cache / WHOLE, json.dumps(made))
    return BuildResult(report, len(catalogue), made.pages)


def _publish(root: Path, workshop: Path, context: BuildContext, site_url: str) -> None:
    """Runs MkDocs in strict mode; its hook makes the generated pages and the search index."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    warnings = _Warnings()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warnings)
    try:
        extra = {KEY: context}
        config = load_config(str(root / "mkdocs.yml"), site_dir=str(workshop), strict=True, extra=extra)
        config.site_url = site_url or None
        mkdocs_build.build(config)
    except Abort:
        raise CannotRun("publication-echouee", raison=" ; ".join(warnings.messages)) from None
    except MkDocsException as error:
        raise CannotRun("publication-echouee", raison=str(error)) from None
    finally:
        context.stop()
        logger.removeHandler(warnings)


def reason(error: OSError) -> str:
    """Why a disk could not be written, in French where it is one of the usual reasons."""
    return _REASONS.get(error.errno or 0, "le disque a refusé")


_REASONS = {
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "la place qui vous est accordée est épuisée",
    errno.EFBIG: "un fichier dépasse la taille permise",
    errno.EROFS: "le disque est en lecture seule",
    errno.EACCES: "vous n'en avez pas le droit",
    errno.EPERM: "vous n'en avez pas le droit",
    errno.EIO: "le disque est défaillant",
}


class _Warnings(logging.Handler):
    """Keeps what MkDocs warns of: in strict mode it is the reason of a failure."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def _refuse_foreign(out: Path) -> None:
    """A folder that this program did not publish is somebody's work, and is left alone."""
    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / "api/v1").is_dir())):
        raise CannotRun("cible-occupee", chemin=out)


@contextmanager
def _workshop(out: Path) -> Iterator[Path]:
    """A folder beside the site, on the same disk, that is gone at the end whatever happens.

    Only one build at a time works there; the first thing it does is to clear what a killed one left behind.
    """
    place = out.absolute().parent / f".{out.name}-en-cours"
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(place.with_suffix(".verrou"), timeout=0)
        lock.acquire()
    except Timeout:
        raise CannotRun("publication-en-cours", chemin=out) from None
    except OSError:
        raise CannotRun("cible-non-inscriptible", chemin=out.parent) from None
    try:
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        yield place
    except OSError as error:
        raise CannotRun("disque", chemin=out, raison=reason(error)) from None
    finally:
        shutil.rmtree(place, ignore_errors=True)
        if not out.exists():
            shutil.rmtree(_cache(out), ignore_errors=True)
        lock.release()
        Path(lock.lock_file).unlink(missing_ok=True)


def _cache(out: Path) -> Path:
    """The folder of what is kept from one build to the next, of no use without a site."""
    return out.absolute().parent / f".{out.name}-cache"


def _replace(out: Path, finished: Path) -> None:
    """Puts the finished site in the place of the last one, in one step where the system can do that."""
    if not out.exists():
        finished.rename(out)
    elif not exchange(out, finished):
        last = finished.with_suffix(".ancien")
        shutil.rmtree(last, ignore_errors=True)
        out.rename(last)
        try:
            finished.rename(out)
        except OSError:
            last.rename(out)
            raise
        shutil.rmtree(last, ignore_errors=True)
