"""CSV and XLSX: what a spreadsheet opens is what the fiche says, and nothing runs."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from practice_catalogue.exports import spreadsheets
from practice_catalogue.exports.publication import Publication
from practice_catalogue.exports.tables import tables
from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.introspection import fields_of, lists_of_parts


def rows(data: str | bytes) -> list[dict[str, str]]:
    assert isinstance(data, bytes)
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_a_line_a_fiche_with_its_accents(made: dict[str, str | bytes], catalogue: Catalogue) -> None:
    read = rows(made["donnees/fiches.csv"])
    assert [row["Identifiant"] for row in read] == [fiche.id for fiche in catalogue]
    assert [row["Titre"].removeprefix("'") for row in read] == [fiche.titre for fiche in catalogue]
    assert made["donnees/fiches.csv"][:3] == b"\xef\xbb\xbf"


def test_no_table_forgets_a_field(made: dict[str, str | bytes]) -> None:
    head = "\n".join(rows(made["donnees/fiches.csv"])[0])
    assert [str(field.title) for field in fields_of(Fiche).values() if str(field.title) not in head] == []
    for name, part in lists_of_parts(Fiche).items():
        first, *_ = made[f"donnees/{name.replace('_', '-')}.csv"].decode("utf-8-sig").splitlines()  # type: ignore[union-attr]
        assert [str(field.title) for field in fields_of(part).values() if str(field.title) not in first] == []


def test_phone_numbers_stay_what_they_are(made: dict[str, str | bytes], catalogue: Catalogue) -> None:
    shown = [row["Téléphone"] for row in rows(made["donnees/contacts.csv"])]
    phones = [contact.telephone or "" for fiche in catalogue for contact in fiche.contacts]
    assert [cell.removeprefix("'") for cell in shown] == phones
    assert all(cell.startswith("'") for cell in shown if cell)


GUARDED = ["=1+1", "+352 26", "-1", "@SUM(A1)", "\t=1", "＝1+1", '=HYPERLINK("http://x")', "007", "1/2", "3E5"]
GUARDED += ["12 000", "\u2212 1", "'=1", "\u00a0=1", "26 12 10-1", "٣/٤", "\nx", "\x1c=1"]
HARMLESS = ["2016", "2026-11-20", "une centaine", "Été = soleil", "", "36 %", "a'b", "\u200b1 a", "()"]
"""Texts for both makers of CSV: this one and the browser (`tests/browser/test_selection.py`)."""


@pytest.mark.parametrize("text", GUARDED)
def test_what_would_run_or_change_is_kept_as_text(text: str) -> None:
    assert spreadsheets.escape_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_harmless_is_left_alone(text: str) -> None:
    assert spreadsheets.escape_cell(text) == text


def hostile(publication: Publication) -> Publication:
    fiche = publication.catalogue.fiches[0].model_copy(
        update={"titre": "=1+1", "sous_titre": '"; =2+2\r\n@x', "resume": "+1 & <b> ]]>"}
    )
    return Publication(Catalogue.of([fiche], publication.catalogue.vocabularies), publication.settings)


def test_a_hostile_title_is_a_title(publication: Publication) -> None:
    table = tables(hostile(publication))[0]
    (row,) = rows(spreadsheets.csv_bytes(table.columns, table.rows))
    assert (row["Titre"], row["Sous-titre"], row["Résumé"]) == ("'=1+1", '"; =2+2\r\n@x', "'+1 & <b> ]]>")
    book = openpyxl.load_workbook(io.BytesIO(spreadsheets.workbook(hostile(publication), [table])))
    cells = [cell for line in book["Fiches"].iter_rows() for cell in line]
    assert "=1+1" in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} <= {"s", "n"}


def test_the_workbook_holds_every_table(made: dict[str, str | bytes], publication: Publication) -> None:
    data = made["donnees/fiches.xlsx"]
    assert isinstance(data, bytes)
    book = openpyxl.load_workbook(io.BytesIO(data))
    found = tables(publication)
    assert book.sheetnames == ["À propos", *(table.titre for table in found)]
    for table in found:
        sheet = list(book[table.titre].values)
        assert sheet[0] == table.columns
        assert [tuple(cell or None for cell in row) for row in table.rows] == sheet[1:]
    about = {row[0]: row[1] for row in book["À propos"].values}
    assert (about["Licence"], about["Version"]) == ("CC BY 4.0", publication.settings.version_des_donnees)


def test_the_same_fiches_give_the_same_workbook(publication: Publication) -> None:
    found = tables(publication)
    assert spreadsheets.workbook(publication, found) == spreadsheets.workbook(publication, found)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice Calc is not installed")
@pytest.mark.parametrize("name", ["contacts.csv", "fiches.csv", "fiches.xlsx"])
def test_libreoffice_opens_it_rightly(
    name: str, made: dict[str, str | bytes], publication: Publication, tmp_path: Path
) -> None:
    data = made[f"donnees/{name}"]
    assert isinstance(data, bytes)
    (tmp_path / name).write_bytes(data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    options = ["--infilter=CSV:59,34,76,1,,1036,false,true"] if name.endswith(".csv") else []
    command = ["soffice", profile, "--headless", *options, "--convert-to", "ods", "--outdir", str(tmp_path), name]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=300)
    ods = tmp_path / f"{Path(name).stem}.ods"
    back = ["soffice", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]
    subprocess.run([*back, str(tmp_path / "back"), str(ods)], check=True, capture_output=True, timeout=300)
    book = openpyxl.load_workbook(tmp_path / "back" / f"{Path(name).stem}.xlsx")
    expected = next(table for table in tables(publication) if table.name == Path(name).stem)
    sheet = book[expected.titre] if name.endswith(".xlsx") else book.active
    lines = list(sheet.values)  # type: ignore[union-attr]
    assert lines[0] == expected.columns
    guard = spreadsheets.escape_cell if name.endswith(".csv") else (lambda cell: cell)
    for line, row in zip(lines[1:], expected.rows, strict=True):
        said = [str(guard(cell)) if cell not in (None, "") else "" for cell in row]
        shown = ["" if cell is None else str(cell)[:10] if hasattr(cell, "year") else str(cell) for cell in line]
        assert shown == said
    assert {cell.data_type for line in book.active for cell in line} <= {"s", "n", "d"}  # type: ignore[union-attr]
