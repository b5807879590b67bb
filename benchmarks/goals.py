"""What the catalogue promises to reach, each with what was measured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from benchmarks.measures import Measure, Measures


class Goal(NamedTuple):
    """A promise; `met` is None where it could not be measured."""

    work: str
    goal: str
    figure: str
    met: bool | None


def goals(measures: Measures) -> Iterator[Goal]:
    """All goals, in the order of the work."""
    yield from _checking(measures)
    yield from _publishing(measures)
    yield from _growth(measures)
    yield from _editing(measures)
    yield from _booklet(measures)
    yield from _searching(measures)


def needed(work: str) -> dict[int, list[str]]:
    """What the goals ask of a work: the sides by size."""
    asking = _Asking()
    list(goals(asking))
    asked = dict.fromkeys((size, side) for name, side, size in asking.asked if name == work)
    return {size: [side for of, side in asked if of == size] for size, _ in asked}


@dataclass
class _Asking(Measures):
    """Measures that hold nothing and note what they are asked for."""

    asked: list[tuple[str, str, int]] = field(default_factory=list)

    def get(self, work: str, side: str, fiches: int, what: str = "seconds") -> Measure | None:
        self.asked.append((work, side, fiches))
        return super().get(work, side, fiches, what)


def _checking(measures: Measures) -> Iterator[Goal]:
    work, size = "`check`, 10,000 fiches", 10_000
    yield _at_least(work, 10, measures.ratio("checking", "check-jsonschema", "ours", size), "check-jsonschema")
    parsing = measures.ratio("checking", "ours", "PyYAML alone", size)
    yield _at_most(work, "2.5 × parsing alone with PyYAML's C loader", parsing, 2.5, "×")
    yield _at_most(work, "memory 1,000 MB", measures.value("checking", "ours", size, "megabytes"), 1000, "MB")


def _publishing(measures: Measures) -> Iterator[Goal]:
    work = "full build, 1,000 fiches"
    yield _at_most(
        work, "1.0 × Material's pages and search", measures.ratio("publishing", "ours", "Material", 1_000), 1, "×"
    )
    yield _at_most(work, "faster than Zensical", measures.ratio("publishing", "ours", "Zensical", 1_000), 1, "×")


def _growth(measures: Measures) -> Iterator[Goal]:
    work = "growth from 1,000 to 10,000"
    small, large = (measures.value("publishing", "ours", size) for size in (1_000, 10_000))
    growth = large / small / 10 if small and large else None
    yield _at_most(work, "time per fiche 1.2 ×", growth, 1.2, "×")
    yield _at_most(work, "memory 1,500 MB", measures.value("publishing", "ours", 10_000, "megabytes"), 1500, "MB")
    pages = [measures.value("publishing", "ours", size, "kilobytes of the largest page") for size in (1_000, 10_000)]
    grown = pages[1] / pages[0] if pages[0] and pages[1] else None
    yield _at_most(work, "the largest page does not grow (1.2 ×)", grown, 1.2, "×")


def _editing(measures: Measures) -> Iterator[Goal]:
    work = "one fiche edited at 1,000"
    yield _at_most(work, "its page in `serve` within 1 s", measures.value("editing", "preview", 1_000), 1, "s")
    part = measures.ratio("editing", "repeated build", "full build", 1_000)
    yield _at_most(work, "a repeated build takes at most 0.33 × a full one", part, 1 / 3, "×")
    same = measures.value("editing", "repeated build", 1_000, "same bytes")
    said = "not measured" if same is None else "the same bytes" if same else "other bytes"
    yield Goal(work, "the repeated build has the bytes of a full one", said, None if same is None else bool(same))


def _booklet(measures: Measures) -> Iterator[Goal]:
    """Seconds and memory are promised for the real fiches, which the synthetic ones only resemble."""
    work, repeated = "booklet, 300 fiches", "ours, the real fiches repeated"
    yield _at_most("booklet, 24 fiches", "1 s", measures.value("booklet", "ours", 24), 1, "s")
    yield _at_most(f"{work}, the real ones repeated", "6 s", measures.value("booklet", repeated, 300), 6, "s")
    held = measures.value("booklet", repeated, 300, "megabytes")
    yield _at_most(f"{work}, the real ones repeated", "600 MB", held, 600, "MB")
    yield _at_least(work, 15, measures.ratio("booklet", "WeasyPrint", "ours", 300), "WeasyPrint")


def _searching(measures: Measures) -> Iterator[Goal]:
    work = "first search result at 10,000"
    yield _at_most(work, "at most 500 kB loaded", measures.value("searching", "ours", 10_000, "kilobytes"), 500, "kB")
    wait = measures.value("searching", "ours", 10_000, "milliseconds")
    yield _at_most(work, "300 ms after the last key, on a phone", wait, 300, "ms")


def _at_least(work: str, times: float, ratio: float | None, peer: str) -> Goal:
    figure = f"{ratio:.1f} ×" if ratio else "not measured"
    return Goal(work, f"{times} × faster than {peer}", figure, ratio >= times if ratio else None)


def _at_most(work: str, goal: str, value: float | None, limit: float, unit: str) -> Goal:
    if value is None:
        return Goal(work, goal, "not measured", None)
    shown = f"{value:.2f}" if value < 10 else f"{value:,.0f}"  # noqa: PLR2004  # three digits are enough
    return Goal(work, goal, f"{shown} {unit}", value <= limit)
