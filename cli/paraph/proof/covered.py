"""What on a page of a PDF keeps its words from being seen: paint and pictures over them, and words without ink.

A line through words is told apart from one under them by the signs themselves, see `struck`.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from paraph.proof.struck import Box, Stroke, squares, struck

if TYPE_CHECKING:
    from pypdfium2 import PdfMatrix, PdfObject, PdfPage, PdfTextPage

_HIDDEN_SHARE = 0.4
"""Of a sign: less paint over it is a line through its foot."""

_PALE_SHARE = 0.15
"""The same of paint that is paler than any line under a word: all that it does is hide."""

_PALE = 0.7
"""Of white, how bright it seems (ITU-R BT.601)."""

_THICK = 0.25
"""Of the size of a sign: what is thinner is a line under it or through it."""

_THIN = 1.0
"""Points: no paint that thin hides a sign that anybody could read."""

_MOST_PIECES = 500
"""Of a thick line, each looked at by itself."""

_LARGE = 15.0
"""Points in both directions: no line and no sign of a list is as large."""

_MOST_STRUCK = 6
"""Words of a page that are named, or rows of them."""

_DEEPEST = 8
"""Of forms in forms: a deeper one counts as paint, whatever it draws."""

_INVISIBLE = 3
"""The way of showing text that leaves no ink (ISO 32000-1, 9.3.6)."""


@dataclass(slots=True)
class _Signs:
    """The boxes of signs on a page with the size of each, by the squares of a grid that they touch."""

    grid: dict[tuple[int, int], list[tuple[Box, float]]] = field(default_factory=dict)

    def add(self, box: Box, size: float) -> None:
        for square in squares(box):
            self.grid.setdefault(square, []).append((box, size))

    def covered(self, paint: Box, *, pale: bool) -> bool:
        """Whether paint hides a sign that stands there already: one digit of a year is enough."""
        thick, most = min(paint[2] - paint[0], paint[3] - paint[1]), _PALE_SHARE if pale else _HIDDEN_SHARE
        return thick > _THIN and any(
            (pale or thick > _THICK * size) and _share(box, paint) > most
            for square in squares(paint)
            for box, size in self.grid.get(square, ())
        )


def painted(page: PdfPage, read: PdfTextPage) -> Iterator[str]:
    """What hides words of a page, in words. `read`: the page as it is read, which knows where each sign stands."""
    from pypdfium2 import raw

    signs, shown, stand = _Signs(), _shown(page), _standing(read)
    strokes, covered = list[Stroke](), False
    for one, place in _drawn(page):
        if one.type == raw.FPDF_PAGEOBJ_TEXT:
            box = place.on_rect(*one.get_bounds())
            outside = _share(box, shown) < 1 - _HIDDEN_SHARE and box[2] > box[0] and box[3] > box[1]
            if raw.FPDFTextObj_GetTextRenderMode(one) == _INVISIBLE or not _ink(one) or outside:
                yield "words that no page shows"
            for sign, size in stand.get(ctypes.addressof(one.raw.contents), ()):
                signs.add(sign, size)
            continue
        strokes += _strokes(one, place)
        covered = covered or any(signs.covered(paint, pale=pale) for paint, pale in _paint(one, place))
    if covered:
        yield "paint or a picture over words"
    yield from (f"words struck through: {said}" for said in islice(struck(read, strokes), _MOST_STRUCK))


def _drawn(page: PdfPage) -> Iterator[tuple[PdfObject, PdfMatrix]]:
    """What a page is drawn with, in the order in which it is painted, with what takes the points of each to the page’s:
    what another program put into a form (ISO 32000-1, 8.10) stands there as if it had been drawn without."""
    from pypdfium2 import PdfMatrix, raw

    for one in page.get_objects(max_depth=_DEEPEST):
        if one.type == raw.FPDF_PAGEOBJ_FORM and one.level < _DEEPEST - 1:
            continue  # what it draws follows
        place, around = PdfMatrix(), one.container
        while around is not None:
            place, around = place.multiply(around.get_matrix()), around.container
        yield one, place


def _standing(read: PdfTextPage) -> dict[int, list[tuple[Box, float]]]:
    """The boxes of the signs of a page with the height of their font, by the object that they are shown by."""
    from pypdfium2 import raw

    found: dict[int, list[tuple[Box, float]]] = {}
    for place in range(read.count_chars()):
        one = raw.FPDFText_GetTextObject(read, place)
        if one and not chr(raw.FPDFText_GetUnicode(read, place)).isspace():
            loose = read.get_charbox(place, loose=True)
            boxes = found.setdefault(ctypes.addressof(one.contents), [])
            boxes.append((read.get_charbox(place), min(loose[3] - loose[1], _LARGE)))
    return found


def _shown(page: PdfPage) -> Box:
    """What of a page is shown: its medium, as far as it is not cut (ISO 32000-1, 14.11.2)."""
    medium, cut = page.get_mediabox(), page.get_cropbox()
    return max(medium[0], cut[0]), max(medium[1], cut[1]), min(medium[2], cut[2]), min(medium[3], cut[3])


def drawn_large(page: PdfPage) -> bool:
    """Whether more is drawn on a page than words and lines."""
    from pypdfium2 import raw

    for one, place in _drawn(page):
        if one.type != raw.FPDF_PAGEOBJ_TEXT:
            left, below, right, above = place.on_rect(*one.get_bounds())
            if right - left > _LARGE and above - below > _LARGE:
                return True
    return False


def _paint(one: PdfObject, place: PdfMatrix) -> Iterator[tuple[Box, bool]]:
    """Where an object has ink, and whether that is pale: a picture or what is filled, by its bounds; a line, piece by
    piece."""
    from pypdfium2 import raw

    if one.type != raw.FPDF_PAGEOBJ_PATH:
        yield place.on_rect(*one.get_bounds()), False
        return
    filled, stroked = _modes(one)
    if filled:
        yield place.on_rect(*one.get_bounds()), _pale(one)
    if stroked:
        pale = _pale(one, line=True)
        yield from ((box, pale) for box in _pieces(_line(one, place)))


def _strokes(one: PdfObject, place: PdfMatrix) -> Iterator[Stroke]:
    """The lines that an object draws: those of a path, and what is filled, or a picture, as thin as a line."""
    from pypdfium2 import raw

    path = one.type == raw.FPDF_PAGEOBJ_PATH
    filled, stroked = _modes(one) if path else (True, False)
    if stroked:
        yield from _line(one, place)
    if filled:
        left, below, right, above = place.on_rect(*one.get_bounds())
        across, up = right - left, above - below
        if min(across, up) < _LARGE:
            x, y = (left + right) / 2, (below + above) / 2
            ends = ((left, y), (right, y)) if across > up else ((x, below), (x, above))
            yield Stroke(*ends, min(across, up) / 2)


def _modes(path: PdfObject) -> tuple[bool, bool]:
    """Whether a path is filled, and whether it is drawn as a line, with ink that is seen."""
    from pypdfium2 import raw

    filled, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, filled, stroked)
    return bool(filled.value) and _ink(path), bool(stroked.value) and _ink(path, line=True)


def _line(one: PdfObject, place: PdfMatrix) -> Iterator[Stroke]:
    """The pieces of a path that is drawn as a line, from point to point."""
    from pypdfium2 import raw

    width, matrix = ctypes.c_float(), one.get_matrix().multiply(place)
    raw.FPDFPageObj_GetStrokeWidth(one, width)
    half = width.value * math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c)) / 2
    start = before = (0.0, 0.0)
    for number in range(min(raw.FPDFPath_CountSegments(one), _MOST_PIECES)):
        segment, x, y = raw.FPDFPath_GetPathSegment(one, number), ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        after = matrix.on_point(x.value, y.value)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            start = after
        else:
            yield Stroke(before, after, half)
        if raw.FPDFPathSegment_GetClose(segment):
            yield Stroke(after, start, half)
        before = after


def _pieces(line: Iterable[Stroke]) -> Iterator[Box]:
    """The boxes of a thick line, none longer than it is thick."""
    left = _MOST_PIECES
    for before, after, half in line:
        if not half > _THIN / 2:
            return
        pieces = max(1, min(math.ceil(math.dist(before, after) / half / 2), left))
        left -= pieces
        points = [
            tuple(was + (is_ - was) * piece / pieces for was, is_ in zip(before, after, strict=True))
            for piece in range(pieces + 1)
        ]
        for (x0, y0), (x1, y1) in pairwise(points):
            yield min(x0, x1) - half, min(y0, y1) - half, max(x0, x1) + half, max(y0, y1) + half


def _ink(one: PdfObject, *, line: bool = False) -> bool:
    """Whether an object is seen at all, or the line around it."""
    colour = _colour(one, line=line)
    return colour is None or colour[3] > 0


def _pale(one: PdfObject, *, line: bool = False) -> bool:
    """Whether an object, or the line around it, is nearly white."""
    red, green, blue, _ = _colour(one, line=line) or (0, 0, 0, 0)
    return 0.299 * red + 0.587 * green + 0.114 * blue > _PALE * 255


def _colour(one: PdfObject, *, line: bool) -> tuple[int, int, int, int] | None:
    """Red, green, blue and how dense it is, to 255; None where it is none but a pattern."""
    from pypdfium2 import raw

    made = [ctypes.c_uint() for _ in range(4)]
    asked = raw.FPDFPageObj_GetStrokeColor if line else raw.FPDFPageObj_GetFillColor
    red, green, blue, dense = made
    return (red.value, green.value, blue.value, dense.value) if asked(one, *made) else None


def _share(word: Box, paint: Box) -> float:
    """How much of a word lies under paint, from 0 to 1."""
    across = min(word[2], paint[2]) - max(word[0], paint[0])
    up = min(word[3], paint[3]) - max(word[1], paint[1])
    room = (word[2] - word[0]) * (word[3] - word[1])
    return across * up / room if across > 0 and up > 0 and room > 0 else 0.0
