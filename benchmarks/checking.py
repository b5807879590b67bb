"""Checking all fiches: ours, checkers by schema, and parsing alone."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

from benchmarks.environments import LISTS, program
from benchmarks.measuring import Job
from benchmarks.places import BENCH, ROOT, practices
from benchmarks.series import Side
from practice_catalogue.forms.schema import schema_text
from practice_catalogue.validation import loader


def sides() -> list[Side]:
    """Each is a command of its own, from its start to its end."""
    return [
        Side("ours", _ours),
        Side("check-jsonschema", _check_jsonschema("checking")),
        Side("check-jsonschema, C reader", _check_jsonschema("checking-c")),
        Side("PyYAML and jsonschema", _validate),
        Side("PyYAML alone", _parse("pyyaml")),
        Side("rapidyaml alone", _parse("rapidyaml")),
    ]


def _ours(size: int) -> Job:
    return _of(size, sys.executable, "build_catalogue.py", "check", "--practices", str(practices(size)))


def _check_jsonschema(peer: str) -> Callable[[int], Job]:
    def job(size: int) -> Job:
        folder = practices(size)
        names = sorted(path.name for path in folder.glob("*.yml"))
        return _of(size, program(peer, "check-jsonschema"), "--schemafile", str(_schema()), *names, where=folder)

    return job


def _validate(size: int) -> Job:
    script = str(LISTS / "validate.py")
    return _of(size, program("checking", "python"), script, str(_schema()), str(practices(size)))


def _parse(parser: str) -> Callable[[int], Job]:
    def job(size: int) -> Job:
        return _of(size, program("checking", "python"), str(LISTS / "parse.py"), parser, str(practices(size)))

    return job


def _of(size: int, *command: str, where: Path = ROOT) -> Job:
    """A command on so many fiches, all of which were read shortly before: the first to run would wait for the disk."""
    return Job(command, where, lambda: _read(practices(size)))


def _read(folder: Path) -> None:
    for path in folder.iterdir():
        path.read_bytes()


@cache
def _schema() -> Path:
    """Our published schema, as a file."""
    path = BENCH / "fiche.schema.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(schema_text(loader.load_vocabularies(ROOT / "vocabularies")), encoding="utf-8")
    return path
