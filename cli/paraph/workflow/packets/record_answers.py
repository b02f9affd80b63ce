"""What came back in packets, recorded once somebody has looked at it.

All that one file says is recorded in one go, with the file as evidence and the token used; an answer that is not clear
is left out, named in the record, and stays with the secretariat to ask about.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.errors import RefusedError, UsageError
from paraph.model.event import (
    AmendmentProposed,
    AnswerSettled,
    CirculationClosed,
    CirculationOpened,
    Decided,
    DecisionWithdrawn,
    Draft,
    Event,
    LateAccepted,
    PacketReturned,
    circulation_key,
)
from paraph.standing.fold import History
from paraph.workflow.approvals.references import refuse_too_early, subject_keys
from paraph.workflow.approvals.said import asked_already, stands_already
from paraph.workflow.packets.incoming import arrived
from paraph.workflow.packets.proposal import Proposal, facts_of
from paraph.workflow.record.ledger import history_of, opened, settings

if TYPE_CHECKING:
    from paraph.register.reader import Reader
    from paraph.register.store import Register


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was recorded of a file: the numbers of the events. `already` counts answers that were on record before."""

    proposal: Proposal
    events: tuple[int, ...]
    already: int


def record(root: Path, proposal: Proposal, at: dt.datetime, seen: Collection[int] = ()) -> Recorded:
    """Record what is clear in a proposal, all of it or nothing. RefusedError: it stops, and whose it is is not known;
    its member said more since it was read, or a circulation of its texts was opened or closed, but for the events
    `seen`, of what was read with it. UsageError: it would have come before its circulation was opened.

    The file is read again and must be the one that was looked at.
    """
    if (proposal.stops and not proposal.unrecorded) or proposal.receipt is None:
        raise RefusedError(f"{proposal.label}: {proposal.stops}", advice=proposal.advice)
    found = next((one for one in arrived(Path(proposal.file)) if one.digest == proposal.digest), None)
    if found is None:
        raise UsageError(f"{proposal.label} has changed since it was read", "Read it again.")
    library = settings(root)
    with opened(root, library) as register:
        evidence = tuple(register.keep(one) for one in (found.data, found.whole) if one)
        given = replace(proposal.receipt, grade=proposal.grade, evidence=evidence)
        hands = _Hands(register, proposal)
        already = 0

        def write(reader: Reader) -> Sequence[Draft]:
            nonlocal already
            already = 0
            keys = subject_keys(reader, proposal.circulation)
            history = history_of(reader, keys)
            refuse_too_early(history.circulations[proposal.circulation], given)
            drafts: list[Draft] = []
            name = f"returned/{proposal.token}/{proposal.digest}"
            events = reader.events(about=(circulation_key(proposal.circulation),))
            if any(isinstance(event.fact, PacketReturned) and event.fact.file == proposal.digest for event in events):
                name += f"/{proposal.around}"  # in another e-mail it comes once more
            since = (event for event in reader.events(about=keys, after=proposal.head) if event.number not in seen)
            if why := next(filter(None, (_moves(event, proposal.member) for event in since)), ""):
                raise RefusedError(f"{proposal.label}: {why} since it was read", advice="Read it again.")
            for answer in proposal.returned.answers:
                for place, (fact, authors) in enumerate(facts_of(proposal, answer, given)):
                    if _stands(history, fact):
                        already += 1
                        continue
                    by = hands.of(authors)
                    drafts.append(Draft(fact=fact, request=f"{name}/{answer.place}/{place}", by=by))
                    history.suppose(fact)
            fact_of_return = PacketReturned(
                circulation=proposal.circulation,
                member=proposal.member,
                token=proposal.token,
                file=proposal.digest,
                receipt=given,
                unrecorded=proposal.unrecorded,
            )
            return [*drafts, Draft(fact=fact_of_return, request=name, by=hands.person)]

        events = register.append(write, at)
    return Recorded(proposal, tuple(event.number for event in events), already)


def _moves(event: Event, member: str) -> str:
    """What an event changes of that on which a proposal of a member stands, whoever said yes to it; or ""."""
    match event.fact:
        case CirculationOpened() | CirculationClosed() as fact:
            return f"{fact.circulation} was {'opened' if isinstance(fact, CirculationOpened) else 'closed'}"
        case (
            Decided() | AmendmentProposed() | DecisionWithdrawn() | LateAccepted() | AnswerSettled() | PacketReturned()
        ) as fact if fact.member == member:
            return f"event {event.number}, of {member}, came on record"
    return ""


def _stands(history: History, fact: Decided | AmendmentProposed) -> bool:
    """Whether it is on record already, word for word."""
    if isinstance(fact, Decided):
        return stands_already(history, fact, dated=True)
    return asked_already(history, fact, dated=True)


class _Hands:
    """The persons behind an answer, by their ids in the register: who answers for the member, and whom Word names.

    Their names are noted before anything is appended: the register takes one writer at a time. Those that Word gives to
    comments and changes nobody has said yes to: they are noted of no member, unless they have answered for it before,
    so that none of them passes for who answers.
    """

    def __init__(self, register: Register, proposal: Proposal) -> None:
        answers, person = proposal.returned.answers, proposal.returned.person
        self.person = register.person(person, proposal.member) if person else ""
        with register.reading() as reader:
            known = {one.name: one.id for one in reader.persons() if one.member == proposal.member}
        names = {author for answer in answers for one in answer.amendments for author in one.authors}
        names |= {one.author for answer in answers for one in answer.comments}
        self._ids = {name: known.get(name) or register.person(name, "") for name in sorted(names) if name}

    def of(self, authors: Sequence[str]) -> str:
        """The one person whose words a fact holds: the author of a comment or change, else who answers; so where Word
        names nobody, as one without a name of its user does."""
        return self._ids.get(authors[0], self.person) if len(set(authors)) == 1 else self.person
