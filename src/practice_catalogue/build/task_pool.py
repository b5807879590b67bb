"""Tasks shared out among the processors: some are done here, some in processes forked from this one."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any, Generic, TypeVar

from practice_catalogue.model.diagnostics import CannotRun

R = TypeVar("R")

_PR_SET_PDEATHSIG = 1

_TASKS: list[Callable[[], Any]] = []
"""In a forked process: the tasks of the one that it was forked from, which it knows without being sent them."""


class TaskPool(Generic[R]):
    """Tasks that begin at once in other processes, the first ones first, with what this process knows now.

    There are as many processes as are asked for, or one for each processor but one: that is for this process, which
    takes part from the end, as soon as the results are asked for. On one processor, or where the system cannot fork, it
    does all of them.
    """

    def __init__(self, tasks: Sequence[Callable[[], R]], processes: int | None = None) -> None:
        self._tasks = tasks
        self._pool = _forked(tasks, processes or _processors() - 1) if _processors() > 1 else None
        self._elsewhere: list[Future[R]] = []
        with warnings.catch_warnings():  # Typst's threads are idle, and not used in the other processes
            warnings.simplefilter("ignore", DeprecationWarning)
            if self._pool:
                self._elsewhere = [self._pool.submit(_run, number) for number in range(len(tasks))]

    def __len__(self) -> int:
        return len(self._tasks)

    def results(self) -> Iterator[R]:
        """What the tasks give, as they end; raises what any of them raised."""
        try:
            yield from self._done_here()
            for future in as_completed(future for future in self._elsewhere if not future.cancelled()):
                yield future.result()
        except BrokenProcessPool:  # the system ends processes when there is no memory left
            raise CannotRun("memoire") from None
        finally:
            self.stop()

    def _done_here(self) -> Iterator[R]:
        """Those that no other process has begun."""
        if self._pool is None:
            yield from (task() for task in self._tasks)
        for task, future in reversed(list(zip(self._tasks, self._elsewhere, strict=False))):
            if future.cancel():
                yield task()

    def stop(self) -> None:
        """Waits for those that run elsewhere, forgets the others."""
        if self._pool:
            self._pool.shutdown(cancel_futures=True)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def _forked(tasks: Sequence[Callable[[], Any]], processes: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        max_workers=processes,
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
    gc.freeze()  # what looks for garbage would touch, and so copy, all that came with the fork
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.stdout = sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # stays open as long as the process
    _TASKS[:] = tasks


def _run(number: int) -> Any:
    return _TASKS[number]()
