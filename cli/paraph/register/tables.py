"""The tables of a register, for SQLite and PostgreSQL alike, and the triggers that keep them append-only."""

from __future__ import annotations

from sqlalchemy import (
    DDL,
    BigInteger,
    Column,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    event,
)

METADATA = MetaData()

EVENTS = Table(
    "event",
    METADATA,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("prev", String(64), nullable=False, unique=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("request", Text, nullable=False, unique=True),
    Column("body", LargeBinary, nullable=False),
)
"""The chain. `body` are the canonical bytes; the rest repeats them. A fork would need the same `prev` twice."""

MENTIONS = Table(
    "mention",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
)
"""Which events concern what, by the keys of `Fact.about`: an index that can be made again from the chain."""

EVIDENCE = Table(
    "evidence",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("data", LargeBinary, nullable=False),
)
"""Files by their SHA-256."""

_SQLITE = """
CREATE TRIGGER event_no_{verb} BEFORE {verb} ON event
BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END
"""
_FUNCTION = """
CREATE OR REPLACE FUNCTION paraph_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'the register is append-only'; END $$ LANGUAGE plpgsql
"""
_POSTGRESQL = """
CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event
FOR EACH STATEMENT EXECUTE FUNCTION paraph_append_only()
"""


def _after_creation(dialect: str, *statements: str) -> None:
    for statement in statements:
        ddl = DDL(statement)  # type: ignore[no-untyped-call]
        event.listen(EVENTS, "after_create", ddl.execute_if(dialect=dialect))


_after_creation("sqlite", *(_SQLITE.format(verb=verb) for verb in ("update", "delete")))
_after_creation("postgresql", _FUNCTION, _POSTGRESQL)
