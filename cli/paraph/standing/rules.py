"""What members' decisions come to: positions, tallies, and whether a rule is met (docs/approvals.md, “Rules”)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from paraph.model.event import AmendmentProposed, Choice, Counted, Subject, Tally
from paraph.model.rule import Rule, RuleKind, read_rule
from paraph.standing.fold import Circulation, Entry, History, Unrecorded, Withdrawal


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
FOR = (State.APPROVED, State.RESERVED)
"""Who stands so has said yes, with a reservation or without (17)."""


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
    found, tacit = decided(history, subject, members), _tacit(history, subject, rule)
    silent = [member for member in tacit if member in found and found[member].state is State.PENDING]
    if not silent:
        return found
    spoke = {*(one.member for one in amendments(history, subject)), *unsettled(history, subject, silent)}
    for member in silent:
        if member not in spoke:
            found[member] = Position(State.TACIT)
    return found


def decided(
    history: History, subject: Subject, members: Collection[str], asked: Circulation | None = None
) -> dict[str, Position]:
    """What each of `members` has decided on exactly this version (11 to 16), pending where it has not.

    With `asked`, as far as the tally of that circulation counts it.
    """
    gone = taken_back(history, subject, asked)
    by_number = asked is not None and not asked.opened.strict
    last: dict[str, tuple[dt.datetime, int, Choice]] = {}
    for entry in history.entries.get(subject, ()):
        fact, number = entry.fact, entry.number
        if isinstance(fact, AmendmentProposed) or fact.choice is Choice.COMMENT or not entry.counts:
            continue
        received, member = fact.receipt.received, fact.member
        if asked and not asked.hears(received, fact.circulation):
            continue
        back = gone.get(member)
        if back and (number < back.number if by_number else (received, number) < back.order):
            continue
        before = last.get(member)
        if before is None or before[0] <= received:
            last[member] = received, number, fact.choice
    found = dict.fromkeys(members, Position(State.PENDING))
    for member in found:
        if one := last.get(member):
            found[member] = Position(_STATES[one[2]], one[1])
    return found


def taken_back(history: History, subject: Subject, asked: Circulation | None = None) -> dict[str, Withdrawal]:
    """By member, its last withdrawal of a decision on the version: what came before counts no more (12).

    The last received, as of decisions; in circulations of before each ended at its own deadline, the last recorded.
    """
    found: dict[str, Withdrawal] = {}
    by_number = asked is not None and not asked.opened.strict
    for one in _withdrawals(history, subject, asked):
        before = found.get(one.fact.member)
        if before is None or by_number or before.order < one.order:
            found[one.fact.member] = one
    return found


def _withdrawals(history: History, subject: Subject, asked: Circulation | None) -> list[Withdrawal]:
    """The withdrawals of decisions on the version; there is nothing in a comment to take back.

    With `asked`, those that its tally counts with: who was let in late goes late, too, by a withdrawal made in whatever
    circulation (14).
    """
    withdrawals = history.withdrawals.get(subject, ())
    if not withdrawals:
        return []
    decisions = [entry for entry in history.entries.get(subject, ()) if _decides(entry)]
    numbers = {entry.number for entry in decisions}
    let_in = [(one.fact.member, one.order) for one in decisions if asked and asked.let_in(one)]
    return [
        one
        for one in withdrawals
        if one.fact.decision in numbers
        and (
            history.felt(one, asked) or any(member == one.fact.member and order < one.order for member, order in let_in)
        )
    ]


def _decides(entry: Entry) -> bool:
    return not isinstance(entry.fact, AmendmentProposed) and entry.fact.choice is not Choice.COMMENT


def took_back_since(history: History, subject: Subject, asked: Circulation) -> set[str]:
    """Who took back what it had decided on a version since `asked` was opened, as far as its tally counts with that."""
    since = _withdrawals(history, subject, asked)
    gone = (one.gone for one in history.entries.get(subject, ()) if one.gone and _decides(one))
    since += [one for one in gone if history.felt(one, asked)]
    return {one.fact.member for one in since if one.number > asked.opened_at}


def _spoke(history: History, subject: Subject, asked: Circulation) -> set[str]:
    """The members whose silence on a version is none, though no decision of theirs counts in the tally of `asked` (17):
    since it was opened they took back what they had decided, or something stands that they said, late elsewhere and in
    time here, and that nobody let count."""
    if not asked.opened.strict:
        return set()
    entries = history.entries.get(subject, ())
    back, found = taken_back(history, subject, asked), took_back_since(history, subject, asked)
    named = {one.fact.decision for one in history.withdrawals.get(subject, ()) if history.felt(one, asked)}
    for entry in entries:
        fact = entry.fact
        if entry.counts or fact.circulation == asked.opened.circulation or not asked.hears(fact.receipt.received):
            continue
        if isinstance(fact, AmendmentProposed):
            taken = entry.number in named
        else:
            taken = not _decides(entry) or (fact.member in back and entry.order < back[fact.member].order)
        if not taken and not (entry.gone and history.felt(entry.gone, asked)):
            found.add(fact.member)
    return found


def _tacit(history: History, subject: Subject, rule: Rule | None) -> set[str]:
    """The members that let the version pass, in a circulation that adopted it: where nothing was adopted, silence was
    broken. Under `rule`, with no less notice than that asks for; under others, none.

    Who took something back since it was opened stands behind it no longer; and who had spoken by its deadline, which
    was recorded after the close, was not silent (17).
    """
    found: set[str] = set()
    for circulation in history.circulations.values():
        if not circulation.closed or (rule and not _as_long(circulation, rule)):
            continue
        for tally in circulation.closed.tallies:
            if tally.adopted and tally.subject == subject:
                silent = {one.member for one in tally.members if one.state == State.TACIT}
                found |= silent and silent - _ended(history, subject, circulation)
    return found


def _ended(history: History, subject: Subject, asked: Circulation) -> set[str]:
    """The members that took back what they had decided since `asked` was opened, or of whom something came to light
    after its close that had been received by its deadline."""
    found = {one.fact.member for one in _withdrawals(history, subject, None) if one.number > asked.opened_at}
    back = {one.fact.decision for one in history.withdrawals.get(subject, ())}
    for entry in history.entries.get(subject, ()):
        taken = isinstance(entry.fact, AmendmentProposed) and (entry.gone or entry.number in back)
        comments = not isinstance(entry.fact, AmendmentProposed) and not _decides(entry)
        if came_to_light(asked, entry.number, entry.fact.receipt.received) and not taken and not comments:
            found.add(entry.fact.member)
    return found


def came_to_light(asked: Circulation, number: int, received: dt.datetime) -> bool:
    """Whether something received by the deadline of a circulation was recorded, as event `number`, after its close."""
    ended = asked.closed is not None and not asked.closed.called_off
    return ended and number > asked.closed_at and received <= asked.opened.deadline


def found_against(history: History, subject: Subject, members: Collection[str]) -> tuple[str, ...]:
    """Those of `members` that hold no position on a version, and whose last word on it is an objection that came in
    time and was recorded after the close: it counts for nothing (13), and is no silence (17)."""
    entries = [one for one in history.entries.get(subject, ()) if _decides(one) and not one.gone]
    found = {one.number for one in entries if not one.counts and _to_light(history, one)}
    if not found:
        return ()
    held, back, last = positions(history, subject, members), taken_back(history, subject), dict[str, Entry]()
    for entry in entries:
        member = entry.fact.member
        gone = member in back and entry.order < back[member].order
        if not gone and (member not in last or last[member].order < entry.order):
            last[member] = entry
    pending = (member for member in members if held[member].state is State.PENDING)
    return tuple(member for member in pending if member in last and last[member].number in found)


def _to_light(history: History, entry: Entry) -> bool:
    """Whether an objection came in time for a circulation, and was found after its close."""
    fact = entry.fact
    return (
        not isinstance(fact, AmendmentProposed)
        and fact.choice is Choice.OBJECT
        and any(
            came_to_light(one, entry.number, fact.receipt.received)
            for one in history.circulations.values()
            if fact.subject in one.subjects
        )
    )


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

    With `asked`, as far as it is of concern to the tally of that circulation; else, those in time for their own.
    """
    answers = [
        one
        for one in history.unrecorded.get(subject, ())
        if one.member in members and not one.settled and _concerns(history, one, asked)
    ]
    if not answers:
        return ()
    held = decided(history, subject, members, asked)
    order = {one.number: (one.fact.receipt.received, one.number) for one in history.entries.get(subject, ())}
    never = dt.datetime.min.replace(tzinfo=dt.UTC), 0
    last = {member: order.get(one.event, never) for member, one in held.items()}
    return tuple(dict.fromkeys(one.member for one in answers if last[one.member] < (one.received, one.number)))


