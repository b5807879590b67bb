"""A new catalogue, the catalogue that a command finds, and files of other versions of the engine."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import chdir
from pathlib import Path

import pytest
import yaml

from practice_catalogue import cli
from practice_catalogue.cli.program import WITHOUT_CATALOGUE
from practice_catalogue.model.settings import Settings
from practice_catalogue.validation import loader
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
        "catalogue.yml:5:20: erreur format-trop-recent : Ce fichier annonce le format 2 ; "
        "ce programme lit au plus le format 1.\n"
        "    conseil : Mettez le programme à jour : python -m pip install --upgrade practice-catalogue.\n"
    )
    assert path.read_text(encoding="utf-8") == text


SETTINGS = {
    "nome: Essai": "2:1: erreur cle-de-trop nome : La clé « nome » n'existe pas ici.",
    "version_du_format: un": "2:20: erreur valeur-inattendue version_du_format : La valeur « un » ne convient pas : "
    "un nombre entier est attendu.",
    "version_du_format: 0": "2:20: erreur valeur-inattendue version_du_format : La valeur « 0 » ne convient pas : "
    "ce nombre n'est pas vraisemblable.",
    "date_des_donnees: 20/11/2026": "2:19: erreur date-invalide date_des_donnees : « 20/11/2026 » n'est pas une date.",
    "date_des_donnees: 2026-11-31": "2:19: erreur date-invalide date_des_donnees : « 2026-11-31 » n'est pas une date.",
    "adresse_du_site: www.exemple.lu": "2:18: erreur adresse-de-site-invalide adresse_du_site : « www.exemple.lu » "
    "n'est pas l'adresse d'un site.",
    "adresse_du_site: https://exemple.lu/?a": "2:18: erreur adresse-de-site-invalide adresse_du_site : "
    "« https://exemple.lu/?a » n'est pas l'adresse d'un site.",
    "depot: git@forge.lu:a/b.git": "2:8: erreur adresse-du-depot-invalide depot : « git@forge.lu:a/b.git » n'est pas "
    "l'adresse web d'un dépôt.",
    "branche: ma branche": "2:10: erreur valeur-inattendue branche : La valeur « ma branche » ne convient pas : "
    "elle a une autre forme que celle attendue.",
    "editeur: [Commune]": "2:10: erreur valeur-inattendue editeur : La valeur « ['Commune'] » ne convient pas : "
    "un simple texte est attendu.",
    "courriel_des_contributions: nous": "2:29: erreur courriel-invalide courriel_des_contributions : « nous » "
    "n'est pas une adresse de courriel.",
    "adresse_de_la_licence: cc.org": "2:24: erreur adresse-web-invalide adresse_de_la_licence : « cc.org » n'est pas "
    "une adresse web que l'on peut publier.",
    "liens_sans_controle: tous": "2:22: erreur valeur-inattendue liens_sans_controle : La valeur « tous » ne convient "
    "pas : une liste est attendue.",
}


@pytest.mark.parametrize("line", SETTINGS)
@pytest.mark.parametrize("command", ["check", "build"])
def test_a_setting_that_cannot_be_used_is_named(line: str, command: str, new_catalogue: Path, capsys: Output) -> None:
    (new_catalogue / "catalogue.yml").write_text(f"nom: Essai\n{line}\n", encoding="utf-8")
    with chdir(new_catalogue):
        assert cli.main([command]) == cli.CANNOT_RUN
    said, advice, *more = capsys.readouterr().err.replace("Lecture…\n", "").splitlines()
    assert (said, advice[:14], more) == (f"catalogue.yml:{SETTINGS[line]}", "    conseil : ", [])


def test_all_wrong_settings_and_terms_are_named_at_once(new_catalogue: Path, capsys: Output) -> None:
    (new_catalogue / "catalogue.yml").write_text("depot: x\ndate_des_donnees: hier\n", encoding="utf-8")
    (new_catalogue / "mkdocs.yml").write_text("plugins: [search]\ndocs_dir: pages\n", encoding="utf-8")
    (new_catalogue / "vocabularies/langues.yml").write_text("titre: L\ndescription: L\ntermes:\n", encoding="utf-8")
    with chdir(new_catalogue):
        assert cli.main(["check", "--format", "json"]) == cli.CANNOT_RUN
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert [(problem["file"], problem["line"], problem["code"]) for problem in problems] == [
        ("catalogue.yml", 1, "cle-manquante"),
        ("catalogue.yml", 1, "adresse-du-depot-invalide"),
        ("catalogue.yml", 2, "date-invalide"),
        ("mkdocs.yml", 1, "plugin-absent"),
        ("mkdocs.yml", 2, "dossier-des-pages"),
        ("vocabularies/langues.yml", 3, "vocabulaire-vide"),
    ]


def test_the_address_of_a_repository_may_be_the_one_that_git_clones(new_catalogue: Path) -> None:
    path = new_catalogue / "catalogue.yml"
    path.write_text("nom: Essai\ndepot: https://forge.exemple.lu/a/b.git\n", encoding="utf-8")
    assert loader.load_settings(path).new_file_link() == "https://forge.exemple.lu/a/b/new/main/practices"


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
