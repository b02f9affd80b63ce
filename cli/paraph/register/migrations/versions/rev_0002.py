"""No row may take the place of one that is there: SQLite’s `INSERT OR REPLACE` deletes that one and asks no trigger.

SQLite asks the triggers of what is deleted so only for a connection that has set `recursive_triggers`, which whoever
alters a register does not. PostgreSQL has no such statement: what its `INSERT … ON CONFLICT DO UPDATE` and `MERGE`
would change, the triggers of revision 0001 refuse.
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

_THERE = {
    "event": "number = NEW.number OR prev = NEW.prev OR hash = NEW.hash OR request = NEW.request",
    "evidence": "digest = NEW.digest",
}
_SQLITE = """
CREATE TRIGGER {table}_no_replace BEFORE insert ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {there})
BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END
"""


def upgrade() -> None:
    """Make the triggers."""
    if op.get_bind().dialect.name == "sqlite":
        for table, there in _THERE.items():
            op.execute(f"DROP TRIGGER IF EXISTS {table}_no_replace")  # whoever put one there
            op.execute(_SQLITE.format(table=table, there=there))
