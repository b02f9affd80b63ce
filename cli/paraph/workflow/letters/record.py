"""What is known of the letters in a folder: a line of JSON for each, so that a run goes on where another one stopped.

::

    {"v": 1}
    ["000002-ministry.en.docx", "9f0c…", 11648, 1764115200000000000]

A line is added when a letter is whole: its file, what decided its content, its size and time of change. The last line
on a file counts; one that was cut short by a crash says nothing. A letter that is not as its line says is made again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TypeAlias

from paraph.workflow.files import Stamp, replacing

NAME = ".paraph-letters.jsonl"
_HEAD = '{"v": 1}\n'

Made: TypeAlias = tuple[str, str, int, int]
"""A letter's file, key, size and time of change in ns."""


@dataclass(slots=True)
class LetterRecord:
    """The record of a folder; a context manager, open to be added to in between."""

    folder: Path
    known: dict[str, tuple[str, Stamp]] = field(default_factory=dict)
    _file: IO[str] | None = None

    def __enter__(self) -> LetterRecord:
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / NAME
        lines = 0
        with suppress(OSError, UnicodeDecodeError), path.open(encoding="utf-8") as file:
            if file.readline() == _HEAD:
                for line in file:
                    lines += 1
                    with suppress(ValueError, TypeError):
                        name, key, size, time = json.loads(line)
                        self.known[name] = (key, (size, time))
        if lines > 2 * len(self.known) or not path.is_file() or not self.known:
            with replacing(path) as part, part.open("w", encoding="utf-8") as file:
                file.write(_HEAD)
                file.writelines(_line((name, key, *stamp)) for name, (key, stamp) in self.known.items())
        elif path.read_bytes()[-1:] != b"\n":
            with path.open("a", encoding="utf-8") as file:
                file.write("\n")
        self._file = path.open("a", encoding="utf-8")
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def has(self, name: str, key: str) -> bool:
        """Whether the letter is there, made of the same, and as it was written."""
        found = self.known.get(name)
        if found is None or found[0] != key:
            return False
        with suppress(OSError):
            stat = (self.folder / name).stat()
            return (stat.st_size, stat.st_mtime_ns) == found[1]
        return False

    def add(self, made: Iterable[Made]) -> None:
        """Letters that are whole."""
        assert self._file is not None
        self._file.writelines(map(_line, made))
        self._file.flush()


def _line(made: Made) -> str:
    return json.dumps(made, separators=(",", ":")) + "\n"
