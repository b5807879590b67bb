"""The booklet of 2017, made once."""

from __future__ import annotations

import pytest

from practice_catalogue.model.catalogue import Catalogue
from tests.booklet.pdf_reader import Book
from tests.booklet.support import booklet


@pytest.fixture(scope="session")
def book(catalogue: Catalogue) -> Book:
    return Book(booklet(catalogue, edition="assises-2017").pdf)
