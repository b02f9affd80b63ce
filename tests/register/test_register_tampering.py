"""Somebody with the database in hand: whatever is altered, one head that is held outside shows it.

Longer: PARAPH_FLIPS=20000 (bits of the file turned, one at a time).
"""

from __future__ import annotations

import datetime as dt
import os
import random
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, text

import paraph.register.verify as verification
from paraph.errors import RegisterError
from paraph.model.event import CirculationClosed, CirculationOpened, Decided, Draft, Event, Fact, Head, Tally
from paraph.register.codec import read_event, write_event
from paraph.register.glance import glance
from paraph.register.store import Register
from paraph.register.tables import EVENTS, EVIDENCE, MENTIONS
from paraph.register.verify import verify
from paraph.standing.fold import fold
from paraph.standing.rules import tally
from register_writers import SUBJECT, begin
from registers import NOON, decision

FLIPS = int(os.environ.get("PARAPH_FLIPS", "200"))
MEMBERS = ("malta", "spain", "morocco")


def filled(address: str) -> Head:
    """A rehearsal from its opening to its close, with evidence; the head that somebody outside holds."""
    begin(address, [*MEMBERS])
    register = Register.open(address, Path())
    for member in MEMBERS:
        fact = replace(decision(member, evidence=(register.keep(f"mail of {member}".encode()),)), subject=SUBJECT)
        draft = Draft(fact=fact, request=member)
        register.append(lambda reader: [draft], NOON)  # noqa: B023  # it is called at once
    with register.reading() as reader:
        history = fold(reader.events())
    tallies = (tally(history, history.circulations["c1"], SUBJECT),)
    closed = Draft(fact=CirculationClosed(circulation="c1", tallies=tallies), request="close")
    register.append(lambda reader: [closed], NOON)
    register.person("A Name", "malta")
    with register.reading() as reader:
        head = reader.head()
        assert list(verify(reader, [head])) == []
    register.close()
    return head


def found(address: str, head: Head | None = None) -> list[str]:
    try:
        register = Register.open(address, Path())
    except RegisterError as error:
        return [error.message]
    with register.reading() as reader:
        faults = list(map(str, verify(reader, [head] if head else [])))
    register.close()
    return faults


@contextmanager
def unguarded(address: str) -> Iterator[Connection]:
    """The database as its administrator has it: no trigger in the way, and all of them back afterwards."""
    register = Register.open(address, Path())
    with register._engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            triggers = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
            for name, _ in triggers:
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            triggers = []
            for table in ("event", "evidence"):
                connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        yield connection
        for _, sql in triggers:
            connection.exec_driver_sql(sql)
        if not triggers:
            for table in ("event", "evidence"):
                connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))
        connection.commit()
    register.close()


EDITS = {
    "a decision rewritten": "UPDATE event SET body = CAST(replace(CAST(body AS TEXT), 'approve', 'abstain') AS BLOB)"
    " WHERE number = 3",
    "a number beside": "UPDATE event SET number = 99 WHERE number = 6",
    "a hash beside": "UPDATE event SET hash = '{zeros}' WHERE number = 3",
    "a link beside": "UPDATE event SET prev = '{ones}' WHERE number = 3",
    "a request beside": "UPDATE event SET request = 'other' WHERE number = 3",
    "the last one cut off": "DELETE FROM mention WHERE number = 6; DELETE FROM event WHERE number = 6",
    "the first one cut off": "DELETE FROM mention WHERE number = 1; DELETE FROM event WHERE number = 1",
    "one taken out": "DELETE FROM mention WHERE number = 4; DELETE FROM event WHERE number = 4",
    "emptied": "DELETE FROM mention; DELETE FROM event; DELETE FROM evidence",
    "two exchanged": "UPDATE event SET number = 100 WHERE number = 3; UPDATE event SET number = 3 WHERE number = 4;"
    " UPDATE event SET number = 4 WHERE number = 100",
    "the index shortened": "DELETE FROM mention WHERE number = 3",
    "the index lengthened": "INSERT INTO mention VALUES (3, 'members')",
    "the index of what is not there": "INSERT INTO mention VALUES (77, 'members')",
    "evidence taken away": "DELETE FROM evidence WHERE digest = (SELECT min(digest) FROM evidence)",
    "evidence replaced": "UPDATE evidence SET data = CAST('other' AS BLOB)"
    " WHERE digest = (SELECT min(digest) FROM evidence)",
    "evidence exchanged": "UPDATE evidence SET data = (SELECT other.data FROM evidence AS other WHERE other.digest ="
    " (SELECT max(digest) FROM evidence)) WHERE digest = (SELECT min(digest) FROM evidence)",
    "evidence under another name": "UPDATE evidence SET digest = '{ones}'"
    " WHERE digest = (SELECT min(digest) FROM evidence)",
}


