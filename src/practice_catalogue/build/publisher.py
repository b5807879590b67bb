"""Runs a build with MkDocs, whose result replaces the published site."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from pathlib import Path

from jinja2 import TemplateError
from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException

from practice_catalogue.build.plugin import CataloguePlugin, Progress
from practice_catalogue.build.source import SiteSource, load_source
from practice_catalogue.model.diagnostics import CannotRun, Report
from practice_catalogue.model.settings import CatalogueFolder
from practice_catalogue.output.site_folder import new_site


@dataclass(frozen=True)
class BuildResult:
    """The result of a build: nothing was published if the report has errors."""

    report: Report
    fiches: int
    pages: int = 0


def build(folder: CatalogueFolder, out: Path, progress: Progress, site_url: str = "") -> BuildResult:
    """Checks a catalogue and publishes it into the folder `out`; see `new_site`.

    Raises CannotRun if MkDocs fails, the folder cannot be written or another build is running.
    """
    progress("Lecture", 0, 1)
    source, report, files = load_source(folder)
    progress("Lecture", 1, 1)
    if report.errors:
        return BuildResult(report, files)
    with new_site(out, folder.sources) as site:
        _publish(folder.mkdocs, site, source, progress, site_url)
        pages = sum(1 for _ in site.rglob("*.html"))
    return BuildResult(report, len(source.catalogue), pages)


def _publish(configuration: Path, site: Path, source: SiteSource, progress: Progress, site_url: str) -> None:
    """Runs MkDocs in strict mode; the plugin adds the generated pages and all other files."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    warnings = _Warnings()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warnings)
    try:
        config = load_config(str(configuration), site_dir=str(site), strict=True)
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


class _Warnings(logging.Handler):
    """Collects the warnings of MkDocs, which make a build in strict mode fail."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())
