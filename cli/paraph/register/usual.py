"""A decision as it is nearly always written, read by one pattern: 99 events in 100 of a long register.

The pattern is made from the fields of an event and their types, and says for them all that RFC 8785 asks: the order of
the keys, no space, whole numbers without a sign or leading zeros, strings without an escape. So whatever it matches is
canonical and of the right types; to read it, and to write it again to see that it is, would take four times as long.
What it does not match (a text with a line break, a field that was not always there) is no worse for it:
`paraph.register.codec` reads it.
"""

from __future__ import annotations

import datetime as dt
import re
import typing
import unicodedata
from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any, TypeAlias

import msgspec

from paraph.model.event import Choice, Decided, Receipt, Subject

Usual: TypeAlias = re.Match[bytes]
"""A decision as written, a group for each field of the event and of what it holds, without the quotes of strings."""

_REMEMBERED = 4_096
"""Times, receipts, subjects, names that are not read again, and are the same objects: events in a row repeat them."""

_CHOICES = {one.encode(): one for one in Choice}
_TEXT = r'"[ !#-\[\]-\xff]*"'
_LEAVES = {
    str: _TEXT,
    int: r"(?:0|[1-9]\d{0,14})",
    dt.datetime: r'"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"',
    tuple[str, ...]: rf"\[(?:{_TEXT}(?:,{_TEXT})*)?\]",
}
"""How values of each type are written; of numbers, those that are surely below 2^53."""


def usual(body: bytes) -> Usual | None:
    """The decision that `body` holds, if it is written as usual: then it is in all as `read_body` asks."""
    if (found := _pattern().fullmatch(body)) is None:
        return None
    at, receipt = found.group("at", "receipt")
    try:
        moment(at), _receipt(receipt)
        return found if body.isascii() or unicodedata.is_normalized("NFC", body.decode()) else None
    except ValueError:  # the thirtieth of February, or no UTF-8
        return None


def decided(found: Usual) -> Decided:
    """What was decided."""
    choice, circulation, language, member, receipt, subject, text = found.group(
        "choice", "circulation", "language", "member", "receipt", "subject", "text"
    )
    return Decided(
        circulation=_name(circulation),
        member=_name(member),
        subject=_subject(subject),
        choice=_CHOICES[choice],
        receipt=_receipt(receipt),
        text=text.decode(),
        language=_name(language),
    )


@lru_cache(_REMEMBERED)
def moment(written: bytes) -> dt.datetime:
    """A time as it is written. Raises ValueError where it is none."""
    return msgspec.json.decode(b'"%b"' % written, type=dt.datetime)


@lru_cache(_REMEMBERED)
def _receipt(written: bytes) -> Receipt:
    return msgspec.json.decode(written, type=Receipt)


@lru_cache(_REMEMBERED)
def _subject(written: bytes) -> Subject:
    return msgspec.json.decode(written, type=Subject)


@lru_cache(_REMEMBERED)
def _name(written: bytes) -> str:
    return written.decode()


@cache
def _pattern() -> re.Pattern[bytes]:
    hints = {"at": dt.datetime, "by": str, "number": int, "prev": str, "request": str}
    parts = {name: _group(name, kind) for name, kind in hints.items()}
    parts["data"] = _object({name: _group(name, kind) for name, kind in _hints(Decided).items()})
    parts["kind"], parts["v"] = f'"{Decided.kind}"', "1"
    return re.compile(_object(parts).encode("latin-1"))


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
