"""The little markup that long texts may hold, and French typography: both in one place, for every face."""

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
"""In order: a sign without which there is nothing to do, what is replaced, and by what."""


@lru_cache(maxsize=2**14)
def french(text: str) -> str:
    """Plain typing made into French typography: apostrophes, and spaces that do not break.

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
"""What stands behind the `<` where text begins or ends that is to stay as it is."""


def french_html(pieces: Iterable[str]) -> Iterator[str]:
    """The pieces of an HTML text, one after the other, with its words in French typography.

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
    """HTML on one line, so that no text of a fiche can start a line of a Markdown page."""

    def text(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return str(Markup.escape(french(tokens[idx].content)))

    def softbreak(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return " "


_DEEPEST = 12
"""How many lists, or emphases, may stand inside one another."""


def _parser(*rules: str) -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False, "maxNesting": _DEEPEST}, renderer_cls=_Renderer)
    parser.enable(["list", "link", "newline", "escape", *rules])
    setattr(parser, "validateLink", is_link)  # noqa: B010  # the documented way to narrow what a link may be
    return parser


_PARSER = _parser("emphasis")
_PARSER_WITHOUT_EMPHASIS = _parser()


def _tokens(text: str) -> list[Token]:
    """The text in pieces; of a text with emphasis in emphasis in emphasis without end, the stars are text."""
    tokens = _PARSER.parse(text)
    deep = any(inline.level > _DEEPEST for token in tokens for inline in token.children or ())
    return _PARSER_WITHOUT_EMPHASIS.parse(text) if deep else tokens


def to_html(text: str) -> Markup:
    """Paragraphs, lists, emphasis and links as HTML without line breaks; all other markup is text."""
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
"""A second wall, of another make: should the parser ever let markup through, this takes it away."""


Inline = dict[str, Any]
"""`{"text"}`, `{"break": True}`, or `{"strong" | "em": [Inline]}`, or `{"link": address, "of": [Inline]}`."""

Block = dict[str, Any]
"""`{"paragraph": [Inline]}` or `{"list": [[Block]], "ordered": bool}`."""


def to_blocks(text: str) -> list[Block]:
    """Paragraphs, lists, emphasis and links as plain data, for a typesetter that must not parse any text."""
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
"""What may be more than words: of a text without it nothing is taken away."""


@lru_cache(maxsize=2**13)
def to_plain(text: str) -> str:
    """The words alone, on one line: for summaries, search records and comparisons, which all ask for the same texts."""
    return " ".join((_without_markup(text) if _MARKUP.search(text) else text).split())


def _without_markup(text: str) -> str:
    words: list[str] = []
    for block in _tokens(text):
        words.extend(_text_of(token) for token in block.children or ())
        words.append(" ")
    return "".join(words)


def links(text: str) -> list[str]:
    """The web addresses that a text leads to.

    >>> links("Voir [le site](https://www.exemple.lu), ou [écrire](mailto:info@exemple.lu).")
    ['https://www.exemple.lu']
    """
    inside = (token for block in _PARSER.parse(text) for token in block.children or ())
    found = [str(token.attrs["href"]) for token in inside if token.type == "link_open"]
    return [address for address in found if is_web_address(address)]


def _text_of(token: Any) -> str:
    return " " if token.type in {"softbreak", "hardbreak"} else str(token.content)
