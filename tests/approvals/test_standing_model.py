"""Standing against the slow model: whatever happens to a register, in whatever order, both say the same.

Rehearsals all: no institution decided any of it. CI tries a few histories, always the same; PARAPH_HISTORIES says how
many, and then they are new each time.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

import slow_record
import slow_standing
from paraph.model.event import Choice, CirculationOpened, Event
from paraph.model.member import Status
from standing_coverage import RULES as RULES_MET
from standing_coverage import met
from standing_questions import compare, folded_again
from standing_scripts import SCRIPTS
from standing_stories import stories
from standing_world import (
    AROUND,
    CLAUSES,
    DEADLINES,
    DOCUMENTS,
    FRAMES,
    MEMBERS,
    RULES,
    SELECTIONS,
    TEXTS,
    WORDS,
    World,
)

HISTORIES = int(os.environ.get("PARAPH_HISTORIES", "0"))
STEPS = 30
EVERY = 4
"""Steps after which all questions are asked again: the slow model is slow."""

member = st.sampled_from(MEMBERS)
clause = st.sampled_from(CLAUSES)
document = st.sampled_from(tuple(DOCUMENTS))
received = st.sampled_from(AROUND)
nth = st.integers(0, 7)
"""Which circulation, subject or entry, counted from the last."""

AGREE = st.sampled_from((Choice.APPROVE, Choice.RESERVE))

SEEN: Counter[str] = Counter()


class Histories(RuleBasedStateMachine):
    """What can happen, and what must hold after each step."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()

    def circulation(self, number: int) -> CirculationOpened:
        circulations = self.world.circulations()
        return circulations[-1 - number % len(circulations)]

    def entry(self, number: int) -> Event:
        entries = self.world.entries()
        return entries[-1 - number % len(entries)]

    @contextmanager
    def nobody_else_moves(self, *members: str) -> Iterator[None]:
        """What one member does never changes where another stands."""
        before = self.stands()
        yield
        after = self.stands()
        assert {one: state for one, state in before.items() if one[0] not in members} == {
            one: state for one, state in after.items() if one[0] not in members
        }

    def stands(self) -> dict[tuple[str, str], slow_record.Stand]:
        world = self.world
        return {
            (member, str(subject)): slow_standing.position(world.sound, member, subject)
            for member in MEMBERS
            for subject in world.subjects()
        }

    @initialize(document=document, rule=st.sampled_from(RULES))
    def begins(self, document: str, rule: str) -> None:
        self.world.circulate(document, rule, DEADLINES[0], whole=False)

    @rule(member=member, status=st.sampled_from(Status), changed=st.booleans())
    def membership(self, member: str, status: Status, changed: bool) -> None:
        self.world.membership(member, status, changed)

    @rule(clause=clause, language=st.sampled_from(("en", "en", "fr")), words=st.sampled_from(WORDS))
    def edit(self, clause: str, language: str, words: str) -> None:
        self.world.edit(clause, language, words)

    @rule(document=document, title=st.sampled_from(("Déclaration", "Lettre")))
    def retitle(self, document: str, title: str) -> None:
        self.world.retitle(document, title)

    @rule(clauses=st.sampled_from(SELECTIONS), frame=st.sampled_from(FRAMES))
    def rearrange(self, clauses: tuple[str, ...], frame: dict[str, tuple[str, ...]]) -> None:
        self.world.select("letter", clauses)
        self.world.reframe("letter", frame)

    @precondition(lambda self: len(self.world.circulations()) < 5)
    @rule(document=document, rule=st.sampled_from(RULES), deadline=st.sampled_from(DEADLINES), whole=st.booleans())
    def circulate(self, document: str, rule: str, deadline: object, whole: bool) -> None:
        self.world.circulate(document, rule, deadline, whole)

    @rule(number=nth, member=member, after=received)
    def tell(self, number: int, member: str, after: object) -> None:
        self.world.tell(self.circulation(number), member, after)

    @rule(number=nth)
    def tell_all(self, number: int) -> None:
        self.world.tell_all(self.circulation(number))

    @rule(number=nth, which=nth, member=member, choice=st.sampled_from(Choice), after=received, asked=st.booleans())
    def decide(self, number: int, which: int, member: str, choice: Choice, after: object, asked: bool) -> None:
        circulation = self.circulation(number)
        subjects = circulation.subjects if asked else self.world.subjects()
        comment = choice is Choice.COMMENT
        with self.nobody_else_moves(*(() if comment else (member,))):
            self.world.decide(circulation, member, subjects[-1 - which % len(subjects)], choice, after)

    @rule(number=nth, but=member)
    def all_approve(self, number: int, but: str) -> None:
        self.world.all_approve(self.circulation(number), but)

    @rule(number=nth, which=nth, member=member, after=received)
    def amend(self, number: int, which: int, member: str, after: object) -> None:
        circulation = self.circulation(number)
        with self.nobody_else_moves(member):
            subject = circulation.subjects[which % len(circulation.subjects)]
            self.world.amend(circulation, member, subject, after)

    @rule(number=nth, which=nth, member=member, after=received, asked=st.booleans())
    def comes_back(self, number: int, which: int, member: str, after: object, asked: bool) -> None:
        """A packet with one answer that is not recorded, be it in time or late: its member may be silent no longer."""
        circulation = self.circulation(number)
        subjects = circulation.subjects if asked else self.world.subjects()
        with self.nobody_else_moves(member):
            self.world.comes_back(circulation, member, (subjects[-1 - which % len(subjects)],), after)

    @rule(number=nth, member=member)
    def settle(self, number: int, member: str) -> None:
        subjects = self.world.subjects()
        with self.nobody_else_moves(member):
            self.world.settle(member, subjects[-1 - number % len(subjects)])

    @precondition(lambda self: self.world.entries())
    @rule(number=nth, after=received, by=st.one_of(st.just(""), member), alone=st.booleans())
    def withdraw(self, number: int, after: object, by: str, alone: bool) -> None:
        entry = self.entry(number)
        with self.nobody_else_moves(entry.fact.member):
            self.world.withdraw(entry, after, by, alone)

    @rule(number=nth, member=member, choice=st.sampled_from(Choice), accepted=st.booleans(), alone=st.booleans())
    def slip(self, number: int, member: str, choice: Choice, accepted: bool, alone: bool) -> None:
        """What comes late, is accepted or not, and is taken back at once."""
        circulation = self.circulation(number)
        with self.nobody_else_moves(member):
            self.world.decide(circulation, member, circulation.subjects[-1], choice, AROUND[9])
            entry = self.world.entries()[-1]
            if accepted:
                self.world.accept(entry)
            self.world.withdraw(entry, AROUND[9], "", alone)

    @precondition(lambda self: self.world.entries())
    @rule(number=nth)
    def accept(self, number: int) -> None:
        entry = self.entry(number)
        with self.nobody_else_moves(entry.fact.member):
            self.world.accept(entry)

    @precondition(lambda self: len(self.world.circulations()) < 5)
    @rule(
        document=document,
        rule=st.sampled_from(RULES),
        but=st.one_of(st.just(""), member),
        told=st.booleans(),
        how=AGREE,
    )
    def run_through(self, document: str, rule: str, but: str, told: bool, how: Choice) -> None:
        """What happens most often, from the opening to the close: everybody approves, or is told and keeps silent."""
        self.world.circulate(document, rule, DEADLINES[1], whole=False)
        circulation = self.world.circulations()[-1]
        if told:
            self.world.tell_all(circulation)
        if not told or "silence" not in rule:
            self.world.all_approve(circulation, but, how)
        self.world.close(circulation, late=True)

    @precondition(lambda self: len(self.world.circulations()) < 5)
    @rule(document=document, but=st.sampled_from(MEMBERS[:3]))
    def all_keep_silent(self, document: str, but: str) -> None:
        """All are told and keep silent, but one, whose packet comes back with nothing in it that can be recorded."""
        self.keep_silent(document, but)

    def keep_silent(self, document: str, but: str) -> None:
        self.world.circulate(document, "silence 3 days", DEADLINES[1], whole=False)
        circulation = self.world.circulations()[-1]
        self.world.tell_all(circulation)
        if but:
            self.world.comes_back(circulation, but, circulation.subjects, AROUND[6])
        self.world.close(circulation, late=True)

    @precondition(lambda self: len(self.world.circulations()) < 4)
    @rule(rule=st.sampled_from(RULES), but=member, amends=st.booleans())
    def put_again(self, rule: str, but: str, amends: bool) -> None:
        """Words that all let pass are put again with another document, in which one wants others or says nothing."""
        self.keep_silent("declaration", "")
        self.world.circulate("letter", rule, DEADLINES[2], whole=True)
        circulation = self.world.circulations()[-1]
        self.world.all_approve(circulation, but)
        if amends:
            for subject in circulation.subjects:
                self.world.amend(circulation, but, subject, AROUND[6])
        self.world.close(circulation, late=True)

    @rule(number=nth, late=st.booleans())
    def close(self, number: int, late: bool) -> None:
        self.world.close(self.circulation(number), late)

    @rule(number=nth)
    def call_off(self, number: int) -> None:
        with self.nobody_else_moves():
            self.world.call_off(self.circulation(number))

    @rule(number=nth, member=member, text=st.sampled_from(TEXTS))
    def validate(self, number: int, member: str, text: str) -> None:
        subjects = [subject for subject in self.world.subjects() if subject.kind == "clause"]
        self.world.validate(subjects[-1 - number % len(subjects)], member, text)

    def check_invariants(self, *args: object, **kwargs: object) -> None:
        super().check_invariants(*args, **kwargs)
        self.world.seen["steps"] += 1
        if self.world.seen["steps"] % EVERY == 0:
            compare(self.world)

    def teardown(self) -> None:
        compare(self.world)
        folded_again(self.world)
        SEEN.update(self.world.seen + met(self.world))
        SEEN["histories"] += 1


def test_standing_is_what_the_slow_model_says() -> None:
    """Every way that something can go is met, or the comparison means little."""
    SEEN.clear()
    for script in SCRIPTS:
        SEEN.update(script())
    SEEN.update(stories(4 * HISTORIES))
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=HISTORIES or 40,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=not HISTORIES,
            database=None,
            print_blob=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
    for sentence in RULES_MET:
        assert SEEN[sentence], f"no history in which {sentence}: {SEEN}"
