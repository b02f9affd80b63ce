"""Where letters go: a folder, in which each process writes its own, or one ZIP that the first process writes.

A letter is written beside its place, noted in the record and renamed into its place, so that whoever stops a run, and
however, finds whole letters only, each of which is on record. They are not flushed to disk one by one, which would take
longer than making them.
"""

from __future__ import annotations

import errno
import os
import re
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from paraph.errors import UsageError
from paraph.model.letter import Recipient, Which
from paraph.workflow.files import Stamp, replacing, stamp, sweep
from paraph.workflow.letters.index import FORMATS, INDEXES, Index, file_name
from paraph.workflow.letters.merge import MOST, VOLUMES
from paraph.workflow.letters.notes import Notes, noted
from paraph.workflow.letters.record import CLUSTERED, EMPTY, NAME, NOTED, VOLUME, Batch, LetterRecord, line
from paraph.workflow.letters.worker import Result, Writer
from paraph.workflow.letters.zipped import zipped

_PART = re.compile(r"\..+\.[0-9]{8,}\.part")


class Place(Protocol):
    """Where letters go. `written` counts the files of letters that were."""

    @property
    def writer(self) -> Writer:
        """What the processes write with."""

    @property
    def written(self) -> int:
        """How many were written."""

    @property
    def before(self) -> str:
        """The table of the letters that were there, where it was another one."""

    def has(self, name: str, key: str) -> bool:
        """Whether a letter made of the same is there."""

    def not_ours(self, everyone: Iterator[Recipient]) -> tuple[str, ...]:
        """Files in the place of letters that no run has made, or that were changed since: they would be replaced."""

    def add(self, results: Sequence[Result]) -> None:
        """Letters that were made."""

    def left(self, everyone: Iterator[Recipient], key: Callable[[Recipient], str], merged: bool) -> tuple[str, ...]:
        """Files of an earlier run that would not be made now: they must not be sent by mistake.

        `key` says what a recipient's files are made of; `merged`: volumes of all letters are made in this run.
        """

    def finish(
        self, everyone: Callable[[], Iterator[Recipient]], drafts: Collection[Which], merged: bool
    ) -> tuple[Path, ...]:
        """The index of all letters, those of `drafts` as drafts, and with `merged` all pages in one file; the paths."""


def place_for(out: Path, formats: tuple[str, ...], batch: Batch, merged: bool = False) -> AbstractContextManager[Place]:
    """The place of letters at a path; `merged`: volumes of all letters are to be made there. Raises UsageError where
    something else is there, or other letters."""
    if out.suffix.lower() == ".zip":
        if out.is_dir():
            raise UsageError(f"{out} is a folder", "Name a file after --out, or a folder without .zip.")
        return zipped(out, formats, batch)
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is a file", "Name a folder after --out, or a file that ends in .zip.")
    return _folder(out, formats, batch, merged)


@contextmanager
def _folder(out: Path, formats: tuple[str, ...], batch: Batch, merged: bool) -> Iterator[Place]:
    begun = time.time()
    if (out / CLUSTERED).exists():
        raise UsageError(f"{out} holds letters of a scheduler", "Name another folder after --out.")
    record = LetterRecord.of(out, batch)
    others = [path for path in sorted(out.glob(VOLUMES)) if merged and not record.has(path.name, VOLUME)]
    if others:
        raise UsageError(
            f"{others[0]} is not as a run has made it, and would be replaced",
            "Move it away, or name another folder after --out.",
        )
    writer = FolderWriter(str(out))
    try:
        yield Folder(record, writer, formats, _notes(record))
    finally:
        writer.close()
    sweep(out)
    for part in out.glob(".*.part"):  # of a letter, which takes a moment: what is older than this run is nobody's
        with suppress(OSError):
            if _PART.fullmatch(part.name) and part.stat().st_mtime < begun:
                part.unlink()


def _notes(record: LetterRecord) -> Notes:
    """What is noted in the index. Where only one of its files was changed since it was made, that one alone says it:
    what was deleted there stays deleted."""
    paths = [record.folder / name for name in INDEXES]
    if all(record.has(path.name, EMPTY) for path in paths):
        return Notes()
    changed = [path for path in paths if path.exists() and not record.is_as_made(path.name)]
    return noted(changed or paths)


