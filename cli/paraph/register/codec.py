"""Events as bytes and back: the canonical JSON that the chain is made of.

An event is one JSON object in the canonical form of RFC 8785, whose SHA-256, after a prefix that names this use and its
version, is the event's hash::

    {"at", "by", "data", "kind", "number", "prev", "request", "v": 1}

`data` holds the fields of the fact by their names. RFC 8785 leaves Unicode as it is, so every string must be in NFC
already. There are no floats; times are UTC to the second, "2017-03-01T17:00:00Z".

Events are read for ever. A field that an event did not always have has a default, which stands for it where it is
absent; the bytes stay as they were written, and they are what is hashed and shown. What only a later paraph writes, a
kind or a field, is named as such and never passed over (docs/register.md, “As the format grows”).

msgspec reads and writes the types of `paraph.model.event` as they stand; `paraph.markup.canonical_json` says how.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import typing
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache, partial
from operator import attrgetter
from typing import Any, Generic, TypeVar

import msgspec

from paraph.errors import NewerError, RegisterError
from paraph.markup.canonical_json import canonical_json, sorted_json
from paraph.model.event import FACTS, Draft, Event, Fact, Head
from paraph.register.usual import decided, moment, name, usual

_PREFIX = b"paraph.event.v1\0"
_LARGEST = 2**53 - 1
"""The largest whole number that JSON can hold for everybody (RFC 8785, 3.2.2.3)."""

_KIND = b',"kind":"'
_UPGRADE = "A newer paraph has written it, or it was altered. Upgrade paraph, and run it again."
_ALTERED = "The register is damaged or was altered. “paraph register verify” says where."
_Data = TypeVar("_Data")


class Envelope(msgspec.Struct, Generic[_Data]):
    """The object around a fact, `data`: an event as its bytes have it, which do not hold its own hash."""

    at: dt.datetime
    by: str
    data: _Data
    kind: str
    number: int
    prev: str
    request: str
    v: int


_read_any = msgspec.json.Decoder(Envelope[msgspec.Raw]).decode
_read_fields = msgspec.json.Decoder(Envelope[dict[str, msgspec.Raw]]).decode
_KINDS = {kind.encode(): kind for kind in FACTS}


@cache
def _reader(kind: str) -> Callable[[bytes], Envelope[Fact]]:
    """What reads events of one kind in one go."""
    envelope: Any = Envelope
    reader: Callable[[bytes], Envelope[Fact]] = msgspec.json.Decoder(envelope[FACTS[kind]]).decode
    return reader


def event_hash(body: bytes) -> str:
    """The hash of an event's canonical bytes, in 64 hexadecimal digits."""
    return hashlib.sha256(_PREFIX + body).hexdigest()


def write_event(draft: Draft, head: Head, at: dt.datetime) -> tuple[Event, bytes]:
    """`draft` as the event after `head`, with its bytes.

    Raises RegisterError where it cannot be read back the same: a string is not in NFC, a time is not in UTC or not
    whole seconds, a field is not of its type.
    """
    try:
        body = canonical_json(
            Envelope(
                at=at,
                by=draft.by,
                data=draft.fact,
                kind=draft.fact.kind,
                number=head.number + 1,
                prev=head.hash,
                request=draft.request,
                v=1,
            )
        )
    except (ValueError, TypeError) as error:
        raise RegisterError(f"an event cannot be written: {error}") from error
    return read_event(body), body


def read_event(body: bytes) -> Event:
    """The event that `body` holds.

    Raises RegisterError, with the place inside the object, for anything that `write_event` never wrote, be it only in
    another order of keys; NewerError for what a later one writes.
    """
    if found := usual(body):
        number, prev, request, by = found.group("number", "prev", "request", "by")
        return Event(
            number=int(number),
            prev=prev.decode(),
            hash=event_hash(body),
            at=moment(found["at"]),
            request=request.decode(),
            by=name(by),
            fact=decided(found),
            body=body,
        )
    return event_of(read_body(body), event_hash(body), body)


def stored(body: object) -> tuple[bytes, str]:
    """The bytes that a row holds, and what they are stored as where that is not as bytes.

    Any column of SQLite can hold anything, though paraph writes nothing but bytes there.
    """
    if isinstance(body, bytes):
        return body, ""
    return (body.encode(), "a text") if isinstance(body, str) else (b"", "a number")


