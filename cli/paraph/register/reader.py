"""The register as it stands in one transaction: every way of reading it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import chain, islice
from typing import Any, Self, TypeVar

from sqlalchemy import Connection, CursorResult, Row, func, select
from sqlalchemy.exc import OperationalError

from paraph.model.event import Event, EvidenceErased, Head
from paraph.model.fault import Fault
from paraph.model.person import Person
from paraph.register.codec import bytes_of, proved, proved_file, stored
from paraph.register.guards import weakened
from paraph.register.migrate import noted
from paraph.register.revision import REVISION
from paraph.register.tables import EVENTS, EVIDENCE, MENTIONS, PERSONS

_T = TypeVar("_T")

_FETCHED = 500
"""Rows that are in memory at a time, however long the register is."""

_AUTOMATIC = re.compile(r"sqlite_autoindex_event_\d+")
_SMALL = ("mention", "evidence", "person", "alembic_version")
"""The tables whose rows SQLite looks up in their indexes within a moment."""

_ASKED = 10_000
"""Values in one query; SQLite takes 32,766."""


class Reader:
    """The register as it stands in one transaction.

    What is read lazily (events, bodies, …) must be read before the transaction ends.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._results = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._results.close()

    @property
    def lite(self) -> bool:
        """Whether the register is in SQLite."""
        return self._connection.dialect.name == "sqlite"

    @property
    def address(self) -> str:
        """Where another process can read it, if that may be; it may hold a password."""
        return self._connection.engine.url.render_as_string(hide_password=False)

    @property
    def only_read(self) -> bool:
        """Whether its tables are of an older paraph, so that nothing can be written before they are upgraded."""
        return noted(self._connection) != REVISION

    def head(self) -> Head:
        """The last event's number and hash; `Head()` of an empty register."""
        row = self._connection.execute(
            select(EVENTS.c.number, EVENTS.c.hash).order_by(EVENTS.c.number.desc()).limit(1)
        ).first()
        return Head(number=row.number, hash=row.hash) if row else Head()

    def events(self, about: Iterable[str] | None = None, after: int = 0) -> Iterator[Event]:
        """The events in order: all, or those that concern any of the keys `about` (see `Fact.about`).

        Those up to number `after` are left out. Raises RegisterError where an event is not what its hash says.
        """
        query = select(EVENTS.c.hash, EVENTS.c.body).where(EVENTS.c.number > after).order_by(EVENTS.c.number)
        if about is not None:
            concerned = select(MENTIONS.c.number).where(MENTIONS.c.key.in_(tuple(about)))
            query = query.where(EVENTS.c.number.in_(concerned))
        return (proved(body, hash_) for hash_, body in self._bare(query))

    def last(self, about: Iterable[str]) -> Head:
        """The last event that concerns any of the keys `about`, by number and hash; `Head()` where there is none."""
        concerned = select(func.max(MENTIONS.c.number)).where(MENTIONS.c.key.in_(tuple(about))).scalar_subquery()
        row = self._connection.execute(
            select(EVENTS.c.number, EVENTS.c.hash).where(EVENTS.c.number == concerned)
        ).first()
        return Head(number=row.number, hash=row.hash) if row else Head()

    def event(self, number: int) -> Event | None:
        """The event of that number, or None."""
        row = self._connection.execute(select(EVENTS.c.hash, EVENTS.c.body).where(EVENTS.c.number == number)).first()
        return proved(row.body, row.hash) if row else None

    def requested(self, request: str) -> Event | None:
        """The event that a request has already become, or None."""
        row = self._connection.execute(select(EVENTS.c.hash, EVENTS.c.body).where(EVENTS.c.request == request)).first()
        return proved(row.body, row.hash) if row else None

    def hash(self, number: int) -> str | None:
        """The hash of an event, as its column has it, or None."""
        return self._connection.execute(select(EVENTS.c.hash).where(EVENTS.c.number == number)).scalar()

    def repeated(self) -> Iterator[str]:
        """Requests that are there more than once, which the database should have refused."""
        query = select(EVENTS.c.request).group_by(EVENTS.c.request).having(func.count() > 1)
        yield from self._connection.execute(query).scalars()

    def damage(self) -> Iterator[Fault]:
        """What the database finds wrong with itself: its file (SQLite), and what keeps it append-only.

        The indexes of the chain itself are left to `paraph.register.indexes`. It is asked by a connection of its own,
        so that it can be meanwhile.
        """
        with self._connection.engine.connect() as connection:
            said: dict[str, None] = {}
            for pragma in ("quick_check", *(f"integrity_check('{name}')" for name in _SMALL)) if self.lite else ():
                said |= dict.fromkeys(connection.exec_driver_sql(f"PRAGMA {pragma}").scalars())
            for line in said:
                if line != "ok":
                    yield Fault("damage", f"the database file is damaged: {line}; take it from a backup")
            yield from weakened(connection)

    def bodies(self) -> Iterator[bytes]:
        """The canonical bytes of every event, in order, unread."""
        for row in self._stream(select(EVENTS.c.body).order_by(EVENTS.c.number)):
            yield bytes_of(row.body)

    def rows(self) -> Iterator[Sequence[tuple[Any, ...]]]:
        """Every event as its row has it, in order, some at a time: number, prev, hash, request, body."""
        return self._some(select(EVENTS).order_by(EVENTS.c.number))

    def numbered(self) -> Iterator[tuple[int, bytes]]:
        """The number of every row, and its canonical bytes, in order."""
        return self._bare(select(EVENTS.c.number, EVENTS.c.body).order_by(EVENTS.c.number))

    def raw(self, query: str) -> Iterator[Sequence[tuple[Any, ...]]]:
        """Rows of an SQLite register, some at a time, as its driver has them."""
        return self._fetched(self._connection.exec_driver_sql(query))

    def indexes(self) -> Mapping[str, str]:
        """The indexes that SQLite made of single columns of the chain, by column."""
        listed = self._connection.exec_driver_sql("PRAGMA index_list('event')").all()
        names = [row[1] for row in listed if _AUTOMATIC.fullmatch(row[1])]
        columns = {name: self._connection.exec_driver_sql(f"PRAGMA index_info('{name}')").all() for name in names}
        return {found[0][2]: name for name, found in columns.items() if len(found) == 1}

    def mentions(self) -> Iterator[tuple[int, str]]:
        """Which events are found by which keys, in the order of their numbers."""
        query = select(MENTIONS.c.number, MENTIONS.c.key).order_by(MENTIONS.c.number)
        return self._bare(query)

    def evidence(self, digest: str) -> bytes | None:
        """The file kept under `digest`, or None. Raises RegisterError where its bytes are not those."""
        row = self._connection.execute(select(EVIDENCE.c.data).where(EVIDENCE.c.digest == digest)).first()
        return None if row is None else proved_file(row.data, digest)

    def kept(self, digests: Collection[str] | None = None) -> Iterator[str]:
        """The digests of the files that are kept: all, or those among `digests`."""
        if digests is None:
            yield from self._connection.execute(select(EVIDENCE.c.digest).order_by(EVIDENCE.c.digest)).scalars()
            return
        for some in batched(digests, _ASKED):
            yield from self._connection.execute(select(EVIDENCE.c.digest).where(EVIDENCE.c.digest.in_(some))).scalars()

    def erased(self) -> Iterator[str]:
        """The digests of the files that were erased on record."""
        for event in self.events(about=("evidence",)):
            if isinstance(event.fact, EvidenceErased):
                yield event.fact.digest

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every file that is kept, by its digest; one at a time, and not looked at. One that is stored as a text is
        empty."""
        query = select(EVIDENCE.c.digest, EVIDENCE.c.data).order_by(EVIDENCE.c.digest)
        for row in self._stream(query, 1):
            data, strange = stored(row.data)
            yield str(row.digest), b"" if strange else data

    def persons(self) -> tuple[Person, ...]:
        """Everybody who is not forgotten, by institution and name."""
        rows = self._connection.execute(select(PERSONS).order_by(PERSONS.c.member, PERSONS.c.name))
        return tuple(_person(row) for row in rows)

    def person(self, id_: str) -> Person | None:
        """The person of that id, or None: unknown, or forgotten."""
        row = self._connection.execute(select(PERSONS).where(PERSONS.c.id == id_)).first()
        return _person(row) if row else None

    def _bare(self, query: Any) -> Iterator[tuple[Any, ...]]:
        return chain.from_iterable(self._some(query))

    def _some(self, query: Any) -> Iterator[Sequence[tuple[Any, ...]]]:
        """Rows as tuples and no more. SQLite’s driver hands them over so, a third faster than `_stream`."""
        if self.lite:
            return self._fetched(self._connection.execute(query))
        return batched(map(tuple, self._stream(query)), _FETCHED)

    def _fetched(self, result: CursorResult[Any]) -> Iterator[Sequence[tuple[Any, ...]]]:
        self._results.callback(result.close)
        assert result.cursor is not None
        try:
            while rows := result.cursor.fetchmany(_FETCHED):
                yield rows
        except sqlite3.Error as error:
            raise OperationalError("reading", None, error) from error

    def _stream(self, query: Any, fetched: int = _FETCHED) -> Iterator[Row[Any]]:
        result = self._connection.execute(query, execution_options={"yield_per": fetched})
        self._results.callback(result.close)  # where the reader stops half-way
        return chain.from_iterable(result.partitions(fetched))


def batched(values: Iterable[_T], most: int) -> Iterator[tuple[_T, ...]]:
    """`values` in tuples of at most `most`."""
    rest = iter(values)
    while some := tuple(islice(rest, most)):
        yield some


def _person(row: Row[Any]) -> Person:
    return Person(id=row.id, member=row.member, name=row.name, address=row.address)
