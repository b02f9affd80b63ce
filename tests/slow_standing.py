"""Standing by brute force: docs/approvals.md in plain code, to be compared with `paraph.standing`.

Nothing is kept and nothing is clever: every question is answered from the whole list of events, each time anew. It was
written from the page alone and shares nothing with `paraph.standing` but the types of the model. The numbers in the
docstrings are those of the rules. `events` is always the record up to the moment in question, in order.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from paraph.model import event as fact
from paraph.model.event import Choice, Event, Subject
from paraph.model.member import Status
from paraph.model.rule import Rule, RuleKind, read_rule

Events = Sequence[Event]

PENDING = "pending"
TACIT = "tacit"
APPROVED = "approved"
RESERVED = "reserved"
ABSTAINED = "abstained"
OBJECTED = "objected"

STATES = {
    Choice.APPROVE: APPROVED,
    Choice.RESERVE: RESERVED,
    Choice.ABSTAIN: ABSTAINED,
    Choice.OBJECT: OBJECTED,
}
AGREES = (APPROVED, RESERVED)


@dataclass(frozen=True)
class Stand:
    """A member's position on a version: its state, and the number of the decision (or, tacit, of the close)."""

    state: str = PENDING
    event: int = 0


# --- what is on record -----------------------------------------------------------------------------------------------


def all_of(events: Events, kind: type) -> list[Event]:
    return [event for event in events if isinstance(event.fact, kind)]


def before(events: Events, number: int) -> list[Event]:
    return [event for event in events if event.number < number]


def opening(events: Events, circulation: str) -> fact.CirculationOpened:
    """5: subjects, electorate, rule and deadline, frozen when it opened."""
    return next(e.fact for e in all_of(events, fact.CirculationOpened) if e.fact.circulation == circulation)


def close(events: Events, circulation: str) -> Event | None:
    """9: the entry that closed it, or None while it is open."""
    return next((e for e in all_of(events, fact.CirculationClosed) if e.fact.circulation == circulation), None)


def closed_by(events: Events, circulation: str, number: int) -> bool:
    """The order of things: open or closed is judged by the order of the numbers."""
    end = close(events, circulation)
    return end is not None and end.number <= number


def now(events: Events) -> int:
    return events[-1].number if events else 0


def statuses(events: Events) -> dict[str, Status]:
    """The status of each member that ever was one."""
    found: dict[str, Status] = {}
    for event in events:
        match event.fact:
            case fact.MemberJoined(member=member, status=status) | fact.MemberChanged(member=member, status=status):
                found[member] = status
            case fact.MemberLeft(member=member):
                found[member] = Status.LEFT
    return found


def active(events: Events) -> list[str]:
    """5: the members that a circulation opened now would count."""
    return [member for member, status in statuses(events).items() if status == Status.ACTIVE]


def invited(events: Events) -> list[str]:
    """5: the members that a circulation opened now would only ask and show."""
    return [m for m, status in statuses(events).items() if status in (Status.PENDING, Status.OBSERVER)]


def versions(events: Events, key: str) -> list[Event]:
    """1: the versions of a clause or a document ("clause/…"), in the order of their numbers."""
    made = all_of(events, fact.ClauseVersion) + all_of(events, fact.DocumentVersion)
    return sorted((e for e in made if e.fact.subject.key == key), key=lambda e: e.fact.subject.version)


def left_between(events: Events, member: str, after: int, until: int) -> bool:
    """8: whether it left after one entry and before another. Coming back does not undo that it left."""
    for event in events:
        if not after < event.number < until:
            continue
        match event.fact:
            case fact.MemberLeft(member=who) if who == member:
                return True
            case fact.MemberChanged(member=who, status=Status.LEFT) if who == member:
                return True
    return False


