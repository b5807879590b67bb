"""Turns the fiches into tables: one of all fiches, and one for each field that is a list of parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic.fields import FieldInfo

from practice_catalogue.exports.publication import Publication
from practice_catalogue.model import richtext
from practice_catalogue.model.derived.evidence import ASPECTS, evidence
from practice_catalogue.model.fiche import Fiche, Part
from practice_catalogue.model.introspection import (
    fields_of,
    has_markup,
    is_list,
    lists_of_parts,
    part_inside,
    vocabulary_of,
)
from practice_catalogue.model.urls import fiche_url

Cell = str | int | None

FICHES = "fiches"
"""Name of the table of all fiches."""

LIST_SEPARATOR = " | "
"""Separator of the entries of a list in one cell."""


DERIVED = ("État", *(f"Solidité : {name}" for name in ASPECTS))
"""Titles of the columns that follow from the fields; a field is called « Résultats » too."""


@dataclass(frozen=True)
class Table:
    """A table: file name, sheet title, French column titles, rows."""

    name: str
    titre: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tables(publication: Publication) -> tuple[Table, ...]:
    """Returns the table of the fiches, then one for each field that is a list of parts."""
    return (_fiches(publication), *(_list(publication, name, part) for name, part in lists_of_parts(Fiche).items()))


def table_names() -> tuple[str, ...]:
    """Returns the names of the tables, in the order of `tables`, without making them."""
    return (FICHES, *map(_table_name, lists_of_parts(Fiche)))


def _fiches(publication: Publication) -> Table:
    columns = ("Identifiant", *_titles(Fiche), *DERIVED, "Cantons", "Page")
    rows = (
        (
            fiche.id,
            *_cells(publication, fiche),
            *_libelles(publication, "etats", [publication.catalogue.state_of(fiche).etat]),
            *(one.words for one in evidence(fiche)),
            LIST_SEPARATOR.join(_libelles(publication, "cantons", publication.catalogue.keys_of(fiche, "cantons"))),
            publication.base + fiche_url(fiche.id),
        )
        for fiche in publication.catalogue
    )
    return Table(FICHES, "Fiches", columns, tuple(rows))


def _list(publication: Publication, name: str, part: type[Part]) -> Table:
    rows = (
        (fiche.id, fiche.titre, *_cells(publication, entry))
        for fiche in publication.catalogue
        for entry in getattr(fiche, name)
    )
    titre = str(fields_of(Fiche)[name].title)
    return Table(_table_name(name), titre, ("Identifiant", "Pratique", *_titles(part)), tuple(rows))


def _table_name(name: str) -> str:
    return name.replace("_", "-")


def _titles(model: type[Part]) -> Iterator[str]:
    for field in fields_of(model).values():
        inner = part_inside(field)
        if inner and not is_list(field):
            yield from (f"{field.title} : {sub.title}" for sub in fields_of(inner).values())
        else:
            yield str(field.title)


@dataclass(frozen=True)
class _Shape:
    """What a field's definition says about its cells; computed once, since each cell needs it."""

    name: str
    vocabulary: str
    has_markup: bool
    is_list: bool
    parts: tuple[_Shape, ...]


@cache
def _shapes(model: type[Part]) -> tuple[_Shape, ...]:
    return tuple(_shape(name, field) for name, field in fields_of(model).items())


def _shape(name: str, field: FieldInfo) -> _Shape:
    inner = part_inside(field)
    return _Shape(name, vocabulary_of(field), has_markup(field), is_list(field), _shapes(inner) if inner else ())


def _cells(publication: Publication, part: Part) -> Iterator[Cell]:
    for shape in _shapes(type(part)):
        value = getattr(part, shape.name)
        if shape.parts and not shape.is_list:
            yield from _cells(publication, value) if value else (None for _ in shape.parts)
        elif shape.parts:
            first = shape.parts[0]
            yield LIST_SEPARATOR.join(str(_cell(publication, first, getattr(entry, first.name))) for entry in value)
        else:
            yield _cell(publication, shape, value)


def _cell(publication: Publication, shape: _Shape, value: Any) -> Cell:
    if shape.vocabulary:
        term_ids = value if isinstance(value, tuple) else (value,) if value else ()
        return LIST_SEPARATOR.join(_libelles(publication, shape.vocabulary, term_ids))
    if isinstance(value, tuple):
        return LIST_SEPARATOR.join(value)
    if isinstance(value, int) or value is None:
        return value
    return richtext.to_plain(value) if shape.has_markup else str(value)


def _libelles(publication: Publication, vocabulary: str, ids: Iterable[str]) -> list[str]:
    terms = publication.catalogue.vocabularies[vocabulary]
    return [terms[term_id].libelle for term_id in ids]
