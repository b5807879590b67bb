"""Writes tables as CSV and XLSX, so that no text is run as a formula and no phone number becomes a number."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime

import xlsxwriter

from practice_catalogue.exports.publication import Publication
from practice_catalogue.exports.tables import Cell, Table

_FORMULA_START = re.compile(r"\s*[=+\-@\u2212']|[\t\r\n]")
_LOOKS_LIKE_A_NUMBER = re.compile(r"(?=[\s.,/()+-]*\d)[\d\s.,/()+-]+|\d+[eE]\d+")
_IS_A_NUMBER = re.compile(r"0|[1-9]\d{0,8}|\d{4}-\d{2}-\d{2}")

MAX_CELL_LENGTH = 32_767
"""Maximum number of characters of a cell in Excel."""

_MAX_COLUMN_WIDTH, _TALL_ROW_HEIGHT = 60, 45
"""Maximum width of a column, in characters, and height of a row with long texts, in points (three lines)."""


def escape_cell(cell: Cell) -> str:
    """Returns a cell of a CSV, with an apostrophe before text that a spreadsheet would run or convert to a number.

    Text that begins with an apostrophe gets another one, so that removing the first one always restores the text.

    >>> [escape_cell(cell) for cell in ("=1+1", "26 12 10-1", "2016-04", "2016", 3000, None, "Été")]
    ["'=1+1", "'26 12 10-1", "'2016-04", '2016', '3000', '', 'Été']
    """
    if not isinstance(cell, str):
        return "" if cell is None else str(cell)
    number = _LOOKS_LIKE_A_NUMBER.fullmatch(cell) and not _IS_A_NUMBER.fullmatch(cell)
    return f"'{cell}" if _FORMULA_START.match(unicodedata.normalize("NFKC", cell)) or number else cell


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Returns a CSV for French Excel and LibreOffice: UTF-8 with a byte order mark, semicolons, all cells quoted."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([escape_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def workbook(publication: Publication, tables: Iterable[Table]) -> bytes:
    """Returns an XLSX with one sheet per table, after a sheet that describes the catalogue."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    made = datetime.fromisoformat(publication.date)
    book.set_properties({"title": publication.settings.nom, "author": publication.settings.editeur, "created": made})
    for table in (_about(publication), *tables):
        _sheet(book, table)
    book.close()
    return buffer.getvalue()


def _sheet(book: xlsxwriter.Workbook, table: Table) -> None:
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(table.titre[:31])
    sheet.freeze_panes(1, min(1, len(table.columns) - 1))
    for column, titre in enumerate(table.columns):
        cells = [row[column] for row in table.rows]
        longest = max((len(str(cell)) for cell in cells if cell is not None), default=0)
        sheet.set_column(column, column, min(max(longest, len(titre)) + 2, _MAX_COLUMN_WIDTH))
        sheet.write_string(0, column, titre, head)
        for line, cell in enumerate(cells, start=1):
            if isinstance(cell, int):
                sheet.write_number(line, column, cell, body)
            elif cell:
                sheet.write_string(line, column, cell[:MAX_CELL_LENGTH], body)
    for line, row in enumerate(table.rows, start=1):
        if any(len(str(cell)) > _MAX_COLUMN_WIDTH for cell in row):
            sheet.set_row(line, _TALL_ROW_HEIGHT)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


def _about(publication: Publication) -> Table:
    settings = publication.settings
    rows = (
        ("Catalogue", settings.nom),
        ("Version", settings.version_des_donnees),
        ("Date", publication.date),
        ("Licence", settings.licence_des_textes),
        ("Adresse de la licence", settings.adresse_de_la_licence),
        ("Éditeur", settings.editeur),
        ("Site", publication.base),
    )
    return Table("a-propos", "À propos", ("Réglage", "Valeur"), tuple((name, value) for name, value in rows if value))
