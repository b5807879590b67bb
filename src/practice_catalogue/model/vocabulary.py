"""The controlled terms: look them up by any of their names, keep their order, suggest the nearest."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

LONGEST_NAME = 160
"""Characters of a name that one still looks for: comparing takes the longer the longer it is."""


def fold(text: str) -> str:
    """A name reduced to what makes it the same name: no case, no accents, no punctuation.

    >>> fold("Déifferdeng  (Ville)")
    'deifferdeng ville'
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    for char in set(decomposed):
        if unicodedata.combining(char):
            decomposed = decomposed.replace(char, "")
    return " ".join(re.findall(r"\w+", decomposed))


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Change(_Frozen):
    """What an institution or an instrument has become, and who says so."""

    texte: str
    source: str


class Term(_Frozen):
    """One entry of a vocabulary; `traductions` maps de, lb and en to the name in that language.

    `autres_langues` maps the same codes to further words that mean it there: the search knows them, fiches do not use
    them, and two terms may share one. `may_share_names` says whether two terms may answer to one name.
    """

    may_share_names: ClassVar[bool] = False

    id: str
    libelle: str
    description: str = ""
    synonymes: tuple[str, ...] = ()
    traductions: Mapping[str, str] = {}
    autres_langues: Mapping[str, tuple[str, ...]] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """Every name the term answers to, its id last, without repeats."""
        return tuple(dict.fromkeys((self.libelle, *self.traductions.values(), *self.synonymes, self.id)))


class Domaine(Term):
    """A field of action; `teinte` is the hue of its colour, in degrees."""

    teinte: int


class EtapePci(Term):
    """A step of the communal plan; `phase` is the part of the guide it belongs to.

    `faire` is what happens in it, `acteurs` who does what, `vigilance` what to watch for: a sentence each.
    """

    phase: str
    faire: tuple[str, ...] = ()
    acteurs: tuple[str, ...] = ()
    vigilance: tuple[str, ...] = ()


class Demarche(Term):
    """A way to start; what speaks for it and what may go wrong, a sentence each."""

    atouts: tuple[str, ...] = ()
    risques: tuple[str, ...] = ()


class Orientation(Term):
    """An orientation of the national strategy, with its intermediate objectives."""

    objectifs: tuple[str, ...] = ()


class Facteur(Term):
    """What hinders or helps; `origine` is `étude` or `fiches`, whichever named it first."""

    origine: str


class Commune(Term):
    """A commune of today (canton, inhabitants, `hexagone` as column and row) or a former one (`devenue`).

    `depuis` is the ISO date, or the year, of the change where it is known.
    """

    canton: str = ""
    code_lau: str = ""
    population: int = 0
    hexagone: tuple[int, int] | None = None
    devenue: str = ""
    depuis: str = ""


class Localite(Term):
    """A village or a quarter, and the id of the commune it lies in; several communes may have one of the same name."""

    may_share_names: ClassVar[bool] = True

    commune: str


class Edition(Term):
    """One of the Assises; `date` is ISO, the other fields are text as it is shown."""

    date: str
    lieu: str
    horaire: str = ""
    organisation: str = ""
    source: str = ""


class Sigle(Term):
    """An acronym or an institution, and what it has become since the fiches were written."""

    sigle: str = ""
    depuis: Change | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for name in (self.sigle, self.libelle, *self.synonymes) if name))


class Expression(Term):
    """Words of another language that French texts quote; `langue` is the code that HTML wants."""

    langue: str

    @property
    def names(self) -> tuple[str, ...]:
        return (self.libelle, *self.synonymes)


T = TypeVar("T", bound=Term)


class Vocabulary(_Frozen, Generic[T]):
    """The terms of one subject, in the order in which a reader meets them."""

    titre: str
    description: str
    termes: tuple[T, ...]

    def __iter__(self) -> Iterator[T]:  # type: ignore[override]  # pydantic iterates over fields; terms are what one wants
        return iter(self.termes)

    def __len__(self) -> int:
        return len(self.termes)

    def __contains__(self, term_id: str) -> bool:
        return term_id in self._by_id

    def __getitem__(self, term_id: str) -> T:
        return self._by_id[term_id]

    def resolve(self, name: str) -> str | None:
        """The id of the term that answers to this name in any spelling, or None."""
        if name in self._by_id:
            return name
        return self._by_name.get(fold(name))

    def suggest(self, name: str, most: int = 3) -> list[str]:
        """The libellés whose names come nearest to an unknown one, nearest first; none for what is too long for one."""
        if len(name) > LONGEST_NAME:
            return []
        near = difflib.get_close_matches(fold(name), self._by_name, n=2 * most, cutoff=0.72)
        within = [key for key in self._by_name if fold(name) and f" {fold(name)} " in f" {key} "]
        ids = dict.fromkeys(self._by_name[key] for key in (*near, *within))
        return [self._by_id[term_id].libelle for term_id in ids][:most]

    def shared_names(self) -> list[tuple[str, str, str]]:
        """Names that two terms both answer to, which makes them useless: (name, id, other id).

        Places may be namesakes: who asks for one has to say which.
        """
        return [
            (name, self._by_name[fold(name)], term.id)
            for term in self.termes
            for name in term.names
            if self._by_name[fold(name)] != term.id and not term.may_share_names
        ]

    @cached_property
    def _by_id(self) -> dict[str, T]:
        return {term.id: term for term in self.termes}

    @cached_property
    def _by_name(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for term in self.termes:
            for name in term.names:
                names.setdefault(fold(name), term.id)
        return names


class Vocabularies(_Frozen):
    """All the vocabularies; each field is a file of `vocabularies/`, with hyphens for underscores."""

    domaines: Vocabulary[Domaine]
    publics: Vocabulary[Term]
    communes: Vocabulary[Commune]
    localites: Vocabulary[Localite]
    cantons: Vocabulary[Term]
    territoires: Vocabulary[Term]
    types_de_porteur: Vocabulary[Term]
    niveaux_de_cout: Vocabulary[Term]
    demarches: Vocabulary[Demarche]
    etapes_pci: Vocabulary[EtapePci]
    questions_pci: Vocabulary[Term]
    orientations: Vocabulary[Orientation]
    freins: Vocabulary[Facteur]
    leviers: Vocabulary[Facteur]
    editions: Vocabulary[Edition]
    langues: Vocabulary[Term]
    sigles: Vocabulary[Sigle]
    expressions: Vocabulary[Expression]
    mots_cles: Vocabulary[Term]

    def __getitem__(self, name: str) -> Vocabulary[Term]:
        found: Vocabulary[Term] = getattr(self, name)
        return found

    def commune_of_today(self, commune_id: str) -> Commune:
        """The commune that a commune, perhaps a former one, belongs to today."""
        commune = self.communes[commune_id]
        while commune.devenue:
            commune = self.communes[commune.devenue]
        return commune
