"""Text of strangers stays text in what GitHub shows."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markupsafe import Markup

from practice_catalogue.model.richtext import french
from practice_catalogue.upkeep.github_markdown import code, escape_markdown, one_line

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
@example("a\n# b\n\n---\n- c\n1. d\n> e")
def test_no_text_is_markup_in_a_table_or_a_line(text: str) -> None:
    table = f"| a | b |\n| --- | --- |\n| {escape_markdown(text)} | fin |\n"
    line = f"- {escape_markdown(text)} fin\n"
    shown = french(one_line(text))
    assert words_of(table) == squeezed(f"a b {shown} fin")
    assert words_of(line) == squeezed(f"{shown} fin")
    assert {kind for kind, _ in tokens_of(table)} <= {"text", "text_special"}


@given(st.text(min_size=1).filter(one_line))
@example("`` a ``")
@example("a|b`")
def test_a_file_name_cannot_leave_its_code(name: str) -> None:
    assert tokens_of(f"| a |\n| --- |\n| {code(name)} |\n")[1:] == [("code_inline", one_line(name).replace("|", "¦"))]


@pytest.mark.parametrize("text", ["@maire", "#12", "a@b.lu", "https://exemple.lu", "www.exemple.lu"])
def test_github_finds_nobody_to_notify_and_nothing_to_link(text: str) -> None:
    assert not re.search(r"[@#]\w|(?<!\\)://|www\.", escape_markdown(text).replace("&#8203;", "\u200b"))


def test_what_was_escaped_stays() -> None:
    assert escape_markdown(Markup("`a`")) == "`a`"
