"""Formats the results of an import as text or as JSON."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from practice_catalogue.forms.importing.documents import Note
from practice_catalogue.forms.importing.importer import DraftProposal, Imported, guess_in_words, is_missing
from practice_catalogue.model.diagnostics import Diagnostic, Report, Severity
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.introspection import fields_of
from practice_catalogue.model.vocabulary import Vocabularies
from practice_catalogue.validation import messages
from practice_catalogue.validation.messages import log_text
from practice_catalogue.validation.reports import counted, diagnostic_data

MAX_EXCERPT = 60
"""Maximum length in characters of an unassigned text in the report; the draft has the whole text."""


@dataclass(frozen=True)
class ImportedFile:
    """An imported file and the paths of its drafts, one per proposal in the same order."""

    imported: Imported
    paths: tuple[str, ...]


def with_paths(imported: Imported, paths: Sequence[Path], done: Sequence[ImportedFile] = ()) -> ImportedFile:
    """Combines an imported file with the paths of its drafts; adds a note for each draft whose name was taken.

    `done` are the files imported before in the same run, whose drafts may have taken it.
    """
    sources = {path: one.imported.source for one in done for path in one.paths}
    taken = []
    for proposal, path in zip(imported.proposals, paths, strict=True):
        wanted = path.with_name(f"{proposal.id}.yml")
        if path != wanted and str(wanted) in sources:
            taken.append(Note("brouillon-du-meme-nom", {"chemin": wanted, "source": sources[str(wanted)]}))
        elif path != wanted:
            taken.append(Note("brouillon-a-cote", {"chemin": wanted}))
        sources[str(path)] = imported.source
    return ImportedFile(replace(imported, notes=(*imported.notes, *taken)), tuple(map(str, paths)))


def as_text(done: Sequence[ImportedFile], vocabularies: Vocabularies, checked: Report) -> str:
    """Returns the notes of each file, one paragraph per draft, and a summary; `checked` is the report of `check`."""
    lines: list[str] = []
    for one in done:
        for note in one.imported.notes:
            lines += [f"{log_text(one.imported.source)} : {_message(note)}", *_advice(note)]
        for proposal, path in zip(one.imported.proposals, one.paths, strict=True):
            lines += ["", f"{log_text(one.imported.source)} → {log_text(path)}"]
            lines += map(_shown, _about(proposal, vocabularies, _report_on(path, checked)))
    return "\n".join([*lines, "", summary(done, checked)]).lstrip("\n")


def _shown(line: str) -> str:
    """Returns an indented line with the control characters of submitted text escaped."""
    return f"    {log_text(line.removeprefix('    '))}"


def _report_on(path: str, checked: Report) -> Report:
    return checked.about(frozenset({path}))


def _about(proposal: DraftProposal, vocabularies: Vocabularies, checked: Report) -> Iterable[str]:
    draft = proposal.draft
    yield f"    rempli : {', '.join(map(_title, draft.filled))}"
    yield f"    à compléter : {', '.join(_missing(checked)) or 'rien'}"
    wrong = [diagnostic for diagnostic in checked if not is_missing(diagnostic)]
    if not wrong:
        yield "    à corriger : rien"
    for diagnostic in wrong:
        yield f"    à corriger : ligne {diagnostic.line}, {_problem_text(diagnostic)}"
    for guess in draft.guesses:
        yield f"    à vérifier : {guess_in_words(guess, vocabularies)}"
    for name in draft.kept:
        yield f"    à relire : {_title(name)} (le texte du document est gardé en commentaire)"
    for text in draft.loose:
        yield f"    sans place, gardé en commentaire : {_short(text)}"


def _missing(checked: Report) -> list[str]:
    return [diagnostic.field for diagnostic in checked if is_missing(diagnostic)]


def _problem_text(diagnostic: Diagnostic) -> str:
    severity = "" if diagnostic.severity is Severity.ERROR else f"{diagnostic.severity} : "
    return " ".join(filter(None, (f"{severity}{messages.message(diagnostic)}", messages.hint(diagnostic))))


def as_json(done: Sequence[ImportedFile], vocabularies: Vocabularies, checked: Report) -> str:
    """Returns `{"drafts": […], "notes": […], "summary": {files, drafts, refused, errors, warnings}}`.

    A draft is `{source, file, filled, missing, guessed: [{field, term, words, said}], kept, unplaced, problems: [as in
    `check`]}`, a note `{source, code, message, hint, refused}`.
    """
    drafts = [
        {
            "source": one.imported.source,
            "file": path,
            "filled": proposal.draft.filled,
            "missing": _missing(_report_on(path, checked)),
            "guessed": [
                {**guess._asdict(), "said": guess_in_words(guess, vocabularies)} for guess in proposal.draft.guesses
            ],
            "kept": proposal.draft.kept,
            "unplaced": proposal.draft.loose,
            "problems": list(map(diagnostic_data, _report_on(path, checked))),
        }
        for one in done
        for proposal, path in zip(one.imported.proposals, one.paths, strict=True)
    ]
    notes = [
        {
            "source": one.imported.source,
            "code": note.code,
            "message": _message(note),
            "hint": messages.hint(_diagnostic(note)),
            "refused": one.imported.refused,
        }
        for one in done
        for note in one.imported.notes
    ]
    totals = {
        "files": len(done),
        "drafts": len(drafts),
        "refused": _refused(done),
        "errors": checked.errors,
        "warnings": checked.warnings,
    }
    return json.dumps({"drafts": drafts, "notes": notes, "summary": totals}, ensure_ascii=False, indent=2)


def summary(done: Sequence[ImportedFile], checked: Report) -> str:
    """Returns a sentence with the numbers of files, drafts and errors, and the next step."""
    drafts = sum(len(one.paths) for one in done)
    told = f"{counted(len(done), 'fichier')}, {counted(drafts, 'brouillon')}"
    if checked.errors:
        told += f", {counted(checked.errors, 'erreur')} à corriger"
    if refused := _refused(done):
        told += f", {counted(refused, 'fichier')} non repris"
    return f"{told}. {_NEXT.format(paths=_as_arguments(done))}" if drafts else f"{told}."


def _as_arguments(done: Sequence[ImportedFile]) -> str:
    return log_text(shlex.join(path for one in done for path in one.paths))


_NEXT = "Après vos corrections, lancez la commande : check {paths}"

FORMATS = {"text": as_text, "json": as_json}


def _refused(done: Sequence[ImportedFile]) -> int:
    return sum(one.imported.refused for one in done)


def _diagnostic(note: Note) -> Diagnostic:
    return Diagnostic("", 0, 0, note.code, details=note.details)


def _message(note: Note) -> str:
    return messages.message(_diagnostic(note))


def _advice(note: Note) -> list[str]:
    advice = messages.hint(_diagnostic(note))
    return [f"    conseil : {advice}"] if advice else []


def _title(name: str) -> str:
    known = fields_of(Fiche).get(name)
    return (known.title if known else None) or name


def _short(text: str) -> str:
    text = " ".join(text.split())
    return f"« {text if len(text) <= MAX_EXCERPT else text[: MAX_EXCERPT - 1] + '…'} »"
