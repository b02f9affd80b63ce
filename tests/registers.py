"""Registers for tests, in SQLite and in PostgreSQL, and rehearsals to put in them: no institution decided any of it."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy

from paraph.model.event import (
    Choice,
    Decided,
    Draft,
    Event,
    EvidenceClass,
    Head,
    Receipt,
    Subject,
    SubjectKind,
)
from paraph.register.codec import write_event
from paraph.register.store import Register

POSTGRESQL = os.environ.get("PARAPH_TEST_POSTGRESQL", "")
"""The address of an empty database of the tests' own; .ci/run starts one."""

NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def decision(member: str, choice: Choice = Choice.APPROVE, words: str = "", evidence: tuple[str, ...] = ()) -> Decided:
    subject = Subject(kind=SubjectKind.CLAUSE, id="rehearsal", version=1, digest="a" * 64)
    receipt = Receipt(received=NOON, channel="rehearsal", grade=EvidenceClass.RECORDED, evidence=evidence)
    return Decided(circulation="c1", member=member, subject=subject, choice=choice, receipt=receipt, text=words)


def drafts(*members: str) -> list[Draft]:
    return [Draft(fact=decision(member), request=f"r-{member}") for member in members]


def chain(*members: str) -> list[tuple[Event, bytes]]:
    made, head = [], Head()
    for draft in drafts(*members):
        made.append(write_event(draft, head, NOON))
        head = Head(number=made[-1][0].number, hash=made[-1][0].hash)
    return made


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a register can be made, in each kind of database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/register.db"
        return
    if not POSTGRESQL:
        if os.environ.get("CI"):
            pytest.fail("CI needs PostgreSQL: see .ci/run")
        pytest.skip("set PARAPH_TEST_POSTGRESQL to the address of a database for the tests")
    schema = f"rehearsal_{os.getpid()}"
    engine = sqlalchemy.create_engine(POSTGRESQL.replace("postgresql:", "postgresql+psycopg:", 1))
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text(f"CREATE SCHEMA {schema}"))
    yield f"{POSTGRESQL}{'&' if '?' in POSTGRESQL else '?'}options=-csearch_path%3D{schema}"
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


@pytest.fixture
def register(address: str, tmp_path: Path) -> Iterator[Register]:
    """An empty register."""
    opened = Register.open(address, tmp_path, create=True)
    yield opened
    opened.close()
