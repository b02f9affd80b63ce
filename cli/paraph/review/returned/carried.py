"""Marks carried from the words of a text to the same words in another wording: emphasis, links, terms, languages.

A word that stays has the marks that it had. New words have those of the words on both of their sides; what is put in at
the edge of a mark stands outside of it. Words that replace others are set as those were, in emphasis or another
language; a link or a term, which says what its words are, does not go over to them, and goes where they take the place
of most of its own.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from paraph.markup.align import align
from paraph.markup.parse import parse
from paraph.markup.segmentation import is_space, words
from paraph.model.text import (
    Break,
    ClauseRef,
    Inline,
    Line,
    LineKind,
    Link,
    Note,
    Placeholder,
    TermMark,
    Text,
    notes,
    plain,
)

_MOST_CELLS = 1_000_000
"""The words of two texts, multiplied, of which the closest alignment is looked for: about a second."""
_BESIDE, _MARKED = 0.6, 0.3
"""What a word that stays is worth more, of 1, beside another that does, and under a mark."""


@dataclass(frozen=True, eq=False, slots=True)
class Mark:
    """One emphasis, link, term or the like of a text; two are never the same, whatever they say."""

    node: Inline

    @property
    def names(self) -> bool:
        """Whether it says what its words are, not only how they are set."""
        return isinstance(self.node, Link | TermMark | ClauseRef)


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of a text, within its marks, the outermost first. `new`: it was not there before; `at`: its number in the
    text that it stayed from, -1 for none."""

    text: str
    marks: tuple[Mark, ...] = ()
    new: bool = False
    at: int = -1


@dataclass(frozen=True, slots=True)
class Unit:
    """A printed line of a text: of its paragraph `line`, or its footnote `note`. `broken`: after a line break in it."""

    signs: tuple[Sign, ...]
    line: int = -1
    kind: LineKind = LineKind.PARAGRAPH
    level: int = 0
    broken: bool = False
    note: str = ""

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(sign.text for sign in self.signs)


class Leaves:
    """Signs of the private use area, which no text holds, for what is one sign of a text: a call, a value, a reference
    without words."""

    def __init__(self) -> None:
        self._signs: dict[Inline, str] = {}
        self._of: dict[str, Inline] = {}
        self._printed: dict[str, str] = {}
        self._notes = 0
        self.reworded: dict[str, tuple[Inline, ...]] = {}
        """What footnotes say now, by their keys."""

    def sign(self, one: Inline) -> str:
        """The sign for it."""
        if one not in self._signs:
            sign = self._signs[one] = chr(0xE000 + len(self._signs))
            self._of[sign] = one
            self._notes += isinstance(one, Note)
            self._printed[sign] = f"[{self._notes}]" if isinstance(one, Note) else plain((one,))
        return self._signs[one]

    def inline(self, sign: str) -> Inline | None:
        """What a sign stands for; None for one that is itself."""
        one = self._of.get(sign)
        if isinstance(one, Note):
            return replace(one, inlines=self.reworded.get(one.key, one.inlines))
        return one

    def shown(self, text: str) -> str:
        """A text as it is printed."""
        return "".join(self._printed.get(sign, sign) for sign in text)

    def hidden(self, text: str) -> str:
        """A printed text with its signs."""
        shown = {printed: sign for sign, printed in self._printed.items()}
        if not shown:
            return text
        return re.sub("|".join(map(re.escape, sorted(shown, key=len, reverse=True))), lambda m: shown[m[0]], text)


def units(lines: Sequence[Line], leaves: Leaves) -> tuple[list[Unit], list[Unit]]:
    """The printed lines of a text, and its footnotes in the order of their calls."""
    made = []
    count_on = itertools.count()

    def numbered(inlines: Iterable[Inline]) -> tuple[Sign, ...]:
        return tuple(replace(sign, at=at) for sign, at in zip(_signs(inlines, (), leaves), count_on, strict=False))

    for number, line in enumerate(lines):
        signs = numbered(line.inlines)
        for count, part in enumerate(_parted(signs)):
            made.append(Unit(part, number, line.kind, line.level, broken=count > 0))
    called = [note for line in lines for note in notes(line.inlines)]
    return made, [Unit(numbered(one.inlines), note=one.key) for one in called]


