"""The exports as they are, and those of a catalogue with an address and an owner."""

from __future__ import annotations

import pytest

from practice_catalogue.exports.files import export_files
from practice_catalogue.exports.publication import Publication
from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.validation import loader
from tests.support import ROOT, VALID, VOCABULARIES


def made_of(publication: Publication) -> dict[str, str | bytes]:
    """All exports as they are written: text, or bytes where they are no text."""
    return {path: file() if callable(file) else file for path, file in export_files(publication).items()}


ADDRESS = "https://catalogue.example/"


@pytest.fixture(scope="session")
def publication(catalogue: Catalogue) -> Publication:
    """As it stands in the repository: no address yet."""
    return Publication(catalogue, loader.load_settings(ROOT / "catalogue.yml"))


@pytest.fixture(scope="session")
def owned(publication: Publication) -> Publication:
    """With all that an owner would say."""
    said = {"editeur": "Un éditeur", "courriel_des_contributions": "contact@catalogue.example"}
    return Publication(publication.catalogue, publication.settings.model_copy(update=said), ADDRESS)


@pytest.fixture(scope="session")
def difficult(publication: Publication) -> Publication:
    """The fiches whose texts try to be more than text."""
    return Publication(loader.load(VALID, VOCABULARIES).catalogue, publication.settings)


@pytest.fixture(scope="session")
def made(publication: Publication) -> dict[str, str | bytes]:
    return made_of(publication)
