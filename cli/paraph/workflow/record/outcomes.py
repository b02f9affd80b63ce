"""What became of what is on record: a decision superseded, taken back or late; how a circulation counted; what changed.

`paraph log` tells it beside each event, so that nothing on record is mistaken for what stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from paraph.markup.diff import diff, marked
from paraph.model.event import (
    AmendmentProposed,
    Choice,
    CirculationClosed,
    ClauseVersion,
    Decided,
    Event,
    LateAccepted,
    Released,
    Subject,
    SubjectKind,
    Tally,
)
from paraph.model.rule import RuleKind, read_rule
from paraph.standing.fold import Circulation, Entry, History, Withdrawal
from paraph.standing.rules import State, amended, decided, electorate, position
from paraph.workflow.approvals.causes import counted, state_in
from paraph.workflow.approvals.references import is_circulation, subject_keys
from paraph.workflow.approvals.said import NO_CONSENT, ends_consent, last_decision
from paraph.workflow.record import log
from paraph.workflow.record.ledger import events_of, opened, to_look
from paraph.workflow.releases.behind import behind


def told(root: Path, reference: str) -> Iterator[tuple[log.Entry, tuple[str, ...]]]:
    """Everything on record about a clause, a document, a version of either, a circulation, a release or a member, in
    order.

    Each with what became of it, a line each. Raises UsageError where nothing is on record.
    """
    id_, _, version = reference.partition("@")
    with opened(root, to_look(root)) as register, register.reading() as reader:
        with log.entries(root, reference) as found:
            entries = tuple(found)
        circulation = is_circulation(reference)
        own = subject_keys(reader, reference) if circulation else [f"{kind}/{id_}" for kind in SubjectKind]
        said = (getattr(entry.event.fact, "subject", None) for entry in entries)  # of a member, on many texts
        keys = dict.fromkeys((*own, *(one.key for one in said if one)))
        outcomes = _Outcomes("" if circulation else id_, version, events_of(reader, keys))
        for entry in entries:
            fact = entry.event.fact
            if isinstance(fact, Released):
                yield entry, tuple(f"{what}: {words}" for what, words in behind(reader, fact))
            else:
                yield entry, tuple(outcomes.of(entry.event))


def _unsaid(tally: Tally) -> Iterator[str]:
    """Who is in a tally without an event that says so: silence must be told by name, or nobody can answer for it."""
    for state in (State.TACIT, State.PENDING):
        if members := [one.member for one in tally.members if one.state == state]:
            yield f"{tally.subject} {state_in(tally, state)}: {', '.join(members)}"


class _Outcomes:
    """What became of events, given all about the same subjects; tallies are told of `id_` and `version` ("": any)."""

    def __init__(self, id_: str, version: str, events: tuple[Event, ...]) -> None:
        self._id, self._version = id_, version
        self._history = History()
        self._accepted: dict[int, int] = {}
        for event in events:
            self._history.add(event)
            if isinstance(event.fact, LateAccepted):
                self._accepted[event.fact.decision] = event.number

    def of(self, event: Event) -> Iterator[str]:
        match event.fact:
            case Decided() | AmendmentProposed() as fact:
                entry = next(
                    (one for one in self._history.entries.get(fact.subject, ()) if one.number == event.number), None
                )
                if entry:
                    yield from self._entry(entry)
            case CirculationClosed() as fact if not fact.called_off:
                asked = self._history.circulations[fact.circulation]
                if asked.left:
                    yield f"left before the close, and not counted: {', '.join(sorted(asked.left))}"
                for tally in fact.tallies:
                    if self._asked(tally.subject):
                        yield f"{tally.subject} {counted(tally)}"
                        yield from _unsaid(tally)
                        if who := self._broke_silence(asked, tally):
                            yield f"{tally.subject}: other words asked for, which broke the silence: {', '.join(who)}"
            case ClauseVersion() as fact if fact.subject.version > 1:
                yield from self._changed(fact)

    def _asked(self, subject: Subject) -> bool:
        return self._id in ("", subject.id) and self._version in ("", str(subject.version))

    def _broke_silence(self, asked: Circulation, tally: Tally) -> tuple[str, ...]:
        """Who asked for other words in time, where nothing else says why a version was not adopted (17)."""
        if tally.adopted or read_rule(asked.opened.rule).kind is not RuleKind.SILENCE:
            return ()
        return amended(self._history, tally.subject, electorate(asked), asked)

    def _entry(self, entry: Entry) -> Iterator[str]:
        fact, history = entry.fact, self._history
        if isinstance(fact, Decided) and fact.choice is Choice.COMMENT:
            return
        decisions = {one.number for one in history.entries[fact.subject] if isinstance(one.fact, Decided)}
        back = [
            one
            for one in history.withdrawals.get(fact.subject, ())
            if one.fact.member == fact.member
            and (
                one.fact.decision == entry.number
                or (entry.number in decisions and one.fact.decision in decisions and one.order > entry.order)
            )
        ]
        if entry.gone:
            yield f"taken back by event {entry.gone.number}"
        elif back:
            yield f"taken back by event {back[0].number}{self._counted(entry, back[0])}"
        elif not entry.counts:
            found = ends_consent(history, fact.subject, fact.receipt.received, entry.number)
            what = "it never counts" if isinstance(fact, AmendmentProposed) else self._uncounted(entry)
            yield f"{'recorded after the close' if found else 'late'}: {what}"
            if found:
                yield NO_CONSENT
        else:
            if entry.number in self._accepted:
                yield f"late, accepted by event {self._accepted[entry.number]}"
            standing = position(history, fact.subject, fact.member).event
            if isinstance(fact, Decided) and standing != entry.number:
                yield f"superseded by event {standing}"
        if fact.member in history.circulations[fact.circulation].left:
            yield f"{fact.member} left before the close of {fact.circulation}, whose tally does not count it"
        last = history.versions[fact.subject.key][-1].subject.version if fact.subject.key in history.versions else 0
        if last > fact.subject.version:
            yield f"lapsed: the text has moved on to version {last}"

    def _uncounted(self, entry: Entry) -> str:
        """What is still to come of a late decision that was not accepted: only the last of them can be (13)."""
        fact, last = entry.fact, last_decision(self._history, entry.fact.subject, entry.fact.member)
        if last and last.order > entry.order:
            return f"it counted for nothing, and was superseded by event {last.number}"
        if (
            isinstance(fact, Decided)
            and fact.choice is Choice.OBJECT
            and self._history.circulations[fact.circulation].closed
        ):
            return "it counts for nothing, and after the close no objection is accepted"
        return "it counts for nothing until it is accepted"

    def _counted(self, entry: Entry, back: Withdrawal) -> str:
        """Where a tally counts a decision that was taken back after the deadline (14), in whatever circulation."""
        found, fact = "", entry.fact
        for name, asked in self._history.circulations.items():
            late = back.fact.receipt.received > asked.opened.deadline
            if fact.subject not in asked.subjects or not (late or (asked.closed and back.number > asked.closed_at)):
                continue
            counted = decided(self._history, fact.subject, (fact.member,), asked)[fact.member].event
            for tally in asked.closed.tallies if asked.closed else ():
                if tally.subject == fact.subject:
                    counted = next((one.event for one in tally.members if one.member == fact.member), 0)
            if counted == entry.number and not (asked.closed and asked.closed.called_off):
                found += f", after the {'deadline' if late else 'close'} of {name}, whose tally counts it"
        return found

    def _changed(self, fact: ClauseVersion) -> Iterator[str]:
        before = self._history.versions[fact.subject.key][fact.subject.version - 2]
        assert isinstance(before, ClauseVersion)
        for language in dict.fromkeys((*before.texts, *fact.texts)):
            changes = diff(before.texts.get(language, ""), fact.texts.get(language, ""))
            if len(changes) > 1:
                yield f"[{language}] {' '.join(marked(changes).split())}"
