"""What the words of a text stand for in a termbase, many at once: each written word is read once and known again.

A word is a path in a tree, eight bytes of it to an edge, so that words are compared letter by letter and none is taken
for another.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from paraph.glossary.edge_table import Edges, Numbers
from paraph.glossary.keys import BREAK, EITHER, LISTED, PLURAL, SINGULAR, Keys
from paraph.glossary.token_arrays import EIGHT, Block

_SEVERAL = 0x110000
"""From here on, a number stands for a word that is more than one character, and no longer for the character."""
_NUMBER = 32
"""The bits of a meaning that are lower say which word it is, those from here on which number it is in."""
NUMBERS = (EITHER, SINGULAR, PLURAL, LISTED)
_MOST_SEEN = 500_000
"""Words that are remembered; a text may have no end of others."""
_MOST_EIGHTHS = 8
"""Of a word that is remembered. No word of a language is longer; a longer one is read each time."""


class Row(NamedTuple):
    """The words of a block as characters of the vocabulary in a row, with breaks and both halves of contractions.

    `words`: the word that each is of. `numbers`: of each its place in NUMBERS. `doubtful`: 0, or the line of `others`
    with what else the word may be, the likeliest first, 0 where there is no more.
    """

    characters: Numbers
    words: Numbers
    numbers: Numbers
    doubtful: Numbers
    others: Numbers


class WordMeanings:
    """Written words and what they stand for: a character of the vocabulary, or a line of those that are several."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._lines: dict[tuple[str, ...], int] = {(): 0}
        self._whole = self._others = np.zeros((1, 0), np.int64)
        self._forget()

    def _forget(self) -> None:
        self._edges = Edges()
        self._meant = np.zeros(1, np.int64)
        self._learn({_bytes(word): self._meaning(word, read) for word, read in self._keys.expected()})
        self._seen = 0

    def row(self, block: Block) -> Row:
        """The words of the block, read."""
        read = self._read(block)
        meant = read & ((1 << _NUMBER) - 1)
        if len(self._lines) > len(self._whole):
            self._whole = _table(["".join(read[:1]) for read in self._lines])
            self._others = _table(["".join(read[1:]) for read in self._lines])
        sizes = np.ones(len(meant), np.int64)
        several = np.flatnonzero(meant >= _SEVERAL)
        lines = meant[several] - _SEVERAL
        sizes[several] = (self._whole[lines] != 0).sum(axis=1)
        ends = np.cumsum(sizes + block.parted)
        begun = ends - sizes
        characters = np.full(int(ends[-1]) if len(ends) else 0, ord(BREAK))
        words, numbers, doubtful = np.zeros((3, len(characters)), np.int64)
        characters[begun] = meant
        numbers[begun] = read >> _NUMBER
        words[begun] = np.arange(len(meant))
        for place, column in enumerate(self._whole.T):
            on = np.flatnonzero(column[lines])
            characters[begun[several[on]] + place] = column[lines[on]]
            words[begun[several[on]] + place] = several[on]
        doubtful[begun[several]] = lines * self._others[lines].any(axis=1)
        return Row(characters, words, numbers, doubtful, self._others)

    def _read(self, block: Block) -> Numbers:
        """What each word of the block means, as a number."""
        found = self._known(block)
        new = np.flatnonzero(found == 0)
        if len(new):
            if self._seen > _MOST_SEEN:
                self._forget()
            words = [block.word(number) for number in new.tolist()]
            meant = {word: self._meaning(letters := _letters(word), self._keys.read(letters)) for word in {*words}}
            self._learn(meant)
            self._seen += len(meant)
            found[new] = [meant[word] for word in words]
        return found

    def _known(self, block: Block) -> Numbers:
        """What each word is known to mean; 0 where it is not."""
        words = np.arange(len(block.sizes))
        nodes = self._edges.follow(np.zeros(len(words), np.int64), block.eighth(words, 0))
        place = EIGHT
        while len(longer := np.flatnonzero((block.sizes > place) & (nodes != 0))):
            nodes[longer] = self._edges.follow(nodes[longer], block.eighth(longer, place))
            place += EIGHT
        return self._meant[nodes]

    def _learn(self, meant: Mapping[bytes, int]) -> None:
        words = [word for word in meant if len(word) <= EIGHT * _MOST_EIGHTHS]
        if not words:
            return
        sizes = np.array([*map(len, words)])
        wide = -(-int(sizes.max()) // EIGHT)
        rows = np.array(words, f"S{wide * EIGHT}").view("<u8").reshape(len(words), wide)
        nodes = np.zeros(len(words), np.int64)
        for place in range(wide):
            longer = np.flatnonzero(sizes > place * EIGHT)
            nodes[longer] = self._edges.add(nodes[longer], rows[longer, place])
        grown = np.zeros(self._edges.nodes, np.int64)
        grown[: len(self._meant)] = self._meant
        grown[nodes] = [meant[word] for word in words]
        self._meant = grown

    def _meaning(self, word: str, read: tuple[str, ...]) -> int:
        if len(read[0]) > 1:
            return _SEVERAL + self._lines.setdefault(read, len(self._lines))
        number = NUMBERS.index(self._keys.number(word)) << _NUMBER
        if len(read) == 1:
            return number + ord(read[0])
        return number + _SEVERAL + self._lines.setdefault(read, len(self._lines))


def _table(strings: list[str]) -> Numbers:
    """The characters of the strings as numbers, a line each, 0 after their ends."""
    wide = max(map(len, strings))
    return np.array([[*map(ord, one), *[0] * (wide - len(one))] for one in strings], np.int64)


def _bytes(word: str) -> bytes:
    return word.encode("utf-8", "surrogatepass")


def _letters(word: bytes) -> str:
    return word.decode("utf-8", "surrogatepass")
