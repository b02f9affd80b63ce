"""Which way the signs of a page of a PDF go: level, or along an edge; and the page set right, where it was turned."""

from __future__ import annotations

import ctypes
import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage


def way(page: PdfTextPage, place: int) -> tuple[float, float]:
    """Which way the line of a sign goes, along and up. Letters that lean, as those of which a program makes italics,
    stand on a level line."""
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(page, place, matrix):
        return 1.0, 0.0
    angle = math.atan2(matrix.b, matrix.a)
    return (math.cos(angle), math.sin(angle)) if 0.05 < angle % math.tau < math.tau - 0.05 else (1.0, 0.0)


def across(page: PdfTextPage, place: int) -> float | None:
    """How far up a sign stands, seen along its line, where that is no level one; else None."""
    from pypdfium2 import raw

    along, up = way(page, place)
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(page, place, x, y)
    return along * y.value - up * x.value if up else None


def righted(page: PdfPage) -> bool:
    """Set a page right that its file turns though most of its words are level without that: whoever looks at it turns
    it back. Whether it was so."""
    from pypdfium2 import raw

    if not page.get_rotation():
        return False
    read, level, signs = page.get_textpage(), 0, 0
    for place in range(read.count_chars()):
        if not raw.FPDFText_IsGenerated(read, place) and not chr(raw.FPDFText_GetUnicode(read, place)).isspace():
            signs += 1
            level += way(read, place)[1] == 0.0
    read.close()
    if level <= signs / 2:
        return False
    page.set_rotation(0)
    return True
