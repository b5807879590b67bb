"""Reads paragraphs and tables from the XML parts of a Word file, as written by any word processor."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

from practice_catalogue.forms.importing import word_notations
from practice_catalogue.forms.importing.word_package import (
    OFF,
    Element,
    NotWordError,
    WordPackage,
    attribute,
    child_of,
    is_on,
    local_name,
    value_of,
)
from practice_catalogue.forms.word.paragraphs import Block, Paragraph, Run, TextTable, clean_text, merged_runs
from practice_catalogue.forms.word.styles import LITERAL
from practice_catalogue.model.fiche import Fiche
from practice_catalogue.model.introspection import fields_of

Cell = tuple[Block, ...]

ORDINARY = "Normal"
"""The style of a paragraph that names none."""

CONTENTS = "toc"
"""The style of the lines of a table of contents that have another."""

SILENT = frozenset({"del", "moveFrom", "pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr"})
"""Elements without text of the document: deleted and moved-away text, and properties; all others are read through."""

_ASIDE = ("header", "footer", "footnotes", "endnotes", "comments")
_APART = {"vanish": "Texte caché", "strike": "Texte barré", "dstrike": "Texte barré"}
"""Formatting whose text is not meant to be read → the words before it in the report."""

MOST_FIELDS = 20
MOST_OF_A_FIELD = 2_500
"""Maximum number of nested fields, as in Word, and of characters of an instruction, which has an address at most."""

_WITHOUT_TEXT = frozenset({"", "XE", "TC", "TA", "RD", "SET", "ASK", "PAGE", "FORMTEXT", "NEXT", "PRIVATE"})
"""Kinds of fields that show nothing, or nothing but a number."""


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
    package = WordPackage(parts)
    reader = _WordReader(package)
    root = reader.open_part(package.main)
    body = child_of(root, "body")
    if local_name(root) != "document" or body is None:
        raise NotWordError("document-pas-word")
    blocks = tuple(reader.blocks(body))
    beside = [one for name in package.related(package.main, *_ASIDE) for one in reader.blocks(reader.open_part(name))]
    aside = dict.fromkeys(one for one in (*all_paragraphs(tuple(beside)), *reader.apart) if one.text.strip())
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


@dataclass(frozen=True)
class _Style:
    name: str
    item: str
    level: int
    looks: Mapping[str, str] = field(default_factory=dict)
    """Formatting of its text that tells it apart, and its position above or below the line."""


@dataclass
class _Segment:
    """A section of a paragraph inside one control, or outside of any."""

    control: str
    runs: list[Run] = field(default_factory=list)


@dataclass
class _Line:
    """A paragraph that is being read: its segments, boxes, text told apart with the reason, and present font."""

    segments: list[_Segment]
    style: _Style
    boxes: list[Element] = field(default_factory=list)
    apart: list[tuple[str, str]] = field(default_factory=list)
    font: str = ""

    def begin(self, control: str) -> None:
        """Begins a segment, unless the present one is of the same control."""
        if control != self.segments[-1].control:
            self.segments.append(_Segment(control))

    def add(self, run: Run) -> None:
        self.segments[-1].runs.append(run)


class _WordReader:
    """Traverses the elements by local name, independent of prefixes and of the transitional or strict namespaces."""

    def __init__(self, package: WordPackage) -> None:
        self.package = package
        self.pictures: list[str] = []
        self.apart: list[Paragraph] = []
        self.fields: list[word_notations.WordField] = []
        self.has_fields = False
        self.links: dict[str, str] = {}
        self.chunks: dict[str, str] = {}
        self.formats = self._formats()
        self.styles = self._styles()

    def open_part(self, name: str) -> Element:
        """Parses a part to be read next; its links are those that count from now on."""
        root = self.package.root(name)
        self.links, self.fields = self.package.links(name), []
        self.chunks = {one.id: one.target for one in self.package.relationships(name) if one.kind == "aFChunk"}
        tags = (attribute(one, "val") for one in root.iter() if local_name(one) == "tag")
        self.has_fields = any(re.split(r"\W", tag, maxsplit=1)[0] in fields_of(Fiche) for tag in tags)
        _join_deleted_marks(root)
        return root

    def blocks(self, parent: Element, control: str = "") -> Iterator[Block]:
        for child in parent:
            match local_name(child):
                case "p":
                    yield from self._paragraph(child, control)
                case "tbl":
                    yield TextTable(tuple(self._rows(child, control)))
                case "sdt":
                    tag, content = self._control(child)
                    inside = self.blocks(content, tag or control)
                    yield from map(_in_contents, inside) if _is_contents(child) else inside
                case "AlternateContent":
                    yield from self.blocks(_alternative(child), control)
                case "altChunk":
                    yield from self._pasted(child, control)
                case name if name not in SILENT:
                    yield from self.blocks(child, control)

    def _pasted(self, element: Element, control: str) -> Iterator[Paragraph]:
        """Yields the paragraphs of a part that was pasted in another format; names it aside if it is not readable."""
        name = self.chunks.get(attribute(element, "id"), "")
        found = word_notations.pasted_paragraphs(self.package.parts[name]) if name in self.package.parts else None
        yield from (replace(paragraph, control=control) for paragraph in found or ())
        if found is None:
            self._tell("Partie insérée, non reprise", name or "inconnue")

    def _tell(self, reason: str, text: str) -> None:
        self.apart.append(Paragraph((Run(f"{reason} : {text.strip()}"),), style=ORDINARY))

    def _rows(self, table: Element, control: str) -> Iterator[tuple[Cell, ...]]:
        for row, of_row in self._inside("tr", table, control):
            yield tuple(tuple(self.blocks(cell, of_cell)) for cell, of_cell in self._inside("tc", row, of_row))

    def _inside(self, name: str, parent: Element, control: str) -> Iterator[tuple[Element, str]]:
        """Yields the rows of a table or the cells of a row, also inside containers, with the tags of their controls."""
        for child in parent:
            match local_name(child):
                case found if found == name:
                    yield child, control
                case "sdt":
                    tag, content = self._control(child)
                    yield from self._inside(name, content, tag or control)
                case found if found not in SILENT:
                    yield from self._inside(name, child, control)

    def _control(self, element: Element) -> tuple[str, Element]:
        """Returns tag and content of a content control; only in a form, the tag means something."""
        tag = value_of(child_of(element, "sdtPr"), "tag") if self.has_fields else ""
        return tag, _content_of(element)

    # Content of paragraphs.

    def _paragraph(self, element: Element, control: str) -> Iterator[Block]:
        """Yields a paragraph, split at the boundaries of controls, and the content of its text boxes."""
        shape = self._paragraph_format(element)
        line = _Line([_Segment(control)], self._style_of(child_of(element, "pPr"), "pStyle"))
        in_contents = self._is_in_contents()
        self._inline(element, control, "", line)
        if in_contents or self._is_in_contents():
            shape = replace(shape, style=CONTENTS)
        kept = [one for one in line.segments if one.runs or one.control != control] or line.segments[:1]
        begins_page = _begins_page(element)
        for one in kept:
            yield replace(shape, runs=tuple(merged_runs(one.runs)), control=one.control, page=begins_page)
            begins_page = False
        for reason, said in groupby(line.apart, key=lambda one: one[0]):
            self._tell(reason, "".join(text for _, text in said))
        for box in line.boxes:
            yield from self.blocks(box, control)

    def _is_in_contents(self) -> bool:
        return any(one.kind == "TOC" for one in self.fields)

    def _inline(self, parent: Element, control: str, link: str, line: _Line) -> None:
        for child in parent:
            match local_name(child):
                case "r":
                    self._run(child, link, line)
                case "hyperlink":
                    self._inline(child, control, self.links.get(attribute(child, "id"), ""), line)
                case "fldSimple":
                    shown = word_notations.link_of_field(attribute(child, "instr"))
                    self._inline(child, control, shown or link, line)
                case "sdt":
                    tag, content = self._control(child)
                    line.begin(tag or control)
                    self._inline(content, tag or control, link, line)
                    line.begin(control)
                case "AlternateContent":
                    self._inline(_alternative(child), control, link, line)
                case "del":
                    line.apart.append(("Texte supprimé", _text_inside(child)))
                case "oMath" | "oMathPara":
                    line.add(Run(word_notations.equation_text(child)))
                case name if name not in SILENT:
                    self._inline(child, control, link, line)

    def _run(self, run: Element, link: str, line: _Line) -> None:
        reason = next((reason for name, reason in _APART.items() if self._has_look(run, line.style, name)), "")
        position = self._look(run, line.style, "vertAlign")
        look = Run("", _has_property(run, "b"), _has_property(run, "i"))
        line.font = _font(run)
        for child in run:
            link_here = link or next((one.link for one in reversed(self.fields) if one.link), "")
            if not (text := self._run_text(child, line)):
                continue
            for one in self.fields:
                one.shown = True
            if reason:
                line.apart.append((reason, text))
            else:
                text = word_notations.raised_text(text, position)
                line.add(replace(look, text=text, link=link_here))

    def _run_text(self, element: Element, line: _Line) -> str:
        match local_name(element):
            case "t":
                text = word_notations.with_symbols(element.text or "", line.font)
                return clean_text(self._known_symbol(text, line.font))
            case "sym":
                font, code = attribute(element, "font"), attribute(element, "char")
                return self._known_symbol(word_notations.symbol_text(font, code), f"{font} {code}")
            case "fldChar":
                return self._field_text(element)
            case "instrText" if self.fields:
                self.fields[-1].instruction = (self.fields[-1].instruction + (element.text or ""))[:MOST_OF_A_FIELD]
            case "AlternateContent":
                return "".join(self._run_text(child, line) for child in _alternative(element))
            case "drawing" | "pict" | "object":
                self._drawing(element, line)
        return _sign_text(element)

    def _drawing(self, element: Element, line: _Line) -> None:
        """Keeps the text boxes of a drawing for later; a drawing with a picture, or with nothing, is noted."""
        found = list(_outermost_boxes(element))
        line.boxes.extend(found)
        if any(local_name(one) in {"blip", "imagedata", "OLEObject"} for one in element.iter()) or not found:
            self.pictures.append(line.segments[-1].control)

    def _known_symbol(self, text: str, source: str) -> str:
        if word_notations.UNKNOWN in text:
            self._tell("Signe inconnu", source)
        return text

    def _field_text(self, mark: Element) -> str:
        """Follows the fields that are open; returns the text of a form field or a link that has shown none."""
        kind = attribute(mark, "fldCharType")
        if kind == "begin" and len(self.fields) < MOST_FIELDS:
            self.fields.append(word_notations.WordField(child_of(mark, "ffData")))
        if kind != "end" or not self.fields:
            return ""
        ended = self.fields.pop()
        text = "" if ended.shown else word_notations.form_field_text(ended.form) or ended.link
        if not text and not ended.shown and ended.form is None and ended.kind not in _WITHOUT_TEXT:
            self._tell("Champ sans texte", ended.instruction)
        return text

    # Formatting.

    def _paragraph_format(self, paragraph: Element) -> Paragraph:
        properties = child_of(paragraph, "pPr")
        style = self._style_of(properties, "pStyle")
        item, level = style.item, style.level
        numbering = child_of(properties, "numPr")
        if numbering is not None:
            level = _level(value_of(numbering, "ilvl")) if child_of(numbering, "ilvl") is not None else level
            item = self._item(value_of(numbering, "numId"), level)
        return Paragraph(item=item, level=level, style=style.name, literal=style.name == LITERAL)

    def _style_of(self, properties: Element | None, kind: str) -> _Style:
        """Returns the style that properties name; without a name, the ordinary one."""
        named = value_of(properties, kind)
        return self.styles.get(named) or _Style(named or ORDINARY, "", 0)

    def _has_look(self, run: Element, style: _Style, name: str) -> bool:
        return self._look(run, style, name) not in {"", *OFF}

    def _look(self, run: Element, style: _Style, name: str) -> str:
        """Returns the value of a property of a run: its own, or that of its style, or that of the paragraph's style."""
        properties = child_of(run, "rPr")
        for looks in (_looks(properties), self._style_of(properties, "rStyle").looks, style.looks):
            if name in looks:
                return looks[name]
        return ""

    def _item(self, number: str, level: int) -> str:
        form = self.formats.get((number, level)) or self.formats.get((number, 0), "")
        return "" if form in {"", "none"} else "-" if form == "bullet" else "1."

    def _styles(self) -> dict[str, _Style]:
        elements = [one for root in self._roots("styles") for one in root if local_name(one) == "style"]
        found = {attribute(one, "styleId"): one for one in elements}
        return {style: self._style(one, found) for style, one in found.items()}

    def _roots(self, kind: str) -> Iterator[Element]:
        return map(self.package.root, self.package.related(self.package.main, kind))

    def _style(self, element: Element, others: Mapping[str, Element]) -> _Style:
        name = value_of(element, "name") or attribute(element, "styleId")
        digit = re.search(r"\d$", name)
        item = "-" if re.match(r"(?i)list bullet|liste à puces", name) else ""
        chain = list(_based_on(element, others))
        numbered = (child_of(child_of(one, "pPr"), "numPr") for one in chain)
        numbering = next((one for one in numbered if one is not None), None)
        if numbering is not None:
            item = self._item(value_of(numbering, "numId"), _level(value_of(numbering, "ilvl"))) or item
        looks = {name: look for one in reversed(chain) for name, look in _looks(child_of(one, "rPr")).items()}
        return _Style(name, item, int(digit[0]) - 1 if item and digit else 0, looks)

    def _formats(self) -> dict[tuple[str, int], str]:
        """Returns the number formats: (list id, level) → format."""
        parts = [one for root in self._roots("numbering") for one in root]
        abstracts = {attribute(one, "abstractNumId"): one for one in parts if local_name(one) == "abstractNum"}
        of_style = {name: one for one in abstracts.values() if (name := value_of(one, "styleLink"))}
        formats: dict[tuple[str, int], str] = {}
        for one in parts:
            if local_name(one) != "num":
                continue
            abstract = abstracts.get(value_of(one, "abstractNumId"))
            linked = of_style.get(value_of(abstract, "numStyleLink"), abstract)
            for level in (*_levels(linked), *(found for over in one for found in _levels(over))):
                formats[attribute(one, "numId"), _level(attribute(level, "ilvl"))] = value_of(level, "numFmt")
        return formats


