"""The difference of two texts, word by word, as a lawyer would mark it.

Words decide, and the white space between them follows. What is left of common words between two changes is dissolved
where it is shorter than the changes on both of its sides (the rule of diff-match-patch's cleanupSemantic, on words
instead of characters): “[-end the detention-]{+stop the holding+}” is read more easily than two pairs with a “the”
between them.
"""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from paraph.markup.align import Hunk, align, slide
from paraph.markup.segmentation import is_space, words
from paraph.model.text import Op

_STOPS = frozenset(".!?;؟؛")
"""What ends a sentence, or one of the parallel clauses of a legal one."""
_PAUSES = frozenset(",:،…")


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of text, never empty, and what became of it."""

    op: Op
    text: str


@dataclass(frozen=True, slots=True)
class Token:
    """A token of `words`; two are the same word where `mark` (how it is set, where it links to) is the same too."""

    text: str
    mark: Hashable = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """What became of tokens `old` (start, end) of the old text, or what tokens `new` of the new one are.

    Of what was deleted `new` is empty, of what was inserted `old`; of what was kept, they are the same words.
    """

    op: Op
    old: tuple[int, int]
    new: tuple[int, int]


MARKS = {Op.KEEP: ("", ""), Op.DELETE: ("[-", "-]"), Op.INSERT: ("{+", "+}")}
"""What stands around a change where there is no colour, as GNU wdiff writes it."""


def diff(old: str, new: str) -> tuple[Change, ...]:
    """What became of `old` on the way to `new`, a deletion before the insertion in its place.

    KEEP and DELETE joined are `old` exactly, KEEP and INSERT joined are `new`; no change is empty, and none has the
    operation of the one before it.
    """
    before, after = words(old), words(new)
    made = []
    for one in stretches([Token(text) for text in before], [Token(text) for text in after]):
        tokens = after[slice(*one.new)] if one.op is Op.INSERT else before[slice(*one.old)]
        made.append(Change(one.op, "".join(tokens)))
    return tuple(made)


def marked(changes: Iterable[Change]) -> str:
    """The changes as plain text: `the [-best-]{+superior+} interests`."""
    return "".join(f"{MARKS[change.op][0]}{change.text}{MARKS[change.op][1]}" for change in changes)


def stretches(old: Sequence[Token], new: Sequence[Token]) -> tuple[Stretch, ...]:
    """As `diff`, for the tokens of two texts with their marks; white space is the same whatever its mark."""
    before, after = _Side.of(old), _Side.of(new)
    numbers: dict[Token, int] = {}
    here, there = ([numbers.setdefault(token, len(numbers)) for token in side.words] for side in (before, after))
    hunks = _whole_phrases(align(here, there), (here, there), (before, after))
    return tuple(_joined(_written(_without_confetti(hunks, before, after), before, after)))


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two texts as words, with at most one white space in each gap before, between and after them."""

    tokens: Sequence[Token]
    at: Sequence[int]
    words: Sequence[Token]

    @classmethod
    def of(cls, tokens: Sequence[Token]) -> _Side:
        at = [n for n, token in enumerate(tokens) if not is_space(token.text)]
        return cls(tokens, at, [tokens[n] for n in at])

    def gap(self, word: int) -> tuple[int, int]:
        """The tokens (start, end) between the word before `word` and `word`."""
        return self.at[word - 1] + 1 if word else 0, self.at[word] if word < len(self.at) else len(self.tokens)

    def space(self, word: int) -> str:
        """The white space before `word`."""
        return "".join(token.text for token in self.tokens[slice(*self.gap(word))])

    def letters(self) -> list[int]:
        """How many letters and digits come before each word."""
        return list(itertools.accumulate((sum(map(str.isalnum, word.text)) for word in self.words), initial=0))

    def edge(self, word: int) -> int:
        """How good a place before `word` is for a change to begin or end."""
        if word in (0, len(self.words)) or self.words[word - 1].text in _STOPS:
            return 3
        if self.words[word - 1].text in _PAUSES:
            return 2
        return 1 if self.space(word) else 0


def _whole_phrases(
    hunks: Iterable[Hunk], numbers: tuple[list[int], list[int]], sides: tuple[_Side, _Side]
) -> Iterator[Hunk]:
    """What was only put in, or only taken out, moved to where it begins and ends best.

    What came into “the right to life and the right to health” may be “to life and the right” or “the right to life
    and”: whole sentences are best, then what begins or ends at a comma, then what begins earliest.
    """
    i, j = 0, 0  # where the hunk before ended
    length, other = len(numbers[0]), len(numbers[1])
    for hunk, after in itertools.pairwise([*hunks, Hunk(length, length, other, other)]):
        by = 0
        if hunk.i == hunk.i2:
            moves = slide(numbers[1], (hunk.j, hunk.j2), (hunk.j - j, after.j - hunk.j2))
            by = max(moves, key=lambda by: (sides[1].edge(hunk.j + by) + sides[1].edge(hunk.j2 + by), -by))
        elif hunk.j == hunk.j2:
            moves = slide(numbers[0], (hunk.i, hunk.i2), (hunk.i - i, after.i - hunk.i2))
            by = max(moves, key=lambda by: (sides[0].edge(hunk.i + by) + sides[0].edge(hunk.i2 + by), -by))
        moved = Hunk(hunk.i + by, hunk.i2 + by, hunk.j + by, hunk.j2 + by)
        i, j = moved.i2, moved.j2
        yield moved


