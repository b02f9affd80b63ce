"""What a page of a PDF marks as its own head or foot, and no part of its text (artifacts, ISO 32000-1, 14.8.2.2).

A program may mark anything so. What stands among the words of a page is read with them, whatever it is marked as: a
reader of the page sees no mark.
"""

from __future__ import annotations

import ctypes
import math
from typing import TYPE_CHECKING

from paraph.proof.direction import way

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

_MARK = "Artifact"


class Margin:
    """The signs of a page that belong to its head or foot."""

    def __init__(self, page: PdfTextPage) -> None:
        from pypdfium2 import raw

        self._page = page
        self._known: dict[int, bool] = {}
        # From the lowest to the highest sign of the text; and the middle of each that is marked, by its place.
        lowest, highest, marked = math.inf, -math.inf, dict[int, float]()
        numbers = [ctypes.c_double() for _ in range(4)]
        left, right, below, above = numbers
        middle = math.inf
        for place in range(page.count_chars()):
            if raw.FPDFText_IsGenerated(page, place):
                continue
            if chr(raw.FPDFText_GetUnicode(page, place)).isspace():
                if self._is_marked(place):
                    marked[place] = middle  # it stands where the sign before it does
                continue
            level = way(page, place)[1] == 0.0
            raw.FPDFText_GetCharBox(page, place, left, right, below, above)
            middle = (below.value + above.value) / 2 if level else math.inf
            if self._is_marked(place):
                marked[place] = middle
            elif level:
                lowest, highest = min(lowest, below.value), max(highest, above.value)
        self._places = {place for place, middle in marked.items() if not lowest <= middle <= highest}

    def __contains__(self, place: int) -> bool:
        return place in self._places

    def _is_marked(self, place: int) -> bool:
        from pypdfium2 import raw

        one = raw.FPDFText_GetTextObject(self._page, place)
        if not one:
            return False
        key = ctypes.addressof(one.contents)
        if key not in self._known:
            marks = range(raw.FPDFPageObj_CountMarks(one))
            self._known[key] = any(_name(raw.FPDFPageObj_GetMark(one, number)) == _MARK for number in marks)
        return self._known[key]


def _name(mark: object) -> str:
    from pypdfium2 import raw

    room, length = (ctypes.c_ushort * 64)(), ctypes.c_ulong()
    raw.FPDFPageObjMark_GetName(mark, room, 128, length)
    return bytes(room)[: max(length.value - 2, 0)].decode("utf-16-le", "replace")
