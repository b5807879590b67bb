"""The plan after a practice of another commune: what is taken over, and what stands beside as an example."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.derived import action_plan
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.formatting import MONTHS
from practice_catalogue.model.richtext import french

EMPTY = ("responsable", "partenaires", "moyens", "lieu", "calendrier", "budget")
DATE = re.compile(rf"\b(?:19|20)\d\d\b|\b\d+(?:er)? (?:{'|'.join(MONTHS)})\b|\b\d+ h\b", re.IGNORECASE)
"""Years, days, times."""

ACRONYM = re.compile(r"\(([A-Z][A-Za-z]+)\)")


def own_names(catalogue: Catalogue, fiche: Fiche) -> Iterator[str]:
    """Everything by which a practice names its holders, helpers, places and contacts."""
    holders = [*(one.nom for one in fiche.porteurs), *(one.nom for one in fiche.partenaires)]
    yield from holders
    yield from (acronym for name in holders for acronym in ACRONYM.findall(name))
    for contact in fiche.contacts:
        yield from filter(
            None, (contact.organisation, contact.nom, contact.telephone, contact.courriel, contact.adresse)
        )
    yield from filter(None, (fiche.lieu,))
    yield from catalogue.communes_of(fiche)


def by_id(catalogue: Catalogue, fiche_id: str) -> Fiche:
    return next(fiche for fiche in catalogue if fiche.id == fiche_id)


def traces(answers: list[str], own: set[str], communes: set[str]) -> list[str]:
    """The names and dates that stand in answers; names of communes as they are written: « Bus » is one, « bus » not."""
    text = "\n".join(answers)
    found = {name for name in own if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)}
    found |= {name for name in communes if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)}
    return sorted(found) + DATE.findall(text)


def test_no_answer_names_another_commune_for_any_fiche_and_any_commune(catalogue: Catalogue) -> None:
    communes = [term for term in catalogue.vocabularies.communes if not term.devenue]
    assert (len(catalogue), len(communes)) == (24, 100)
    owners = {french(name): term.id for term in catalogue.vocabularies.communes for name in term.names}
    nobody = {french(term.libelle) for term in catalogue.vocabularies.publics}  # « Associations et clubs » help, too
    found = []
    for fiche in catalogue:
        answers = [french(text) for text in action_plan.draft(catalogue, fiche).answers.values()]
        traced = traces(answers, {french(name) for name in own_names(catalogue, fiche)} - nobody, set(owners))
        found += [(fiche.id, one.id, trace) for one in communes for trace in traced if owners.get(trace) != one.id]
    assert found == []


def test_the_names_would_be_found() -> None:
    assert traces(["La ville de strassen, à Mamer, le 3 mai 2017."], {"Ville de Strassen"}, {"Mamer", "Bous"}) == [
        "Mamer", "Ville de Strassen", "3 mai", "2017",
    ]  # fmt: skip


def test_who_where_when_and_with_whom_are_left_to_the_commune(catalogue: Catalogue) -> None:
    for fiche in catalogue:
        draft = action_plan.draft(catalogue, fiche)
        assert {draft.answers[key] for key in EMPTY} == {""}
        assert draft.answers["domaine-et-public"]
        assert draft.answers["action"]
        assert draft.examples["responsable"]


@pytest.mark.parametrize(
    ("fiche", "cost"),
    [
        ("equigaart", "3 000 € à Junglinster, pour 9 139 habitants en 2026."),
        ("kufika", "Coût faible."),
        ("lisko", "Coût élevé."),
        ("wok-differdange", "Coût non précisé."),
    ],
)
def test_an_order_of_cost_is_what_the_fiche_has(catalogue: Catalogue, fiche: str, cost: str) -> None:
    assert action_plan.order_of_cost(catalogue, by_id(catalogue, fiche)) == cost


def test_objectives_obstacles_and_measures_are_kept_unless_they_name_a_place(catalogue: Catalogue) -> None:
    draft = action_plan.draft(catalogue, by_id(catalogue, "equigaart"))
    assert draft.place == "À Junglinster"
    assert draft.answers["objectif"].splitlines()[-1] == "Les sensibiliser aussi à la cohésion sociale."
    assert draft.answers["obstacles"].startswith("Se comprendre sans langue commune. Réponse : L'obstacle")
    assert (draft.answers["indicateurs"], draft.examples["indicateurs"]) == (
        "Familles participantes par saison",
        "Familles participantes par saison : 15 à 30",
    )
    sport = action_plan.draft(catalogue, by_id(catalogue, "integration-par-le-sport-esch"))
    assert "Esch" in sport.examples["objectif"]
    assert "Esch" not in sport.answers["objectif"]
    assert len(sport.answers["objectif"].splitlines()) == 2


def test_the_steps_are_those_of_the_pact(catalogue: Catalogue) -> None:
    steps = [(step.id, step.libelle) for step in action_plan.STEPS]
    assert steps == [(term.id, term.libelle) for term in catalogue.vocabularies.etapes_du_pacte]
