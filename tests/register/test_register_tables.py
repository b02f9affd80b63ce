"""The tables of a register: made by migrations, kept append-only by the database, upgraded on demand only."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import alembic.autogenerate
import pytest
import sqlalchemy
from alembic.runtime.migration import MigrationContext

from desk import desk
from paraph.__main__ import main
from paraph.errors import RegisterError
from paraph.register import connect, migrate, reader, revision, store, tables
from paraph.register.store import Register
from paraph.register.verify import verify
from registers import NOON, chain, drafts

DIGEST = hashlib.sha256(b"the e-mail").hexdigest()


def test_the_migrations_make_the_tables_that_queries_expect(register: Register) -> None:
    with register._engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = alembic.autogenerate.compare_metadata(context, tables.METADATA)
    assert differences == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET request = 'x'",
        "DELETE FROM event",
        "UPDATE evidence SET data = data",
        "DELETE FROM evidence",
        "DELETE FROM event WHERE number = 1",
    ],
)
def test_the_database_itself_refuses_to_change_what_is_written(register: Register, statement: str) -> None:
    register.append(lambda reader: drafts("malta"), NOON)
    register.keep(b"the e-mail")
    tries = [statement]
    if register._engine.dialect.name == "postgresql" and "WHERE" not in statement:
        tries.append(f"TRUNCATE {'evidence' if 'evidence' in statement else 'event'}")
    for one in tries:
        with pytest.raises(sqlalchemy.exc.DBAPIError, match="append-only"), register._engine.begin() as connection:
            connection.execute(sqlalchemy.text(one))


OTHER = {"number": 9, "prev": "b" * 64, "hash": "c" * 64, "request": "other", "body": b"{}"}
INSTEAD = {
    "sqlite": (
        "INSERT OR REPLACE INTO {into}",
        "REPLACE INTO {into}",
        "INSERT INTO {into} ON CONFLICT DO UPDATE {set}",
    ),
    "postgresql": (
        "INSERT INTO {into} ON CONFLICT ({key}) DO UPDATE {set}",
        "MERGE INTO {table} USING (SELECT 1) AS one ON TRUE WHEN MATCHED THEN UPDATE {set}",
        "MERGE INTO {table} USING (SELECT 1) AS one ON TRUE WHEN MATCHED THEN DELETE",
        "WITH gone AS (DELETE FROM {table} RETURNING *) INSERT INTO {into}",
    ),
}
"""Ways to put a row in the place of one that is there."""


@pytest.mark.parametrize("column", ["prev", "hash", "request", "number", "digest"])
def test_no_row_takes_the_place_of_one_that_is_there(register: Register, column: str) -> None:
    register.append(lambda reader: drafts("malta"), NOON)
    register.keep(b"the e-mail")
    table = tables.EVIDENCE if column == "digest" else tables.EVENTS
    with register._engine.connect() as connection:
        before = connection.execute(table.select()).all()
        server = connection.dialect.name == "postgresql"
        merges = not server or connection.execute(sqlalchemy.text("SHOW server_version_num")).scalar_one() >= "150000"
    other = {"digest": "d" * 64, "data": b"another one"} if column == "digest" else OTHER
    row = other | {column: before[-1]._mapping[column]}
    into = f"{table.name} ({', '.join(row)}) VALUES ({', '.join(f':{name}' for name in row)})"
    value = "data" if column == "digest" else "body"
    for one in INSTEAD[register._engine.dialect.name]:
        if one.startswith("MERGE") and not merges:
            continue
        statement = one.format(into=into, table=table.name, key=column, set=f"SET {value} = :{value}")
        refused = "append-only|duplicate key"
        with pytest.raises(sqlalchemy.exc.DBAPIError, match=refused), register._engine.begin() as connection:
            connection.execute(sqlalchemy.text(statement), row)
    with register._engine.connect() as connection:
        assert connection.execute(table.select()).all() == before
    assert register.append(lambda reader: drafts("malta", "spain"), NOON)[1].number == 2, "asked again, and written on"


@pytest.mark.parametrize("column", ["prev", "hash", "request", "number"])
def test_the_database_itself_refuses_a_fork(register: Register, column: str) -> None:
    register.append(lambda reader: drafts("malta"), NOON)
    with register._engine.begin() as connection:
        first = connection.execute(sqlalchemy.select(tables.EVENTS)).one()._mapping
    with pytest.raises(sqlalchemy.exc.IntegrityError), register._engine.begin() as connection:
        connection.execute(sqlalchemy.insert(tables.EVENTS).values(OTHER | {column: first[column]}))


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A paraph with one more step, which it hands over."""
    steps = tmp_path / "migrations"
    shutil.copytree(migrate.STEPS, steps)
    step = steps / "versions" / "rev_9999.py"
    head = "import sqlalchemy as sa\nfrom alembic import op\nrevision, down_revision = '9999', '0002'\n"
    step.write_text(head + "def upgrade():\n    op.add_column('person', sa.Column('title', sa.Text))\n")
    monkeypatch.setattr(migrate, "STEPS", steps)
    for module in (revision, store, reader):
        monkeypatch.setattr(module, "REVISION", "9999")
    return step


