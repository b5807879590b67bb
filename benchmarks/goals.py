"""The performance goals of the catalogue, and their evaluation against the measures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from benchmarks.measures import CPU_SECONDS, MEGABYTES, SECONDS, Measures
from benchmarks.workspace import REAL

Figure = Callable[[Measures], float | None]


@dataclass(frozen=True)
class Goal:
    """A limit for a figure; `cpu` is the same figure in CPU seconds."""

    work: str
    text: str
    figure: Figure
    limit: float
    unit: str
    at_least: bool = False
    cpu: Figure = lambda _: None


class Judgement(NamedTuple):
    """Result of evaluating a goal; `met` is None if it was not measured."""

    work: str
    goal: str
    figure: str
    met: bool | None


def _ratio(work: str, tool: str, other: str, fiches: int, what: str = SECONDS) -> Figure:
    return lambda measures: measures.ratio(work, tool, other, fiches, what)


def _value(work: str, tool: str, fiches: int, what: str = SECONDS) -> Figure:
    return lambda measures: measures.value(work, tool, fiches, what)


def _build_beside_material(fiches: int, limit: float) -> Goal:
    compared = ("publishing", "ours", "Material", fiches)
    return Goal(
        f"full build, {fiches:,} fiches",
        f"at most {limit} × stock Material",
        _ratio(*compared),
        limit,
        "×",
        cpu=_ratio(*compared, CPU_SECONDS),
    )


def _visit(fiches: int, kilobytes: float, milliseconds: float) -> Iterator[Goal]:
    work = f"first search result, {fiches:,} fiches"
    loaded, wait = (_value("searching", "ours", fiches, what) for what in ("kilobytes", "milliseconds"))
    yield Goal(work, f"at most {kilobytes:,.0f} kB loaded", loaded, kilobytes, "kB")
    yield Goal(work, f"at most {milliseconds:,.0f} ms after the last key, on a phone", wait, milliseconds, "ms")


def _share_of_queries(measures: Measures) -> float | None:
    answered, asked = (measures.value("searching", "ours", REAL, what) for what in ("queries answered", "queries"))
    return 100 * answered / asked if answered is not None and asked else None


_LARGE_BUILD = ("publishing", "ours", 10_000)
_REPEATED = ("booklet", "ours, the real fiches repeated", 300)

GOALS = (
    _build_beside_material(REAL, 2.5),
    _build_beside_material(100, 2),
    _build_beside_material(300, 0.9),
    _build_beside_material(1_000, 0.8),
    Goal(
        "full build, 10,000 fiches",
        "at most 60 s",
        _value(*_LARGE_BUILD),
        60,
        "s",
        cpu=_value(*_LARGE_BUILD, CPU_SECONDS),
    ),
    Goal("full build, 10,000 fiches", "at most 800 MB", _value(*_LARGE_BUILD, MEGABYTES), 800, "MB"),
    Goal(
        "`check`, 10,000 fiches",
        "at most 1.5 × PyYAML's C loader alone",
        _ratio("checking", "ours", "PyYAML's C loader alone", 10_000),
        1.5,
        "×",
    ),
    Goal("`serve`, 1,000 fiches", "a saved fiche is shown within 1 s", _value("preview", "ours", 1_000), 1, "s"),
    Goal(f"booklet, {REAL} fiches", "at most 1 s", _value("booklet", "ours", REAL), 1, "s"),
    Goal("booklet, 300 fiches, the real ones repeated", "at most 6 s", _value(*_REPEATED), 6, "s"),
    Goal("booklet, 300 fiches, the real ones repeated", "at most 600 MB", _value(*_REPEATED, MEGABYTES), 600, "MB"),
    Goal(
        "booklet, 300 fiches",
        "at least 15 × as fast as WeasyPrint",
        _ratio("booklet", "WeasyPrint", "ours", 300),
        15,
        "×",
        at_least=True,
    ),
    *_visit(REAL, kilobytes=60, milliseconds=50),
    *_visit(300, kilobytes=200, milliseconds=150),
    *_visit(1_000, kilobytes=500, milliseconds=300),
    Goal(
        "first search result, 10,000 fiches",
        "at most 3,000 ms after the last key, on a phone",
        _value("searching", "ours", 10_000, "milliseconds"),
        3_000,
        "ms",
    ),
    Goal("queries", "at least 95 % answered among the first three", _share_of_queries, 95, "%", at_least=True),
)


def judge(goal: Goal, measures: Measures) -> Judgement:
    """Evaluates a goal against the measures."""
    figure, cpu = goal.figure(measures), goal.cpu(measures)
    if figure is None:
        return Judgement(goal.work, goal.text, "not measured", None)
    shown = f"{three_digits(figure)} {goal.unit}"
    if cpu is not None:
        shown += f" (CPU {three_digits(cpu)} {goal.unit})"
    met = figure >= goal.limit if goal.at_least else figure <= goal.limit
    return Judgement(goal.work, goal.text, shown, met)


def three_digits(value: float) -> str:
    """Formats a number with three significant digits, or with all digits before the decimal point."""
    return f"{value:,.{0 if value >= 100 else 1 if value >= 10 else 2}f}"  # noqa: PLR2004
