"""The register: one chain of events in SQLite or PostgreSQL, written under a lock, read in order.

Beside the chain stand files kept as evidence, by their digests, and the names of persons, who appear in the chain by
opaque ids only.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from paraph.errors import RegisterError, UsageError
from paraph.model.event import Draft, Event, EvidenceErased, Head
from paraph.model.person import Person
from paraph.register import connect
from paraph.register.codec import read_event, write_event
from paraph.register.mentions import Mentions
from paraph.register.migrate import migrate, noted, revision
from paraph.register.reader import Reader, batched
from paraph.register.revision import REVISION, judge, judge_to_write
from paraph.register.tables import EVENTS, EVIDENCE, MENTIONS, PERSONS

__all__ = ["LARGEST", "Reader", "Register"]

LARGEST = 50_000_000
"""Bytes of the largest file that is kept as evidence."""

_BEHIND = dt.timedelta(minutes=30)
_WRITTEN = 1_000
"""Events that `extend` hands to the database at a time."""


class Register:
    """A register by its address: `sqlite:///register.db` (relative to the workspace) or `postgresql://…`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, address: str, root: Path, *, create: bool = False) -> Register:
        """The register at `address`; `create` makes its tables where there are none.

        One of an older paraph can be read; whatever would write to it raises RegisterError. Raises RegisterError where
        there is none, it is of a newer paraph, or the address is not one.
        """
        register = cls(connect.connect(address, root, create=create))
        try:
            found = register._revision()
            if not found and create:
                found = register._migrate()
            judge(found)
        except BaseException:
            register.close()
            raise
        return register

    @classmethod
    def upgrade(cls, address: str, root: Path) -> tuple[str, str]:
        """Bring the tables of the register at `address` to this paraph's revision: the one before, and the one now.

        All of it or nothing: the migrations run in one transaction. Raises RegisterError where there is no register.
        """
        register = cls(connect.connect(address, root, create=False))
        try:
            before = register._revision()
            if not "" < before <= REVISION:
                judge(before)
            now = register._migrate()
            judge(now)
        finally:
            register.close()
        return before, now

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """The register as it stands now, unmoved by writers meanwhile."""
        with connect.reading(self._engine) as connection, Reader(connection) as reader:
            yield reader

    def append(self, decide: Callable[[Reader], Sequence[Draft]], at: dt.datetime) -> tuple[Event, ...]:
        """Write what `decide` answers, all of it or nothing, and return the events.

        `decide` sees the register as it is while no other writer can move it; whatever it raises, nothing is written. A
        draft whose request is there already is not written again: the event of then is returned in its place. Raises
        RegisterError where the same request is there with another fact, where `at` is far behind what is on record, and
        where the database refuses.
        """
        with self._writing() as connection, Reader(connection) as reader:
            return tuple(_written(connection, reader, draft, at) for draft in decide(reader))

    def extend(self, bodies: Iterable[bytes], files: Iterable[bytes] = (), persons: Iterable[Person] = ()) -> int:
        """Write events as another register of the very same chain has them, and return how many; all or nothing.

        Those that are here already must be the same to the byte. Raises RegisterError at the first that is not, and at
        one that does not follow the event before it. With them come `files` of evidence and `persons` not known here;
        a file that the new events say was erased goes here too, unless it is among `files`.
        """
        with self._writing() as connection, Reader(connection) as reader:
            here, head, written = reader.bodies(), Head(), 0
            erased: set[str] = set()
            for some in batched(bodies, _WRITTEN):
                events = []
                for body in some:
                    event = read_event(body)
                    if (event.number, event.prev) != (head.number + 1, head.hash):
                        raise RegisterError(f"event {event.number} does not follow event {head.number}")
                    if (row := next(here, None)) is None:
                        events.append((event, body))
                    elif row != body:
                        advice = "Two registers went different ways. Nothing was written."
                        raise RegisterError(f"event {event.number} is another one in this register", advice)
                    head = Head(number=event.number, hash=event.hash)
                _insert(connection, events)
                written += len(events)
                erased |= {one.fact.digest for one, _ in events if isinstance(one.fact, EvidenceErased)}
            for digest in erased:
                connection.execute(delete(EVIDENCE).where(EVIDENCE.c.digest == digest))
            for data in files:
                _keep(connection, data)
            known = {one.id for one in reader.persons()}
            for person in persons:
                if person.id not in known:
                    connection.execute(insert(PERSONS).values(asdict(person)))
            return written

    def copy_to(self, other: Register) -> int:
        """Bring `other`, empty or a beginning of this one, to where this one stands, with evidence and persons."""
        with self.reading() as reader:
            files = (data for _, data in reader.files())
            return other.extend(reader.bodies(), files, reader.persons())

    def backup(self, path: Path) -> None:
        """Write the whole register as it stands into `path`, a new SQLite register, while others go on writing.

        Of SQLite by its online backup, page for page; of PostgreSQL event by event, in one transaction.
        """
        if self._engine.dialect.name == "sqlite":
            with connect.named_errors(), self._engine.connect() as connection:
                connect.copy_pages(connection, path)
            return
        other = Register.open(f"sqlite:///{path}", Path(), create=True)
        try:
            self.copy_to(other)
        finally:
            other.close()

    def reindex(self) -> bool:
        """Make the index of what events are about anew where it does not say what they say; whether it did not."""
        with self._writing() as connection:
            with Reader(connection) as reader:
                mentions = Mentions(reader)
                if (
                    all(mentions.tell(event.number, event.fact.about()) for event in reader.events())
                    and not mentions.more
                ):
                    return False
            connection.execute(delete(MENTIONS))
            with Reader(connection) as reader:
                for some in batched(reader.events(), _WRITTEN):
                    connection.execute(insert(MENTIONS), _mentions(some))
            return True

    def keep(self, data: bytes) -> str:
        """Keep a file as evidence and return its digest; the same bytes are kept once.

        Raises RegisterError where it is larger than `LARGEST`.
        """
        return self.keep_all((data,))[0]

    def keep_all(self, files: Sequence[bytes]) -> tuple[str, ...]:
        """Keep several files, all of them or none, as `keep` does one."""
        if large := [data for data in files if len(data) > LARGEST]:
            raise RegisterError(
                f"a file of {len(large[0]) / 1e6:,.1f} MB is too large to be evidence (at most {LARGEST / 1e6:.0f} MB)",
                "Keep the message without its large attachments, or a PDF of it.",
            )
        with self._writing() as connection:
            return tuple(_keep(connection, data) for data in files)

    def erase(self, digest: str, reason: str, at: dt.datetime, by: str = "") -> Event:
        """Erase a file kept as evidence, on record: its digest stays. Once more does nothing.

        Raises UsageError where no such file is kept.
        """
        with self._writing() as connection:
            reader, request = Reader(connection), f"erase-{digest}"
            there = bool(connection.execute(select(func.count()).where(EVIDENCE.c.digest == digest)).scalar())
            done = reader.requested(request)
            if not there and not done:
                raise UsageError(f"no file is kept as {digest}", "“paraph register log --json” shows the digests.")
            draft = Draft(fact=EvidenceErased(digest=digest, reason=reason), request=request, by=by)
            event = done or _written(connection, reader, draft, at)
            connection.execute(delete(EVIDENCE).where(EVIDENCE.c.digest == digest))
        return event

    def person(self, name: str, member: str, address: str = "") -> str:
        """The opaque id of the person of that name at an institution, who is remembered from now on; at "": of whom
        only a file says that it wrote in it.

        An address given replaces the one that was known.
        """
        with self._writing() as connection:
            whose = (PERSONS.c.member == member) & (PERSONS.c.name == name)
            found = connection.execute(select(PERSONS.c.id).where(whose)).scalar()
            if found is None:
                found = f"p-{secrets.token_hex(8)}"
                connection.execute(insert(PERSONS).values(id=found, member=member, name=name, address=address))
            elif address:
                connection.execute(update(PERSONS).where(PERSONS.c.id == found).values(address=address))
        return str(found)

    def forget(self, id_: str) -> bool:
        """Forget a person: the name and address are deleted, the id stays in the chain. Whether anybody was known."""
        with self._writing() as connection:
            return connection.execute(delete(PERSONS).where(PERSONS.c.id == id_)).rowcount > 0

    def _revision(self) -> str:
        with connect.reading(self._engine) as connection:
            return revision(connection)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """As `connect.writing`. Raises RegisterError where the tables are not those that this paraph writes to."""
        with connect.writing(self._engine) as connection:
            judge_to_write(noted(connection))
            yield connection

    def _migrate(self) -> str:
        with connect.writing(self._engine) as connection:
            migrate(connection)
            return revision(connection)


