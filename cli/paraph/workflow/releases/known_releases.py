"""What was released, as a register or a record tells it: what `paraph verify` holds a file against."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.errors import ParaphError, UsageError
from paraph.library.release_record import LARGEST, read_statement
from paraph.model.event import RELEASES, CirculationOpened, DocumentVersion, Event, Released
from paraph.model.release import RECORD, Fate, Statement
from paraph.workflow.files import read_file
from paraph.workflow.releases.announce import Issued, issued
from paraph.workflow.releases.fates import fates_told, recorded_fates
from paraph.workflow.releases.refused import refusal
from paraph.workflow.releases.remake import files_again, kept_record
from paraph.workflow.releases.shelf import FOLDER, NOTICE, SIGNATURES, folder_of
from paraph.workflow.times import day_in

if TYPE_CHECKING:
    from paraph.register.reader import Reader


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """A release that is known: the digests of its files, record.json among them, and what became of it.

    `statement` gives its record, None where that is not kept; `file` the bytes of one of its files, None where they
    cannot be had. `lines` are its words per language as the register has them; without one, none. `signatures` is the
    folder in which what was signed later would lie.

    `notices` makes those of what became of it, the last one first: each as if it were a release, whose `notice` says
    what it tells of: “withdrawn”, “corrected”; “” is a release itself; one that a later one followed, or that sends its
    readers to what was withdrawn, no longer `holds`. `refusal` says of a provisional one that the
    members then did not adopt it, "" else. Records know of neither. `document`, `released` and `provisional` are those
    of the event, where the register no longer keeps the record.
    """

    reference: str
    files: Mapping[str, str]
    fate: Fate
    statement: Callable[[], Statement | None]
    file: Callable[[str], bytes | None]
    lines: Callable[[], Mapping[str, tuple[str, ...]]]
    signatures: Path
    notice: str = ""
    holds: bool = True
    notices: Callable[[], tuple[Known, ...]] = tuple
    refusal: Callable[[], str] = str
    document: str = ""
    released: Callable[[], str] = str
    provisional: bool = False


def known_on_record(reader: Reader, root: Path) -> tuple[Known, ...]:
    """Every release on record, the latest first. Files come from releases/ in `root`, or are made again."""
    fates = recorded_fates(reader)
    events = [one for one in reader.events((RELEASES,)) if isinstance(one.fact, Released)]
    return tuple(_of_register(reader, root, one, fates) for one in reversed(events))


def _of_register(reader: Reader, root: Path, event: Event, fates: Mapping[str, Fate]) -> Known:
    fact = event.fact
    assert isinstance(fact, Released)
    made: dict[str, dict[str, bytes]] = {}

    def statement() -> Statement | None:
        try:
            return kept_record(reader, fact)[0]
        except ParaphError:
            return None

    def file(name: str) -> bytes | None:
        if name == RECORD:
            return reader.evidence(fact.files.get(RECORD, ""))
        if data := _as_released(root / FOLDER / folder_of(fact.reference) / name, fact.files[name]):
            return data
        told = statement()
        format_ = next((one.format for one in told.files if one.name == name), "") if told else ""
        if told is None or not format_:
            return None
        if format_ not in made:
            try:
                made[format_] = files_again(reader, event, told, format_)
            except ParaphError:
                made[format_] = {}
        return made[format_].get(name)

    def lines() -> Mapping[str, tuple[str, ...]]:
        versions = (one.fact for one in reader.events((fact.subject.key,)) if isinstance(one.fact, DocumentVersion))
        return next((one.lines for one in versions if one.subject == fact.subject), {})

    @cache
    def notices() -> tuple[Known, ...]:
        try:
            return tuple(_of_notice(known, one, root) for one in issued(root, reader, fact.reference) if one.digests)
        except ParaphError:
            return ()

    known = Known(
        reference=fact.reference,
        files=fact.files,
        fate=fates[fact.reference],
        statement=statement,
        file=file,
        lines=lines,
        signatures=root / FOLDER / folder_of(fact.reference) / SIGNATURES,
        notices=notices,
        refusal=partial(refusal, reader, fact),
        document=str(fact.subject),
        released=lambda: str(day_in(event.at, _zone(reader, fact))),
        provisional=bool(fact.provisionally),
    )
    return known


def _zone(reader: Reader, fact: Released) -> str:
    """The zone in which its members were last asked."""
    asked = (one.fact for one in reader.events((fact.subject.key,)))
    return next((one.zone for one in reversed([*asked]) if isinstance(one, CirculationOpened)), "UTC")


def _of_notice(of: Known, one: Issued, root: Path) -> Known:
    def file(name: str) -> bytes | None:
        if data := _as_released(root / FOLDER / folder_of(of.reference) / NOTICE / name, one.digests[name]):
            return data
        try:
            return one.make().get(name)
        except ParaphError:
            return None

    return replace(
        of,
        files=one.digests,
        file=file,
        lines=dict,
        notice="withdrawn" if one.fate.withdrawn else "corrected",
        holds=one.holds,
        notices=tuple,
    )


def known_by(records: Sequence[Path]) -> tuple[Known, ...]:
    """The releases that record.json files tell of, without any register; their files from beside them, where they lie.

    Raises UsageError for a file that cannot be read, and where two tell of one release otherwise; BrokenError for one
    that is no record.
    """
    found = [(path, *_read(path)) for path in records]
    told: dict[str, tuple[Path, Statement]] = {}
    for path, statement, _ in found:
        first, other = told.setdefault(statement.record.reference, (path, statement))
        if other != statement:
            raise UsageError(
                f"{first} and {path} both say that they are the record of {statement.record.reference}, and differ",
                "One of them is not what was released: ask whoever keeps the register which.",
            )
    fates = fates_told(statement.record for _, statement, _ in found)
    return tuple(
        _of_record(path, statement, digest, fates[statement.record.reference]) for path, statement, digest in found
    )


def _read(path: Path) -> tuple[Statement, str]:
    try:
        data = read_file(path, LARGEST)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}", "Name a record.json after --record.") from error
    return read_statement(data), hashlib.sha256(data).hexdigest()


def _of_record(path: Path, statement: Statement, digest: str, fate: Fate) -> Known:
    files = {one.name: one.digest for one in statement.files}
    return Known(
        reference=statement.record.reference,
        files={**files, RECORD: digest},
        fate=fate,
        statement=lambda: statement,
        file=lambda name: _as_released(path if name == RECORD else path.parent / name, {**files, RECORD: digest}[name]),
        lines=dict,
        signatures=path.parent / SIGNATURES,
    )


def _as_released(path: Path, digest: str) -> bytes | None:
    """The file, where it is there and the one released."""
    try:
        data = read_file(path)
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == digest else None


def sums_of(known: Known) -> str:
    """SHA256SUMS of a release, which is on record by what it says."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(known.files.items()))


def by_digest(known: Sequence[Known]) -> Iterator[tuple[str, Known, str]]:
    """Every file that was released: its digest, its release, its name."""
    for one in known:
        for name, digest in one.files.items():
            yield digest, one, name
