"""A release made again from the register alone, and proved against what is on record of it: docs/release.md."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.errors import BrokenError, FidelityError, UsageError
from paraph.library.release_record import read_statement
from paraph.library.written.suggest import did_you_mean
from paraph.model.event import RELEASES, Event, Released
from paraph.model.release import RECORD, Statement
from paraph.standing.fold import fold
from paraph.standing.versions import current_document
from paraph.workflow.record.ledger import events_of, roll
from paraph.workflow.record.reassemble import files_with
from paraph.workflow.record.versions import snapshot
from paraph.workflow.releases.attest import Making, as_first_told, missing_from
from paraph.workflow.releases.files import made, write_sums
from paraph.workflow.times import today

if TYPE_CHECKING:
    from paraph.register.glance import Look


@dataclass(frozen=True, kw_only=True, slots=True)
class Remade:
    """Files of a release as they come out now, in `folder`: those that are not to the byte what was released, by name,
    and the programs that have another version than then."""

    folder: Path
    statement: Statement
    others: tuple[str, ...]
    programs: tuple[str, ...]

    def prove(self) -> None:
        """Raise BrokenError where a file is another one than was released."""
        if self.others:
            reference = self.statement.record.reference
            raise BrokenError(
                f"the files of {reference} come out otherwise than they were released: {', '.join(self.others)}",
                f"Take them from a copy: their digests are on record. Nothing was written.{_why(self.programs)}",
            )


def _why(programs: tuple[str, ...]) -> str:
    return f" What makes them is not what made them: {'; '.join(programs)}." if programs else ""


def kept_record(reader: Look, fact: Released) -> tuple[Statement, bytes]:
    """record.json of a release, as the register keeps it. Raises BrokenError where it does not, or where there is none:
    the first releases were made without."""
    if RECORD not in fact.files:
        raise BrokenError(
            f"{fact.reference} was released before releases had a record: its files are known by their digests alone",
            f"“paraph verify” knows them. To publish or rebuild it, circulate {fact.subject.id} and release it again.",
        )
    data = reader.evidence(fact.files.get(RECORD, ""))
    if data is None:
        raise BrokenError(
            f"the record of {fact.reference} is not kept here", "Take it from a backup, or import the evidence too."
        )
    return read_statement(data), data


@contextmanager
def remade(reader: Look, event: Event, beside: Path) -> Iterator[Remade]:
    """Make the files of a release again in a new folder in `beside`, which is taken away where it was not moved.

    Nothing of the workspace is read. Raises RegisterError or BrokenError where something is not kept any more,
    FindingsError where this paraph finds the files of then wrong.
    """
    fact = event.fact
    assert isinstance(fact, Released)
    statement, record = kept_record(reader, fact)
    formats = tuple(dict.fromkeys(one.format for one in statement.files))
    with _begun(reader, event, statement, formats) as (root, making), made(root, making, beside) as found:
        others = _others(fact.files, found.digests)
        programs = missing_from(statement.record.program)
        if RECORD in others and (programs or _as_first_told(making, statement, found.record)):
            others = tuple(name for name in others if name != RECORD)  # it names the programs
        (found.folder / RECORD).write_bytes(record)
        write_sums(found.folder, {**found.digests, RECORD: hashlib.sha256(record).hexdigest()})
        yield Remade(folder=found.folder, statement=statement, others=others, programs=programs)


def _as_first_told(making: Making, then: Statement, made: bytes) -> bool:
    """Whether a record of then differs in nothing but whose silence it took for consent, as the first ones did."""
    now = read_statement(made)
    return then == replace(now, record=as_first_told(making, now.record))


@contextmanager
def _begun(reader: Look, event: Event, statement: Statement, formats: tuple[str, ...]) -> Iterator[tuple[Path, Making]]:
    """The sources of a release in a folder, and all that decides its files in `formats`."""
    fact = event.fact
    assert isinstance(fact, Released)
    with files_with(reader, fact.sources, fact.reference) as root:
        snap = snapshot(root, fact.subject.id, at=event.at)
        history = fold(one for one in events_of(reader, snap.keys) if one.number < event.number)
        if snap.files != fact.sources or current_document(history, snap.now) != fact.subject:
            raise FidelityError(
                f"{fact.reference} would be made from other words than were released",
                "It was made by another version of paraph: rebuild it with that one.",
            )
        making = Making(
            snap=snap,
            history=history,
            active=roll(snap.library, today(event.at, snap.library.workspace.time_zone)).active,
            reference=fact.reference,
            at=event.at,
            formats=formats,
            members=tuple(dict.fromkeys(one.member for one in statement.files if one.member)),
            changed=statement.record.changed,
            provisional=fact.provisionally,
        )
        yield root, making


def files_again(reader: Look, event: Event, statement: Statement, format_: str) -> dict[str, bytes]:
    """The files of a release in one format as they come out now, by name. Raises as `remade`."""
    with (
        tempfile.TemporaryDirectory() as beside,
        _begun(reader, event, statement, (format_,)) as (root, making),
        made(root, making, Path(beside)) as found,
    ):
        return {name: (found.folder / name).read_bytes() for name in found.digests if name != RECORD}


def released(reader: Look, reference: str) -> Event:
    """The event of a release. Raises UsageError where there is none."""
    events = {one.fact.reference: one for one in reader.events((RELEASES,)) if isinstance(one.fact, Released)}
    if reference not in events:
        near = did_you_mean(reference, events)
        raise UsageError(f"nothing was released as “{reference}”", near or "“paraph release” comes first.")
    return events[reference]


def _others(then: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted(name for name in {*then, *now} if then.get(name) != now.get(name)))
