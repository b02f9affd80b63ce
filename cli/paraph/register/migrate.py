"""Whether a register's tables are those that this paraph knows, and how they become so."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from paraph.errors import RegisterError
from paraph.register import tables

STEPS = Path(__file__).parent / "migrations"


def revision(connection: Connection) -> str:
    """The revision of the tables that are there; "" where there are none.

    Raises RegisterError where there are others: a register wants a database, or a schema, of its own.
    """
    there = set(inspect(connection).get_table_names())
    missing = {"alembic_version", *tables.METADATA.tables} - there
    if not there or there == {"alembic_version"}:
        return ""
    if len(missing) > 1:
        raise RegisterError(
            f"the database there is no register: it holds {', '.join(sorted(there)[:3])} …",
            "Name another one in paraph.yml or PARAPH_REGISTER.",
        )
    if missing:
        raise RegisterError(f"the register’s table {missing.pop()} is gone", "Take the register from a backup.")
    return noted(connection)


def noted(connection: Connection) -> str:
    """The revision that the tables are noted to be of."""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def migrate(connection: Connection, to: str = "head") -> None:
    """Bring the tables to this paraph's revision (tests: one before), in the transaction of `connection`, which holds
    the lock."""
    from alembic import command
    from alembic.config import Config

    settings = Config(attributes={"connection": connection})
    settings.set_main_option("script_location", str(STEPS).replace("%", "%%"))
    command.upgrade(settings, to)
