"""Telling the members of a circulation, counting what they decided, or calling it off: docs/approvals.md, 9 and 17."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.errors import RefusedError, UsageError
from paraph.model.event import (
    CirculationClosed,
    Draft,
    Event,
    NoticeRecorded,
    Receipt,
    Subject,
    Tally,
)
from paraph.model.rule import read_rule
from paraph.standing.fold import Circulation, History
from paraph.standing.gate import agreed
from paraph.standing.rules import State, amended, electorate, met, tally, undecided, unsettled, untold
from paraph.workflow.approvals.causes import explained, in_words, named
from paraph.workflow.approvals.references import circulation_in, refuse_too_early, subject_keys
from paraph.workflow.approvals.unheard import late_objections, of_earlier_versions
from paraph.workflow.reasons import said
from paraph.workflow.record.ledger import history_of, keep, new_request, opened, settings
from paraph.workflow.record.membership import in_words as members_in_words
from paraph.workflow.record.membership import leaving, note
from paraph.workflow.releases.refused import still_out
from paraph.workflow.times import shown

if TYPE_CHECKING:
    from paraph.register.reader import Reader


def notify(
    root: Path, name: str, members: Sequence[str], receipt: Receipt, evidence: Sequence[Path], at: dt.datetime
) -> dict[str, tuple[str, ...]]:
    """Record that `members` (none: all that are asked) were told of a circulation; returns those not told before, with
    what there is to know of each."""
    library = settings(root)
    told: dict[str, tuple[str, ...]] = {}
    with opened(root, library) as register:
        request, given = new_request(), replace(receipt, evidence=tuple(keep(register, path) for path in evidence))

        def decide(reader: Reader) -> Sequence[Draft]:
            told.clear()
            history = history_of(reader, subject_keys(reader, name))
            asked = circulation_in(history, name)
            everyone = (*asked.opened.electorate, *asked.opened.invited)
            if strangers := [one for one in members if one not in everyone]:
                raise UsageError(f"{strangers[0]} is not asked in {name}", f"Asked are {', '.join(everyone)}.")
            if asked.closed:
                raise RefusedError(f"{name} is closed", advice="Notice after the close would mean nothing.")
            if receipt.received > at:
                raise UsageError("that is still to come", "Record a notice once it was given.")
            refuse_too_early(asked, receipt)
            told.update(
                (one, leaving(library, history, one, at))
                for one in (members or everyone)
                if not asked.notices.get(one, at) < receipt.received
            )
            return [
                Draft(fact=NoticeRecorded(circulation=name, member=one, receipt=given), request=f"{request}/{one}")
                for one in told
            ]

        register.append(decide, at)
    return told


_Why = Mapping[Subject, tuple[str, ...]]
"""Causes in words, by what they are about."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Closed:
    """A circulation as it was closed: why each subject that was not adopted was not, and why one that was is agreed no
    longer, members having taken back after the deadline what the tally counts. `out` are the provisional releases that
    stand of what was not adopted; `members` what was noted of the members before."""

    fact: CirculationClosed
    event: Event
    why: _Why
    since: _Why
    out: tuple[str, ...] = ()
    members: tuple[str, ...] = ()


