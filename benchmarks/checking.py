"""Measures the check of all fiches: ours, a JSON Schema validator, and a YAML parser alone."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.environments import PEERS, program
from benchmarks.processes import Command
from benchmarks.rounds import Stage, Tool
from benchmarks.workspace import REAL, ROOT, fiche_folder
from practice_catalogue.model import urls


def _ours(fiches: int) -> Command:
    return _on_fiches(fiches, sys.executable, "build_catalogue.py", "check", "--practices", str(fiche_folder(fiches)))


def _check_jsonschema(fiches: int) -> Command:
    folder = fiche_folder(fiches)
    names = sorted(path.name for path in folder.glob("*.yml"))
    schema = str(ROOT / urls.COMMITTED_SCHEMA)
    checker = program("check-jsonschema", "check-jsonschema")
    return _on_fiches(fiches, checker, "--schemafile", schema, *names, working_folder=folder)


def _pyyaml(fiches: int) -> Command:
    return _on_fiches(fiches, sys.executable, str(PEERS / "parse.py"), str(fiche_folder(fiches)))


def _on_fiches(fiches: int, *arguments: str, working_folder: Path = ROOT) -> Command:
    """Returns a command whose preparation reads all fiches, so that each run finds them in the page cache."""
    return Command(arguments, working_folder, lambda: _read_files(fiche_folder(fiches)))


def _read_files(folder: Path) -> None:
    for path in folder.iterdir():
        path.read_bytes()


OURS = Tool("ours", _ours)
PYYAML = Tool("PyYAML's C loader alone", _pyyaml)
CHECK_JSONSCHEMA = Tool("check-jsonschema", _check_jsonschema)

STAGES = (
    Stage(REAL, 5, (OURS, PYYAML, CHECK_JSONSCHEMA)),
    Stage(100, 5, (OURS, PYYAML, CHECK_JSONSCHEMA)),
    Stage(1_000, 3, (OURS, PYYAML, CHECK_JSONSCHEMA)),
    Stage(10_000, 3, (OURS, PYYAML)),
)
