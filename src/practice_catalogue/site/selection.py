"""Writes the data of a fiche for the selection page: rows of the comparison and draft answers of an action plan."""

from __future__ import annotations

import json

from practice_catalogue.model import formatting, richtext
from practice_catalogue.model.catalogue import Catalogue
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
)
"""The rows of the comparison, in order: (field, heading)."""


def selection_data(catalogue: Catalogue, fiche: Fiche) -> str:
    """Returns the JSON that the selection page fetches: typeset strings, and lists of them."""
    data = {
        "id": fiche.id,
        "titre": fiche.titre,
        "langue": fiche.langue,
        "url": fiche_url(fiche.id),
        **_comparison(catalogue, fiche),
        "plan": _plan(catalogue, fiche),
    }
    return json.dumps(_typeset(data), ensure_ascii=False, indent=1, sort_keys=True)


def _typeset(value: object) -> object:
    if isinstance(value, dict):
        return {key: item if key in {"id", "url", "langue"} else _typeset(item) for key, item in value.items()}
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
        "rythme": _rhythm(fiche),
        "difficultes": defis,
        "facteurs": list(fiche.facteurs_de_reussite),
        "contact": ", ".join(part for part in parts if part),
    }


def _plan(catalogue: Catalogue, fiche: Fiche) -> dict[str, str]:
    domaines = _libelles(catalogue, "domaines", fiche.domaines)
    helpers = (f"{helper.nom} : {helper.role}" if helper.role else helper.nom for helper in fiche.partenaires)
    costs = fiche.couts
    answers = {
        "domaine-et-public": f"{domaines}. Public : {_libelles(catalogue, 'publics', fiche.publics)}.",
        "objectif": "\n".join(fiche.objectifs),
        "action": fiche.resume,
        "responsable": _names(fiche),
        "partenaires": "\n".join(helpers),
        "moyens": richtext.to_plain(costs.texte) if costs and costs.texte else "",
        "lieu": fiche.lieu or _place(catalogue, fiche),
        "calendrier": _rhythm(fiche),
        "budget": " ".join((_cost(catalogue, fiche), _financing(fiche))).strip(),
        "indicateurs": "\n".join(f"{measured.mesure} ({measured.valeur})" for measured in fiche.indicateurs),
    }
    return {question.id: answers[question.id] for question in catalogue.vocabularies.questions_pci}


def _financing(fiche: Fiche) -> str:
    payers = fiche.couts.financement if fiche.couts else ()
    return f"Financement : {', '.join(payers)}." if payers else ""


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


def _rhythm(fiche: Fiche) -> str:
    if not fiche.calendrier:
        return ""
    parts = (formatting.period(fiche.calendrier), fiche.calendrier.periodicite or "")
    text = " ; ".join(part for part in parts if part)
    return text[:1].upper() + text[1:]
