"""Each figure and list of /analyse/, counted a second way from the YAML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.policy import second_way
from tests.policy.second_way import Fiche, Shown, words

COLUMNS: dict[str, tuple[str, Callable[[Fiche], Iterable[str]]]] = {
    "Freins et domaines": ("domaines", lambda fiche: fiche["domaines"]),
    "Freins et leviers": ("leviers", lambda fiche: fiche.get("leviers", ())),
}


@pytest.fixture
def page(generated: dict[str, str]) -> Shown:
    return Shown(generated["analyse/index.md"])


@pytest.fixture
def files(practices: Path) -> dict[str, Fiche]:
    return second_way.fiches(practices)


def names(vocabulary: str) -> dict[str, str]:
    return {term["id"]: term["libelle"] for term in second_way.terms(vocabulary)}


def test_the_ways_to_start_stand_beside_their_practices(page: Shown, files: dict[str, Fiche]) -> None:
    found = Counter(fiche.get("demarche", "sans") for fiche in files.values())
    for start in (*names("demarches"), "sans"):
        section = page.one(f"//section[@aria-labelledby='demarche-{start}']")
        assert int(words(section.xpath("./h3/span")[0]).split()[0]) == found[start]
        assert len(section.xpath(".//ul[@class='titres']/li")) == found[start]
    for start in ("descendante", "ascendante"):
        heads = [words(head) for head in page.tree.xpath(f"//section[@aria-labelledby='demarche-{start}']/h4")]
        assert heads == ["Atouts", "Risques", "Pratiques"]


def test_each_difficulty_counts_its_practices(page: Shown, files: dict[str, Fiche]) -> None:
    found = Counter(frein for fiche in files.values() for frein in second_way.freins_of(fiche))
    for frein, libelle in names("freins").items():
        assert words(page.one(f"//h3[@id='freins-{frein}']")).startswith(f"{libelle} {found[frein]} pratique")
    chart = page.chart("//div[starts-with(@aria-label, 'Freins') and contains(@aria-label, 'tableau')]/table")
    assert chart == {names("freins")[frein]: count for frein, count in found.items()}


def test_each_difficulty_stands_with_the_answers_of_the_fiches(page: Shown, files: dict[str, Fiche]) -> None:
    for frein in names("freins"):
        rows = page.tree.xpath(f"//section[@aria-labelledby='freins-{frein}']//tbody/tr")
        shown = {tuple(words(cell) for cell in row.xpath("./th | ./td")) for row in rows}
        told = {
            (fiche["titre"], defi["defi"], defi.get("reponse", "pas de réponse dans la fiche"))
            for fiche in files.values()
            for defi in fiche.get("defis", ())
            if defi.get("frein") == frein
        }
        assert shown == {tuple(" ".join(text.split()).replace("’", "'") for text in row) for row in told}


@pytest.mark.parametrize("label", list(COLUMNS))
def test_a_cross_table_counts_fiches_that_have_both(label: str, page: Shown, files: dict[str, Fiche]) -> None:
    vocabulary, keys = COLUMNS[label]
    found = Counter(
        (names("freins")[frein], names(vocabulary)[key])
        for fiche in files.values()
        for frein in second_way.freins_of(fiche)
        for key in keys(fiche)
    )
    assert page.cross(label) == found


def test_a_cell_leads_to_its_fiche_or_to_its_difficulty(page: Shown) -> None:
    for link in page.tree.xpath("//table[@class='croise']/tbody//td/a"):
        target = "../fiches/" if words(link) == "1" else "./#freins-"
        assert link.get("href").startswith(target), link.get("href")


def test_what_helps_is_counted(page: Shown, files: dict[str, Fiche]) -> None:
    found = Counter(levier for fiche in files.values() for levier in fiche.get("leviers", ()))
    chart = page.chart("//div[starts-with(@aria-label, 'Leviers') and contains(@aria-label, 'tableau')]/table")
    assert chart == {names("leviers")[levier]: count for levier, count in found.items()}


def test_strong_points_are_computed(page: Shown, files: dict[str, Fiche]) -> None:
    told = [defi for fiche in files.values() for defi in fiche.get("defis", ())]
    answered = [defi for defi in told if "reponse" in defi]
    items = [words(item) for item in page.one("//h2[@id='points-forts']/following-sibling::ul[1]").xpath("./li")]
    share = int(100 * len(answered) / len(told) + 0.5)
    assert items[0] == f"{len(answered)} des {len(told)} difficultés racontées ont trouvé une réponse ({share} %)."
    used = {key for fiche in files.values() for key in fiche["publics"]}
    assert f"{len(used)} des {len(names('publics'))} publics ont au moins une pratique." in items
    best = Counter(levier for fiche in files.values() for levier in fiche.get("leviers", ())).most_common(1)[0]
    assert items[1] == f"{names('leviers')[best[0]]} : {best[1]} pratiques."


def test_points_to_strengthen_are_computed(page: Shown, files: dict[str, Fiche]) -> None:
    text = words(page.one("//ul[contains(@class, 'conforter')]"))
    open_ = [defi["defi"] for fiche in files.values() for defi in fiche.get("defis", ()) if "reponse" not in defi]
    assert len(page.one("//ul[contains(@class, 'conforter')]/li[1]/ul").xpath("./li")) == len(open_)
    steps = {key for fiche in files.values() for key in fiche.get("etapes_pci", ())}
    for step, libelle in names("etapes-pci").items():
        assert (step in steps) != (libelle in text.partition("Étapes d'un plan communal sans pratique :")[2])
    met = {frein for fiche in files.values() for frein in second_way.freins_of(fiche)}
    missing = [
        term["libelle"] for term in second_way.terms("freins") if term["origine"] == "étude" and term["id"] not in met
    ]
    said = text.partition("aucune fiche ne parle : ")[2].partition(".")[0]
    assert said == ", ".join(missing)
