"""Makes the JSON Schema of a fiche, for completion and validation in editors, from the model and the vocabularies."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from pydantic.fields import FieldInfo

from practice_catalogue.model import urls
from practice_catalogue.model.fiche import LARGEST_AMOUNT, Fiche, Part
from practice_catalogue.model.introspection import (
    fields_of,
    has_markup,
    is_list,
    limits_in_words,
    longest_text,
    most_entries,
    part_inside,
    shape_of,
    shortest_text,
    vocabulary_of,
)
from practice_catalogue.model.vocabulary import Term, Vocabularies, Vocabulary, fold
from practice_catalogue.validation import messages

Schema = dict[str, Any]

NAMED = frozenset({"communes"})
"""Vocabularies whose names are proposed by editors as well, since they are better known than the ids."""

_PLAIN = "[A-Z]?[a-z0-9]+(?:[ -][A-Z]?[a-z0-9]+)*"
"""Names in ASCII letters and digits: the schema lists all their valid spellings; other names are left to `check`."""

_LEFT_OUT: Schema = {"$ref": "#/$defs/vide"}
_BLANK: Schema = {
    "type": ["null", "string", "array", "object"],
    "pattern": r"^\s*$",
    "maxItems": 0,
    "additionalProperties": _LEFT_OUT,
}
"""Blank values. Each keyword applies to one type only, so that they can be merged with those of a list or group."""

_WITH_PLAIN_SIGNS = frozenset({"date", "partial-date", "years", "phone", "amount"})
"""Kinds of formats that `check` reads after `plain_signs`."""

_OTHER_WORD: Schema = {"$ref": "#/$defs/autre-mot"}


def schema_text(vocabularies: Vocabularies, base: str = "") -> str:
    """Returns the schema as JSON with a final newline."""
    return json.dumps(schema(vocabularies, base), ensure_ascii=False, indent=1) + "\n"


def schema(vocabularies: Vocabularies, base: str = "") -> Schema:
    """Returns the schema of a fiche; `base` is the address of the site with a trailing slash.

    It accepts everything that `check` accepts: scalars that YAML loaders turn into numbers, dates or booleans, blank
    values, other spellings of terms, white space around texts, and signs that are not in ASCII.
    `errorMessage`, `patternErrorMessage` and `enumDescriptions` are extensions of VS Code.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **({"$id": base + urls.PUBLISHED_SCHEMA} if base else {}),
        "title": "Fiche de bonne pratique",
        "description": "Une bonne pratique du catalogue ; une fiche est un fichier.",
        **_group(Fiche),
        "$defs": {
            "vide": {
                "$comment": "Ce qui n'est pas rempli ne compte pas.",
                **_BLANK,
                "errorMessage": f"Ce champ n'existe pas. {messages.FILE_PROBLEMS['cle-inconnue'].hint}",
            },
            "autre-mot": {
                "$comment": "Un texte que YAML prend pour autre chose : no, 2017-02-11.",
                "not": {"type": ["string", "number", "array", "object", "null"]},
            },
            **{name: _terms(name, vocabularies[name]) for name in _used_vocabularies()},
        },
    }


def _used_vocabularies() -> list[str]:
    parts: list[type[Part]] = [Fiche, *(part for field in fields_of(Fiche).values() if (part := part_inside(field)))]
    return sorted({vocabulary_of(field) for part in parts for field in fields_of(part).values()} - {""})


def _group(part: type[Part], *, may_be_blank: bool = False) -> Schema:
    """Returns the schema of a part; with `may_be_blank`, its required fields may be blank."""
    fields = fields_of(part)
    properties = {name: _field(field, may_be_blank=may_be_blank) for name, field in fields.items()}
    required = _required(part)
    return {
        "type": "object",
        "properties": properties,
        **({"required": required} if required else {}),
        "additionalProperties": _LEFT_OUT,
    }


def _required(part: type[Part]) -> list[str]:
    return [name for name, field in fields_of(part).items() if field.is_required()]


def _field(field: FieldInfo, *, may_be_blank: bool) -> Schema:
    said: Schema = {"title": field.title, "description": f"{field.description} {limits_in_words(field)}"}
    if is_list(field):
        return said | {"examples": field.examples} | _list(field)
    if part := part_inside(field):
        return said | {"examples": field.examples} | _group_or_blank(part)
    if field.default and not field.is_required():
        said["default"] = field.default
    return said | _value(field, required=field.is_required() and not may_be_blank)


def _list(field: FieldInfo) -> Schema:
    part = part_inside(field)
    entries: Schema = {
        "type": "array",
        "items": _group(part) if part else _value(field, required=True),
        "maxItems": most_entries(field),
        "errorMessage": messages.FILE_PROBLEMS["liste-attendue"].message,
    }
    if field.is_required():
        return entries | {"minItems": 1}
    return _BLANK | entries | {"type": ["array", "null", "string", "object"]}


