"""The Catalogue: an immutable collection of fiches with its indexes and queries."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from practice_catalogue.model.derived.practice_state import PracticeState, practice_state
from practice_catalogue.model.fiche import ID_LENGTH, RESERVED_IDS, Fiche
from practice_catalogue.model.vocabulary import Sigle, Vocabularies, fold


@dataclass(frozen=True)
class Heading:
    """One entry of an index with its fiches; `detail` is an optional description."""

    id: str
    libelle: str
    fiches: tuple[Fiche, ...]
    detail: str = ""


def slug(text: str) -> str:
    """Returns a name as a URL path segment and folder name, at most `ID_LENGTH` characters long.

    A hash is appended if the name is too long, reserved, or has characters that are lost in the conversion.

    >>> slug("Ville d'Esch-sur-Alzette"), slug("Україна"), slug("Con")
    ('ville-d-esch-sur-alzette', '3c08ed74', 'con-1143da2b')
    """
    folded = fold(text)
    words = "-".join(re.findall(r"[a-z0-9]+", folded))
    if 0 < len(words) <= ID_LENGTH and words not in RESERVED_IDS and words == re.sub(r"[ _]+", "-", folded).strip("-"):
        return words
    digest = hashlib.sha256((folded or text).encode()).hexdigest()[:8]
    return f"{words[: ID_LENGTH - 9].rstrip('-')}-{digest}".lstrip("-")


def _communes(fiche: Fiche, catalogue: Catalogue) -> Iterable[str]:
    return dict.fromkeys(catalogue.vocabularies.commune_of_today(commune).id for commune in fiche.communes)


def _cantons(fiche: Fiche, catalogue: Catalogue) -> Iterable[str]:
    communes = catalogue.vocabularies.communes
    return dict.fromkeys(communes[commune].canton for commune in _communes(fiche, catalogue))


_KEYS: dict[str, Callable[[Fiche, Catalogue], Iterable[str]]] = {
    "domaines": lambda fiche, _: fiche.domaines,
    "publics": lambda fiche, _: fiche.publics,
    "communes": _communes,
    "cantons": _cantons,
    "porteurs": lambda fiche, _: dict.fromkeys(slug(porteur.nom) for porteur in fiche.porteurs),
    "types_de_porteur": lambda fiche, _: dict.fromkeys(porteur.type for porteur in fiche.porteurs),
    "etats": lambda fiche, catalogue: (catalogue.state_of(fiche).etat,),
    "niveaux_de_cout": lambda fiche, _: (fiche.couts.niveau if fiche.couts else "non-precise",),
    "territoires": lambda fiche, _: (fiche.territoire,),
    "types": lambda fiche, _: fiche.types,
    "themes": lambda fiche, _: fiche.themes,
    "etapes_pci": lambda fiche, _: fiche.etapes_pci,
    "demarches": lambda fiche, _: (fiche.demarche,) if fiche.demarche else (),
    "orientations": lambda fiche, _: fiche.orientations,
    "freins": lambda fiche, _: dict.fromkeys((*(defi.frein for defi in fiche.defis if defi.frein), *fiche.freins)),
    "leviers": lambda fiche, _: fiche.leviers,
    "editions": lambda fiche, _: dict.fromkeys(shown.edition for shown in fiche.editions),
}
"""Index name → function that returns the ids of the headings of a fiche."""

INDEXES = tuple(_KEYS)
"""The names of all indexes."""


@dataclass(frozen=True)
class Catalogue:
    """The fiches in the order of their titles, with their vocabularies.

    `withdrawn` has the ids of fiches that were published and have been removed on purpose.
    """

    fiches: tuple[Fiche, ...]
    vocabularies: Vocabularies = field(repr=False)
    withdrawn: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls, fiches: Iterable[Fiche], vocabularies: Vocabularies, withdrawn: frozenset[str] = frozenset()
    ) -> Catalogue:
        in_order = sorted(fiches, key=lambda fiche: (fold(fiche.titre), fiche.id))
        return cls(tuple(in_order), vocabularies, withdrawn)

    def __iter__(self) -> Iterator[Fiche]:
        return iter(self.fiches)

    def __len__(self) -> int:
        return len(self.fiches)

    def keys_of(self, fiche: Fiche, index: str) -> tuple[str, ...]:
        """Returns the ids of the headings of an index under which a fiche is listed."""
        return tuple(_KEYS[index](fiche, self))

    def under(self, index: str, heading: str) -> tuple[Fiche, ...]:
        """Returns the fiches under one heading of an index, in the order of their titles."""
        return self._index(index).get(heading, ())

    def headings(self, index: str) -> tuple[Heading, ...]:
        """Returns all headings of an index, including empty ones, in the order of the vocabulary."""
        if index == "porteurs":
            return self._porteur_headings
        return tuple(
            Heading(term.id, term.libelle, self.under(index, term.id), term.description)
            for term in self.vocabularies[index]
            if not getattr(term, "devenue", "")
        )

    def both(self, index: str, heading: str, other: str, other_heading: str) -> tuple[Fiche, ...]:
        """Returns the fiches listed both under a heading of one index and under a heading of another."""
        others = self._ids(other).get(other_heading, frozenset())
        return tuple(fiche for fiche in self.under(index, heading) if fiche.id in others)

    def communes_of(self, fiche: Fiche) -> list[str]:
        """Returns the names of the present-day communes of a fiche."""
        return [self.vocabularies.communes[key].libelle for key in self.keys_of(fiche, "communes")]

    def cost_level(self, fiche: Fiche) -> str:
        """Returns the name of the cost level of a fiche; fiches without costs have the level `non-precise`."""
        return self.vocabularies.niveaux_de_cout[self.keys_of(fiche, "niveaux_de_cout")[0]].libelle

    def state_of(self, fiche: Fiche) -> PracticeState:
        """Returns the state of the practice on the day of the latest change of the catalogue."""
        return practice_state(fiche, self.vocabularies, self._date)

    def family_of(self, fiche: Fiche) -> tuple[Fiche, ...]:
        """Returns the practices that took up each other, first the original, without the fiche itself."""
        return tuple(one for one in self._families.get(self._origin(fiche.id), ()) if one.id != fiche.id)

    def changes(self, fiche: Fiche) -> tuple[Sigle, ...]:
        """Returns the acronyms of a fiche whose institution or instrument has changed since it was written."""
        return tuple(term for term in self.acronyms(fiche) if term.depuis)

    def acronyms(self, fiche: Fiche) -> tuple[Sigle, ...]:
        """Returns the acronyms that a fiche uses, abbreviated or spelt out; cached per fiche."""
        known = self._acronyms_by_id.get(fiche.id)
        if known is None or known[0] is not fiche:
            text = " ".join(_texts(fiche))
            words = set(_WORD.findall(text.casefold()))
            found = (
                term
                for term, names, pattern in self._sigles
                if any(name <= words for name in names) and pattern.search(text)
            )
            known = self._acronyms_by_id[fiche.id] = (fiche, tuple(found))
        return known[1]

    @cached_property
    def _acronyms_by_id(self) -> dict[str, tuple[Fiche, tuple[Sigle, ...]]]:
        return {}

    @cached_property
    def _date(self) -> str:
        return data_date(self.fiches)

    @cached_property
    def _taken_up(self) -> dict[str, str]:
        """Fiche id → id of the fiche that it takes up."""
        return {fiche.id: fiche.reprise_de.fiche for fiche in self.fiches if fiche.reprise_de}

    @cached_property
    def _families(self) -> dict[str, list[Fiche]]:
        """Id of the original → the original, then the fiches that take it up, in the order of their titles."""
        families: dict[str, list[Fiche]] = defaultdict(list)
        for fiche in self.fiches if self._taken_up else ():
            origin = self._origin(fiche.id)
            families[origin].insert(0 if fiche.id == origin else len(families[origin]), fiche)
        return dict(families)

    def _origin(self, fiche_id: str) -> str:
        while fiche_id in self._taken_up:
            fiche_id = self._taken_up[fiche_id]
        return fiche_id

    @cached_property
    def newest(self) -> tuple[Fiche, ...]:
        """The fiches, most recently published first."""
        return tuple(sorted(self.fiches, key=lambda fiche: fiche.publie_le or "", reverse=True))

    @cached_property
    def _indexes(self) -> dict[str, dict[str, tuple[Fiche, ...]]]:
        return {}

    def _index(self, name: str) -> Mapping[str, tuple[Fiche, ...]]:
        if name not in self._indexes:
            found: dict[str, list[Fiche]] = defaultdict(list)
            for fiche in self.fiches:
                for key in self.keys_of(fiche, name):
                    found[key].append(fiche)
            self._indexes[name] = {key: tuple(fiches) for key, fiches in found.items()}
        return self._indexes[name]

    def _ids(self, name: str) -> Mapping[str, frozenset[str]]:
        """Returns heading id → ids of its fiches; cached per index."""
        if name not in self._ids_by_index:
            self._ids_by_index[name] = {
                key: frozenset(fiche.id for fiche in found) for key, found in self._index(name).items()
            }
        return self._ids_by_index[name]

    @cached_property
    def _ids_by_index(self) -> dict[str, dict[str, frozenset[str]]]:
        return {}

    @cached_property
    def _porteur_headings(self) -> tuple[Heading, ...]:
        names: dict[str, tuple[str, str]] = {}
        for fiche in self.fiches:
            for porteur in fiche.porteurs:
                kind = self.vocabularies.types_de_porteur[porteur.type].libelle
                names.setdefault(slug(porteur.nom), (porteur.nom, kind))
        return tuple(
            Heading(key, name, self.under("porteurs", key), kind)
            for key, (name, kind) in sorted(names.items(), key=lambda item: (fold(item[1][0]), item[0]))
        )

    @cached_property
    def _sigles(self) -> tuple[tuple[Sigle, tuple[frozenset[str], ...], re.Pattern[str]], ...]:
        """Each acronym with the words of its names and its pattern.

        Comparing sets of words is faster than the pattern: only texts with all words of one name are searched.
        """
        return tuple(
            (term, tuple(frozenset(_WORD.findall(name.casefold())) for name in term.names), _name_pattern(term))
            for term in self.vocabularies.sigles
        )


DEFAULT_DATE = "2017-02-11"
"""Date of the first collected meeting (2nd Assises, 2017), used when no fiche has a date."""


def last_change(fiches: Iterable[Fiche]) -> str:
    """Returns the ISO date of the most recent publication, change or news, or an empty string."""
    return max((day for fiche in fiches for day in _dates(fiche) if day), default="")


def _dates(fiche: Fiche) -> Iterator[str | None]:
    yield from (fiche.publie_le, fiche.modifie_le, *(news.le for news in fiche.nouvelles))


def data_date(fiches: Iterable[Fiche]) -> str:
    """Returns the ISO date for files made from some fiches; it depends on the data, not on the clock."""
    return last_change(fiches) or DEFAULT_DATE


_WORD = re.compile(r"\w+")


def _name_pattern(term: Sigle) -> re.Pattern[str]:
    """Returns a pattern that matches an acronym with its exact case and its full names in any case."""
    full = "|".join(re.escape(name) for name in term.names if name != term.sigle)
    forms = [form for form in (f"(?i:{full})" if full else "", re.escape(term.sigle)) if form]
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)")


def _texts(value: Any) -> Iterator[str]:
    """Yields every text in a fiche, part or list, recursively."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
