"""Why something is not adopted or not ready, in words for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from paraph.standing.rules import Cause

_WORDS = {
    "pending": "{members} {have} not decided",
    "objected": "{members} {have} objected",
    "abstained": "{members} {have} abstained, and the rule asks every member to approve",
    "amended": "{members} {have} asked for other words, which breaks the silence",
    "too-few": "too few members approved; {members} may still decide",
    "nobody-approved": "no member approved",
    "not-adopted": "not adopted: no circulation of these words is closed in which its rule was met",
    "open": "the circulation is still open",
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


def named(names: Sequence[str]) -> str:
    """Names in a row: "albania, malta and 5 others"."""
    if len(names) > _MANY + 1:
        return f"{', '.join(names[:_MANY])} and {len(names) - _MANY} others"
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
