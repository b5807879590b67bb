"""The report of the benchmarks, from measures that are given."""

from __future__ import annotations

import itertools
import math
from xml.etree import ElementTree as ET

import pytest

from benchmarks.goals import goals
from benchmarks.measures import Measure, Measures
from benchmarks.plot import plot
from tests.benchmarks.given import EXPECTED, MEASURES, expected_report


def test_the_report_is_the_expected_one() -> None:
    found = {path.relative_to(EXPECTED).as_posix() for path in EXPECTED.rglob("*") if path.is_file()}
    report = expected_report()
    assert found == set(report)
    for name, text in report.items():
        assert text == (EXPECTED / name).read_text(encoding="utf-8"), name


def test_a_ratio_is_the_median_over_the_rounds_that_both_ran() -> None:
    one = Measure("checking", "ours", 100, "seconds", (1.0, 2.0, 1.0, 1.0))
    two = Measure("checking", "other", 100, "seconds", (3.0, 4.0, 6.0))
    assert Measures.of([one, two]).ratio("checking", "other", "ours", 100) == pytest.approx(3)


def test_a_goal_that_was_not_measured_is_neither_met_nor_missed() -> None:
    assert {one.met for one in goals(Measures())} == {None}


def test_all_goals_of_the_given_measures_are_judged() -> None:
    assert {one.goal for one in goals(MEASURES) if one.met is False} == {
        "15 × faster than WeasyPrint",
        "300 ms after the last key, on a phone",
    }


def test_names_of_lines_that_end_at_one_place_do_not_overlap() -> None:
    names = [f"line {number}" for number in range(6)]
    picture = ET.fromstring(plot("", "s", {name: [(10, 1.0), (100, 2.0)] for name in names}))
    heights = sorted(float(text.get("y", math.nan)) for text in picture.iter() if (text.text or "") in names)
    assert len(heights) == len(names)
    assert min(after - before for before, after in itertools.pairwise(heights)) >= 15
