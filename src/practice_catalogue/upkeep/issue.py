"""Writes stale information as the text of a GitHub issue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import PurePath

from practice_catalogue.model import formatting
from practice_catalogue.model.diagnostics import Diagnostic, Report
from practice_catalogue.model.settings import PRACTICES, Settings
from practice_catalogue.upkeep.github_markdown import create_environment, shorten
from practice_catalogue.validation import messages

MAX_LENGTH = 65_000
"""Maximum size of an issue in bytes: GitHub refuses more than 65,536 characters."""
TRUNCATION_NOTE = "\nLa liste est plus longue\u00a0: la commande « review » la donne entière.\n"


def issue_text(
    sections: Mapping[str, Report], today: date, settings: Settings, *, links: bool, unasked: int = 0
) -> str:
    """Returns the issue in French, as Markdown; `links` tells whether the links were checked, all but `unasked`."""
    found = [
        (heading, messages.hint(report.diagnostics[0]), [_row(diagnostic, settings) for diagnostic in report])
        for heading, report in sections.items()
    ]
    template = create_environment().get_template("issue.md.j2")
    text = template.render(sections=found, day=formatting.day(today.isoformat()), links=links, unasked=unasked)
    return shorten(text, MAX_LENGTH, TRUNCATION_NOTE)


def _row(diagnostic: Diagnostic, settings: Settings) -> tuple[str, str, int, str]:
    """Returns (file, URL of the correction form, line, message)."""
    name = PurePath(diagnostic.file).name
    place = settings.correction_link(PurePath(name).stem)
    return f"{PRACTICES}/{name}", place, diagnostic.line, messages.message(diagnostic)
