"""Who stands behind a release no longer, before anything new goes out in its words: docs/approvals.md, 16a, 21 and 22.

What was released is what it was on its day. A letter of today speaks today: nobody's name goes under words that it has
taken back, or objects to, since. What is said here are sentences, one for each text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from paraph.model.document import Record, Reservation
from paraph.model.event import DocumentVersion
from paraph.standing.fold import History
from paraph.standing.gate import asked_in, unmet
from paraph.standing.rules import FOR, Cause, State, electorate, positions, taken_back
from paraph.workflow.approvals.causes import explained, in_words
from paraph.workflow.approvals.unheard import unheard

_SAID = {
    "objects": "objects to {}",
    "took-back": "took back what it had decided on {}",
    "not-for": "has not approved {}",
    "not-asked": "approved {}, and was no active member when it was put to the members: that counts for nothing",
    "signs-without": "took back what it had decided on {}",
    "late-objection": "objected to {}, too late to count",
    "found-objection": "objected to {} in time, which was recorded after the close",
    "late-reservation": "made a reservation on {}, too late to count",
    "late-abstention": "abstained on {}, too late to count",
    "late-answer": "gave an answer on {} that is not recorded, too late to count",
    "unsettled": "gave an answer on {} that is not recorded",
    "earlier-version": "spoke against an earlier version after {} was put",
}


def parted(history: History, version: DocumentVersion, members: Collection[str]) -> Iterator[str]:
    """What keeps each of `members`, who were listed as signing a version of a document, from being listed today."""
    for subject in dict.fromkeys((version.subject, *version.clauses)):
        held, back = positions(history, subject, members), taken_back(history, subject)
        for member in members:
            state = held[member].state
            if state is State.OBJECTED:
                yield _said(member, "objects", subject)
            elif subject == version.subject and state not in FOR:
                gone = member in back and state is State.PENDING
                yield _said(member, "took-back" if gone else "not-for", subject)


def parted_alone(history: History, version: DocumentVersion, member: str) -> tuple[str, ...]:
    """Why `member` may not send a document by itself: what it does not stand behind. Nobody else answers for what it
    sends, so that nothing of this can be looked past."""
    asked = asked_in(history, version.subject)
    causes = unheard(history, (version.subject, *version.clauses), (member,), (member,))
    found = (*parted(history, version, (member,)), *(_said(member, cause.why, cause.subject) for cause in causes))
    if not found and (asked is None or member not in electorate(asked)):
        found = (_said(member, "not-asked", version.subject),)
    return tuple(dict.fromkeys(found))


def reserved_otherwise(printed: Record, now: Record, members: Collection[str]) -> Iterator[str]:
    """The reservations of `members` that stand now and are not `printed`, or no longer."""
    then, since = (_reservations(one.reservations, members) for one in (printed, now))
    for member, clause in dict.fromkeys((*since, *then)):
        if then.get((member, clause)) != since.get((member, clause)):
            yield f"the reservation of {member}{f' on {clause}' if clause else ''} is not as it was released"


def doubted(now: History, then: History, version: DocumentVersion, signed: Collection[str]) -> tuple[str, ...]:
    """What stands in the way of a release of a version today, or is to be looked at first, and was not `then`: of those
    listed as `signed`, or, where nobody is, of all that were asked."""
    asked = asked_in(now, version.subject)
    members = tuple(signed) or (electorate(asked) if asked else ())
    before = set(_each(_judged(then, version, members, signed)))
    since = tuple(one for one in _judged(now, version, members, signed) if not before.issuperset(_each((one,))))
    return tuple(map(in_words, explained(now, since, asked)))


def _judged(
    history: History, version: DocumentVersion, members: Collection[str], signed: Collection[str]
) -> tuple[Cause, ...]:
    return (*unmet(history, version), *unheard(history, (version.subject, *version.clauses), members, signed))


def _each(causes: Iterable[Cause]) -> Iterator[Cause]:
    """Causes, one for each member."""
    for cause in causes:
        for member in cause.members or ("",):
            yield replace(cause, members=(member,))


def _reservations(found: Iterable[Reservation], members: Collection[str]) -> dict[tuple[str, str], dict[str, str]]:
    return {(one.institution, one.clause): dict(one.text) for one in found if one.institution in members}


def _said(member: str, why: str, subject: object) -> str:
    return f"{member} {_SAID[why].format(subject)}"
