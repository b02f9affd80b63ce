"""Chunks of letters, as a worker of a scheduler makes them: into a folder, or any address that fsspec knows.

The letters of a chunk stand in a folder of their own, with a record of what decided the content of each, written
last. A worker that dies takes nothing with it: its chunk is given to another one, which clears away what is half
written, finds the letters that are whole and writes only the rest. A letter is written under another name and moved, or
put at once where a store does that whole.
"""

from __future__ import annotations

import io
import json
import re
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from paraph.errors import UsageError
from paraph.model.letter import Recipient, Which
from paraph.workflow.letters.index import FORMATS, INDEXES, Index, file_name, folder_name
from paraph.workflow.letters.job import Job, Maker
from paraph.workflow.letters.notes import Notes, noted
from paraph.workflow.letters.record import CLUSTERED, NAME, Batch
from paraph.workflow.letters.worker import Task, in_turn

CHUNK = 1_000
"""Letters in a folder."""
_MOVED = frozenset({"file", "local", "sftp", "ssh"})
"""Where a file that is being written can be seen, and where moving one takes the place of another at once."""
_PART = ".part"

_jobs: dict[str, Job] = {}
_makers: dict[tuple[str, int], Maker] = {}


def remember(job: Job) -> None:
    """Keep a job for the chunks that come."""
    _jobs[job.signature] = job


def chunk(signature: str, number: int, task: Task, target: str) -> tuple[int, int, tuple[str, ...]]:
    """Make the letters of a chunk that are not there; how many files were there, how many were written, and which on
    record are of others.

    Runs on a worker. The record of the chunk says which letters need not even be made; of others that are there, what
    is made is compared, so that a letter is not written twice.
    """
    import fsspec

    store, base = fsspec.core.url_to_fs(target)
    folder = f"{base}/{folder_name(number)}"
    store.makedirs(folder, exist_ok=True)
    known = _on_record(store, folder)
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
    others = {name: key for name, key in known.items() if name in there and name not in keys}
    if known != others | keys or written:
        put(store, f"{folder}/{CLUSTERED}", json.dumps(others | keys).encode())
    return len(keys) - written, written, tuple(others)


def _on_record(store: Any, folder: str) -> dict[str, str]:
    """The letters of a folder, each with what decided its content."""
    with suppress(OSError, ValueError, TypeError):
        return dict(json.loads(store.cat_file(f"{folder}/{CLUSTERED}")))
    return {}


def put(store: Any, path: str, data: bytes) -> None:
    """Write a file whole: beside its place and moved there, on disks; at once, where the store does that whole."""
    if _MOVED.isdisjoint((store.protocol,) if isinstance(store.protocol, str) else store.protocol):
        store.pipe_file(path, data)
        return
    folder, _, name = path.rpartition("/")
    part = f"{folder}/.{name}.{threading.get_ident() % 10**8:08d}{_PART}"
    store.pipe_file(part, data)
    store.mv(part, path)


@dataclass(frozen=True, slots=True)
class Target:
    """A folder or an address below which chunks stand; `before` is the table of letters that were there, where it was
    another one, and `notes` what the post room wrote into their index."""

    address: str
    notes: Notes
    before: str

    @classmethod
    def of(cls, address: str, batch: Batch) -> Target:
        """That at an address, made where there is none. Raises UsageError where something else is there."""
        import fsspec

        store, base = fsspec.core.url_to_fs(address)
        store.makedirs(base, exist_ok=True)
        if store.exists(f"{base}/{NAME}"):
            raise UsageError(f"{address} holds letters that no scheduler made", "Name another folder after --out.")
        head: object = None
        with suppress(OSError, ValueError):
            head = json.loads(store.cat_file(f"{base}/{CLUSTERED}"))
        before = batch.before(head, address)
        with TemporaryDirectory(prefix="paraph-") as folder:
            paths = [Path(folder) / name for name in INDEXES if store.exists(f"{base}/{name}")]
            for path in paths:
                path.write_bytes(store.cat_file(f"{base}/{path.name}"))
            notes = noted(paths)
        if head != batch.head:
            put(store, f"{base}/{CLUSTERED}", json.dumps(batch.head).encode())
        return cls(address, notes, before)

    def put_index(
        self, everyone: Callable[[], Iterator[Recipient]], formats: tuple[str, ...], drafts: Collection[Which]
    ) -> None:
        """index.csv and index.xlsx."""
        import fsspec

        store, base = fsspec.core.url_to_fs(self.address)
        for name, write in INDEXES.items():
            buffer = io.BytesIO()
            write(buffer, Index(everyone, formats, drafts, self.notes, CHUNK))
            put(store, f"{base}/{name}", buffer.getvalue())

    def left(self, others: Mapping[int, tuple[str, ...]], count: int, everyone: Iterator[Recipient]) -> tuple[str, ...]:
        """Letters of an earlier run that would not be made now, of the `others` in `count` chunks and of those beyond.

        A letter that stands in another chunk by now, since rows were added or deleted, is taken away where it stood.
        """
        import fsspec

        store, base = fsspec.core.url_to_fs(self.address)
        found = {folder_name(number): set(names) for number, names in others.items() if names}
        for entry in store.ls(base, detail=False):
            name = entry.rstrip("/").rpartition("/")[2]
            if re.fullmatch("[0-9]{6,}", name) and int(name) >= count:
                found[name] = {
                    one for one in _on_record(store, f"{base}/{name}") if store.exists(f"{base}/{name}/{one}")
                }
        left = {name for names in found.values() for name in names}
        moved = {name for one in everyone for format_ in FORMATS if (name := file_name(one, format_)) in left}
        for folder, names in found.items():
            if twice := names & moved:
                for name in twice:
                    store.rm_file(f"{base}/{folder}/{name}")
                kept = {one: key for one, key in _on_record(store, f"{base}/{folder}").items() if one not in twice}
                put(store, f"{base}/{folder}/{CLUSTERED}", json.dumps(kept).encode())
        return tuple(sorted(f"{folder}/{name}" for folder, names in found.items() for name in names - moved))
