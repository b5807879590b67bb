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


HEAD = "titre: C\ndescription: C\ntermes:\n"

BROKEN = {
    ("domaines", "titre: [a\n"): "1:8 yaml-crochet",
    ("domaines", ""): "1:1 pas-de-cles",
    ("domaines", "titre: Domaines\ndescription: Rien\n"): "1:1 termes cle-manquante",
    ("domaines", HEAD): "3:8 termes vocabulaire-vide",
    ("domaines", f"{HEAD}- {{id: a, libelle: Vélo, teinte: 1}}\n- {{id: b, libelle: VELO, teinte: 2}}"): (
        "5:3 termes[2] nom-ambigu"
    ),
    ("domaines", f"{HEAD}- {{id: a, libelle: A, teinte: 1}}\n- {{id: a, libelle: B, teinte: 2}}"): (
        "5:8 termes[2].id terme-repete"
    ),
    ("domaines", f"{HEAD}- {{id: ../a, libelle: A, teinte: 1}}"): "4:8 termes[1].id identifiant-invalide",
    ("domaines", f"{HEAD}- {{id: a, libelle: '', teinte: bleu}}"): (
        "4:20 termes[1].libelle cle-manquante", "4:32 termes[1].teinte valeur-inattendue",
    ),
    ("expressions", f"{HEAD}- {{id: a, libelle: A, langue: allemand}}"): "4:31 termes[1].langue valeur-inattendue",
    ("freins", f"{HEAD}- {{id: a, libelle: A, origine: moi}}"): "4:32 termes[1].origine valeur-inattendue",
    ("editions", f"{HEAD}- {{id: a, libelle: A, lieu: L, date: 11.2.2017}}"): "4:38 termes[1].date date-invalide",
    ("localites", f"{HEAD}- {{id: a, libelle: A, commune: merch}}"): "4:32 termes[1].commune reference-inconnue",
}  # fmt: skip


@pytest.mark.parametrize(("name", "text"), BROKEN)
def test_a_broken_vocabulary_is_told_with_its_place(name: str, text: str, tmp_path: Path) -> None:
    expected = BROKEN[name, text]
    assert told(tmp_path, name, text) == ([expected] if isinstance(expected, str) else list(expected))


TOWN = "canton: mersch, hexagone: [1, 1]"

COMMUNES = {
    f"- {{id: a, libelle: A, {TOWN}}}\n- {{id: b, libelle: B, {TOWN}}}": ["5:49 termes[2].hexagone hexagone-occupe"],
    "- {id: a, libelle: A, canton: mersch}": ["4:3 termes[1] hexagone-absent"],
    "- {id: a, libelle: A, canton: merch, hexagone: [1, 1]}": ["4:31 termes[1].canton reference-inconnue"],
    "- {id: a, libelle: A, hexagone: [1, 1]}": ["4:3 termes[1].canton reference-inconnue"],
    "- {id: a, libelle: A, devenue: a}": ["4:32 termes[1].devenue succession-en-cercle"],
    "- {id: a, libelle: A, devenue: b}": ["4:32 termes[1].devenue reference-inconnue"],
    "- {id: a, libelle: A, devenue: b}\n- {id: b, libelle: B, devenue: c}\n- {id: c, libelle: C, devenue: b}": [
        "5:32 termes[2].devenue succession-en-cercle",
        "6:32 termes[3].devenue succession-en-cercle",
    ],
    "- {id: a, libelle: A, canton: mersch, hexagone: [1, 100]}": ["4:53 termes[1].hexagone[2] valeur-inattendue"],
    "- {id: a, libelle: A, canton: mersch, hexagone: [1]}": ["4:49 termes[1].hexagone[2] cle-manquante"],
    f"- {{id: a, libelle: A, depuis: un jour, {TOWN}}}": ["4:31 termes[1].depuis date-invalide"],
}


@pytest.mark.parametrize("terms", COMMUNES)
def test_references_between_communes_are_checked(terms: str, tmp_path: Path) -> None:
    assert [one for one in told(tmp_path, "communes", HEAD + terms) if "commune reference" not in one] == COMMUNES[
        terms
    ]


def told(tmp_path: Path, name: str, text: str) -> list[str]:
    """Returns place, field and code of what is said of the vocabularies, one of which is replaced."""
    folder = copytree(VOCABULARIES, tmp_path / "vocabularies")
    (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    with pytest.raises(CannotRun) as stopped:
        loader.load_vocabularies(folder)
    found = (diagnostic for diagnostic in stopped.value.diagnostics if Path(diagnostic.file).stem == name)
    return [" ".join(filter(None, (f"{one.line}:{one.column}", one.field, one.code))) for one in found]
