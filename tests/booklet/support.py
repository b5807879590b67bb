"""What the tests of the booklet share: a booklet of real or of hand-made fiches."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from practice_catalogue.booklet.book import Booklet, make_booklet
from practice_catalogue.booklet.book_data import BookletLayout, Contents
from practice_catalogue.booklet.selection import parse_selection, selected_fiches
from practice_catalogue.build import booklets
from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.validation import loader
from tests.support import PRACTICES, ROOT, VOCABULARIES

SITE = "https://catalogue.example/essai/"


def contents(catalogue: Catalogue, edition: str = "", order: str = "", site_url: str = SITE) -> Contents:
    asked = parse_selection(catalogue, edition, {}, "")
    settings = loader.load_settings(ROOT / "catalogue.yml")
    written = booklets.read_texts(ROOT / "docs/livret")
    return Contents(catalogue, settings, written, asked, selected_fiches(catalogue, asked), order, site_url)


def booklet(
    catalogue: Catalogue, make: BookletLayout | None = None, *, edition: str = "", impose: bool = False
) -> Booklet:
    return make_booklet(contents(catalogue, edition), make or BookletLayout(), impose=impose)


def practices_with(folder: Path, replacements: dict[str, Sequence[tuple[str, str]]]) -> Path:
    """A copy of some real fiches, each with texts replaced."""
    folder.mkdir()
    for name, pairs in replacements.items():
        text = (PRACTICES / f"{name}.yml").read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    return folder


def catalogue_of(folder: Path) -> Catalogue:
    loaded = loader.load(folder, VOCABULARIES)
    assert not loaded.report.errors
    return loaded.catalogue
