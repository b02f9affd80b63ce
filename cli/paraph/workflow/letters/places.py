"""Where letters go: a folder, in which each process writes its own, or one ZIP that the first process writes.

A letter is written beside its place, noted in the record and renamed into its place, so that whoever stops a run, and
however, finds whole letters only, each of which is on record. They are not flushed to disk one by one, which would take
longer than making them.
"""

from __future__ import annotations

import errno
import io
import json
import os
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from paraph.errors import UsageError
from paraph.model.letter import Recipient
from paraph.workflow.files import replacing, sweep
from paraph.workflow.letters.index import index_csv, index_xlsx
from paraph.workflow.letters.merge import VOLUME, VOLUMES
from paraph.workflow.letters.record import NAME, LetterRecord, line
from paraph.workflow.letters.worker import Result, Writer

FORMATS = ("docx", "pdf")
_DATE = (1980, 1, 1, 0, 0, 0)
INDEX = "index"


def file_name(recipient: Recipient, format_: str) -> str:
    """The name of a letter's file: it sorts as the table, and says to whom it goes and in which language."""
    return f"{recipient.name}.{recipient.language}.{format_}"


class Place(Protocol):
    """Where letters go. `written` counts the files of letters that were."""

    @property
    def writer(self) -> Writer:
        """What the processes write with."""

    @property
    def written(self) -> int:
        """How many were written."""

    def has(self, name: str, key: str) -> bool:
        """Whether a letter made of the same is there."""

    def add(self, results: Sequence[Result]) -> None:
        """Letters that were made."""

    def left(self, everyone: Iterator[Recipient], key: Callable[[Recipient], str], merged: bool) -> tuple[str, ...]:
        """Files of an earlier run that would not be made now: they must not be sent by mistake.

        `key` says what a recipient's files are made of; `merged`: volumes of all letters are made in this run.
        """

    def finish(self, everyone: Callable[[], Iterator[Recipient]], merged: bool) -> tuple[Path, ...]:
        """The index of all letters, and with `merged` all pages in one file; the paths of these."""


def place_for(out: Path, formats: tuple[str, ...]) -> AbstractContextManager[Place]:
    """The place at a path. Raises UsageError where something else is there."""
    if out.suffix.lower() == ".zip":
        if out.is_dir():
            raise UsageError(f"{out} is a folder", "Name a file after --out, or a folder without .zip.")
        return _zip(out, formats)
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is a file", "Name a folder after --out, or a file that ends in .zip.")
    return _folder(out, formats)


@contextmanager
def _folder(out: Path, formats: tuple[str, ...]) -> Iterator[Place]:
    writer = FolderWriter(str(out))
    try:
        yield Folder(LetterRecord.of(out), writer, formats)
    finally:
        writer.close()
    sweep(out)


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
    written: int = 0

    def has(self, name: str, key: str) -> bool:
        """Whether the letter is there as it was written."""
        return self.record.has(name, key)

    def add(self, results: Sequence[Result]) -> None:
        """Count letters that processes have written."""
        self.written += len(results)

    def left(self, everyone: Iterator[Recipient], key: Callable[[Recipient], str], merged: bool) -> tuple[str, ...]:
        """Files on record whose recipient is not in the table, or has another language or another letter by now.

        Volumes of all letters are among them where letters have changed and no volume is made of these.
        """
        known = {name: made_of for name, (made_of, _) in self.record.known.items()}
        count = 0
        for one in everyone:
            count += 1
            for format_ in FORMATS:
                name = file_name(one, format_)
                if name in known and (format_ in self.formats or known[name] == key(one)):
                    del known[name]
        gone = [name for name in known if (self.record.folder / name).is_file()]
        volumes = sorted(path.name for path in self.record.folder.glob(VOLUMES))
        if merged:
            gone += volumes[-(-count // VOLUME) :]
        elif self.written or gone:
            gone += volumes
        return tuple(sorted(gone))

    def finish(self, everyone: Callable[[], Iterator[Recipient]], merged: bool) -> tuple[Path, ...]:
        """index.csv, index.xlsx, and letters.pdf."""
        folder = self.record.folder
        paths = [folder / f"{INDEX}.csv", folder / f"{INDEX}.xlsx"]
        for path, write in zip(paths, (index_csv, index_xlsx), strict=True):
            with replacing(path) as part, part.open("wb") as file:
                write(file, everyone(), self.formats)
        if merged:
            from paraph.workflow.letters.merge import merge

            paths += merge(folder, (file_name(one, "pdf") for one in everyone()))
        return tuple(paths)


@contextmanager
def _zip(out: Path, formats: tuple[str, ...]) -> Iterator[Place]:
    with ExitStack() as stack:
        part = stack.enter_context(replacing(out))
        old: zipfile.ZipFile | None = None
        known: dict[str, str] = {}
        with suppress(OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError):
            old = stack.enter_context(zipfile.ZipFile(out))
            known = dict(json.loads(old.read(NAME)))
        archive = stack.enter_context(zipfile.ZipFile(part, "w", zipfile.ZIP_STORED, allowZip64=True))
        yield Zip(archive, old, known, formats, out)


def _handed_over(name: str, key: str, data: bytes) -> bytes:
    return data


@dataclass(slots=True)
class Zip:
    """One stored ZIP, made anew at each run: what is in the old one and made of the same is copied."""

    archive: zipfile.ZipFile
    old: zipfile.ZipFile | None
    known: dict[str, str]
    formats: tuple[str, ...]
    path: Path
    writer: Writer = _handed_over
    written: int = 0
    made: dict[str, str] = field(default_factory=dict)

    def has(self, name: str, key: str) -> bool:
        """Whether it was in the old one, from which it is then copied."""
        if self.old is None or self.known.get(name) != key:
            return False
        try:
            data = self.old.read(name)
        except (KeyError, zipfile.BadZipFile, OSError):
            return False
        self._put(name, data)
        self.made[name] = key
        return True

    def add(self, results: Sequence[Result]) -> None:
        """Put letters into the archive."""
        for name, key, data in results:
            self._put(name, data)
            self.made[name] = key
            self.written += 1

    def left(self, everyone: Iterator[Recipient], key: Callable[[Recipient], str], merged: bool) -> tuple[str, ...]:
        """None: the archive is made anew of what is in the table."""
        return ()

    def finish(self, everyone: Callable[[], Iterator[Recipient]], merged: bool) -> tuple[Path, ...]:
        """The index, inside."""
        if merged:
            raise UsageError("one PDF of all letters goes into a folder", "Name a folder after --out.")
        for name, write in ((f"{INDEX}.csv", index_csv), (f"{INDEX}.xlsx", index_xlsx)):
            buffer = io.BytesIO()
            write(buffer, everyone(), self.formats)
            self._put(name, buffer.getvalue())
        self._put(NAME, json.dumps(self.made).encode())
        return (self.path,)

    def _put(self, name: str, data: bytes) -> None:
        info = zipfile.ZipInfo(name, _DATE)
        info.create_system = 0
        self.archive.writestr(info, data)
