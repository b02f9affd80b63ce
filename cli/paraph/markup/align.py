"""Which words of two texts are the same, and which stretches changed: the mechanics under `paraph.markup.diff`.

Exact alignment is a longest common subsequence (rapidfuzz, bit-parallel). Its cost is the product of the lengths, so
what is too long for it is first cut at words that stand once in both texts, as patience diff does; what is too long
even then counts as replaced. The time is bounded for any two texts.
"""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from paraph.markup.segmentation import is_space

AT_ONCE = 10_000 * 10_000
"""The lengths of two stretches, multiplied, that are aligned exactly: about 20 ms and 13 MB."""


@dataclass(frozen=True, slots=True)
class Hunk:
    """Words `i:i2` of the old text gave way to words `j:j2` of the new one; either may be none, not both."""

    i: int
    i2: int
    j: int
    j2: int


def align(old: Sequence[int], new: Sequence[int]) -> list[Hunk]:
    """What changed between two sequences of words (as numbers: equal numbers, equal words), in order."""
    made, i, j = [], 0, 0
    for i2, j2 in (*_pairs(old, new), (len(old), len(new))):
        if i2 > i or j2 > j:
            made.append(Hunk(i, i2, j, j2))
        i, j = i2 + 1, j2 + 1
    return made


def _pairs(old: Sequence[int], new: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Positions of the same word in both, rising on both sides."""
    shorter = min(len(old), len(new))
    head = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    tail = next((at for at in range(shorter - head) if old[-1 - at] != new[-1 - at]), shorter - head)
    yield from ((at, at) for at in range(head))
    i, j = head, head
    ends = len(old) - tail, len(new) - tail
    too_long = (ends[0] - i) * (ends[1] - j) > AT_ONCE
    for i2, j2 in _unique(old, new, head, ends) if too_long else ():
        yield from _common(old, new, (i, i2), (j, j2))
        yield i2, j2
        i, j = i2 + 1, j2 + 1
    yield from _common(old, new, (i, ends[0]), (j, ends[1]))
    yield from ((len(old) - at, len(new) - at) for at in range(tail, 0, -1))


def _common(
    old: Sequence[int], new: Sequence[int], here: tuple[int, int], there: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """The longest common subsequence of two stretches; nothing where they are too long for it."""
    known, wanted = set(old[slice(*here)]), set(new[slice(*there)])
    left = [at for at in range(*here) if old[at] in wanted]
    right = [at for at in range(*there) if new[at] in known]
    if not left or not right or len(left) * len(right) > AT_ONCE:
        return
    from rapidfuzz.distance import LCSseq

    for code in LCSseq.opcodes([old[at] for at in left], [new[at] for at in right]):
        if code.tag == "equal":
            yield from zip(left[code.src_start : code.src_end], right[code.dest_start : code.dest_end], strict=True)


def _unique(old: Sequence[int], new: Sequence[int], head: int, ends: tuple[int, int]) -> list[tuple[int, int]]:
    """Words that stand once in both between `head` and `ends`: the longest chain of them in the same order."""
    counts, others = Counter(old[head : ends[0]]), Counter(new[head : ends[1]])
    places = {new[at]: at for at in range(head, ends[1]) if others[new[at]] == 1}
    once = [(at, places[old[at]]) for at in range(head, ends[0]) if counts[old[at]] == 1 and old[at] in places]
    least: list[int] = []  # for each length of chain, the least place that one ends in, and which candidate that is
    last: list[int] = []
    before: list[int] = []
    for n, (_, place) in enumerate(once):
        length = bisect.bisect_left(least, place)
        least[length : length + 1] = [place]
        last[length : length + 1] = [n]
        before.append(last[length - 1] if length else -1)
    chain, n = [], last[-1] if last else -1
    while n >= 0:
        chain.append(once[n])
        n = before[n]
    return chain[::-1]


def slide(ids: Sequence[int], hunk: tuple[int, int], room: tuple[int, int]) -> range:
    """By how many words `hunk` (start, end), put in or taken out, may move and still give the same texts.

    `room` is how many unchanged words there are before and after it.
    """
    start, end = hunk
    back, on = 0, 0
    while back < room[0] and ids[start - back - 1] == ids[end - back - 1]:
        back += 1
    while on < room[1] and ids[start + on] == ids[end + on]:
        on += 1
    return range(-back, on + 1)


def similarity(old: Sequence[str], new: Sequence[str]) -> float:
    """How alike two texts are as words, white space apart, from 0 to 1; two without words are the same."""
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(*([word for word in words if not is_space(word)] for words in (old, new)))
