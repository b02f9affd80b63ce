"""Instants as people write and read them: in the workspace's zone; kept in UTC, to the second."""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.errors import UsageError

if TYPE_CHECKING:
    from paraph.model.library import Library


def now() -> dt.datetime:
    """This second, in UTC."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


def instant(text: str, zone: str, *, end_of_day: bool = False) -> dt.datetime:
    """What `text` ("2017-03-01 18:00", "2017-03-01", or with a UTC offset) means in `zone`, in UTC.

    A day alone is its first second, or its last with `end_of_day`. Raises UsageError for what is no such time, and for
    a time that clocks in that zone skip or show twice.
    """
    try:
        read = dt.datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError(
            f"“{text}” is no date and time", "Write 2017-03-01 18:00, or 2017-03-01 for a whole day."
        ) from error
    if len(text.strip()) <= len("2017-03-01") and end_of_day:
        read = read.replace(hour=23, minute=59, second=59)
    read = read.replace(microsecond=0)
    if read.tzinfo is not None:
        return read.astimezone(dt.UTC)
    early, late = (read.replace(tzinfo=zoneinfo.ZoneInfo(zone), fold=fold).astimezone(dt.UTC) for fold in (0, 1))
    if early != late:
        raise UsageError(
            f"clocks in {zone} change around {text}: that time is skipped or comes twice",
            "Write it with its offset, as 2017-03-26T02:30+01:00, or choose another hour.",
        )
    return early


def received_at(text: str, zone: str) -> dt.datetime:
    """When something was received, as `instant`: the hour is asked for, too. Whether it was in time, and which of two
    words of a member came last, is judged to the second (docs/approvals.md, 7 and 11)."""
    at = instant(text, zone)
    if len(text.strip()) <= len("2017-03-01"):
        raise UsageError(
            f"“{text}” names no hour, and what is in time is judged to the second",
            f"Name the day and the hour when it was received: --received “{text.strip()} 14:30”.",
        )
    return at


def shown(at: dt.datetime, zone: str) -> str:
    """An instant in a zone: "2017-03-01 18:00 Europe/Paris"; the seconds where there are any, and which hour it is
    where clocks are put back and one comes twice: "2026-10-25 02:30+01:00 Europe/Paris"."""
    local = at.astimezone(zoneinfo.ZoneInfo(zone))
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    which = local.isoformat()[-6:] if twice else ""
    return f"{local:%Y-%m-%d %H:%M}{f':{local:%S}' if local.second else ''}{which} {zone}"


def today(at: dt.datetime, zone: str) -> dt.date:
    """The day that it is in `zone`."""
    return at.astimezone(zoneinfo.ZoneInfo(zone)).date()


def day_in(at: dt.datetime, zone: str) -> dt.date:
    """The day that it is at an instant in a zone that a file names; in UTC where there is no such zone."""
    try:
        return today(at, zone)
    except (LookupError, ValueError, OSError, OverflowError):
        return at.date()


def as_of(library: Library, at: dt.datetime | None = None) -> Library:
    """A library as of the day of an instant (None: now) in the zone of its workspace."""
    return library.of(today(at or now(), library.workspace.time_zone))


def lasts(library: Library) -> dt.datetime | None:
    """When a library as of today has other names or members: the first second of the next such day; None: never."""
    day = library.to_come(library.day) if library.day else None
    zone = zoneinfo.ZoneInfo(library.workspace.time_zone)
    return dt.datetime.combine(day, dt.time(), zone).astimezone(dt.UTC) if day else None


def left(until: dt.datetime, at: dt.datetime) -> str:
    """How long until `until`: "5 days", "7 hours", "20 minutes", or "over"."""
    minutes = int((until - at).total_seconds() // 60)
    if until < at:
        return "over"
    for size, name in ((24 * 60, "day"), (60, "hour"), (1, "minute")):
        if minutes >= 2 * size or size == 1:
            return f"{minutes // size} {name}{'' if minutes // size == 1 else 's'}"
    return "over"


def zone_data() -> str:
    """The version of the time-zone data by which local times are read, "2024a"; "" where nothing says."""
    for folder in map(Path, zoneinfo.TZPATH):
        path = folder / "tzdata.zi"
        if path.is_file():
            with path.open(encoding="utf-8") as file:
                found = re.fullmatch(r"# version (\S+)\s*", file.readline())
            return found[1] if found else ""
        if folder.is_dir():
            return ""
    from importlib import metadata

    try:
        return metadata.version("tzdata")
    except metadata.PackageNotFoundError:
        return ""
