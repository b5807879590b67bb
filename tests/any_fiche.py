"""Any fiche that `check` accepts, as hypothesis makes it from the model: every field, every term, awkward text."""

from __future__ import annotations

import unicodedata
from typing import Any

from hypothesis import strategies as some
from hypothesis.strategies import DrawFn, SearchStrategy
from pydantic.fields import FieldInfo

from practice_catalogue.model.characters import UNSEEN
from practice_catalogue.model.fiche import Fiche, Part
from practice_catalogue.model.introspection import (
    fields_of,
    has_markup,
    is_list,
    longest_text,
    most_entries,
    part_inside,
    shape_of,
    shortest_text,
    vocabulary_of,
)
from practice_catalogue.model.vocabulary import Vocabularies

slugs = some.from_regex(r"[a-z0-9]{1,12}(-[a-z0-9]{1,8}){0,3}", fullmatch=True)
days = some.dates().map(lambda day: day.isoformat())
years = some.integers(1000, 9998)
phones = some.from_regex(r"(\+352 )?[1-9][0-9]{2,3}( [0-9]{2}){2,3}", fullmatch=True)
hosts = some.from_regex(r"[a-z0-9]{1,10}(-[a-z0-9]{1,5})?\.(lu|org|eu)", fullmatch=True)

OF_KIND: dict[str, SearchStrategy[Any]] = {
    "id": slugs,
    "date": days,
    "partial-date": days.flatmap(lambda day: some.sampled_from([day[:4], day[:7], day])),
    "years": years.flatmap(lambda year: some.sampled_from([f"{year}", f"{year}-{year + 1}"])),
    "web": some.builds("{}://{}/{}".format, some.sampled_from(["http", "https"]), hosts, slugs),
    "email": some.builds("{}@{}".format, slugs, hosts),
    "phone": phones,
    "amount": some.integers(0, 1_000_000_000),
}
"""Values of the fields whose text has a set form, by its kind."""

CHARACTERS = some.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
SIGNS = """'"\\{}[]|>%@`&*!~=$<…«🎉éœßع\u00a0\u0301"""
AWKWARD = some.sampled_from([*SIGNS, ": ", " #", "- ", "  ", "<b>", "null", "no", "0x1F", "1e3", "2017-02-11", "12:30"])


def any_fiche(terms: Vocabularies) -> SearchStrategy[dict[str, Any]]:
    """The plain data of a fiche, in the order of the model, without what is left out."""
    return _part(Fiche, terms).map(_that_follows_the_rules)


def _part(model: type[Part], terms: Vocabularies) -> SearchStrategy[dict[str, Any]]:
    fields = {name: (_value(field, terms), field.is_required()) for name, field in fields_of(model).items()}

    @some.composite
    def part(draw: DrawFn) -> dict[str, Any]:
        data = {name: draw(value) for name, (value, required) in fields.items() if required or draw(some.booleans())}
        return {name: value for name, value in data.items() if value != []}

    return part()


def _value(field: FieldInfo, terms: Vocabularies) -> SearchStrategy[Any]:
    one = _entry(field, terms)
    if not is_list(field):
        return one
    fewest = 1 if field.is_required() else 0
    most = min(most_entries(field) or 4, 4)
    return some.lists(one, min_size=fewest, max_size=most, unique=bool(vocabulary_of(field)) or one is slugs)


def _entry(field: FieldInfo, terms: Vocabularies) -> SearchStrategy[Any]:
    if part := part_inside(field):
        return _part(part, terms)
    if vocabulary := vocabulary_of(field):
        return some.sampled_from([term.id for term in terms[vocabulary]])
    shape = shape_of(field)
    return OF_KIND[shape.kind] if shape else _text(field)


def _text(field: FieldInfo) -> SearchStrategy[str]:
    shortest, longest = shortest_text(field), longest_text(field) or 1
    line_break = some.just("\n") if has_markup(field) else some.nothing()
    pieces = some.lists(CHARACTERS | AWKWARD | line_break, min_size=1, max_size=12)
    filled = pieces.map(lambda found: "".join(found).strip() + "x" * (shortest - 1))
    return filled.map(lambda text: unicodedata.normalize("NFC", text).strip()).filter(
        lambda text: shortest <= len(text) <= longest and not UNSEEN.search(text)
    )


def _that_follows_the_rules(data: dict[str, Any]) -> dict[str, Any]:
    """Across its fields too: a communal practice has communes, an end comes after the beginning, costs go up.

    News is younger than the practice.
    """
    if data["territoire"] in {"communal", "intercommunal"} and not data.get("communes"):
        data["territoire"] = "national"
    when, cost = data.get("calendrier", {}), data.get("couts", {})
    if when.get("debut", "") and when.get("fin", ""):
        when["debut"], when["fin"] = sorted((when["debut"], when["fin"]))
    begin = when.get("debut", "2017")[:4]
    if begin > "2020":  # news is neither older than the practice nor of the future
        data.pop("nouvelles", None)
    for news in data.get("nouvelles", []):
        news["le"] = f"{begin}-12-31"
    if "montant_max" in cost:
        cost["montant"], cost["montant_max"] = sorted((cost.get("montant", 0), cost["montant_max"]))
    return {name: value for name, value in data.items() if value not in ({}, [])}
