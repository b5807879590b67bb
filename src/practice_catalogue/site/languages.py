"""Marks expressions of other languages on French pages with `lang`, so that screen readers pronounce them correctly."""

from __future__ import annotations

import re

from markupsafe import escape

from practice_catalogue.model.richtext import french
from practice_catalogue.model.vocabulary import Vocabularies


def inside_tag(found: re.Match[str]) -> bool:
    """Tells whether a match lies inside a tag; every `<` and `>` of the HTML must belong to a tag."""
    return found.string.rfind("<", 0, found.start()) > found.string.rfind(">", 0, found.start())


class LanguageMarker:
    """Wraps known expressions of other languages in `<span lang>`."""

    def __init__(self, vocabularies: Vocabularies) -> None:
        terms = vocabularies.expressions
        self._languages = {str(escape(french(name))): term.langue for term in terms for name in term.names}
        self._longest_first = sorted(self._languages, key=lambda text: (-len(text), text))

    def mark(self, page: str) -> str:
        """Returns HTML with its expressions marked; attributes are left unchanged."""
        here = [name for name in self._longest_first if name in page]
        if not here:
            return page
        return re.sub(rf"(?<!\w)(?:{'|'.join(map(re.escape, here))})(?!\w)", self._marked, page)

    def _marked(self, found: re.Match[str]) -> str:
        if inside_tag(found):
            return found[0]
        return f'<span lang="{self._languages[found[0]]}">{found[0]}</span>'