def _based_on(style: Element, others: Mapping[str, Element]) -> Iterator[Element]:
    """Yields a style and those that it is based on."""
    based: Element | None = style
    for _ in range(12):  # limited, since a chain of styles may be cyclic
        if based is None:
            return
        yield based
        based = others.get(value_of(based, "basedOn"))


def _outermost_boxes(element: Element) -> Iterator[Element]:
    """Yields the text boxes of a drawing; those within a box are read with its content."""
    for child in element:
        if local_name(child) == "txbxContent":
            yield child
        else:
            yield from _outermost_boxes(_alternative(child) if local_name(child) == "AlternateContent" else child)


def _looks(properties: Element | None) -> dict[str, str]:
    """Returns the formatting that tells text apart, raises or lowers it; a switch without a value is on."""
    wanted = (*_APART, "vertAlign")
    found = {} if properties is None else {local_name(one): attribute(one, "val") or "1" for one in properties}
    return {name: look for name, look in found.items() if name in wanted}


def _levels(parent: Element | None) -> Iterator[Element]:
    return (one for one in (() if parent is None else parent) if local_name(one) == "lvl")


def _level(text: str) -> int:
    """Returns the level of a list; Word has nine."""
    return min(int(text), 8) if re.fullmatch(r"[0-9]{1,3}", text) else 0