def _concerns(history: History, answer: Unrecorded, asked: Circulation | None) -> bool:
    if asked:
        return asked.answered(answer)
    return answer.received <= history.circulations[answer.circulation].opened.deadline


def electorate(circulation: Circulation) -> tuple[str, ...]:
    """Those that count: the frozen electorate without members that left before the close."""
    return tuple(member for member in circulation.opened.electorate if member not in circulation.left)


def undecided(history: History, asked: Circulation) -> dict[str, tuple[Subject, ...]]:
    """What each member that counts has still to decide on in a circulation (9); nobody who has decided on all."""
    members, found = electorate(asked), dict[str, tuple[Subject, ...]]()
    for subject in asked.opened.subjects:
        for member, one in decided(history, subject, members, asked).items():
            if one.state is State.PENDING:
                found[member] = (*found.get(member, ()), subject)
    return {member: found[member] for member in members if member in found}


def met(rule: Rule, states: Mapping[str, State], amending: Collection[str] = ()) -> tuple[Cause, ...]:
    """What stands in the way of `rule`, given the state of each member that counts; nothing: it is met."""
    alike: dict[State, list[str]] = {state: [] for state in State}
    for member, state in states.items():
        says_nothing = state is State.TACIT and rule.kind is not RuleKind.SILENCE  # silence does under that rule only
        alike[State.PENDING if says_nothing else state].append(member)
    where = {state: tuple(some) for state, some in alike.items()}
    for_it = sum(len(where[state]) for state in FOR)
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
