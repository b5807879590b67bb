"""What is written as a file is read back as the same fiche."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as some

from practice_catalogue.forms.fiche_file import fiche_text, plain_data, published_text, without_comments
from practice_catalogue.model.diagnostics import Severity
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.urls import SCHEMA_LINE
from practice_catalogue.validation import loader, validator, yaml_reader
from practice_catalogue.validation.rules import FICHE_RULES
from tests.any_fiche import any_fiche
from tests.support import PRACTICES, VOCABULARIES

TERMS = loader.load_vocabularies(VOCABULARIES)
FICHES = list(loader.load(PRACTICES, VOCABULARIES).catalogue)


def read_back(text: str, fiche_id: str) -> Fiche:
    """The fiche in a text that must have no problem."""
    source, diagnostics = yaml_reader.read_yaml("fiche.yml", text.encode())
    assert source is not None, diagnostics
    checked = validator.check(source, fiche_id, TERMS)
    assert [*diagnostics, *checked.diagnostics] == []
    return checked.draft


@pytest.mark.parametrize("fiche", FICHES, ids=lambda fiche: fiche.id)
def test_the_fiches_of_the_catalogue(fiche: Fiche) -> None:
    assert read_back(fiche_text(plain_data(fiche)), fiche.id) == fiche


@given(any_fiche(TERMS))
def test_any_fiche(data: dict[str, Any]) -> None:
    fiche = read_back(fiche_text(data), "une-fiche")
    assert plain_data(fiche) == {name: value for name, value in data.items() if (name, value) != ("langue", "fr")}
    assert [
        finding for rule in FICHE_RULES for finding in rule(fiche, TERMS) if finding.severity is Severity.ERROR
    ] == []


@given(some.text(max_size=300))
@example("a\u0300\u0300\u0300\u0300\u0300\u0344\u0344")
def test_any_text_as_a_comment(text: str) -> None:
    whole = fiche_text({"titre": "Café"}, heading=[text], above={"titre": [text]}, below=[text])
    source, diagnostics = yaml_reader.read_yaml("fiche.yml", whole.encode("utf-8", "surrogatepass"))
    assert diagnostics == []
    assert source is not None
    assert source.data == {"titre": "Café"}
    assert without_comments(whole) == f"{SCHEMA_LINE}\ntitre: Café\n"


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("titre: C# # privé\nlieu: a#b", "titre: C#\nlieu: a#b"),
        ("titre: \"a # b\" # c\nlieu: 'd # e' # f", "titre: \"a # b\"\nlieu: 'd # e'"),
        ("a: | # privé\n  # texte\n\n  b # texte\n # privé\n# privé\nc: d\n", "a: |\n  # texte\n\n  b # texte\nc: d\n"),
        ("a: >+ # privé\n  b\n\n# privé\nc: d\n", "a: >+\n  b\n\nc: d\n"),
        ("a: b\n  c # privé\n  # privé\nd: e\n", "a: b\n  c\nd: e\n"),
        ("a: [b, # privé\n  # privé\n  c] # privé\n# privé", "a: [b,\n  c]\n"),
        ("a:\n  # privé\n  - b: c # privé\n\n    # privé\n    d: e\n# privé\n", "a:\n  - b: c\n\n    d: e\n"),
        ("# privé\n\n# privé\na: b\n", "\na: b\n"),
    ],
)
def test_the_published_text_of_a_fiche_has_no_comment(text: str, published: str) -> None:
    assert without_comments(text) == published
    assert yaml.safe_load(published) == yaml.safe_load(text)


@pytest.mark.parametrize("raw", [b'titre: "#', b"titre: caf\xe9"])
def test_a_file_that_was_broken_since_is_published_as_it_was(raw: bytes) -> None:
    assert published_text(FICHES[0], raw) == fiche_text(plain_data(FICHES[0]))


def test_the_text_of_a_file() -> None:
    data = {"titre": "Café : « l'autre »", "communes": ["strassen"], "description": "Un.\n\n- deux", "inconnu": "x"}
    text = fiche_text(data, heading=["Un brouillon."], above={"communes": ["à vérifier"]}, below=["Reste :\nune ligne"])
    assert text == (
        "# yaml-language-server: $schema=../.vscode/fiche.schema.json\n"
        "# Un brouillon.\n"
        "titre: 'Café : « l''autre »'\n"
        "# à vérifier\n"
        "communes:\n"
        "  - strassen\n"
        "description: |-\n"
        "  Un.\n"
        "\n"
        "  - deux\n"
        "inconnu: x\n"
        "# Reste :\n"
        "# une ligne\n"
    )
