"""What the benchmarks stand on: the synthetic catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks import synthetic
from catalogue import loading
from catalogue.fiche import Fiche, Part
from catalogue.fields import fields_of, part_inside
from tests.support import PRACTICES, VOCABULARIES

NUMBER = 150


@pytest.fixture(scope="module")
def made() -> dict[str, dict[str, Any]]:
    terms = loading.load_vocabularies(VOCABULARIES)
    return dict(synthetic.fiches(NUMBER, terms, synthetic.Habits.of(PRACTICES)))


def filled(model: type[Part], parts: list[Any], path: str = "") -> set[str]:
    """The paths of the fields that at least one part fills in."""
    found = set()
    for name, info in fields_of(model).items():
        values = [part[name] for part in parts if name in part]
        if values:
            found.add(f"{path}{name}")
        if inner := part_inside(info):
            entries = [entry for value in values for entry in (value if isinstance(value, list) else [value])]
            found |= filled(inner, entries, f"{path}{name}.")
    return found


def all_fields(model: type[Part], path: str = "") -> set[str]:
    inner = {name: part_inside(info) for name, info in fields_of(model).items()}
    return {f"{path}{name}" for name in inner}.union(
        *(all_fields(part, f"{path}{name}.") for name, part in inner.items() if part)
    )


def test_synthetic_fiches_are_in_order(made: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    for name, data in made.items():
        (tmp_path / f"{name}.yml").write_text(synthetic.text_of(data), encoding="utf-8")
    loaded = loading.load(tmp_path, VOCABULARIES)
    assert list(loaded.report) == []
    assert len(loaded.catalogue) == NUMBER


def test_no_field_of_the_model_is_forgotten(made: dict[str, dict[str, Any]]) -> None:
    assert all_fields(Fiche) - filled(Fiche, list(made.values())) == set()


def test_a_smaller_catalogue_is_the_beginning_of_a_larger_one(made: dict[str, dict[str, Any]]) -> None:
    terms = loading.load_vocabularies(VOCABULARIES)
    few = dict(synthetic.fiches(10, terms, synthetic.Habits.of(PRACTICES)))
    assert few == dict(list(made.items())[:10])
