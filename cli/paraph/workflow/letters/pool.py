"""Processes that make letters (workflow/letters/worker.py), and the first one, which hands them chunks of recipients.

Results come in the order of the chunks, and only a few chunks are under way, so that a table of any length needs no
more memory than a short one. The processes are spawned, not forked: they begin without the workspace that the first
one has read.

They share no queue and no lock, as those of concurrent.futures do: who is killed while it holds one, or in the middle
of a message, leaves the others waiting for ever. Each has two pipes of its own, of which the first process keeps one
end only, and so sees the end of a process however it comes.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from paraph.errors import BrokenError
from paraph.render.pdf.scratch import scratch
from paraph.workflow.letters.job import Job, Maker
from paraph.workflow.letters.worker import READY, Numbered, Result, Task, Writer, handed, made, work

_AHEAD = 3
"""Chunks under way for each process."""
_IN_HAND = 2
"""Chunks that a process has: the one that it is at, and the next."""


@dataclass(slots=True)
class _Worker:
    """A process, and this one's ends of its pipes. `has` counts its chunks; before it is `ready` it is given none."""

    process: BaseProcess
    tasks: Connection
    results: Connection
    ready: bool = False
    has: int = 0


class Pool:
    """A context manager: at its end the processes finish the letters that they are at."""

    def __init__(self, job: Job, writer: Writer, jobs: int) -> None:
        self._job, self._writer, self._jobs = job, writer, jobs
        self._given: Path | None = None
        self._workers: list[_Worker] = []
        self._waiting: deque[Numbered] = deque()
        self._done: dict[int, list[Result] | Exception] = {}
        self._turn = 0

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for one in self._workers:
            one.tasks.close()
            one.results.close()
        with (
            _unheard()
        ):  # they end with the letter that they are at; Ctrl-C once more would leave them to the interpreter
            for one in self._workers:
                one.process.join()

    def results(self, tasks: Iterable[Task]) -> Iterator[list[Result]]:
        """What was made of each task, in their order. Raises what the first task that failed raised; BrokenError where
        a process was killed."""
        if self._jobs == 1:
            maker = Maker(self._job)
            for task in tasks:
                yield made(maker, self._writer, task)
            return
        count = 0
        for task in tasks:
            self._waiting.append((count, task))
            count += 1
            if len(self._workers) < self._jobs:
                self._workers.append(self._begun())
            self._hand_out()
            yield from self._finished(count - _AHEAD * self._jobs)
        yield from self._finished(count)

    def _finished(self, due: int) -> Iterator[list[Result]]:
        """What is made by now, in the order of the tasks; waited for until `due` of them are."""
        while self._hear(wait=self._turn < due) or self._turn < due:
            while self._turn in self._done:
                result = self._done.pop(self._turn)
                self._turn += 1
                if isinstance(result, Exception):
                    raise result
                yield result

    def _hear(self, *, wait: bool) -> bool:
        """Take in what processes tell; whether one did."""
        from multiprocessing.connection import wait as told

        found = told([one.results for one in self._workers], None if wait else 0)
        for one in self._workers:
            if one.results in found:
                with _living():
                    number, result = one.results.recv()
                if number == READY:
                    one.ready = True
                else:
                    one.has -= 1
                    self._done[number] = result
        self._hand_out()
        return bool(found)

    def _hand_out(self) -> None:
        """Give a chunk to who has none, and a second one while there are enough for all."""
        for has in range(_IN_HAND):
            for one in self._workers:
                if one.ready and one.has == has and len(self._waiting) > (len(self._workers) if has else 0):
                    with _living():
                        one.tasks.send(self._waiting.popleft())
                    one.has += 1

    def _begun(self) -> _Worker:
        from multiprocessing import get_context

        if self._given is None:
            self._given = handed(scratch() / "job", self._job, self._writer)
        context = get_context("spawn")
        theirs, tasks = context.Pipe(duplex=False)
        results, told = context.Pipe(duplex=False)
        process = context.Process(target=work, args=(self._given, theirs, told))
        with _unheard():
            process.start()
        theirs.close()
        told.close()
        return _Worker(process, tasks, results)


@contextmanager
def _living() -> Iterator[None]:
    """Where a pipe has ended, the process at its other end has, which only a kill or a fault of the machine does."""
    try:
        yield
    except (EOFError, OSError):
        raise BrokenError(
            "a process that made letters was ended from outside",
            "Run it again: what is whole is not made anew. It may have lacked memory.",
        ) from None


@contextmanager
def _unheard() -> Iterator[None]:
    """Nobody hears Ctrl-C here, not even a process that is begun while it still imports; the first one hears it after.

    What multiprocessing begins with its first process unblocks Ctrl-C when it runs: it is begun before. Another thread
    may be given the signal while this one blocks it, and this one would hear of it all the same: it is noted.
    """
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()
    heard: list[int] = []
    hears = signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        signal.signal(signal.SIGINT, hears)
        if heard:
            signal.raise_signal(signal.SIGINT)
