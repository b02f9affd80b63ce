"""The register: what is written once is never changed, by two databases."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest
import rfc8785
import sqlalchemy
from hypothesis import given, settings
from hypothesis import strategies as st

from paraph.errors import RegisterError
from paraph.model.event import (
    FACTS,
    GENESIS,
    Choice,
    Decided,
    Draft,
    Event,
    Head,
    MemberLeft,
)
from paraph.register import codec
from paraph.register.chain import Chain
from paraph.register.codec import event_hash, read_event, write_event
from paraph.register.store import Register
from paraph.register.usual import runs, usual
from paraph.register.verify import faults
from registers import NOON, chain, decision, drafts

WORDS = st.text(st.characters(codec="utf-8"), max_size=12).map(lambda one: unicodedata.normalize("NFC", one))
TIMES = st.integers(-(2**31), 2**32).map(lambda seconds: NOON + dt.timedelta(seconds=seconds))
st.register_type_strategy(str, WORDS)
st.register_type_strategy(dt.datetime, TIMES)
st.register_type_strategy(int, st.integers(0, 2**40))


@settings(max_examples=400, deadline=None)
@given(st.data(), st.sampled_from(sorted(FACTS)))
def test_every_fact_comes_back_as_it_was_written(data: st.DataObject, kind: str) -> None:
    draft = Draft(fact=data.draw(st.from_type(FACTS[kind])), request=data.draw(WORDS), by=data.draw(WORDS))
    event, body = write_event(draft, Head(), NOON)
    assert read_event(body) == event
    assert (event.number, event.prev) == (1, GENESIS)
    assert event.hash == hashlib.sha256(b"paraph.event.v1\0" + body).hexdigest()


def slowly(body: bytes) -> Event:
    with patch.object(codec, "usual", return_value=None):
        return read_event(body)


@settings(max_examples=300, deadline=None)
@given(st.from_type(Decided), WORDS)
def test_a_decision_read_by_its_pattern_is_what_it_is_when_read_slowly(fact: Decided, by: str) -> None:
    _, body = write_event(Draft(fact=fact, request="r", by=by), Head(), NOON)
    escaped = b"\\" in body
    assert escaped or usual(body)
    assert read_event(body) == slowly(body)


USUAL = write_event(Draft(fact=decision("malta"), request="ça"), Head(), NOON)[1]


PUT = (b"0", b"-", b" ", b'"', b"\\u00e9", "e\u0301".encode(), b"\xed\xa0\x80", b"\x7f")


@settings(max_examples=600, deadline=None)
@given(st.integers(0, len(USUAL)), st.integers(0, 3), st.binary(max_size=3) | st.sampled_from(PUT))
def test_what_the_pattern_takes_is_never_refused_when_read_slowly(place: int, out: int, put: bytes) -> None:
    body = USUAL[:place] + put + USUAL[place + out :]
    if usual(body):
        assert slowly(body) == read_event(body)
    parts = [part for part, run in runs([USUAL, body, USUAL]) if run for part in range(3)[part]]
    assert parts in ([0, 1, 2], [0, 2], []) if usual(body) is None else parts == [0, 1, 2]


ROWS = [
    (event.number, event.prev, event.hash, event.request, body)
    for event, body in chain(*(f"member-{number}" for number in range(9)))
]


def follows(rows: Sequence[tuple[object, ...]], held: Sequence[Head] = ()) -> bool:
    """Whether all of these rows are taken in as runs, and nothing where one is not."""
    begun = Chain(held)
    for part, run in runs([row[4] for row in rows]):
        before = begun.number, begun.hash
        if not run or not begun.follow([*zip(*rows[part], strict=True)], run):
            assert (begun.number, begun.hash) == before
            return False
    assert (begun.number, begun.hash) == (rows[-1][0], rows[-1][2])
    return True


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 8), st.integers(0, 4), st.data())
def test_rows_in_which_anything_is_altered_are_not_taken_together(at: int, column: int, data: st.DataObject) -> None:
    assert follows(ROWS)
    row, was = list(ROWS[at]), ROWS[at][column]
    if isinstance(was, bytes):
        place = data.draw(st.integers(0, len(was) - 1))
        row[column] = was[:place] + bytes([was[place] ^ 1 << data.draw(st.integers(0, 7))]) + was[place + 1 :]
    else:
        row[column] = was + 1 if isinstance(was, int) else was[:-1] + ("0" if was[-1] != "0" else "1")
    assert not follows([*ROWS[:at], tuple(row), *ROWS[at + 1 :]])


def test_rows_out_of_order_or_held_otherwise_are_not_taken_together() -> None:
    assert not follows([*ROWS[:3], ROWS[4], ROWS[3], *ROWS[5:]])
    assert not follows([*ROWS[:3], *ROWS[4:]])
    assert not follows(ROWS, [Head(number=5, hash=ROWS[4][2])])  # it is looked at singly, which says whether it holds


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (b"2026-03-01T", b"2026-02-30T"),
        (b"T12:00:00Z", b"T24:00:00Z"),
        (b"T12:00:00Z", b"T12:00:60Z"),
        (b'"number":1', b'"number":01'),
        (b'"number":1', b'"number":9007199254740993'),
        (b'"choice":"approve"', b'"choice":"Approve"'),
        ("ça".encode(), "c\u0327a".encode()),
        ("ça".encode(), b"\xe7a"),
        ("ça".encode(), b"\\u00e7a"),
    ],
)
def test_what_is_not_canonical_is_no_usual_decision(was: bytes, now: bytes) -> None:
    assert usual(USUAL)
    assert was in USUAL
    assert usual(USUAL.replace(was, now)) is None


@pytest.mark.parametrize(
    "harm",
    [
        lambda event: event | {"extra": 1},
        lambda event: event | {"v": 2},
        lambda event: event | {"kind": "vote"},
        lambda event: event | {"at": "2026-03-01T12:00:00+00:00"},
        lambda event: event | {"number": "1"},
        lambda event: event | {"by": "e\u0301"},
        lambda event: event | {"data": event["data"] | {"choice": "perhaps"}},
        lambda event: event | {"data": {key: event["data"][key] for key in event["data"] if key != "choice"}},
    ],
)
def test_an_event_that_was_never_written_so_is_refused(harm: Callable[[dict], dict]) -> None:
    body = write_event(drafts("malta")[0], Head(), NOON)[1]
    with pytest.raises(RegisterError):
        read_event(rfc8785.dumps(harm(json.loads(body))))
    with pytest.raises(RegisterError, match="canonical"):
        read_event(body + b"\n")


@pytest.mark.parametrize(
    ("words", "at"), [("e\u0301", NOON), ("", NOON.replace(tzinfo=None)), ("", NOON.replace(microsecond=1))]
)
def test_what_is_not_canonical_is_not_written(words: str, at: dt.datetime) -> None:
    with pytest.raises(RegisterError):
        write_event(Draft(fact=decision("malta", words=words), request="r"), Head(), at)


def test_events_are_read_in_order_and_by_what_they_concern(register: Register) -> None:
    written = register.append(lambda reader: [*drafts("malta", "spain")], NOON)
    written += register.append(lambda reader: [Draft(fact=MemberLeft(member="spain"), request="left")], NOON)
    with register.reading() as reader:
        assert tuple(reader.events()) == written
        assert tuple(reader.events(["members"])) == written[2:]
        assert tuple(reader.events(["clause/rehearsal", "members"])) == written
        assert reader.head() == Head(number=3, hash=written[2].hash)
        assert list(faults(reader.bodies(), [reader.head()])) == []


def test_a_request_is_written_once(register: Register) -> None:
    first = register.append(lambda reader: drafts("malta"), NOON)
    again = register.append(lambda reader: drafts("malta", "spain"), NOON.replace(hour=13))
    assert again[0] == first[0]
    assert again[1].number == 2
    other = Draft(fact=decision("malta", Choice.OBJECT), request="r-malta")
    with pytest.raises(RegisterError, match="other content"):
        register.append(lambda reader: [*drafts("morocco"), other], NOON.replace(hour=13))
    with register.reading() as reader:
        assert reader.head().number == 2


def test_what_was_not_decided_whole_is_not_written_at_all(register: Register) -> None:
    bad = Draft(fact=decision("spain", words="e\u0301"), request="bad")
    with pytest.raises(RegisterError):
        register.append(lambda reader: [*drafts("malta"), bad], NOON)
    with register.reading() as reader:
        assert reader.head() == Head()


WHOLE = [body for _, body in chain("malta", "spain", "morocco", "france")]
HELD = Head(number=4, hash=event_hash(WHOLE[3]))


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 3), st.data())
def test_every_flipped_bit_is_found(place: int, data: st.DataObject) -> None:
    bit = data.draw(st.integers(0, 8 * len(WHOLE[place]) - 1))
    body = bytearray(WHOLE[place])
    body[bit // 8] ^= 1 << bit % 8
    assert list(faults([*WHOLE[:place], bytes(body), *WHOLE[place + 1 :]], [HELD]))


@pytest.mark.parametrize(
    "altered",
    [
        [WHOLE[1], WHOLE[0], *WHOLE[2:]],
        WHOLE[1:],
        WHOLE[:3],
        [*WHOLE[:2], WHOLE[3]],
        [WHOLE[0], *WHOLE],
        [],
    ],
    ids=["reordered", "beheaded", "cut", "one taken out", "one twice", "emptied"],
)
def test_a_chain_that_was_cut_or_reordered_is_found(altered: list[bytes]) -> None:
    assert list(faults(altered, [HELD]))


def test_a_chain_that_was_rewritten_whole_is_found_by_a_head_that_others_hold() -> None:
    rewritten = [body for _, body in chain("malta", "spain", "morocco", "albania")]
    assert list(faults(rewritten)) == []
    assert list(map(str, faults(rewritten, [HELD]))) == ["event 4: somebody outside holds another hash for it"]
    assert list(faults([*WHOLE, write_event(drafts("benin")[0], HELD, NOON)[1]], [HELD])) == []


def test_there_is_no_register_until_one_is_made(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="no register"):
        Register.open("sqlite:///register.db", tmp_path)
    with pytest.raises(RegisterError, match="no address"):
        Register.open("register.db", tmp_path)
    made = Register.open("sqlite:///register.db", tmp_path, create=True)
    made.append(lambda reader: drafts("malta"), NOON)
    made.close()
    again = Register.open("sqlite:///register.db", tmp_path, create=True)
    with again.reading() as reader:
        assert reader.head().number == 1
    again.close()


def test_an_altered_row_is_never_read_as_if_it_were_whole(register: Register) -> None:
    register.append(lambda reader: drafts("malta"), NOON)
    body = write_event(Draft(fact=replace(decision("malta"), choice=Choice.OBJECT), request="r-malta"), Head(), NOON)[1]
    with register._engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(sqlalchemy.text("DROP TRIGGER event_no_update"))
        else:
            connection.execute(sqlalchemy.text("DROP TRIGGER event_append_only ON event"))
        connection.execute(sqlalchemy.text("UPDATE event SET body = :body"), {"body": body})
    with register.reading() as reader, pytest.raises(RegisterError, match="not what its hash says"):
        list(reader.events())
