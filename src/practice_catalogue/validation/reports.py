"""A Report → text for people, JSON for programs, annotations for GitHub."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping

from practice_catalogue.model.diagnostics import Problem, Report, Severity
from practice_catalogue.validation import explanations, messages


def as_text(report: Report, files: int, site: str = "") -> str:
    """A line a problem, with a hint below where there is one, and a summary.

    With the address of the site, which ends in a slash, also where the problem is explained.
    """
    lines: list[str] = []
    for problem in report:
        lines.append(messages.line(problem))
        if advice := messages.hint(problem):
            lines.append(f"    conseil : {advice}")
        if address := _help(problem, site):
            lines.append(f"    explication : {address}")
    return "\n".join([*lines, summary(report, files)])


def as_json(report: Report, files: int, site: str = "") -> str:
    """`{"problems": [{file, line, column, severity, code, field, message, hint, help}, …], "summary": {…}}`.

    The summary counts files, errors and warnings. `severity` is `error` or `warning`; lines and columns count
    from 1; `field`, `hint` and `help`, the address of an explanation, may be empty.
    """
    problems = [problem_data(problem, site) for problem in report]
    totals = {"files": files, "errors": report.errors, "warnings": report.warnings}
    return json.dumps({"problems": problems, "summary": totals}, ensure_ascii=False, indent=2)


def as_github(report: Report, files: int, site: str = "") -> str:
    """Workflow commands that GitHub shows on the lines of a pull request."""
    return "\n".join([*(_annotation(problem, site) for problem in report), summary(report, files)])


FORMATS: dict[str, Callable[[Report, int, str], str]] = {"text": as_text, "json": as_json, "github": as_github}


def sections_as_text(sections: Mapping[str, Report]) -> str:
    """Each section under its heading, with one hint for all of it."""
    return "\n\n".join("\n".join(_section(heading, report)) for heading, report in sections.items())


def _section(heading: str, report: Report) -> Iterator[str]:
    yield f"{heading} ({len(report)})"
    yield f"    conseil : {messages.hint(report.problems[0])}"
    yield from map(messages.line, report)


def sections_as_json(sections: Mapping[str, Report]) -> str:
    """`{"sections": [{heading, problems: [as in `as_json`]}, …]}`."""
    found = [{"heading": heading, "problems": list(map(problem_data, report))} for heading, report in sections.items()]
    return json.dumps({"sections": found}, ensure_ascii=False, indent=2)


def summary(report: Report, files: int) -> str:
    """How many files were looked at, and what was found."""
    if not report:
        return f"{counted(files, 'fiche')} : tout est en ordre."
    found = [counted(report.errors, "erreur")] if report.errors else []
    found += [counted(report.warnings, "avertissement")] if report.warnings else []
    return f"{counted(files, 'fiche')} : {', '.join(found)}."


def counted(number: int, noun: str) -> str:
    """A number and its noun, in the plural from two on, as French has it."""
    return f"{number} {noun}{'s' if number > 1 else ''}"


def _level(problem: Problem) -> str:
    return "error" if problem.severity is Severity.ERROR else "warning"


def problem_data(problem: Problem, site: str = "") -> dict[str, object]:
    return {
        "file": messages.log_text(problem.file),
        "line": problem.line,
        "column": problem.column,
        "severity": _level(problem),
        "code": problem.code,
        "field": messages.log_text(problem.field),
        "message": messages.message(problem),
        "hint": messages.hint(problem),
        "help": _help(problem, site),
    }


def _help(problem: Problem, site: str) -> str:
    """Where a problem is explained, or nothing where it is not or as long as the site has no address."""
    return site + explanations.page(problem.code) if site and problem.code in explanations.EXPLANATIONS else ""


def _annotation(problem: Problem, site: str) -> str:
    place = {
        "file": messages.log_text(problem.file),
        "line": problem.line,
        "col": problem.column,
        "title": problem.code,
    }
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in place.items())
    parts = (messages.message(problem), messages.hint(problem), _help(problem, site))
    text = " ".join(part for part in parts if part)
    return f"::{_level(problem)} {properties}::{_workflow_data(text)}"


def _workflow_data(text: str) -> str:
    """Text that a workflow log cannot take for a command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _workflow_data(text).replace(":", "%3A").replace(",", "%2C")
