"""Builds the plain data of a fiche for the template, in French typography."""

from __future__ import annotations

from typing import Any

from practice_catalogue.booklet import qr
from practice_catalogue.booklet.chapters import bloc_and_table
from practice_catalogue.model import formatting
from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.derived.evidence import evidence
from practice_catalogue.model.derived.practice_state import state_sentence
from practice_catalogue.model.fiche import Contact, Fiche
from practice_catalogue.model.richtext import Block, french, to_blocks, to_plain
from practice_catalogue.model.urls import fiche_url

SHORT = 150
"""Maximum length in characters of a text in the box of facts."""

FEW = 3
"""Maximum number of communes named in the box of facts."""


def fiche_data(fiche: Fiche, catalogue: Catalogue, site_url: str) -> dict[str, Any]:
    """Returns all fields of a fiche as texts, lists of texts and blocks; missing fields are empty.

    `facts` is the box with the key facts: `[{name, value, note}]`. `qr` is None without an address of the site.
    """
    terms = catalogue.vocabularies
    domaine = terms.domaines[fiche.domaines[0]]
    address = f"{site_url}{fiche_url(fiche.id)}" if site_url else ""
    return {
        "id": fiche.id,
        "lang": fiche.langue,
        "titre": french(fiche.titre),
        "sous_titre": french(fiche.sous_titre or ""),
        "resume": french(fiche.resume),
        "domaine": french(domaine.libelle),
        "hue": domaine.teinte,
        "step": [one.id for one in terms.domaines].index(domaine.id),
        "thumb": french(_where(fiche, catalogue, 1)),
        "address": address,
        "qr": qr.qr_modules(address) if address else None,
        "facts": _facts(fiche, catalogue),
        "taken_up": french(_taken_up(fiche, catalogue)),
        "news": [
            {
                "said": french(
                    f"{formatting.day(one.le)} : {terms.etats[one.etat].libelle.lower()}, d'après {one.source}."
                ),
                "texte": french(one.texte or ""),
                "a_eviter": french(one.a_eviter or ""),
            }
            for one in sorted(fiche.nouvelles, key=lambda one: one.le, reverse=True)
        ],
        "changes": [
            {"texte": french(term.depuis.texte), "source": french(term.depuis.source)}
            for term in catalogue.changes(fiche)
            if term.depuis
        ],
        "besoins": _blocks(fiche.besoins),
        "objectifs": _sentences(fiche.objectifs),
        "objectifs_secondaires": _sentences(fiche.objectifs_secondaires),
        "public_cible": french(_if_long(fiche.public_cible)),
        "description": _blocks(fiche.description),
        "partenaires": [
            {"nom": french(partner.nom), "role": french(partner.role or "")} for partner in fiche.partenaires
        ],
        "resultats": _blocks(fiche.resultats),
        "indicateurs": [
            {"mesure": french(one.mesure), "valeur": french(one.valeur), "annee": one.annee or ""}
            for one in fiche.indicateurs
        ],
        "evaluation": french(_evaluation(fiche)),
        "evaluation_url": (fiche.evaluation.url or "") if fiche.evaluation else "",
        "innovation": _blocks(fiche.innovation),
        "defis": [{"defi": french(one.defi), "reponse": french(one.reponse or "")} for one in fiche.defis],
        "facteurs_de_reussite": _sentences(fiche.facteurs_de_reussite),
        "couts": _blocks(_if_long(fiche.couts.texte if fiche.couts else None)),
        "financement": french(", ".join(fiche.couts.financement)) if fiche.couts else "",
        "communes": _all_communes(fiche, catalogue),
        "contacts": [contact_data(contact) for contact in fiche.contacts],
        "freshness": french(formatting.freshness(fiche, terms)),
        "liens": [{"titre": french(link.titre), "url": link.url, "note": ""} for link in fiche.liens]
        + [
            {"titre": french(one.titre), "url": one.url or "", "note": french(one.note or "")}
            for one in fiche.documents
        ],
        "foot": _foot(fiche, catalogue),
    }


def contact_data(contact: Contact) -> dict[str, str]:
    """Returns the fields of a contact as texts; missing ones are empty."""
    return {
        "organisation": french(contact.organisation),
        "nom": french(", ".join(part for part in (contact.nom, contact.fonction) if part)),
        "telephone": contact.telephone or "",
        "courriel": contact.courriel or "",
        "adresse": french(contact.adresse or ""),
        "horaires": french(contact.horaires or ""),
        "confirme_le": formatting.day(contact.confirme_le) if contact.confirme_le else "",
    }


