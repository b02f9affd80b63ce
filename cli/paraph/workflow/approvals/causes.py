"""Why something is not adopted or not ready, in words for the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from paraph.model.event import Choice, Decided, Subject, Tally
from paraph.model.rule import read_rule
from paraph.standing.fold import Circulation, History
from paraph.standing.gate import open_circulations, outcome
from paraph.standing.rules import FOR, Cause, State, decided, electorate, found_against, taken_back
from paraph.workflow.approvals.said import amendments_by, ends_consent, last_decision

_WORDS = {
    "pending": "{pending}",
    "objected": "{members} {have} objected",
    "abstained": "{members} {have} abstained, and the rule asks every member to approve",
    "amended": "{members} {have} asked for other words, which breaks the silence",
    "too-few": "too few members approved{of_how_many}",
    "nobody-approved": "no member approved",
    "not-adopted": "{not_adopted}",
    "unsettled": "{members} gave an answer that is not recorded: ask, record what it says, or --settle it",
    "open": "the circulation is still open",
    "again": "these words are being put to the members again: close it, or call it off",
    "called-off": "the circulation was called off, and these words were not put to the members again",
    "not-asked": "these words were never put to the members",
    "changed": "changed since then",
    "signs-without": "{members} took back what was decided on it, and would be listed as signing it: ask which stands",
    "late-objection": "{members} objected too late to count: ask what stands",
    "late-reservation": "{members} reserved too late to count: ask what stands, or --accept-late",
    "late-abstention": "{members} abstained too late to count: ask what stands, or --accept-late",
    "late-answer": "{members} gave an answer that is not recorded, too late to count: ask what it says, or --settle it",
    "earlier-version": "{members} spoke against an earlier version after this one was put: ask what stands",
    "found-objection": "{members} {have} objected before the deadline, recorded after the close: ask them all again",
    "unsigned": "no member would be listed as signing it: each let it pass in silence, or may not sign",
    "signs": "{members} {have} objected, and would be listed as signing it: ask which of the two stands",
    "frame": "its languages, its letterhead, or the words around signatures and reservations, have changed since",
}
_IN_NO_NAME = {
    "objected": "{everyone} {have} objected",
    "abstained": "{everyone} {have} abstained",
    "pending": "{everyone} {have} not decided",
    "unasked": "{everyone} {have} no vote in the circulation that decides it",
}
_WORDS |= {f"nameless-{state}": words for state, words in _IN_NO_NAME.items()}
_WORDS |= {
    f"edition-{state}": f"{words}, and would have an edition of its own: ask, or leave that out"
    for state, words in _IN_NO_NAME.items()
}
_MANY = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Explained(Cause):
    """A cause with what else the record says of it.

    `took_back`: those of `members` that had approved, and took it back; `against`: those that objected in time, and
    `amending` those that asked for other words in time, either recorded after the close; `late`: those that decided too
    late to count; `circulation`: the one that is still open, or (`ended`) the last in which it was not adopted;
    `approvals`: how many approved, of how many that the rule asks for (0: not a matter of number).
    """

    took_back: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    amending: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    circulation: str = ""
    ended: bool = False
    approvals: tuple[int, int] = (0, 0)


def explained(history: History, causes: Iterable[Cause], asked: Circulation | None) -> tuple[Explained, ...]:
    """Causes with what else the record says of them. `asked` is the circulation whose rule is to be met, over its
    electorate: while it is open by what its tally counts, then by where members stand now."""
    known = {str(one): one for circulation in history.circulations.values() for one in circulation.opened.subjects}
    return tuple(_explained(history, cause, known.get(cause.subject), asked) for cause in causes)


def _explained(history: History, cause: Cause, subject: Subject | None, asked: Circulation | None) -> Explained:
    plain = Explained(why=cause.why, members=cause.members, subject=cause.subject)
    if subject is None:
        return plain
    gone = took_back(history, subject, cause.members)
    if cause.why == "not-adopted":
        if asking := open_circulations(history, subject):
            return replace(plain, circulation=asking[-1].opened.circulation)
        document = asked.opened.document if asked else ""
        closed = outcome(history, subject, document) or outcome(history, subject)
        return replace(plain, circulation=closed[0].opened.circulation, ended=True) if closed else plain
    if cause.why == "too-few" and asked:
        rule, members = read_rule(asked.opened.rule), electorate(asked)
        held = decided(history, subject, members, None if asked.closed else asked)
        joined = sum(one.state in FOR for one in held.values())
        return replace(plain, took_back=gone, approvals=(joined, rule.approvals))
    if cause.why == "pending":
        against = found_against(history, subject, cause.members)
        rest = [member for member in cause.members if member not in (*gone, *against)]
        amending = tuple(member for member in rest if _asked_in_time(history, subject, member))
        late = tuple(one for one in rest if one not in amending and last_decision(history, subject, one))
        return replace(plain, took_back=gone, against=against, amending=amending, late=late)
    return plain


def _asked_in_time(history: History, subject: Subject, member: str) -> bool:
    """Whether an amendment of a member stands that came in time, and was recorded after the close: it is no silence."""
    proposed = (one for one in amendments_by(history, subject, member) if not one.counts)
    return any(ends_consent(history, subject, one.fact.receipt.received, one.number) for one in proposed)


def took_back(history: History, subject: Subject, members: Iterable[str]) -> tuple[str, ...]:
    """Those of `members`, which have not decided, that had approved a version, and took it back last."""
    approved = {
        entry.number
        for entry in history.entries.get(subject, ())
        if isinstance(entry.fact, Decided) and entry.fact.choice in (Choice.APPROVE, Choice.RESERVE)
    }
    back = taken_back(history, subject)
    return tuple(member for member in members if member in back and back[member].fact.decision in approved)


def in_words(cause: Cause) -> str:
    """A cause as a sentence: "no-child-detention@2: malta has objected"."""
    said = cause if isinstance(cause, Explained) else Explained(why=cause.why, members=cause.members)
    have = "has" if len(cause.members) == 1 else "have"
    joined, needed = said.approvals
    of_how_many = f": {joined} of the {needed} that the rule asks for" if needed else ""
    sentence = _WORDS[cause.why].format(
        members=named(cause.members),
        everyone=" and ".join(filter(None, (", ".join(cause.members[:-1]), *cause.members[-1:]))),
        have=have,
        pending=_pending(said),
        of_how_many=f"{of_how_many}; {_pending(said)}" if cause.members else of_how_many,
        not_adopted=_not_adopted(said),
    )
    return f"{cause.subject}: {sentence}" if cause.subject else sentence


def _pending(said: Explained) -> str:
    """Who has not decided, and who took back its approval."""
    told = (*said.took_back, *said.against, *said.amending, *said.late)
    rest = tuple(member for member in said.members if member not in told)
    parts = []
    for some, what in ((said.took_back, "taken back {} approval"), (rest, "not decided")):
        if some:
            have, whose = ("has", "its") if len(some) == 1 else ("have", "their")
            parts.append(f"{named(some)} {have} {what.format(whose)}")
    for some, what in ((said.against, "objected"), (said.amending, "asked for other words")):
        if some:
            have = "has" if len(some) == 1 else "have"
            parts.append(f"{named(some)} {have} {what} before the deadline, recorded after the close")
    if said.late:
        parts.append(f"{named(said.late)} decided too late to count")
    return "; ".join(parts)


def _not_adopted(said: Explained) -> str:
    if said.ended:
        return f"not adopted in {said.circulation}: put it to the members again"
    if said.circulation:
        return f"not adopted so far: {said.circulation}, in which it is, is still open"
    return "not adopted so far: put it to the members"


def gathered(causes: Iterable[Cause]) -> Iterator[str]:
    """Causes as sentences, one for all texts of which the same is to be said."""
    alike: dict[Cause, list[str]] = {}
    for cause in causes:
        alike.setdefault(replace(cause, subject=""), []).append(cause.subject)
    yield from (in_words(replace(cause, subject=named(subjects))) for cause, subjects in alike.items())


def counted(tally: Tally) -> str:
    """A tally in words: "adopted: 2 approved, 1 tacit"."""
    counts = Counter(state_in(tally, one.state) for one in tally.members)
    states = ", ".join(f"{count} {state}" for state, count in counts.most_common())
    return f"{'adopted' if tally.adopted else 'NOT ADOPTED'}: {states}"


def state_in(tally: Tally, state: str) -> str:
    """A member’s state in a tally: where nothing was adopted, silence was no consent (17), and is not called that."""
    return "silent" if state == State.TACIT and not tally.adopted else state


def named(names: Sequence[str]) -> str:
    """Names in a row: "albania, malta and 5 others"."""
    if len(names) > _MANY + 1:
        return f"{', '.join(names[:_MANY])} and {len(names) - _MANY} others"
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
