"""Builds the plain data of a booklet: cover, parts, fiches, programme, indexes, contacts, acronyms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from practice_catalogue.booklet.chapters import BookPart, Slot, book_parts, programme
from practice_catalogue.booklet.fiche_data import capital, contact_data, fiche_data
from practice_catalogue.booklet.fitting import fit_to_spread
from practice_catalogue.booklet.selection import Selection
from practice_catalogue.booklet.texts import WrittenText
from practice_catalogue.model import formatting
from practice_catalogue.model.catalogue import Catalogue, last_change
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.richtext import french
from practice_catalogue.model.settings import TO_BE_FILLED_IN, Settings
from practice_catalogue.model.vocabulary import fold

INDEXES = (
    ("communes", "Index des communes"),
    ("domaines", "Index des domaines"),
    ("publics", "Index des publics"),
    ("porteurs", "Index des porteurs"),
)

Entry = dict[str, Any]
"""An entry of an index: `{"name", "note", "ids"}`; the template replaces ids by page numbers."""


@dataclass(frozen=True)
class BookletLayout:
    """Layout of a booklet: A4 or A5 paper, for print or screen, fiches beginning on right-hand pages, inner margin."""

    a4: bool = False
    print: bool = False
    recto: bool = False
    margin_for_fold: bool = False


@dataclass(frozen=True)
class Contents:
    """Content of a booklet: the fiches selected by `asked`, and the data needed to present them."""

    catalogue: Catalogue
    settings: Settings
    written: Mapping[str, WrittenText]
    asked: Selection
    fiches: tuple[Fiche, ...]
    order: str = ""
    site_url: str = ""


def book_data(book: Contents, make: BookletLayout) -> dict[str, Any]:
    """Returns all data of the template as texts and numbers; texts are never parsed as markup."""
    chapters = book_parts(book.catalogue, book.fiches, book.asked.edition, book.order)
    ordered = [fiche for part in chapters for fiche in part.fiches]
    return {
        "make": asdict(make),
        "cover": _cover(book),
        "imprint": _imprint(book),
        "written": [_written_data(text) for text in book.written.values()],
        "map": _map_hexagons(book.catalogue),
        "lit": _communes(book.catalogue, book.fiches),
        "parts": [_part(book.catalogue, part) for part in chapters],
        "fiches": [fit_to_spread(fiche_data(fiche, book.catalogue, book.site_url)) for fiche in ordered],
        "programme": _programme(programme(book.fiches, book.asked.edition)),
        "indexes": [
            {"titre": title, "name": index, "entries": _index(book.catalogue, index, ordered)}
            for index, title in INDEXES
        ],
        "contacts": _contacts(ordered),
        "acronyms": _acronyms(book.catalogue, book.fiches),
    }


def booklet_title(book: Contents) -> str:
    """Returns the title of a booklet, shown below the name of the catalogue."""
    if book.asked.edition:
        return french(book.catalogue.vocabularies.editions[book.asked.edition].libelle)
    return "Le catalogue des bonnes pratiques" if book.asked.is_everything else "Une sélection de bonnes pratiques"


def _cover(book: Contents) -> dict[str, str]:
    number = len(book.fiches)
    where = ""
    if book.asked.edition:
        edition = book.catalogue.vocabularies.editions[book.asked.edition]
        where = f"{formatting.day(edition.date)} · {edition.lieu}"
    state = last_change(book.fiches)
    terms = [
        book.catalogue.vocabularies[index][heading].libelle
        for index, headings in book.asked.filters.items()
        for heading in headings
    ]
    return {
        "name": french(book.settings.nom),
        "titre": booklet_title(book),
        "where": french(where),
        "terms": french(", ".join(terms)),
        "count": f"{number} bonnes pratiques" if number > 1 else "Une bonne pratique",
        "state": f"État au {formatting.day(state)}" if state else "",
    }


def _imprint(book: Contents) -> list[dict[str, str]]:
    settings = book.settings
    rows = [
        ("Éditeur", settings.editeur or TO_BE_FILLED_IN),
        ("Adresse", settings.adresse_de_l_editeur or TO_BE_FILLED_IN),
        ("Licence des textes", settings.licence_des_textes or TO_BE_FILLED_IN),
        ("Contributions et corrections", settings.courriel_des_contributions or TO_BE_FILLED_IN),
        ("Le catalogue en ligne", book.site_url or f"adresse du site {TO_BE_FILLED_IN}"),
    ]
    if book.asked.edition:
        edition = book.catalogue.vocabularies.editions[book.asked.edition]
        about = [edition.libelle, ", ".join(part for part in (formatting.day(edition.date), edition.horaire) if part)]
        rows = [
            ("La rencontre", ". ".join([*about, edition.lieu])),
            *([("Organisation", edition.organisation)] if edition.organisation else []),
            *([("Source", edition.source)] if edition.source else []),
            *rows,
        ]
    return [{"name": name, "value": french(value)} for name, value in rows]


def _written_data(text: WrittenText) -> dict[str, Any]:
    return {
        "titre": text.titre,
        "sections": [{"head": head, "blocks": blocks} for head, blocks in text.sections],
    }


def _map_hexagons(catalogue: Catalogue) -> list[dict[str, Any]]:
    """Returns the hexagons of the present-day communes: id, column and row."""
    return [
        {"id": commune.id, "column": commune.hexagone[0], "row": commune.hexagone[1]}
        for commune in catalogue.vocabularies.communes
        if commune.hexagone and not commune.devenue
    ]


def _part(catalogue: Catalogue, part: BookPart) -> dict[str, Any]:
    lit = _communes(catalogue, part.fiches)
    country = any(fiche.territoire == "national" for fiche in part.fiches)
    names = [catalogue.vocabularies.communes[commune].libelle for commune in lit]
    shown = [f"en couleur : {', '.join(names)}"] if names else []
    shown += ["en clair, tout le pays, pour une pratique nationale"] if country else []
    return {
        "titre": french(part.titre),
        "texte": french(part.texte),
        "hue": part.hue,
        "lit": lit,
        "country": country,
        "caption": french(capital(" ; ".join(shown) or "aucune commune n'est nommée")),
        "alt": french("Carte du Luxembourg, un hexagone par commune" + "".join(f" ; {one}" for one in shown)),
        "ids": [fiche.id for fiche in part.fiches],
    }


def _communes(catalogue: Catalogue, fiches: Sequence[Fiche]) -> list[str]:
    """Returns the ids of the present-day communes of some fiches, sorted by name."""
    found = {commune for fiche in fiches for commune in catalogue.keys_of(fiche, "communes")}
    return sorted(found, key=lambda commune: fold(catalogue.vocabularies.communes[commune].libelle))


def _programme(slots: tuple[Slot, ...]) -> list[dict[str, Any]]:
    blocs: dict[str, list[dict[str, str]]] = defaultdict(list)
    for slot in slots:
        blocs[slot.bloc].append({"table": slot.table, "id": slot.fiche.id})
    return [{"bloc": bloc, "tables": tables} for bloc, tables in blocs.items()]


def _index(catalogue: Catalogue, index: str, fiches: Sequence[Fiche]) -> list[Entry]:
    under = {heading.id: {one.id for one in heading.fiches} for heading in catalogue.headings(index)}
    lines = [
        {
            "name": french(heading.libelle),
            "note": "",
            "ids": [one.id for one in fiches if one.id in under[heading.id]],
        }
        for heading in catalogue.headings(index)
    ]
    found = [line for line in lines if line["ids"]]
    if index == "communes":
        found += _former_communes(catalogue, fiches)
    return sorted(found, key=lambda entry: fold(entry["name"])) if index in {"communes", "porteurs"} else found


def _former_communes(catalogue: Catalogue, fiches: Sequence[Fiche]) -> list[Entry]:
    """Returns index entries for former communes, each with a reference to the present-day commune and its fiches."""
    terms = catalogue.vocabularies
    told: dict[str, list[str]] = defaultdict(list)
    for fiche in fiches:
        for commune in set(catalogue.keys_of(fiche, "communes")):
            told[commune].append(fiche.id)
    found = []
    for former in terms.communes:
        today = terms.commune_of_today(former.id)
        own = told.get(today.id, [])
        if former.devenue and own:
            found.append({"name": french(former.libelle), "note": french(f"voir {today.libelle}"), "ids": own})
    return found


def _contacts(fiches: Sequence[Fiche]) -> list[dict[str, Any]]:
    """Returns all distinct contacts, sorted by organisation, with the ids of their fiches."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for fiche in fiches:
        for contact in fiche.contacts:
            data = contact_data(contact)
            ids = found.setdefault(tuple(data.values()), {**data, "ids": []})["ids"]
            if fiche.id not in ids:
                ids.append(fiche.id)
    return [found[key] for key in sorted(found, key=lambda key: (fold(key[0]), fold(key[1]), key))]


def _acronyms(catalogue: Catalogue, fiches: Sequence[Fiche]) -> list[dict[str, str]]:
    used = {term.id: term for fiche in fiches for term in catalogue.acronyms(fiche)}
    return [
        {
            "name": french(term.sigle or term.libelle),
            "libelle": french(term.libelle) if term.sigle else "",
            "texte": french(term.description),
            "depuis": french(term.depuis.texte) if term.depuis else "",
            "source": french(term.depuis.source) if term.depuis else "",
        }
        for term in sorted(used.values(), key=lambda term: (fold(term.sigle or term.libelle), term.id))
    ]