def proved_file(held: object, digest: str) -> bytes:
    """The bytes of a file that a row holds. Raises RegisterError where they are not those of its digest."""
    data, strange = stored(held)
    if strange or hashlib.sha256(data).hexdigest() != digest:
        raise RegisterError(f"the file kept as {digest[:16]} is damaged", "Take it from a backup.")
    return data


def bytes_of(body: object) -> bytes:
    """The bytes that a row holds. Raises RegisterError where they are stored as anything else."""
    held, strange = stored(body)
    if strange:
        raise RegisterError(f"an event is stored as {strange}, not as the bytes that were hashed", _ALTERED)
    return held


def proved(body: object, hash_: str) -> Event:
    """The event that a row holds. Raises RegisterError where it is not what its hash says."""
    read = read_event(bytes_of(body))
    if read.hash != hash_:
        raise RegisterError(f"event {read.number} is not what its hash says", _ALTERED)
    return read


def event_of(read: Envelope[Fact], hash_: str, body: bytes) -> Event:
    """The event that was read from `body`, with its hash."""
    return Event(
        number=read.number,
        prev=read.prev,
        hash=hash_,
        at=read.at,
        request=read.request,
        by=read.by,
        fact=read.data,
        body=body,
    )


def read_body(body: bytes) -> Envelope[Fact]:
    """What `read_event` reads and proves, without the hash, of an event that is not `usual`. Raises RegisterError and
    NewerError as it does."""
    read = read_loosely(body)
    try:
        canonical = canonical_json(read)
        if canonical != body:
            _judge(body, canonical)
    except (ValueError, RecursionError) as error:
        raise RegisterError(f"an event cannot be read: {error}") from error
    if not body.isascii() and not unicodedata.is_normalized("NFC", body.decode()):
        _refuse_other_forms(msgspec.json.decode(body), "$")
    return read


def read_loosely(body: bytes) -> Envelope[Fact]:
    """What an event says, all of it of the right types; whether it is written as it should be is for others to prove.

    Raises RegisterError and NewerError as `read_event` does.
    """
    try:
        read = _read(body)
    except (ValueError, RecursionError) as error:
        raise RegisterError(f"an event cannot be read: {error}") from error
    if _no_time(read.at):
        raise RegisterError(f"at: {read.at} {_WRONG[dt.datetime][1]}")
    if _no_number(read.number):
        raise RegisterError(f"number: {read.number} {_WRONG[int][1]}")
    for leaf in _leaves_of(read.kind):
        if leaf.wrong(value := leaf.get(read.data)):
            raise RegisterError(f"{leaf.path}: {value} {leaf.words}")
    return read


def kind_of(body: bytes) -> str | None:
    """The kind of an event, which canonical bytes have behind all that people wrote; None: one that is not known."""
    start = body.rfind(_KIND) + len(_KIND)
    return _KINDS.get(body[start : body.find(b'"', start)])


def _read(body: bytes) -> Envelope[Fact]:
    """In one go where the kind is known; else, and where that fails, step by step, which knows what is wrong."""
    if kind := kind_of(body):
        try:
            read = _reader(kind)(body)
        except (ValueError, RecursionError):
            pass
        else:
            if read.v == 1 and read.kind == kind:
                return read
    any_ = _read_any(body)
    if any_.v != 1:
        raise NewerError(f"event {any_.number} is in version {any_.v} of the format", _UPGRADE)
    if any_.kind not in FACTS:
        raise NewerError(f"event {any_.number} is of a kind that this paraph does not know, “{any_.kind}”", _UPGRADE)
    fact: Fact = msgspec.json.decode(any_.data, type=FACTS[any_.kind])
    return Envelope(
        at=any_.at,
        by=any_.by,
        data=fact,
        kind=any_.kind,
        number=any_.number,
        prev=any_.prev,
        request=any_.request,
        v=any_.v,
    )


