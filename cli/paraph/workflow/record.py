"""What was built from what, so that a second build touches only what changed."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from paraph.workflow.files import Stamp, stamp, write

NAME = ".paraph-build.json"
_VERSION = 3


@dataclass(frozen=True, slots=True)
class Inputs:
    """Files by workspace path, each with its size, the times of change of its content and of its entry, and SHA-256.

    The second time (ctime) cannot be set back: a copy or a synchronisation that keeps size and time is noticed.
    """

    files: dict[str, tuple[int, int, int, str]]

    @classmethod
    def of(cls, root: Path, read: Mapping[str, str], folders: Iterable[str]) -> Inputs:
        """The state now of the files that were `read`, by path with the digest of what was read then, and of `folders`.

        A file that changed since it was read is recorded as it was read, with times that no file has.
        """
        states = {name: _state(root / name) for name in (*read, *folders)}
        for name, digest in read.items():
            if states[name][-1] != digest:
                states[name] = (-1, 0, 0, digest)
        return cls(states)

    def unchanged(self, root: Path, times: Times) -> bool:
        """Whether every file still holds the same bytes; a file whose size and times are the same is not read."""
        return not any(
            times(name) != (size, changed, entry) and _state(root / name)[-1] != digest
            for name, (size, changed, entry, digest) in self.files.items()
        )


Times: TypeAlias = Callable[[str], tuple[int, int, int]]
"""Size and times of a file by its workspace path."""


def times_in(root: Path) -> Times:
    """Looks at each file once, however many documents share it: for one build, which takes files as it finds them."""
    folder = str(root)
    return cache(lambda name: _times(f"{folder}/{name}"))


def _times(path: Path | str) -> tuple[int, int, int]:
    """Of thousands of files: a path that is a text already is not taken apart and put together again."""
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
    """Of a folder the digest is that of its names, so that a new file in it is noticed."""
    return hashlib.sha256(_names(path) if path.is_dir() else path.read_bytes()).hexdigest()


def _names(folder: Path) -> bytes:
    return "\n".join(sorted(entry.name for entry in folder.iterdir())).encode()


@dataclass(slots=True)
class BuildRecord:
    """The record of one output folder. A record that cannot be read is an empty one: everything is built again."""

    documents: dict[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def read(cls, out: Path) -> BuildRecord:
        """The record in `out`."""
        try:
            data = json.loads((out / NAME).read_bytes())
            if data["version"] == _VERSION and isinstance(data["documents"], dict):
                return cls(data["documents"])
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            pass
        return cls()

    def unchanged(
        self, root: Path, times: Times, out: Path, document: str, request: str, mark: Callable[[str], str]
    ) -> list[Path] | None:
        """The files built of `document`, where nothing they were made from has changed and they are still there.

        `mark` says of a register by its address whether it is as it was.
        """
        try:
            entry = self.documents[document]
            if entry["request"] != request or entry["root"] != _name(root):
                return None
            inputs = Inputs({name: tuple(state) for name, state in entry["inputs"].items()})
            outputs = {out / name: tuple(state) for name, state in entry["files"].items()}
            address, then = entry["register"]
            if not inputs.unchanged(root, times) or mark(address) != then:
                return None
            if any(stamp(path) != state for path, state in outputs.items()):
                return None
        except (OSError, KeyError, TypeError, ValueError, AttributeError):
            return None
        return list(outputs)

    def note(
        self,
        root: Path,
        document: str,
        request: str,
        inputs: Inputs,
        files: Mapping[Path, Stamp],
        register: tuple[str, str],
    ) -> None:
        """Remember what `document` was built from and into.

        `register` is the address of the register, and its mark before it was read.
        """
        self.documents[document] = {
            "request": request,
            "root": _name(root),
            "register": register,
            "inputs": inputs.files,
            "files": {path.name: state for path, state in files.items()},
        }

    def write(self, out: Path) -> None:
        """Write the record into `out`."""
        data = {"version": _VERSION, "documents": self.documents}
        write(out / NAME, json.dumps(data, ensure_ascii=False, sort_keys=True).encode())


def _name(root: Path) -> str:
    """A workspace told from others, without its path: the folder of files may be handed on."""
    return hashlib.sha256(str(root).encode("utf-8", "surrogateescape")).hexdigest()[:16]
