"""The files of a release, made in a folder of their own from nothing but what is given: docs/release.md."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from paraph.errors import BrokenError
from paraph.library.release_record import write_statement
from paraph.model.finding import Finding
from paraph.model.release import RECORD, SUMS, ReleasedFile, Statement
from paraph.workflow.building.build import Request, Task, make_files, tasks_of
from paraph.workflow.files import part_folder
from paraph.workflow.record.versions import sources
from paraph.workflow.releases.attest import Making, attest


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """A folder with all files of a release but not in its place yet; their digests by name; `record` is record.json,
    `sources` the bytes of all that they were made from."""

    folder: Path
    digests: Mapping[str, str]
    record: bytes
    sources: tuple[bytes, ...]


def found_in(making: Making) -> tuple[Finding, ...]:
    """What the assembly finds of all editions that a release is to have, as they will be printed."""
    *_, found = _planned(making, Path())
    return tuple(found)


def _planned(making: Making, folder: Path) -> tuple[list[Task], Request, list[Finding]]:
    """The files of a release, to be made in `folder`, as they are asked for, and what is wrong with them."""
    from paraph.render.formats import FORMATS

    snap = making.snap
    wanted = Request(
        documents=(snap.manifest.id,),
        formats=making.formats or tuple(FORMATS),
        members=("", *making.members) if making.members else (),
        out=folder,
    )
    manifest = replace(snap.manifest, reference=making.reference)
    tasks, found = tasks_of(snap.library, manifest, wanted, making.printed(), snap.terms)
    return tasks, wanted, found


@contextmanager
def made(root: Path, making: Making, beside: Path) -> Iterator[Made]:
    """Make the files of a release from its sources in `root`, in a new folder in `beside`, which is taken away where it
    was not moved.

    Raises UsageError where a source changed meanwhile; FidelityError and RenderError from the renderers.
    """
    with part_folder(beside) as folder:
        tasks, wanted, _ = _planned(making, folder)  # a release of before today's checks is made again, too
        for _ in make_files(tasks, wanted):
            pass
        kept = tuple(sources(root, making.snap.files))  # who edits meanwhile is told, and decides again
        files = tuple(_described(task) for task in tasks)
        documents = [task.edition.documents[0] for task in tasks if len(task.edition.documents) == 1]
        single = {one.language.code: one for one in documents if not one.member}
        record = write_statement(Statement(files=files, record=attest(making, single.values())))
        (folder / RECORD).write_bytes(record)
        digests = {one.name: one.digest for one in files} | {RECORD: hashlib.sha256(record).hexdigest()}
        write_sums(folder, digests)
        yield Made(folder=folder, digests=digests, record=record, sources=kept)


def write_sums(folder: Path, digests: Mapping[str, str]) -> None:
    """SHA256SUMS, as `sha256sum -c` reads it; then the folder is on disk, as others may read it."""
    sums = "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items()))
    (folder / SUMS).write_text(sums, encoding="utf-8", newline="\n")
    folder.chmod(0o755)
    flush(folder / RECORD, folder / SUMS, folder)


def _described(task: Task) -> ReleasedFile:
    from paraph.render.formats import FORMATS

    data = task.path.read_bytes()
    return ReleasedFile(
        name=task.path.name,
        digest=hashlib.sha256(data).hexdigest(),
        media=FORMATS[task.format].media,
        format=task.format,
        languages=task.edition.languages,
        size=len(data),
        member=task.edition.documents[0].member,
    )


def put(folder: Path, target: Path, reference: str) -> None:
    """Move the files of a release on record to their place. Raises BrokenError where that is taken by now, or cannot
    be written to: the release stands, and its files are made again."""
    try:
        folder.rename(target)
    except OSError as error:
        raise BrokenError(
            f"{reference} is released and on record, but its files cannot be moved to {target}: {error.strerror}",
            f"Move away what is in that place; then “paraph rebuild {reference}” makes them again from the register.",
        ) from error
    flush(target.parent)


def flush(*paths: Path) -> None:
    """What was written is on disk when this returns."""
    for path in paths:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
