"""Writes version 1 of the JSON API and its JSON Schema; the page /donnees/ documents its stability."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Literal

from pydantic import BaseModel, Field
from pydantic_core import to_json

from practice_catalogue.exports.publication import Publication
from practice_catalogue.model.catalogue import INDEXES, Catalogue
from practice_catalogue.model.derived.evidence import evidence
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.urls import fiche_url
from practice_catalogue.model.vocabulary import Vocabularies
from practice_catalogue.output.artifacts import Artifacts

FOLDER = "api/v1"
CROSS_TABLES = (("domaines", "publics"), ("communes", "domaines"), ("freins", "domaines"), ("freins", "leviers"))

UNPUBLISHED_VOCABULARIES = frozenset({"localites"})
"""Vocabularies that are not exported: the licence of the register of localities is unknown."""


class State(BaseModel):
    """What is known of a practice on the date of the data."""

    etat: str = Field(description="L'état, un identifiant du vocabulaire « etats ».")
    depuis: str = Field(description="Date, mois ou année de cette information ; vide si elle n'en a pas.")
    source: str = Field(description="Qui le dit ; vide si l'état suit des dates de la fiche.")


class EvidenceLevel(BaseModel):
    """How much a fiche tells of one aspect."""

    niveau: int = Field(description="Le niveau atteint, de 0 au plus haut.")
    plus_haut: int = Field(description="Le plus haut niveau possible.")
    texte: str = Field(description="Le niveau atteint, en mots.")


class Entry(BaseModel):
    """A fiche, and what follows from it."""

    adresse: str = Field(description="La page de la fiche, relative au site s'il n'a pas encore d'adresse.")
    communes_d_aujourd_hui: list[str] = Field(description="Les communes d'aujourd'hui, par identifiant.")
    cantons: list[str] = Field(description="Leurs cantons, par identifiant.")
    etat: State = Field(description="L'état de la pratique, d'après ses dates et ses nouvelles.")
    solidite: dict[str, EvidenceLevel] = Field(
        description="Ce que la fiche dit de ses résultats, de son coût, de ses difficultés et de son contact, par nom."
    )
    fiche: Fiche = Field(description="La fiche telle que ses auteurs l'ont remplie ; les termes par identifiant.")


class About(BaseModel):
    """What every file says of itself."""

    format: Literal["v1"] = "v1"
    nom: str
    version: str
    date: str
    licence: str
    adresse_de_la_licence: str


class Export(About):
    """All fiches."""

    nombre: int
    fiches: list[Entry]


def api_files(publication: Publication) -> Artifacts:
    """Returns the files of the API: path within the site → function that makes the JSON text."""
    whole: dict[str, Callable[[], Any]] = {
        f"{FOLDER}/fiches.json": partial(export, publication),
        f"{FOLDER}/index.json": lambda: _about(publication) | indexes(publication),
        f"{FOLDER}/schema.json": schema,
        f"{FOLDER}/vocabulaires.json": lambda: _about(publication) | _terms(publication.catalogue.vocabularies),
    }
    single: Artifacts = {
        f"{FOLDER}/fiches/{fiche.id}.json": partial(_as_json, partial(_single, publication, fiche))
        for fiche in publication.catalogue
    }
    return {path: partial(_as_json, make) for path, make in whole.items()} | single


def export(publication: Publication) -> Export:
    """Returns all fiches with the metadata of the catalogue."""
    entries = [_entry(publication, fiche) for fiche in publication.catalogue]
    return Export(**_about(publication), nombre=len(entries), fiches=entries)


def indexes(publication: Publication) -> dict[str, Any]:
    """Returns the ids of the fiches under each heading of each index, and under each non-empty pair of headings."""
    catalogue = publication.catalogue
    return {
        "index": {
            name: [
                {"id": heading.id, "libelle": heading.libelle, "fiches": [fiche.id for fiche in heading.fiches]}
                for heading in catalogue.headings(name)
            ]
            for name in INDEXES
        },
        "croisements": {
            f"{rows}-{columns}": _cross_table(publication, rows, columns) for rows, columns in CROSS_TABLES
        },
    }


def schema() -> dict[str, Any]:
    """Returns the JSON Schema of `fiches.json`; it allows unknown keys, since later versions may add some."""
    made = Export.model_json_schema(mode="serialization")
    for part in (made, *made["$defs"].values()):
        part.pop("additionalProperties", None)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Export v1"} | made


def json_text(data: Any) -> str:
    """Returns data as indented JSON with a final newline."""
    return to_json(data, indent=1).decode() + "\n"


def _as_json(make: Callable[[], Any]) -> str:
    return json_text(make())


def _terms(vocabularies: Vocabularies) -> dict[str, Any]:
    return {
        name: vocabularies[name].model_dump(mode="json")
        for name in Vocabularies.model_fields
        if name not in UNPUBLISHED_VOCABULARIES
    }


def _single(publication: Publication, fiche: Fiche) -> dict[str, Any]:
    return _about(publication) | _entry(publication, fiche).model_dump(mode="json")


def _entry(publication: Publication, fiche: Fiche) -> Entry:
    catalogue = publication.catalogue
    return Entry(
        adresse=publication.base + fiche_url(fiche.id),
        communes_d_aujourd_hui=list(catalogue.keys_of(fiche, "communes")),
        cantons=list(catalogue.keys_of(fiche, "cantons")),
        etat=_state(catalogue, fiche),
        solidite={
            one.name: EvidenceLevel(niveau=one.level, plus_haut=one.highest, texte=one.words) for one in evidence(fiche)
        },
        fiche=fiche,
    )


def _state(catalogue: Catalogue, fiche: Fiche) -> State:
    state = catalogue.state_of(fiche)
    return State(etat=state.etat, depuis=state.known, source=state.source)


def _about(publication: Publication) -> dict[str, Any]:
    settings = publication.settings
    return About(
        nom=settings.nom,
        version=settings.version_des_donnees,
        date=publication.date,
        licence=settings.licence_des_textes,
        adresse_de_la_licence=settings.adresse_de_la_licence,
    ).model_dump(mode="json")


def _cross_table(publication: Publication, rows: str, columns: str) -> list[dict[str, Any]]:
    catalogue = publication.catalogue
    return [
        {rows: row.id, columns: column.id, "fiches": [fiche.id for fiche in fiches]}
        for row in catalogue.headings(rows)
        for column in catalogue.headings(columns)
        if (fiches := catalogue.both(rows, row.id, columns, column.id))
    ]
