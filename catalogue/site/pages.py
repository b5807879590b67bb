"""Catalogue → the pages of the site, as Markdown that any publisher can take, and the files they need."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from markupsafe import escape

from catalogue import explanations, richtext, wording
from catalogue.collection import Catalogue, Heading
from catalogue.fiche import Fiche
from catalogue.related import Neighbourhood
from catalogue.settings import Settings
from catalogue.site import facets, policy
from catalogue.site.acronyms import explain
from catalogue.site.hexmap import hex_map
from catalogue.site.languages import LanguageMarker
from catalogue.site.rendering import page_environment, page_url, share_image
from catalogue.site.selection import COMPARED, selection_data


@dataclass(frozen=True)
class Index:
    """One way into the catalogue: how its pages are headed, and by what the fiches of a heading are grouped."""

    name: str
    titre: str
    phrase: str
    empty: str
    grouped_by: str = ""


INDEXES = {
    index.name: index
    for index in (
        Index("domaines", "Domaines", "Sur quoi agir ?", "Aucune pratique dans ce domaine", "publics"),
        Index("publics", "Publics", "Pour qui agir ?", "Aucune pratique pour ce public"),
        Index(
            "communes",
            "Communes",
            "Que fait-on chez moi, et chez les voisins ?",
            "Aucune pratique dans cette commune",
            "domaines",
        ),
        Index("cantons", "Cantons", "Les pratiques, canton par canton.", "Aucune pratique dans ce canton"),
        Index("porteurs", "Porteurs", "Qui s'est déjà lancé ?", "Aucune pratique de ce porteur"),
        Index(
            "editions",
            "Éditions des Assises",
            "Ce qui a été présenté aux Assises nationales.",
            "Aucune pratique à cette édition",
        ),
    )
}
"""The indexes that have pages; the name is the folder."""

WHOLE_LIST = 200
"""Up to how many fiches the explorer holds all cards itself; beyond, it fetches what it shows."""

TABLES = (("domaines", "publics"), ("communes", "domaines"))
"""The tables of the site: rows and columns. A cell leads to the group of its column on the page of its row."""


class Booklet(Protocol):
    """What the page of the booklets says of one; `name` is its file in `livret/`."""

    @property
    def name(self) -> str: ...
    @property
    def titre(self) -> str: ...
    @property
    def fiches(self) -> int: ...
    @property
    def pages(self) -> int: ...
    @property
    def pdf(self) -> bytes: ...


def generate(catalogue: Catalogue, settings: Settings, booklets: Sequence[Booklet] = ()) -> dict[str, str | bytes]:
    """All generated files of the site: path within the docs folder → content."""
    site = _Site(catalogue, settings)
    site.environment.globals["booklets"] = booklets
    pdfs: dict[str, str | bytes] = {f"livret/{booklet.name}": booklet.pdf for booklet in booklets}
    return dict(site.files()) | pdfs


class _Site:
    """Renders the pages of one catalogue."""

    def __init__(self, catalogue: Catalogue, settings: Settings) -> None:
        self.catalogue = catalogue
        self.settings = settings
        self.environment = page_environment(catalogue, settings)
        self.languages = LanguageMarker(catalogue.vocabularies)
        self.environment.globals.update(indexes=INDEXES, tables=TABLES)

    def files(self) -> Iterator[tuple[str, str]]:
        yield from self._front()
        yield from self._fiches()
        for index in INDEXES.values():
            yield from self._index(index)
        for rows, columns in TABLES:
            yield self._table(INDEXES[rows], INDEXES[columns])
        for path, template, title, description in STANDING:
            yield self._page(path, template, title=title, description=description)
        yield from policy.pages(self.catalogue, self._page)
        yield from self._explanations()
        yield "assets/domaines.css", self._colours()

    def _front(self) -> Iterator[tuple[str, str]]:
        """The pages a visitor works with."""
        drawing = hex_map(self.catalogue)
        explore = "Chercher, filtrer et trier les pratiques."
        select = "Comparer les pratiques gardées, préparer un plan d'actions."
        listed = {"facets": facets.shown(self.catalogue), "whole": WHOLE_LIST}
        chosen = {"compared": COMPARED}
        yield self._page("index.md", "home", title="Accueil", description=DESCRIPTION, map=drawing)
        yield self._page("carte.md", "carte", title="La carte", description="Les pratiques, par commune.", map=drawing)
        yield self._page("explorer.md", "explorer", title="Explorer", description=explore, script="explorer", **listed)
        propose = "Proposer une bonne pratique, ou corriger une fiche, sans compte et sans rien installer."
        yield self._page("proposer.md", "proposer", title="Proposer une fiche", description=propose, script="proposer")
        yield self._page(
            "selection.md", "selection", title="Ma sélection", description=select, script="selection", **chosen
        )

    def _fiches(self) -> Iterator[tuple[str, str]]:
        """A page a fiche, what the selection asks for, and the addresses it once had."""
        neighbourhood = Neighbourhood(self.catalogue)
        for fiche in self.catalogue:
            values = {"title": fiche.titre, "description": fiche.resume, "fiche": fiche}
            yield self._page(f"fiches/{fiche.id}.md", "fiche", **values, related=neighbourhood.of(fiche))
            yield f"fiches/{fiche.id}/fiche.json", selection_data(self.catalogue, fiche)
            for old in fiche.anciens_ids:
                yield f"fiches/{old}/index.html", self._redirect(fiche)
        for gone in sorted(self.catalogue.withdrawn):
            yield self._page(f"fiches/{gone}.md", "retiree", title="Fiche retirée", description=WITHDRAWN)

    def _index(self, index: Index) -> Iterator[tuple[str, str]]:
        headings = self.catalogue.headings(index.name)
        yield self._page(
            f"{index.name}/index.md",
            _template_for(index),
            title=index.titre,
            description=index.phrase,
            index=index,
            headings=headings,
        )
        for heading in headings:
            yield self._page(
                f"{index.name}/{heading.id}.md",
                "heading",
                title=heading.libelle,
                description=heading.detail or index.phrase,
                index=index,
                heading=heading,
                groups=self._groups(index, heading),
                around=self._around(index, heading),
            )

    def _explanations(self) -> Iterator[tuple[str, str]]:
        """A page for each thing that `check` may say."""
        about = "Ce que le contrôle des fiches peut dire, avec un exemple et sa correction."
        yield self._page(
            f"{explanations.FOLDER}index.md",
            "erreurs",
            title="Messages du contrôle",
            description=about,
            groups=explanations.GROUPS,
            in_general=wording.in_general,
            explanation_page=explanations.page,
        )
        for code, said in explanations.EXPLANATIONS.items():
            general = wording.in_general(code)
            values = {"code": code, "said": said, "general": general, "shown": _with_tabs_shown}
            yield self._page(
                f"{explanations.FOLDER}{code}.md", "erreur", title=said.title, description=general.message, **values
            )

    def _groups(self, index: Index, heading: Heading) -> list[Heading]:
        """The fiches of a heading, by another index."""
        if not index.grouped_by:
            return []
        groups = (
            Heading(other.id, other.libelle, self.catalogue.both(index.name, heading.id, index.grouped_by, other.id))
            for other in self.catalogue.headings(index.grouped_by)
        )
        return [group for group in groups if group.fiches]

    def _around(self, index: Index, heading: Heading) -> dict[str, Any]:
        """What a visitor of a commune may want besides: its canton, former names, what serves the whole country."""
        if index.name != "communes":
            return {}
        communes = self.catalogue.vocabularies.communes
        canton = communes[heading.id].canton
        own = {fiche.id for fiche in heading.fiches}
        return {
            "commune": communes[heading.id],
            "canton": self.catalogue.vocabularies.cantons[canton],
            "former": [
                former
                for former in communes
                if former.devenue and self.catalogue.vocabularies.commune_of_today(former.id).id == heading.id
            ],
            "neighbours": [fiche for fiche in self.catalogue.under("cantons", canton) if fiche.id not in own],
            "national": [fiche for fiche in self.catalogue.under("territoires", "national") if fiche.id not in own],
        }

    def _table(self, rows: Index, columns: Index) -> tuple[str, str]:
        name = f"{rows.name}-{columns.name}"
        cells = {
            (row.id, column.id): len(self.catalogue.both(rows.name, row.id, columns.name, column.id))
            for row in self.catalogue.headings(rows.name)
            for column in self.catalogue.headings(columns.name)
        }
        return self._page(
            f"tableaux/{name}.md",
            f"table-{name}",
            title=f"{rows.titre} et {columns.titre.lower()}",
            rows=rows,
            columns=columns,
            cells=cells,
            description="Où des pratiques existent, et où rien n'existe encore.",
        )

    def _page(self, path: str, template: str, **values: Any) -> tuple[str, str]:
        return path, self._text(path, template, **values)

    def _text(self, path: str, template: str, *, title: str, description: str, script: str = "", **values: Any) -> str:
        own = page_url(path)
        front = {"title": _attribute(title), "description": _attribute(description), "hide": _hidden(template)}
        if script:
            front["script"] = script
        if template == "fiche":
            front["image"] = share_image(own)
        head = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in front.items())
        here = {"link": partial(relative, own), "own_url": own, "title": title, "description": description}
        body = self.environment.get_template(f"{template}.md.j2").render(**here, **values)
        if template != "glossary":
            body = explain(body, self.catalogue.vocabularies.sigles)
        return f"---\n{head}---\n\n{self.languages.mark(body)}"

    def _redirect(self, fiche: Fiche) -> str:
        return self.environment.get_template("redirect.html.j2").render(fiche=fiche, target=f"../{fiche.id}/")

    def _colours(self) -> str:
        """One hue a domain, as a variable; the stylesheet makes the tints of it."""
        return "".join(
            f".domaine-{domaine.id} {{ --teinte: {domaine.teinte}; }}\n"
            for domaine in self.catalogue.vocabularies.domaines
        )


STANDING = (
    ("fiches/index.md", "fiches", "Toutes les fiches", "Toutes les pratiques, par titre."),
    ("livret/index.md", "livret", "Le livret", "Les fiches en PDF, à imprimer."),
    ("tableaux/index.md", "tables", "Tableaux", "Où agir ? Les tableaux croisés."),
    ("mentions-legales.md", "legal", "Mentions légales", "Qui publie ce site."),
    ("accessibilite.md", "accessibilite", "Accessibilité", "L'état de l'accessibilité du site."),
    ("donnees-personnelles.md", "donnees", "Données personnelles", "Ce que le site sait de vous, et ce qu'il publie."),
    ("contact.md", "contact", "Contact", "À qui écrire."),
    ("plan-du-site.md", "plan-du-site", "Plan du site", "Toutes les pages."),
)
"""Pages that need only the catalogue and the settings: path, template, title, description."""

DESCRIPTION = (
    "Ce que des communes, des associations et l'État ont essayé au Luxembourg pour que tous les habitants vivent bien "
    "ensemble : objectifs, coûts, difficultés, contacts."
)


WITHDRAWN = "Cette fiche a été retirée du catalogue."


def relative(own: str, target: str) -> str:
    """The way from one page of the site to another, so that the site works at any address.

    >>> relative("fiches/lisko/", "domaines/logement/#jeunes"), relative("", "")
    ('../../domaines/logement/#jeunes', './')
    """
    path, hash_sign, fragment = target.partition("#")
    way = posixpath.relpath(f"/{path}", f"/{own}")
    return f"{way}/{hash_sign}{fragment}" if path.endswith("/") or not path else f"{way}{hash_sign}{fragment}"


def _with_tabs_shown(example: str) -> str:
    return example.replace("\t", "⇥ ")


def _template_for(index: Index) -> str:
    return "communes" if index.name == "communes" else "index"


def _hidden(template: str) -> list[str]:
    """Only fiches are long enough for a table of contents."""
    return ["navigation"] if template == "fiche" else ["navigation", "toc"]


def _attribute(text: str) -> str:
    """Text for the front matter: the theme prints titles and descriptions as they are."""
    return str(escape(richtext.french(text)))