def _group_or_blank(part: type[Part]) -> Schema:
    """Returns the schema of a part that may be missing, or whose fields may all be blank."""
    expected = messages.FILE_PROBLEMS["groupe-attendu"].message.format(sous_champs=", ".join(fields_of(part)))
    group = (
        _BLANK
        | _group(part, may_be_blank=True)
        | {"type": ["object", "null", "string", "array"], "errorMessage": expected}
    )
    if required := group.pop("required", None):
        group["anyOf"] = [{"required": required}, {"additionalProperties": _LEFT_OUT}]
    return group


def _value(field: FieldInfo, *, required: bool) -> Schema:
    """Returns the schema of a single value: a term, an amount or text; it may be blank unless it is required.

    The examples are in the inner schema, where editors propose them; in the outer one they would be inserted.
    """
    examples = {} if is_list(field) else {"examples": field.examples}
    if vocabulary := vocabulary_of(field):
        value: Schema = {"$ref": f"#/$defs/{vocabulary}", **({"minLength": 1} if required else {})}
    elif (shape := shape_of(field)) and shape.kind == "amount":
        limits = {"minimum": 0, "maximum": LARGEST_AMOUNT}
        value = {"type": ["number", "string"], **limits, **_pattern(field, required=required), **examples}
    else:
        expected = messages.FILE_PROBLEMS["texte-attendu"].message
        value = {
            "type": ["string", "number"],
            "errorMessage": expected,
            **_pattern(field, required=required),
            **examples,
        }
    return {"anyOf": [value, _OTHER_WORD] if required else [value, _OTHER_WORD, _LEFT_OUT]}


def _pattern(field: FieldInfo, *, required: bool) -> Schema:
    """Returns the pattern for the format or the length of a text, ignoring white space around it.

    Numbers with characters outside ASCII, such as the hyphens and spaces of a phone number, are left to `check`.
    """
    fewest, most = shortest_text(field), longest_text(field) or 1
    if shape := shape_of(field):
        inside = shape.pattern
        other = r"|[^\x00-\x7f]" if shape.kind in _WITH_PLAIN_SIGNS else ""
        message = f"Par exemple : {(field.examples or [''])[0]}"
    else:
        other = ""
        char, one_line = (r"[\s\S]", "") if has_markup(field) else (r"[^\n]", ", sur une seule ligne")
        inside = rf"\S{char}{{{fewest - 1},{most - 1}}}"
        message = f"{f'De {fewest} à {most}' if fewest > 1 else f'Au plus {most}'} caractères{one_line}."
    return {"pattern": rf"^\s*(?:{inside}){'' if required else '?'}\s*${other}", "patternErrorMessage": message}


def _terms(name: str, vocabulary: Vocabulary[Term]) -> Schema:
    """Returns the schema of a term: an enumeration with descriptions, and a pattern for the other spellings."""
    proposed = dict(_proposed(name, vocabulary))
    hint = messages.FILE_PROBLEMS["terme-inconnu"].hint.format(fichier=name.replace("_", "-"))
    elsewhere = f"Ce terme n'est pas dans la liste « {vocabulary.titre} ». {hint}"
    return {
        "title": vocabulary.titre,
        "description": vocabulary.description,
        "type": ["string", "number"],
        "errorMessage": messages.FILE_PROBLEMS["texte-attendu"].message,
        "anyOf": [
            {"enum": list(proposed), "enumDescriptions": list(proposed.values()), "errorMessage": elsewhere},
            {"pattern": _any_spelling(vocabulary), "patternErrorMessage": elsewhere},
        ],
    }


def _proposed(name: str, vocabulary: Vocabulary[Term]) -> Iterator[tuple[str, str]]:
    """Yields the values that editors propose, each with its description."""
    for term in vocabulary:
        meaning = f"{term.libelle} : {term.description}" if term.description else term.libelle
        yield term.id, meaning
        if name in NAMED:
            yield from ((other, meaning) for other in term.names if other != term.id)


def _any_spelling(vocabulary: Vocabulary[Term]) -> str:
    """Returns a pattern for all spellings of the names in ASCII, and for any text that is not in ASCII."""
    folded = {fold(name) for term in vocabulary for name in term.names}
    right = "|".join(_spellings(name) for name in sorted(folded) if re.fullmatch("[a-z0-9 ]+", name))
    return rf"^(?:{right})$|^(?!{_PLAIN}$)"


def _spellings(name: str) -> str:
    """Returns a pattern for the spellings of a folded name.

    >>> _spellings("esch sur alzette")
    '[Ee]sch[ -][Ss]ur[ -][Aa]lzette'
    """
    words = (f"[{word[0].upper()}{word[0]}]{word[1:]}" if word[0].isalpha() else word for word in name.split())
    return "[ -]".join(words)
