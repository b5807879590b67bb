"""Bytes → plain data, and on request the position of every value, in a strict subset of YAML."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import yaml

from practice_catalogue.model.characters import UNSEEN, forbidden_places
from practice_catalogue.model.diagnostics import Diagnostic, Mark, Path
from practice_catalogue.validation.yaml_hints import diagnose
from practice_catalogue.validation.yaml_quick import EMPTY_WORDS, MAX_DEPTH, UnusualError, plain_data

MAX_BYTES = 64 * 1024


@dataclass(frozen=True)
class Places:
    """Where the values of a file stand; they are looked for only when something has to be said of one."""

    file: str
    text: str = field(repr=False)

    def mark(self, path: Path) -> Mark:
        """Where the value at this path starts, or the nearest thing around it that exists."""
        marks = self._found.marks
        while path not in marks and path:
            path = path[:-1]
        return marks.get(path, (1, 1))

    def has_key(self, path: Path) -> bool:
        """Whether a key stands at this path, with or without a value."""
        return path in self._found.key_marks

    def key_mark(self, path: Path) -> Mark:
        """Where the key of this path starts; the value where there is no key."""
        return self._found.key_marks.get(path) or self.mark(path)

    @cached_property
    def _found(self) -> _Builder:
        builder = _Builder(self.file)
        builder.build(self.text)
        return builder


@dataclass(frozen=True)
class YamlSource:
    """A file as plain data: mappings, lists, text, and None where nothing was filled in.

    `damaged` are the paths whose value was refused, so that nothing more needs to be said of them.
    """

    data: Any
    places: Places
    damaged: frozenset[Path] = frozenset()


def read(file: str, raw: bytes, size: int = 0) -> tuple[YamlSource | None, list[Diagnostic]]:
    """The data of a file, or None where it cannot be read as YAML, with all that is wrong so far.

    `size` in bytes is that of the whole file, where `raw` is only its beginning.
    """
    text, diagnostics = _decode(file, raw, max(size, len(raw)))
    if text is None:
        return None, diagnostics
    diagnostics = [*_forbidden_characters(file, text), *_tabs(file, text)]
    if diagnostics:
        return None, diagnostics
    try:
        return YamlSource(plain_data(text), Places(file, text)), []
    except (UnusualError, yaml.YAMLError):
        return _read_carefully(file, text)


def _read_carefully(file: str, text: str) -> tuple[YamlSource | None, list[Diagnostic]]:
    builder = _Builder(file)
    try:
        data = builder.build(text)
    except _RefusedError as refused:
        return None, [*builder.diagnostics, refused.diagnostic]
    except yaml.YAMLError as error:
        return None, [*builder.diagnostics, diagnose(file, text, error)]
    return YamlSource(data, Places(file, text), frozenset(builder.damaged)), builder.diagnostics


def _decode(file: str, raw: bytes, size: int) -> tuple[str | None, list[Diagnostic]]:
    if size > MAX_BYTES:
        details = {"taille": size, "maximum": MAX_BYTES, "champ": _longest_field(raw)}
        return None, [Diagnostic(file, 1, 1, "fichier-trop-gros", details=details)]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        good = raw[: error.start].decode("utf-8", "replace")
        line, column = good.count("\n") + 1, len(good) - good.rfind("\n")
        return None, [Diagnostic(file, line, column, "encodage")]
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")), []


def _longest_field(raw: bytes) -> str:
    """The key at the left margin under which most bytes stand, found without parsing."""
    starts = [
        (found.start(), found[1].decode("ascii")) for found in re.finditer(rb"^([a-z_]{1,40}):", raw, re.MULTILINE)
    ]
    ends = [start for start, _ in starts[1:]] + [len(raw)]
    return max(zip(starts, ends, strict=True), key=lambda one: one[1] - one[0][0])[0][1] if starts else "aucun champ"


def _forbidden_characters(file: str, text: str) -> list[Diagnostic]:
    if not forbidden_places(text):
        return []
    return [
        Diagnostic(file, number, place + 1, "caractere-interdit", details=_named(line[place]))
        for number, line in enumerate(text.split("\n"), start=1)
        for place in forbidden_places(line)
    ]


def _named(char: str) -> dict[str, object]:
    return {"caractere": f"U+{ord(char):04X}"}


def _tabs(file: str, text: str) -> list[Diagnostic]:
    """YAML refuses tabs in the indentation, and its parser says so in a way nobody understands."""
    lines = enumerate(text.split("\n") if "\t" in text else (), start=1)
    return [
        Diagnostic(file, number, line.index("\t") + 1, "yaml-tabulation")
        for number, line in lines
        if "\t" in line[: len(line) - len(line.lstrip())]
    ]


class _RefusedError(Exception):
    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic


class _Builder:
    """Builds data from parser events, so that nothing is composed that was not looked at first."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.diagnostics: list[Diagnostic] = []
        self.damaged: set[Path] = set()
        self.marks: dict[Path, Mark] = {}
        self.key_marks: dict[Path, Mark] = {}
        self._next: Callable[[], yaml.Event] = yaml.StreamEndEvent

    def build(self, text: str) -> Any:
        events: Iterator[yaml.Event] = yaml.parse(text, Loader=yaml.CBaseLoader)
        self._next = events.__next__
        self._next()
        event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            return None
        data = self._value(self._next(), ())
        self._next()
        event = self._next()
        if not isinstance(event, yaml.StreamEndEvent):
            raise _RefusedError(self._diagnostic(event, "yaml-plusieurs-documents"))
        return data

    def _value(self, event: yaml.Event, path: Path) -> Any:
        if len(path) > MAX_DEPTH:
            raise _RefusedError(self._diagnostic(event, "yaml-trop-profond", path[:2]))
        self.marks[path] = _mark(event)
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            self._refuse(event, "yaml-ancre", path)
        if isinstance(event, yaml.AliasEvent):
            return None
        if getattr(event, "tag", None) not in (None, "!"):
            self._refuse(event, "yaml-etiquette", path)
        if isinstance(event, yaml.ScalarEvent):
            return None if not event.style and event.value in EMPTY_WORDS else self._text(event, path)
        return self._list(path) if isinstance(event, yaml.SequenceStartEvent) else self._mapping(path)

    def _text(self, event: yaml.ScalarEvent, path: Path) -> str:
        """The text of a scalar; between double quotes an escape may stand for what must not stand in a file."""
        if event.style != '"':
            return str(event.value)
        text = unicodedata.normalize("NFC", event.value)
        if forbidden := forbidden_places(text):
            self._refuse(event, "caractere-interdit", path, **_named(text[forbidden[0]]))
        return text

    def _list(self, path: Path) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items))))
        return items

    def _mapping(self, path: Path) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._key(event, path)
            here = (*path, key)
            if key in mapping:
                first, _ = self.key_marks[here]
                self.diagnostics.append(self._diagnostic(event, "cle-en-double", here, cle=key, premiere=first))
                self._value(self._next(), here)
                continue
            self.key_marks[here] = _mark(event)
            mapping[key] = self._value(self._next(), here)
        return mapping

    def _key(self, event: yaml.Event, path: Path) -> str:
        key: str = event.value if isinstance(event, yaml.ScalarEvent) and event.anchor is None else ""
        if not key or not key.isprintable() or UNSEEN.search(key):
            raise _RefusedError(self._diagnostic(event, "yaml-cle-complexe", path))
        return key

    def _refuse(self, event: yaml.Event, code: str, path: Path, **details: object) -> None:
        self.diagnostics.append(self._diagnostic(event, code, path, **details))
        self.damaged.add(path)

    def _diagnostic(self, event: yaml.Event, code: str, path: Path = (), **details: object) -> Diagnostic:
        line, column = _mark(event)
        field_name = ".".join(str(step) for step in path if isinstance(step, str))
        return Diagnostic(self.file, line, column, code, field=field_name, details=details)


def _mark(event: yaml.Event) -> Mark:
    mark: Any = event.start_mark
    return mark.line + 1, mark.column + 1
