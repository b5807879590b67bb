"""Measures the time, CPU time and memory of a command and its child processes."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

FIRST_SAMPLE = 0.005
"""Seconds until the first memory sample."""

SAMPLE_INTERVAL = 0.05
"""Seconds between two samples."""

SAMPLE_COST = 20
"""Minimum ratio of the interval between samples to the duration of one, since a sample slows the process down."""

MEGABYTE = 1_000_000
MACHINE_MEMORY = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / MEGABYTE
"""Physical memory in megabytes."""

MEMORY_LIMIT = 0.7 * MACHINE_MEMORY
"""Megabytes at which a command is killed, so that the machine does not run out of memory."""


class CommandFailed(Exception):  # noqa: N818  # needs no suffix
    """Raised when a command fails; the message is one line with the reason."""


@dataclass(frozen=True)
class Command:
    """A command to measure; `prepare` is called before each run and is not measured."""

    arguments: Sequence[str]
    folder: Path
    prepare: Callable[[], object] = lambda: None
    environment: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Usage:
    """Resources used by all processes of one run.

    `seconds` is wall-clock time, `cpu_seconds` user and system time of all processors, `megabytes` the peak memory;
    memory shared between the processes is counted once.
    """

    seconds: float
    cpu_seconds: float
    megabytes: float

    def __str__(self) -> str:
        return f"{self.seconds:.2f} s, {self.cpu_seconds:.2f} s CPU, {self.megabytes:,.0f} MB"


def run_command(command: Command, timeout: float) -> Usage:
    """Runs a command once; raises CommandFailed after `timeout` seconds or if it ends with an error."""
    command.prepare()
    cpu_before, start = _children_cpu_seconds(), time.perf_counter()
    process = subprocess.Popen(  # noqa: S603  # the commands are ours
        command.arguments,
        cwd=command.folder,
        env={**os.environ, **dict(command.environment)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    with _Watch(process.pid, timeout) as watch:
        output = process.communicate()[0]
        seconds = time.perf_counter() - start
    if watch.stopped:
        raise CommandFailed(watch.stopped)
    if process.returncode:
        last_line = (output.strip().splitlines() or [""])[-1][:160]
        reason = f"ended with {process.returncode}: {last_line}"
        raise CommandFailed(reason)
    return Usage(seconds, _children_cpu_seconds() - cpu_before, watch.most)


def _children_cpu_seconds() -> float:
    """Returns the CPU seconds of all ended child processes and their descendants."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class _Watch:
    """Samples the memory of a process and its descendants; kills them if they exceed the memory or time limit."""

    def __init__(self, pid: int, timeout: float) -> None:
        self.most = 0.0
        self.stopped = ""
        self._pid = pid
        self._timeout = timeout
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._sample)

    def __enter__(self) -> _Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _sample(self) -> None:
        end = time.monotonic() + self._timeout
        pause = FIRST_SAMPLE
        while not self._done.wait(pause):
            start = time.monotonic()
            self.most = max(self.most, sum(map(_memory, _process_tree(self._pid))))
            if self.most > MEMORY_LIMIT:
                self._kill(f"stopped at {self.most:,.0f} MB")
            elif time.monotonic() > end:
                self._kill(f"stopped after {self._timeout:.0f} s")
            took = time.monotonic() - start
            pause = max(SAMPLE_INTERVAL, SAMPLE_COST * took) if self.most else FIRST_SAMPLE

    def _kill(self, reason: str) -> None:
        self.stopped = self.stopped or reason
        try:
            os.killpg(self._pid, signal.SIGKILL)
        except ProcessLookupError:
            self._done.set()


def _process_tree(pid: int) -> Iterator[int]:
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            pids = children.read_text(encoding="ascii").split()
        except OSError:
            continue
        for child in pids:
            yield from _process_tree(int(child))


def _memory(pid: int) -> float:
    """Returns the proportional set size (`Pss`) of a process in megabytes; 0 if it has ended, or without /proc."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    kilobytes = (int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return next(kilobytes, 0) * 1024 / MEGABYTE