def _without_confetti(hunks: Iterable[Hunk], before: _Side, after: _Side) -> list[Hunk]:
    """One hunk of two where the words kept between them are shorter than either, but none over the end of a sentence.

    Where words were only put in, or only taken out, those between them are kept: they are the whole of a text.
    """
    old, new = before.letters(), after.letters()
    stops = list(itertools.accumulate((word.text in _STOPS for word in before.words), initial=0))

    def size(hunk: Hunk) -> int:
        return max(old[hunk.i2] - old[hunk.i], new[hunk.j2] - new[hunk.j])

    made: list[Hunk] = []
    for hunk in hunks:
        made.append(hunk)
        while len(made) > 1:
            one, other = made[-2:]
            apart = other.i > one.i2
            kept = old[other.i] - old[one.i2]
            one_sided = (one.i == one.i2 and other.i == other.i2) or (one.j == one.j2 and other.j == other.j2)
            full_stop = stops[other.i] > stops[one.i2]
            if apart and (one_sided or full_stop or kept > min(size(one), size(other))):
                break
            made[-2:] = [Hunk(one.i, other.i2, one.j, other.j2)]
    return made


def _written(hunks: Sequence[Hunk], before: _Side, after: _Side) -> Iterator[Stretch]:
    """Everything in order: the words that are kept, and what changed together with the spaces that changed with it."""
    i, j = 0, 0
    for hunk in hunks:
        yield from _kept((i, hunk.i), j, before, after)
        yield from _changed(hunk, before, after)
        i, j = hunk.i2, hunk.j2
    yield from _kept((i, len(before.words)), j, before, after)
    if not hunks or i < len(before.words):
        yield from _gap(len(before.words), len(after.words), before, after)


def _kept(old: tuple[int, int], j: int, before: _Side, after: _Side) -> Iterator[Stretch]:
    """Words that are the same, and the gaps between them; the gap before the first, unless a hunk holds it."""
    for n, i in enumerate(range(*old)):
        if n or i == 0 == j:
            yield from _gap(i, j + n, before, after)
        yield Stretch(Op.KEEP, (before.at[i], before.at[i] + 1), (after.at[j + n], after.at[j + n] + 1))


def _gap(i: int, j: int, before: _Side, after: _Side) -> Iterator[Stretch]:
    if before.space(i) == after.space(j):
        yield Stretch(Op.KEEP, before.gap(i), after.gap(j))
    else:
        yield from _replaced(before.gap(i), after.gap(j))


def _replaced(old: tuple[int, int], new: tuple[int, int]) -> Iterator[Stretch]:
    yield Stretch(Op.DELETE, old, (new[0], new[0]))
    yield Stretch(Op.INSERT, (old[1], old[1]), new)


def _changed(hunk: Hunk, before: _Side, after: _Side) -> Iterator[Stretch]:
    """A hunk with the white space on both of its sides, which stays where it is the same.

    Where words were only put in, one space became two, of which one is the one that was there.
    """
    lead = before.space(hunk.i) == after.space(hunk.j)
    single = hunk.i == hunk.i2 or hunk.j == hunk.j2
    trail = before.space(hunk.i2) == after.space(hunk.j2) and not (lead and single)
    first, last = (before.gap(hunk.i), after.gap(hunk.j)), (before.gap(hunk.i2), after.gap(hunk.j2))
    old = first[0][lead], last[0][not trail]
    new = first[1][lead], last[1][not trail]
    if lead:
        yield Stretch(Op.KEEP, *first)
    yield from _replaced(old, new)
    if trail:
        yield Stretch(Op.KEEP, *last)


def _joined(pieces: Iterable[Stretch]) -> Iterator[Stretch]:
    """Neighbours of one operation as one, without the empty ones."""
    filled = (piece for piece in pieces if piece.old[0] < piece.old[1] or piece.new[0] < piece.new[1])
    for op, run in itertools.groupby(filled, key=lambda piece: piece.op):
        first, *rest = run
        last = rest[-1] if rest else first
        yield Stretch(op, (first.old[0], last.old[1]), (first.new[0], last.new[1]))
