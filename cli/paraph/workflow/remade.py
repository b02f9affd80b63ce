"""A release made again from the register alone, and proved against what is on record of it: docs/release.md."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.errors import BrokenError, FidelityError
from paraph.library.release_record import read_statement
from paraph.model.event import Event, Released
from paraph.model.release import RECORD, Statement
from paraph.standing.fold import fold
from paraph.workflow.attested import Making, missing_from
from paraph.workflow.ledger import events_of, roll
from paraph.workflow.past import files_with
from paraph.workflow.release_files import made, write_sums
from paraph.workflow.times import today
from paraph.workflow.versions import snapshot

if TYPE_CHECKING:
    from paraph.register.reader import Reader


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


def kept_record(reader: Reader, fact: Released) -> tuple[Statement, bytes]:
    """record.json of a release, as the register keeps it. Raises BrokenError where it does not."""
    data = reader.evidence(fact.files.get(RECORD, ""))
    if data is None:
        raise BrokenError(f"the record of {fact.reference} is not kept any more", "Take it from a backup.")
    return read_statement(data), data


@contextmanager
def remade(reader: Reader, event: Event, beside: Path) -> Iterator[Remade]:
    """Make the files of a release again in a new folder in `beside`, which is taken away where it was not moved.

    Nothing of the workspace is read. Raises RegisterError or BrokenError where something is not kept any more,
    FindingsError where this paraph finds the files of then wrong.
    """
    fact = event.fact
    assert isinstance(fact, Released)
    statement, record = kept_record(reader, fact)
    with files_with(reader, fact.sources, str(fact.subject)) as root:
        snap = snapshot(root, fact.subject.id)
        history = fold(one for one in events_of(reader, snap.keys) if one.number < event.number)
        making = Making(
            snap=snap,
            history=history,
            active=roll(snap.library, today(event.at, snap.library.workspace.time_zone)).active,
            reference=fact.reference,
            at=event.at,
            formats=tuple(dict.fromkeys(one.format for one in statement.files)),
            changed=statement.record.changed,
            provisional=fact.provisionally,
        )
        if snap.files != fact.sources or making.current != fact.subject:
            raise FidelityError(f"{fact.reference} would be made from other words than were released")
        with made(root, making, beside) as found:
            others = _others(fact.files, found.digests)
            programs = missing_from(statement.record.program)
            if programs and RECORD in others:
                others = tuple(name for name in others if name != RECORD)  # it names the programs
            (found.folder / RECORD).write_bytes(record)
            write_sums(found.folder, {**found.digests, RECORD: hashlib.sha256(record).hexdigest()})
            yield Remade(folder=found.folder, statement=statement, others=others, programs=programs)


def _others(then: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted(name for name in {*then, *now} if then.get(name) != now.get(name)))
