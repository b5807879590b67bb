"""Writes the whole site as a folder of Markdown and other files, for publishers other than MkDocs."""

from __future__ import annotations

from pathlib import Path

from practice_catalogue.build.booklets import site_booklets
from practice_catalogue.build.site_files import site_files
from practice_catalogue.build.source import load_source
from practice_catalogue.exports.publication import Publication
from practice_catalogue.model.diagnostics import CannotRun, Report
from practice_catalogue.model.settings import CatalogueFolder
from practice_catalogue.model.urls import with_slash
from practice_catalogue.output import writer
from practice_catalogue.output.artifacts import Artifacts
from practice_catalogue.output.site_folder import check_apart
from practice_catalogue.site import pages
from practice_catalogue.site.share_images import share_images
from practice_catalogue.validation.folders import is_passed_over

THEME = Path(__file__).resolve().parents[1] / "site/theme/assets"


def export_markdown(folder: CatalogueFolder, out: Path, site_url: str = "") -> Report:
    """Writes the pages as Markdown and all other files of the site into a new folder.

    Nothing is written if the report has errors. Raises CannotRun if `out` exists, lies in a source of the site or
    cannot be written.
    """
    source, report, _ = load_source(folder)
    if report.errors:
        return report
    if out.exists():
        raise CannotRun("cible-occupee", chemin=out)
    check_apart(out, folder.sources)
    catalogue, settings = source.catalogue, source.settings
    publication = Publication(catalogue, settings, with_slash(site_url or settings.adresse_du_site))
    offered = site_booklets(catalogue, settings, folder.booklet_texts, publication.base)
    files: Artifacts = {**pages.markdown_pages(catalogue, settings, offered)}
    files |= site_files(publication, folder.practices)
    files |= {f"livret/{booklet.name}": booklet.pdf for booklet in offered}
    if publication.base:
        files |= share_images(catalogue, settings.nom)
    with writer.new_folder(out) as made:
        writer.copy_files(folder.docs, made, is_passed_over)
        writer.copy_files(THEME, made / "assets")
        writer.write_artifacts(made, {folder_index_path(path): file for path, file in files.items()})
    return report


def folder_index_path(path: str) -> str:
    """Returns the path of a page as the `index.md` of the folder that its URL names; other paths are unchanged.

    Zensical resolves relative links from the path of the file, MkDocs from the URL: with this layout both agree.

    >>> in_its_folder("fiches/jardin.md"), in_its_folder("fiches/index.md"), in_its_folder("robots.txt")
    ('fiches/jardin/index.md', 'fiches/index.md', 'robots.txt')
    """
    is_elsewhere = path.endswith(".md") and not path.endswith("index.md")
    return f"{path.removesuffix('.md')}/index.md" if is_elsewhere else path
