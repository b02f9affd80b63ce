"""Whether the words of a page of a PDF stand in the order in which the file has them: whoever looks at the page reads
from its top, and from the left.

A line is before any other that stands lower and over or under which it stands, and before what stands on its right. As
far as that leaves it open, as between columns, the order is the file’s.
"""

from __future__ import annotations

import ctypes
import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from paraph.errors import BrokenError
from paraph.proof.artifacts import Margin
from paraph.proof.direction import way

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

_SAME_LINE = 0.5
"""Of a sign’s height: what stands farther up or down is on another line. A raised number stands nearer."""

_LEVEL = 0.3
"""The same of two pieces of a line."""

_GAP = 1.0
"""Of a sign’s height: a wider gap divides a line."""

_SPACE = 0.12
"""The same of what lies between two words, at least."""

_BACK = 0.5
"""Of a sign’s height: as far may a sign begin before the end of the last one."""

_SAME = 0.01
"""Points: signs that begin as near to each other are one shape."""

_COLUMN = 0.2
"""Of the width of a page: what is less is no column."""

_TOUCH = 1.0
"""Points: pieces that overlap by less stand beside each other."""

Halves: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]
"""What stands wholly in the right half of a page is in the second, all else in the first, each from the top."""

_HYPHEN = 2
_MOST = 3000


@dataclass(slots=True)
class Piece:
    """What stands on one line without a gap: its words, from where to where, how high its line is and it itself;
    `column` 0 where the page has none."""

    text: str
    left: float
    right: float
    base: float
    high: float
    column: int = 0


def lines_seen(page: PdfTextPage) -> tuple[tuple[str, ...], Halves]:
    """The lines of a page written from left to right as they are seen, without its own head and foot and what stands
    upright, () where the file has them in that order; and the pieces of them by halves of the page."""
    pieces = [*_pieces(page)]
    left, _, right, _ = page.page.get_bbox()
    _part(pieces, (right - left) * _COLUMN)
    top, foot = (edge(one.base for one in pieces) if pieces else 0.0 for edge in (max, min))
    # A browser draws the foot of a page first, of which each column before it would wait for none beside it.
    first = next((place for place, one in enumerate(pieces) if one.base > foot + one.high), 0)
    later = [*range(first, len(pieces)), *range(first)]
    order = [later[place] for place in order_seen([pieces[place] for place in later])]
    shown = () if order == sorted(order) else tuple(pieces[one].text for one in order)
    # In the order of the file, as far as it is left open; but what stands at the head and foot of the page is there.
    ranked = sorted(pieces, key=lambda one: (one.base < top - one.high, one.base <= foot + one.high))
    downward = [ranked[place] for place in order_seen(ranked)]
    second = [2 * one.left > left + right for one in downward]
    left_, right_ = (
        tuple(one.text for one, its in zip(downward, second, strict=True) if its is half) for half in (False, True)
    )
    return shown, (left_, right_)


def lines_apart(page: PdfTextPage) -> tuple[str, ...]:
    """The pieces of the lines of a page in the order of the file, as in `lines_seen`."""
    return tuple(one.text for one in _pieces(page))


def _pieces(page: PdfTextPage) -> Iterator[Piece]:
    from pypdfium2 import raw

    marked, room, x, y = Margin(page), raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    last: Piece | None = None
    start = 0.0
    for place in range(page.count_chars()):
        sign = raw.FPDFText_GetUnicode(page, place)
        if (
            raw.FPDFText_IsGenerated(page, place)
            or chr(sign).isspace()
            or place in marked
            or way(page, place)[1] != 0.0
        ):
            continue
        raw.FPDFText_GetCharOrigin(page, place, x, y)
        raw.FPDFText_GetLooseCharBox(page, place, room)
        text, high = "-" if sign == _HYPHEN else chr(sign), max(room.top - room.bottom, 1.0)
        if last is not None:
            if abs(x.value - start) < _SAME and abs(y.value - last.base) < _SAME:
                last.text += text  # of one shape, as “fi” is
                continue
            gap, most = room.left - last.right, max(high, last.high)
            if abs(y.value - last.base) < _SAME_LINE * most and -_BACK * last.high < gap < _GAP * last.high:
                last.text += f" {text}" if gap > _SPACE * high else text
                last.right, start = max(last.right, room.right), x.value
                if high > last.high:
                    last.base, last.high = y.value, high
                continue
            yield last
        last, start = Piece(text, room.left, room.right, y.value, high), x.value
    if last is not None:
        yield last


def _part(pieces: list[Piece], least: float) -> None:
    """Number the columns of a page, as wide as `least`, between which nothing stands and over which nothing reaches: of
    a leaflet one panel is read after the other, whichever comes first. Signs before the items of a list are none."""
    columns: list[list[Piece]] = []
    reach = 0.0
    for one in sorted(pieces, key=lambda one: one.left):
        if not columns or one.left >= reach - _TOUCH:
            columns.append([])
            reach = one.right
        columns[-1].append(one)
        reach = max(reach, one.right)
    for number, column in enumerate(columns, 1):
        if max(one.right for one in column) - min(one.left for one in column) >= least:
            for one in column:
                one.column = number


def order_seen(pieces: list[Piece]) -> list[int]:
    """The places of pieces in the order in which they are seen. Raises BrokenError where there are too many."""
    if len(pieces) > _MOST:
        raise BrokenError("a page has more words than can be read")
    after: list[list[int]] = [[] for _ in pieces]
    before = [0] * len(pieces)
    for place, one in enumerate(pieces):
        for other in range(place + 1, len(pieces)):
            if (first := _first(one, pieces[other])) is not None:
                ahead, behind = (place, other) if first else (other, place)
                after[ahead].append(behind)
                before[behind] += 1
    rank = _ranks(after)
    ready = [(rank[place], place) for place, count in enumerate(before) if not count]
    heapq.heapify(ready)
    left, made = set(range(len(pieces))), list[int]()
    while left:
        # Where each waits for another one, the highest is read.
        place = heapq.heappop(ready)[1] if ready else min(left, key=lambda one: (-pieces[one].base, pieces[one].left))
        if place not in left:
            continue
        left.discard(place)
        made.append(place)
        for behind in after[place]:
            before[behind] -= 1
            if not before[behind]:
                heapq.heappush(ready, (rank[behind], behind))
    return made


def _ranks(after: list[list[int]]) -> list[int]:
    """The place of each piece in the file, or that of the first which waits for it: what is drawn last may stand first,
    as the address of a letter, before which none of the numbers below it is read."""
    ranks, changed = [*range(len(after))], True
    while changed:
        changed = False
        for place in reversed(range(len(after))):
            least = min((ranks[one] for one in after[place]), default=place)
            if least < ranks[place]:
                ranks[place], changed = least, True
    return ranks


def _first(one: Piece, other: Piece) -> bool | None:
    """Whether one piece is read before another one; None where either may be."""
    up, least = one.base - other.base, min(one.high, other.high)
    if min(one.right, other.right) - max(one.left, other.left) > _TOUCH:
        return None if abs(up) <= _SAME_LINE * least else up > 0
    apart = one.column and other.column and one.column != other.column
    return None if apart or abs(up) >= _LEVEL * least else one.left < other.left
