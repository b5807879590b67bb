"""What the visitor's pages are made of: neighbours, map, facets, pictures, policy, languages."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import struct
from pathlib import Path

import pytest

from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.derived.action_plan import questions
from practice_catalogue.model.derived.similarity import Similarity
from practice_catalogue.site import facets
from practice_catalogue.site.csp import content_policy
from practice_catalogue.site.hexmap import hex_map
from practice_catalogue.site.languages import LanguageMarker
from practice_catalogue.site.selection import COMPARED, selection_data
from practice_catalogue.site.share_images import draw_images
from practice_catalogue.validation import loader
from tests.support import PRACTICES, ROOT, publish


@pytest.mark.parametrize(
    ("fiche_id", "neighbour", "reason"),
    [
        ("hauscare-redange", "ais-partenaire-des-communes", "même public : ménages à revenu modeste"),
        ("formation-benevoles-refugies", "benevolat-refugies-dudelange", "même public : bénévoles"),
        ("pci-esch-sur-alzette", "pci-strassen", "même étape : domaines et publics"),
    ],
)
def test_the_closest_practice_and_why(catalogue: Catalogue, fiche_id: str, neighbour: str, reason: str) -> None:
    fiche = next(fiche for fiche in catalogue if fiche.id == fiche_id)
    closest = Similarity(catalogue).of(fiche)
    assert (closest[0].fiche.id, closest[0].reason) == (neighbour, reason)


def test_a_practice_has_three_neighbours_and_is_not_its_own(catalogue: Catalogue) -> None:
    similarity = Similarity(catalogue)
    for fiche in catalogue:
        ids = [related.fiche.id for related in similarity.of(fiche)]
        assert len(ids) == 3
        assert fiche.id not in ids


def test_neighbours_do_not_depend_on_the_order_of_reading(catalogue: Catalogue) -> None:
    reversed_catalogue = Catalogue(tuple(reversed(catalogue.fiches)), catalogue.vocabularies)
    one, other = Similarity(catalogue), Similarity(reversed_catalogue)
    assert all(one.of(fiche) == other.of(fiche) for fiche in catalogue)


def test_the_map_shows_each_commune_once_and_none_over_another(catalogue: Catalogue) -> None:
    hexagons = hex_map(catalogue).hexagons
    assert len({(one.x, one.y) for one in hexagons}) == 100
    assert {one.id: one.number for one in hexagons}["strassen"] == 3
    assert all(abs(a.x - b.x) >= 50 or abs(a.y - b.y) >= 86 for a in hexagons for b in hexagons if a.id < b.id)


def test_only_values_that_some_fiche_has_are_offered(catalogue: Catalogue) -> None:
    shown = {
        facet.name: [value for group in groups for value in group.values]
        for facet, groups in facets.used_facets(catalogue)
    }
    assert list(shown) == [
        *("domaine", "public", "commune", "porteur", "type", "etat", "cout", "theme", "etape", "edition"),
    ]
    assert all(value.fiches for values in shown.values() for value in values)
    assert "personnes-agees" not in {value.id for value in shown["public"]}


def test_communes_are_offered_by_canton(catalogue: Catalogue) -> None:
    groups = next(groups for facet, groups in facets.used_facets(catalogue) if facet.name == "commune")
    assert [group.titre for group in groups][:2] == ["Esch-sur-Alzette", "Luxembourg"]


@pytest.fixture(scope="module")
def at_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site with its address, without which no link to it shows a picture."""
    return publish(PRACTICES, tmp_path_factory.mktemp("home") / "site", "--site-url", "https://catalogue.example/")


def test_a_picture_a_fiche_of_the_size_that_networks_want(catalogue: Catalogue, at_home: Path) -> None:
    pictures = {path.parent.name: path.read_bytes() for path in (at_home / "fiches").glob("*/partage.png")}
    assert sorted(pictures) == sorted(fiche.id for fiche in catalogue)
    assert {struct.unpack(">II", picture[16:24]) for picture in pictures.values()} == {(1200, 630)}


def test_no_picture_that_nothing_shows(site: Path) -> None:
    assert list(site.rglob("partage.png")) == []


def test_pictures_are_the_same_each_time(catalogue: Catalogue, at_home: Path) -> None:
    fiches = catalogue.fiches[3:5]
    drawn = [(at_home / "fiches" / fiche.id / "partage.png").read_bytes() for fiche in fiches]
    assert draw_images(catalogue, fiches, loader.load_settings(ROOT / "catalogue.yml").nom) == drawn


def test_the_selection_has_an_answer_to_each_question(catalogue: Catalogue) -> None:
    data = json.loads(selection_data(catalogue, catalogue.fiches[0]))
    assert all(field in data for field, _ in COMPARED)
    asked = sorted(question.id for question in questions(catalogue.vocabularies))
    assert list(data["plan"]) == list(data["exemples"]) == asked
    assert len(data["plan"]) == 12


def test_the_policy_names_the_scripts_of_the_page_and_no_other() -> None:
    code = "var a = 1 < 2;"
    found = content_policy(f'<script>{code}</script><script type="application/json">{{}}</script>')
    expected = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    assert found.count("'sha256-") == 1
    assert f"'sha256-{expected}'" in found
    assert "default-src 'none'" in found
    assert "unsafe-inline" not in found


def test_every_page_has_the_policy(site: Path) -> None:
    pages = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    assert [path.name for path, page in pages.items() if not page_names_its_policy_first(page)] == []


def page_names_its_policy_first(page: str) -> bool:
    """Nothing is loaded before the policy is known."""
    policy, loads = page.find('<meta http-equiv="Content-Security-Policy"'), re.search("<script|<link", page)
    return policy > 0 and (loads is None or policy < loads.start())


def test_other_languages_are_marked_in_the_text_and_not_in_attributes(catalogue: Catalogue) -> None:
    marker = LanguageMarker(catalogue.vocabularies)
    page = '<a title="Neien Ufank">Le projet Neien Ufank</a> et « empowerment »'
    assert marker.mark(page) == (
        '<a title="Neien Ufank">Le projet <span lang="lb">Neien Ufank</span></a> et '
        '« <span lang="en">empowerment</span> »'
    )


def test_a_shared_link_shows_title_description_and_picture(at_home: Path) -> None:
    page = (at_home / "fiches/kufika/index.html").read_text(encoding="utf-8")
    assert '<meta property="og:title" content="KUFIKA\u00a0: à Strassen, les arts à portée d’enfant">' in page
    assert '<meta property="og:image" content="https://catalogue.example/fiches/kufika/partage.png">' in page
