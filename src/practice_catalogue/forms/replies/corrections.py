"""Turns an answer about a fiche into changed fields of the fiche, with what a person must verify."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from practice_catalogue.forms.importing.contacts import contact_cards
from practice_catalogue.forms.importing.documents import Note
from practice_catalogue.forms.importing.guessing import Guess
from practice_catalogue.forms.replies.dates_and_amounts import amounts_in, dates_in, period_in
from practice_catalogue.model.derived.practice_state import CHANGED, ENDED, RUNNING
from practice_catalogue.model.fiche import Calendrier, Couts, Nouvelle
from practice_catalogue.model.fiche import Contact as FicheContact
from practice_catalogue.model.vocabulary import Vocabularies, fold
from practice_catalogue.validation.reply_form import AVOID, CONTACT, COST, DATES, OTHER, SINCE, WHY

MAX_SENTENCE = 600
"""Maximum length in characters of a text of a news item, as in `model/fiche.py`."""

UNKNOWN_COST = "non-precise"
"""The cost level of a fiche that names none."""


@dataclass(frozen=True)
class Answer:
    """What somebody answered about a fiche on a day (an ISO date).

    `contact` is the position of the contact who answered, or None. `speaks_for_all` if all contacts of the fiche are
    confirmed by an answer that nothing has changed; `source` is the organisation that answered. `certain` if the answer
    was given in the words of the mail.
    """

    fiche: str
    state: str
    filled: Mapping[str, str]
    day: str
    source: str
    contact: int | None
    speaks_for_all: bool
    certain: bool


@dataclass
class Correction:
    """Changed fields as plain data; empty if nothing can be changed. `texts` is what the fields could not take."""

    changed: dict[str, Any] = field(default_factory=dict)
    guesses: list[Guess] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


def correct(data: Mapping[str, Any], answer: Answer, vocabularies: Vocabularies, today: str) -> Correction:
    """Returns the correction of a fiche, given as plain data."""
    return _Correcting(data, answer, vocabularies, today).correction()


class _Correcting:
    def __init__(self, data: Mapping[str, Any], answer: Answer, vocabularies: Vocabularies, today: str) -> None:
        self.data = data
        self.answer = answer
        self.filled = answer.filled
        self.vocabularies = vocabularies
        self.today = today
        self.made = Correction()
        self.when = dict(data.get("calendrier") or {})

    def correction(self) -> Correction:
        news = {"le": self.answer.day, "etat": self.answer.state, "source": self.answer.source}
        if any(all(one.get(key) == news[key] for key in news) for one in self.data.get("nouvelles", [])):
            self.made.notes.append(Note("reponse-deja-reprise", {"fiche": self.answer.fiche}))
            self.made.texts += [f"{label} : {text}" for label, text in self.filled.items()]
            return self.made
        if not self._end():
            self.made.texts += [f"{label} : {text}" for label, text in self.filled.items()]
            return self.made
        if self.answer.state == ENDED:
            self.made.texts += [
                f"{label} : {self.filled[label]}" for label in (DATES, COST, OTHER) if label in self.filled
            ]
        else:
            self._dates()
            self._cost()
        self._contacts()
        texts = {"texte": self._told(), "a_eviter": self.filled.get(AVOID, "")}
        if self.answer.state == CHANGED and not self.filled:
            self._note("reponse-sans-precision")
        news |= {name: made for name, text in texts.items() if (made := self._sentence(name, text))}
        self.made.changed["nouvelles"] = [*self.data.get("nouvelles", []), news]
        return self.made

    def _note(self, code: str, **details: object) -> None:
        self.made.notes.append(Note(code, {"fiche": self.answer.fiche, **details}))

    # The news.

    def _told(self) -> str:
        """Returns what has changed, or why it ended; words that became a date or an amount stay as they were said."""
        if self.answer.state == ENDED:
            since = self.filled.get(SINCE, "")
            is_in_calendar = "calendrier" in self.made.changed
            parts = [f"{SINCE} : {since}" if since and not is_in_calendar else "", self.filled.get(WHY, "")]
        else:
            said = {"Dates": self.filled.get(DATES, ""), "Coût": self.filled.get(COST, "")}
            parts = [self.filled.get(OTHER, ""), *(f"{name} : {text}" for name, text in said.items() if text)]
        return " ".join(_closed(part) for part in parts if part)

    def _sentence(self, name: str, text: str) -> str:
        text = " ".join(text.split())
        if len(text) <= MAX_SENTENCE:
            return text
        self._note("reponse-texte-long", champ=Nouvelle.model_fields[name].title, maximum=MAX_SENTENCE)
        self.made.texts.append(text)
        return ""

    # Dates.

    def _end(self) -> bool:
        """Sets the end of a practice; returns False if the date that was given cannot be right."""
        said = self.filled.get(SINCE, "")
        if not said:
            return True
        dates = dates_in(said)
        if not dates:
            self._note("reponse-date-incomprise", texte=said)
            return True
        end, begin = dates[-1], self.when.get("debut", "")
        if end > self.today[: len(end)]:
            self._note("reponse-fin-a-venir", date=end)
            return False
        if _is_before(end, begin):
            self._note("reponse-fin-avant-le-debut", fin=end, debut=begin)
            return True
        self.when["fin"] = end
        self._change("calendrier", self.when, end, said)
        return True

    def _dates(self) -> None:
        said = self.filled.get(DATES, "")
        period = period_in(said)
        if not said:
            return
        when = {**self.when, **{name: iso for name, iso in period._asdict().items() if iso}}
        if not any(period):
            self._note("reponse-date-incomprise", texte=said)
        elif _is_before(when.get("fin", ""), when.get("debut", "")):
            self._note("reponse-fin-avant-le-debut", fin=when["fin"], debut=when["debut"])
        else:
            self._change("calendrier", when, " – ".join(filter(None, period)), said)

    # Costs.

    def _cost(self) -> None:
        said = self.filled.get(COST, "")
        if not said:
            return
        amounts = amounts_in(said)
        if len(amounts) not in {1, 2} or (not self.data.get("couts") and UNKNOWN_COST not in self._levels):
            self._note("reponse-cout-incompris", texte=said)
            return
        costs = {"niveau": UNKNOWN_COST, **(self.data.get("couts") or {})}
        costs.pop("montant_max", None)
        costs |= dict(zip(("montant", "montant_max"), sorted(amounts), strict=False))
        self._change("couts", costs, " à ".join(map(str, sorted(amounts))), said)

    @property
    def _levels(self) -> set[str]:
        return {level.id for level in self.vocabularies.niveaux_de_cout}

    # Contacts.

    def _contacts(self) -> None:
        contacts = [dict(contact) for contact in self.data.get("contacts", [])]
        said = self.filled.get(CONTACT, "")
        found = contact_in(said) if said else {}
        if said and not found:
            self._note("reponse-contact-incompris", texte=said)
            self.made.texts.append(f"{CONTACT} : {said}")
        place = self.answer.contact
        if place is None and said:
            place = 0 if len(contacts) == 1 else None
        if found:
            self._replace_contact(contacts, place, found, said)
        elif self.answer.state == RUNNING and self.answer.speaks_for_all:
            for contact in contacts:
                contact["confirme_le"] = max(self.answer.day, contact.get("confirme_le", ""))
        elif place is not None and not said and (self.answer.certain or self.answer.state == ENDED):
            contacts[place]["confirme_le"] = max(self.answer.day, contacts[place].get("confirme_le", ""))
        if contacts != self.data.get("contacts", []):
            self.made.changed["contacts"] = contacts

    def _replace_contact(
        self, contacts: list[dict[str, Any]], place: int | None, found: dict[str, str], said: str
    ) -> None:
        """Puts the new contact in the place of the one who answered; if it is unknown who that is, after all others."""
        former = contacts[place] if place is not None else {"organisation": self.answer.source}
        stays = ("organisation", "adresse", "horaires") if "nom" in found or "organisation" in found else tuple(former)
        made = {name: former[name] for name in stays if name in former} | found | {"confirme_le": self.answer.day}
        ordered = {name: made[name] for name in FicheContact.model_fields if name in made}
        if place is None:
            contacts.append(ordered)
        else:
            contacts[place] = ordered
        self.made.guesses.append(Guess("contacts", ", ".join(found.values()), " ".join(said.split())))

    def _change(self, name: str, value: dict[str, Any], term: str, words: str) -> None:
        self.made.changed[name] = {key: value[key] for key in _ORDER[name] if key in value}
        self.made.guesses.append(Guess(name, term, " ".join(words.split())))


_ORDER = {"calendrier": tuple(Calendrier.model_fields), "couts": tuple(Couts.model_fields)}
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_ORGANISATION = re.compile(
    r"\b(?:service|commune|ville|administration|asbl|office|bureau|maison|agence|departement|commission|croix rouge|"
    r"secretariat|college|syndicat)\b"
)
_MANY = 6


def contact_in(text: str) -> dict[str, str]:
    """Returns the fields of the one contact that a text names; empty if it is not one that somebody can reach or ask.

    >>> contact_in("Anna Muller, Service intégration, tél. 31 02 62 271")
    {'organisation': 'Service intégration', 'nom': 'Anna Muller', 'telephone': '31 02 62 271'}
    >>> contact_in("je ne sais pas encore qui")
    {}
    """
    made: dict[str, str] = {}
    names: list[str] = []
    for part in re.split(r"[,;\n<>|]|\s[-–/]\s", _EMAIL.sub(r", \g<0>, ", re.sub(r"(?<=\d)\n(?=\d)", " ", text))):
        for card in contact_cards([part]):
            name = card.pop("nom", "")
            names += [name] if name else []
            if any(made.get(way, value) != value for way, value in card.items() if way != "fonction"):
                return {}
            made |= card
    organisations = [name for name in names if _ORGANISATION.search(fold(name))]
    persons = [name for name in names if name not in organisations]
    if persons and not _is_name(persons[0]):
        return {}
    made |= {"organisation": organisations[0]} if organisations else {}
    made |= dict(zip(("nom", "fonction"), persons, strict=False))
    return {name: made[name] for name in FicheContact.model_fields if name in made}


def _is_name(text: str) -> bool:
    """Whether some words can be the name of a person: few, and with capitals."""
    words = text.split()
    return len(words) < _MANY and sum(word[:1].isupper() for word in words) > len(words) / 2


def _is_before(end: str, begin: str) -> bool:
    precision = min(len(end), len(begin))
    return bool(precision) and end[:precision] < begin[:precision]


def _closed(text: str) -> str:
    text = " ".join(text.split())
    return text if text.endswith((".", "!", "?", "…", ":")) else f"{text}."
