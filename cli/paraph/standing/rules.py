"""What members' decisions come to: positions, tallies, and whether a rule is met (docs/approvals.md, “Rules”)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from paraph.model.event import AmendmentProposed, Choice, Counted, Subject, Tally
from paraph.model.rule import Rule, RuleKind, read_rule
from paraph.standing.fold import Circulation, History, Withdrawal


class State(StrEnum):
    """How a member stands on a version."""

    __hash__ = str.__hash__  # as what it equals, and in C: a tally looks states up by the hundred

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


class Position(NamedTuple):
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


def positions(
    history: History, subject: Subject, members: Collection[str], rule: Rule | None = None
) -> dict[str, Position]:
    """How each of `members` stands on exactly this version, wherever it was asked; all in one pass over the record.

    With `rule`, silence is consent only as far as it counts under that rule (19).
    """
    found, tacit = decided(history, subject, members), _tacit_at(history, subject, rule)
    silent = [member for member in tacit if member in found and found[member].state is State.PENDING]
    if not silent:
        return found
    ended = {member: one.number for member, one in _taken_back(history, subject, None).items()}
    spoke = {*(one.member for one in amendments(history, subject)), *unsettled(history, subject, silent)}
    for member in silent:
        if member not in spoke and tacit[member] > ended.get(member, 0):
            found[member] = Position(State.TACIT)
    return found


def decided(
    history: History, subject: Subject, members: Collection[str], asked: Circulation | None = None
) -> dict[str, Position]:
    """What each of `members` has decided on exactly this version (11 to 16), pending where it has not.

    With `asked`, as far as the tally of that circulation counts it.
    """
    taken_back = _taken_back(history, subject, asked)
    last: dict[str, tuple[dt.datetime, int, Choice]] = {}
    for entry in history.entries.get(subject, ()):
        fact, number = entry.fact, entry.number
        if isinstance(fact, AmendmentProposed) or fact.choice is Choice.COMMENT or not entry.counts:
            continue
        received, member = fact.receipt.received, fact.member
        if asked and not asked.hears(received, fact.circulation):
            continue
        if member in taken_back and number <= taken_back[member].number:
            continue
        before = last.get(member)
        if before is None or before[0] <= received:
            last[member] = received, number, fact.choice
    found = dict.fromkeys(members, Position(State.PENDING))
    for member in found:
        if one := last.get(member):
            found[member] = Position(_STATES[one[2]], one[1])
    return found


def _taken_back(history: History, subject: Subject, asked: Circulation | None) -> dict[str, Withdrawal]:
    """By member, its last withdrawal of a decision on the version: what came before counts no more.

    There is nothing in a comment to take back. With `asked`, as far as its tally counts with them: who was let in late
    goes late, too (14).
    """
    withdrawals = history.withdrawals.get(subject, ())
    if not withdrawals:
        return {}
    decisions = [
        entry
        for entry in history.entries.get(subject, ())
        if not isinstance(entry.fact, AmendmentProposed) and entry.fact.choice is not Choice.COMMENT
    ]
    numbers = {entry.number for entry in decisions}
    let_in = [(one.fact.member, one.number) for one in decisions if asked and asked.let_in(one)]
    found: dict[str, Withdrawal] = {}
    for one in withdrawals:
        member = one.fact.member
        since = found[member].number if member in found else 0
        late = any(who == member and since < number < one.number for who, number in let_in)
        if one.fact.decision in numbers and (late or history.felt(one, asked)):
            found[member] = one
    return found


def _spoke(history: History, subject: Subject, asked: Circulation) -> set[str]:
    """The members whose silence on a version is none, though no decision of theirs counts in the tally of `asked` (17):
    since it was opened they took back what they had decided, or they said something, late elsewhere and in time here,
    that nobody let count."""
    if not asked.opened.strict:
        return set()
    back = _taken_back(history, subject, asked)
    found = {member for member, one in back.items() if one.fact.receipt.received >= asked.begins}
    named = {one.fact.decision for one in history.withdrawals.get(subject, ()) if history.felt(one, asked)}
    for entry in history.entries.get(subject, ()):
        fact = entry.fact
        if entry.counts or fact.circulation == asked.opened.circulation or not asked.hears(fact.receipt.received):
            continue
        if isinstance(fact, AmendmentProposed):
            taken = entry.number in named
        else:
            taken = fact.choice is Choice.COMMENT or (fact.member in back and entry.number < back[fact.member].number)
        if not taken and not (entry.gone and history.felt(entry.gone, asked)):
            found.add(fact.member)
    return found


def _tacit_at(history: History, subject: Subject, rule: Rule | None) -> dict[str, int]:
    """By member, the number of the last close that adopted the version and in which it was tacit: where nothing was
    adopted, silence was broken. Under `rule`, silence with no less notice than that asks for; under others, none."""
    found: dict[str, int] = {}
    for circulation in history.circulations.values():
        if not circulation.closed or (rule and not _as_long(circulation, rule)):
            continue
        for tally in circulation.closed.tallies:
            for counted in tally.members if tally.adopted and tally.subject == subject else ():
                if counted.state == State.TACIT:
                    found[counted.member] = max(found.get(counted.member, 0), circulation.closed_at)
    return found


def _as_long(circulation: Circulation, rule: Rule) -> bool:
    return rule.kind is RuleKind.SILENCE and read_rule(circulation.opened.rule).notice >= rule.notice


def amendments(history: History, subject: Subject, asked: Circulation | None = None) -> Iterator[AmendmentProposed]:
    """The amendments of a version that stand, whoever proposed them, wherever: in time and not taken back.

    With `asked`, those that its tally counts with (16, 17).
    """
    back = {one.fact.decision for one in history.withdrawals.get(subject, ()) if history.felt(one, asked)}
    for entry in history.entries.get(subject, ()):
        fact = entry.fact
        if not isinstance(fact, AmendmentProposed) or not entry.counts or entry.number in back:
            continue
        if asked is None or asked.counts_with(fact):
            yield fact


def amended(
    history: History, subject: Subject, members: Collection[str], asked: Circulation | None = None
) -> tuple[str, ...]:
    """Those of `members` whose amendment of the version stands; with `asked`, as far as its tally counts with it."""
    proposed = (one.member for one in amendments(history, subject, asked))
    return tuple(dict.fromkeys(member for member in proposed if member in members))


def unsettled(
    history: History, subject: Subject, members: Collection[str], asked: Circulation | None = None
) -> tuple[str, ...]:
    """Those of `members` that answered on the version what was not recorded, and have not decided since (16a).

    With `asked`, as far as it is of concern to the tally of that circulation.
    """
    answers = [
        one
        for one in history.unrecorded.get(subject, ())
        if one.member in members and not one.settled and (asked.answered(one) if asked else not one.late)
    ]
    if not answers:
        return ()
    held = decided(history, subject, members, asked)
    order = {one.number: (one.fact.receipt.received, one.number) for one in history.entries.get(subject, ())}
    never = dt.datetime.min.replace(tzinfo=dt.UTC), 0
    last = {member: order.get(one.event, never) for member, one in held.items()}
    return tuple(dict.fromkeys(one.member for one in answers if last[one.member] < (one.received, one.number)))


def electorate(circulation: Circulation) -> tuple[str, ...]:
    """Those that count: the frozen electorate without members that left before the close."""
    return tuple(member for member in circulation.opened.electorate if member not in circulation.left)


def met(rule: Rule, states: Mapping[str, State], amending: Collection[str] = ()) -> tuple[Cause, ...]:
    """What stands in the way of `rule`, given the state of each member that counts; nothing: it is met."""
    alike: dict[State, list[str]] = {state: [] for state in State}
    for member, state in states.items():
        says_nothing = state is State.TACIT and rule.kind is not RuleKind.SILENCE  # silence does under that rule only
        alike[State.PENDING if says_nothing else state].append(member)
    where = {state: tuple(some) for state, some in alike.items()}
    for_it = sum(len(where[state]) for state in _FOR)
    causes = []
    if rule.kind is RuleKind.COUNT:
        return (Cause(why="too-few", members=where[State.PENDING]),) if for_it < rule.approvals else ()
    if where[State.OBJECTED]:
        causes.append(Cause(why="objected", members=where[State.OBJECTED]))
    if where[State.PENDING]:
        causes.append(Cause(why="pending", members=where[State.PENDING]))
    if rule.kind is RuleKind.SILENCE and amending:
        causes.append(Cause(why="amended", members=tuple(amending)))
    if rule.kind is RuleKind.UNANIMITY and where[State.ABSTAINED]:
        causes.append(Cause(why="abstained", members=where[State.ABSTAINED]))
    if not states or (rule.kind is RuleKind.CONSENSUS and not for_it):
        causes.append(Cause(why="nobody-approved"))
    return tuple(causes)


def untold(circulation: Circulation, members: Collection[str]) -> tuple[str, ...]:
    """Under a rule of silence, those of `members` of whose notice in time there is no record: their silence means
    nothing (17)."""
    rule = read_rule(circulation.opened.rule)
    if rule.kind is not RuleKind.SILENCE:
        return ()
    told_by = circulation.opened.deadline - dt.timedelta(hours=rule.notice)
    return tuple(one for one in members if one not in circulation.notices or circulation.notices[one] > told_by)


def tally(history: History, circulation: Circulation, subject: Subject, *, called_off: bool = False) -> Tally:
    """How `subject` stands if the circulation closes now: what is recorded with the close, and counted again later."""
    adopted, found = count(history, circulation, subject, called_off=called_off)
    members = tuple(Counted(member=member, state=one.state, event=one.event) for member, one in found.items())
    return Tally(subject=subject, adopted=adopted, members=members)


def count(
    history: History, circulation: Circulation, subject: Subject, *, called_off: bool = False
) -> tuple[bool, dict[str, Position]]:
    """What a tally says: whether `subject` is adopted, and how each of the electorate stands.

    Called off (9a), nothing is adopted, and nobody’s silence is consent.
    """
    rule, members = read_rule(circulation.opened.rule), electorate(circulation)
    found, amending = decided(history, subject, members, circulation), amended(history, subject, members, circulation)
    if rule.kind is RuleKind.SILENCE and not called_off:
        excepted = {*amending, *unsettled(history, subject, members, circulation), *untold(circulation, members)}
        excepted |= _spoke(history, subject, circulation)
        for member, one in found.items():
            if one.state is State.PENDING and member not in excepted:
                found[member] = Position(State.TACIT)
    return not called_off and not met(rule, {member: one.state for member, one in found.items()}, amending), found
