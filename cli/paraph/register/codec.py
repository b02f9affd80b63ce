"""Events as bytes and back: the canonical JSON that the chain is made of.

An event is one JSON object in the canonical form of RFC 8785, whose SHA-256, after a prefix that names this use and its
version, is the event's hash::

    {"at", "by", "data", "kind", "number", "prev", "request", "v": 1}

`data` holds the fields of the fact by their names. RFC 8785 leaves Unicode as it is, so every string must be in NFC
already. There are no floats; times are UTC to the second, "2017-03-01T17:00:00Z".
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import types
import typing
import unicodedata
from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Any

import rfc8785

from paraph.errors import RegisterError
from paraph.model import event as model
from paraph.model.event import FACTS, Draft, Event, Head

_PREFIX = b"paraph.event.v1\0"
_ENVELOPE = {"v", "number", "prev", "at", "kind", "request", "by", "data"}
_TIME = "%Y-%m-%dT%H:%M:%SZ"


def event_hash(body: bytes) -> str:
    """The hash of an event's canonical bytes, in 64 hexadecimal digits."""
    return hashlib.sha256(_PREFIX + body).hexdigest()


def write_event(draft: Draft, head: Head, at: dt.datetime) -> tuple[Event, bytes]:
    """`draft` as the event after `head`, with its bytes.

    Raises RegisterError where a string is not in NFC, or a time is not in UTC or not whole seconds.
    """
    number = head.number + 1
    content = {
        "v": 1,
        "number": number,
        "prev": head.hash,
        "at": _plain(at, "at"),
        "kind": draft.fact.kind,
        "request": _plain(draft.request, "request"),
        "by": _plain(draft.by, "by"),
        "data": _plain(draft.fact, "data"),
    }
    body = rfc8785.dumps(content)
    event = Event(
        number=number,
        prev=head.hash,
        hash=event_hash(body),
        at=at,
        request=draft.request,
        by=draft.by,
        fact=draft.fact,
    )
    return event, body


def read_event(body: bytes) -> Event:
    """The event that `body` holds.

    Raises RegisterError, with the place inside the object, for anything that `write_event` would not have written,
    be it only in another order of keys.
    """
    try:
        content = json.loads(body)
        canonical = rfc8785.dumps(content)
    except (ValueError, RecursionError, rfc8785.CanonicalizationError) as error:
        raise RegisterError(f"an event cannot be read: {error}") from error
    if canonical != body:
        raise RegisterError("an event is not in canonical form (RFC 8785)")
    if not isinstance(content, dict) or set(content) != _ENVELOPE or content["v"] != 1:
        raise RegisterError("an event has not the fields of version 1", "A newer paraph may have written it: upgrade.")
    if (fact := FACTS.get(content["kind"]) if isinstance(content["kind"], str) else None) is None:
        raise RegisterError(f"there is no kind of event “{content['kind']}”", "A newer paraph may have written it.")
    return Event(
        number=_read(int, content["number"], "number"),
        prev=_read(str, content["prev"], "prev"),
        hash=event_hash(body),
        at=_read(dt.datetime, content["at"], "at"),
        request=_read(str, content["request"], "request"),
        by=_read(str, content["by"], "by"),
        fact=_read(fact, content["data"], "data"),
    )


def _plain(value: Any, path: str) -> Any:
    """`value` as JSON has it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: _plain(getattr(value, one.name), f"{path}.{one.name}") for one in fields(value)}
    if isinstance(value, dt.datetime):
        if value.utcoffset() != dt.timedelta(0) or value.microsecond:
            raise RegisterError(f"{path}: {value} is not a time in UTC in whole seconds")
        return f"{value.replace(tzinfo=None).isoformat()}Z"
    if isinstance(value, str):
        if not unicodedata.is_normalized("NFC", value):
            raise RegisterError(f"{path}: the text is not in Unicode normal form C", "Write it again in NFC.")
        return str(value)
    if isinstance(value, Mapping):
        return {_plain(key, path): _plain(one, f"{path}[{key!r}]") for key, one in value.items()}
    if isinstance(value, tuple):
        return [_plain(one, f"{path}[{place}]") for place, one in enumerate(value)]
    return value


def _read(expected: Any, value: Any, path: str) -> Any:
    """`value`, of JSON, as the type `expected`."""
    origin, arguments = typing.get_origin(expected), typing.get_args(expected)
    if origin is tuple and isinstance(value, list):
        return tuple(_read(arguments[0], one, f"{path}[{place}]") for place, one in enumerate(value))
    if origin is not None and issubclass(origin, Mapping) and isinstance(value, dict):
        return {_read(str, key, path): _read(arguments[1], one, f"{path}[{key!r}]") for key, one in value.items()}
    if is_dataclass(expected) and isinstance(expected, type) and isinstance(value, dict):
        return _read_fields(expected, value, path)
    if expected is dt.datetime and isinstance(value, str):
        return _read_time(value, path)
    if expected is str and isinstance(value, str):
        if not unicodedata.is_normalized("NFC", value):
            raise RegisterError(f"an event cannot be read: {path} is not in Unicode normal form C")
        return value
    if isinstance(expected, type) and issubclass(expected, StrEnum) and value in set(expected):
        return expected(value)
    if expected in (int, bool) and type(value) is expected:
        return value
    raise RegisterError(f"an event cannot be read: {path} is not what belongs there")


def _read_fields(expected: Any, value: Mapping[str, Any], path: str) -> Any:
    types_ = _types(expected)
    if strangers := sorted(set(value) ^ set(types_)):
        raise RegisterError(f"an event cannot be read: {path}.{strangers[0]} is unknown or missing")
    return expected(**{name: _read(types_[name], one, f"{path}.{name}") for name, one in value.items()})


@cache
def _types(expected: Hashable) -> Mapping[str, Any]:
    """The types of a dataclass's fields, by name."""
    assert isinstance(expected, type)
    hints = typing.get_type_hints(expected, vars(model))
    return types.MappingProxyType({one.name: hints[one.name] for one in fields(expected)})


def _read_time(text: str, path: str) -> dt.datetime:
    try:
        read = dt.datetime.strptime(text, _TIME).replace(tzinfo=dt.UTC)
    except ValueError as error:
        raise RegisterError(f"an event cannot be read: {path} is no time like 2017-03-01T17:00:00Z") from error
    if read.strftime(_TIME) != text:
        raise RegisterError(f"an event cannot be read: {path} is no time like 2017-03-01T17:00:00Z")
    return read
