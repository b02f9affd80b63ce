"""The events of a register, gathered by what they are about: docs/approvals.md, “Circulations” and “Decisions”.

Whether a decision counts is settled here, one event after the other, so that the order of things is that of their
numbers. Nothing is raised: an event that makes no sense after those before it is named in `problems` and left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from paraph.model.event import (
    GENESIS,
    AmendmentProposed,
    AnswerSettled,
    Choice,
    CirculationClosed,
    CirculationOpened,
    ClauseVersion,
    Decided,
    DecisionWithdrawn,
    DocumentVersion,
    Event,
    Fact,
    Head,
    LateAccepted,
    MemberChanged,
    MemberJoined,
    MemberLeft,
    NoticeRecorded,
    PacketReturned,
    Receipt,
    Released,
    ReleaseWithdrawn,
    Subject,
    TranslationValidated,
)
from paraph.model.language import Texts
from paraph.model.member import Status


@dataclass(slots=True)
class Circulation:
    """A circulation so far. `notices`: when each member was first told; `left`: those of the electorate that left.

    `opened_at` is the number of the event that opened it and `opened_on` when that was; nothing is received in it
    before `begins` (7); `closed_at` and `closed_on` are those of its close, 0 and None while it is open.
    """

    opened: CirculationOpened
    opened_at: int
    opened_on: dt.datetime
    notices: dict[str, dt.datetime] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)
    closed: CirculationClosed | None = None
    closed_at: int = 0
    closed_on: dt.datetime | None = None
    subjects: frozenset[Subject] = field(init=False)
    keys: frozenset[str] = field(init=False)
    begins: dt.datetime = field(init=False)

    def __post_init__(self) -> None:
        self.subjects = frozenset(self.opened.subjects)
        self.keys = frozenset(one.key for one in self.opened.subjects)
        self.begins = self.opened_on.replace(second=0)  # people write when they received something to the minute

    def hears(self, received: dt.datetime, said_in: str = "") -> bool:
        """Whether its tally may count what was received then, where it was not said in it (16)."""
        opened = self.opened
        return received <= opened.deadline or said_in == opened.circulation or not opened.strict

    def let_in(self, entry: Entry) -> bool:
        """Whether a decision made in it counts though it came after the deadline: it was accepted (13)."""
        receipt, asked = entry.fact.receipt, self.opened
        late = receipt.received > asked.deadline and entry.fact.circulation == asked.circulation
        return asked.strict and late and entry.counts

    def answered(self, answer: Unrecorded) -> bool:
        """Whether an answer that was not recorded is of concern to its tally (16a)."""
        return answer.received <= self.opened.deadline if self.opened.strict else not answer.late

    def counts_with(self, amendment: AmendmentProposed) -> bool:
        """Whether its tally counts with an amendment that was in time where it was proposed (17)."""
        asked = self.opened
        return amendment.circulation == asked.circulation or (
            asked.strict and amendment.receipt.received <= asked.deadline
        )


class Lean(NamedTuple):
    """A decision without the words that nothing is counted by: made in a fifth of the time of a `Decided`, which of
    half a million, when a register is verified, is a second."""

    circulation: str
    member: str
    subject: Subject
    choice: Choice
    receipt: Receipt
    text: str = ""
    language: str = ""


Decision: TypeAlias = Decided | Lean


@dataclass(slots=True)
class Entry:
    """A decision or an amendment, by the number of its event; `counts` unless it is late and not accepted.

    `gone` is what took it back before it counted, so that it never will (12).
    """

    number: int
    fact: Decision | AmendmentProposed
    counts: bool
    gone: Withdrawal | None = None

    @property
    def order(self) -> tuple[dt.datetime, int]:
        """Its place among all that the member said: by when it was received, then by when it was recorded (11)."""
        return self.fact.receipt.received, self.number


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What a member took back. `circulation`: the one after whose deadline it came, and which was open then; or "".

    Only circulations of before each ended at its own deadline ask for that: see `History.felt`.
    """

    number: int
    fact: DecisionWithdrawn
    circulation: str

    @property
    def order(self) -> tuple[dt.datetime, int]:
        """Its place among all that the member said: what has an earlier one is taken back (12)."""
        return self.fact.receipt.received, self.number


@dataclass(slots=True)
class Unrecorded:
    """An answer that came and was not recorded, by the number of its event (16a).

    `late`: after the deadline, or recorded after the close, of its own circulation, which those of before each ended at
    its own deadline ask for.
    """

    number: int
    member: str
    received: dt.datetime
    circulation: str
    late: bool
    settled: bool = False


@dataclass(slots=True)
class Membership:
    """What a member is on record, by which names, how many facts about it there are, and whether it ever was active."""

    status: Status
    names: Texts
    facts: int = 0
    was_active: bool = False


