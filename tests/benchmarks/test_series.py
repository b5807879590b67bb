"""What a series of measures does with commands that fail, are missing or take too long."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks import series
from benchmarks.environments import NotInstalled
from benchmarks.goals import needed
from benchmarks.measures import Measures
from benchmarks.measuring import Failed, Job, Run, run
from benchmarks.places import SIZES
from benchmarks.run import BUDGETS
from benchmarks.series import OVERTIME, Budget, Series, Side

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
    child = "import time; held = bytearray(80_000_000); time.sleep(1.5)"
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


QUIET: dict[str, dict[str, tuple[float, float, float]]] = {
    "checking": {
        "ours": (0.8, 1.0, 60),
        "check-jsonschema": (10, 1.0, 100),
        "check-jsonschema, C reader": (4, 1.0, 100),
        "PyYAML and jsonschema": (2.2, 1.0, 100),
        "PyYAML alone": (0.4, 1.0, 50),
        "rapidyaml alone": (0.2, 1.0, 50),
    },
    "publishing": {
        "ours": (20, 1.0, 250),
        "Material": (12, 1.2, 400),
        "Zensical": (25, 1.2, 5000),
        "Hugo": (4, 1.2, 300),
        "disk alone": (1, 1.0, 0),
    },
    "booklet": {
        "ours": (24, 1.0, 2700),
        "WeasyPrint": (450, 1.0, 4700),
        "ours, the real fiches repeated": (20, 1.0, 2000),
    },
}
"""What the sides take on two quiet cores: seconds for 1,000 fiches, the power with which they grow, megabytes."""


@pytest.mark.parametrize("work", QUIET)
def test_what_the_goals_need_is_measured_first_and_the_budget_is_kept(
    work: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 0.0

    def job_of(name: str) -> Side:
        seconds, power, megabytes = QUIET[work][name]
        return Side(name, lambda size: Job((str(seconds * (size / 1000) ** power), str(megabytes * size / 1000)), HERE))

    def pretend(job: Job, patience: float) -> Run:
        nonlocal now
        seconds, megabytes = map(float, job.command)
        assert seconds <= patience
        now += seconds
        return Run(seconds, megabytes)

    monkeypatch.setattr(series, "run", pretend)
    monkeypatch.setattr(series, "MOST", 17_000)
    monkeypatch.setattr("benchmarks.series.time.monotonic", lambda: now)
    said: list[str] = []
    of_goals = {size: sorted(sides) for size, sides in needed(work).items()}
    sides = [job_of(name) for name in QUIET[work]]
    found = Measures.of(Series(work, sides, Budget(BUDGETS[work], start=now), said.append).over(SIZES, of_goals))
    first = {(size, side) for size, sides in of_goals.items() for side in sides}
    begun = {line.rpartition(": ")[0] for line in said[: len(first)]}
    assert begun <= {f"{work}, {size:,} fiches, {side}" for size, side in first}
    assert all(found.value(work, side, size) for size, side in first)
    assert now < BUDGETS[work] + OVERTIME