@pytest.mark.parametrize("edit", EDITS)
def test_what_is_altered_is_found(address: str, edit: str) -> None:
    head = filled(address)
    with unguarded(address) as connection:
        for statement in EDITS[edit].format(zeros="0" * 64, ones="1" * 64).split(";"):
            if connection.dialect.name == "postgresql":
                statement = statement.replace("CAST(body AS TEXT)", "convert_from(body, 'UTF8')")
                statement = statement.replace(" AS BLOB)", "::text AS bytea)")
            assert connection.execute(text(statement)).rowcount
    assert found(address, head)


def rewrite(address: str, change: Callable[[Event], Fact | None]) -> None:
    """The whole history written anew, every hash and every index with it; None leaves an event out."""
    with unguarded(address) as connection:
        bodies = [bytes(row.body) for row in connection.execute(EVENTS.select().order_by(EVENTS.c.number))]
        connection.execute(MENTIONS.delete())
        connection.execute(EVENTS.delete())
        head = Head()
        for event in map(read_event, bodies):
            if (fact := change(event)) is None:
                continue
            made, body = write_event(Draft(fact=fact, request=event.request, by=event.by), head, event.at)
            head = Head(number=made.number, hash=made.hash)
            row = {"number": made.number, "prev": made.prev, "hash": made.hash, "request": made.request, "body": body}
            connection.execute(insert(EVENTS).values(row))
            for key in dict.fromkeys(fact.about()):
                connection.execute(insert(MENTIONS).values(number=made.number, key=key))


def another_text(event: Event) -> Fact:
    """One letter of a decision, in a history that is otherwise as it was."""
    return replace(event.fact, text="x") if isinstance(event.fact, Decided) and event.number == 3 else event.fact


def another_tally(event: Event) -> Fact:
    """Adopted where it was not, or not where it was."""
    if not isinstance(event.fact, CirculationClosed):
        return event.fact
    return replace(event.fact, tallies=tuple(replace(one, adopted=not one.adopted) for one in event.fact.tallies))


def without_the_close(event: Event) -> Fact | None:
    return None if isinstance(event.fact, CirculationClosed) else event.fact


@pytest.mark.parametrize("change", [another_text, another_tally, without_the_close])
def test_a_history_written_anew_from_end_to_end_is_found(address: str, change: Callable[[Event], Fact | None]) -> None:
    head = filled(address)
    rewrite(address, change)
    assert any("somebody outside holds" in fault for fault in found(address, head))
    if change is not another_tally:
        assert found(address) == [], "whole in itself: only the head from outside can tell"
    else:
        assert any("is not what the decisions before it come to" in fault for fault in found(address))


def a_later_deadline(event: Event) -> Fact:
    later = NOON + dt.timedelta(days=400)
    return replace(event.fact, deadline=later) if isinstance(event.fact, CirculationOpened) else event.fact


def one_voice_less(event: Event) -> Fact | None:
    """Spain decides nothing, and is pending in the tally."""
    if isinstance(event.fact, Decided) and event.fact.member == "spain":
        return None
    if not isinstance(event.fact, CirculationClosed):
        return a_later_deadline(event)
    return replace(event.fact, tallies=tuple(map(_without_spain, event.fact.tallies)))


def _without_spain(made: Tally) -> Tally:
    members = [replace(one, state="pending", event=0) if one.member == "spain" else one for one in made.members]
    shift = next(one.event for one in made.members if one.member == "spain")
    members = [replace(one, event=one.event - (one.event > shift)) for one in members]
    return replace(made, adopted=False, members=tuple(members))


def test_a_close_before_the_deadline_is_found_where_somebody_had_not_decided(address: str) -> None:
    filled(address)
    rewrite(address, one_voice_less)
    assert [fault for fault in found(address) if "before its deadline" in fault]


