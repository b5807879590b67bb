"""Comparable communes: anyone finds the same ones from the published data alone, with the rule of the page."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

COMMUNES = (
    *("luxembourg", "esch-sur-alzette", "strassen", "mamer", "vianden"),
    *("kiischpelt", "junglinster", "clervaux", "remich", "groussbus-wal"),
)
FIRST_WITH_A_LINK = re.compile(r'<tr><th scope="row"><a href="\.\./([a-z0-9-]+)/">')


@pytest.fixture(scope="module")
def published(site: Path) -> dict[str, dict[str, Any]]:
    terms = json.loads((site / "api/v1/vocabulaires.json").read_text(encoding="utf-8"))["communes"]["termes"]
    return {term["id"]: term for term in terms if not term["devenue"]}


def doublings(one: float, other: float) -> Decimal:
    """How many times a number has to be doubled to get the other."""
    return abs((Decimal(str(other)) / Decimal(str(one))).ln() / Decimal(2).ln())


def distance(one: dict[str, Any], other: dict[str, Any]) -> Decimal:
    growth = (Decimal(str(other["croissance"])) - Decimal(str(one["croissance"]))) / 10
    size, density = (doublings(one[key], other[key]) for key in ("population", "densite"))
    return (size * size + density * density + growth * growth).sqrt().quantize(Decimal("0.001"))


@pytest.mark.parametrize("commune", COMMUNES)
def test_the_page_shows_what_the_published_data_give(
    commune: str, published: dict[str, dict[str, Any]], site: Path
) -> None:
    own = published[commune]
    order = sorted((distance(own, other), name) for name, other in published.items() if name != commune)
    page = (site / f"communes/{commune}/index.html").read_text(encoding="utf-8")
    assert FIRST_WITH_A_LINK.findall(page) == [name for _, name in order[:6]]
    near = json.loads((site / "communes/proches.json").read_text(encoding="utf-8"))[commune]
    assert near["comparables"] == [name for _, name in order[:6]]


def test_neighbours_are_mutual_and_all_communes_have_figures(published: dict[str, dict[str, Any]]) -> None:
    assert len(published) == 100
    assert [name for name, one in published.items() if not (one["population"] and one["densite"])] == []
    pairs = {(name, other) for name, one in published.items() for other in one["voisines"]}
    assert pairs == {(other, name) for name, other in pairs}
    assert len(pairs) == 2 * 258
