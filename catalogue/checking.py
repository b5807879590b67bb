"""The plain data of one file → a Fiche, or the problems that keep it from being one."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from catalogue.fiche import Fiche, Part, parts_of
from catalogue.problems import Path, Problem, dotted
from catalogue.vocabulary import Vocabularies
from catalogue.yaml_source import Source


@dataclass(frozen=True)
class Checked:
    """What came of one file: `draft` holds whatever is right, so that all rules can still look at it."""

    draft: Fiche
    problems: list[Problem]


def check(source: Source, fiche_id: str, vocabularies: Vocabularies) -> Checked:
    """The fiche in a file and everything that is wrong with its fields."""
    if not isinstance(source.data, dict):
        code = "fiche-vide" if not source.data else "groupe-attendu"
        problem = Problem(source.file, *source.mark(()), code, details=_details_of(("",), Fiche))
        return Checked(_draft({}, fiche_id, vocabularies), [problem])
    data = _filled_in(source.data)
    try:
        return Checked(Fiche.model_validate({**data, "id": fiche_id}, context=vocabularies), [])
    except ValidationError as error:
        details = error.errors(include_url=False)
    problems = [_problem(source, detail, vocabularies) for detail in details if detail["loc"] != ("id",)]
    return Checked(_draft(data, fiche_id, vocabularies), _without_consequences(source, problems))


def _filled_in(value: Any) -> Any:
    """The data without what was left blank, as in a form: empty keys, empty texts, empty lists."""
    if isinstance(value, dict):
        kept = {key: _filled_in(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if not _is_blank(item)}
    return [_filled_in(item) for item in value] if isinstance(value, list) else value


def _is_blank(value: Any) -> bool:
    return value is None or value in ([], {}) or (isinstance(value, str) and not value.strip())


def _draft(data: Mapping[str, Any], fiche_id: str, vocabularies: Vocabularies) -> Fiche:
    """A fiche of the fields, and of the entries of lists, that are right by themselves."""
    valid = {name: value for name, field in parts_of(Fiche).items() if (value := _valid_part(data.get(name), field, vocabularies))}
    empty = {name: () if _is_list(field) else "" for name, field in parts_of(Fiche).items() if field.is_required()}
    return Fiche.model_construct(None, **{**empty, **valid, "id": fiche_id})


def _valid_part(value: Any, field: FieldInfo, vocabularies: Vocabularies) -> Any:
    if value is None:
        return None
    adapter = _ADAPTERS[id(field)]
    try:
        return adapter.validate_python(value, context=vocabularies)
    except ValidationError as error:
        wrong = {detail["loc"][0] for detail in error.errors() if detail["loc"]}
    if not _is_list(field) or not isinstance(value, list):
        return None
    return tuple(
        entry[0]
        for position, item in enumerate(value)
        if position not in wrong and (entry := adapter.validate_python([item], context=vocabularies))
    )


def _is_list(field: FieldInfo) -> bool:
    return getattr(field.annotation, "__origin__", None) is tuple


_ADAPTERS: dict[int, TypeAdapter[Any]] = {id(field): TypeAdapter(field.annotation) for field in parts_of(Fiche).values()}

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


def _problem(source: Source, detail: ErrorDetails, vocabularies: Vocabularies) -> Problem:
    path: Path = detail["loc"]
    code = _CODES.get(detail["type"]) or (detail["type"] if "-" in detail["type"] else "valeur-invalide")
    mark = source.mark(path)
    if code == "champ-manquant" and path in source.key_marks:
        code = "champ-vide"
    if code in {"champ-vide", "cle-inconnue"}:
        mark = source.key_mark(path)
    details = {**_details_of(path, Fiche), **_details_from(detail, vocabularies)}
    return Problem(source.file, *mark, code, field=dotted(path), details=details)


def _details_of(path: Path, model: type[Part]) -> dict[str, object]:
    """What the model says of the field at a path: title, help, an example ready to copy."""
    owner, field = _field_at(path, model)
    names = [str(step) for step in path if isinstance(step, str)]
    details: dict[str, object] = {"cle": names[-1] if names else "", "sous_champs": ", ".join(parts_of(owner))}
    if field is None:
        near = difflib.get_close_matches(str(details["cle"]), parts_of(owner), n=1, cutoff=0.6)
        return {**details, "proches": near}
    key = names[-1] if names else ""
    example = yaml_example(key, field)
    inner = _part_inside(field)
    if inner is not None:
        details["sous_champs"] = ", ".join(parts_of(inner))
    return {**details, "titre": field.title or "", "aide": field.description or "", "exemple": example}


def yaml_example(key: str, field: FieldInfo) -> str:
    """The example of a field as one line of YAML."""
    value = (field.examples or [""])[0]
    return f"{key}: {_flow(value)}"


def _flow(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    text = str(value)
    return json.dumps(text, ensure_ascii=False) if any(char in text for char in ":,{}[]#'\"") else text


def _field_at(path: Path, model: type[Part]) -> tuple[type[Part], FieldInfo | None]:
    """The model that owns the last named step of a path, and its field, or None where there is none."""
    owner, field = model, None
    for step in path:
        if isinstance(step, int):
            continue
        if field is not None:
            inner = _part_inside(field)
            if inner is None:
                return owner, None
            owner = inner
        field = parts_of(owner).get(step)
        if field is None:
            return owner, None
    return owner, field


def _part_inside(field: FieldInfo) -> type[Part] | None:
    """The group of sub-fields that a field holds, once or in a list."""
    for candidate in (field.annotation, *get_args(field.annotation)):
        if isinstance(candidate, type) and issubclass(candidate, BaseModel):
            return candidate  # type: ignore[return-value]  # every part of a fiche is a Part
    return None


def _details_from(detail: ErrorDetails, vocabularies: Vocabularies) -> dict[str, object]:
    """What the validation itself knows: lengths, limits, the value, the nearest terms."""
    context = dict(detail.get("ctx", {}))
    value = detail["input"]
    details: dict[str, object] = {"valeur": value, **context}
    if isinstance(value, str | list):
        length = len(value.strip()) if isinstance(value, str) else len(value)
        most = int(context.get("max_length", 0))
        details |= {"longueur": length, "minimum": context.get("min_length", 1), "maximum": most, "exces": length - most}
    if "vocabulaire" in context:
        name = str(context["vocabulaire"])
        titre = vocabularies[name].titre
        details |= {"liste": titre[0].lower() + titre[1:], "fichier": name.replace("_", "-")}
    return details


def _without_consequences(source: Source, problems: list[Problem]) -> list[Problem]:
    """Leaves out what follows from something already said: a field missed because misspelt, a refused value."""
    damaged = {dotted(path) for path in source.damaged}
    meant = {
        (_owner(problem.field), name)
        for problem in problems
        if problem.code == "cle-inconnue"
        for name in cast("list[str]", problem.details["proches"])
    }
    return [
        problem
        for problem in problems
        if problem.field not in damaged
        and not (problem.code == "champ-manquant" and (_owner(problem.field), problem.details["cle"]) in meant)
    ]


def _owner(field: str) -> str:
    return field.rpartition(".")[0]
