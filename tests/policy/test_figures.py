"""Each figure of /chiffres/, counted a second way from the YAML."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.fiche import Fiche, Indicateur
from practice_catalogue.model.introspection import fields_of
from practice_catalogue.site.policy import figures
from tests.policy import second_way
from tests.policy.conftest import pages_of
from tests.policy.second_way import Shown, words
from tests.support import PRACTICES


@pytest.fixture
def page(generated: dict[str, str]) -> Shown:
    return Shown(generated["chiffres/index.md"])


@pytest.mark.parametrize("chart", list(second_way.KEYS))
def test_a_chart_counts_what_the_files_say(chart: str, page: Shown, practices: Path) -> None:
    assert page.chart(f"//section[@aria-labelledby='{chart}']//table") == second_way.counts(practices, chart)


def test_the_years_are_those_of_the_beginning(page: Shown, practices: Path) -> None:
    years = Counter(
        fiche.get("calendrier", {}).get("debut", "Non précisé")[:11] for fiche in second_way.fiches(practices).values()
    )
    expected = Counter({(year if year == "Non précisé" else year[:4]): 0 for year in years})
    for year, count in years.items():
        expected[year if year == "Non précisé" else year[:4]] += count
    assert page.chart("//section[@aria-labelledby='annees']//table") == expected


def test_communes_with_and_without_a_practice_and_their_inhabitants(page: Shown, practices: Path) -> None:
    named = {commune for fiche in second_way.fiches(practices).values() for commune in second_way.communes_of(fiche)}
    people = {term["libelle"]: int(term["population"]) for term in second_way.terms("communes") if "population" in term}
    inside = sum(people[commune] for commune in named)
    whole = sum(people.values())
    rows = page.one("//section[@aria-labelledby='couverture']//table").xpath("./tbody/tr")
    shown = [[words(cell) for cell in row.xpath("./td")[2:]] for row in rows]
    for row, population, communes in zip(shown, (inside, whole - inside), (named, set(people) - named), strict=True):
        assert row == [f"{population:,}".replace(",", " "), f"{int(100 * population / whole + 0.5)} %"]
        listed = {words(link) for link in rows[shown.index(row)].xpath(".//li/a")}
        assert listed == communes
    top = [words(number) for number in page.tree.xpath("//dl[@class='grands-chiffres']//dd")]
    national = sum(fiche["territoire"] == "national" for fiche in second_way.fiches(practices).values())
    assert top == [
        str(len(second_way.fiches(practices))),
        str(len(named)),
        f"{int(100 * inside / whole + 0.5)} %",
        str(national),
    ]


def test_the_quality_of_the_data_is_how_many_files_have_the_key(page: Shown, practices: Path) -> None:
    titles = {str(field.title): name for name, field in fields_of(Fiche).items()}
    shown = page.chart("//section[@aria-labelledby='qualite']//table")
    files = second_way.fiches(practices).values()
    assert shown == {title: sum(titles[title] in fiche for fiche in files) for title in shown}
    required = {str(field.title) for field in fields_of(Fiche).values() if field.is_required()}
    assert set(titles) - required - set(shown) == {"Langue", "Anciens identifiants"}


def test_measures_and_amounts_are_those_of_the_files(page: Shown, practices: Path) -> None:
    files = second_way.fiches(practices).values()
    measures = Counter(entry["mesure"].casefold() for fiche in files for entry in fiche.get("indicateurs", ()))
    listed = page.one("//section[@aria-labelledby='mesures']//details").xpath(".//li")
    assert len(listed) == sum(measures.values())
    several = [words(cell).casefold() for cell in page.tree.xpath("//section[@aria-labelledby='mesures']//tbody//th")]
    assert several == [measure for measure, count in measures.items() if count > 1]
    known = [fiche for fiche in files if "montant" in fiche.get("couts", {})]
    assert len(page.tree.xpath("//section[@aria-labelledby='couts']//li")) == len(known)


def test_a_bar_is_as_long_as_its_number(page: Shown) -> None:
    table = page.one("//section[@aria-labelledby='domaines']//table")
    numbers = [second_way.number(cell) for cell in table.xpath(".//td[@class='pratiques']")]
    lengths = [float(str(rect.get("width")).rstrip("%")) for rect in table.xpath(".//rect")]
    assert lengths == [round(100 * number / max(numbers), 1) for number in numbers]


def test_changing_one_fiche_changes_the_page(changed: Path) -> None:
    before, after = pages_of(PRACTICES), pages_of(changed)
    for path in ("chiffres/index.md", "analyse/index.md"):
        assert before[path] != after[path]


def _with(catalogue: Catalogue, *values: tuple[str, str]) -> Catalogue:
    fiches = [
        fiche.model_copy(update={"indicateurs": (Indicateur(mesure=mesure, valeur=valeur),)})
        for fiche, (mesure, valeur) in zip(catalogue.fiches, values, strict=False)
    ]
    return Catalogue.of(fiches, catalogue.vocabularies)


def test_whole_numbers_of_the_same_thing_add_up(catalogue: Catalogue) -> None:
    (measure,) = figures.measures(_with(catalogue, ("Participants", "1 262"), ("participants", "38")))
    assert (measure.total, measure.lowest, measure.highest) == (1300, 38, 1262)


@pytest.mark.parametrize("valeur", ["36 %", "environ 40", "15 à 30", "une centaine", "100 €"])
def test_shares_and_guesses_do_not_add_up(catalogue: Catalogue, valeur: str) -> None:
    (measure,) = figures.measures(_with(catalogue, ("Participants", "12"), ("Participants", valeur)))
    assert measure.total is None


def test_different_things_do_not_add_up(catalogue: Catalogue) -> None:
    found = figures.measures(_with(catalogue, ("Participants", "12"), ("Bénévoles", "3")))
    assert [measure.total for measure in found] == [None, None]


def test_a_catalogue_without_fiches_has_figures_too(catalogue: Catalogue, tmp_path: Path) -> None:
    page = Shown(pages_of(tmp_path)["chiffres/index.md"])
    assert set(page.chart("//section[@aria-labelledby='domaines']//table").values()) == {0}
    assert yaml.safe_load(page.text("//dl[@class='grands-chiffres']/div[1]/dd")) == len(catalogue.fiches[:0])


def test_each_sign_names_what_in_the_fiche_it_rests_on(catalogue: Catalogue) -> None:
    lisko = next(fiche for fiche in catalogue if fiche.id == "lisko")
    state, results, cost, difficulties, contact = figures.signs(lisko, catalogue)
    assert state == figures.Sign(
        "commencée en 2016 · à confirmer depuis 2017", "sans nouvelle depuis les Assises, 11 février 2017"
    )
    assert results == figures.Sign("résultats comptés", "4 chiffres", "resultats")
    assert cost == figures.Sign("ordre de coût connu", "Coût élevé", "couts")
    assert (difficulties.words, difficulties.section) == ("difficultés et réponses racontées", "defis")
    assert contact == figures.Sign("contact à confirmer", "aucune date de confirmation", "contact")


def test_an_end_and_news_are_named_as_the_basis_of_a_state(catalogue: Catalogue) -> None:
    ended = next(fiche for fiche in catalogue if fiche.id == "hauscare-redange")
    assert figures.signs(ended, catalogue)[0].basis.startswith("fin : ")
    news = {"le": catalogue.fiches[0].publie_le, "etat": "en-cours", "source": "Caritas"}
    told = Fiche.model_validate(
        ended.model_dump(exclude_defaults=True) | {"nouvelles": [news]}, context=catalogue.vocabularies
    )
    assert figures.signs(told, catalogue)[0].basis == "nouvelle du 20 novembre 2026, Caritas"
