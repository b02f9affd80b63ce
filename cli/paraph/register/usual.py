"""A decision as it is nearly always written, read by one pattern: 99 events in 100 of a long register.

The pattern is made from the fields of an event and their types, and says for them all that RFC 8785 asks: the order of
the keys, no space, whole numbers without a sign or leading zeros, strings without an escape. So whatever it matches is
canonical and of the right types; to read it, and to write it again to see that it is, would take four times as long.
What it does not match (a text with a line break, a field that was not always there) is no worse for it:
`paraph.register.codec` reads it.

No event holds a line break, so that many can be joined into lines and matched in one go, in half of the time again.
"""

from __future__ import annotations

import datetime as dt
import re
import typing
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any, TypeAlias

import msgspec

from paraph.model.event import Choice, Decided, Receipt, Subject

Usual: TypeAlias = re.Match[bytes]
"""A decision as written, a group for each field of the event and of what it holds, without the quotes of strings."""

_REMEMBERED = 4_096
"""Times, receipts, subjects, names that are not read again, and are the same objects: events in a row repeat them."""

CHOICES = {one.encode(): one for one in Choice}
_TEXT = r'"[ !#-\[\]-\xff]*"'
_LEAVES = {
    str: _TEXT,
    int: r"(?:0|[1-9]\d{0,14})",
    dt.datetime: r'"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"',
    tuple[str, ...]: rf"\[(?:{_TEXT}(?:,{_TEXT})*)?\]",
}
"""How values of each type are written; of numbers, those that are surely below 2^53."""

_ENVELOPE = {"at": dt.datetime, "by": str, "number": int, "prev": str, "request": str}
"""What stands around a decision, and is not the same for all."""


@dataclass(frozen=True, slots=True)
class Run:
    """Decisions in a row, all of them as usual: of each field that proves them, what they have, as written."""

    at: tuple[bytes, ...]
    receipt: tuple[bytes, ...]
    number: tuple[bytes, ...]
    prev: tuple[bytes, ...]
    request: tuple[bytes, ...]


def runs(bodies: Sequence[bytes]) -> Iterator[tuple[slice, Run | None]]:
    """`bodies` in parts, in order: runs of decisions that are in all as `usual` asks, and what is to be read singly."""
    whole, joined = slice(len(bodies)), b"\n".join(bodies) if set(map(type, bodies)) == {bytes} else b""
    if joined.count(b"\n") != len(bodies) - 1:
        yield whole, None
        return
    found, start, plain = _lines().findall(joined), 0, joined.isascii()
    for odd in (*(place for place, one in enumerate(found) if not one[0]), len(found)):
        if odd > start:
            part = slice(start, odd)
            yield part, _run(found[part], b"" if plain else b"\n".join(bodies[part]))
        if odd < len(found):
            yield slice(odd, odd + 1), None
        start = odd + 1


def _run(found: Sequence[tuple[bytes, ...]], bodies: bytes) -> Run | None:
    """What the pattern found in each of the lines `bodies`, if they are right in what it cannot say; of what is ASCII,
    no more is asked of the lines themselves."""
    run = Run(*zip(*found, strict=True))
    return run if _right(set(run.at), set(run.receipt), bodies) else None


def usual(body: bytes) -> Usual | None:
    """The decision that `body` holds, if it is written as usual: then it is in all as `read_event` asks."""
    if (found := _pattern().fullmatch(body)) is None:
        return None
    return found if _right((found["at"],), (found["receipt"],), body) else None


def _right(moments: Iterable[bytes], receipts: Iterable[bytes], body: bytes) -> bool:
    """Whether times are times, and texts are in NFC."""
    try:
        for one in moments:
            moment(one)
        for one in receipts:
            receipt(one)
        return body.isascii() or unicodedata.is_normalized("NFC", body.decode())
    except ValueError:  # the thirtieth of February, or no UTF-8
        return False


def decided(found: Usual) -> Decided:
    """What was decided."""
    return Decided(
        circulation=name(found["circulation"]),
        member=name(found["member"]),
        subject=subject(found["subject"]),
        choice=CHOICES[found["choice"]],
        receipt=receipt(found["receipt"]),
        text=found["text"].decode(),
        language=name(found["language"]),
    )


@lru_cache(_REMEMBERED)
def moment(written: bytes) -> dt.datetime:
    """A time as it is written. Raises ValueError where it is none."""
    return msgspec.json.decode(b'"%b"' % written, type=dt.datetime)


@lru_cache(_REMEMBERED)
def receipt(written: bytes) -> Receipt:
    """A receipt as it is written. Raises ValueError where it is none."""
    return msgspec.json.decode(written, type=Receipt)


@lru_cache(_REMEMBERED)
def subject(written: bytes) -> Subject:
    """A version as it is written."""
    return msgspec.json.decode(written, type=Subject)


@lru_cache(_REMEMBERED)
def name(written: bytes) -> str:
    """A word that many events repeat."""
    return written.decode()


@cache
def _pattern() -> re.Pattern[bytes]:
    return re.compile(_decision((*_ENVELOPE, *_hints(Decided))))


@cache
def _lines() -> re.Pattern[bytes]:
    """Any lines, with the groups of a run where a line is a decision as usual."""
    return re.compile(rb"(?m)^(?:%b|.*)$" % _decision([one.name for one in fields(Run)]))


def _decision(groups: Collection[str]) -> bytes:
    """A decision as usual, with those `groups` of its fields."""
    parts, data = (
        {name: _group(name, kind) if name in groups else _written(kind) for name, kind in hints.items()}
        for hints in (_ENVELOPE, _hints(Decided))
    )
    return _object(parts | {"data": _object(data), "kind": f'"{Decided.kind}"', "v": "1"}).encode("latin-1")


def _group(name: str, kind: Any) -> str:
    written = _written(kind)
    if written.startswith('"'):
        return f'"(?P<{name}>{written[1:-1]})"'
    return f"(?P<{name}>{written})"


def _written(kind: Any) -> str:
    if kind in _LEAVES:
        return _LEAVES[kind]
    if issubclass(kind, StrEnum):
        return f'"(?:{"|".join(kind)})"'
    return _object({name: _written(part) for name, part in _hints(kind).items()})


def _object(parts: Mapping[str, str]) -> str:
    return r"\{" + ",".join(f'"{name}":{parts[name]}' for name in sorted(parts)) + r"\}"


def _hints(kind: type) -> dict[str, Any]:
    """The types of the fields of a dataclass."""
    hints = typing.get_type_hints(kind)
    return {one.name: hints[one.name] for one in fields(kind)}
