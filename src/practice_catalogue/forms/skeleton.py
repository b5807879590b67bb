"""Writes the file of an empty fiche, with the help of each field as comments."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator

from pydantic.fields import FieldInfo

from practice_catalogue.model import urls
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.introspection import fields_of, vocabulary_of, yaml_example


def skeleton(title: str) -> str:
    """Returns the text of a new fiche: required fields are empty, optional ones are commented out."""
    lines = [
        urls.SCHEMA_LINE,
        "# Une fiche de bonne pratique. Remplissez les champs demandés ; d'un champ facultatif, retirez le #.",
        "# Chaque champ est décrit dans docs/contribuer/champs.md ; la commande « check » dit ce qui manque.",
    ]
    for name, field in fields_of(Fiche).items():
        lines += ["", *_field(name, field, title)]
    return "\n".join(lines) + "\n"


def _field(name: str, field: FieldInfo, title: str) -> Iterator[str]:
    required = "demandé" if field.is_required() else "facultatif"
    terms = f" Termes : vocabularies/{of.replace('_', '-')}.yml." if (of := vocabulary_of(field)) else ""
    yield from textwrap.wrap(
        f"{field.title} ({required}). {field.description}{terms}", 110, initial_indent="# ", subsequent_indent="# "
    )
    if name == "titre":
        yield f"titre: {json.dumps(title, ensure_ascii=False)}"
    elif field.is_required():
        yield f"# {yaml_example(name, field)}"
        yield f"{name}:"
    else:
        yield f"# {yaml_example(name, field)}"
