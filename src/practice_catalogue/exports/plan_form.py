"""Writes the empty form of an action plan from its questions, as CSV and as a Word document."""

from __future__ import annotations

from docx.shared import Cm

from practice_catalogue.exports.publication import Publication
from practice_catalogue.exports.spreadsheets import csv_bytes
from practice_catalogue.model import richtext
from practice_catalogue.output import docx_files

ACTIONS = 5
"""Number of empty columns for actions in the CSV."""

_ANSWER_HEIGHT = Cm(1.6)
_WIDTHS = (Cm(6), Cm(10.5))


def as_csv(publication: Publication) -> bytes:
    """Returns a CSV with one row per question and one column per action."""
    columns = ("Question", "Précision", *(f"Action {number}" for number in range(1, ACTIONS + 1)))
    questions = publication.catalogue.vocabularies.questions_pci
    return csv_bytes(columns, [(term.libelle, term.description, *[""] * ACTIONS) for term in questions])


def as_docx(publication: Publication) -> bytes:
    """Returns a form for one action as a Word document."""
    questions = publication.catalogue.vocabularies.questions_pci
    document = docx_files.new_document("Plan d’actions : formulaire", publication.settings.nom, publication.date)
    document.add_heading("Plan d’actions : une action", level=1)
    document.add_paragraph(richtext.french(f"{questions.description} Une feuille par action."))
    table = document.add_table(rows=1, cols=2, style="Table Grid")
    table.autofit = False
    docx_files.repeat_header_row(table.rows[0])
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
    return docx_files.document_bytes(document)
