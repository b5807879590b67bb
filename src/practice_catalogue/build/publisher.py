"""Runs a build with MkDocs in a staging folder, and replaces the published site with the result."""

from __future__ import annotations

import errno
import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from jinja2 import TemplateError
from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException

from practice_catalogue.build.plugin import CataloguePlugin, Progress
from practice_catalogue.build.source import SiteSource, load_source
from practice_catalogue.model.diagnostics import CannotRun, Report
from practice_catalogue.model.settings import CatalogueFolder
from practice_catalogue.output.atomic import exchange


@dataclass(frozen=True)
class BuildResult:
    """The result of a build: nothing was published if the report has errors."""

    report: Report
    fiches: int
    pages: int = 0


def build(folder: CatalogueFolder, out: Path, progress: Progress, site_url: str = "") -> BuildResult:
    """Checks a catalogue and publishes it into the folder `out`, which is replaced as a whole or left unchanged.

    Raises CannotRun if MkDocs fails, the folder cannot be written or another build is running.
    """
    progress("Lecture", 0, 1)
    source, report, files = load_source(folder)
    progress("Lecture", 1, 1)
    if report.errors:
        return BuildResult(report, files)
    _check_output_folder(out)
    with _staging(out) as staging:
        _publish(folder.mkdocs, staging, source, progress, site_url)
        pages = sum(1 for _ in staging.rglob("*.html"))
        _replace(out, staging)
    return BuildResult(report, len(source.catalogue), pages)


def _publish(configuration: Path, staging: Path, source: SiteSource, progress: Progress, site_url: str) -> None:
    """Runs MkDocs in strict mode; the plugin adds the generated pages and all other files."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    warnings = _Warnings()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warnings)
    try:
        config = load_config(str(configuration), site_dir=str(staging), strict=True)
        config.site_url = site_url or None
        _catalogue_plugin(config).use_source(source, progress)
        mkdocs_build.build(config)
    except Abort:
        raise CannotRun("publication-echouee", raison=" ; ".join(warnings.messages)) from None
    except TemplateError as error:  # of a template that a page or `theme` in mkdocs.yml asks for
        raison = f"le modèle « {error.message} » ne convient pas"
        raise CannotRun("publication-echouee", raison=raison) from error
    except MkDocsException as error:
        raise CannotRun("publication-echouee", raison=str(error)) from None
    finally:
        logger.removeHandler(warnings)


def _catalogue_plugin(config: MkDocsConfig) -> CataloguePlugin:
    """Returns the plugin that `mkdocs.yml` enables; raises CannotRun if it does not."""
    plugins = [plugin for plugin in config.plugins.values() if isinstance(plugin, CataloguePlugin)]
    if not plugins:
        raise CannotRun("publication-echouee", raison="mkdocs.yml ne nomme pas le plugin practice-catalogue")
    return plugins[0]


def disk_error(error: OSError) -> str:
    """Returns the reason of a failed write in French; rare reasons get a general wording."""
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
    """Collects the warnings of MkDocs, which make a build in strict mode fail."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def _check_output_folder(out: Path) -> None:
    """Raises CannotRun if `out` exists and is not a published site: it may contain somebody's work."""
    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / "api/v1").is_dir())):
        raise CannotRun("cible-occupee", chemin=out)


@contextmanager
def _staging(out: Path) -> Iterator[Path]:
    """Creates a temporary folder beside the site, on the same file system, and removes it at the end.

    A lock allows one build at a time. What a killed build left behind is removed first.
    """
    path = out.absolute().parent / f".{out.name}-en-cours"
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path.with_suffix(".verrou"), timeout=0)
        lock.acquire()
    except Timeout:
        raise CannotRun("publication-en-cours", chemin=out) from None
    except OSError:
        raise CannotRun("cible-non-inscriptible", chemin=out.parent) from None
    try:
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir()
        yield path
    except OSError as error:
        raise CannotRun("disque", chemin=out, raison=disk_error(error)) from None
    finally:
        shutil.rmtree(path, ignore_errors=True)
        lock.release()
        Path(lock.lock_file).unlink(missing_ok=True)


def _replace(out: Path, finished: Path) -> None:
    """Replaces the last site with the finished one, atomically where the system supports it."""
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