def _sign_text(element: Element) -> str:
    """Returns the text of the elements of a run that stand for signs, and of a text with its pronunciation."""
    match local_name(element):
        case "tab" | "ptab":
            return "\t"
        case "br" | "cr":
            return "" if attribute(element, "type") == "page" else "\n"
        case "noBreakHyphen":
            return "-"
        case "ruby":
            above = _text_inside(child_of(element, "rt"))
            return _text_inside(child_of(element, "rubyBase")) + (f" ({above})" if above else "")
    return ""


def _text_inside(element: Element | None) -> str:
    texts = () if element is None else (one.text or "" for one in element.iter() if local_name(one) in {"t", "delText"})
    return clean_text("".join(texts))


def _font(run: Element) -> str:
    fonts = child_of(child_of(run, "rPr"), "rFonts")
    return "" if fonts is None else attribute(fonts, "ascii") or attribute(fonts, "hAnsi")


def _has_property(run: Element, name: str) -> bool:
    return is_on(child_of(run, "rPr"), name)


def _content_of(control: Element) -> Element:
    """Returns the content of a content control; the text is emptied if it is only a placeholder."""
    content = child_of(control, "sdtContent")
    if content is None:
        return ()
    if is_on(child_of(control, "sdtPr"), "showingPlcHdr"):
        for text in [one for one in content.iter() if local_name(one) == "t"]:
            text.text = ""
    return content


