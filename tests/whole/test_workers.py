"""Processes that make files: the order of results, what becomes of failures, and of a process that is ended."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence

import pytest

from paraph.errors import BrokenError, GlyphError
from paraph.workflow.building import workers
from paraph.workflow.building.workers import Workers


def made(task: str) -> tuple[str, int]:
    """What a task says: its result and the process that made it, or how that fails."""
    what = task.partition(" ")[2]
    if what == "fails":
        raise GlyphError("no font has it", "Write another.", ("字",))
    if what == "dies":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "slow":
        time.sleep(0.2)
    return (lambda: task) if what == "odd" else task, os.getpid()  # type: ignore[return-value]  # cannot be pickled


def nothing(kinds: Sequence[str]) -> None:
    """Prepares nothing."""


def kind(task: str) -> str:
    return task.partition(" ")[0]


@pytest.fixture(params=["fork", "spawn"])
def begun(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Workers[str, tuple[str, int]]:
    monkeypatch.setattr(workers, "start_method", lambda: request.param)
    return Workers(made, nothing, ("a", "b", "c"), 2)


def test_results_come_in_the_order_of_the_tasks(begun: Workers[str, tuple[str, int]]) -> None:
    tasks = ["a slow", *(f"{name} {number}" for number in range(8) for name in "abc")]
    with begun as found:
        answers = [*found.results(tasks, kind)]
    assert [(task, said) for task, (said, _) in answers] == [(task, task) for task in tasks]
    assert len({process for _, (_, process) in answers}) == 2


def test_the_first_failure_is_raised_as_it_was(begun: Workers[str, tuple[str, int]]) -> None:
    done: list[str] = []
    with begun as found, pytest.raises(GlyphError) as failed:
        done += (task for task, _ in found.results(["a slow", "b 1", "b fails", "a fails", *["a"] * 50], kind))
    assert (failed.value.message, failed.value.texts) == ("no font has it", ("字",))
    assert done == ["a slow", "b 1"]


def test_a_process_that_is_ended_is_told(begun: Workers[str, tuple[str, int]]) -> None:
    with begun as found, pytest.raises(BrokenError, match="ended from outside"):
        list(found.results(["a 1", "b dies", "a 2"], kind))


def test_what_cannot_be_handed_over_is_told(begun: Workers[str, tuple[str, int]]) -> None:
    with begun as found, pytest.raises(BrokenError, match="lambda"):
        list(found.results(["a odd"], kind))


def test_no_process_outlives_its_work(begun: Workers[str, tuple[str, int]]) -> None:
    with begun as found:
        processes = {process for _, (_, process) in found.results(["a 1", "b 1"], kind)}
    for process in processes:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def test_nobody_learns_a_trade_for_the_last_of_its_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "start_method", lambda: "fork")
    with Workers(made, nothing, ("a", "b"), 2) as begun:
        one = {(task, process) for task, (_, process) in begun.results(["b slow", "b slow", "a 1"], kind)}
    with Workers(made, nothing, ("a", "b"), 2) as begun:
        many = {(task, process) for task, (_, process) in begun.results([*["b slow"] * 5, "a 1"], kind)}
    assert len(one) == 2
    assert len(many) == 3
