"""What stands beside the chain: files kept as evidence, and the names of persons, which can be forgotten."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

import pytest

from paraph.errors import RegisterError, UsageError
from paraph.model.event import Draft, EvidenceErased, MemberLeft
from paraph.model.person import Person
from paraph.register import store
from paraph.register.store import Register
from registers import NOON, drafts


def test_evidence_is_kept_by_its_digest(register: Register) -> None:
    digest = register.keep(b"the e-mail")
    assert register.keep(b"the e-mail") == digest == hashlib.sha256(b"the e-mail").hexdigest()
    with register.reading() as reader:
        assert reader.evidence(digest) == b"the e-mail"
        assert reader.evidence("0" * 64) is None
        assert list(reader.kept()) == list(reader.kept(["0" * 64, digest])) == [digest]


def test_evidence_is_not_boundless(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "LARGEST", 10)
    register.keep(b"ten bytes.")
    with pytest.raises(RegisterError, match="too large"):
        register.keep(b"eleven byte")


def test_evidence_is_erased_on_record(register: Register) -> None:
    digest, other = register.keep(b"the e-mail"), register.keep(b"another")
    erased = register.erase(digest, "the sender asked for it", NOON)
    assert register.erase(digest, "again", NOON) == erased
    assert erased.fact == EvidenceErased(digest=digest, reason="the sender asked for it")
    with register.reading() as reader:
        assert reader.evidence(digest) is None
        assert reader.evidence(other) == b"another"
        assert tuple(reader.events([f"evidence/{digest}"])) == (erased,)
    with pytest.raises(UsageError):
        register.erase("0" * 64, "never was", NOON)


def test_a_person_is_found_again_by_name_and_institution(register: Register) -> None:
    first = register.person("A Name", "malta")
    assert register.person("A Name", "malta", "a@example.org") == first
    assert register.person("A Name", "malta") == first
    second = register.person("A Name", "spain")
    assert first != second
    assert {one[:2] for one in (first, second)} == {"p-"}
    with register.reading() as reader:
        assert reader.persons() == (
            Person(id=first, member="malta", name="A Name", address="a@example.org"),
            Person(id=second, member="spain", name="A Name"),
        )
        assert reader.person(second) == reader.persons()[1]


def test_a_forgotten_person_leaves_the_chain_whole(register: Register) -> None:
    id_ = register.person("A Name", "malta", "a@example.org")
    fact = drafts("malta")[0].fact
    written = register.append(lambda reader: [Draft(fact=fact, request="r", by=id_)], NOON)
    assert register.forget(id_)
    assert not register.forget(id_)
    with register.reading() as reader:
        assert reader.persons() == ()
        assert reader.person(id_) is None
        assert tuple(reader.events()) == written
    assert register.person("A Name", "malta") != id_


def test_nothing_of_a_forgotten_person_stays_in_the_file(tmp_path: Path) -> None:
    register = Register.open("sqlite:///register.db", tmp_path, create=True)
    ids = [register.person(f"Unforgettable Name {number}", "malta") for number in range(50)]
    digest = register.keep(b"From: Unforgettable Name" * 1000)
    assert b"Unforgettable" in (tmp_path / "register.db").read_bytes()
    for id_ in ids:
        register.forget(id_)
    register.erase(digest, "forgotten", NOON)
    register.close()
    assert b"Unforgettable" not in (tmp_path / "register.db").read_bytes()
    with sqlite3.connect(tmp_path / "register.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_a_register_is_continued_by_the_very_same_chain_only(register: Register, tmp_path: Path) -> None:
    other = Register.open("sqlite:///other.db", tmp_path, create=True)
    other.append(lambda reader: drafts("malta", "spain"), NOON)
    with other.reading() as reader:
        assert register.extend(reader.bodies()) == 2
        assert register.extend(reader.bodies()) == 0
    other.append(lambda reader: [Draft(fact=MemberLeft(member="spain"), request="left")], NOON)
    with other.reading() as reader:
        bodies = list(reader.bodies())
    with pytest.raises(RegisterError, match="does not follow"):
        register.extend([bodies[0], bodies[2]])
    assert register.extend(bodies) == 1
    with register.reading() as reader:
        assert list(reader.bodies()) == bodies
        assert [event.number for event in reader.events(["members"])] == [3]
    register.append(lambda reader: drafts("france"), NOON)
    other.append(lambda reader: drafts("benin", "albania"), NOON)
    with other.reading() as reader, pytest.raises(RegisterError, match="another one"):
        register.extend(reader.bodies())
    with register.reading() as reader:
        assert reader.head().number == 4
    other.close()
