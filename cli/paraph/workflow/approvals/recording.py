"""Recording what somebody wishes to be recorded of texts: each of them looked at by itself, all written or none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from paraph.errors import RefusedError, UsageError
from paraph.model.event import Choice, Decided, DecisionWithdrawn, Draft, Fact, Receipt, Subject
from paraph.standing.fold import History
from paraph.standing.rules import FOR, position
from paraph.workflow.approvals.references import Asked, Wish, asked_of, keys_of, refuse_too_early
from paraph.workflow.approvals.released import released_with
from paraph.workflow.approvals.said import to_take_back
from paraph.workflow.reasons import in_a_line
from paraph.workflow.record.ledger import history_of, keep, new_request, opened, settings
from paraph.workflow.record.membership import leaving
from paraph.workflow.times import shown

if TYPE_CHECKING:
    from paraph.register.reader import Reader
    from paraph.register.store import Register


@dataclass(frozen=True, slots=True)
class Noted:
    """What became of a wish on one subject: what there is to know, and the event's number (0: nothing was written)."""

    subject: Subject
    circulation: str
    request: str
    notes: tuple[str, ...] = ()
    event: int = 0


Answer: TypeAlias = Callable[[History, Asked, Receipt], tuple[Fact | None, tuple[str, ...]]]
"""What a wish comes to on one subject: the fact to record, or none, and what there is to know."""


def record(
    root: Path,
    wish: Wish,
    answer: Answer,
    at: dt.datetime,
    *,
    none: str = "",
    language: str = "",
    then: Callable[[History, Fact], Iterable[str]] = lambda history, fact: (),
    settled: Callable[[], None] = lambda: None,
) -> tuple[Noted, ...]:
    """Record what `answer` makes of the wish on each subject: a fact, or none, with what there is to know of it, and
    `then`, once it is the last on record. `settled`, called when all were asked about, may raise what stands in the way
    of it all.

    Raises RefusedError with the words of `none` where that is given and there is no fact on any subject; UsageError
    for a time of receipt that is still to come, and a `language` of its words that the workspace has not.
    """
    library = settings(root)
    if language and language not in library.workspace.all_languages:
        raise UsageError(f"“{language}” is no language here", f"Say -l {', '.join(library.workspace.all_languages)}.")
    if wish.receipt.received > at:
        zone = library.workspace.time_zone
        raise UsageError(f"{shown(wish.receipt.received, zone)} is still to come", "Name the time it was received.")
    with opened(root, library) as register:
        receipt = replace(wish.receipt, evidence=tuple(keep(register, path) for path in wish.evidence))
        given, by = replace(wish, receipt=receipt), _person(register, wish)
        name, noted, departing = new_request(), list[Noted](), set[str]()

        def write(reader: Reader) -> Sequence[Draft]:
            noted.clear()
            history = history_of(reader, keys_of(reader, given))
            drafts: list[Draft] = []
            gone = leaving(library, history, given.member, at)
            for place, asked in enumerate(_turns(history, given)):
                refuse_too_early(asked.circulation, receipt)
                fact, notes = answer(history, asked, receipt)
                wanted = f"{name}/{place}" if fact else ""
                if _departs(history, fact):
                    departing.add(wanted)
                if fact:
                    drafts.append(Draft(fact=fact, request=wanted, by=by))
                    history.suppose(fact)
                    notes = (*notes, *then(history, fact), *gone)
                noted.append(Noted(asked.subject, asked.circulation.opened.circulation, wanted, notes))
            settled()
            if none and not any(one.request for one in noted):
                raise RefusedError(none)
            return drafts

        numbers = {event.request: event.number for event in register.append(write, at)}
        if departing:  # told by what is on record with it
            with register.reading() as reader:
                noted = [
                    replace(one, notes=(*one.notes, *released_with(reader, one.subject, given.member)))
                    if one.request in departing
                    else one
                    for one in noted
                ]
    return tuple(replace(one, event=numbers.get(one.request, 0)) for one in noted)


def _turns(history: History, wish: Wish) -> Iterator[Asked]:
    """The subjects of a wish; one of which several things are taken back as often, what never counted first: it would
    go with what counts, and could not be taken back alone."""
    for asked in asked_of(history, wish):
        said = to_take_back(history, asked.subject, asked.member, wish.events) if wish.events else []
        named = sorted((one.counts, one.number) for one in said if one.number in wish.events)
        yield from [replace(asked, event=number) for _, number in named] or [asked]


def _departs(history: History, fact: Fact | None) -> bool:
    """Whether a member is about to stand no longer where it stood: it takes its approval back, or objects."""
    if isinstance(fact, DecisionWithdrawn):
        stood = position(history, fact.subject, fact.member)
        return stood.event == fact.decision and stood.state in FOR
    return isinstance(fact, Decided) and fact.choice is Choice.OBJECT


def _person(register: Register, wish: Wish) -> str:
    return register.person(in_a_line(wish.person, "--by"), wish.member) if wish.person else ""
