"""Notices on record: made when what they tell of is recorded, and made again from the register alone.

With a correction or a withdrawal go the digests of the files of its notice, and of all that they were made from, which
the register keeps: whatever the words of notices are later, this one is known and can be made again. Of what was
recorded before that, or where the form was faulty then, the notice is made with the form of today.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from paraph.errors import BrokenError, ParaphError, RefusedError
from paraph.model.event import ReleaseCorrected, Released, ReleaseWithdrawn
from paraph.model.release import Fate, Statement
from paraph.proof.reading import letters
from paraph.starter import starter
from paraph.workflow.files import read_file, write
from paraph.workflow.record.reassemble import files_with
from paraph.workflow.record.versions import sources
from paraph.workflow.releases.notices import FORM, FORM_FILE, filled, notice_of
from paraph.workflow.releases.remake import kept_record, released
from paraph.workflow.releases.shelf import FOLDER, NOTICE, after, announced, folder_of, recorded_fates

if TYPE_CHECKING:
    import datetime as dt

    from paraph.register.reader import Reader
    from paraph.register.store import Register

Announcement: TypeAlias = ReleaseCorrected | ReleaseWithdrawn


@dataclass(frozen=True, kw_only=True, slots=True)
class Announced:
    """What is to be recorded of a release, with its notice: `said` is that without it, `was` what had become of the
    release before, `files` are those of the notice by name, `sources` the bytes that they were made from. `problem` is
    why there are none."""

    said: Announcement
    fact: Announcement
    was: Fate
    files: Mapping[str, bytes]
    sources: tuple[bytes, ...] = ()
    problem: str = ""

    def keep(self, register: Register) -> None:
        """What the notice was made from, in the register: before what rests on it is recorded."""
        for data in self.sources:
            register.keep(data)

    def confirm(self, reader: Reader, said: Announcement | None) -> Announcement:
        """The fact to record, where all is as it was when the notice was made. Raises RefusedError else."""
        if said != self.said or recorded_fates(reader)[self.said.reference] != self.was:
            raise RefusedError(
                f"something else was recorded of {self.said.reference} while its notice was made",
                advice="Nothing was recorded. Run it again.",
            )
        return self.fact

    def write(self, root: Path) -> tuple[Path, ...]:
        """The notice in the folder of the release, in the place of an earlier one; none where that folder is not here.

        Raises OSError.
        """
        folder = root / FOLDER / folder_of(self.said.reference)
        if not folder.is_dir():
            return ()
        for name, data in self.files.items():
            write(folder / NOTICE / name, data)
        return tuple(folder / NOTICE / name for name in self.files)


def announce(root: Path, reader: Reader, said: Announcement, at: dt.datetime) -> Announced:
    """`said` with its notice as the workspace makes it. Where that cannot be made, what is said stands all the same."""
    was = recorded_fates(reader)[said.reference]
    try:
        notice = notice_of(root, _statement(reader, said.reference), after(was, said, at))
        kept = tuple(sources(root, notice.sources))  # who edits meanwhile is told
    except (ParaphError, OSError) as error:
        return Announced(said=said, fact=said, was=was, files={}, problem=str(error))
    fact = replace(said, notice=_digests(notice.files), sources=dict(notice.sources))
    return Announced(said=said, fact=fact, was=was, files=notice.files, sources=kept)


def _statement(reader: Reader, reference: str) -> Statement:
    fact = released(reader, reference).fact
    assert isinstance(fact, Released)
    return kept_record(reader, fact)[0]


@dataclass(frozen=True, kw_only=True, slots=True)
class Issued:
    """A notice: the digests of its files by name, what it tells of, and what makes its files, the same each time.

    `make` raises as `notice_of`, and RegisterError where a source is not kept any more.
    """

    fate: Fate
    digests: Mapping[str, str]
    make: Callable[[], Mapping[str, bytes]]


def issued(root: Path, reader: Reader, reference: str) -> Iterator[Issued]:
    """Every notice of a release, the last one first: what was corrected and then withdrawn had one of either.

    Raises as `notice_of` for one that is not on record, BrokenError where the record of the release is not kept.
    """
    statement = _statement(reader, reference)
    for fact, fate in reversed(announced(reader, reference)):
        if fact.notice:
            make = cache(partial(_again, reader, fact, statement, fate))
            yield Issued(fate=fate, digests=fact.notice, make=make)
        else:
            files = _unrecorded(root, reader, statement, fate)
            yield Issued(fate=fate, digests=_digests(files), make=partial(dict, files))


def _again(reader: Reader, fact: Announcement, statement: Statement, fate: Fate) -> Mapping[str, bytes]:
    """A notice from what the register keeps of it."""
    with files_with(reader, fact.sources, f"the notice of {fact.reference}") as then:
        return notice_of(then, statement, fate).files


def _unrecorded(root: Path, reader: Reader, statement: Statement, fate: Fate) -> Mapping[str, bytes]:
    """One that is not on record, with the form of the workspace; where there is none, with the shipped one and what the
    register keeps of the release."""
    with ExitStack() as stack:
        if not (root / FORM_FILE).is_file():
            record = statement.record
            root = stack.enter_context(files_with(reader, record.sources, record.reference))
            write(root / FORM_FILE, read_file(starter() / FORM_FILE))
        return notice_of(root, statement, fate).files


def notice_again(reader: Reader, reference: str) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The last notice on record of a release, made again: its files, and the names of those that come out otherwise.

    Raises as `Issued.make`.
    """
    statement = _statement(reader, reference)
    for fact, fate in reversed(announced(reader, reference)):
        if fact.notice:
            files = _again(reader, fact, statement, fate)
            now = _digests(files)
            others = sorted(name for name in {*now, *fact.notice} if now.get(name) != fact.notice.get(name))
            return dict(files), tuple(others)
    return {}, ()


def proved(reader: Reader, reference: str) -> Mapping[str, bytes]:
    """The last notice on record, made again as it was. Raises BrokenError where it comes out otherwise."""
    files, others = notice_again(reader, reference)
    if others:
        raise BrokenError(
            f"the notice of {reference} comes out otherwise than it was issued: {', '.join(others)}",
            f"Put a copy of it back into {FOLDER}/{folder_of(reference)}/{NOTICE}: its digests are on record.",
        )
    return files


def claimed(root: Path, letters_: str, reference: str) -> str:
    """What a text, as `letters`, says became of a release by the title of a notice: withdrawn, corrected or ""."""
    from paraph.library.load import load_form

    for place in (root, starter()):
        library = load_form(place, FORM)[0] if (place / FORM_FILE).is_file() else None
        strings = library.forms[FORM].strings if library and FORM in library.forms else {}
        for standing in ("withdrawn", "corrected"):
            titles = strings.get(f"{standing}-title", {}).values()
            if any(letters(filled(one, reference=reference)) in letters_ for one in titles):
                return standing
    return ""


def _digests(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