def _signs(inlines: Iterable[Inline], marks: tuple[Mark, ...], leaves: Leaves) -> Iterator[Sign]:
    for one in inlines:
        match one:
            case Text(text):
                yield from (Sign(sign, marks) for sign in text)
            case Break():
                yield Sign("\n", marks)
            case Note() | Placeholder() | ClauseRef(children=()):
                yield Sign(leaves.sign(one), marks)
            case _:
                yield from _signs(one.children, (*marks, Mark(replace(one, children=()))), leaves)


def _parted(signs: Sequence[Sign]) -> list[tuple[Sign, ...]]:
    """Signs cut at line ends."""
    made: list[list[Sign]] = [[]]
    for sign in signs:
        if sign.text == "\n":
            made.append([])
        else:
            made[-1].append(sign)
    return [tuple(part) for part in made]


def inlines(signs: Sequence[Sign], leaves: Leaves, depth: int = 0) -> tuple[Inline, ...]:
    """The inlines of signs with their marks; a line end in them is a line break."""
    made: list[Inline] = []
    for mark, run in itertools.groupby(signs, key=lambda sign: sign.marks[depth] if len(sign.marks) > depth else None):
        if mark is not None:
            made.append(replace(mark.node, children=inlines(tuple(run), leaves, depth + 1)))
            continue
        text = ""
        for sign in run:
            one = Break() if sign.text == "\n" else leaves.inline(sign.text)
            if one is None:
                text += sign.text
                continue
            made += [Text(text)] * bool(text) + [one]
            text = ""
        made += [Text(text)] * bool(text)
    return tuple(made)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, and where it begins."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


def words_of(text: str) -> list[Word]:
    """The words and marks of a text."""
    made, at = [], 0
    for token in words(text):
        if not is_space(token):
            made.append(Word(token, at))
        at += len(token)
    return made


def carried(old: Sequence[tuple[Sign, ...]], new: Sequence[str]) -> list[tuple[Sign, ...]]:
    """The lines `new`, which came of the lines `old`, with the marks of the words that stayed."""
    if len(old) == len(new) == 1 and "".join(sign.text for sign in old[0]) == new[0]:
        return list(old)
    before = tuple(sign for line in old for sign in (Sign("\n"), *line))[1:]
    text = "\n".join(new)
    ours, theirs = words_of("".join(sign.text for sign in before)), words_of(text)
    of = dict(_aligned(ours, theirs, before))
    in_order = [*of]
    of |= dict(_moved(ours, theirs, {one: other for other, one in of.items()}, before))
    stayed = {*of.values()}
    marks: dict[int, tuple[Mark, ...]] = {}
    replaced = set[Mark]()
    for at, word in enumerate(theirs):
        if at in of:
            marks |= {word.start + n: before[ours[of[at]].start + n].marks for n in range(len(word.text))}
    for left, right in itertools.pairwise([-1, *in_order, len(theirs)]):
        gone = range(of[left] + 1 if left >= 0 else 0, of[right] if right < len(theirs) else len(ours))
        instead = [sign for at in gone if at not in stayed for sign in before[ours[at].start : ours[at].end]]
        beside = [at for at in (left, right) if 0 <= at < len(theirs)]
        around = [
            before[ours[of[at]].end - 1 if at == left else ours[of[at]].start] for at in beside if len(beside) == 2
        ]
        both = _common([sign.marks for sign in around])
        its = tuple(one for one in _common([sign.marks for sign in instead or around]) if not one.names or one in both)
        fresh = [at for at in range(left + 1, right) if at not in of]
        for at in fresh:
            marks |= dict.fromkeys(range(theirs[at].start, theirs[at].end), its)
        replaced |= {mark for sign in instead for mark in sign.marks if fresh and mark.names}
    for mark in replaced:
        size = sum(mark in sign.marks and sign.text.isalnum() for sign in before)
        if 2 * sum(mark in its and text[n].isalnum() for n, its in marks.items()) < size:
            marks = {n: tuple(one for one in its if one is not mark) for n, its in marks.items()}
    came = {
        theirs[at].start + n: before[ours[it].start + n].at
        for at, it in of.items()
        for n in range(len(theirs[at].text))
    }
    kept = {n for at in of if ours[of[at]].text == theirs[at].text for n in range(theirs[at].start, theirs[at].end)}
    made, last = list[Sign](), 0
    for word in theirs:
        sides = [marks[last - 1], marks[word.start]] if last else []
        made += [Sign(one, _common(sides)) for one in text[last : word.start]]
        made += [Sign(text[n], marks[n], n not in kept, came.get(n, -1)) for n in range(word.start, word.end)]
        last = word.end
    made += [Sign(one) for one in text[last:]]
    return _parted(made)


