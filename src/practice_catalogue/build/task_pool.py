"""Runs tasks in forked worker processes, if the machine has more than one processor."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Generic, TypeVar

from practice_catalogue.model.diagnostics import CannotRun

R = TypeVar("R")

_PR_SET_PDEATHSIG = 1

_TASKS: list[Callable[[], Any]] = []
"""In a worker process: the tasks, which are inherited by the fork instead of being pickled."""


class TaskPool(Generic[R]):
    """Starts tasks in worker processes, in order, with a copy of the current state of this process.

    A task that no worker has started runs in this process when its result is requested. So do all tasks if there is
    one processor, if the system cannot fork safely, or if the pool is disabled.
    """

    def __init__(self, tasks: Sequence[Callable[[], R]], *, enabled: bool = True) -> None:
        self._tasks = tasks
        self._futures: list[Future[R]] = []
        workers = _processors() - 1 if enabled else 0
        self._pool = _fork_workers(tasks, workers) if workers and tasks else None
        if self._pool:
            with warnings.catch_warnings():  # other threads of this process are idle, and not used by the tasks
                warnings.simplefilter("ignore", DeprecationWarning)
                self._futures = [self._pool.submit(_run_task, number) for number in range(len(tasks))]

    def result(self, number: int) -> R:
        """Returns the result of a task, or raises its exception; raises CannotRun if a worker was killed."""
        if not self._futures or self._futures[number].cancel():
            return self._tasks[number]()
        try:
            return self._futures[number].result()
        except BrokenProcessPool:  # usually the system, when memory runs out
            raise CannotRun("memoire") from None

    def stop(self) -> None:
        """Cancels the pending tasks and waits for the running ones."""
        if self._pool:
            self._pool.shutdown(cancel_futures=True)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def _fork_workers(tasks: Sequence[Callable[[], Any]], processes: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        max_workers=processes,
        mp_context=multiprocessing.get_context("fork"),
        initializer=_init_worker,
        initargs=(tasks, os.getpid()),
    )


def _init_worker(tasks: Sequence[Callable[[], Any]], parent: int) -> None:
    """Initializes a worker: it ends with its parent, and ignores Ctrl-C, which the parent handles."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    gc.freeze()  # the garbage collector would write to, and so copy, the memory shared with the parent
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _TASKS[:] = tasks


def _run_task(number: int) -> Any:
    return _TASKS[number]()
