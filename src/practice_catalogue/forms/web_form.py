"""Makes the data of the web form from the model: steps, fields, terms, limits and messages."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from pydantic.fields import FieldInfo

from practice_catalogue.forms.steps import STEPS, fields_of_step
from practice_catalogue.forms.word.paragraphs import TYPED_BULLET
from practice_catalogue.model.addresses import EMAIL, PHONE, PHONE_DIGITS, WEB_ADDRESS
from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.characters import MIXED_ALPHABETS, SIGNS, UNSEEN_OR_SYMBOL
from practice_catalogue.model.fiche import (
    AMOUNTS,
    FULL_DATE,
    ID_LENGTH,
    ID_PATTERN,
    LARGEST_AMOUNT,
    MOST_DIGITS,
    NO_CENTS,
    PARTIAL_DATE,
    RESERVED_IDS,
    TYPED_DATE,
    YEARS,
    Fiche,
)
from practice_catalogue.model.formatting import typed_dates
from practice_catalogue.model.introspection import (
    entry_name,
    entry_title,
    fields_of,
    has_markup,
    is_date,
    is_list,
    longest_text,
    most_entries,
    part_inside,
    shape_of,
    shortest_text,
    vocabulary_of,
)
from practice_catalogue.model.richtext import french
from practice_catalogue.model.settings import Settings
from practice_catalogue.model.urls import SCHEMA_LINE
from practice_catalogue.model.vocabulary import Commune, Term, Vocabularies
from practice_catalogue.validation import messages, reply_form, rules
from practice_catalogue.validation.yaml_reader import MAX_BYTES

FOLDER = "proposer"
"""Folder of the form and its data within the site."""

PATTERNS = {
    "id": ID_PATTERN.pattern,
    "date": FULL_DATE.pattern,
    "partial-date": PARTIAL_DATE.pattern,
    "years": YEARS,
    "web": WEB_ADDRESS,
    "email": EMAIL,
    "phone": PHONE,
    "mobile": rules.MOBILE.pattern,
    "unseen": re.sub(r"\\U000([0-9a-f]{5})", r"\\u{\1}", UNSEEN_OR_SYMBOL),
    "mixed": MIXED_ALPHABETS,
    "typed-date": TYPED_DATE,
    "bullet": TYPED_BULLET,
}
"""Patterns of the formats of texts and of forbidden characters, in JavaScript syntax."""

CODES = {
    "id": "identifiant-invalide",
    "date": "date-invalide",
    "partial-date": "date-invalide",
    "years": "annee-invalide",
    "web": "adresse-web-invalide",
    "email": "courriel-invalide",
    "phone": "telephone-invalide",
    "amount": "nombre-attendu",
}
"""Kind of a format → code of the message for a text that does not match."""

ASKED_BY_A_RULE = frozenset({"communes"})
"""Optional fields that a rule requires of some fiches; the form does not call them optional."""

BROWSER_PROBLEMS = (
    *("champ-manquant", "texte-trop-court", "texte-trop-long", "liste-trop-longue", "terme-inconnu", "nombre-attendu"),
    *("nombre-hors-limites", "date-invalide", "annee-invalide", "adresse-web-invalide", "courriel-invalide"),
    *("telephone-invalide", "identifiant-invalide", "identifiant-pris", "nom-reserve", "communes-manquantes"),
    *("terme-en-double", "dates-inversees", "montants-inverses", "montant-sans-minimum", "titre-en-double"),
    *("nouvelle-future", "nouvelle-avant-le-debut", "reprise-inconnue", "reprise-en-cercle"),
    *("ancien-id-occupe", "courriel-prive", "mobile-prive", "contact-injoignable", "fichier-trop-gros"),
    *("alphabets-meles", "changement-manquant", "fin-a-venir"),
)
"""Codes of the problems that the form detects in the browser."""


def web_form_files(catalogue: Catalogue, settings: Settings) -> dict[str, str]:
    """Returns the files that the form fetches: path within the site → JSON."""
    return {
        f"{FOLDER}/formulaire.json": _json(form_data(catalogue.vocabularies, settings)),
        f"{FOLDER}/fiches.json": _json(
            {fiche.id: {"titre": fiche.titre, "anciens_ids": fiche.anciens_ids} for fiche in catalogue}
        ),
    }


def text_path(fiche_id: str) -> str:
    """Returns the path within the site of the text of a fiche that the form corrects."""
    return f"{FOLDER}/fiches/{fiche_id}.json"


def text_file(text: str) -> str:
    """Returns the file of such a text as a JSON object.

    Some YAML is also JavaScript. An object with a quoted key is not: no browser runs it, whatever its type.
    """
    return _json({"texte": text})


def form_data(vocabularies: Vocabularies, settings: Settings) -> dict[str, Any]:
    """Returns the data of the form: steps, fields, terms by vocabulary, patterns, limits and messages."""
    fields = {name: _field(name, field, vocabularies) for name, field in fields_of(Fiche).items()}
    used = sorted({str(field["terms"]) for field in _flat(fields) if field.get("terms")})
    return {
        "version": hashlib.sha256(_json(fields).encode()).hexdigest()[:12],
        "steps": [
            {
                "id": step.id,
                "title": french(step.titre),
                "help": french(step.aide),
                "required": step.demande,
                "fields": list(fields_of_step(step)),
            }
            for step in STEPS
        ],
        "fields": fields,
        "terms": {name: [_term(term) for term in vocabularies[name]] for name in used}
        | {"communes": [_commune(commune, vocabularies) for commune in vocabularies.communes]},
        "lists": {name: french(_lower(vocabularies[name].titre)) for name in used},
        "patterns": PATTERNS,
        "amounts": AMOUNTS,
        "noCents": sorted(NO_CENTS),
        "signs": SIGNS,
        "codes": CODES,
        "limits": {
            "id": ID_LENGTH,
            "bytes": MAX_BYTES,
            "digits": [PHONE_DIGITS.start, PHONE_DIGITS.stop - 1],
            "amount": LARGEST_AMOUNT,
            "amountDigits": MOST_DIGITS,
            "named": rules.NAMED_AT_MOST,
        },
        "dates": {"date": typed_dates(FULL_DATE.shown), "partial-date": typed_dates(PARTIAL_DATE.shown)},
        "reserved": sorted(RESERVED_IDS),
        "private": sorted(rules.PRIVATE_MAILBOXES),
        "says": {code: _form_wording(code) for code in BROWSER_PROBLEMS},
        "reply": {
            "answer": french(reply_form.ANSWER),
            "answers": {state: french(words) for state, words in reply_form.ANSWERS.items()},
            "changes": [french(label) for label in reply_form.CHANGES],
            "ending": [french(label) for label in reply_form.ENDING],
        },
        "heading": [SCHEMA_LINE],
        "repository": settings.new_file_link(),
        "mailbox": settings.courriel_des_contributions,
    }


def _field(name: str, field: FieldInfo, vocabularies: Vocabularies) -> dict[str, Any]:
    """Returns the description of a field for the form, without empty properties."""
    inner = part_inside(field)
    longest = longest_text(field) or 0
    described: dict[str, Any] = {
        "name": name,
        "title": french(field.title or name),
        "entry": french(entry_title(field)),
        "add": french(f"Ajouter {entry_name(field)}") if is_list(field) else "",
        "help": french(field.description or ""),
        "required": field.is_required(),
        "asked": name in ASKED_BY_A_RULE,
        "kind": "group" if inner else "terms" if vocabulary_of(field) else _kind(field),
        "example": _example(field),
        "terms": vocabulary_of(field),
        "min": shortest_text(field) if longest else 0,
        "max": longest,
        "most": most_entries(field) or 0,
        "default": field.default if isinstance(field.default, str) else "",
        "fields": [_field(sub, part, vocabularies) for sub, part in fields_of(inner).items()] if inner else [],
    }
    return {key: value for key, value in described.items() if value not in ("", 0, [], False)}


def _kind(field: FieldInfo) -> str:
    if shape := shape_of(field):
        return shape.kind
    return "text" if has_markup(field) else "line"


def _example(field: FieldInfo) -> str:
    """Returns the example of a field as typed by a user; empty for groups and choices from a vocabulary."""
    if part_inside(field) or vocabulary_of(field):
        return ""
    example = (field.examples or [""])[0]
    text = " / ".join(map(str, example)) if is_list(field) else str(example)
    return french(typed_dates(text) if is_date(field) else text)


def _term(term: Term) -> dict[str, Any]:
    """Returns a term with all its names for the search; former communes are marked."""
    others = [name for name in term.names if name not in (term.libelle, term.id)]
    shown = {"id": term.id, "title": french(term.libelle), "help": french(term.description), "names": others}
    return {key: value for key, value in shown.items() if value} | (
        {"former": True} if getattr(term, "devenue", "") else {}
    )


def _commune(commune: Commune, vocabularies: Vocabularies) -> dict[str, Any]:
    """Returns a commune with the names of its localities, which other communes may share."""
    inside = [place for place in vocabularies.localites if place.commune == commune.id]
    names = dict.fromkeys(name for place in inside for name in place.names[:-1])
    places = [name for name in names if name not in commune.names]
    return _term(commune) | ({"places": places} if places else {})


def _form_wording(code: str) -> dict[str, str]:
    said = messages.FORM_WORDINGS.get(code) or messages.FILE_PROBLEMS[code]
    return {"message": french(said.message), "hint": french(said.hint)}


def _flat(fields: Mapping[str, Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    inner = [sub for field in fields.values() for sub in field.get("fields", ())]
    return [*fields.values(), *inner]


def _lower(titre: str) -> str:
    return titre[0].lower() + titre[1:]


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"
