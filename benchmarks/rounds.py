"""Compares tools that do the same work, in interleaved rounds over catalogues of several sizes."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from benchmarks.environments import NotInstalled
from benchmarks.measures import CPU_SECONDS, MEGABYTES, SECONDS, Measure
from benchmarks.processes import Command, CommandFailed, Usage, run_command

TIMEOUT = 420.0
"""Maximum seconds per run."""

QUICK_FICHES = 100
QUICK_ROUNDS = 2

Tell = Callable[[str], None]
"""Callback that shows a line of progress."""


@dataclass(frozen=True)
class Tool:
    """A tool to compare; `command` returns its command for a number of fiches, and may raise NotInstalled.

    Slow tools run in the first `most_rounds` rounds only.
    """

    name: str
    command: Callable[[int], Command]
    most_rounds: int = sys.maxsize


@dataclass(frozen=True)
class Stage:
    """A number of rounds over a number of fiches; each tool runs once per round."""

    fiches: int
    rounds: int
    tools: Sequence[Tool]


@dataclass
class Budget:
    """A time limit in seconds, starting at creation."""

    seconds: float
    start: float = field(default_factory=time.monotonic)

    @property
    def left(self) -> float:
        return self.seconds - (time.monotonic() - self.start)


def quick(stages: Sequence[Stage]) -> list[Stage]:
    """Returns the stages with small catalogues, with few rounds, to check that everything runs."""
    return [replace(stage, rounds=min(stage.rounds, QUICK_ROUNDS)) for stage in stages if stage.fiches <= QUICK_FICHES]


def compare(work: str, stages: Sequence[Stage], budget: Budget, tell: Tell) -> Iterator[Measure]:
    """Yields the measures of all stages; after the budget is spent, each stage runs one round only."""
    for stage in stages:
        yield from _Comparison(work, stage, tell).measures(budget)


@dataclass
class _Comparison:
    """Runs one stage; a tool that failed is not run again, and its note has the reason."""

    work: str
    stage: Stage
    tell: Tell
    commands: dict[str, Command] = field(default_factory=dict)
    runs: dict[str, list[Usage]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    def measures(self, budget: Budget) -> Iterator[Measure]:
        for number in range(self.stage.rounds):
            if number == 0 or budget.left > 0:
                self._round(number)
        for tool in self.stage.tools:
            yield from self._measures_of(tool.name)

    def _round(self, number: int) -> None:
        """Runs all tools in turn, so that a temporary slowdown of the machine affects all of them."""
        for tool in self.stage.tools:
            if number < tool.most_rounds and tool.name not in self.notes:
                self._run(tool)

    def _run(self, tool: Tool) -> None:
        try:
            if tool.name not in self.commands:
                self.commands[tool.name] = tool.command(self.stage.fiches)
            usage = run_command(self.commands[tool.name], TIMEOUT)
        except (NotInstalled, CommandFailed) as reason:
            self.notes[tool.name] = str(reason)
            self._say(tool, str(reason))
        else:
            self.runs.setdefault(tool.name, []).append(usage)
            self._say(tool, str(usage))

    def _measures_of(self, name: str) -> Iterator[Measure]:
        runs, note = self.runs.get(name, []), self.notes.get(name, "")
        values = {
            SECONDS: [run.seconds for run in runs],
            CPU_SECONDS: [run.cpu_seconds for run in runs],
            MEGABYTES: [run.megabytes for run in runs],
        }
        for what, of_runs in values.items():
            yield Measure(self.work, name, self.stage.fiches, what, tuple(round(one, 4) for one in of_runs), note)

    def _say(self, tool: Tool, what: str) -> None:
        self.tell(f"{self.work}, {self.stage.fiches:,} fiches, {tool.name}: {what}")
