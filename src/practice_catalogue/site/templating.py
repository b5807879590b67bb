"""Creates the Jinja environments of the site, with the filters and globals of its templates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, PackageLoader, StrictUndefined
from jinja2.ext import Extension
from jinja2.lexer import TOKEN_DATA, Token, TokenStream
from markupsafe import Markup

from practice_catalogue.model import formatting, richtext
from practice_catalogue.model.catalogue import Catalogue, slug
from practice_catalogue.model.derived import comparable
from practice_catalogue.model.derived.evidence import evidence
from practice_catalogue.model.derived.practice_state import ENDED, state_sentence
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.settings import TO_BE_FILLED_IN, Settings
from practice_catalogue.model.urls import fiche_url
from practice_catalogue.site.facets import FACETS

LIMITS = {"most_titles": 30, "most_named": 12, "most_headings": 200, "most_rows": 100}
"""Maximum numbers of titles, names in a label, headings and rows that a page shows besides its own list."""


class _FrenchTypography(Extension):
    """Applies French typography to the literal text of templates when they are compiled."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        tokens = list(stream)
        words = richtext.french_html(token.value for token in tokens if token.type == TOKEN_DATA)
        yield from (Token(one.lineno, TOKEN_DATA, next(words)) if one.type == TOKEN_DATA else one for one in tokens)


def environment() -> Environment:
    """Returns an environment with autoescaping and the filters that need no catalogue."""
    bare = Environment(
        loader=PackageLoader("practice_catalogue.site"),
        extensions=[_FrenchTypography],
        autoescape=True,
        bytecode_cache=FileSystemBytecodeCache(),  # in a temporary folder that Jinja chooses and protects
        auto_reload=False,  # templates do not change during a build, and checking their dates takes time
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    helpers: dict[str, Callable[..., Any]] = {
        "french": richtext.french,
        "rich": richtext.to_html,
        "day": formatting.day,
        "until": formatting.until,
        "with_de": formatting.with_de,
        "period": formatting.period,
        "amount": formatting.amount,
        "thousands": lambda number: richtext.french(formatting.thousands(number)),
        "signed": lambda value: f"{value:+.1f}".replace(".", ",").replace("-", "\u2212"),
        "slug": slug,
        "size": formatting.size,
        "lang": _language_attribute,
        "tel": lambda phone: re.sub(r"[^0-9+]", "", phone),
    }
    bare.filters.update(helpers)
    return bare


def page_environment(catalogue: Catalogue, settings: Settings) -> Environment:
    """Returns an environment with the filters and globals for the pages of a catalogue."""
    vocabularies = catalogue.vocabularies
    full = environment()
    full.filters["term"] = lambda term_id, vocabulary: vocabularies[vocabulary][term_id].libelle
    full.filters["facet"] = {facet.index: facet.name for facet in FACETS}.__getitem__
    full.globals.update(
        **LIMITS,
        catalogue=catalogue,
        vocabularies=vocabularies,
        settings=settings,
        to_be_filled_in=TO_BE_FILLED_IN,
        fiche_url=fiche_url,
        cost_level=catalogue.cost_level,
        has_ended=lambda fiche: catalogue.state_of(fiche).etat == ENDED,
        state_sentence=lambda fiche: state_sentence(fiche, catalogue.state_of(fiche)),
        evidence=evidence,
        rule=comparable,
        titles_by_id={fiche.id: fiche.titre for fiche in catalogue},
        freshness=partial(formatting.freshness, vocabularies=vocabularies),
        place=partial(formatting.place, vocabularies=vocabularies),
        today=vocabularies.commune_of_today,
        hexagon=_own_markup("hexagon.svg"),
    )
    return full


def _language_attribute(fiche: Fiche, *, back: bool = False) -> Markup:
    """Returns the `lang` attribute for text of a fiche that is not French, or with `back` for French text inside it."""
    if fiche.langue == "fr":
        return Markup()
    return Markup(' lang="{}"').format("fr" if back else fiche.langue)


def _own_markup(name: str) -> Markup:
    template = files("practice_catalogue.site").joinpath("templates", name)
    return Markup(template.read_text(encoding="utf-8").strip())  # noqa: S704  # a file of this package
