"""The patterns of a termbase in a string of its characters, step by step.

At each character every pattern that begins there is followed as far as it goes; most characters begin none. What is
found is (number of the pattern, start, end), by where it begins, the shortest first, and of equals the likeliest.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import TypeAlias

from paraph.glossary.keys import LISTED, PLURAL, SINGULAR

Steps: TypeAlias = Mapping[str, int]
"""What a pattern begins with, and it itself → its number; -1 for what is none."""
Found: TypeAlias = tuple[int, int, int]
_AT_ODDS = re.compile(f"{SINGULAR}+({PLURAL}|{LISTED})")


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


def leftmost_longest(found: Iterable[Found], numbers: str, inflected: Collection[int]) -> list[Found]:
    """Of those that overlap the one that begins first; of those that begin together the longest.

    `numbers`: of each character of the string, or none; `inflected`: patterns that are no term as it is written. Where
    a noun in the singular has an adjective in the plural (*enfant migrants*), which is not how the term is written, a
    letter was forgotten, or one term ends there and another begins: it comes after all others.
    """

    def rank(one: Found) -> tuple[bool, int, int]:
        odd = _AT_ODDS.match(numbers, *one[1:])
        return bool(odd and (odd[1] == PLURAL or one[0] in inflected)), one[1], -one[2]

    kept: list[Found] = []
    for one in sorted(found, key=rank):
        place = bisect(kept, one[1], key=itemgetter(1))
        if (not place or kept[place - 1][2] <= one[1]) and (place == len(kept) or one[2] <= kept[place][1]):
            kept.insert(place, one)
    return kept
