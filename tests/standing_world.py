"""A small world in which things happen to a register, in any order: what is asked of it is in `standing_questions`.

Rehearsals all: no institution decided any of it. Each method appends what would be recorded.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

import slow_record
import slow_standing
import slow_tally
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
    LateAccepted,
    MemberChanged,
    MemberJoined,
    MemberLeft,
    NoticeRecorded,
    PacketReturned,
    Receipt,
    Subject,
    TranslationValidated,
)
from paraph.model.member import Status
from paraph.model.rule import read_rule
from paraph.standing import rules, versions
from paraph.standing.fold import History

MEMBERS = ("albania", "malta", "spain", "turkey", "greece")
DOCUMENTS = {"declaration": ("detention", "schooling"), "letter": ("schooling", "guardians")}
SELECTIONS = (("schooling", "guardians"), ("guardians", "schooling"), ("schooling",))
"""What the letter may be made of: the words are the same at first, whatever their order."""
CLAUSES = ("detention", "schooling", "guardians")
WORDS = ("No child is detained.", "No child is ever detained.", "No child is detained .")
RULES = ("consensus", "unanimity", "2 of 3", "1 of 4", "silence 3 days", "silence 72 hours")
DEADLINES = tuple(dt.datetime(2026, 3, day, 17, tzinfo=dt.UTC) for day in (1, 3, 9))
OPEN = dt.timedelta(days=5)
"""How long before its deadline a circulation is opened, but for half a minute."""
SECONDS = (-432001, -432000, -400000, -259201, -259200, -259199, -1, 0, 1, 200000)
AROUND = tuple(dt.timedelta(seconds=seconds) for seconds in SECONDS)
"""How long after a deadline something is received: before the circulation was opened, in the minute in which it was,
well before the 72 hours of notice, …, long after."""
TEXTS = ("Aucun enfant", "لا يُحتجز أي طفل")
ADOPTION = {"declaration": "body", "letter": "each"}
FRAMES: tuple[dict[str, tuple[str, ...]], ...] = ({}, {"en": ("Done at", "signed"), "fr": ("Fait à", "signé")})


class World:
    """A register in the making. `events` are all; `sound` those that make sense; the others must change nothing."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.sound: list[Event] = []
        self.history = History()
        self.clauses = {clause: {"en": WORDS[0], "fr": "Aucun enfant."} for clause in CLAUSES}
        self.titles = dict.fromkeys(DOCUMENTS, "Déclaration")
        self.selected = dict(DOCUMENTS)
        self.frames = dict.fromkeys(DOCUMENTS, FRAMES[0])
        self.seen: Counter[str] = Counter()
        for member in MEMBERS[:3]:
            self.happens(MemberJoined(member=member, status=Status.ACTIVE, names={}))
        self.happens(MemberJoined(member=MEMBERS[3], status=Status.PENDING, names={}))

    # what has happened

    @property
    def files(self) -> slow_standing.Files:
        return slow_standing.Files(
            texts=self.clauses,
            selected=self.selected,
            adoption=ADOPTION,
            lines={document: self.lines(document) for document in DOCUMENTS},
            frames=self.frames,
        )

    def lines(self, document: str) -> dict[str, tuple[str, ...]]:
        return {
            language: (self.titles[document], *(self.clauses[clause][language] for clause in self.selected[document]))
            for language in ("en", "fr")
        }

    def now(self, document: str) -> versions.Now:
        clauses = self.selected[document]
        return versions.Now(
            id=document,
            adoption=ADOPTION[document],
            clauses=clauses,
            texts={clause: self.clauses[clause] for clause in clauses},
            lines=self.lines(document),
            frame=self.frames[document],
        )

    def subjects(self) -> list[Subject]:
        return [event.fact.subject for event in self.sound if isinstance(event.fact, ClauseVersion | DocumentVersion)]

    def circulations(self) -> list[CirculationOpened]:
        return [event.fact for event in self.sound if isinstance(event.fact, CirculationOpened)]

    def entries(self) -> list[Event]:
        return [event for event in self.sound if isinstance(event.fact, Decided | AmendmentProposed)]

    # what happens

    def happens(self, fact: Fact, *, at: dt.datetime = DEADLINES[0]) -> int:
        """Recorded: what makes no sense is named by the fold as a problem, and nothing else is."""
        number = len(self.events) + 1
        event = Event(number=number, prev=GENESIS, hash=GENESIS, at=at, request=str(number), by="", fact=fact)
        self.events.append(event)
        problems = len(self.history.problems)
        self.history.add(event)
        sense = slow_record.makes_sense(self.sound, event)
        assert (len(self.history.problems) == problems) is sense, self.history.problems[problems:] or fact
        if sense:
            self.sound.append(event)
        self.seen[fact.kind + ("" if sense else " (nonsense)")] += 1
        return number

    def membership(self, member: str, status: Status, changed: bool) -> None:
        before = slow_record.statuses(self.sound).get(member, Status.LEFT)
        if status is before:
            return
        if status is Status.LEFT and not changed:
            self.happens(MemberLeft(member=member))
        elif before is Status.LEFT:
            self.happens(MemberJoined(member=member, status=status, names={}))
        else:
            self.happens(MemberChanged(member=member, status=status, names={}))

    def edit(self, clause: str, language: str, words: str) -> None:
        self.clauses[clause] = {**self.clauses[clause], language: words}

    def retitle(self, document: str, title: str) -> None:
        self.titles[document] = title

    def select(self, document: str, clauses: tuple[str, ...]) -> None:
        self.selected[document] = clauses

    def reframe(self, document: str, frame: dict[str, tuple[str, ...]]) -> None:
        self.frames[document] = frame

    def circulate(self, document: str, rule: str, deadline: dt.datetime, whole: bool) -> None:
        """5, 6: new versions of what has none that is current, then the circulation of all that is not agreed."""
        asked, active = [], slow_record.active(self.sound)
        for clause in self.selected[document]:
            if slow_standing.current(self.sound, self.files, f"clause/{clause}") is None:
                self._snapshot(clause)
            agreed = slow_standing.is_agreed(self.sound, self.files, clause, document, read_rule(rule), active)
            if whole or not agreed:
                asked.append(slow_standing.current(self.sound, self.files, f"clause/{clause}"))
        if slow_standing.current(self.sound, self.files, f"document/{document}") is None:
            self._snapshot_document(document)
        asked.append(slow_standing.current(self.sound, self.files, f"document/{document}"))
        assert None not in asked
        self.happens(
            CirculationOpened(
                circulation=f"c{len(self.circulations()) + 1}", document=document, subjects=tuple(filter(None, asked)),
                electorate=tuple(active), invited=tuple(slow_record.invited(self.sound)), rule=rule, deadline=deadline,
                zone="Europe/Paris", tzdata="2026a", strict=len(self.circulations()) % 3 != 1,
            ),
            at=deadline - OPEN + dt.timedelta(seconds=30),
        )  # fmt: skip

    def _snapshot(self, clause: str) -> None:
        made = versions.clause_subject(
            clause, len(slow_standing.versions(self.sound, f"clause/{clause}")) + 1, self.clauses[clause]
        )
        self.happens(
            ClauseVersion(
                subject=made, clause_kind="call", theme="test", title={}, values={}, legal_basis=(),
                texts=dict(self.clauses[clause]),
            )
        )  # fmt: skip

    def _snapshot_document(self, document: str) -> None:
        clauses = tuple(
            slow_standing.versions(self.sound, f"clause/{clause}")[-1].fact.subject
            for clause in self.selected[document]
        )
        number, lines = len(slow_standing.versions(self.sound, f"document/{document}")) + 1, self.lines(document)
        adoption, frame = ADOPTION[document], self.frames[document]
        made = versions.document_subject(document, number, adoption, clauses, lines, frame)
        self.happens(
            DocumentVersion(
                subject=made,
                form="declaration",
                adoption=adoption,
                title={},
                clauses=clauses,
                lines=lines,
                frame=frame,
                sources={},
            )
        )

    def tell(self, circulation: CirculationOpened, member: str, after: dt.timedelta) -> None:
        name = circulation.circulation
        fact = NoticeRecorded(circulation=name, member=member, receipt=received(circulation, after))
        self.happens(fact)

    def decide(
        self, circulation: CirculationOpened, member: str, subject: Subject, choice: Choice, after: dt.timedelta
    ) -> None:
        """Of a subject that the circulation does not put in any version, or before it was opened, it makes no sense."""
        words = f"words {len(self.events)}" if choice in (Choice.RESERVE, Choice.OBJECT) else ""
        self.happens(
            Decided(
                circulation=circulation.circulation, member=member, subject=subject, choice=choice,
                receipt=received(circulation, after), text=words, language="en",
            )
        )  # fmt: skip

    def amend(self, circulation: CirculationOpened, member: str, subject: Subject, after: dt.timedelta) -> None:
        self.happens(
            AmendmentProposed(
                circulation=circulation.circulation, member=member, subject=subject, language="en", text="Other words",
                receipt=received(circulation, after),
            )
        )  # fmt: skip

    def comes_back(
        self, circulation: CirculationOpened, member: str, subjects: Sequence[Subject], after: dt.timedelta
    ) -> None:
        """A packet, of which `subjects` are not recorded. Of one that the circulation does not put, no sense."""
        self.happens(
            PacketReturned(
                circulation=circulation.circulation, member=member, token="", file="",
                receipt=received(circulation, after), unrecorded=tuple(subjects),
            )
        )  # fmt: skip

    def settle(self, member: str, subject: Subject) -> None:
        """Where a packet left nothing on the version, in time, it makes no sense."""
        receipt = Receipt(received=DEADLINES[0], channel="rehearsal")
        self.happens(
            AnswerSettled(circulation="c1", member=member, subject=subject, reason="rehearsed", receipt=receipt)
        )

    def withdraw(self, entry: Event, after: dt.timedelta, by: str = "", alone: bool = False) -> None:
        """Of somebody else's decision, or of what was received later, it makes no sense."""
        made = entry.fact
        assert isinstance(made, Decided | AmendmentProposed)
        asked = slow_record.opening(self.sound, made.circulation)
        self.happens(
            DecisionWithdrawn(
                decision=entry.number, member=by or made.member, subject=made.subject, reason="",
                receipt=received(asked, after), alone=alone,
            )
        )  # fmt: skip

    def accept(self, entry: Event) -> None:
        """12, 13: neither an amendment nor, after the close, an objection can be accepted, nor what was taken back."""
        made = entry.fact
        assert isinstance(made, Decided | AmendmentProposed)
        self.happens(LateAccepted(decision=entry.number, member=made.member, subject=made.subject, reason="rehearsed"))

    def close(self, circulation: CirculationOpened, late: bool) -> None:
        """9: after the deadline, or before it if nobody is missing; with the tallies as `paraph.standing` counts."""
        name = circulation.circulation
        at = circulation.deadline + dt.timedelta(days=1 if late else -1)
        if slow_record.close(self.sound, name) is not None:
            self.happens(CirculationClosed(circulation=name, tallies=()))
        elif slow_tally.may_close(self.sound, name, at):
            tallies = tuple(
                rules.tally(self.history, self.history.circulations[name], subject) for subject in circulation.subjects
            )
            self.happens(CirculationClosed(circulation=name, tallies=tallies))
            self.seen["9 closed early"] += not late

    def call_off(self, circulation: CirculationOpened) -> None:
        """9a: at any time before it is closed."""
        name = circulation.circulation
        if slow_record.close(self.sound, name) is not None:
            return
        asked = self.history.circulations[name]
        tallies = tuple(rules.tally(self.history, asked, one, called_off=True) for one in circulation.subjects)
        self.happens(CirculationClosed(circulation=name, tallies=tallies, reason="a slip", called_off=True))
        self.seen["9a called off"] += 1

    def all_approve(self, circulation: CirculationOpened, but: str, how: Choice = Choice.APPROVE) -> None:
        """What happens most often: everybody approves everything, in time."""
        for member in circulation.electorate:
            for subject in circulation.subjects:
                if member != but:
                    self.decide(circulation, member, subject, how, AROUND[6])

    def tell_all(self, circulation: CirculationOpened) -> None:
        for member in (*circulation.electorate, *circulation.invited):
            self.tell(circulation, member, AROUND[3])

    def validate(self, subject: Subject, member: str, text: str) -> None:
        receipt = Receipt(received=DEADLINES[0], channel="rehearsal")
        self.happens(
            TranslationValidated(subject=subject, language="ar", text=text, source="en", member=member, receipt=receipt)
        )


def received(circulation: CirculationOpened, after: dt.timedelta) -> Receipt:
    return Receipt(received=circulation.deadline + after, channel="rehearsal")
