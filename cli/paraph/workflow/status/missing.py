"""Who has still to decide on what in an open circulation, and what there is to know of it."""

from __future__ import annotations

import datetime as dt

from paraph.model.event import AmendmentProposed, Choice
from paraph.standing.fold import Circulation, History
from paraph.standing.rules import State, decided, electorate, undecided, unsettled
from paraph.workflow.approvals import causes
from paraph.workflow.approvals.silence import Silence, silences


def silence(history: History, asked: Circulation, at: dt.datetime) -> dict[str, dict[Silence, tuple[str, ...]]]:
    """What the silence of each member that has still to decide will mean, on what."""
    found: dict[str, dict[Silence, tuple[str, ...]]] = {}
    for subject in asked.opened.subjects:
        for member, means in silences(history, asked, subject, at).items():
            some = found.setdefault(member, {})
            some[means] = (*some.get(means, ()), str(subject))
    return found


def took_back(history: History, asked: Circulation) -> dict[str, tuple[str, ...]]:
    """Of what each member that has still to decide took its approval back."""
    found: dict[str, tuple[str, ...]] = {}
    members = electorate(asked)
    for subject in asked.opened.subjects:
        if subject in history.withdrawals:
            held = decided(history, subject, members, asked)
            pending = tuple(member for member in members if held[member].state is State.PENDING)
            for member in causes.took_back(history, subject, pending):
                found[member] = (*found.get(member, ()), str(subject))
    return found


def unrecorded(history: History, asked: Circulation) -> dict[str, tuple[str, ...]]:
    """What each member, invited ones too, answered in an open circulation and was not recorded."""
    found: dict[str, tuple[str, ...]] = {}
    for subject in asked.opened.subjects:
        for member in unsettled(history, subject, (*electorate(asked), *asked.opened.invited), asked):
            found[member] = (*found.get(member, ()), str(subject))
    return found


def blank(history: History, asked: Circulation) -> dict[str, dt.datetime]:
    """When the packets of members came back that have still to decide, and have said nothing in the circulation but
    comments; nor anything that was not recorded."""
    name, silent = asked.opened.circulation, undecided(history, asked).keys() - unrecorded(history, asked).keys()
    spoke = {
        entry.fact.member
        for subject in asked.opened.subjects
        for entry in history.entries.get(subject, ())
        if entry.fact.circulation == name
        and (isinstance(entry.fact, AmendmentProposed) or entry.fact.choice is not Choice.COMMENT)
    }
    came = {one: history.returned.get((name, one)) for one in sorted(silent - spoke)}
    return {one: when for one, when in came.items() if when}
