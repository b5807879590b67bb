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
"""Seconds between two looks at the memory."""

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

    Pages that processes share are counted for each, so that the memory of several is an upper bound.
    """

    seconds: float
    megabytes: float


@dataclass(frozen=True)
class Job:
    """A command that is measured; `prepare` comes before each run and is not.

    With `says_seconds`, the last line that the command prints is its time: what comes before does not count.
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
    return Run(float(said.split()[-1]) if job.says_seconds else seconds, watch.most)


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
        while not self._done.wait(INTERVAL if self.most else 0.005):
            self.most = max(self.most, sum(map(_resident, _family(self._pid))))
            if self.most > MOST:
                self._stop(f"stopped at {self.most:,.0f} MB")
            elif time.monotonic() > end:
                self._stop(f"stopped after {self._patience:.0f} s")

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


def _resident(pid: int) -> float:
    """Megabytes that a process holds; none where it has ended, or where the system has no /proc."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return 0.0
    return int(pages) * PAGE / MEGABYTE
