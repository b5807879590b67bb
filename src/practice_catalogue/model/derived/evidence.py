"""Tells how sure a fiche is: results, cost, difficulties and contact, each by the fields that are filled in."""

from __future__ import annotations

from dataclasses import dataclass

from practice_catalogue.model import formatting
from practice_catalogue.model.fiche import Fiche

ASPECTS = ("Résultats", "Coût", "Difficultés", "Contact")
"""Names of the aspects, in the order of `evidence`."""

RESULTS = ("résultats non racontés", "résultats racontés", "résultats comptés", "résultats évalués")
COSTS = ("coût non précisé", "ordre de coût connu", "montant connu")
DIFFICULTIES = ("difficultés non racontées", "difficultés racontées", "difficultés et réponses racontées")
CONTACT = ("contact à confirmer", "contact confirmé")


@dataclass(frozen=True)
class Evidence:
    """One aspect of a fiche: its name, the level that it reaches from 0 on, and the words of all levels."""

    name: str
    level: int
    levels: tuple[str, ...]

    @property
    def words(self) -> str:
        """The words of the level that is reached."""
        return self.levels[self.level]

    @property
    def highest(self) -> int:
        """The level that can be reached."""
        return len(self.levels) - 1


def evidence(fiche: Fiche) -> tuple[Evidence, ...]:
    """Returns the four aspects in a fixed order.

    They are not added up: a sum would rank practices by their paperwork.
    """
    levels = (_results(fiche), _cost(fiche), _difficulties(fiche), _contact(fiche))
    words = (RESULTS, COSTS, DIFFICULTIES, CONTACT)
    return tuple(map(Evidence, ASPECTS, levels, words))


def _results(fiche: Fiche) -> int:
    if fiche.evaluation:
        return 3
    return 2 if fiche.indicateurs else 1 if fiche.resultats else 0


def _cost(fiche: Fiche) -> int:
    if not fiche.couts or fiche.couts.niveau == "non-precise":
        return 0
    return 2 if formatting.amount(fiche.couts) else 1


def _difficulties(fiche: Fiche) -> int:
    return 2 if any(one.reponse for one in fiche.defis) else 1 if fiche.defis else 0


def _contact(fiche: Fiche) -> int:
    return int(any(contact.confirme_le for contact in fiche.contacts))
