"""The day MkDocs or Material ends: another publisher takes the same pages, and nothing is lost.

Zensical stands in an environment of its own, from the list of the benchmarks; it is installed on first use.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from benchmarks.environments import program
from practice_catalogue import cli
from practice_catalogue.model.catalogue import Catalogue
from tests.site_reader import BASE, Page, dead_links, inner_links, read_site
from tests.support import PRACTICES

CONFIGURATION = """\
site_name: Vivre ensemble
site_url: http://site.test/
theme:
  name: material
  language: fr
  font: false
markdown_extensions: [attr_list, tables, toc]
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree that the command writes, as Zensical publishes it."""
    folder = tmp_path_factory.mktemp("elsewhere")
    assert cli.main(["tree", "--practices", str(PRACTICES), "--out", str(folder / "docs")]) == cli.GOOD
    (folder / "mkdocs.yml").write_text(CONFIGURATION, encoding="utf-8")
    done = subprocess.run([program("zensical", "zensical"), "build"], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def elsewhere(published: Path) -> dict[str, Page]:
    return read_site(published)


def test_every_page_and_every_file_is_there(published: Path, elsewhere: dict[str, Page], site: Path) -> None:
    ours = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    theirs = {path.relative_to(published).as_posix() for path in published.rglob("*") if path.is_file()}
    missing = {path.split("/")[0] for path in ours - theirs if not path.startswith("assets/")}
    assert missing == {"recherche", "sitemap.xml.gz"}
    assert set(read_site(site)) == set(elsewhere)


def test_every_link_of_ours_leads_somewhere(published: Path, elsewhere: dict[str, Page]) -> None:
    assert dead_links(published, elsewhere) == []


def test_every_fiche_is_linked_from_its_indexes(elsewhere: dict[str, Page], catalogue: Catalogue) -> None:
    for fiche in catalogue:
        page = f"{BASE}fiches/{fiche.id}/"
        for index in ("domaines", "publics", "communes", "cantons", "porteurs", "editions"):
            for key in catalogue.keys_of(fiche, index):
                assert page in inner_links(elsewhere[f"{BASE}{index}/{key}/"])


def test_what_a_fiche_says_is_the_same(published: Path, site: Path) -> None:
    ours, theirs = (_article(folder / "fiches/equigaart/index.html") for folder in (site, published))
    assert "".join(ours.split()) in "".join(theirs.split())


def _article(path: Path) -> str:
    """The text between the head of a fiche and its foot."""
    html = path.read_text(encoding="utf-8")
    return html[html.index('<div class="fiche-tete') : html.index('<p class="imprime">')]
