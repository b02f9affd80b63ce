"""What members said that counts for nothing, and that nobody may overlook: docs/approvals.md, 9, 13, 16a, 21 and 22."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from paraph.model.event import AmendmentProposed, Choice, Decided, Subject
from paraph.standing.fold import History
from paraph.standing.rules import Cause, State, found_against, position, positions, taken_back, unsettled
from paraph.workflow.approvals.said import SILENT, amendments_by, last_decision


def unheard(
    history: History, subjects: Iterable[Subject], members: Collection[str], signed: Collection[str] = ()
) -> tuple[Cause, ...]:
    """What those of `members` said on these versions that counts for nothing: objections (`late_objections`),
    reservations and abstentions that came too late, answers that are not recorded, and what was said of an earlier
    version after these were put; and what the `signed`, who would be listed, took back of a text adopted all the same.
    """
    subjects = tuple(dict.fromkeys(subjects))
    return (
        *late_objections(history, subjects, members),
        *_late_reserve(history, subjects, members),
        *_signs_without(history, subjects, signed),
        *_unsettled_answers(history, subjects, members),
        *of_earlier_versions(history, subjects, members),
    )


def late_objections(history: History, subjects: Iterable[Subject], members: Collection[str]) -> tuple[Cause, ...]:
    """Those of `members` whose last word on a version is an objection that came too late to count (13), or in time and
    was recorded after the close: nothing counts with it, and nobody should be surprised by it afterwards."""
    found: list[Cause] = []
    for subject in dict.fromkeys(subjects):
        if against := _last_words(history, subject, members, Choice.OBJECT):
            in_time = found_against(history, subject, against)
            late = tuple(one for one in against if one not in in_time)
            for why, some in (("found-objection", in_time), ("late-objection", late)):
                found += [Cause(why=why, members=some, subject=str(subject))] if some else []
    return tuple(found)


def _late_reserve(history: History, subjects: Iterable[Subject], members: Collection[str]) -> Iterator[Cause]:
    """Those of `members` whose last word is a reservation or an abstention that came too late to count: their names
    would stand without it."""
    for subject in dict.fromkeys(subjects):
        for choice, why in ((Choice.RESERVE, "late-reservation"), (Choice.ABSTAIN, "late-abstention")):
            if some := _last_words(history, subject, members, choice):
                yield Cause(why=why, members=some, subject=str(subject))


def _last_words(history: History, subject: Subject, members: Collection[str], choice: Choice) -> tuple[str, ...]:
    """Those of `members` whose last word on a version is `choice`, came too late to count, and is not what counts."""
    too_late = {
        one.fact.member
        for one in history.entries.get(subject, ())
        if not one.counts and isinstance(one.fact, Decided) and one.fact.choice is choice
    }
    return tuple(one for one in members if one in too_late and _says_late(history, subject, one, choice))


def _says_late(history: History, subject: Subject, member: str, choice: Choice) -> bool:
    last, event = last_decision(history, subject, member), position(history, subject, member).event
    if last is None or last.counts or not isinstance(last.fact, Decided) or last.fact.choice is not choice:
        return False
    said = (last.fact.choice, last.fact.text)
    since = [one.fact for one in history.entries[subject] if one.number == event]
    if any(isinstance(one, Decided) and (one.choice, one.text) == said for one in since):
        return False  # it only says again what counts
    return all(one.receipt.received <= last.fact.receipt.received for one in since)


def _unsettled_answers(history: History, subjects: Iterable[Subject], members: Collection[str]) -> Iterator[Cause]:
    """Those of `members` that answered after they had decided, if at all, what is not recorded and not settled: after
    the close, too, nobody should be surprised by it (16a)."""
    for subject in dict.fromkeys(subjects):
        if some := unsettled(history, subject, members):
            yield Cause(why="unsettled", members=some, subject=str(subject))
        if late := tuple(one for one in late_answers(history, subject, members) if one not in some):
            yield Cause(why="late-answer", members=late, subject=str(subject))


def late_answers(history: History, subject: Subject, members: Collection[str]) -> tuple[str, ...]:
    """Those of `members` whose last word on a version is an answer that is not recorded and not settled, and came too
    late for the circulation that it was given in."""
    never = dt.datetime.min.replace(tzinfo=dt.UTC), 0
    found = []
    for one in history.unrecorded.get(subject, ()):
        if one.late and one.member in members and not one.settled:
            last = last_decision(history, subject, one.member)
            if (last.order if last else never) < (one.received, one.number):
                found.append(one.member)
    return tuple(dict.fromkeys(found))


def unsettled_by(history: History, subject: Subject, member: str) -> bool:
    """Whether an answer of a member on a version is not settled, be it one that came late (16a)."""
    return bool(unsettled(history, subject, (member,)) or late_answers(history, subject, (member,)))


def waits(history: History, subject: Subject, member: str) -> str:
    """What a member said on a version that no word of it for all goes over: an answer that is not settled, or other
    words that it asked for; "" where there is none."""
    if unsettled_by(history, subject, member):
        return "an answer of the member on it was not recorded, and is not settled"
    if words := amendments_by(history, subject, member):
        return f"the member asked for other words (event {words[-1].number})"
    return ""


def of_earlier_versions(history: History, subjects: Iterable[Subject], members: Collection[str]) -> tuple[Cause, ...]:
    """Those of `members` that spoke against an earlier version after a version was put, in the packet of a circulation
    before, say, or took back that they stood behind that: be it that they did not decide on this one, or that nothing
    shows that they did so knowing of it. It is lapsed (20) and counts for nothing, but they were not silent."""
    found = []
    for subject in dict.fromkeys(subjects):
        versions = history.versions.get(subject.key, ())
        if earlier := [one.subject for one in versions if one.subject.version < subject.version]:
            begun = put_first(history, subject)
            spoke = {member for old in earlier for member in _speakers(history, old, begun)}
            since = {one: _Since.of(history, subject, one, begun) for one in members if one in spoke}
            some = tuple(
                one
                for one, after in since.items()
                if after and any(_spoke(history, old, one, after) for old in earlier)
            )
            if some:
                found.append(Cause(why="earlier-version", members=some, subject=str(subject)))
    return tuple(found)


def put_first(history: History, subject: Subject) -> dt.datetime:
    """When a version was put to the members for the first time; never, where it was not."""
    put = (one.begins for one in history.circulations.values() if subject in one.subjects)
    return min(put, default=dt.datetime.max.replace(tzinfo=dt.UTC))


class _Since(NamedTuple):
    """From when on what a member says of an earlier version is to be heard: after a version was put, and not received
    and recorded before its decision on that, which is its later word then."""

    begun: dt.datetime
    decided: tuple[dt.datetime, int] | None

    @classmethod
    def of(cls, history: History, subject: Subject, member: str, begun: dt.datetime) -> _Since | None:
        """None where the member objects to the version itself: it is heard."""
        held = position(history, subject, member)
        if held.state is State.OBJECTED:
            return None
        entries = history.entries.get(subject, ()) if held.state not in SILENT else ()
        return cls(begun, next((one.order for one in entries if one.number == held.event), None))

    def __call__(self, order: tuple[dt.datetime, int]) -> bool:
        """Whether something in that place among all that the member said (11) is to be heard."""
        known = self.decided and order < self.decided and order[1] < self.decided[1]
        return order[0] >= self.begun and not known


def _speakers(history: History, subject: Subject, since: dt.datetime) -> Iterator[str]:
    """Who said anything of a version since."""
    entries, answers = history.entries.get(subject, ()), history.unrecorded.get(subject, ())
    yield from (one.fact.member for one in entries if one.fact.receipt.received >= since)
    back = taken_back(history, subject)
    yield from (member for member, one in back.items() if one.fact.receipt.received >= since)
    yield from (one.member for one in answers if one.received >= since)


def _spoke(history: History, subject: Subject, member: str, since: _Since) -> bool:
    """Whether what it said last of a version since then, by a decision, other words or an answer that is not recorded,
    is no approval, or it took back that it stood behind it."""
    last = last_decision(history, subject, member)
    if last and since(last.order) and isinstance(last.fact, Decided) and last.fact.choice is not Choice.APPROVE:
        return True
    if any(since(one.order) for one in amendments_by(history, subject, member)):
        return True
    back = taken_back(history, subject).get(member)
    if back and since(back.order) and (not last or last.order < back.order):
        gone = (one.fact for one in history.entries.get(subject, ()) if one.number == back.fact.decision)
        if any(isinstance(one, Decided) and one.choice in (Choice.APPROVE, Choice.RESERVE) for one in gone):
            return True
    answers = (one for one in history.unrecorded.get(subject, ()) if one.member == member and not one.settled)
    after = (one for one in answers if not last or last.order < (one.received, one.number))
    return any(since((one.received, one.number)) for one in after)


def other_versions(history: History, fact: Decided | AmendmentProposed) -> str:
    """What a person is asked where what a member says of one version and of another do not fit, and nothing shows which
    of the two it said knowing of the other; or ""."""
    against = isinstance(fact, AmendmentProposed) or fact.choice not in (Choice.APPROVE, Choice.COMMENT)
    for one in history.versions.get(fact.subject.key, ()) if against else ():
        state, event = position(history, one.subject, fact.member)
        if one.subject.version <= fact.subject.version or state in (*SILENT, State.OBJECTED):
            continue
        if fact.receipt.received >= put_first(history, one.subject):
            return f"{fact.member} is on record as {state} on {one.subject} (event {event}): what stands?"
    takes = isinstance(fact, Decided) and fact.choice not in (Choice.OBJECT, Choice.COMMENT)
    if takes and of_earlier_versions(history, (fact.subject,), (fact.member,)):
        return f"{fact.member} spoke against an earlier version after this one was put: does this settle it?"
    return ""


def _signs_without(history: History, subjects: Iterable[Subject], signed: Collection[str]) -> Iterator[Cause]:
    """Those that would be listed as signing and took back what they had decided on a clause, adopted without them: the
    signature would say that they stand behind it (22)."""
    for subject in dict.fromkeys(subjects):
        held, back = positions(history, subject, signed), taken_back(history, subject)
        if some := tuple(one for one in signed if one in back and held[one].state is State.PENDING):
            yield Cause(why="signs-without", members=some, subject=str(subject))
