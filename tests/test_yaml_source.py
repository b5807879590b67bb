"""Files are read the quick way wherever they may be, and the quick way reads what the careful one does."""

from __future__ import annotations

from pathlib import Path

import pytest
from yaml import YAMLError

from practice_catalogue.validation import yaml_source
from practice_catalogue.validation.yaml_quick import UnusualError, plain_data
from tests.support import PRACTICES, VALID, VOCABULARIES, read_carefully

FILES = sorted(path for folder in (PRACTICES, VALID, VOCABULARIES) for path in folder.glob("*.yml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_both_ways_read_the_same(path: Path) -> None:
    source, diagnostics = yaml_source.read(path.name, path.read_bytes())
    assert source is not None
    assert diagnostics == []
    assert read_carefully(source) == source


@pytest.mark.parametrize("path", sorted(PRACTICES.glob("*.yml")), ids=lambda path: path.stem)
def test_real_fiches_are_read_the_quick_way(path: Path) -> None:
    assert plain_data(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        "a: &b c",
        "&a b: c",
        "a: [*b]",
        "*a : b",
        "a: !!str b",
        "a: ! b",
        "a: 1\na: 2",
        "? [a]\n: b",
        "{a: {? {b: c} : d}}",
        ": a",
        '"a\u00a0b": c',
        "a: b\n---\nc: d",
        'a: "\\u202e"',
        f"a: {'[' * 12}{']' * 12}",
    ],
)
def test_what_is_out_of_the_ordinary_is_left_to_the_careful_way(text: str) -> None:
    with pytest.raises((UnusualError, YAMLError)):
        plain_data(text)


def test_what_yaml_calls_null_is_nothing_unless_quoted() -> None:
    source, _ = yaml_source.read("f.yml", b"a: null\nb: ~\nc:\nd: 'null'\ne: [~, '~']\n")
    assert source is not None
    assert source.data == {"a": None, "b": None, "c": None, "d": "null", "e": [None, "~"]}
    assert read_carefully(source) == source
