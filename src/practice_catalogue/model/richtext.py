"""Converts the Markdown subset of long texts to HTML, blocks or plain text, and applies French typography."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

from practice_catalogue.model.addresses import is_link, is_web_address

_NO_BREAK = "\u00a0"
_THIN = "\u202f"


_TYPOGRAPHY = [
    (sign, re.compile(pattern), replacement)
    for sign, pattern, replacement in (
        ("'", r"(?<=\w)'(?=\w|$)", "’"),
        ("«", rf"«[ {_NO_BREAK}{_THIN}]?", f"«{_NO_BREAK}"),
        ("»", rf"[ {_NO_BREAK}{_THIN}]?»", f"{_NO_BREAK}»"),
        (" :", r" (?=:(?:\s|$))", _NO_BREAK),
        (" ", r" (?=[;!?])", _THIN),
        (" ", r"(?<=\d) (?=\d{3}(?!\d))", _THIN),
        (" ", r"(?<=\d) (?=(?:%|€|h|ans?|euros?)(?!\w))", _NO_BREAK),
    )
]
"""Replacements in order: a string whose absence lets the step be skipped, the pattern, the replacement."""


@lru_cache(maxsize=2**14)
def french(text: str) -> str:
    """Applies French typography to plain text: apostrophes and no-break spaces.

    >>> french("L'an 3 000 : « oui » !").replace("\u00a0", "~").replace("\u202f", "_")
    'L’an 3_000~: «~oui~»_!'
    >>> french("« Word »".replace(" ", "\u00a0")).replace("\u00a0", "~")
    '«~Word~»'
    """
    for sign, pattern, replacement in _TYPOGRAPHY:
        if sign in text:
            text = pattern.sub(replacement, text)
    return text


_AS_TYPED = re.compile(r"(?P<end>/?)(?:pre|code|script|style|textarea)\b")
"""Matches after `<` the start or end tag of an element whose text must not be changed."""


def french_html(pieces: Iterable[str]) -> Iterator[str]:
    """Applies French typography to the text content of HTML that arrives in pieces, which may end anywhere.

    >>> "".join(french_html(['<p title="a :', ' b">a : b</p>', "<code>a : b</code>"])).replace("\u00a0", "~")
    '<p title="a : b">a~: b</p><code>a : b</code>'
    """
    in_tag = as_typed = False
    for piece in pieces:
        parts = re.split("([<>])", piece)
        for place, part in enumerate(parts):
            if part in {"<", ">"}:
                in_tag = part == "<"
            elif not in_tag and not as_typed:
                parts[place] = french(part)
            elif place and parts[place - 1] == "<" and (found := _AS_TYPED.match(part)):
                as_typed = not found["end"]
        yield "".join(parts)


class _Renderer(RendererHTML):
    """Renders HTML on one line, so that no text of a fiche can start a line of a Markdown page."""

    def text(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return str(Markup.escape(french(tokens[idx].content)))

    def softbreak(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return " "


_DEEPEST = 12
"""Maximum nesting of lists or emphasis."""


def _parser(*rules: str) -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False, "maxNesting": _DEEPEST}, renderer_cls=_Renderer)
    parser.enable(["list", "link", "newline", "escape", *rules])
    setattr(parser, "validateLink", is_link)  # noqa: B010  # the documented way to narrow what a link may be
    return parser


_PARSER = _parser("emphasis")
_PARSER_WITHOUT_EMPHASIS = _parser()


def _tokens(text: str) -> list[Token]:
    """Parses a text; if emphasis is nested deeper than `_DEEPEST`, its markers are kept as text."""
    tokens = _PARSER.parse(text)
    deep = any(inline.level > _DEEPEST for token in tokens for inline in token.children or ())
    return _PARSER_WITHOUT_EMPHASIS.parse(text) if deep else tokens


def to_html(text: str) -> Markup:
    """Renders paragraphs, lists, emphasis and links as HTML without line breaks; other markup is escaped."""
    return Markup(_CLEANER.clean(_rendered(text).replace("\n", "")).replace("&nbsp;", _NO_BREAK))  # noqa: S704  # cleaned


def _rendered(text: str) -> str:
    return str(_PARSER.renderer.render(_tokens(text), _PARSER.options, {}))


_CLEANER = nh3.Cleaner(
    tags={"p", "ul", "ol", "li", "strong", "em", "a", "br"},
    attributes={"a": {"href"}, "ol": {"start"}},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
    strip_comments=True,
)
"""Second line of defence: removes any other markup, should the parser ever let it through."""


Inline = dict[str, Any]
"""`{"text"}`, `{"break": True}`, or `{"strong" | "em": [Inline]}`, or `{"link": address, "of": [Inline]}`."""

Block = dict[str, Any]
"""`{"paragraph": [Inline]}` or `{"list": [[Block]], "ordered": bool}`."""


def to_blocks(text: str) -> list[Block]:
    """Returns paragraphs, lists, emphasis and links as data, so that the typesetter parses no text."""
    return _blocks_of(SyntaxTreeNode(_tokens(text)))


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


_MARKUP = re.compile(r"[*_\[\\\0]|(?:^|\n)[ \t]*(?:[-+]|\d+[.)])")
"""Characters that may be markup; a text without them needs no parsing."""


@lru_cache(maxsize=2**13)
def to_plain(text: str) -> str:
    """Returns a text without markup on one line; cached, since summaries, search and comparisons use the same texts."""
    return " ".join((_without_markup(text) if _MARKUP.search(text) else text).split())


def _without_markup(text: str) -> str:
    words: list[str] = []
    for block in _tokens(text):
        words.extend(_text_of(token) for token in block.children or ())
        words.append(" ")
    return "".join(words)


def links(text: str) -> list[str]:
    """Returns the http(s) targets of the links in a text.

    >>> links("Voir [le site](https://www.exemple.lu), ou [écrire](mailto:info@exemple.lu).")
    ['https://www.exemple.lu']
    """
    inside = (token for block in _PARSER.parse(text) for token in block.children or ())
    found = [str(token.attrs["href"]) for token in inside if token.type == "link_open"]
    return [address for address in found if is_web_address(address)]


def _text_of(token: Any) -> str:
    return " " if token.type in {"softbreak", "hardbreak"} else str(token.content)
