"""Tasks done beside this process by others, forked from it, where the machine has processors for them."""

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
"""In a forked process: the tasks of its parent, which need not be sent to it."""


class TaskPool(Generic[R]):
    """Begins tasks in other processes, the first ones first, with what this process knows now.

    Whoever asks for a result that no other process has begun to make, makes it: so too where there is one processor,
    where the system cannot fork safely, or where the pool is switched off.
    """

    def __init__(self, tasks: Sequence[Callable[[], R]], *, enabled: bool = True) -> None:
        self._tasks = tasks
        self._begun: list[Future[R]] = []
        others = _processors() - 1 if enabled else 0
        self._pool = _forked(tasks, others) if others and tasks else None
        if self._pool:
            with warnings.catch_warnings():  # other threads of this process are idle, and not used by the tasks
                warnings.simplefilter("ignore", DeprecationWarning)
                self._begun = [self._pool.submit(_run, number) for number in range(len(tasks))]

    def result(self, number: int) -> R:
        """What a task gives, or raises."""
        if not self._begun or self._begun[number].cancel():
            return self._tasks[number]()
        try:
            return self._begun[number].result()
        except BrokenProcessPool:  # the system ends processes when there is no memory left
            raise CannotRun("memoire") from None

    def stop(self) -> None:
        """Waits for what is being done elsewhere; nothing more is begun."""
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
    """Prepares a forked process: it ends with its parent, and leaves Ctrl-C to it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    gc.freeze()  # what looks for garbage would touch, and so copy, all that came with the fork
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _TASKS[:] = tasks


def _run(number: int) -> Any:
    return _TASKS[number]()
