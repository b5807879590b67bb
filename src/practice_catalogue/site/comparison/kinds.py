"""Sets the variants of a kind of practice side by side: what they share, where they differ, what one has to decide."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from practice_catalogue.model import formatting
from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.derived.practice_state import state_sentence
from practice_catalogue.model.fiche import Fiche

MOST_VARIANTS = 12
"""Maximum number of variants in the table; the list of cards has all of them."""

SHARED = {
    "territoires": "Échelle",
    "domaines": "Domaines",
    "publics": "Publics",
    "niveaux_de_cout": "Coût",
    "demarches": "Démarche",
    "freins": "Obstacles",
    "leviers": "Ce qui aide",
    "themes": "Thème du pacte",
}
"""Indexes whose terms may be common to all variants → label."""

DECISIONS = {
    "types_de_porteur": "Qui porte la pratique ?",
    "territoires": "À quelle échelle ?",
    "publics": "Pour qui d'abord ?",
    "niveaux_de_cout": "Avec quel budget ?",
    "demarches": "Qui lance : la commune, les habitants, ou les deux ?",
}
"""Indexes whose terms are a choice if the variants differ → question."""


@dataclass(frozen=True)
class Choice:
    """A question on which the variants differ: each answer (French) and how many variants give it, most given first."""

    question: str
    answers: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Variant:
    """A practice of the kind; `cells` has a list of texts for each column, empty if the fiche does not say."""

    fiche: Fiche
    cells: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class KindComparison:
    """What the page of a kind shows; all of it is read out of the fields of the fiches."""

    common: tuple[tuple[str, tuple[str, ...]], ...]
    choices: tuple[Choice, ...]
    columns: tuple[str, ...]
    variants: tuple[Variant, ...]


def compare_variants(catalogue: Catalogue, kind_id: str) -> KindComparison:
    """Compares the fiches of a kind; a single one has nothing in common with others and leaves no choice."""
    fiches = catalogue.under("types", kind_id)
    several = len(fiches) > 1
    return KindComparison(
        tuple(_common(catalogue, kind_id)) if several else (),
        tuple(_choices(catalogue, kind_id)) if several else (),
        tuple(COLUMNS),
        tuple(
            Variant(fiche, tuple(tuple(read(catalogue, fiche)) for read in COLUMNS.values()))
            for fiche in fiches[:MOST_VARIANTS]
        ),
    )


def _common(catalogue: Catalogue, kind_id: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    everyone = len(catalogue.under("types", kind_id))
    for index, label in SHARED.items():
        shared = tuple(name for name, number in _answers(catalogue, kind_id, index) if number == everyone)
        if shared:
            yield label, shared


def _choices(catalogue: Catalogue, kind_id: str) -> Iterator[Choice]:
    for index, question in DECISIONS.items():
        answers = sorted(_answers(catalogue, kind_id, index), key=lambda one: -one[1])
        if len(answers) > 1:
            yield Choice(question, tuple(answers))


def _answers(catalogue: Catalogue, kind_id: str, index: str) -> Iterator[tuple[str, int]]:
    """Yields the terms of an index that fiches of the kind have, in their order, and how many have each."""
    for term in catalogue.vocabularies[index]:
        number = len(catalogue.both("types", kind_id, index, term.id))
        if number and term.id != "non-precise":
            yield term.libelle, number


def _holders(_: Catalogue, fiche: Fiche) -> Iterator[str]:
    yield from (porteur.nom for porteur in fiche.porteurs)


def _public(catalogue: Catalogue, fiche: Fiche) -> Iterator[str]:
    yield from _names(catalogue, fiche, "publics")


def _rhythm(_: Catalogue, fiche: Fiche) -> Iterator[str]:
    if fiche.calendrier and fiche.calendrier.periodicite:
        yield fiche.calendrier.periodicite


def _cost(catalogue: Catalogue, fiche: Fiche) -> Iterator[str]:
    yield catalogue.cost_level(fiche)
    if fiche.couts and (amount := formatting.amount(fiche.couts)):
        yield amount


def _results(_: Catalogue, fiche: Fiche) -> Iterator[str]:
    yield from (f"{one.mesure} : {one.valeur}{f' ({one.annee})' if one.annee else ''}" for one in fiche.indicateurs[:3])


def _names(catalogue: Catalogue, fiche: Fiche, index: str) -> Iterator[str]:
    yield from (catalogue.vocabularies[index][key].libelle for key in catalogue.keys_of(fiche, index))


def _state(catalogue: Catalogue, fiche: Fiche) -> Iterator[str]:
    yield state_sentence(fiche, catalogue.state_of(fiche))


COLUMNS: dict[str, Callable[[Catalogue, Fiche], Iterator[str]]] = {
    "Porteur": _holders,
    "Public": _public,
    "Rythme": _rhythm,
    "Coût": _cost,
    "Résultats": _results,
    "Obstacles": partial(_names, index="freins"),
    "État": _state,
}
"""Columns of the table → function that reads the texts of a cell."""
