"""The command: `python -m benchmarks.run [WORK …] [--quick]`; measures one work or all, then writes the report."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import booklet, checking, environments, preview, publishing, searching
from benchmarks.machine import setting
from benchmarks.measures import FOLDER, Measure, Measures, save
from benchmarks.report import report, table_of_goals, tables
from benchmarks.rounds import Budget, Stage, compare, quick
from benchmarks.workspace import REAL, ROOT, fiche_folder, remove_old_folders

STAGES = {"publishing": publishing.STAGES, "checking": checking.STAGES, "booklet": booklet.STAGES}
"""Works that are compared in rounds."""

BUDGETS = {"publishing": 420.0, "checking": 150.0, "booklet": 240.0, "preview": 90.0, "searching": 240.0}
"""Seconds per work; with the installation of the peers and the generation of fiches, less than 25 minutes."""

RESULTS = ROOT / "benchmarks/RESULTS.md"


def main() -> None:
    options = _options()
    start = time.monotonic()
    works = options.works or (["publishing", "checking", "booklet", "preview"] if options.quick else [*BUDGETS])
    stages = {work: quick(STAGES[work]) if options.quick else STAGES[work] for work in works if work in STAGES}
    remove_old_folders()
    if works != ["report"]:
        _install_peers()
        _write_fiches(stages.values())
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) if options.quick else FOLDER
        for work in works:
            if work != "report":
                save(work, _measures(work, stages.get(work, ()), quick_run=options.quick), folder)
        measures = Measures.load(folder)
    remove_old_folders()
    tell(f"measured in {(time.monotonic() - start) / 60:.1f} minutes")
    if options.quick:
        sys.stdout.write(f"\n{tables(measures)}")
    else:
        RESULTS.write_text(report(measures, setting()), encoding="utf-8")
        sys.stdout.write(table_of_goals(measures))


def _measures(work: str, stages: Sequence[Stage], *, quick_run: bool) -> Iterator[Measure]:
    budget = Budget(BUDGETS[work])
    if stages:
        return compare(work, stages, budget, tell)
    if work == "preview":
        return preview.measures(REAL if quick_run else 1_000, tell)
    return searching.measures(budget, tell)


def _install_peers() -> None:
    """Installs all peers in parallel before measuring; those that cannot be installed are skipped."""
    peers = sorted(path.stem for path in environments.PEERS.glob("*.txt"))
    with ThreadPoolExecutor() as pool:
        for peer, reason in zip(peers, pool.map(_install, peers), strict=True):
            if reason:
                tell(f"{peer}: not installed ({reason})")


def _install(peer: str) -> str:
    """Installs a peer; returns the reason of a failure, or an empty string."""
    try:
        environments.folder_of(peer)
    except environments.NotInstalled as reason:
        return str(reason)
    return ""


def _write_fiches(works: Iterable[Sequence[Stage]]) -> None:
    """Generates the fiches of all stages before measuring."""
    for fiches in sorted({stage.fiches for stages in works for stage in stages}):
        fiche_folder(fiches)


def tell(text: str) -> None:
    """Shows a line of progress."""
    sys.stdout.write(f"{time.strftime('%H:%M:%S')} {text}\n")
    sys.stdout.flush()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=(__doc__ or "").strip())
    parser.add_argument("works", nargs="*", metavar="WORK", choices=[[], *BUDGETS, "report"], default=[])
    parser.add_argument("--quick", action="store_true", help="small catalogues, nothing kept")
    return parser.parse_args()


if __name__ == "__main__":
    main()
