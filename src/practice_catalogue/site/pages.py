"""Plans the generated pages of the site, which are rendered on demand, and the files they need."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from typing import Any, Protocol

from markupsafe import escape

from practice_catalogue.model import richtext
from practice_catalogue.model.catalogue import Catalogue, Heading
from practice_catalogue.model.derived.similarity import Similarity
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.settings import Settings
from practice_catalogue.model.urls import fiche_path, fiche_url, page_url, share_image_url
from practice_catalogue.output.artifacts import Artifact, Artifacts
from practice_catalogue.site import facets
from practice_catalogue.site.acronyms import mark_acronyms
from practice_catalogue.site.comparison.communes import near_communes, surroundings
from practice_catalogue.site.comparison.kinds import compare_variants
from practice_catalogue.site.hexmap import hex_map
from practice_catalogue.site.languages import LanguageMarker
from practice_catalogue.site.page import GeneratedPage
from practice_catalogue.site.pagination import Sheet, paginate
from practice_catalogue.site.policy import pages
from practice_catalogue.site.policy.pact import kinds_of_theme
from practice_catalogue.site.selection import COMPARED, plan_values, selection_data
from practice_catalogue.site.templating import environment, page_environment
from practice_catalogue.validation import explanations, messages


@dataclass(frozen=True)
class Index:
    """The texts of the pages of an index; `grouped_by` is the index by which the fiches of a heading are grouped."""

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
        Index("types", "Types de pratique", "Que peut-on faire ?", "Aucune pratique de ce type"),
        Index(
            "themes",
            "Thèmes du pacte",
            "Les cinq thèmes sous lesquels le ministère range les bonnes pratiques, et nos fiches dans chacun.",
            "Aucune fiche sous ce thème",
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
"""The indexes that have pages, by name, which is also their folder."""

ALL_CARDS_LIMIT = 200
"""Maximum number of fiches whose cards are all in the explorer page; above it, cards are fetched."""

FIRST_CARDS = 24
"""Number of cards in the explorer page if it does not contain all."""

CARD_CACHE_SIZE = 2**12
"""Size of the cache of rendered cards: a fiche appears in about ten lists."""

TABLES = (("domaines", "publics"), ("communes", "domaines"))
"""The cross tables: (rows, columns). A cell links to the group of its column on the page of its row."""


class BookletFile(Protocol):
    """A booklet as the page of the booklets describes it; `name` is its file name in `livret/`."""

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


@dataclass(frozen=True)
class PagePlan:
    """A page to be rendered: template, known values, and `later`, a callback for values that are slow to compute.

    `known` has `searched` if the search finds the page itself, like a hand-written one.
    """

    path: str
    template: str
    known: Mapping[str, Any]
    later: Callable[[], Mapping[str, Any]]
    render: Callable[[str, str, Mapping[str, Any]], GeneratedPage]

    def make(self) -> GeneratedPage:
        return self.render(self.path, self.template, self.values)

    @cached_property
    def values(self) -> Mapping[str, Any]:
        return {**self.known, **self.later()}

    def about(self, fiche: Fiche) -> PagePlan:
        """Returns the plan with another version of the fiche; `later` still uses the old catalogue."""
        return replace(self, known={**self.known, **_fiche_values(fiche)})


def planned_pages(
    catalogue: Catalogue, settings: Settings, booklets: Callable[[], Sequence[BookletFile]] = tuple
) -> dict[str, PagePlan]:
    """Returns the plans of all generated pages by path within the docs folder.

    `booklets` is called only when a page lists them.
    """
    site = _Site(catalogue, settings)
    site.environment.globals["booklets"] = booklets
    return dict(site.pages())


def page_assets(catalogue: Catalogue) -> Artifacts:
    """Returns the files that pages load or need: selection data, redirects from former ids, colours of the domains."""
    return dict(_assets(catalogue))


def markdown_pages(catalogue: Catalogue, settings: Settings, booklets: Sequence[BookletFile] = ()) -> dict[str, str]:
    """Returns all generated pages as Markdown: path within the docs folder → text."""
    return {path: page.make().markdown for path, page in planned_pages(catalogue, settings, lambda: booklets).items()}


class _Site:
    """Plans and renders the pages of one catalogue."""

    def __init__(self, catalogue: Catalogue, settings: Settings) -> None:
        self.catalogue = catalogue
        self.settings = settings
        self.environment = page_environment(catalogue, settings)
        self.languages = LanguageMarker(catalogue.vocabularies)
        self.environment.globals.update(indexes=INDEXES, tables=TABLES, card_at=lru_cache(CARD_CACHE_SIZE)(self._card))

    def pages(self) -> Iterator[tuple[str, PagePlan]]:
        yield from self._main_pages()
        yield from self._fiches()
        for index in INDEXES.values():
            yield from self._index(index)
        for rows, columns in TABLES:
            yield self._table(INDEXES[rows], INDEXES[columns])
        for path, template, title, description in STATIC_PAGES:
            yield self._page(path, template, title=title, description=description)
        yield from pages.pages(self.catalogue, self._page)
        yield from self._explanations()

    def _main_pages(self) -> Iterator[tuple[str, PagePlan]]:
        """Yields the interactive pages, and the lists of all fiches and of the nationwide ones."""
        drawing = hex_map(self.catalogue)
        explore = "Chercher, filtrer et trier les pratiques."
        select = "Comparer les pratiques gardées, préparer un plan d'actions."
        whole = len(self.catalogue) <= ALL_CARDS_LIMIT
        listed = {
            "facets": facets.used_facets(self.catalogue),
            "whole": whole,
            "at_first": None if whole else FIRST_CARDS,
        }
        chosen = {"compared": COMPARED, "plan": plan_values(self.catalogue)}
        yield self._page("index.md", "home", title="Accueil", description=DESCRIPTION, map=drawing)
        yield self._page("carte.md", "carte", title="La carte", description="Les pratiques, par commune.", map=drawing)
        yield self._page("explorer.md", "explorer", title="Explorer", description=explore, script="explorer", **listed)
        propose = "Proposer une bonne pratique, ou corriger une fiche, sans compte et sans rien installer."
        yield self._page("proposer.md", "proposer", title="Proposer une fiche", description=propose, script="proposer")
        news = "Dire qu'une pratique continue, a changé ou s'est arrêtée, sans compte et sans rien installer."
        yield self._page(
            "nouvelles.md", "nouvelles", title="Donner des nouvelles", description=news, script="nouvelles"
        )
        yield self._page(
            "selection.md", "selection", title="Ma sélection", description=select, script="selection", **chosen
        )
        every = {"title": "Toutes les fiches", "description": "Toutes les pratiques, par titre."}
        yield from self._list("fiches/index.md", "fiches", self.catalogue.fiches, **every)
        national = {"title": "Dans tout le pays", "description": "Les pratiques qui couvrent tout le pays."}
        yield from self._list(
            "tout-le-pays.md", "national", self.catalogue.under("territoires", "national"), **national
        )

    def _fiches(self) -> Iterator[tuple[str, PagePlan]]:
        """Yields one page per fiche, and one per withdrawn fiche."""
        similarity = Similarity(self.catalogue)
        for fiche in self.catalogue:
            later = partial(_related, similarity, fiche)
            yield self._page(fiche_path(fiche.id), "fiche", later, **_fiche_values(fiche))
        for gone in sorted(self.catalogue.withdrawn):
            yield self._page(fiche_path(gone), "retiree", title="Fiche retirée", description=WITHDRAWN)

    def _index(self, index: Index) -> Iterator[tuple[str, PagePlan]]:
        """Yields the page of an index, and one list of fiches per heading."""
        headings = self.catalogue.headings(index.name)
        own = {"title": index.titre, "description": index.phrase, "index": index, "headings": headings}
        if index.name == "communes":
            yield self._page("communes/index.md", "communes", **own)
        elif index.name == "themes":
            yield self._page("themes/index.md", "themes", partial(self._theme_values, headings), searched=True, **own)
        else:
            yield from self._list(f"{index.name}/index.md", "index", headings, **own)
        for heading in headings:
            yield from self._list(
                f"{index.name}/{heading.id}.md",
                HEADING_TEMPLATES.get(index.name, "heading"),
                heading.fiches,
                partial(self._heading_values, index, heading),
                title=heading.libelle,
                description=heading.detail or index.phrase,
                index=index,
                heading=heading,
                searched=index.name in SEARCHED_INDEXES,
            )

    def _list(
        self,
        path: str,
        template: str,
        entries: Sequence[Any],
        later: Callable[[], Mapping[str, Any]] = dict,
        /,
        **known: Any,
    ) -> Iterator[tuple[str, PagePlan]]:
        """Yields the pages of a paginated list."""
        for sheet in paginate(path, entries):
            yield self._page(sheet.path, template, later, sheet=sheet, **known)

    def _explanations(self) -> Iterator[tuple[str, PagePlan]]:
        """Yields a page for each diagnostic code of `check`, and their index."""
        about = "Ce que le contrôle des fiches peut dire, avec un exemple et sa correction."
        yield self._page(
            f"{explanations.FOLDER}index.md",
            "erreurs",
            title="Messages du contrôle",
            description=about,
            groups=explanations.GROUPS,
            in_general=messages.in_general,
            explanation_page=explanations.explanation_page,
        )
        for code, said in explanations.EXPLANATIONS.items():
            general = messages.in_general(code)
            values = {"code": code, "said": said, "general": general, "shown": _show_tabs}
            yield self._page(
                f"{explanations.FOLDER}{code}.md", "erreur", title=said.title, description=general.message, **values
            )

    def _heading_values(self, index: Index, heading: Heading) -> dict[str, Any]:
        """Returns the template values of a heading other than its list."""
        if index.name == "types":
            return {"kind": compare_variants(self.catalogue, heading.id)}
        if index.name == "themes":
            return {"theme_kinds": kinds_of_theme(self.catalogue, heading.id)}
        around = surroundings(self.catalogue, heading.id) if index.name == "communes" else None
        return {"groups": self._groups(index, heading), "around": around}

    def _theme_values(self, themes: Sequence[Heading]) -> dict[str, Any]:
        return {
            "theme_kinds": {theme.id: kinds_of_theme(self.catalogue, theme.id) for theme in themes},
            "without_theme": [fiche for fiche in self.catalogue if not fiche.themes],
        }

    def _groups(self, index: Index, heading: Heading) -> list[Heading]:
        """Returns the fiches of a heading, grouped by another index."""
        if not index.grouped_by:
            return []
        groups = (
            Heading(other.id, other.libelle, self.catalogue.both(index.name, heading.id, index.grouped_by, other.id))
            for other in self.catalogue.headings(index.grouped_by)
        )
        return [group for group in groups if group.fiches]

    def _table(self, rows: Index, columns: Index) -> tuple[str, PagePlan]:
        name = f"{rows.name}-{columns.name}"
        return self._page(
            f"tableaux/{name}.md",
            f"table-{name}",
            partial(self._cell_values, rows, columns),
            title=f"{rows.titre} et {columns.titre.lower()}",
            rows=rows,
            columns=columns,
            description="Où des pratiques existent, et où rien n'existe encore.",
        )

    def _cell_values(self, rows: Index, columns: Index) -> dict[str, Any]:
        return {
            "cells": {
                (row.id, column.id): len(self.catalogue.both(rows.name, row.id, columns.name, column.id))
                for row in self.catalogue.headings(rows.name)
                for column in self.catalogue.headings(columns.name)
            }
        }

    def _card(self, address: str, fiche_id: str, level: int) -> str:
        macros: Any = self.environment.get_template("macros.html.j2").module
        card: str = macros.card(address, self._by_id[fiche_id], level)
        return card

    @cached_property
    def _by_id(self) -> dict[str, Fiche]:
        return {fiche.id: fiche for fiche in self.catalogue}

    def _page(
        self, path: str, template: str, later: Callable[[], Mapping[str, Any]] = dict, /, **known: Any
    ) -> tuple[str, PagePlan]:
        return path, PagePlan(path, template, known, later, self._render)

    def _render(self, path: str, template: str, values: Mapping[str, Any]) -> GeneratedPage:
        own = page_url(path)
        sheet: Sheet[Any] | None = values.get("sheet")
        shown = f"{values['title']} (page {sheet.number})" if sheet and sheet.number > 1 else values["title"]
        front = {
            "title": _escape_attribute(shown),
            "description": _escape_attribute(values["description"]),
            "hide": _hidden_parts(template),
        }
        if script := values.get("script"):
            front["script"] = script
        if template == "fiche":
            front["image"] = share_image_url(own)
        if sheet and sheet.pages > 1:
            front["prev"], front["next"] = sheet.previous, sheet.next
        here = {"link": partial(relative, own), "own_url": own}
        body = self.environment.get_template(f"{template}.md.j2").render(here, **values)
        if template != "glossary":
            body = mark_acronyms(body, self.catalogue.vocabularies.sigles)
        listed = sheet.entries if sheet and template in FICHE_LISTS else ()
        return GeneratedPage(front, self.languages.mark(body), values.get("fiche") or tuple(listed))


def _related(similarity: Similarity, fiche: Fiche) -> dict[str, Any]:
    return {"related": similarity.of(fiche)}


def _fiche_values(fiche: Fiche) -> dict[str, Any]:
    return {"title": fiche.titre, "description": fiche.resume, "fiche": fiche}


def _assets(catalogue: Catalogue) -> Iterator[tuple[str, Artifact]]:
    redirect = environment().get_template("redirect.html.j2")
    for fiche in catalogue:
        yield f"{fiche_url(fiche.id)}fiche.json", partial(selection_data, catalogue, fiche)
        for old in fiche.anciens_ids:
            yield f"{fiche_url(old)}index.html", redirect.render(fiche=fiche, target=f"../{fiche.id}/")
    yield "assets/domaines.css", _colours(catalogue)
    yield "communes/proches.json", partial(near_communes, catalogue.vocabularies.communes)


def _colours(catalogue: Catalogue) -> str:
    """Returns CSS with the hue of each domain as a variable, from which the stylesheet derives its tints."""
    domaines = catalogue.vocabularies.domaines
    return "".join(f".domaine-{domaine.id} {{ --teinte: {domaine.teinte}; }}\n" for domaine in domaines)


SEARCHED_INDEXES = frozenset({"themes"})
"""The indexes whose headings are found by the search as pages, besides their fiches."""

HEADING_TEMPLATES = {"types": "type", "communes": "commune", "themes": "theme"}
"""The indexes whose headings have a template of their own."""

FICHE_LISTS = frozenset({"fiches", "national", "heading", *HEADING_TEMPLATES.values()})
"""The templates that list fiches."""

STATIC_PAGES = (
    ("livret/index.md", "livret", "Le livret", "Les fiches en PDF, à imprimer."),
    ("tableaux/index.md", "tables", "Tableaux", "Où agir ? Les tableaux croisés."),
    (
        "communes-comparables.md",
        "comparables",
        "Communes comparables",
        "Comment le site trouve les communes qui se ressemblent.",
    ),
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
    """Returns the relative URL from one page to another; with relative links, the site works at any address.

    >>> relative("fiches/jardin/", "domaines/logement/#jeunes"), relative("", "")
    ('../../domaines/logement/#jeunes', './')
    """
    path, hash_sign, fragment = target.partition("#")
    return _relative_path(own, path) + hash_sign + fragment


def _show_tabs(example: str) -> str:
    return example.replace("\t", "⇥ ")


@lru_cache(maxsize=2**12)
def _relative_path(own: str, path: str) -> str:
    here, there = own.split("/")[:-1], path.split("/")
    shared = 0
    for mine, its in zip(here, there[:-1], strict=False):
        if mine != its:
            break
        shared += 1
    return "../" * (len(here) - shared) + "/".join(there[shared:]) or "./"


def _hidden_parts(template: str) -> list[str]:
    """Returns the parts of the theme to hide; only fiches are long enough for a table of contents."""
    return ["navigation"] if template == "fiche" else ["navigation", "toc"]


def _escape_attribute(text: str) -> str:
    """Typesets and escapes a title or description for the front matter: the theme does not escape them."""
    return str(escape(richtext.french(text)))
