"""The ten questions of a plan of actions → an empty form, as CSV and for Word."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

import docx
from docx.opc.packuri import PackURI
from docx.opc.pkgwriter import PackageWriter
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from catalogue import richtext
from catalogue.exports.publication import Publication
from catalogue.exports.spreadsheets import csv_bytes

ACTIONS = 5
"""How many actions the CSV has room for."""

_ANSWER_HEIGHT = Cm(1.6)
_WIDTHS = (Cm(6), Cm(10.5))
_EPOCH = (1980, 1, 1, 0, 0, 0)


def as_csv(publication: Publication) -> bytes:
    """A line a question, a column an action."""
    columns = ("Question", "Précision", *(f"Action {number}" for number in range(1, ACTIONS + 1)))
    questions = publication.catalogue.vocabularies.questions_pci
    return csv_bytes(columns, [(term.libelle, term.description, *[""] * ACTIONS) for term in questions])


def as_docx(publication: Publication) -> bytes:
    """A form for one action: Word, LibreOffice and others open it."""
    questions = publication.catalogue.vocabularies.questions_pci
    document = docx.Document()
    _say_what_it_is(document, publication)
    document.add_heading("Plan d’actions : une action", level=1)
    document.add_paragraph(richtext.french(f"{questions.description} Une feuille par action."))
    table = document.add_table(rows=1, cols=2, style="Table Grid")
    table.autofit = False
    _repeat_on_each_page(table.rows[0])
    for cell, text in zip(table.rows[0].cells, ("Question", "Réponse"), strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    for term in questions:
        row = table.add_row()
        row.height = _ANSWER_HEIGHT
        question = row.cells[0].paragraphs[0]
        question.add_run(richtext.french(term.libelle)).bold = True
        row.cells[0].add_paragraph(richtext.french(term.description))
    for row in table.rows:
        for cell, width in zip(row.cells, _WIDTHS, strict=True):
            cell.width = width
    return _archive(document)


def _say_what_it_is(document: docx.document.Document, publication: Publication) -> None:
    made = datetime.fromisoformat(publication.date)
    about = document.core_properties
    about.title, about.language, about.comments = "Plan d’actions : formulaire", "fr-FR", ""
    about.author = about.last_modified_by = publication.settings.nom
    about.created = about.modified = made
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "fr-FR")


def _repeat_on_each_page(row: docx.table._Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001  # the library has no method for it


def _archive(document: docx.document.Document) -> bytes:
    """The file, with one date for all that is in it: python-docx would take the clock's, and fail before 1980."""
    package = document.part.package
    parts = package.parts
    for part in parts:
        part.before_marshal()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        library: Any = PackageWriter
        writer = _Dated(archive)
        library._write_content_types_stream(writer, parts)  # noqa: SLF001  # what its `write` does,
        library._write_pkg_rels(writer, package.rels)  # noqa: SLF001  # with an archive
        library._write_parts(writer, parts)  # noqa: SLF001  # of our own making
    return buffer.getvalue()


class _Dated:
    """Writes the parts of a package as python-docx does, all on one day."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def write(self, name: PackURI, content: bytes) -> None:
        self._archive.writestr(zipfile.ZipInfo(name.membername, _EPOCH), content, zipfile.ZIP_DEFLATED)
