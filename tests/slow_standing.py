"""Standing as a lawyer would find it: docs/approvals.md sentence by sentence, over the whole record, each time anew.

Nothing is kept and nothing is clever. It was written from the page alone, by somebody who had not read
`paraph.standing`, and shares nothing with it but the types of the model. Each function names the rules that it is.
`events` is always the record up to the moment in question, in the order of its numbers, without what makes no sense
(`sound`). A question about the tally of a circulation is put to the record as it was at its close (`at_close`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from paraph.model import event as fact
from paraph.model.event import Choice, Event, Subject
from paraph.model.member import Status
from paraph.model.rule import Rule, RuleKind, read_rule

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


@dataclass(frozen=True)
class Files:
    """What the files say today: the authentic texts of each clause; of each document, which clauses it selects and who
    speaks, the words that it would print, and those around what the register supplies."""

    texts: Mapping[str, Mapping[str, str]]
    selected: Mapping[str, tuple[str, ...]]
    adoption: Mapping[str, str]
    lines: Mapping[str, Mapping[str, tuple[str, ...]]]
    frames: Mapping[str, Mapping[str, tuple[str, ...]]]


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


# --- standing --------------------------------------------------------------------------------------------------------


def position(events: Events, member: str, version: Subject, rule: Rule | None = None) -> Stand:
    """16, 17, 19: what it decided, wherever it was asked; otherwise its tacit consent, where it counts under `rule`."""
    said = decided(events, member, version)
    if said.state != PENDING:
        return said
    if member in amending(events, version) or unsettled(events, member, version):
        return Stand()
    for ended in closings(events, version):
        name = ended.fact.circulation
        under = read_rule(opening(events, name).rule)
        if under.kind is not RuleKind.SILENCE:
            continue
        if rule is not None and not (rule.kind is RuleKind.SILENCE and rule.notice <= under.notice):
            continue
        let_pass = counted(events, name, version).get(member) == Stand(TACIT) and adopted(events, name, version)
        if let_pass and not is_over(events, name, member, version):
            return Stand(TACIT)
    return Stand()


def is_over(events: Events, name: str, member: str, version: Subject) -> bool:
    """17: whether the member took back what it had decided, so that its tacit consent has ended; or had spoken by the
    deadline, which was recorded after the close, so that there was none."""
    ended, deadline = close(events, name), opening(events, name).deadline
    said = [
        one for one in spoken(events, member, version)
        if isinstance(one.fact, fact.Decided) or not is_taken_back(events, one)
    ]  # fmt: skip
    came_to_light = any(one.number > ended.number and one.fact.receipt.received <= deadline for one in said)
    took_back = took_back_since(events, name, member, version)
    return came_to_light or any(not goes_alone(events, one) for one in took_back)


def versions(events: Events, key: str) -> list[Event]:
    """1: the versions of a clause or document, in order."""
    return [
        event
        for event in events
        if isinstance(event.fact, fact.ClauseVersion | fact.DocumentVersion) and event.fact.subject.key == key
    ]


def current(events: Events, files: Files, key: str) -> Subject | None:
    """1, 2, 3: the last version made, as long as the files have exactly its words; of a document, as long as it selects
    the same clauses in the same order, each at the version that is current, and the same members speak."""
    made = versions(events, key)
    if not made:
        return None
    last = made[-1].fact
    if isinstance(last, fact.ClauseVersion):
        return last.subject if dict(last.texts) == dict(files.texts[last.subject.id]) else None
    id_ = last.subject.id
    printed = dict(last.lines) == dict(files.lines[id_]) and dict(last.frame) == dict(files.frames[id_])
    clauses = tuple(current(events, files, f"clause/{clause}") for clause in files.selected[id_])
    return last.subject if printed and (last.clauses, last.adoption) == (clauses, files.adoption[id_]) else None


def stands_on(events: Events, version: Subject, rule: Rule, members: Sequence[str]) -> dict[str, Stand]:
    return {member: position(events, member, version, rule) for member in members}


def still_met(events: Events, version: Subject, rule: Rule, members: Sequence[str]) -> bool:
    """19, 21: whether the rule is met by where the members stand now."""
    amended = any(member in amending(events, version) for member in members)
    return is_met(rule, stands_on(events, version, rule, members), amended)


def is_agreed(events: Events, files: Files, clause: str, document: str, rule: Rule, members: Sequence[str]) -> bool:
    """19: whether a clause is agreed wording for a document, a rule and an electorate."""
    version = current(events, files, f"clause/{clause}")
    if version is None:
        return False
    return outcome(events, version, document) is True and still_met(events, version, rule, members)


def lapsed(events: Events, files: Files, key: str, member: str) -> tuple[str, Subject] | None:
    """15, 20: where a member has no position on the current version, that on the last one on which it had any."""
    now = current(events, files, key)
    if now is not None and position(events, member, now).state != PENDING:
        return None
    for made in reversed(versions(events, key)):
        stand = position(events, member, made.fact.subject)
        if stand.state != PENDING and made.fact.subject != now:
            return stand.state, made.fact.subject
    return None


# --- release ---------------------------------------------------------------------------------------------------------


def named(events: Events, version: Subject) -> fact.DocumentVersion:
    """What the version of a document is made of."""
    return next(event.fact for event in all_of(events, fact.DocumentVersion) if event.fact.subject == version)


def is_ready(events: Events, files: Files, document: str) -> bool:
    """21: whether a document is ready for release."""
    version = current(events, files, f"document/{document}")
    if version is None or outcome(events, version, document) is not True or asked_again(events, version):
        return False
    name = closings(events, version)[-1].fact.circulation
    rule, members = read_rule(opening(events, name).rule), electorate(events, name)
    return still_met(events, version, rule, members) and all(
        current(events, files, clause.key) == clause and is_agreed(events, files, clause.id, document, rule, members)
        for clause in named(events, version).clauses
    )


def asked_again(events: Events, version: Subject) -> bool:
    """21: whether it is being put to the members once more, in a circulation still open."""
    return any(
        close(events, asked.fact.circulation) is None and puts(asked.fact, version)
        for asked in all_of(events, fact.CirculationOpened)
    )


def in_the_way(events: Events, version: Subject, rule: Rule, members: Sequence[str]) -> set[str]:
    """21: the members whom it concerns that the rule is no longer met; of n of m, those that could still approve."""
    if still_met(events, version, rule, members):
        return set()
    states = {member: stand.state for member, stand in stands_on(events, version, rule, members).items()}
    match rule.kind:
        case RuleKind.COUNT:
            return {member for member, state in states.items() if state in (PENDING, TACIT)}
        case RuleKind.UNANIMITY:
            return {member for member, state in states.items() if state not in FOR}
        case RuleKind.SILENCE:
            found = {member for member in members if member in amending(events, version)}
            return found | {member for member, state in states.items() if state in (OBJECTED, PENDING)}
        case RuleKind.CONSENSUS:
            return {member for member, state in states.items() if state in (OBJECTED, PENDING, TACIT)}


def decided_by(events: Events, version: Subject) -> list[str]:
    """22: the electorate that decides on it: of the last circulation closed; before there is one, the last opened."""
    names = [ended.fact.circulation for ended in closings(events, version)] or [
        asked.fact.circulation
        for asked in all_of(events, fact.CirculationOpened)
        if puts(asked.fact, version) and close(events, asked.fact.circulation) is None
    ]
    return electorate(events, names[-1]) if names else []


def signatories(events: Events, files: Files, document: str) -> list[str]:
    """22: the members of the electorate, active today, whose position on the document's current version is for it."""
    version = current(events, files, f"document/{document}")
    if version is None:
        return []
    members = decided_by(events, version)
    return [one for one in members if one in active(events) and position(events, one, version).state in FOR]


