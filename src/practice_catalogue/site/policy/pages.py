"""Plans the policy pages: guide, orientations, analysis, figures, glossary, open data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, TypeVar

from practice_catalogue.model import urls
from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.derived.evidence import ASPECTS
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.introspection import fields_of, lists_of_parts
from practice_catalogue.site.policy import analysis, figures, pact

P = TypeVar("P")
"""The type of a planned page, which the caller chooses."""

SINCE = ("pci", "loi-2008", "olai", "mfsva", "ccci", "cne", "cai", "gresil")
"""Ids of acronyms: institutions and instruments that have changed since the guide was written."""


def pages(catalogue: Catalogue, page: Callable[..., P]) -> Iterator[P]:
    """Yields the pages, each planned by a callback: `page("analyse/index.md", "analysis", title=…)`."""
    stages = pact.stages(catalogue.vocabularies)
    yield page(
        "pacte/index.md",
        "pacte",
        title="Le pacte communal",
        description="Gemengepakt, Biergerpakt : qui signe, les étapes, coordinateur, conseillers, commission, argent.",
        searched=True,
        stages=stages,
    )
    yield page(
        "guide-pci/index.md",
        "guide-pci",
        title="Faire un pacte communal",
        description="Le pacte en bref, ses étapes et, pour chacune, qui fait quoi, à quoi veiller, qui l'a déjà fait.",
        stages=stages,
        essentials=[fait for sujet in catalogue.vocabularies.pacte for fait in sujet.faits if fait.essentiel],
        since=[catalogue.vocabularies.sigles[key] for key in SINCE if key in catalogue.vocabularies.sigles],
    )
    if len(catalogue.vocabularies.signataires):
        yield page(
            "signataires/index.md",
            "signataires",
            title="Les communes signataires",
            description="Qui a signé le pacte communal (Gemengepakt), et quand.",
            searched=True,
        )
    yield page(
        "orientations/index.md",
        "orientations",
        title="Les quatre orientations",
        description="Les orientations de la stratégie d'intégration locale et les pratiques qui les servent.",
    )
    yield page(
        "analyse/index.md",
        "analysis",
        partial(_analysis, catalogue),
        title="Analyse transversale",
        description="Ce qui freine, ce qui aide, et ce que les fiches y répondent.",
    )
    yield page(
        "chiffres/index.md",
        "figures",
        partial(_figures, catalogue),
        title="Le catalogue en chiffres",
        description="Combien de pratiques, où, pour qui, à quel coût, et ce que les fiches laissent en blanc.",
    )
    yield page(
        "sigles/index.md",
        "glossary",
        partial(_uses, catalogue),
        title="Sigles",
        description="Ce que veulent dire les sigles des fiches, et ce que ces institutions sont devenues.",
    )
    yield page(
        "donnees/index.md",
        "open-data",
        title="Données ouvertes",
        description="Toutes les fiches en JSON, CSV, Excel et flux Atom, avec leurs vocabulaires.",
        feeds=urls.FEEDS,
        tables=_tables(),
        schema_of_a_fiche=urls.PUBLISHED_SCHEMA,
    )


def _analysis(catalogue: Catalogue) -> dict[str, Any]:
    return {
        "starts": analysis.starts(catalogue),
        "freins": analysis.freins(catalogue),
        "by_domain": analysis.cells(catalogue, "freins", "domaines"),
        "by_lever": analysis.cells(catalogue, "freins", "leviers"),
        "leviers": analysis.by_frequency(catalogue.headings("leviers")),
        "difficulties": analysis.difficulties(catalogue),
        "answered": analysis.answered(catalogue),
        "gaps": analysis.gaps(catalogue),
        "frein_chart": figures.Chart("freins", "Freins", analysis.by_frequency(catalogue.headings("freins"))),
        "levier_chart": figures.Chart("leviers", "Leviers", analysis.by_frequency(catalogue.headings("leviers"))),
        "percent": figures.percent,
    }


def _figures(catalogue: Catalogue) -> dict[str, Any]:
    measures = figures.measures(catalogue)
    return {
        "charts": figures.charts(catalogue),
        "coverage": figures.coverage(catalogue),
        "measures": measures,
        "told": [entry for measure in measures for entry in measure.entries],
        "shared": [measure for measure in measures if figures.is_shared(measure)],
        "amounts": figures.amounts(catalogue),
        "highest": figures.highest_amount(catalogue),
        "filled": figures.filled(catalogue),
        "signs": partial(figures.signs, catalogue=catalogue),
        "aspects": ASPECTS,
        "percent": figures.percent,
    }


def _uses(catalogue: Catalogue) -> dict[str, Any]:
    """Returns the fiches that use each acronym, by acronym id."""
    found: dict[str, list[Fiche]] = {}
    for fiche in catalogue:
        for sigle in catalogue.acronyms(fiche):
            found.setdefault(sigle.id, []).append(fiche)
    return {"uses": found}


def _tables() -> list[tuple[str, str]]:
    """Returns the name and title of each open data table other than the table of fiches."""
    return [(name.replace("_", "-"), str(fields_of(Fiche)[name].title)) for name in lists_of_parts(Fiche)]
