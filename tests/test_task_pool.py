"""Tasks that other processes do: each once, and what goes wrong there is told here."""

from __future__ import annotations

import os
from functools import partial

import pytest

from practice_catalogue.build import task_pool
from practice_catalogue.build.task_pool import TaskPool
from practice_catalogue.model.diagnostics import CannotRun


@pytest.mark.parametrize("processors", [1, 3])
def test_the_results_are_those_of_the_tasks(processors: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(task_pool, "_processors", lambda: processors)
    pool = TaskPool([partial(pow, number, 2) for number in range(50)])
    assert [pool.result(number) for number in range(50)] == [number * number for number in range(50)]
    pool.stop()


@pytest.mark.parametrize("processors", [1, 2])
def test_what_goes_wrong_is_told_wherever_it_happens(processors: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(task_pool, "_processors", lambda: processors)
    pool = TaskPool([partial(_fail, "essai")])
    with pytest.raises(CannotRun) as caught:
        pool.result(0)
    pool.stop()
    assert (caught.value.diagnostic.code, caught.value.diagnostic.details) == ("disque", {"raison": "essai"})


def _fail(why: str) -> None:
    raise CannotRun("disque", raison=why)


def test_a_process_that_the_system_ends_is_told_as_a_want_of_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(task_pool, "_processors", lambda: 2)
    pool = TaskPool([partial(os._exit, 9)])
    while not pool._futures[0].running() and not pool._futures[0].done():
        pass
    with pytest.raises(CannotRun) as caught:
        pool.result(0)
    pool.stop()
    assert caught.value.diagnostic.code == "memoire"
