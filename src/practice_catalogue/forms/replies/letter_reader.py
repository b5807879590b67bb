"""Reads one mail: which fiches it speaks of, who answers, and what; all else becomes a note with the whole text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from practice_catalogue.forms.importing.documents import Note
from practice_catalogue.forms.replies.corrections import Answer
from practice_catalogue.forms.replies.drafts import KnownFiche, ReadReply
from practice_catalogue.forms.replies.letter import Letter
from practice_catalogue.forms.replies.reading import NO_FICHE, OwnText, Reading, Statement, read_reply
from practice_catalogue.forms.replies.senders import Sender, sender_of
from practice_catalogue.forms.replies.understanding import understand
from practice_catalogue.model.derived.practice_state import CHANGED, ENDED, RUNNING, practice_state
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.vocabulary import Vocabularies, fold
from practice_catalogue.validation.reply_form import ANSWER, ANSWERS, CHANGES, ENDING

_NOTHING = frozenset(
    {"", "idem", "neant", "aucun", "aucune", "aucun changement", "inchange", "na", "n a", "ras", "rien"}
)
"""What people write on a line that does not concern them, after `fold`."""


@dataclass(frozen=True)
class Knowledge:
    """What is needed to read a mail: the fiches by id, their present ids by any id, the text of our mails, the day."""

    fiches: Mapping[str, KnownFiche]
    vocabularies: Vocabularies
    ids: Mapping[str, str]
    own: OwnText
    today: str


class LetterReader:
    """Reads one mail."""

    def __init__(self, known: Knowledge, letter: Letter, source: str) -> None:
        self.all = known
        self.letter = letter
        self.made = ReadReply(source)

    def reply(self) -> ReadReply:
        reading = self._read(self.letter)
        if self.letter.attachments:
            self._note("reponse-pieces-jointes", noms=", ".join(self.letter.attachments))
        if self.letter.kind != "reply":
            self._automatic(reading)
            return self.made
        if not any(reading.statements.values()) and self.letter.inner:
            self._forwarded(reading)
            return self.made
        self._statements(reading, self.letter)
        return self.made

    def _read(self, letter: Letter) -> Reading:
        return read_reply(letter.lines, self.all.own, self.all.ids)

    def _note(self, code: str, **details: object) -> None:
        self.made.notes.append(Note(code, details))

    def _automatic(self, reading: Reading) -> None:
        self.made.texts += [*reading.rest, *_words(reading.statements.values())]
        if self.letter.kind == "absence":
            self._note("reponse-absence", qui=self.letter.sender or "?")
            return
        fiches = [
            one.fiche.id
            for one in self.all.fiches.values()
            if any((contact.courriel or "").lower() in self.letter.failed for contact in one.fiche.contacts)
        ]
        addresses = ", ".join(self.letter.failed) or "?"
        self._note("reponse-non-distribuee", adresses=addresses, fiches=", ".join(fiches) or "aucune")

    def _forwarded(self, reading: Reading) -> None:
        """Reads the mails that are attached to this one; a mail that only passes them on says nothing of its own."""
        self.made.texts += reading.rest
        for inner in self.letter.inner:
            self._note("reponse-transferee", par=self.letter.sender or "?", adresse=inner.sender or "?")
            if inner.attachments:
                self._note("reponse-pieces-jointes", noms=", ".join(inner.attachments))
            self._statements(self._read(inner), inner)

    def _statements(self, reading: Reading, letter: Letter) -> None:
        statements = self._by_fiche(reading, letter)
        if not any(statements) and not reading.rest and not self.made.texts:
            self._note("reponse-vide")
            return
        day = self._day(letter)
        without_fiche = bool(reading.rest or reading.statements.get(NO_FICHE))
        if not any(statements) and without_fiche and len(statements) != 1:
            self._note("reponse-sans-fiche", adresse=letter.sender or "?")
            statements = []
        if sum(map(bool, statements)) > 1:
            self._note("reponse-plusieurs-fiches", nombre=sum(map(bool, statements)))
        for statement in statements:
            words = _words([statement])
            if not day or not self._take(statement, reading, letter, day, alone=len(statements) == 1):
                self.made.texts += words
        self.made.texts += reading.rest

    def _by_fiche(self, reading: Reading, letter: Letter) -> list[Statement]:
        """Returns the statements about known fiches, under their present ids; notes those about unknown ones."""
        found: dict[str, Statement] = {}
        loose = reading.statements.get(NO_FICHE, Statement(NO_FICHE))
        for written, statement in reading.statements.items():
            if written == NO_FICHE:
                continue
            fiche = self.all.ids.get(written, "")
            if not fiche:
                self._note("reponse-fiche-inconnue", id=written)
                self.made.texts += _words([statement])
            elif fiche in found:
                _merge(found[fiche], statement)
            else:
                found[fiche] = replace(statement, fiche=fiche)
        if len(found) == 1:
            _merge(next(iter(found.values())), loose)
        elif found or reading.unknown:
            self.made.texts += _words([loose])
        elif (loose or reading.rest) and (guessed := self._guessed_fiche(letter)):
            found[guessed] = replace(loose, fiche=guessed)
        else:
            self.made.texts += _words([loose])
        return list(found.values())

    def _guessed_fiche(self, letter: Letter) -> str:
        """Returns the fiche that the subject names, or the only one of the sender."""
        subject = fold(letter.subject)
        named = [fiche for fiche in self.all.ids if f"[{fiche}]" in letter.subject]
        named = named or [one.fiche.id for one in self.all.fiches.values() if fold(one.fiche.titre) in subject]
        if len(named) == 1:
            return self.all.ids[named[0]]
        own = [
            one.fiche.id
            for one in self.all.fiches.values()
            if sender_of(letter.sender, one.fiche).relation == "contact"
        ]
        if len(own) != 1:
            return ""
        self._note("reponse-fiche-devinee", fiche=own[0], adresse=letter.sender)
        return own[0]

    def _day(self, letter: Letter) -> str:
        """Returns the day of a mail; an empty text if it lies in the future, today if it has none."""
        if not letter.day:
            self._note("reponse-sans-date")
        elif letter.day > self.all.today:
            self._note("reponse-date-future", date=letter.day)
            return ""
        return letter.day or self.all.today

    # One fiche.

    def _take(self, statement: Statement, reading: Reading, letter: Letter, day: str, *, alone: bool) -> bool:
        """Adds the answer about a fiche; returns False if there is none that can be used, after a note why."""
        fiche = self.all.fiches[statement.fiche].fiche
        filled = {label: text for label, text in statement.filled.items() if fold(text) not in _NOTHING}
        unused = {label: text for label, text in statement.filled.items() if label not in filled}
        sender = self._sender(fiche, letter, reading)
        if sender.relation == "stranger":
            self._note("reponse-d-un-inconnu", adresse=letter.sender or "?", fiche=fiche.id)
            return False
        free = "\n".join(reading.rest) if alone else ""
        state, certain = self._state(replace(statement, filled=filled), free)
        if not state:
            return False
        if state == RUNNING and practice_state(fiche, self.all.vocabularies, day).etat == ENDED:
            self._note("reponse-sur-une-fin", fiche=fiche.id)
            return False
        if sender.relation == "colleague":
            contact = fiche.contacts[sender.contact or 0]
            who = contact.nom or contact.organisation
            self._note("reponse-d-un-collegue", adresse=letter.sender, fiche=fiche.id, qui=who)
        elif sender.relation == "untold":
            self._note("reponse-inverifiable", adresse=letter.sender or "?", fiche=fiche.id)
        self.made.texts += _words([Statement(NO_FICHE, filled=unused)])
        self.made.answers.append(
            Answer(
                fiche=fiche.id,
                state=state,
                filled=filled,
                day=day,
                source=fiche.contacts[sender.contact or 0].organisation,
                contact=sender.contact,
                certain=certain,
                speaks_for_all=sender.relation in {"contact", "colleague"},
            )
        )
        return True

    def _sender(self, fiche: Fiche, letter: Letter, reading: Reading) -> Sender:
        """Returns who answers: the sender, or the contact whose reply is quoted in a mail that passes it on."""
        sender = sender_of(letter.sender, fiche)
        if sender.relation != "stranger":
            return sender
        is_passed_on = re.match(r"(?:tr|fwd?|wg|doorst)\s*:", letter.subject, re.IGNORECASE)
        for writer in reading.writers if is_passed_on else ():
            quoted = sender_of(writer, fiche)
            if quoted.relation == "contact":
                self._note("reponse-transferee", par=letter.sender or "?", adresse=writer)
                return quoted
        return sender

    def _state(self, statement: Statement, free: str) -> tuple[str, bool]:
        """Returns the answer about a fiche, empty after a note if none is clear, and whether it is certain."""
        understood = [understand(text) for text in statement.answers]
        states = {one.answer for one in understood if one.answer}
        if not statement.answers:
            states = self._states_of_lines(statement) or {understand(free).answer} - {""}
        if len(states) > 1 or (states and self._speaks_against(statement, *states)):
            self._note("reponse-contradictoire", fiche=statement.fiche)
            return "", False
        lines = _words([Statement(NO_FICHE, filled=statement.filled)])
        said = " / ".join(statement.answers or lines) or free
        if not states:
            self._note("reponse-incomprise" if said.strip() else "reponse-sans-choix", fiche=statement.fiche)
            return "", False
        state = states.pop()
        certain = bool(understood) and all(one.certain for one in understood)
        if not certain:
            self._note("reponse-devinee", fiche=statement.fiche, reponse=ANSWERS[state], mots=said)
            self.made.texts += _words([Statement(statement.fiche, statement.answers)])
        return state, certain

    def _speaks_against(self, statement: Statement, state: str) -> bool:
        """Whether lines are filled in that do not go with an answer."""
        if state == RUNNING:
            return bool(statement.filled)
        return state == CHANGED and _any_of(statement, ENDING)

    def _states_of_lines(self, statement: Statement) -> set[str]:
        """Returns the answers that the lines filled in stand for."""
        found = {CHANGED} if _any_of(statement, CHANGES) else set()
        return found | ({ENDED} if _any_of(statement, ENDING) else set())


def _any_of(statement: Statement, labels: Iterable[str]) -> bool:
    return any(label in statement.filled for label in labels)


def _merge(first: Statement, second: Statement) -> None:
    first.answers += second.answers
    for label, text in second.filled.items():
        first.filled[label] = f"{first.filled[label]}\n{text}" if label in first.filled else text


def _words(statements: Iterable[Statement]) -> list[str]:
    """Returns everything that was written in some statements."""
    return [
        text
        for statement in statements
        for text in (
            *(f"{f'[{statement.fiche}] ' * bool(statement.fiche)}{ANSWER} : {answer}" for answer in statement.answers),
            *(f"{label} : {line}" for label, lines in statement.filled.items() for line in lines.split("\n")),
        )
    ]
