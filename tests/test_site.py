"""The published site: every fiche is reached from everywhere it should be, and no link leads nowhere."""

from __future__ import annotations

import json
import re
from pathlib import Path
from shutil import copytree

import pytest

from practice_catalogue import cli
from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.settings import Settings
from practice_catalogue.output.artifacts import content_of
from practice_catalogue.search.index import search_files
from practice_catalogue.site.pages import page_assets, planned_pages
from practice_catalogue.site.selection import selection_data
from practice_catalogue.validation import loader
from tests.site_reader import BASE, Page, dead_links, inner_links, read_site
from tests.support import VALID, VOCABULARIES


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, Page]:
    return read_site(site)


def test_no_link_and_no_anchor_is_dead(site: Path, pages: dict[str, Page]) -> None:
    assert dead_links(site, pages) == []


@pytest.mark.parametrize("index", ["domaines", "publics", "communes", "cantons", "porteurs", "editions"])
def test_each_fiche_is_reached_from_each_of_its_headings_and_leads_back(
    index: str, catalogue: Catalogue, pages: dict[str, Page]
) -> None:
    for fiche in catalogue:
        address = f"{BASE}fiches/{fiche.id}/"
        for heading in catalogue.keys_of(fiche, index):
            assert address in inner_links(pages[f"{BASE}{index}/{heading}/"])
            assert index == "cantons" or f"{BASE}{index}/{heading}/" in inner_links(pages[address])


def test_each_fiche_is_three_clicks_from_the_home_page(catalogue: Catalogue, pages: dict[str, Page]) -> None:
    reached = {BASE}
    for _ in range(3):
        reached |= {link for address in reached for link in inner_links(pages[address]) if link in pages}
    assert {f"{BASE}fiches/{fiche.id}/" for fiche in catalogue} <= reached


def test_nothing_is_loaded_from_elsewhere(pages: dict[str, Page]) -> None:
    assert {source for page in pages.values() for source in page.loaded if not source.startswith(BASE)} == set()


def test_no_line_begins_with_a_sign_and_apostrophes_are_curved(pages: dict[str, Page]) -> None:
    plain = re.compile(r".*(?: [;?!»]| :(?:\s|$)|« |\w'\w).*")
    assert [
        (page.url, *plain.findall(words)) for page in pages.values() for words in page.words if plain.search(words)
    ] == []


def test_no_id_stands_twice_on_a_page(pages: dict[str, Page]) -> None:
    assert [page.url for page in pages.values() if len(page.ids) != len(set(page.ids))] == []


def test_fiches_stay_out_of_the_navigation(site: Path) -> None:
    home = (site / "index.html").read_text(encoding="utf-8")
    navigation = home[home.index('<nav class="md-nav') : home.index("</nav>", home.index('<nav class="md-nav'))]
    assert "fiches/" in navigation
    assert "kufika" not in navigation


def test_a_former_commune_says_where_it_went(site: Path) -> None:
    page = (site / "fiches/pci-miselerland/index.html").read_text(encoding="utf-8")
    assert 'Waldbredimus (aujourd’hui <a href="../../communes/bous-waldbredimus/">Bous-Waldbredimus</a>)' in page


@pytest.mark.parametrize(
    ("commune", "said"),
    [
        ("preizerdaul", "S’appelait Bettborn jusqu’en juillet 2001."),
        ("wiltz", "Ancienne commune d’Eschweiler (jusqu’au 1er janvier 2015)."),
    ],
)
def test_a_commune_says_whether_it_was_renamed_or_merged(site: Path, commune: str, said: str) -> None:
    page = (site / f"communes/{commune}/index.html").read_text(encoding="utf-8")
    assert f'<p class="ancienne">{said}</p>' in page


def test_a_fiche_in_another_language_says_so_wherever_its_text_stands(catalogue: Catalogue) -> None:
    (german,) = (fiche.model_copy(update={"langue": "de"}) for fiche in catalogue if fiche.id == "lisko")
    made = Catalogue.of([german, *(fiche for fiche in catalogue if fiche.id != german.id)], catalogue.vocabularies)
    plans = planned_pages(made, Settings(nom="Essai"))
    own = plans["fiches/lisko.md"].make().html
    for start in ("<h1", '<p class="chapeau"', '<div class="texte"', '<ul class="defis"'):
        assert set(re.findall(f"{start}[^>]*>", own)) == {f'{start} lang="de">'}
    assert '<strong lang="fr">Réponse' in own
    heading = plans[f"domaines/{german.domaines[0]}.md"].make().html
    assert re.search(r'<a href="[^"]*fiches/lisko/" lang="de">', heading)
    assert heading.count('<p class="carte-resume" lang="de">') == 1
    assert json.loads(selection_data(made, german))["langue"] == "de"
    assert list(json.loads(search_files(made, [])["recherche/fiches.json"])["langues"].values()) == ["de"]


def test_what_only_the_owner_knows_is_shown_as_missing(site: Path) -> None:
    page = (site / "mentions-legales/index.html").read_text(encoding="utf-8")
    assert "<dt>Éditeur</dt><dd><em>à compléter</em></dd>" in page


def test_the_table_counts_and_links(site: Path, catalogue: Catalogue) -> None:
    page = (site / "tableaux/domaines-publics/index.html").read_text(encoding="utf-8")
    number = len(catalogue.both("domaines", "logement", "publics", "jeunes"))
    assert f'<a href="../../domaines/logement/#jeunes" aria-label="Logement, Jeunes : {number}">{number}</a>' in page
    assert '<td class="sans"><span aria-label="aucune pratique">·</span></td>' in page


def test_an_old_id_redirects(tmp_path: Path) -> None:
    practices = Path(copytree(VALID, tmp_path / "practices"))
    with (practices / "minimale.yml").open("a", encoding="utf-8") as file:
        file.write("anciens_ids: [le-vieux-potager]\n")
    loaded = loader.load(practices, VOCABULARIES)
    redirect = content_of(page_assets(loaded.catalogue)["fiches/le-vieux-potager/index.html"]).decode()
    assert '<meta http-equiv="refresh" content="0; url=../minimale/">' in redirect


@pytest.mark.parametrize("chosen", [[], ["minimale"], ["texte-difficile"]])
def test_a_catalogue_of_none_or_one_is_published_too(chosen: list[str], tmp_path: Path) -> None:
    practices = tmp_path / "practices"
    practices.mkdir()
    for name in chosen:
        (practices / f"{name}.yml").write_bytes((VALID / f"{name}.yml").read_bytes())
    out = tmp_path / "site"
    assert cli.main(["build", "--practices", str(practices), "--out", str(out)]) == cli.GOOD
    assert dead_links(out, read_site(out)) == []


def test_the_text_of_a_fiche_is_text_on_its_page(tmp_path: Path) -> None:
    out = tmp_path / "site"
    assert cli.main(["build", "--practices", str(VALID), "--out", str(out)]) == cli.GOOD
    page = (out / "fiches/texte-difficile/index.html").read_text(encoding="utf-8")
    assert "C# &amp; &lt;b&gt;co&lt;/b&gt;\u00a0: 5 $, [crochets], `apostrophes`, {{ 7*7 }}, *étoiles* 🎉" in page
    assert "<script>alert" not in page
    assert "--8&lt;-- " in page
