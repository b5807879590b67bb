"""Writes the search index as JSON: records of the fiches, names of terms and places, words of the texts."""

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
"""Folder of the files within the site."""

INDEXES = ("domaines", "publics", "communes", "types_de_porteur", "niveaux_de_cout", "etapes_pci", "editions", "freins")
"""The indexes of a fiche that are searched and filtered by; the browser code relies on their order."""

INLINE_DETAILS_LIMIT = 400
"""Maximum number of fiches whose summaries are in the main file; above it, they are in separate files."""

DETAILS_PER_FILE = 20
"""Number of fiches per separate file of summaries."""

ALL_WORDS_LIMIT = 1_500
"""Maximum number of texts whose words are all indexed; above it, only rare words are."""

RARE_WORD_LIMIT = 200
"""Maximum number of texts in which a rare word occurs."""

EXCLUDED_TERMS = {"rapide": ("freins", "complexite")}
"""Keywords that mean the absence of a term: keyword id → (index, term id)."""

_WORD = re.compile(r"[^\W_]{2,}")


@dataclass(frozen=True)
class WrittenPage:
    """A hand-written page: its address within the site, title, description, and content as HTML."""

    url: str
    title: str
    summary: str
    content: str


def search_files(catalogue: Catalogue, written_pages: Sequence[WrittenPage]) -> dict[str, str]:
    """Returns the files of the search index: path within the site → JSON text.

    Records are numbered: the fiches in the order of the catalogue, then the hand-written pages, sorted by address.
    """
    used = _Terms(catalogue)
    written = sorted(written_pages, key=lambda page: page.url)
    details = list(map(_details, catalogue))
    is_split = len(catalogue) > INLINE_DETAILS_LIMIT
    summaries = [""] * len(catalogue) if not is_split else ["\n".join(detail) for detail in details]
    texts = (f"{detail}\n{_fiche_text(fiche)}" for detail, fiche in zip(summaries, catalogue, strict=True))
    files: dict[str, object] = {
        "fiches": {
            "index": {name: [[term.id, french(term.libelle)] for term in used.of[name]] for name in INDEXES},
            "fiches": _columns(catalogue, used),
            "langues": {number: fiche.langue for number, fiche in enumerate(catalogue) if fiche.langue != "fr"},
            "details": [] if is_split else details,
            "pieces": DETAILS_PER_FILE if is_split else 0,
            "pages": [[page.url, french(page.title), french(page.summary)] for page in written],
        },
        "termes": {"lexique": list(_lexicon(catalogue, used)), "communes": list(_places(catalogue))},
        "mots": _postings([*texts, *map(_page_text, written)]),
    }
    files |= {
        f"details/{start // DETAILS_PER_FILE}": details[start : start + DETAILS_PER_FILE]
        for start in range(0, len(catalogue) if is_split else 0, DETAILS_PER_FILE)
    }
    return {f"{FOLDER}/{name}.json": _json(content) for name, content in files.items()}


class _Terms:
    """The terms used by at least one fiche, and the number of each term in its index."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.of: dict[str, list[Term]] = {}
        self.numbers: dict[str, dict[str, int]] = {}
        for name in INDEXES:
            self.of[name] = [term for term in catalogue.vocabularies[name] if catalogue.under(name, term.id)]
            self.numbers[name] = {term.id: number for number, term in enumerate(self.of[name])}


def _columns(catalogue: Catalogue, used: _Terms) -> dict[str, list[object]]:
    """Returns the fields of the fiches as columns; `terms` holds for each index the term numbers of each fiche."""
    return {
        "id": [fiche.id for fiche in catalogue],
        "title": [french(fiche.titre) for fiche in catalogue],
        "lieu": [french(_location(catalogue, fiche)) for fiche in catalogue],
        "depuis": [(fiche.calendrier.debut or "")[:4] if fiche.calendrier else "" for fiche in catalogue],
        "date": [fiche.publie_le or "" for fiche in catalogue],
        "national": [int(fiche.territoire == "national") for fiche in catalogue],
        "terms": [
            [[used.numbers[name][key] for key in catalogue.keys_of(fiche, name)] for fiche in catalogue]
            for name in INDEXES
        ],
    }


def _details(fiche: Fiche) -> list[str]:
    """Returns the subtitle, the summary and the names of the organisations behind a fiche."""
    holders = ", ".join(porteur.nom for porteur in fiche.porteurs)
    return [french(text) for text in (fiche.sous_titre or "", fiche.resume, holders)]


def _location(catalogue: Catalogue, fiche: Fiche) -> str:
    return place(fiche, catalogue.vocabularies)


def _lexicon(catalogue: Catalogue, used: _Terms) -> Iterator[list[object]]:
    """Yields `[names, synonyms to search in texts, [index, term number] or [], delta-encoded fiche numbers]`.

    A fifth element that is true restricts the names to these fiches, whatever the texts of others say.
    """
    terms = catalogue.vocabularies
    for name in ("domaines", "publics", "niveaux_de_cout", "freins"):
        for number, term in enumerate(used.of[name]):
            yield [_all_names(term), [], [INDEXES.index(name), number], []]
    free = used.numbers["niveaux_de_cout"].get("nul")
    if free is not None:  # a search for low costs also finds what is free
        yield [_all_names(terms.niveaux_de_cout["faible"]), [], [INDEXES.index("niveaux_de_cout"), free], []]
    numbers = defaultdict(list)
    for number, fiche in enumerate(catalogue):
        for acronym in catalogue.acronyms(fiche):
            numbers[acronym.id].append(number)
    for acronym in terms.sigles:
        if acronym.id in numbers:
            yield [list(acronym.names), [], [], _delta_encode(numbers[acronym.id])]
    for word in terms.mots_cles:
        meant = _delta_encode(_fiches_without(catalogue, *EXCLUDED_TERMS.get(word.id, ())))
        yield [_all_names(word), [word.libelle, *word.synonymes], [], meant, word.id in EXCLUDED_TERMS]


def _fiches_without(catalogue: Catalogue, index: str = "", term: str = "") -> Iterator[int]:
    """Yields the numbers of the fiches without a term; nothing if no index is given."""
    for number, fiche in enumerate(catalogue if index else ()):
        if term not in catalogue.keys_of(fiche, index):
            yield number


def _all_names(term: Term) -> list[str]:
    """Returns the names of a term in all languages, without duplicates."""
    foreign = (name for names in term.autres_langues.values() for name in names)
    return list(dict.fromkeys((term.libelle, *term.traductions.values(), *term.synonymes, *foreign)))


def _places(catalogue: Catalogue) -> Iterator[list[object]]:
    """Yields for each current commune `[id, name, canton, its own names, names of places within it]`."""
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
    """Returns the inverted index: the words, sorted, and for each the delta-encoded numbers of its texts."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        for word in dict.fromkeys(_WORD.findall(text.lower())):
            found[word].append(number)
    common = len(texts) > ALL_WORDS_LIMIT
    words = sorted(word for word, numbers in found.items() if not common or len(numbers) <= RARE_WORD_LIMIT)
    return {"mots": " ".join(words), "ou": [_delta_encode(found[word]) for word in words]}


def _delta_encode(numbers: Iterable[int]) -> list[int]:
    """Delta-encodes increasing numbers, starting from -1: small numbers make smaller files."""
    return [number - before for before, number in pairwise((-1, *numbers))]


def _fiche_text(fiche: Fiche) -> str:
    return "\n".join(_texts(fiche))


def _texts(fiche: Fiche) -> Iterable[str]:
    """Yields the texts of a fiche that its search record does not contain."""
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
