"""The report of the benchmarks, and how goals are judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.goals import GOALS, judge
from benchmarks.measures import Measure, Measures, save
from tests.benchmarks.sample import EXPECTED, MEASURES, sample_report


def test_the_report_is_the_expected_one() -> None:
    assert sample_report() == EXPECTED.read_text(encoding="utf-8")


def test_a_ratio_is_the_median_over_the_rounds_that_both_ran() -> None:
    one = Measure("checking", "ours", 100, "seconds", (1.0, 2.0, 1.0, 1.0))
    two = Measure("checking", "other", 100, "seconds", (3.0, 4.0, 6.0))
    assert Measures.of([one, two]).ratio("checking", "other", "ours", 100) == pytest.approx(3)


def test_a_goal_that_was_not_measured_is_neither_met_nor_missed() -> None:
    assert {judge(goal, Measures()).met for goal in GOALS} == {None}


def test_goals_are_judged_by_what_was_measured() -> None:
    missed = [judged for judged in (judge(goal, MEASURES) for goal in GOALS) if judged.met is False]
    assert [(judged.work, judged.figure) for judged in missed] == [
        ("full build, 1,000 fiches", "0.90 × (CPU 0.90 ×)"),
        ("booklet, 300 fiches", "12.0 ×"),
        ("first search result, 10,000 fiches", "3,700 ms"),
    ]


def test_measures_are_kept_and_those_of_a_work_replaced(tmp_path: Path) -> None:
    first, again, other = (
        Measure(work, "ours", 24, "seconds", values)
        for work, values in (("checking", (1.0, 2.0)), ("checking", (3.0,)), ("booklet", (4.0,)))
    )
    for one in (first, other, again):
        save(one.work, [one], tmp_path)
    assert list(Measures.load(tmp_path)) == [other, again]
