"""Notices on record: made when what they tell of is recorded, and made again from the register alone.

With a correction or a withdrawal go the digests of the files of its notice, and of all that they were made from, which
the register keeps; with those, and with a release, those of new notices of others, whose last one would lead where
there is nothing to read any more, or nowhere though there is something by now. So each is known and can be made again,
whatever the words of notices are later. Of what was recorded before that, or where the form was faulty then, the notice
is made with the form of today.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
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
from paraph.workflow.files import read_file, sweep, write
from paraph.workflow.record.reassemble import files_with
from paraph.workflow.record.versions import sources
from paraph.workflow.releases.fates import Following, announced, holds, recorded_fates, to_be_told
from paraph.workflow.releases.notices import FORM, FORM_FILE, filled, notice_of, stem_of
from paraph.workflow.releases.remake import kept_record, released
from paraph.workflow.releases.shelf import FOLDER, NOTICE, folder_of, stem

if TYPE_CHECKING:
    import datetime as dt

    from paraph.register.glance import Look
    from paraph.register.reader import Reader
    from paraph.register.store import Register

Announcement: TypeAlias = ReleaseCorrected | ReleaseWithdrawn


@dataclass(frozen=True, kw_only=True, slots=True)
class Announced:
    """The notices that go with what is to be recorded: `said` is that without them, `at` when, `told` what will have
    become of each release that has one, `files` those of each by name, `form` and `sources` what they were made from,
    by path and digest and the bytes. `problem` is why there are none."""

    said: tuple[Following, ...]
    at: dt.datetime
    told: Mapping[str, Fate]
    files: Mapping[str, Mapping[str, bytes]] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[bytes, ...] = ()
    problem: str = ""

    def keep(self, register: Register) -> None:
        """What the notices were made from, in the register: before what rests on it is recorded."""
        register.keep_all(self.sources)

    def confirm(self, reader: Reader, said: Sequence[Following], facts: Sequence[Following]) -> tuple[Following, ...]:
        """`facts`, which `said` only outlines, with the notices: those of others go with the last one.

        Raises RefusedError where anything is not as it was when they were made.
        """
        if tuple(said) != self.said or to_be_told(reader, self.said, self.at) != self.told:
            raise RefusedError(
                f"something else was recorded of {self.said[-1].reference} while its notice was made",
                advice="Nothing was recorded. Run it again.",
            )
        if not self.files:
            return tuple(facts)
        own = [one.reference for one in facts if isinstance(one, Announcement)]
        others = {one: _digests(files) for one, files in self.files.items() if one not in own}
        last = facts[-1]
        if isinstance(last, Released):
            return (*facts[:-1], replace(last, others=others, noticed=dict(self.form)))
        notice = _digests(self.files.get(last.reference, {}))
        return (*facts[:-1], replace(last, notice=notice, sources=dict(self.form), others=others))

    def write(self, root: Path) -> dict[str, tuple[Path, ...]]:
        """The notices in the folders of their releases, by reference, each beside the earlier ones; none where that
        folder is not here.

        Raises OSError.
        """
        written = {}
        for reference, files in self.files.items():
            folder = root / FOLDER / folder_of(reference)
            if files and folder.is_dir():
                for name, data in files.items():
                    write(folder / NOTICE / name, data)
                written[reference] = tuple(folder / NOTICE / name for name in files)
        return written


def announce(root: Path, reader: Reader, said: Sequence[Following], at: dt.datetime) -> Announced:
    """`said` with its notices as the workspace makes them: of what it says itself, and of each release whose last one
    would no longer lead where there is something to read. Where they cannot be made, what is said stands."""
    told = to_be_told(reader, said, at)
    announced_ = Announced(said=tuple(said), at=at, told=told)
    own = {one.reference for one in said}
    files, form = dict[str, Mapping[str, bytes]](), dict[str, str]()
    try:
        for reference, fate in told.items():
            taken = (*fate.earlier, *fate.notice, *_there(root, reference))
            with ExitStack() as stack:
                if reference not in own:
                    stack.enter_context(suppress(BrokenError))  # its record is not kept: there was no notice, either
                called = stem_of(reference, fate, taken)
                notice = notice_of(root, _statement(reader, reference), fate, called)
                if notice.files:
                    files[reference], form = notice.files, dict(notice.sources)
        kept = tuple(sources(root, form))  # who edits meanwhile is told
    except (ParaphError, OSError) as error:
        return replace(announced_, problem=str(error))
    return replace(announced_, files=files, form=form, sources=kept)


def _there(root: Path, reference: str) -> Iterator[str]:
    """The names of the notices that lie beside a release, on record or not."""
    folder = root / FOLDER / folder_of(reference) / NOTICE
    yield from (path.name for path in folder.glob("*.*.*"))


def _statement(reader: Look, reference: str) -> Statement:
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
        yield Issued(fate=fate, digests=digests, make=make, holds=last and holds(fate, reference, fates))
        last = last and not digests


def _again(reader: Look, fact: Fact, statement: Statement, fate: Fate) -> Mapping[str, bytes]:
    """A notice from what the register keeps of it."""
    assert isinstance(fact, Following)
    form = fact.noticed if isinstance(fact, Released) else fact.sources
    with files_with(reader, form, f"the notice of {statement.record.reference}") as then:
        return notice_of(then, statement, fate, stem(next(iter(fate.notice)))).files


def _unrecorded(root: Path, reader: Reader, statement: Statement, fate: Fate) -> Mapping[str, bytes]:
    """One that is not on record, with the form of the workspace; where there is none, with the shipped one and what the
    register keeps of the release."""
    with ExitStack() as stack:
        if not (root / FORM_FILE).is_file():
            record = statement.record
            root = stack.enter_context(files_with(reader, record.sources, record.reference))
            write(root / FORM_FILE, read_file(starter() / FORM_FILE))
        return notice_of(root, statement, fate).files


def notice_again(reader: Look, reference: str) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The notices on record of what has become of a release, made again: their files, and the names of those that come
    out otherwise. Of two of one name, which earlier versions issued, there is the later one.

    Raises as `Issued.make`.
    """
    files, then = dict[str, bytes](), dict[str, str]()
    for fact, fate in announced(reader, reference):
        if fate.notice:
            files |= _again(reader, fact, _statement(reader, reference), fate)
            then |= fate.notice
    now = _digests(files)
    return files, tuple(sorted(name for name in {*now, *then} if now.get(name) != then.get(name)))


