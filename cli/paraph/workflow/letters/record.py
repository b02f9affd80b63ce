"""What is known of the letters in a folder: a line of JSON for each, so that a run goes on where another one stopped.

::

    {"v": 1, "letters": "letter-visit", "as": "malta", "to": "recipients.csv"}
    ["000002-ministry.en.docx", "9f0c…", 11648, 1764115200000000000]

The first line says which letters they are. Every other is a file, what decided its content, its size and its time of
change. The process that writes a letter adds it, when the letter is whole and before it takes its place: so every
letter that is in its place is on record, whichever process was killed, and whenever. Of several lines on a file that
counts which says what is there, else the last: who was killed between the two left the letter of before in its place. A
line that was cut short by a crash says nothing. A file that is as no line says was changed by hand, or is somebody's:
it is never replaced.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from paraph.errors import UsageError
from paraph.workflow.files import Stamp, replacing, stamp

NAME = ".paraph-letters.jsonl"
CLUSTERED = ".paraph-letters.json"
"""The record of letters that the workers of a scheduler make (workflow/letters/chunks.py)."""
EMPTY, NOTED = "index", "index with notes"
"""What an index was made of, on record: it need not be read again where nobody has noted anything in it."""
VOLUME = "volume"
"""What a volume of all letters was made of, on record."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Batch:
    """Which letters stand in a place: the document, the member that sends it alone (or ""), the name of the table."""

    document: str
    member: str = ""
    table: str = ""

    @property
    def head(self) -> dict[str, object]:
        """As the first line of a record."""
        return {"v": 1, "letters": self.document, "as": self.member, "to": self.table}

    def before(self, head: Any, shown: object) -> str:
        """The table of the letters that stand there, where it is another one; "" where that is not known.

        Raises UsageError where `head` is that of other letters: theirs would be replaced, or mixed with these.
        """
        if not isinstance(head, dict) or "letters" not in head:
            return ""
        if (head["letters"], head.get("as", "")) != (self.document, self.member):
            sender = f", sent by {head['as']}" if head.get("as") else ""
            message = f"{shown} holds the letters {head['letters']}{sender}"
            raise UsageError(message, "Name another place after --out for these.")
        table = str(head.get("to", ""))
        return table if table != self.table else ""


@dataclass(slots=True)
class LetterRecord:
    """The record of a folder as a run found it."""

    folder: Path
    known: dict[str, tuple[str, Stamp]] = field(default_factory=dict)
    before: str = ""

    @classmethod
    def of(cls, folder: Path, batch: Batch) -> LetterRecord:
        """That of a folder, which is made where there is none; ready to be added to. Raises UsageError where there are
        other letters; `before` is the table of these, where it was another one."""
        folder.mkdir(parents=True, exist_ok=True)
        self, path = cls(folder), folder / NAME
        lines, head = 0, None
        several: dict[str, list[tuple[str, Stamp]]] = {}
        with suppress(OSError, UnicodeDecodeError), path.open(encoding="utf-8") as file:
            with suppress(ValueError):
                head = json.loads(file.readline())
            self.before = batch.before(head, folder)
            if isinstance(head, dict) and head.get("v") == 1:
                for one in file:
                    lines += 1
                    with suppress(ValueError, TypeError):
                        name, key, size, time = json.loads(one)
                        if name in self.known:
                            several.setdefault(name, []).append(self.known[name])
                        self.known[name] = (key, (size, time))
        for name, before in several.items():
            if not self.is_as_made(name):
                there = self._there(name)
                self.known[name] = next((one for one in before if one[1] == there), self.known[name])
        if lines > 2 * len(self.known) or head != batch.head or not self.known:
            with replacing(path) as part, part.open("w", encoding="utf-8") as file:
                file.write(json.dumps(batch.head) + "\n")
                file.writelines(line(name, key, *made) for name, (key, made) in self.known.items())
        elif path.read_bytes()[-1:] != b"\n":
            with path.open("a", encoding="utf-8") as file:
                file.write("\n")
        return self

    def has(self, name: str, key: str) -> bool:
        """Whether the letter is there, made of the same, and as it was written."""
        return name in self.known and self.known[name][0] == key and self.is_as_made(name)

    def is_as_made(self, name: str) -> bool:
        """Whether a file is there as a run has written it, of whatever it was made."""
        return name in self.known and self._there(name) == self.known[name][1]

    def _there(self, name: str) -> Stamp | None:
        with suppress(OSError):
            return stamp(self.folder / name)
        return None


def line(name: str, key: str, size: int, time: int) -> str:
    """The line on a letter."""
    return json.dumps((name, key, size, time), separators=(",", ":")) + "\n"
