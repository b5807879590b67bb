"""What the tests of the forms share: the terms, and the forms filled in from the fiches."""

from __future__ import annotations

from pathlib import Path

import pytest

from practice_catalogue.forms.word import form as word_form
from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.vocabulary import Vocabularies

DATE = "2026-11-20"


@pytest.fixture(scope="session")
def terms(catalogue: Catalogue) -> Vocabularies:
    return catalogue.vocabularies


@pytest.fixture(scope="session")
def filled(catalogue: Catalogue, terms: Vocabularies, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the form of every fiche, filled in."""
    folder = tmp_path_factory.mktemp("filled")
    for fiche in catalogue:
        (folder / f"{fiche.id}.docx").write_bytes(form(terms, fiche))
    return folder


@pytest.fixture(scope="session")
def empty(terms: Vocabularies) -> bytes:
    return form(terms)


def form(terms: Vocabularies, fiche: Fiche | None = None) -> bytes:
    return word_form.as_docx(terms, "Vivre ensemble", DATE, fiche=fiche)
