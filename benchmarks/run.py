"""The command: `python -m benchmarks.run [WORK …] [--quick]`; measures one work or all, then writes the report."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import booklet, checking, editing, environments, publishing, searching
from benchmarks.goals import needed
from benchmarks.machine import setting
from benchmarks.measures import FOLDER, Measure, Measures, keep
from benchmarks.places import REAL, ROOT, SIZES, clear, practices
from benchmarks.report import report, summary, table_of_goals
from benchmarks.series import FULL, Budget, Series, Side

PROFILE = ROOT / "benchmarks/profile.md"
"""Where the time goes: written by hand from profiles."""

Work = Callable[[Budget], Iterator[Measure]]
BUDGETS = {"checking": 345.0, "publishing": 560.0, "booklet": 260.0, "editing": 150.0, "searching": 160.0}
"""Seconds for each work: with two minutes and a half for the peers and the fiches they come to 27 minutes."""

QUICK_BUDGET = 30.0
QUICK_ROUNDS = 2


def main() -> None:
    options = _options()
    works = _quick() if options.quick else _whole()
    start = time.monotonic()
    chosen = [name for name in options.works or works if name in works]
    if chosen:
        _install_peers()
        _write_fiches(() if options.quick else SIZES)
    clear()
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) if options.quick else FOLDER
        for name in chosen:
            tell(f"{name} …")
            budget = Budget(QUICK_BUDGET if options.quick else BUDGETS[name])
            keep(name, works[name](budget), folder)
        tell(f"measured in {(time.monotonic() - start) / 60:.1f} minutes")
        measures = Measures.kept(folder)
    clear()
    if options.quick:
        sys.stdout.write(f"\n{summary(measures)}")
    else:
        _write(report(measures, setting(), PROFILE.read_text(encoding="utf-8")))
        sys.stdout.write(table_of_goals(measures))


def _install_peers() -> None:
    """Before the clocks of the works start, all at once; a peer that cannot be had is left out by each."""
    peers = sorted(path.stem for path in environments.LISTS.glob("*.txt"))
    with ThreadPoolExecutor() as pool:
        for peer, reason in zip(peers, pool.map(_missing, peers), strict=True):
            if reason:
                tell(f"{peer}: not installed ({reason})")


def _missing(peer: str) -> str:
    """Why a peer cannot be had, or nothing."""
    try:
        environments.folder_of(peer)
    except environments.NotInstalled as reason:
        return str(reason)
    return ""


def _write_fiches(sizes: Sequence[int]) -> None:
    """Before the clocks start too."""
    for size in sizes:
        practices(size)


def tell(text: str) -> None:
    """One line of progress."""
    sys.stdout.write(f"{time.strftime('%H:%M:%S')} {text}\n")
    sys.stdout.flush()


def _whole() -> Mapping[str, Work]:
    return {
        "checking": _series("checking", checking.sides(), SIZES),
        "publishing": _publishing,
        "booklet": _series("booklet", booklet.sides(), SIZES[:4]),
        "editing": lambda budget: editing.measures(1_000, budget, tell),
        "searching": lambda budget: searching.measures(budget, tell),
    }


def _quick() -> Mapping[str, Work]:
    """Small catalogues, and peers that are quick to install: to see that all still runs; a book of WeasyPrint once."""
    return {
        "checking": _series("checking", checking.sides(), (REAL, 100), QUICK_ROUNDS),
        "publishing": _series("publishing", publishing.sides(), (REAL,), QUICK_ROUNDS),
        "booklet": _series("booklet", booklet.sides(), (REAL,), rounds=1),
    }


def _series(name: str, sides: Sequence[Side], sizes: Sequence[int], rounds: int = FULL) -> Work:
    of_goals = {size: names for size, names in needed(name).items() if size in sizes}
    return lambda budget: Series(name, sides, budget, tell, rounds).over(sizes, of_goals)


def _publishing(budget: Budget) -> Iterator[Measure]:
    yield from _series("publishing", publishing.sides(), SIZES)(budget)
    for size in SIZES:
        yield from publishing.largest_page(size)


def _write(files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = ROOT / "benchmarks" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=(__doc__ or "").strip())
    parser.add_argument("works", nargs="*", metavar="WORK", choices=[[], *BUDGETS, "report"], default=[])
    parser.add_argument("--quick", action="store_true", help="small catalogues, nothing kept")
    return parser.parse_args()


if __name__ == "__main__":
    main()
