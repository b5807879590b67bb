"""The command, the files it writes, and the booklets on the site."""

from __future__ import annotations

import re
from pathlib import Path
from shutil import copytree

import pytest

from practice_catalogue import cli
from practice_catalogue.model import formatting
from practice_catalogue.scaffold.new_catalogue import create_catalogue
from tests.booklet.pdf_reader import Book
from tests.support import INVALID, VALID

Output = pytest.CaptureFixture[str]


def run(*arguments: str) -> int:
    return cli.main(["booklet", *arguments])


def test_one_command_makes_a_booklet(tmp_path: Path, capsys: Output) -> None:
    out = tmp_path / "livret.pdf"
    assert run("--commune", "Strassen", "--domaine", "culture", "--out", str(out)) == cli.GOOD
    told = capsys.readouterr()
    assert re.search(r"livret\.pdf : 1 fiche, \d+ pages, \d+,\d s\.", told.out)
    assert "Sans l'adresse du site" in told.err
    book = Book(out.read_bytes())
    assert list(book.places()) == ["kufika"]
    assert "adresse du site à compléter" in book.text(2)


def test_folding_is_explained_with_the_sheets_and_in_the_help(tmp_path: Path, capsys: Output) -> None:
    assert run("--select", "kufika", "--impose", "--out", str(tmp_path / "a.pdf")) == cli.GOOD
    assert "en retournant sur le bord court" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        run("--help")
    assert "bord court" in " ".join(capsys.readouterr().out.split())


def test_the_date_comes_from_the_data_or_from_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "a.pdf"
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    run("--select", "kufika", "--out", str(out))
    assert Book(out.read_bytes()).reader.metadata["/CreationDate"] == "D:20261120000000Z"  # type: ignore[index]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    run("--select", "kufika", "--out", str(out))
    assert Book(out.read_bytes()).reader.metadata["/CreationDate"] == "D:19700101000000Z"  # type: ignore[index]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--select", "kufikka"], "Aucune fiche ne s'appelle « kufikka »."),
        (["--select", "nulle-part.txt"], "Le fichier « nulle-part.txt » n'existe pas."),
        (["--select", "kufika", "--commune", "Wiltz"], "le livret serait vide"),
        (["--domaine", "logemant"], "« logemant » n'est pas dans la liste « domaines »."),
        (["--edition", "assises-1917"], "« assises-1917 » n'est pas dans la liste"),
        (["--order", "programme"], "Ce choix n'a pas de programme"),
    ],
)
def test_what_cannot_be_made_is_one_sentence_and_leaves_the_last_pdf(
    arguments: list[str], sentence: str, tmp_path: Path, capsys: Output
) -> None:
    out = tmp_path / "livret.pdf"
    out.write_bytes(b"le dernier")
    assert run(*arguments, "--out", str(out)) == cli.CANNOT_RUN
    told = capsys.readouterr().err
    assert sentence in told
    assert "Traceback" not in told
    assert out.read_bytes() == b"le dernier"
    assert [path.name for path in tmp_path.iterdir()] == ["livret.pdf"]


def test_ids_may_be_more_than_the_name_of_a_file_can_hold(tmp_path: Path, capsys: Output) -> None:
    assert run("--select", "kufika, lisko," * 1000, "--out", str(tmp_path / "a.pdf")) == cli.GOOD
    assert "2 fiches" in capsys.readouterr().out


def test_an_unknown_id_gets_the_nearest(capsys: Output) -> None:
    assert run("--select", "kufikka") == cli.CANNOT_RUN
    assert "Vouliez-vous dire « kufika » ?" in capsys.readouterr().err


def test_a_target_that_cannot_be_written_is_told(tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "dossier").mkdir()
    (tmp_path / "fichier").write_text("")
    for target in ("dossier", "fichier/livret.pdf"):
        assert run("--select", "kufika", "--out", str(tmp_path / target)) == cli.CANNOT_RUN
        assert "Impossible d'écrire dans" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dossier", "fichier"]


@pytest.mark.parametrize(("text", "code"), [(None, "absent"), (b"sans titre", "vide")])
def test_a_missing_foreword_is_told(text: bytes | None, code: str, tmp_path: Path, capsys: Output) -> None:
    create_catalogue(tmp_path)
    foreword = tmp_path / "docs/livret/avant-propos.md"
    foreword.unlink()
    if text is not None:
        foreword.write_bytes(text)
    assert cli.main(["booklet", "--out", str(tmp_path / "a.pdf")], tmp_path) == cli.CANNOT_RUN
    assert f"erreur texte-du-livret-{code} : Le texte « {foreword} »" in capsys.readouterr().err


def test_a_wrong_fiche_makes_no_booklet(tmp_path: Path, capsys: Output) -> None:
    practices = Path(copytree(VALID, tmp_path / "practices"))
    (practices / "fausse.yml").write_bytes((INVALID / "terme-inconnu.yml").read_bytes())
    out = tmp_path / "livret.pdf"
    assert run("--practices", str(practices), "--out", str(out)) == cli.WRONG
    told = capsys.readouterr()
    assert "terme-inconnu" in told.out
    assert "Le livret n'a pas été fait" in told.err
    assert not out.exists()


def test_a_missing_glyph_is_told_on_the_command_line(tmp_path: Path, capsys: Output) -> None:
    assert run("--practices", str(VALID), "--out", str(tmp_path / "a.pdf")) == cli.GOOD
    told = capsys.readouterr().err
    assert "Fiche « texte-difficile » : aucune police du livret n'a le caractère 🎉 (PARTY POPPER)" in told


def test_print_and_impose_do_not_go_together(capsys: Output) -> None:
    with pytest.raises(SystemExit):
        run("--print", "--impose")
    assert "ne va pas avec" in capsys.readouterr().err


def test_the_site_offers_the_booklets_with_their_sizes(site: Path) -> None:
    page = (site / "livret/index.html").read_text(encoding="utf-8")
    for name in ("catalogue", "assises-2017"):
        pdf = (site / f"livret/{name}.pdf").read_bytes()
        book = Book(pdf)
        assert len(book.places()) == 24
        assert f"24 pratiques, {len(book)} pages A5 · PDF, {formatting.size(pdf)}" in page
        assert f'href="../livret/{name}.pdf"' in page or f'href="{name}.pdf"' in page
