"""Replies by mail become corrections of fiches, or notes for a person; nothing that somebody wrote is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from practice_catalogue.forms.importing import report as import_report
from practice_catalogue.forms.importing.importer import Imported
from practice_catalogue.model.diagnostics import Report
from tests.forms.reply_cases import CASES, FICHES, FOLDER, TERMS, replies

EXPECTED = FOLDER / "expected.txt"


def told(cases: dict[str, bytes]) -> str:
    """Returns what `import` says of each reply when it is read alone, and the lines of the fiche that it changes."""
    return "\n".join(f"=== {name}\n{outcome(name, raw)}" for name, raw in cases.items())


def outcome(name: str, raw: bytes) -> str:
    path = Path(f"{name}.eml")
    imported = replies().read({path: raw})[path]
    done = import_report.with_paths(imported, [Path(f"{one.id}.yml") for one in imported.proposals])
    lines = [import_report.as_text([done], TERMS, Report(()))]
    for proposal in imported.proposals:
        before = FICHES[proposal.id].text.splitlines()
        lines += [f"+ {line}" for line in proposal.text.splitlines() if line not in before]
    return "\n".join(lines) + "\n"


def test_each_reply_is_told_as_expected() -> None:
    assert told(CASES) == EXPECTED.read_text(encoding="utf-8")