def electorate(events: Events, circulation: str) -> list[str]:
    """5, 8, 21: who counts: the frozen electorate without those that left before the close (or by now)."""
    opened = next(e for e in all_of(events, fact.CirculationOpened) if e.fact.circulation == circulation)
    end = close(events, circulation)
    until = end.number if end else now(events) + 1
    return [m for m in opened.fact.electorate if not left_between(events, m, opened.number, until)]


# --- what a decision is worth ----------------------------------------------------------------------------------------


def is_late(events: Events, event: Event) -> bool:
    """7, 13, 14, order of things: received after the deadline to the second, or recorded after the close."""
    asked = opening(events, event.fact.circulation)
    return event.fact.receipt.received > asked.deadline or closed_by(events, event.fact.circulation, event.number)


def is_accepted(events: Events, decision: Event) -> bool:
    """13: accepted before the close, whatever it says; after the close, anything but an objection."""
    for event in all_of(events, fact.LateAccepted):
        if event.fact.decision == decision.number:
            after_close = closed_by(events, decision.fact.circulation, event.number)
            if not after_close or decision.fact.choice != Choice.OBJECT:
                return True
    return False


def waits(events: Events, withdrawal: Event) -> bool:
    """14, of before each circulation ended at its own deadline: whether it came after the deadline of the decision's
    circulation, and that is not closed.
    """
    named = next(e for e in events if e.number == withdrawal.fact.decision)
    asked = opening(events, named.fact.circulation)
    return withdrawal.fact.receipt.received > asked.deadline and close(events, named.fact.circulation) is None


def taken_back(events: Events, member: str, version: Subject) -> list[int]:
    """12, 14: the numbers of the withdrawals of a decision on the version."""
    found = []
    for event in all_of(events, fact.DecisionWithdrawn):
        named = next((e for e in events if e.number == event.fact.decision), None)  # None: not heard
        if named is None or not isinstance(named.fact, fact.Decided) or named.fact.choice == Choice.COMMENT:
            continue
        if is_alone(events, event):
            continue
        if named.fact.member == member and named.fact.subject == version:
            found.append(event.number)
    return found


def is_alone(events: Events, withdrawal: Event) -> bool:
    """12: whether it takes back nothing but a decision that was late and not accepted when it was withdrawn."""
    then = before(events, withdrawal.number)
    named = next(e for e in events if e.number == withdrawal.fact.decision)
    return withdrawal.fact.alone and is_late(then, named) and not is_accepted(then, named)


def is_withdrawn(events: Events, decision: Event) -> bool:
    """12: all that the member had decided on that version up to the withdrawal is taken back."""
    for event in all_of(events, fact.DecisionWithdrawn):
        if event.fact.decision == decision.number and is_alone(events, event):
            return True
    gone = taken_back(events, decision.fact.member, decision.fact.subject)
    return any(decision.number < number for number in gone)


def heard(events: Events, circulation: str) -> list[Event]:
    """14, 16, 17: what the tally of a circulation is counted from: not what was received after its deadline, but for
    what was said in it, which waits for its acceptance (13), and what takes that back.

    Circulations opened before that was the rule hear all decisions, withdrawals in time or after the close, and no
    amendments of other circulations.
    """
    asked, found = opening(events, circulation), []
    for event in events:
        match event.fact:
            case fact.Decided() | fact.PacketReturned():
                own = event.fact.circulation == circulation
                keep = own or not asked.strict or event.fact.receipt.received <= asked.deadline
            case fact.AmendmentProposed():
                own = event.fact.circulation == circulation
                keep = own or (asked.strict and event.fact.receipt.received <= asked.deadline)
            case fact.DecisionWithdrawn():
                keep = event.fact.receipt.received <= asked.deadline if asked.strict else not waits(events, event)
                let_in = late_until(events, found, circulation, event) if asked.strict and not keep else None
                if let_in is not None:
                    found.append(replace(event, fact=replace(event.fact, decision=let_in.number, alone=False)))
            case _:
                keep = True
        if keep:
            found.append(event)
    return found


