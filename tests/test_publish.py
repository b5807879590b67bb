"""The published site changes whole or not at all."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

from practice_catalogue import cli
from practice_catalogue.output.site_folder import new_site
from practice_catalogue.validation import validator
from tests.support import INVALID, ROOT, VALID


def print_of(folder: Path) -> dict[str, str]:
    """What a folder holds, byte for byte."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def build(practices: Path, out: Path) -> int:
    return cli.main(["build", "--practices", str(practices), "--out", str(out)])


def test_a_wrong_fiche_publishes_nothing_and_leaves_the_last_site(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    practices, out = Path(copytree(VALID, tmp_path / "practices")), tmp_path / "site"
    assert build(practices, out) == cli.GOOD
    before = print_of(out)
    (practices / "fausse.yml").write_bytes((INVALID / "terme-inconnu.yml").read_bytes())
    assert build(practices, out) == cli.WRONG
    assert print_of(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["practices", "site"]
    told = capsys.readouterr()
    assert "terme-inconnu" in told.out
    assert "Rien n'a été publié" in told.err


def test_a_second_build_replaces_the_first(tmp_path: Path) -> None:
    practices, out = Path(copytree(VALID, tmp_path / "practices")), tmp_path / "site"
    assert build(practices, out) == cli.GOOD
    (practices / "minimale.yml").unlink()
    assert build(practices, out) == cli.GOOD
    assert not (out / "fiches/minimale").exists()
    assert (out / "fiches/decomposee/index.html").is_file()


def test_plain_mkdocs_publishes_the_same_site(tmp_path: Path, site: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, encoding="utf-8")
    assert (done.returncode, "WARNING" in done.stderr) == (0, False)
    assert print_of(tmp_path / "site") == print_of(site)


def test_the_address_of_the_site_can_be_given(tmp_path: Path) -> None:
    out = tmp_path / "site"
    arguments = ["build", "--practices", str(VALID), "--out", str(out), "--site-url", "https://catalogue.example/essai"]
    assert cli.main(arguments) == cli.GOOD
    page = (out / "fiches/minimale/index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://catalogue.example/essai/fiches/minimale/">' in page


def test_a_killed_build_leaves_the_last_site_whole_and_the_next_one_cleans_up(tmp_path: Path) -> None:
    """The full run kills at many more moments; here, once while pages are being written."""
    out = tmp_path / "site"
    assert build(VALID, out) == cli.GOOD
    before = print_of(out)
    command = [sys.executable, str(ROOT / "build_catalogue.py"), "build", "--practices", str(VALID), "--out", str(out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        while "Publication" not in running.stderr.readline():
            assert running.poll() is None
        running.kill()
    assert print_of(out) == before
    assert build(VALID, out) == cli.GOOD
    assert print_of(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site"]


def test_two_builds_at_once_do_not_meet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "site"
    with new_site(out):
        assert build(VALID, out) == cli.CANNOT_RUN
    assert "Une autre publication" in capsys.readouterr().err


def test_what_nobody_foresaw_is_one_sentence_naming_the_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(validator, "check", lambda *_: 1 / 0)
    assert cli.main(["check"]) == cli.CANNOT_RUN
    told = capsys.readouterr().err
    assert "Un cas imprévu a arrêté le travail (practices/ais-partenaire-des-communes.yml)." in told
    assert "Traceback" not in told
    for arguments in (["check", "--debug"], ["--debug", "check"]):
        assert cli.main(arguments) == cli.CANNOT_RUN
        assert "ZeroDivisionError" in capsys.readouterr().err