def _facts(fiche: Fiche, catalogue: Catalogue) -> list[dict[str, str]]:
    terms = catalogue.vocabularies
    when = fiche.calendrier
    period = formatting.period(when) if when else ""
    rhythm = (when.periodicite or "") if when else ""
    where = _where(fiche, catalogue, FEW)
    level = catalogue.cost_level(fiche)
    amount = formatting.amount(fiche.couts) if fiche.couts else ""
    rows = (
        ("Qui", ", ".join(one.nom for one in fiche.porteurs), _organised_by(fiche.organisateurs)),
        ("Où", fiche.lieu or where, where if where not in (fiche.lieu or where) else ""),
        ("Quand", period or rhythm, rhythm if period else ""),
        ("Coût", f"{level} : {amount}" if amount else level, _if_short(fiche.couts.texte if fiche.couts else None)),
        ("Pour qui", ", ".join(terms.publics[one].libelle for one in fiche.publics), _if_short(fiche.public_cible)),
        ("État", state_sentence(fiche, catalogue.state_of(fiche)), ""),
        ("Démarche", terms.demarches[fiche.demarche].libelle if fiche.demarche else "", ""),
    )
    return [
        {"name": name, "value": french(capital(value)), "note": french(note)} for name, value, note in rows if value
    ]


def _if_short(text: str | None) -> str:
    """Returns a text as plain text if it fits into the box of facts and needs no section of its own."""
    return to_plain(text).rstrip(".") if text and len(text) <= SHORT else ""


def _if_long(text: str | None) -> str:
    return text if text and len(text) > SHORT else ""


def _organised_by(organisers: tuple[str, ...]) -> str:
    return f"Organisation : {', '.join(organisers)}" if organisers else ""


def _where(fiche: Fiche, catalogue: Catalogue, most: int) -> str:
    """Returns the present-day communes, their number if above `most`, or the scale if there are none."""
    if not fiche.communes and fiche.territoire == "national":
        return "Tout le pays"
    return formatting.place(fiche, catalogue.vocabularies, most)


def _all_communes(fiche: Fiche, catalogue: Catalogue) -> list[str]:
    """Returns the communes as named in the fiche, if the box of facts cannot list them all or some are former."""
    terms = catalogue.vocabularies
    former = any(terms.communes[one].devenue for one in fiche.communes)
    return (
        [french(_with_today(one, catalogue)) for one in fiche.communes] if former or len(fiche.communes) > FEW else []
    )


def _with_today(commune: str, catalogue: Catalogue) -> str:
    terms = catalogue.vocabularies
    name, today = terms.communes[commune].libelle, terms.commune_of_today(commune)
    return name if today.id == commune else f"{name} (aujourd'hui {today.libelle})"


def _foot(fiche: Fiche, catalogue: Catalogue) -> list[dict[str, str]]:
    terms = catalogue.vocabularies
    shown = [
        f"{terms.editions[one.edition].libelle} ({bloc_and_table(one)})"
        if bloc_and_table(one)
        else terms.editions[one.edition].libelle
        for one in fiche.editions
    ]
    dates = [
        f"{word} le {formatting.day(date)}"
        for word, date in (("publiée", fiche.publie_le), ("modifiée", fiche.modifie_le))
        if date
    ]
    sources = [f"{one.document} : {one.place}" if one.place else one.document for one in fiche.sources]
    rows = (
        ("Type", ", ".join(terms.types[one].libelle for one in fiche.types)),
        ("Pacte", " ; ".join(terms.themes[one].libelle for one in fiche.themes)),
        ("Ce que l'on sait", " ; ".join(one.words for one in evidence(fiche))),
        ("Domaines", ", ".join(terms.domaines[one].libelle for one in fiche.domaines)),
        ("Freins", ", ".join(terms.freins[one].libelle for one in catalogue.keys_of(fiche, "freins"))),
        ("Leviers", ", ".join(terms.leviers[one].libelle for one in fiche.leviers)),
        ("Étapes d'un plan communal", ", ".join(terms.etapes_pci[one].libelle for one in fiche.etapes_pci)),
        ("Orientations", ", ".join(terms.orientations[one].libelle for one in fiche.orientations)),
        ("Présentée aux", ", ".join(shown)),
        ("Sources", " ; ".join(sources)),
        ("Fiche", ", ".join(dates)),
    )
    return [{"name": french(name), "value": french(value)} for name, value in rows if value]


def _evaluation(fiche: Fiche) -> str:
    if not (one := fiche.evaluation):
        return ""
    who = f"Par {one.par} ({one.annee})" if one.annee else f"Par {one.par}"
    return f"{who} : {one.texte}" if one.texte else f"{who}."


def _taken_up(fiche: Fiche, catalogue: Catalogue) -> str:
    if not (one := fiche.reprise_de):
        return ""
    title = next((other.titre for other in catalogue if other.id == one.fiche), one.fiche)
    return (
        f"Reprise de {title}. Ce qui est différent : {one.changements}" if one.changements else f"Reprise de {title}."
    )


def _sentences(texts: tuple[str, ...]) -> list[str]:
    return [french(text) for text in texts]


def _blocks(text: str | None) -> list[Block]:
    return to_blocks(text) if text else []


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
