"""The edges of a tree in one hash table of numpy's, so that a hundred thousand are followed at once.

An edge is (node, symbol) → node; nodes are numbers, the root is 0, and 0 is also what no edge leads to. Symbols and
nodes are compared whole: the hash says only where to look, and two that share it are told apart.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Numbers: TypeAlias = npt.NDArray[np.int64]
Symbols: TypeAlias = npt.NDArray[np.uint64]

_NODE = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)
_ODD = np.uint64(0x9E3779B97F4A7C15)
"""2⁶⁴ over the golden ratio, by which numbers are multiplied to be spread (Knuth, volume 3, 6.4)."""
_SMALLEST = 10


class Edges:
    """Edges that can be added, to new nodes from `first` on; never more than a quarter of the table is full."""

    def __init__(self, first: int = 1) -> None:
        self.nodes = first
        self._bits = _SMALLEST
        self._slots = np.zeros((1 << self._bits, 2), np.uint64)

    @property
    def size(self) -> int:
        """Bytes of the table."""
        return self._slots.nbytes

    def follow(self, nodes: Numbers, symbols: Symbols) -> Numbers:
        """Where the edges lead from `nodes`, each by its symbol; 0 where there is none."""
        found = np.zeros(len(nodes), np.int64)
        before = nodes.astype(np.uint64)
        slots = self._hashed(before, symbols)
        left: Numbers | None = None
        while len(slots):
            some = self._slots.take(slots, axis=0)
            there = (some[:, 0] == symbols) & (some[:, 1] >> _NODE == before)
            to = (some[:, 1] & _LOW).astype(np.int64)
            if left is None:
                np.multiply(to, there, out=found)
            else:
                found[left[there]] = to[there]
            on = np.flatnonzero(~there & (to != 0))
            left = on if left is None else left[on]
            before, symbols = before[on], symbols[on]
            slots = (slots[on] + 1) & (len(self._slots) - 1)
        return found

    def add(self, nodes: Numbers, symbols: Symbols) -> Numbers:
        """Edges from `nodes`, each by its symbol, made where there are none; where they lead."""
        while (self.nodes + len(nodes)) * 4 > len(self._slots):
            self._grow()
        news = np.arange(self.nodes, self.nodes + len(nodes), dtype=np.uint64)
        self.nodes += len(nodes)
        return self._enter(nodes.astype(np.uint64), symbols, news)

    def _enter(self, before: Symbols, symbols: Symbols, news: Symbols) -> Numbers:
        found = np.zeros(len(before), np.int64)
        left = np.arange(len(before))
        slots = self._hashed(before, symbols)
        while len(left):
            free = np.flatnonzero(self._slots[slots, 1] == 0)
            # Of several that take one slot the last has it: what stands there then says whose it is.
            self._slots[slots[free], 0] = symbols[free]
            self._slots[slots[free], 1] = before[free] << _NODE | news[free]
            some = self._slots.take(slots, axis=0)
            there = (some[:, 0] == symbols) & (some[:, 1] >> _NODE == before)
            found[left[there]] = (some[there, 1] & _LOW).astype(np.int64)
            on = np.flatnonzero(~there)
            left, before, symbols, news = left[on], before[on], symbols[on], news[on]
            slots = (slots[on] + 1) & (len(self._slots) - 1)
        return found

    def _grow(self) -> None:
        old = self._slots[self._slots[:, 1] != 0]
        self._bits += 1
        self._slots = np.zeros((1 << self._bits, 2), np.uint64)
        self._enter(old[:, 1] >> _NODE, old[:, 0], old[:, 1] & _LOW)

    def _hashed(self, before: Symbols, symbols: Symbols) -> Numbers:
        mixed = (symbols ^ (before + np.uint64(1)) * _ODD) * _ODD
        mixed ^= mixed >> _NODE
        mixed *= _ODD
        return (mixed >> np.uint64(64 - self._bits)).astype(np.int64)
