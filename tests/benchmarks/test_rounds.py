"""How commands are measured, and what becomes of tools that fail, are missing or take too long."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.environments import NotInstalled
from benchmarks.goals import GOALS, judge
from benchmarks.measures import CPU_SECONDS, MEGABYTES, SECONDS, Measure, Measures
from benchmarks.processes import Command, CommandFailed, run_command
from benchmarks.rounds import Budget, Stage, Tool, compare
from benchmarks.run import STAGES

IN_A_CHILD = "import subprocess, sys; subprocess.run([sys.executable, '-c', {code!r}])"


def python(code: str) -> Command:
    return Command((sys.executable, "-c", code), Path(__file__).parent)


def not_installed(_: int) -> Command:
    reason = "it cannot be installed"
    raise NotInstalled(reason)


WORKS = Tool("works", lambda _: python(""))
FAILS = Tool("fails", lambda _: python("import sys; sys.exit('no such thing')"))
MISSING = Tool("missing", not_installed)


def compared(stage: Stage, seconds: float = 60) -> Measures:
    return Measures.of(compare("work", [stage], Budget(seconds), lambda _: None))


def rounds_of(measures: Measures, tool: str) -> int:
    return len(measures.found["work", tool, 24, SECONDS].values)


def test_memory_is_that_of_all_processes() -> None:
    child = "import time; held = bytearray(80_000_000); time.sleep(1.5)"
    command = python(f"held = bytearray(80_000_000); {IN_A_CHILD.format(code=child)}")
    assert run_command(command, 60).megabytes > 160


def test_processor_time_is_that_of_all_processes() -> None:
    child = "import time\nwhile time.process_time() < 0.5: pass"
    assert 0.5 < run_command(python(IN_A_CHILD.format(code=child)), 60).cpu_seconds < 5


def test_a_command_that_fails_says_why() -> None:
    with pytest.raises(CommandFailed, match="ended with 1: no such thing"):
        run_command(FAILS.command(24), 60)


def test_a_command_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(CommandFailed, match="stopped after"):
        run_command(python("import time; time.sleep(60)"), 0.2)


def test_a_tool_that_is_missing_or_fails_is_left_out_and_the_others_run() -> None:
    measures = compared(Stage(24, 2, (MISSING, FAILS, WORKS)))
    assert measures.found["work", "missing", 24, SECONDS] == Measure(
        "work", "missing", 24, SECONDS, (), "it cannot be installed"
    )
    assert measures.found["work", "fails", 24, SECONDS].note == "ended with 1: no such thing"
    assert rounds_of(measures, "works") == 2


def test_a_tool_that_takes_minutes_runs_in_the_first_rounds_only() -> None:
    slow = Tool("slow", WORKS.command, most_rounds=1)
    measures = compared(Stage(24, 3, (slow, WORKS)))
    assert (rounds_of(measures, "slow"), rounds_of(measures, "works")) == (1, 3)


def test_when_the_budget_is_spent_there_is_still_one_round() -> None:
    assert rounds_of(compared(Stage(24, 3, (WORKS,)), seconds=0), "works") == 1


def test_all_that_goals_compare_is_measured() -> None:
    measured = Measures.of(
        Measure(work, tool.name, stage.fiches, what, (1.0,))
        for work, stages in STAGES.items()
        for stage in stages
        for tool in stage.tools
        for what in (SECONDS, CPU_SECONDS, MEGABYTES)
    )
    missing = {goal.work for goal in GOALS if judge(goal, measured).met is None}
    assert {work for work in missing if not work.startswith(("first search result", "`serve`", "queries"))} == set()
