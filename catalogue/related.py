"""Which practices are close to one another, and why: shared terms weighted by rarity, and the words of the texts."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from catalogue import richtext
from catalogue.collection import Catalogue
from catalogue.fiche import Fiche
from catalogue.vocabulary import fold

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
SAME_TEXT = 0.6
"""How much of the words of the shorter text two fiches on one practice share: 0.40 at most among those of 2017,
0.83 and more where one is copied, cut to a third and given another title."""
CANDIDATES = 5
"""How many fiches, those with most words in common, are looked at for that."""
MOST_HOLDERS = 200
"""Nor does one that so many have; it keeps the work for each fiche the same in a large catalogue."""


@dataclass(frozen=True)
class Related:
    """A practice close to another, and what they share, ready to be shown."""

    fiche: Fiche
    reason: str


class Neighbourhood:
    """The likeness of all fiches of a catalogue, from the features they have: `(kind, value)` → weight."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def of(self, fiche: Fiche) -> tuple[Related, ...]:
        """The closest practices, closest first; equally close ones in the order of their ids."""
        scores: dict[str, float] = defaultdict(float)
        for feature, weight in self._vectors[fiche.id].items():
            for other_id in self._holders[feature]:
                scores[other_id] += weight * self._vectors[other_id][feature]
        scores.pop(fiche.id, None)
        closest = sorted(scores, key=lambda other_id: (-round(scores[other_id], 9), other_id))[:MOST]
        return tuple(Related(self._by_id[other_id], self._reason(fiche.id, other_id)) for other_id in closest)

    def duplicates_of(self, fiche: Fiche) -> tuple[Fiche, ...]:
        """The fiches whose texts say nearly the same, most alike first."""
        words = self._words(fiche.id)
        shared = Counter(other_id for feature in words for other_id in self._holders.get(feature, ()))
        shared.pop(fiche.id, None)
        likeness: dict[str, float] = {}
        for other_id, _ in shared.most_common(CANDIDATES):
            other = self._words(other_id)
            likeness[other_id] = len(words & other) / min(len(words), len(other))
        alike = [other_id for other_id, value in likeness.items() if value >= SAME_TEXT]
        return tuple(self._by_id[key] for key in sorted(alike, key=lambda key: (-likeness[key], key)))

    def _words(self, fiche_id: str) -> set[tuple[str, str]]:
        return {feature for feature in self._features[fiche_id] if feature[0] == WORD}

    def _reason(self, fiche_id: str, other_id: str) -> str:
        shared = self._vectors[fiche_id].keys() & self._vectors[other_id].keys()
        terms = [(kind, value) for kind, value in shared if kind in SHARED_TERMS]
        if not terms:
            return "sujet proche"
        order = list(SHARED_TERMS)
        kind, value = min(terms, key=lambda term: (-self._rarity[term], order.index(term[0]), term[1]))
        libelle = self.catalogue.vocabularies[kind][value].libelle
        shown = libelle if kind == "communes" else f"{libelle[0].lower()}{libelle[1:]}"
        return f"{SHARED_TERMS[kind]} : {shown}"

    @cached_property
    def _by_id(self) -> dict[str, Fiche]:
        return {fiche.id: fiche for fiche in self.catalogue}

    @cached_property
    def _features(self) -> dict[str, Counter[tuple[str, str]]]:
        return {fiche.id: Counter(self._features_of(fiche)) for fiche in self.catalogue}

    def _features_of(self, fiche: Fiche) -> Iterator[tuple[str, str]]:
        for kind in SHARED_TERMS:
            yield from ((kind, value) for value in self.catalogue.keys_of(fiche, kind))
        words = (word for text in _texts(fiche) for word in fold(text).split())
        yield from ((WORD, word[:STEM]) for word in words if len(word) >= SHORTEST_WORD)

    @cached_property
    def _rarity(self) -> dict[tuple[str, str], float]:
        """The logarithm of how few fiches have a feature; only features that two fiches share count."""
        holders = Counter(feature for features in self._features.values() for feature in features)
        number = len(self._features)
        limit = min(max(2, MOST_COMMON * number), MOST_HOLDERS)
        return {feature: math.log(number / count) for feature, count in holders.items() if 1 < count <= limit}

    @cached_property
    def _vectors(self) -> dict[str, dict[tuple[str, str], float]]:
        return {fiche_id: self._vector(features) for fiche_id, features in self._features.items()}

    def _vector(self, features: Counter[tuple[str, str]]) -> dict[tuple[str, str], float]:
        known = {feature: count for feature, count in sorted(features.items()) if feature in self._rarity}
        words = {
            feature: self._rarity[feature] * (1 + math.log(n)) for feature, n in known.items() if feature[0] == WORD
        }
        length = math.sqrt(sum(weight**2 for weight in words.values())) or 1.0
        terms = {feature: self._rarity[feature] * TERM_WEIGHT for feature in known if feature[0] != WORD}
        return terms | {feature: weight / length for feature, weight in words.items()}

    @cached_property
    def _holders(self) -> dict[tuple[str, str], list[str]]:
        holders: dict[tuple[str, str], list[str]] = defaultdict(list)
        for fiche_id, vector in self._vectors.items():
            for feature in vector:
                holders[feature].append(fiche_id)
        return holders


def _texts(fiche: Fiche) -> Iterable[str]:
    yield from (fiche.titre, fiche.sous_titre or "", fiche.resume, *fiche.objectifs)
    yield richtext.to_plain(fiche.description)
