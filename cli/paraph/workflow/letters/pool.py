"""Processes that make letters and write them themselves, so that bytes do not travel.

Each is given the job once, and chunks of recipients after that; results come in the order of the chunks, and only a
few chunks are under way, so that a table of any length needs no more memory than a short one. The processes are
spawned, not forked: they begin without the workspace that the first one has read.
"""

from __future__ import annotations

import os
import pickle
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Lock, Thread
from typing import TypeAlias

from paraph.errors import BrokenError
from paraph.model.letter import Recipient
from paraph.render.pdf.scratch import scratch
from paraph.workflow.letters.job import Job, Maker

Task: TypeAlias = list[tuple[Recipient, str, tuple[tuple[str, str], ...]]]
"""Recipients, each with its key, and the formats and names of the files that are wanted."""
Result: TypeAlias = tuple[str, str, int, int, bytes]
"""A file, its key, its size and time, and its bytes where the first process is to write them."""
Writer: TypeAlias = Callable[[str, bytes], tuple[int, int, bytes]]
"""Writes a letter under its name; returns size and time of change, and what is still to be written."""

_AHEAD = 3
_maker: Maker | None = None
_writer: Writer | None = None


class Pool:
    """A context manager: at its end the processes finish the chunks that they are at."""

    def __init__(self, job: Job, writer: Writer, jobs: int) -> None:
        self._jobs = jobs
        self._executor: ProcessPoolExecutor | None = None
        self._waiting: deque[Future[list[Result]]] = deque()
        if jobs > 1:
            from multiprocessing import get_context

            self._executor = ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (_given(job, writer),))
        else:
            self._maker = Maker(job)
            self._writer = writer

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)

    def finished(self) -> list[Result]:
        """What was under way when the work was stopped, once the processes have finished it."""
        self.__exit__()
        done = (one for one in self._waiting if not one.cancelled() and one.exception() is None)
        return [result for one in done for result in one.result()]

    def results(self, tasks: Iterable[Task]) -> Iterator[list[Result]]:
        """What was made of each task, in their order. Raises what the first task that failed raised."""
        if self._executor is None:
            for task in tasks:
                yield made(self._maker, self._writer, task)
            return
        waiting = self._waiting
        try:
            for task in tasks:
                with _unheard():
                    waiting.append(self._executor.submit(_work, task))
                while waiting and (len(waiting) >= _AHEAD * self._jobs or waiting[0].done()):
                    yield waiting[0].result()
                    waiting.popleft()
            while waiting:
                yield waiting[0].result()
                waiting.popleft()
        except BrokenProcessPool:
            raise BrokenError(
                "a process that made letters was ended from outside",
                "Run it again: what is whole is not made anew. It may have lacked memory.",
            ) from None


@contextmanager
def _unheard() -> Iterator[None]:
    """A process that is begun here hears no Ctrl-C, not even while it still imports; the first one hears it after."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _given(job: Job, writer: Writer) -> Path:
    """A file with what every process is given.

    Not through the pipe of multiprocessing: it holds 64 KiB, and as who writes to it holds its other end too
    (popen_spawn_posix), one that is killed while it begins would leave the first waiting for ever.
    """
    file = scratch() / "job"
    file.write_bytes(pickle.dumps((job, writer)))
    return file


def _begin(given: Path) -> None:
    """Ctrl-C reaches every process of a terminal: the first one stops the others, between two letters of theirs."""
    global _maker, _writer  # what a process of a pool has, it has here
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    job, writer = pickle.loads(given.read_bytes())  # noqa: S301  # in a folder of this user alone, written above
    _maker, _writer = Maker(job), _Unbroken(writer)
    Thread(target=_end_with, args=(parent_process(),), daemon=True).start()


_whole = Lock()
"""Held while a letter is written."""


@dataclass(frozen=True, slots=True)
class _Unbroken:
    """A writer that is not ended in the middle of a letter."""

    writer: Writer

    def __call__(self, name: str, data: bytes) -> tuple[int, int, bytes]:
        with _whole:
            return self.writer(name, data)


def _end_with(first: BaseProcess | None) -> None:
    """End this process where the first one was killed: it would wait for work for ever."""
    if first is not None:
        first.join()
        with _whole:
            os._exit(1)


def _work(task: Task) -> list[Result]:
    assert _maker is not None
    assert _writer is not None
    return made(_maker, _writer, task)


def made(maker: Maker, writer: Writer, task: Task) -> list[Result]:
    """Make and write the files of a task: those of a shape together, in the order of the task."""
    results: dict[int, list[Result]] = {}
    for number in in_turn(maker, task):
        recipient, key, wanted = task[number]
        results[number] = [(name, key, *writer(name, maker.make(recipient, format_))) for format_, name in wanted]
    return [result for number in range(len(task)) for result in results[number]]


def in_turn(maker: Maker, task: Task) -> list[int]:
    """The numbers of a task's letters, those of one shape together.

    typst forgets what the last few pages had no use for, so that letters of many shapes in turn take three times as
    long as letters of one.
    """
    return sorted(range(len(task)), key=lambda number: maker.shape(task[number][0]))
