"""Why something is not adopted or not ready, in words for the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from paraph.model.event import Tally
from paraph.standing.rules import Cause, State

_WORDS = {
    "pending": "{members} {have} not decided",
    "objected": "{members} {have} objected",
    "abstained": "{members} {have} abstained, and the rule asks every member to approve",
    "amended": "{members} {have} asked for other words, which breaks the silence",
    "too-few": "too few members approved; {members} {have} not decided",
    "nobody-approved": "no member approved",
    "not-adopted": "not adopted so far: put it to the members, or close the circulation in which it is",
    "unsettled": "{members} gave an answer that is not recorded: ask, record what it says, or --settle it",
    "open": "the circulation is still open",
    "again": "these words are being put to the members again: close it, or call it off",
    "called-off": "the circulation was called off, and these words were not put to the members again",
    "not-asked": "these words were never put to the members",
    "changed": "changed since then",
    "signs": "{members} {have} objected, and would be listed as signing it: ask which of the two stands",
    "frame": "its letterhead, or the words around signatures and reservations, have changed since",
}
_MANY = 4


def in_words(cause: Cause) -> str:
    """A cause as a sentence: "no-child-detention@2: malta has objected"."""
    words = _WORDS[cause.why]
    if cause.why == "too-few" and not cause.members:
        words = "too few members approved"
    have = "has" if len(cause.members) == 1 else "have"
    sentence = words.format(members=named(cause.members), have=have)
    return f"{cause.subject}: {sentence}" if cause.subject else sentence


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
