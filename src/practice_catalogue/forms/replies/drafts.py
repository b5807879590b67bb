"""Turns the answers of all replies into drafts, one a fiche: its file with the changed fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from practice_catalogue.forms.fiche_file import confirmed_text, edited_text, fiche_text, plain_data
from practice_catalogue.forms.importing.documents import Note
from practice_catalogue.forms.importing.drafting import Draft
from practice_catalogue.forms.importing.importer import DraftProposal, Imported, guess_in_words
from practice_catalogue.forms.replies.corrections import Answer, Correction, correct
from practice_catalogue.model import formatting
from practice_catalogue.model.derived.practice_state import ENDED
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.vocabulary import Vocabularies
from practice_catalogue.validation import validator, yaml_reader


@dataclass(frozen=True)
class KnownFiche:
    """A fiche of the catalogue with the text of its file."""

    fiche: Fiche
    text: str


@dataclass
class ReadReply:
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


def propose(
    replies: Sequence[ReadReply], fiches: Mapping[str, KnownFiche], vocabularies: Vocabularies, today: str
) -> None:
    """Adds the drafts to the replies: one a fiche, with the last reply about it, and notes about the others."""
    by_fiche: dict[str, list[tuple[Answer, ReadReply]]] = {}
    for reply in replies:
        for answer in reply.answers:
            by_fiche.setdefault(answer.fiche, []).append((answer, reply))
    for fiche_id, answered in by_fiche.items():
        _propose_one(fiches[fiche_id], sorted(answered, key=lambda one: one[0].day), vocabularies, today)


def _propose_one(
    known: KnownFiche, answered: list[tuple[Answer, ReadReply]], vocabularies: Vocabularies, today: str
) -> None:
    data, whole = plain_data(known.fiche), Correction()
    used: list[tuple[Answer, ReadReply]] = []
    for answer, reply in answered:
        made = correct(data, answer, vocabularies, today)
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
    text = _text(known, draft, data, [answer for answer, _ in used], vocabularies)
    last.proposals.append(DraftProposal(known.fiche.id, draft, text))


def _text(
    known: KnownFiche, draft: Draft, data: dict[str, Any], answers: list[Answer], vocabularies: Vocabularies
) -> str:
    """Returns the file of the fiche with the changed fields; if the file is unusual, it is written anew."""
    heading = [
        f"Correction d'après la réponse de « {answer.source} » du {formatting.day(answer.day)} : à relire."
        for answer in answers
    ]
    above: dict[str, list[str]] = {}
    for guess in draft.guesses:
        above.setdefault(guess.field, []).append(f"À vérifier : {guess_in_words(guess, vocabularies)}")
    confirmed = _confirmed(plain_data(known.fiche), data)
    fields = {name: value for name, value in draft.data.items() if not (confirmed and name == "contacts")}
    text = edited_text(confirmed_text(known.text, confirmed), fields, heading=heading, above=above)
    if _is_read_as(text, known.fiche.id, data, vocabularies):
        return text
    return fiche_text(data, heading=heading, above=above)


def _is_read_as(text: str, fiche_id: str, data: dict[str, Any], vocabularies: Vocabularies) -> bool:
    source, _ = yaml_reader.read_yaml(fiche_id, text.encode())
    checked = validator.check(source, fiche_id, vocabularies).draft if source else None
    return checked is not None and plain_data(checked) == data


def _confirmed(before: dict[str, Any], after: dict[str, Any]) -> dict[int, str]:
    """Returns position → day of the contacts that were confirmed, if nothing else about the contacts has changed."""
    pairs = list(zip(before["contacts"], after["contacts"], strict=False))
    same = len(before["contacts"]) == len(after["contacts"]) and all(
        {**old, "confirme_le": ""} == {**new, "confirme_le": ""} for old, new in pairs
    )
    return {place: new["confirme_le"] for place, (old, new) in enumerate(pairs) if same and old != new}
