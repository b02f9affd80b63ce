"""Whether two PDFs show the same pages, where the letters that a file names are not those that it shows.

Programs that pack a PDF again lose what some shapes say: Ghostscript 10.0 writes “con昀椀dentialité” for a joined “fi”,
and shows it right. Such a copy is looked at.
"""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

import numpy as np

from paraph.proof.direction import righted
from paraph.proof.picture import Image, picture

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_SCALE = 3.0
_SHADES = 96
"""Of 255: a dot on a letter that is not there differs by more, the edge of one that is by less."""

_KEPT = 0.5
"""Of the signs of a page: in one that is set anew, hardly any stands where it stood."""

_INK = 128
"""Of 255: what is darker is drawn, without the edges of signs."""

_EVEN = 0.005
"""By how much more a page may have grown across than down: what is between two pixels."""

_STRAY = 3
"""Pixels of the edge of a page that was made larger or smaller."""

_SMALLEST = 0.4
"""Of the size of a page: a smaller one hides the dots on letters."""

_NEAR = tuple((across, up) for across in (0, 1, -1) for up in (0, 1, -1))
"""Points: what stands as near stands where it stood."""


def pages_alike(released: bytes, found: bytes) -> bool:
    """Whether all pages look alike, to the dot on a letter. For `child`’s process."""
    import pypdfium2

    with pypdfium2.PdfDocument(released) as was, pypdfium2.PdfDocument(found) as is_:
        return len(was) == len(is_) and all(_look_alike(one, other) for one, other in zip(was, is_, strict=True))


def defaced(released: bytes, found: bytes) -> list[int]:
    """The numbers of the pages of `found` that are one of `released`, with something else on it: most words stand
    where they stood, to the point, and yet it looks otherwise. A page that was set anew is none of them. For `child`’s
    process."""
    import pypdfium2

    with pypdfium2.PdfDocument(released) as was, pypdfium2.PdfDocument(found) as is_:
        places = [_places(page) for page in was]
        made = []
        for number, page in enumerate(is_, 1):
            righted(page)
            here = {(sign, x + across, y + up) for sign, x, y in _places(page) for across, up in _NEAR}
            same = [place for place, there in enumerate(places) if len(there & here) > len(there) * _KEPT]
            if same and not any(_like(was[place], page) for place in sorted(same, key=lambda one: one != number - 1)):
                made.append(number)
        return made


def _like(one: PdfPage, other: PdfPage) -> bool:
    if bytes(one.render().buffer) == bytes(other.render().buffer):
        return True
    return _look_alike(one, other)


def _look_alike(one: PdfPage, other: PdfPage) -> bool:
    """Whether two pages look alike, where they are of two sizes as far as all that is on them is larger or smaller."""
    was, is_ = (picture(page, _SCALE, grey=True) for page in (one, other))
    if _as_large(was, is_):
        return _alike(was, is_)
    there = _inked(was)
    across, down = (size / max(its, 1) for size, its in zip(there.shape, _inked(is_).shape, strict=True))
    if abs(across - down) > _EVEN * down or not _SMALLEST < across < 1 / _SMALLEST:
        return False
    return _alike(there, _inked(picture(other, _SCALE * (across + down) / 2, grey=True)), _STRAY)


def _inked(drawn: Image) -> Image:
    """A picture as far as anything is drawn on it."""
    rows, columns = (np.flatnonzero((drawn < _INK).any(axis=axis)) for axis in (1, 0))
    return drawn[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] if len(rows) else drawn[:0, :0]


def _as_large(one: Image, other: Image, stray: int = 1) -> bool:
    return all(abs(was - is_) <= stray for was, is_ in zip(one.shape, other.shape, strict=True))


def _places(page: PdfPage) -> set[tuple[str, int, int]]:
    """The signs of a page, each with where it begins, in points."""
    from pypdfium2 import raw

    read, made = page.get_textpage(), set()
    for place in range(read.count_chars()):
        sign = chr(raw.FPDFText_GetUnicode(read, place))
        if not sign.isspace():
            x, y = ctypes.c_double(), ctypes.c_double()
            raw.FPDFText_GetCharOrigin(read, place, x, y)
            made.add((sign, round(x.value), round(y.value)))
    read.close()
    return made


def _alike(one: Image, other: Image, stray: int = 1) -> bool:
    if not _as_large(one, other, stray):
        return False
    down, across = (min(sides) for sides in zip(one.shape, other.shape, strict=True))
    one, other = one[:down, :across], other[:down, :across]
    return _darker_alone(one, other) <= _SHADES and _darker_alone(other, one) <= _SHADES


def _darker_alone(one: Image, other: Image) -> int:
    """How much darker `one` is anywhere than the darkest of `other` near it: edges are never drawn alike.

    Near is two pixels, along the line three: cairo rounds where each sign begins, and the end of a line strays by as
    much. A dot on a letter, or a second one beside it, reaches farther in any size that is printed.
    """
    dark = np.pad(other, ((2, 2), (3, 3)), constant_values=255)
    # The least of two pixels, of four, of seven; then of two, of four, of five.
    for step in (1, 2, 3):
        dark = np.minimum(dark[:, :-step], dark[:, step:])
    for step in (1, 2, 1):
        dark = np.minimum(dark[:-step], dark[step:])
    return int((np.maximum(dark, one) - one).max(initial=0))
