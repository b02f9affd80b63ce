"""Notices on record: made when what they tell of is recorded, and made again from the register alone.

With a correction or a withdrawal go the digests of the files of its notice, and of all that they were made from, which
the register keeps: whatever the words of notices are later, this one is known and can be made again. Of what was
recorded before that, or where the form was faulty then, the notice is made with the form of today.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from paraph.errors import BrokenError, ParaphError, RefusedError
from paraph.model.event import Fact, ReleaseCorrected, Released, ReleaseWithdrawn
from paraph.model.release import Fate, Statement
from paraph.proof.reading import letters
from paraph.starter import starter
from paraph.workflow.files import read_file, write
from paraph.workflow.record.reassemble import files_with
from paraph.workflow.record.versions import sources
from paraph.workflow.releases.fates import after, announced, fates_after, recorded_fates
from paraph.workflow.releases.notices import FORM, FORM_FILE, filled, notice_of
from paraph.workflow.releases.remake import kept_record, released
from paraph.workflow.releases.shelf import FOLDER, NOTICE, folder_of

if TYPE_CHECKING:
    import datetime as dt

    from paraph.register.reader import Reader
    from paraph.register.store import Register

Announcement: TypeAlias = ReleaseCorrected | ReleaseWithdrawn


@dataclass(frozen=True, kw_only=True, slots=True)
class Announced:
    """What is to be recorded of a release, with its notice: `said` is that without it, `files` are those of the notice
    by name, `others` those of the releases whose notice sent readers to it, `sources` the bytes that they were made
    from, `was` what had become of all of them before. `problem` is why there are none."""

    said: Announcement
    fact: Announcement
    was: Mapping[str, Fate]
    files: Mapping[str, bytes]
    others: Mapping[str, Mapping[str, bytes]] = field(default_factory=dict)
    sources: tuple[bytes, ...] = ()
    problem: str = ""

    def keep(self, register: Register) -> None:
        """What the notice was made from, in the register: before what rests on it is recorded."""
        for data in self.sources:
            register.keep(data)

    def confirm(self, reader: Reader, said: Announcement | None) -> Announcement:
        """The fact to record, where all is as it was when the notice was made. Raises RefusedError else."""
        if said != self.said or _concerned(recorded_fates(reader), self.said.reference) != self.was:
            raise RefusedError(
                f"something else was recorded of {self.said.reference} while its notice was made",
                advice="Nothing was recorded. Run it again.",
            )
        return self.fact

    def write(self, root: Path) -> dict[str, tuple[Path, ...]]:
        """The notices in the folders of their releases, by reference, each in the place of an earlier one; none where
        that folder is not here.

        Raises OSError.
        """
        written = {}
        for reference, files in {self.said.reference: self.files, **self.others}.items():
            folder = root / FOLDER / folder_of(reference)
            if files and folder.is_dir():
                for name, data in files.items():
                    write(folder / NOTICE / name, data)
                written[reference] = tuple(folder / NOTICE / name for name in files)
        return written


def announce(root: Path, reader: Reader, said: Announcement, at: dt.datetime) -> Announced:
    """`said` with its notice as the workspace makes it. Where that cannot be made, what is said stands all the same."""
    fates = recorded_fates(reader)
    was = _concerned(fates, said.reference)
    try:
        notice = notice_of(root, _statement(reader, said.reference), after(fates[said.reference], said, at))
        others = dict(_others(root, reader, said, was, at))
        kept = tuple(sources(root, notice.sources))  # who edits meanwhile is told
    except (ParaphError, OSError) as error:
        return Announced(said=said, fact=said, was=was, files={}, problem=str(error))
    fact = replace(said, notice=_digests(notice.files), sources=dict(notice.sources))
    if isinstance(fact, ReleaseWithdrawn):
        fact = replace(fact, others={one: _digests(files) for one, files in others.items()})
    return Announced(said=said, fact=fact, was=was, files=notice.files, others=others, sources=kept)


def _concerned(fates: Mapping[str, Fate], reference: str) -> dict[str, Fate]:
    """A release and those that lead to it, with what has become of each."""
    return {one: fate for one, fate in fates.items() if reference in (one, fate.successor)}


def _others(
    root: Path, reader: Reader, said: Announcement, was: Mapping[str, Fate], at: dt.datetime
) -> Iterator[tuple[str, Mapping[str, bytes]]]:
    """The notices of the releases whose own would send readers to one that is withdrawn now."""
    if not isinstance(said, ReleaseWithdrawn):
        return
    then = fates_after(reader, said, at)
    for one in was:
        if one != said.reference and (then[one].withdrawn or then[one].corrected):
            with suppress(BrokenError):  # its record is not kept: there was no notice, either
                if files := notice_of(root, _statement(reader, one), then[one]).files:
                    yield one, files


def _statement(reader: Reader, reference: str) -> Statement:
    fact = released(reader, reference).fact
    assert isinstance(fact, Released)
    return kept_record(reader, fact)[0]


@dataclass(frozen=True, kw_only=True, slots=True)
class Issued:
    """A notice: the digests of its files by name, what it tells of, and what makes its files, the same each time. One
    that a later one followed no longer `holds`, nor one that sends readers to what was withdrawn since.

    `make` raises as `notice_of`, and RegisterError where a source is not kept any more.
    """

    fate: Fate
    digests: Mapping[str, str]
    make: Callable[[], Mapping[str, bytes]]
    holds: bool


def issued(root: Path, reader: Reader, reference: str) -> Iterator[Issued]:
    """Every notice of a release, the last one first: what was corrected and then withdrawn had one of either.

    Raises as `notice_of` for one that is not on record, BrokenError where the record of the release is not kept.
    """
    statement, fates, last = _statement(reader, reference), recorded_fates(reader), True
    for fact, fate in reversed(announced(reader, reference)):
        make: Callable[[], Mapping[str, bytes]] = cache(partial(_again, reader, fact, statement, fate))
        digests = fate.notice
        if not digests:
            files = _unrecorded(root, reader, statement, fate)
            digests, make = _digests(files), partial(dict, files)
        astray = not fate.gone and fate.successor in fates and fates[fate.successor].withdrawn
        led = fate.gone and not fates[reference].gone  # it sends nobody anywhere, and there is something to read now
        yield Issued(fate=fate, digests=digests, make=make, holds=last and not astray and not led)
        last = last and not digests


def _again(reader: Reader, fact: Fact, statement: Statement, fate: Fate) -> Mapping[str, bytes]:
    """A notice from what the register keeps of it."""
    assert isinstance(fact, ReleaseCorrected | ReleaseWithdrawn)
    with files_with(reader, fact.sources, f"the notice of {statement.record.reference}") as then:
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
    """The notice on record of what has become of a release, made again: its files, and the names of those that come out
    otherwise.

    Raises as `Issued.make`.
    """
    then = recorded_fates(reader)[reference].notice
    fact, fate = next((one for one in reversed(announced(reader, reference)) if one.fate.notice == then), (None, None))
    if not then or fact is None or fate is None:
        return {}, ()
    files = _again(reader, fact, _statement(reader, reference), fate)
    now = _digests(files)
    return dict(files), tuple(sorted(name for name in {*now, *then} if now.get(name) != then.get(name)))


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
