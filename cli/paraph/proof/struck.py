"""Lines through the words of a page of a PDF, told apart from lines under them, over them and between them."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

Point: TypeAlias = tuple[float, float]
Span: TypeAlias = tuple[float, float]

Box: TypeAlias = tuple[float, float, float, float]
"""Left, below, right, above, in points."""

_CELL = 50.0
"""Points of a square of the grid."""

_BAND = (0.2, 0.85)
"""Of what of a sign stands above its line of writing: a line in there is neither under it nor over it."""

_LEAST = 0.6
"""Of the width of a sign, as much is struck: a rule beside it touches less."""

_THICKEST = 0.6
"""Of a sign’s height: what is thicker is a ground on which it stands, or paint over it."""

_LOWEST = 1.0
"""Points: what stands no higher is a speck."""

_MOST = 40
"""Letters of what is struck, as it is named."""


class Stroke(NamedTuple):
    """A straight line on a page from one point to another, by half its thickness, in points."""

    start: Point
    end: Point
    half: float


def struck(read: PdfTextPage, strokes: Sequence[Stroke]) -> Iterator[str]:
    """The words of a page that lines run through, in order; of a word perhaps a letter."""
    from pypdfium2 import raw

    said, there = "", _by_squares(strokes)
    for place in range(read.count_chars() if strokes else 0):
        sign = chr(raw.FPDFText_GetUnicode(read, place))
        if said if not sign.isalnum() else _through(read, place, there):
            said += sign  # what stands between two words that are struck goes with them
        elif said and sign.isalnum():
            yield _shortly(said)
            said = ""
    if said:
        yield _shortly(said)


def _shortly(said: str) -> str:
    words = " ".join(said.split()).strip()
    return words if len(words) <= _MOST else f"{words[:_MOST]} …"


def _by_squares(strokes: Sequence[Stroke]) -> Mapping[tuple[int, int], Sequence[Stroke]]:
    """Lines by the squares of a grid on which any of them may lie: a drawing has many, far from most signs."""
    found: dict[tuple[int, int], list[Stroke]] = {}
    for one in strokes:
        (x0, y0), (x1, y1) = one.start, one.end
        for square in squares((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))):
            found.setdefault(square, []).append(one)
    return found


def squares(box: Box) -> Iterator[tuple[int, int]]:
    """The squares of a grid that a box lies on."""
    left, below, right, above = (int(max(-5000.0, min(one, 5000.0)) // _CELL) for one in box)
    return ((x, y) for x in range(left, right + 1) for y in range(below, above + 1))


def _through(read: PdfTextPage, place: int, strokes: Mapping[tuple[int, int], Sequence[Stroke]]) -> bool:
    """Whether lines run through a sign, together over most of its width: they may be dashes."""
    from pypdfium2 import raw

    left, below, right, above = read.get_charbox(place)
    here = dict.fromkeys(one for square in squares((left, below, right, above)) for one in strokes.get(square, ()))
    near = [one for one in here if _near(one, left, below, right, above)]
    if not near:
        return False
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(read, place, x, y)
    turned = -raw.FPDFText_GetCharAngle(read, place)
    cos, sin = math.cos(turned), math.sin(turned)

    def written(point: Point) -> Point:
        """Where a point is, along the line of writing and above it."""
        across, up = point[0] - x.value, point[1] - y.value
        return across * cos + up * sin, up * cos - across * sin

    corners = [written((one, other)) for one in (left, right) for other in (below, above)]
    first, last = min(along for along, _ in corners), max(along for along, _ in corners)
    high = max(up for _, up in corners)
    if high < _LOWEST or last - first <= 0:
        return False
    spans = [
        span
        for one in near
        if one.half * 2 < _THICKEST * high
        and (span := _within(written(one.start), written(one.end), high * _BAND[0], high * _BAND[1]))
    ]
    return _covered(spans, first, last) >= _LEAST * (last - first)


def _near(one: Stroke, left: float, below: float, right: float, above: float) -> bool:
    (x0, y0), (x1, y1) = one.start, one.end
    return min(x0, x1) < right and max(x0, x1) > left and min(y0, y1) < above and max(y0, y1) > below


def _within(start: Point, end: Point, low: float, high: float) -> Span | None:
    """From where to where along the line of writing a line runs between two heights above it."""
    (x0, y0), (x1, y1) = start, end
    if y0 == y1:
        return (min(x0, x1), max(x0, x1)) if low <= y0 <= high else None
    parts = sorted((bound - y0) / (y1 - y0) for bound in (low, high))
    enters, leaves = max(parts[0], 0.0), min(parts[1], 1.0)
    if enters >= leaves:
        return None
    ends = x0 + (x1 - x0) * enters, x0 + (x1 - x0) * leaves
    return min(ends), max(ends)


def _covered(spans: Sequence[Span], first: float, last: float) -> float:
    """How much of a sign’s width spans cover together."""
    there, reached = 0.0, first
    for start, end in sorted(spans):
        there += max(min(end, last) - max(start, reached), 0.0)
        reached = max(reached, min(end, last))
    return there