def proved(reader: Look, reference: str) -> Mapping[str, bytes]:
    """The notices on record, made again as they were. Raises BrokenError where it comes out otherwise."""
    files, others = notice_again(reader, reference)
    if others:
        raise BrokenError(
            f"the notice of {reference} comes out otherwise than it was issued: {', '.join(others)}",
            f"Put a copy of it back into {FOLDER}/{folder_of(reference)}/{NOTICE}: its digests are on record.",
        )
    return files


@dataclass(frozen=True, kw_only=True, slots=True)
class Finished:
    """Notices on record that were not in their place, by release: the files of those that hold, written now, or what
    hindered that."""

    written: Mapping[str, tuple[Path, ...]] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)


def unwritten(root: Path, fates: Mapping[str, Fate]) -> dict[str, tuple[str, ...]]:
    """The files of notices on record that are not beside their release, by reference: the run that recorded them was
    cut off, or the disk was full. Nothing of a release whose folder is not here."""
    found = {}
    for reference, fate in fates.items():
        folder, names = root / FOLDER / folder_of(reference), {*fate.earlier, *fate.notice}
        if names and folder.is_dir():
            found[reference] = tuple(name for name in sorted(names) if not (folder / NOTICE / name).exists())
    return {reference: names for reference, names in found.items() if names}


def finish(root: Path, reader: Look, missing: Mapping[str, tuple[str, ...]], fates: Mapping[str, Fate]) -> Finished:
    """Write what is `unwritten`, as it was issued; of notices that a later one took the place of nothing is told, which
    nobody is to send on. What cannot be written is said, and keeps nobody from the rest. What runs that were killed
    left half-written beside any notice is swept."""
    written, problems = dict[str, tuple[Path, ...]](), dict[str, str]()
    for reference, fate in fates.items():
        if fate.notice:
            sweep(root / FOLDER / folder_of(reference) / NOTICE)
    for reference, names in missing.items():
        folder = root / FOLDER / folder_of(reference) / NOTICE
        try:
            again = proved(reader, reference)
            for name in names:
                write(folder / name, again[name])
            if last := tuple(folder / name for name in names if name in fates[reference].notice):
                written[reference] = last
        except (ParaphError, OSError) as error:
            problems[reference] = str(error)
    return Finished(written=written, problems=problems)


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
