"""What the tally of a circulation counts, and what its rule makes of it: docs/approvals.md, 9, 9a, 14, and 16 to 18.

A part of the slow model (see `slow_record`). A tally is asked of the record as it was at the close (`at_close`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from paraph.model import event as fact
from paraph.model.event import Event, Subject
from paraph.model.rule import Rule, RuleKind, read_rule
from slow_record import (
    FOR,
    OBJECTED,
    PENDING,
    TACIT,
    Events,
    Stand,
    all_of,
    amendments,
    answers,
    at_close,
    close,
    counts,
    decisions,
    electorate,
    entry,
    goes_alone,
    is_accepted,
    is_late,
    is_of_a_decision,
    is_settled,
    last_of,
    opened,
    opening,
    puts,
    takes_back,
    withdrawals,
)

# --- what the tally of a circulation counts --------------------------------------------------------------------------


def counts_in(events: Events, name: str, decision: Event) -> bool:
    """13, 16: decided here, in time or accepted; decided elsewhere, before the deadline of this one."""
    asked = opening(events, name)
    if not counts(events, decision):
        return False
    if decision.fact.circulation == name or not asked.strict:
        return True
    return decision.fact.receipt.received <= asked.deadline


def was_let_in(events: Events, name: str, withdrawal: Event) -> bool:
    """14: whether the member had been let in late, by a decision that the withdrawal takes back."""
    return any(
        one.fact.circulation == name and is_late(events, one) and is_accepted(events, one)
        for one in all_of(events, fact.Decided)
        if takes_back(events, withdrawal, one)
    )


def holds_in(events: Events, name: str, withdrawal: Event) -> bool:
    """14, 16: whether the tally counts with a withdrawal: received by the deadline, or of one let in after it."""
    asked = opening(events, name)
    if asked.strict:
        return withdrawal.fact.receipt.received <= asked.deadline or was_let_in(events, name, withdrawal)
    own = opening(events, entry(events, withdrawal.fact.decision).fact.circulation)
    return withdrawal.fact.receipt.received <= own.deadline or close(events, own.circulation) is not None


def is_taken_back_in(events: Events, name: str, one: Event) -> bool:
    """12, 14, 16: whether a withdrawal takes it back that the tally counts with."""
    strict = opening(events, name).strict
    return any(
        (takes_back(events, withdrawal, one) if strict else took_back_before(events, withdrawal, one))
        and holds_in(events, name, withdrawal)
        for withdrawal in withdrawals(events)
    )


def took_back_before(events: Events, withdrawal: Event, one: Event) -> bool:
    """16: in a circulation of before: whether it was recorded before the withdrawal, whenever either was received."""
    if isinstance(one.fact, fact.AmendmentProposed) or goes_alone(events, withdrawal):
        return takes_back(events, withdrawal, one)
    same = (withdrawal.fact.member, withdrawal.fact.subject) == (one.fact.member, one.fact.subject)
    return is_of_a_decision(events, withdrawal) and same and one.number < withdrawal.number


def standing_in(events: Events, name: str, member: str, version: Subject) -> list[Event]:
    """What a member decided and the tally counts."""
    return [
        one for one in decisions(events, member, version)
        if counts_in(events, name, one) and not is_taken_back_in(events, name, one)
    ]  # fmt: skip


def amending_in(events: Events, name: str, member: str, version: Subject) -> bool:
    """16, 17: whether an amendment of its stands, in whatever circulation, received before the deadline of this one."""
    asked = opening(events, name)
    return any(
        (one.fact.circulation == name or asked.strict)
        and one.fact.receipt.received <= asked.deadline
        and not is_taken_back_in(events, name, one)
        for one in amendments(events, member, version)
    )


def unsettled_in(events: Events, name: str, member: str, version: Subject) -> bool:
    """16a: whether an answer that came before the deadline is not settled by what the tally counts."""
    asked, standing = opening(events, name), standing_in(events, name, member, version)
    return any(
        (answer.fact.receipt.received <= asked.deadline if asked.strict else not is_late(events, answer))
        and not is_settled(events, answer, member, version, standing)
        for answer in answers(events, member, version)
    )


def took_back_since(events: Events, name: str, member: str, version: Subject) -> list[Event]:
    """17: the withdrawals by which it took back a decision since the circulation was opened."""
    return [
        one for one in withdrawals(events)
        if one.number > opened(events, name).number
        and (one.fact.member, one.fact.subject) == (member, version)
        and is_of_a_decision(events, one)
    ]  # fmt: skip


def spoke_elsewhere(events: Events, name: str, member: str, version: Subject) -> bool:
    """17: whether it spoke in another circulation, too late for that one and in time for this, and has not taken that
    back."""
    return any(
        one.fact.circulation != name
        and is_late(events, one)
        and not is_accepted(events, one)
        and one.fact.receipt.received <= opening(events, name).deadline
        and not is_taken_back_in(events, name, one)
        for one in spoken(events, member, version)
    )


def spoken(events: Events, member: str, version: Subject) -> list[Event]:
    """Its decisions and its amendments, be they late; a comment is none."""
    return decisions(events, member, version) + [
        event for event in all_of(events, fact.AmendmentProposed)
        if (event.fact.member, event.fact.subject) == (member, version)
    ]  # fmt: skip


def had_notice(events: Events, name: str, member: str) -> bool:
    """17: notice, recorded, at least so long before the deadline as the rule says."""
    asked = opening(events, name)
    latest = asked.deadline - dt.timedelta(hours=read_rule(asked.rule).notice)
    return any(
        one.fact.circulation == name and one.fact.member == member and one.fact.receipt.received <= latest
        for one in all_of(events, fact.NoticeRecorded)
    )


def is_silent(events: Events, name: str, member: str, version: Subject) -> bool:
    """17: who did not decide, and of whom nothing else was heard."""
    if standing_in(events, name, member, version):
        return False
    if amending_in(events, name, member, version) or unsettled_in(events, name, member, version):
        return False
    if not opening(events, name).strict:
        return True
    took_back = any(holds_in(events, name, one) for one in took_back_since(events, name, member, version))
    return not took_back and not spoke_elsewhere(events, name, member, version)


def counted(events: Events, name: str, version: Subject) -> dict[str, Stand]:
    """17: each member of the electorate in the tally, as it was at the close; until then, as a close would count. 9a:
    nobody's silence is consent in one that was called off."""
    then = at_close(events, name)
    by_silence = read_rule(opening(events, name).rule).kind is RuleKind.SILENCE and not called_off(events, name)
    found = {}
    for member in electorate(events, name):
        found[member] = last_of(standing_in(then, name, member, version))
        if by_silence and had_notice(then, name, member) and is_silent(then, name, member, version):
            found[member] = Stand(TACIT)
    return found