def close(root: Path, name: str, at: dt.datetime, reason: str = "", *, confirmed: bool = False) -> Closed:
    """Close a circulation and record its tallies.

    Raises RefusedError before the deadline while somebody that counts has still to decide (9), and while answers that
    were not recorded are not settled, unless `reason` says why it is closed all the same (16a); and where members are
    not what they are on record, unless that is `confirmed` (8a).
    """
    library = settings(root)
    kept: list[tuple[CirculationClosed, _Why, _Why, tuple[str, ...], tuple[str, ...]]] = []
    with opened(root, library) as register:
        request = new_request()

        def decide(reader: Reader) -> Sequence[Draft]:
            history, asked = _still_open(reader, name)
            members = note(reader, library, history, at, confirmed=confirmed)
            if at <= asked.opened.deadline and (missing := _undecided(history, asked)):
                deadline = shown(asked.opened.deadline, asked.opened.zone)
                advice = "Wait for the deadline, or for their decisions: “paraph decide”."
                raise RefusedError(f"{name} is open until {deadline}", missing, advice)
            left = _unsettled(history, asked)
            if left and not reason:
                advice = "Ask them, then “paraph decide”, or “decide … --settle”; “close --unsettled” says why not."
                raise RefusedError(f"{name}: answers came that were not recorded", left, advice)
            if reason and not left:
                raise UsageError(f"no answer in {name} is left to settle", "Close it without --unsettled.")
            tallies = tuple(tally(history, asked, subject) for subject in asked.opened.subjects)
            fact = CirculationClosed(circulation=name, tallies=tallies, reason=reason)
            why = {one.subject: _why(history, asked, one) for one in tallies if not one.adopted}
            history.suppose(fact)
            since = {one.subject: _since(history, asked, one.subject) for one in tallies if one.adopted}
            out = tuple(still_out(reader, history, asked.opened.document))
            kept.append((fact, why, since, out, members_in_words(members)))
            return [*(one.draft for one in members), Draft(fact=fact, request=request)]

        events = register.append(decide, at)
    fact, why, since, out, said_of = kept[-1]
    return Closed(fact=fact, event=events[-1], why=why, since=since, out=out, members=said_of)


def call_off(root: Path, name: str, at: dt.datetime, reason: str) -> Event:
    """Call off a circulation that was opened by mistake: nothing in it counts as put to the members (9a).

    Raises RefusedError where it is closed already, UsageError without a reason.
    """
    library, why = settings(root), said(reason, "--call-off")
    with opened(root, library) as register:
        request = new_request()

        def decide(reader: Reader) -> Sequence[Draft]:
            history, asked = _still_open(reader, name)
            tallies = tuple(tally(history, asked, subject, called_off=True) for subject in asked.opened.subjects)
            fact = CirculationClosed(circulation=name, tallies=tallies, reason=why, called_off=True)
            return [Draft(fact=fact, request=request)]

        return register.append(decide, at)[-1]


def _still_open(reader: Reader, name: str) -> tuple[History, Circulation]:
    """A circulation that has not ended, and the history that it is counted by. Raises RefusedError where it has."""
    history = history_of(reader, subject_keys(reader, name))
    asked = circulation_in(history, name)
    if asked.closed:
        raise RefusedError(f"{name} is closed already", advice="“paraph log” shows when, “paraph status” how.")
    return history, asked


def _undecided(history: History, asked: Circulation) -> list[str]:
    """Who still has to decide on what, a line a member; and whose last word is an objection that counts for nothing."""
    late = late_objections(history, asked.opened.subjects, electorate(asked)) if asked.opened.strict else ()
    return [
        *(
            f"{member} has not decided on {named([one.id for one in subjects])}"
            for member, subjects in undecided(history, asked).items()
        ),
        *map(in_words, late),
    ]


def _unsettled(history: History, asked: Circulation) -> list[str]:
    """Whose answers on what were not recorded and are not settled, a line a member (16a)."""
    found: dict[str, list[str]] = {}
    for subject in asked.opened.subjects:
        for member in unsettled(history, subject, electorate(asked), asked):
            found.setdefault(member, []).append(str(subject))
    return [f"{member} answered on {named(subjects)}: see its packet" for member, subjects in found.items()]


def _since(history: History, asked: Circulation, subject: Subject) -> tuple[str, ...]:
    counted = electorate(asked)
    causes = (
        *agreed(history, subject, asked.opened.document, read_rule(asked.opened.rule), counted),
        *of_earlier_versions(history, (subject,), counted),
    )
    return tuple(in_words(replace(cause, subject="")) for cause in explained(history, causes, asked))


def _why(history: History, asked: Circulation, counted: Tally) -> tuple[str, ...]:
    states = {one.member: State(one.state) for one in counted.members}
    causes = met(read_rule(asked.opened.rule), states, amended(history, counted.subject, electorate(asked), asked))
    silent = untold(asked, [member for member, state in states.items() if state is State.PENDING])
    words = f"no notice to {named(silent)} is on record in time: that silence means nothing"
    causes = tuple(replace(cause, subject=str(counted.subject)) for cause in causes)
    told = (in_words(replace(cause, subject="")) for cause in explained(history, causes, asked))
    return (*told, *([words] if silent else []))