def late_until(events: Events, heard_: Events, circulation: str, withdrawal: Event) -> Event | None:
    """14: the decision let in late that a withdrawal takes back with whatever it names, of what is heard and was not
    taken back before.
    """
    named = next(e for e in events if e.number == withdrawal.fact.decision)
    if not isinstance(named.fact, fact.Decided) or named.fact.choice == Choice.COMMENT or is_alone(events, withdrawal):
        return None
    return next(
        (
            e
            for e in all_of(heard_, fact.Decided)
            if e.fact.circulation == circulation
            and (e.fact.member, e.fact.subject) == (named.fact.member, named.fact.subject)
            and e.fact.choice != Choice.COMMENT
            and e.fact.receipt.received > opening(events, circulation).deadline
            and is_accepted(events, e)
            and not is_withdrawn(heard_, e)
        ),
        None,
    )


def decided(events: Events, member: str, version: Subject) -> Stand:
    """10 to 16: what the member decided on the version, wherever it was asked; pending where nothing counts."""
    counting = [
        e
        for e in all_of(events, fact.Decided)
        if e.fact.member == member
        and e.fact.subject == version
        and e.fact.choice != Choice.COMMENT
        and not is_withdrawn(events, e)
        and (not is_late(events, e) or is_accepted(events, e))
    ]
    if not counting:
        return Stand()
    last = max(counting, key=lambda e: (e.fact.receipt.received, e.number))
    return Stand(STATES[last.fact.choice], last.number)


# --- circulations ----------------------------------------------------------------------------------------------------


def amending(events: Events, version: Subject) -> list[str]:
    """12, 14, 17: the members whose amendment of the version, made in time wherever it was made, is not withdrawn."""
    found = []
    for event in all_of(events, fact.AmendmentProposed):
        if event.fact.subject != version or is_late(events, event):
            continue
        withdrawals = [w for w in all_of(events, fact.DecisionWithdrawn) if w.fact.decision == event.number]
        if not withdrawals:
            found.append(event.fact.member)
    return found


def unsettled(events: Events, member: str, version: Subject, circulation: str = "") -> bool:
    """16a: whether a packet of its came in time with an answer on the version that was not recorded, in whatever
    circulation, and neither was a decision received since that counts now, nor has the secretariat settled it.
    """
    for event in all_of(events, fact.PacketReturned):
        if event.fact.member != member or version not in event.fact.unrecorded:
            continue
        elsewhere = circulation and event.fact.circulation != circulation and opening(events, circulation).strict
        if is_late(events, event) and not elsewhere:
            continue
        if any(
            e.number > event.number and e.fact.member == member and e.fact.subject == version
            for e in all_of(events, fact.AnswerSettled)
        ):
            continue
        stand = decided(events, member, version)
        if stand.state != PENDING:
            last = next(e for e in events if e.number == stand.event)
            received, earlier = last.fact.receipt.received, event.fact.receipt.received
            if received > earlier or (received == earlier and last.number > event.number):
                continue
        return True
    return False


def spoke(heard_: Events, member: str, version: Subject, circulation: str) -> bool:
    """17: whether, in what the tally hears, the member took back a decision since the circulation was opened, or said
    something elsewhere that was late there, was not let in, and was not taken back.
    """
    if not opening(heard_, circulation).strict:
        return False
    opened = next(e for e in all_of(heard_, fact.CirculationOpened) if e.fact.circulation == circulation)
    gone = taken_back(heard_, member, version)
    if any(e.number in gone and e.fact.receipt.received >= opened.at.replace(second=0) for e in heard_):
        return True
    for event in all_of(heard_, fact.Decided) + all_of(heard_, fact.AmendmentProposed):
        if (event.fact.member, event.fact.subject) != (member, version) or event.fact.circulation == circulation:
            continue
        if not is_late(heard_, event):
            continue
        if isinstance(event.fact, fact.AmendmentProposed):
            back = [w for w in all_of(heard_, fact.DecisionWithdrawn) if w.fact.decision == event.number]
        else:
            back = event.fact.choice == Choice.COMMENT or is_accepted(heard_, event) or is_withdrawn(heard_, event)
        if not back:
            return True
    return False


