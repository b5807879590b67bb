"""Which practices are close to one another, and why: shared terms weighted by rarity, and the words of the texts."""

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
"""The indexes whose shared terms make two fiches close, and how the reason is told."""
TERM_WEIGHT = 0.5
"""What a shared term adds, times its rarity; all the words of a text together have a length of 1."""
WORD = "mot"
SHORTEST_WORD = 5
STEM = 7
"""Words are compared by their first letters: enough to tell `bénévole` and `bénévolat` alike."""
MOST_COMMON = 0.5
"""A feature that more than this share of the fiches has says nothing."""
MOST_HOLDERS = 200
"""Nor does one that so many have …"""
MOST_COMPARED = 2000
"""… and no fiche is compared more often than this, by its weightiest features: the time for each stays the same."""
SAME_TEXT = 0.6
"""How much of the words of the shorter text two fiches on one practice share: 0.40 at most among those of 2017,
0.83 and more where one is copied, cut to a third and given another title."""
CANDIDATES = 5
"""How many fiches, those with most words in common, are looked at for that."""


@dataclass(frozen=True)
class Related:
    """A practice close to another, and what they share, ready to be shown."""

    fiche: Fiche
    reason: str


_Feature = tuple[str, str]
"""What a fiche has: `(kind, value)`."""

_Vector = dict[_Feature, float]


class Similarity:
    """The likeness of all fiches of a catalogue, from the weights of the features they have."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._fiches = catalogue.fiches

    def of(self, fiche: Fiche) -> tuple[Related, ...]:
        """The closest practices, closest first; equally close ones in the order of their ids."""
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
        """The fiches whose texts say nearly the same, most alike first."""
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
        """The features by which a fiche is compared, and their weights: the weightiest, as many as may be."""
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
        known: dict[_Feature, _Feature] = {}  # fiches share most of them: one in memory is enough
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
        """The logarithm of how few fiches have a feature; only features that two fiches share count."""
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
        """The positions of the fiches that have a feature, with its weight in each."""
        holders: dict[_Feature, list[tuple[int, float]]] = defaultdict(list)
        for position, vector in enumerate(self._vectors):
            for feature, weight in vector.items():
                holders[feature].append((position, weight))
        return holders


def _highest(scores: dict[int, float]) -> Iterator[int]:
    """The positions of the highest scores, and of all that are as high but for rounding."""
    enough = min(heapq.nlargest(MOST, scores.values()), default=0.0) - 1e-8
    return (position for position, score in scores.items() if score >= enough)


def _texts(fiche: Fiche) -> Iterable[str]:
    yield from (fiche.titre, fiche.sous_titre or "", fiche.resume, *fiche.objectifs)
    yield richtext.to_plain(fiche.description)
