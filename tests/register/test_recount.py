"""What `register verify` finds in a record that was written past the gate, whole as its chain is. Rehearsals all."""

from __future__ import annotations

import datetime as dt
from contextlib import closing

from paraph.model.event import (
    CIRCULATIONS,
    CirculationClosed,
    CirculationOpened,
    DocumentVersion,
    Draft,
    Fact,
    Released,
)
from paraph.register.store import Register
from paraph.standing.fold import fold
from paraph.standing.rules import tally
from rehearsal import Rehearsal

DEADLINE = dt.datetime(2026, 3, 1, 17, tzinfo=dt.UTC)
"""2026-03-01 18:00 in Paris."""


def writes(rehearsal: Rehearsal, fact: Fact, at: dt.datetime) -> None:
    """Record a fact as the secretariat does, but that nobody asks whether it may."""
    with closing(Register.open("sqlite:///register.db", rehearsal.root)) as register:
        register.append(lambda reader: [Draft(fact=fact, request="past the gate")], at)


def last_tallies(rehearsal: Rehearsal) -> CirculationClosed:
    with closing(Register.open("sqlite:///register.db", rehearsal.root)) as register, register.reading() as reader:
        history = fold(reader.events())
    asked = history.circulations["c1"]
    return CirculationClosed(
        circulation="c1", tallies=tuple(tally(history, asked, one) for one in asked.opened.subjects)
    )


def test_a_close_at_the_very_second_of_the_deadline_is_early(rehearsal: Rehearsal) -> None:
    """7 and 9: what comes in that second is in time, so that it is not over; `close` and `verify` say the same."""
    rehearsal.circulates()
    rehearsal.all_approve("c1", "malta")
    rehearsal.now = DEADLINE
    assert "is open until 2026-03-01 18:00 Europe/Paris" in rehearsal.refuses("close c1")
    writes(rehearsal, last_tallies(rehearsal), DEADLINE)
    assert "c1 was closed before its deadline, and not everybody had decided" in rehearsal.refuses("register verify")


def test_a_close_in_the_second_after_it_is_not(rehearsal: Rehearsal) -> None:
    rehearsal.circulates()
    rehearsal.all_approve("c1", "malta")
    rehearsal.now = DEADLINE + dt.timedelta(seconds=1)
    assert "rehearsal@1  NOT ADOPTED" in rehearsal.say("close c1")[1]
    rehearsal.does("register verify")


def test_a_release_that_lists_who_objected_to_a_clause_is_found(rehearsal: Rehearsal) -> None:
    """22: 2 of 3 adopt a clause over an objection, and who objects would be listed as signing it."""
    rehearsal.circulates("--rule '2 of 3'")
    rehearsal.does("decide detention --as malta --object 'Wrong in law'")
    rehearsal.all_approve()
    rehearsal.does("close c1", "register verify")
    with closing(Register.open("sqlite:///register.db", rehearsal.root)) as register, register.reading() as reader:
        made = next(one.fact for one in reader.events() if isinstance(one.fact, DocumentVersion))
        opened = next(one.fact for one in reader.events((CIRCULATIONS,)) if isinstance(one.fact, CirculationOpened))
    assert opened.strict
    writes(rehearsal, Released(reference="A-1", subject=made.subject, clauses=made.clauses, files={}), rehearsal.now)
    assert "A-1 lists malta as signing it, and malta objected to detention@1" in rehearsal.refuses("register verify")
