"""Chunks of letters, as a worker of a scheduler makes them: into a folder, or any address that fsspec knows.

The letters of a chunk stand in a folder of their own, with a record of what decided the content of each, written
last. A worker that dies takes nothing with it: its chunk is given to another one, which clears away what is half
written, finds the letters that are whole and writes only the rest. A letter is written under another name and moved, or
put at once where a store does that whole.
"""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from paraph.model.letter import Recipient
from paraph.workflow.letters.index import index_csv, index_xlsx
from paraph.workflow.letters.job import Job, Maker
from paraph.workflow.letters.worker import Task, in_turn

CHUNK = 1_000
"""Letters in a folder."""
RECORD = ".paraph-letters.json"
_MOVED = frozenset({"file", "local", "sftp", "ssh"})
"""Where a file that is being written can be seen, and where moving one takes the place of another at once."""
_PART = ".part"

_jobs: dict[str, Job] = {}
_makers: dict[tuple[str, int], Maker] = {}


def remember(job: Job) -> None:
    """Keep a job for the chunks that come."""
    _jobs[job.signature] = job


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