def had_notice(events: Events, circulation: str, member: str) -> bool:
    """17: told of this circulation at least so long before its deadline as the rule says."""
    asked = opening(events, circulation)
    latest = asked.deadline - dt.timedelta(hours=read_rule(asked.rule).notice)
    return any(
        e.fact.circulation == circulation and e.fact.member == member and e.fact.receipt.received <= latest
        for e in all_of(events, fact.NoticeRecorded)
    )


def is_met(rule: Rule, stands: Mapping[str, Stand], amended: bool) -> bool:
    """17: the four rules, over the positions of those that count."""
    states = [stand.state for stand in stands.values()]
    agree = [state for state in states if state in AGREES]
    if not states:
        return False
    if rule.kind == RuleKind.CONSENSUS:
        return OBJECTED not in states and PENDING not in states and TACIT not in states and len(agree) >= 1
    if rule.kind == RuleKind.UNANIMITY:
        return len(agree) == len(states)
    if rule.kind == RuleKind.COUNT:
        return len(agree) >= rule.approvals
    return OBJECTED not in states and PENDING not in states and not amended


def counted(events: Events, circulation: str, version: Subject) -> dict[str, Stand]:
    """8, 9, 16, 17: the tally of a subject if its circulation were closed by the next entry, or as it was at its close.

    Silence becomes consent here, and only under its rule, for those that have not decided and had notice.
    """
    end = close(events, circulation)
    then = before(events, end.number) if end else events
    silence = read_rule(opening(then, circulation).rule).kind == RuleKind.SILENCE and not called_off(
        events, circulation
    )
    found, heard_ = {}, heard(then, circulation)
    for member in electorate(then, circulation):
        stand = decided(heard_, member, version)
        silent = stand.state == PENDING and member not in amending(heard_, version)
        silent = silent and not unsettled(heard_, member, version, circulation)
        silent = silent and not spoke(heard_, member, version, circulation)
        if silence and silent and had_notice(then, circulation, member):
            stand = Stand(TACIT)
        found[member] = stand
    return found


def adopted(events: Events, circulation: str, version: Subject) -> bool:
    """17, 18: whether the rule was met at the close (or would be, closed now)."""
    if called_off(events, circulation):
        return False
    end = close(events, circulation)
    then = before(events, end.number) if end else events
    stands = counted(events, circulation, version)
    amended = any(member in stands for member in amending(heard(then, circulation), version))
    return is_met(read_rule(opening(then, circulation).rule), stands, amended)


def called_off(events: Events, circulation: str) -> bool:
    """9a: whether it was opened by mistake, and ended without a count."""
    end = close(events, circulation)
    return end is not None and end.fact.called_off


def may_close(events: Events, circulation: str, at: dt.datetime) -> bool:
    """9: after its deadline, or once every member that counts has decided on every subject."""
    asked = opening(events, circulation)
    if close(events, circulation) is not None:
        return False
    everybody, heard_ = electorate(events, circulation), heard(events, circulation)
    return at > asked.deadline or all(
        decided(heard_, member, version).state != PENDING for member in everybody for version in asked.subjects
    )


def closings(events: Events, version: Subject) -> list[Event]:
    """18: the closings of the circulations that put the version and were not called off (9a), in order."""
    ends = [e for e in all_of(events, fact.CirculationClosed) if not e.fact.called_off]
    return [e for e in ends if version in opening(events, e.fact.circulation).subjects]


def outcome(events: Events, version: Subject, document: str) -> bool | None:
    """18: that of its last closed circulation; None where none was closed. What another document’s circulation did not
    adopt it did not settle for this one.
    """
    for end in reversed(closings(events, version)):
        if adopted(events, end.fact.circulation, version):
            return True
        if opening(events, end.fact.circulation).document == document:
            return False
    return None


