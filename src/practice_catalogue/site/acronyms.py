"""Marks the first use of each acronym on a page with its meaning, as an `abbr` element."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import escape

from practice_catalogue.model import richtext
from practice_catalogue.model.vocabulary import Sigle
from practice_catalogue.site.languages import inside_tag

EXCLUDED_ELEMENTS = [
    "abbr",
    "button",
    "h1",
    "nav",
    "option",
    "pre",
    "code",
    "script",
    "select",
    "style",
    "svg",
    "textarea",
    "title",
]
"""Elements in which no `abbr` is inserted, because it would be invalid or disturbing."""

_EXCLUDED = re.compile(rf"<({'|'.join(EXCLUDED_ELEMENTS)})\b[^>]*>.*?</\1>", re.DOTALL | re.IGNORECASE)


def mark_acronyms(html: str, sigles: Iterable[Sigle]) -> str:
    """Returns HTML with an `abbr` around the first use of each acronym in its running text.

    The HTML must be escaped: every `<` and `>` in it belongs to a tag.

    >>> mark_acronyms('<p title="PCI">Le PCI et le PCI</p>', [Sigle(id="pci", sigle="PCI", libelle="Plan communal")])
    '<p title="PCI">Le <abbr title="Plan communal">PCI</abbr> et le PCI</p>'
    """
    meanings = {term.sigle: term.libelle for term in sigles if term.sigle}
    if not meanings:
        return html
    meanings = {sigle: meaning for sigle, meaning in meanings.items() if sigle in html}
    if not meanings:
        return html
    pattern = re.compile(rf"(?<![\w&#@./:-])(?:{'|'.join(map(re.escape, meanings))})(?![\w@]|[.-]\w)")
    closed: list[tuple[int, int]] = []

    def first(found: re.Match[str]) -> str:
        if found[0] not in meanings or inside_tag(found):
            return found[0]
        if not closed:
            closed.extend(place.span() for place in _EXCLUDED.finditer(html))
            closed.append((len(html), len(html)))
        if any(start < found.start() < end for start, end in closed):
            return found[0]
        return f'<abbr title="{escape(richtext.french(meanings.pop(found[0])))}">{found[0]}</abbr>'

    return pattern.sub(first, html)