def _written(connection: Connection, reader: Reader, draft: Draft, at: dt.datetime) -> Event:
    if found := reader.requested(draft.request):
        if found.fact != draft.fact:
            raise RegisterError(
                f"the request {draft.request} has been recorded with other content (event {found.number})",
                "Nothing was written. Ask again under a new request.",
            )
        return found
    head = reader.head()
    _refuse_clock(reader, head, at)
    made, body = write_event(draft, head, at)
    _insert(connection, [(made, body)])
    return made


def _refuse_clock(reader: Reader, head: Head, at: dt.datetime) -> None:
    """Raise RegisterError where the clock is far behind what is on record: what is late would be in time.

    A writer waits for others after it has looked at its clock, and clocks differ a little from machine to machine.
    """
    last = next(reader.events(after=head.number - 1), None) if head.number else None
    if last and at < last.at - _BEHIND and os.environ.get("PARAPH_CLOCK") != "right":
        raise RegisterError(
            f"the clock of this machine says {at:%Y-%m-%d %H:%M} UTC, and event {last.number} was recorded on "
            f"{last.at:%Y-%m-%d %H:%M} UTC",
            "Nothing was written. Set the clock; or, where it was wrong then and is right now, set PARAPH_CLOCK=right.",
        )


def _insert(connection: Connection, events: Sequence[tuple[Event, bytes]]) -> None:
    if not events:
        return
    rows = [
        {"number": one.number, "prev": one.prev, "hash": one.hash, "request": one.request, "body": body}
        for one, body in events
    ]
    connection.execute(insert(EVENTS), rows)
    connection.execute(insert(MENTIONS), _mentions(event for event, _ in events))


def _mentions(events: Iterable[Event]) -> list[dict[str, object]]:
    return [{"number": one.number, "key": key} for one in events for key in dict.fromkeys(one.fact.about())]


def _keep(connection: Connection, data: bytes) -> str:
    digest = hashlib.sha256(data).hexdigest()
    if Reader(connection).evidence(digest) is None:
        connection.execute(insert(EVIDENCE).values(digest=digest, data=data))
    return digest
