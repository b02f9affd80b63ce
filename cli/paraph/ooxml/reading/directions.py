"""Numbers that stand on the page in another order than in the file: 2019–2020 set from right to left is read 2020–2019.

Letters keep their order whatever a run says of itself; digits, and what stands between them, take that of the run
(ECMA-376 Part 1, 17.3.2.30). Arabic is set so, and its numbers with it; where no letter of such a script stands beside
them, nobody means them to be.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from paraph.ooxml.reading.shown import Line, Run

TURNED = "a row of numbers set from right to left, which is read in another order"
_NUMBERS = re.compile(r"\d+(?:[^\w\u200e]+\d+)+")
"""Two or more with no word between them."""
_MARKS = "\u200f\u061c"
"""Marks that set what has no direction of its own, such as numbers, from right to left."""
_LEFT_TO_RIGHT = "\u200e"
"""The mark that packets have before numbers in Arabic: without it they change places (UAX 9, W2)."""
_FIRST_FROM_RIGHT = "\u0590"
"""No sign before it is of a script that is written from the right."""
_WITHIN = re.compile(r"(?<=\d)[.,:/](?=\d)")
"""Of what stands between digits that which makes one number of them, from wherever it is read (UAX 9, W4)."""


def turned(runs: Sequence[Run]) -> Iterator[int]:
    """Of the runs of a paragraph those in which numbers are turned round, by their place."""
    if not any(run.direction.rtl for run in runs):
        return
    for rtl, some in itertools.groupby(enumerate(runs), lambda one: one[1].direction.rtl or not one[1].text):
        stretch = list(some)
        text = "".join(run.text for _, run in stretch)
        if rtl and _NUMBERS.search(text) and not any(map(_is_from_the_right, text)):
            yield from (at for at, run in stretch if run.text)


def order(lines: Iterable[Line]) -> tuple[object, ...]:
    """What the order of words on the page follows from: two texts of the same words in which it is the same are read
    alike. Of a paragraph its own direction, of words that run against it and of numbers side by side that of what parts
    them."""
    found: list[object] = []
    for line in lines:
        runs = [run for run in line.runs if run.says(accepted=True)]
        text = "".join(run.text for run in runs)
        marks = "".join(one for one in text if one in _MARKS)
        if marks and any(map(str.isdigit, text)):
            found.append(marks)
        directions = [run.direction.rtl for run in runs for _ in run.text]
        if any(map(str.isalnum, text)):
            paragraph = runs[0].direction.paragraph_rtl
            found += [paragraph, *_gaps_against(text, directions, paragraph)]
        for match in _NUMBERS.finditer(text):
            places = range(*match.span())
            parting = (at for at in places if not text[at].isdigit() and not _WITHIN.match(text, at))
            kept = text[: match.start()].endswith(_LEFT_TO_RIGHT)
            found.append((match[0], kept, *(directions[at] for at in parting)))
    return tuple(found)


def sides(lines: Iterable[Line]) -> tuple[bool, ...]:
    """Of each paragraph with letters or numbers, whether it begins from the right: if it does, what comes first stands
    there, and else on the left, and so does a mark that no letter follows."""
    found = []
    for line in lines:
        runs = [run for run in line.runs if run.says(accepted=True)]
        if any(letter.isalnum() for run in runs for letter in run.text):
            found.append(runs[0].direction.paragraph_rtl)
    return tuple(found)


def _gaps_against(text: str, directions: Sequence[bool], paragraph: bool) -> Iterator[bool]:
    """Of each gap between two letters that run against their paragraph whether it runs as the paragraph does: the words
    then change places."""
    if not paragraph and max(text) < _FIRST_FROM_RIGHT:
        return
    letters = [at for at, one in enumerate(text) if one.isalnum()]
    for one, other in itertools.pairwise(letters):
        if other == one + 1:
            continue
        kinds = {unicodedata.bidirectional(text[at]) for at in (one, other)}
        if kinds == {"L"} if paragraph else kinds <= {"R", "AL"}:
            yield paragraph in directions[one + 1 : other]


def has_arabic(lines: Iterable[Line]) -> bool:
    """Whether a letter of a script that is written from the right stands in them."""
    return any(_is_from_the_right(one) for line in lines for run in line.runs for one in run.text)


def _is_from_the_right(letter: str) -> bool:
    return unicodedata.bidirectional(letter) in ("R", "AL")
