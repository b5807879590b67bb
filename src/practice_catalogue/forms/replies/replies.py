"""Reads replies by mail: corrections of fiches, and for all else a note with the whole text for a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from practice_catalogue.forms.fiche_file import confirmed_text, edited_text, fiche_text, plain_data
from practice_catalogue.forms.importing.documents import Note
from practice_catalogue.forms.importing.drafting import Draft
from practice_catalogue.forms.importing.importer import DraftProposal, Imported, guess_in_words
from practice_catalogue.forms.importing.limits import RefusedError
from practice_catalogue.forms.replies.corrections import Answer, Correction, correct
from practice_catalogue.forms.replies.letter import MAX_BYTES, Letter, is_mail, parse_letter
from practice_catalogue.forms.replies.reading import NO_FICHE, OwnText, Reading, Statement, read_reply
from practice_catalogue.forms.replies.senders import Sender, sender_of
from practice_catalogue.forms.replies.understanding import understand
from practice_catalogue.model import formatting
from practice_catalogue.model.derived.practice_state import CHANGED, ENDED, RUNNING, practice_state
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.settings import Settings
from practice_catalogue.model.vocabulary import Vocabularies, fold
from practice_catalogue.validation import reply_form, validator, yaml_reader
from practice_catalogue.validation.reply_form import ANSWER, ANSWERS, CHANGES, ENDING

MOST_FICHES = 20
"""Maximum number of fiches of one mailbox whose introduction is recognized word by word."""

_NOTHING = frozenset(
    {"", "idem", "neant", "aucun", "aucune", "aucun changement", "inchange", "na", "n a", "ras", "rien"}
)
"""What people write on a line that does not concern them, after `fold`."""


@dataclass(frozen=True)
class KnownFiche:
    """A fiche of the catalogue with the text of its file."""

    fiche: Fiche
    text: str


@dataclass
class _Reply:
    """What came out of one mail; `refused` if it changes nothing and has not been taken over before."""

    source: str
    answers: list[Answer] = field(default_factory=list)
    proposals: list[DraftProposal] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    refused: bool = True

    def imported(self) -> Imported:
        proposals, notes, texts = tuple(self.proposals), tuple(self.notes), tuple(self.texts)
        return Imported(self.source, proposals, notes, refused=self.refused, texts=texts)


class Replies:
    """Reads the mails among some files, with all fiches of the catalogue by id."""

    def __init__(
        self, fiches: Mapping[str, KnownFiche], vocabularies: Vocabularies, settings: Settings, today: str
    ) -> None:
        self.fiches = fiches
        self.vocabularies = vocabularies
        self.settings = settings
        self.today = today
        self.ids = {old: one.fiche.id for one in fiches.values() for old in one.fiche.anciens_ids} | {
            fiche_id: fiche_id for fiche_id in fiches
        }
        self.own = OwnText(self._own_texts())

    def read(self, mails: Mapping[Path, bytes]) -> dict[Path, Imported]:
        """Reads mails, path → content. What several of them say about a fiche stands in one draft, with the last."""
        read: dict[Path, _Reply] = {}
        seen: dict[Letter, Path] = {}
        for path, raw in mails.items():
            try:
                letter = parse_letter(raw)
            except RefusedError as error:
                read[path] = _Reply(path.name, notes=[Note(error.code, error.details)])
                continue
            first = seen.setdefault(letter, path)
            if first != path:
                read[path] = _Reply(path.name, notes=[Note("reponse-en-double", {"autre": first.name})], refused=False)
            else:
                read[path] = _LetterReader(self, letter, path.name).reply()
        self._propose(list(read.values()))
        return {path: reply.imported() for path, reply in read.items()}

    def _own_texts(self) -> Iterator[str]:
        fiches = [one.fiche for one in self.fiches.values()]
        yield reply_form.mail_text(fiches, self.vocabularies, self.settings, self.today)
        for number in range(1, min(len(fiches), MOST_FICHES) + 1):
            yield "\n".join(reply_form.introduction(fiches[:number], self.settings))

    # Corrections of a fiche, with the answers of all mails.

    def _propose(self, replies: Sequence[_Reply]) -> None:
        by_fiche: dict[str, list[tuple[Answer, _Reply]]] = {}
        for reply in replies:
            for answer in reply.answers:
                by_fiche.setdefault(answer.fiche, []).append((answer, reply))
        for fiche_id, answered in by_fiche.items():
            self._propose_one(self.fiches[fiche_id], sorted(answered, key=lambda one: one[0].day))

    def _propose_one(self, known: KnownFiche, answered: list[tuple[Answer, _Reply]]) -> None:
        data, whole = plain_data(known.fiche), Correction()
        used: list[tuple[Answer, _Reply]] = []
        for answer, reply in answered:
            made = correct(data, answer, self.vocabularies, self.today)
            reply.notes += made.notes
            reply.texts += made.texts
            reply.refused &= not made.changed and not any(note.code == "reponse-deja-reprise" for note in made.notes)
            whole.changed |= made.changed
            whole.guesses += made.guesses
            data |= made.changed
            used += [(answer, reply)] if made.changed else []
        if not used:
            return
        *others, (_, last) = used
        for _, other in others:
            other.notes += [Note("reponses-reunies", {"fiche": known.fiche.id, "autre": last.source})] * (other != last)
        if len({answer.state == ENDED for answer, _ in used}) > 1:
            last.notes.append(Note("reponses-contraires", {"fiche": known.fiche.id}))
        draft = Draft(data={name: whole.changed[name] for name in Fiche.model_fields if name in whole.changed})
        draft.guesses += whole.guesses
        last.proposals.append(
            DraftProposal(known.fiche.id, draft, self._text(known, draft, data, [a for a, _ in used]))
        )

    def _text(self, known: KnownFiche, draft: Draft, data: dict[str, Any], answers: list[Answer]) -> str:
        """Returns the file of the fiche with the changed fields; if the file is unusual, it is written anew."""
        heading = [
            f"Correction d'après la réponse de « {answer.source} » du {formatting.day(answer.day)} : à relire."
            for answer in answers
        ]
        above: dict[str, list[str]] = {}
        for guess in draft.guesses:
            above.setdefault(guess.field, []).append(f"À vérifier : {guess_in_words(guess, self.vocabularies)}")
        confirmed = _confirmed(plain_data(known.fiche), data)
        fields = {name: value for name, value in draft.data.items() if not (confirmed and name == "contacts")}
        text = edited_text(confirmed_text(known.text, confirmed), fields, heading=heading, above=above)
        if self._is_read_as(text, known.fiche.id, data):
            return text
        return fiche_text(data, heading=heading, above=above)

    def _is_read_as(self, text: str, fiche_id: str, data: dict[str, Any]) -> bool:
        source, _ = yaml_reader.read_yaml(fiche_id, text.encode())
        checked = validator.check(source, fiche_id, self.vocabularies).draft if source else None
        return checked is not None and plain_data(checked) == data


class _LetterReader:
    """Reads one mail."""

    def __init__(self, replies: Replies, letter: Letter, source: str) -> None:
        self.all = replies
        self.letter = letter
        self.made = _Reply(source)

    def reply(self) -> _Reply:
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
        unused = Statement(
            NO_FICHE, filled={label: text for label, text in statement.filled.items() if label not in filled}
        )
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
            self._note(
                "reponse-d-un-collegue", adresse=letter.sender, fiche=fiche.id, qui=contact.nom or contact.organisation
            )
        elif sender.relation == "untold":
            self._note("reponse-inverifiable", adresse=letter.sender or "?", fiche=fiche.id)
        self.made.texts += _words([unused])
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
        for writer in reading.writers:
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
        said = (
            " / ".join(statement.answers) or " / ".join(_words([Statement(NO_FICHE, filled=statement.filled)])) or free
        )
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


def _confirmed(before: dict[str, Any], after: dict[str, Any]) -> dict[int, str]:
    """Returns position → day of the contacts that were confirmed, if nothing else about the contacts has changed."""
    pairs = list(zip(before["contacts"], after["contacts"], strict=False))
    same = len(before["contacts"]) == len(after["contacts"]) and all(
        {**old, "confirme_le": ""} == {**new, "confirme_le": ""} for old, new in pairs
    )
    return {place: new["confirme_le"] for place, (old, new) in enumerate(pairs) if same and old != new}


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


def mails_among(paths: Iterable[Path]) -> dict[Path, bytes]:
    """Returns the content of the files that are mails; raises OSError for none of them, since others tell why."""
    found: dict[Path, bytes] = {}
    for path in paths:
        try:
            with path.open("rb") as file:
                raw = file.read(MAX_BYTES + 1)
        except OSError:
            continue
        if is_mail(raw) or (path.suffix.lower() == ".eml" and raw.strip()):
            found[path] = raw
    return found
