"""The words of a printed copy, whoever set its pages: what another program may set elsewhere is put aside.

A browser prints footnotes at the end, Word at the foot of other pages; a table's head stands again on each page; in
text from right to left, what one line has from left to right, apart by “·” or in numbers, stands in the order that the
program finds right. All of that is layout. Anything else is compared letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, permutations
from typing import TypeAlias

from paraph.proof.reading import letters

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_RUNS = re.compile("([\u0590-\u08ff]+)")
_TOKENS = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_")
_COUNTED = re.compile("[(]\u0623[(]")
_APART = re.compile("[·|]")
"""Between words of which programs set either first: “return · retour” are two isolates or one (UAX 9, 2.4)."""

_ASIDE = re.compile(r"[·|«:(]")
"""Between what is set from the right as often as from the left: “Malta, on “…”: …” is said by three."""

_WORDS = re.compile(r"\d+|[^\W\d_]+")
_MOST_APART = 4
_ENDS_OF_ADDRESSES = "/?#=&.-_~"
PAIRED = str.maketrans(")]}»>", "([{«<")

_MARK = re.compile(r"\A\s*(?:•\s*|(?P<number>\d+)\.\s*(?:(?=(?P=number)(?!\d)|\(?\w\))|\Z))")
"""Before an item of a list: a dot, or a number where the item has the same, or a letter."""

_NUMBERED = re.compile(r"\A\s*(\d+\.)\s*")

Line: TypeAlias = frozenset[str]
"""The letters of a line from left to right, in each order in which a program may have set them."""


@dataclass(frozen=True, slots=True)
class Between:
    """What stands from left to right between words that do not: its `signs` and `numbers` in any order; and where it
    has words, its `lines`."""

    signs: tuple[str, ...]
    numbers: tuple[str, ...]
    lines: tuple[Line, ...]


Run: TypeAlias = str | Between
"""Letters from right to left, or what stands between them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Settled:
    """A text to be compared: `runs` its letters, in pieces where it runs both ways; `lines` for a person to read."""

    runs: tuple[Run, ...]
    lines: tuple[str, ...]

    def alike(self, other: Settled) -> bool:
        """Whether both say the same."""
        return alike(self.runs, other.runs)


def settled(lines: Sequence[str], notes: Sequence[str]) -> Settled | None:
    """`lines` without footnotes, each of which must be there once and whole. None where one is not there."""
    both, left = bool(RIGHT_TO_LEFT.search("".join(lines))), [*lines]
    for number, note in enumerate(notes, 1):
        cut = _without(left, f"{number} {note}", both=both)
        if cut is None:
            return None
        left = cut
    text = plain("\n".join(left), both=both)
    return Settled(runs=runs(text), lines=tuple(left))


def unmarked(text: Sequence[str], lines: Sequence[str]) -> tuple[str, ...]:
    """`lines` without the marks that a program sets before the items of lists which have a mark of their own, or none:
    “• • that …”, “1. 1. that …”, where the words of `text` go on behind them."""
    said, place, made = letters("".join(text)), 0, list[str]()
    for at, line in enumerate(lines, 1):
        if not said.startswith(letters(line), place):
            number, bare = _NUMBERED.match(line), _MARK.sub("", line, count=1)
            if number and said.endswith(number[1], 0, place):  # it stands alone on the line before
                bare = line[number.end() :]
            # Of a mark alone on its line, those that it is set before.
            behind = letters(bare) or letters("".join(lines[at : at + 1]))
            line = bare if said.startswith(behind, place) else line
        made.append(line)
        place += len(letters(line))
    return tuple(made)


