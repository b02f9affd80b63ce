"""Which paragraph of a text each line of another wording is, and what it is there: an item, of which level, or none.

A packet that came back is read without its lists. A paragraph that stayed, or was reworded where it stood, is what it
was; one that is new is what the one before it is. Where words alone do not tell, `Placed.told` is set.
"""

from __future__ import annotations

import bisect
import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from paraph.markup.align import similarity
from paraph.markup.segmentation import is_space, words
from paraph.model.text import LineKind
from paraph.review.returned.carried import Unit

_ALIKE = 0.3
"""From this similarity on (of 1), two paragraphs in the same order are one that was changed."""
_MOVED = 0.6
"""From this similarity on, two that stand elsewhere are."""
_PART = 0.5
"""From this share of its letters on, a paragraph came out of another, or went into it."""
_MOST = 250_000
"""The lines of two texts, multiplied, that are paired by what they say."""
_ITEMS = (LineKind.BULLET, LineKind.ORDERED)
Kind = tuple[LineKind, int]


@dataclass(slots=True)
class Placed:
    """A line of the new wording. `olds` are the lines that its words came of, `of` the one that it is, -1 for none;
    `news` the lines that share them."""

    text: str
    of: int = -1
    olds: list[int] = field(default_factory=list)
    news: list[int] = field(default_factory=list)
    kind: LineKind = LineKind.PARAGRAPH
    level: int = 0
    broken: bool = False
    moved: bool = False
    told: bool = False
    doubt: bool = False
    """Whether it may be quoted, or not: nobody can tell."""

    @property
    def is_item(self) -> bool:
        """Whether it begins an item of a list."""
        return self.kind in _ITEMS

    @property
    def listed(self) -> bool:
        """Whether it stands in a list."""
        return self.is_item or self.level > 0


def placed(old: Sequence[Unit], new: Sequence[str]) -> list[Placed]:
    """The lines `new` as paragraphs of a text that was `old`."""
    made = [Placed(text) for text in new]
    pairs = _Pairs(old, made)
    pairs.in_order()
    pairs.elsewhere(1)
    pairs.elsewhere(_MOVED)
    pairs.parted()
    pairs.in_place()
    _break(old, made)
    _give_kinds(old, made)
    _tell(old, made)
    return made


