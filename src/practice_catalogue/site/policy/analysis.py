"""Computes the transversal analysis: obstacles, answers to them, levers and gaps of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from practice_catalogue.model.catalogue import Catalogue, Heading
from practice_catalogue.model.fiche import Defi, Fiche

Cells = dict[tuple[str, str], tuple[Fiche, ...]]
"""A cross table: (row id, column id) → fiches; empty cells are left out."""


@dataclass(frozen=True)
class Frein:
    """An obstacle with its fiches; `told` holds each fiche's description of it and answer to it."""

    heading: Heading
    origine: str
    told: tuple[tuple[Fiche, Defi], ...]

    @property
    def named_only(self) -> tuple[Fiche, ...]:
        """The fiches that mention the obstacle but do not list it among their difficulties."""
        told = {fiche.id for fiche, _ in self.told}
        return tuple(fiche for fiche in self.heading.fiches if fiche.id not in told)


@dataclass(frozen=True)
class Gaps:
    """Gaps of the catalogue: unanswered difficulties, headings without fiches, fiches with missing fields."""

    unanswered: tuple[tuple[Fiche, Defi], ...]
    not_met: tuple[Heading, ...]
    indexes: tuple[tuple[str, str, tuple[Heading, ...]], ...]
    without_results: tuple[Fiche, ...]
    without_numbers: tuple[Fiche, ...]


def starts(catalogue: Catalogue) -> tuple[Heading, ...]:
    """Returns the ways to start with their fiches; fiches that do not say come last."""
    silent = tuple(fiche for fiche in catalogue if not fiche.demarche)
    return (*catalogue.headings("demarches"), Heading("sans", "Non précisée", silent))


def freins(catalogue: Catalogue) -> tuple[Frein, ...]:
    """Returns the obstacles in the order of the vocabulary."""
    return tuple(
        Frein(
            heading,
            catalogue.vocabularies.freins[heading.id].origine,
            tuple((fiche, defi) for fiche in heading.fiches for defi in fiche.defis if defi.frein == heading.id),
        )
        for heading in catalogue.headings("freins")
    )


def cells(catalogue: Catalogue, rows: str, columns: str) -> Cells:
    """Returns the cross table of two indexes."""
    found = {
        (row.id, column.id): catalogue.both(rows, row.id, columns, column.id)
        for row in catalogue.headings(rows)
        for column in catalogue.headings(columns)
    }
    return {pair: fiches for pair, fiches in found.items() if fiches}


def by_frequency(headings: tuple[Heading, ...]) -> tuple[Heading, ...]:
    """Returns the headings that have fiches, sorted by decreasing number; ties keep their order."""
    return tuple(sorted((one for one in headings if one.fiches), key=lambda one: -len(one.fiches)))


def difficulties(catalogue: Catalogue) -> tuple[tuple[Fiche, Defi], ...]:
    """Returns all difficulties that the fiches describe."""
    return tuple((fiche, defi) for fiche in catalogue for defi in fiche.defis)


def answered(catalogue: Catalogue) -> tuple[tuple[Fiche, Defi], ...]:
    """Returns the difficulties that have an answer."""
    return tuple((fiche, defi) for fiche, defi in difficulties(catalogue) if defi.reponse)


def gaps(catalogue: Catalogue) -> Gaps:
    """Returns the gaps of the catalogue."""
    return Gaps(
        tuple((fiche, defi) for fiche, defi in difficulties(catalogue) if not defi.reponse),
        tuple(frein.heading for frein in freins(catalogue) if frein.origine == "étude" and not frein.heading.fiches),
        tuple(
            (name, titre, tuple(heading for heading in catalogue.headings(name) if not heading.fiches))
            for name, titre in (
                ("domaines", "Domaines"),
                ("publics", "Publics"),
                ("etapes_pci", "Étapes d'un plan communal"),
                ("orientations", "Orientations"),
                ("leviers", "Leviers"),
            )
        ),
        tuple(fiche for fiche in catalogue if not fiche.resultats),
        tuple(fiche for fiche in catalogue if not fiche.indicateurs),
    )
