"""Rejects submitted files that would take too long to read, however few bytes they have."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from lxml import etree

from practice_catalogue.model.characters import FORBIDDEN_CATEGORIES, UNSEEN

MAX_CHARACTERS = 400_000
MAX_LINES = 10_000
MAX_MARKS = 30
MAX_DRAFTS = 100
"""Maximum number of characters, lines and fiches of a document, and of combining marks in a row (as in the Stream-Safe
Text Format of UAX #15); the fiches of 2017 have some 120,000 characters together."""

MAX_XML = 20_000_000
MAX_TAGS = 400_000
MAX_DEPTH = 100
MAX_BOXES = 4
MAX_LEVEL = 8
MAX_PROPERTIES = 64
MAX_DEFINITIONS = 1_000
"""Maximum size in bytes of the XML of a Word file, number of its tags and of its attributes, of nested elements and of
nested text boxes, highest level in a list (ISO 29500-1, 17.9.3), number of properties of a paragraph or style, and of
definitions of styles and lists in a part; the empty form has some 35,000 tags and 200 styles."""


class RefusedError(Exception):
    """Raised for a file that cannot be imported; `code` and `details` are those of a message."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


def reject_many_drafts(number: int) -> None:
    """Rejects a document with too many fiches; raises RefusedError."""
    _reject_above(MAX_DRAFTS, number, "fiches")


def reject_long_document(texts: Iterable[str]) -> None:
    """Rejects the texts of a document if they are too long together; raises RefusedError."""
    texts = list(texts)
    _reject_above(MAX_LINES, sum(1 + text.count("\n") for text in texts), "lignes")
    reject_long_text("\n".join(texts))


def reject_long_text(text: str) -> None:
    """Rejects a text with too many characters or too many marks on one, which take quadratic time to sort.

    Raises RefusedError.
    """
    _reject_above(MAX_CHARACTERS, len(text), "caractères")
    if not text.isascii():
        seen = (char for char in text if unicodedata.category(char) not in FORBIDDEN_CATEGORIES)
        marks = groupby(map(unicodedata.combining, UNSEEN.sub("", "".join(seen))), key=bool)
        _reject_above(MAX_MARKS, max((len(list(group)) for is_mark, group in marks if is_mark), default=0), "accents")


def reject_costly_xml(parts: Mapping[str, bytes]) -> None:
    """Rejects the parts of a Word file (name → XML) by their size and structure; raises RefusedError."""
    if sum(map(len, parts.values())) > MAX_XML:
        raise RefusedError("document-trop-gros-deplie")
    _reject_above(MAX_TAGS, sum(xml.count(b"<") for xml in parts.values()), "balises")
    _reject_above(MAX_TAGS, sum(xml.count(b"=") for xml in parts.values()), "attributs")
    for xml in parts.values():
        _reject_costly_part(xml)


_DEFINITIONS = frozenset({"style", "num", "abstractNum"})
_WITH_PROPERTIES = frozenset({"style", "num", "abstractNum", "lvl", "pPr", "rPr", "numPr", "sdtPr", "sdt"})


def _reject_costly_part(xml: bytes) -> None:
    parsing = etree.iterparse(
        io.BytesIO(xml),
        ("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    depth = boxes = definitions = 0
    try:
        for event, element in parsing:
            name = etree.QName(element).localname
            step = 1 if event == "start" else -1
            depth += step
            boxes += step * (name == "txbxContent")
            definitions += step > 0 and name in _DEFINITIONS
            _reject_above(MAX_DEPTH, depth, "éléments l'un dans l'autre")
            _reject_above(MAX_BOXES, boxes, "zones de texte l'une dans l'autre")
            _reject_above(MAX_DEFINITIONS, definitions, "styles et listes")
            if step < 0 and name in _WITH_PROPERTIES:
                _reject_above(MAX_PROPERTIES, len(element), "réglages pour un seul paragraphe")
            if step > 0 and name == "ilvl":
                _reject_above(MAX_LEVEL, _level(element), "niveaux dans une liste")
    except etree.XMLSyntaxError:
        return  # the reader says what is wrong
    reject_long_text("".join(parsing.root.itertext()))


def _level(element: Any) -> int:
    """Returns the level in a list; one that is not a small number counts as too deep."""
    found = next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == "val"), "0")
    return int(found) if re.fullmatch("-?[0-9]{1,3}", found) else MAX_LEVEL + 1


def _reject_above(maximum: int, number: int, what: str) -> None:
    if number > maximum:
        raise RefusedError("document-trop-long", maximum=f"{maximum:,}".replace(",", "\u202f"), quoi=what)
