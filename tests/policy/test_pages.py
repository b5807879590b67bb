"""The pages between practices and policy: reached, sourced, and saying what they should."""

from __future__ import annotations

from pathlib import Path

import pytest

from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.validation import loader
from tests.policy import second_way
from tests.policy.conftest import pages_of
from tests.policy.second_way import Shown, words
from tests.site_reader import BASE, inner_links, read_site
from tests.support import PRACTICES, VOCABULARIES

PAGES = ("pacte", "guide-pci", "orientations", "analyse", "chiffres", "sigles", "donnees")
TERMS = loader.load_vocabularies(VOCABULARIES)


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return pages_of(PRACTICES)


def test_each_page_is_reached_from_the_home_page_and_from_every_other(site: Path) -> None:
    pages = read_site(site)
    for page in (pages[BASE], pages[f"{BASE}fiches/lisko/"]):
        assert {f"{BASE}{name}/" for name in PAGES} <= inner_links(page)


@pytest.mark.parametrize("name", PAGES)
def test_each_page_names_its_sources(name: str, made: dict[str, str]) -> None:
    assert words(Shown(made[f"{name}/index.md"]).tree.xpath("//p[@class='source']")[-1])


def test_each_step_shows_the_practices_that_did_it(made: dict[str, str]) -> None:
    page = Shown(made["guide-pci/index.md"])
    for step in second_way.terms("etapes-pci"):
        did = {fiche["titre"] for fiche in second_way.fiches().values() if step["id"] in fiche.get("etapes_pci", ())}
        section = page.one(f"//section[@aria-labelledby='{step['id']}']")
        assert {words(link) for link in section.xpath(".//ul[@class='titres']//a")} == did
        assert [words(head) for head in section.xpath(".//h4")] == [
            "Ce qui s'y fait",
            "Qui fait quoi",
            "À quoi veiller",
        ]
        if not did:
            assert "Aucune fiche ne raconte encore cette étape." in words(section)


def test_the_guide_says_when_it_was_written_and_what_has_changed_since(made: dict[str, str]) -> None:
    page = Shown(made["guide-pci/index.md"])
    assert "une première version écrite avant 2015" in words(page.tree)
    changes = [words(change) for change in page.tree.xpath("//dl[@class='changements']/div")]
    assert all("Source : " in change for change in changes)
    for name in ("Pakt vum Zesummeliewen", "Gemengepakt", "celle du 23 août 2023", "Biergerpakt", "GRESIL"):
        assert name in " ".join(changes)


def test_the_guide_has_four_marks_and_ten_questions_and_an_empty_form(made: dict[str, str]) -> None:
    page = Shown(made["guide-pci/index.md"])
    marks = [words(mark) for mark in page.tree.xpath("//dl[@class='marques']//dt")]
    assert marks == ["Durable", "Transversal", "Partagé", "Structuré"]
    assert len(page.tree.xpath("//ol[@class='questions']/li")) == 10
    forms = page.tree.xpath("//p[@class='telecharger']//a/@href")
    assert forms == ["../selection/#plan", "../donnees/plan-d-actions.docx", "../donnees/plan-d-actions.csv"]


def test_each_orientation_shows_its_objectives_and_practices(made: dict[str, str]) -> None:
    page = Shown(made["orientations/index.md"])
    for term in second_way.terms("orientations"):
        serve = {
            fiche["titre"] for fiche in second_way.fiches().values() if term["id"] in fiche.get("orientations", ())
        }
        section = page.one(f"//section[@aria-labelledby='{term['id']}']")
        assert {words(link) for link in section.xpath(".//ul[@class='titres']//a")} == serve
        objectives = [words(item) for item in section.xpath(".//ul[@class='texte']/li")]
        assert objectives == list(term.get("objectifs", ()))


def test_an_orientation_that_nobody_serves_says_so(tmp_path: Path) -> None:
    page = Shown(pages_of(tmp_path)["orientations/index.md"])
    assert len(page.tree.xpath("//p[@class='vide']")) == 4


def test_the_glossary_has_every_acronym_and_who_uses_it(made: dict[str, str], catalogue: Catalogue) -> None:
    page = Shown(made["sigles/index.md"])
    for term in TERMS.sigles:
        entry = page.one(f"//div[@id='{term.id}']")
        assert term.libelle in words(entry)
        users = {fiche.titre for fiche in catalogue if term in catalogue.acronyms(fiche)}
        assert {words(link) for link in entry.xpath(".//ul//a")} == {" ".join(title.split()) for title in users}
        assert bool(term.depuis) == ("Source : " in words(entry))


def test_the_richer_fiche_shows_all_it_has(made: dict[str, str]) -> None:
    page = words(Shown(made["fiches/pci-miselerland.md"]).tree)
    for text in (
        "La leçon est double.",
        "Créer un observatoire de la diversité",
        "Rallier les quatre autres communes",
        "Les dix communes partenaires, avec leurs commissions",
        "Fédération des Associations Viticoles du Grand-Duché de Luxembourg : apporte son expertise",
        "Elles le font en milieu rural",
        "Moyens limités",
        "Forces mises en commun",
    ):
        assert text in page


def test_the_freins_and_leviers_of_a_fiche_lead_to_the_analysis(site: Path) -> None:
    links = read_site(site)[f"{BASE}fiches/lisko/"].links
    assert f"{BASE}analyse/#freins-langue-et-culture" in links
    assert f"{BASE}analyse/#leviers-relais-et-mediateurs" in links
    assert f"{BASE}orientations/#accompagnement" in links


def test_the_steps_of_a_fiche_lead_to_the_guide(site: Path) -> None:
    assert f"{BASE}guide-pci/#etat-des-lieux" in read_site(site)[f"{BASE}fiches/pci-strassen/"].links


def test_a_term_says_where_it_comes_from() -> None:
    for vocabulary in (TERMS.freins, TERMS.leviers):
        assert {term.origine for term in vocabulary} == {"étude", "fiches"}
    assert sum(term.origine == "étude" for term in TERMS.freins) == 6


def test_no_fiche_names_a_difficulty_twice() -> None:
    for fiche in second_way.fiches().values():
        told = {defi.get("frein") for defi in fiche.get("defis", ())}
        assert not told & set(fiche.get("freins", ()))
