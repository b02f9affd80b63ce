"""A process that makes letters and writes them itself, so that bytes do not travel.

Two pipes that nobody else holds bind it to the first process: chunks of recipients come by one, what was made of them
goes by the other. When they end, the first process has stopped, or is no more: this one makes the letter that it is at
whole, and ends too.
"""

from __future__ import annotations

import pickle
import signal
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Thread
from typing import TypeAlias

from paraph.model.letter import Recipient
from paraph.workflow.letters.job import Job, Maker

Task: TypeAlias = list[tuple[Recipient, str, tuple[tuple[str, str], ...]]]
"""Recipients, each with its key, and the formats and names of the files that are wanted."""
Result: TypeAlias = tuple[str, str, bytes]
"""A file, its key, and its bytes where the first process is to write them."""
Writer: TypeAlias = Callable[[str, str, bytes], bytes]
"""Writes a letter under its name, made of what its key says; returns what is still to be written."""
Numbered: TypeAlias = tuple[int, Task]
Told: TypeAlias = tuple[int, list[Result] | Exception]
"""The number of a task, and what was made of it or went wrong; `READY` for none."""

READY = -1


def work(given: Path, tasks: Connection, results: Connection) -> None:
    """Make what comes by `tasks` until that ends. `given` is a file with the job and the writer, as `handed` writes it.

    Ctrl-C reaches every process of a terminal: the first one stops the others, between two letters of theirs.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        data = given.read_bytes()
    except FileNotFoundError:  # the first process ended while this one began, and took it away
        return
    job, writer = pickle.loads(data)  # noqa: S301  # in a folder of this user alone, by `handed`
    maker, stop = Maker(job), Event()
    waiting: SimpleQueue[Numbered | None] = SimpleQueue()
    Thread(target=_hear, args=(tasks, waiting, stop), daemon=True).start()
    try:
        results.send((READY, []))
        while (one := waiting.get()) is not None and not stop.is_set():
            results.send(_told(maker, _Stopped(writer, stop), one))
    except BrokenPipeError:  # the first process ended while it was told something
        return


def handed(file: Path, job: Job, writer: Writer) -> Path:
    """`file`, with what every process is given.

    Not through the pipe of multiprocessing: it holds 64 KiB, and as who writes to it holds its other end too
    (popen_spawn_posix), a process that is killed while it begins would leave the first waiting for ever.
    """
    file.write_bytes(pickle.dumps((job, writer)))
    return file


def made(maker: Maker, writer: Writer, task: Task) -> list[Result]:
    """Make and write the files of a task: those of a shape together, in the order of the task."""
    results: dict[int, list[Result]] = {}
    for number in in_turn(maker, task):
        recipient, key, wanted = task[number]
        results[number] = [(name, key, writer(name, key, maker.make(recipient, format_))) for format_, name in wanted]
    return [result for number in range(len(task)) for result in results[number]]


def in_turn(maker: Maker, task: Task) -> list[int]:
    """The numbers of a task's letters, those of one shape together.

    typst forgets what the last few pages had no use for, so that letters of many shapes in turn take three times as
    long as letters of one.
    """
    return sorted(range(len(task)), key=lambda number: maker.shape(task[number][0]))


def _hear(tasks: Connection, waiting: SimpleQueue[Numbered | None], stop: Event) -> None:
    """Take in what comes, so that the first process never waits for this one to read."""
    try:
        while True:
            waiting.put(tasks.recv())
    except (EOFError, OSError):
        stop.set()
        waiting.put(None)


@dataclass(frozen=True, slots=True)
class _Stopped:
    """A writer after whose letter the process ends, once it is to stop."""

    writer: Writer
    stop: Event

    def __call__(self, name: str, key: str, data: bytes) -> bytes:
        left = self.writer(name, key, data)
        if self.stop.is_set():
            raise SystemExit
        return left


def _told(maker: Maker, writer: Writer, one: Numbered) -> Told:
    number, task = one
    try:
        return number, made(maker, writer, task)
    except Exception as error:  # noqa: BLE001  # whatever it is, the first process raises it
        return number, error
