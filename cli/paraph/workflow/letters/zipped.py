"""Letters in one ZIP, which the first process writes: the new one whole, or still the old one."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from paraph.errors import UsageError
from paraph.model.letter import Recipient, Which
from paraph.workflow.files import replacing
from paraph.workflow.letters.index import INDEXES, Index, file_name
from paraph.workflow.letters.notes import Notes, noted
from paraph.workflow.letters.record import NAME, Batch
from paraph.workflow.letters.worker import Result, Writer

_DATE = (1980, 1, 1, 0, 0, 0)


@contextmanager
def zipped(out: Path, formats: tuple[str, ...], batch: Batch) -> Iterator[Zip]:
    """The ZIP of letters at a path. Raises UsageError where another file is there, or other letters."""
    with ExitStack() as stack:
        old, known, notes = _old(out, batch, stack) if out.exists() else (None, {}, Notes())
        part = stack.enter_context(replacing(out))
        archive = stack.enter_context(zipfile.ZipFile(part, "w", zipfile.ZIP_STORED, allowZip64=True))
        yield Zip(archive, old, known, formats, out, batch, notes)


def _old(out: Path, batch: Batch, stack: ExitStack) -> tuple[zipfile.ZipFile, dict[str, str], Notes]:
    """The letters of an earlier run, and what was noted of them. Raises UsageError where `out` is no such ZIP."""
    try:
        old = stack.enter_context(zipfile.ZipFile(out))
        head = json.loads(old.read(NAME))
        known = dict(head["files"] if "v" in head else head)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError):
        raise UsageError(f"{out} holds no letters, and would be replaced", "Name another file after --out.") from None
    if table := batch.before(head, out):
        message = f"{out} holds the letters to the recipients of {table}, and would be replaced"
        raise UsageError(message, "Name another file after --out.")
    folder = Path(stack.enter_context(TemporaryDirectory(prefix="paraph-")))
    with suppress(KeyError, zipfile.BadZipFile):
        return old, known, noted([Path(old.extract(name, folder)) for name in INDEXES])
    return old, known, Notes()


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
    batch: Batch
    notes: Notes
    writer: Writer = _handed_over
    written: int = 0
    before: str = ""
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

    def not_ours(self, everyone: Iterator[Recipient]) -> tuple[str, ...]:
        """None: what is in it was put there by a run, or the archive would not be opened."""
        return ()

    def add(self, results: Sequence[Result]) -> None:
        """Put letters into the archive."""
        for name, key, data in results:
            self._put(name, data)
            self.made[name] = key
            self.written += 1

    def left(self, everyone: Iterator[Recipient], key: Callable[[Recipient], str], merged: bool) -> tuple[str, ...]:
        """None: the archive is made anew of what is in the table."""
        return ()

    def finish(
        self, everyone: Callable[[], Iterator[Recipient]], drafts: Collection[Which], merged: bool
    ) -> tuple[Path, ...]:
        """The index, inside."""
        if merged:
            raise UsageError("one PDF of all letters goes into a folder", "Name a folder after --out.")
        self._sort(everyone())
        for name, write in INDEXES.items():
            buffer = io.BytesIO()
            write(buffer, Index(everyone, self.formats, drafts, self.notes))
            self._put(name, buffer.getvalue())
        self._put(NAME, json.dumps({**self.batch.head, "files": self.made}).encode())
        return (self.path,)

    def _sort(self, everyone: Iterator[Recipient]) -> None:
        """The letters in the order of the table, not as they were made; names of ids do not sort so."""
        places = {file_name(one, format_): at for at, one in enumerate(everyone) for format_ in self.formats}
        self.archive.filelist.sort(key=lambda info: (places[info.filename], info.filename))

    def _put(self, name: str, data: bytes) -> None:
        info = zipfile.ZipInfo(name, _DATE)
        info.create_system = 0
        self.archive.writestr(info, data)
