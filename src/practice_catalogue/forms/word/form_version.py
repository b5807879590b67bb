"""The version of a form: a hash of the model, and the id of the fiche that it was filled in from."""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

from practice_catalogue.model.fiche import Fiche, Part
from practice_catalogue.model.introspection import fields_of, is_list, part_inside, vocabulary_of


class FormVersion(NamedTuple):
    """Version of the model, and id of the fiche; the id is empty for an empty form."""

    model: str
    fiche: str = ""


def _paths(model: type[Part], within: str = "") -> list[str]:
    """Returns each field path with the properties that affect the form, recursively."""
    found: list[str] = []
    for name, field in fields_of(model).items():
        path = f"{within}{name}"
        found.append(f"{path} {is_list(field)} {field.is_required()} {vocabulary_of(field)}")
        inside = part_inside(field)
        found += _paths(inside, f"{path}.") if inside else []
    return found


MODEL_VERSION = hashlib.sha256("\n".join(_paths(Fiche)).encode()).hexdigest()[:8]
"""Changes when a field is added or removed, or when its properties change: list, required, vocabulary."""

_WRITTEN = re.compile(r"modèle ([0-9a-f]{8})(?: · fiche ([a-z0-9-]+))?")


def version_text(version: FormVersion) -> str:
    """Returns the version as it is written in the footer."""
    return f"modèle {version.model}" + (f" · fiche {version.fiche}" if version.fiche else "")


def find_version(text: str) -> FormVersion | None:
    """Parses the version in a text; returns None if there is none.

    >>> find_version("Vivre ensemble · modèle 0123abcd · fiche cafe-de-babel · page 1")
    FormVersion(model='0123abcd', fiche='cafe-de-babel')
    """
    found = _WRITTEN.search(text)
    return FormVersion(found[1], found[2] or "") if found else None
