"""Measures that nobody made, and the report that belongs to them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.machine import Setting
from benchmarks.measures import Measure, Measures
from benchmarks.report import report

EXPECTED = Path(__file__).parent / "expected"
SETTING = Setting(
    "2026-11-20", "0123abc", "2 cores of a machine, 16 GB, a system", (("Python", "3.11"), ("Hugo", "0.111"))
)
SIZES = (24, 1_000, 10_000)


def _made_up() -> Iterator[Measure]:
    yield from _line("checking", "ours", start=0.25, each=0.0009)
    yield from _line("checking", "check-jsonschema", start=0.5, each=0.011)
    yield from _line("checking", "PyYAML alone", start=0.05, each=0.0005)
    yield from _line("publishing", "ours", start=2.5, each=0.02)
    yield from _line("publishing", "Material", start=0.9, each=0.025)
    yield from _line("publishing", "Zensical", sizes=SIZES[:2], start=0.5, each=0.03)
    yield Measure("publishing", "Zensical", 10_000, "seconds", (), "would take some 47,000 MB")
    for size in SIZES:
        yield Measure("publishing", "Hugo", size, "seconds", (), "hugo is not on this machine")
    for size in SIZES[1:]:
        yield Measure("publishing", "ours", size, "kilobytes of the largest page", (180.0,), "fiches")
    yield from _line("booklet", "ours", sizes=(24, 300), start=0.3, each=0.019)
    yield from _line("booklet", "WeasyPrint", sizes=(24, 300), start=0.5, each=0.2)
    yield from _line("booklet", "ours, the real fiches repeated", sizes=(24, 300), start=0.3, each=0.018)
    yield Measure("editing", "preview", 1_000, "seconds", (0.8, 0.7, 0.9, 0.8, 0.8))
    yield Measure("editing", "full build", 1_000, "seconds", (22.0, 21.0, 23.0))
    yield Measure("editing", "repeated build", 1_000, "seconds", (6.0, 6.1, 6.2))
    yield Measure("editing", "repeated build", 1_000, "same bytes", (1.0,))
    yield Measure("searching", "ours", 24, "queries answered", (47,))
    yield Measure("searching", "ours", 24, "queries", (47,))
    yield Measure("searching", "ours", 10_000, "milliseconds", (700.0,) * 5)
    yield Measure("searching", "ours", 10_000, "kilobytes", (330.0,) * 5)
    yield Measure("searching", "Material", 10_000, "milliseconds", (), "no result after 150 s")


def _line(work: str, side: str, *, start: float, each: float, sizes: tuple[int, ...] = SIZES) -> Iterator[Measure]:
    for size in sizes:
        rounds = 5 if size < SIZES[-1] else 1
        yield Measure(
            work, side, size, "seconds", tuple(start + each * size * (1 + turn / 50) for turn in range(rounds))
        )
        yield Measure(work, side, size, "megabytes", (50 + size / 20,) * rounds)


MEASURES = Measures.of(_made_up())


def expected_report() -> dict[str, str]:
    return report(MEASURES, SETTING, "The profile.\n")
