"""The files of one run: read once, each with what was found in it."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from paraph.library.reader import MAX_BYTES, read
from paraph.library.validate import validate
from paraph.model.finding import Finding, Source

_S = TypeVar("_S", bound=BaseModel)
MAX_ASSET = 10_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """Reads files below `root`. `findings` and `paths` (every file that was opened, with the SHA-256 of what was read)
    grow as it goes."""

    root: Path
    findings: list[Finding] = field(default_factory=list)
    paths: dict[str, str] = field(default_factory=dict)

    def add(self, findings: Iterable[Finding]) -> None:
        """Keep `findings`."""
        self.findings.extend(findings)

    def raw(self, path: str, limit: int = MAX_ASSET) -> bytes | None:
        """What stands in a file, at most one byte more than `limit`; a finding and None where it cannot be read."""
        self.paths[path] = ""
        try:
            if not stat.S_ISREG((self.root / path).stat().st_mode):
                self._unreadable(path, "it is no ordinary file")
                return None
            with (self.root / path).open("rb") as file:
                data = file.read(limit + 1)
            self.paths[path] = hashlib.sha256(data).hexdigest()
            return data
        except FileNotFoundError:
            self.add([Source(file=path).finding("file-missing", "this file is missing", "Write it, or restore it.")])
            return None
        except (OSError, ValueError) as error:
            self._unreadable(path, getattr(error, "strerror", None) or str(error))
            return None

    def asset(self, path: str) -> bytes | None:
        """A picture or template, as it is; a finding and None where it cannot be read or is too large."""
        data = self.raw(path)
        if data is not None and len(data) > MAX_ASSET:
            message, advice = f"the file is larger than {MAX_ASSET // 1_000_000} MB", "Make it smaller."
            self.add([Source(file=path).finding("file-too-large", message, advice)])
            return None
        return data

    def _unreadable(self, path: str, why: str) -> None:
        message, advice = f"the file cannot be read: {why}", "Check its name and who may read it."
        self.add([Source(file=path).finding("unreadable-file", message, advice)])

    def yaml(self, path: str) -> tuple[dict[str, Any] | None, Source]:
        """The mapping in a YAML file, or None, with findings."""
        raw = self.raw(path, MAX_BYTES)
        if raw is None:
            return None, Source(file=path)
        data, source, findings = read(path, raw)
        self.add(findings)
        return data, source

    def shaped(self, shape: type[_S], data: dict[str, Any], source: Source) -> _S | None:
        """`data` as `shape`, or None, with findings."""
        found, findings = validate(shape, data, source)
        self.add(findings)
        return found

    def file(self, path: str, shape: type[_S]) -> tuple[_S | None, dict[str, Any], Source]:
        """A file as `shape` or None, its raw mapping (empty where there is none), and its source."""
        data, source = self.yaml(path)
        return (self.shaped(shape, data, source) if data is not None else None), data or {}, source
