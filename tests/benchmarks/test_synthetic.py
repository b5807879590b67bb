"""What the benchmarks stand on: the synthetic catalogue."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import mean
from typing import Any

import pytest

from benchmarks import synthetic
from practice_catalogue.model.fiche import Fiche, Part
from practice_catalogue.model.introspection import fields_of, part_inside
from practice_catalogue.validation import loader
from tests.support import PRACTICES, VOCABULARIES

NUMBER = 240
COMMON = (20, 16, 12, 8, 6, 5, 4, 3, 2)
"""Numbers of fiches in which a word stands, of as many as there are real ones."""


@pytest.fixture(scope="module")
def made() -> dict[str, dict[str, Any]]:
    terms = loader.load_vocabularies(VOCABULARIES)
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
    loaded = loader.load(tmp_path, VOCABULARIES)
    assert list(loaded.report) == []
    assert len(loaded.catalogue) == NUMBER


def test_no_field_of_the_model_is_forgotten(made: dict[str, dict[str, Any]]) -> None:
    assert all_fields(Fiche) - filled(Fiche, list(made.values())) == set()


def test_a_smaller_catalogue_is_the_beginning_of_a_larger_one(made: dict[str, dict[str, Any]]) -> None:
    terms = loader.load_vocabularies(VOCABULARIES)
    few = dict(synthetic.fiches(10, terms, synthetic.Habits.of(PRACTICES)))
    assert few == dict(list(made.items())[:10])


def words(value: Mapping[str, Any]) -> set[str]:
    """Those of at least four letters, of all texts in the values of a fiche."""
    return set(re.findall(r"[a-zà-ÿœ]{4,}", " ".join(texts(without_kinds(value))).lower()))


def without_kinds(fiche: Mapping[str, Any]) -> dict[str, Any]:
    """Real kinds and themes repeat what the domains say; made ones are drawn on their own and would add words."""
    return {name: value for name, value in fiche.items() if name not in {"types", "themes"}}


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from texts(inner)


def common_words(fiches: list[set[str]]) -> list[int]:
    """How many words stand in at least so many of the fiches."""
    stands = Counter(word for fiche in fiches for word in fiche)
    return [sum(1 for number in stands.values() if number >= least) for least in COMMON]


def test_words_stand_in_as_many_fiches_as_in_the_real_ones(made: dict[str, dict[str, Any]]) -> None:
    real = [words(synthetic.read_texts(path)) for path in sorted(PRACTICES.glob("*.yml"))]
    ours = [words(fiche) for fiche in made.values()]
    samples = [common_words(ours[end - len(real) : end]) for end in range(len(real), NUMBER, len(real))]
    ratios = {
        least: mean(found) / wanted for least, wanted, *found in zip(COMMON, common_words(real), *samples, strict=True)
    }
    assert ratios == pytest.approx(dict.fromkeys(COMMON, 1), abs=1 / 3)
    assert mean(map(len, ours)) == pytest.approx(mean(map(len, real)), rel=0.1)
    share = mean("logement" in fiche for fiche in real)
    assert mean("logement" in fiche for fiche in ours) == pytest.approx(share, abs=0.1)
