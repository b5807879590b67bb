"""A new catalogue, the catalogue that a command finds, and files of other versions of the engine."""

from __future__ import annotations

import subprocess
import sys
from contextlib import chdir
from pathlib import Path

import pytest
import yaml

from practice_catalogue import cli
from practice_catalogue.cli.program import WITHOUT_CATALOGUE
from practice_catalogue.model.settings import Settings
from tests.support import ROOT

Output = pytest.CaptureFixture[str]

ARGUMENTS = {"import": ["fiche.docx"], "new": ["Titre"], "tree": ["--out", "pages"]}
"""What a command cannot be called without."""


@pytest.fixture
def new_catalogue(tmp_path: Path, capsys: Output) -> Path:
    folder = tmp_path / "communes/catalogue"
    assert cli.main(["init", str(folder)]) == cli.GOOD
    assert "README.md dit par quoi commencer" in capsys.readouterr().out
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_catalogue_is_in_order_from_any_folder_of_it(new_catalogue: Path, capsys: Output) -> None:
    for folder in (new_catalogue, new_catalogue / "docs/livret"):
        with chdir(folder):
            assert cli.main(["check", "--strict"]) == cli.GOOD
        assert capsys.readouterr().out == "1 fiche : tout est en ordre.\n"


def test_a_new_catalogue_asks_for_every_setting(new_catalogue: Path) -> None:
    settings = yaml.safe_load((new_catalogue / "catalogue.yml").read_text(encoding="utf-8"))
    assert list(settings) == list(Settings.model_fields)


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "catalogue.yml").write_text("nom: À moi\n", encoding="utf-8")
    for place in (tmp_path, tmp_path / "catalogue.yml"):
        assert cli.main(["init", str(place)]) == cli.CANNOT_RUN
        assert capsys.readouterr().err == (
            f"erreur dossier-occupe : « {place} » existe et n'est pas un dossier vide : rien n'a été touché.\n"
            "    conseil : Choisissez le nom d'un dossier qui n'existe pas encore.\n"
        )
    assert contents(tmp_path) == {"catalogue.yml": "nom: À moi\n".encode()}


def test_a_repository_that_is_still_empty_is_filled(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    with chdir(tmp_path):
        assert cli.main(["init", "."]) == cli.GOOD
        assert cli.main(["check"]) == cli.GOOD


@pytest.mark.parametrize("command", sorted(set(cli.COMMANDS) - WITHOUT_CATALOGUE))
def test_a_command_outside_of_a_catalogue_says_how_to_start_one(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main([command, *ARGUMENTS.get(command, [])]) == cli.CANNOT_RUN
    assert capsys.readouterr().err == (
        f"erreur catalogue-absent : Ni « {tmp_path} » ni un dossier au-dessus de lui ne contient de catalogue : "
        "il n'y a pas de catalogue.yml.\n"
        "    conseil : Allez dans le dossier de votre catalogue, ou commencez-en un : "
        "practice-catalogue init DOSSIER.\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_settings_of_a_newer_engine_are_not_guessed_at(new_catalogue: Path, capsys: Output) -> None:
    path = new_catalogue / "catalogue.yml"
    text = path.read_text(encoding="utf-8").replace("version_du_format: 1", "version_du_format: 2\nmodules: [pacte]")
    path.write_text(text, encoding="utf-8")
    with chdir(new_catalogue):
        assert cli.main(["check"]) == cli.CANNOT_RUN
    assert capsys.readouterr().err == (
        "erreur format-trop-recent : Le fichier « catalogue.yml » annonce à la ligne 5 le format 2 ; "
        "ce programme lit au plus le format 1.\n"
        "    conseil : Mettez le programme à jour : python -m pip install --upgrade practice-catalogue.\n"
    )
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("nom: Essai\nnome: Essai", "ligne 2, nome"),
        ("nom: Essai\nversion_du_format: un", "ligne 2, version_du_format"),
        ("nom: Essai\nversion_du_format: 0", "ligne 2, version_du_format"),
    ],
)
def test_settings_that_cannot_be_used_say_where(line: str, reason: str, new_catalogue: Path, capsys: Output) -> None:
    (new_catalogue / "catalogue.yml").write_text(line, encoding="utf-8")
    with chdir(new_catalogue):
        assert cli.main(["check"]) == cli.CANNOT_RUN
    sentence = f"Le fichier de réglages « catalogue.yml » est illisible : {reason}.\n"
    assert sentence in capsys.readouterr().err


OLD_FILES = {
    "adresses-publiees.txt": """\
erreur liste-renommee : Le fichier « adresses-publiees.txt » n'est plus lu sous ce nom : les adresses déjà publiées \
ne seraient plus gardées.
    conseil : Renommez-le en « published-ids.txt » ; si celui-ci existe déjà, réunissez-y les lignes des deux.
""",
    "liens-sans-controle.yml": """\
erreur exceptions-deplacees : Le fichier « liens-sans-controle.yml » n'est plus lu : ses exceptions ont leur place \
dans « catalogue.yml ».
    conseil : Recopiez-y ses lignes sous la clé « liens_sans_controle », puis supprimez-le.
""",
}


@pytest.mark.parametrize("name", OLD_FILES)
def test_a_file_of_an_older_engine_is_not_ignored(name: str, new_catalogue: Path, capsys: Output) -> None:
    (new_catalogue / name).touch()
    with chdir(new_catalogue):
        assert cli.main(["check"]) == cli.CANNOT_RUN
    assert capsys.readouterr().err == OLD_FILES[name]


@pytest.mark.parametrize(
    "command", [[str(ROOT / ".venv/bin/practice-catalogue")], [sys.executable, str(ROOT / "build_catalogue.py")]]
)
def test_help_names_the_program_as_it_was_called(command: list[str], tmp_path: Path) -> None:
    done = subprocess.run(
        [*command, "--help"], cwd=tmp_path, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert done.stdout.startswith(f"emploi : {Path(command[-1]).name} [-h]")
