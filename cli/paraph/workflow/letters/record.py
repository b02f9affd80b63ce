"""What is known of the letters in a folder: a line of JSON for each, so that a run goes on where another one stopped.

::

    {"v": 1}
    ["000002-ministry.en.docx", "9f0c…", 11648, 1764115200000000000]

A line is a file, what decided its content, its size and time of change. The process that writes a letter adds it, when
the letter is whole and before it takes its place: so every letter that is in its place is on record, whichever process
was killed, and whenever. The last line on a file counts; one that was cut short by a crash says nothing. A letter that
is not as its line says is made again.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from paraph.workflow.files import Stamp, replacing

NAME = ".paraph-letters.jsonl"
_HEAD = '{"v": 1}\n'


@dataclass(slots=True)
class LetterRecord:
    """The record of a folder as a run found it."""

    folder: Path
    known: dict[str, tuple[str, Stamp]] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path) -> LetterRecord:
        """That of a folder, which is made where there is none; ready to be added to."""
        folder.mkdir(parents=True, exist_ok=True)
        self, path = cls(folder), folder / NAME
        lines = 0
        with suppress(OSError, UnicodeDecodeError), path.open(encoding="utf-8") as file:
            if file.readline() == _HEAD:
                for one in file:
                    lines += 1
                    with suppress(ValueError, TypeError):
                        name, key, size, time = json.loads(one)
                        self.known[name] = (key, (size, time))
        if lines > 2 * len(self.known) or not path.is_file() or not self.known:
            with replacing(path) as part, part.open("w", encoding="utf-8") as file:
                file.write(_HEAD)
                file.writelines(line(name, key, *stamp) for name, (key, stamp) in self.known.items())
        elif path.read_bytes()[-1:] != b"\n":
            with path.open("a", encoding="utf-8") as file:
                file.write("\n")
        return self

    def has(self, name: str, key: str) -> bool:
        """Whether the letter is there, made of the same, and as it was written."""
        found = self.known.get(name)
        if found is None or found[0] != key:
            return False
        with suppress(OSError):
            stat = (self.folder / name).stat()
            return (stat.st_size, stat.st_mtime_ns) == found[1]
        return False


def line(name: str, key: str, size: int, time: int) -> str:
    """The line on a letter."""
    return json.dumps((name, key, size, time), separators=(",", ":")) + "\n"
