"""Whether the words that have a link, a term or a reference in another wording are the very ones that had it.

Of words that stand in a text once, or whose neighbours all stayed, that is certain. Where the same words were struck or
put in elsewhere, or changed places, an alignment has taken one of several readings, which may be the wrong one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from paraph.model.text import Inline
from paraph.review.returned.carried import Mark, Sign, folded, words_of

Place = tuple[int, int]
"""A line, and a word in it; before the first word, and behind the last, stands an edge."""
_EDGE = "\n"
_FAR = 12
"""Words on one side that are compared."""
_SIDES = (-1, 1)
_MOST = 200_000
"""Places that are compared: of a text with more of the same words nobody can tell."""


def doubtful(old: Sequence[Sequence[Sign]], new: Sequence[Sequence[Sign]]) -> set[Mark]:
    """The names of which nobody can tell whether their words are the very ones that had them, from all lines of a text
    and of its other wording."""
    return set(_Wordings(old, new).doubts())


class _Wordings:
    def __init__(self, old: Sequence[Sequence[Sign]], new: Sequence[Sequence[Sign]]) -> None:
        self.ours, self.our_names, of_sign = _lines(old)
        self.theirs, self.their_names, signs = _lines(new)
        place = {sign: at for at, sign in of_sign.items() if sign >= 0}
        self.of = {at: place[sign] for at, sign in signs.items() if sign in place}
        self.to = {it: at for at, it in self.of.items()}
        self.left = _MOST
        self.our_places, self.their_places = _places(self.ours), _places(self.theirs)

    def doubts(self) -> Iterator[Mark]:
        runs: dict[Mark, list[Place]] = defaultdict(list)
        for at in sorted(self.of):
            for mark in self.our_names.get(self.of[at], ()):
                if mark in self.their_names.get(at, ()):
                    runs[mark].append(at)
        alike = [Counter(map(tuple, side)) for side in (self.ours, self.theirs)]
        for mark, run in runs.items():
            line = tuple(self.theirs[run[0][0]])
            if line == tuple(self.ours[self.of[run[0]][0]]) and all(one[line] == 1 for one in alike):
                continue  # the line stayed as it was
            if self._stands_alone(run) or any(self._has_rival(at, mark.node) for at in self._ends(run)):
                yield mark

    def _shared(self, our: Place, their: Place, step: int) -> int:
        """How many words on one side of two places are the same, one after the other; an edge counts as one."""
        (u, i), (v, j), found = our, their, 0
        ours, theirs = self.ours[u], self.theirs[v]
        while found < _FAR and ours[i + step] == theirs[j + step]:
            i, j, found = i + step, j + step, found + 1
            if ours[i] == _EDGE:
                break
        return found

    def _ends(self, run: Sequence[Place]) -> Iterator[Place]:
        """The first and last of words that stand together in both wordings: what beats them, beats those between."""
        for n, at in enumerate(run):
            for step in _SIDES:
                together = run[max(0, n + step) : n + step + 1] == [(at[0], at[1] + step)]
                if not together or self.of[at[0], at[1] + step] != (self.of[at][0], self.of[at][1] + step):
                    yield at
                    break

    def _has_rival(self, at: Place, node: Inline) -> bool:
        """Whether the same word of another place may have come here, or this one have gone elsewhere: it has more of
        its neighbours there, on one side, than where the alignment has it; or as many, and no place at all."""
        it = self.of[at]
        own = [self._shared(it, at, step) for step in _SIDES]
        word = self.theirs[at[0]][at[1]]
        self.left -= len(self.our_places[word]) + len(self.their_places[word])
        if self.left < 0:
            return True
        ours = [one for one in self.our_places[word] if one != it and not _has(self.our_names, one, node)]
        theirs = [one for one in self.their_places[word] if one != at and not _has(self.their_names, one, node)]
        return any(self._beats((one, at), own, self.to.get(one), one) for one in ours) or any(
            self._beats((it, one), own, one, self.of.get(one)) for one in theirs
        )

    def _beats(self, rival: tuple[Place, Place], own: Sequence[int], their: Place | None, our: Place | None) -> bool:
        """Whether two places have more in common on one side than `own`, and than the other of them has with its own;
        or as much on both, and the other has none."""
        sides = [self._shared(*rival, step) for step in _SIDES]
        if our is None or their is None:
            pairs = [*zip(sides, own, strict=True)]
            return any(one > mine for one, mine in pairs) or all(one >= mine for one, mine in pairs)
        return any(
            one > mine and one > self._shared(our, their, step)
            for one, mine, step in zip(sides, own, _SIDES, strict=True)
        )

    def _stands_alone(self, run: Sequence[Place]) -> bool:
        """Whether other words stand on both sides of those of a name."""
        return all(self._is_replaced(at, step) for at, step in zip((run[0], run[-1]), _SIDES, strict=True))

    def _is_replaced(self, at: Place, step: int) -> bool:
        """Whether on one side the next words were struck and others put in, and no word beside stayed."""
        (v, j), (u, i) = at, self.of[at]
        size = self._shared((u, i), at, step)
        if any(any(map(str.isalnum, self.theirs[v][j + step * n])) for n in range(1, size + 1)):
            return False
        beside, was = (v, j + step), (u, i + step)
        is_new = self.theirs[v][j + step] != _EDGE and beside not in self.of
        return is_new and self.ours[u][i + step] != _EDGE and was not in self.to


def _has(names: Mapping[Place, Collection[Mark]], at: Place, node: Inline) -> bool:
    return any(mark.node == node for mark in names.get(at, ()))


def _lines(
    lines: Sequence[Sequence[Sign]],
) -> tuple[list[list[str]], dict[Place, list[Mark]], dict[Place, int]]:
    """The words of lines, without regard to capitals, between edges; the names of each, and the sign it begins with."""
    made: list[list[str]] = []
    names: dict[Place, list[Mark]] = {}
    signs: dict[Place, int] = {}
    for number, line in enumerate(lines):
        its = words_of("".join(sign.text for sign in line))
        made.append([_EDGE, *(folded(word.text) for word in its), _EDGE])
        for count, word in enumerate(its, 1):
            first = line[word.start]
            signs[number, count] = first.at
            if found := [mark for mark in first.marks if mark.names]:
                names[number, count] = found
    return made, names, signs


def _places(lines: Sequence[Sequence[str]]) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = defaultdict(list)
    for number, line in enumerate(lines):
        for count, word in enumerate(line):
            found[word].append((number, count))
    return found
