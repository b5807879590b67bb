"""The little markup that long texts may hold, and French typography: both in one place, for every face."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

from catalogue.addresses import is_link

_NO_BREAK = "\u00a0"
_THIN = "\u202f"


_TYPOGRAPHY = [
    (sign, re.compile(pattern), replacement)
    for sign, pattern, replacement in (
        ("'", r"(?<=\w)'(?=\w)", "’"),
        ("«", r"« ?", f"«{_NO_BREAK}"),
        ("»", r" ?»", f"{_NO_BREAK}»"),
        (" :", r" (?=:(?:\s|$))", _NO_BREAK),
        (" ", r" (?=[;!?])", _THIN),
        (" ", r"(?<=\d) (?=\d{3}(?!\d))", _THIN),
        (" ", r"(?<=\d) (?=(?:%|€|h|ans?|euros?)(?!\w))", _NO_BREAK),
    )
]
"""In order: a sign without which there is nothing to do, what is replaced, and by what."""


@lru_cache(maxsize=2**14)
def french(text: str) -> str:
    """Plain typing made into French typography: apostrophes, and spaces that do not break.

    >>> french("L'an 3 000 : « oui » !").replace("\u00a0", "~").replace("\u202f", "_")
    'L’an 3_000~: «~oui~»_!'
    """
    for sign, pattern, replacement in _TYPOGRAPHY:
        if sign in text:
            text = pattern.sub(replacement, text)
    return text


class _Renderer(RendererHTML):
    """HTML on one line, so that no text of a fiche can start a line of a Markdown page."""

    def text(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return str(Markup.escape(french(tokens[idx].content)))

    def softbreak(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return " "


def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False, "maxNesting": 12}, renderer_cls=_Renderer)
    parser.enable(["list", "emphasis", "link", "newline", "escape", "entity"])
    setattr(parser, "validateLink", is_link)  # noqa: B010  # the documented way to narrow what a link may be
    return parser


_PARSER = _parser()


def to_html(text: str) -> Markup:
    """Paragraphs, lists, emphasis and links as HTML without line breaks; all other markup is text."""
    return Markup(_PARSER.render(text).replace("\n", ""))  # noqa: S704  # built from escaped text by the renderer above


Inline = dict[str, Any]
"""`{"text"}`, `{"break": True}`, or `{"strong" | "em": [Inline]}`, or `{"link": address, "of": [Inline]}`."""

Block = dict[str, Any]
"""`{"paragraph": [Inline]}` or `{"list": [[Block]], "ordered": bool}`."""


def to_blocks(text: str) -> list[Block]:
    """Paragraphs, lists, emphasis and links as plain data, for a typesetter that must not parse any text."""
    return _blocks_of(SyntaxTreeNode(_PARSER.parse(text)))


def _blocks_of(node: SyntaxTreeNode) -> list[Block]:
    return [_block_of(child) for child in node.children]


def _block_of(node: SyntaxTreeNode) -> Block:
    if node.type in {"bullet_list", "ordered_list"}:
        return {"list": [_blocks_of(item) for item in node.children], "ordered": node.type == "ordered_list"}
    return {"paragraph": _inlines_of(node.children[0]) if node.children else []}


def _inlines_of(node: SyntaxTreeNode) -> list[Inline]:
    return [_inline_of(child) for child in node.children]


def _inline_of(node: SyntaxTreeNode) -> Inline:
    match node.type:
        case "strong" | "em":
            return {node.type: _inlines_of(node)}
        case "link":
            return {"link": str(node.attrs["href"]), "of": _inlines_of(node)}
        case "softbreak":
            return {"text": " "}
        case "hardbreak":
            return {"break": True}
    return {"text": french(node.content)}


def to_plain(text: str) -> str:
    """The words alone, on one line: for summaries, search records and comparisons."""
    words: list[str] = []
    for block in _PARSER.parse(text):
        words.extend(_text_of(token) for token in block.children or ())
        words.append(" ")
    return " ".join("".join(words).split())


def _text_of(token: Any) -> str:
    return " " if token.type in {"softbreak", "hardbreak"} else str(token.content)
