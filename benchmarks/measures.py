"""What was measured, as data; kept in a file a work, so that a part can be measured again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.places import BENCH

FOLDER = BENCH / "measures"


@dataclass(frozen=True)
class Measure:
    """The values of one quantity in the order in which they were measured; without values, `note` says why.

    `work` is checking, publishing, …; `side` is who did it; `what` is the quantity: `seconds`, `megabytes`, …
    """

    work: str
    side: str
    fiches: int
    what: str
    values: tuple[float, ...]
    note: str = ""


@dataclass
class Measures:
    """All measures, by what they are of."""

    found: dict[tuple[str, str, int, str], Measure] = field(default_factory=dict)

    @classmethod
    def of(cls, measures: Iterable[Measure]) -> Measures:
        return cls({(one.work, one.side, one.fiches, one.what): one for one in measures})

    @classmethod
    def kept(cls, folder: Path = FOLDER) -> Measures:
        """What earlier runs left in a folder."""
        return cls.of(one for path in sorted(folder.glob("*.json")) for one in _read(path))

    def __iter__(self) -> Iterator[Measure]:
        return iter(self.found.values())

    def get(self, work: str, side: str, fiches: int, what: str = "seconds") -> Measure | None:
        return self.found.get((work, side, fiches, what))

    def value(self, work: str, side: str, fiches: int, what: str = "seconds") -> float | None:
        """The median, or None where there is no value."""
        one = self.get(work, side, fiches, what)
        return median(one.values) if one and one.values else None

    def ratio(self, work: str, side: str, other: str, fiches: int) -> float | None:
        """How many times as long one side takes as another: the median over the rounds that both ran."""
        first, second = self.get(work, side, fiches), self.get(work, other, fiches)
        if not (first and second and first.values and second.values):
            return None
        return median(one / two for one, two in zip(first.values, second.values, strict=False))

    def sides(self, work: str) -> list[str]:
        return list(dict.fromkeys(one.side for one in self if one.work == work))

    def sizes(self, work: str) -> list[int]:
        return sorted({one.fiches for one in self if one.work == work})


def keep(work: str, measures: Iterable[Measure], folder: Path = FOLDER) -> None:
    """Writes the measures of a work in the place of its last ones."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps([asdict(one) for one in measures], ensure_ascii=False, indent=1)
    (folder / f"{work}.json").write_text(text + "\n", encoding="utf-8")


def _read(path: Path) -> Iterator[Measure]:
    for one in json.loads(path.read_text(encoding="utf-8")):
        yield Measure(**{**one, "values": tuple(one["values"])})
