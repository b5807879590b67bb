"""Imports submitted files: drafts of fiches with the text of their files, and notes for the sender."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from practice_catalogue.forms.fiche_file import fiche_text
from practice_catalogue.forms.importing import answers, documents, limits
from practice_catalogue.forms.importing.documents import Note
from practice_catalogue.forms.importing.drafting import Draft, draft_of
from practice_catalogue.forms.importing.guessing import Guess
from practice_catalogue.forms.importing.word_xml import all_paragraphs
from practice_catalogue.forms.word import form
from practice_catalogue.forms.word.form_version import MODEL_VERSION
from practice_catalogue.model.catalogue import slug
from practice_catalogue.model.diagnostics import Diagnostic
from practice_catalogue.model.fiche import ID_LENGTH, Fiche, is_id
from practice_catalogue.model.introspection import field_at, fields_of, vocabulary_of
from practice_catalogue.model.vocabulary import Vocabularies, fold
from practice_catalogue.validation import validator, yaml_reader

NO_TITLE = "fiche-sans-titre"


@dataclass(frozen=True)
class DraftProposal:
    """A draft with the proposed id, which is the name of its file."""

    id: str
    draft: Draft


@dataclass(frozen=True)
class Imported:
    """Result of importing one file: its drafts in order, and notes; `refused` if it could not be imported."""

    source: str
    proposals: tuple[DraftProposal, ...] = ()
    notes: tuple[Note, ...] = ()
    refused: bool = False


def read_drafts(path: Path, vocabularies: Vocabularies) -> Imported:
    """Imports a file; one that cannot be parsed is refused with a note. Raises OSError."""
    try:
        document = documents.read_document(path)
        drafts = drafts_in(document, vocabularies)
    except limits.RefusedError as error:
        return refused(path, error.code, error.details)
    if not drafts:
        return refused(path, "document-sans-reponse" if document.version else "document-sans-rubrique")
    fiche_id = document.version.fiche if document.version and is_id(document.version.fiche) else ""
    proposals = tuple(DraftProposal(fiche_id or _id_of(draft), draft) for draft in drafts)
    return Imported(path.name, proposals, tuple(_notes(document, len(drafts))))


def refused(path: Path, code: str, details: Mapping[str, object] | None = None) -> Imported:
    """Returns the result for a file that cannot be imported; `code` and `details` are those of a message."""
    return Imported(path.name, notes=(Note(code, dict(details or {})),), refused=True)


def drafts_in(document: documents.ParsedDocument, vocabularies: Vocabularies) -> list[Draft]:
    """Returns the drafts in a document; raises RefusedError if there are too many."""
    found = answers.read_answers(document, _form_texts(vocabularies), vocabularies.editions)
    limits.reject_many_drafts(len(found))
    return [draft_of(one, vocabularies, lines=document.lines) for one in found]


def _notes(document: documents.ParsedDocument, drafts: int) -> Iterator[Note]:
    for note in document.notes:
        yield Note(note.code, {**note.details, "lieu": _place(str(note.details.get("lieu", "")))})
    if document.version and document.version.model != MODEL_VERSION:
        yield Note("formulaire-autre-version", {"version": document.version.model, "actuelle": MODEL_VERSION})
    if document.version and drafts > 1:
        yield Note("formulaire-plusieurs-fiches", {"nombre": drafts})


def _place(tag: str) -> str:
    """Returns the title of a field from the tag of its control."""
    name = tag.partition("[")[0].partition(".")[0]
    known = fields_of(Fiche).get(name)
    return f"« {known.title} »" if known else "le document"


def _id_of(draft: Draft) -> str:
    title = str(draft.data.get("titre", ""))
    made = slug(title)[:ID_LENGTH].strip("-")
    return NO_TITLE if made in {"", "sans-nom"} else made


_FORMS: dict[int, frozenset[str]] = {}


def _form_texts(vocabularies: Vocabularies) -> frozenset[str]:
    """Returns the texts of the empty form, folded, which are not answers; cached per vocabularies."""
    key = id(vocabularies)
    if key not in _FORMS:
        empty = documents.parse_document(form.as_docx(vocabularies, "", "2017-02-11"))
        _FORMS[key] = frozenset(fold(one.text) for one in all_paragraphs(empty.blocks) if one.text.strip())
    return _FORMS[key]


def draft_text(proposal: DraftProposal, source: str, vocabularies: Vocabularies) -> str:
    """Returns the text of the file of a draft, with unassigned and original text of the document as comments."""
    draft = proposal.draft
    missing = [diagnostic.field for diagnostic in _draft_diagnostics(proposal, vocabularies) if is_missing(diagnostic)]
    heading = [f"Brouillon tiré de « {source} » : à relire avant de le proposer."]
    if missing:
        heading.append(f"À compléter : {', '.join(missing)}.")
    if draft.headings:
        heading.append(f"Rubriques lues : {' · '.join(dict.fromkeys(draft.headings))}.")
    below = ["", "Textes sans place dans la fiche :", *draft.loose] if draft.loose else []
    stray = {name: texts for name, texts in draft.kept.items() if name not in draft.data}
    for name, texts in stray.items():
        below += ["", f"{_title(name)}, dans le document :", *texts]
    return fiche_text(draft.data, heading=heading, above=_remarks(draft, vocabularies), below=below)


def is_missing(diagnostic: Diagnostic) -> bool:
    """Whether a problem is a missing required field."""
    return diagnostic.code == "champ-manquant"


def _draft_diagnostics(proposal: DraftProposal, vocabularies: Vocabularies) -> list[Diagnostic]:
    """Returns the diagnostics of the fields of a draft, as `check` will report them."""
    source, diagnostics = yaml_reader.read_yaml(proposal.id, fiche_text(proposal.draft.data).encode())
    return validator.check(source, proposal.id, vocabularies).diagnostics if source else diagnostics


def _remarks(draft: Draft, vocabularies: Vocabularies) -> Mapping[str, list[str]]:
    """Returns the comments above each field: guesses to verify, and original text."""
    remarks: dict[str, list[str]] = {}
    for guess in draft.guesses:
        remarks.setdefault(guess.field.partition(".")[0], []).append(
            f"À vérifier : {guess_in_words(guess, vocabularies)}"
        )
    for name, texts in draft.kept.items():
        if name in draft.data:
            remarks.setdefault(name, []).extend(["Dans le document :", *(f"  {text}" for text in texts)])
    return remarks


def guess_in_words(guess: Guess, vocabularies: Vocabularies) -> str:
    """Returns a guess as a French sentence."""
    path = tuple(guess.field.split("."))
    known = field_at(path, Fiche).field
    vocabulary = vocabulary_of(known) if known else ""
    name = vocabularies[vocabulary][guess.term].libelle if vocabulary else guess.term
    return f"{_title(guess.field)}, « {name} », d'après « {guess.words} »."


def _title(path: str) -> str:
    """Returns the title of a field, preceded by the title of its group."""
    steps = path.split(".")
    titles = [field_at(tuple(steps[: place + 1]), Fiche).field for place in range(len(steps))]
    return " : ".join((known.title or step) if known else step for known, step in zip(titles, steps, strict=True))
