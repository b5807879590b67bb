"""The command line, as a contributor, a workflow and a maintainer use it."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from shutil import copy, copytree

import pytest

from practice_catalogue import cli
from practice_catalogue.validation import loader
from tests.support import INVALID, PRACTICES, ROOT, VALID

Output = pytest.CaptureFixture[str]


def test_check_is_content_with_the_catalogue(capsys: Output) -> None:
    assert cli.main(["check"]) == cli.GOOD
    assert capsys.readouterr().out == "24 fiches : tout est en ordre.\n"


def test_check_says_where_and_what(capsys: Output) -> None:
    path = INVALID / "terme-inconnu.yml"
    assert cli.main(["check", str(path)]) == cli.WRONG
    assert (
        "terme-inconnu.yml:6:12: erreur terme-inconnu communes[1] : « Stressen » n'est pas" in capsys.readouterr().out
    )


def test_a_warning_passes_unless_one_is_strict() -> None:
    path = str(INVALID / "courriel-prive.yml")
    assert cli.main(["check", path]) == cli.GOOD
    assert cli.main(["check", "--strict", path]) == cli.WRONG


def test_one_file_is_still_checked_against_the_whole_catalogue(tmp_path: Path, capsys: Output) -> None:
    copied = Path(copy(PRACTICES / "kufika.yml", tmp_path / "autre.yml"))
    assert cli.main(["check", str(copied)]) == cli.WRONG
    assert "titre-en-double" in capsys.readouterr().out


def test_a_corrected_copy_of_a_fiche_does_not_collide_with_it(tmp_path: Path) -> None:
    copied = Path(copy(PRACTICES / "kufika.yml", tmp_path / "kufika.yml"))
    assert cli.main(["check", str(copied)]) == cli.GOOD


CHECK = f"check {INVALID / 'dix-erreurs.yml'} --format"
DATA = [(f"{CHECK} json", console) for console in ("cp1252", "latin-1", "ascii", "utf-16")]
DATA += [(command, "cp1252") for command in (f"{CHECK} github", "review --format json --today 2026-11-20", "schema")]


@pytest.mark.parametrize(("command", "console"), DATA)
def test_what_is_for_programs_is_utf_8_on_any_console(command: str, console: str) -> None:
    environment = os.environ | {"PYTHONIOENCODING": console}
    program = [sys.executable, str(ROOT / "build_catalogue.py"), *command.split()]
    said = subprocess.run(program, env=environment, capture_output=True, check=False).stdout.decode("utf-8")
    assert "é" in said
    if "github" not in command:
        assert json.loads(said)


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&-"])
def test_a_closed_stream_changes_no_verdict(closed: str) -> None:
    command = f"{sys.executable} {ROOT}/build_catalogue.py check {closed}"
    done = subprocess.run(command, shell=True, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (cli.GOOD, b"")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(errno.EACCES, "", "notes/x.yml"), "« notes/x.yml » ne peut pas être lu ou écrit : vous"),
        (OSError(errno.EIO, ""), "Le résultat n'a pas pu être écrit : le disque est défaillant."),
    ],
)
def test_what_the_system_refuses_is_said_with_its_reason(
    error: OSError, said: str, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    def refuse(_: object) -> int:
        raise error

    monkeypatch.setitem(cli.COMMANDS, "check", refuse)
    assert cli.main(["check"]) == cli.CANNOT_RUN
    assert said in capsys.readouterr().err


def test_json_is_for_programs(capsys: Output) -> None:
    cli.main(["check", "--format", "json", str(INVALID / "date-invalide.yml")])
    told = json.loads(capsys.readouterr().out)
    assert told["summary"] == {"files": 1, "errors": 1, "warnings": 0}
    diagnostic = told["problems"][0]
    assert diagnostic.pop("file").endswith("date-invalide.yml")
    assert diagnostic == {
        "line": 15,
        "column": 12,
        "severity": "error",
        "code": "date-invalide",
        "field": "publie_le",
        "message": "« 2017-02-30 » n'est pas une date.",
        "hint": "Écrivez 2017-02-11.",
        "help": "",
    }


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_once_the_site_has_an_address_each_problem_leads_to_its_explanation(
    form: str, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    settings = loader.load_settings(ROOT / "catalogue.yml")
    known = settings.model_copy(update={"adresse_du_site": "https://catalogue.example"})
    monkeypatch.setattr(loader, "load_settings", lambda _: known)
    cli.main(["check", "--format", form, str(INVALID / "date-invalide.yml")])
    assert "https://catalogue.example/contribuer/erreurs/date-invalide/" in capsys.readouterr().out


def test_github_gets_annotations_that_no_text_can_break_out_of(tmp_path: Path, capsys: Output) -> None:
    path = tmp_path / "fiche.yml"
    path.write_text('titre: "::add-mask::% x"\ncommunes: ["::error::\\n::warning::"]\n', encoding="utf-8")
    cli.main(["check", "--format", "github", str(path)])
    lines = capsys.readouterr().out.splitlines()
    assert all(line.startswith("::error file=") for line in lines[:-1])
    assert "« ::error:: ::warning:: »" in "".join(lines)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["check", "nulle-part.yml"], "Le fichier « nulle-part.yml » n'existe pas."),
        (["check", "--practices", "nulle-part"], "Le dossier « nulle-part » n'existe pas."),
        (["build", "--out", "src"], "« src » existe et n'est pas un site publié par ce programme"),
        (["new", "!!!"], "Le titre « !!! » ne contient ni lettre ni chiffre latins."),
    ],
)
def test_a_job_that_cannot_run_says_why(
    arguments: list[str], sentence: str, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert cli.main(arguments) == cli.CANNOT_RUN
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["chek"], "COMMANDE : choix inconnu : 'chek' (choix possibles : 'check', 'check-pr', 'review', "),
        (
            ["check", "--format", "xml"],
            "--format : choix inconnu : 'xml' (choix possibles : 'github', 'json', 'text').",
        ),
        (["check", "--formal"], "Argument inconnu : --formal."),
        (["new"], "Il manque : TITRE."),
    ],
)
def test_a_mistyped_command_is_answered_in_french(arguments: list[str], sentence: str, capsys: Output) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(arguments)
    assert stopped.value.code == cli.CANNOT_RUN
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_every_command_has_french_help_and_stands_in_the_readme(command: str, capsys: Output) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main([command, "--help"])
    assert stopped.value.code == 0
    told = capsys.readouterr().out
    assert "emploi :" in told
    assert "usage" not in told
    assert f"`{command}`" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_option_says_what_it_does(capsys: Output) -> None:
    for command in cli.COMMANDS:
        with pytest.raises(SystemExit):
            cli.main([command, "--help"])
        options = re.split(r"\n  (?=-)", capsys.readouterr().out.partition("\noptions:")[2])[1:]
        assert [option for option in options if not re.search(r"(  |\n) *\w", option)] == [], command


def test_make_help_names_every_target() -> None:
    done = subprocess.run(["make", "--silent", "help"], cwd=ROOT, check=True, capture_output=True, text=True)
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert re.findall(r"^  ([a-z-]+) +\w", done.stdout, re.MULTILINE) == targets


def test_a_new_fiche_says_what_to_fill_in(tmp_path: Path, capsys: Output) -> None:
    folder = Path(copytree(VALID, tmp_path / "practices"))
    assert cli.main(["new", "Fête : « l'été » à Esch", "--practices", str(folder)]) == cli.GOOD
    created = folder / "fete-l-ete-a-esch.yml"
    capsys.readouterr()
    assert cli.main(["check", "--practices", str(folder), "--format", "json", str(created)]) == cli.WRONG
    diagnostics = json.loads(capsys.readouterr().out)["problems"]
    assert {diagnostic["code"] for diagnostic in diagnostics} == {"champ-vide"}
    assert [diagnostic["field"] for diagnostic in diagnostics] == [
        "resume", "porteurs", "territoire", "domaines", "publics", "objectifs", "description", "contacts",
    ]  # fmt: skip


def test_a_new_fiche_never_overwrites(tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "kufika.yml").write_text("à moi", encoding="utf-8")
    assert cli.main(["new", "Kufika", "--practices", str(tmp_path)]) == cli.CANNOT_RUN
    assert (tmp_path / "kufika.yml").read_text(encoding="utf-8") == "à moi"
    assert "existe déjà" in capsys.readouterr().err


def test_the_command_runs_from_any_folder(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "build_catalogue.py"), "check"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, encoding="utf-8")
    assert (done.returncode, done.stdout) == (0, "24 fiches : tout est en ordre.\n")
