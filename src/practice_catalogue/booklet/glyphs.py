"""What no font of the booklet can show is replaced by a visible mark, and told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Any

MARK = "\u25a1"
"""An empty square stands where a character could not be shown."""

_SURE = re.compile("[\n\u0020-\u007e\u00a0-\u017f\u2010-\u2014\u2018-\u201e\u2022\u2026\u202f\u20ac\u2192\u25a1]*")
"""What Libertinus Serif is known to have; everything else is asked for. A test asks for these too."""

EVERYTHING = frozenset({""})
"""Stands for all that is not sure: where the compiler refuses a text whose characters it took one by one."""

_JOINERS = re.compile("[\u200b-\u200d\u2060\U0001f3fb-\U0001f3ff\U000e0000-\U000e007f]")
"""What changes the look of an emoji, and is nothing by itself; some of it joins the letters of other scripts."""

_VARIANTS = re.compile("[\ufe00-\ufe0f]")
"""What asks for another form of a character, which our fonts do not have."""


def doubtful_characters(data: Any) -> list[str]:
    """The characters, with their accents, of which one cannot be sure that a font has them; sorted."""
    return sorted({cluster for text in _texts(data) if not _SURE.fullmatch(text) for cluster in _clusters(text)})


def replace_missing(data: Any, missing: frozenset[str], tell: Callable[[str], None]) -> Any:
    """The data with a mark for each missing character; `tell` hears of each."""
    if isinstance(data, str):
        return data if _SURE.fullmatch(data) else _marked(data, missing, tell)
    if isinstance(data, list):
        return [replace_missing(item, missing, tell) for item in data]
    if isinstance(data, dict):
        return {key: replace_missing(item, missing, tell) for key, item in data.items()}
    return data


def character_name(cluster: str) -> str:
    """The Unicode name of a character."""
    return unicodedata.name(cluster[0], f"U+{ord(cluster[0]):04X}")


def _marked(text: str, missing: frozenset[str], tell: Callable[[str], None]) -> str:
    text = _VARIANTS.sub("", text)
    pieces: list[str] = []
    for cluster in _all_clusters(
        _JOINERS.sub("", text) if missing is EVERYTHING or missing & set(_clusters(text)) else text
    ):
        refused = cluster in missing or (missing is EVERYTHING and not _SURE.fullmatch(cluster))
        if refused:
            tell(cluster)
        pieces.append(MARK if refused else cluster)
    return "".join(pieces)


def _clusters(text: str) -> Iterator[str]:
    return (cluster for cluster in _all_clusters(text) if not _SURE.fullmatch(cluster) and not _JOINERS.match(cluster))


def _all_clusters(text: str) -> list[str]:
    """A text in characters, each with the accents that stand on it."""
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
