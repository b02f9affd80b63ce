"""Which letter each shape on the pages of a PDF is called, whatever kind of font draws it: where one and the same is
called two, the words are not what the pages show.

Shapes are held against each other as they look, so that no outline that is a little otherwise, and no kind of font, is
a hiding place. A whole file in which each “9” looks like a “6” is not told by that; nor is Arabic, in which one letter
has many shapes, and one shape with other dots is several letters.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from paraph.proof.picture import Boxes, Image, picture

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

_SCALE = 6.0
_MOST_PIXELS = 40_000_000
_SIDE = 24
"""Pixels of a shape, in each direction, as it is held against others."""

_ASPECT = 8.0
"""How much it counts how wide a shape is for its height."""

_ALIKE = 0.02
"""The mean of squares: one letter drawn in two places differs by less, “i” and “l” by twice as much."""

_LEVEL = 0.01
"""Of a turn by one radian."""

_CONTRAST = 64
_LEAST = (4, 2)
"""Pixels up and across."""

_LAST = "\u017f"
"""Of Latin letters: beyond, other scripts have letters of the same shapes."""

_ONE_SHAPE = ("o0", "1li", "\u0111\u00f0")
"""Letters that some fonts draw alike, in the form of `_key`, beside small ones and capitals."""

_MOST_TOLD = 6


class Shapes:
    """The shapes that letters and digits have in a file, by the letter that they are called."""

    def __init__(self) -> None:
        self._kept: dict[str, Image] = {}

    def add(self, page: PdfPage, read: PdfTextPage) -> None:
        """All on a page."""
        found: dict[str, list[Image]] = {}
        for letter, shape in _shapes(page, read):
            found.setdefault(letter, []).append(shape)
        for letter, shapes in found.items():
            left = np.array(shapes)
            kept = [*self._kept.get(letter, ())]
            for one in kept:
                left = left[_apart(left, one) >= _ALIKE]
            while len(left):
                near = _apart(left, left[0]) < _ALIKE
                kept.append(left[near].mean(axis=0))
                left = left[~near]
            self._kept[letter] = np.array(kept)

    def miscalled(self, released: Shapes) -> Iterator[str]:
        """Shapes that are called two letters, here or where they are one of those `released`, in words."""
        told = dict[str, None]()
        for letter, shapes in self._kept.items():
            for other in {**self._kept, **released._kept}:
                if _key(other) == _key(letter):
                    continue
                there = [one[other] for one in (self._kept, released._kept) if other in one]
                if any((_apart(known, shape) < _ALIKE).any() for shape in shapes for known in there):
                    first, second = sorted((letter, other))
                    told[f"one and the same sign is called “{first}” and “{second}”"] = None
        yield from [*told][:_MOST_TOLD]


def _apart(shapes: Image, one: Image) -> Image:
    made: Image = ((shapes - one) ** 2).sum(axis=1) / (_SIDE * _SIDE)
    return made


def _key(letter: str) -> str:
    """A letter as it is told apart by its shape."""
    plain = unicodedata.normalize("NFKC", letter).casefold()
    return next((one for one in _ONE_SHAPE if plain in one), plain)


def _shapes(page: PdfPage, read: PdfTextPage) -> Iterator[tuple[str, Image]]:
    width, height = page.get_size()
    scale = min(_SCALE, math.sqrt(_MOST_PIXELS / max(width * height, 1.0)))
    drawn = picture(page, scale, grey=True)
    boxes = Boxes(page, read, drawn)
    signs = [*_level(read)]
    # Several letters that begin at one point are one shape, as “fi” is.
    at = Counter(start for _, _, start in signs)
    for place, letter, start in signs:
        if at[start] > 1 or not _told_apart(letter):
            continue
        x0, y0, x1, y1 = boxes.pixels(place)
        if x0 < 1 or y0 < 1 or x1 + 2 > drawn.shape[1] or y1 + 2 > drawn.shape[0]:
            continue  # the page cuts it
        piece = _ink(drawn[y0 - 1 : y1 + 2, x0 - 1 : x1 + 2])
        if piece is not None:
            up, across = piece.shape
            look = (_means(up) @ piece @ _means(across).T).ravel()
            yield letter, np.append(look, np.float32(_ASPECT * math.log(across / up)))


def _told_apart(letter: str) -> bool:
    return letter.isalnum() and letter <= _LAST


def _level(read: PdfTextPage) -> Iterator[tuple[int, str, tuple[float, float]]]:
    """The signs on level lines, each with its place among all and where it begins."""
    from pypdfium2 import raw

    x, y = ctypes.c_double(), ctypes.c_double()
    for place in range(read.count_chars()):
        if not raw.FPDFText_IsGenerated(read, place) and abs(raw.FPDFText_GetCharAngle(read, place)) < _LEVEL:
            raw.FPDFText_GetCharOrigin(read, place, x, y)
            yield place, chr(raw.FPDFText_GetUnicode(read, place)), (x.value, y.value)


def _ink(piece: Image) -> Image | None:
    """A sign cut out, from 0 for its ground to 1 for its ink; None where there is hardly any."""
    low, high = (int(piece.min()), int(piece.max())) if piece.size else (0, 0)
    if high - low < _CONTRAST:
        return None
    there = piece < (high + low) / 2
    rows, columns = np.flatnonzero(there.any(axis=1)), np.flatnonzero(there.any(axis=0))
    if len(rows) < _LEAST[0] or len(columns) < _LEAST[1]:
        return None
    cut = piece[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].astype(np.float32)
    made: Image = (high - cut) * np.float32(1 / (high - low))
    return made


@cache
def _means(size: int) -> Image:
    """What makes `_SIDE` pixels of as many as `size`, each the mean of those near it, nearer ones counting more."""
    wide = max(size / _SIDE, 1.0)
    middles = (np.arange(_SIDE) + 0.5) * size / _SIDE
    apart = np.abs(np.arange(size) + 0.5 - middles[:, None]) / wide
    counted = np.maximum(1.0 - apart, 0.0)
    made: Image = (counted / counted.sum(axis=1, keepdims=True)).astype(np.float32)
    return made