@pytest.fixture
def older(address: str, tmp_path: Path) -> Path:
    """The register at `address` as revision 0001 made it, with a decision, an e-mail and a name; where it is."""
    engine = connect.connect(address, tmp_path, create=True)
    with connect.writing(engine) as connection:
        migrate.migrate(connection, "0001")
        (made, body), *_ = chain("malta")
        row = {"number": 1, "prev": made.prev, "hash": made.hash, "request": made.request, "body": body}
        connection.execute(sqlalchemy.insert(tables.EVENTS).values(row))
        for key in made.fact.about():
            connection.execute(sqlalchemy.insert(tables.MENTIONS).values(number=1, key=key))
        connection.execute(sqlalchemy.insert(tables.EVIDENCE).values(digest=DIGEST, data=b"the e-mail"))
        connection.execute(sqlalchemy.insert(tables.PERSONS).values(id="p-1", member="malta", name="A", address=""))
    engine.dispose()
    return tmp_path


def test_an_older_register_is_read_as_it_is_and_written_once_it_is_upgraded(older: Path, address: str) -> None:
    register = Register.open(address, older, create=True)
    with closing(register):
        for write in (
            lambda: register.append(lambda reader: drafts("malta"), NOON),
            lambda: register.extend([]),
            lambda: register.keep(b"the e-mail"),
            lambda: register.erase(DIGEST, "a rehearsal", NOON),
            lambda: register.person("B", "malta"),
            lambda: register.forget("p-1"),
            register.reindex,
        ):
            with pytest.raises(RegisterError, match=r"older paraph .*nothing was written") as refused:
                write()
            assert "paraph register upgrade" in refused.value.advice
        assert held(register) == (1, [DIGEST], "A")
        register.backup(older / "before.db")
    assert Register.upgrade(address, older) == ("0001", "0002")
    assert Register.upgrade(address, older) == ("0002", "0002")
    for place, number in ((address, 2), (f"sqlite:///{older / 'before.db'}", 1)):
        register = Register.open(place, older)
        with closing(register), register.reading() as reader_:
            assert reader_.only_read is (number == 1 and address.startswith("sqlite")), "pages are copied as they are"
        register = Register.open(place, older)
        with closing(register):
            if place == address:
                register.append(lambda reader: drafts("malta", "spain"), NOON)
            assert held(register) == (number, [DIGEST], "A")


def held(register: Register) -> tuple[int, list[str], str]:
    """The number of events of a register, its files and the person; it verifies."""
    with register.reading() as reader_:
        assert [str(one) for one in verify(reader_) if one.kind in ("guard", "column", "damage")] == []
        return reader_.head().number, [*reader_.kept()], reader_.persons()[0].name


