"""The register: one chain of events in SQLite or PostgreSQL, written under a lock, read in order."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, insert, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from paraph.errors import RegisterError
from paraph.model.event import Draft, Event, Head
from paraph.register.codec import read_event, write_event
from paraph.register.tables import EVENTS, EVIDENCE, MENTIONS, METADATA

_LOCK = 0x7061726170680001
"""The advisory lock that writers of a PostgreSQL register take: "paraph", 1."""

_BUSY = 60_000
"""Milliseconds that a writer of SQLite waits for the others."""


class Reader:
    """The register as it stands in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def head(self) -> Head:
        """The last event's number and hash; `Head()` of an empty register."""
        row = self._connection.execute(
            select(EVENTS.c.number, EVENTS.c.hash).order_by(EVENTS.c.number.desc()).limit(1)
        ).first()
        return Head(number=row.number, hash=row.hash) if row else Head()

    def events(self, about: Iterable[str] | None = None) -> Iterator[Event]:
        """The events in order: all, or those that concern any of the keys `about` (see `Fact.about`).

        Raises RegisterError where an event is not what its hash says.
        """
        query = select(EVENTS.c.hash, EVENTS.c.body).order_by(EVENTS.c.number)
        if about is not None:
            concerned = select(MENTIONS.c.number).where(MENTIONS.c.key.in_(tuple(about)))
            query = query.where(EVENTS.c.number.in_(concerned))
        for row in self._connection.execute(query):
            yield _proved(row.body, row.hash)

    def bodies(self) -> Iterator[bytes]:
        """The canonical bytes of every event, in order, unread."""
        yield from self._connection.execute(select(EVENTS.c.body).order_by(EVENTS.c.number)).scalars()

    def evidence(self, digest: str) -> bytes | None:
        """The file kept under `digest`, or None. Raises RegisterError where its bytes are not those."""
        data = self._connection.execute(select(EVIDENCE.c.data).where(EVIDENCE.c.digest == digest)).scalar()
        if data is not None and hashlib.sha256(data).hexdigest() != digest:
            raise RegisterError(f"the file kept as {digest[:16]} is damaged", "Take it from a backup.")
        return data

    def requested(self, request: str) -> Event | None:
        """The event that a request has already become, or None."""
        row = self._connection.execute(select(EVENTS.c.hash, EVENTS.c.body).where(EVENTS.c.request == request)).first()
        return _proved(row.body, row.hash) if row else None


class Register:
    """A register by its address: `sqlite:///register.db` (relative to the workspace) or `postgresql://…`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, address: str, root: Path, *, create: bool = False) -> Register:
        """The register at `address`; `create` makes its tables where there are none.

        Raises RegisterError where there is none, or the address is not one.
        """
        try:
            url = make_url(address)
            if url.get_backend_name() == "sqlite" and url.database:
                path = root / url.database
                if not create and not path.is_file():
                    raise RegisterError(f"there is no register at {path}", "It begins with the first circulation.")
                url = url.set(database=str(path))
            if url.drivername == "postgresql":
                url = url.set(drivername="postgresql+psycopg")
            engine = create_engine(url)
        except (ArgumentError, NoSuchModuleError, ImportError) as error:
            advice = "Write sqlite:///register.db or postgresql://user@host/name after register: in paraph.yml."
            raise RegisterError(f"“{address}” is no address of a register: {error}", advice) from error
        if engine.dialect.name == "sqlite":
            _tune(engine)
        register = cls(engine)
        if create:
            with register._writing() as connection:
                METADATA.create_all(connection)
        return register

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """The register as it stands now, unmoved by writers meanwhile."""
        with _named_errors(), self._engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
            else:
                connection.exec_driver_sql("BEGIN")
            yield Reader(connection)

    def append(self, decide: Callable[[Reader], Sequence[Draft]], at: dt.datetime) -> tuple[Event, ...]:
        """Write what `decide` answers, all of it or nothing, and return the events.

        `decide` sees the register as it is while no other writer can move it; whatever it raises, nothing is written. A
        draft whose request is there already is not written again: the event of then is returned in its place. Raises
        RegisterError where the same request is there with another fact, and where the database refuses.
        """
        with self._writing() as connection:
            reader = Reader(connection)
            return tuple(_written(connection, reader, draft, at) for draft in decide(reader))

    def keep(self, data: bytes) -> str:
        """Keep a file as evidence and return its digest; the same bytes are kept once."""
        digest = hashlib.sha256(data).hexdigest()
        with self._writing() as connection:
            if Reader(connection).evidence(digest) is None:
                connection.execute(insert(EVIDENCE).values(digest=digest, data=data))
        return digest

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with _named_errors(), self._engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
            else:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection
            connection.commit()


def _written(connection: Connection, reader: Reader, draft: Draft, at: dt.datetime) -> Event:
    if found := reader.requested(draft.request):
        if found.fact != draft.fact:
            raise RegisterError(
                f"the request {draft.request} has been recorded with other content (event {found.number})",
                "Nothing was written. Ask again under a new request.",
            )
        return found
    made, body = write_event(draft, reader.head(), at)
    connection.execute(
        insert(EVENTS).values(number=made.number, prev=made.prev, hash=made.hash, request=made.request, body=body)
    )
    mentions = [{"key": key, "number": made.number} for key in dict.fromkeys(made.fact.about())]
    connection.execute(insert(MENTIONS), mentions)
    return made


def _proved(body: bytes, hash_: str) -> Event:
    read = read_event(bytes(body))
    if read.hash != hash_:
        raise RegisterError(f"event {read.number} is not what its hash says", "The register is damaged or was altered.")
    return read


def _tune(engine: Engine) -> None:
    """SQLite as a record wants it: on disk before anything is acknowledged, and transactions begun by us."""

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=DELETE", "synchronous=EXTRA", f"busy_timeout={_BUSY}"):
            connection.execute(f"PRAGMA {pragma}").close()


@contextmanager
def _named_errors() -> Iterator[None]:
    """What the database refuses, in one line."""
    try:
        yield
    except SQLAlchemyError as error:
        what = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise RegisterError(f"the register could not be read or written: {what}", "Nothing was written.") from error
