"""What exports and forms put beside the pages of the site."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from practice_catalogue.exports.files import files as exports
from practice_catalogue.exports.publication import Publication
from practice_catalogue.forms import web_form
from practice_catalogue.forms.schema import schema_text
from practice_catalogue.forms.word import form
from practice_catalogue.model import editors
from practice_catalogue.output.artifacts import Artifacts, Content, LazyFile


def files(publication: Publication, practices: Path | None) -> Artifacts:
    """The exports, the forms with the schema, and the files of the fiches, from which corrections start."""
    catalogue, settings = publication.catalogue, publication.settings
    forms: dict[str, Content | LazyFile] = {
        **web_form.web_form_files(catalogue, settings),
        form.FILE: LazyFile(partial(_word_form, publication), (publication.date,)),
        editors.PUBLISHED: schema_text(catalogue.vocabularies, publication.base),
    }
    return exports(publication) | Artifacts({**forms, **dict(_sources(publication, practices))})


def _word_form(publication: Publication) -> bytes:
    """The empty form for Word, with the address that takes it back."""
    settings, terms = publication.settings, publication.catalogue.vocabularies
    return form.as_docx(terms, settings.nom, publication.date, settings.courriel_des_contributions)


def _sources(publication: Publication, practices: Path | None) -> Iterator[tuple[str, LazyFile]]:
    for fiche in publication.catalogue if practices else ():
        path = (practices or Path()) / f"{fiche.id}.yml"
        if path.is_file():
            yield f"{web_form.FOLDER}/fiches/{path.name}", LazyFile(path.resolve().read_bytes)