def _common(marks: Sequence[tuple[Mark, ...]]) -> tuple[Mark, ...]:
    """What all have, from the outermost on; none of none."""
    first, *more = marks or ((),)
    size = next((n for n, one in enumerate(first) if any(len(m) <= n or m[n] is not one for m in more)), len(first))
    return first[:size]


def _aligned(old: Sequence[Word], new: Sequence[Word], signs: Sequence[Sign]) -> Iterator[tuple[int, int]]:
    """The words of `new` (by place) that are words of `old`, in order: as many as may be, side by side and under marks
    rather than scattered."""
    if len(old) * len(new) > _MOST_CELLS:
        numbers: dict[str, int] = {}
        one, other = ([numbers.setdefault(word.text, len(numbers)) for word in side] for side in (old, new))
        i = j = 0
        for hunk in align(one, other):
            yield from zip(range(j, hunk.j), range(i, hunk.i), strict=True)
            i, j = hunk.i2, hunk.j2
        yield from zip(range(j, len(new)), range(i, len(old)), strict=True)
        return
    worth = [
        (1.0 if any(map(str.isalnum, word.text)) or word.text >= "\ue000" else 0.5)
        + (_MARKED if signs[word.start].marks else 0)
        for word in old
    ]
    same, others = ([folded(word.text) for word in side] for side in (old, new))
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    run = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            most = max(best[i + 1][j], best[i][j + 1])
            if same[i] == others[j]:
                following = run[i + 1][j + 1]
                case = 0 if old[i].text == new[j].text else 0.7
                run[i][j] = worth[i] - case + max(best[i + 1][j + 1], following + _BESIDE if following else 0)
                most = max(most, run[i][j])
            best[i][j] = most
    i = j = 0
    on = False
    while i < len(old) and j < len(new):
        if run[i][j] and (on or run[i][j] == best[i][j]):
            yield j, i
            following = run[i + 1][j + 1]
            on = bool(following) and following + _BESIDE >= best[i + 1][j + 1]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def folded(word: str) -> str:
    """A word without regard to capitals, sign for sign."""
    return low if len(low := word.lower()) == len(word) else word


def _moved(
    old: Sequence[Word], new: Sequence[Word], of: dict[int, int], signs: Sequence[Sign]
) -> Iterator[tuple[int, int]]:
    """The words of a mark that went as a whole, where the same words came elsewhere, once; and those of one that
    changed places in it."""
    came = {*range(len(new))} - {*of.values()}
    whole: dict[Mark, list[int]] = {}
    for at, word in enumerate(old):
        for mark in signs[word.start].marks:
            whole.setdefault(mark, []).append(at)
    for places in whole.values():
        if stayed := {of[at] for at in places if at in of}:
            gone = [at for at in places if at not in of]
            for at in [*range(min(stayed) - len(gone), max(stayed) + len(gone) + 1)]:
                it = next((one for one in gone if at in came and old[one].text == new[at].text), None)
                if it is not None and {at - 1, at + 1} & stayed:
                    gone.remove(it)
                    came.remove(at)
                    stayed.add(at)
                    yield at, it
            continue
        wanted = [old[at].text for at in places]
        runs = [range(at, at + len(wanted)) for at in range(len(new) - len(wanted) + 1)]
        found = [run for run in runs if {*run} <= came and [new[at].text for at in run] == wanted]
        if len(found) == 1:
            came -= {*found[0]}
            yield from zip(found[0], places, strict=True)


def of_source(source: str) -> tuple[list[Unit], list[Unit], Leaves]:
    """The printed lines of a text as written, its footnotes, and what one sign stands for."""
    leaves = Leaves()
    return (*units(parse(source)[0], leaves), leaves)
