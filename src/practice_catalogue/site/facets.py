"""The facets by which the catalogue is explored: their name in addresses, their title, the index each is taken from."""

from __future__ import annotations

from dataclasses import dataclass

from practice_catalogue.model.catalogue import Catalogue, Heading


@dataclass(frozen=True)
class Facet:
    """One facet of the explorer."""

    name: str
    titre: str
    index: str


FACETS = (
    Facet("domaine", "Domaine", "domaines"),
    Facet("public", "Public", "publics"),
    Facet("commune", "Commune", "communes"),
    Facet("porteur", "Type de porteur", "types_de_porteur"),
    Facet("cout", "Niveau de coût", "niveaux_de_cout"),
    Facet("etape", "Étape d'un plan communal", "etapes_pci"),
    Facet("edition", "Édition des Assises", "editions"),
)
"""All facets; the explorer shows those of `shown`."""


@dataclass(frozen=True)
class Group:
    """Values of a facet under a common title, which may be empty."""

    titre: str
    values: tuple[Heading, ...]


def shown(catalogue: Catalogue) -> list[tuple[Facet, list[Group]]]:
    """The facets that narrow anything, with the values that some fiche has; communes by canton."""
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
