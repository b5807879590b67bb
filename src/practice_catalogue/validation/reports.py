"""Formats a Report as text, as JSON or as GitHub annotations."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping

from practice_catalogue.model.diagnostics import Diagnostic, Report, Severity
from practice_catalogue.validation import explanations, messages


def as_text(report: Report, files: int, site: str = "") -> str:
    """Returns one line per problem, each with its hint, and a summary.

    `site` is the address of the site with a trailing slash; if given, problems link to their explanations.
    """
    lines: list[str] = []
    for diagnostic in report:
        lines.append(messages.line(diagnostic))
        if advice := messages.hint(diagnostic):
            lines.append(f"    conseil : {advice}")
        if address := _help(diagnostic, site):
            lines.append(f"    explication : {address}")
    return "\n".join([*lines, summary(report, files)])


def as_json(report: Report, files: int, site: str = "") -> str:
    """Returns `{"problems": [{file, line, column, severity, code, field, message, hint, help}, …], "summary": {…}}`.

    The summary has the numbers of files, errors and warnings. `severity` is `error` or `warning`; lines and columns
    count from 1; `field`, `hint` and `help` (the address of an explanation) may be empty.
    """
    diagnostics = [diagnostic_data(diagnostic, site) for diagnostic in report]
    totals = {"files": files, "errors": report.errors, "warnings": report.warnings}
    return json.dumps({"problems": diagnostics, "summary": totals}, ensure_ascii=False, indent=2)


def as_github(report: Report, files: int, site: str = "") -> str:
    """Returns workflow commands, which GitHub shows as annotations of a pull request."""
    return "\n".join([*(_annotation(diagnostic, site) for diagnostic in report), summary(report, files)])


FORMATS: dict[str, Callable[[Report, int, str], str]] = {"text": as_text, "json": as_json, "github": as_github}


def sections_as_text(sections: Mapping[str, Report]) -> str:
    """Returns the sections as text, each with its heading and a common hint."""
    return "\n\n".join("\n".join(_section(heading, report)) for heading, report in sections.items())


def _section(heading: str, report: Report) -> Iterator[str]:
    yield f"{heading} ({len(report)})"
    yield f"    conseil : {messages.hint(report.diagnostics[0])}"
    yield from map(messages.line, report)


def sections_as_json(sections: Mapping[str, Report]) -> str:
    """Returns `{"sections": [{heading, problems: [as in `as_json`]}, …]}`."""
    found = [
        {"heading": heading, "problems": list(map(diagnostic_data, report))} for heading, report in sections.items()
    ]
    return json.dumps({"sections": found}, ensure_ascii=False, indent=2)


def summary(report: Report, files: int) -> str:
    """Returns a sentence with the numbers of files, errors and warnings."""
    if not report:
        return f"{counted(files, 'fiche')} : tout est en ordre."
    found = [counted(report.errors, "erreur")] if report.errors else []
    found += [counted(report.warnings, "avertissement")] if report.warnings else []
    return f"{counted(files, 'fiche')} : {', '.join(found)}."


def counted(number: int, noun: str) -> str:
    """Returns a number with its noun, in the plural from two on (French rule)."""
    return f"{number} {noun}{'s' if number > 1 else ''}"


def _level(diagnostic: Diagnostic) -> str:
    return "error" if diagnostic.severity is Severity.ERROR else "warning"


def diagnostic_data(diagnostic: Diagnostic, site: str = "") -> dict[str, object]:
    return {
        "file": messages.log_text(diagnostic.file),
        "line": diagnostic.line,
        "column": diagnostic.column,
        "severity": _level(diagnostic),
        "code": diagnostic.code,
        "field": messages.log_text(diagnostic.field),
        "message": messages.message(diagnostic),
        "hint": messages.hint(diagnostic),
        "help": _help(diagnostic, site),
    }


def _help(diagnostic: Diagnostic, site: str) -> str:
    """Returns the address of the explanation of a problem; empty without an explanation or address of the site."""
    return (
        site + explanations.explanation_page(diagnostic.code)
        if site and diagnostic.code in explanations.EXPLANATIONS
        else ""
    )


def _annotation(diagnostic: Diagnostic, site: str) -> str:
    place = {
        "file": messages.log_text(diagnostic.file),
        "line": diagnostic.line,
        "col": diagnostic.column,
        "title": diagnostic.code,
    }
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in place.items())
    parts = (messages.message(diagnostic), messages.hint(diagnostic), _help(diagnostic, site))
    text = " ".join(part for part in parts if part)
    return f"::{_level(diagnostic)} {properties}::{_workflow_data(text)}"


def _workflow_data(text: str) -> str:
    """Escapes text for the data of a GitHub workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _workflow_data(text).replace(":", "%3A").replace(",", "%2C")
