"""Writes a fiche as a plain Markdown page with the same content, for the peers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic.fields import FieldInfo

from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.fiche import Fiche, Part
from practice_catalogue.model.introspection import fields_of, has_markup, is_list, part_inside, vocabulary_of
from practice_catalogue.model.vocabulary import Vocabularies

INDEXED = ("domaines", "publics", "communes")
"""Indexes that the peers build from tags."""


def page_names(catalogue: Catalogue, fiche: Fiche) -> dict[str, list[str]]:
    """Returns index → names of the terms of a page."""
    terms = catalogue.vocabularies
    return {index: [terms[index][key].libelle for key in catalogue.keys_of(fiche, index)] for index in INDEXED}


def page_body(fiche: Fiche, terms: Vocabularies) -> str:
    """Returns the content of a fiche with one heading per field."""
    blocks = (block for name, info in fields_of(Fiche).items() for block in _section(getattr(fiche, name), info, terms))
    return "\n\n".join(blocks) + "\n"


def _section(value: Any, info: FieldInfo, terms: Vocabularies) -> Iterator[str]:
    if value in (None, (), "") or info.title == "Titre":
        return
    yield f"## {info.title}"
    if is_list(info):
        yield "\n".join(f"- {_entry(one, info, terms)}" for one in value)
    else:
        yield _entry(value, info, terms)


def _entry(value: Any, info: FieldInfo, terms: Vocabularies) -> str:
    if part := part_inside(info):
        return " ; ".join(_subfields(value, part, terms))
    if vocabulary := vocabulary_of(info):
        return _plain(terms[vocabulary][value].libelle)
    return str(value) if has_markup(info) else _plain(str(value))


def _subfields(value: Part, part: type[Part], terms: Vocabularies) -> Iterable[str]:
    for name, info in fields_of(part).items():
        inner = getattr(value, name)
        if inner not in (None, (), ""):
            entries = inner if is_list(info) else (inner,)
            said = ", ".join(_entry(entry, info, terms) for entry in entries)
            yield f"{info.title} : {said}"


def _plain(text: str) -> str:
    """Escapes text for Markdown and HTML."""
    return text.replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_").replace("[", "\\[")
