"""Finds the parts of a Word file by the relationships between them, and parses their XML."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

from lxml import etree

Element = Any
"""An element of lxml, which publishes no types."""

_USUAL_MAIN = "word/document.xml"


class NotWordError(Exception):
    """Raised if the parts are not a supported Word file; `code` has the reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Relationship(NamedTuple):
    """A relationship of a part: its id, its kind (such as `styles`), and the part or the address that it names."""

    id: str
    kind: str
    target: str


class WordPackage:
    """The parts of a Word file, by their names in lower case: names of parts are the same in any case."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self.parts = {_folded(name): content for name, content in parts.items()}
        main = self.related("", "officeDocument") or [_USUAL_MAIN]
        self.main = main[0]
        if self.main not in self.parts:
            raise NotWordError("document-pas-word")

    def root(self, name: str) -> Element:
        return parse_xml(self.parts[name])

    def related(self, part: str, *kinds: str) -> list[str]:
        """Returns the names of the parts that are related to a part in one of some ways, sorted."""
        targets = {one.target for one in self.relationships(part) if one.kind in kinds}
        return sorted(targets & self.parts.keys())

    def relationships(self, part: str) -> Iterator[Relationship]:
        """Yields the relationships of a part; those of the part `""` are those of the whole file."""
        folder, _, name = part.rpartition("/")
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        if listed not in self.parts:
            return
        for one in self.root(listed):
            if local_name(one) == "Relationship":
                target = attribute(one, "Target")
                outside = attribute(one, "TargetMode") == "External"
                kind = attribute(one, "Type").rpartition("/")[2]
                where = target if outside else _folded(posixpath.normpath(posixpath.join("/", folder, unquote(target))))
                yield Relationship(attribute(one, "Id"), kind, where)

    def links(self, part: str) -> dict[str, str]:
        """Returns the addresses of the links of a part, by id."""
        return {one.id: web_address(one.target) for one in self.relationships(part) if one.kind == "hyperlink"}


def _folded(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def web_address(target: str) -> str:
    """Returns the address of a link, with the characters quoted that end one in a text."""
    return re.sub(r"[\s()]", lambda found: quote(found[0], safe=""), target.strip())


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


def local_name(element: Element) -> str:
    """Returns the name of an element without its namespace, which is another in strict files."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """Returns an attribute by its local name, or an empty string."""
    found = (str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name)
    return next(found, "")


def child_of(element: Element | None, name: str) -> Element | None:
    """Returns the first child of a name, or None."""
    return next((one for one in element if local_name(one) == name), None) if element is not None else None


def value_of(element: Element | None, name: str) -> str:
    """Returns the value of a property: the attribute `val` of the first child of this name, or an empty string."""
    found = child_of(element, name)
    return attribute(found, "val") if found is not None else ""


OFF = frozenset({"0", "false", "off", "none"})
"""Values of a property that is switched off."""


def is_on(element: Element | None, name: str) -> bool:
    """Whether a property is there and not switched off."""
    found = child_of(element, name)
    return found is not None and attribute(found, "val") not in OFF
