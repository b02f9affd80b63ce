"""A small world in which things happen to a register, in any order, and the questions that are asked of it.

Rehearsals all: no institution decided any of it. Each method appends what would be recorded; `compare` asks every
question of docs/approvals.md twice, of `paraph.standing` and of the slow model, and wants the same answer.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

import slow_standing as slow
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
from paraph.standing import gate, rules, versions
from paraph.standing.fold import History, fold
from paraph.standing.rules import State

MEMBERS = ("albania", "malta", "spain", "turkey", "greece")
DOCUMENTS = {"declaration": ("detention", "schooling"), "letter": ("schooling", "guardians")}
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
ADOPTION = "body"


class World:
    """A register in the making. `events` are all; `nonsense` the numbers of those that must change nothing."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.sound: list[Event] = []
        self.history = History()
        self.clauses = {clause: {"en": WORDS[0], "fr": "Aucun enfant."} for clause in CLAUSES}
        self.titles = dict.fromkeys(DOCUMENTS, "Déclaration")
        self.seen: Counter[str] = Counter()
        for member in MEMBERS[:3]:
            self.happens(MemberJoined(member=member, status=Status.ACTIVE, names={}))
        self.happens(MemberJoined(member=MEMBERS[3], status=Status.PENDING, names={}))

    # what has happened

    @property
    def files(self) -> slow.Files:
        return slow.Files(texts=self.clauses, lines={document: self.lines(document) for document in DOCUMENTS})

    def lines(self, document: str) -> dict[str, tuple[str, ...]]:
        return {
            language: (self.titles[document], *(self.clauses[clause][language] for clause in DOCUMENTS[document]))
            for language in ("en", "fr")
        }

    def now(self, document: str) -> versions.Now:
        clauses = DOCUMENTS[document]
        texts = {clause: self.clauses[clause] for clause in clauses}
        return versions.Now(
            id=document, adoption=ADOPTION, clauses=clauses, texts=texts, lines=self.lines(document), frame={}
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
        sense = slow.makes_sense(self.sound, event)
        assert (len(self.history.problems) == problems) is sense, self.history.problems[problems:] or fact
        if sense:
            self.sound.append(event)
        self.seen[fact.kind + ("" if sense else " (nonsense)")] += 1
        return number

    def membership(self, member: str, status: Status, changed: bool) -> None:
        before = slow.statuses(self.sound).get(member, Status.LEFT)
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

    def circulate(self, document: str, rule: str, deadline: dt.datetime, whole: bool) -> None:
        """5, 6: new versions of what has none that is current, then the circulation of all that is not agreed."""
        asked, active = [], slow.active(self.sound)
        for clause in DOCUMENTS[document]:
            if slow.current(self.sound, self.files, f"clause/{clause}") is None:
                self._snapshot(clause)
            agreed = slow.is_agreed(self.sound, self.files, clause, document, read_rule(rule), active)
            if whole or not agreed:
                asked.append(slow.current(self.sound, self.files, f"clause/{clause}"))
        if slow.current(self.sound, self.files, f"document/{document}") is None:
            self._snapshot_document(document)
        asked.append(slow.current(self.sound, self.files, f"document/{document}"))
        assert None not in asked
        self.happens(
            CirculationOpened(
                circulation=f"c{len(self.circulations()) + 1}", document=document, subjects=tuple(filter(None, asked)),
                electorate=tuple(active), invited=tuple(slow.invited(self.sound)), rule=rule, deadline=deadline,
                zone="Europe/Paris", tzdata="2026a", strict=len(self.circulations()) % 3 != 1,
            ),
            at=deadline - OPEN + dt.timedelta(seconds=30),
        )  # fmt: skip

    def _snapshot(self, clause: str) -> None:
        made = versions.clause_subject(
            clause, len(slow.versions(self.sound, f"clause/{clause}")) + 1, self.clauses[clause]
        )
        self.happens(
            ClauseVersion(
                subject=made, clause_kind="call", theme="test", title={}, values={}, legal_basis=(),
                texts=dict(self.clauses[clause]),
            )
        )  # fmt: skip

    def _snapshot_document(self, document: str) -> None:
        clauses = tuple(
            slow.versions(self.sound, f"clause/{clause}")[-1].fact.subject for clause in DOCUMENTS[document]
        )
        number, lines = len(slow.versions(self.sound, f"document/{document}")) + 1, self.lines(document)
        made = versions.document_subject(document, number, ADOPTION, clauses, lines, {})
        self.happens(
            DocumentVersion(
                subject=made,
                form="declaration",
                adoption=ADOPTION,
                title={},
                clauses=clauses,
                lines=lines,
                frame={},
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
        asked = slow.opening(self.sound, made.circulation)
        self.happens(
            DecisionWithdrawn(
                decision=entry.number, member=by or made.member, subject=made.subject, reason="",
                receipt=received(asked, after), alone=alone,
            )
        )  # fmt: skip
        self.seen["gone"] += self.sound[-1] is self.events[-1] and slow.goes_alone(self.sound, self.events[-1])

    def accept(self, entry: Event) -> None:
        """12, 13: neither an amendment nor, after the close, an objection can be accepted, nor what was taken back."""
        made = entry.fact
        assert isinstance(made, Decided | AmendmentProposed)
        self.happens(LateAccepted(decision=entry.number, member=made.member, subject=made.subject, reason="rehearsed"))

    def close(self, circulation: CirculationOpened, late: bool) -> None:
        """9: after the deadline, or before it if nobody is missing; with the tallies as `paraph.standing` counts."""
        name = circulation.circulation
        at = circulation.deadline + dt.timedelta(days=1 if late else -1)
        if slow.close(self.sound, name) is not None:
            self.happens(CirculationClosed(circulation=name, tallies=()))
        elif slow.may_close(self.sound, name, at):
            tallies = tuple(
                rules.tally(self.history, self.history.circulations[name], subject) for subject in circulation.subjects
            )
            self.happens(CirculationClosed(circulation=name, tallies=tallies))
            self.seen["unsettled and pending"] += sum(
                one.state == State.PENDING
                and slow.unsettled_in(slow.at_close(self.sound, name), name, one.member, tally.subject)
                for tally in tallies
                for one in tally.members
            )
            self.seen["closed early"] += not late
            self.seen["adopted"] += sum(tally.adopted for tally in tallies)
            self.seen["not adopted"] += sum(not tally.adopted for tally in tallies)
            self.seen["tacit"] += any(one.state == State.TACIT for tally in tallies for one in tally.members)

    def call_off(self, circulation: CirculationOpened) -> None:
        """9a: at any time before it is closed."""
        name = circulation.circulation
        if slow.close(self.sound, name) is not None:
            return
        asked = self.history.circulations[name]
        tallies = tuple(rules.tally(self.history, asked, one, called_off=True) for one in circulation.subjects)
        self.happens(CirculationClosed(circulation=name, tallies=tallies, reason="a slip", called_off=True))
        self.seen["called off"] += 1

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


# --- the same questions, twice ---------------------------------------------------------------------------------------


def compare(world: World) -> None:
    """Every question, of both."""
    for check in (positions, tallies, unsettled, lapses, agreements, releases, translations):
        check(world)


def positions(world: World) -> None:
    for subject in world.subjects():
        for member in MEMBERS:
            mine, theirs = slow.position(world.sound, member, subject), rules.position(world.history, subject, member)
            spoke = member in slow.amending(world.sound, subject) or slow.unsettled(world.sound, member, subject)
            world.seen["silent no longer"] += bool(
                mine.state == slow.PENDING and spoke and _let_pass(world, member, subject)
            )
            assert (mine.state, mine.event) == (theirs.state, theirs.event * (theirs.state != State.TACIT)), (
                f"{member} on {subject}"
            )


def _let_pass(world: World, member: str, subject: Subject) -> bool:
    """Whether a circulation adopted the version in which the member kept silence."""
    closed = (one.closed for one in world.history.circulations.values() if one.closed)
    found = (tally for one in closed for tally in one.tallies if tally.subject == subject and tally.adopted)
    return any((one.member, one.state) == (member, State.TACIT) for tally in found for one in tally.members)


def tallies(world: World) -> None:
    """Of a circulation that is open, what a close would count; of one that is closed, what its close did count."""
    for asked in world.circulations():
        circulation = world.history.circulations[asked.circulation]
        assert list(rules.electorate(circulation)) == slow.electorate(world.sound, asked.circulation)
        kept = {tally.subject: tally for tally in circulation.closed.tallies} if circulation.closed else {}
        for subject in asked.subjects:
            tally = kept[subject] if kept else rules.tally(world.history, circulation, subject)
            mine = slow.counted(world.sound, asked.circulation, subject)
            if not kept:
                said = {member: slow.decided(world.sound, member, subject) for member in mine}
                world.seen["not heard"] += sum(
                    said[member] != stand and stand.state != slow.TACIT for member, stand in mine.items()
                )
            assert {one.member: (one.state, one.event * (one.state != State.TACIT)) for one in tally.members} == {
                member: (stand.state, stand.event) for member, stand in mine.items()
            }, f"{asked.circulation} {subject}"
            assert tally.adopted is slow.adopted(world.sound, asked.circulation, subject), (
                f"{asked.circulation} {subject}"
            )


def unsettled(world: World) -> None:
    """16a: who answered what was not recorded, and that no tally that hears it takes it for silence."""
    for subject in world.subjects():
        mine = {member for member in MEMBERS if slow.unsettled(world.sound, member, subject)}
        assert set(rules.unsettled(world.history, subject, MEMBERS)) == mine, f"{subject}"
        world.seen["unsettled"] += len(mine)
        for circulation in world.history.circulations.values():
            if circulation.closed is None and subject in circulation.opened.subjects:
                counted = {one.member: one.state for one in rules.tally(world.history, circulation, subject).members}
                name = circulation.opened.circulation
                mine = {member for member in MEMBERS if slow.unsettled_in(world.sound, name, member, subject)}
                assert set(rules.unsettled(world.history, subject, MEMBERS, circulation)) == mine, f"{subject}"
                assert all(counted.get(member) != State.TACIT for member in mine), f"{subject}"


def lapses(world: World) -> None:
    for key in dict.fromkeys(subject.key for subject in world.subjects()):
        current = _current(world, key)
        assert current == slow.current(world.sound, world.files, key), key
        for member in MEMBERS:
            stand = gate.stands(world.history, key, current, (member,))[member]
            mine = slow.lapsed(world.sound, world.files, key, member)
            if mine is not None:
                state, version = mine
                assert (stand.lapsed, stand.state, stand.version) == (True, state, version.version), f"{member} {key}"
                world.seen["lapsed"] += 1
            elif current is not None:
                held = slow.position(world.sound, member, current).state
                assert (stand.lapsed, stand.state) == (False, held), f"{member} {key}"
            else:
                assert (stand.lapsed, stand.state) == (False, slow.PENDING), f"{member} {key}"


def _current(world: World, key: str) -> Subject | None:
    kind, _, id_ = key.partition("/")
    if kind == "clause":
        return versions.current_clause(world.history, id_, world.clauses[id_])
    return versions.current_document(world.history, world.now(id_))


def agreements(world: World) -> None:
    """19: for the document, the rule and the electorate of every circulation there was, and for those active now."""
    asked = {
        (one.document, one.rule, tuple(slow.electorate(world.sound, one.circulation))) for one in world.circulations()
    } | {("letter", rule, tuple(slow.active(world.sound))) for rule in ("consensus", "silence 3 days")}
    for clause in CLAUSES:
        current = versions.current_clause(world.history, clause, world.clauses[clause])
        if current is None:
            continue
        for document, rule, members in asked:
            causes = gate.agreed(world.history, current, document, read_rule(rule), members)
            mine = slow.is_agreed(world.sound, world.files, clause, document, read_rule(rule), members)
            assert (not causes) is mine, f"{clause} in {document} {rule} {members}: {causes}"
            ends = slow.closings(world.sound, current)
            last = ends and slow.adopted(world.sound, ends[-1].fact.circulation, current)
            world.seen["agreed, whatever another document's circulation did not adopt"] += bool(mine and not last)
            world.seen["agreed" if mine else "not agreed"] += 1


def releases(world: World) -> None:
    for document in DOCUMENTS:
        causes = gate.ready(world.history, world.now(document))
        ready = slow.is_ready(world.sound, world.files, document)
        assert (not causes) is ready, f"{document}: {causes}"
        world.seen["ready" if ready else "not ready"] += 1
        _causes(world, document, causes)
        record = gate.record(world.history, world.now(document), active=slow.active(world.sound))
        assert list(record.signed or ()) == slow.signatories(world.sound, world.files, document), document
        world.seen["signed"] += len(record.signed or ())
        printed = {(one.institution, one.clause, *one.text.items()) for one in record.reservations}
        assert len(printed) == len(record.reservations)
        assert printed == {
            (member, subject.id if subject.kind == "clause" else "", ("en", text))
            for member, subject, text in slow.reservations(world.sound, world.files, document)
        }, document
        world.seen["reservations"] += len(printed)


def _causes(world: World, document: str, causes: Sequence[rules.Cause]) -> None:
    """21: every cause is named, with the clauses and the members it concerns."""
    version = slow.current(world.sound, world.files, f"document/{document}")
    if version is None:
        made = {subject.key: subject for subject in world.subjects()}
        for clause in DOCUMENTS[document]:
            changed = slow.current(world.sound, world.files, f"clause/{clause}") is None
            if f"document/{document}" in made:
                named = any(cause.subject == str(made.get(f"clause/{clause}", clause)) for cause in causes)
                assert named is changed, f"{clause}: {causes}"
        return
    ends = slow.closings(world.sound, version)
    if not ends:
        assert causes
        return
    name = ends[-1].fact.circulation
    rule, members = read_rule(slow.opening(world.sound, name).rule), slow.electorate(world.sound, name)
    for subject in (version, *slow.named(world.sound, version).clauses):
        found = [cause for cause in causes if cause.subject == str(subject)]
        adopted = slow.outcome(world.sound, subject, document) is True
        assert ("not-adopted" in {cause.why for cause in found}) is not adopted, f"{subject}: {causes}"
        if adopted:
            who = {member for cause in found for member in cause.members}
            assert who == slow.in_the_way(world.sound, subject, rule, members), f"{subject}: {causes}"


def translations(world: World) -> None:
    for clause in CLAUSES:
        for text in TEXTS:
            mine = slow.translation(world.sound, world.files, clause, "ar", "en", text)
            assert gate.translation(world.history, clause, world.clauses[clause], "ar", "en", text) == mine, clause
            world.seen[mine] += 1


def folded_again(world: World) -> None:
    """The same events, folded anew, are the same history."""
    assert fold(world.events) == world.history
