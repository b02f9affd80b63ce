"""A look at a register in SQLite by the driver alone: to start SQLAlchemy takes longer than most questions do.

Only what reads a little goes this way, and nothing is written. Whatever is not as usual (another database, tables of
a revision that is not read, a journal that a writer left behind when it was killed) is left to `Register`, which sees
to it or says what is wrong.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from paraph.model.event import Event, Head
from paraph.register.codec import proved, proved_file
from paraph.register.refusals import refusal
from paraph.register.revision import readable

if TYPE_CHECKING:
    from paraph.register.reader import Reader

_SCHEME = "sqlite:///"
_TABLES = {"alembic_version", "event", "evidence", "mention", "person"}
_BUSY = 60
"""Seconds that a reader waits for a writer that is just committing."""


class Glance:
    """The register as it stands in one transaction; each method is that of `Reader`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def head(self) -> Head:
        """The last event's number and hash; `Head()` of an empty register."""
        return self._head("SELECT number, hash FROM event ORDER BY number DESC LIMIT 1")

    def last(self, about: Iterable[str]) -> Head:
        """The last event that concerns any of the keys `about`, by number and hash; `Head()` where there is none."""
        keys = tuple(about)
        concerned = f"SELECT max(number) FROM mention WHERE key IN ({_marks(keys)})"  # noqa: S608  # marks alone
        return self._head(f"SELECT number, hash FROM event WHERE number = ({concerned})", keys)  # noqa: S608

    def hash(self, number: int) -> str | None:
        """The hash of an event, as its column has it, or None."""
        return next((str(hash_) for (hash_,) in self._rows("SELECT hash FROM event WHERE number = ?", (number,))), None)

    def events(self, about: Iterable[str] | None = None, after: int = 0) -> Iterator[Event]:
        """The events in order: all, or those that concern any of the keys `about`; not those up to number `after`.

        Raises RegisterError where an event is not what its hash says.
        """
        keys = None if about is None else tuple(about)
        query = "SELECT hash, body FROM event WHERE number > ?"
        if keys is not None:
            query += f" AND number IN (SELECT number FROM mention WHERE key IN ({_marks(keys)}))"  # noqa: S608
        for hash_, body in self._rows(f"{query} ORDER BY number", (after, *(keys or ()))):
            yield proved(body, hash_)

    def evidence(self, digest: str) -> bytes | None:
        """The file kept under `digest`, or None. Raises RegisterError where its bytes are not those."""
        row = next(self._rows("SELECT data FROM evidence WHERE digest = ?", (digest,)), None)
        return None if row is None else proved_file(row[0], digest)

    def _head(self, query: str, values: Sequence[object] = ()) -> Head:
        return next((Head(number=number, hash=hash_) for number, hash_ in self._rows(query, values)), Head())

    def _rows(self, query: str, values: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        try:
            yield from self._connection.execute(query, values)
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise refusal(error) from error


Look: TypeAlias = "Glance | Reader"
"""What answers a question that reads a little."""


@contextmanager
def glance(address: str, root: Path) -> Iterator[Look]:
    """The register at `address` to be read, as it stands now. Raises RegisterError as `Register.open` does."""
    if (connection := _opened(address, root)) is None:
        from paraph.register.store import Register

        register = Register.open(address, root)
        with closing(register), register.reading() as reader:
            yield reader
        return
    with closing(connection):
        yield Glance(connection)


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _opened(address: str, root: Path) -> sqlite3.Connection | None:
    """A connection that can only read, in a transaction; None where anything is not as usual."""
    place = address.removeprefix(_SCHEME)
    path = root / place
    if place == address or not path.is_file():
        return None
    connection = None
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", _BUSY, isolation_level=None, uri=True)
        connection.execute("BEGIN")
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if tables >= _TABLES:
            noted = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            if noted and readable(str(noted[0])):
                return connection
    except sqlite3.Error:
        pass  # `Register` meets it again, and says it
    if connection is not None:
        connection.close()
    return None
