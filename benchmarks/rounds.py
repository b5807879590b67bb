"""Tools that do the same work in turns, over catalogues of several sizes."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from benchmarks.environments import NotInstalled
from benchmarks.measures import CPU_SECONDS, MEGABYTES, SECONDS, Measure
from benchmarks.processes import Command, CommandFailed, Usage, run_command

TIMEOUT = 420.0
"""Seconds that one run may take."""

QUICK_FICHES = 100
QUICK_ROUNDS = 2

Tell = Callable[[str], None]
"""Shows a line of progress."""


@dataclass(frozen=True)
class Tool:
    """One of those that are compared; `command` prepares a number of fiches, and may raise NotInstalled.

    A tool that takes minutes runs in the first `most_rounds` rounds only.
    """

    name: str
    command: Callable[[int], Command]
    most_rounds: int = sys.maxsize


@dataclass(frozen=True)
class Stage:
    """So many rounds over so many fiches; in each round every tool runs once."""

    fiches: int
    rounds: int
    tools: Sequence[Tool]


@dataclass
class Budget:
    """Seconds that may be spent from now on."""

    seconds: float
    start: float = field(default_factory=time.monotonic)

    @property
    def left(self) -> float:
        return self.seconds - (time.monotonic() - self.start)


def quick(stages: Sequence[Stage]) -> list[Stage]:
    """The small catalogues with few rounds, to see that all runs."""
    return [replace(stage, rounds=min(stage.rounds, QUICK_ROUNDS)) for stage in stages if stage.fiches <= QUICK_FICHES]


def compare(work: str, stages: Sequence[Stage], budget: Budget, tell: Tell) -> Iterator[Measure]:
    """The measures of all stages; each has at least one round, and no further ones once the budget is spent."""
    for stage in stages:
        yield from _Comparison(work, stage, tell).measures(budget)


@dataclass
class _Comparison:
    """One stage; a tool that failed does not run again, and its note says why."""

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
        """What slows the machine down for a while slows down all tools."""
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
