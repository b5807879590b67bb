"""The whole site as a folder of Markdown and files, for any publisher that reads them."""

from __future__ import annotations

import shutil
from pathlib import Path

from practice_catalogue.build import extra_files
from practice_catalogue.build.booklets import for_site
from practice_catalogue.build.workshop import Workshop
from practice_catalogue.exports.publication import Publication
from practice_catalogue.model.diagnostics import CannotRun, Report
from practice_catalogue.output import writer
from practice_catalogue.site import pages
from practice_catalogue.site.share_images import write_share_images
from practice_catalogue.validation import loader

THEME = Path(__file__).resolve().parents[1] / "site/theme/assets"


def write(root: Path, practices: Path, out: Path, site_url: str = "") -> Report:
    """Writes what MkDocs is given by the hook, and what it finds by itself, into a new folder.

    Nothing is written where the report holds errors. Raises CannotRun where the job cannot be done.
    """
    catalogue, report, _ = loader.load(practices, root / "vocabularies")
    if report.errors:
        return report
    settings = loader.load_settings(root / "catalogue.yml")
    if out.exists():
        raise CannotRun("cible-occupee", chemin=out)
    base = site_url or settings.adresse_du_site
    booklets = for_site(catalogue, settings, root / "docs/livret", base)
    publication = Publication(catalogue, settings, f"{base.rstrip('/')}/" if base else "")
    made = {**pages.generate(catalogue, settings, booklets), **extra_files.files(publication, practices)}
    with writer.new_folder(out) as folder:
        shutil.copytree(root / "docs", folder, dirs_exist_ok=True)
        shutil.copytree(THEME, folder / "assets")
        workshop = Workshop(folder)
        for path, content in made.items():
            workshop.put(in_its_folder(path), content)
        if base:
            write_share_images(catalogue, settings.nom, workshop)
    return report


def in_its_folder(path: str) -> str:
    """Where a page stands so that its file lies in the folder that its address names.

    Zensical takes the relative links of HTML from the place of the file, MkDocs from the address: here, both are one.

    >>> in_its_folder("fiches/lisko.md"), in_its_folder("fiches/index.md"), in_its_folder("robots.txt")
    ('fiches/lisko/index.md', 'fiches/index.md', 'robots.txt')
    """
    is_elsewhere = path.endswith(".md") and not path.endswith("index.md")
    return f"{path.removesuffix('.md')}/index.md" if is_elsewhere else path
