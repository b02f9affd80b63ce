"""What members wrote on texts and stand by, and what came late: beside a matrix, in the order of the record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from paraph.model.event import AmendmentProposed, Choice, Decided, DecisionWithdrawn, Subject
from paraph.standing.fold import Circulation, Decision, Entry, History, Withdrawal
from paraph.standing.rules import decided, positions
from paraph.workflow.approvals.said import decisions_by, ends_consent, last_decision


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What a member wrote: a reservation, an objection, a comment, an amendment; and what it decided late.

    A late decision does not count (`counts`) until it is accepted; `text` may be empty then; `final`: it cannot be any
    more, the member having decided since, or being an objection after the close. Of `kind` withdrawal, it
    came after the deadline: the tally counts what it takes back, and the member stands behind it no longer.
    `no_silence`: it came in time and was recorded after the close, and is no tacit consent (17).
    """

    event: int
    member: str
    subject: Subject
    kind: str
    text: str
    language: str
    received: dt.datetime
    counts: bool
    final: bool = False
    no_silence: bool = False


def said_on(history: History, subjects: Iterable[Subject], asked: Circulation | None) -> tuple[Said, ...]:
    """What members wrote on these versions and stand by, and what came late, in the order in which it was recorded."""
    found = []
    for subject in subjects:
        back = {one.fact.decision for one in history.withdrawals.get(subject, ())}
        entries = history.entries.get(subject, ())
        found += [_as_withdrawn(one) for one in _unfelt(history, subject, asked)]
        where = positions(history, subject, {entry.fact.member for entry in entries})
        for entry in entries:
            fact = entry.fact
            decides = isinstance(fact, Decided) and fact.choice is not Choice.COMMENT
            if decides and entry.counts:
                stands = where[fact.member].event == entry.number
            elif decides:
                stands = entry in decisions_by(history, subject, fact.member)
            else:
                stands = not entry.gone and entry.number not in back
            awaits = decides and stands and not entry.counts and entry is last_decision(history, subject, fact.member)
            if stands and (fact.text or awaits):
                closed = history.circulations[fact.circulation].closed is not None
                final = not awaits or (closed and isinstance(fact, Decided) and fact.choice is Choice.OBJECT)
                ends = not entry.counts and (decides or isinstance(fact, AmendmentProposed))
                ends = ends and ends_consent(history, subject, fact.receipt.received, entry.number)
                found.append(replace(_as_said(entry), final=final, no_silence=ends))
    return tuple(sorted(found, key=lambda one: one.event))


def _unfelt(history: History, subject: Subject, asked: Circulation | None) -> Iterator[Withdrawal]:
    """The withdrawals that came after the deadline of a circulation still open: its tally does not count with them."""
    if asked and asked.closed is None and subject in asked.subjects:
        decided_on = decided(history, subject, {one.fact.member for one in history.entries.get(subject, ())}, asked)
        counting = {one.event for one in decided_on.values()}
        counting |= {
            entry.number
            for entry in history.entries.get(subject, ())
            if isinstance(entry.fact, AmendmentProposed) and entry.counts and asked.counts_with(entry.fact)
        }
        for one in history.withdrawals.get(subject, ()):
            if one.fact.decision in counting and not history.felt(one, asked):
                yield one


def gathered(said: Iterable[Said]) -> tuple[tuple[Said, ...], ...]:
    """What members wrote, the same words of one letter about several texts together."""
    alike: dict[tuple[object, ...], tuple[Said, ...]] = {}
    for one in said:
        same = (one.member, one.kind, one.text, one.language, one.received, one.counts, one.no_silence)
        alike[same] = (*alike.get(same, ()), one)
    return tuple(alike.values())


def _as_withdrawn(one: Withdrawal) -> Said:
    return _as(one.number, one.fact, "withdrawal", text=one.fact.reason)


def _as_said(entry: Entry) -> Said:
    fact = entry.fact
    kind = "amendment" if isinstance(fact, AmendmentProposed) else str(fact.choice)
    return _as(entry.number, fact, kind, text=fact.text, language=fact.language, counts=entry.counts)


def _as(
    number: int,
    fact: Decision | AmendmentProposed | DecisionWithdrawn,
    kind: str,
    *,
    text: str,
    language: str = "",
    counts: bool = False,
) -> Said:
    return Said(
        event=number,
        member=fact.member,
        subject=fact.subject,
        kind=kind,
        text=text,
        language=language,
        received=fact.receipt.received,
        counts=counts,
    )
