"""Reads replies by mail: corrections of fiches, and for all else a note with the whole text for a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from practice_catalogue.forms.importing.documents import Note
from practice_catalogue.forms.importing.importer import Imported
from practice_catalogue.forms.importing.limits import RefusedError
from practice_catalogue.forms.replies.drafts import KnownFiche, ReadReply, propose
from practice_catalogue.forms.replies.letter import MAX_BYTES, Letter, is_mail, parse_letter
from practice_catalogue.forms.replies.letter_reader import Knowledge, LetterReader
from practice_catalogue.forms.replies.reading import OwnText
from practice_catalogue.model.settings import Settings
from practice_catalogue.model.vocabulary import Vocabularies
from practice_catalogue.validation import reply_form

MOST_FICHES = 20
"""Maximum number of fiches of one mailbox whose introduction is recognized word by word."""


class Replies:
    """Reads the mails among some files, with all fiches of the catalogue by id."""

    def __init__(
        self, fiches: Mapping[str, KnownFiche], vocabularies: Vocabularies, settings: Settings, today: str
    ) -> None:
        self.fiches = fiches
        self.vocabularies = vocabularies
        self.settings = settings
        self.today = today
        former = {old: one.fiche.id for one in fiches.values() for old in one.fiche.anciens_ids}
        ids = former | {fiche_id: fiche_id for fiche_id in fiches}
        self.known = Knowledge(fiches, vocabularies, ids, OwnText(self._own_texts()), today)

    def read(self, mails: Mapping[Path, bytes]) -> dict[Path, Imported]:
        """Reads mails, path → content. What several of them say about a fiche stands in one draft, with the last."""
        read: dict[Path, ReadReply] = {}
        seen: dict[Letter, Path] = {}
        for path, raw in mails.items():
            try:
                letter = parse_letter(raw)
            except RefusedError as error:
                read[path] = ReadReply(path.name, notes=[Note(error.code, error.details)])
                continue
            first = seen.setdefault(letter, path)
            if first != path:
                read[path] = ReadReply(
                    path.name, notes=[Note("reponse-en-double", {"autre": first.name})], refused=False
                )
            else:
                read[path] = LetterReader(self.known, letter, path.name).reply()
        propose(list(read.values()), self.fiches, self.vocabularies, self.today)
        return {path: reply.imported() for path, reply in read.items()}

    def _own_texts(self) -> Iterator[str]:
        fiches = [one.fiche for one in self.fiches.values()]
        yield reply_form.mail_text(fiches, self.vocabularies, self.settings, self.today)
        for number in range(1, min(len(fiches), MOST_FICHES) + 1):
            yield "\n".join(reply_form.introduction(fiches[:number], self.settings))


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
