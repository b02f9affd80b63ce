"""What was built from what, so that a second build touches only what changed."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from paraph.workflow.files import Stamp, write
from paraph.workflow.record.draft_record import Seen
from paraph.workflow.times import now

NAME = ".paraph-build.json"
_VERSION = 6


@dataclass(frozen=True, slots=True)
class Inputs:
    """Files by workspace path, each with its size, the times of change of its content and of its entry, and SHA-256.

    The second time (ctime) cannot be set back: a copy or a synchronisation that keeps size and time is noticed.
    """

    files: dict[str, tuple[int, int, int, str]]
    lasts: str = ""
    """Until when nothing dated in them comes into force, in UTC; "": for ever."""

    @classmethod
    def of(cls, root: Path, read: Mapping[str, str], folders: Iterable[str], lasts: dt.datetime | None) -> Inputs:
        """The state now of the files that were `read`, by path with the digest of what was read then, and of `folders`.

        A file that changed since it was read is recorded as it was read, with times that no file has.
        """
        states = {name: _state(root / name) for name in (*read, *folders)}
        for name, digest in read.items():
            if states[name][-1] != digest:
                states[name] = (-1, 0, 0, digest)
        return cls(states, lasts.isoformat() if lasts else "")

    def unchanged(self, root: Path, times: Times) -> bool:
        """Whether every file still holds the same bytes, and what is dated in them still says the same; a file whose
        size and times are the same is not read."""
        if self.lasts and now() >= dt.datetime.fromisoformat(self.lasts):
            return False
        return not any(
            times(name) != (size, changed, entry) and _state(root / name)[-1] != digest
            for name, (size, changed, entry, digest) in self.files.items()
        )


Times: TypeAlias = Callable[[str], tuple[int, int, int]]
"""Size and times of a file by its workspace path."""


def times_in(root: Path) -> Times:
    """A function from the workspace path of a file to its size and times, which looks at each file once.

    Many documents share a file; one build takes it as it was when first looked at.
    """
    folder = str(root)
    return cache(lambda name: _times(f"{folder}/{name}"))


def _times(path: Path | str) -> tuple[int, int, int]:
    """Size, and times of change of content and entry, in ns; zeros where there is no such file.

    Thousands are asked for, so a path that is a string stays one: to make a Path of it takes longer than the look.
    """
    try:
        stat = os.stat(path)  # noqa: PTH116  # pathlib makes a new path of each name
    except OSError:
        return 0, 0, 0
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


def _state(path: Path) -> tuple[int, int, int, str]:
    """Size, times and digest; of what is not there, zeros and an empty digest."""
    times = _times(path)
    try:
        return *times, _digest(path)
    except OSError:
        return 0, 0, 0, ""


def _digest(path: Path) -> str:
    """SHA-256 of a file; of a folder that of the names in it, so that a new file is noticed."""
    return hashlib.sha256(_names(path) if path.is_dir() else path.read_bytes()).hexdigest()


def _names(folder: Path) -> bytes:
    return "\n".join(sorted(entry.name for entry in folder.iterdir())).encode()


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What one document was built from and into.

    `request` is the signature of the request, `root` tells the workspace from others, `register` is what the register
    said of it, `files` are the names of what was made with the stamp of each.
    """

    request: str
    root: str
    register: Seen
    inputs: Inputs
    files: Mapping[str, Stamp]


@dataclass(slots=True)
class BuildRecord:
    """The record of one output folder. A record that cannot be read is an empty one: everything is built again.

    In the file each state of an input stands once, in a row, and documents name the rows: they share most of them.
    """

    documents: dict[str, Entry] = field(default_factory=dict)
    touched: bool = False
    """Whether it says something else than when it was read, though nothing was built."""

    @classmethod
    def read(cls, out: Path) -> BuildRecord:
        """The record in `out`."""
        try:
            data = json.loads((out / NAME).read_bytes())
            if data["version"] == _VERSION:
                rows = [
                    (str(name), (int(size), int(changed), int(entry), str(digest)))
                    for name, size, changed, entry, digest in data["rows"]
                ]
                return cls({name: _entry(one, rows) for name, one in data["documents"].items()})
        except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
            pass
        return cls()

    def unchanged(
        self, root: Path, times: Times, out: Path, document: str, request: str, since: Callable[[Seen], Seen | None]
    ) -> list[Path] | None:
        """The files built of `document`, where nothing they were made from has changed and they are still there.

        `since` says whether the register says of it what it said, see `paraph.workflow.record.draft_record.Unchanged`.
        """
        entry = self.documents.get(document)
        try:
            if entry is None or entry.request != request or entry.root != _name(root):
                return None
            if not entry.inputs.unchanged(root, times):
                return None
            if any(_times(f"{out}/{name}")[:2] != state for name, state in entry.files.items()):
                return None
            if (now := since(entry.register)) is None:
                return None
            if now != entry.register:
                self.documents[document], self.touched = replace(entry, register=now), True
        except (OSError, TypeError, ValueError):
            return None
        return [out / name for name in entry.files]

    def note(
        self,
        root: Path,
        document: str,
        request: str,
        inputs: Inputs,
        files: Mapping[Path, Stamp],
        register: Seen,
    ) -> None:
        """Remember what `document` was built from and into; `request` and `register` as in `Entry`."""
        named = {path.name: state for path, state in files.items()}
        self.documents[document] = Entry(
            request=request, root=_name(root), register=register, inputs=inputs, files=named
        )

    def write(self, out: Path) -> None:
        """Write the record into `out`."""
        rows: dict[tuple[str, tuple[int, int, int, str]], int] = {}
        documents = {
            name: {
                "request": one.request,
                "root": one.root,
                "register": asdict(one.register),
                "lasts": one.inputs.lasts,
                "inputs": [rows.setdefault(row, len(rows)) for row in one.inputs.files.items()],
                "files": one.files,
            }
            for name, one in sorted(self.documents.items())
        }
        data = {"version": _VERSION, "rows": [(name, *state) for name, state in rows], "documents": documents}
        write(out / NAME, json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode())


def _entry(written: Mapping[str, Any], rows: Sequence[tuple[str, tuple[int, int, int, str]]]) -> Entry:
    """Raises KeyError, IndexError, TypeError or ValueError where nothing of the kind was written."""
    seen = written["register"]
    return Entry(
        request=written["request"],
        root=written["root"],
        register=Seen(**{**seen, "keys": tuple(seen["keys"])}),
        inputs=Inputs(dict([rows[number] for number in written["inputs"]]), written["lasts"]),
        files={name: (size, changed) for name, (size, changed) in written["files"].items()},
    )


def _name(root: Path) -> str:
    """A workspace told from others, without its path: the folder of files may be handed on."""
    return hashlib.sha256(str(root).encode("utf-8", "surrogateescape")).hexdigest()[:16]