# --- rules and outcomes ----------------------------------------------------------------------------------------------


def is_met(rule: Rule, stands: Mapping[str, Stand], amended: bool) -> bool:
    """17: whether the rule is met by where its electorate stands; `amended`: an amendment of one of them stands."""
    states = [stand.state for stand in stands.values()]
    agreeing = len([state for state in states if state in FOR])
    match rule.kind:
        case RuleKind.CONSENSUS:
            return OBJECTED not in states and PENDING not in states and TACIT not in states and agreeing >= 1
        case RuleKind.UNANIMITY:
            return agreeing == len(states) and len(states) >= 1
        case RuleKind.COUNT:
            return agreeing >= rule.approvals
        case RuleKind.SILENCE:
            return OBJECTED not in states and PENDING not in states and not amended and len(states) >= 1


def adopted(events: Events, name: str, version: Subject) -> bool:
    """18: whether the rule was met at the close; 9a: nothing is in a circulation that was called off."""
    if called_off(events, name):
        return False
    then = at_close(events, name)
    amended = any(amending_in(then, name, member, version) for member in electorate(events, name))
    return is_met(read_rule(opening(events, name).rule), counted(events, name, version), amended)


def called_off(events: Events, name: str) -> bool:
    ended = close(events, name)
    return ended is not None and ended.fact.called_off


def may_close(events: Events, name: str, at: dt.datetime) -> bool:
    """9: after the deadline, or once every member that counts has decided on every subject."""
    asked = opening(events, name)
    return at > asked.deadline or all(
        stand.state not in (PENDING, TACIT)
        for version in asked.subjects
        for stand in counted(events, name, version).values()
    )


def closings(events: Events, version: Subject) -> list[Event]:
    """9, 9a, 18: how the circulations of the version ended that have an outcome, in order."""
    return [
        event for event in all_of(events, fact.CirculationClosed)
        if not event.fact.called_off and puts(opening(events, event.fact.circulation), version)
    ]  # fmt: skip


def outcome(events: Events, version: Subject, document: str) -> bool | None:
    """18: that of the last closed circulation, those aside of other documents that did not adopt it."""
    for ended in reversed(closings(events, version)):
        name = ended.fact.circulation
        if adopted(events, name, version):
            return True
        if opening(events, name).document == document:
            return False
    return None
