"""The register out and in: as JSON Lines, which suit git and outlive any database, and as a backup of all of it.

An export has one event a line, its canonical bytes as they were hashed, so that the same register gives the same file
and a longer one the same file with lines added. Files of evidence lie beside it where that is asked, each under its
digest. Persons are in no export: only a backup knows their names.
"""

from __future__ import annotations

import codecs
import hashlib
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from paraph.errors import NewerError, RefusedError, RegisterError, UsageError
from paraph.model.event import Head
from paraph.model.fault import Fault
from paraph.workflow.files import replacing
from paraph.workflow.record.ledger import opened, settings, to_look

if TYPE_CHECKING:
    from paraph.register.reader import Reader
    from paraph.register.store import Register

_LONGEST = 50_000_000
"""Bytes of the longest line that is read: a version holds all of its texts."""
_SQLITE = b"SQLite format 3\0"
_DIGEST = re.compile("[0-9a-f]{64}")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_Take: TypeAlias = Callable[[str, bytes], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Moved:
    """What went out or came in: events and files of evidence; `head` is where the register stands.

    `missing` counts the files that the events name and that are not kept here, `persons` the names that came along.
    """

    events: int
    files: int
    head: Head
    missing: int = 0
    persons: int = 0


def export(root: Path, target: Path | BinaryIO, evidence: Path | None = None) -> Moved:
    """Write the chain to `target`, and the files kept as evidence into the folder or ZIP archive `evidence`.

    A file that is there is replaced where it is an earlier export of this register. Raises RefusedError where it is
    not: two histories that went different ways are a matter to look into, not to overwrite.
    """
    with ExitStack() as stack:
        register = stack.enter_context(opened(root, to_look(root)))
        reader = stack.enter_context(register.reading())
        bodies: Iterable[bytes] = reader.bodies()
        out = target
        if isinstance(out, Path):
            if out.exists():
                bodies = _continuing(out, stack.enter_context(out.open("rb")), bodies)
            out = stack.enter_context(stack.enter_context(replacing(out)).open("wb"))
        count = 0
        for count, body in enumerate(bodies, 1):  # noqa: B007  # the last count is what is wanted
            out.write(body + b"\n")
        files = _write_evidence(reader, evidence) if evidence else 0
        return Moved(events=count, files=files, head=reader.head())


def _continuing(path: Path, before: BinaryIO, bodies: Iterable[bytes]) -> Iterator[bytes]:
    lines = _lines(before)
    for number, body in enumerate(bodies, 1):
        if next(lines, body) != body:
            raise RefusedError(
                f"{path} is no earlier export of this register: they differ from line {number} on",
                advice=f"Look into it: “paraph register verify --heads {path}”. Or name another file.",
            )
        yield body
    if next(lines, None) is not None:
        raise RefusedError(
            f"{path} has more events than this register",
            advice=f"Was the register cut? “paraph register verify --heads {path}” looks. Or name another file.",
        )


def _write_evidence(reader: Reader, target: Path) -> int:
    with _evidence_out(target) as take:
        count = 0
        for digest, data in reader.files():
            if not _DIGEST.fullmatch(digest):  # in a register from elsewhere, a path out of the folder
                advice = "The register was altered. “paraph register verify” says where."
                raise RegisterError(f"a file is kept as “{digest[:64]}”, which is no digest", advice)
            take(digest, data)
            count += 1
    return count


@contextmanager
def _evidence_out(target: Path) -> Iterator[_Take]:
    """A function that writes one file of evidence under its digest, into an archive (.zip) or a folder.

    The same files give the same archive, byte for byte.
    """
    if target.suffix.lower() == ".zip":
        with replacing(target) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            yield lambda digest, data: archive.writestr(zipfile.ZipInfo(digest, _LONG_AGO), data, zipfile.ZIP_DEFLATED)
        return
    target.mkdir(parents=True, exist_ok=True)
    yield lambda digest, data: _write_new(target / digest, data)


def _write_new(path: Path, data: bytes) -> None:
    if not path.exists():
        with replacing(path) as part:
            part.write_bytes(data)


def import_(root: Path, source: Path, evidence: Path | None = None) -> Moved:
    """Bring the register of the workspace to where an export or a backup stands: it must be empty or a beginning of it.

    All or nothing. Of a backup, evidence and persons come with it. Raises RefusedError at the first event that is not
    as the events before it make it, RegisterError where the two went different ways or a line is no event.
    """
    from paraph.register.store import Register

    with ExitStack() as stack:
        try:
            file = stack.enter_context(source.open("rb"))
        except OSError as error:
            raise UsageError(f"{source} cannot be read: {error.strerror}", "Name an export or a backup.") from error
        backup = file.peek(len(_SQLITE)).startswith(_SQLITE)
        target = stack.enter_context(opened(root, settings(root), create=True))
        if not backup:
            return _extend(target, source, _lines(file), _files_in(evidence, stack) if evidence else None)
        if evidence:
            raise UsageError("a backup has its evidence in it", "Leave --evidence out.")
        held = Register.open(f"sqlite:///{source.resolve()}", Path())
        stack.callback(held.close)
        reader = stack.enter_context(held.reading())
        return _extend(target, source, reader.bodies(), lambda _: (data for _, data in reader.files()), reader)


def _extend(
    target: Register,
    source: Path,
    bodies: Iterable[bytes],
    files: Callable[[set[str]], Iterable[bytes]] | None,
    persons: Reader | None = None,
) -> Moved:
    from paraph.register.chain import Chain
    from paraph.register.codec import read_event
    from paraph.register.evidence import named
    from paraph.register.recount import Recount

    chain, recount, wanted, taken = Chain(), Recount(), set[str](), 0

    def judged() -> Iterator[bytes]:
        for number, body in enumerate(bodies, 1):
            if not body:
                advice = "An export has an event in every line: delete the line, or take another copy."
                raise RegisterError(f"{source.name}:{number}: this line is empty; nothing was written", advice)
            try:
                read = read_event(body)
            except NewerError:
                raise
            except RegisterError as error:
                advice = error.advice or "The copy is cut or altered: take another."
                raise RegisterError(f"{source.name}:{number}: {error.message}; nothing was written", advice) from error
            if wrong := chain.take(body)[1]:
                what = (
                    f"the chain is broken at event {read.number}, or was altered in the one before; nothing was written"
                )
                raise RefusedError(what, tuple(map(str, wrong)))
            if wrong := recount.take(body)[1]:
                what = "the events do not come to what they say; nothing was written"
                raise RefusedError(what, tuple(map(str, wrong)))
            wanted.update(named(read.fact))
            yield body

    def counted() -> Iterator[bytes]:
        nonlocal taken
        for data in files(wanted) if files else ():
            taken += 1
            yield data

    with target.reading() as reader:
        before = len(reader.persons())
    events = target.extend(judged(), counted(), persons.persons() if persons else ())
    with target.reading() as reader:
        missing = len(wanted - set(reader.kept(wanted)) - set(reader.erased()))
        known = len(reader.persons()) - before
        return Moved(events=events, files=taken, head=reader.head(), missing=missing, persons=known)


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines of an export, without their ends, and the mark that an editor puts before the first; git may have made
    them end as on Windows."""
    mark = codecs.BOM_UTF8
    while line := file.readline(_LONGEST):
        if len(line) == _LONGEST:
            raise UsageError(f"a line is longer than {_LONGEST // 1_000_000} MB: this is no export")
        yield line.rstrip(b"\r\n").removeprefix(mark)
        mark = b""


def _files_in(evidence: Path, stack: ExitStack) -> Callable[[set[str]], Iterator[bytes]]:
    """The files of a folder or an archive that are wanted. What is not what its name says is refused."""
    from paraph.register.store import LARGEST

    def read(digest: str) -> bytes:
        return archive.read(digest) if archive else (evidence / digest).read_bytes()

    archive = None
    if evidence.is_dir():
        sizes = {path.name: path.stat().st_size for path in evidence.iterdir() if path.is_file()}
    else:
        try:
            archive = stack.enter_context(zipfile.ZipFile(evidence))
        except (OSError, zipfile.BadZipFile) as error:
            advice = "Name the folder or the .zip that “paraph register export --evidence” wrote."
            raise UsageError(f"{evidence} is neither a folder nor an archive of evidence", advice) from error
        sizes = {one.filename: one.file_size for one in archive.infolist()}

    def files(wanted: set[str]) -> Iterator[bytes]:
        for digest in sorted(wanted & sizes.keys()):
            if sizes[digest] > LARGEST:
                raise UsageError(f"{digest} is too large to be evidence")
            data = read(digest)
            if hashlib.sha256(data).hexdigest() != digest:
                what = f"{digest} in {evidence} is not the file that its name says"
                raise UsageError(what, "Take it from elsewhere.")
            yield data

    return files


def backup(root: Path, target: Path, *, force: bool = False) -> tuple[Moved, tuple[Fault, ...]]:
    """Write the register as it stands, with evidence and persons, to `target`, an SQLite register; with what `verify`
    says of it, since only a backup that was read again is one."""
    from paraph.register.store import Register
    from paraph.register.verify import verify

    if target.exists() and not force:
        raise UsageError(f"{target} is there already", "Name a new file, or add --force.")
    with opened(root, to_look(root)) as register, replacing(target) as part:
        part.unlink()
        register.backup(part)
        copy = Register.open(f"sqlite:///{part}", Path())
        try:
            with copy.reading() as reader:
                wrong = tuple(verify(reader))
                head, files, known = reader.head(), sum(1 for _ in reader.kept()), len(reader.persons())
        finally:
            copy.close()
    return Moved(events=head.number, files=files, head=head, persons=known), wrong
