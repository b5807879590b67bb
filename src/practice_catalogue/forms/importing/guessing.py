"""Finds the terms of a vocabulary that are mentioned in a text: guesses for a person to confirm."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from practice_catalogue.model.vocabulary import Vocabulary, fold

FEWEST_LETTERS = 3
"""Minimum length of a name to search for: shorter ones are ambiguous."""

_THE_COUNTRY = re.compile(r"\b(?:(?:au|du|grand duche de) luxembourg|nord du luxembourg)\b")
"""Expressions in which « Luxembourg » is the country and not the commune."""


class Guess(NamedTuple):
    """A guessed term (or text) for a field, and the words that it was derived from."""

    field: str
    term: str
    words: str


def mentions(text: str, terms: Vocabulary) -> Iterator[tuple[str, str]]:  # type: ignore[type-arg]  # any vocabulary
    """Yields `(id, words)` for each mention of a term in a text; the longest matching name wins."""
    folded = _THE_COUNTRY.sub(lambda found: "·" * len(found[0]), fold(text))
    names = terms.folded_names
    for found in _pattern(tuple(names)).finditer(folded):
        yield names[found[0]], found[0]


@lru_cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Returns the pattern of any of some folded names."""
    longest_first = sorted((name for name in names if len(name) >= FEWEST_LETTERS), key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})(?!\w)")


def first_mention(text: str, terms: Vocabulary) -> tuple[str, str] | None:  # type: ignore[type-arg]  # same
    """Returns id and words of the first mention, or None."""
    return next(mentions(text, terms), None)


def mentioned_terms(text: str, terms: Vocabulary) -> dict[str, str]:  # type: ignore[type-arg]  # same
    """Returns all mentioned terms in the order of their first mention: id → words."""
    found: dict[str, str] = {}
    for term_id, words in mentions(text, terms):
        found.setdefault(term_id, words)
    return found


def main_terms(title: str, text: str, terms: Vocabulary, most: int) -> dict[str, str]:  # type: ignore[type-arg]  # same
    """Returns at most `most` terms, id → words: those in the title, then those mentioned repeatedly in the text.

    If the text mentions one term only, a single mention is enough.
    """
    counts = Counter(term_id for term_id, _ in mentions(text, terms))
    in_title = mentioned_terms(title, terms)
    words = mentioned_terms(text, terms) | in_title
    often = [term_id for term_id, count in counts.most_common() if count > 1 or len(counts) == 1]
    return {term_id: words[term_id] for term_id in list(dict.fromkeys((*in_title, *often)))[:most]}
