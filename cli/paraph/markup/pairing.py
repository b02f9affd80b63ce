"""Which paragraphs of two documents are the same one, whatever became of its words, its number and its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from paraph.markup.align import similarity

_OF_ONE_CLAUSE = 0.3
"""From this similarity on (of 1), two paragraphs at one place of a clause are one that was changed."""
_ANYWHERE = 0.5
"""From this similarity on, two that stand between the same neighbours are, or two of a clause that changed section."""

_NEAREST = 50
"""How many are looked at there, so that the time is bounded."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A block by its key (`section/clause/line` of a paragraph), what kind it is, and its words.

    Tables and grids, whose rows are compared by their own keys, have no words: their key alone pairs them.
    """

    key: str
    kind: Hashable
    words: tuple[str, ...]

    @property
    def clause(self) -> str:
        """The key without the section."""
        return self.key.partition("/")[2]


def pair(old: Sequence[Unit], new: Sequence[Unit]) -> dict[int, int]:
    """Positions in `old` to positions in `new` of the same paragraphs, the surest first.

    The same key and words; the same words, which stand once; the same key and similar words; the same clause in another
    section; similar words between the same neighbours.
    """
    made = _Pairs(old, new, {})
    made.by(lambda unit: (unit.key, unit.words))
    made.by(lambda unit: unit.words or unit.key)
    made.by(lambda unit: unit.key, _OF_ONE_CLAUSE)
    made.by(lambda unit: unit.clause or unit.key, _ANYWHERE)
    made.between_neighbours()
    return made.found


@dataclass(frozen=True, slots=True)
class _Pairs:
    old: Sequence[Unit]
    new: Sequence[Unit]
    found: dict[int, int]

    def by(self, name: Callable[[Unit], Hashable], least: float = 0) -> None:
        """Pair those left that `name` calls alike, where no two of one text have that name."""
        here, there = ([(n, (units[n].kind, name(units[n]))) for n in left] for units, left in self._left())
        once, once_there = (Counter(called for _, called in side) for side in (here, there))
        places = {called: n for n, called in there if once_there[called] == 1}
        for n, called in here:
            if once[called] == 1 and called in places and self._alike(n, places[called]) >= least:
                self.found[n] = places[called]

    def between_neighbours(self) -> None:
        """Pair what is left where the paragraphs before and after it are paired, in order."""
        taken = set(self.found.values())
        for n in range(len(self.old)):
            if n in self.found:
                continue
            before = max((self.found[m] for m in range(n) if m in self.found), default=-1)
            after = next((self.found[m] for m in range(n + 1, len(self.old)) if m in self.found), len(self.new))
            near = range(before + 1, min(after, before + 1 + _NEAREST))
            free = [m for m in near if m not in taken and self.old[n].kind == self.new[m].kind]
            best = max(free, key=lambda m: self._alike(n, m), default=-1)
            if best >= 0 and self._alike(n, best) >= _ANYWHERE:
                self.found[n] = best
                taken.add(best)

    def _left(self) -> Iterable[tuple[Sequence[Unit], list[int]]]:
        taken = set(self.found.values())
        yield self.old, [n for n in range(len(self.old)) if n not in self.found]
        yield self.new, [n for n in range(len(self.new)) if n not in taken]

    def _alike(self, n: int, m: int) -> float:
        return similarity(self.old[n].words, self.new[m].words)


def staying(pairs: Sequence[tuple[int, int]], weights: Sequence[int]) -> set[tuple[int, int]]:
    """The heaviest of `pairs` (rising on the left) that rise on the right too; the others have moved."""
    best: list[tuple[int, int]] = []  # for each pair, the weight of the best chain that ends in it, and the pair before
    for n, (_, place) in enumerate(pairs):
        weight, before = max(
            ((best[m][0], m) for m in range(n) if pairs[m][1] < place), default=(0, -1), key=lambda chain: chain[0]
        )
        best.append((weight + weights[n], before))
    n = max(range(len(pairs)), key=lambda one: best[one][0], default=-1)
    stay = set()
    while n >= 0:
        stay.add(pairs[n])
        n = best[n][1]
    return stay
