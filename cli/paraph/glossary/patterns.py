"""The patterns of a termbase in a string of its characters, step by step.

At each character every pattern that begins there is followed as far as it goes; most characters begin none. What is
found is (number of the pattern, start, end), by where it begins, the shortest first, and of equals the likeliest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

Steps: TypeAlias = Mapping[str, int]
"""What a pattern begins with, and it itself → its number; -1 for what is none."""
Found: TypeAlias = tuple[int, int, int]


def steps(patterns: Sequence[str]) -> Steps:
    """The steps of the patterns, which are numbered as they stand."""
    made = {pattern[:size]: -1 for pattern in patterns for size in range(1, len(pattern))}
    return made | {pattern: number for number, pattern in enumerate(patterns)}


def walk(string: str, others: Mapping[int, str], known: Steps) -> list[Found]:
    """All that stands in `string`. `others`: what else the characters at some places may be, the likeliest first."""
    found: list[Found] = []
    for start, character in enumerate(string):
        if character not in known and start not in others:
            continue
        begun, end = [""], start
        while begun and end < len(string):
            either = string[end] + others.get(end, "")
            begun = [longer for one in either for some in begun if (longer := some + one) in known]
            end += 1
            found += [(known[some], start, end) for some in begun if known[some] >= 0]
    return found


def leftmost_longest(found: Iterable[Found]) -> list[Found]:
    """Of those that overlap the one that begins first; of those that begin together the longest."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (one[1], -one[2])):
        if not kept or one[1] >= kept[-1][2]:
            kept.append(one)
    return kept
