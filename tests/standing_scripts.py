"""What happens seldom, once for certain: histories that are always the same. Rehearsals all.

Each asks every question as it goes, and returns what it met.
"""

from __future__ import annotations

from collections import Counter

from paraph.model.event import Choice
from paraph.model.member import Status
from standing_coverage import met
from standing_questions import compare
from standing_world import AROUND, DEADLINES, FRAMES, MEMBERS, SELECTIONS, TEXTS, WORDS, World


def scripted() -> Counter[str]:
    """What happens seldom, once for certain."""
    world = World()
    world.circulate("declaration", "silence 3 days", DEADLINES[1], whole=False)
    c1 = world.circulations()[-1]
    world.tell_all(c1)
    world.comes_back(c1, "spain", (c1.subjects[0],), AROUND[6])
    compare(world)
    world.close(c1, late=True)
    world.settle("spain", c1.subjects[0])
    world.circulate("declaration", "silence 3 days", DEADLINES[1], whole=False)
    c2 = world.circulations()[-1]
    world.tell_all(c2)
    world.close(c2, late=True)
    compare(world)
    world.circulate("letter", "unanimity", DEADLINES[2], whole=True)
    c3 = world.circulations()[-1]
    world.decide(c3, "malta", c3.subjects[0], Choice.APPROVE, AROUND[6])
    world.decide(c3, "malta", c3.subjects[0], Choice.OBJECT, AROUND[9])
    world.withdraw(world.entries()[-1], AROUND[9], alone=True)
    world.decide(c2, "albania", c2.subjects[0], Choice.APPROVE, AROUND[9])
    compare(world)
    world.close(c3, late=True)
    compare(world)
    world.circulate("letter", "consensus", DEADLINES[2], whole=True)
    c4 = world.circulations()[-1]
    world.amend(c4, "spain", c4.subjects[0], AROUND[6])
    compare(world)
    return world.seen + met(world)


def carried() -> Counter[str]:
    """19, 22, 23: words adopted with one document are another's; one that is invited decides, and is validated."""
    world = World()
    world.circulate("declaration", "2 of 3", DEADLINES[0], whole=True)
    c1 = world.circulations()[-1]
    world.all_approve(c1, "malta")
    world.decide(c1, "turkey", c1.subjects[1], Choice.APPROVE, AROUND[6])
    world.decide(c1, "malta", c1.subjects[1], Choice.OBJECT, AROUND[6])
    world.close(c1, late=True)
    world.membership("turkey", Status.ACTIVE, changed=True)
    world.select("letter", ("schooling",))
    world.circulate("letter", "2 of 3", DEADLINES[1], whole=False)
    c2 = world.circulations()[-1]
    assert [one.id for one in c2.subjects] == ["letter"]
    world.all_approve(c2, "")
    world.close(c2, late=True)
    compare(world)
    found = world.seen + met(world)
    world.membership("albania", Status.LEFT, changed=False)
    compare(world)
    found += met(world)
    world.circulate("letter", "unanimity", DEADLINES[2], whole=True)
    world.close(world.circulations()[-1], late=True)
    compare(world)
    found += met(world)
    world.circulate("letter", "2 of 3", DEADLINES[2], whole=True)
    compare(world)
    return found + met(world)


def through_another() -> Counter[str]:
    """12, 14: let in late in one circulation, taken back in another, and decided anew; and what a withdrawal takes back
    that was recorded before what came late went alone."""
    world = World()
    world.circulate("declaration", "silence 3 days", DEADLINES[0], whole=True)
    world.circulate("letter", "unanimity", DEADLINES[0], whole=True)
    world.circulate("letter", "unanimity", DEADLINES[2], whole=True)
    c1, _, c3 = world.circulations()
    schooling = c1.subjects[1]
    world.decide(c1, "malta", schooling, Choice.OBJECT, AROUND[8])
    world.accept(world.entries()[-1])
    world.decide(c3, "malta", schooling, Choice.APPROVE, AROUND[2])
    world.withdraw(world.entries()[-1], AROUND[6])
    compare(world)
    world.decide(c3, "malta", schooling, Choice.RESERVE, AROUND[7])
    compare(world)
    world.decide(c3, "spain", schooling, Choice.APPROVE, AROUND[2])
    world.decide(c3, "spain", schooling, Choice.OBJECT, AROUND[8])
    world.withdraw(world.entries()[-1], AROUND[9], alone=False)
    compare(world)
    return world.seen + met(world)


def elsewhere() -> Counter[str]:
    """16, 17: what is said of the same words in another circulation, after the deadline of a silence and before it."""
    world = World()
    world.circulate("declaration", "silence 3 days", DEADLINES[0], whole=True)
    world.circulate("letter", "unanimity", DEADLINES[2], whole=True)
    world.circulate("declaration", "silence 3 days", DEADLINES[2], whole=True)
    c1, c2, c3 = world.circulations()
    detention, schooling, _ = c1.subjects
    for asked in (c1, c3):
        world.tell_all(asked)
    world.amend(c1, "malta", detention, AROUND[9])
    compare(world)
    world.withdraw(world.entries()[-1], AROUND[9])
    world.amend(c2, "spain", schooling, AROUND[6])
    world.decide(c2, "albania", schooling, Choice.APPROVE, AROUND[6])
    world.withdraw(world.entries()[-1], AROUND[6])
    compare(world)
    for asked in (c1, c3):
        world.close(asked, late=True)
        compare(world)
    return world.seen + met(world)


def rearranged() -> Counter[str]:
    """1, 2: a document that prints the same words in the same order is another one, if they stand for other clauses, or
    have other words around them."""
    world = World()
    world.circulate("letter", "consensus", DEADLINES[0], whole=True)
    world.all_approve(world.circulations()[-1], "")
    world.close(world.circulations()[-1], late=True)
    compare(world)
    world.select("letter", SELECTIONS[1])
    compare(world)
    found = met(world)
    world.select("letter", SELECTIONS[0])
    world.reframe("letter", FRAMES[1])
    compare(world)
    return world.seen + found + met(world)


def left_alone() -> Counter[str]:
    """17, 24: nobody is left to keep silence or to object; abstentions alone; a translation whose source changes."""
    world = World()
    world.circulate("declaration", "consensus", DEADLINES[0], whole=True)
    c1 = world.circulations()[-1]
    world.all_approve(c1, "", Choice.ABSTAIN)
    world.close(c1, late=True)
    for asks in ("silence 3 days", "unanimity"):
        world.circulate("declaration", asks, DEADLINES[1], whole=True)
    for one in MEMBERS[:3]:
        world.membership(one, Status.LEFT, changed=False)
    for asked in world.circulations()[1:]:
        world.close(asked, late=True)
    world.validate(c1.subjects[0], "malta", TEXTS[0])
    compare(world)
    world.edit("detention", "en", WORDS[1])
    compare(world)
    return world.seen + met(world)


SCRIPTS = (scripted, carried, through_another, elsewhere, rearranged, left_alone)
