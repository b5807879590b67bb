"""Writes the empty form of an action plan, in the order of the pact's steps, as CSV and as a Word document."""

from __future__ import annotations

from collections.abc import Iterable

from docx.document import Document
from docx.shared import Cm

from practice_catalogue.exports.publication import Publication
from practice_catalogue.exports.spreadsheets import csv_bytes
from practice_catalogue.model import richtext
from practice_catalogue.model.derived.action_plan import ACTIONS, STEPS, questions, themes
from practice_catalogue.model.vocabulary import Term
from practice_catalogue.output import docx_files

EMPTY_ACTIONS = 5
"""Number of empty columns for actions in the CSV."""

_ANSWER_HEIGHT = Cm(1.6)
_WIDTHS = (Cm(6), Cm(10.5))


def as_csv(publication: Publication) -> bytes:
    """Returns a CSV with one row per question: a column for the plan as a whole, one column per action."""
    numbers = [f"Action {number}" for number in range(1, EMPTY_ACTIONS + 1)]
    rows = [
        (step.libelle, question.libelle, question.description, *[""] * (EMPTY_ACTIONS + 1))
        for step in STEPS
        for question in (questions(publication.catalogue.vocabularies) if step.id == ACTIONS else step.questions)
    ]
    return csv_bytes(("Étape", "Question", "Précision", "Le plan", *numbers), rows)


def as_docx(publication: Publication) -> bytes:
    """Returns a form for the plan and one action as a Word document."""
    vocabularies = publication.catalogue.vocabularies
    document = docx_files.new_document("Plan d’actions : formulaire", publication.settings.nom, publication.date)
    document.add_heading("Plan d’actions", level=1)
    for number, step in enumerate(STEPS, 1):
        document.add_heading(richtext.french(f"{number}. {step.libelle}"), level=2)
        if step.id == ACTIONS:
            names = " ; ".join(theme.libelle for theme in themes(vocabularies))
            about = f"{vocabularies.questions_pci.description} Une feuille par action, rangée sous son thème : {names}."
            document.add_paragraph(richtext.french(about))
            _add_questions(document, (Term(id="theme", libelle="Quel thème ?"), *questions(vocabularies)))
        else:
            _add_questions(document, step.questions)
    return docx_files.document_bytes(document)


def _add_questions(document: Document, asked: Iterable[Term]) -> None:
    table = document.add_table(rows=1, cols=2, style="Table Grid")
    table.autofit = False
    docx_files.repeat_header_row(table.rows[0])
    for cell, text in zip(table.rows[0].cells, ("Question", "Réponse"), strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    for term in asked:
        row = table.add_row()
        row.height = _ANSWER_HEIGHT
        question = row.cells[0].paragraphs[0]
        question.add_run(richtext.french(term.libelle)).bold = True
        row.cells[0].add_paragraph(richtext.french(term.description))
    for row in table.rows:
        for cell, width in zip(row.cells, _WIDTHS, strict=True):
            cell.width = width
