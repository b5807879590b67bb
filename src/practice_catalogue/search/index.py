"""Catalogue → the search index: a record a fiche, found by every name its terms have, and one a hand-written page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from math import ceil
from pathlib import Path

from markupsafe import Markup

from practice_catalogue.model import richtext
from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.formatting import place
from practice_catalogue.model.urls import fiche_url
from practice_catalogue.model.vocabulary import Term
from practice_catalogue.output.artifacts import Artifacts, content_of
from practice_catalogue.search import pagefind
from practice_catalogue.search.pagefind_files import read, scripts, together
from practice_catalogue.site.templating import environment

PART = 1_500
"""Records of one index, about: Pagefind keeps all of an index in memory while it writes it, and compares every page it
finds with every other."""

FEW, LEAST = 400, 4
"""More records than these make so many indexes: only that of an edited fiche is made anew."""


def records(catalogue: Catalogue) -> Artifacts:
    """What the search is to know: the address of a page within the site → an HTML page that only Pagefind reads.

    In the order of the catalogue: the numbers that the index gives them are their places in it.
    """
    template = environment().get_template("search.html.j2")

    def record(fiche: Fiche) -> str:
        return template.render(fiche=fiche, **_record(catalogue, fiche))

    return {fiche_url(fiche.id): partial(record, fiche) for fiche in catalogue}


def written_record(title: str, summary: str, html: str) -> str:
    """The record of a hand-written page, from its title and its content."""
    template = environment().get_template("search-page.html.j2")
    return template.render(title=title, summary=summary, content=Markup(html))  # noqa: S704  # a page of ours


def write_index(found: Artifacts, facets: Mapping[str, object], folder: Path) -> None:
    """Writes the index of these records, and the scripts that search it, into a folder; may raise CannotRun.

    Many records make several indexes, which share their files. `facets` is what the explorer asks besides.
    """
    numbers = {address: number for number, address in enumerate(found)}
    parts = []
    for addresses in _parts(list(found)):
        raw = _made(found, addresses)
        parts.append(read(raw, numbers))
    _write(folder, scripts(raw) | together(raw, parts, facets))


def _made(found: Artifacts, addresses: Sequence[str]) -> dict[str, bytes]:
    """What Pagefind makes of these records."""
    return pagefind.index({address: content_of(found[address]).decode() for address in addresses})


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def _parts(addresses: Sequence[str]) -> list[list[str]]:
    """The records dealt out by a hash: words are about as rare in each part as in all, and an edit changes but one."""
    number = max(ceil(len(addresses) / PART), LEAST if len(addresses) > FEW else 1)
    parts: list[list[str]] = [[] for _ in range(number)]
    for address in addresses:
        parts[int.from_bytes(hashlib.sha256(address.encode()).digest()) % number].append(address)
    return parts


def _record(catalogue: Catalogue, fiche: Fiche) -> dict[str, object]:
    found = list(_terms(catalogue, fiche))
    return {
        "meta": _card(catalogue, fiche),
        "leading": [fiche.sous_titre or "", fiche.resume],
        "texts": list(_texts(fiche)),
        "names": [term.libelle for term in found],
        "other_names": list(dict.fromkeys(name for term in found for name in term.names if name != term.id)),
    }


def _card(catalogue: Catalogue, fiche: Fiche) -> dict[str, str]:
    """What a card shows of a fiche besides its title, and the colour it has."""
    terms = catalogue.vocabularies
    return {
        "adresse": fiche.id.replace("-", " "),  # words to be found by; in one piece they would be words of nobody
        "resume": fiche.resume,
        "lieu": place(catalogue.communes_of(fiche)) or terms.territoires[fiche.territoire].libelle,
        "couleur": fiche.domaines[0],
        "domaine": terms.domaines[fiche.domaines[0]].libelle,
        "porteurs": ", ".join(porteur.nom for porteur in fiche.porteurs),
        "publics": ", ".join(terms.publics[key].libelle for key in fiche.publics),
        "cout": catalogue.cost_level(fiche),
        "depuis": (fiche.calendrier.debut or "")[:4] if fiche.calendrier else "",
    }


def _texts(fiche: Fiche) -> Iterable[str]:
    """The text of a fiche in the order of its page."""
    yield from (text for text in (fiche.public_cible, fiche.lieu) if text)
    yield from (*fiche.objectifs, *fiche.objectifs_secondaires)
    long = (fiche.besoins, fiche.description, fiche.resultats, fiche.innovation, fiche.couts and fiche.couts.texte)
    yield from (richtext.to_plain(text) for text in long if text)
    yield from (f"{defi.defi} {defi.reponse or ''}" for defi in fiche.defis)
    yield from fiche.facteurs_de_reussite
    yield from (f"{indicateur.mesure} : {indicateur.valeur}" for indicateur in fiche.indicateurs)
    yield from (porteur.nom for porteur in fiche.porteurs)
    yield from (f"{partenaire.nom} {partenaire.role or ''}" for partenaire in fiche.partenaires)
    yield from (f"{contact.organisation} {contact.nom or ''}" for contact in fiche.contacts)


def _terms(catalogue: Catalogue, fiche: Fiche) -> Iterable[Term]:
    """The terms a fiche is found by: its own, the former communes within its communes, the acronyms it uses."""
    terms = catalogue.vocabularies
    for index in ("domaines", "publics", "cantons"):
        yield from (terms[index][key] for key in catalogue.keys_of(fiche, index))
    here = catalogue.keys_of(fiche, "communes")
    yield from (commune for commune in terms.communes if terms.commune_of_today(commune.id).id in here)
    yield from catalogue.acronyms(fiche)
