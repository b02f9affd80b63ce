"""What members' decisions come to: positions, tallies, and whether a rule is met (docs/approvals.md, “Rules”)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from paraph.model.event import AmendmentProposed, Choice, Counted, Decided, Subject, Tally
from paraph.model.rule import Rule, RuleKind, read_rule
from paraph.standing.fold import Circulation, History


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
    taken_back = _taken_back(history, subject, member)
    standing = [
        entry
        for entry in history.entries.get(subject, ())
        if isinstance(entry.fact, Decided)
        and entry.fact.member == member
        and entry.fact.choice is not Choice.COMMENT
        and entry.counts
        and entry.number > taken_back
    ]
    if standing:
        last = max(standing, key=lambda entry: (entry.fact.receipt.received, entry.number))
        assert isinstance(last.fact, Decided)
        return Position(_STATES[last.fact.choice], last.number)
    if not taken_back and _was_tacit(history, subject, member):
        return Position(State.TACIT)
    return Position(State.PENDING)


def _taken_back(history: History, subject: Subject, member: str) -> int:
    """The number of the member's last withdrawal of a decision on the version: what came before counts no more."""
    decisions = {entry.number for entry in history.entries.get(subject, ()) if isinstance(entry.fact, Decided)}
    numbers = (
        one.number
        for one in history.withdrawals.get(subject, ())
        if one.fact.member == member and one.fact.decision in decisions and history.in_force(one)
    )
    return max(numbers, default=0)


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
    positions = {member: position(history, subject, member) for member in electorate(circulation)}
    for member, one in positions.items():
        told = circulation.notices.get(member)
        if rule.kind is RuleKind.SILENCE and one.state is State.PENDING and told is not None and told <= told_by:
            positions[member] = Position(State.TACIT)
    states = {member: one.state for member, one in positions.items()}
    return Tally(
        subject=subject,
        adopted=not met(rule, states, amended(history, circulation, subject)),
        members=tuple(Counted(member=member, state=one.state, event=one.event) for member, one in positions.items()),
    )
