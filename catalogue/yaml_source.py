"""Bytes → plain data and the position of every value, in a strict subset of YAML."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from catalogue.problems import Path, Problem

MAX_BYTES = 64 * 1024
MAX_DEPTH = 12

Mark = tuple[int, int]
"""Line and column, counted from 1."""

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
    except _Refused as refused:
        return None, [*builder.problems, refused.problem]
    except yaml.YAMLError as error:
        return None, [*builder.problems, _diagnose(file, text, error)]
    return Source(file, data, frozenset(builder.damaged), builder.marks, builder.key_marks), builder.problems


def _decode(file: str, raw: bytes) -> tuple[str | None, list[Problem]]:
    if len(raw) > MAX_BYTES:
        details = {"taille": len(raw), "maximum": MAX_BYTES}
        return None, [Problem(file, 1, 1, "fichier-trop-gros", details=details)]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        good = raw[: error.start].decode("utf-8", "replace")
        line, column = good.count("\n") + 1, len(good) - good.rfind("\n")
        return None, [Problem(file, line, column, "encodage")]
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")), []


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


class _Refused(Exception):
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
        self._next: Callable[[], yaml.Event] = lambda: yaml.StreamEndEvent()

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
            raise _Refused(self._problem(event, "yaml-plusieurs-documents"))
        return data

    def _value(self, event: yaml.Event, path: Path) -> Any:
        if len(path) > MAX_DEPTH:
            raise _Refused(self._problem(event, "yaml-trop-profond", path[:2]))
        self.marks[path] = _mark(event)
        if event.anchor is not None:
            self._refuse(event, "yaml-ancre", path)
        if isinstance(event, yaml.AliasEvent):
            return None
        if event.tag not in (None, "!"):
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
        key = self._value(event, path) if isinstance(event, yaml.ScalarEvent) else None
        if key is None:
            raise _Refused(self._problem(event, "yaml-cle-complexe", path))
        return str(key)

    def _refuse(self, event: yaml.Event, code: str, path: Path) -> None:
        self.problems.append(self._problem(event, code, path))
        self.damaged.add(path)

    def _problem(self, event: yaml.Event, code: str, path: Path = (), **details: object) -> Problem:
        line, column = _mark(event)
        field_name = ".".join(str(step) for step in path if isinstance(step, str))
        return Problem(self.file, line, column, code, field=field_name, details=details)


def _mark(event: yaml.Event) -> Mark:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _diagnose(file: str, text: str, error: yaml.YAMLError) -> Problem:
    """What a person most likely did wrong, where the parser only says what it expected."""
    mark = getattr(error, "problem_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    opening = getattr(error, "context_mark", None) or mark
    lines = [*text.split("\n"), ""]
    said = str(getattr(error, "problem", "") or "")
    if "mapping values are not allowed" in said:
        return Problem(file, *_stray_colon(lines, line, column))
    if quote := _first_bad_quote(lines, line):
        return Problem(file, *quote, "yaml-guillemet")
    if "cannot start any token" in said:
        return Problem(file, line, column, "yaml-caractere-initial", details={"caractere": lines[line - 1][column - 1]})
    if "alias" in said or "anchor" in said:
        return Problem(file, line, column, "yaml-ancre")
    if "could not find expected ':'" in said:
        return Problem(file, opening.line + 1, opening.column + 1, "yaml-cle-sans-deux-points")
    if "did not find expected ',' or" in said:
        return Problem(file, opening.line + 1, opening.column + 1, "yaml-crochet")
    if "did not find expected" in said:
        return Problem(file, line, _indent(lines[line - 1]) + 1, "yaml-indentation")
    return Problem(file, line, column, "yaml-syntaxe")


def _stray_colon(lines: list[str], line: int, column: int) -> tuple[int, int, str]:
    """A colon inside a value, or one that belongs to a key the parser took for the rest of the line before."""
    before = lines[line - 1][: column - 1].strip()
    if not re.fullmatch(r"[\w-]+", before):
        return line, column, "yaml-deux-points"
    previous = next((number for number in range(line - 1, 0, -1) if lines[number - 1].strip()), 0)
    if previous and not re.search(r":( |$)", lines[previous - 1]) and _indent(lines[previous - 1]) == _indent(lines[line - 1]):
        return previous, _indent(lines[previous - 1]) + 1, "yaml-cle-sans-deux-points"
    return line, _indent(lines[line - 1]) + 1, "yaml-indentation"


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


_QUOTED_VALUE = re.compile(r"^(?P<before> *(?:- +)*(?:[\w-]+: +)?)(?P<quote>[\"'])(?P<rest>.*)$")
_TO_THE_END = {
    '"': re.compile(r'(?:[^"\\]|\\.)*"\s*(?:[#:].*)?', re.DOTALL),
    "'": re.compile(r"(?:[^']|'')*'\s*(?:[#:].*)?", re.DOTALL),
}


def _first_bad_quote(lines: list[str], last: int) -> Mark | None:
    """The first value, down to the line of the error, whose opening quote does not close at its end."""
    for number, line in enumerate(lines[:last], start=1):
        match = _QUOTED_VALUE.match(line)
        if match and not _TO_THE_END[match["quote"]].fullmatch(_whole_value(lines, number, match["rest"])):
            return number, len(match["before"]) + 1
    return None


def _whole_value(lines: list[str], number: int, rest: str) -> str:
    """What follows the quote on its line and on the deeper lines below it."""
    below = lines[number:]
    depth = _indent(lines[number - 1])
    length = next((i for i, line in enumerate(below) if line.strip() and _indent(line) <= depth), len(below))
    return "\n".join((rest, *below[:length])).rstrip()
