"""How sure a fiche is: leaving something out never makes it look surer."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as some

from practice_catalogue.model.derived.evidence import evidence
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.introspection import fields_of
from practice_catalogue.validation import loader
from tests.any_fiche import any_fiche
from tests.support import VOCABULARIES

TERMS = loader.load_vocabularies(VOCABULARIES)
OPTIONAL = sorted(name for name, field in fields_of(Fiche).items() if not field.is_required())


@given(any_fiche(TERMS), some.sampled_from(OPTIONAL))
@settings(max_examples=200)
def test_removing_a_field_never_raises_a_level(data: dict[str, Any], name: str) -> None:
    whole = Fiche.model_validate({**data, "id": "une-fiche"}, context=TERMS)
    less = Fiche.model_validate({k: v for k, v in data.items() if k != name} | {"id": "une-fiche"}, context=TERMS)
    assert all(after.level <= before.level for before, after in zip(evidence(whole), evidence(less), strict=True))