def reservations(events: Events, files: Files, document: str) -> list[tuple[str, Subject, str]]:
    """22: what its members reserve on the document's current version and on the versions that it names."""
    version = current(events, files, f"document/{document}")
    if version is None:
        return []
    return [
        (member, subject, entry(events, stand.event).fact.text)
        for member in decided_by(events, version)
        for subject in dict.fromkeys((version, *named(events, version).clauses))
        for stand in (position(events, member, subject),)
        if stand.state == RESERVED
    ]


def apart(events: Events, files: Files, document: str) -> dict[Subject, set[str]]:
    """22: signed by each: who would be listed, and objects to a clause; by the clauses."""
    version = current(events, files, f"document/{document}")
    if version is None or files.adoption[document] != "each":
        return {}
    found = {}
    for clause in named(events, version).clauses:
        listed = signatories(events, files, document)
        against = {member for member in listed if position(events, member, clause).state == OBJECTED}
        if against:
            found[clause] = against
    return found


# --- translations ----------------------------------------------------------------------------------------------------


def translation(events: Events, files: Files, clause: str, language: str, source: str, text: str) -> str:
    """24: whether a member has validated exactly this text, of exactly the source text that there is."""
    validated = [
        next(
            made.fact.texts[source] for made in versions(events, f"clause/{clause}") if made.fact.subject == one.subject
        )
        for one in (event.fact for event in all_of(events, fact.TranslationValidated))
        if (one.subject.id, one.language, one.source, one.text) == (clause, language, source, text)
    ]
    if files.texts[clause][source] in validated:
        return "validated"
    return "stale" if validated else "unchecked"
