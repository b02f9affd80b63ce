"""Values as people write them, the same in every language: 2017-03-01, 12500, 3.5, 12500 EUR.

Read here once, for the library that refuses what is none and for the assembly that writes it as a language does.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias


class ValueType(StrEnum):
    """What may stand in a placeholder."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    MONEY = "money"
    COUNTRY = "country"
    INSTITUTION = "institution"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class ValueKind:
    """A declared type: `text`, or `list[country]`."""

    type: ValueType
    many: bool = False

    def __str__(self) -> str:
        return f"list[{self.type}]" if self.many else str(self.type)


BUILT_IN_VALUES: Mapping[str, ValueKind] = {
    "networks": ValueKind(ValueType.NETWORK, many=True),
    "members": ValueKind(ValueType.INSTITUTION, many=True),
    "date": ValueKind(ValueType.DATE),
    "place": ValueKind(ValueType.TEXT),
    "title": ValueKind(ValueType.TEXT),
}
"""What a text may name without declaring it: the manifest says it."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount and an ISO 4217 currency."""

    amount: Decimal
    currency: str


RawValue: TypeAlias = str | Mapping[str, str] | tuple["str | Mapping[str, str]", ...]
"""A value as written: a scalar, text per language, or a list of these. Its declared type converts it in assembly."""

HOW_TO_WRITE: Mapping[ValueType, str] = {
    ValueType.TEXT: "Write words.",
    ValueType.DATE: "Write year-month-day, as 2017-03-01.",
    ValueType.NUMBER: "Write digits, with a point before decimals, as 12500 or 3.5.",
    ValueType.MONEY: "Write the amount and the ISO 4217 code, as 12500 EUR.",
    ValueType.COUNTRY: "Write an ISO 3166 code that is in statements/countries.yml, as MA.",
    ValueType.INSTITUTION: "Write the id of a member in statements/institutions.yml.",
    ValueType.NETWORK: "Write the id of a network in paraph.yml.",
}
"""What to do where a value is not of its type."""

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,12})?")
_MONEY = re.compile(rf"({_NUMBER.pattern}) ([A-Z]{{3}})")


def read_date(text: str) -> dt.date:
    """The day that `text` names. Raises ValueError where it is no date of the form 2017-03-01, or no day."""
    if not _DATE.fullmatch(text):
        raise ValueError(text)
    return dt.date.fromisoformat(text)


def read_number(text: str) -> Decimal:
    """The number, of 15 digits and 12 decimals at most, which every engine holds exactly. Raises ValueError."""
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return Decimal(text)


def read_money(text: str) -> Money:
    """The amount and its currency. Raises ValueError."""
    match = _MONEY.fullmatch(text)
    if not match:
        raise ValueError(text)
    return Money(Decimal(match[1]), match[2])
