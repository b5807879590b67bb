"""Catalogue → the files that the browser searches: fiches as cards, names of terms and places, words of the texts."""

from __future__ import annotations

import html
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from practice_catalogue.model import richtext
from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.formatting import place
from practice_catalogue.model.richtext import french
from practice_catalogue.model.vocabulary import Term

FOLDER = "recherche"
"""Where the files live on the site."""

INDEXES = ("domaines", "publics", "communes", "types_de_porteur", "niveaux_de_cout", "etapes_pci", "editions", "freins")
"""What is told of a fiche by terms: the explorer filters by them, and each is found by its names."""

WHOLE_DETAILS = 400
"""Up to how many fiches their summaries stand in the file of the fiches; beyond, in files of their own."""

DETAILS = 20
"""The summaries of how many fiches stand in one of those files."""

WHOLE_TEXTS = 1_500
"""Up to how many texts all of their words are told; beyond, those that tell them apart."""

RARE = 200
"""How many texts at most have a word that tells them apart."""

WITHOUT = {"rapide": ("freins", "complexite")}
"""Keywords that mean what no fiche says outright: the term that a fiche must not have."""

_WORD = re.compile(r"[^\W_]{2,}")


@dataclass(frozen=True)
class WrittenPage:
    """A page that somebody wrote by hand: its address within the site, and its content as HTML."""

    url: str
    title: str
    summary: str
    content: str


def search_files(catalogue: Catalogue, written_pages: Sequence[WrittenPage]) -> dict[str, str]:
    """The files of the search by their path within the site.

    Fiches are numbered in the order of the catalogue, the hand-written pages behind them by their address.
    """
    used = _Terms(catalogue)
    written = sorted(written_pages, key=lambda page: page.url)
    details = list(map(_details, catalogue))
    apart = len(catalogue) > WHOLE_DETAILS
    told = [""] * len(catalogue) if not apart else ["\n".join(detail) for detail in details]
    texts = (f"{detail}\n{_text(fiche)}" for detail, fiche in zip(told, catalogue, strict=True))
    files: dict[str, object] = {
        "fiches": {
            "index": {name: [[term.id, french(term.libelle)] for term in used.of[name]] for name in INDEXES},
            "fiches": _columns(catalogue, used),
            "details": [] if apart else details,
            "pieces": DETAILS if apart else 0,
            "pages": [[page.url, french(page.title), french(page.summary)] for page in written],
        },
        "termes": {"lexique": list(_lexicon(catalogue, used)), "communes": list(_places(catalogue))},
        "mots": _postings([*texts, *map(_page_text, written)]),
    }
    files |= {
        f"details/{start // DETAILS}": details[start : start + DETAILS]
        for start in range(0, len(catalogue) if apart else 0, DETAILS)
    }
    return {f"{FOLDER}/{name}.json": _json(content) for name, content in files.items()}


