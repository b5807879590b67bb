"""Whatever a file holds, reading it ends in a fiche or in problems with French sentences, never in an exception."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as some

from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.introspection import fields_of
from practice_catalogue.model.richtext import _without_markup, to_html, to_plain
from practice_catalogue.validation import loader, messages, validator, yaml_reader
from practice_catalogue.validation.rules import FICHE_RULES
from tests.support import PRACTICES, VALID, VOCABULARIES

TERMS = loader.load_vocabularies(VOCABULARIES)
GOOD = (VALID / "minimale.yml").read_bytes()
WHOLE = [path.read_text(encoding="utf-8-sig") for path in sorted((*VALID.glob("*.yml"), *PRACTICES.glob("*.yml")))]
# fmt: off
TROUBLE = [
    "&", "*", "!", "|", ">", ">-", "-", "?", ":", "::", "#", "%", "@", "`", '"', "'", "\\", "[", "]", "{", "}", ",",
    "---", "...", "&a", "*a", "!!str", "!t", "<<", "0x1F", "1e9", ".nan", "null", "no", "2017-02-30", "00352", "~",
    "\0", "\ufeff", "\u202e", "\u200b", "e\u0301", "\t", "\x85", "\u2028", "\n", "\n---\n", ": ", " #", "🎉", "＝",
    "{{", "{%", "${{", "::error::", "%0A", "=1+1", "@SUM", "#read(", "$", "**", "__", "```", "[a](b)", "]]>", "<!--",
    "<script>", "</script>", "&lt;", "&#0;", "javascript:x", "//evil", "https://a@b.lu",
]
# fmt: on
"""What YAML, Markdown, HTML, templates, logs, Typst and spreadsheets would make something of."""

keys = some.sampled_from([*fields_of(Fiche), "nom", "type", "niveau", "url"])
words = some.text(max_size=40)
values = some.recursive(
    some.none() | words | some.sampled_from(["Strassen", "commune", "2017-02-11", "3 000 €", "a@b.lu", "https://a.lu"]),
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(words | keys, inner, max_size=4),
    max_leaves=12,
)


def read(raw: bytes) -> None:
    """Reads a file as `check` does, and says all that is wrong with it."""
    source, diagnostics = yaml_reader.read_yaml("fiche.yml", raw)
    if source is not None:
        checked = validator.check(source, "fiche", TERMS)
        diagnostics += checked.diagnostics
        for rule in FICHE_RULES:
            list(rule(checked.draft, TERMS))
    for diagnostic in diagnostics:
        assert messages.message(diagnostic)
        assert diagnostic.line >= 1
        assert "class '" not in messages.line(diagnostic)
        assert not re.search(r"\{[a-z_]+\}", messages.hint(diagnostic)), "a blank of the wording was not filled"


@given(some.binary(max_size=400))
def test_any_bytes(raw: bytes) -> None:
    read(raw)


@given(some.text(alphabet="ab:-[]{}#&*!|>'\"%@`,? \n\t\r\x00é\u202e🎉", max_size=120))
def test_any_text_that_looks_like_yaml(text: str) -> None:
    read(text.encode())


@given(some.integers(0, len(GOOD)), some.integers(0, 40), some.binary(max_size=12))
@settings(max_examples=300)
def test_any_damage_to_a_good_fiche(place: int, length: int, put: bytes) -> None:
    read(GOOD[:place] + put + GOOD[place + length :])


edits = some.tuples(some.floats(0, 1), some.integers(0, 60), some.sampled_from(TROUBLE) | some.text(max_size=8))
"""Where in a text (0 to 1), how much is taken out, what is put in."""


@given(some.sampled_from(WHOLE), some.lists(edits, min_size=1, max_size=6))
@settings(max_examples=200)
def test_any_edits_of_a_real_fiche(text: str, edited: list[tuple[float, int, str]]) -> None:
    for place, length, put in edited:
        start = int(place * len(text))
        text = text[:start] + put + text[start + length :]
    read(text.encode("utf-8", "surrogatepass"))


@given(
    some.sampled_from(WHOLE), some.lists(some.tuples(some.floats(0, 0.99), some.floats(0, 0.99), some.integers(0, 6)))
)
@settings(max_examples=200)
def test_any_lines_of_a_real_fiche_elsewhere(text: str, moves: list[tuple[float, float, int]]) -> None:
    lines = text.split("\n")
    for origin, target, indent in moves:
        lines.insert(int(target * len(lines)), " " * indent + lines[int(origin * len(lines))].strip())
    read("\n".join(lines).encode())


@given(some.dictionaries(keys, values, max_size=12))
@settings(max_examples=300)
def test_any_data_under_the_names_of_fields(data: dict[str, object]) -> None:
    source = yaml_reader.YamlSource(data, yaml_reader.Places("fiche.yml", ""))
    checked = validator.check(source, "fiche", TERMS)
    for rule in FICHE_RULES:
        list(rule(checked.draft, TERMS))
    assert all(messages.line(diagnostic) for diagnostic in checked.diagnostics)


@given(some.one_of(some.text(max_size=300), some.text("ab1 *_[](){}\\-+.)\n\t\r\x00\u00a0\u2028&<>#`", max_size=60)))
def test_words_without_markup_are_the_words_that_a_parser_finds(text: str) -> None:
    assert to_plain(text) == " ".join(_without_markup(text).split())


@given(some.text(max_size=300))
def test_any_long_text_becomes_html_on_one_line(text: str) -> None:
    html = to_html(text)
    assert "\n" not in html
    assert "<script" not in html
    assert "\n" not in to_plain(text)
