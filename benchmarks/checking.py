"""Checking all fiches: ours, checkers by schema, and parsing alone."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.environments import LISTS, program
from benchmarks.measuring import Job
from benchmarks.places import BENCH, ROOT, practices
from benchmarks.series import Side


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
    return Job((sys.executable, "build_catalogue.py", "check", "--practices", str(practices(size))), ROOT)


def _check_jsonschema(peer: str) -> Callable[[int], Job]:
    def job(size: int) -> Job:
        folder = practices(size)
        names = sorted(path.name for path in folder.glob("*.yml"))
        return Job((program(peer, "check-jsonschema"), "--schemafile", str(_schema()), *names), folder)

    return job


def _validate(size: int) -> Job:
    script = str(LISTS / "validate.py")
    return Job((program("checking", "python"), script, str(_schema()), str(practices(size))), ROOT)


def _parse(parser: str) -> Callable[[int], Job]:
    def job(size: int) -> Job:
        return Job((program("checking", "python"), str(LISTS / "parse.py"), parser, str(practices(size))), ROOT)

    return job


def _schema() -> Path:
    """Our published schema, as a file."""
    import json  # noqa: PLC0415

    from catalogue.fiche import Fiche  # noqa: PLC0415

    schema = Fiche.model_json_schema()
    del schema["properties"]["id"]
    schema["required"].remove("id")
    path = BENCH / "fiche.schema.json"
    path.write_text(json.dumps(schema, ensure_ascii=False), encoding="utf-8")
    return path