def _judge(body: bytes, today: bytes) -> None:
    """Whether `body`, which `write_event` would write as `today`, is what another paraph wrote.

    An earlier one left out what it did not know, and all that this is read without has a default. Raises RegisterError
    where it differs in anything else, NewerError where it has more.
    """
    if _left_out(body, today):
        return
    was = msgspec.json.decode(body)
    if canonical_json(was) != body:
        raise RegisterError("an event is not in canonical form (RFC 8785)")
    for path in _strange(was, msgspec.json.decode(today), "$"):
        raise NewerError(f"event {was['number']} has a field that this paraph does not know, {path}", _UPGRADE)


def _left_out(body: bytes, today: bytes) -> bool:
    """Whether `body` is `today` to the letter, but for fields of the fact that it does not have: the tallies of a long
    circulation are read so in a quarter of the time."""
    was, now = _read_fields(body), _read_fields(today)
    now.data = {name: value for name, value in now.data.items() if name in was.data}
    return sorted_json(now) == body


def _strange(was: Any, today: Any, path: str) -> Iterator[str]:
    """The fields that only `was` has, by their paths. Raises RegisterError where both have one, and it differs."""
    if isinstance(was, dict) and isinstance(today, dict):
        yield from (f"{path}.{key}" for key in was if key not in today)
        for key in was.keys() & today.keys():
            yield from _strange(was[key], today[key], f"{path}.{key}")
    elif isinstance(was, list) and isinstance(today, list) and len(was) == len(today):
        for place, (one, other) in enumerate(zip(was, today, strict=True)):
            yield from _strange(one, other, f"{path}[{place}]")
    elif type(was) is not type(today) or was != today:
        raise RegisterError(f"{path}: an event would not be written so: {was!r}")


def _refuse_other_forms(value: Any, path: str) -> None:
    """Raise RegisterError at the first string that is not in NFC.

    JSON as a whole may be out of NFC where no string in it is: an escape ends in a letter.
    """
    if isinstance(value, str) and not unicodedata.is_normalized("NFC", value):
        raise RegisterError(f"{path}: the text is not in Unicode normal form C", "Write it again in NFC.")
    if isinstance(value, dict):
        for key, one in value.items():
            _refuse_other_forms(key, f"{path}.{key}")
            _refuse_other_forms(one, f"{path}.{key}")
    if isinstance(value, list):
        for place, one in enumerate(value):
            _refuse_other_forms(one, f"{path}[{place}]")


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A time or a number in a fact: where, how it is got, whether it is wrong, and what to say then."""

    path: str
    get: Callable[[Any], Any]
    wrong: Callable[[Any], bool]
    words: str


def _no_time(value: dt.datetime) -> bool:
    return value.tzinfo is not dt.UTC or value.microsecond != 0


def _no_number(value: int) -> bool:
    return not 0 <= value <= _LARGEST


_WRONG: Mapping[type, tuple[Callable[[Any], bool], str]] = {
    dt.datetime: (_no_time, "is not a time in UTC in whole seconds"),
    int: (_no_number, "is no number that an event can hold"),
}
"""What the types of Python do not say."""


@cache
def _leaves_of(kind: str) -> tuple[_Leaf, ...]:
    """What is to be looked at in a fact of a kind, however deep."""
    return tuple(_leaves(FACTS[kind], "data", ""))


def _leaves(kind: type, path: str, way: str) -> Iterator[_Leaf]:
    """Those in a dataclass and the dataclasses in it, by the way there: receipt.received."""
    hints = typing.get_type_hints(kind)
    for one in fields(kind):
        expected, where, there = hints[one.name], f"{path}.{one.name}", f"{way}{one.name}"
        if is_dataclass(expected) and isinstance(expected, type):
            yield from _leaves(expected, where, f"{there}.")
        elif expected in _WRONG:
            yield _Leaf(where, attrgetter(there), *_WRONG[expected])
        elif typing.get_origin(expected) is tuple and is_dataclass(item := typing.get_args(expected)[0]):
            assert isinstance(item, type)
            for leaf in _leaves(item, f"{where}[]", ""):
                yield _Leaf(leaf.path, attrgetter(there), partial(_any_wrong, leaf), leaf.words)


def _any_wrong(leaf: _Leaf, values: Any) -> bool:
    found = tuple(map(leaf.get, values))
    if leaf.wrong is _no_number:  # of a tally there are thousands
        return bool(found) and (_no_number(min(found)) or _no_number(max(found)))
    return any(map(leaf.wrong, found))
