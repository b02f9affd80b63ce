"""What on a page of a PDF keeps its words from being seen: paint and pictures over them, and words without ink."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from pypdfium2 import PdfMatrix, PdfObject, PdfPage, PdfTextPage

Box: TypeAlias = tuple[float, float, float, float]
"""Left, below, right, above, in points."""

_HIDDEN_SHARE = 0.4
"""Of a sign: less paint over it is a line through its foot."""

_THICK = 0.25
"""Of the size of a sign: what is thinner is a line under it or through it."""

_THIN = 1.0
"""Points: no paint that thin hides a sign that anybody could read."""

_MOST_PIECES = 500
"""Of a thick line, each looked at by itself."""

_LARGE = 15.0
"""Points in both directions: no line and no sign of a list is as large."""

_CELL = 50.0

_DEEPEST = 8
"""Of forms in forms: a deeper one counts as paint, whatever it draws."""

_INVISIBLE = 3
"""The way of showing text that leaves no ink (ISO 32000-1, 9.3.6)."""


@dataclass(slots=True)
class _Signs:
    """The boxes of signs on a page with the size of each, by the squares of a grid that they touch."""

    grid: dict[tuple[int, int], list[tuple[Box, float]]] = field(default_factory=dict)

    def add(self, box: Box, size: float) -> None:
        for square in _squares(box):
            self.grid.setdefault(square, []).append((box, size))

    def covered(self, paint: Box) -> bool:
        """Whether paint hides a sign that stands there already: one digit of a year is enough."""
        thick = min(paint[2] - paint[0], paint[3] - paint[1])
        return thick > _THIN and any(
            thick > _THICK * size and _share(box, paint) > _HIDDEN_SHARE
            for square in _squares(paint)
            for box, size in self.grid.get(square, ())
        )


def painted(page: PdfPage, read: PdfTextPage) -> Iterator[str]:
    """What hides words of a page, in words. `read`: the page as it is read, which knows where each sign stands."""
    from pypdfium2 import raw

    signs, shown, stand = _Signs(), _shown(page), _standing(read)
    for one, place in _drawn(page):
        if one.type == raw.FPDF_PAGEOBJ_TEXT:
            box = place.on_rect(*one.get_bounds())
            outside = _share(box, shown) < 1 - _HIDDEN_SHARE and box[2] > box[0] and box[3] > box[1]
            if raw.FPDFTextObj_GetTextRenderMode(one) == _INVISIBLE or not _ink(one) or outside:
                yield "words that no page shows"
            for sign, size in stand.get(ctypes.addressof(one.raw.contents), ()):
                signs.add(sign, size)
        elif any(signs.covered(paint) for paint in _paint(one, place)):
            yield "paint or a picture over words"
            return


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


def _paint(one: PdfObject, place: PdfMatrix) -> Iterator[Box]:
    """Where an object has ink: a picture or what is filled, by its bounds; a line, piece by piece."""
    from pypdfium2 import raw

    if one.type != raw.FPDF_PAGEOBJ_PATH:
        yield place.on_rect(*one.get_bounds())
        return
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(one, filled, stroked)
    if filled.value and _ink(one):
        yield place.on_rect(*one.get_bounds())
    if stroked.value and _ink(one, line=True):
        yield from _line(one, place)


def _line(one: PdfObject, place: PdfMatrix) -> Iterator[Box]:
    """The pieces of a line, none longer than it is thick."""
    from pypdfium2 import raw

    width, matrix = ctypes.c_float(), one.get_matrix().multiply(place)
    raw.FPDFPageObj_GetStrokeWidth(one, width)
    half = width.value * math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c)) / 2
    if not half > _THIN / 2:
        return
    before, left = (0.0, 0.0), _MOST_PIECES
    for number in range(min(raw.FPDFPath_CountSegments(one), _MOST_PIECES)):
        segment, x, y = raw.FPDFPath_GetPathSegment(one, number), ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        after = matrix.on_point(x.value, y.value)
        if raw.FPDFPathSegment_GetType(segment) != raw.FPDF_SEGMENT_MOVETO:
            pieces = max(1, min(math.ceil(math.dist(before, after) / half / 2), left))
            left -= pieces
            points = [
                tuple(was + (is_ - was) * piece / pieces for was, is_ in zip(before, after, strict=True))
                for piece in range(pieces + 1)
            ]
            for (x0, y0), (x1, y1) in pairwise(points):
                yield min(x0, x1) - half, min(y0, y1) - half, max(x0, x1) + half, max(y0, y1) + half
        before = after


def _ink(one: PdfObject, *, line: bool = False) -> bool:
    """Whether an object is seen at all, or the line around it."""
    from pypdfium2 import raw

    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    asked = raw.FPDFPageObj_GetStrokeColor if line else raw.FPDFPageObj_GetFillColor
    return not asked(one, red, green, blue, alpha) or alpha.value > 0


def _squares(box: Box) -> Iterator[tuple[int, int]]:
    left, below, right, above = (int(max(-5000.0, min(one, 5000.0)) // _CELL) for one in box)
    return ((x, y) for x in range(left, right + 1) for y in range(below, above + 1))


def _share(word: Box, paint: Box) -> float:
    """How much of a word lies under paint, from 0 to 1."""
    across = min(word[2], paint[2]) - max(word[0], paint[0])
    up = min(word[3], paint[3]) - max(word[1], paint[1])
    room = (word[2] - word[0]) * (word[3] - word[1])
    return across * up / room if across > 0 and up > 0 and room > 0 else 0.0


def in_margin(page: PdfTextPage, place: int, known: dict[int, bool]) -> bool:
    """Whether a sign belongs to what a page marks as its own head or foot (ISO 32000-1, 14.8.2.2). `known` is kept
    from sign to sign."""
    from pypdfium2 import raw

    one = raw.FPDFText_GetTextObject(page, place)
    if not one:
        return False
    key = ctypes.addressof(one.contents)
    if key not in known:
        marks = range(raw.FPDFPageObj_CountMarks(one))
        known[key] = any(_mark(raw.FPDFPageObj_GetMark(one, number)) == "Artifact" for number in marks)
    return known[key]


def _mark(mark: object) -> str:
    from pypdfium2 import raw

    room, length = (ctypes.c_ushort * 64)(), ctypes.c_ulong()
    raw.FPDFPageObjMark_GetName(mark, room, 128, length)
    return bytes(room)[: max(length.value - 2, 0)].decode("utf-16-le", "replace")
