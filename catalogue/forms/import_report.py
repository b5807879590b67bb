"""What came of files that were handed in → text for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from catalogue import wording
from catalogue.fiche import Fiche
from catalogue.fields import fields_of
from catalogue.forms.documents import Note
from catalogue.forms.importing import Imported, Proposal, said
from catalogue.problems import Problem
from catalogue.reports import counted
from catalogue.vocabulary import Vocabularies

SHOWN = 60
"""How many characters of a text without a place the report repeats; the draft has all of it."""


@dataclass(frozen=True)
class Written:
    """A file that was read, and where its drafts went: a path a proposal, in the same order."""

    imported: Imported
    paths: tuple[str, ...]


def written(imported: Imported, paths: Sequence[Path]) -> Written:
    """What was read and where it went, with a note for each draft whose own name was taken."""
    taken = [
        Note("brouillon-a-cote", {"chemin": path.with_name(f"{proposal.id}.yml")})
        for proposal, path in zip(imported.proposals, paths, strict=True)
        if path.stem != proposal.id
    ]
    return Written(replace(imported, notes=(*imported.notes, *taken)), tuple(map(str, paths)))


def as_text(done: Sequence[Written], vocabularies: Vocabularies) -> str:
    """A paragraph a draft, what is to be told of each file, and a summary."""
    lines: list[str] = []
    for one in done:
        for note in one.imported.notes:
            lines += [f"{one.imported.source} : {_message(note)}", *_advice(note)]
        for proposal, path in zip(one.imported.proposals, one.paths, strict=True):
            lines += ["", f"{one.imported.source} → {path}", *_about(proposal, vocabularies)]
    return "\n".join([*lines, "", summary(done)]).lstrip("\n")


def _about(proposal: Proposal, vocabularies: Vocabularies) -> Iterable[str]:
    draft = proposal.draft
    yield f"    rempli : {', '.join(map(_title, draft.filled))}"
    yield f"    à compléter : {', '.join(draft.missing) or 'rien'}"
    for guess in draft.guesses:
        yield f"    à vérifier : {said(guess, vocabularies)}"
    for name in draft.kept:
        yield f"    à relire : {_title(name)} (le texte du document est gardé en commentaire)"
    for text in draft.loose:
        yield f"    sans place, gardé en commentaire : {_short(text)}"


def as_json(done: Sequence[Written], vocabularies: Vocabularies) -> str:
    """`{"drafts": [{source, file, filled, missing, guessed: [{field, term, words, said}], kept, unplaced}, …],
    "notes": [{source, code, message, hint, refused}, …], "summary": {files, drafts, refused}}`.
    """  # noqa: D205  # one value, shown as it is
    drafts = [
        {
            "source": one.imported.source,
            "file": path,
            "filled": proposal.draft.filled,
            "missing": proposal.draft.missing,
            "guessed": [{**guess._asdict(), "said": said(guess, vocabularies)} for guess in proposal.draft.guesses],
            "kept": proposal.draft.kept,
            "unplaced": proposal.draft.loose,
        }
        for one in done
        for proposal, path in zip(one.imported.proposals, one.paths, strict=True)
    ]
    notes = [
        {
            "source": one.imported.source,
            "code": note.code,
            "message": _message(note),
            "hint": wording.hint(_problem(note)),
            "refused": one.imported.refused,
        }
        for one in done
        for note in one.imported.notes
    ]
    totals = {"files": len(done), "drafts": len(drafts), "refused": _refused(done)}
    return json.dumps({"drafts": drafts, "notes": notes, "summary": totals}, ensure_ascii=False, indent=2)


def summary(done: Sequence[Written]) -> str:
    """How much was read and written."""
    drafts = sum(len(one.paths) for one in done)
    told = f"{counted(len(done), 'fichier')}, {counted(drafts, 'brouillon')}"
    if refused := _refused(done):
        told += f", {counted(refused, 'fichier')} non repris"
    return (
        f"{told}. {_NEXT.format(paths=' '.join(path for one in done for path in one.paths))}" if drafts else f"{told}."
    )


_NEXT = "Pour savoir ce qui reste à corriger : python build_catalogue.py check {paths}"

FORMATS = {"text": as_text, "json": as_json}


def _refused(done: Sequence[Written]) -> int:
    return sum(one.imported.refused for one in done)


def _problem(note: Note) -> Problem:
    return Problem("", 0, 0, note.code, details=note.details)


def _message(note: Note) -> str:
    return wording.message(_problem(note))


def _advice(note: Note) -> list[str]:
    advice = wording.hint(_problem(note))
    return [f"    conseil : {advice}"] if advice else []


def _title(name: str) -> str:
    known = fields_of(Fiche).get(name)
    return (known.title if known else None) or name


def _short(text: str) -> str:
    text = " ".join(text.split())
    return f"« {text if len(text) <= SHOWN else text[: SHOWN - 1] + '…'} »"
