"""What keeps the tables append-only, and whether it still does: who weakens it leaves a trace that `verify` finds.

A trigger of the right name that does nothing is no trigger, and one too many could change what is written: so both
databases are asked what their triggers say. A view or a rule in the place of a table is found as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, text

from paraph.model.fault import Fault
from paraph.register.migrate import noted

_APPEND_ONLY = "BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END"
_UNERASED = "NOT EXISTS (SELECT 1 FROM mention WHERE key = 'evidence/' || OLD.digest)"
_EVENT_THERE = (
    "EXISTS (SELECT 1 FROM event WHERE"
    " number = NEW.number OR prev = NEW.prev OR hash = NEW.hash OR request = NEW.request)"
)
_EVIDENCE_THERE = "EXISTS (SELECT 1 FROM evidence WHERE digest = NEW.digest)"
_SQLITE = {
    "event_no_update": f"CREATE TRIGGER event_no_update BEFORE update ON event {_APPEND_ONLY}",
    "event_no_delete": f"CREATE TRIGGER event_no_delete BEFORE delete ON event {_APPEND_ONLY}",
    "evidence_no_update": f"CREATE TRIGGER evidence_no_update BEFORE update ON evidence {_APPEND_ONLY}",
    "evidence_no_delete": (
        f"CREATE TRIGGER evidence_no_delete BEFORE delete ON evidence WHEN {_UNERASED} {_APPEND_ONLY}"
    ),
    "event_no_replace": f"CREATE TRIGGER event_no_replace BEFORE insert ON event WHEN {_EVENT_THERE} {_APPEND_ONLY}",
    "evidence_no_replace": (
        f"CREATE TRIGGER evidence_no_replace BEFORE insert ON evidence WHEN {_EVIDENCE_THERE} {_APPEND_ONLY}"
    ),
}
"""As `migrations` make them."""

_SINCE = {"event_no_replace": "0002", "evidence_no_replace": "0002"}
"""The revision that made a trigger, of those that the first did not make."""

_BEFORE, _ROW, _DELETE, _UPDATE, _TRUNCATE = 2, 1, 8, 16, 32
_RAISE = "RAISE EXCEPTION 'the register is append-only';"
_NEVER = f"BEGIN {_RAISE} END"
_POSTGRESQL = {
    "event_append_only": ("event", _BEFORE | _UPDATE | _DELETE | _TRUNCATE, _NEVER),
    "evidence_append_only": ("evidence", _BEFORE | _UPDATE | _TRUNCATE, _NEVER),
    "evidence_erased_only": (
        "evidence",
        _BEFORE | _ROW | _DELETE,
        f"BEGIN IF {_UNERASED} THEN {_RAISE} END IF; RETURN OLD; END",
    ),
}
"""The table, the bits of `pg_trigger.tgtype`, and the body of the function."""

_TABLES = ("event", "evidence", "mention", "person")


def weakened(connection: Connection) -> Iterator[Fault]:
    """What no longer keeps the register append-only; nothing where all of it does that its revision knows of."""
    if connection.dialect.name == "sqlite":
        made = noted(connection)
        expected: Mapping[str, object] = {name: sql for name, sql in _SQLITE.items() if _SINCE.get(name, "") <= made}
        found = _in_sqlite(connection)
    else:
        expected, found = _POSTGRESQL, _in_postgresql(connection)
    for name in sorted(expected.keys() - found.keys()):
        yield Fault(
            "guard", f"the trigger {name}, which keeps the register append-only, is gone; find out who took it away"
        )
    for name in sorted(found.keys() - expected.keys()):
        yield Fault("guard", f"there is a trigger {name}, which paraph did not make; find out who put it there")
    for name in sorted(expected.keys() & found.keys()):
        if found[name] != expected[name]:
            yield Fault("guard", f"the trigger {name} does not do what paraph made it for; find out who changed it")
    for name in sorted(_other_relations(connection)):
        yield Fault("guard", f"{name} is no table any more; find out who put something else in its place")


def _in_sqlite(connection: Connection) -> dict[str, object]:
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    return {name: " ".join(str(sql).split()) for name, sql in rows}


def _in_postgresql(connection: Connection) -> dict[str, object]:
    rows = connection.execute(
        text(
            "SELECT tgname, relname, tgtype, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
            " JOIN pg_class ON pg_class.oid = tgrelid WHERE tgrelid IN"
            " ('event'::regclass, 'evidence'::regclass, 'mention'::regclass, 'person'::regclass) AND NOT tgisinternal"
            " AND tgenabled IN ('O', 'A') AND tgqual IS NULL AND tgattr = ''"
        )
    )
    return {name: (table, kind, " ".join(body.split())) for name, table, kind, body in rows}


def _other_relations(connection: Connection) -> set[str]:
    if connection.dialect.name == "sqlite":
        rows = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'view'"))
        return set(rows.scalars()) & {*_TABLES}
    rows = connection.execute(
        text(
            "SELECT relname FROM pg_class WHERE (relkind <> 'r' OR relhasrules) AND oid IN"
            " ('event'::regclass, 'evidence'::regclass, 'mention'::regclass, 'person'::regclass)"
        )
    )
    return set(rows.scalars())
