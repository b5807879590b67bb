"""Text of strangers stays text in what GitHub shows."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markupsafe import Markup

from practice_catalogue.model.richtext import french
from practice_catalogue.upkeep.github_markdown import code, escape_markdown, one_line, shorten

GITHUB = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def tokens_of(source: str) -> list[tuple[str, str]]:
    return [(child.type, child.content) for token in GITHUB.parse(source) for child in token.children or ()]


def words_of(source: str) -> str:
    return squeezed("".join(content for _, content in tokens_of(source)).replace("\u200b", ""))


def squeezed(text: str) -> str:
    """Without white space, which Markdown trims at the ends of a cell."""
    return "".join(text.split())


@given(st.text())
@example("| a | `b` | <img src=x onerror=alert(1)> | [x](http://e.lu) | ![y](z) | *a* _b_ ~~c~~ | &lt; | $x$ |")
@example("1. d")
@example("12) d")
@example("===")
@example("a `https://a.lu/?b=|`` (ftp://c.lu/ `d``://`")
@example("a\n# b\n\n---\n- c\n1. d\n> e")
def test_no_text_is_markup_in_a_table_or_a_line(text: str) -> None:
    table = f"| a | b |\n| --- | --- |\n| {escape_markdown(text)} | fin |\n"
    line = f"- {escape_markdown(text)} fin\n"
    shown = "".join(
        word.replace("|", "¦") if re.search("://|www[.]", word, re.IGNORECASE) else word
        for word in re.split(r"(\s)", french(one_line(text)))
    )
    assert words_of(table) == squeezed(f"a b {shown} fin")
    assert words_of(line) == squeezed(f"{shown} fin")
    assert {kind for kind, _ in tokens_of(table)} <= {"text", "text_special", "code_inline"}


@given(st.text(min_size=1).filter(one_line))
@example("`` a ``")
@example("a|b`")
def test_a_file_name_cannot_leave_its_code(name: str) -> None:
    assert tokens_of(f"| a |\n| --- |\n| {code(name)} |\n")[1:] == [("code_inline", one_line(name).replace("|", "¦"))]


SHA = "16c999e8c71134401a78d4d46435517b2271d6ac"
LINKED = re.compile(r"[@#]\w|\bGH-\d|://|www\.|:[\w+-]+:|[0-9a-f]{7}", re.IGNORECASE)
"""What GitHub makes of text outside of code: mentions, references, addresses, emoji, commits."""


@pytest.mark.parametrize(
    "text",
    [
        *("@maire", "a@b.lu", "#12", "a/b#12", "(GH-12)", "gh-12", "a/b@" + SHA, SHA, SHA[:7].upper(), "1234567"),
        *("0" + SHA[:39], f"{SHA}...{SHA}", ":tada:", "::+1::", ":white_check_mark:", "a:100:b", "www.exemple.lu"),
        *("https://exemple.lu", f"(https://github.com/a/b/commit/{SHA})", "HTTP://a.lu/@maire#12 et GH-12"),
    ],
)
def test_github_finds_nobody_to_notify_and_nothing_to_link(text: str) -> None:
    around_code = [part for kind, part in tokens_of(escape_markdown(text)) if kind != "code_inline"]
    assert not LINKED.search("".join(around_code))


def test_an_address_can_be_copied() -> None:
    address = f"https://exemple.lu/{SHA}/1234567/:tada:/@maire#12"
    assert ("code_inline", address) in tokens_of(escape_markdown(f"« {address} » ne répond plus"))


def test_what_is_too_long_ends_at_a_line() -> None:
    assert shorten("aé\n" * 9, 17, "fin") == "aé\naé\naé\nfin"
    assert shorten("é" * 99, 17, "fin") == "fin"
    assert shorten("aé\n", 4, "fin") == "aé\n"


def test_what_was_escaped_stays() -> None:
    assert escape_markdown(Markup("`a`")) == "`a`"
