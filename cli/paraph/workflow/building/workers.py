"""Processes that make files: begun before there is anything to make, so that they load their engines meanwhile.

Half of the time of a small build is spent on loading: schemas and texts here, python-docx, typst and pikepdf there. So
each process prepares for other formats than its neighbour while this one still reads the workspace, and is given tasks
of those formats first.
"""

from __future__ import annotations

import os
import traceback
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pickle import PicklingError
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from paraph.errors import BrokenError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

_T = TypeVar("_T")
_R = TypeVar("_R")
_AHEAD = 6
"""For each process, the tasks ahead among which it looks for one of a kind that it has done: results wait their turn in
memory, so not the whole queue."""
_YIELDING = 5
"""How nice all processes but that of the longest share are: on two cores, what everybody waits for is made first."""


def start_method() -> str:
    """How to start processes: "fork", which shares all that is loaded, but is safe only with a single thread.

    The engines start threads that Python does not know of, so the system is asked (/proc, on Linux); where it cannot
    be, "spawn".
    """
    try:
        return "fork" if len(os.listdir("/proc/self/task")) == 1 else "spawn"  # noqa: PTH208  # names are all it has
    except OSError:
        return "spawn"


class Workers(Generic[_T, _R]):
    """`count` processes that call `make`, each begun with `prepare` for its share of the `kinds` of tasks.

    A context manager: at its end the processes finish what they are at, and end. Everything given is pickled where
    processes are spawned; tasks and results always are.
    """

    def __init__(
        self,
        make: Callable[[_T], _R],
        prepare: Callable[[Sequence[str]], None],
        kinds: Sequence[str],
        count: int,
    ) -> None:
        from multiprocessing import get_context

        self._known: dict[Connection, set[str]] = {}
        self._processes: list[BaseProcess] = []
        context: BaseContext = get_context(start_method())
        for number in reversed(range(count)):  # of the usual formats the last share is the PDF, which takes longest
            share = kinds[number::count] or (kinds[number % len(kinds)],)
            ours, theirs = context.Pipe()
            inherited = [*self._known, ours] if context.get_start_method() == "fork" else []
            process = context.Process(  # type: ignore[attr-defined]
                target=_serve, args=(theirs, inherited, make, prepare, share, bool(self._processes)), daemon=True
            )
            process.start()
            theirs.close()
            self._known[ours] = {*share}
            self._processes.append(process)

    def __enter__(self) -> Workers[_T, _R]:
        return self

    def __exit__(self, *_: object) -> None:
        self._dismiss()
        for process in self._processes:
            process.join()

    def _dismiss(self) -> None:
        for ours in self._known:
            ours.close()

    def results(self, tasks: Sequence[_T], kind: Callable[[_T], str]) -> Iterator[tuple[_T, _R]]:
        """Each task with its result, in the order of the tasks; once, for the processes end with the last of them.

        Raises what `make` raised on the first task that failed, BrokenError where a process died; once a task has
        failed none is begun.
        """
        from multiprocessing.connection import wait

        waiting = deque(enumerate(tasks))
        busy: dict[Connection, int] = {}
        done: dict[int, tuple[bool, Any]] = {}
        for turn, task in enumerate(tasks):
            while True:  # nobody waits while a result is being written
                for worker in [one for one in self._known if one not in busy]:
                    if (position := self._next(worker, waiting, kind)) is not None:
                        busy[worker], chosen = waiting[position]
                        del waiting[position]
                        self._known[worker].add(kind(chosen))
                        worker.send(chosen)
                if turn in done:
                    break
                for ready in wait([*busy]):
                    assert ready in busy
                    position = busy.pop(ready)
                    done[position] = answer = _answer(ready)
                    if not answer[0]:
                        waiting = deque(one for one in waiting if one[0] < position)
            if not waiting and not busy:
                self._dismiss()  # they end while the last results are written
            made, result = done.pop(turn)
            if not made:
                raise result
            yield task, result

    def _next(self, worker: Connection, waiting: Sequence[tuple[int, _T]], kind: Callable[[_T], str]) -> int | None:
        """The place in `waiting` of the task that a free process should do next; None: none yet.

        It is the first task near the front for which the process has the engine loaded. Without one, it is the first of
        a kind of which more tasks wait than there are processes with its engine: to load one takes about as long as a
        task, so that otherwise those will be done sooner.
        """
        near = [kind(task) for _, task in islice(waiting, _AHEAD * len(self._known))]
        if (known := next((n for n, one in enumerate(near) if one in self._known[worker]), None)) is not None:
            return known
        able = Counter(one for other, kinds in self._known.items() if other is not worker for one in kinds)
        left = Counter(kind(task) for _, task in waiting)
        return next((n for n, one in enumerate(near) if left[one] > able[one]), None)


def _answer(worker: Connection) -> tuple[bool, Any]:
    try:
        answer: tuple[bool, Any] = worker.recv()
    except (EOFError, ConnectionError):
        raise BrokenError(
            "a process that made files was ended from outside", "Try again; it may have lacked memory."
        ) from None
    return answer


def _serve(
    tasks: Connection,
    inherited: Sequence[Connection],
    make: Callable[[_T], _R],
    prepare: Callable[[Sequence[str]], None],
    share: Sequence[str],
    yields: bool,
) -> None:
    """The life of a process. It ends when its connection does, also where the first process is killed: so it lets go of
    the ends that it inherited of others. `yields`: where cores are scarce the others go before it."""
    with suppress(KeyboardInterrupt, EOFError, ConnectionError):
        if yields and os.name == "posix":
            os.nice(_YIELDING)
        for one in inherited:
            one.close()
        with suppress(Exception):  # what cannot be prepared is reported by the task that needs it
            prepare(share)
        while True:
            answer = _attempt(make, tasks.recv())
            try:
                tasks.send(answer)
            except (PicklingError, TypeError, AttributeError) as error:
                tasks.send((False, BrokenError(f"{answer[1]!r} ({error})")))


def _attempt(make: Callable[[_T], _R], task: _T) -> tuple[bool, object]:
    try:
        return True, make(task)
    except Exception as error:  # noqa: BLE001  # raised again by the first process, which reports it
        error.add_note(traceback.format_exc())
        return False, error
