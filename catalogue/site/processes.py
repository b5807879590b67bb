"""Tasks shared out among the processors, in processes of their own where the system can fork one."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any, Generic, TypeVar

from catalogue.problems import CannotRun

R = TypeVar("R")

_PR_SET_PDEATHSIG = 1

_TASKS: list[Callable[[], Any]] = []
"""In a forked process: the tasks of the one that it was forked from, which it knows without being sent them."""


class Shared(Generic[R]):
    """Tasks that begin at once, the first ones first, with what this process knows now; they write files, or give data.

    On one processor, or where the system cannot fork, a thread does them.
    """

    def __init__(self, tasks: Sequence[Callable[[], R]]) -> None:
        self._pool: Executor
        if _processors() > 1:
            self._pool = _forked(tasks)
            with warnings.catch_warnings():  # Typst's threads are idle, and not used in the other processes
                warnings.simplefilter("ignore", DeprecationWarning)
                self._running = [self._pool.submit(_run, number) for number in range(len(tasks))]
        else:
            self._pool = ThreadPoolExecutor(max_workers=1)
            self._running = [self._pool.submit(task) for task in tasks]

    def __len__(self) -> int:
        return len(self._running)

    def results(self) -> Iterator[R]:
        """What the tasks give, as they end; raises what any of them raised."""
        with self._pool:
            try:
                for task in as_completed(self._running):
                    yield task.result()
            except BrokenProcessPool:  # the system ends processes when there is no memory left
                raise CannotRun("memoire") from None

    def stop(self) -> None:
        """Waits for those that run, forgets the others."""
        self._pool.shutdown(cancel_futures=True)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def _forked(tasks: Sequence[Callable[[], Any]]) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        max_workers=min(_processors(), len(tasks)),
        mp_context=multiprocessing.get_context("fork"),
        initializer=_begin,
        initargs=(tasks, os.getpid()),
    )


def _begin(tasks: Sequence[Callable[[], Any]], parent: int) -> None:
    """Prepares a forked process: it ends with its parent, leaves Ctrl-C to it, and says nothing of its own."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.stdout = sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # stays open as long as the process
    _TASKS[:] = tasks


def _run(number: int) -> Any:
    return _TASKS[number]()
