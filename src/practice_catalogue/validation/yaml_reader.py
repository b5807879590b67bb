"""Reads a strict subset of YAML into plain data, and on request the position of every value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

import yaml
from yaml import AliasEvent, MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, StreamEndEvent

from practice_catalogue.model.characters import UNSEEN, forbidden_places, without_number_marks
from practice_catalogue.model.diagnostics import Diagnostic, Mark, Path
from practice_catalogue.validation.yaml_hints import diagnose

MAX_BYTES = 64 * 1024
MAX_DEPTH = 12

EMPTY_WORDS = frozenset({"", "~", "null", "Null", "NULL"})
"""Unquoted scalars that YAML reads as null."""


@dataclass(frozen=True)
class Places:
    """Positions of the values in a file; the text is parsed a second time when the first one is requested."""

    file: str
    text: str = field(repr=False)

    def mark(self, path: Path) -> Mark:
        """Returns the start of the value at a path, or of its nearest existing ancestor."""
        marks = self._found.marks
        while path not in marks and path:
            path = path[:-1]
        return marks.get(path, (1, 1))

    def has_key(self, path: Path) -> bool:
        """Whether there is a key at a path, with or without a value."""
        return path in self._found.key_marks

    def key_mark(self, path: Path) -> Mark:
        """Returns the start of the key at a path, or of the value if there is no key."""
        return self._found.key_marks.get(path) or self.mark(path)

    @cached_property
    def _found(self) -> _YamlReader:
        reader = _YamlReader(self.file, self.text, with_marks=True)
        reader.read_document()
        return reader


@dataclass(frozen=True)
class YamlSource:
    """The plain data of a file: dicts, lists, strings, and None for empty values.

    `damaged` has the paths of values that were rejected; further diagnostics for them would be redundant.
    """

    data: Any
    places: Places
    damaged: frozenset[Path] = frozenset()


def read_yaml(
    file: str, raw: bytes, size: int = 0, largest: int = MAX_BYTES
) -> tuple[YamlSource | None, list[Diagnostic]]:
    """Returns the data of a file, or None if it cannot be parsed, and the diagnostics.

    `size` is the size of the whole file in bytes, if `raw` is only its beginning; `largest` is the size allowed.
    """
    if max(size, len(raw)) > largest:
        details = {"taille": max(size, len(raw)), "maximum": largest, "champ": _longest_field(raw)}
        return None, [Diagnostic(file, 1, 1, "fichier-trop-gros", details=details)]
    text, diagnostics = decode(file, raw)
    if text is None:
        return None, diagnostics
    diagnostics = [*_forbidden_characters(file, text), *_tabs(file, text)]
    if diagnostics:
        return None, diagnostics
    reader = _YamlReader(file, text)
    try:
        data = reader.read_document()
    except _RefusedError as refused:
        return None, [*reader.diagnostics, refused.diagnostic]
    except yaml.YAMLError as error:
        return None, [*reader.diagnostics, diagnose(file, text, error)]
    return YamlSource(data, Places(file, text), frozenset(reader.damaged)), reader.diagnostics


def decode(file: str, raw: bytes) -> tuple[str | None, list[Diagnostic]]:
    """Returns the text of a UTF-8 file, with line feeds and in Unicode form C, or None and where it is not UTF-8."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        good = raw[: error.start].decode("utf-8", "replace")
        line, column = good.count("\n") + 1, len(good) - good.rfind("\n")
        return None, [Diagnostic(file, line, column, "encodage")]
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return without_number_marks(unicodedata.normalize("NFC", lines)), []


def _longest_field(raw: bytes) -> str:
    """Returns the top-level key with the longest value in bytes, found without parsing."""
    starts = [
        (found.start(), found[1].decode("ascii")) for found in re.finditer(rb"^([a-z_]{1,40}):", raw, re.MULTILINE)
    ]
    ends = [start for start, _ in starts[1:]] + [len(raw)]
    return max(zip(starts, ends, strict=True), key=lambda one: one[1] - one[0][0])[0][1] if starts else "aucun champ"


def _forbidden_characters(file: str, text: str) -> list[Diagnostic]:
    if not forbidden_places(text):
        return []
    return [
        Diagnostic(file, number, place + 1, "caractere-interdit", details=_code_point(line[place]))
        for number, line in enumerate(text.split("\n"), start=1)
        for place in forbidden_places(line)
    ]


def _code_point(char: str) -> dict[str, object]:
    return {"caractere": f"U+{ord(char):04X}"}


