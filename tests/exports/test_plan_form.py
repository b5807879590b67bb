"""The empty form of a plan of actions."""

from __future__ import annotations

import csv
import io

import docx

from practice_catalogue.exports import plan_form
from practice_catalogue.exports.publication import Publication
from practice_catalogue.model import richtext
from practice_catalogue.model.derived.action_plan import questions

STEPS = ["Engagement politique", "État des lieux", "Ateliers citoyens", "Actions", "Évaluation"]


def test_the_csv_asks_about_the_plan_and_about_each_action_in_the_order_of_the_pact(publication: Publication) -> None:
    head, *lines = csv.reader(io.StringIO(plan_form.as_csv(publication).decode("utf-8-sig")), delimiter=";")
    assert head[:5] == ["Étape", "Question", "Précision", "Le plan", "Action 1"]
    assert list(dict.fromkeys(line[0] for line in lines)) == STEPS
    asked = [line[1] for line in lines if line[0] == "Actions"]
    assert asked == [question.libelle for question in questions(publication.catalogue.vocabularies)]
    assert len(asked) == 12
    assert all(line[3:] == [""] * (plan_form.EMPTY_ACTIONS + 1) for line in lines)


def test_the_word_form_asks_by_step_and_leaves_room(publication: Publication) -> None:
    document = docx.Document(io.BytesIO(plan_form.as_docx(publication)))
    headings = [one.text for one in document.paragraphs if one.style and one.style.name == "Heading 2"]
    assert headings == [f"{number}. {step}" for number, step in enumerate(STEPS, 1)]
    assert len(document.tables) == len(STEPS)
    asked = [row.cells[0].paragraphs[0].text for row in document.tables[3].rows[2:]]
    assert asked == [richtext.french(term.libelle) for term in questions(publication.catalogue.vocabularies)]
    assert {row.cells[1].text for table in document.tables for row in table.rows[1:]} == {""}
    assert document.core_properties.language == "fr-FR"
    assert document.core_properties.author == publication.settings.nom


def test_the_same_questions_give_the_same_bytes(publication: Publication) -> None:
    assert plan_form.as_docx(publication) == plan_form.as_docx(publication)
