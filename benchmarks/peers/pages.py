"""A fiche → one Markdown page with the same content, as someone without our program would write it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic.fields import FieldInfo

from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.fiche import Fiche, Part
from practice_catalogue.model.introspection import fields_of, has_markup, is_list, part_inside, vocabulary_of
from practice_catalogue.model.vocabulary import Vocabularies

INDEXED = ("domaines", "publics", "communes")
"""What the peers index by tags: three of our indexes."""


def page_names(catalogue: Catalogue, fiche: Fiche) -> dict[str, list[str]]:
    """The names of the terms that a page is indexed by, index by index."""
    terms = catalogue.vocabularies
    return {index: [terms[index][key].libelle for key in catalogue.keys_of(fiche, index)] for index in INDEXED}


def page_body(fiche: Fiche, terms: Vocabularies) -> str:
    """Everything that a fiche says: a heading a field."""
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
    """Text that is no markup, between tags that would be some."""
    return text.replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_").replace("[", "\\[")
