"""Creates reproducible Word files with language, author and date of the data, and edits their XML elements."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import docx
from docx.document import Document
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml import etree

Element = Any
"""An element of lxml, which publishes no types."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The WordprocessingML namespace as a prefix in Clark notation."""

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_CONTENT_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def new_document(title: str, author: str, date: str) -> Document:
    """Returns an empty document in French; `date` is an ISO date."""
    document = docx.Document()
    about = document.core_properties
    about.title, about.language, about.comments = title, "fr-FR", ""
    about.author = about.last_modified_by = author
    about.created = about.modified = datetime.fromisoformat(date)
    for language in document.styles.element.iter(f"{W}lang"):
        language.set(f"{W}val", "fr-FR")
    return document


def element_of(item: Paragraph | Run | _Cell | _Row | Table) -> Element:
    """Returns the XML element of a python-docx object, for changes that the library has no method for.

    A cell must have a paragraph, a row a cell, a table a row.
    """
    match item:
        case Paragraph():
            return item.paragraph_format.element
        case Run():
            return item.font.element
        case _Cell():
            return element_of(item.paragraphs[0]).getparent()
        case _Row():
            return element_of(item.cells[0]).getparent()
    return element_of(item.rows[0]).getparent()


def add_element(parent: Element, name: str, **attributes: str) -> Element:
    """Appends a child element; its name and attributes are in the WordprocessingML namespace."""
    return etree.SubElement(parent, f"{W}{name}", {f"{W}{key}": value for key, value in attributes.items()})


def properties_of(parent: Element, name: str) -> Element:
    """Returns the properties child of an element; creates it as the first child if it is missing."""
    found = parent.find(f"{W}{name}")
    if found is None:
        found = parent.makeelement(f"{W}{name}")
        parent.insert(0, found)
    return found


def wrap(inside: Element, name: str) -> Element:
    """Wraps an element in a new one at the same position; returns the new one."""
    around = inside.makeelement(f"{W}{name}")
    inside.addprevious(around)
    around.append(inside)
    return around


def set_style(properties: Element, name: str, style_id: str) -> None:
    """Sets the style of a paragraph, run or table, as the first child of its properties."""
    properties_of(properties, name).set(f"{W}val", style_id)


def repeat_header_row(row: _Row) -> None:
    """Makes a row the header of its table, repeated on each page and announced by screen readers."""
    add_element(properties_of(element_of(row), "trPr"), "tblHeader")


def keep_row_together(row: _Row) -> None:
    """Prevents a page break inside a row."""
    add_element(properties_of(element_of(row), "trPr"), "cantSplit")


def describe_table(table: Table, text: str) -> None:
    """Sets the description of a table that screen readers announce."""
    add_element(properties_of(element_of(table), "tblPr"), "tblDescription", val=text)


def document_bytes(document: Document) -> bytes:
    """Returns the bytes of a document; unlike `Document.save`, the dates of the ZIP entries are fixed."""
    package = document.part.package
    parts = package.parts
    files = {"[Content_Types].xml": _content_types(parts), "_rels/.rels": package.rels.xml}
    for part in parts:
        part.before_marshal()
        files[part.partname.membername] = part.blob
        if part.rels:
            files[part.partname.rels_uri.membername] = part.rels.xml
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _content_types(parts: Iterable[Any]) -> bytes:
    """Returns `[Content_Types].xml`, the list of the media types of all parts."""
    types = etree.Element(f"{_CONTENT_TYPES}Types", nsmap={None: _CONTENT_TYPES.strip("{}")})
    for extension, kind in (
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
    ):
        etree.SubElement(types, f"{_CONTENT_TYPES}Default", Extension=extension, ContentType=kind)
    for part in sorted(parts, key=lambda part: str(part.partname)):
        etree.SubElement(types, f"{_CONTENT_TYPES}Override", PartName=str(part.partname), ContentType=part.content_type)
    content: bytes = etree.tostring(types, encoding="UTF-8", xml_declaration=True, standalone=True)
    return content
