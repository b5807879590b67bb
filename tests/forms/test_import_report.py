"""The report of `import` is honest: it tells what `check` finds in the drafts that were written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from practice_catalogue import cli

NOTES = """Titre
Fête des voisins

Public cible
Les voisins

Communes
Bertrange, Nulle-Part

Contact
Service culturel, jean@gmail.com
"""

REPORT = """notes.txt → {draft}
    rempli : Titre, Communes, Public cible, Contacts
    à compléter : description, domaines, objectifs, porteurs, publics, resume, territoire
    à corriger : ligne 8, « Nulle-Part » n'est pas dans la liste des communes. La liste complète est dans vocabularies/communes.yml.
    à corriger : ligne 10, avertissement : « jean@gmail.com » ressemble à une boîte privée. Préférez l'adresse d'un service : elle sera visible de tous.
    à corriger : ligne 12, avertissement : « jean@gmail.com » ressemble à une boîte privée. Préférez l'adresse d'un service : elle sera visible de tous.
    à corriger : ligne 15, avertissement : « jean@gmail.com » ressemble à une boîte privée. Préférez l'adresse d'un service : elle sera visible de tous.
    à vérifier : Contacts : Organisation, « Service culturel, jean@gmail.com », d'après « porteur ».
    à relire : Contacts (le texte du document est gardé en commentaire)

1 fichier, 1 brouillon, 8 erreurs à corriger. Après vos corrections, lancez la commande : check {draft}
"""  # noqa: E501  # lines as they are shown

COMPLETE = """lisko.docx → {draft}
    rempli : {filled}
    à compléter : rien
    à corriger : rien

1 fichier, 1 brouillon. Après vos corrections, lancez la commande : check {draft}
"""

Output = pytest.CaptureFixture[str]


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.txt"
    path.write_text(NOTES, encoding="utf-8")
    return path


def test_what_check_finds_in_a_draft_is_told_at_once(notes: Path, tmp_path: Path, capsys: Output) -> None:
    assert cli.main(["import", str(notes), "--out", str(tmp_path)]) == cli.GOOD
    draft = tmp_path / "fete-des-voisins.yml"
    assert capsys.readouterr().out == REPORT.format(draft=draft)
    assert draft.read_text(encoding="utf-8").splitlines()[1:3] == [
        "# Brouillon tiré de « notes.txt » : à relire avant de le proposer.",
        "# À compléter : resume, porteurs, territoire, domaines, publics, objectifs, description.",
    ]


def test_a_complete_form_leaves_nothing_to_do(filled: Path, tmp_path: Path, capsys: Output) -> None:
    assert cli.main(["import", str(filled / "lisko.docx"), "--out", str(tmp_path)]) == cli.GOOD
    told = capsys.readouterr().out
    fields = told.splitlines()[1].partition("rempli : ")[2]
    assert told == COMPLETE.format(draft=tmp_path / "lisko.yml", filled=fields)


def test_programs_are_told_the_problems_of_check(notes: Path, tmp_path: Path, capsys: Output) -> None:
    cli.main(["import", str(notes), "--out", str(tmp_path), "--format", "json"])
    told = json.loads(capsys.readouterr().out)
    cli.main(["check", str(tmp_path / "fete-des-voisins.yml"), "--format", "json"])
    checked = json.loads(capsys.readouterr().out)
    assert told["summary"] == {"files": 1, "drafts": 1, "refused": 0, "errors": 8, "warnings": 3}
    assert [{**one, "help": ""} for one in checked["problems"]] == told["drafts"][0]["problems"]
