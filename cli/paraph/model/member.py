"""Members and states, with their names and their standing in time.

Which name and which status hold is a question of the day: `statements/institutions.yml` and `countries.yml` date them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum


@dataclass(frozen=True, kw_only=True, slots=True)
class Name:
    """A name in one language with the forms that its grammar needs; a form that is empty is the plain name.

    French: `the` "le Maroc", `of` "du Maroc", `into` "au Maroc". English: `the` "the Ombudsman of …". `sort` is what
    lists are ordered by, where that is not the name itself.
    """

    name: str
    the: str = ""
    of: str = ""
    into: str = ""
    sort: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class DatedNames:
    """Names in force from `since` (included; None: from the beginning) until the next entry's `since`."""

    since: dt.date | None
    names: Mapping[str, Name]


@dataclass(frozen=True, kw_only=True, slots=True)
class Country:
    """A state by its ISO 3166 code, with its names in time and language."""

    code: str
    names: tuple[DatedNames, ...]

    def name(self, language: str, on: dt.date | None) -> Name | None:
        """The name in `language` on a date (None: the latest), or None where no name is given."""
        return dated(self.names, language, on)

    def until(self, day: dt.date) -> Country:
        """The state without the names of days to come; with its first ones where it has no others yet."""
        return replace(self, names=_until(self.names, day))


class Status(StrEnum):
    """What a member is; only an active member counts in a decision."""

    ACTIVE = "active"
    PENDING = "pending"
    OBSERVER = "observer"
    LEFT = "left"


@dataclass(frozen=True, kw_only=True, slots=True)
class DatedStatus:
    """A member's status from `since` on (None: from the beginning)."""

    since: dt.date | None
    status: Status


@dataclass(frozen=True, kw_only=True, slots=True)
class Institution:
    """A member institution. `office_open` says that which office sits for the country is not settled.

    Where it is open, the names are those of the country's seat and nothing about an office is printed. `contact` is how
    it is reached, per language, a line each: its own editions print it, and nobody else's.
    """

    id: str
    country: str
    names: tuple[DatedNames, ...]
    status: tuple[DatedStatus, ...]
    networks: tuple[str, ...]
    languages: tuple[str, ...]
    website: str = ""
    contact: Mapping[str, str] = field(default_factory=dict)
    office_open: bool = False
    notes: str = ""

    def name(self, language: str, on: dt.date | None) -> Name | None:
        """The office's name in `language` on a date (None: the latest), or None where no name is given."""
        return dated(self.names, language, on)

    def until(self, day: dt.date) -> Institution:
        """The member without the names and the status of days to come; with its first names where it has no others."""
        return replace(
            self,
            names=_until(self.names, day),
            status=tuple(one for one in self.status if one.since is None or one.since <= day),
        )

    def status_on(self, on: dt.date | None) -> Status:
        """The status on a date (None: the latest); before the first entry it was no member, as one that left."""
        current = Status.LEFT
        for entry in self.status:
            if entry.since is None or on is None or entry.since <= on:
                current = entry.status
        return current

    def why_inactive(self, on: dt.date | None) -> str:
        """Why it is no active member on a date (None: the latest), in words: “malta left on 2026-06-01”."""
        day = f" on {on}" if on else ""
        match self.status_on(on):
            case Status.PENDING:
                return f"{self.id} awaits validation{day}"
            case Status.OBSERVER:
                return f"{self.id} is an observer{day}"
        if since := max(
            (one.since for one in self.status if one.since and (on is None or one.since <= on)), default=None
        ):
            return f"{self.id} left on {since}{f', and is no member{day}' if day else ''}"
        joins = next((one.since for one in self.status if one.since and on and one.since > on), None)
        return f"{self.id} is no member{day}{f': it joins on {joins}' if joins else ''}"


def _until(names: tuple[DatedNames, ...], day: dt.date) -> tuple[DatedNames, ...]:
    return tuple(one for one in names if one.since is None or one.since <= day) or names[:1]


def dated(names: tuple[DatedNames, ...], language: str, on: dt.date | None) -> Name | None:
    """The name in force in `language` on a date; entries are in the order of their dates."""
    found = None
    for entry in names:
        if entry.since is None or on is None or entry.since <= on:
            found = entry.names.get(language, found)
    return found
