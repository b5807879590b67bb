"""Measures that nobody took, and the report that belongs to them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.machine import Setting
from benchmarks.measures import CPU_SECONDS, MEGABYTES, SECONDS, Measure, Measures
from benchmarks.report import report

EXPECTED = Path(__file__).parent / "expected/RESULTS.md"
SETTING = Setting("2026-11-20", "0123abc", "2 cores of a machine, 16 GB, a system", (("Python", "3.11"),))


def _sample_measures() -> Iterator[Measure]:
    yield from _runs("publishing", "ours", 24, 1.5, 1.6, 1.7)
    yield from _runs("publishing", "Material", 24, 0.75, 0.8, 0.85)
    yield from _runs("publishing", "ours", 1_000, 9.0, 9.9, 9.0)
    yield from _runs("publishing", "Material", 1_000, 10.0, 11.0, 12.0)
    yield Measure("publishing", "Zensical", 24, SECONDS, (), "pip failed")
    yield from _runs("publishing", "ours", 10_000, 58.25)
    yield from _runs("checking", "ours", 10_000, 6.0, 6.6)
    yield from _runs("checking", "PyYAML's C loader alone", 10_000, 6.0, 6.0)
    yield from _runs("booklet", "ours", 300, 5.0, 5.0)
    yield from _runs("booklet", "WeasyPrint", 300, 60.0)
    yield Measure("preview", "ours", 1_000, SECONDS, (0.8, 0.7, 0.9))
    yield Measure("searching", "ours", 24, "queries answered", (147,))
    yield Measure("searching", "ours", 24, "queries", (150,))
    yield Measure("searching", "ours", 10_000, "milliseconds", (3_700.0,) * 5)
    yield Measure("searching", "ours", 10_000, "kilobytes", (330.0,) * 5)
    yield Measure("searching", "Material", 10_000, "milliseconds", (), "no result after 90 s")


def _runs(work: str, tool: str, fiches: int, *seconds: float) -> Iterator[Measure]:
    yield Measure(work, tool, fiches, SECONDS, seconds)
    yield Measure(work, tool, fiches, CPU_SECONDS, tuple(1.5 * one for one in seconds))
    yield Measure(work, tool, fiches, MEGABYTES, tuple(50 + fiches / 20 for _ in seconds))


MEASURES = Measures.of(_sample_measures())


def sample_report() -> str:
    return report(MEASURES, SETTING)