def test_the_commands_look_into_an_older_register_and_say_what_to_do(
    older: Path, address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(desk(older / "office", {}))
    monkeypatch.setenv("PARAPH_REGISTER", address)
    for command in ("head", "log", "persons", "export -", "backup before.db"):
        main(["register", *command.split()])
        assert "1" in capsys.readouterr().out, command
    assert main(["register", "forget", "A"]) == 3
    assert "run “paraph register upgrade”" in capsys.readouterr().err
    assert main(["register", "upgrade"]) == 0
    assert capsys.readouterr().out.startswith("from 0001 to 0002\n")
    assert main(["register", "forget", "A"]) == 0


KILLED = "import sys; from pathlib import Path\n"
KILLED += "from paraph.register import migrate; from paraph.register.store import Register\n"
KILLED += "migrate.STEPS = Path(sys.argv[1]); Register.upgrade(sys.argv[2], Path())\n"


def test_an_upgrade_that_is_killed_midway_has_not_begun(older: Path, address: str, tmp_path: Path) -> None:
    """Half of a step done, and its revision not noted: a backup of that moment is whole, and the register after it."""
    steps = tmp_path / "migrations"
    shutil.copytree(migrate.STEPS, steps)
    step = steps / "versions" / "rev_0002.py"
    stop = f"    Path({str(tmp_path / 'there')!r}).touch(); time.sleep(60)\n"
    step.write_text(
        step.read_text().replace("from alembic", "import time; from pathlib import Path; from alembic") + stop
    )
    with subprocess.Popen([sys.executable, "-c", KILLED, steps, address]) as upgrading:
        while not (tmp_path / "there").exists():
            assert upgrading.poll() is None
            time.sleep(0.02)
        register = Register.open(address, older)
        with closing(register):
            register.backup(older / "meanwhile.db")
        upgrading.kill()
    copy = Register.open(f"sqlite:///{older / 'meanwhile.db'}", older)
    with closing(copy):
        assert held(copy) == (1, [DIGEST], "A")
    register = Register.open(address, older)
    with closing(register):
        assert held(register) == (1, [DIGEST], "A")
    assert Register.upgrade(address, older) == ("0001", "0002")


def test_a_newer_register_is_left_alone(register: Register, address: str) -> None:
    with register._engine.begin() as connection:
        connection.execute(sqlalchemy.text("UPDATE alembic_version SET version_num = '9999'"))
    for attempt in (Register.open, Register.upgrade):
        with pytest.raises(RegisterError, match="newer paraph"):
            attempt(address, Path())


def test_a_step_that_fails_leaves_the_register_as_it_was(older: Path, address: str, newer: Path) -> None:
    newer.write_text(newer.read_text() + "    op.execute('no such statement')\n")
    with pytest.raises(RegisterError):
        Register.upgrade(address, older)
    engine = connect.connect(address, older, create=False)
    with engine.connect() as connection:
        assert migrate.revision(connection) == "0001"
        assert "title" not in {one["name"] for one in sqlalchemy.inspect(connection).get_columns("person")}
    engine.dispose()


def test_there_is_no_register_in_a_database_without_tables(address: str, tmp_path: Path) -> None:
    (tmp_path / "register.db").touch()
    for attempt in (Register.open, Register.upgrade):
        with pytest.raises(RegisterError, match="no register"):
            attempt(address, tmp_path)


def test_a_file_that_is_no_database_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "register.db").write_text("minutes of the meeting" * 100)
    for create in (False, True):
        with pytest.raises(RegisterError, match="not a database"):
            Register.open("sqlite:///register.db", tmp_path, create=create)


def test_a_password_in_an_address_is_never_repeated(tmp_path: Path) -> None:
    with pytest.raises(RegisterError) as refused:
        Register.open("postgresql://ana:s3cret@host:port/name", tmp_path)
    assert "s3cret" not in refused.value.message + refused.value.advice


def test_opening_a_register_that_is_up_to_date_does_not_load_alembic(tmp_path: Path) -> None:
    Register.open("sqlite:///register.db", tmp_path, create=True).close()
    script = (
        "import sys; from pathlib import Path; from paraph.register.store import Register\n"
        "for create in (False, True): Register.open('sqlite:///register.db', Path(), create=create).close()\n"
        "sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], cwd=tmp_path, check=False).returncode == 0
