"""A look at a register without SQLAlchemy answers as `Reader` does; what is not as usual is left to `Register`."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from paraph.errors import NoRegisterError, RegisterError
from paraph.model.event import CIRCULATIONS, MEMBERS, RELEASES
from paraph.register.glance import Glance, glance
from paraph.register.store import Register
from rehearsal import Rehearsal
from site_world import released

ADDRESS = "sqlite:///register.db"


@pytest.fixture
def root(rehearsal: Rehearsal) -> Path:
    released(rehearsal, "rehearsal", "c1", "-f md")
    return rehearsal.root


def test_it_answers_as_a_reader_does(root: Path) -> None:
    register = Register.open(ADDRESS, root)
    with closing(register), register.reading() as reader, glance(ADDRESS, root) as light:
        assert isinstance(light, Glance)
        head = reader.head()
        assert light.head() == head
        assert head.number > 5
        assert [light.hash(number) for number in (1, head.number, head.number + 1)] == [
            reader.hash(number) for number in (1, head.number, head.number + 1)
        ]
        for about in (None, (), (MEMBERS,), (CIRCULATIONS, RELEASES), ("nobody",)):
            for after in (0, 3, head.number):
                assert [*light.events(about, after)] == [*reader.events(about, after)]
        for about in ((), (MEMBERS,), (RELEASES, "nobody"), ("nobody",)):
            assert light.last(about) == reader.last(about)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            light._connection.execute("DELETE FROM person")


def test_nothing_of_sqlalchemy_is_started(root: Path) -> None:
    code = "import sys; from pathlib import Path; from paraph.register.glance import glance\n"
    code += f"with glance({ADDRESS!r}, Path({str(root)!r})) as light: print(light.head().number > 5)\n"
    code += "print('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]


def test_what_is_not_as_usual_is_said_by_the_register(root: Path) -> None:
    with pytest.raises(NoRegisterError), glance("sqlite:///other.db", root):
        pass
    with pytest.raises(RegisterError, match="is no address"), glance("nowhere", root):
        pass
    for change, said in (
        ("UPDATE alembic_version SET version_num = '9999'", "of a newer paraph"),
        ("DROP TABLE person", "table person is gone"),
    ):
        copy = root / "copy.db"
        copy.write_bytes((root / "register.db").read_bytes())
        with closing(sqlite3.connect(copy)) as connection:
            connection.execute(change)
            connection.commit()
        with pytest.raises(RegisterError, match=said), glance("sqlite:///copy.db", root):
            pass
    copy.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    with pytest.raises(RegisterError, match="could not be read"), glance("sqlite:///copy.db", root):
        pass


def test_an_event_that_was_altered_is_refused(root: Path) -> None:
    with closing(sqlite3.connect(root / "register.db")) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE event SET hash = ? WHERE number = 2", ("0" * 64,))
        connection.commit()
    with glance(ADDRESS, root) as light, pytest.raises(RegisterError, match="event 2 is not what its hash says"):
        list(light.events())
