"""Which terms a text names, by any of their names: guesses, for a person to confirm."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from practice_catalogue.model.vocabulary import Vocabulary, fold

FEWEST_LETTERS = 3
"""Shorter names stand in too many words of other meanings."""

_THE_COUNTRY = re.compile(r"\b(?:(?:au|du|grand duche de) luxembourg|nord du luxembourg)\b")
"""A country and a commune share a name: these words mean the country."""


class Guess(NamedTuple):
    """A term of a field, and the words that named it."""

    field: str
    term: str
    words: str


def named(text: str, terms: Vocabulary) -> Iterator[tuple[str, str]]:  # type: ignore[type-arg]  # any vocabulary
    """The ids of the terms that a text names, each time it does, with the words; longer names first win."""
    folded = _THE_COUNTRY.sub(lambda found: "·" * len(found[0]), fold(text))
    names = {fold(name): term.id for term in terms for name in term.names if len(fold(name)) >= FEWEST_LETTERS}
    if not names:
        return
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    pattern = rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)"
    for found in re.finditer(pattern, folded):
        yield names[found[0]], found[0]


def first_named(text: str, terms: Vocabulary) -> tuple[str, str] | None:  # type: ignore[type-arg]  # same
    """The first term that a text names."""
    return next(named(text, terms), None)


def each_named(text: str, terms: Vocabulary) -> dict[str, str]:  # type: ignore[type-arg]  # same
    """All terms that a text names, in order, with the words that first did."""
    found: dict[str, str] = {}
    for term_id, words in named(text, terms):
        found.setdefault(term_id, words)
    return found


def most_named(title: str, text: str, terms: Vocabulary, most: int) -> dict[str, str]:  # type: ignore[type-arg]  # same
    """The terms that a text is about: those that its title names, then those that it names more than once."""
    counts = Counter(term_id for term_id, _ in named(text, terms))
    in_title = each_named(title, terms)
    words = each_named(text, terms) | in_title
    often = [term_id for term_id, count in counts.most_common() if count > 1 or len(counts) == 1]
    return {term_id: words[term_id] for term_id in list(dict.fromkeys((*in_title, *often)))[:most]}
