"""One model, many faces: no face forgets a field."""

from __future__ import annotations

import pytest

from practice_catalogue.forms.field_reference import field_reference
from practice_catalogue.forms.skeleton import skeleton
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.introspection import fields_of, part_inside
from tests.support import ROOT

FIELDS = list(fields_of(Fiche))


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_says_in_french_what_it_is(name: str) -> None:
    field = fields_of(Fiche)[name]
    inner = part_inside(field)
    for part in (field, *(fields_of(inner).values() if inner else ())):
        assert part.title
        assert part.description
        assert part.examples


@pytest.mark.parametrize("name", FIELDS)
def test_no_face_forgets_a_field(name: str) -> None:
    page = (ROOT / "src/practice_catalogue/site/templates/fiche.md.j2").read_text(encoding="utf-8")
    shown = page + (ROOT / "src/practice_catalogue/site/pages.py").read_text(encoding="utf-8")
    assert f"fiche.{name}" in shown or name == "langue"  # the language is that of the page
    assert f"\n{name}:" in skeleton("Titre") or f"\n# {name}: " in skeleton("Titre")
    assert f": `{name}` {{" in field_reference()


def test_the_field_reference_is_up_to_date() -> None:
    assert (ROOT / "docs/contribuer/champs.md").read_text(encoding="utf-8") == field_reference()
