"""Finds, removes and unifies characters that mislead readers: invisible, stacked, or alike in shape."""

from __future__ import annotations

import re
import unicodedata

FORBIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_UNCOMMON = re.compile("[^\n\t -~\u00a0-\u00ac\u00ae-\u02ff\u2009\u2010-\u2027\u202f-\u205e\u20ac\u3000]")
"""Characters other than Latin letters and typographic signs; most files have none and need no further check."""

_INVISIBLE = r"[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0d\uffa0\U000e0100-\U000e01ef]"
_HEAP = (
    r"[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u06d6-\u06dc\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    r"\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4,}"
)
_SYMBOL = (
    r"[#*0-9\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u23ff\u24c2\u2500-\u2bff\u3030\u303d\u3297\u3299"
    r"\U0001f000-\U0001faff]"
)
UNSEEN = re.compile(rf"{_INVISIBLE}|(?<!{_SYMBOL})[\ufe0e\ufe0f]|{_HEAP}")
"""Characters without a visible glyph, variation selectors that do not follow a symbol, and four or more combining marks
in a row, which cover adjacent lines."""
UNSEEN_OR_SYMBOL = rf"({_SYMBOL}[\ufe0e\ufe0f])|[\ufe0e\ufe0f]|{_INVISIBLE}|{_HEAP}"
"""The same for browsers that have no lookbehind: what the first group matches is a symbol, and stays."""

_LATIN = r"A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_OTHER_ALPHABET = (
    r"\u0391\u0392\u0395-\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03ac\u03af\u03b1\u03b9\u03ba\u03bd\u03bf"
    r"\u03c1\u03c5\u03c7\u03cc\u0400-\u052f\u0531-\u0587\u10a0-\u10ff\u13a0-\u13ff\u2c80-\u2cf3\ua4d0-\ua4ff\uab70-\uabbf"
)
"""Cyrillic, Armenian, Georgian, Cherokee, Coptic, Lisu, and the Greek letters that look Latin: those of kΩ do not."""
MIXED_ALPHABETS = rf"[{_LATIN}][{_OTHER_ALPHABET}]|[{_OTHER_ALPHABET}][{_LATIN}]"
"""Regular expression of a Latin letter next to one of another alphabet, in the syntax of Python and JavaScript."""

SIGNS = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d", "-"),
    **dict.fromkeys(f"\u00a0\u1680{''.join(map(chr, range(0x2000, 0x200B)))}\u202f\u205f\u3000", " "),
    **dict(zip("\uff0b\uff0f\u2044\u2215\uff0e\uff08\uff09", "+///.()", strict=True)),
}
"""Hyphens, spaces and other signs → the ASCII character that they look like."""
_TO_ASCII = str.maketrans(SIGNS)


def plain_signs(text: str) -> str:
    r"""Returns a number, date or phone number with the signs and digits of ASCII in place of those that look alike.

    >>> plain_signs("31\u202f02\u201162\u2212\uff12\uff17\uff10")
    '31 02-62-270'
    """
    return re.sub(r"\d", lambda digit: str(int(digit[0])), text.translate(_TO_ASCII))


_AROUND_NUMBERS = re.compile(
    r"(?<![^\W\d_])[\u00ad\u200b\u200e\u202a\u202c\u202d\u2060\u2066\u2068\u2069\ufeff]+(?=[+(]?[0-9])"
    r"|(?<=[0-9)])[\u00ad\u200b\u200e\u202a\u202c\u202d\u2060\u2066\u2068\u2069\ufeff]+(?![^\W\d_])"
)
"""Invisible characters that address books and web pages put around and into numbers; none turns the order of digits."""


def without_number_marks(text: str) -> str:
    r"""Returns a text without the invisible characters next to its numbers.

    >>> without_number_marks("telephone: \u202d+352 26 12 10\u202c")
    'telephone: +352 26 12 10'
    """
    return text if text.isascii() else _AROUND_NUMBERS.sub("", text)


def mixed_word(text: str) -> str:
    """Returns the first word with letters of two alphabets, as in a title that only looks like another, or ""."""
    return next((word for word in re.findall(r"\w+", text) if re.search(MIXED_ALPHABETS, word)), "")


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
