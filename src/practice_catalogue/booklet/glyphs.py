"""Replaces characters without a glyph in the fonts of the booklet by a visible mark, and reports them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Any

MARK = "\u25a1"
"""Replacement for a character without a glyph: an empty square."""

_SURE = re.compile("[\n\u0020-\u007e\u00a0-\u017f\u2010-\u2014\u2018-\u201e\u2022\u2026\u202f\u20ac\u2192\u25a1]*")
"""Characters that Libertinus Serif has, as a test verifies; the compiler is asked about all others."""

ALL_DOUBTFUL = frozenset({""})
"""Marks all characters outside of `_SURE` as missing, if the compiler rejects a combination of accepted ones."""

_JOINERS = re.compile("[\u200b-\u200d\u2060\U0001f3fb-\U0001f3ff\U000e0000-\U000e007f]")
"""Joiners, skin tones and tags, which modify emoji; some joiners are also part of words in other scripts."""

_VARIANTS = re.compile("[\ufe00-\ufe0f]")
"""Variation selectors; the fonts have no variants."""


def doubtful_characters(data: Any) -> list[str]:
    """Returns the sorted characters, with their combining marks, that the fonts may not have."""
    return sorted({cluster for text in _texts(data) if not _SURE.fullmatch(text) for cluster in _clusters(text)})


def replace_missing(data: Any, missing: frozenset[str], tell: Callable[[str], None]) -> Any:
    """Replaces each missing character in the data by `MARK`, and calls `tell` with it."""
    if isinstance(data, str):
        return data if _SURE.fullmatch(data) else _marked(data, missing, tell)
    if isinstance(data, list):
        return [replace_missing(item, missing, tell) for item in data]
    if isinstance(data, dict):
        return {key: replace_missing(item, missing, tell) for key, item in data.items()}
    return data


def character_name(cluster: str) -> str:
    """Returns the Unicode name of a character, or its code point if it has none."""
    return unicodedata.name(cluster[0], f"U+{ord(cluster[0]):04X}")


def _marked(text: str, missing: frozenset[str], tell: Callable[[str], None]) -> str:
    text = _VARIANTS.sub("", text)
    pieces: list[str] = []
    for cluster in _all_clusters(
        _JOINERS.sub("", text) if missing is ALL_DOUBTFUL or missing & set(_clusters(text)) else text
    ):
        refused = cluster in missing or (missing is ALL_DOUBTFUL and not _SURE.fullmatch(cluster))
        if refused:
            tell(cluster)
        pieces.append(MARK if refused else cluster)
    return "".join(pieces)


def _clusters(text: str) -> Iterator[str]:
    return (cluster for cluster in _all_clusters(text) if not _SURE.fullmatch(cluster) and not _JOINERS.match(cluster))


def _all_clusters(text: str) -> list[str]:
    """Splits a text into characters, each with its combining marks."""
    found: list[str] = []
    for char in unicodedata.normalize("NFC", _VARIANTS.sub("", text)):
        if found and unicodedata.category(char).startswith("M"):
            found[-1] += char
        else:
            found.append(char)
    return found


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, list | dict):
        items: Iterable[Any] = data.values() if isinstance(data, dict) else data
        for item in items:
            yield from _texts(item)
