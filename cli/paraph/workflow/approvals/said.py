"""What a member has said on a text so far, what of it stands, and what there is to know when it says more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Container, Iterator

from paraph.model.event import AmendmentProposed, Choice, Decided, Receipt, Subject
from paraph.model.member import Status
from paraph.model.rule import RuleKind, read_rule
from paraph.standing.fold import Circulation, Entry, History
from paraph.standing.gate import open_circulations
from paraph.standing.rules import FOR, Position, State, came_to_light, position, taken_back, unsettled
from paraph.workflow.approvals.references import Asked
from paraph.workflow.approvals.silence import Silence, silences

SILENT = (State.PENDING, State.TACIT)
"""A member that let a text pass has said nothing (16): what it says now is never left out."""


def decisions_by(history: History, subject: Subject, member: str) -> list[Entry]:
    """The decisions of a member on a version that it has not taken back, in the order in which they were received (11):
    each is replaced by the one after it."""
    back = taken_back(history, subject).get(member)
    found = (
        entry
        for entry in history.entries.get(subject, ())
        if isinstance(entry.fact, Decided)
        and entry.fact.choice is not Choice.COMMENT
        and entry.fact.member == member
        and not (back and entry.order < back.order)
        and not entry.gone
    )
    return sorted(found, key=lambda one: one.order)


def last_decision(history: History, subject: Subject, member: str) -> Entry | None:
    """The last decision of a member on a version that it has not taken back, late or not."""
    return next(reversed(decisions_by(history, subject, member)), None)


def last_taken_back(history: History, subject: Subject, member: str) -> int:
    """The event by which a member took back what it had decided on a version, late or not, and since which it decided
    nothing; or 0."""
    if last_decision(history, subject, member):
        return 0
    back = taken_back(history, subject).get(member)
    alone = (
        one.gone.number
        for one in history.entries.get(subject, ())
        if one.gone and one.fact.member == member and not isinstance(one.fact, AmendmentProposed)
    )
    return max((*alone, back.number if back else 0))


def amendments_by(history: History, subject: Subject, member: str) -> list[Entry]:
    """What a member asked for in other words, late or not, and has not taken back."""
    back = {one.fact.decision for one in history.withdrawals.get(subject, ())}
    return [
        entry
        for entry in history.entries.get(subject, ())
        if isinstance(entry.fact, AmendmentProposed)
        and entry.fact.member == member
        and not entry.gone
        and entry.number not in back
    ]


def to_take_back(history: History, subject: Subject, member: str, named: Container[int] = ()) -> list[Entry]:
    """What a member can take back: its decision, one that came late after it, amendments; in order. Of the events
    `named`, also a decision that another one replaced: a letter may have crossed that one on its way (12)."""
    event, last = position(history, subject, member).event, last_decision(history, subject, member)
    decided = [
        one
        for one in decisions_by(history, subject, member)
        if one.number == event or (one is last and not one.counts) or (one.counts and one.number in named)
    ]
    return sorted((*decided, *amendments_by(history, subject, member)), key=lambda one: one.number)


def stands_already(history: History, fact: Decided, *, dated: bool) -> bool:
    """Whether the member has said just this: its standing decision on the version, its last late one, or a comment.

    The same words with a proof not kept yet are said anew, and so is a decision received at another time: a withdrawal
    that came between the two takes back the first alone. (Where nobody says when it was received, not `dated`, a letter
    that is kept already is the same one, entered twice.) A comment counts for nothing, whenever it came. What came
    late, or too late for this circulation, counts for nothing in another one, where it is said anew, too.
    A decision said again after an answer that was not recorded settles that answer, and is written anew; so is one said
    again after it was taken back.
    """
    entries = [
        (entry, entry.fact)
        for entry in history.entries.get(fact.subject, ())
        if isinstance(entry.fact, Decided) and entry.fact.member == fact.member
    ]
    here, standing = history.circulations[fact.circulation], position(history, fact.subject, fact.member).event
    if fact.choice is not Choice.COMMENT and unsettled(history, fact.subject, (fact.member,)):
        return False
    last = last_decision(history, fact.subject, fact.member)
    late = last if last and not last.counts else None
    if late and late.fact.receipt.received <= fact.receipt.received:
        standing = late.number  # what it said before is its last word no more
    return any(
        (said.choice, said.text) == (fact.choice, fact.text)
        and set(fact.receipt.evidence) <= set(said.receipt.evidence)
        and (
            fact.choice is Choice.COMMENT
            or (
                (entry.number == standing or entry is late)
                and (fact.receipt.received == said.receipt.received or (fact.receipt.evidence and not dated))
                and (
                    said.circulation == fact.circulation
                    or (entry.counts and here.hears(said.receipt.received, said.circulation))
                )
            )
        )
        for entry, said in entries
    )


NO_CONSENT = "it came before the deadline: where silence was counted as consent, it is none"
"""What there is to know of a decision or an amendment that `ends_consent`."""


def ends_consent(history: History, subject: Subject, received: dt.datetime, number: int = 0) -> bool:
    """Whether something received then is no silence in a circulation that was closed before it was recorded, as event
    `number` (0: it is yet to be): nothing counts with it, and there is no tacit consent (17)."""
    return any(
        came_to_light(one, number or history.last.number + 1, received)
        and read_rule(one.opened.rule).kind is RuleKind.SILENCE
        for one in history.circulations.values()
        if subject in one.subjects
    )


def asked_already(history: History, fact: AmendmentProposed, *, dated: bool) -> bool:
    """Whether a request for just these words of the member stands; as with a decision (`stands_already`), what was
    taken back, counts for nothing where it is said now, came at another time or has a proof not kept yet is another."""
    here = history.circulations[fact.circulation]
    return any(
        isinstance(one.fact, AmendmentProposed)
        and (one.fact.language, one.fact.text) == (fact.language, fact.text)
        and set(fact.receipt.evidence) <= set(one.fact.receipt.evidence)
        and (not dated or one.fact.receipt.received == fact.receipt.received)
        and (one.fact.circulation == fact.circulation or (one.counts and here.counts_with(one.fact)))
        for one in amendments_by(history, fact.subject, fact.member)
    )


def instead_of(
    history: History, fact: Decided | AmendmentProposed, anew: Collection[tuple[str, str]] = ()
) -> Iterator[str]:
    """What a person is asked of a decision or other words where the member’s last or standing decision on the version
    says something else, where it asked for other words since, but for those asked for `anew` with it, by language and
    text, or where it took such back: which of the two it means, nobody may guess."""
    subject, member = fact.subject, fact.member
    every, standing = decisions_by(history, subject, member), position(history, subject, member).event
    heard = [one for one in every if one is every[-1] or one.number == standing]
    asked, back = amendments_by(history, subject, member), _words_back(history, subject, member)
    if isinstance(fact, Decided):
        if fact.choice is Choice.COMMENT:
            return
        before = (one for one in heard if said_by(one) != (fact.choice, fact.text))
        since = (one for one in asked if _asks(one) not in anew and not (every and one.order < every[-1].order))
        if one := next(before, None):
            yield f"{member} said “{said_by(one)[0]}” on it before (event {one.number}): does it say otherwise now?"
        if one := next(since, None):
            yield f"{member} asked for other words before (event {one.number}): does it say otherwise now?"
        if back and not every:
            yield f"{member} took back other words that it had asked for (event {back}): does it decide now?"
        return
    same = max((one.order for one in asked if _asks(one) == (fact.language, fact.text)), default=None)
    for one in heard:
        if not same or same < one.order:
            choice = said_by(one)[0]
            yield f"{member} said “{choice}” on it before (event {one.number}): does it ask for these words now?"
    others = (one for one in asked if _asks(one)[0] == fact.language and (not same or same < one.order))
    if one := next(others, None):
        yield f"{member} asked for other words than these before (event {one.number}): does it ask for these now?"
    if back and not same:
        yield f"{member} took back other words that it had asked for (event {back}): does it ask anew?"


def said_by(entry: Entry) -> tuple[str, str]:
    """The choice of a decision, "" for other words, and its text."""
    return (entry.fact.choice if isinstance(entry.fact, Decided) else "", entry.fact.text)


def _asks(entry: Entry) -> tuple[str, str]:
    return entry.fact.language, entry.fact.text


def _words_back(history: History, subject: Subject, member: str) -> int:
    """The last event by which a member took back other words that it had asked for on a version; or 0."""
    back = {one.fact.decision: one.number for one in history.withdrawals.get(subject, ())}
    words = (
        one
        for one in history.entries.get(subject, ())
        if isinstance(one.fact, AmendmentProposed) and one.fact.member == member
    )
    return max((one.gone.number if one.gone else back.get(one.number, 0) for one in words), default=0)


def to_know(history: History, asked: Asked, fact: Decided) -> Iterator[str]:
    """What the secretariat is told of a decision that it records: that it came late, or replaces another."""
    before: Position = position(history, fact.subject, fact.member)
    if fact.choice is Choice.COMMENT:
        yield f"a comment counts for nothing; {_after_comment(history, asked, before.state)}"
        return
    versions = history.versions.get(fact.subject.key, ())
    if versions and versions[-1].subject != fact.subject:
        newest = versions[-1].subject.version
        own = fact.subject.version
        yield f"lapsed: the text has moved on to version {newest}, and this counts for version {own} alone"
    for one in (one for one in amendments_by(history, fact.subject, fact.member) if one.counts):
        yield f"event {one.number}, other words, stands beside it, and breaks a silence until it is taken back"
    back = taken_back(history, fact.subject).get(fact.member)
    if back and fact.receipt.received < back.fact.receipt.received:
        yield f"event {back.number}, received after it, takes it back: record what {fact.member} decided since"
    if asked.circulation.closed or fact.receipt.received > asked.circulation.opened.deadline:
        yield _late(asked, fact, before.state)
        if ends_consent(history, asked.subject, fact.receipt.received):
            yield NO_CONSENT
        for other in open_circulations(history, asked.subject):
            name, received = other.opened.circulation, fact.receipt.received
            if other is not asked.circulation and other.begins <= received and other.hears(received):
                silence = read_rule(other.opened.rule).kind is RuleKind.SILENCE
                where = ", where it is no silence" if silence else ""
                yield f"it was in time for {name}{where}: to count there, record it with -c {name}"
    elif before.state not in SILENT:
        later = _received(history, fact.subject, before.event) > fact.receipt.received
        yield (
            f"it was received before what the member decided since ({before.state}, event {before.event}), which stands"
            if later
            else f"it replaces what the member decided before ({before.state})"
        )
    for name in _deaf(history, asked, fact.receipt):
        yield f"it came after the deadline of {name}: to count there, record it there as well, and accept it"
    if why := not_counted(history, asked.circulation, fact.member):
        yield why


def not_counted(history: History, circulation: Circulation, member: str) -> str:
    """Why what a member says counts for nothing in a circulation (5, 8), and when it does (23); "" where it counts."""
    name, known = circulation.opened.circulation, history.members.get(member)
    if member in circulation.left:
        return f"{member} has left and is not counted in {name}: what it says stays on record, and nobody waits for it"
    if member not in circulation.opened.invited:
        return ""
    if known is not None and known.status is Status.PENDING:
        counts = "once it is validated, what it decided counts in circulations that open from then on"
        return f"{member} awaits validation and is not counted in {name}: {counts}"
    return f"{member} was invited and is not counted in {name}: nobody waits for it"


def _after_comment(history: History, asked: Asked, state: State) -> str:
    """How a member stands that has commented: what it said is no decision, and breaks no silence (17)."""
    if silences(history, asked.circulation, asked.subject).get(asked.member) is Silence.CONSENT:
        return (
            "it breaks no silence, and at the deadline silence is consent; if it objects, or asks for other words, "
            "record that: --object, --amend"
        )
    if state is State.TACIT:
        return "its silence was consent, and stays so"
    return "the member has still to decide" if state is State.PENDING else "the decision stands"


def _late(asked: Asked, fact: Decided, state: State) -> str:
    """What becomes of a late decision, and what to do: after the close no objection is accepted (13)."""
    if not asked.circulation.closed or fact.choice is not Choice.OBJECT:
        return "it came late and counts for nothing until it is accepted: --accept-late"
    name = asked.circulation.opened.circulation
    how = "called off" if asked.circulation.closed.called_off else "closed"
    return f"{name} is {how}, after which no objection is accepted: it counts for nothing. {in_force(asked, state)}"


def in_force(asked: Asked, state: State) -> str:
    """What gives force to an objection that cannot be accepted, of a member that stands so."""
    back = ", or let the member take back its approval (--withdraw)" if state in FOR else ""
    whole = f"“paraph circulate {asked.circulation.opened.document} --until … --whole”"
    return f"To give it force, put the words to the members again ({whole}){back}"


def _deaf(history: History, asked: Asked, receipt: Receipt) -> Iterator[str]:
    """The other open circulations of the version whose tallies do not count what was received then (16)."""
    for other in open_circulations(history, asked.subject):
        if other is not asked.circulation and not other.hears(receipt.received):
            yield other.opened.circulation


def _received(history: History, subject: Subject, event: int) -> dt.datetime:
    return next(one.fact.receipt.received for one in history.entries[subject] if one.number == event)
