"""A file is read as plain data, what is not plain is refused, and every value is found where it stands."""

from __future__ import annotations

import pytest

from practice_catalogue.validation.yaml_reader import YamlSource, read_yaml


def source_of(text: str) -> YamlSource:
    source, diagnostics = read_yaml("f.yml", text.encode())
    assert diagnostics == []
    assert source is not None
    return source


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: &b c", ["1:4 yaml-ancre a"]),
        ("&a b: c", ["1:1 yaml-cle-complexe "]),
        ("a: &b c\nd: [*b]", ["1:4 yaml-ancre a", "2:5 yaml-ancre d"]),
        ("a: !!str b", ["1:4 yaml-etiquette a"]),
        ("a: 1\na: {b: 1, b: 2}\n", ["2:1 cle-en-double a", "2:11 cle-en-double a.b"]),
        ("? [a]\n: b", ["1:3 yaml-cle-complexe "]),
        ("{'': a}", ["1:2 yaml-cle-complexe "]),
        ('"a\u00a0b": c', ["1:1 yaml-cle-complexe "]),
        ('"a\\u202eb": c', ["1:1 yaml-cle-complexe "]),
        ("a: b\n---\nc: d", ["2:1 yaml-plusieurs-documents "]),
        ('a: [x, "\\u202e"]', ["1:8 caractere-interdit a"]),
        (f"a: {'[' * 12}b{']' * 12}", ["1:16 yaml-trop-profond a"]),
    ],
)
def test_what_is_not_plain_data_is_told_with_its_place(text: str, told: list[str]) -> None:
    _, diagnostics = read_yaml("f.yml", text.encode())
    assert [f"{one.line}:{one.column} {one.code} {one.field}" for one in diagnostics] == told


def test_what_yaml_calls_null_is_nothing_unless_quoted() -> None:
    text = "a: null\nb: ~\nc:\nd: 'null'\ne: [~, '~']\nf: ! x\n"
    assert source_of(text).data == {"a": None, "b": None, "c": None, "d": "null", "e": [None, "~"], "f": "x"}


def test_every_value_and_key_has_its_place() -> None:
    places = source_of("a: un\nb:\n  - c: deux\n    d:\n").places
    assert [places.mark(path) for path in [(), ("a",), ("b", 0), ("b", 0, "c")]] == [(1, 1), (1, 4), (3, 5), (3, 8)]
    assert [places.key_mark(path) for path in [("b",), ("b", 0, "d")]] == [(2, 1), (4, 5)]
    assert places.mark(("b", 0, "absent")) == (3, 5)
    assert places.has_key(("b", 0, "d"))
    assert not places.has_key(("b", 1))
