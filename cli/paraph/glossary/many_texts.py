"""The terms of a termbase in many texts at once: what `Matcher.find` finds in each, found by numpy.

A hundred thousand terms in megabytes of text need no loop of Python's over words: the words of a block of texts are cut
(`token_arrays`), known (`word_meanings`) and followed through the tree of terms (`edge_table`) as arrays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from paraph.glossary.edge_table import Edges, Numbers
from paraph.glossary.keys import EITHER, FIRST, LISTED, PLURAL, SINGULAR, Keys
from paraph.glossary.token_arrays import Block, kinds_of_characters
from paraph.glossary.word_meanings import NUMBERS, Row, WordMeanings


class Found(NamedTuple):
    """Terms in the texts of a block: the number of each pattern, and where in its text it begins and ends.

    `texts`: the first of each text; an end.
    """

    patterns: list[int]
    starts: list[int]
    ends: list[int]
    texts: list[int]


class Many:
    """The patterns of a termbase as a tree, and the words that stood in texts so far.

    The node to which the first character of a pattern leads has the number of the character.
    """

    def __init__(
        self, patterns: Sequence[str], silent: Collection[int], inflected: Collection[int], keys: Keys
    ) -> None:
        kinds_of_characters()  # now, and not before the first text
        self._meanings = WordMeanings(keys)
        self._agreeing = keys.agreeing
        self._spoken = np.ones(len(patterns), np.bool_)
        self._spoken[[*silent]] = False
        self._inflected = np.zeros(len(patterns), np.bool_)
        self._inflected[[*inflected]] = True
        sizes = np.array([*map(len, patterns)])
        rows = np.array(patterns).view(np.uint32).reshape(len(patterns), -1)
        nodes = rows[:, 0].astype(np.int64)
        self._tree = Edges(keys.end)
        inner = []
        for place in range(1, rows.shape[1]):
            longer = np.flatnonzero(sizes > place)
            inner.append(nodes[longer])
            nodes[longer] = self._tree.add(nodes[longer], rows[longer, place].astype(np.uint64))
        self._pattern = np.full(self._tree.nodes, -1)
        self._pattern[nodes] = np.arange(len(patterns))
        self._inner = np.zeros(self._tree.nodes, np.bool_)
        self._inner[np.concatenate(inner or [nodes[:0]])] = True

    def find(self, block: Block, *, overlapping: bool = False) -> Found:
        """The terms in the texts of the block, by where they begin and end; unless `overlapping`, leftmost-longest."""
        row = self._meanings.row(block)
        patterns, starts, ends = map(np.concatenate, zip(*self._walk(row), strict=True))
        order = np.lexsort((ends if overlapping else -ends, starts))
        if not overlapping:
            odd = _at_odds(row, self._inflected[patterns], starts, ends) if self._agreeing else None
            order = _chosen(order, starts, ends, odd)
        order = order[self._spoken[patterns[order]]]
        starts = block.starts[row.words[starts[order]]]
        ends = block.ends[row.words[ends[order] - 1]]
        texts = np.searchsorted(starts, block.texts)
        before = np.repeat(block.texts[:-1], np.diff(texts))
        return Found(patterns[order].tolist(), (starts - before).tolist(), (ends - before).tolist(), texts.tolist())

    def _walk(self, row: Row) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
        """Patterns with the places [start, end) of the row where they stand, the shortest first."""
        starts = np.flatnonzero(row.characters >= FIRST)
        starts, nodes = self._step(row, starts, starts, None)
        size = 1
        while True:
            patterns = self._pattern[nodes]
            ended = np.flatnonzero(patterns >= 0)
            yield patterns[ended], starts[ended], starts[ended] + size
            on = np.flatnonzero(self._inner[nodes] & (starts + size < len(row.characters)))
            if not len(on):
                return
            starts, nodes = self._step(row, starts[on], starts[on] + size, nodes[on])
            size += 1

    def _step(self, row: Row, starts: Numbers, at: Numbers, nodes: Numbers | None) -> tuple[Numbers, Numbers]:
        """One character further; where a word may be several, by each of them, the likeliest first."""
        after = self._after(nodes, row.characters[at])
        on = np.flatnonzero(after)
        made = [(starts[on], after[on])]
        doubtful = np.flatnonzero(row.doubtful[at])
        for characters in row.others.T if len(doubtful) else ():
            after = self._after(None if nodes is None else nodes[doubtful], characters[row.doubtful[at[doubtful]]])
            on = np.flatnonzero(after)
            made.append((starts[doubtful[on]], after[on]))
        return np.concatenate([one for one, _ in made]), np.concatenate([one for _, one in made])

    def _after(self, nodes: Numbers | None, characters: Numbers) -> Numbers:
        """Where the tree goes on; 0 where it does not. `nodes` None: from its root."""
        return characters if nodes is None else self._tree.follow(nodes, characters.astype(np.uint64))


def _at_odds(row: Row, inflected: npt.NDArray[np.bool_], starts: Numbers, ends: Numbers) -> npt.NDArray[np.bool_]:
    """Which terms [start, end) of a row are words in the singular, and one in the plural then, but not as written."""
    numbers = np.append(row.numbers, NUMBERS.index(EITHER))
    others = np.where(numbers == NUMBERS.index(SINGULAR), len(row.numbers), np.arange(len(numbers)))
    on = np.minimum.accumulate(others[::-1])[::-1][starts]  # the first from there that is not in the singular
    many = (numbers[on] == NUMBERS.index(PLURAL)) | (numbers[on] == NUMBERS.index(LISTED)) & inflected
    return np.asarray((on > starts) & (on < ends) & many)


def _chosen(order: Numbers, starts: Numbers, ends: Numbers, odd: npt.NDArray[np.bool_] | None) -> Numbers:
    """Of terms in this order none that overlaps one before it; those at odds come after all others."""
    if odd is None:
        return order[_apart(starts[order], ends[order])]
    first = _chosen(order[~odd[order]], starts, ends, None)
    rest = order[odd[order]]
    after = np.searchsorted(ends[first], starts[rest], "right")
    free = np.append(starts[first], np.iinfo(np.int64).max)[after] >= ends[rest]
    both = np.concatenate((first, _chosen(rest[free], starts, ends, None)))
    return both[np.argsort(starts[both])]


def _apart(starts: Numbers, ends: Numbers) -> npt.NDArray[np.bool_]:
    """Of terms by where they begin, the longest first: those that begin after the last one that is kept has ended.

    One before which all others have ended is kept in any case; from all of these on, the next of each at once.
    """
    kept = np.append(-1, np.maximum.accumulate(ends)[:-1])[: len(starts)] <= starts
    last = np.flatnonzero(kept)
    while len(last):
        after = np.searchsorted(starts, ends[last])
        after = after[after < len(starts)]
        last = after[~kept[after]]
        kept[last] = True
    return kept