def _tabs(file: str, text: str) -> list[Diagnostic]:
    """Returns a diagnostic for each tab in the indentation: the message of the YAML parser would not be understood."""
    lines = enumerate(text.split("\n") if "\t" in text else (), start=1)
    return [
        Diagnostic(file, number, line.index("\t") + 1, "yaml-tabulation")
        for number, line in lines
        if "\t" in line[: len(line) - len(line.lstrip())]
    ]


class _RefusedError(Exception):
    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic


class _YamlReader:
    """Builds data from parser events, so that each event is checked before anything is built from it.

    Positions are recorded on request only: they double the time, and most files have no errors.
    """

    def __init__(self, file: str, text: str, *, with_marks: bool = False) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.damaged: set[Path] = set()
        self.marks: dict[Path, Mark] = {}
        self.key_marks: dict[Path, Mark] = {}
        self._file = file
        self._with_marks = with_marks
        self._path: list[str | int] = []
        # The types of PyYAML do not say which attributes an event has.
        self._next_event: Callable[[], Any] = yaml.CBaseLoader(text).get_event

    def read_document(self) -> Any:
        """Returns the data of the text; raises _RefusedError or yaml.YAMLError."""
        self._next_event()
        if isinstance(self._next_event(), StreamEndEvent):
            return None
        data = self._value(self._next_event())
        self._next_event()
        event = self._next_event()
        if not isinstance(event, StreamEndEvent):
            raise self._refusal(event, "yaml-plusieurs-documents")
        return data

    def _value(self, event: Any) -> Any:
        if len(self._path) > MAX_DEPTH:
            raise self._refusal(event, "yaml-trop-profond", self._path[:2])
        if self._with_marks:
            self.marks[tuple(self._path)] = _mark(event)
        if event.anchor is not None or event.tag is not None:
            self._check_properties(event)
        kind = type(event)
        if kind is ScalarEvent:
            text = event.value
            if event.style:
                return self._unescaped(event) if event.style == '"' else text
            return None if text in EMPTY_WORDS else text
        if kind is MappingStartEvent:
            return self._mapping()
        return None if kind is AliasEvent else self._list()

    def _check_properties(self, event: Any) -> None:
        """Rejects anchors, aliases and tags, except the tag `!`, which marks a value as text."""
        if event.anchor is not None:
            self._refuse(event, "yaml-ancre")
        if not isinstance(event, AliasEvent) and event.tag not in (None, "!"):
            self._refuse(event, "yaml-etiquette")

    def _unescaped(self, event: Any) -> str:
        """Returns the text of a double-quoted scalar; rejects forbidden characters, which escapes may produce."""
        text = unicodedata.normalize("NFC", event.value)
        if forbidden := forbidden_places(text):
            self._refuse(event, "caractere-interdit", **_code_point(text[forbidden[0]]))
        return text

    def _list(self) -> list[Any]:
        items: list[Any] = []
        path, next_event = self._path, self._next_event
        path.append(0)
        while type(event := next_event()) is not SequenceEndEvent:
            path[-1] = len(items)
            items.append(self._value(event))
        path.pop()
        return items

    def _mapping(self) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        keys: dict[str, Any] = {}
        path, next_event = self._path, self._next_event
        path.append("")
        while type(event := next_event()) is not MappingEndEvent:
            if type(event) is not ScalarEvent or event.anchor is not None or not _is_plain_key(event.value):
                raise self._refusal(event, "yaml-cle-complexe", path[:-1])
            path[-1] = key = event.value
            first = keys.setdefault(key, event)
            if first is not event:
                line, _ = _mark(first)
                self.diagnostics.append(self._diagnostic(event, "cle-en-double", path, cle=key, premiere=line))
                self._value(next_event())
                continue
            if self._with_marks:
                self.key_marks[tuple(path)] = _mark(event)
            mapping[key] = self._value(next_event())
        path.pop()
        return mapping

    def _refuse(self, event: Any, code: str, **details: object) -> None:
        self.diagnostics.append(self._diagnostic(event, code, self._path, **details))
        self.damaged.add(tuple(self._path))

    def _refusal(self, event: Any, code: str, path: Sequence[str | int] = ()) -> _RefusedError:
        return _RefusedError(self._diagnostic(event, code, path))

    def _diagnostic(self, event: Any, code: str, path: Sequence[str | int], **details: object) -> Diagnostic:
        line, column = _mark(event)
        field_name = ".".join(str(step) for step in path if isinstance(step, str))
        return Diagnostic(self._file, line, column, code, field=field_name, details=details)


@lru_cache(maxsize=1024)  # all fiches have the same keys
def _is_plain_key(key: str) -> bool:
    return bool(key) and key.isprintable() and not UNSEEN.search(key)


def _mark(event: Any) -> Mark:
    mark = event.start_mark
    return mark.line + 1, mark.column + 1
