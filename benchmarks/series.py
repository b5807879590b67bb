"""One work done by several sides over catalogues of many sizes: what goals need first, the rest within a budget."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from benchmarks.environments import NotInstalled
from benchmarks.measures import Measure
from benchmarks.measuring import MOST, Failed, Job, Run, run

PATIENCE = 420.0
"""Seconds that one run may take."""

OVERTIME = 60.0
"""Seconds by which a run that no goal needs may outlast the budget."""

ROUNDS = ((15.0, 5), (60.0, 3), (math.inf, 1))
"""How often a command is run, by the seconds that it takes: five times, where that is a matter of seconds."""

FULL = max(rounds for _, rounds in ROUNDS)
"""Runs of a whole median."""

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
class _Attempt:
    """A side at a size: its job, the runs so far, and why there are none or no more."""

    job: Job | None = None
    runs: list[Run] = field(default_factory=list)
    note: str = ""

    def goes_on(self, left: float) -> bool:
        """Whether there is to be a run, or one more."""
        if self.note or not self.runs:
            return not self.note
        last = self.runs[-1].seconds
        return last <= left and len(self.runs) < next(rounds for limit, rounds in ROUNDS if last <= limit)


@dataclass
class Series:
    """One work, done by several sides; it tells of each run."""

    work: str
    sides: Sequence[Side]
    budget: Budget
    tell: Tell
    rounds: int = FULL
    _attempts: dict[tuple[str, int], _Attempt] = field(default_factory=dict)
    _given_up: dict[str, tuple[int, str]] = field(default_factory=dict)

    def over(self, sizes: Sequence[int], needed: Mapping[int, Collection[str]] | None = None) -> Iterator[Measure]:
        """The measures of all sides; what was left out has a note that says why.

        What is needed, as names of sides by size, comes first and takes what it takes. Then each side runs once at each
        size, and then again and again, as long as there is time.
        """
        for size, names in (needed or {}).items():
            for _ in range(self.rounds):
                self._turn(size, names, needed=True)
        for _ in range(self.rounds):
            for size in sizes:
                self._turn(size, [side.name for side in self.sides])
        for (name, size), attempt in sorted(self._attempts.items(), key=lambda one: one[0][1]):
            yield from self._measures(name, size, attempt)

    def _turn(self, size: int, names: Collection[str], *, needed: bool = False) -> None:
        """A run of each side: what slows the machine down for a while slows down all of them."""
        for side in self.sides:
            attempt = self._attempts.setdefault((side.name, size), _Attempt()) if side.name in names else None
            if attempt and attempt.goes_on(self.budget.left):
                self._run(side, size, attempt, needed=needed)

    def _run(self, side: Side, size: int, attempt: _Attempt, *, needed: bool) -> None:
        try:
            attempt.job = attempt.job or self._job(side, size, math.inf if needed else self.budget.left)
        except (NotInstalled, Failed) as reason:
            attempt.note = str(reason)
            self._say(size, side.name, f"left out ({reason})")
            return
        try:
            attempt.runs.append(run(attempt.job, PATIENCE if needed else self._patience()))
            self._say(size, side.name, str(attempt.runs[-1]))
        except Failed as failure:
            attempt.note = str(failure)
            self._given_up[side.name] = size, attempt.note
            self._say(size, side.name, attempt.note)

    def _patience(self) -> float:
        return min(PATIENCE, max(self.budget.left, 0.0) + OVERTIME)

    def _job(self, side: Side, size: int, left: float) -> Job:
        """The job of a side at a size; raises Failed or NotInstalled where it is not worth trying."""
        smallest, reason = self._given_up.get(side.name, (0, ""))
        reason = reason if size >= smallest else ""
        if reason := reason or self._too_much(side.name, size, left):
            raise Failed(reason)
        try:
            return side.job(size)
        except NotInstalled as missing:
            self._given_up[side.name] = 0, str(missing)
            raise

    def _too_much(self, name: str, size: int, left: float) -> str:
        """Why a size is not tried, or nothing."""
        seconds = self._expected(name, size, lambda done: median(one.seconds for one in done))
        megabytes = self._expected(name, size, lambda done: max(one.megabytes for one in done))
        if megabytes > MOST:
            return f"would take some {megabytes:,.0f} MB"
        if seconds > min(PATIENCE, max(left, 1.0)):
            return f"would take some {seconds:,.0f} s"
        return ""

    def _expected(self, name: str, size: int, cost_of: Callable[[Sequence[Run]], float]) -> float:
        """What a side costs at a size, going on from the two largest so far; 0 where nothing is known."""
        runs = {of: attempt.runs for (who, of), attempt in self._attempts.items() if who == name and attempt.runs}
        known = [(of, cost_of(runs[of])) for of in sorted(runs)[-2:]]
        if not known:
            return 0.0
        last, cost = known[-1]
        steepness = 1.0
        if len(known) > 1 and cost:
            steepness = math.log(cost / known[0][1]) / math.log(last / known[0][0])
        return float(cost * (size / last) ** min(max(steepness, 0.0), STEEPEST))

    def _measures(self, name: str, size: int, attempt: _Attempt) -> Iterator[Measure]:
        seconds = tuple(round(one.seconds, 4) for one in attempt.runs)
        megabytes = tuple(round(one.megabytes, 4) for one in attempt.runs)
        yield Measure(self.work, name, size, "seconds", seconds, attempt.note)
        if any(megabytes):
            yield Measure(self.work, name, size, "megabytes", megabytes)

    def _say(self, size: int, side: str, what: str) -> None:
        self.tell(f"{self.work}, {size:,} fiches, {side}: {what}")