@dataclass(slots=True)
class History:
    """Everything on record that standing is computed from.

    `versions` by the key of a clause or document, in the order of their numbers; `entries`, `withdrawals` and
    `unrecorded` by the exact version; `returned`, when the last packet came back, by circulation and member;
    `translations` by the key of a clause; `releases` by reference, those `taken_off` withdrawn.
    """

    members: dict[str, Membership] = field(default_factory=dict)
    versions: dict[str, list[ClauseVersion | DocumentVersion]] = field(default_factory=dict)
    circulations: dict[str, Circulation] = field(default_factory=dict)
    entries: dict[Subject, list[Entry]] = field(default_factory=dict)
    withdrawals: dict[Subject, list[Withdrawal]] = field(default_factory=dict)
    unrecorded: dict[Subject, list[Unrecorded]] = field(default_factory=dict)
    returned: dict[tuple[str, str], dt.datetime] = field(default_factory=dict)
    translations: dict[str, list[TranslationValidated]] = field(default_factory=dict)
    releases: dict[str, Released] = field(default_factory=dict)
    taken_off: set[str] = field(default_factory=set)
    last: Head = field(default_factory=Head)
    problems: list[str] = field(default_factory=list)

    def add(self, event: Event) -> None:
        """Take in the next event."""
        self.last = Head(number=event.number, hash=event.hash)
        match event.fact:
            case Decided() | AmendmentProposed() as fact:
                self.decide(event.number, fact)
            case MemberJoined() | MemberChanged() as fact:
                known = self.members.get(fact.member)
                active = fact.status is Status.ACTIVE or (known is not None and known.was_active)
                self.members[fact.member] = Membership(fact.status, fact.names, known.facts + 1 if known else 1, active)
                if fact.status is Status.LEFT:
                    self._leave(fact.member)
            case ClauseVersion() | DocumentVersion() as fact:
                self._add_version(event, fact)
            case TranslationValidated() as fact:
                self.translations.setdefault(fact.subject.key, []).append(fact)
            case Released() as fact:
                self.releases[fact.reference] = fact
            case ReleaseWithdrawn() as fact:
                self.taken_off.add(fact.reference)
            case DecisionWithdrawn() as fact:
                if entry := self._entry(event.number, fact.decision, fact.member, fact.subject):
                    self._withdraw(event.number, fact, entry)
            case LateAccepted() as fact:
                if entry := self._entry(event.number, fact.decision, fact.member, fact.subject):
                    self._accept(event.number, entry)
            case _:
                self._add_to_circulations(event)

    def decide(self, number: int, fact: Decision | AmendmentProposed) -> None:
        """Take in what a member decided or proposed in event `number`, as `add` does, but for `last`."""
        asked = self.circulations.get(fact.circulation)
        if asked is None or fact.subject not in asked.subjects or fact.receipt.received < asked.begins:
            asked = self._asking(number, fact)
        if asked:
            in_time = asked.closed is None and fact.receipt.received <= asked.opened.deadline
            self.entries.setdefault(fact.subject, []).append(Entry(number, fact, in_time))

    def suppose(self, fact: Fact) -> None:
        """Take in a fact that is about to be recorded after all others."""
        number = self.last.number + 1
        at = dt.datetime.fromtimestamp(0, dt.UTC)
        self.add(Event(number=number, prev=self.last.hash, hash=GENESIS, at=at, request="", by="", fact=fact))

    def _add_to_circulations(self, event: Event) -> None:
        match event.fact:
            case MemberLeft(member=member):
                if member in self.members:
                    self.members[member].status = Status.LEFT
                    self.members[member].facts += 1
                self._leave(member)
            case CirculationOpened() as fact:
                if fact.circulation in self.circulations:
                    self._problem(event.number, f"circulation {fact.circulation} was open already")
                else:
                    self.circulations[fact.circulation] = Circulation(fact, event.number, event.at)
            case NoticeRecorded() as fact:
                if asked := self._begun(event.number, fact):
                    told = asked.notices.get(fact.member, fact.receipt.received)
                    asked.notices[fact.member] = min(told, fact.receipt.received)
            case PacketReturned() as fact:
                self._return(event, fact)
            case AnswerSettled() as fact:
                self._settle(event, fact)
            case CirculationClosed() as fact:
                if asked := self._circulation(event.number, fact.circulation):
                    if asked.closed:
                        self._problem(event.number, f"circulation {fact.circulation} was closed already")
                    else:
                        asked.closed, asked.closed_at, asked.closed_on = fact, event.number, event.at

    def _leave(self, member: str) -> None:
        """Who leaves before the close no longer counts in a circulation, and does not by coming back (8)."""
        for one in self.circulations.values():
            if one.closed is None and member in one.opened.electorate:
                one.left.add(member)

    def _add_version(self, event: Event, fact: ClauseVersion | DocumentVersion) -> None:
        versions = self.versions.setdefault(fact.subject.key, [])
        if fact.subject.version != len(versions) + 1:
            self._problem(event.number, f"{fact.subject} is no next version: there are {len(versions)}")
        else:
            versions.append(fact)

    def felt(self, withdrawal: Withdrawal, asked: Circulation | None) -> bool:
        """Whether the tally of `asked` counts with a withdrawal (14). Without `asked`, where members stand now: yes.

        In circulations opened before each ended at its own deadline, one that came late waits for the close of its own.
        """
        if asked is None:
            return True
        if asked.opened.strict:
            return asked.hears(withdrawal.fact.receipt.received)
        waits = self.circulations.get(withdrawal.circulation)
        return waits is None or waits.closed is not None

    def _withdraw(self, number: int, fact: DecisionWithdrawn, entry: Entry) -> None:
        asked = self.circulations[entry.fact.circulation]
        if fact.receipt.received < entry.fact.receipt.received:
            self._problem(number, f"it was received before event {entry.number}, which it takes back")
            return
        if fact.alone and not entry.counts:
            entry.gone = Withdrawal(number, fact, "")
            return
        late = asked.closed is None and fact.receipt.received > asked.opened.deadline
        name = asked.opened.circulation if late else ""
        self.withdrawals.setdefault(fact.subject, []).append(Withdrawal(number, fact, name))

    def _accept(self, number: int, entry: Entry) -> None:
        closed = self.circulations[entry.fact.circulation].closed
        if isinstance(entry.fact, AmendmentProposed):
            self._problem(number, "an amendment that came late never counts")
        elif entry.gone:
            self._problem(number, f"event {entry.number} was taken back before it counted")
        elif closed and entry.fact.choice is Choice.OBJECT:
            self._problem(number, "an objection cannot be accepted after the close")
        else:
            entry.counts = True

    def _return(self, event: Event, fact: PacketReturned) -> None:
        """Keep what came and was not recorded (16a)."""
        asked = self._begun(event.number, fact)
        if asked is None:
            return
        self.returned[fact.circulation, fact.member] = fact.receipt.received
        late = asked.closed is not None or fact.receipt.received > asked.opened.deadline
        for subject in fact.unrecorded:
            if subject.key not in asked.keys:
                self._problem(event.number, f"{fact.circulation} does not ask about {subject}")
            else:
                answer = Unrecorded(event.number, fact.member, fact.receipt.received, fact.circulation, late)
                self.unrecorded.setdefault(subject, []).append(answer)

    def _settle(self, event: Event, fact: AnswerSettled) -> None:
        answers = [one for one in self.unrecorded.get(fact.subject, ()) if one.member == fact.member]
        if not answers:
            self._problem(event.number, f"{fact.member} answered nothing on {fact.subject} that was not recorded")
        for one in answers:
            one.settled = True

    def _asking(self, number: int, fact: Decision | AmendmentProposed) -> Circulation | None:
        """The circulation in which a decision was asked for: some version of its subject was put there (15)."""
        asked = self._begun(number, fact)
        if asked and fact.subject.key not in asked.keys:
            self._problem(number, f"{fact.circulation} does not ask about {fact.subject}")
            return None
        return asked

    def _begun(
        self, number: int, fact: Decision | AmendmentProposed | NoticeRecorded | PacketReturned
    ) -> Circulation | None:
        """The circulation in which something was received; never before it was opened (7)."""
        asked = self._circulation(number, fact.circulation)
        if asked and fact.receipt.received < asked.begins:
            self._problem(number, _too_early(asked))
            return None
        return asked

    def _circulation(self, number: int, name: str) -> Circulation | None:
        asked = self.circulations.get(name)
        if asked is None:
            self._problem(number, f"there is no circulation {name}")
        return asked

    def _entry(self, number: int, decision: int, member: str, subject: Subject) -> Entry | None:
        for entry in self.entries.get(subject, ()):
            if entry.number == decision and entry.fact.member == member:
                return entry
        self._problem(number, f"event {decision} is no decision of {member} on {subject}")
        return None

    def _problem(self, number: int, what: str) -> None:
        self.problems.append(f"event {number}: {what}")


def _too_early(asked: Circulation) -> str:
    return f"it was received before {asked.opened.circulation} was opened"


def fold(events: Iterable[Event]) -> History:
    """The history that `events`, in the order of their numbers, make."""
    history = History()
    for event in events:
        history.add(event)
    return history
