"""Who is a member: what institutions.yml says against what is on record (docs/approvals.md, 8a).

The file is one of many copies, and may be an old one. So only what needs to know who is a member notes what has changed
there, says so, and asks first where it would take a member its say or give it one back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paraph.errors import RefusedError
from paraph.library.written.index import INSTITUTIONS
from paraph.model.event import (
    CIRCULATIONS,
    CirculationClosed,
    CirculationOpened,
    Draft,
    Fact,
    MemberChanged,
    MemberJoined,
    MemberLeft,
)
from paraph.model.library import Library
from paraph.model.member import Status
from paraph.workflow.record.ledger import history_of, opened, settings
from paraph.workflow.times import today

if TYPE_CHECKING:
    from pathlib import Path

    from paraph.register.glance import Look
    from paraph.register.reader import Reader
    from paraph.standing.fold import History

IF_SO = f"If that is so, --confirm; else put {INSTITUTIONS} right: “git log -p {INSTITUTIONS}” shows who changed it."

_JOINED = {
    Status.ACTIVE: "joined",
    Status.PENDING: "joined, awaiting validation",
    Status.OBSERVER: "joined as observer",
    Status.LEFT: "left",
}
_NOW = {Status.ACTIVE: "active", Status.PENDING: "awaiting validation", Status.OBSERVER: "observer"}


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be recorded of a member: its status on record (None: it is on none), the one of the file, and whether
    it ever was active on record."""

    draft: Draft
    member: str
    was: Status | None
    now: Status
    was_active: bool

    @property
    def doubtful(self) -> bool:
        """Whether somebody must say that it is so: all but that a member joins, is validated for the first time, or has
        another name."""
        validated = (self.was, self.now, self.was_active) == (Status.PENDING, Status.ACTIVE, False)
        return self.was not in (None, self.now) and not validated

    @property
    def word(self) -> str:
        """What has changed of a doubtful one, in a word: left, back, inactive, active."""
        if self.now is Status.LEFT:
            return "left"
        if self.was is Status.LEFT:
            return "back"
        return "active" if self.now is Status.ACTIVE else "inactive"

    def what(self) -> str:
        """What has changed, without the member: "left"."""
        if self.was is self.now:
            return "is on record under other names from now on"
        if self.was is Status.LEFT:
            return f"is a member again ({_NOW[self.now]}), and had left"
        if self.was is None or self.now is Status.LEFT:
            return _JOINED[self.now]
        return f"is {_NOW[self.now]}, and was {_NOW[self.was]}"


def changes(library: Library, history: History, at: dt.datetime) -> tuple[Change, ...]:
    """What has changed in institutions.yml since the register last heard of it, in the order of the file.

    Requests are numbered by member, so that two writers at once record a change once.
    """
    return tuple(_changes(library, history, today(at, library.workspace.time_zone)))


def _changes(library: Library, history: History, day: dt.date) -> Iterator[Change]:
    for id_, one in library.institutions.items():
        status, known = one.status_on(day), history.members.get(id_)
        codes = dict.fromkeys(code for entry in one.names for code in entry.names)
        names = {code: name.name for code in codes if (name := one.name(code, day))}
        fact: Fact | None = None
        if known is None or known.status is Status.LEFT:
            if status is not Status.LEFT:
                fact = MemberJoined(member=id_, status=status, names=names)
        elif status is Status.LEFT:
            fact = MemberLeft(member=id_)
        elif (known.status, dict(known.names)) != (status, names):
            fact = MemberChanged(member=id_, status=status, names=names)
        if fact:
            draft = Draft(fact=fact, request=f"member/{id_}/{known.facts if known else 0}")
            yield Change(draft, id_, known.status if known else None, status, known is not None and known.was_active)


def note(
    reader: Look, library: Library, history: History, at: dt.datetime, *, confirmed: bool = False
) -> tuple[Change, ...]:
    """What is to be recorded of the members before anything else is; `history` takes it in.

    Raises RefusedError for a member on record that is not in the file, and for what is doubtful unless it is
    `confirmed`.
    """
    refuse_unnamed(library, history.members)
    found = changes(library, history, at)
    if (doubts := doubtful(reader, found)) and not confirmed:
        raise RefusedError(f"by {INSTITUTIONS}, members are not what they are on record", tuple(doubts.values()), IF_SO)
    for one in found:
        history.suppose(one.draft.fact)
    return found


