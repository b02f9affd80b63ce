"""What letters of each day are: drafts, or what was released; and whether they may go out.

A letter has the names and the members of its own day, so that it is judged as of that day: what was released may have
other words by then, or have had others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.errors import RefusedError
from paraph.library.written.index import INSTITUTIONS
from paraph.model.finding import Finding, Severity, Source
from paraph.model.manifest import Manifest
from paraph.model.member import Status

if TYPE_CHECKING:
    from paraph.model.document import Record
    from paraph.model.library import Library
    from paraph.workflow.releases.as_released import AsReleased

DRAFT = "letter-draft"
"""The rule of findings about letters that are drafts on some days only."""
_FEW = 3
"""Days that are named, of many."""
_AHEAD = dt.timedelta(days=366)
"""Days from today after which a day seems to be a slip."""
_SHOWN = 100
"""Characters of a line that are shown."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What letters of a day are: their release, and what they print of the register. None: nothing was released in the
    words that they have, and they are drafts."""

    released: AsReleased | None
    record: Record

    @property
    def reference(self) -> str:
        """That of the release, or ""."""
        return self.released.reference if self.released else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Standings:
    """What letters of each day are, which `member` sends by itself ("": those for whom `manifest` speaks); of those
    without one, what they are `today`.

    Days between which nothing and nobody has another name or status are judged together.
    """

    root: Path
    library: Library
    manifest: Manifest
    member: str
    today: dt.date
    _found: dict[dt.date | None, Standing] = field(default_factory=dict)

    def day(self, written: str) -> dt.date:
        """The day as of which letters are that print this one ("": none)."""
        return self.manifest.date or (dt.date.fromisoformat(written) if written else self.today)

    def of(self, written: str) -> Standing:
        """What letters are that print a day. Raises FindingsError where anything is wrong in their words then."""
        from paraph.workflow.record.draft_record import records
        from paraph.workflow.releases.as_released import as_released

        day = self.day(written)
        until = self.library.to_come(day)
        if until not in self._found:
            released = as_released(self.root, self.manifest.id, self.library, day, self.member)
            if released is not None:
                self._found[until] = Standing(released, released.record)
            else:
                with records(self.root, self.library) as record_of:
                    self._found[until] = Standing(None, record_of(self.manifest, day))
        return self._found[until]

    def may_go_out(self, days: Collection[str], *, confirmed: bool) -> None:
        """Raises RefusedError where letters of one of the days would go out in the name of a member that does not stand
        behind them, or is none that day; or where templates, names or standing have changed since and nobody said that
        this was looked at."""
        for day in sorted(days):
            released = self.of(day).released
            if self.member:
                self._refuse_absent(self.day(day), released=released is not None)
            if released is not None:
                _refuse_parted(self.manifest.id, released, self.member)
                _refuse_changed(
                    f"{self.manifest.id} (letters of {day})" if day else self.manifest.id, released, confirmed
                )

    def _refuse_absent(self, day: dt.date, *, released: bool) -> None:
        """Raise RefusedError where the member is none on a day, or has left by today: it sends nothing, whatever
        day is written on it. Who awaits validation may send drafts."""
        member = self.library.institutions[self.member]
        status = member.status_on(day)
        if member.status_on(self.today) is Status.LEFT:
            day = self.today
        elif status is Status.ACTIVE or (status is Status.PENDING and not released):
            return
        raise RefusedError(
            f"{self.manifest.id} cannot be sent in the name of {member.id}",
            (member.why_inactive(day),),
            f"See its status: in {INSTITUTIONS}, and the day of the letters.",
        )


def _refuse_parted(document: str, released: AsReleased, member: str) -> None:
    """Raise RefusedError where a letter would say that somebody stands behind words that does not."""
    if member and released.parted:
        raise RefusedError(
            f"{member} does not stand behind all of {document}, and it cannot be sent in its name",
            released.parted,
            "Ask it, and record what it answers: “paraph decide”, then --accept-late, or --settle.",
        )
    if parted := (*released.parted, *released.reserved):
        raise RefusedError(
            f"{document} would be sent as it was released, as {released.reference}; since then",
            parted,
            "Release it anew with those that stand behind it now, “paraph release "
            f"{document} --reissue”; or “paraph withdraw {released.reference}”.",
        )


def _refuse_changed(letters: str, released: AsReleased, confirmed: bool) -> None:
    if released.changed and not confirmed:
        raise RefusedError(
            f"around the words of {letters}, things have changed since the members were asked",
            (*released.changed, *released.doubted),
            "Put them back as they were; or look at a --preview, see that all is right, and --confirm.",
        )
    if released.doubted and not confirmed:
        raise RefusedError(
            f"since {letters} was released as {released.reference}, something was said that stands against it",
            released.doubted,
            "Ask, and record what is answered. Where the letters are to go out all the same, --confirm.",
        )


def told(standings: Standings, days: Collection[str]) -> Iterator[Finding]:
    """Warnings about letters of some of the days: that they are drafts, where others, or those of today, are not; that
    they do not list who signed the release; that the day is a slip, it seems."""
    yield from _slips(standings, days)
    drafts = [day for day in sorted(days) if standings.of(day).released is None]
    if drafts:
        yield from _drafts(standings, drafts, (*sorted(days), ""))
    unlisted: dict[tuple[str, str], list[str]] = {}
    for day in sorted(days):
        if released := standings.of(day).released:
            for member in released.unlisted:
                unlisted.setdefault((member, released.reference), []).append(str(standings.day(day)))
    for (member, reference), on in unlisted.items():
        message = f"{member} signed {reference}, and is no active member on {_few(on)}: letters of then do not list it"
        advice = f"See its status: in {INSTITUTIONS}."
        yield Source(file=INSTITUTIONS).finding("letter-sender", message, advice, severity=Severity.WARNING)


def _slips(standings: Standings, days: Collection[str]) -> Iterator[Finding]:
    """The warnings about days before the release, or far ahead; not about the day that a document has itself, with
    which it was approved."""
    manifest = standings.manifest
    early: dict[str, list[str]] = {}
    late: list[str] = []
    for day in sorted(filter(None, days)) if manifest.date is None else ():
        released = standings.of(day).released
        if released is not None and standings.day(day) < released.released:
            early.setdefault(f"before {released.reference} was released, on {released.released}", []).append(day)
        elif standings.day(day) - standings.today > _AHEAD:
            late.append(day)
    for when, on in (*early.items(), ("more than a year ahead", late)):
        if on:
            message, advice = f"letters of {_few(on)} are dated {when}", "Correct the day, if that is not meant."
            yield manifest.source.finding("letter-date", message, advice, severity=Severity.WARNING)


def _drafts(standings: Standings, drafts: list[str], days: tuple[str, ...]) -> Iterator[Finding]:
    """The warning about drafts beside letters of other `days`, with what reads otherwise."""
    from paraph.workflow.record.versions import now_of

    known = next((day for day in days if standings.of(day).released), None)
    if known is None:
        return
    manifest = standings.manifest
    then, now = (now_of(standings.library.of(standings.day(day)), manifest)[0] for day in (known, drafts[0]))
    reads = next((line for code, lines in now.lines.items() for line in lines if line not in then.lines[code]), "")
    said = " ".join(reads.split())
    which = _few([day or "today" for day in drafts])
    reference = standings.of(known).reference
    message = f"letters of {which} carry the mark of a draft: names, or members, are then others than in {reference}"
    message += f": “{said[:_SHOWN]}{'…' if len(said) > _SHOWN else ''}”" if said else ""
    advice = "Send them on a day of the names that were approved, or have the words approved as they read then."
    yield manifest.source.finding(DRAFT, message, advice, severity=Severity.WARNING)


def _few(days: list[str]) -> str:
    """Some days, of many the first ones."""
    more = len(days) - _FEW
    return ", ".join(days[:_FEW]) + (f" and {more} more day{'' if more == 1 else 's'}" if more > 0 else "")
