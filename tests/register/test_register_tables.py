"""The tables of a register: made by migrations, kept append-only by the database, upgraded on demand only."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import alembic.autogenerate
import pytest
import sqlalchemy
from alembic.runtime.migration import MigrationContext

from paraph.errors import RegisterError
from paraph.register import glance, migrate, revision, store, tables
from paraph.register.store import Register
from registers import NOON, drafts


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


@pytest.mark.parametrize("column", ["prev", "hash", "request", "number"])
def test_the_database_itself_refuses_a_fork(register: Register, column: str) -> None:
    register.append(lambda reader: drafts("malta"), NOON)
    other = {"number": 2, "prev": "b" * 64, "hash": "c" * 64, "request": "other", "body": b"{}"}
    with register._engine.begin() as connection:
        first = connection.execute(sqlalchemy.select(tables.EVENTS)).one()._mapping
    with pytest.raises(sqlalchemy.exc.IntegrityError), register._engine.begin() as connection:
        connection.execute(sqlalchemy.insert(tables.EVENTS).values(other | {column: first[column]}))


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A paraph with one more step."""
    steps = tmp_path / "migrations"
    shutil.copytree(migrate.STEPS, steps)
    step = "def upgrade():\n    op.add_column('person', sa.Column('title', sa.Text))\n"
    head = "import sqlalchemy as sa\nfrom alembic import op\nrevision, down_revision = '9999', '0001'\n"
    (steps / "versions" / "rev_9999.py").write_text(head + step)
    monkeypatch.setattr(migrate, "STEPS", steps)
    for module in (revision, store, glance):
        monkeypatch.setattr(module, "REVISION", "9999")


def test_an_older_register_is_upgraded_on_demand_only(register: Register, address: str, newer: None) -> None:
    written = register.append(lambda reader: drafts("malta"), NOON)
    for create in (False, True):
        with pytest.raises(RegisterError, match="older paraph") as refused:
            Register.open(address, Path(), create=create)
        assert "paraph register upgrade" in refused.value.advice
    assert Register.upgrade(address, Path()) == ("0001", "9999")
    assert Register.upgrade(address, Path()) == ("9999", "9999")
    again = Register.open(address, Path())
    with again.reading() as reader:
        assert tuple(reader.events()) == written
    again.close()


def test_a_newer_register_is_left_alone(register: Register, address: str) -> None:
    with register._engine.begin() as connection:
        connection.execute(sqlalchemy.text("UPDATE alembic_version SET version_num = '9999'"))
    for attempt in (Register.open, Register.upgrade):
        with pytest.raises(RegisterError, match="newer paraph"):
            attempt(address, Path())


def test_a_step_that_fails_leaves_the_register_as_it_was(register: Register, address: str, newer: None) -> None:
    register.append(lambda reader: drafts("malta"), NOON)
    step = migrate.STEPS / "versions" / "rev_9999.py"
    step.write_text(step.read_text() + "    op.execute('no such statement')\n")
    with pytest.raises(RegisterError):
        Register.upgrade(address, Path())
    with register._engine.connect() as connection:
        assert migrate.revision(connection) == "0001"
        assert "title" not in {one["name"] for one in sqlalchemy.inspect(connection).get_columns("person")}


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
