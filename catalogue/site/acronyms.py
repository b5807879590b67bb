"""The first use of an acronym on a page carries its meaning."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import escape

from catalogue import richtext
from catalogue.vocabulary import Sigle

_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?([a-z0-9-]+)", re.IGNORECASE)

NOT_INSIDE = frozenset(
    {"abbr", "button", "h1", "nav", "option", "pre", "code", "script", "select", "style", "svg", "textarea", "title"}
)
"""Elements in which a meaning would be wrong or in the way."""


def explain(html: str, sigles: Iterable[Sigle]) -> str:
    """A page with an `abbr` around the first use of each acronym in its running text.

    The page must be escaped already: every `<` and `>` of it belongs to a tag.

    >>> explain('<p title="PCI">Le PCI et le PCI</p>', [Sigle(id="pci", sigle="PCI", libelle="Plan communal")])
    '<p title="PCI">Le <abbr title="Plan communal">PCI</abbr> et le PCI</p>'
    """
    meanings = {term.sigle: term.libelle for term in sigles if term.sigle}
    if not meanings:
        return html
    pattern = re.compile(rf"(?<![\w&#@./:-])(?:{'|'.join(map(re.escape, meanings))})(?![\w@]|[.-]\w)")

    def first(found: re.Match[str]) -> str:
        meaning = meanings.pop(found[0], "")
        return f'<abbr title="{escape(richtext.french(meaning))}">{found[0]}</abbr>' if meaning else found[0]

    pieces = _TAG.split(html)
    closed_by: list[str] = []
    for place, piece in enumerate(pieces):
        if place % 2:
            _follow(piece, closed_by)
        elif not closed_by:
            pieces[place] = pattern.sub(first, piece)
    return "".join(pieces)


def _follow(tag: str, closed_by: list[str]) -> None:
    """Keeps the elements we are inside of and must stay out of."""
    name = _NAME.match(tag)
    if not name or name[1].lower() not in NOT_INSIDE or tag.endswith("/>"):
        return
    if not tag.startswith("</"):
        closed_by.append(name[1].lower())
    elif closed_by and closed_by[-1] == name[1].lower():
        closed_by.pop()
