"""Arranges what belongs to the communal pact: its cycle with the steps of the guide, its themes with their kinds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from practice_catalogue.model.catalogue import Catalogue, Heading, slug
from practice_catalogue.model.vocabulary import EtapeDuPacte, EtapePci, Sigle, Vocabularies


@dataclass(frozen=True)
class GuideStep:
    """A step of the older guide: its number there, and whether it opens a phase.

    `changed` has what it names and has changed since, each with the name that its text uses.
    """

    number: int
    term: EtapePci
    opens_phase: bool
    changed: tuple[tuple[str, Sigle], ...]


@dataclass(frozen=True)
class Stage:
    """A part of the method: a numbered step of the pact or, in a catalogue without a pact, a phase of the guide."""

    id: str
    number: int
    titre: str
    phrase: str
    steps: tuple[GuideStep, ...]


@dataclass(frozen=True)
class ThemeKinds:
    """The kinds of practice of a theme: those that the ministry names as examples, and the others of this catalogue."""

    named: tuple[Heading, ...]
    others: tuple[Heading, ...]


def stages(terms: Vocabularies) -> tuple[Stage, ...]:
    """Returns the method: the steps of the guide, in its order within each step of the pact that they serve."""
    steps = tuple(_guide_steps(terms))
    if len(terms.etapes_du_pacte):
        return tuple(_stage(number, step, steps) for number, step in enumerate(terms.etapes_du_pacte, 1))
    phases = groupby(steps, key=lambda step: step.term.phase)
    return tuple(Stage(f"partie-{slug(phase)}", 0, phase, "", tuple(found)) for phase, found in phases)


def kinds_of_theme(catalogue: Catalogue, theme: str) -> ThemeKinds:
    """Returns the kinds of a theme in the order of the vocabulary, also those without a fiche."""
    terms = catalogue.vocabularies.types
    kinds = [kind for kind in catalogue.headings("types") if terms[kind.id].theme == theme]
    return ThemeKinds(
        tuple(kind for kind in kinds if terms[kind.id].ministere),
        tuple(kind for kind in kinds if not terms[kind.id].ministere and kind.fiches),
    )


def _stage(number: int, step: EtapeDuPacte, steps: tuple[GuideStep, ...]) -> Stage:
    return Stage(
        f"etape-{step.id}",
        number,
        step.libelle,
        step.description,
        tuple(one for one in steps if one.term.etape_du_pacte == step.id),
    )


def _guide_steps(terms: Vocabularies) -> Iterator[GuideStep]:
    phase = ""
    for number, term in enumerate(terms.etapes_pci, 1):
        text = " ".join((*term.faire, *term.acteurs, *term.vigilance))
        changed = (terms.sigles[key] for key in term.devenus if terms.sigles[key].depuis)
        names = tuple((one.sigle if one.sigle in text else one.libelle, one) for one in changed)
        yield GuideStep(number, term, term.phase != phase, names)
        phase = term.phase
