"""What on a page of a PDF keeps its words from being seen: paint and pictures over them, and words without ink."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

Box: TypeAlias = tuple[float, float, float, float]
"""Left, below, right, above, in points."""

_HIDDEN_SHARE = 0.4
"""Of a word: less paint over it than this is a line under it or through its foot."""

_LARGE = 15.0
"""Points in both directions: no line and no sign of a list is as large."""

_CELL = 50.0
_DEEPEST = 5
_INVISIBLE = 3
"""The way of showing text that leaves no ink (ISO 32000-1, 9.3.6)."""


@dataclass(slots=True)
class _Words:
    """The boxes of words on a page, by the squares of a grid that they touch."""

    grid: dict[tuple[int, int], list[Box]] = field(default_factory=dict)

    def add(self, box: Box) -> None:
        for square in _squares(box):
            self.grid.setdefault(square, []).append(box)

    def covered(self, paint: Box) -> bool:
        """Whether paint hides a word that stands there already."""
        return any(
            _share(box, paint) > _HIDDEN_SHARE for square in _squares(paint) for box in self.grid.get(square, ())
        )


def painted(page: PdfPage) -> Iterator[str]:
    """What hides words of a page, in words."""
    from pypdfium2 import raw

    words, shown = _Words(), _shown(page)
    for one in page.get_objects(max_depth=1):
        if one.type == raw.FPDF_PAGEOBJ_TEXT:
            box = one.get_bounds()
            outside = _share(box, shown) < 1 - _HIDDEN_SHARE and box[2] > box[0] and box[3] > box[1]
            if raw.FPDFTextObj_GetTextRenderMode(one) == _INVISIBLE or not _ink(one) or outside:
                yield "words that no page shows"
            words.add(box)
        elif _hides(one, raw.FPDF_PAGEOBJ_PATH) and words.covered(one.get_bounds()):
            yield "paint or a picture over words"
            return


def _shown(page: PdfPage) -> Box:
    """What of a page is shown: its medium, as far as it is not cut (ISO 32000-1, 14.11.2)."""
    medium, cut = page.get_mediabox(), page.get_cropbox()
    return max(medium[0], cut[0]), max(medium[1], cut[1]), min(medium[2], cut[2]), min(medium[3], cut[3])


def drawn_large(page: PdfPage) -> bool:
    """Whether more is drawn on a page than words and lines."""
    from pypdfium2 import raw

    for one in page.get_objects(max_depth=1):
        if one.type != raw.FPDF_PAGEOBJ_TEXT:
            left, below, right, above = one.get_bounds()
            if right - left > _LARGE and above - below > _LARGE:
                return True
    return False


def _hides(one: object, path: int) -> bool:
    """Whether an object has ink of its own: a line around nothing has none."""
    from pypdfium2 import raw

    if one.type != path:  # type: ignore[attr-defined]  # one of pypdfium2’s objects
        return True
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(one, filled, stroked)
    return bool(filled.value) and _ink(one)


def _ink(one: object) -> bool:
    from pypdfium2 import raw

    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    return not raw.FPDFPageObj_GetFillColor(one, red, green, blue, alpha) or alpha.value > 0


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