def test_a_close_before_the_deadline_is_right_where_everybody_had_decided(address: str) -> None:
    filled(address)
    rewrite(address, a_later_deadline)
    assert found(address) == []


def another_rule(event: Event) -> Fact:
    return replace(event.fact, rule="as we feel") if isinstance(event.fact, CirculationOpened) else event.fact


def test_a_rule_that_is_none_is_found_though_the_chain_is_whole(address: str) -> None:
    filled(address)
    rewrite(address, another_rule)
    opened, closed = (one for one in found(address) if "rule" in one)
    assert opened.endswith("nothing can be counted by its rule (as we feel)")
    assert closed.endswith("nothing can be counted by its rule (as we feel)")


def test_a_history_that_went_on_otherwise_is_found(address: str) -> None:
    head = filled(address)
    rewrite(address, without_the_close)
    register = Register.open(address, Path())
    other = Draft(fact=replace(decision("spain"), subject=SUBJECT), request="other")
    register.append(lambda reader: [other], NOON)
    register.close()
    assert found(address, head) == [f"event {head.number}: somebody outside holds another hash for it"]


def test_a_request_stored_as_bytes_is_named(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/register.db"
    filled(address)
    with unguarded(address) as connection:
        connection.execute(text("UPDATE event SET request = CAST(request AS BLOB) WHERE number = 3"))
    assert any(fault.startswith("event 3: the column request beside it says b'") for fault in found(address))


@pytest.mark.parametrize("number", [3, 6])
def test_an_event_stored_as_a_text_is_named(tmp_path: Path, number: int) -> None:
    """Any column of SQLite holds anything: the same letters, but no bytes."""
    address = f"sqlite:///{tmp_path}/register.db"
    filled(address)
    with unguarded(address) as connection:
        connection.execute(
            text("UPDATE event SET body = CAST(body AS TEXT) WHERE number = :number"), {"number": number}
        )
        connection.execute(text("UPDATE evidence SET data = CAST(data AS TEXT)"))
    one, *files = found(address)
    assert one == f"event {number}: it is stored as a text, not as the bytes that were hashed"
    assert len(files) == len(MEMBERS)
    assert all("is damaged" in file for file in files)
    register = Register.open(address, Path())
    with closing(register), register.reading() as reader, glance(address, Path()) as light:
        for read in (
            lambda: [*reader.events()],
            lambda: [*light.events()],
            lambda: [*reader.bodies()],
            lambda: reader.event(number),
            lambda: register.append(lambda reader: [Draft(fact=decision("malta"), request=ASKED[number])], NOON),
        ):
            with pytest.raises(RegisterError, match="stored as a text") as refused:
                read()
            assert "register verify" in refused.value.advice
        with pytest.raises(RegisterError, match="is damaged"):
            reader.evidence(next(iter(reader.kept())))


ASKED = {3: "malta", 6: "close"}
"""The requests that events of `filled` came from."""

WEAKENED = {
    "sqlite": [
        "DROP TRIGGER event_no_replace",
        "DROP TRIGGER evidence_no_replace; CREATE TRIGGER evidence_no_replace BEFORE insert ON evidence"
        " WHEN EXISTS (SELECT 1 FROM evidence WHERE digest = NEW.data) BEGIN SELECT 1; END",
        "DROP TRIGGER event_no_update",
        "DROP TRIGGER event_no_delete; CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT 1; END",
        "CREATE TRIGGER more AFTER INSERT ON event BEGIN DELETE FROM person; END",
        "ALTER TABLE person RENAME TO persons; CREATE VIEW person AS SELECT * FROM persons",
    ],
    "postgresql": [
        "DROP TRIGGER event_append_only ON event",
        "ALTER TABLE event DISABLE TRIGGER event_append_only",
        "CREATE OR REPLACE FUNCTION paraph_append_only() RETURNS trigger LANGUAGE plpgsql"
        " AS $$ BEGIN RETURN NULL; END $$",
        "CREATE TRIGGER more BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION paraph_append_only()",
        "CREATE RULE quiet AS ON UPDATE TO event DO INSTEAD NOTHING",
        "DROP TRIGGER event_append_only ON event; CREATE TRIGGER event_append_only BEFORE DELETE ON event"
        " FOR EACH ROW EXECUTE FUNCTION paraph_append_only()",
    ],
}


@pytest.mark.parametrize("number", range(6))
def test_who_weakens_the_guards_leaves_a_trace(address: str, number: int) -> None:
    statements = WEAKENED[address.partition(":")[0]]
    if number >= len(statements):
        return
    filled(address)
    register = Register.open(address, Path())
    with register._engine.begin() as connection:
        first, middle, rest = statements[number].partition("; CREATE")
        for statement in (first, f"CREATE{rest}" if middle else ""):
            if statement:
                connection.exec_driver_sql(statement)
    register.close()
    faults = found(address)
    assert faults
    assert all("find out who" in fault or "gone" in fault for fault in faults)


def test_a_bit_turned_in_any_column_is_found(address: str) -> None:
    """Of the bytes of events and evidence, in either database."""
    head, chance = filled(address), random.Random(7)
    for turn in range(FLIPS // 10):
        table, key = ((EVENTS, "number"), (EVIDENCE, "digest"))[turn % 2]
        column = "body" if table is EVENTS else "data"
        with unguarded(address) as connection:
            row = chance.choice(connection.execute(table.select()).all())._mapping
            data = bytearray(row[column])
            bit = chance.randrange(8 * len(data))
            data[bit // 8] ^= 1 << bit % 8
            where = table.c[key] == row[key]
            connection.execute(table.update().where(where).values({column: bytes(data)}))
        assert found(address, head), (key, row[key], bit)
        with unguarded(address) as connection:
            connection.execute(table.update().where(where).values({column: row[column]}))
    assert found(address, head) == []


def test_a_bit_turned_anywhere_in_the_file_is_found_or_touches_nothing(tmp_path: Path) -> None:
    """What is not found stands in unused space, or in the names of persons: every row of the record reads the same."""
    head, path, chance, became = (
        filled(f"sqlite:///{tmp_path}/register.db"),
        tmp_path / "register.db",
        random,
        Counter(),
    )
    with sqlite3.connect(path) as connection:
        connection.execute("VACUUM")
    connection.close()
    whole, record = path.read_bytes(), rows(path)
    chance = random.Random(FLIPS)
    for _ in range(FLIPS):
        data, bit = bytearray(whole), chance.randrange(8 * len(whole))
        data[bit // 8] ^= 1 << bit % 8
        path.write_bytes(data)
        faults = found(f"sqlite:///{path}", head)
        became["found" if faults else "harmless"] += 1
        if not faults:
            assert rows(path) == record, bit
    assert became["found"] > FLIPS / 10, became


@pytest.mark.parametrize("column", ["prev", "hash", "request"])
def test_a_letter_in_an_index_of_the_database_is_found(tmp_path: Path, column: str) -> None:
    """Where it differs from the row, a fork or a request written twice would not be refused."""
    address, path = f"sqlite:///{tmp_path}/register.db", tmp_path / "register.db"
    head = filled(address)
    with sqlite3.connect(path) as connection:
        pages = connection.execute("SELECT name, rootpage FROM sqlite_master WHERE name LIKE '%autoindex_event%'")
        roots = {connection.execute(f"PRAGMA index_info('{one}')").fetchone()[2]: page for one, page in [*pages]}
        (word,) = connection.execute(f"SELECT {column} FROM event WHERE number = 4").fetchone()
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.close()
    data = bytearray(path.read_bytes())
    at = data.index(word.encode(), (roots[column] - 1) * size, roots[column] * size) + len(word) - 1
    data[at] ^= 1
    path.write_bytes(data)
    assert found(address, head) == [f"the database’s index of {column} is not what the rows say; take it from a backup"]


def test_a_long_register_is_verified_by_two_processes_that_find_the_same(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = filled(address)
    monkeypatch.setattr(verification, "_LONG", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert found(address, head) == []
    rewrite(address, another_tally)
    with unguarded(address) as connection:
        connection.execute(text("DELETE FROM mention WHERE number = 3"))
    apart = found(address, head)
    monkeypatch.setattr(verification, "_LONG", 1000)
    assert apart == found(address, head)
    assert len(apart) == 3


def rows(path: Path) -> list[list[tuple]]:
    connection = sqlite3.connect(path)
    read = [connection.execute(f"SELECT * FROM {table}").fetchall() for table in ("event", "mention", "evidence")]
    connection.close()
    return [sorted(one) for one in read]
