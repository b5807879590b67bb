"""Validates the plain data of one file against the model: a Fiche, and diagnostics."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from practice_catalogue.model.diagnostics import MOST_PROBLEMS, Diagnostic, Path, dotted
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.introspection import field_at, fields_of, is_list, part_inside, yaml_example
from practice_catalogue.model.vocabulary import Vocabularies
from practice_catalogue.validation.yaml_reader import Places, YamlSource


@dataclass(frozen=True)
class Checked:
    """Result of validating one file; `draft` has the valid fields, so that the rules can still be applied."""

    draft: Fiche
    diagnostics: list[Diagnostic]


def check(source: YamlSource, fiche_id: str, vocabularies: Vocabularies) -> Checked:
    """Validates the data of a file; `fiche_id` is its name without suffix."""
    if not isinstance(source.data, dict):
        code = "pas-une-fiche" if source.data else "fiche-vide"
        diagnostic = Diagnostic(source.places.file, *source.places.mark(()), code)
        return Checked(_draft({}, fiche_id, vocabularies), [diagnostic])
    data = filled_in(source.data)
    details = [_ID_GIVEN] if "id" in source.data else []
    try:
        fiche = Fiche.model_validate({**data, "id": fiche_id}, context=vocabularies)
        if not details:
            return Checked(fiche, [])
    except ValidationError as error:
        details += error.errors(include_url=False)
    causes = [detail for detail in details if _is_cause(detail)][: MOST_PROBLEMS + 1]
    diagnostics = [_diagnostic(source.places, detail, vocabularies) for detail in causes]
    return Checked(_draft(data, fiche_id, vocabularies), _without_consequences(source, diagnostics))


def _is_cause(detail: ErrorDetails) -> bool:
    """Whether an error is a cause: not one of `id` (the file name), nor a list too short because of invalid entries."""
    return detail is _ID_GIVEN or (detail["loc"] != ("id",) and detail["type"] != "too_short")


_ID_GIVEN = ErrorDetails(type="extra_forbidden", loc=("id",), msg="", input=None)
"""Error for a file with an `id`: the id is the name of the file, and a copy inside could differ from it."""


def filled_in(value: Any) -> Any:
    """Returns the data without blank values (None, blank text, empty lists and mappings), recursively."""
    if isinstance(value, dict):
        return {key: kept for key, item in value.items() if not _is_blank(kept := filled_in(item))}
    return [filled_in(item) for item in value] if isinstance(value, list) else value


def _is_blank(value: Any) -> bool:
    return not value or (isinstance(value, str) and value.isspace())


def _draft(data: Mapping[str, Any], fiche_id: str, vocabularies: Vocabularies) -> Fiche:
    """Builds an unvalidated fiche of the fields and list entries that are valid on their own."""
    fields = fields_of(Fiche)
    parts = {name: _valid_part(name, data[name], vocabularies) for name in fields if name in data}
    valid = {name: part for name, part in parts.items() if part is not None}
    empty = {name: () if is_list(field) else "" for name, field in fields.items() if field.is_required()}
    return Fiche.model_construct(None, **{**empty, **valid, "id": fiche_id})


def _valid_part(name: str, value: Any, vocabularies: Vocabularies) -> Any:
    """Returns the value of a field without invalid list entries, or None if the field is invalid."""
    validate = partial(_ADAPTERS[name].validate_python, context=vocabularies)
    try:
        return validate(value)
    except ValidationError as error:
        wrong = {detail["loc"][0] for detail in error.errors() if detail["loc"]}
    if not is_list(fields_of(Fiche)[name]) or not isinstance(value, list):
        return None
    return validate([item for position, item in enumerate(value) if position not in wrong])


_ADAPTERS: dict[str, TypeAdapter[Any]] = {
    name: TypeAdapter(cast("type[Any]", field.annotation)) for name, field in fields_of(Fiche).items()
}

_CODES = {
    "missing": "champ-manquant",
    "extra_forbidden": "cle-inconnue",
    "string_too_short": "texte-trop-court",
    "string_too_long": "texte-trop-long",
    "too_long": "liste-trop-longue",
    "string_type": "texte-attendu",
    "tuple_type": "liste-attendue",
    "model_type": "groupe-attendu",
    "int_parsing": "nombre-attendu",
    "int_parsing_size": "nombre-hors-limites",
    "int_type": "nombre-attendu",
    "greater_than_equal": "nombre-hors-limites",
    "less_than_equal": "nombre-hors-limites",
}


def _diagnostic(places: Places, detail: ErrorDetails, vocabularies: Vocabularies) -> Diagnostic:
    path: Path = detail["loc"]
    code = _CODES.get(detail["type"]) or (detail["type"] if "-" in detail["type"] else "valeur-invalide")
    mark = places.mark(path)
    if code == "champ-manquant" and places.has_key(path):
        code = "champ-vide"
    if code in {"champ-vide", "cle-inconnue"}:
        mark = places.key_mark(path)
    details = {**_details_of(path), **_details_from(detail, vocabularies)}
    return Diagnostic(places.file, *mark, code, field=dotted(path), details=details)


def _details_of(path: Path) -> dict[str, object]:
    """Returns message details from the model: title, help, example as YAML; similar names for an unknown field."""
    owner, field = field_at(path, Fiche)
    name = next(step for step in reversed(path) if isinstance(step, str))
    if field is None:
        return {"cle": name, "proches": difflib.get_close_matches(name, fields_of(owner), n=1, cutoff=0.6)}
    inside = part_inside(field)
    return {
        "cle": name,
        "titre": field.title or "",
        "aide": field.description or "",
        "exemple": yaml_example(name, field),
        "sous_champs": ", ".join(fields_of(inside)) if inside else "",
    }


def _details_from(detail: ErrorDetails, vocabularies: Vocabularies) -> dict[str, object]:
    """Returns message details from the error: value, lengths, limits, similar terms."""
    context = dict(detail.get("ctx", {}))
    value = detail["input"]
    details: dict[str, object] = {"valeur": value, **context}
    if isinstance(value, str | list):
        length = len(value.strip()) if isinstance(value, str) else len(value)
        most = int(context.get("max_length", 0))
        details |= {
            "longueur": length,
            "minimum": context.get("min_length", 1),
            "maximum": most,
            "exces": length - most,
        }
    if "vocabulaire" in context:
        name = str(context["vocabulaire"])
        titre = vocabularies[name].titre
        near = vocabularies[name].suggest(str(context["valeur"]))
        details |= {"liste": titre[0].lower() + titre[1:], "fichier": name.replace("_", "-"), "proches": near}
    return details


def _without_consequences(source: YamlSource, diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """Removes redundant diagnostics: of missing fields that were misspelt, and of values that the reader rejected."""
    damaged = {dotted(path) for path in source.damaged}
    meant = {
        (_owner(diagnostic.field), name)
        for diagnostic in diagnostics
        if diagnostic.code == "cle-inconnue"
        for name in cast("list[str]", diagnostic.details["proches"])
    }
    return [
        diagnostic
        for diagnostic in diagnostics
        if diagnostic.field not in damaged
        and not (diagnostic.code == "champ-manquant" and (_owner(diagnostic.field), diagnostic.details["cle"]) in meant)
    ]


def _owner(field: str) -> str:
    return field.rpartition(".")[0]