@dataclass(slots=True)
class FolderWriter:
    """Writes letters into a folder and its record, from any process; `_record` is a handle of that process."""

    folder: str
    _record: int = -1

    def __call__(self, name: str, key: str, data: bytes) -> bytes:
        """Write one; nothing is left to be written."""
        if self._record < 0:
            self._record = os.open(f"{self.folder}/{NAME}", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
        part = f"{self.folder}/.{name}.{os.getpid():08d}.part"
        try:
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
            with open(handle, "wb", buffering=0) as file:  # noqa: PTH123  # of a handle
                file.write(data)
                stat = os.fstat(handle)
            if stat.st_size != len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), f"{self.folder}/{name}")
            os.write(self._record, line(name, key, stat.st_size, stat.st_mtime_ns).encode())  # at once: no half lines
            os.replace(part, f"{self.folder}/{name}")  # noqa: PTH105  # a path for each of millions
        except BaseException:
            with suppress(OSError):
                os.unlink(part)  # noqa: PTH108
            raise
        return b""

    def close(self) -> None:
        """Let go of the record."""
        if self._record >= 0:
            os.close(self._record)
            self._record = -1


@dataclass(slots=True)
class Folder:
    """A folder of letters with its record."""

    record: LetterRecord
    writer: Writer
    formats: tuple[str, ...]
    notes: Notes
    written: int = 0

    @property
    def before(self) -> str:
        """The table of the letters that were there, where it was another one."""
        return self.record.before

    def has(self, name: str, key: str) -> bool:
        """Whether the letter is there as it was written."""
        return self.record.has(name, key)

    def not_ours(self, everyone: Iterator[Recipient]) -> tuple[str, ...]:
        """Files of these names that are not as their lines on record say."""
        there = {name for name in os.listdir(self.record.folder) if name.endswith(FORMATS)}  # noqa: PTH208  # names alone
        there = {name for name in there if not self.record.is_as_made(name)}
        named = (file_name(one, format_) for one in (everyone if there else ()) for format_ in self.formats)
        return tuple(sorted(there.intersection(named)))

    def add(self, results: Sequence[Result]) -> None:
        """Count letters that processes have written."""
        self.written += len(results)

    def left(self, everyone: Iterator[Recipient], key: Callable[[Recipient], str], merged: bool) -> tuple[str, ...]:
        """Files on record whose recipient is not in the table, or has another language or another letter by now.

        Volumes of all letters are among them where letters have changed and no volume is made of these.
        """
        own = {EMPTY, NOTED, VOLUME}
        known = {name: made_of for name, (made_of, _) in self.record.known.items() if made_of not in own}
        count = 0
        for one in everyone:
            count += 1
            for format_ in FORMATS:
                name = file_name(one, format_)
                if name in known and (format_ in self.formats or known[name] == key(one)):
                    del known[name]
        gone = [name for name in known if (self.record.folder / name).is_file()]
        volumes = sorted(name for name in self.record.known if self.record.has(name, VOLUME))
        if merged:
            gone += volumes[-(-count // MOST) :]
        elif self.written or gone:
            gone += volumes
        return tuple(sorted(gone))

    def finish(
        self, everyone: Callable[[], Iterator[Recipient]], drafts: Collection[Which], merged: bool
    ) -> tuple[Path, ...]:
        """index.csv, index.xlsx, and letters.pdf."""
        folder = self.record.folder
        paths = [folder / name for name in INDEXES]
        index = Index(everyone, self.formats, drafts, self.notes)
        for path, write in zip(paths, INDEXES.values(), strict=True):
            with replacing(path) as part, part.open("wb") as file:
                write(file, index)
        with (folder / NAME).open("a", encoding="utf-8") as record:
            for path in paths:
                record.write(line(path.name, NOTED if self.notes.rows or self.notes.columns else EMPTY, *stamp(path)))
        if merged:
            from paraph.workflow.letters.merge import merge

            paths += merge(folder, (file_name(one, "pdf") for one in everyone()), self._note_volume)
        return tuple(paths)

    def _note_volume(self, name: str, made: Stamp) -> None:
        with (self.record.folder / NAME).open("a", encoding="utf-8") as record:
            record.write(line(name, VOLUME, *made))
