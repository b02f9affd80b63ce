"""Which sentences of docs/approvals.md a history has put to the test, by the number of their rules.

A comparison with the slow model means little where what a rule speaks of never happened. Rehearsals all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import slow_standing as slow
from paraph.model.event import AmendmentProposed, Choice, Event, LateAccepted, NoticeRecorded, Subject
from paraph.model.rule import RuleKind, read_rule
from standing_world import CLAUSES, DOCUMENTS, MEMBERS, World

RULES = (
    "2 changed since version n",
    "3 an older text is a new version",
    "5 invited",
    "7 in the second of the deadline",
    "7 in the minute of the opening",
    "8 left before the close",
    "8 came back and is still out",
    "8 joined after the opening",
    "9 closed early",
    "9a called off",
    "9a late after it was called off",
    "11 received first and recorded last",
    "11 in the same second",
    "12 taken back",
    "12 taken back before it was recorded",
    "12 received after a withdrawal recorded after it",
    "12 decided anew",
    "12 taken back alone",
    "12 an amendment taken back",
    "13 accepted before the close",
    "13 an objection accepted before the close",
    "13 accepted after the close",
    "14 taken back after the deadline, and counted",
    "14 let in late, and gone late",
    "14 let in late, and gone late through another circulation",
    "14 a late amendment",
    "15 on a version that was not put",
    "16 counted where it was not decided",
    "16 after the deadline of another circulation",
    "16 counted by a circulation of before alone",
    "16a not settled",
    "16a settled by a decision",
    "16a settled by the secretariat",
    "16a late for its own circulation, in time for another",
    "17 consensus, met",
    "17 consensus, of abstentions alone",
    "17 unanimity, met",
    "17 unanimity, but for abstentions",
    "17 count, met with an objection",
    "17 silence, met",
    "17 silence, broken by an objection",
    "17 silence, broken by an amendment",
    "17 silence, without notice in time",
    "17 silence, of one that took something back",
    "17 silence, of one that spoke elsewhere",
    "17 silence, of nobody",
    "17 consent that ended",
    "17 consent that was none: it came to light",
    "18 a clause adopted, its document not",
    "18 not adopted with another document",
    "19 agreed, whatever another document's circulation did not adopt",
    "19 carried to another document",
    "19 consent that counts under no other rule",
    "21 adopted, and no longer ready",
    "21 ready",
    "21 ready with one that left",
    "21 not ready while it is put again",
    "22 signed",
    "22 reserved",
    "22 signs what it objects to",
    "22 approved and is not of the electorate",
    "23 counted from when it was invited",
    *(f"20 lapsed: {state}" for state in ("approved", "reserved", "abstained", "objected", "tacit")),
    *(f"24 {state}" for state in ("validated", "stale", "unchecked")),
)
"""What some history must meet. Some of it is told while the questions are asked (`World.seen`)."""


def met(world: World) -> Counter[str]:
    """How often a history has met each of `RULES`."""
    found: Counter[str] = Counter()
    for part in (_texts, _members, _decisions, _accepted, _withdrawals, _answers, _tallies, _outcomes, _releases):
        found.update(part(world))
    return found


def _texts(world: World) -> Iterator[str]:
    for clause in CLAUSES:
        made = [event.fact.texts for event in slow.versions(world.sound, f"clause/{clause}")]
        if made and slow.current(world.sound, world.files, f"clause/{clause}") is None:
            yield "2 changed since version n"
        if any(texts in made[: number - 1] for number, texts in enumerate(made)):
            yield "3 an older text is a new version"


def _members(world: World) -> Iterator[str]:
    now = slow.active(world.sound)
    for asked in world.circulations():
        if asked.invited:
            yield "5 invited"
        for member in MEMBERS:
            if member in asked.electorate and member not in slow.electorate(world.sound, asked.circulation):
                yield "8 left before the close"
                if member in now:
                    yield "8 came back and is still out"
            if member in now and member not in (*asked.electorate, *asked.invited):
                yield "8 joined after the opening"


def _decisions(world: World) -> Iterator[str]:
    events = world.sound
    for one in world.entries():
        asked, received = slow.opened(events, one.fact.circulation), one.fact.receipt.received
        if received == asked.fact.deadline and not slow.is_late(events, one):
            yield "7 in the second of the deadline"
        if received < asked.at:
            yield "7 in the minute of the opening"
        if isinstance(one.fact, AmendmentProposed):
            if slow.is_late(events, one):
                yield "14 a late amendment"
            continue
        ended = slow.close(events, asked.fact.circulation)
        if ended and ended.fact.called_off and ended.number < one.number:
            yield "9a late after it was called off"
        if one.fact.choice is Choice.COMMENT:
            continue
        if one.fact.subject not in asked.fact.subjects:
            yield "15 on a version that was not put"
        yield from _superseded(events, one)


def _superseded(events: slow.Events, one: Event) -> Iterator[str]:
    for other in slow.decisions(events, one.fact.member, one.fact.subject):
        if slow.counts(events, one) and slow.counts(events, other) and other.number < one.number:
            if one.fact.receipt.received < other.fact.receipt.received:
                yield "11 received first and recorded last"
            if one.fact.receipt.received == other.fact.receipt.received:
                yield "11 in the same second"


def _accepted(world: World) -> Iterator[str]:
    events = world.sound
    for one in slow.all_of(events, LateAccepted):
        decision = slow.entry(events, one.fact.decision)
        if decision.fact.choice is Choice.COMMENT or not slow.is_late(events, decision):
            continue
        closed = slow.is_closed_before(events, decision.fact.circulation, one)
        yield "13 accepted after the close" if closed else "13 accepted before the close"
        if decision.fact.choice is Choice.OBJECT:
            yield "13 an objection accepted before the close"


def _withdrawals(world: World) -> Iterator[str]:
    events = world.sound
    for back in slow.withdrawals(events):
        named = slow.entry(events, back.fact.decision)
        if isinstance(named.fact, AmendmentProposed):
            yield "12 an amendment taken back"
            continue
        if slow.goes_alone(events, back):
            yield "12 taken back alone"
            continue
        if not slow.is_of_a_decision(events, back):
            continue
        yield "12 taken back"
        said = slow.decisions(events, back.fact.member, back.fact.subject)
        gone = [one for one in said if slow.counts(events, one) and slow.takes_back(events, back, one)]
        stay = [one for one in said if slow.counts(events, one) and one not in gone]
        if any(one.number > back.number for one in gone):
            yield "12 taken back before it was recorded"
        if any(one.number < back.number for one in stay):
            yield "12 received after a withdrawal recorded after it"
        if any(one.number > back.number for one in stay):
            yield "12 decided anew"
        for asked in world.circulations():
            name = asked.circulation
            then = slow.at_close(events, name)
            if back not in then or back.fact.receipt.received <= asked.deadline or not asked.strict:
                continue
            if not slow.was_let_in(then, name, back):
                if any(one in slow.standing_in(then, name, back.fact.member, back.fact.subject) for one in gone):
                    yield "14 taken back after the deadline, and counted"
            elif named.fact.circulation == name:
                yield "14 let in late, and gone late"
            else:
                yield "14 let in late, and gone late through another circulation"


def _answers(world: World) -> Iterator[str]:
    events = world.sound
    for subject in world.subjects():
        for member in MEMBERS:
            for answer in slow.answers(events, member, subject):
                said = slow.decisions(events, member, subject)
                standing = [one for one in said if slow.counts(events, one) and not slow.is_taken_back(events, one)]
                if slow.is_settled(events, answer, member, subject, ()):
                    yield "16a settled by the secretariat"
                elif slow.is_settled(events, answer, member, subject, standing):
                    yield "16a settled by a decision"
                else:
                    yield "16a not settled"
                for asked in world.circulations():
                    own = slow.opening(events, answer.fact.circulation)
                    if asked.strict and own.deadline < answer.fact.receipt.received <= asked.deadline:
                        then = slow.at_close(events, asked.circulation)
                        if answer in then and slow.unsettled_in(then, asked.circulation, member, subject):
                            yield "16a late for its own circulation, in time for another"


def _tallies(world: World) -> Iterator[str]:
    for asked in world.circulations():
        name, ended = asked.circulation, slow.close(world.sound, asked.circulation)
        then, kind = slow.at_close(world.sound, name), read_rule(asked.rule).kind
        for subject in asked.subjects:
            stands = slow.counted(world.sound, name, subject)
            yield from _heard(then, name, subject, stands)
            if ended is None or ended.fact.called_off:
                continue
            adopted, states = slow.adopted(world.sound, name, subject), {one.state for one in stands.values()}
            if adopted and kind is not RuleKind.COUNT:
                yield f"17 {kind}, met"
            if kind is RuleKind.CONSENSUS and states == {slow.ABSTAINED}:
                yield "17 consensus, of abstentions alone"
            if kind is RuleKind.UNANIMITY and states - set(slow.FOR) == {slow.ABSTAINED}:
                yield "17 unanimity, but for abstentions"
            if kind is RuleKind.COUNT and adopted and slow.OBJECTED in states:
                yield "17 count, met with an objection"
            if kind is RuleKind.SILENCE:
                if not stands:
                    yield "17 silence, of nobody"
                if slow.OBJECTED in states and slow.TACIT in states:
                    yield "17 silence, broken by an objection"
                if not adopted and states <= {slow.TACIT, *slow.FOR}:
                    yield "17 silence, broken by an amendment"
                yield from _silence(then, name, subject, stands)
                yield from _consent(world.sound, name, subject, stands, adopted)


def _heard(then: slow.Events, name: str, subject: Subject, stands: dict[str, slow.Stand]) -> Iterator[str]:
    """14, 16: where decisions count that were made in other circulations, and where they do not."""
    asked = slow.opening(then, name)
    for member, stand in stands.items():
        if stand.event:
            one = slow.entry(then, stand.event)
            if one.fact.circulation != name:
                yield "16 counted where it was not decided"
                if one.fact.receipt.received > asked.deadline:
                    yield "16 counted by a circulation of before alone"
                if member in slow.opening(then, one.fact.circulation).invited:
                    yield "23 counted from when it was invited"
        elif slow.decided(then, member, subject).event:
            yield "16 after the deadline of another circulation"


def _silence(then: slow.Events, name: str, subject: Subject, stands: dict[str, slow.Stand]) -> Iterator[str]:
    """17: why silence is none."""
    for member, stand in stands.items():
        if stand.state != slow.PENDING:
            continue
        told = [one for one in slow.all_of(then, NoticeRecorded) if one.fact.circulation == name]
        if not slow.had_notice(then, name, member):
            if any(one.fact.member == member for one in told):
                yield "17 silence, without notice in time"
        elif slow.opening(then, name).strict:
            back = slow.took_back_since(then, name, member, subject)
            if any(slow.holds_in(then, name, one) for one in back):
                yield "17 silence, of one that took something back"
            if slow.spoke_elsewhere(then, name, member, subject):
                yield "17 silence, of one that spoke elsewhere"


def _consent(
    events: slow.Events, name: str, subject: Subject, stands: dict[str, slow.Stand], adopted: bool
) -> Iterator[str]:
    """17, 19: what becomes of tacit consent."""
    for member, stand in stands.items():
        if stand.state != slow.TACIT or not adopted:
            continue
        if slow.position(events, member, subject).state == slow.PENDING:
            if any(not slow.goes_alone(events, one) for one in slow.took_back_since(events, name, member, subject)):
                yield "17 consent that ended"
            elif slow.is_over(events, name, member, subject):
                yield "17 consent that was none: it came to light"
        elif slow.position(events, member, subject, read_rule("silence 9 days")).state == slow.PENDING:
            yield "19 consent that counts under no other rule"


def _outcomes(world: World) -> Iterator[str]:
    events = world.sound
    for asked in world.circulations():
        if slow.close(events, asked.circulation):
            done = {one.kind: slow.adopted(events, asked.circulation, one) for one in asked.subjects}
            if done == {"clause": True, "document": False}:
                yield "18 a clause adopted, its document not"
        for subject in asked.subjects:
            for ended in slow.closings(events, subject):
                elsewhere = slow.opening(events, ended.fact.circulation).document
                if elsewhere != asked.document and not slow.adopted(events, ended.fact.circulation, subject):
                    yield "18 not adopted with another document"


def _releases(world: World) -> Iterator[str]:
    events, now = world.sound, slow.active(world.sound)
    for document in DOCUMENTS:
        version = slow.current(events, world.files, f"document/{document}")
        if version is None:
            continue
        members, ready = slow.decided_by(events, version), slow.is_ready(events, world.files, document)
        if slow.outcome(events, version, document):
            if not ready:
                yield "21 adopted, and no longer ready"
                if slow.asked_again(events, version):
                    yield "21 not ready while it is put again"
            elif set(members) - set(now):
                yield "21 ready with one that left"
        if any(slow.position(events, one, version).state in slow.FOR for one in now if one not in members):
            yield "22 approved and is not of the electorate"
        for clause in slow.named(events, version).clauses:
            asked_in = [slow.opening(events, one.fact.circulation).document for one in slow.closings(events, clause)]
            if ready and document not in asked_in:
                yield "19 carried to another document"