class _Terms:
    """The terms that some fiche has, by index, each known by its number there."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.of: dict[str, list[Term]] = {}
        self.numbers: dict[str, dict[str, int]] = {}
        for name in INDEXES:
            self.of[name] = [term for term in catalogue.vocabularies[name] if catalogue.under(name, term.id)]
            self.numbers[name] = {term.id: number for number, term in enumerate(self.of[name])}


def _columns(catalogue: Catalogue, used: _Terms) -> dict[str, list[object]]:
    """What every list shows of the fiches, each a column; `terms` has the numbers of their terms, index by index."""
    return {
        "id": [fiche.id for fiche in catalogue],
        "title": [french(fiche.titre) for fiche in catalogue],
        "lieu": [french(_where(catalogue, fiche)) for fiche in catalogue],
        "depuis": [(fiche.calendrier.debut or "")[:4] if fiche.calendrier else "" for fiche in catalogue],
        "date": [fiche.publie_le or "" for fiche in catalogue],
        "national": [int(fiche.territoire == "national") for fiche in catalogue],
        "terms": [
            [[used.numbers[name][key] for key in catalogue.keys_of(fiche, name)] for fiche in catalogue]
            for name in INDEXES
        ],
    }


def _details(fiche: Fiche) -> list[str]:
    """What a card shows besides: subtitle, summary, who is behind it."""
    holders = ", ".join(porteur.nom for porteur in fiche.porteurs)
    return [french(text) for text in (fiche.sous_titre or "", fiche.resume, holders)]


def _where(catalogue: Catalogue, fiche: Fiche) -> str:
    return place(fiche, catalogue.vocabularies)


def _lexicon(catalogue: Catalogue, used: _Terms) -> Iterator[list[object]]:
    """Names and what they stand for: `[names, names in texts, [index, number] of a term, fiches that mention it]`."""
    terms = catalogue.vocabularies
    for name in ("domaines", "publics", "niveaux_de_cout", "freins"):
        for number, term in enumerate(used.of[name]):
            yield [_all_names(term), [], [INDEXES.index(name), number], []]
    free = used.numbers["niveaux_de_cout"].get("nul")
    if free is not None:  # what costs nothing is not dear either
        yield [_all_names(terms.niveaux_de_cout["faible"]), [], [INDEXES.index("niveaux_de_cout"), free], []]
    numbers = defaultdict(list)
    for number, fiche in enumerate(catalogue):
        for acronym in catalogue.acronyms(fiche):
            numbers[acronym.id].append(number)
    for acronym in terms.sigles:
        if acronym.id in numbers:
            yield [list(acronym.names), [], [], _distances(numbers[acronym.id])]
    for word in terms.mots_cles:
        meant = _distances(_without(catalogue, *WITHOUT.get(word.id, ())))
        yield [_all_names(word), [word.libelle, *word.synonymes], [], meant]


def _without(catalogue: Catalogue, index: str = "", term: str = "") -> Iterator[int]:
    """The fiches that do not have a term; none where no term is asked for."""
    for number, fiche in enumerate(catalogue if index else ()):
        if term not in catalogue.keys_of(fiche, index):
            yield number


def _all_names(term: Term) -> list[str]:
    """Its names in all languages, without repeats."""
    foreign = (name for names in term.autres_langues.values() for name in names)
    return list(dict.fromkeys((term.libelle, *term.traductions.values(), *term.synonymes, *foreign)))


def _places(catalogue: Catalogue) -> Iterator[list[object]]:
    """Of each commune of today: id, name, canton, its own names, and those of the places that lie in it."""
    terms = catalogue.vocabularies
    inside: dict[str, dict[str, None]] = defaultdict(dict)
    for former in terms.communes:
        if former.devenue:
            inside[terms.commune_of_today(former.id).id].update(dict.fromkeys(former.names[:-1]))
    for locality in terms.localites:
        inside[terms.commune_of_today(locality.commune).id].update(dict.fromkeys(locality.names[:-1]))
    for commune in terms.communes:
        if not commune.devenue:
            own = list(dict.fromkeys((*commune.names, commune.libelle)))
            others = [name for name in inside[commune.id] if name not in own]
            yield [commune.id, french(commune.libelle), terms.cantons[commune.canton].libelle, own, others]


def _postings(texts: Sequence[str]) -> dict[str, object]:
    """The words of the texts, and of each the numbers of the texts that have it, as distances from one to the next."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        for word in dict.fromkeys(_WORD.findall(text.lower())):
            found[word].append(number)
    common = len(texts) > WHOLE_TEXTS
    words = sorted(word for word, numbers in found.items() if not common or len(numbers) <= RARE)
    return {"mots": " ".join(words), "ou": [_distances(found[word]) for word in words]}


def _distances(numbers: Iterable[int]) -> list[int]:
    """Growing numbers, each as its distance from the one before it: small numbers are soon sent."""
    return [number - before for before, number in pairwise((-1, *numbers))]


def _text(fiche: Fiche) -> str:
    return "\n".join(_texts(fiche))


def _texts(fiche: Fiche) -> Iterable[str]:
    """The text of a fiche that its card does not show."""
    yield from (text for text in (fiche.public_cible, fiche.lieu) if text)
    yield from (*fiche.objectifs, *fiche.objectifs_secondaires)
    long = (fiche.besoins, fiche.description, fiche.resultats, fiche.innovation, fiche.couts and fiche.couts.texte)
    yield from (richtext.to_plain(text) for text in long if text)
    yield from (f"{defi.defi} {defi.reponse or ''}" for defi in fiche.defis)
    yield from fiche.facteurs_de_reussite
    yield from (f"{indicateur.mesure} : {indicateur.valeur}" for indicateur in fiche.indicateurs)
    yield from fiche.organisateurs
    yield from (f"{partenaire.nom} {partenaire.role or ''}" for partenaire in fiche.partenaires)
    yield from (f"{contact.organisation} {contact.nom or ''}" for contact in fiche.contacts)


def _page_text(page: WrittenPage) -> str:
    return html.unescape(re.sub(r"<[^>]*>", " ", page.content))


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
