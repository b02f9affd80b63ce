"""Two languages of one statement, paragraph against paragraph, by what does not depend on the language.

Role, number, lists, footnotes, figures, names in capitals and length: a pairing that costs least (Needleman and Wunsch,
1970), in order, since no language may put its paragraphs in another. Where two paragraphs of a pair differ in what
languages share, it is said.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from paraph.legacy.outline import Role, Unit
from paraph.model.text import Link, Note, everything

_GAP = 2.5
_ROLE = 4.0
_NUMBER = 1.5
_FIGURES = re.compile(r"(?<!\d)\d{1,3}(?:[\s.,’']\d{3})+(?!\d)|\d+(?:[.,/]\d+)*")
"""The first kind is of thousands, as each language parts them: 2,000, 2 000, 2.000."""
_THOUSANDS = re.compile(r"\d{1,3}(?:[\s.,’']\d{3})+")
_CAPITALS = re.compile(r"\b[A-Z]{2,}\b")


@dataclass(frozen=True, slots=True)
class Pair:
    """The same paragraph in both languages; one of them is None where a language has none."""

    one: Unit | None
    other: Unit | None
    differences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Look:
    role: Role
    setting: str
    number: int
    outline: tuple[tuple[str, int], ...]
    figures: frozenset[str]
    capitals: frozenset[str]
    notes: int
    links: int
    length: int


def side_by_side(one: Sequence[Unit], other: Sequence[Unit]) -> tuple[Pair, ...]:
    """The pairs in the order of `one`, with what only `other` has where it stands there."""
    here, there = list(map(_look, one)), list(map(_look, other))
    ratio = sum(look.length for look in there) / max(1, sum(look.length for look in here))
    costs = [[0.0] * (len(there) + 1) for _ in range(len(here) + 1)]
    for i in range(1, len(here) + 1):
        costs[i][0] = i * _GAP
    for j in range(1, len(there) + 1):
        costs[0][j] = j * _GAP
    for i in range(1, len(here) + 1):
        for j in range(1, len(there) + 1):
            both = costs[i - 1][j - 1] + _cost(here[i - 1], there[j - 1], ratio)
            costs[i][j] = min(both, costs[i - 1][j] + _GAP, costs[i][j - 1] + _GAP)
    i, j = len(here), len(there)
    made: list[Pair] = []
    while i or j:
        both = costs[i - 1][j - 1] + _cost(here[i - 1], there[j - 1], ratio) if i and j else math.inf
        if i and j and costs[i][j] == both:
            i, j = i - 1, j - 1
            made.append(Pair(one[i], other[j], tuple(_differences(here[i], there[j]))))
        elif i and costs[i][j] == costs[i - 1][j] + _GAP:
            i -= 1
            made.append(Pair(one[i], None))
        else:
            j -= 1
            made.append(Pair(None, other[j]))
    return tuple(reversed(made))


def _look(unit: Unit) -> _Look:
    inside = [inline for line in unit.lines for inline in everything(line.inlines)]
    return _Look(
        role=unit.role,
        setting=unit.setting,
        number=unit.number,
        outline=tuple((line.kind, line.level) for line in unit.lines),
        figures=frozenset(map(_figure, _FIGURES.findall(unit.text))),
        capitals=frozenset(_CAPITALS.findall(unit.text)),
        notes=sum(isinstance(inline, Note) for inline in inside),
        links=sum(isinstance(inline, Link) for inline in inside),
        length=len(unit.text),
    )


def _figure(written: str) -> str:
    """A number as every language has it."""
    return re.sub(r"\D", "", written) if _THOUSANDS.fullmatch(written) else written.replace(",", ".")


def _cost(here: _Look, there: _Look, ratio: float) -> float:
    cost = 0.0
    if here.role is not there.role:
        cost += _ROLE
    if here.setting != there.setting:
        cost += 1
    if here.number and there.number and here.number != there.number:
        cost += _NUMBER
    if here.outline != there.outline:
        cost += min(1.5, 0.5 * (1 + abs(len(here.outline) - len(there.outline))))
    cost += 1.5 * _apart(here.figures, there.figures) + 0.5 * _apart(here.capitals, there.capitals)
    cost += 0.5 * (here.notes != there.notes)
    cost += min(2.0, abs(math.log((there.length + 5) / (ratio * here.length + 5))))
    return cost


def _apart(here: frozenset[str], there: frozenset[str]) -> float:
    every = here | there
    return len(here ^ there) / len(every) if every else 0.0


def _differences(here: _Look, there: _Look) -> Iterator[str]:
    """What two languages of one paragraph must share, and do not."""
    if here.role is not there.role:
        yield f"it is a {here.role} in one and a {there.role} in the other"
    if here.number and there.number and here.number != there.number:
        yield f"its number is {here.number} in one and {there.number} in the other"
    if here.outline != there.outline:
        yield f"it has {len(here.outline)} paragraphs and items in one, {len(there.outline)} in the other"
    if here.notes != there.notes:
        yield f"it has {here.notes} footnotes in one, {there.notes} in the other"
    one, other = here.figures, there.figures
    if one != other:
        yield f"figures differ: {_names(one - other)} in one only, {_names(other - one)} in the other only"


def _names(found: frozenset[str]) -> str:
    return ", ".join(sorted(found)) or "none"
