"""Writes the data of a fiche for the selection page: rows of the comparison, first answers and examples of a plan."""

from __future__ import annotations

import json

from practice_catalogue.model import formatting
from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.derived import action_plan
from practice_catalogue.model.derived.evidence import evidence
from practice_catalogue.model.derived.practice_state import state_sentence
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.richtext import french
from practice_catalogue.model.urls import fiche_url

COMPARED = (
    ("qui", "Qui"),
    ("ou", "Où"),
    ("cout", "Coût"),
    ("publics", "Pour qui"),
    ("rythme", "Rythme"),
    ("difficultes", "Difficultés"),
    ("facteurs", "Facteurs de réussite"),
    ("contact", "Contact"),
    ("etat", "État"),
    ("su", "Ce que l'on sait"),
)
"""The rows of the comparison, in order: (field, heading)."""


def plan_values(catalogue: Catalogue) -> dict[str, object]:
    """Returns what the template of the plan shows: steps, themes, questions to an action, id of the step of actions."""
    vocabularies = catalogue.vocabularies
    return {
        "steps": action_plan.STEPS,
        "themes": action_plan.themes(vocabularies),
        "questions": action_plan.questions(vocabularies),
        "actions": action_plan.ACTIONS,
    }


def selection_data(catalogue: Catalogue, fiche: Fiche) -> str:
    """Returns the JSON that the selection page fetches: typeset strings, and lists of them."""
    data = {
        "id": fiche.id,
        "titre": fiche.titre,
        "langue": fiche.langue,
        "url": fiche_url(fiche.id),
        **_comparison(catalogue, fiche),
        **_plan(catalogue, fiche),
    }
    return json.dumps(_typeset(data), ensure_ascii=False, indent=1, sort_keys=True)


_NOT_PROSE = frozenset({"id", "url", "langue", "theme", "communes"})


def _typeset(value: object) -> object:
    if isinstance(value, dict):
        return {key: item if key in _NOT_PROSE else _typeset(item) for key, item in value.items()}
    return [_typeset(item) for item in value] if isinstance(value, list) else french(str(value))


def _comparison(catalogue: Catalogue, fiche: Fiche) -> dict[str, object]:
    defis = [f"{defi.defi} Réponse : {defi.reponse}" if defi.reponse else defi.defi for defi in fiche.defis]
    contact = fiche.contacts[0]
    parts = (contact.organisation, contact.nom, contact.telephone, contact.courriel)
    return {
        "qui": _names(fiche),
        "ou": _place(catalogue, fiche),
        "cout": _cost(catalogue, fiche),
        "publics": _libelles(catalogue, "publics", fiche.publics),
        "rythme": action_plan.rhythm(fiche),
        "difficultes": defis,
        "facteurs": list(fiche.facteurs_de_reussite),
        "contact": ", ".join(part for part in parts if part),
        "etat": state_sentence(fiche, catalogue.state_of(fiche)),
        "su": [one.words for one in evidence(fiche)],
    }


def _plan(catalogue: Catalogue, fiche: Fiche) -> dict[str, object]:
    draft = action_plan.draft(catalogue, fiche)
    return {
        "theme": draft.theme,
        "communes": list(catalogue.keys_of(fiche, "communes")),
        "la_bas": draft.place,
        "plan": dict(draft.answers),
        "exemples": dict(draft.examples),
    }


def _names(fiche: Fiche) -> str:
    return ", ".join(porteur.nom for porteur in fiche.porteurs)


def _libelles(catalogue: Catalogue, vocabulary: str, ids: tuple[str, ...]) -> str:
    return ", ".join(catalogue.vocabularies[vocabulary][term_id].libelle for term_id in ids)


def _place(catalogue: Catalogue, fiche: Fiche) -> str:
    return ", ".join(catalogue.communes_of(fiche)) or catalogue.vocabularies.territoires[fiche.territoire].libelle


def _cost(catalogue: Catalogue, fiche: Fiche) -> str:
    level = catalogue.cost_level(fiche)
    amount = formatting.amount(fiche.couts) if fiche.couts else ""
    return f"{level} : {amount}." if amount else f"{level}."
