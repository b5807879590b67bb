"""Reads paragraphs and tables from the XML parts of a Word file, as written by any word processor."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from practice_catalogue.forms.word.paragraphs import Block, Paragraph, Run, TextTable, clean_text, merged_runs
from practice_catalogue.forms.word.styles import LITERAL

Element = Any
"""An element of lxml, which publishes no types."""

Cell = tuple[Block, ...]

TRANSPARENT = frozenset({"ins", "moveTo", "smartTag", "customXml", "fldSimple", "dir", "bdo", "sdtContent"})
"""Container elements whose content is read as if it had no container; deleted and moved-away text is not among them."""

_OFF = frozenset({"0", "false", "off", "none"})
_ASIDE_PARTS = re.compile(r"word/(?:header|footer|footnotes|endnotes|comments)\d*\.xml")


class NotWordError(Exception):
    """Raised if the parts are not a supported Word file; `code` has the reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Content:
    """The content of a file; `pictures` has the tags of controls with images, `""` for images outside of controls."""

    blocks: tuple[Block, ...]
    aside: tuple[Paragraph, ...]
    pictures: tuple[str, ...]


def read_word_parts(parts: Mapping[str, bytes]) -> Content:
    """Reads the content of a file from its parts (name → XML); raises NotWordError."""
    if b"macroEnabled" in parts.get("[Content_Types].xml", b""):
        raise NotWordError("document-macros")
    reader = _WordReader(parts)
    body = reader.root("word/document.xml").find("{*}body")
    if body is None:
        raise NotWordError("document-pas-word")
    blocks = tuple(reader.blocks(body))
    aside = dict.fromkeys(
        one
        for name in sorted(parts)
        if _ASIDE_PARTS.fullmatch(name)
        for one in all_paragraphs(reader.blocks(reader.root(name)))
        if one.text.strip()
    )
    return Content(blocks, tuple(aside), tuple(dict.fromkeys(reader.pictures)))


def all_paragraphs(blocks: Iterator[Block] | tuple[Block, ...]) -> Iterator[Paragraph]:
    """Yields all paragraphs in reading order, including those in tables."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row:
                    yield from all_paragraphs(cell)


def parse_xml(xml: bytes) -> Element:
    """Parses a part and returns its root; raises NotWordError if it is malformed or has a document type."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise NotWordError("document-dtd" if b"<!DOCTYPE" in xml[:4096] else "document-abime") from error
    if root.getroottree().docinfo.doctype:
        raise NotWordError("document-dtd")
    return root


@dataclass(frozen=True)
class _Style:
    name: str
    item: str
    level: int


@dataclass
class _Segment:
    """A section of a paragraph inside one control, or outside of any."""

    control: str
    runs: list[Run] = field(default_factory=list)


