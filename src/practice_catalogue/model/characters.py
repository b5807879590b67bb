"""Which characters a file of ours may hold: those that one sees, and no heaps of accents."""

from __future__ import annotations

import re
import unicodedata

FORBIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_UNCOMMON = re.compile("[^\n\t -~\u00a0-\u00ac\u00ae-\u02ff\u2009\u2010-\u2027\u202f-\u205e\u20ac\u3000]")
"""All but Latin letters and the signs of typography, among which nothing is forbidden: most files hold no others."""

UNSEEN = re.compile(
    r"[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0d\uffa0\U000e0100-\U000e01ef]"
    r"|[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4,}"
)
"""Letters and signs that show nothing, and heaps of accents that cover the lines around them."""


def forbidden_places(text: str) -> list[int]:
    """Where the characters of a text stand that no file may hold, counted from 0."""
    uncommon = [found.start() for found in _UNCOMMON.finditer(text)]
    reserved = {place for place in uncommon if unicodedata.category(text[place]) in FORBIDDEN_CATEGORIES}
    unseen = {found.end() - 1 for found in UNSEEN.finditer(text)} if uncommon else set()
    return sorted(reserved | unseen)


def without_forbidden(text: str) -> str:
    """A text as a file may hold it, each letter in one piece."""
    text = "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in FORBIDDEN_CATEGORIES)
    while (seen := unicodedata.normalize("NFC", UNSEEN.sub("", text))) != text:  # what was apart may make a heap now
        text = seen
    return text
