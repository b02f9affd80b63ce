"""What is on record, as a lawyer would read it: docs/approvals.md, 5 to 16a, sentence by sentence, each time anew.

This, `slow_tally` and `slow_standing` are the slow model, to be compared with `paraph.standing`: nothing is kept, and
nothing is clever. It was written from the page alone, without a look at the fold, and shares nothing with it but the
types of the model. Each function names the rules that it is. `events` is always the record up to the moment
in question, in the order of its numbers, without what makes no sense (`sound`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from paraph.model import event as fact
from paraph.model.event import Choice, Event, Subject
from paraph.model.member import Status

Events = Sequence[Event]

APPROVED, RESERVED, ABSTAINED, OBJECTED = "approved", "reserved", "abstained", "objected"
TACIT, PENDING = "tacit", "pending"
FOR = (APPROVED, RESERVED)
SAID = {
    Choice.APPROVE: APPROVED,
    Choice.RESERVE: RESERVED,
    Choice.ABSTAIN: ABSTAINED,
    Choice.OBJECT: OBJECTED,
}


@dataclass(frozen=True)
class Stand:
    """Where a member stands on a version, and the number of the decision that says so (0: none does)."""

    state: str = PENDING
    event: int = 0


# --- the record ------------------------------------------------------------------------------------------------------


def all_of(events: Events, kind: type) -> list[Event]:
    return [event for event in events if type(event.fact) is kind]


def entry(events: Events, number: int) -> Event:
    """The decision or amendment that has this number."""
    return next(
        event for event in events
        if event.number == number and isinstance(event.fact, fact.Decided | fact.AmendmentProposed)
    )  # fmt: skip


def opened(events: Events, name: str) -> Event:
    return next(
        event for event in events if type(event.fact) is fact.CirculationOpened and event.fact.circulation == name
    )


def opening(events: Events, name: str) -> fact.CirculationOpened:
    return opened(events, name).fact


def close(events: Events, name: str) -> Event | None:
    """9, 9a: the event that ended the circulation, be it that it was called off."""
    return next((event for event in all_of(events, fact.CirculationClosed) if event.fact.circulation == name), None)


def is_closed_before(events: Events, name: str, event: Event) -> bool:
    """The order of things: whether a circulation was closed is judged by the order of the numbers."""
    ended = close(events, name)
    return ended is not None and ended.number < event.number


def at_close(events: Events, name: str) -> Events:
    """The record on which the tally of a circulation is counted: as it was at its close; until then, as it is."""
    ended = close(events, name)
    return [event for event in events if ended is None or event.number < ended.number]


def puts(asked: fact.CirculationOpened, version: Subject) -> bool:
    return version in asked.subjects


def is_earlier(one: Event, other: Event) -> bool:
    """11, 12: received earlier; of two received in the same second, recorded earlier."""
    return (one.fact.receipt.received, one.number) < (other.fact.receipt.received, other.number)


# --- members ---------------------------------------------------------------------------------------------------------


def statuses(events: Events) -> dict[str, Status]:
    """What each member is that ever was one."""
    found: dict[str, Status] = {}
    for event in events:
        match event.fact:
            case fact.MemberJoined(member=member, status=status) | fact.MemberChanged(member=member, status=status):
                found[member] = status
            case fact.MemberLeft(member=member):
                found[member] = Status.LEFT
    return found


def active(events: Events) -> list[str]:
    """5: the electorate of a circulation that is opened now."""
    return [member for member, status in statuses(events).items() if status is Status.ACTIVE]


def invited(events: Events) -> list[str]:
    """5: who is asked and shown, and counted for nothing."""
    return [
        member for member, status in statuses(events).items() if status in (Status.PENDING, Status.OBSERVER)
    ]  # fmt: skip


def leaves(event: Event, member: str) -> bool:
    match event.fact:
        case fact.MemberLeft(member=one):
            return one == member
        case fact.MemberChanged(member=one, status=Status.LEFT):
            return one == member
    return False


def electorate(events: Events, name: str) -> list[str]:
    """5, 8: those that it was put to, without whoever left before the close, be it to come back."""
    start = opened(events, name)
    since = [event for event in at_close(events, name) if event.number > start.number]
    return [member for member in start.fact.electorate if not any(leaves(event, member) for event in since)]


# --- what makes no sense ---------------------------------------------------------------------------------------------


def sound(events: Events) -> list[Event]:
    """The record without what is named and counts for nothing (7, 12, 13, 15)."""
    kept: list[Event] = []
    for event in events:
        if makes_sense(kept, event):
            kept.append(event)
    return kept


def makes_sense(before: Events, event: Event) -> bool:
    """Whether an event can be what it says that it is, after those that make sense themselves."""
    one = event.fact
    match one:
        case fact.NoticeRecorded():
            return not is_before_opening(before, one)
        case fact.Decided() | fact.AmendmentProposed():
            return not is_before_opening(before, one) and was_put(before, one.circulation, one.subject)
        case fact.PacketReturned():
            put = all(was_put(before, one.circulation, version) for version in one.unrecorded)
            return not is_before_opening(before, one) and put
        case fact.DecisionWithdrawn():
            named = entry(before, one.decision)
            return one.member == named.fact.member and one.receipt.received >= named.fact.receipt.received
        case fact.LateAccepted():
            return can_be_accepted(before, entry(before, one.decision))
        case fact.AnswerSettled():
            return bool(answers(before, one.member, one.subject))
        case fact.CirculationClosed():
            return close(before, one.circulation) is None
    return True


def is_before_opening(
    before: Events, one: fact.NoticeRecorded | fact.Decided | fact.AmendmentProposed | fact.PacketReturned
) -> bool:
    """7: nothing is received in a circulation before it was opened, to the minute."""
    return one.receipt.received < opened(before, one.circulation).at.replace(second=0, microsecond=0)


def was_put(before: Events, name: str, version: Subject) -> bool:
    """15: whether the circulation put the clause or document to the members, in whatever version."""
    return version.key in [one.key for one in opening(before, name).subjects]


def can_be_accepted(before: Events, named: Event) -> bool:
    """13: after the close an objection cannot; 12: nor what was taken back while it counted for nothing. 14: a late
    amendment never counts."""
    if isinstance(named.fact, fact.AmendmentProposed):
        return False
    if any(one.fact.decision == named.number and goes_alone(before, one) for one in withdrawals(before)):
        return False
    return named.fact.choice is not Choice.OBJECT or close(before, named.fact.circulation) is None


# --- decisions -------------------------------------------------------------------------------------------------------


def decisions(events: Events, member: str, version: Subject) -> list[Event]:
    """10, 15: what a member decided on a version, wherever it was asked; a comment is none."""
    return [
        event for event in all_of(events, fact.Decided)
        if event.fact.member == member and event.fact.subject == version and event.fact.choice is not Choice.COMMENT
    ]  # fmt: skip


def is_late(events: Events, event: Event) -> bool:
    """7, 13, 14, the order of things: received after the deadline, or recorded after the close, of its circulation."""
    name = event.fact.circulation
    return event.fact.receipt.received > opening(events, name).deadline or is_closed_before(events, name, event)


def is_accepted(events: Events, decision: Event) -> bool:
    """13: whether the secretariat let it count, late as it was."""
    return any(one.fact.decision == decision.number for one in all_of(events, fact.LateAccepted))


def counts(events: Events, decision: Event) -> bool:
    """13, 14: whether it counts at all, but for being taken back."""
    return not is_late(events, decision) or is_accepted(events, decision)


def withdrawals(events: Events) -> list[Event]:
    return all_of(events, fact.DecisionWithdrawn)


def goes_alone(events: Events, withdrawal: Event) -> bool:
    """12: whether what it names counted for nothing, being late, when it was taken back."""
    then = [event for event in events if event.number < withdrawal.number]
    named = entry(events, withdrawal.fact.decision)
    return withdrawal.fact.alone and isinstance(named.fact, fact.Decided) and not counts(then, named)


def takes_back(events: Events, withdrawal: Event, one: Event) -> bool:
    """12: whether a withdrawal takes it back: the amendment that it names; of a decision, all that the member had
    decided on that version when it was received, or it alone; of a comment, nothing."""
    if (withdrawal.fact.member, withdrawal.fact.subject) != (one.fact.member, one.fact.subject):
        return False
    named = entry(events, withdrawal.fact.decision)
    if isinstance(named.fact, fact.AmendmentProposed) or goes_alone(events, withdrawal):
        return one == named
    return (
        is_of_a_decision(events, withdrawal)
        and one in decisions(events, named.fact.member, named.fact.subject)
        and is_earlier(one, withdrawal)
    )


def is_of_a_decision(events: Events, withdrawal: Event) -> bool:
    """12: whether it names a decision; there is nothing to take back in a comment."""
    named = entry(events, withdrawal.fact.decision).fact
    return isinstance(named, fact.Decided) and named.choice is not Choice.COMMENT


def is_taken_back(events: Events, one: Event) -> bool:
    """12, 14: a withdrawal holds from when it is recorded."""
    return any(takes_back(events, withdrawal, one) for withdrawal in withdrawals(events))


def decided(events: Events, member: str, version: Subject) -> Stand:
    """11, 12, 13: the one received last of those that count and were not taken back."""
    standing = [
        one for one in decisions(events, member, version) if counts(events, one) and not is_taken_back(events, one)
    ]
    return last_of(standing)


def last_of(standing: Sequence[Event]) -> Stand:
    """11: the one received last; of two received in the same second, the one recorded last."""
    found = [one for one in standing if not any(is_earlier(one, other) for other in standing)]
    return Stand(SAID[found[0].fact.choice], found[0].number) if found else Stand()


# --- amendments, and answers that were not recorded ------------------------------------------------------------------


def amendments(events: Events, member: str, version: Subject) -> list[Event]:
    """14: those in time; a late one never counts."""
    return [
        event for event in all_of(events, fact.AmendmentProposed)
        if event.fact.member == member and event.fact.subject == version and not is_late(events, event)
    ]  # fmt: skip


def amending(events: Events, version: Subject) -> list[str]:
    """12, 17: the members whose amendment of the version stands."""
    return [
        member for member in statuses(events)
        if any(not is_taken_back(events, one) for one in amendments(events, member, version))
    ]  # fmt: skip


def answers(events: Events, member: str, version: Subject) -> list[Event]:
    """16a: the packets in which the member answered on the version what was not recorded."""
    return [
        event for event in all_of(events, fact.PacketReturned)
        if event.fact.member == member and version in event.fact.unrecorded
    ]  # fmt: skip


def is_settled(events: Events, answer: Event, member: str, version: Subject, standing: Sequence[Event]) -> bool:
    """16a: by a decision received later, of those that count and are not withdrawn, or by the secretariat."""
    by_the_secretariat = any(
        event.number > answer.number and event.fact.member == member and event.fact.subject == version
        for event in all_of(events, fact.AnswerSettled)
    )
    return by_the_secretariat or any(is_earlier(answer, one) for one in standing)


def unsettled(events: Events, member: str, version: Subject) -> bool:
    """16a, 17: whether an answer that came before the deadline of the circulation that it answered is not settled."""
    standing = [
        one for one in decisions(events, member, version) if counts(events, one) and not is_taken_back(events, one)
    ]
    return any(
        answer.fact.receipt.received <= opening(events, answer.fact.circulation).deadline
        and not is_settled(events, answer, member, version, standing)
        for answer in answers(events, member, version)
    )
