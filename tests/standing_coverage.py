"""Which sentences of docs/approvals.md a history has put to the test, by the number of their rules.

A comparison with the slow model means little where what a rule speaks of never happened. Rehearsals all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import slow_record
import slow_standing
import slow_tally
from paraph.model.event import AmendmentProposed, Choice, Event, LateAccepted, NoticeRecorded, Subject
from paraph.model.rule import RuleKind, read_rule
from standing_world import CLAUSES, DOCUMENTS, MEMBERS, World

RULES = (
    "1 the same words in another order",
    "1 other words around the signatures",
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
    "12 not alone, before that was the rule",
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
    "17 silence, of one that took back the other words it wanted elsewhere",
    "17 silence, of one that wants other words elsewhere after the deadline",
    "17 consent that ended",
    "17 consent that ended before the close",
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
        made = [event.fact.texts for event in slow_standing.versions(world.sound, f"clause/{clause}")]
        if made and slow_standing.current(world.sound, world.files, f"clause/{clause}") is None:
            yield "2 changed since version n"
        if any(texts in made[: number - 1] for number, texts in enumerate(made)):
            yield "3 an older text is a new version"
    for document in DOCUMENTS:
        last = slow_standing.versions(world.sound, f"document/{document}")
        if last and last[-1].fact.lines == world.lines(document):
            named = tuple(clause.id for clause in last[-1].fact.clauses)
            if last[-1].fact.frame != world.frames[document]:
                yield "1 other words around the signatures"
            elif named != world.selected[document] and sorted(named) == sorted(world.selected[document]):
                yield "1 the same words in another order"


def _members(world: World) -> Iterator[str]:
    now = slow_record.active(world.sound)
    for asked in world.circulations():
        if asked.invited:
            yield "5 invited"
        for member in MEMBERS:
            if member in asked.electorate and member not in slow_record.electorate(world.sound, asked.circulation):
                yield "8 left before the close"
                if member in now:
                    yield "8 came back and is still out"
            if member in now and member not in (*asked.electorate, *asked.invited):
                yield "8 joined after the opening"


def _decisions(world: World) -> Iterator[str]:
    events = world.sound
    for one in world.entries():
        asked, received = slow_record.opened(events, one.fact.circulation), one.fact.receipt.received
        if received == asked.fact.deadline and not slow_record.is_late(events, one):
            yield "7 in the second of the deadline"
        if received < asked.at:
            yield "7 in the minute of the opening"
        if isinstance(one.fact, AmendmentProposed):
            if slow_record.is_late(events, one):
                yield "14 a late amendment"
            continue
        ended = slow_record.close(events, asked.fact.circulation)
        if ended and ended.fact.called_off and ended.number < one.number:
            yield "9a late after it was called off"
        if one.fact.choice is Choice.COMMENT:
            continue
        if one.fact.subject not in asked.fact.subjects:
            yield "15 on a version that was not put"
        yield from _superseded(events, one)


def _superseded(events: slow_record.Events, one: Event) -> Iterator[str]:
    for other in slow_record.decisions(events, one.fact.member, one.fact.subject):
        if slow_record.counts(events, one) and slow_record.counts(events, other) and other.number < one.number:
            if one.fact.receipt.received < other.fact.receipt.received:
                yield "11 received first and recorded last"
            if one.fact.receipt.received == other.fact.receipt.received:
                yield "11 in the same second"


def _accepted(world: World) -> Iterator[str]:
    events = world.sound
    for one in slow_record.all_of(events, LateAccepted):
        decision = slow_record.entry(events, one.fact.decision)
        if decision.fact.choice is Choice.COMMENT or not slow_record.is_late(events, decision):
            continue
        closed = slow_record.is_closed_before(events, decision.fact.circulation, one)
        yield "13 accepted after the close" if closed else "13 accepted before the close"
        if decision.fact.choice is Choice.OBJECT:
            yield "13 an objection accepted before the close"


def _withdrawals(world: World) -> Iterator[str]:
    events = world.sound
    for back in slow_record.withdrawals(events):
        named = slow_record.entry(events, back.fact.decision)
        if isinstance(named.fact, AmendmentProposed):
            yield "12 an amendment taken back"
            continue
        if slow_record.goes_alone(events, back):
            yield "12 taken back alone"
            continue
        if not slow_record.is_of_a_decision(events, back):
            continue
        yield "12 taken back"
        if not back.fact.alone and slow_record.is_late(events, named) and not slow_record.is_accepted(events, named):
            yield "12 not alone, before that was the rule"
        said = slow_record.decisions(events, back.fact.member, back.fact.subject)
        gone = [one for one in said if slow_record.counts(events, one) and slow_record.takes_back(events, back, one)]
        stay = [one for one in said if slow_record.counts(events, one) and one not in gone]
        if any(one.number > back.number for one in gone):
            yield "12 taken back before it was recorded"
        if any(one.number < back.number for one in stay):
            yield "12 received after a withdrawal recorded after it"
        if any(one.number > back.number for one in stay):
            yield "12 decided anew"
        for asked in world.circulations():
            name = asked.circulation
            then = slow_record.at_close(events, name)
            if back not in then or back.fact.receipt.received <= asked.deadline or not asked.strict:
                continue
            if not slow_tally.was_let_in(then, name, back):
                if any(one in slow_tally.standing_in(then, name, back.fact.member, back.fact.subject) for one in gone):
                    yield "14 taken back after the deadline, and counted"
            elif named.fact.circulation == name:
                yield "14 let in late, and gone late"
            else:
                yield "14 let in late, and gone late through another circulation"


def _answers(world: World) -> Iterator[str]:
    events = world.sound
    for subject in world.subjects():
        for member in MEMBERS:
            for answer in slow_record.answers(events, member, subject):
                said = slow_record.decisions(events, member, subject)
                standing = [
                    one
                    for one in said
                    if slow_record.counts(events, one) and not slow_record.is_taken_back(events, one)
                ]
                if slow_record.is_settled(events, answer, member, subject, ()):
                    yield "16a settled by the secretariat"
                elif slow_record.is_settled(events, answer, member, subject, standing):
                    yield "16a settled by a decision"
                else:
                    yield "16a not settled"
                for asked in world.circulations():
                    own = slow_record.opening(events, answer.fact.circulation)
                    if asked.strict and own.deadline < answer.fact.receipt.received <= asked.deadline:
                        then = slow_record.at_close(events, asked.circulation)
                        if answer in then and slow_tally.unsettled_in(then, asked.circulation, member, subject):
                            yield "16a late for its own circulation, in time for another"


def _tallies(world: World) -> Iterator[str]:
    for asked in world.circulations():
        name, ended = asked.circulation, slow_record.close(world.sound, asked.circulation)
        then, kind = slow_record.at_close(world.sound, name), read_rule(asked.rule).kind
        for subject in asked.subjects:
            stands = slow_tally.counted(world.sound, name, subject)
            yield from _heard(then, name, subject, stands)
            if ended is None or ended.fact.called_off:
                continue
            adopted, states = slow_tally.adopted(world.sound, name, subject), {one.state for one in stands.values()}
            if adopted and kind is not RuleKind.COUNT:
                yield f"17 {kind}, met"
            if kind is RuleKind.CONSENSUS and states == {slow_record.ABSTAINED}:
                yield "17 consensus, of abstentions alone"
            if kind is RuleKind.UNANIMITY and states - set(slow_record.FOR) == {slow_record.ABSTAINED}:
                yield "17 unanimity, but for abstentions"
            if kind is RuleKind.COUNT and adopted and slow_record.OBJECTED in states:
                yield "17 count, met with an objection"
            if kind is RuleKind.SILENCE:
                if not stands:
                    yield "17 silence, of nobody"
                if slow_record.OBJECTED in states and slow_record.TACIT in states:
                    yield "17 silence, broken by an objection"
                if not adopted and states <= {slow_record.TACIT, *slow_record.FOR}:
                    yield "17 silence, broken by an amendment"
                yield from _silence(then, name, subject, stands)
                yield from _consent(world.sound, name, subject, stands, adopted)


def _heard(
    then: slow_record.Events, name: str, subject: Subject, stands: dict[str, slow_record.Stand]
) -> Iterator[str]:
    """14, 16: where decisions count that were made in other circulations, and where they do not."""
    asked = slow_record.opening(then, name)
    for member, stand in stands.items():
        if stand.event:
            one = slow_record.entry(then, stand.event)
            if one.fact.circulation != name:
                yield "16 counted where it was not decided"
                if one.fact.receipt.received > asked.deadline:
                    yield "16 counted by a circulation of before alone"
                if member in slow_record.opening(then, one.fact.circulation).invited:
                    yield "23 counted from when it was invited"
        elif slow_record.decided(then, member, subject).event:
            yield "16 after the deadline of another circulation"


def _silence(
    then: slow_record.Events, name: str, subject: Subject, stands: dict[str, slow_record.Stand]
) -> Iterator[str]:
    """17: why silence is none."""
    for member, stand in stands.items():
        if stand.state != slow_record.PENDING:
            continue
        told = [one for one in slow_record.all_of(then, NoticeRecorded) if one.fact.circulation == name]
        if not slow_tally.had_notice(then, name, member):
            if any(one.fact.member == member for one in told):
                yield "17 silence, without notice in time"
        elif slow_record.opening(then, name).strict:
            back = slow_tally.took_back_since(then, name, member, subject)
            if any(slow_tally.holds_in(then, name, one) for one in back):
                yield "17 silence, of one that took something back"
            if slow_tally.spoke_elsewhere(then, name, member, subject):
                yield "17 silence, of one that spoke elsewhere"


def _consent(
    events: slow_record.Events, name: str, subject: Subject, stands: dict[str, slow_record.Stand], adopted: bool
) -> Iterator[str]:
    """17, 19: what becomes of tacit consent."""
    for member, stand in stands.items():
        if stand.state != slow_record.TACIT or not adopted:
            continue
        then, deadline = slow_record.at_close(events, name), slow_record.opening(events, name).deadline
        amends = [one for one in slow_tally.spoken(then, member, subject) if isinstance(one.fact, AmendmentProposed)]
        if any(one.fact.receipt.received > deadline and not slow_record.is_late(then, one) for one in amends):
            yield "17 silence, of one that wants other words elsewhere after the deadline"
        elsewhere = [one for one in amends if one.fact.circulation != name and slow_record.is_late(then, one)]
        if any(one.fact.receipt.received <= deadline for one in elsewhere):
            yield "17 silence, of one that took back the other words it wanted elsewhere"
        if slow_standing.position(events, member, subject).state == slow_record.PENDING:
            back = [
                one
                for one in slow_tally.took_back_since(events, name, member, subject)
                if not slow_record.goes_alone(events, one)
            ]
            if back:
                yield "17 consent that ended before the close" if back[0] in then else "17 consent that ended"
            elif slow_standing.is_over(events, name, member, subject):
                yield "17 consent that was none: it came to light"
        elif slow_standing.position(events, member, subject, read_rule("silence 9 days")).state == slow_record.PENDING:
            yield "19 consent that counts under no other rule"


def _outcomes(world: World) -> Iterator[str]:
    events = world.sound
    for asked in world.circulations():
        if slow_record.close(events, asked.circulation):
            done = {one.kind: slow_tally.adopted(events, asked.circulation, one) for one in asked.subjects}
            if done == {"clause": True, "document": False}:
                yield "18 a clause adopted, its document not"
        for subject in asked.subjects:
            for ended in slow_tally.closings(events, subject):
                elsewhere = slow_record.opening(events, ended.fact.circulation).document
                if elsewhere != asked.document and not slow_tally.adopted(events, ended.fact.circulation, subject):
                    yield "18 not adopted with another document"


def _releases(world: World) -> Iterator[str]:
    events, now = world.sound, slow_record.active(world.sound)
    for document in DOCUMENTS:
        version = slow_standing.current(events, world.files, f"document/{document}")
        if version is None:
            continue
        members, ready = (
            slow_standing.decided_by(events, version),
            slow_standing.is_ready(events, world.files, document),
        )
        if slow_tally.outcome(events, version, document):
            if not ready:
                yield "21 adopted, and no longer ready"
                if slow_standing.asked_again(events, version):
                    yield "21 not ready while it is put again"
            elif set(members) - set(now):
                yield "21 ready with one that left"
        if any(
            slow_standing.position(events, one, version).state in slow_record.FOR for one in now if one not in members
        ):
            yield "22 approved and is not of the electorate"
        for clause in slow_standing.named(events, version).clauses:
            asked_in = [
                slow_record.opening(events, one.fact.circulation).document
                for one in slow_tally.closings(events, clause)
            ]
            if ready and document not in asked_in:
                yield "19 carried to another document"
