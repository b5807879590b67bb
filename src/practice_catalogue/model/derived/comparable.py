"""Finds the communes that are comparable with a commune, by size, density and growth; neighbours are told apart."""

from __future__ import annotations

import math
from dataclasses import dataclass

from practice_catalogue.model.vocabulary import Commune, Vocabulary

NUMBER = 6
"""Number of comparable communes of a commune."""
GROWTH_UNIT = 10
"""Difference of growth, in percentage points, that weighs as much as twice the inhabitants or twice the density."""
CLOSE_RATIO = 1.25
"""Two communes are said to be of similar size or density if one has at most this many times the other's."""
CLOSE_GROWTH = 5
"""Two communes are said to grow alike if their growth differs by at most this many percentage points."""


@dataclass(frozen=True)
class Comparable:
    """A comparable commune: how far it is (0: equal), what is similar (in French), and whether it is adjacent."""

    commune: Commune
    distance: float
    similar: tuple[str, ...]
    adjacent: bool


def comparable_communes(communes: Vocabulary[Commune], commune_id: str) -> tuple[Comparable, ...]:
    """Returns the `NUMBER` closest present-day communes, closest first; communes without figures are not compared.

    Anyone can repeat it: a distance is √(a² + b² + c²), where a and b are the base-2 logarithms of the ratios of
    inhabitants and of densities, and c is the difference of growth divided by `GROWTH_UNIT`. Equal distances, compared
    to three decimals, stand in the order of the ids.
    """
    own = communes[commune_id]
    if not _has_figures(own):
        return ()
    others = [_compare(own, other) for other in communes if _has_figures(other) and other.id != own.id]
    return tuple(sorted(others, key=lambda one: (one.distance, one.commune.id))[:NUMBER])


def _has_figures(commune: Commune) -> bool:
    return commune.population > 0 and commune.densite > 0 and not commune.devenue


def _compare(own: Commune, other: Commune) -> Comparable:
    size = abs(math.log2(other.population / own.population))
    density = abs(math.log2(other.densite / own.densite))
    growth = abs(other.croissance - own.croissance)
    near = math.log2(CLOSE_RATIO)
    similar = (("taille", size <= near), ("densité", density <= near), ("croissance", growth <= CLOSE_GROWTH))
    return Comparable(
        other,
        round(math.hypot(size, density, growth / GROWTH_UNIT), 3),
        tuple(name for name, is_close in similar if is_close),
        other.id in own.voisines,
    )
