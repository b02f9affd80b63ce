"""Letters made by the workers of a Dask scheduler (workflow/letters/chunks.py).

A worker is sent the job once, by a plugin that reaches workers that come later, too. Workers run paraph of this
version. Where the scheduler or all of its workers are lost, that is said, and the next run goes on from what is there.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from time import monotonic
from typing import Any

from paraph import __version__
from paraph.errors import BrokenError, UsageError
from paraph.workflow.letters.chunks import chunk, remember
from paraph.workflow.letters.job import Job
from paraph.workflow.letters.worker import Task

_AHEAD = 3
_WAIT = "10s"
_FIRST = "30s"
"""A worker begins with an import of all that makes letters; on a busy machine that is slower than an answer."""
ALONE = 60.0
"""Seconds in which a scheduler that has lost all its workers may get others."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """The workers of a scheduler that has answered, and that have been given a job."""

    address: str
    job: Job
    client: Any

    def letters(
        self, tasks: Iterator[Task], target: str, done: Callable[[int, int], None]
    ) -> dict[int, tuple[str, ...]]:
        """Make the letters of `tasks` below `target`.

        `done` is told of each chunk: how many of its files were there already, and how many were written. Returns the
        files of others in the folder of each chunk, by its number. Raises BrokenError where the scheduler or its
        workers are lost, and what making raises.
        """
        client, signature = self.client, self.job.signature
        threads = sum(client.nthreads().values()) or 1
        waiting: deque[Any] = deque()
        numbered = enumerate(tasks)
        others: dict[int, tuple[str, ...]] = {}

        def finished() -> None:
            unchanged, written, others[len(others)] = _result(client, self.address, waiting.popleft())
            done(unchanged, written)

        try:
            while batch := list(islice(numbered, max(0, _AHEAD * threads - len(waiting)) or 1)):
                for number, task in batch:
                    key = f"paraph-letters-{signature[:12]}-{number:06}"
                    waiting.append(
                        client.submit(chunk, signature, number, task, target, key=key, pure=False, retries=2)
                    )
                finished()
            while waiting:
                finished()
        finally:
            with suppress(CancelledError, OSError):  # a scheduler that is lost has nothing to cancel
                client.cancel(list(waiting))
        return others


@contextmanager
def cluster(address: str, job: Job) -> Iterator[Cluster]:
    """The scheduler at `address` with its workers: nothing is written anywhere before they have answered.

    Raises UsageError where Dask is not installed, BrokenError where nobody answers, there are no workers, or they
    cannot make letters.
    """
    with _client(address) as client, _kept(address):
        _check(client, address)
        client.register_plugin(_plugin(job))
        yield Cluster(address, job, client)


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise UsageError(
            "Dask is not installed here", "pip install “paraph[cluster]”, here and on each worker."
        ) from None
    try:
        return Client(address, timeout=_WAIT, set_as_default=False)
    except (OSError, ValueError, TypeError, RuntimeError, ImportError, TimeoutError) as error:
        # tls:// without certificates is a TypeError, ucx:// without its library a RuntimeError or an ImportError
        raise BrokenError(
            f"no scheduler answers at {address}: {error}", "See whether it runs, and its address."
        ) from None


def _check(client: Any, address: str) -> None:
    """Raise BrokenError where there are no workers, or none with this paraph."""
    try:
        client.wait_for_workers(1, timeout=_FIRST)
        found: Mapping[str, str] = client.run(version)
    except TimeoutError:
        raise BrokenError(f"the scheduler at {address} has no workers", "Start some: dask worker ADDRESS.") from None
    except Exception as error:  # noqa: BLE001  # whatever a worker says that cannot import paraph
        raise BrokenError(
            f"a worker of {address} cannot make letters: {error}", f"Install paraph {__version__}."
        ) from None
    if others := sorted({*found.values()} - {__version__}):
        raise BrokenError(
            f"workers of {address} have paraph {', '.join(others)}, and this is {__version__}",
            "Letters of one run are made by one version: install the same everywhere.",
        )


def version() -> str:
    """The version of paraph that a worker has."""
    return __version__


def _plugin(job: Job) -> Any:
    from distributed import WorkerPlugin

    class Given(WorkerPlugin):  # type: ignore[misc]  # distributed has no types
        """Gives a worker the job when it comes."""

        name = f"paraph-letters-{job.signature[:12]}"

        def setup(self, worker: object) -> None:
            remember(job)

    return Given()


@contextmanager
def _kept(address: str) -> Iterator[None]:
    """Where the scheduler is lost, the client finds its work cancelled, and writes pages to a log, which is the
    terminal."""
    import logging

    from distributed.comm import CommClosedError

    logging.getLogger("distributed.client").setLevel(logging.CRITICAL + 1)
    try:
        yield
    except (CancelledError, CommClosedError):
        raise BrokenError(
            f"the scheduler at {address} was lost",
            "Start it and its workers, and run it again: what is whole is not made anew.",
        ) from None


def _result(client: Any, address: str, future: Any) -> tuple[int, int, tuple[str, ...]]:
    from distributed import KilledWorker

    alone_since: float | None = None
    while True:
        try:
            kept, written, others = future.result(timeout=1)
            return kept, written, others
        except TimeoutError:
            if future.done():
                raise  # a worker’s own: of a store, for example
            if client.nthreads():
                alone_since = None
                continue
            alone_since = alone_since or monotonic()
            if monotonic() - alone_since > ALONE:
                raise BrokenError(
                    f"all workers of {address} were lost",
                    "Start some (dask worker ADDRESS), and run it again: what is whole is not made anew.",
                ) from None
        except KilledWorker as error:
            raise BrokenError(
                f"workers died again and again of the same letters: {error}",
                "Run it again: what is whole is not made anew. They may have lacked memory.",
            ) from None
