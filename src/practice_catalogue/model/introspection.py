"""Reads titles, limits, vocabularies and examples of fields off the model of a fiche."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from practice_catalogue.model.diagnostics import Path
from practice_catalogue.model.fiche import EntryName, InTerms, Part, Shape, Text


def fields_of(model: type[Part]) -> dict[str, FieldInfo]:
    """Returns the fields of a part without `id`, which is the name of the file."""
    return {name: field for name, field in model.model_fields.items() if name != "id"}


class Place(NamedTuple):
    """Result of looking up a path: the part that contains the field, and the field, or None if it does not exist."""

    owner: type[Part]
    field: FieldInfo | None


def field_at(path: Path, model: type[Part]) -> Place:
    """Looks up the field at a path inside a part; list positions in the path are ignored."""
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
    """Returns the part that a field contains, directly or as the entries of a list, or None."""
    return next((kind for kind in _inside(field.annotation) if isinstance(kind, type) and issubclass(kind, Part)), None)


def lists_of_parts(model: type[Part]) -> dict[str, type[Part]]:
    """Returns the fields that are lists of parts: name → type of the part."""
    found = {name: part_inside(field) for name, field in fields_of(model).items() if is_list(field)}
    return {name: part for name, part in found.items() if part}


def is_list(field: FieldInfo) -> bool:
    """Whether a field is a list."""
    return get_origin(field.annotation) is tuple


def entry_name(field: FieldInfo) -> str:
    """Returns the name of one entry of a list with its article (« un objectif »), or an empty string."""
    return next((mark.name for mark in marks(field) if isinstance(mark, EntryName)), "")


def entry_title(field: FieldInfo) -> str:
    """Returns the name of one entry of a list as a title (« Objectif »), or an empty string."""
    name = entry_name(field).partition(" ")[2]
    return name[:1].upper() + name[1:]


def vocabulary_of(field: FieldInfo) -> str:
    """Returns the name of the vocabulary of a field, or an empty string."""
    return next((mark.vocabulary for mark in marks(field) if isinstance(mark, InTerms)), "")


def longest_text(field: FieldInfo) -> int | None:
    """Returns the maximum length in characters of a text or of each entry of a list, or None if there is none."""
    return next((mark.limits.max_length for mark in marks(field) if isinstance(mark, Text)), None)


def shortest_text(field: FieldInfo) -> int:
    """Returns the minimum length in characters of a text or of each entry of a list."""
    return next((mark.limits.min_length or 1 for mark in marks(field) if isinstance(mark, Text)), 1)


def shape_of(field: FieldInfo) -> Shape | None:
    """Returns the fixed format of the values of a field, or None."""
    return next((mark for mark in marks(field) if isinstance(mark, Shape)), None)


def is_date(field: FieldInfo) -> bool:
    """Whether a field is a date, complete or partial."""
    shape = shape_of(field)
    return shape is not None and shape.kind in {"date", "partial-date"}


def limits_in_words(field: FieldInfo) -> str:
    """Returns a French sentence on whether a field is required, and on its limits."""
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
    """Whether a field is text of several paragraphs in the Markdown subset of `richtext`."""
    return any(type(mark) is Text for mark in marks(field))


def most_entries(field: FieldInfo) -> int | None:
    """Returns the maximum number of entries of a list, or None if the field is not a list."""
    limits = (getattr(mark, "max_length", None) for mark in field.metadata)
    return next((limit for limit in limits if limit), None) if is_list(field) else None


def yaml_example(name: str, field: FieldInfo) -> str:
    """Returns the example of a field as one line of YAML."""
    return f"{name}: {_flow((field.examples or [''])[0])}"


def _flow(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    text = str(value)
    return json.dumps(text, ensure_ascii=False) if any(char in text for char in ":,{}[]#'\"") else text


def marks(field: FieldInfo) -> Iterator[Any]:
    """Yields the annotations of a field and of the entries of its list: types, limits, validators."""
    yield from field.metadata
    yield from _inside(field.annotation)


def _inside(annotation: Any) -> Iterator[Any]:
    """Yields a type, its type arguments and its annotations, recursively, without entering models."""
    yield annotation
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return
    for part in get_args(annotation):
        yield from _inside(part)
