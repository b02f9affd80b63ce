"""What the events of a chain say about each other, computed anew: digests of versions, tallies, what makes sense."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from sys import intern
from typing import Literal, TypeAlias

import msgspec

from paraph.errors import RegisterError
from paraph.model.event import (
    AmendmentProposed,
    AnswerSettled,
    Choice,
    CirculationClosed,
    CirculationOpened,
    ClauseVersion,
    DocumentVersion,
    Event,
    Fact,
    PacketReturned,
    Receipt,
    Released,
    Subject,
    TranslationValidated,
)
from paraph.model.fault import Fault
from paraph.model.member import Status
from paraph.model.rule import read_rule
from paraph.register.codec import event_of, read_loosely
from paraph.register.evidence import Evidence
from paraph.standing.fold import Decision, History, Lean
from paraph.standing.gate import outcome, parted_on, unmet
from paraph.standing.rules import State, count
from paraph.standing.versions import is_sound


class _Receipt(msgspec.Struct):
    received: msgspec.Raw
    evidence: tuple[str, ...]


class _Decision(msgspec.Struct):
    """Of a decision what a tally needs: of 99 events in 100, the rest is passed over unread."""

    circulation: str
    member: str
    subject: msgspec.Raw
    choice: Choice
    receipt: _Receipt


class _Decided(msgspec.Struct):
    kind: Literal["decided"]
    number: int
    data: _Decision


Keys: TypeAlias = tuple[str, ...]
"""What an event is about, as the index has it."""

_SILENT = (State.PENDING, State.TACIT)
_read_decision = msgspec.json.Decoder(_Decided).decode


class Recount:
    """The history so far, with no more of each event in memory than tallies need.

    Whether events are written as they should be is `paraph.register.chain`’s business; here, what they say. The files
    that they name are noted in `evidence`.
    """

    def __init__(self, evidence: Evidence | None = None) -> None:
        self._evidence = evidence
        self._history = History()
        self._known: dict[Subject, Subject] = {}
        self._written: dict[bytes, tuple[Subject, Keys]] = {}
        self._asked: dict[str, frozenset[str]] = {}
        self._received: tuple[bytes, Receipt] = (
            b"",
            Receipt(received=dt.datetime.min.replace(tzinfo=dt.UTC), channel=""),
        )

    def take(self, body: bytes) -> tuple[Keys | None, list[Fault]]:
        """What the next event is about, and what is wrong with it. None where it cannot be read."""
        wrong: list[Fault] = []
        try:
            if read := _decision(body):
                number, about = read.number, self._decision(read.number, read.data, wrong)
            else:
                event = event_of(read_loosely(body), "", b"")
                number, about = event.number, event.fact.about()
                wrong = self._other(event)
                self._history.add(event)
        except (RegisterError, ValueError, RecursionError):
            return None, []
        if self._history.problems:
            wrong += [Fault("sense", what, number) for what in self._history.problems]
            self._history.problems.clear()
        return about, wrong

    def _decision(self, number: int, read: _Decision, wrong: list[Fault]) -> Keys:
        """Take in a decision, and note what is wrong with it: what it is about."""
        if found := self._written.get(written := bytes(read.subject)):
            subject, about = found
        else:
            subject = msgspec.json.decode(written, type=Subject)
            about = (subject.key,)
            if subject in self._known:
                subject = self._known[subject]
                self._written[written] = subject, about
            else:
                wrong.append(Fault("version", f"event {number}: {_unknown(subject)}", number))
        fact = Lean(intern(read.circulation), intern(read.member), subject, read.choice, self._receipt(read.receipt))
        if fact.member not in self._asked.get(fact.circulation, (fact.member,)):
            wrong.append(Fault("uninvited", f"event {number}: {_uninvited(fact)}", number))
        if self._evidence and read.receipt.evidence:
            self._evidence.want(number, read.receipt.evidence)
        self._history.decide(number, fact)
        return about

    def _receipt(self, read: _Receipt) -> Receipt:
        """When a decision was received; many in a row were received together."""
        received = bytes(read.received)
        if self._received[0] != received:
            self._received = received, Receipt(received=msgspec.json.decode(received, type=dt.datetime), channel="")
        return self._received[1]

    def _other(self, event: Event) -> list[Fault]:
        number = event.number
        if self._evidence:
            self._evidence.note(number, event.fact)
        wrong = []
        try:
            for kind, what in self._questions(event):
                wrong.append(Fault(kind, f"event {number}: {what}", number))
        except (ValueError, OverflowError) as error:  # no rule, or a notice of a million years
            wrong.append(Fault("sense", f"event {number}: nothing can be counted by its rule ({error})", number))
        return wrong

    def _questions(self, event: Event) -> Iterator[tuple[str, str]]:
        """What is wrong with a fact that is no decision: the kind of fault, and the words.

        Raises ValueError or OverflowError where nothing can be counted by a rule.
        """
        fact = event.fact
        if isinstance(fact, ClauseVersion | DocumentVersion):
            self._known[fact.subject] = fact.subject
            if not is_sound(fact):
                yield "digest", f"the digest of {fact.subject} is not that of its words"
        for subject in _subjects(fact):
            if subject not in self._known:
                yield "version", _unknown(subject)
        match fact:
            case CirculationOpened():
                self._asked[fact.circulation] = frozenset((*fact.electorate, *fact.invited))
                self._known |= {one: one for one in fact.subjects if one in self._known}
                self._written.clear()  # decisions on them are of the same objects from here on: compared in no time
                read_rule(fact.rule)
            case AmendmentProposed() if fact.member not in self._asked.get(fact.circulation, (fact.member,)):
                yield "uninvited", _uninvited(fact)
            case CirculationClosed():
                yield from self._tallies(fact, event.at)
            case Released():
                yield from self._release(fact)
            case _:
                pass

    def _tallies(self, fact: CirculationClosed, at: dt.datetime) -> Iterator[tuple[str, str]]:
        asked = self._history.circulations.get(fact.circulation)
        if asked is None:
            return  # the history says so
        if tuple(one.subject for one in fact.tallies) != asked.opened.subjects:
            yield "tally", "the tallies are not those of what was put to the members"
        early = at <= asked.opened.deadline and not fact.called_off
        if early and any(one.state in _SILENT for tallied in fact.tallies for one in tallied.members):
            yield "tally", f"{fact.circulation} was closed before its deadline, and not everybody had decided"
        for recorded in fact.tallies:
            adopted, found = count(self._history, asked, recorded.subject, called_off=fact.called_off)
            counted = [(one.member, (one.state, one.event)) for one in recorded.members]
            if adopted != recorded.adopted or [*found.items()] != counted:
                yield "tally", f"the tally of {recorded.subject} is not what the decisions before it come to"

    def _release(self, fact: Released) -> Iterator[tuple[str, str]]:
        """A release is of a version whose rule was met when it was recorded, with the clauses of that version; one that
        calls itself provisional says that it was not."""
        versions = self._history.versions.get(fact.subject.key, [])
        document = next((one for one in versions if one.subject == fact.subject), None)
        if not isinstance(document, DocumentVersion):
            return  # it is no version on record, which is said
        if fact.clauses != document.clauses:
            yield "release", f"the clauses of {fact.reference} are not those of {fact.subject}"
        if not fact.provisionally and (causes := unmet(self._history, document)):
            why = "; ".join(f"{one.subject} {one.why}" for one in causes[:3])
            yield "release", f"{fact.reference} was released although its rule was not met ({why})"
        closed = outcome(self._history, document.subject)
        if closed and closed[0].opened.strict:  # before that was the rule, nobody asked who says two things
            active = [member for member, one in self._history.members.items() if one.status is Status.ACTIVE]
            for cause in parted_on(self._history, document, active):
                who = " and ".join(cause.members)
                yield "release", f"{fact.reference} lists {who} as signing it, and {who} objected to {cause.subject}"


def _decision(body: bytes) -> _Decided | None:
    """A decision; None for any other event, and for what is none that can be read."""
    try:
        return _read_decision(body)
    except msgspec.ValidationError:
        return None


def _uninvited(fact: Decision | AmendmentProposed) -> str:
    """Somebody speaks who was not asked; a circulation that is not there is said elsewhere."""
    return f"{fact.member} was not asked in {fact.circulation}"


def _unknown(subject: Subject) -> str:
    return f"the version {subject} is not on record with these words"


def _subjects(fact: Fact) -> tuple[Subject, ...]:
    """The versions that a fact other than a decision speaks of, which must be on record before it."""
    match fact:
        case AmendmentProposed() | AnswerSettled() | TranslationValidated():
            return (fact.subject,)
        case PacketReturned():
            return fact.unrecorded
        case CirculationOpened():
            return fact.subjects
        case DocumentVersion():
            return fact.clauses
        case Released():
            return (fact.subject, *fact.clauses)
    return ()
