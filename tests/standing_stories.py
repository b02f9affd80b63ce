"""What one member says of one text, while its words are before the members in three circulations: by chance alone.

Hypothesis does not leave chance to itself, and seldom meets what is seldom; what is said here is dense. Rehearsals all.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import slow_record
from paraph.model.event import Choice
from paraph.model.member import Status
from standing_coverage import met
from standing_questions import compare, folded_again
from standing_world import AROUND, DEADLINES, RULES, WORDS, World

STORIES = 120


class Act(NamedTuple):
    """One thing that a member says, or that is done about it: in which circulation, of which of two texts."""

    what: str
    member: str
    number: int
    which: int
    choice: Choice
    after: dt.timedelta
    nth: int


ACTS = {
    "decide": 10, "withdraw": 8, "accept": 5, "amend": 3, "answer": 3, "settle": 2, "tell": 2,
    "close": 4, "call off": 1, "again": 2, "edit": 1, "comes or goes": 2,
}  # fmt: skip
"""What can happen, and how often."""
AFTER = (*AROUND[1:3], *AROUND[4:], *AROUND[8:], *AROUND[8:])


def any_act(chance: random.Random) -> Act:
    return Act(
        what=chance.choices(tuple(ACTS), weights=tuple(ACTS.values()))[0],
        member=chance.choice(("malta",) * 5 + ("turkey",)),
        number=chance.randrange(4),
        which=chance.choice((0, 0, 0, 1)),
        choice=chance.choice(tuple(Choice)),
        after=chance.choice(AFTER),
        nth=chance.randrange(3),
    )


def told(asks: Sequence[str], notice: bool, others: str, acts: Sequence[Act]) -> World:
    """The same words are put three times, to end one after the other; the others agree, or keep silence; and one member
    says this and that, here and there."""
    world = World()
    for number, (document, asked) in enumerate(zip(("declaration", "letter", "declaration"), asks, strict=True)):
        world.circulate(document, asked, DEADLINES[number], whole=True)
        if notice:
            world.tell_all(world.circulations()[-1])
        if others:
            world.all_approve(world.circulations()[-1], "malta", Choice(others))
    for act in acts:
        happens(world, act, others)
    compare(world)
    for one in world.circulations():
        world.close(one, late=True)
    compare(world)
    return world


def happens(world: World, act: Act, others: str) -> None:
    circulations, member = world.circulations(), act.member
    asked = circulations[act.number % len(circulations)]
    schooling = [one for one in world.subjects() if one.key == "clause/schooling"]  # which both documents use
    subject = (schooling[-1 - (act.nth == 2) * (len(schooling) > 1)], asked.subjects[-1])[act.which]
    said = [one for one in world.entries() if one.fact.member == member]
    late = [one for one in said if slow_record.is_late(world.sound, one)] or said
    match act.what:
        case "decide":
            world.decide(asked, member, subject, act.choice, act.after)
        case "withdraw" if said:
            named = said[-1 - act.nth % len(said)]
            world.withdraw(named, act.after, alone=act.which == 0 and slow_record.is_late(world.sound, named))
        case "accept" if said:
            world.accept(late[-1 - act.nth % len(late)])
        case "amend":
            world.amend(asked, member, subject, act.after)
        case "answer":
            world.comes_back(asked, member, (subject,), act.after)
        case "settle":
            world.settle(member, subject)
        case "tell":
            world.tell(asked, member, act.after)
        case "close":
            world.close(asked, late=act.nth > 0)
        case "call off":
            world.call_off(asked)
        case "again" if len(circulations) < 5:
            world.circulate(asked.document, asked.rule, DEADLINES[act.nth], whole=act.which == 0)
            if others:
                world.all_approve(world.circulations()[-1], member, Choice(others))
        case "edit":
            world.edit("schooling", "en", WORDS[act.nth])
        case "comes or goes":
            status = slow_record.statuses(world.sound)[member]
            world.membership(member, Status.LEFT if status is Status.ACTIVE else Status.ACTIVE, changed=act.nth > 0)


def stories(many: int) -> Counter[str]:
    """So many histories, new each time; with 0, a few that are always the same. What they met."""
    seen: Counter[str] = Counter()
    first = random.SystemRandom().randrange(10**9) if many else 0
    for seed in range(first, first + (many or STORIES)):
        chance = random.Random(seed)
        asks = [chance.choice((*RULES, *RULES[-1:] * 4)) for _ in range(3)]
        notice, others = chance.random() < 0.7, chance.choice(("", "", "approve", "approve", "abstain", "object"))
        acts = [any_act(chance) for _ in range(chance.randint(4, 18))]
        try:
            world = told(asks, notice, others, acts)
            folded_again(world)
        except AssertionError as disagreed:
            disagreed.add_note(f"story {seed}: {asks}, {notice=}, {others=}, {acts}")
            raise
        seen.update(world.seen + met(world))
        seen["stories"] += 1
    return seen
