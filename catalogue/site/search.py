"""Catalogue → the search index: one record a fiche, found by every name its terms have."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pagefind.index import IndexConfig, PagefindIndex

from catalogue import richtext
from catalogue.collection import Catalogue
from catalogue.fiche import Fiche
from catalogue.site.pages import fiche_url
from catalogue.site.search_order import put_in_order
from catalogue.vocabulary import Term, fold

FACETS = {
    "Domaine": "domaines",
    "Public": "publics",
    "Canton": "cantons",
    "Commune": "communes",
    "Porteur": "types_de_porteur",
    "Coût": "niveaux_de_cout",
    "Étape PCI": "etapes_pci",
    "Édition": "editions",
}
"""The filters of the search, by the name a visitor reads, and the index each is taken from."""


@dataclass(frozen=True)
class Record:
    """What the search knows of one page: `filters` maps a facet to the libellés of the page."""

    url: str
    content: str
    meta: dict[str, str]
    filters: dict[str, list[str]] = field(default_factory=dict)
    sort: dict[str, str] = field(default_factory=dict)


def records(catalogue: Catalogue) -> list[Record]:
    """One record a fiche, in the order of the catalogue."""
    return [_record(catalogue, fiche) for fiche in catalogue]


def write_index(found: Iterable[Record], folder: Path) -> None:
    """Writes the index of these records, and the scripts that search it, into a folder."""
    asyncio.run(_write_index(found, folder))
    put_in_order(folder)


async def _write_index(found: Iterable[Record], folder: Path) -> None:
    config = IndexConfig(output_path=str(folder), force_language="fr")
    async with PagefindIndex(config=config) as index:
        for record in found:
            await index.add_custom_record(
                url=f"/{record.url}",
                content=record.content,
                language="fr",
                meta=record.meta,
                filters=record.filters,
                sort=record.sort,
            )


def _record(catalogue: Catalogue, fiche: Fiche) -> Record:
    terms = catalogue.vocabularies
    filters = {
        facet: [terms[index][key].libelle for key in catalogue.keys_of(fiche, index)] for facet, index in FACETS.items()
    }
    return Record(
        url=fiche_url(fiche.id),
        content=richtext.french(" ".join(_words(catalogue, fiche))),
        meta={
            "title": richtext.french(fiche.titre),
            "resume": richtext.french(fiche.resume),
            "lieu": _few(filters["Commune"]) or terms.territoires[fiche.territoire].libelle,
            "domaine": filters["Domaine"][0],
        },
        filters=filters,
        sort={"titre": fold(fiche.titre), "date": fiche.publie_le or ""},
    )


def _few(names: list[str], most: int = 3) -> str:
    return ", ".join(names) if len(names) <= most else f"{len(names)} communes"


def _words(catalogue: Catalogue, fiche: Fiche) -> Iterable[str]:
    """The text of a fiche in the order of its page, then the other names of its terms."""
    yield from (fiche.resume, fiche.sous_titre or "", fiche.public_cible or "", fiche.lieu or "")
    yield from (
        richtext.to_plain(text)
        for text in (fiche.besoins, fiche.description, fiche.resultats, fiche.innovation)
        if text
    )
    yield from (*fiche.objectifs, *fiche.objectifs_secondaires, *fiche.facteurs_de_reussite)
    yield from (f"{defi.defi} {defi.reponse or ''}" for defi in fiche.defis)
    yield from (f"{indicateur.mesure} : {indicateur.valeur}" for indicateur in fiche.indicateurs)
    yield from (porteur.nom for porteur in fiche.porteurs)
    yield from (f"{partenaire.nom} {partenaire.role or ''}" for partenaire in fiche.partenaires)
    yield from (f"{contact.organisation} {contact.nom or ''}" for contact in fiche.contacts)
    yield "Mots-clés : " + ", ".join(dict.fromkeys(_names(catalogue, fiche)))


def _names(catalogue: Catalogue, fiche: Fiche) -> Iterable[str]:
    for term in _terms(catalogue, fiche):
        yield from (name for name in term.names if name != term.id)


def _terms(catalogue: Catalogue, fiche: Fiche) -> Iterable[Term]:
    terms = catalogue.vocabularies
    for index in ("domaines", "publics", "cantons"):
        yield from (terms[index][key] for key in catalogue.keys_of(fiche, index))
    here = catalogue.keys_of(fiche, "communes")
    yield from (commune for commune in terms.communes if terms.commune_of_today(commune.id).id in here)
    yield from catalogue.acronyms(fiche)
