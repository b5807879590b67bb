"""Computes statistics of the catalogue: counts, shares, sums and ranges, each with its fiches."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from practice_catalogue.model import formatting
from practice_catalogue.model.catalogue import Catalogue, Heading
from practice_catalogue.model.derived.evidence import evidence
from practice_catalogue.model.derived.practice_state import ENDED, state_sentence
from practice_catalogue.model.fiche import Fiche, Indicateur
from practice_catalogue.model.introspection import fields_of
from practice_catalogue.model.vocabulary import Commune, fold

UNKNOWN = "Non précisé"

_COUNT = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]?\d{3})*")
_SPACES = re.compile(r"[ \u00a0\u202f]")


@dataclass(frozen=True)
class Chart:
    """A bar chart with one bar per heading; `index` is the folder of their pages, or empty if they have none."""

    id: str
    titre: str
    rows: tuple[Heading, ...]
    index: str = ""
    phrase: str = ""

    @property
    def longest(self) -> int:
        return max((len(row.fiches) for row in self.rows), default=0)


@dataclass(frozen=True)
class Coverage:
    """The current communes with and without a practice of their own, and their population."""

    with_practice: tuple[Commune, ...]
    without: tuple[Commune, ...]

    @property
    def population_with(self) -> int:
        return sum(commune.population for commune in self.with_practice)

    @property
    def population(self) -> int:
        return self.population_with + sum(commune.population for commune in self.without)


@dataclass(frozen=True)
class Measure:
    """Indicators with the same wording; `total`, `lowest` and `highest` are set if all of several values are counts."""

    mesure: str
    entries: tuple[tuple[Fiche, Indicateur], ...]
    total: int | None = None
    lowest: int | None = None
    highest: int | None = None


@dataclass(frozen=True)
class Filled:
    """An optional field and the fiches that fill it in."""

    name: str
    titre: str
    fiches: tuple[Fiche, ...]


def percent(part: int, whole: int) -> int:
    """Returns a share in whole percents, with halves rounded up.

    >>> percent(1, 8), percent(0, 0)
    (13, 0)
    """
    return (200 * part + whole) // (2 * whole) if whole else 0


def charts(catalogue: Catalogue) -> tuple[Chart, ...]:
    """Returns the distribution of the fiches over each index and over the years."""
    return (
        _chart(catalogue, "domaines", "Par domaine", "Une fiche compte dans chacun de ses domaines, quatre au plus."),
        _chart(catalogue, "publics", "Par public", "Une fiche compte pour chacun de ses publics."),
        _chart(catalogue, "cantons", "Par canton", "D'après les communes que nomme la fiche."),
        _chart(catalogue, "niveaux_de_cout", "Par niveau de coût"),
        _chart(catalogue, "types_de_porteur", "Par type de porteur"),
        Chart("annees", "Par année de début", years(catalogue)),
        _chart(catalogue, "editions", "Par édition des Assises"),
    )


def years(catalogue: Catalogue) -> tuple[Heading, ...]:
    """Returns the fiches by the year in which the practice began, oldest first, unknown years last."""
    found: dict[str, list[Fiche]] = defaultdict(list)
    for fiche in catalogue:
        found[((fiche.calendrier and fiche.calendrier.debut) or "")[:4]].append(fiche)
    return tuple(
        Heading(year or "sans", year or UNKNOWN, tuple(found[year]))
        for year in sorted(found, key=lambda year: year or "9999")
    )


def coverage(catalogue: Catalogue) -> Coverage:
    """Returns which current communes are named by a practice."""
    current = [commune for commune in catalogue.vocabularies.communes if not commune.devenue]
    return Coverage(
        tuple(commune for commune in current if catalogue.under("communes", commune.id)),
        tuple(commune for commune in current if not catalogue.under("communes", commune.id)),
    )


def measures(catalogue: Catalogue) -> tuple[Measure, ...]:
    """Returns the indicators by wording: first those shared by several fiches, then the others, in catalogue order."""
    found: dict[str, list[tuple[Fiche, Indicateur]]] = defaultdict(list)
    for fiche in catalogue:
        for indicateur in fiche.indicateurs:
            found[fold(indicateur.mesure)].append((fiche, indicateur))
    made = [_measure(entries) for entries in found.values()]
    return tuple(sorted(made, key=lambda measure: not is_shared(measure)))


def is_shared(measure: Measure) -> bool:
    """Tells whether several fiches have an indicator with this wording."""
    return len({fiche.id for fiche, _ in measure.entries}) > 1


def parse_count(valeur: str) -> int | None:
    """Parses a value that is a plain number; shares and estimates, which cannot be summed, give None.

    >>> parse_count("1 262"), parse_count("environ 36 %"), parse_count("15 à 30")
    (1262, None, None)
    """
    return int(_SPACES.sub("", valeur)) if _COUNT.fullmatch(valeur) else None


def amounts(catalogue: Catalogue) -> tuple[Fiche, ...]:
    """Returns the fiches whose cost in euros is known, cheapest first."""
    known = [(fiche.couts.montant, fiche) for fiche in catalogue if fiche.couts and fiche.couts.montant is not None]
    return tuple(fiche for _, fiche in sorted(known, key=lambda pair: pair[0]))


def highest_amount(catalogue: Catalogue) -> int:
    """Returns the highest cost of a fiche in euros, or 0."""
    known = [fiche.couts for fiche in catalogue if fiche.couts]
    return max((couts.montant_max or couts.montant or 0 for couts in known), default=0)


def filled(catalogue: Catalogue) -> tuple[Filled, ...]:
    """Returns each optional field with the fiches that fill it in."""
    return tuple(
        Filled(
            name,
            str(field.title),
            tuple(fiche for fiche in catalogue if getattr(fiche, name) not in (None, ())),
        )
        for name, field in fields_of(Fiche).items()
        if not field.is_required() and name not in {"langue", "anciens_ids"}
    )


@dataclass(frozen=True)
class Sign:
    """Something that the site says of a fiche, and what in the fiche it rests on, with the section that tells it."""

    words: str
    basis: str = ""
    section: str = ""


def signs(fiche: Fiche, catalogue: Catalogue) -> tuple[Sign, ...]:
    """Returns the state of a fiche, then its evidence, each with its basis."""
    state = state_sentence(fiche, catalogue.state_of(fiche))
    bases = (_results_basis(fiche), _cost_basis(fiche, catalogue), _difficulties_basis(fiche), _contact_basis(fiche))
    told = (Sign(one.words, *basis) for one, basis in zip(evidence(fiche), bases, strict=True))
    return (Sign(state, *_state_basis(fiche, catalogue)), *told)


def _state_basis(fiche: Fiche, catalogue: Catalogue) -> tuple[str, str]:
    state = catalogue.state_of(fiche)
    if state.news:
        return f"nouvelle du {formatting.day(state.news.le)}, {state.source}", "nouvelles"
    if state.etat == ENDED:
        return f"fin : {formatting.day(state.known)}", ""
    if fiche.editions:
        return f"sans nouvelle depuis les Assises, {formatting.day(state.known)}", ""
    return (f"sans nouvelle depuis sa publication, {formatting.day(state.known)}" if state.known else "aucune date"), ""


def _results_basis(fiche: Fiche) -> tuple[str, str]:
    if fiche.evaluation:
        return f"évaluation, {fiche.evaluation.par}", "evaluation"
    if fiche.indicateurs:
        return _counted(len(fiche.indicateurs), "chiffre"), "resultats"
    return ("le texte des résultats", "resultats") if fiche.resultats else ("rien", "")


def _cost_basis(fiche: Fiche, catalogue: Catalogue) -> tuple[str, str]:
    if not fiche.couts or (fiche.couts.niveau == "non-precise" and not fiche.couts.texte):
        return "rien", ""
    if fiche.couts.niveau == "non-precise":
        return "le texte des coûts, sans ordre de grandeur", "couts"
    said = formatting.amount(fiche.couts) or catalogue.vocabularies.niveaux_de_cout[fiche.couts.niveau].libelle
    return said, "couts" if fiche.couts.texte or fiche.couts.financement else ""


def _difficulties_basis(fiche: Fiche) -> tuple[str, str]:
    if not fiche.defis:
        return "rien", ""
    answers = sum(bool(one.reponse) for one in fiche.defis)
    return f"{_counted(len(fiche.defis), 'difficulté')}, {_counted(answers, 'réponse')}", "defis"


def _contact_basis(fiche: Fiche) -> tuple[str, str]:
    confirmed = max((one.confirme_le or "" for one in fiche.contacts), default="")
    return (f"confirmé le {formatting.day(confirmed)}" if confirmed else "aucune date de confirmation"), "contact"


def _counted(number: int, name: str) -> str:
    return f"{number} {name}{'s' if number > 1 else ''}"


def _chart(catalogue: Catalogue, index: str, titre: str, phrase: str = "") -> Chart:
    pages = index if index in {"domaines", "publics", "cantons", "editions"} else ""
    return Chart(index.replace("_", "-"), titre, catalogue.headings(index), pages, phrase)


def _measure(entries: list[tuple[Fiche, Indicateur]]) -> Measure:
    mesure = entries[0][1].mesure
    numbers = [parse_count(indicateur.valeur) for _, indicateur in entries]
    known = [number for number in numbers if number is not None]
    if len(known) < len(numbers) or len(known) == 1:
        return Measure(mesure, tuple(entries))
    return Measure(mesure, tuple(entries), sum(known), min(known), max(known))
