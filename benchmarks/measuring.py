"""How long a command takes, and how much memory its processes hold."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

INTERVAL = 0.05
"""Seconds between two looks at the memory, but for the first."""

FIRST_LOOK = 0.005

LOOKING = 20
"""How many times as long as a look takes it is waited until the next: it holds up the process that is looked at."""

MEGABYTE = 1_000_000
PAGE = os.sysconf("SC_PAGE_SIZE")
MACHINE = PAGE * os.sysconf("SC_PHYS_PAGES") / MEGABYTE
"""Megabytes of memory of this machine."""

MOST = 0.7 * MACHINE
"""Megabytes at which a command is stopped, lest it takes the machine with it."""


class Failed(Exception):  # noqa: N818  # reads as what it says
    """A command did not come to its end; the text says why, in one line."""


@dataclass(frozen=True)
class Run:
    """One run: seconds of the wall clock, and megabytes of all its processes together at their most.

    What several of them share is divided among them, so that the sum holds it once.
    """

    seconds: float
    megabytes: float

    def __str__(self) -> str:
        return f"{self.seconds:.2f} s" + (f", {self.megabytes:,.0f} MB" if self.megabytes else "")


@dataclass(frozen=True)
class Job:
    """A command that is measured; `prepare` comes before each run and is not.

    With `says_seconds`, the last line that the command prints is its time: the rest of it does not count, nor memory.
    """

    command: Sequence[str]
    folder: Path
    prepare: Callable[[], object] = lambda: None
    says_seconds: bool = False
    environment: tuple[tuple[str, str], ...] = ()


def run(job: Job, patience: float) -> Run:
    """Runs a command once; raises Failed after so many seconds, or where it ends with an error."""
    job.prepare()
    environment = {**os.environ, **dict(job.environment)}
    start = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603  # the commands are ours
        job.command,
        cwd=job.folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    with _Watch(process.pid, patience) as watch:
        said = process.communicate()[0]
        seconds = time.perf_counter() - start
    if watch.stopped:
        raise Failed(watch.stopped)
    if process.returncode:
        reason = f"ended with {process.returncode}: {(said.strip().splitlines() or [''])[-1][:160]}"
        raise Failed(reason)
    return Run(float(said.split()[-1]), 0.0) if job.says_seconds else Run(seconds, watch.most)


class _Watch:
    """Looks at the memory of a process and its descendants until it is done; stops those that want too much."""

    def __init__(self, pid: int, patience: float) -> None:
        self.most = 0.0
        self.stopped = ""
        self._pid = pid
        self._patience = patience
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> _Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        end = time.monotonic() + self._patience
        pause = FIRST_LOOK
        while not self._done.wait(pause):
            begun = time.monotonic()
            self.most = max(self.most, sum(map(_held, _family(self._pid))))
            if self.most > MOST:
                self._stop(f"stopped at {self.most:,.0f} MB")
            elif time.monotonic() > end:
                self._stop(f"stopped after {self._patience:.0f} s")
            looked = time.monotonic() - begun
            pause = max(INTERVAL, LOOKING * looked) if self.most else FIRST_LOOK

    def _stop(self, reason: str) -> None:
        self.stopped = self.stopped or reason
        try:
            os.killpg(self._pid, signal.SIGKILL)
        except ProcessLookupError:
            self._done.set()


def _family(pid: int) -> Iterator[int]:
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found = children.read_text(encoding="ascii").split()
        except OSError:
            continue
        for child in found:
            yield from _family(int(child))


def _held(pid: int) -> float:
    """Megabytes that a process holds, with its part of what it shares (`Pss`); none where it has ended, or no /proc."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    kilobytes = (int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return next(kilobytes, 0) * 1024 / MEGABYTE
