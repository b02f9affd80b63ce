"""The first tables: events, mentions, evidence, persons; and the triggers that keep the first append-only."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} {when}
BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END
"""
_UNERASED = "NOT EXISTS (SELECT 1 FROM mention WHERE key = 'evidence/' || OLD.digest)"
"""Evidence may go once an event says that it was erased."""

_FUNCTION = """
CREATE FUNCTION paraph_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'the register is append-only'; END $$ LANGUAGE plpgsql
"""
_ERASURE = f"""
CREATE FUNCTION paraph_erased_only() RETURNS trigger AS $$
BEGIN
  IF {_UNERASED} THEN RAISE EXCEPTION 'the register is append-only'; END IF;
  RETURN OLD;
END $$ LANGUAGE plpgsql
"""
_TRIGGER = """
CREATE TRIGGER {name} BEFORE {verbs} ON {table} FOR EACH {each} EXECUTE FUNCTION {function}()
"""


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "event",
        sa.Column("number", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("prev", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("request", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("prev", name="event_prev"),
        sa.UniqueConstraint("hash", name="event_hash"),
        sa.UniqueConstraint("request", name="event_request"),
    )
    op.create_table(
        "mention",
        sa.Column("number", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("key", sa.Text, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("mention_key", "mention", ["key", "number"])
    op.create_table(
        "evidence",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("member", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.UniqueConstraint("member", "name", name="person_member_name"),
    )
    for statement in _sqlite() if op.get_bind().dialect.name == "sqlite" else _postgresql():
        op.execute(statement)


def _sqlite() -> tuple[str, ...]:
    return (
        _SQLITE.format(table="event", verb="update", when=""),
        _SQLITE.format(table="event", verb="delete", when=""),
        _SQLITE.format(table="evidence", verb="update", when=""),
        _SQLITE.format(table="evidence", verb="delete", when=f"WHEN {_UNERASED}"),
    )


def _postgresql() -> tuple[str, ...]:
    whole = {"each": "STATEMENT", "function": "paraph_append_only"}
    row = {"each": "ROW", "function": "paraph_erased_only"}
    return (
        _FUNCTION,
        _ERASURE,
        _TRIGGER.format(name="event_append_only", verbs="UPDATE OR DELETE OR TRUNCATE", table="event", **whole),
        _TRIGGER.format(name="evidence_append_only", verbs="UPDATE OR TRUNCATE", table="evidence", **whole),
        _TRIGGER.format(name="evidence_erased_only", verbs="DELETE", table="evidence", **row),
    )
