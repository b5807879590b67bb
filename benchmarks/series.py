"""One work done by several sides over catalogues of growing size, within a budget of time."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from benchmarks.environments import NotInstalled
from benchmarks.measures import Measure
from benchmarks.measuring import MOST, Failed, Job, Run, run

PATIENCE = 420.0
"""Seconds that one run may take."""

ROUNDS = ((15.0, 5), (60.0, 3), (math.inf, 1))
"""How often a command is run, by the seconds that it takes: five times, where that is a matter of seconds."""

MOST_ROUNDS = max(rounds for _, rounds in ROUNDS)

STEEPEST = 2.0
"""The largest power of its size that a cost is taken to grow with."""

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Side:
    """One of those that are compared; `job` makes it ready for a size, and may raise NotInstalled or Failed."""

    name: str
    job: Callable[[int], Job]


@dataclass
class Budget:
    """Seconds that may be spent from now on."""

    seconds: float
    start: float = field(default_factory=time.monotonic)

    @property
    def left(self) -> float:
        return self.seconds - (time.monotonic() - self.start)


@dataclass
class _History:
    """What a side has taken so far, by size: seconds and megabytes."""

    costs: dict[int, tuple[float, float]] = field(default_factory=dict)
    given_up: str = ""

    def expected(self, size: int, what: int) -> float:
        """Seconds (0) or megabytes (1) at a size, going on from the two largest; 0 where nothing is known."""
        known = sorted((size, cost[what]) for size, cost in self.costs.items())[-2:]
        if not known:
            return 0.0
        last, cost = known[-1]
        steepness = 1.0
        if len(known) > 1:
            steepness = math.log(cost / known[0][1]) / math.log(last / known[0][0])
        return float(cost * (size / last) ** min(max(steepness, 0.0), STEEPEST))

    def too_much(self, size: int, left: float) -> str:
        """Why a size is not tried, or nothing."""
        seconds, megabytes = self.expected(size, 0), self.expected(size, 1)
        if megabytes > MOST:
            return f"would take some {megabytes:,.0f} MB"
        if seconds > min(PATIENCE, max(left, 1.0)):
            return f"would take some {seconds:,.0f} s"
        return ""


@dataclass
class Series:
    """One work, done by several sides within a budget; it tells of each run."""

    work: str
    sides: Sequence[Side]
    budget: Budget
    tell: Tell

    def __post_init__(self) -> None:
        self._histories = {side.name: _History() for side in self.sides}

    def over(self, sizes: Iterable[int]) -> Iterator[Measure]:
        """The measures of all sides, size by size; what was left out has a note that says why."""
        for size in sizes:
            jobs: dict[str, Job] = {}
            left = self.budget.left
            for side in self.sides:
                try:
                    jobs[side.name] = self._job(side, size, left)
                except (NotInstalled, Failed) as reason:
                    self._say(size, side.name, f"left out ({reason})")
                    yield Measure(self.work, side.name, size, "seconds", (), str(reason))
                else:
                    left -= self._histories[side.name].expected(size, 0)
            yield from self._measured(size, jobs)

    def _job(self, side: Side, size: int, left: float) -> Job:
        """The job of a side at a size; raises Failed or NotInstalled where it is not worth trying."""
        history = self._histories[side.name]
        reason = history.given_up or history.too_much(size, left)
        if reason:
            raise Failed(reason)
        try:
            return side.job(size)
        except (NotInstalled, Failed) as failure:
            history.given_up = str(failure)
            raise

    def _measured(self, size: int, jobs: Mapping[str, Job]) -> Iterator[Measure]:
        """Each job in turn, again and again: what slows the machine down for a while slows down all of them."""
        runs: dict[str, list[Run]] = {name: [] for name in jobs}
        failures: dict[str, str] = {}
        for turn in range(MOST_ROUNDS):
            for name in jobs:
                if name in failures or (turn and not _again(runs[name], self.budget.left)):
                    continue
                try:
                    runs[name].append(run(jobs[name], PATIENCE))
                    self._say(size, name, f"{runs[name][-1].seconds:.2f} s, {runs[name][-1].megabytes:,.0f} MB")
                except Failed as failure:
                    failures[name] = self._histories[name].given_up = str(failure)
                    self._say(size, name, str(failure))
        for name, done in runs.items():
            seconds, megabytes = (
                tuple(round(getattr(one, what), 4) for one in done) for what in ("seconds", "megabytes")
            )
            yield Measure(self.work, name, size, "seconds", seconds, failures.get(name, ""))
            if done:
                yield Measure(self.work, name, size, "megabytes", megabytes)
                self._histories[name].costs[size] = median(seconds), max(megabytes)

    def _say(self, size: int, side: str, what: str) -> None:
        self.tell(f"{self.work}, {size:,} fiches, {side}: {what}")


def _again(runs: Sequence[Run], left: float) -> bool:
    """Whether a command is run once more."""
    last = runs[-1].seconds
    return last <= left and len(runs) < next(rounds for limit, rounds in ROUNDS if last <= limit)
