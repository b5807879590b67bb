"""Names in other languages on a French page: marked, so that they are read aloud as they should be."""

from __future__ import annotations

import re

from markupsafe import escape

from catalogue.richtext import french
from catalogue.vocabulary import Vocabularies

_TAG = re.compile(r"(<[^>]*>)")


class LanguageMarker:
    """Puts a `lang` on the known expressions of other languages wherever they stand in the text of a page."""

    def __init__(self, vocabularies: Vocabularies) -> None:
        terms = vocabularies.expressions
        self._languages = {str(escape(french(name))): term.langue for term in terms for name in term.names}
        longest_first = sorted(self._languages, key=lambda text: (-len(text), text))
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")

    def mark(self, page: str) -> str:
        """A page of HTML; attributes are left alone."""
        pieces = _TAG.split(page)
        texts = slice(0, None, 2)
        pieces[texts] = [self._pattern.sub(self._marked, text) for text in pieces[texts]]
        return "".join(pieces)

    def _marked(self, found: re.Match[str]) -> str:
        return f'<span lang="{self._languages[found[0]]}">{found[0]}</span>'
