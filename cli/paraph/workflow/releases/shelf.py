"""Every release of a workspace, from the records in releases/, with what the register says became of it."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.errors import BrokenError, NoRegisterError, RefusedError
from paraph.library.release_record import LARGEST, read_statement
from paraph.library.written.index import RELEASED
from paraph.model.event import RELEASES, Released
from paraph.model.release import RECORD, Fate, ReleasedFile, ReleaseRecord, Statement
from paraph.workflow.files import half_written, read_file
from paraph.workflow.record.ledger import looked, settings
from paraph.workflow.releases.fates import fates_told, recorded_fates

if TYPE_CHECKING:
    from paraph.register.glance import Look

FOLDER = RELEASED
SIGNATURES = "signatures"
"""The folder in that of a release for what was signed later."""

NOTICE = "notice"
"""The folder in that of a release for the notice of what became of it."""


def folder_of(reference: str) -> str:
    """The name of the folder of a release: its reference, with a hyphen for what a folder cannot be called."""
    return re.sub(r"[ /]+", "-", reference)


def stem(name: str) -> str:
    """What a file of a notice is called before its language and format."""
    return name.rsplit(".", 2)[0]


def passing(name: str) -> bool:
    """Whether a file is none that anybody put there: programs that look into a folder, or edit what is in it, leave
    such beside it, and so does a run that is writing there or was cut off while it did."""
    return half_written(name) or bool(_LEFT_BY_PROGRAMS.fullmatch(name))


_LEFT_BY_PROGRAMS = re.compile(r"\.DS_Store|\._.+|Thumbs\.db|desktop\.ini|~\$.+|\.~lock\..+#", re.IGNORECASE)
"""Those of Finder, of Explorer, of Word and of LibreOffice."""


def alike(reference: str) -> str:
    """What is the same of two references that differ in letters large or small, or in punctuation alone: on some disks
    they have one folder, in WordPress one address, and people take one for the other."""
    return re.sub(r"[^a-z0-9]+", "-", reference.lower()).strip("-")


@dataclass(frozen=True, kw_only=True, slots=True)
class OnShelf:
    """A release in its folder, with what became of it. `digest` is the SHA-256 of its record.json."""

    folder: Path
    digest: str
    record: ReleaseRecord
    files: tuple[ReleasedFile, ...]
    fate: Fate

    @property
    def reference(self) -> str:
        """Its reference number."""
        return self.record.reference

    def file(self, languages: tuple[str, ...], format_: str) -> ReleasedFile | None:
        """The file of an edition in a format, or None where there is none."""
        return next((one for one in self.files if (one.languages, one.format) == (languages, format_)), None)


def releases_of(root: Path) -> tuple[OnShelf, ...]:
    """The releases in the workspace, the latest first.

    Raises RefusedError where a folder in releases/ has no record, or another one than is on record, and where that of a
    release on record is not there: no release is left out in silence, and none is shown that was never recorded. The
    other files are not looked at here. Those of the first days have no record, and are left out.
    """
    with _perhaps(root) as reader:
        recorded = _recorded(reader) if reader else None
        wrong = [
            f"{FOLDER}/{folder_of(reference)} is not there"
            for reference, digest in (recorded or {}).items()
            if digest and not (root / FOLDER / folder_of(reference)).is_dir()
        ]
        found = []
        for folder in sorted(root.glob(f"{FOLDER}/[!.]*/")):
            try:
                found.append((folder, *_read(folder, recorded)))
            except BrokenError as error:
                wrong.append(f"{FOLDER}/{folder.name}: {error.message}")
        if wrong:
            unknown = reader is not None and strangers(root, reader)
            advice = (
                UNKNOWN
                if unknown
                else "Move away what is none; “paraph rebuild REFERENCE” makes one again from the register."
            )
            raise RefusedError("releases cannot be shown", wrong, advice)
        told = fates_told((statement.record for _, _, statement in found), alone=reader is None)
        fates = recorded_fates(reader, told) if reader else told
        if reader and (unknown_notices := strange_notices(root, fates)):
            raise RefusedError("releases cannot be shown", unknown_notices, UNKNOWN)
    shelf = (
        OnShelf(folder=folder, digest=digest, record=one.record, files=one.files, fate=fates[one.record.reference])
        for folder, digest, one in found
    )
    return tuple(sorted(shelf, key=lambda one: (one.record.released, one.reference), reverse=True))


@contextmanager
def _perhaps(root: Path) -> Iterator[Look | None]:
    """The register of the workspace, or None where there is none."""
    try:
        with looked(root, settings(root)) as reader:
            yield reader
    except NoRegisterError:
        yield None


def _recorded(reader: Look) -> dict[str, str]:
    """The digest of record.json of every release on record, by reference."""
    facts = (event.fact for event in reader.events((RELEASES,)))
    return {one.reference: one.files.get(RECORD, "") for one in facts if isinstance(one, Released)}


def strangers(root: Path, reader: Look) -> tuple[str, ...]:
    """What to say of each release in releases/, and of each notice beside one, that is not on record: it came from a
    later register than the one at hand, or from another one."""
    folders = {path.name: path for path in sorted(root.glob(f"{FOLDER}/[!.]*/"))}
    if not folders:
        return ()
    recorded, found = {folder_of(reference) for reference in _recorded(reader)}, []
    for name in folders.keys() - recorded:
        with suppress(BrokenError, OSError):
            reference = read_statement(read_file(folders[name] / RECORD, LARGEST)).record.reference
            if folder_of(reference) == name:
                found.append(f"{FOLDER}/{name}: {_not_known(reference)}")
    return (*sorted(found), *strange_notices(root, recorded_fates(reader)))


def strange_notices(root: Path, fates: Mapping[str, Fate]) -> tuple[str, ...]:
    """What to say of each notice beside a release that tells what never became of it, by what it is called (`stem`): by
    `fates` it has none of that. Another file beside one that is known, such as a copy of it in another format, tells of
    no other register. Notices of the first versions are on record by what they tell alone."""
    found = dict[str, str]()
    for reference, fate in fates.items():
        folder = folder_of(reference)
        try:
            there = os.listdir(f"{root}/{FOLDER}/{folder}/{NOTICE}")  # noqa: PTH208  # thousands have none: a text is enough
        except OSError:
            continue
        known = set(map(stem, (*fate.notice, *fate.earlier)))
        for name in there:
            match = re.fullmatch(rf"({re.escape(folder)}-(withdrawn|corrected)(?:-\d+)?)\.[A-Za-z-]+\.[a-z]+", name)
            if not match or match[1] in known:
                continue
            unnamed = not any(one.startswith(f"{folder}-{match[2]}") for one in known)
            gone = fate.withdrawn and fate.replaced  # then nothing says any more that it was corrected before
            happened = fate.withdrawn if match[2] == "withdrawn" else fate.corrected or gone
            if not (unnamed and happened):
                found[match[1]] = (
                    f"{FOLDER}/{folder}/{NOTICE}: {match[1]}.* says that {reference} was {match[2]}, {_NOT_HERE}"
                )
    return tuple(found[one] for one in sorted(found))


def refuse_strangers(root: Path, reader: Look) -> None:
    """Raise RefusedError where there are `strangers`: a circulation, a release or a notice of this register would part
    it from the one that knows them."""
    if unknown := strangers(root, reader):
        what = "nothing is circulated, released, signed, corrected or withdrawn by this register as it is"
        raise RefusedError(what, unknown, UNKNOWN)


def _not_known(reference: str) -> str:
    return f"it was released as {reference}, {_NOT_HERE}"


_NOT_HERE = "which is not in this register: an older copy, or another one"


UNKNOWN = (
    "Bring the register back that has it, from a later copy. Where this one takes its place on purpose, move the "
    "folder, or the notice, out of releases/."
)
"""What to do where there are `strangers`."""


def _read(folder: Path, recorded: dict[str, str] | None) -> tuple[str, Statement]:
    try:
        data = read_file(folder / RECORD, LARGEST)
    except OSError as error:
        raise BrokenError(f"its {RECORD} cannot be read: {error.strerror}") from error
    statement = read_statement(data)
    reference = statement.record.reference
    if folder_of(reference) != folder.name:
        raise BrokenError(f"its {RECORD} is that of {reference}")
    digest = hashlib.sha256(data).hexdigest()
    if recorded is not None and reference not in recorded:
        raise BrokenError(_not_known(reference))
    if recorded is not None and recorded.get(reference) != digest:
        raise BrokenError(f"its {RECORD} is not the one on record for {reference}")
    return digest, statement
