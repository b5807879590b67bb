"""Works out from dates and confirmations whether a practice runs, has changed or has ended; it never guesses."""

from __future__ import annotations

from dataclasses import dataclass

from practice_catalogue.model import formatting
from practice_catalogue.model.fiche import Calendrier, Fiche, Nouvelle
from practice_catalogue.model.vocabulary import Vocabularies

RUNNING, CHANGED, ENDED, UNKNOWN = STATES = ("en-cours", "modifiee", "terminee", "a-confirmer")
"""Ids of the terms of the vocabulary `etats`."""


@dataclass(frozen=True)
class PracticeState:
    """The state of a practice, an id of `etats`.

    `known` is the ISO date, month or year of the information, empty if there is none; `source` names who gave it, and
    is empty if the state follows from the dates of the fiche. `news` is the information itself.
    """

    etat: str
    known: str
    source: str = ""
    news: Nouvelle | None = None


def practice_state(fiche: Fiche, vocabularies: Vocabularies, on: str) -> PracticeState:
    """Returns the state on a day, an ISO date.

    The latest of these tells: what somebody said, and the end that the fiche names if it has passed. If neither is
    there, the state is to be confirmed since the fiche was last presented at an edition, or else published.
    """
    news = max((one for one in fiche.nouvelles if one.le <= on), key=lambda one: one.le, default=None)
    end = fiche.calendrier.fin if fiche.calendrier else None
    if end and end < on[: len(end)] and (news is None or news.le[: len(end)] <= end):
        return PracticeState(ENDED, end)
    if news:
        return PracticeState(news.etat, news.le, news.source, news)
    return PracticeState(UNKNOWN, formatting.last_told(fiche, vocabularies))


def state_sentence(fiche: Fiche, state: PracticeState) -> str:
    """Returns the state as the cards show it, such as « 2017–2018 · terminée »."""
    return " · ".join(part for part in (years(fiche.calendrier), _words(state)) if part)


def years(when: Calendrier | None) -> str:
    """Returns the years of a practice.

    >>> years(Calendrier(debut="2017-01-01", fin="2018-12-31")), years(Calendrier(debut="2016-04"))
    ('2017–2018', 'commencée en 2016')
    """
    begin, end = (when.debut or "")[:4] if when else "", (when.fin or "")[:4] if when else ""
    if begin and end:
        return begin if begin == end else f"{begin}–{end}"
    if begin:
        return f"commencée en {begin}"
    return f"jusqu'en {end}" if end else ""


def _words(state: PracticeState) -> str:
    month = formatting.day(state.known[:7]) if state.known else ""
    if state.etat == ENDED:
        return f"terminée, dit en {month}" if state.news else "terminée"
    if state.etat == UNKNOWN:
        return f"à confirmer depuis {state.known[:4]}" if state.known else "à confirmer"
    return f"{'en cours' if state.etat == RUNNING else 'en cours, avec des changements'}, confirmé en {month}"
