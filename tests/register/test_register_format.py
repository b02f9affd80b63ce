"""What earlier versions recorded is read for ever: `tests/recorded/` holds a register of each format, never made again.

A new field or kind of event needs a new file beside them (`tests/record_format.py`), which a test here asks for.
"""

from __future__ import annotations

import json
import typing
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
import rfc8785

from paraph.errors import NewerError, RegisterError
from paraph.model.event import FACTS, AnswerSettled, DocumentVersion, Event, Head, PacketReturned
from paraph.register.codec import event_hash, read_event, write_event
from paraph.register.store import Register
from paraph.register.verify import verify
from paraph.workflow.record.log import as_json
from paths import TESTS
from record_format import made
from registers import NOON, drafts

RECORDED = sorted((TESTS / "recorded").glob("*.jsonl"))
each_format = pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)


def events(path: Path) -> list[Event]:
    return [read_event(line) for line in path.read_bytes().splitlines()]


@each_format
def test_what_was_recorded_is_read_and_shown_as_it_was_written(path: Path) -> None:
    lines = path.read_bytes().splitlines()
    assert lines
    for line, event in zip(lines, events(path), strict=True):
        assert (event.body, event.hash) == (line, event_hash(line))
        assert as_json(event) == '{"hash":"' + event.hash + '",' + line.decode()[1:]


@each_format
def test_a_register_of_every_format_is_whole_here(address: str, path: Path) -> None:
    lines = path.read_bytes().splitlines()
    register = Register.open(address, Path(), create=True)
    assert register.extend(lines) == len(lines)
    with register.reading() as reader:
        assert list(map(str, verify(reader, [Head(number=len(lines), hash=event_hash(lines[-1]))]))) == []
        assert list(reader.bodies()) == lines
    register.append(lambda reader: drafts("malta"), NOON)  # and it goes on
    register.close()


def test_a_field_that_an_event_did_not_have_is_read_as_its_default() -> None:
    first = {type(event.fact): event for event in events(RECORDED[0])}
    document, packet = first[DocumentVersion].fact, first[PacketReturned].fact
    assert b"frame" not in first[DocumentVersion].body
    assert b"unrecorded" not in first[PacketReturned].body
    assert isinstance(document, DocumentVersion)
    assert isinstance(packet, PacketReturned)
    assert (document.frame, packet.unrecorded) == ({}, ())
    assert AnswerSettled not in first


def test_the_last_format_on_record_is_that_of_today() -> None:
    """Where this fails: `python tests/record_format.py tests/recorded/NAME.jsonl`, and keep the others."""
    assert RECORDED[-1].read_bytes().splitlines() == made()
    whole = [json.loads(line) for line in RECORDED[-1].read_bytes().splitlines()]
    for kind, fact in FACTS.items():
        some = [one["data"] for one in whole if one["kind"] == kind]
        assert set(named(fact)) <= {path for one in some for path in written(one)}, kind


def named(kind: type, path: str = "") -> Iterator[str]:
    hints = typing.get_type_hints(kind)
    for one in fields(kind):
        inner = [hints[one.name], *typing.get_args(hints[one.name])]
        deeper = [found for found in inner if is_dataclass(found)]
        yield f"{path}{one.name}"
        for found in deeper:
            assert isinstance(found, type)
            yield from named(found, f"{path}{one.name}.")


def written(value: Mapping[str, object], path: str = "") -> Iterator[str]:
    """The fields by their paths, those in lists and mappings of facts as if there were one."""
    for name, one in value.items():
        yield f"{path}{name}"
        for inner in one if isinstance(one, list) else [one, *(one.values() if isinstance(one, dict) else ())]:
            if isinstance(inner, dict):
                yield from written(inner, f"{path}{name}.")


NEWER = {
    "kind": lambda event: event | {"kind": "vote"},
    "version": lambda event: event | {"v": 2},
    "field": lambda event: event | {"seal": "x"},
    "field of the fact": lambda event: event | {"data": event["data"] | {"weight": 2}},
    "field deep in it": lambda event: (
        event | {"data": event["data"] | {"receipt": event["data"]["receipt"] | {"by": 1}}}
    ),
}


@pytest.mark.parametrize("change", NEWER)
def test_what_a_newer_paraph_wrote_is_one_clear_error(change: str, register: Register) -> None:
    body = rfc8785.dumps(NEWER[change](json.loads(write_event(drafts("malta")[0], Head(), NOON)[1])))
    with pytest.raises(NewerError, match="event 1 ") as refused:
        read_event(body)
    assert "Upgrade paraph" in refused.value.advice
    with pytest.raises(NewerError):
        register.extend([body])
    with register.reading() as reader:
        assert reader.head() == Head()


def test_what_nobody_ever_wrote_is_no_older_format() -> None:
    event = json.loads(write_event(drafts("malta")[0], Head(), NOON)[1])
    for name in ("choice", "receipt"):  # no default
        with pytest.raises(RegisterError):
            read_event(
                rfc8785.dumps(event | {"data": {key: event["data"][key] for key in event["data"] if key != name}})
            )
    with pytest.raises(RegisterError, match="canonical"):
        read_event(json.dumps(event).encode())
    without = {key: one for key, one in event["data"].items() if key != "text"}
    assert read_event(rfc8785.dumps(event | {"data": without})).fact == drafts("malta")[0].fact
    late = event | {"at": "2026-03-01T12:00:00+00:00", "data": without}
    with pytest.raises(RegisterError, match="would not be written so"):
        read_event(rfc8785.dumps(late))
