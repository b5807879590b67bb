"""Finds the likely mistake behind an error of the YAML parser."""

from __future__ import annotations

import re
from typing import Any

import yaml

from practice_catalogue.model.diagnostics import Diagnostic, Mark


def diagnose(file: str, text: str, error: yaml.YAMLError) -> Diagnostic:
    """Returns a diagnostic with the likely mistake behind a parser error and the position where it starts."""
    said = str(getattr(error, "problem", "") or "")
    lines = [*text.split("\n"), ""]
    here = _mark(getattr(error, "problem_mark", None))
    opening = _mark(getattr(error, "context_mark", None) or getattr(error, "problem_mark", None))
    code, mark = _cause(said, lines, here, opening)
    details = {"caractere": lines[mark[0] - 1][mark[1] - 1 : mark[1]]} if code == "yaml-caractere-initial" else {}
    return Diagnostic(file, *mark, code, details=details)


def _mark(mark: Any) -> Mark:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _cause(said: str, lines: list[str], here: Mark, opening: Mark) -> tuple[str, Mark]:
    """Returns code and position of the mistake; the parser stopped at `here`, in a construct begun at `opening`."""
    if "mapping values are not allowed" in said:
        return _stray_colon(lines, here)
    if quote := _first_bad_quote(lines, here[0]):
        return "yaml-guillemet", quote
    for words, code, mark in (
        ("cannot start any token", "yaml-caractere-initial", here),
        ("alias", "yaml-ancre", here),
        ("anchor", "yaml-ancre", here),
        ("could not find expected ':'", "yaml-cle-sans-deux-points", opening),
        ("did not find expected ',' or", "yaml-crochet", opening),
        ("did not find expected node content", "yaml-crochet", opening),
        ("did not find expected", "yaml-indentation", (here[0], _indent(lines[here[0] - 1]) + 1)),
    ):
        if words in said:
            return code, mark
    return "yaml-syntaxe", here


def _stray_colon(lines: list[str], here: Mark) -> tuple[str, Mark]:
    """Handles an unexpected colon: inside a value, or of a key read as a continuation of the previous line."""
    line, column = here
    if not re.fullmatch(r"[\w-]+", lines[line - 1][: column - 1].strip()):
        return "yaml-deux-points", here
    indent = _indent(lines[line - 1])
    previous = next((number for number in range(line - 1, 0, -1) if lines[number - 1].strip()), 0)
    before = lines[previous - 1] if previous else ""
    if before and not re.search(r":( |$)", before) and _indent(before) == indent:
        return "yaml-cle-sans-deux-points", (previous, indent + 1)
    return "yaml-indentation", (line, indent + 1)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


_QUOTED_VALUE = re.compile(r"^(?P<before> *(?:- +)*(?:[\w-]+: +)?)(?P<quote>[\"'])(?P<rest>.*)$")
_CLOSED_QUOTE = {
    '"': re.compile(r'(?:[^"\\]|\\.)*"\s*(?:[#:].*)?', re.DOTALL),
    "'": re.compile(r"(?:[^']|'')*'\s*(?:[#:].*)?", re.DOTALL),
}


def _first_bad_quote(lines: list[str], last: int) -> Mark | None:
    """Returns the first quoted value, up to the line of the error, without a closing quote at its end."""
    for number, line in enumerate(lines[:last], start=1):
        match = _QUOTED_VALUE.match(line)
        if match and not _CLOSED_QUOTE[match["quote"]].fullmatch(_whole_value(lines, number, match["rest"])):
            return number, len(match["before"]) + 1
    return None


def _whole_value(lines: list[str], number: int, rest: str) -> str:
    """Returns the rest of a quoted value: after the quote on its line, and the more indented lines below."""
    below = lines[number:]
    depth = _indent(lines[number - 1])
    length = next((i for i, line in enumerate(below) if line.strip() and _indent(line) <= depth), len(below))
    return "\n".join((rest, *below[:length])).rstrip()