# --- standing now ----------------------------------------------------------------------------------------------------


def position(events: Events, member: str, version: Subject, rule: Rule | None = None) -> Stand:
    """12, 16, 17, 19, 21: where a member stands on a version now: what it decided, or that it let it pass, or nothing.

    Consent by silence is given at a close that adopted the version, and ends where the member takes back what it
    decided after that: it is then pending again. It is none while the member wants other words, or has given an answer
    that is not settled. Under `rule`, it counts where that is one of silence, too, with no more notice.
    """
    stand = decided(events, member, version)
    if stand.state != PENDING or member in amending(events, version) or unsettled(events, member, version):
        return stand
    gone = taken_back(events, member, version)
    for end in reversed(closings(events, version)):
        under = read_rule(opening(events, end.fact.circulation).rule)
        if rule is not None and (rule.kind != RuleKind.SILENCE or under.notice < rule.notice):
            continue
        tally = counted(events, end.fact.circulation, version)
        if member not in tally or tally[member].state != TACIT or any(number >= end.number for number in gone):
            continue
        if adopted(events, end.fact.circulation, version):
            return Stand(TACIT, end.number)
    return Stand()


@dataclass(frozen=True)
class Files:
    """What the files say now: the authentic texts of each clause, and what each document prints."""

    texts: Mapping[str, Mapping[str, str]]
    lines: Mapping[str, Mapping[str, tuple[str, ...]]]


def current(events: Events, files: Files, key: str) -> Subject | None:
    """1, 2, 3, 21: the last version made, as long as the file has exactly its texts; a document, as long as it prints
    exactly its words and every clause that it names is at that version.
    """
    made = versions(events, key)
    if not made:
        return None
    last = made[-1].fact
    if isinstance(last, fact.ClauseVersion):
        same = dict(files.texts.get(last.subject.id, {})) == dict(last.texts)
    else:
        same = dict(files.lines.get(last.subject.id, {})) == dict(last.lines)
        same = same and all(current(events, files, clause.key) == clause for clause in last.clauses)
    return last.subject if same else None


def stands_now(events: Events, version: Subject, rule: Rule, members: Sequence[str]) -> dict[str, Stand]:
    """19, 21: where the members stand now under a rule."""
    return {member: position(events, member, version, rule) for member in members}


def still_met(events: Events, version: Subject, rule: Rule, members: Sequence[str]) -> bool:
    """19, 21: whether the rule is met now: an amendment that stands breaks the silence now, too (17)."""
    amended = any(member in members for member in amending(events, version))
    return is_met(rule, stands_now(events, version, rule, members), amended)


def is_agreed(events: Events, files: Files, clause: str, document: str, rule: Rule, members: Sequence[str]) -> bool:
    """19: agreed wording for a document, a rule and an electorate."""
    version = current(events, files, f"clause/{clause}")
    if version is None or outcome(events, version, document) is not True:
        return False
    return still_met(events, version, rule, members)


def lapsed(events: Events, files: Files, key: str, member: str) -> tuple[str, Subject] | None:
    """15, 20: what the member had decided, and on which version, where that is no longer what is asked; None: nothing.

    Where a member has decided on the current version, that is its position and nothing of it has lapsed.
    """
    standing = current(events, files, key)
    if standing is not None and position(events, member, standing).state != PENDING:
        return None
    for made in reversed(versions(events, key)):
        version = made.fact.subject
        if version == standing:
            continue
        stand = position(events, member, version)
        if stand.state != PENDING:
            return stand.state, version
    return None


def named(events: Events, version: Subject) -> fact.DocumentVersion:
    """1: the version of the document, with the versions of the clauses that it names."""
    return next(e.fact for e in versions(events, version.key) if e.fact.subject == version)