class _WordReader:
    """Traverses the elements by local name, independent of prefixes and of the transitional or strict namespaces."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self.parts = parts
        self.pictures: list[str] = []
        self.links = self._links()
        self.formats = self._formats()
        self.styles = self._styles()

    def root(self, name: str) -> Element:
        return parse_xml(self.parts[name])

    def blocks(self, parent: Element, control: str = "") -> Iterator[Block]:
        for child in parent:
            match _name(child):
                case "p":
                    yield from self._paragraph(child, control)
                case "tbl":
                    yield TextTable(tuple(self._rows(child, control)))
                case "sdt":
                    tag, content = _control(child)
                    yield from self.blocks(content, tag or control)
                case "footnote" | "endnote" | "comment":
                    yield from self.blocks(child)
                case "AlternateContent":
                    yield from self.blocks(_alternative(child), control)
                case name if name in TRANSPARENT:
                    yield from self.blocks(child, control)

    def _rows(self, table: Element, control: str) -> Iterator[tuple[Cell, ...]]:
        for row, of_row in _inside("tr", table, control):
            yield tuple(tuple(self.blocks(cell, of_cell)) for cell, of_cell in _inside("tc", row, of_row))

    # Content of paragraphs.

    def _paragraph(self, element: Element, control: str) -> Iterator[Block]:
        """Yields a paragraph, split at the boundaries of controls, and the content of its text boxes."""
        style = self._paragraph_format(element)
        segments, boxes = [_Segment(control)], list[Element]()
        self._inline(element, control, "", segments, boxes)
        kept = [one for one in segments if one.runs or one.control != control] or segments[:1]
        begins_page = _begins_page(element)
        for one in kept:
            yield replace(style, runs=tuple(merged_runs(one.runs)), control=one.control, page=begins_page)
            begins_page = False
        for box in boxes:
            yield from self.blocks(box, control)

    def _inline(self, parent: Element, control: str, link: str, segments: list[_Segment], boxes: list[Element]) -> None:
        for child in parent:
            match _name(child):
                case "r":
                    self._run(child, link, segments, boxes)
                case "hyperlink":
                    self._inline(child, control, self.links.get(_attribute(child, "id"), ""), segments, boxes)
                case "sdt":
                    tag, content = _control(child)
                    segments.append(_Segment(tag or control))
                    self._inline(content, tag or control, link, segments, boxes)
                    segments.append(_Segment(control))
                case "AlternateContent":
                    self._inline(_alternative(child), control, link, segments, boxes)
                case name if name in TRANSPARENT:
                    self._inline(child, control, link, segments, boxes)

    def _run(self, run: Element, link: str, segments: list[_Segment], boxes: list[Element]) -> None:
        look = Run("", _is_on(run, "b"), _is_on(run, "i"), link)
        for child in run:
            if text := self._run_text(child, segments[-1].control, boxes):
                segments[-1].runs.append(replace(look, text=text))

    def _run_text(self, element: Element, control: str, boxes: list[Element]) -> str:
        match _name(element):
            case "t":
                return clean_text(element.text or "")
            case "tab" | "ptab":
                return "\t"
            case "br" | "cr":
                return "" if _attribute(element, "type") == "page" else "\n"
            case "noBreakHyphen":
                return "-"
            case "AlternateContent":
                for child in _alternative(element):
                    self._run_text(child, control, boxes)
            case "drawing" | "pict" | "object":
                found = [one for one in element.iter() if _name(one) == "txbxContent"]
                boxes.extend(found)
                if any(_name(one) in {"blip", "imagedata", "OLEObject"} for one in element.iter()) or not found:
                    self.pictures.append(control)
        return ""

    # Formatting.

    def _paragraph_format(self, paragraph: Element) -> Paragraph:
        properties = _child(paragraph, "pPr")
        style = self.styles.get(_value(properties, "pStyle"), _Style("", "", 0))
        item, level = style.item, style.level
        numbering = _child(properties, "numPr")
        if numbering is not None:
            level = int(_value(numbering, "ilvl") or level)
            item = self._item(_value(numbering, "numId"), level)
        return Paragraph(item=item, level=level, style=style.name, literal=style.name == LITERAL)

    def _item(self, number: str, level: int) -> str:
        form = self.formats.get((number, level)) or self.formats.get((number, 0), "")
        return "" if form in {"", "none"} else "-" if form == "bullet" else "1."

    def _styles(self) -> dict[str, _Style]:
        if "word/styles.xml" not in self.parts:
            return {}
        found = {_attribute(one, "styleId"): one for one in self.root("word/styles.xml") if _name(one) == "style"}
        return {style: self._style(one, found) for style, one in found.items()}

    def _style(self, element: Element, others: Mapping[str, Element]) -> _Style:
        name = _value(element, "name")
        digit = re.search(r"\d$", name)
        item = "-" if re.match(r"(?i)list bullet|liste à puces", name) else ""
        based: Element | None = element
        for _ in range(12):  # limited, since a chain of styles may be cyclic
            numbering = _child(_child(based, "pPr"), "numPr")
            if numbering is not None:
                item = self._item(_value(numbering, "numId"), int(_value(numbering, "ilvl") or 0)) or item
                break
            based = others.get(_value(based, "basedOn"))
        return _Style(name, item, int(digit[0]) - 1 if item and digit else 0)

    def _formats(self) -> dict[tuple[str, int], str]:
        """Returns the number formats: (list id, level) → format."""
        if "word/numbering.xml" not in self.parts:
            return {}
        root = self.root("word/numbering.xml")
        levels = {
            (_attribute(abstract, "abstractNumId"), int(_attribute(level, "ilvl") or 0)): _value(level, "numFmt")
            for abstract in root
            if _name(abstract) == "abstractNum"
            for level in abstract
            if _name(level) == "lvl"
        }
        lists = {_attribute(one, "numId"): _value(one, "abstractNumId") for one in root if _name(one) == "num"}
        return {
            (number, level): form
            for number, abstract in lists.items()
            for (owner, level), form in levels.items()
            if owner == abstract
        }

    def _links(self) -> dict[str, str]:
        name = "word/_rels/document.xml.rels"
        if name not in self.parts:
            return {}
        return {
            _attribute(one, "Id"): _attribute(one, "Target")
            for one in self.root(name)
            if _attribute(one, "Type").endswith("/hyperlink")
        }


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _attribute(element: Element, name: str) -> str:
    found = (str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name)
    return next(found, "")


def _child(element: Element | None, name: str) -> Element | None:
    return next((one for one in element if _name(one) == name), None) if element is not None else None


def _value(element: Element | None, name: str) -> str:
    found = _child(element, name)
    return _attribute(found, "val") if found is not None else ""


def _is_on(run: Element, name: str) -> bool:
    found = _child(_child(run, "rPr"), name)
    return found is not None and _attribute(found, "val") not in _OFF


def _control(element: Element) -> tuple[str, Element]:
    """Returns tag and content of a content control; the text is emptied if it is only a placeholder."""
    properties, content = _child(element, "sdtPr"), _child(element, "sdtContent")
    tag = _value(properties, "tag")
    prompt = _child(properties, "showingPlcHdr")
    if content is None:
        return tag, etree.Element("nothing")
    if prompt is not None and _attribute(prompt, "val") not in _OFF:
        for text in [one for one in content.iter() if _name(one) == "t"]:
            text.text = ""
    return tag, content


def _inside(name: str, parent: Element, control: str) -> Iterator[tuple[Element, str]]:
    """Yields the rows of a table or the cells of a row, also inside containers, each with the tag of its control."""
    for child in parent:
        match _name(child):
            case found if found == name:
                yield child, control
            case "sdt":
                tag, content = _control(child)
                yield from _inside(name, content, tag or control)
            case found if found in TRANSPARENT:
                yield from _inside(name, child, control)


def _alternative(element: Element) -> Element:
    """Returns the first of several equivalent representations, which are meant for programs of different age."""
    return next(iter(element), element)


def _begins_page(paragraph: Element) -> bool:
    properties = _child(paragraph, "pPr")
    if _child(properties, "pageBreakBefore") is not None:
        return True
    return any(_name(one) == "br" and _attribute(one, "type") == "page" for one in paragraph.iter())
