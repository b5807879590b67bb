"""Divides the fiches of a booklet into ordered parts: by bloc and table, by domain, or by title."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.diagnostics import CannotRun
from practice_catalogue.model.fiche import Fiche, Presentation


@dataclass(frozen=True)
class BookPart:
    """A part of a booklet; `hue` is the hue of its domain in degrees, or None."""

    titre: str
    texte: str
    fiches: tuple[Fiche, ...]
    hue: int | None = None


@dataclass(frozen=True)
class Slot:
    """Bloc and table where a fiche was presented at an edition."""

    bloc: str
    table: str
    fiche: Fiche

    @property
    def sort_key(self) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
        return _natural(self.bloc), _natural(self.table)


def programme(fiches: tuple[Fiche, ...], edition: str) -> tuple[Slot, ...]:
    """Returns the sorted programme of an edition; empty unless more than half of the fiches have a bloc."""
    slots = [
        Slot(shown.bloc, shown.table or "", fiche)
        for fiche in fiches
        for shown in fiche.editions
        if shown.edition == edition and shown.bloc
    ]
    placed = {slot.fiche.id for slot in slots}
    return tuple(sorted(slots, key=lambda slot: slot.sort_key)) if 2 * len(placed) > len(fiches) else ()


def book_parts(catalogue: Catalogue, fiches: tuple[Fiche, ...], edition: str, order: str = "") -> tuple[BookPart, ...]:
    """Returns the parts in the given order; by default by programme if there is one, else by domain.

    Raises CannotRun if the order is `programme` and there is none.
    """
    day = programme(fiches, edition)
    if order == "programme" and not day:
        raise CannotRun("sans-programme")
    return tuple(ORDERS[order or ("programme" if day else "domaine")](catalogue, fiches, day))


def _by_programme(catalogue: Catalogue, fiches: tuple[Fiche, ...], day: tuple[Slot, ...]) -> Iterator[BookPart]:
    """Yields one part per bloc, its fiches by table; a fiche with several tables is listed at the first."""
    del catalogue
    first: dict[str, str] = {}
    for slot in day:
        first.setdefault(slot.fiche.id, slot.bloc)
    by_id = {fiche.id: fiche for fiche in fiches}
    for bloc in dict.fromkeys(first.values()):
        yield BookPart(f"Bloc {bloc}", "", tuple(by_id[one] for one, its_bloc in first.items() if its_bloc == bloc))
    rest = tuple(fiche for fiche in fiches if fiche.id not in first)
    if rest:
        yield BookPart("Hors programme", "Des pratiques dont la table n'est pas connue.", rest)


def _by_domain(catalogue: Catalogue, fiches: tuple[Fiche, ...], day: tuple[Slot, ...]) -> Iterator[BookPart]:
    del day
    for domaine in catalogue.vocabularies.domaines:
        own = tuple(fiche for fiche in fiches if fiche.domaines[0] == domaine.id)
        if own:
            yield BookPart(domaine.libelle, domaine.description, own, domaine.teinte)


def _by_title(catalogue: Catalogue, fiches: tuple[Fiche, ...], day: tuple[Slot, ...]) -> Iterator[BookPart]:
    del catalogue, day
    yield BookPart("Les pratiques", "De A à Z.", fiches)


ORDERS: dict[str, Callable[[Catalogue, tuple[Fiche, ...], tuple[Slot, ...]], Iterator[BookPart]]] = {
    "programme": _by_programme,
    "domaine": _by_domain,
    "titre": _by_title,
}


def bloc_and_table(shown: Presentation) -> str:
    """Returns bloc and table in words, or an empty string."""
    return ", ".join(f"{name} {value}" for name, value in (("bloc", shown.bloc), ("table", shown.table)) if value)


def _natural(text: str) -> list[tuple[int, str]]:
    """Sort key that compares the numbers in a name by value.

    >>> sorted(["10", "9", "2 bis", "2"], key=_natural)
    ['2', '2 bis', '9', '10']
    """
    return [(int(number or 0), word) for number, word in re.findall(r"(\d+)|([^\d\s]+)", text)]
