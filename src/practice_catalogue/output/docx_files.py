"""What all our Word files have: a language, an author, a date of the data, and the same bytes twice."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

import docx
from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.pkgwriter import PackageWriter
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
    """The file, with one date for all its parts: python-docx would take the clock's, and fail before 1980."""
    package = document.part.package
    parts = package.parts
    for part in parts:
        part.before_marshal()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        library: Any = PackageWriter
        writer = _Dated(archive)
        library._write_content_types_stream(writer, parts)  # noqa: SLF001  # what its `write` does,
        library._write_pkg_rels(writer, package.rels)  # noqa: SLF001  # with an archive
        library._write_parts(writer, parts)  # noqa: SLF001  # of our own making
    return buffer.getvalue()


class _Dated:
    """Writes the parts of a package as python-docx does, all on one day."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def write(self, name: PackURI, content: bytes) -> None:
        self._archive.writestr(zipfile.ZipInfo(name.membername, _EPOCH), content, zipfile.ZIP_DEFLATED)
