"""The JSON Schema of a fiche, judged by an independent validator: what it refuses, `check` refuses."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as some
from jsonschema import Draft202012Validator

from practice_catalogue import cli
from practice_catalogue.forms.fiche_file import fiche_text
from practice_catalogue.forms.schema import schema, schema_text
from practice_catalogue.forms.skeleton import skeleton
from practice_catalogue.model import urls
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.introspection import fields_of, part_inside, vocabulary_of
from practice_catalogue.model.vocabulary import fold
from practice_catalogue.validation import loader as loading
from practice_catalogue.validation import validator
from practice_catalogue.validation.yaml_reader import Places, YamlSource
from tests.any_fiche import any_fiche
from tests.support import INVALID, PRACTICES, ROOT, VALID, VOCABULARIES

TERMS = loading.load_vocabularies(VOCABULARIES)
VALIDATOR = Draft202012Validator(schema(TERMS))
GOOD = sorted([*PRACTICES.glob("*.yml"), *VALID.glob("*.yml")])

REFUSED = {
    "adresse-web-invalide",
    "annee-invalide",
    "autres-problemes",
    "champ-manquant",
    "champ-vide",
    "cle-inconnue",
    "cle-inconnue-au-lieu-de-requise",
    "cle-inconnue-sans-voisine",
    "courriel-invalide",
    "dix-erreurs",
    "fiche-vide",
    "groupe-attendu",
    "identifiant-invalide",
    "liste-attendue",
    "liste-trop-longue",
    "nombre-attendu",
    "nombre-attendu-centimes",
    "nombre-hors-limites",
    "pas-une-fiche",
    "telephone-invalide",
    "terme-inconnu",
    "terme-inconnu-sans-voisin",
    "texte-attendu",
    "texte-trop-court",
    "texte-trop-long",
    "une-seule-ligne",
    "yaml-cle-complexe-sur-deux-lignes",
    "yaml-trop-profond",
}
"""The invalid examples that an editor marks already; the others break rules that only `check` knows."""


def refused(data: object) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(data)]


def loaded(path: Path) -> Any:
    """A file as an ordinary YAML loader reads it, with its numbers, dates and booleans."""
    return yaml.safe_load(path.read_text(encoding="utf-8-sig"))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema(TERMS))


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_good_fiches_are_valid(path: Path) -> None:
    assert refused(loaded(path)) == []


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_good_fiches_are_valid_where_the_loader_knows_only_text(path: Path) -> None:
    assert refused(yaml.load(path.read_text(encoding="utf-8-sig"), Loader=yaml.BaseLoader)) == []


def test_what_the_schema_refuses_of_the_invalid_examples() -> None:
    found = set()
    for path in INVALID.glob("*.yml"):
        with suppress(yaml.YAMLError, UnicodeDecodeError, ValueError):
            found |= {path.stem} if refused(loaded(path)) else set()
    assert found == REFUSED


@pytest.mark.parametrize("name", sorted({vocabulary_of(field) for field in fields_of(Fiche).values()} - {""}))
def test_each_name_of_a_term_passes_however_it_is_spelt(name: str) -> None:
    one = Draft202012Validator(schema(TERMS)["$defs"][name])
    for term in TERMS[name]:
        for spelt in (spelling for own in term.names for spelling in spellings(own)):
            assert TERMS[name].resolve(spelt) == term.id
            assert one.is_valid(spelt), spelt


@pytest.mark.parametrize("name", ["communes", "domaines", "publics"])
@pytest.mark.parametrize("wrong", ["strasen", "Strasen", "Esch-sur-Alzete", "enfant s", "logementt"])
def test_a_misspelt_term_is_refused_by_the_editor(name: str, wrong: str) -> None:
    assert TERMS[name].resolve(wrong) is None
    assert not Draft202012Validator(schema(TERMS)["$defs"][name]).is_valid(wrong)


def test_each_field_is_said_in_french_with_its_example_and_terms_with_their_meaning() -> None:
    made = schema(TERMS)
    for name, field in fields_of(Fiche).items():
        said = made["properties"][name]
        assert said["title"] == field.title
        assert said.get("examples") or said["anyOf"][0].get("examples") or vocabulary_of(field)
        assert said["description"].startswith(field.description)
        if part := part_inside(field):
            inner = said.get("items", said)
            assert list(inner["properties"]) == list(fields_of(part))
    terms = made["$defs"]["communes"]["anyOf"][0]
    meanings = dict(zip(terms["enum"], terms["enumDescriptions"], strict=True))
    assert meanings["Déifferdeng"] == meanings["differdange"] == "Differdange"
    assert "Waldbredimus" in meanings


def spellings(name: str) -> Iterator[str]:
    yield from (name, name.upper(), name.lower(), name.title(), f" {name}", fold(name), fold(name).replace(" ", "-"))


# What a person may type into a field: words that YAML takes for something else, padding, blanks, other shapes.
typed = some.sampled_from(
    [
        *(
            "no",
            "12:30",
            "2016",
            "2016-02-11",
            "1e3",
            "3 000 €",
            "5.0",
            "a@b.lu",
            "https://a.lu",
            "31 02 62",
            " ",
            " x ",
        ),
        *("DÉIFFERDENG", "Strassen", "Faible", "commune", "café-langues", "deux\nlignes", "x" * 200, "\n" + "y" * 6000),
    ]
) | some.text(max_size=30)
shapes = some.recursive(
    some.none() | typed,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.sampled_from(["nom", "niveau", "id"]), inner),
    max_leaves=5,
)
DATA = [yaml.load(path.read_text(encoding="utf-8-sig"), Loader=yaml.BaseLoader) for path in GOOD]


@given(some.data(), some.sampled_from(DATA), shapes)
@settings(max_examples=600)
def test_any_change_that_the_schema_refuses_check_refuses(draw: some.DataObject, good: Any, value: Any) -> None:
    changed = copy.deepcopy(good)
    places = [(changed, name) for name in (*fields_of(Fiche), "id", "inconnu")] + list(inner_places(changed))
    owner, key = draw.draw(some.sampled_from(places))
    owner[key] = value
    checked = validator.check(YamlSource(changed, Places("fiche.yml", "")), "fiche", TERMS)
    if not checked.diagnostics:
        assert refused(changed) == []
        assert refused(as_loaded(changed)) == []


@given(any_fiche(TERMS))
@settings(max_examples=60)
def test_any_fiche_is_valid_and_so_is_the_text_of_its_file(data: dict[str, Any]) -> None:
    assert refused(data) == []
    assert refused(yaml.safe_load(fiche_text(data))) == []


def inner_places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Where else a value can be put: into groups and lists inside a fiche."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inside:
        yield value, key
        yield from inner_places(item)


def as_loaded(value: Any) -> Any:
    """Plain text as an ordinary loader of YAML takes it."""
    if isinstance(value, dict):
        return {key: as_loaded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_loaded(item) for item in value]
    if not isinstance(value, str):
        return value
    loader: Any = yaml.SafeLoader("")
    node = yaml.ScalarNode(loader.resolve(yaml.ScalarNode, value, (True, False)), value)
    try:
        return loader.construct_object(node)
    except (ValueError, yaml.YAMLError):
        return value


def test_the_committed_copy_is_current_and_editors_find_it() -> None:
    assert (ROOT / urls.COMMITTED_SCHEMA).read_text(encoding="utf-8") == schema_text(TERMS)
    mapped = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    assert mapped == {f"./{urls.COMMITTED_SCHEMA}": "practices/*.yml"}
    assert (PRACTICES / urls.SCHEMA_FROM_A_FICHE).resolve() == ROOT / urls.COMMITTED_SCHEMA
    for made in (skeleton("Un titre"), fiche_text({"titre": "Un titre"})):
        assert made.startswith(f"# yaml-language-server: $schema={urls.SCHEMA_FROM_A_FICHE}\n")


def test_the_command_writes_the_schema(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["schema"]) == cli.GOOD
    printed = capsys.readouterr().out
    assert printed == schema_text(TERMS)
    assert cli.main(["schema", "--output", str(tmp_path / "fiche.json")]) == cli.GOOD
    assert (tmp_path / "fiche.json").read_text(encoding="utf-8") == printed
    assert cli.main(["schema", "--output", str(tmp_path / "nulle-part/fiche.json")]) == cli.CANNOT_RUN
