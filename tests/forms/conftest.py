"""What the tests of the forms share: the terms, the fiches, and the forms filled in from them."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalogue import loading
from catalogue.collection import Catalogue
from catalogue.fiche import Fiche
from catalogue.forms import word_form
from catalogue.vocabulary import Vocabularies
from tests.support import PRACTICES, VOCABULARIES

DATE = "2026-11-20"


@pytest.fixture(scope="session")
def terms() -> Vocabularies:
    return loading.load_vocabularies(VOCABULARIES)


@pytest.fixture(scope="session")
def practices(terms: Vocabularies) -> Catalogue:
    return Catalogue.of(list(loading.load(PRACTICES, VOCABULARIES).catalogue), terms)


@pytest.fixture(scope="session")
def filled(practices: Catalogue, terms: Vocabularies, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the form of every fiche, filled in."""
    folder = tmp_path_factory.mktemp("filled")
    for fiche in practices:
        (folder / f"{fiche.id}.docx").write_bytes(form(terms, fiche))
    return folder


@pytest.fixture(scope="session")
def empty(terms: Vocabularies) -> bytes:
    return form(terms)


def form(terms: Vocabularies, fiche: Fiche | None = None) -> bytes:
    return word_form.as_docx(terms, "Vivre ensemble", DATE, fiche=fiche)
