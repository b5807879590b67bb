"""What a series of measures does with commands that fail, are missing or take too long."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.environments import NotInstalled
from benchmarks.measures import Measures
from benchmarks.measuring import Failed, Job, run
from benchmarks.series import Budget, Series, Side

HERE = Path(__file__).parent


def python(code: str) -> Job:
    return Job((sys.executable, "-c", code), HERE)


def missing(_: int) -> Job:
    reason = "it cannot be had"
    raise NotInstalled(reason)


def measured(*sides: Side, seconds: float = 0.0) -> tuple[Measures, list[str]]:
    said: list[str] = []
    return Measures.of(Series("work", sides, Budget(seconds), said.append).over([1, 10_000])), said


def test_memory_is_that_of_all_processes() -> None:
    child = "import time; held = bytearray(80_000_000); time.sleep(0.3)"
    code = f"import subprocess, sys; held = bytearray(80_000_000); subprocess.run([sys.executable, '-c', {child!r}])"
    assert run(python(code), 60).megabytes > 160


def test_a_command_that_fails_says_why() -> None:
    with pytest.raises(Failed, match="ended with 1: no such thing"):
        run(python("import sys; sys.exit('no such thing')"), 60)


def test_a_command_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(Failed, match="stopped after"):
        run(python("import time; time.sleep(60)"), 0.2)


def test_a_peer_that_is_missing_is_left_out_and_the_others_run() -> None:
    measures, said = measured(Side("missing", missing), Side("ours", lambda _: python("")), seconds=60)
    assert measures.get("work", "missing", 1).note == "it cannot be had"  # type: ignore[union-attr]
    assert measures.value("work", "ours", 1)
    assert said[0] == "work, 1 fiches, missing: left out (it cannot be had)"


def test_without_time_every_side_runs_once_at_the_smallest_size() -> None:
    measures, _ = measured(Side("ours", lambda _: python("")))
    assert len(measures.get("work", "ours", 1).values) == 1  # type: ignore[union-attr]
    assert "would take" in measures.get("work", "ours", 10_000).note  # type: ignore[union-attr]
