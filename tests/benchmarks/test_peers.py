"""Others are given the same fiches as we are."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from typing import Any

from benchmarks.peers.book import book_contents, book_html
from practice_catalogue.booklet.book_data import BookletLayout, book_data
from practice_catalogue.model.catalogue import Catalogue

NEVER_SHOWN = {"id", "ids", "lang", "lit", "make", "alt"}
"""What our template does not show either, or not as a text."""


def test_the_book_of_others_shows_every_text_of_ours(catalogue: Catalogue) -> None:
    book = book_contents(catalogue)
    html = unescape(book_html(book))
    assert [text for text in texts(book_data(book, BookletLayout())) if text not in html] == []


def texts(data: Any, name: str = "") -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from texts(value, key) if key not in NEVER_SHOWN else ()
    elif isinstance(data, list):
        for value in data:
            yield from texts(value, name)
    elif isinstance(data, str):
        yield data
