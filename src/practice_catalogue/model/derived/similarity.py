"""Finds related and duplicate fiches by shared terms, weighted by rarity, and by the words of their texts."""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from practice_catalogue.model import richtext
from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.vocabulary import fold

MOST = 3
SHARED_TERMS = {
    "publics": "même public",
    "domaines": "même domaine",
    "communes": "même commune",
    "etapes_pci": "même étape",
}
"""Indexes whose terms are compared → French label of the reason."""
TERM_WEIGHT = 0.5
"""Weight of a shared term, multiplied by its rarity; the vector of the words of a text has length 1."""
WORD = "mot"
SHORTEST_WORD = 5
STEM = 7
"""Words are compared by their first letters, so that `bénévole` and `bénévolat` count as equal."""
MOST_COMMON = 0.5
"""Features that a larger share of the fiches has are ignored."""
MOST_HOLDERS = 200
"""Features that more fiches have are ignored."""
MOST_COMPARED = 2000
"""Maximum number of comparisons per fiche, heaviest features first, so that the time per fiche is bounded."""
SAME_TEXT = 0.6
"""Share of the words of the shorter text from which two fiches count as duplicates. Measured: at most 0.40 among the
fiches of 2017, at least 0.83 for a copy that was cut to a third and given another title."""
CANDIDATES = 5
"""Number of fiches, those with most words in common, that are checked for duplication."""


@dataclass(frozen=True)
class Related:
    """A related fiche, and a French description of what it shares."""

    fiche: Fiche
    reason: str


_Feature = tuple[str, str]
"""`(kind, value)`: an index and one of its terms, or `WORD` and a stem."""

_Vector = dict[_Feature, float]


class Similarity:
    """Compares the fiches of a catalogue by their weighted features; all intermediate results are cached."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._fiches = catalogue.fiches

    def of(self, fiche: Fiche) -> tuple[Related, ...]:
        """Returns the `MOST` closest fiches, closest first; ties in the order of their ids."""
        here = self._positions[fiche.id]
        scores: dict[int, float] = {}
        for feature, weight in self._compared(self._vectors[here]):
            for position, other_weight in self._holders[feature]:
                if position in scores:
                    scores[position] += weight * other_weight
                else:
                    scores[position] = weight * other_weight
        scores.pop(here, None)
        closest = sorted(_highest(scores), key=lambda place: (-round(scores[place], 9), self._fiches[place].id))[:MOST]
        return tuple(Related(self._fiches[position], self._reason(here, position)) for position in closest)

    def duplicates_of(self, fiche: Fiche) -> tuple[Fiche, ...]:
        """Returns the fiches with nearly the same text, most similar first."""
        here = self._positions[fiche.id]
        words = self._words(here)
        shared = Counter(position for feature in words for position, _ in self._holders.get(feature, ()))
        shared.pop(here, None)
        likeness: dict[int, float] = {}
        for position, _ in shared.most_common(CANDIDATES):
            other = self._words(position)
            likeness[position] = len(words & other) / min(len(words), len(other))
        alike = [position for position, value in likeness.items() if value >= SAME_TEXT]
        closest = sorted(alike, key=lambda position: (-likeness[position], self._fiches[position].id))
        return tuple(self._fiches[position] for position in closest)

    def _words(self, position: int) -> set[_Feature]:
        return {feature for feature in self._features[position] if feature[0] == WORD}

    def _compared(self, vector: _Vector) -> Iterator[tuple[_Feature, float]]:
        """Yields the heaviest features of a fiche and their weights, up to `MOST_COMPARED` comparisons."""
        left = MOST_COMPARED
        for feature in sorted(vector, key=vector.__getitem__, reverse=True):
            left -= len(self._holders[feature])
            if left < 0:
                return
            yield feature, vector[feature]

    def _reason(self, here: int, there: int) -> str:
        shared = self._vectors[here].keys() & self._vectors[there].keys()
        terms = [(kind, value) for kind, value in shared if kind in SHARED_TERMS]
        if not terms:
            return "sujet proche"
        order = list(SHARED_TERMS)
        kind, value = min(terms, key=lambda term: (-self._rarity[term], order.index(term[0]), term[1]))
        libelle = self.catalogue.vocabularies[kind][value].libelle
        shown = libelle if kind == "communes" else f"{libelle[0].lower()}{libelle[1:]}"
        return f"{SHARED_TERMS[kind]} : {shown}"

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {fiche.id: position for position, fiche in enumerate(self._fiches)}

    @cached_property
    def _features(self) -> list[Counter[_Feature]]:
        known: dict[_Feature, _Feature] = {}  # fiches share most features: each is kept once in memory
        return [
            Counter(known.setdefault(feature, feature) for feature in self._features_of(fiche))
            for fiche in self._fiches
        ]

    def _features_of(self, fiche: Fiche) -> Iterator[_Feature]:
        for kind in SHARED_TERMS:
            yield from ((kind, value) for value in self.catalogue.keys_of(fiche, kind))
        words = fold(" ".join(_texts(fiche))).split()
        yield from ((WORD, word[:STEM]) for word in words if len(word) >= SHORTEST_WORD)

    @cached_property
    def _rarity(self) -> dict[_Feature, float]:
        """Inverse document frequency (natural logarithm) of the features that at least two fiches have."""
        holders = Counter(feature for features in self._features for feature in features)
        number = len(self._features)
        limit = min(max(2, MOST_COMMON * number), MOST_HOLDERS)
        return {feature: math.log(number / count) for feature, count in holders.items() if 1 < count <= limit}

    @cached_property
    def _vectors(self) -> list[_Vector]:
        return [self._vector(features) for features in self._features]

    def _vector(self, features: Counter[_Feature]) -> _Vector:
        known = {feature: count for feature, count in sorted(features.items()) if feature in self._rarity}
        words = {
            feature: self._rarity[feature] * (1 + math.log(n)) for feature, n in known.items() if feature[0] == WORD
        }
        length = math.sqrt(sum(weight**2 for weight in words.values())) or 1.0
        terms = {feature: self._rarity[feature] * TERM_WEIGHT for feature in known if feature[0] != WORD}
        return terms | {feature: weight / length for feature, weight in words.items()}

    @cached_property
    def _holders(self) -> dict[_Feature, list[tuple[int, float]]]:
        """Feature → positions of the fiches that have it, with its weight in each."""
        holders: dict[_Feature, list[tuple[int, float]]] = defaultdict(list)
        for position, vector in enumerate(self._vectors):
            for feature, weight in vector.items():
                holders[feature].append((position, weight))
        return holders


def _highest(scores: dict[int, float]) -> Iterator[int]:
    """Yields the positions of the highest scores, including ties up to rounding."""
    enough = min(heapq.nlargest(MOST, scores.values()), default=0.0) - 1e-8
    return (position for position, score in scores.items() if score >= enough)


def _texts(fiche: Fiche) -> Iterable[str]:
    yield from (fiche.titre, fiche.sous_titre or "", fiche.resume, *fiche.objectifs)
    yield richtext.to_plain(fiche.description)
