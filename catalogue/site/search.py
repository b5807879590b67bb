"""Catalogue → the search index: a record a fiche, found by every name its terms have, and one a hand-written page."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from markupsafe import Markup
from pagefind_bin import get_executable

from catalogue import richtext
from catalogue.collection import Catalogue
from catalogue.fiche import Fiche
from catalogue.phrases import place
from catalogue.problems import CannotRun
from catalogue.site.facets import FACETS
from catalogue.site.rendering import environment, fiche_url
from catalogue.site.search_order import lighten, put_in_order
from catalogue.vocabulary import Term, fold


def records(catalogue: Catalogue) -> dict[str, str]:
    """What the search is to know: the address of a page within the site → an HTML page that only Pagefind reads."""
    template = environment().get_template("search.html.j2")
    return {fiche_url(fiche.id): template.render(fiche=fiche, **_record(catalogue, fiche)) for fiche in catalogue}


def written_record(title: str, summary: str, html: str) -> str:
    """The record of a hand-written page, from its title and its content."""
    template = environment().get_template("search-page.html.j2")
    return template.render(title=title, summary=summary, content=Markup(html))  # noqa: S704  # a page of ours


def write_index(found: Mapping[str, str], folder: Path) -> None:
    """Writes the index of these records, and the scripts that search it, into a new folder; may raise CannotRun.

    Pagefind works elsewhere: it goes on for a while where the process that began it is killed.
    """
    with tempfile.TemporaryDirectory() as scratch:
        pages, index = Path(scratch, "pages"), Path(scratch, "index")
        for address, html in found.items():
            page = Path(pages, address, "index.html")
            page.parent.mkdir(parents=True)
            page.write_text(html, encoding="utf-8")
        where = ["--site", str(pages), "--output-path", str(index)]
        command = [str(get_executable()), *where, "--force-language", "fr", "--quiet"]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603  # ours
        if done.returncode:
            raise CannotRun("recherche-echouee", raison=done.stderr.strip() or done.stdout.strip())
        lighten(index)
        put_in_order(index)
        shutil.copytree(index, folder)


def _record(catalogue: Catalogue, fiche: Fiche) -> dict[str, object]:
    found = list(_terms(catalogue, fiche))
    return {
        "meta": _card(catalogue, fiche),
        "sort": {"titre": fold(fiche.titre), "date": fiche.publie_le or ""},
        "filters": {facet.name: catalogue.keys_of(fiche, facet.index) for facet in FACETS},
        "leading": [fiche.sous_titre or "", fiche.resume],
        "texts": list(_texts(fiche)),
        "names": [term.libelle for term in found],
        "other_names": list(dict.fromkeys(name for term in found for name in term.names if name != term.id)),
    }


def _card(catalogue: Catalogue, fiche: Fiche) -> dict[str, str]:
    """What a card shows of a fiche besides its title, and the colour it has."""
    terms = catalogue.vocabularies
    return {
        "id": fiche.id,
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
