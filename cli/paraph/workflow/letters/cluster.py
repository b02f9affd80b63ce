"""Letters made by the workers of a Dask scheduler, into a folder that all of them see or any address that fsspec knows.

The letters of a chunk stand in a folder of their own, with a record of what decided the content of each, written
last. A worker that dies takes nothing with it: its chunk is given to another one, which clears away what is half
written, finds the letters that are whole and writes only the rest. A letter is written under another name and moved, or
put at once where a store does that whole.

A worker is sent the job once, by a plugin that reaches workers that come later, too. Workers run paraph of this
version.
"""

from __future__ import annotations

import io
import json
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from typing import Any

from paraph import __version__
from paraph.errors import BrokenError, UsageError
from paraph.model.letter import Recipient
from paraph.workflow.letters.index import index_csv, index_xlsx
from paraph.workflow.letters.job import Job, Maker
from paraph.workflow.letters.worker import Task, in_turn

CHUNK = {True: 250, False: 1_000}
"""Letters in a folder: of PDFs fewer, which take longer."""
RECORD = ".paraph-letters.json"
_MOVED = frozenset({"file", "local", "sftp", "ssh"})
"""Where a file that is being written can be seen, and where moving one takes the place of another at once."""
_PART = ".part"
_AHEAD = 3
_WAIT = "10s"

_jobs: dict[str, Job] = {}
_makers: dict[tuple[str, int], Maker] = {}


def cluster_letters(
    address: str, job: Job, tasks: Iterator[Task], target: str, done: Callable[[int, int], None]
) -> None:
    """Make the letters of `tasks` by the workers of the scheduler at `address`, below `target`.

    `done` is told of each chunk: how many of its files were there already, and how many were written. Raises UsageError
    where Dask is not installed, BrokenError where the scheduler or its workers cannot do it, and what making raises.
    """
    with _client(address) as client:
        _check(client, address)
        client.register_plugin(_plugin(job))
        threads = sum(client.nthreads().values()) or 1
        waiting: deque[Any] = deque()
        numbered = enumerate(tasks)
        try:
            while batch := list(islice(numbered, max(0, _AHEAD * threads - len(waiting)) or 1)):
                for number, task in batch:
                    key = f"paraph-letters-{job.signature[:12]}-{number:06}"
                    waiting.append(
                        client.submit(chunk, job.signature, number, task, target, key=key, pure=False, retries=2)
                    )
                done(*_result(waiting.popleft()))
            while waiting:
                done(*_result(waiting.popleft()))
        finally:
            client.cancel(list(waiting))


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise UsageError(
            "Dask is not installed here", "pip install “paraph[cluster]”, here and on each worker."
        ) from None
    try:
        return Client(address, timeout=_WAIT, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise BrokenError(
            f"no scheduler answers at {address}: {error}", "See whether it runs, and its address."
        ) from None


def _check(client: Any, address: str) -> None:
    """Raise BrokenError where there are no workers, or none with this paraph."""
    try:
        client.wait_for_workers(1, timeout=_WAIT)
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


def remember(job: Job) -> None:
    """Keep a job for the chunks that come."""
    _jobs[job.signature] = job


def _result(future: Any) -> tuple[int, int]:
    from distributed import KilledWorker

    try:
        kept, written = future.result()
    except KilledWorker as error:
        raise BrokenError(
            f"workers died again and again of the same letters: {error}",
            "Run it again: what is whole is not made anew. They may have lacked memory.",
        ) from None
    return kept, written


def chunk(signature: str, number: int, task: Task, target: str) -> tuple[int, int]:
    """Make the letters of a chunk that are not there; how many files were there, and how many were written.

    Runs on a worker. The record of the chunk says which letters need not even be made; of others that are there, what
    is made is compared, so that a letter is not written twice.
    """
    import fsspec

    store, base = fsspec.core.url_to_fs(target)
    folder = f"{base}/{number:06}"
    store.makedirs(folder, exist_ok=True)
    known: dict[str, str] = {}
    with suppress(OSError, ValueError, TypeError):
        known = dict(json.loads(store.cat_file(f"{folder}/{RECORD}")))
    there = {one["name"].rsplit("/", 1)[-1]: one["size"] for one in store.ls(folder, detail=True)}
    for name in there:
        if name.startswith(".") and name.endswith(_PART):  # of a worker that died: a chunk is one worker's at a time
            with suppress(OSError):
                store.rm_file(f"{folder}/{name}")
    maker = _makers.setdefault((signature, threading.get_ident()), Maker(_jobs[signature]))
    keys = {name: key for _, key, wanted in task for _, name in wanted}
    written = 0
    for recipient, key, wanted in (task[turn] for turn in in_turn(maker, task)):
        for format_, name in wanted:
            if name in there and known.get(name) == key:
                continue
            data = maker.make(recipient, format_)
            path = f"{folder}/{name}"
            if there.get(name) != len(data) or store.cat_file(path) != data:
                put(store, path, data)
                written += 1
    if known != keys or written:
        put(store, f"{folder}/{RECORD}", json.dumps(keys).encode())
    return len(keys) - written, written


def put(store: Any, path: str, data: bytes) -> None:
    """Write a file whole: beside its place and moved there, on disks; at once, where the store does that whole."""
    if _MOVED.isdisjoint((store.protocol,) if isinstance(store.protocol, str) else store.protocol):
        store.pipe_file(path, data)
        return
    folder, _, name = path.rpartition("/")
    part = f"{folder}/.{name}.{threading.get_ident() % 10**8:08d}{_PART}"
    store.pipe_file(part, data)
    store.mv(part, path)


def put_index(target: str, everyone: Callable[[], Iterator[Recipient]], formats: tuple[str, ...]) -> tuple[str, ...]:
    """index.csv and index.xlsx below `target`."""
    import fsspec

    store, base = fsspec.core.url_to_fs(target)
    store.makedirs(base, exist_ok=True)
    for name, write in (("index.csv", index_csv), ("index.xlsx", index_xlsx)):
        buffer = io.BytesIO()
        write(buffer, everyone(), formats)
        put(store, f"{base}/{name}", buffer.getvalue())
    return (f"{target}/index.csv", f"{target}/index.xlsx")
