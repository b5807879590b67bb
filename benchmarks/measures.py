"""Measures as data, stored in one file per work, so that each work can be measured again on its own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.workspace import WORKSPACE

FOLDER = WORKSPACE / "measures"

SECONDS, CPU_SECONDS, MEGABYTES = "seconds", "CPU seconds", "megabytes"


@dataclass(frozen=True)
class Measure:
    """The values of one quantity in the order of the runs; without values, `note` has the reason.

    `work` is `checking`, `publishing`, …; `tool` is the name of the program; `what` is the quantity: `seconds`, …
    """

    work: str
    tool: str
    fiches: int
    what: str
    values: tuple[float, ...]
    note: str = ""


@dataclass
class Measures:
    """All measures, by work, tool, number of fiches and quantity."""

    found: dict[tuple[str, str, int, str], Measure] = field(default_factory=dict)

    @classmethod
    def of(cls, measures: Iterable[Measure]) -> Measures:
        return cls({(one.work, one.tool, one.fiches, one.what): one for one in measures})

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Measures:
        """Loads the measures of earlier runs from a folder."""
        return cls.of(one for path in sorted(folder.glob("*.json")) for one in _read_measures(path))

    def __iter__(self) -> Iterator[Measure]:
        return iter(self.found.values())

    def get(self, work: str, tool: str, fiches: int, what: str = SECONDS) -> Measure | None:
        return self.found.get((work, tool, fiches, what))

    def value(self, work: str, tool: str, fiches: int, what: str = SECONDS) -> float | None:
        """Returns the median, or None without values."""
        one = self.get(work, tool, fiches, what)
        return median(one.values) if one and one.values else None

    def ratio(self, work: str, tool: str, other: str, fiches: int, what: str = SECONDS) -> float | None:
        """Returns the median ratio of one tool to another over the rounds that both ran, or None."""
        first, second = self.get(work, tool, fiches, what), self.get(work, other, fiches, what)
        if not (first and second and first.values and second.values and all(second.values)):
            return None
        return median(one / two for one, two in zip(first.values, second.values, strict=False))

    def of_work(self, work: str) -> list[tuple[int, str]]:
        """Returns `(number of fiches, tool)` of a work, sorted by number, tools in the order of measuring."""
        found = dict.fromkeys((one.fiches, one.tool) for one in self if one.work == work)
        return sorted(found, key=lambda key: key[0])


def save(work: str, measures: Iterable[Measure], folder: Path = FOLDER) -> None:
    """Saves the measures of a work, replacing the previous ones."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps([asdict(one) for one in measures], ensure_ascii=False, indent=1)
    (folder / f"{work}.json").write_text(text + "\n", encoding="utf-8")


def _read_measures(path: Path) -> Iterator[Measure]:
    for one in json.loads(path.read_text(encoding="utf-8")):
        yield Measure(**{**one, "values": tuple(one["values"])})
