"""The tables of a register as queries see them, for SQLite and PostgreSQL alike.

They are made by the migrations, with the triggers that keep them append-only; a test compares the two.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)


class _Bytes(LargeBinary):
    """Bytes as the driver has them: any column of SQLite can hold a text, and whoever reads it says so."""

    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> None:
        """None: what is there is handed over as it is."""


METADATA = MetaData()
_NUMBER = BigInteger().with_variant(Integer, "sqlite")

EVENTS = Table(
    "event",
    METADATA,
    Column("number", _NUMBER, primary_key=True, autoincrement=False),
    Column("prev", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("request", Text, nullable=False),
    Column("body", _Bytes, nullable=False),
    UniqueConstraint("prev", name="event_prev"),
    UniqueConstraint("hash", name="event_hash"),
    UniqueConstraint("request", name="event_request"),
)
"""The chain. `body` are the canonical bytes; the rest repeats them. A fork would need the same `prev` twice."""

MENTIONS = Table(
    "mention",
    METADATA,
    Column("number", _NUMBER, primary_key=True, autoincrement=False),
    Column("key", Text, primary_key=True),
    Index("mention_key", "key", "number"),
    sqlite_with_rowid=False,
)
"""Which events concern what, by the keys of `Fact.about`: an index that can be made again from the chain."""

EVIDENCE = Table(
    "evidence",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("data", _Bytes, nullable=False),
)
"""Files by their SHA-256. One is deleted only after the chain says that it was erased."""

PERSONS = Table(
    "person",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("member", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("address", Text, nullable=False),
    UniqueConstraint("member", "name", name="person_member_name"),
)
"""Who the opaque ids of the chain are, as long as that may be known: rows are changed and deleted freely."""
