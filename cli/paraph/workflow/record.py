"""What was built from what, so that a second build touches only what changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from paraph.workflow.files import write

NAME = ".paraph-build.json"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Inputs:
    """Files by workspace path, each with its size, time of change (ns) and SHA-256."""

    files: dict[str, tuple[int, int, str]]

    @classmethod
    def of(cls, root: Path, names: Iterable[str]) -> Inputs:
        """The state of the files now."""
        return cls({name: _state(root / name) for name in names})

    def unchanged(self, root: Path) -> bool:
        """Whether every file still holds the same bytes; a file whose size and time are the same is not read."""
        for name, (size, changed, digest) in self.files.items():
            try:
                stat = (root / name).stat()
            except OSError:
                return False
            if (stat.st_size, stat.st_mtime_ns) != (size, changed) and _state(root / name)[2] != digest:
                return False
        return True


def _state(path: Path) -> tuple[int, int, str]:
    """Size, time and digest; of a folder the digest is that of its names, so that a new file in it is noticed."""
    stat = path.stat()
    content = _names(path) if path.is_dir() else path.read_bytes()
    return stat.st_size, stat.st_mtime_ns, hashlib.sha256(content).hexdigest()


def _names(folder: Path) -> bytes:
    return "\n".join(sorted(entry.name for entry in folder.iterdir())).encode()


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns


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
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return cls()

    def unchanged(self, root: Path, document: str, request: str) -> list[Path] | None:
        """The files built of `document`, where nothing they were made from has changed and they are still there."""
        try:
            entry = self.documents[document]
            if entry["request"] != request or entry["root"] != str(root):
                return None
            inputs = Inputs({name: tuple(state) for name, state in entry["inputs"].items()})
            outputs = {Path(name): tuple(state) for name, state in entry["files"].items()}
        except (KeyError, TypeError, AttributeError):
            return None
        if not inputs.unchanged(root) or any(_stamp(path) != stamp for path, stamp in outputs.items()):
            return None
        return list(outputs)

    def note(self, root: Path, document: str, request: str, inputs: Inputs, files: Sequence[Path]) -> None:
        """Remember what `document` was built from and into."""
        self.documents[document] = {
            "request": request,
            "root": str(root),
            "inputs": inputs.files,
            "files": {str(path): _stamp(path) for path in files},
        }

    def write(self, out: Path) -> None:
        """Write the record into `out`."""
        data = {"version": _VERSION, "documents": self.documents}
        write(out / NAME, json.dumps(data, ensure_ascii=False, sort_keys=True).encode())
