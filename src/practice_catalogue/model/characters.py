"""Finds and removes characters that files may not contain: invisible ones and stacked accents."""

from __future__ import annotations

import re
import unicodedata

FORBIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_UNCOMMON = re.compile("[^\n\t -~\u00a0-\u00ac\u00ae-\u02ff\u2009\u2010-\u2027\u202f-\u205e\u20ac\u3000]")
"""Characters other than Latin letters and typographic signs; most files have none and need no further check."""

UNSEEN = re.compile(
    r"[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0d\uffa0\U000e0100-\U000e01ef]"
    r"|[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4,}"
)
"""Characters without a visible glyph, and four or more combining marks in a row, which cover adjacent lines."""


def forbidden_places(text: str) -> list[int]:
    """Returns the sorted positions of forbidden characters, counted from 0."""
    uncommon = [found.start() for found in _UNCOMMON.finditer(text)]
    reserved = {place for place in uncommon if unicodedata.category(text[place]) in FORBIDDEN_CATEGORIES}
    unseen = {found.end() - 1 for found in UNSEEN.finditer(text)} if uncommon else set()
    return sorted(reserved | unseen)


def without_forbidden(text: str) -> str:
    """Returns a text without forbidden characters, in Unicode normalization form C."""
    text = "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in FORBIDDEN_CATEGORIES)
    while (seen := unicodedata.normalize("NFC", UNSEEN.sub("", text))) != text:  # a removal may bring marks together
        text = seen
    return text
