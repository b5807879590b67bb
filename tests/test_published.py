"""An address that was published once stays: as a fiche, as a way to its new address, or as a word of farewell."""

from __future__ import annotations

from pathlib import Path
from shutil import copy

import pytest

from practice_catalogue import cli
from practice_catalogue.validation import loader
from practice_catalogue.validation.published_ids import PublishedIds
from practice_catalogue.validation.reports import as_text
from tests.site_reader import read_site
from tests.support import PRACTICES, VOCABULARIES, publish

Output = pytest.CaptureFixture[str]


@pytest.fixture
def practices(tmp_path: Path) -> Path:
    """Two published fiches, with their list."""
    folder = tmp_path / "practices"
    folder.mkdir()
    for name in ("kufika", "lisko"):
        copy(PRACTICES / f"{name}.yml", folder)
    (tmp_path / "published-ids.txt").write_text("kufika\nlisko\n", encoding="utf-8")
    return folder


def codes(practices: Path) -> list[str]:
    return [diagnostic.code for diagnostic in loader.load(practices, VOCABULARIES).report]


def test_a_fiche_that_disappears_is_missed(practices: Path) -> None:
    (practices / "lisko.yml").unlink()
    told = loader.load(practices, VOCABULARIES)
    assert "« anciens_ids: [lisko] » à la fiche qui la remplace" in as_text(told.report, told.files)


def test_a_renamed_fiche_keeps_its_old_address(practices: Path) -> None:
    renamed = (practices / "lisko.yml").rename(practices / "lisko-luxembourg.yml")
    told = loader.load(practices, VOCABULARIES)
    assert "« anciens_ids: [lisko] » à la fiche lisko-luxembourg.yml" in as_text(told.report, told.files)
    renamed.write_text(renamed.read_text(encoding="utf-8") + "anciens_ids: [lisko]\n", encoding="utf-8")
    assert codes(practices) == []


@pytest.mark.parametrize(
    ("lost", "new", "named"),
    [
        ("cafe-des-voisins", "jardin-des-voisins", False),
        ("fete-des-voisins", "fete-de-la-musique", False),
        ("cours-pour-tous", "lisko", False),
        ("cours-de-langue", "cours-de-langues", True),
        ("lisko", "lisko-luxembourg", True),
        ("le-jardin-partage-de-mersch", "jardin-partage", True),
    ],
)
def test_no_unrelated_fiche_is_named_as_the_successor(lost: str, new: str, *, named: bool) -> None:
    (said,) = PublishedIds("liste", {lost: 1}).diagnostics([new], [])
    assert said.details["fiche"] == (f"{new}.yml" if named else "qui la remplace")


def test_a_fiche_that_cannot_be_read_is_not_missed_besides(practices: Path) -> None:
    (practices / "lisko.yml").write_text("titre: [\n", encoding="utf-8")
    assert codes(practices) == ["yaml-crochet"]


def test_a_new_fiche_need_not_be_listed_but_is_by_the_command(practices: Path, capsys: Output) -> None:
    copy(PRACTICES / "equigaart.yml", practices)
    assert codes(practices) == []
    assert cli.main(["publish-ids", "--practices", str(practices)]) == cli.GOOD
    assert "1 adresse de plus." in capsys.readouterr().out
    (practices / "equigaart.yml").unlink()
    assert codes(practices) == ["adresse-perdue"]


def test_wrong_fiches_do_not_change_the_list(practices: Path) -> None:
    before = (practices.parent / "published-ids.txt").read_bytes()
    (practices / "lisko.yml").write_text("titre: Lisko\n", encoding="utf-8")
    assert cli.main(["publish-ids", "--practices", str(practices)]) == cli.WRONG
    assert (practices.parent / "published-ids.txt").read_bytes() == before


def test_the_address_of_a_withdrawn_fiche_says_so(practices: Path, tmp_path: Path) -> None:
    (practices / "lisko.yml").unlink()
    (tmp_path / "published-ids.txt").write_text("kufika\nlisko retirée\n", encoding="utf-8")
    assert codes(practices) == []
    assert cli.main(["publish-ids", "--practices", str(practices)]) == cli.GOOD
    assert "lisko retirée\n" in (tmp_path / "published-ids.txt").read_text(encoding="utf-8")
    site = publish(practices, tmp_path / "site")
    assert "Cette fiche a été retirée" in (site / "fiches/lisko/index.html").read_text(encoding="utf-8")
    others = [page for page in read_site(site).values() if not page.url.endswith("/fiches/lisko/")]
    assert not [page.url for page in others if any("/fiches/lisko/" in link for link in page.links)]


def test_the_command_keeps_what_the_owner_wrote_and_reads_what_windows_made_of_it(practices: Path) -> None:
    for name in ("equigaart", "move-together"):
        copy(PRACTICES / f"{name}.yml", practices)
    path = practices.parent / "published-ids.txt"
    path.write_bytes("\ufeff# À nous.\r\n\r\nlisko # depuis 2017\r\n# La plus ancienne\r\nkufika\r\n".encode())
    assert cli.main(["publish-ids", "--practices", str(practices)]) == cli.GOOD
    assert path.read_text(encoding="utf-8") == (
        "# À nous.\n\nequigaart\nlisko # depuis 2017\nmove-together\n# La plus ancienne\nkufika\n"
    )