class _Pairs:
    def __init__(self, old: Sequence[Unit], new: list[Placed]) -> None:
        self.old, self.new = old, new
        self.ours = [[word for word in words(one.text.lower()) if not is_space(word)] for one in old]
        self.theirs = [[word for word in words(one.text.lower()) if not is_space(word)] for one in new]
        self.taken = dict[int, int]()

    def alike(self, i: int, j: int) -> float:
        return 1 if self.old[i].text == self.new[j].text else 0.99 * similarity(self.ours[i], self.theirs[j])

    def take(self, i: int, j: int) -> None:
        self.new[j].of, self.new[j].olds, self.new[j].news = i, [i], [j]
        self.taken[i] = j

    def in_order(self) -> None:
        """The pairs that say the most alike, one after the other; what is the same before what is alike."""
        n, m = len(self.old), len(self.new)
        exact = n * m > _MOST
        best = [[0.0] * (m + 1) for _ in range(n + 1)]
        worth: dict[tuple[int, int], float] = {}
        for i in range(n - 1, -1, -1):
            for j in range(m - 1, -1, -1):
                best[i][j] = max(best[i + 1][j], best[i][j + 1])
                same = self.old[i].text == self.new[j].text
                share = 1.0 if same else 0 if exact else self.alike(i, j)
                if share >= _ALIKE:
                    fixed = 0.2 if self.old[i].kind is LineKind.QUOTE else 0
                    worth[i, j] = (2 + fixed + min(len(self.ours[i]), 50) / 1000 if same else share + 0.2) + best[
                        i + 1
                    ][j + 1]
                    best[i][j] = max(best[i][j], worth[i, j])
        i = j = 0
        while i < n and j < m:
            if worth.get((i, j)) == best[i][j]:
                self.take(i, j)
                i, j = i + 1, j + 1
            elif best[i][j] == best[i][j + 1]:
                j += 1
            else:
                i += 1

    def left(self) -> tuple[list[int], list[int]]:
        return (
            [i for i in range(len(self.old)) if i not in self.taken],
            [j for j, one in enumerate(self.new) if not one.olds],
        )

    def elsewhere(self, least: float) -> None:
        """What moved."""
        ours, theirs = self.left()
        if len(ours) * len(theirs) > _MOST:
            return
        old_gap, new_gap = self._gaps()
        apart = ((i, j) for i in ours for j in theirs if old_gap(i) != new_gap(j))
        for share, i, j in sorted((-self.alike(i, j), i, j) for i, j in apart):
            if -share >= least and i not in self.taken and not self.new[j].olds:
                self.take(i, j)
                self.new[j].moved = True

    def _gaps(self) -> tuple[Callable[[int], int], Callable[[int], int]]:
        """Between which of the paragraphs that stayed in order a line stands, of the old ones and of the new."""
        kept = [(a, b) for a, b in self.taken.items() if not self.new[b].moved]
        ours, theirs = (sorted(side) for side in ([a for a, _ in kept], [b for _, b in kept]))
        return (lambda i: bisect.bisect(ours, i)), (lambda j: bisect.bisect(theirs, j))

    def parted(self) -> None:
        """Paragraphs of which a part is one of its own now, and those that went into one beside them."""
        before = -1
        while before != len(self.left()[1]):
            ours, theirs = self.left()
            before = len(theirs)
            for j in theirs:
                for beside in (j - 1, j + 1):
                    one = self.new[beside] if 0 <= beside < len(self.new) else None
                    if one and one.olds and not one.moved and not self.new[j].olds:
                        over = Counter(word for i in one.olds for word in self.ours[i])
                        for other in one.news:
                            over -= Counter(self.theirs[other])
                        if _part(self.theirs[j], over) >= _PART:
                            news = sorted([*one.news, j])
                            for other in news:
                                self.new[other].olds, self.new[other].news = one.olds, news
            for i in ours:
                for beside in (i - 1, i + 1):
                    at = next((j for j, one in enumerate(self.new) if beside in one.olds and one.of >= 0), -1)
                    if at >= 0 and not self.new[at].moved and i not in self.taken:
                        over = Counter(self.theirs[at])
                        for other in self.new[at].olds:
                            over -= Counter(self.ours[other])
                        if _part(self.ours[i], over) >= _PART:
                            olds = sorted([*self.new[at].olds, i])
                            self.taken[i] = at
                            for other in self.new[at].news:
                                self.new[other].olds = olds

    def in_place(self) -> None:
        """What stands at one place, and was worded anew: in order."""
        ours, theirs = self.left()
        old_gap, new_gap = self._gaps()
        groups = {gap: list(its) for gap, its in itertools.groupby(ours, key=old_gap)}
        for gap, its in itertools.groupby(theirs, key=new_gap):
            here, there = groups.get(gap, []), list(its)
            if not here:
                continue
            kinds = {(self.old[a].kind, self.old[a].level) for a in here}
            unsure = len(here) != len(there) or len(kinds) > 1
            quoted = any(kind is LineKind.QUOTE for kind, _ in kinds)
            beside = {
                (self.old[i].kind, self.old[i].level) for i in (here[0] - 1, here[-1] + 1) if 0 <= i < len(self.old)
            }
            for a, b in self._closest(here, there):
                unsure = unsure or (self.alike(a, b) < _ALIKE and len(kinds | beside) > 1)
                self.take(a, b)
            for b in there:
                self.new[b].told = unsure and len(kinds | beside | {(LineKind.PARAGRAPH, 0)}) > 1
                self.new[b].doubt = unsure and quoted

    def _closest(self, ours: Sequence[int], theirs: Sequence[int]) -> list[tuple[int, int]]:
        """All of the fewer in order, with those that say the most alike of the others; the first of them, if none."""
        if len(ours) == len(theirs) or len(ours) * len(theirs) > _MOST:
            return list(zip(ours, theirs, strict=False))
        found: list[list[tuple[float, list[tuple[int, int]]]]] = [[(0, [])] * (len(theirs) + 1)]
        for i in reversed(ours):
            row: list[tuple[float, list[tuple[int, int]]]] = [(0, [])]
            for n, j in enumerate(reversed(theirs)):
                with_it, its = found[-1][n]
                both = (with_it + 1 + self.alike(i, j), [(i, j), *its])
                row.append(max(both, found[-1][n + 1], row[n], key=lambda one: one[0]))
            found.append(row)
        return found[-1][-1][1]


def _part(some: Sequence[str], within: Counter[str]) -> float:
    """The share of the letters of `some` words that are in `within`."""
    every, there = Counter(some), Counter(some) & within
    return sum(len(word) * n for word, n in there.items()) / max(1, sum(len(word) * n for word, n in every.items()))


def _break(old: Sequence[Unit], new: Sequence[Placed]) -> None:
    """Line breaks inside of a paragraph stay between its lines."""
    for j, one in enumerate(new):
        i = one.olds[0] if one.olds else -1
        before = new[j - 1].olds[-1] if j and new[j - 1].olds else -1
        if i >= 0 and old[i].broken:
            one.broken = before >= 0 and old[before].line == old[i].line and not one.moved
            one.told = one.told or not one.broken
        elif i < 0 <= before:
            after = new[j + 1].of if j + 1 < len(new) else -1
            one.broken = after >= 0 and old[after].broken and old[after].line == old[before].line


