"""Documents with the headings of 2017, as text and as Word, become drafts in which no word is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml

from practice_catalogue.forms.importing import headings, importer
from practice_catalogue.forms.importing.importer import Imported
from practice_catalogue.model.diagnostics import Severity
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.introspection import fields_of
from practice_catalogue.model.vocabulary import Vocabularies
from practice_catalogue.validation import loader
from practice_catalogue.validation.yaml_reader import read_yaml
from tests.support import VOCABULARIES

TEXTS = Path(__file__).parent / "texts"
SOURCE = TEXTS / "assises.txt"
EXPECTED = yaml.safe_load((TEXTS / "assises.yml").read_text(encoding="utf-8"))

READ: dict[str, Callable[[dict[str, Any]], Any]] = {
    "porteurs": lambda data: [holder["nom"] for holder in data["porteurs"]],
    "defis": lambda data: [one["defi"] for one in data["defis"]],
    "contacts": lambda data: [one["courriel"] for one in data["contacts"]],
    "liens": lambda data: [one["url"] for one in data["liens"]],
    "couts": lambda data: data["couts"]["texte"],
    "periodicite": lambda data: data["calendrier"]["periodicite"],
}
"""How the entry of a field is said in `assises.yml`."""

BEGINNINGS = frozenset({"description", "resultats", "innovation"})
"""Long texts, of which `assises.yml` has the first words."""

GUESSED = frozenset({"communes", "domaines", "publics", "editions", "calendrier"})
"""What follows from other text."""


def said(data: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    shown = {name: READ.get(name, lambda data, name=name: data[name])(data) for name in expected}
    return {name: value[: len(expected[name])] if name in BEGINNINGS else value for name, value in shown.items()}


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.replace("\n# ", "\n")))


@pytest.fixture(scope="module")
def imported(terms: Vocabularies) -> Imported:
    return importer.read_drafts(SOURCE, terms)


def plain_lines() -> list[str]:
    """The lines without the signs that stand for bold and italic letters in a text."""
    return SOURCE.read_text(encoding="utf-8").replace("*", "").split("\n")


def in_paragraphs(folder: Path) -> Path:
    """The text as a Word file: a paragraph a line, bullets as lists."""
    document = docx.Document()
    for line in plain_lines():
        item = re.match(r" ?- (.*)", line)
        document.add_paragraph(item[1] if item else line, style="List Bullet" if item else None)
    document.save(str(folder / "assises.docx"))
    return folder / "assises.docx"


def in_a_table(folder: Path) -> Path:
    """The text as a Word file that is one table, as some word processors leave it."""
    document = docx.Document()
    table = document.add_table(rows=0, cols=1)
    for line in plain_lines():
        table.add_row().cells[0].text = line
    document.save(str(folder / "assises.docx"))
    return folder / "assises.docx"


def test_each_fiche_has_its_title_holder_and_sections(imported: Imported) -> None:
    drafts = [proposal.draft.data for proposal in imported.proposals]
    assert [said(data, expected) for data, expected in zip(drafts, EXPECTED, strict=True)] == EXPECTED
    for data, expected in zip(drafts, EXPECTED, strict=True):
        assert set(data) - GUESSED == set(expected) - {"periodicite"}


@pytest.mark.parametrize("made", [in_paragraphs, in_a_table])
def test_the_same_in_word(made: Callable[[Path], Path], terms: Vocabularies, tmp_path: Path) -> None:
    drafts = [proposal.draft.data for proposal in importer.read_drafts(made(tmp_path), terms).proposals]
    assert [said(data, expected) for data, expected in zip(drafts, EXPECTED, strict=True)] == EXPECTED


def test_every_word_is_in_a_draft_or_its_comments(imported: Imported, terms: Vocabularies) -> None:
    made = "\n".join(importer.draft_text(one, imported.source, terms) for one in imported.proposals)
    assert words(SOURCE.read_text(encoding="utf-8")) - words(made) == set()


def test_every_draft_can_be_read_and_lacks_only_what_the_document_lacks(
    imported: Imported, terms: Vocabularies, tmp_path: Path
) -> None:
    for proposal in imported.proposals:
        text = importer.draft_text(proposal, imported.source, terms)
        source, diagnostics = read_yaml(f"{proposal.id}.yml", text.encode())
        assert diagnostics == []
        assert source is not None
        (tmp_path / f"{proposal.id}.yml").write_text(text, encoding="utf-8")
    report = loader.load(tmp_path, VOCABULARIES).report
    codes = {diagnostic.code for diagnostic in report if diagnostic.severity is Severity.ERROR}
    assert codes == {"champ-manquant"}


def test_guesses_name_the_words_they_come_from(imported: Imported, terms: Vocabularies) -> None:
    proposal = imported.proposals[1]
    text = importer.draft_text(proposal, imported.source, terms)
    assert "# À vérifier : Communes, « Mersch », d'après « mersch »." in text
    assert "# À vérifier : Publics, « Ménages à revenu modeste », d'après « menages a revenu modeste »." in text


def test_every_heading_leads_to_a_field_of_the_model() -> None:
    fields = {name for heading in headings.HEADINGS_OF_2017 for name in heading.fields}
    assert fields - {"defis.reponse"} <= set(fields_of(Fiche))


@pytest.mark.parametrize(
    ("line", "field", "rest"),
    [
        ("Public cible du projet | Les nouveaux arrivants", "public_cible", "Les nouveaux arrivants"),
        ("Commune/Institution **Commune de Junglinster**", "porteurs", "Commune de Junglinster"),
        ("Commune Commune de Strassen", "porteurs", "Commune de Strassen"),
        ("OBJECTIFS :", "objectifs", ""),
        ("Organisateur (s) : Service des sports", "organisateurs", "Service des sports"),
        ("Commune de Strassen", "", ""),
        ("Objectif général du plan", "", ""),
        ("Service Égalité des chances", "", ""),
        ("- Originalité: réunir dix communes", "", ""),
        ("Contacts quotidiens entre voisins", "", ""),
    ],
)
def test_lines_that_are_headings_and_lines_that_are_not(line: str, field: str, rest: str) -> None:
    found = headings.find_heading(line)
    assert (found.fields[0], found.rest) == (field, rest) if found else not field
