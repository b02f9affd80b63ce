"""The words of many texts at once, as arrays: what `tokens.carefully` cuts, cut alike and thirty times as quickly.

Texts are laid end to end with a gap between them that no term crosses. Words are told apart as characters, by their
code points; they are known again as bytes of UTF-8, eight to a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from paraph.glossary.edge_table import Numbers, Symbols
from paraph.glossary.tokens import WORD

Codes: TypeAlias = npt.NDArray[np.uint32]

GAP = "\0\0"
"""Between texts: two characters that are neither letters nor spaces."""
EIGHT = 8
_MOST = 1 << 19
_OTHER, _LETTER, _HYPHEN, _SPACE = range(4)
_SPACES = re.compile(r"\s+")
_HYPHENS = "-\u2010\u2011"
_MASKS = np.array([(1 << EIGHT * size) - 1 for size in range(EIGHT + 1)], np.uint64)


@dataclass(frozen=True, slots=True)
class Block:
    """Words of texts laid end to end. `starts` and `ends` are in characters of all, `at` and `sizes` in bytes of `raw`.

    `parted`: the words that no term goes on to from the word before. `texts`: where each text begins; an end.
    """

    raw: bytes
    starts: Numbers
    ends: Numbers
    at: Numbers
    sizes: Numbers
    parted: npt.NDArray[np.bool_]
    texts: tuple[int, ...]

    def word(self, number: int) -> bytes:
        """A word as it stands in the text."""
        at = int(self.at[number])
        return self.raw[at : at + int(self.sizes[number])]

    def eighth(self, words: Numbers, place: int) -> Symbols:
        """The eight bytes at `place` of each of these words, as one number; what is no longer of the word is zero."""
        numbers = np.ndarray((len(self.raw) - EIGHT + 1,), "<u8", self.raw, strides=(1,))
        left = np.minimum(self.sizes[words] - place, EIGHT)
        return numbers[self.at[words] + place] & _MASKS[left]


def blocks(texts: Iterable[str]) -> Iterator[Block]:
    """The words of the texts, so many texts to a block as the processor's cache holds well."""
    some: list[str] = []
    size = 0
    for text in texts:
        some.append(text)
        size += len(text)
        if size > _MOST:
            yield cut(some)
            some, size = [], 0
    if some:
        yield cut(some)


def cut(texts: Sequence[str]) -> Block:
    """The words of the texts."""
    laid = GAP.join(("", *texts, ""))
    raw = laid.encode("utf-8", "surrogatepass") + bytes(EIGHT)
    narrow = len(raw) == len(laid) + EIGHT
    codes = None if narrow else np.frombuffer(laid.encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds = _kinds(laid, codes)
    letters = kinds == _LETTER
    inside = letters.copy()
    inside[1:-1] |= (kinds[1:-1] == _HYPHEN) & letters[:-2] & letters[2:]
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    starts, ends = edges[::2], edges[1::2]
    before = np.arange(len(raw)) if narrow else _bytes_before(raw)
    return Block(
        raw=raw,
        starts=starts,
        ends=ends,
        at=before[starts],
        sizes=before[ends] - before[starts],
        parted=_parted(kinds, starts, ends),
        texts=tuple(accumulate((len(text) + len(GAP) for text in texts), initial=len(GAP))),
    )


def _parted(kinds: npt.NDArray[np.uint8], starts: Numbers, ends: Numbers) -> npt.NDArray[np.bool_]:
    """More than one character, not all of them spaces, stands before the word; the first word has nothing before it."""
    parted = np.zeros(len(starts), np.bool_)
    wide = np.flatnonzero(starts[1:] - ends[:-1] > 1)
    if len(wide):
        spans = np.column_stack((ends[wide], starts[wide + 1])).ravel()
        parted[wide + 1] = np.logical_or.reduceat(kinds != _SPACE, spans)[::2]
    return parted


def _kinds(laid: str, codes: Codes | None) -> npt.NDArray[np.uint8]:
    narrow = laid.encode("latin-1", "replace").translate(kinds_of_characters()[:256].tobytes())
    kinds = np.frombuffer(narrow, np.uint8)
    if codes is not None and len(wide := np.flatnonzero(codes > 0xFF)):
        kinds = kinds.copy()
        kinds[wide] = kinds_of_characters()[codes[wide]]
    return kinds


def _bytes_before(raw: bytes) -> Numbers:
    """How many bytes of UTF-8 stand before each character: all but the first of a character are 0x80 to 0xBF."""
    return np.flatnonzero(np.frombuffer(raw, np.int8) >= 0xC0 - 0x100)


@cache
def kinds_of_characters() -> npt.NDArray[np.uint8]:
    """What each character of Unicode is to a word."""
    every = np.arange(0x110000, dtype="<u4").tobytes().decode("utf-32-le", "surrogatepass")
    table = np.full(len(every), _OTHER, np.uint8)
    for pattern, kind in ((WORD, _LETTER), (_SPACES, _SPACE)):
        for found in pattern.finditer(every):
            table[found.start() : found.end()] = kind
    table[[*map(ord, _HYPHENS)]] = _HYPHEN
    return table