def _give_kinds(old: Sequence[Unit], new: Sequence[Placed]) -> None:
    fixed: dict[int, Kind] = {}
    for j, one in enumerate(new):
        if one.olds and not one.moved:
            first = one.of if one.of >= 0 and one.news[0] != j else one.olds[0]
            fixed[j] = (old[first].kind, old[first].level)
            if len({(old[i].kind, old[i].level) for i in one.olds}) > 1:
                one.told = True
                one.doubt |= any(old[i].kind is LineKind.QUOTE for i in one.olds)
    open_levels = 0  # how deep a paragraph may stand here
    for j, one in enumerate(new):
        before = (new[j - 1].kind, new[j - 1].level) if j else None
        if one.broken and before:
            one.kind, one.level = before
            continue
        following = fixed.get(j + 1)
        kind, level = fixed.get(j) or _kind(old[one.of] if one.moved else None, before, following)
        if level > open_levels:
            level, one.told = open_levels, True
        if one.kind is LineKind.QUOTE:
            one.doubt |= one.moved
        one.kind, one.level = kind, level
        open_levels = level + 1 if one.is_item else level
    more = len(new) > len(old)
    for j, one in enumerate(new):
        sides = [other.kind is LineKind.QUOTE for other in (*new[max(0, j - 1) : j], *new[j + 1 : j + 2])]
        quoted = one.kind is LineKind.QUOTE or (one.moved and old[one.of].kind is LineKind.QUOTE)
        if one.moved:
            one.doubt |= quoted or (len(sides) == 2 and all(sides))
        elif one.of < 0 and not one.broken:
            one.doubt |= quoted or any(sides)
        else:
            one.doubt |= more and len(one.news) > 1 and quoted


def _kind(moved: Unit | None, before: Kind | None, after: Kind | None) -> Kind:
    """What a paragraph is that is new between others, or came from elsewhere: what the closest item is."""
    items = [one for one in (before, after) if one and one[0] in _ITEMS]
    own = (moved.kind, moved.level) if moved else None
    if own and own[0] in _ITEMS and own in items:
        return own
    if own and own[0] not in _ITEMS and len(items) < 2:
        return LineKind.PARAGRAPH, min(own[1], before[1] + 1 if before and before[0] in _ITEMS else 0)
    if items:
        return items[0]
    return (LineKind.PARAGRAPH, before[1]) if before and not own else (LineKind.PARAGRAPH, 0)


def _tell(old: Sequence[Unit], new: Sequence[Placed]) -> None:
    """Set `told` on each line of which the words do not say whether it is an item, of which level and list."""
    kinds = [(one.kind, one.level) for one in old], [(one.kind, one.level) for one in new]
    were, are = map(_standing, kinds)
    deep = any(level and kind in _ITEMS for kind, level in (*kinds[0], *kinds[1]))
    lists: dict[int, int] = {}
    homes: dict[int, int] = {}
    for j, one in enumerate(new):
        sides = [*new[max(0, j - 1) : j], *new[j + 1 : j + 2]]
        same = len(sides) == 2 and {(other.kind, other.level) for other in sides} == {(one.kind, one.level)}
        was_item = one.of >= 0 and (old[one.of].kind in _ITEMS or old[one.of].level > 0)
        if one.of < 0 or one.moved or len(one.news) > 1:
            near = one.listed or was_item or any(other.listed for other in sides)
            one.told |= (
                near and not one.broken and not (same and not deep and (not one.moved or one.is_item == was_item))
            )
            continue
        it = old[one.of]
        if (it.kind, it.level) != (one.kind, one.level):
            one.told = True
        (parent, run), (had, its) = were[one.of], are[j]
        if parent >= 0 and (had < 0 or parent not in new[had].olds):
            one.told = True
        if run >= 0 and its >= 0:
            one.told |= lists.setdefault(its, run) != run or homes.setdefault(run, its) != its
            lists[its], homes[run] = run, its


def _standing(kinds: Sequence[Kind]) -> list[tuple[int, int]]:
    """The item that each line stands in, and the first item of its list; -1 for none."""
    return list(_walked(kinds))


def _walked(kinds: Sequence[Kind]) -> Iterator[tuple[int, int]]:
    items: list[tuple[int, int, LineKind]] = []  # by level: the open item, the first of its list, its kind
    for at, (kind, level) in enumerate(kinds):
        parent = items[level - 1][0] if 0 < level <= len(items) else -1
        if kind not in _ITEMS:
            del items[level:]
            yield parent, -1
            continue
        del items[level + 1 :]
        first = items[level][1] if level < len(items) and items[level][2] is kind else at
        items[level:] = [(at, first, kind)]
        yield parent, first
