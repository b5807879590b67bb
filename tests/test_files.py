"""Which files are read: those with the right name directly in the folder; whatever else lies there is told."""

from __future__ import annotations

import os
from pathlib import Path
from shutil import copy, copytree

import pytest

from practice_catalogue import cli
from practice_catalogue.validation import loader
from practice_catalogue.validation.reports import as_github, as_text
from tests.support import ROOT, VALID, VOCABULARIES

Output = pytest.CaptureFixture[str]
GOOD = (VALID / "minimale.yml").read_bytes()


def codes(folder: Path) -> set[str]:
    return {diagnostic.code for diagnostic in loader.load(folder, VOCABULARIES).report}


@pytest.mark.parametrize(
    "name",
    [
        *(
            "a;touch PWNED;.yml",
            "$(touch PWNED).yml",
            "`id`.yml",
            "-rf.yml",
            "a b.yml",
            "a\nb.yml",
            "--config=evil.yml",
        ),
        *("énergie.yml", "e\u0301nergie.yml", "Suivi.yml", ".cache.yml", "aux.fr.yml", "CON.yml", "a" * 81 + ".yml"),
        *("..yml", "a_b.yml", "\x1b[2J.yml", "::error::.yml", os.fsdecode(b"\xff.yml"), "\u202elmy.a.yml"),
    ],
)
def test_a_name_that_is_no_id_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(GOOD)
    assert codes(tmp_path) == {"nom-de-fichier"}


@pytest.mark.parametrize("name", ["con.yml", "aux.yml", "nul.yml", "prn.yml", "com1.yml", "lpt9.yml", "index.yml"])
def test_a_name_that_means_something_else_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(GOOD)
    assert codes(tmp_path) == {"nom-reserve"}


