"""Events as bytes and back: the canonical JSON that the chain is made of.

An event is one JSON object in the canonical form of RFC 8785, whose SHA-256, after a prefix that names this use and its
version, is the event's hash::

    {"at", "by", "data", "kind", "number", "prev", "request", "v": 1}

`data` holds the fields of the fact by their names. RFC 8785 leaves Unicode as it is, so every string must be in NFC
already. There are no floats; times are UTC to the second, "2017-03-01T17:00:00Z".

msgspec reads and writes the types of `paraph.model.event` as they stand, and its sorted form is that of RFC 8785 for
what they hold (a test proves the two equal), but for keys beyond the Basic Multilingual Plane, which RFC 8785 sorts by
UTF-16: bytes with such a character go through the slower library rfc8785.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import typing
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache, partial
from operator import attrgetter
from typing import Any, Generic, TypeVar

import msgspec

from paraph.errors import RegisterError
from paraph.model import event as model
from paraph.model.event import FACTS, Draft, Event, Fact, Head

_PREFIX = b"paraph.event.v1\0"
_BEYOND = re.compile(rb"[\xf0-\xff]")
_LARGEST = 2**53 - 1
"""The largest whole number that JSON can hold for everybody (RFC 8785, 3.2.2.3)."""

_KIND = b',"kind":"'
_Check = Callable[[Any], None]
_Data = TypeVar("_Data")


class Envelope(msgspec.Struct, Generic[_Data], forbid_unknown_fields=True):
    """The object around a fact, `data`: an event as its bytes have it, which do not hold its own hash."""

    at: dt.datetime
    by: str
    data: _Data
    kind: str
    number: int
    prev: str
    request: str
    v: int


def _as_json(value: Any) -> Any:
    """What msgspec does not know: mappings that are no dict."""
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"an event cannot hold a {type(value).__name__}")


_write = msgspec.json.Encoder(order="sorted", enc_hook=_as_json).encode
_read_any = msgspec.json.Decoder(Envelope[msgspec.Raw]).decode
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
        body = _canonical(
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


def body_of(event: Event) -> bytes:
    """The canonical bytes of an event that was read."""
    return _canonical(
        Envelope(
            at=event.at,
            by=event.by,
            data=event.fact,
            kind=event.fact.kind,
            number=event.number,
            prev=event.prev,
            request=event.request,
            v=1,
        )
    )


def read_event(body: bytes) -> Event:
    """The event that `body` holds.

    Raises RegisterError, with the place inside the object, for anything that `write_event` would not have written,
    be it only in another order of keys.
    """
    return event_of(read_body(body), event_hash(body))


def event_of(read: Envelope[Fact], hash_: str) -> Event:
    """The event that was read from bytes with that hash."""
    return Event(
        number=read.number,
        prev=read.prev,
        hash=hash_,
        at=read.at,
        request=read.request,
        by=read.by,
        fact=read.data,
    )


def read_body(body: bytes) -> Envelope[Fact]:
    """What `read_event` reads and proves, without the hash. Raises RegisterError as it does."""
    try:
        read = _read(body)
        canonical = _canonical(read)
    except (ValueError, RecursionError) as error:
        raise RegisterError(f"an event cannot be read: {error}") from error
    if canonical != body:
        raise RegisterError("an event is not in canonical form (RFC 8785), or has fields unknown or missing")
    if not body.isascii() and not unicodedata.is_normalized("NFC", body.decode()):
        _refuse_other_forms(msgspec.json.decode(body), "$")
    _check_time(read.at, "at")
    _check_number(read.number, "number")
    if check := _check_of_kind(read.kind):
        check(read.data)
    return read


def _read(body: bytes) -> Envelope[Fact]:
    """In one go where the kind stands where canonical bytes have it last; else, and where that fails, step by step,
    which knows what is wrong."""
    start = body.rfind(_KIND) + len(_KIND)
    if kind := _KINDS.get(body[start : body.find(b'"', start)]):
        try:
            read = _reader(kind)(body)
        except (ValueError, RecursionError):
            pass
        else:
            if read.v == 1 and read.kind == kind:
                return read
    any_ = _read_any(body)
    if any_.v != 1:
        raise RegisterError("an event is not of version 1", "A newer paraph may have written it: upgrade.")
    if any_.kind not in FACTS:
        raise RegisterError(f"there is no kind of event “{any_.kind}”", "A newer paraph may have written it.")
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


def _canonical(envelope: Envelope[Fact]) -> bytes:
    body = _write(envelope)
    if body.isascii() or not _BEYOND.search(body):
        return body
    import rfc8785

    return rfc8785.dumps(msgspec.json.decode(body))


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


def _check_time(value: dt.datetime, path: str) -> None:
    if value.tzinfo is not dt.UTC or value.microsecond:
        raise RegisterError(f"{path}: {value} is not a time in UTC in whole seconds")


def _check_number(value: int, path: str) -> None:
    if not 0 <= value <= _LARGEST:
        raise RegisterError(f"{path}: {value} is no number that an event can hold")


@cache
def _check_of_kind(kind: str) -> _Check | None:
    return _check_of(FACTS[kind], "data")


def _check_of(expected: Any, path: str) -> _Check | None:
    """What the types of Python do not say about a value of type `expected`: times and numbers in it, however deep."""
    if expected is dt.datetime:
        return partial(_check_time, path=path)
    if expected is int:
        return partial(_check_number, path=path)
    if is_dataclass(expected) and isinstance(expected, type):
        leaves = tuple((attrgetter(name), check) for name, check in _leaves(expected, path))
        if len(leaves) == 1:
            return partial(_check_leaf, *leaves[0])
        return partial(_check_leaves, leaves) if leaves else None
    if typing.get_origin(expected) is tuple and (check := _check_of(typing.get_args(expected)[0], f"{path}[]")):
        return partial(_check_items, check)
    return None


def _leaves(kind: type, path: str) -> Iterator[tuple[str, _Check]]:
    """What is to be checked in a dataclass and the dataclasses in it, by the way there: receipt.received."""
    hints = typing.get_type_hints(kind, vars(model))
    for one in fields(kind):
        expected, where = hints[one.name], f"{path}.{one.name}"
        if is_dataclass(expected) and isinstance(expected, type):
            yield from ((f"{one.name}.{name}", check) for name, check in _leaves(expected, where))
        elif check := _check_of(expected, where):
            yield one.name, check


def _check_leaves(leaves: tuple[tuple[attrgetter[Any], _Check], ...], value: Any) -> None:
    for get, check in leaves:
        check(get(value))


def _check_leaf(get: attrgetter[Any], check: _Check, value: Any) -> None:
    check(get(value))


def _check_items(check: _Check, values: Any) -> None:
    for value in values:
        check(value)
