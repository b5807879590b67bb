"""Controlled vocabularies: ordered terms with lookup by any name and suggestions for unknown names."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, ClassVar, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

LONGEST_NAME = 160
"""Maximum length of a name for which suggestions are searched: the time of a comparison grows with the length."""


def fold(text: str) -> str:
    """Normalizes a name for comparison: removes case, accents, punctuation and repeated spaces.

    >>> fold("Déifferdeng  (Ville)")
    'deifferdeng ville'
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    for char in set(decomposed):
        if unicodedata.category(char).startswith("M"):
            decomposed = decomposed.replace(char, "")
    return " ".join(re.findall(r"\w+", decomposed))


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Change(_Frozen):
    """What has become of an institution or instrument, and the source of this information."""

    texte: str
    source: str


class Term(_Frozen):
    """One entry of a vocabulary; `traductions` maps de, lb and en to the name in that language.

    `autres_langues` maps the same codes to further words for the search; they do not identify the term in a fiche,
    and several terms may have the same one. `may_share_names` tells whether terms of a class may have equal names.
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
        """All names of the term without duplicates, its id last."""
        return tuple(dict.fromkeys((self.libelle, *self.traductions.values(), *self.synonymes, self.id)))


class Domaine(Term):
    """A field of action; `teinte` is the hue of its colour in degrees."""

    teinte: int = Field(ge=0, le=360)


class EtapePci(Term):
    """A step of the communal integration plan (PCI); `phase` is its part of the guide.

    `faire` lists the activities, `acteurs` the responsibilities, `vigilance` the risks: one sentence per entry.
    """

    phase: str
    faire: tuple[str, ...] = ()
    acteurs: tuple[str, ...] = ()
    vigilance: tuple[str, ...] = ()


class Demarche(Term):
    """An approach to starting a practice, with its advantages and risks: one sentence per entry."""

    atouts: tuple[str, ...] = ()
    risques: tuple[str, ...] = ()


class Orientation(Term):
    """An orientation of the national strategy, with its intermediate objectives."""

    objectifs: tuple[str, ...] = ()


class Facteur(Term):
    """An obstacle or success factor; `origine` is its first source: `étude` or `fiches`."""

    origine: Literal["étude", "fiches"]


_Step = Annotated[int, Field(ge=0, le=99)]


class Commune(Term):
    """A present-day commune, or a former one; `devenue` is the id of the commune that succeeded it.

    `hexagone` is column and row on the map, `population` the number of inhabitants, `depuis` the ISO date, month or
    year of the change, if known; `renommee` says that it changed its name only.
    """

    canton: str = ""
    code_lau: str = ""
    population: int = Field(default=0, ge=0)
    hexagone: tuple[_Step, _Step] | None = None
    devenue: str = ""
    depuis: str = ""
    renommee: bool = False


class Localite(Term):
    """A village or quarter, and the id of its commune; several communes may have one of the same name."""

    may_share_names: ClassVar[bool] = True

    commune: str


class Edition(Term):
    """An edition of the Assises; `date` is an ISO date, the other fields are displayed as they are."""

    date: str
    lieu: str
    horaire: str = ""
    organisation: str = ""
    source: str = ""


class Sigle(Term):
    """An acronym or institution; `depuis` is what has become of it since the fiches were written."""

    sigle: str = ""
    depuis: Change | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for name in (self.sigle, self.libelle, *self.synonymes) if name))


class Expression(Term):
    """Words of another language quoted in French texts; `langue` is the language code for HTML."""

    langue: str = Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")

    @property
    def names(self) -> tuple[str, ...]:
        return (self.libelle, *self.synonymes)


T = TypeVar("T", bound=Term)


class Vocabulary(_Frozen, Generic[T]):
    """The terms of one subject, in display order."""

    titre: str
    description: str
    termes: tuple[T, ...]

    def __iter__(self) -> Iterator[T]:  # type: ignore[override]  # pydantic iterates over the fields, this over the terms
        return iter(self.termes)

    def __len__(self) -> int:
        return len(self.termes)

    def __contains__(self, term_id: str) -> bool:
        return term_id in self._by_id

    def __getitem__(self, term_id: str) -> T:
        return self._by_id[term_id]

    def resolve(self, name: str) -> str | None:
        """Returns the id of the term with this name, compared after `fold`, or None."""
        if name in self._by_id:
            return name
        return self._by_name.get(fold(name))

    @property
    def folded_names(self) -> Mapping[str, str]:
        """All names after `fold` → ids; of terms with a common name, the first one counts."""
        return self._by_name

    def suggest(self, name: str, most: int = 3) -> list[str]:
        """Returns the libellés with the names most similar to an unknown one, most similar first."""
        if len(name) > LONGEST_NAME:
            return []
        near = difflib.get_close_matches(fold(name), self._by_name, n=2 * most, cutoff=0.72)
        within = [key for key in self._by_name if fold(name) and f" {fold(name)} " in f" {key} "]
        ids = dict.fromkeys(self._by_name[key] for key in (*near, *within))
        return [self._by_id[term_id].libelle for term_id in ids][:most]

    def shared_names(self) -> list[tuple[str, str, str]]:
        """Returns ambiguous names as `(name, id, other id)`.

        Terms whose class sets `may_share_names`, such as localities, are not reported.
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
    """All vocabularies; each field is a file in `vocabularies/`, with hyphens instead of underscores."""

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
        """Returns the present-day commune of a present-day or former commune."""
        commune = self.communes[commune_id]
        while commune.devenue:
            commune = self.communes[commune.devenue]
        return commune
