"""Tells what surrounds a commune: its neighbours, comparable communes and the whole country, with their practices."""

from __future__ import annotations

import json
from dataclasses import dataclass

from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.derived.comparable import Comparable, comparable_communes
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.vocabulary import Commune, Term, Vocabulary, fold


@dataclass(frozen=True)
class NearbyCommune:
    """A commune with its practices; `similar` says in French what it has in common with the commune of the page."""

    commune: Commune
    fiches: tuple[Fiche, ...]
    similar: str = ""


@dataclass(frozen=True)
class Surroundings:
    """What the page of a commune shows besides its own practices.

    `former` are the communes that it succeeded, `missing` the domains in which neither it nor the whole country has a
    practice.
    """

    commune: Commune
    canton: Term
    former: tuple[Commune, ...]
    neighbours: tuple[NearbyCommune, ...]
    comparable: tuple[NearbyCommune, ...]
    national: tuple[Fiche, ...]
    missing: tuple[Term, ...]


def surroundings(catalogue: Catalogue, commune_id: str) -> Surroundings:
    """Returns the surroundings of a present-day commune."""
    terms = catalogue.vocabularies
    commune = terms.communes[commune_id]
    own = catalogue.under("communes", commune_id)
    ids = {fiche.id for fiche in own}
    national = tuple(fiche for fiche in catalogue.under("territoires", "national") if fiche.id not in ids)
    covered = {key for fiche in (*own, *national) for key in fiche.domaines}
    return Surroundings(
        commune,
        terms.cantons[commune.canton],
        tuple(one for one in terms.communes if one.devenue and terms.commune_of_today(one.id).id == commune_id),
        tuple(
            NearbyCommune(terms.communes[key], catalogue.under("communes", key))
            for key in sorted(commune.voisines, key=lambda key: fold(terms.communes[key].libelle))
        ),
        tuple(
            NearbyCommune(one.commune, catalogue.under("communes", one.commune.id), reason(one))
            for one in comparable_communes(terms.communes, commune_id)
        ),
        national,
        tuple(term for term in terms.domaines if term.id not in covered),
    )


def reason(one: Comparable) -> str:
    """Returns what makes a commune comparable, such as « taille et densité proches »."""
    adjacent = ("voisine",) if one.adjacent else ()
    if not one.similar:
        return ", ".join(("la plus proche parmi des communes différentes", *adjacent))
    names = " et ".join(one.similar) if len(one.similar) < 3 else "taille, densité et croissance"  # noqa: PLR2004  # all
    return ", ".join((f"{names} {'proches' if len(one.similar) > 1 else 'proche'}", *adjacent))


def near_communes(communes: Vocabulary[Commune]) -> str:
    """Returns the JSON that the browser fetches for a chosen commune: `{id: {nom, comparables, voisines}}`."""
    near = {
        one.id: {
            "nom": one.libelle,
            "comparables": [other.commune.id for other in comparable_communes(communes, one.id)],
            "voisines": list(one.voisines),
        }
        for one in communes
        if not one.devenue
    }
    return json.dumps(near, ensure_ascii=False, separators=(",", ":"))