@pytest.mark.parametrize(
    "name", ["suivi.yaml", "suivi.YML", "suivi.yml.txt", "suivi", ".yml", "evil.html", "x.png.exe"]
)
def test_what_is_no_fiche_is_told(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(GOOD)
    assert codes(tmp_path) == {"fichier-inattendu"}


PASSED_OVER = {
    **dict.fromkeys((".DS_Store", "Thumbs.db", "desktop.ini", "._suivi.yml", ".suivi.yml.swp", "#suivi.yml#"), ""),
    **dict.fromkeys(("~$suivi.yml", ".~lock.suivi.yml#", "4913", ".gitkeep", ".goutputstream-AB12CD"), ""),
    **dict.fromkeys(("suivi.yml~", "suivi.yml.orig", "suivi.yml.rej", "suivi.yml.bak"), "fichier-laisse"),
    **dict.fromkeys(("suivi (maire's conflicted copy 2026-01-05).yml", "suivi_REMOTE_77.yml"), "fichier-laisse"),
    **dict.fromkeys(("suivi.sync-conflict-20260105-101010-ABCDEFG.yml",), "fichier-laisse"),
}
"""What editors, systems and shared drives leave → what is said of it: copies that may hold work are named."""


@pytest.mark.parametrize("name", PASSED_OVER)
def test_what_programs_leave_is_passed_over_among_fiches_and_pages(name: str, tmp_path: Path) -> None:
    docs = Path(copytree(ROOT / "docs", tmp_path / "docs"))
    practices = Path(copytree(VALID, tmp_path / "practices"))
    (practices / ".#minimale.yml").symlink_to("maire@poste.4711:1700000000")  # Emacs
    for folder in (practices, docs, docs / "livret"):
        (folder / name).write_bytes(b"\x00\x05")
    report = loader.load(practices, VOCABULARIES, docs=docs).report
    assert [diagnostic.code for diagnostic in report] == [PASSED_OVER[name]] * 3 * bool(PASSED_OVER[name])
    assert not report.errors


def test_folders_and_pipes_are_told_and_not_opened(tmp_path: Path) -> None:
    (tmp_path / "sous.yml").mkdir()
    (tmp_path / "sous.yml/suivi.yml").write_bytes(GOOD)
    os.mkfifo(tmp_path / "tuyau.yml")
    report = loader.load(tmp_path, VOCABULARIES).report
    assert [diagnostic.code for diagnostic in report] == ["fichier-inattendu"] * 2


@pytest.mark.parametrize("target", ["/etc/passwd", "/etc", "lien.yml", "nulle-part", "../../.git/config"])
def test_links_are_refused_wherever_they_lead(target: str, tmp_path: Path, capsys: Output) -> None:
    practices = tmp_path / "practices"
    practices.mkdir()
    (practices / "lien.yml").symlink_to(target)
    (practices / ".DS_Store").symlink_to(target)
    assert [diagnostic.code for diagnostic in loader.load(practices, VOCABULARIES).report] == ["lien-symbolique"] * 2
    assert cli.main(["check", "--practices", str(practices), str(VALID / "minimale.yml")]) == cli.GOOD
    assert cli.main(["build", "--practices", str(practices), "--out", str(tmp_path / "site")]) == cli.WRONG
    assert not (tmp_path / "site").exists()
    assert "root:" not in capsys.readouterr().out


def test_among_the_pages_there_are_neither_links_nor_files_of_another_kind(tmp_path: Path) -> None:
    docs = Path(copytree(ROOT / "docs", tmp_path / "docs"))
    assert not loader.load(VALID, VOCABULARIES, docs=docs).report
    (docs / "annexe.pdf").symlink_to("/etc/passwd")
    (docs / "dossier").symlink_to("/etc")
    (docs / "livret/page.md").symlink_to(docs / "livret/avant-propos.md")
    for name in ("evil.html", "logo.svg", "x.pdf", "contribuer/photo.jpg", "x.png.exe", "faux.png", "faux.webp"):
        (docs / name).write_bytes(b"<script>")
    (docs / "contribuer/vraie.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    report = loader.load(VALID, VOCABULARIES, docs=docs).report
    told = {Path(diagnostic.file).relative_to(docs).as_posix(): diagnostic.code for diagnostic in report}
    assert {name for name, code in told.items() if code == "lien-symbolique"} == {
        "annexe.pdf", "dossier", "livret/page.md",
    }  # fmt: skip
    assert {name for name, code in told.items() if code == "page-inattendue"} == {
        "evil.html", "logo.svg", "x.pdf", "contribuer/photo.jpg", "x.png.exe", "faux.png", "faux.webp",
    }  # fmt: skip


@pytest.mark.parametrize("command", ["check", "build", "booklet"])
def test_every_command_refuses_a_link_among_the_pages(command: str, tmp_path: Path, capsys: Output) -> None:
    for name in ("docs", "vocabularies"):
        copytree(ROOT / name, tmp_path / name)
    for name in ("catalogue.yml", "mkdocs.yml"):
        copy(ROOT / name, tmp_path)
    (tmp_path / "docs/annexe.md").symlink_to("/etc/passwd")
    out = [] if command == "check" else ["--out", str(tmp_path / "made")]
    assert cli.main([command, "--practices", str(VALID), *out], tmp_path) == cli.WRONG
    assert "annexe.md:1:1: erreur lien-symbolique" in capsys.readouterr().out
    assert not (tmp_path / "made").exists()


def test_of_a_huge_file_only_the_size_is_known(tmp_path: Path) -> None:
    path = tmp_path / "enorme.yml"
    with path.open("wb") as file:
        file.write(b"titre: x\nnotes: ")
        file.truncate(50_000_000_000)
    (diagnostic,) = loader.load(tmp_path, VOCABULARIES).report
    assert (diagnostic.code, diagnostic.details["taille"], diagnostic.details["champ"]) == (
        "fichier-trop-gros", 50_000_000_000, "notes",
    )  # fmt: skip


def test_no_file_name_can_command_a_workflow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("::error::a.yml", "a\n::error::b.yml", "##[add-mask]e.yml", "c%0A::error::.yml", "d,line=1::x.yml"):
        (tmp_path / name).write_bytes(GOOD)
    monkeypatch.chdir(tmp_path)
    report = loader.load(Path(), VOCABULARIES).report
    plain, annotated = as_text(report, 5), as_github(report, 5)
    assert not any(line.lstrip().startswith("::") for line in plain.splitlines())
    assert all(line.startswith("::error file=") for line in annotated.splitlines()[:-1])
    assert len(annotated.splitlines()) == len(report) + 1
    assert "##[" not in plain + annotated