def unaddressed(lines: Sequence[str], links: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """`lines` without the addresses that a page sets after its `links` in print, “the page <https://…>”: each once, in
    the order of the links, after the words of its own and between its brackets."""
    text, place = "\n".join(lines), 0
    both = bool(RIGHT_TO_LEFT.search(text))
    for words, address in links:
        found = (_address_shown if both else _address)(text, place, words, address)
        if found is not None:
            place, text = found
    return tuple(line for line in text.split("\n") if line.strip())


def _address(text: str, place: int, words: str, address: str) -> tuple[int, str] | None:
    """`text` without an address from `place` on, and where it stood; None where it is not there."""
    before, said = (r"\s*".join(map(re.escape, letters(one))) for one in (words, f"<{address}>"))
    found = re.compile(rf"({before})\s*{said}").search(text, place)
    return (found.end(1), text[: found.end(1)] + text[found.end() :]) if found else None


def _address_shown(text: str, place: int, _: str, address: str) -> tuple[int, str] | None:
    """The same between words from right to left, among which the end of an address, its brackets and what stands
    beside it from left to right are read in the order in which the line is turned."""
    core = address.rstrip(_ENDS_OF_ADDRESSES)
    found = re.compile(r"[\s<>]*".join(map(re.escape, core)) + r"(?![/?#=&.~-]*\w)").search(text, place)
    if not found:
        return None
    start, end = found.span()
    while start and not RIGHT_TO_LEFT.match(text[start - 1]):
        start -= 1
    while end < len(text) and not RIGHT_TO_LEFT.match(text[end]):
        end += 1
    kept, inside = [*text[start : found.start()], " ", *text[found.end() : end]], found[0].count
    missing = 2 - inside("<") - inside(">")
    for sign in ("[<>]",) * missing + tuple(map(re.escape, address[len(core) :])):
        near = next((one for one, said in enumerate(kept) if re.fullmatch(sign, said)), None)
        if near is None:
            return None
        del kept[near]
    said = "".join(kept)
    return start + len(said), text[:start] + said + text[end:]


def plain(text: str, *, both: bool) -> str:
    """Which way a bracket opens depends on the direction of its line: of text that runs both ways, all open. Word
    counts (أ), LibreOffice (ا)."""
    return _COUNTED.sub("(\u0627(", text.translate(PAIRED)) if both else text


def _without(lines: Sequence[str], note: str, *, both: bool) -> list[str] | None:
    """`lines` without the whole lines that together say `note` and nothing else; None where that is not so once."""
    sizes, whole = [len(letters(line)) for line in lines], len(letters(note))
    said = runs(plain(note, both=both))
    found, end, size = [], 0, 0
    for start, first in enumerate(sizes):
        while end < len(sizes) and size < whole:
            end, size = end + 1, size + sizes[end]
        if first and size == whole and alike(said, runs(plain("\n".join(lines[start:end]), both=both))):
            found.append((start, end))
        size -= first
    if len(found) != 1:
        return None
    start, end = found[0]
    return [*lines[:start], *lines[end:]]


def runs(text: str) -> tuple[Run, ...]:
    """A text by its letters. Where it runs both ways, where the signs and numbers stand that are between two words from
    right to left is the page’s; of words, what `_orders` says."""
    if not RIGHT_TO_LEFT.search(text):
        return (letters(text),)
    made: list[Run] = []
    for place, piece in enumerate(_RUNS.split(text)):
        if place % 2:
            said = letters(piece)
            if made and isinstance(made[-1], str):
                made[-1] += said
            else:
                made.append(said)
        elif tokens := _TOKENS.findall(piece):
            numbers = tuple(one for one in tokens if one.isdecimal())
            signs = tuple(sorted("".join(one for one in tokens if not one.isdecimal())))
            worded = len(numbers) < len(_WORDS.findall(piece))
            lines = tuple(map(_orders, piece.split("\n"))) if worded else ()
            made.append(Between(signs, min(numbers, numbers[::-1]), lines))
    return tuple(made)


def _orders(line: str) -> Line:
    """What a line says from left to right in each order in which programs set it: what is apart in any, and a number at
    one end, which runs with the words or with what is around them, at the other. Words that follow each other stay."""
    pieces = ([tuple(_WORDS.findall(one)) for one in cut.split(line)] for cut in (_APART, _ASIDE))
    apart, aside = ([words for words in one if words] for one in pieces)
    orders = [*permutations(apart)] if len(apart) <= _MOST_APART else [tuple(apart), tuple(apart[::-1])]
    orders.append(tuple(aside[::-1]))
    said = [tuple(chain.from_iterable(order)) for order in orders]
    said += [(*words[1:], words[0]) for words in said if words and words[0].isdecimal()]
    said += [(words[-1], *words[:-1]) for words in said if words and words[-1].isdecimal()]
    return frozenset(map("".join, said))


def alike(one: tuple[Run, ...], other: tuple[Run, ...]) -> bool:
    """Whether two texts, as their `runs`, say the same."""
    return len(one) == len(other) and all(
        _between_alike(left, right) if isinstance(left, Between) and isinstance(right, Between) else left == right
        for left, right in zip(one, other, strict=True)
    )


def _between_alike(one: Between, other: Between) -> bool:
    """Whether two say the same in an order that either may have been set in, wherever their lines are broken."""
    if (one.signs, one.numbers) != (other.signs, other.numbers):
        return False
    # How many lines were read of each, and what one of the two says by then that the other does not yet.
    left, seen = {(0, 0, "", "")}, set[tuple[int, int, str, str]]()
    while left:
        state = left.pop()
        seen.add(state)
        mine, its, more, due = state
        if (mine, its, more, due) == (len(one.lines), len(other.lines), "", ""):
            return True
        if not more and mine < len(one.lines):
            steps = [(mine + 1, its, said, due) for said in one.lines[mine]]
        else:
            steps = [(mine, its + 1, more, due + said) for line in other.lines[its : its + 1] for said in line]
        for here, there, says, waits in steps:
            same = min(len(says), len(waits))
            if says[:same] == waits[:same]:
                left.add((here, there, says[same:], waits[same:]))
        left -= seen
    return False
