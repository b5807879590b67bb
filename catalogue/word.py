"""What all our Word files have: a language, an author, a date of the data, and the same bytes twice."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table, _Row

_EPOCH = (1980, 1, 1, 0, 0, 0)


def new_document(title: str, author: str, date: str) -> Document:
    """An empty document in French; `date` is ISO."""
    document = docx.Document()
    about = document.core_properties
    about.title, about.language, about.comments = title, "fr-FR", ""
    about.author = about.last_modified_by = author
    about.created = about.modified = datetime.fromisoformat(date)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "fr-FR")
    return document


def repeat_on_each_page(row: _Row) -> None:
    """Makes a row the header of its table, for the eye and for screen readers."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001  # the library has no method for it


def keep_in_one_piece(row: _Row) -> None:
    """A row that no page break cuts in two."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001  # same


def describe(table: Table, text: str) -> None:
    """What a screen reader says before the cells."""
    description = OxmlElement("w:tblDescription")
    description.set(qn("w:val"), text)
    table._tbl.tblPr.append(description)  # noqa: SLF001  # same


def to_bytes(document: Document) -> bytes:
    """The file, with one date for all its parts: the same content gives the same bytes."""
    made, buffer = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _EPOCH), old.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
