"""Bytes → plain data and the position of every value, in a strict subset of YAML."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from catalogue.problems import Mark, Path, Problem
from catalogue.yaml_diagnosis import diagnose

MAX_BYTES = 64 * 1024
MAX_DEPTH = 12

_FORBIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_ALLOWED_UNPRINTABLE = str.maketrans("", "", "\n\t\u00a0\u202f\u2009\u3000")
_EMPTY_WORDS = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True)
class Source:
    """A file as plain data: mappings, lists, text, and None where nothing was filled in.

    `damaged` are the paths whose value was refused, so that nothing more needs to be said of them.
    """

    file: str
    data: Any
    damaged: frozenset[Path]
    marks: dict[Path, Mark] = field(repr=False)
    key_marks: dict[Path, Mark] = field(repr=False)

    def mark(self, path: Path) -> Mark:
        """Where the value at this path starts, or the nearest thing around it that exists."""
        while path not in self.marks and path:
            path = path[:-1]
        return self.marks.get(path, (1, 1))

    def key_mark(self, path: Path) -> Mark:
        """Where the key of this path starts; the value where there is no key."""
        return self.key_marks.get(path) or self.mark(path)


def read(file: str, raw: bytes) -> tuple[Source | None, list[Problem]]:
    """The data of a file, or None where it cannot be read as YAML, with all that is wrong so far."""
    text, problems = _decode(file, raw)
    if text is None:
        return None, problems
    problems = [*_forbidden_characters(file, text), *_tabs(file, text)]
    if problems:
        return None, problems
    builder = _Builder(file)
    try:
        data = builder.build(text)
    except _RefusedError as refused:
        return None, [*builder.problems, refused.problem]
    except yaml.YAMLError as error:
        return None, [*builder.problems, diagnose(file, text, error)]
    return Source(file, data, frozenset(builder.damaged), builder.marks, builder.key_marks), builder.problems


def _decode(file: str, raw: bytes) -> tuple[str | None, list[Problem]]:
    if len(raw) > MAX_BYTES:
        details = {"taille": len(raw), "maximum": MAX_BYTES, "champ": _longest_field(raw)}
        return None, [Problem(file, 1, 1, "fichier-trop-gros", details=details)]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        good = raw[: error.start].decode("utf-8", "replace")
        line, column = good.count("\n") + 1, len(good) - good.rfind("\n")
        return None, [Problem(file, line, column, "encodage")]
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")), []


def _longest_field(raw: bytes) -> str:
    """The key at the left margin under which most bytes stand, found without parsing."""
    starts = [
        (found.start(), found[1].decode("ascii")) for found in re.finditer(rb"^([a-z_]{1,40}):", raw, re.MULTILINE)
    ]
    ends = [start for start, _ in starts[1:]] + [len(raw)]
    return max(zip(starts, ends, strict=True), key=lambda one: one[1] - one[0][0])[0][1] if starts else "aucun champ"


def _forbidden_characters(file: str, text: str) -> list[Problem]:
    if text.translate(_ALLOWED_UNPRINTABLE).isprintable():
        return []
    return [
        Problem(file, number, column, "caractere-interdit", details={"caractere": f"U+{ord(char):04X}"})
        for number, line in enumerate(text.split("\n"), start=1)
        for column, char in enumerate(line, start=1)
        if char != "\t" and unicodedata.category(char) in _FORBIDDEN_CATEGORIES
    ]


def _tabs(file: str, text: str) -> list[Problem]:
    """YAML refuses tabs in the indentation, and its parser says so in a way nobody understands."""
    lines = enumerate(text.split("\n"), start=1)
    return [
        Problem(file, number, line.index("\t") + 1, "yaml-tabulation")
        for number, line in lines
        if "\t" in line[: len(line) - len(line.lstrip())]
    ]


class _RefusedError(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


class _Builder:
    """Builds data from parser events, so that nothing is composed that was not looked at first."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
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
            raise _RefusedError(self._problem(event, "yaml-plusieurs-documents"))
        return data

    def _value(self, event: yaml.Event, path: Path) -> Any:
        if len(path) > MAX_DEPTH:
            raise _RefusedError(self._problem(event, "yaml-trop-profond", path[:2]))
        self.marks[path] = _mark(event)
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            self._refuse(event, "yaml-ancre", path)
        if isinstance(event, yaml.AliasEvent):
            return None
        if getattr(event, "tag", None) not in (None, "!"):
            self._refuse(event, "yaml-etiquette", path)
        if isinstance(event, yaml.ScalarEvent):
            return None if event.style is None and event.value in _EMPTY_WORDS else event.value
        return self._list(path) if isinstance(event, yaml.SequenceStartEvent) else self._mapping(path)

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
                self.problems.append(self._problem(event, "cle-en-double", here, cle=key, premiere=first))
                self._value(self._next(), here)
                continue
            self.key_marks[here] = _mark(event)
            mapping[key] = self._value(self._next(), here)
        return mapping

    def _key(self, event: yaml.Event, path: Path) -> str:
        key: str = event.value if isinstance(event, yaml.ScalarEvent) and event.anchor is None else ""
        if not key:
            raise _RefusedError(self._problem(event, "yaml-cle-complexe", path))
        return key

    def _refuse(self, event: yaml.Event, code: str, path: Path) -> None:
        self.problems.append(self._problem(event, code, path))
        self.damaged.add(path)

    def _problem(self, event: yaml.Event, code: str, path: Path = (), **details: object) -> Problem:
        line, column = _mark(event)
        field_name = ".".join(str(step) for step in path if isinstance(step, str))
        return Problem(self.file, line, column, code, field=field_name, details=details)


def _mark(event: yaml.Event) -> Mark:
    mark: Any = event.start_mark
    return mark.line + 1, mark.column + 1
