"""From an address to a database: SQLite as a record wants it, PostgreSQL; and what they refuse, in one line."""

from __future__ import annotations

import random
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError, SQLAlchemyError

from paraph.errors import NoRegisterError, RegisterError
from paraph.register.refusals import refusal

_LOCK = 0x7061726170680001
"""The advisory lock that writers of a PostgreSQL register take: "paraph", 1."""

_REACHED = 10
"""Seconds in which a PostgreSQL server must answer."""

_BUSY = 60_000
"""Milliseconds that a writer waits while nobody else gets on."""

_PATIENCE = 600
"""Seconds that a writer waits for others at most, however many of them come before it."""

_ASKED = (0.005, 0.05)
"""Seconds after which a writer that waits asks again, between the two by chance."""

_CROWDED = "paraph.crowded"
"""When a connection last found somebody else writing."""

_PRAGMAS = (f"busy_timeout={_BUSY}", "journal_mode=DELETE", "synchronous=EXTRA", "secure_delete=ON")
"""On disk before anything is acknowledged, in one file; and what is deleted (a person's name) is overwritten."""

_SECRET = re.compile(r"//[^/]*@")


def connect(address: str, root: Path, *, create: bool) -> Engine:
    """The database at `address`; that of SQLite is relative to `root`, and must be there unless `create`.

    Raises RegisterError where it is not, or `address` is no address.
    """
    try:
        url = make_url(address)
        if url.get_backend_name() not in ("sqlite", "postgresql"):
            raise ArgumentError("it is neither SQLite nor PostgreSQL")
        if url.get_backend_name() == "sqlite":
            if not url.database or url.database == ":memory:":
                raise ArgumentError("it names no file")
            path = root / url.database
            if not create and not path.is_file():
                raise NoRegisterError(f"there is no register at {path}", "It begins with the first circulation.")
            url = url.set(drivername="sqlite", database=str(path))
        else:
            url = url.set(drivername="postgresql+psycopg")
            if "connect_timeout" not in url.query:
                url = url.update_query_dict({"connect_timeout": str(_REACHED)})
        engine = create_engine(url)
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError) as error:
        what = f"“{_SECRET.sub('//…@', address)}” is no address of a register: {_SECRET.sub('//…@', str(error))}"
        raise RegisterError(what, "Write sqlite:///register.db or postgresql://user@host/name.") from error
    if engine.dialect.name == "sqlite":
        _tune(engine)
    return engine


def _tune(engine: Engine) -> None:
    """Transactions are begun by us, not by the driver."""

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, record: Any) -> None:
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").close()


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that sees the database as it is now, unmoved by writers meanwhile."""
    with named_errors(), engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
        else:
            connection.exec_driver_sql("BEGIN")
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that no other writer can be in; what it wrote is on disk when it ends, and nothing if it raises."""
    with named_errors(), engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SET LOCAL lock_timeout = {_BUSY}"))
            connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
        else:
            _begin_in_turn(connection)
        yield connection
        connection.commit()


def _begin_in_turn(connection: Connection) -> None:
    """Begin to write to SQLite, or wait until one can.

    SQLite itself lets who waits longest ask least often, so that in a crowd some are never served. Here all ask alike,
    and who was in a crowd a minute ago does not come again at once, before those that wait. Chance decides who is next,
    so that in a large crowd on a slow disk somebody waits long: as long as others get on, that is no reason to give up.
    """
    begun, crowded = time.monotonic(), connection.info.get(_CROWDED)
    if crowded is not None and begun < crowded + _BUSY / 1000:
        time.sleep(random.uniform(*_ASKED))  # noqa: S311  # no secret
    connection.exec_driver_sql("PRAGMA busy_timeout=0").close()
    until, written = begun + _BUSY / 1000, None
    try:
        while True:
            try:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            except OperationalError as error:
                now = time.monotonic()
                if (found := _written(connection)) not in (None, written):
                    written, until = found, min(now + _BUSY / 1000, begun + _PATIENCE)
                if "locked" not in str(error.orig) or now > until:
                    raise
                connection.info[_CROWDED] = now
                time.sleep(random.uniform(*_ASKED))  # noqa: S311  # no secret
            else:
                return
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={_BUSY}").close()


def _written(connection: Connection) -> int | None:
    """A number that is another one once somebody else has written; None while that cannot be seen."""
    try:
        return connection.exec_driver_sql("PRAGMA data_version").scalar()
    except OperationalError:
        return None


def copy_pages(connection: Connection, path: Path) -> None:
    """Copy an SQLite database, page for page and in one go, into the file `path`; a writer waits meanwhile."""
    source = connection.connection.driver_connection
    assert isinstance(source, sqlite3.Connection)
    with closing(sqlite3.connect(path)) as target:
        try:
            source.backup(target)
        except sqlite3.Error as error:
            raise OperationalError("backup", None, error) from error


@contextmanager
def named_errors() -> Iterator[None]:
    """What the database refuses, in one line, with what to do.

    A commit whose answer was lost may have been written: asking again is safe, since a request is written once.
    """
    try:
        yield
    except UnicodeDecodeError as error:
        raise refusal(error) from error
    except SQLAlchemyError as error:
        raise refusal(getattr(error, "orig", None) or error) from error
