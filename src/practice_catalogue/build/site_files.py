"""Collects the files of a site other than its pages: page assets, exports, forms."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from practice_catalogue.exports.files import export_files
from practice_catalogue.exports.publication import Publication
from practice_catalogue.forms import web_form
from practice_catalogue.forms.fiche_file import published_text
from practice_catalogue.forms.schema import schema_text
from practice_catalogue.forms.word import form
from practice_catalogue.model import urls
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.output.artifacts import Artifact, Artifacts
from practice_catalogue.site.pages import page_assets


def site_files(publication: Publication, practices: Path) -> Artifacts:
    """Returns the files by path within the site; `practices` is the folder of the fiches."""
    return {
        **page_assets(publication.catalogue),
        **export_files(publication),
        **web_form.web_form_files(publication.catalogue, publication.settings),
        form.FILE: partial(_word_form, publication),
        urls.PUBLISHED_SCHEMA: partial(schema_text, publication.catalogue.vocabularies, publication.base),
        **dict(_fiche_sources(publication, practices)),
    }


def _word_form(publication: Publication) -> bytes:
    """Returns the empty Word form, with the address to which it is sent."""
    settings, terms = publication.settings, publication.catalogue.vocabularies
    return form.as_docx(terms, settings.nom, publication.date, settings.courriel_des_contributions)


def _fiche_sources(publication: Publication, practices: Path) -> Iterator[tuple[str, Artifact]]:
    """Yields the texts of the fiches, which the web form loads to correct them."""
    for fiche in publication.catalogue:
        path = practices / f"{fiche.id}.yml"
        if path.is_file():
            yield web_form.text_path(fiche.id), partial(_fiche_source, fiche, path.resolve())


def _fiche_source(fiche: Fiche, path: Path) -> str:
    return web_form.text_file(published_text(fiche, path.read_bytes()))
