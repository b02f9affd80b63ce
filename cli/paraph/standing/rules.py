"""What members' decisions come to: positions, tallies, and whether a rule is met (docs/approvals.md, “Rules”)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from paraph.model.event import AmendmentProposed, Choice, Counted, Decided, Subject, Tally
from paraph.model.rule import Rule, RuleKind, read_rule
from paraph.standing.fold import Circulation, Entry, History


class State(StrEnum):
    """How a member stands on a version."""

    APPROVED = "approved"
    RESERVED = "reserved"
    ABSTAINED = "abstained"
    OBJECTED = "objected"
    TACIT = "tacit"
    PENDING = "pending"


_STATES = {
    Choice.APPROVE: State.APPROVED,
    Choice.RESERVE: State.RESERVED,
    Choice.ABSTAIN: State.ABSTAINED,
    Choice.OBJECT: State.OBJECTED,
}
_FOR = (State.APPROVED, State.RESERVED)


@dataclass(frozen=True, slots=True)
class Position:
    """A member's state on a version, and the number of the event that made it so (0: none)."""

    state: State
    event: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Cause:
    """Why something is not adopted or not ready: in one word, because of which members, on what.

    Of a rule: pending, objected, abstained, amended, too-few, nobody-approved. `paraph.standing.gate` has more.
    """

    why: str
    members: tuple[str, ...] = ()
    subject: str = ""


def position(history: History, subject: Subject, member: str) -> Position:
    """How `member` stands on exactly this version, wherever it was asked."""
    return positions(history, subject, (member,))[member]


def positions(history: History, subject: Subject, members: Collection[str]) -> dict[str, Position]:
    """How each of `members` stands on exactly this version, wherever it was asked; all in one pass over the record."""
    taken_back = _taken_back(history, subject)
    last: dict[str, Entry] = {}
    for entry in history.entries.get(subject, ()):
        fact = entry.fact
        if not isinstance(fact, Decided) or fact.choice is Choice.COMMENT or not entry.counts:
            continue
        if entry.number <= taken_back.get(fact.member, 0):
            continue
        before = last.get(fact.member)
        if before is None or before.fact.receipt.received <= fact.receipt.received:
            last[fact.member] = entry
    found = {}
    for member in members:
        if entry_ := last.get(member):
            assert isinstance(entry_.fact, Decided)
            found[member] = Position(_STATES[entry_.fact.choice], entry_.number)
        elif member not in taken_back and _was_tacit(history, subject, member):
            found[member] = Position(State.TACIT)
        else:
            found[member] = Position(State.PENDING)
    return found


def _taken_back(history: History, subject: Subject) -> dict[str, int]:
    """By member, the number of its last withdrawal of a decision on the version: what came before counts no more."""
    withdrawals = history.withdrawals.get(subject, ())
    if not withdrawals:
        return {}
    decisions = {entry.number for entry in history.entries.get(subject, ()) if isinstance(entry.fact, Decided)}
    return {
        one.fact.member: one.number for one in withdrawals if one.fact.decision in decisions and history.in_force(one)
    }


def _was_tacit(history: History, subject: Subject, member: str) -> bool:
    return any(
        counted.member == member and counted.state == State.TACIT
        for circulation in history.circulations.values()
        if circulation.closed
        for tally in circulation.closed.tallies
        if tally.subject == subject
        for counted in tally.members
    )


def amended(history: History, circulation: Circulation, subject: Subject) -> tuple[str, ...]:
    """The members of the electorate whose amendment stands: in time and not taken back."""
    back = {one.fact.decision for one in history.withdrawals.get(subject, ()) if history.in_force(one)}
    members = (
        entry.fact.member
        for entry in history.entries.get(subject, ())
        if isinstance(entry.fact, AmendmentProposed)
        and entry.fact.circulation == circulation.opened.circulation
        and entry.counts
        and entry.number not in back
    )
    return tuple(dict.fromkeys(member for member in members if member in electorate(circulation)))


def electorate(circulation: Circulation) -> tuple[str, ...]:
    """Those that count: the frozen electorate without members that left before the close."""
    return tuple(member for member in circulation.opened.electorate if member not in circulation.left)


def met(rule: Rule, states: Mapping[str, State], amending: Collection[str] = ()) -> tuple[Cause, ...]:
    """What stands in the way of `rule`, given the state of each member that counts; nothing: it is met."""
    where = {state: tuple(member for member, one in states.items() if one is state) for state in State}
    for_it = sum(len(where[state]) for state in _FOR)
    causes = []
    if rule.kind is RuleKind.COUNT:
        return (Cause(why="too-few", members=where[State.PENDING]),) if for_it < rule.approvals else ()
    if where[State.OBJECTED]:
        causes.append(Cause(why="objected", members=where[State.OBJECTED]))
    if where[State.PENDING]:
        causes.append(Cause(why="pending", members=where[State.PENDING]))
    if rule.kind is not RuleKind.SILENCE and where[State.TACIT]:
        causes.append(Cause(why="pending", members=where[State.TACIT]))
    if rule.kind is RuleKind.SILENCE and amending:
        causes.append(Cause(why="amended", members=tuple(amending)))
    if rule.kind is RuleKind.UNANIMITY and where[State.ABSTAINED]:
        causes.append(Cause(why="abstained", members=where[State.ABSTAINED]))
    if not states or (rule.kind is RuleKind.CONSENSUS and not for_it):
        causes.append(Cause(why="nobody-approved"))
    return tuple(causes)


def tally(history: History, circulation: Circulation, subject: Subject) -> Tally:
    """How `subject` stands if the circulation closes now: what is recorded with the close, and computed again later."""
    rule = read_rule(circulation.opened.rule)
    told_by = circulation.opened.deadline - dt.timedelta(hours=rule.notice)
    found = positions(history, subject, electorate(circulation))
    for member, one in found.items():
        told = circulation.notices.get(member)
        if rule.kind is RuleKind.SILENCE and one.state is State.PENDING and told is not None and told <= told_by:
            found[member] = Position(State.TACIT)
    states = {member: one.state for member, one in found.items()}
    return Tally(
        subject=subject,
        adopted=not met(rule, states, amended(history, circulation, subject)),
        members=tuple(Counted(member=member, state=one.state, event=one.event) for member, one in found.items()),
    )
