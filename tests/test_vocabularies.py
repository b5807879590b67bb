"""The controlled terms: complete, unambiguous, found by every name."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from practice_catalogue.model.diagnostics import CannotRun
from practice_catalogue.model.vocabulary import Vocabularies
from practice_catalogue.validation import loader
from tests.support import VOCABULARIES

TERMS = loader.load_vocabularies(VOCABULARIES)


def test_the_communes_are_the_hundred_of_today_and_those_of_yesterday() -> None:
    current = [commune for commune in TERMS.communes if not commune.devenue]
    assert len(current) == 100
    assert len(TERMS.communes) - len(current) == 46
    assert sum(commune.population for commune in current) == 690_959  # STATEC, 1 January 2026


def test_each_commune_has_its_canton_and_its_own_hexagon() -> None:
    current = [commune for commune in TERMS.communes if not commune.devenue]
    assert all(commune.canton in TERMS.cantons for commune in current)
    assert len({commune.hexagone for commune in current}) == 100


@pytest.mark.parametrize(
    ("name", "commune"),
    [
        ("Déifferdeng", "differdange"),
        ("DIFFERDANGE", "differdange"),
        ("Esch an der Alzette", "esch-sur-alzette"),
        ("Esch/Alzette", "esch-sur-alzette"),
        ("Redange-sur-Attert", "redange-attert"),
        ("mondorf les bains", "mondorf-les-bains"),
    ],
)
def test_a_commune_answers_to_its_names(name: str, commune: str) -> None:
    assert TERMS.communes.resolve(name) == commune


@pytest.mark.parametrize(
    ("former", "today"), [("wahl", "groussbus-wal"), ("bous", "bous-waldbredimus"), ("remerschen", "schengen")]
)
def test_a_former_commune_leads_to_the_one_of_today(former: str, today: str) -> None:
    assert TERMS.commune_of_today(former).id == today


@pytest.mark.parametrize("name", list(Vocabularies.model_fields))
def test_no_name_stands_for_two_terms(name: str) -> None:
    assert TERMS[name].shared_names() == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("titre: [a\n", "ligne 1, yaml-crochet"),
        ("titre: Domaines\ndescription: Rien\n", "termes"),
        (
            "titre: D\ndescription: D\ntermes: [{id: a, libelle: Vélo, teinte: 1}, {id: b, libelle: VELO, teinte: 2}]",
            "« VELO » désigne à la fois a et b",
        ),
    ],
)
def test_a_broken_vocabulary_stops_the_job_with_a_reason(tmp_path: Path, text: str, reason: str) -> None:
    folder = copytree(VOCABULARIES, tmp_path / "vocabularies")
    (folder / "domaines.yml").write_text(text, encoding="utf-8")
    with pytest.raises(CannotRun) as stopped:
        loader.load_vocabularies(folder)
    assert stopped.value.diagnostic.code == "vocabulaire-illisible"
    assert stopped.value.diagnostic.details["raison"] == reason
