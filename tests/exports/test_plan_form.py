"""The empty form of a plan of actions."""

from __future__ import annotations

import csv
import io

import docx

from practice_catalogue.exports import plan_form
from practice_catalogue.exports.publication import Publication
from practice_catalogue.model import richtext


def test_the_csv_asks_the_ten_questions(publication: Publication) -> None:
    lines = list(csv.reader(io.StringIO(plan_form.as_csv(publication).decode("utf-8-sig")), delimiter=";"))
    assert lines[0][:3] == ["Question", "Précision", "Action 1"]
    assert len(lines) == 11
    assert all(line[2:] == [""] * plan_form.ACTIONS for line in lines[1:])


def test_the_word_form_asks_the_ten_questions_and_leaves_room(publication: Publication) -> None:
    document = docx.Document(io.BytesIO(plan_form.as_docx(publication)))
    (table,) = document.tables
    questions = [row.cells[0].paragraphs[0].text for row in table.rows[1:]]
    assert questions == [richtext.french(term.libelle) for term in publication.catalogue.vocabularies.questions_pci]
    assert {row.cells[1].text for row in table.rows[1:]} == {""}
    assert document.core_properties.language == "fr-FR"
    assert document.core_properties.author == publication.settings.nom


def test_the_same_questions_give_the_same_bytes(publication: Publication) -> None:
    assert plan_form.as_docx(publication) == plan_form.as_docx(publication)