def is_ready(events: Events, files: Files, document: str) -> bool:
    """21: adopted as it would print today, all its clauses at that version and agreed wording, and all of it holds."""
    version = current(events, files, f"document/{document}")
    if version is None or outcome(events, version, document) is not True or asked_again(events, version):
        return False
    circulation = closings(events, version)[-1].fact.circulation
    rule = read_rule(opening(events, circulation).rule)
    members = electorate(events, circulation)
    return still_met(events, version, rule, members) and all(
        current(events, files, clause.key) == clause and is_agreed(events, files, clause.id, document, rule, members)
        for clause in named(events, version).clauses
    )


def asked_again(events: Events, version: Subject) -> bool:
    """21: whether it is in a circulation that is not closed."""
    asked = [e.fact for e in all_of(events, fact.CirculationOpened) if version in e.fact.subjects]
    return any(close(events, one.circulation) is None for one in asked)


def in_the_way(events: Events, version: Subject, rule: Rule, members: Sequence[str]) -> set[str]:
    """17, 21: the members that must still do something, or something else, for the rule to be met; of a count, the
    ones that said nothing.
    """
    if still_met(events, version, rule, members):
        return set()
    stands, amending_ = stands_now(events, version, rule, members), amending(events, version)
    missing = {
        RuleKind.CONSENSUS: (OBJECTED, PENDING),
        RuleKind.UNANIMITY: (OBJECTED, PENDING, ABSTAINED),
        RuleKind.COUNT: (PENDING,),
        RuleKind.SILENCE: (OBJECTED, PENDING),
    }[rule.kind]
    wanting = {member for member in members if member in amending_} if rule.kind == RuleKind.SILENCE else set()
    return wanting | {member for member, stand in stands.items() if stand.state in missing}


def circulation_of(events: Events, version: Subject) -> str | None:
    """22: the circulation that decides who counts: the last closed one, or, before any was closed, the last opened."""
    if ends := closings(events, version):
        return ends[-1].fact.circulation
    asked = [e.fact.circulation for e in all_of(events, fact.CirculationOpened) if version in e.fact.subjects]
    asked = [one for one in asked if not called_off(events, one)]
    return asked[-1] if asked else None


def signatories(events: Events, files: Files, document: str) -> list[str]:
    """22: those of the electorate, active today, whose position on the document's current version is for it."""
    version = current(events, files, f"document/{document}")
    circulation = circulation_of(events, version) if version else None
    if version is None or circulation is None:
        return []
    return [
        member
        for member in electorate(events, circulation)
        if member in active(events) and position(events, member, version).state in AGREES
    ]


def reservations(events: Events, files: Files, document: str) -> list[tuple[str, Subject, str]]:
    """22: what the electorate's members reserve on the document's current version and on the clauses it names."""
    version = current(events, files, f"document/{document}")
    circulation = circulation_of(events, version) if version else None
    if version is None or circulation is None:
        return []
    found = []
    for subject in dict.fromkeys((version, *named(events, version).clauses)):
        for member in electorate(events, circulation):
            stand = position(events, member, subject)
            if stand.state == RESERVED:
                said = next(e.fact for e in events if e.number == stand.event)
                found.append((member, subject, said.text))
    return found


def translation(events: Events, files: Files, clause: str, language: str, source: str, text: str) -> str:
    """24: validated, stale or unchecked, for the text that the file has, translated from the text in `source`."""
    made = {e.fact.subject: e.fact.texts for e in all_of(events, fact.ClauseVersion)}
    validated = [
        made[e.fact.subject].get(source)
        for e in all_of(events, fact.TranslationValidated)
        if (e.fact.subject.id, e.fact.language, e.fact.source, e.fact.text) == (clause, language, source, text)
    ]
    version = current(events, files, f"clause/{clause}")
    if version is not None and made[version][source] in validated:
        return "validated"
    return "stale" if validated else "unchecked"
