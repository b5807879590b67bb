"""What is known of a practice today, from its dates and from what people said."""

from __future__ import annotations

from typing import Any

import pytest

from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.derived.practice_state import practice_state, state_sentence
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.validation import loader
from tests.support import VOCABULARIES

TERMS = loader.load_vocabularies(VOCABULARIES)


def news(day: str, state: str) -> dict[str, str]:
    return {"le": day, "etat": state, "source": "Commune de Strassen"}


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({}, "à confirmer"),
        ({"publie_le": "2024-03-01"}, "à confirmer depuis 2024"),
        ({"publie_le": "2024-03-01", "editions": [{"edition": "assises-2017"}]}, "à confirmer depuis 2017"),
        ({"calendrier": {"debut": "2016-04"}}, "commencée en 2016 · à confirmer"),
        ({"calendrier": {"debut": "2017-01-01", "fin": "2018-12-31"}}, "2017–2018 · terminée"),
        ({"calendrier": {"debut": "2017", "fin": "2017"}}, "2017 · terminée"),
        ({"calendrier": {"fin": "2018"}}, "jusqu'en 2018 · terminée"),
        ({"calendrier": {"fin": "2026"}}, "jusqu'en 2026 · à confirmer"),
        ({"nouvelles": [news("2026-03-15", "en-cours")]}, "en cours, confirmé en mars 2026"),
        (
            {"nouvelles": [news("2026-03-15", "modifiee"), news("2024-01-01", "terminee")]},
            "en cours, avec des changements, confirmé en mars 2026",
        ),
        ({"nouvelles": [news("2025-06-30", "terminee")]}, "terminée, dit en juin 2025"),
        (
            {"calendrier": {"debut": "2017", "fin": "2018"}, "nouvelles": [news("2020-02-01", "en-cours")]},
            "2017–2018 · en cours, confirmé en février 2020",
        ),
        (
            {"calendrier": {"debut": "2017", "fin": "2018"}, "nouvelles": [news("2017-06-01", "en-cours")]},
            "2017–2018 · terminée",
        ),
        ({"nouvelles": [news("2026-11-21", "terminee")]}, "à confirmer"),
    ],
)
def test_the_state_on_20_november_2026(fields: dict[str, Any], shown: str) -> None:
    fiche = Fiche.model_validate(minimal() | fields, context=TERMS)
    assert state_sentence(fiche, practice_state(fiche, TERMS, "2026-11-20")) == shown


def minimal() -> dict[str, Any]:
    return {
        "id": "le-potager",
        "titre": "Le potager",
        "resume": "Des voisins cultivent ensemble un terrain, et se parlent.",
        "porteurs": [{"nom": "Commune de Strassen", "type": "commune"}],
        "territoire": "national",
        "domaines": ["environnement"],
        "publics": ["tous-les-residents"],
        "objectifs": ["Se rencontrer."],
        "description": "La commune prête un terrain, et les habitants l'entretiennent.",
        "contacts": [{"organisation": "Commune de Strassen"}],
    }


def test_a_family_begins_with_the_original_and_leaves_out_the_fiche_itself() -> None:
    takes_up = {"b": "a", "c": "b", "d": ""}
    fiches = [
        Fiche.model_validate(
            minimal() | {"id": name, "titre": f"Potager {name}"} | origin(takes_up.get(name, "")), context=TERMS
        )
        for name in ("c", "b", "a", "d")
    ]
    catalogue = Catalogue.of(fiches, TERMS)
    families = {fiche.id: [one.id for one in catalogue.family_of(fiche)] for fiche in catalogue}
    assert families == {"a": ["b", "c"], "b": ["a", "c"], "c": ["a", "b"], "d": []}


def origin(fiche_id: str) -> dict[str, Any]:
    return {"reprise_de": {"fiche": fiche_id}} if fiche_id else {}
