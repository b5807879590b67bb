"""Declares the facets of the explorer: their names in URLs, their titles and their indexes."""

from __future__ import annotations

from dataclasses import dataclass

from practice_catalogue.model.catalogue import Catalogue, Heading


@dataclass(frozen=True)
class Facet:
    """A facet of the explorer: name in URLs, title, name of its index."""

    name: str
    titre: str
    index: str


FACETS = (
    Facet("domaine", "Domaine", "domaines"),
    Facet("public", "Public", "publics"),
    Facet("commune", "Commune", "communes"),
    Facet("porteur", "Type de porteur", "types_de_porteur"),
    Facet("type", "Type de pratique", "types"),
    Facet("etat", "État", "etats"),
    Facet("cout", "Niveau de coût", "niveaux_de_cout"),
    Facet("theme", "Thème du pacte", "themes"),
    Facet("etape", "Étape d'un plan communal", "etapes_pci"),
    Facet("edition", "Édition des Assises", "editions"),
)
"""All facets; the explorer shows those that `used_facets` returns."""


@dataclass(frozen=True)
class Group:
    """A group of values of a facet; the title may be empty."""

    titre: str
    values: tuple[Heading, ...]


def used_facets(catalogue: Catalogue) -> list[tuple[Facet, list[Group]]]:
    """Returns the facets that have values, with the values used by at least one fiche; communes grouped by canton."""
    found = [(facet, _groups(catalogue, facet)) for facet in FACETS]
    return [(facet, groups) for facet, groups in found if groups]


def _groups(catalogue: Catalogue, facet: Facet) -> list[Group]:
    values = tuple(heading for heading in catalogue.headings(facet.index) if heading.fiches)
    if facet.index != "communes":
        return [Group("", values)] if values else []
    communes, cantons = catalogue.vocabularies.communes, catalogue.vocabularies.cantons
    groups = [
        Group(canton.libelle, tuple(one for one in values if communes[one.id].canton == canton.id))
        for canton in cantons
    ]
    return [group for group in groups if group.values]