def _alternative(element: Element) -> Element:
    """Returns the first of several equivalent representations, which are meant for programs of different age."""
    return next(iter(element), element)


def _begins_page(paragraph: Element) -> bool:
    properties = child_of(paragraph, "pPr")
    if child_of(properties, "pageBreakBefore") is not None:
        return True
    return any(local_name(one) == "br" and attribute(one, "type") == "page" for one in paragraph.iter())


def _is_contents(control: Element) -> bool:
    gallery = value_of(child_of(child_of(control, "sdtPr"), "docPartObj"), "docPartGallery")
    return gallery == "Table of Contents"


def _in_contents(block: Block) -> Block:
    """Returns a paragraph with a style of tables of contents."""
    if isinstance(block, TextTable) or block.style.casefold().startswith(CONTENTS):
        return block
    return replace(block, style=CONTENTS)


def _join_deleted_marks(root: Element) -> None:
    """Moves the text of paragraphs whose mark was deleted, with changes tracked, into the next paragraph."""
    for one in reversed([one for one in root.iter() if local_name(one) == "p"]):
        marks = child_of(child_of(one, "pPr"), "rPr")
        following = one.getnext()
        if following is None or local_name(following) != "p":
            continue
        if child_of(marks, "del") is not None or child_of(marks, "moveFrom") is not None:
            first = 0 if child_of(following, "pPr") is None else 1
            following[first:first] = [child for child in one if local_name(child) != "pPr"]
            one.getparent().remove(one)
