"""The files of one run: read once, each with what was found in it."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from paraph.library import model_json
from paraph.library.cache import Cache, key_of
from paraph.model.finding import Finding, KeyPath, Source

if TYPE_CHECKING:
    from pydantic import BaseModel

    _S = TypeVar("_S", bound=BaseModel)

_T = TypeVar("_T")
MAX_BYTES = 1_000_000
MAX_ASSET = 10_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """Reads files below `root`. `findings` and `paths` (every file that was opened, with the SHA-256 of what was read)
    grow as it goes. `cache` holds what earlier runs made of the same files."""

    root: Path
    cache: Cache | None = None
    findings: list[Finding] = field(default_factory=list)
    paths: dict[str, str] = field(default_factory=dict)
    _ahead: dict[str, bytes | None] = field(default_factory=dict)

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

    def once(self, kind: str, path: str, make: Callable[[str], _T], also: str = "") -> _T:
        """`once_of` a single file, whose path `make` is given."""
        return self.once_of(kind, (path,), lambda: make(path), also)

    def once_of(self, kind: str, paths: Sequence[str], make: Callable[[], _T], also: str = "") -> _T:
        """What `make` returns, with what it finds: made now, or kept since it was made of the same files.

        `make` reads the files at `paths` by `yaml` or `file` and depends on nothing else but `also` and the program.
        """
        files = {path: self.raw(path, MAX_BYTES) for path in paths}
        key = ""
        if self.cache is not None and None not in files.values():
            key = key_of(kind, ((path, self.paths[path]) for path in paths), also)
        if self.cache is not None and key and (data := self.cache.get(key)) is not None:
            with suppress(*model_json.NO_MODEL):
                value, findings = model_json.load(data, lambda path: _later(path, files[path] or b""))
                self.add(findings)
                return value  # type: ignore[no-any-return]
        self._ahead.update(files)
        before = len(self.findings)
        made = make()
        if self.cache is not None and key:
            with suppress(TypeError, RecursionError):
                self.cache.put(key, model_json.dump((made, tuple(self.findings[before:]))))
        return made

    def yaml(self, path: str) -> tuple[dict[str, Any] | None, Source]:
        """The mapping in a YAML file, or None, with findings."""
        from paraph.library.written.reader import read

        raw = self._ahead.pop(path) if path in self._ahead else self.raw(path, MAX_BYTES)
        if raw is None:
            return None, Source(file=path)
        data, source, findings = read(path, raw)
        self.add(findings)
        return data, source

    def shaped(self, shape: type[_S], data: dict[str, Any], source: Source) -> _S | None:
        """`data` as `shape`, or None, with findings."""
        from paraph.library.shapes.validate import validate

        found, findings = validate(shape, data, source)
        self.add(findings)
        return found

    def file(self, path: str, shape: type[_S]) -> tuple[_S | None, dict[str, Any], Source]:
        """A file as `shape` or None, its raw mapping (empty where there is none), and its source."""
        data, source = self.yaml(path)
        return (self.shaped(shape, data, source) if data is not None else None), data or {}, source


def _later(path: str, raw: bytes) -> Source:
    """The source of a file that need not be parsed: it is when somebody asks where something stands."""
    return Source(file=path, raw=raw, marks=_Later(path, raw, "marks"), text_lines=_Later(path, raw, "text_lines"))


class _Later(Mapping[KeyPath, Any]):
    """One of the mappings of a source."""

    def __init__(self, path: str, raw: bytes, which: str) -> None:
        self._of = path, raw, which

    @cached_property
    def _found(self) -> Mapping[KeyPath, Any]:
        from paraph.library.written.reader import read

        path, raw, which = self._of
        found: Mapping[KeyPath, Any] = getattr(read(path, raw)[1], which)
        return found

    def __getitem__(self, path: KeyPath) -> Any:
        return self._found[path]

    def __iter__(self) -> Iterator[KeyPath]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)