def refuse_unnamed(library: Library, members: Iterable[str]) -> None:
    """Raise RefusedError where one of `members`, which the record has, is not in institutions.yml: nobody would notice
    that it is not asked, or not listed as signing."""
    if gone := sorted({*members} - {*library.institutions}):
        raise RefusedError(
            f"{INSTITUTIONS} lacks members that are on record",
            tuple(f"{member} is on record, and not in the file" for member in gone),
            "Put it back as it was; a member that has left stays in the file, with the date: “status: left”.",
        )


def absent(library: Library, history: History) -> tuple[str, ...]:
    """The members on record, those that left among them, that have no entry in institutions.yml."""
    return tuple(member for member in history.members if member not in library.institutions)


def doubtful(reader: Look, found: Iterable[Change]) -> dict[str, str]:
    """Of the changes, those that somebody must look at, a line a member, with what follows for what is open."""
    some = [one for one in found if one.doubtful]
    asking = _asking(reader) if some else {}
    return {one.member: f"{one.member} {one.what()}{_follows(one, asking)}" for one in some}


def _follows(change: Change, asking: dict[str, CirculationOpened]) -> str:
    names = [name for name, opened in asking.items() if change.member in opened.electorate]
    if change.now is not Status.LEFT or not names:
        return ""
    return f": it no longer counts in {' and '.join(names)}, nor will it by coming back"


def _asking(reader: Look) -> dict[str, CirculationOpened]:
    """All circulations that are open, of whatever document."""
    found: dict[str, CirculationOpened] = {}
    for event in reader.events(about=(CIRCULATIONS,)):
        if isinstance(event.fact, CirculationOpened):
            found.setdefault(event.fact.circulation, event.fact)
        elif isinstance(event.fact, CirculationClosed):
            found.pop(event.fact.circulation, None)
    return found


def in_words(found: Iterable[Change]) -> tuple[str, ...]:
    """What was noted of the members, a line for all of whom the same is to be said: "albania, malta: joined"."""
    alike: dict[str, list[str]] = {}
    for one in found:
        alike.setdefault(one.what().removeprefix("is "), []).append(one.member)
    return tuple(f"{', '.join(members)}: {what}" for what, members in alike.items())


def keep(root: Path, at: dt.datetime, *, confirmed: bool = False) -> tuple[Change, ...]:
    """Note on record what has changed in institutions.yml, and nothing else: who has changed the file need not wait
    for the next circulation. Raises as `note`."""
    library, kept = settings(root), list[Change]()

    def write(reader: Reader) -> list[Draft]:
        kept[:] = note(reader, library, history_of(reader, ()), at, confirmed=confirmed)
        return [one.draft for one in kept]

    with opened(root, library) as register:
        register.append(write, at)
    return tuple(kept)


def unlike(library: Library, history: History, at: dt.datetime) -> Iterator[tuple[str, str, str]]:
    """Where the file and the record differ on who is a member, so that `note` would refuse, for who only looks: the
    member, how in a word (that of a change, or absent), and in words for the terminal."""
    for one in changes(library, history, at):
        if one.doubtful:
            yield one.member, one.word, f"{one.member} {one.what()}"
    for member in absent(library, history):
        yield member, "absent", f"{member} has no entry there that can be read, and is on record"


def active_on(library: Library, history: History, day: dt.date, at: dt.datetime) -> tuple[str, ...]:
    """The members that are active on `day`, be it before or after that of `at`.

    That one left, or joined, on such a day is what institutions.yml says. Of a member that is not active on record it
    is believed only where it says of today what the record says: it may be an old copy (docs/approvals.md, 8a).
    """
    now = today(at, library.workspace.time_zone)
    return tuple(
        member
        for member, known in history.members.items()
        if (one := library.institutions.get(member)) is None
        or (
            one.status_on(day) is Status.ACTIVE
            and (known.status is Status.ACTIVE or known.status is one.status_on(now))
        )
    )


def leaving(library: Library, history: History, member: str, at: dt.datetime) -> tuple[str, ...]:
    """What to know of a member that is written to or heard, and has left by the file, not yet by the record."""
    one, known = library.institutions.get(member), history.members.get(member)
    left = one is not None and one.status_on(today(at, library.workspace.time_zone)) is Status.LEFT
    if not left or known is None or known.status is Status.LEFT:
        return ()
    return (f"by {INSTITUTIONS} it has left; on record it has not: “paraph register members” notes that",)
