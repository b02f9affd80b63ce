"""What the events of a chain say about each other, computed anew: digests of versions, tallies, what makes sense."""

from __future__ import annotations

from collections.abc import Iterator
from sys import intern

from paraph.model.event import (
    AmendmentProposed,
    AnswerSettled,
    CirculationClosed,
    CirculationOpened,
    ClauseVersion,
    Decided,
    DocumentVersion,
    Fact,
    PacketReturned,
    Receipt,
    Released,
    Subject,
    TranslationValidated,
)
from paraph.register.codec import Envelope, event_of
from paraph.standing.fold import History
from paraph.standing.gate import unmet
from paraph.standing.rules import tally
from paraph.standing.versions import is_sound


class Recount:
    """The history so far, with no more of each event in memory than tallies need."""

    def __init__(self) -> None:
        self._history = History()
        self._known: dict[Subject, Subject] = {}
        self._asked: dict[str, frozenset[str]] = {}
        self._receipt: Receipt | None = None

    def take(self, read: Envelope[Fact], hash_: str) -> Iterator[str]:
        """What is wrong with the next event, a line each."""
        fact, place = read.data, f"event {read.number}"
        if isinstance(fact, Decided):
            known = self._known.get(fact.subject)
            if known is None:
                yield f"{place}: {_unknown(fact.subject)}"
            yield from self._uninvited(place, fact)
            self._history.decide(read.number, self._lean(fact, known or fact.subject))
        else:
            yield from self._others(place, fact)
            self._history.add(event_of(read, hash_))
        if self._history.problems:
            yield from self._history.problems
            self._history.problems.clear()

    def _others(self, place: str, fact: Fact) -> Iterator[str]:
        if isinstance(fact, ClauseVersion | DocumentVersion):
            self._known[fact.subject] = fact.subject
            if not is_sound(fact):
                yield f"{place}: the digest of {fact.subject} is not that of its words"
        for subject in _subjects(fact):
            if subject not in self._known:
                yield f"{place}: {_unknown(subject)}"
        match fact:
            case CirculationOpened():
                self._asked[fact.circulation] = frozenset((*fact.electorate, *fact.invited))
            case AmendmentProposed():
                yield from self._uninvited(place, fact)
            case CirculationClosed():
                yield from self._tallies(place, fact)
            case Released():
                yield from self._release(place, fact)
            case _:
                pass

    def _uninvited(self, place: str, fact: Decided | AmendmentProposed) -> tuple[str, ...]:
        """Whether somebody speaks who was not asked; a circulation that is not there is said elsewhere."""
        if fact.member in self._asked.get(fact.circulation, (fact.member,)):
            return ()
        return (f"{place}: {fact.member} was not asked in {fact.circulation}",)

    def _tallies(self, place: str, fact: CirculationClosed) -> Iterator[str]:
        asked = self._history.circulations.get(fact.circulation)
        if asked is None:
            return  # the history says so
        if tuple(one.subject for one in fact.tallies) != asked.opened.subjects:
            yield f"{place}: the tallies are not those of what was put to the members"
        for recorded in fact.tallies:
            if tally(self._history, asked, recorded.subject) != recorded:
                yield f"{place}: the tally of {recorded.subject} is not what the decisions before it come to"

    def _release(self, place: str, fact: Released) -> Iterator[str]:
        """A release is of a version whose rule was met when it was recorded, with the clauses of that version; one that
        calls itself provisional says that it was not."""
        versions = self._history.versions.get(fact.subject.key, [])
        document = next((one for one in versions if one.subject == fact.subject), None)
        if not isinstance(document, DocumentVersion):
            return  # it is no version on record, which is said
        if fact.clauses != document.clauses:
            yield f"{place}: the clauses of {fact.reference} are not those of {fact.subject}"
        if not fact.provisional and (causes := unmet(self._history, document)):
            why = "; ".join(f"{one.subject} {one.why}" for one in causes[:3])
            yield f"{place}: {fact.reference} was released although its rule was not met ({why})"

    def _lean(self, fact: Decided, subject: Subject) -> Decided:
        """A decision without what no tally needs, sharing what many repeat."""
        if self._receipt is None or self._receipt.received != fact.receipt.received:
            self._receipt = Receipt(received=fact.receipt.received, channel="")
        return Decided(
            circulation=intern(fact.circulation),
            member=intern(fact.member),
            subject=subject,
            choice=fact.choice,
            receipt=self._receipt,
        )


def _unknown(subject: Subject) -> str:
    return f"the version {subject} is not on record with these words"


def _subjects(fact: Fact) -> tuple[Subject, ...]:
    """The versions that a fact other than a decision speaks of, which must be on record before it."""
    match fact:
        case AmendmentProposed() | AnswerSettled() | TranslationValidated():
            return (fact.subject,)
        case PacketReturned():
            return fact.unrecorded
        case CirculationOpened():
            return fact.subjects
        case DocumentVersion():
            return fact.clauses
        case Released():
            return (fact.subject, *fact.clauses)
    return ()
