"""The fields of a fiche as every face reads them off the model: by path, with limits, terms and an example."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from practice_catalogue.model.diagnostics import Path
from practice_catalogue.model.fiche import EntryName, InTerms, Part, Shape, Text


def fields_of(model: type[Part]) -> dict[str, FieldInfo]:
    """The fields of a part as a contributor fills them in: all but the id, which is the name of the file."""
    return {name: field for name, field in model.model_fields.items() if name != "id"}


class Place(NamedTuple):
    """What a path leads to: the part that owns its last step, and the field, or None where there is no such field."""

    owner: type[Part]
    field: FieldInfo | None


def field_at(path: Path, model: type[Part]) -> Place:
    """The field at a path inside a part."""
    place = Place(model, None)
    for step in path:
        if isinstance(step, int):
            continue
        inner = part_inside(place.field) if place.field else model
        if inner is None:
            return Place(place.owner, None)
        place = Place(inner, fields_of(inner).get(step))
        if place.field is None:
            return place
    return place


def part_inside(field: FieldInfo) -> type[Part] | None:
    """The group of sub-fields that a field holds, once or in a list."""
    return next((kind for kind in _inside(field.annotation) if isinstance(kind, type) and issubclass(kind, Part)), None)


def lists_of_parts(model: type[Part]) -> dict[str, type[Part]]:
    """The fields that hold a list of groups of sub-fields: each is a table of its own in a spreadsheet."""
    found = {name: part_inside(field) for name, field in fields_of(model).items() if is_list(field)}
    return {name: part for name, part in found.items() if part}


def is_list(field: FieldInfo) -> bool:
    """Whether a field takes several entries."""
    return get_origin(field.annotation) is tuple


def entry_name(field: FieldInfo) -> str:
    """What one entry of a list is called, with its article: « un objectif »."""
    return next((mark.name for mark in marks(field) if isinstance(mark, EntryName)), "")


def entry_title(field: FieldInfo) -> str:
    """What one entry of a list is called, as a title: « Objectif »."""
    name = entry_name(field).partition(" ")[2]
    return name[:1].upper() + name[1:]


def vocabulary_of(field: FieldInfo) -> str:
    """The vocabulary whose terms a field takes, or nothing."""
    return next((mark.vocabulary for mark in marks(field) if isinstance(mark, InTerms)), "")


def longest_text(field: FieldInfo) -> int | None:
    """How many characters a text of the field may have, entry by entry, or None where it is no text."""
    return next((mark.limits.max_length for mark in marks(field) if isinstance(mark, Text)), None)


def shortest_text(field: FieldInfo) -> int:
    """How many characters a text of the field has at least."""
    return next((mark.limits.min_length or 1 for mark in marks(field) if isinstance(mark, Text)), 1)


def shape_of(field: FieldInfo) -> Shape | None:
    """The set form that the values of a field have, or None where any text will do."""
    return next((mark for mark in marks(field) if isinstance(mark, Shape)), None)


def is_date(field: FieldInfo) -> bool:
    """Whether a field takes a day, perhaps only its month or year."""
    shape = shape_of(field)
    return shape is not None and shape.kind in {"date", "partial-date"}


def limits_in_words(field: FieldInfo) -> str:
    """Whether a field is asked for, and its limits, in a sentence."""
    facts = ["demandé" if field.is_required() else "facultatif"]
    if is_list(field):
        facts.append(f"une liste de {most_entries(field)} éléments au plus")
    if vocabulary := vocabulary_of(field):
        facts.append(f"un terme de vocabularies/{vocabulary.replace('_', '-')}.yml")
    if longest := longest_text(field):
        facts.append(f"{longest} caractères au plus{' chacun' if is_list(field) else ''}")
    sentence = ", ".join(facts)
    return f"{sentence[0].upper()}{sentence[1:]}."


def has_markup(field: FieldInfo) -> bool:
    """Whether a text of the field has paragraphs and the small Markdown of `richtext`."""
    return any(type(mark) is Text for mark in marks(field))


def most_entries(field: FieldInfo) -> int | None:
    """How many entries a list may have, or None where it is no list."""
    limits = (getattr(mark, "max_length", None) for mark in field.metadata)
    return next((limit for limit in limits if limit), None) if is_list(field) else None


def yaml_example(name: str, field: FieldInfo) -> str:
    """The example of a field as one line of YAML."""
    return f"{name}: {_flow((field.examples or [''])[0])}"


def _flow(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    text = str(value)
    return json.dumps(text, ensure_ascii=False) if any(char in text for char in ":,{}[]#'\"") else text


def marks(field: FieldInfo) -> Iterator[Any]:
    """What a field, or an entry of its list, is annotated with: types, limits, validators."""
    yield from field.metadata
    yield from _inside(field.annotation)


def _inside(annotation: Any) -> Iterator[Any]:
    """A type, what it is made of, and what it is annotated with."""
    yield annotation
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return
    for part in get_args(annotation):
        yield from _inside(part)
