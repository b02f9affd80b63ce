"""What is drawn on a page of a PDF beside its text: anything but lines and grounds may say something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from paraph.proof.picture import Box, Image

_INK = 48
"""Of 255 in one colour: what is paler is a ground."""

_LONG = 0.6
"""Of the size of the text: what runs as far is a line or a ground, and no stroke of a letter beside it."""

_SHORTEST = 6
"""Pixels of that."""

_THICK = 8
"""Pixels, four points."""

_GROUND = 0.9
"""Of its box, what a ground fills, with corners that are round."""

_FAR = 0.5
"""Of the size of the text: what is nearer to each other is one drawing."""

_SMALL = 5
"""Pixels: less is the edge of a line."""

_THIN = 3
"""Pixels: a line under a short word is no thicker."""

_BAND = 0.35
"""Of the size of the text, below and above the foot of a sign: there is a line under it."""

_DOT = (2, 0.5)
"""A dot before an item of a list: as many pixels in both directions at least, and as much of the text at most."""

_FILLED = 0.6
_SIDE = 24
"""Pixels of a drawing, in each direction, as it is held against others."""

_UNLIKE = 28.0
"""Of 255, on the mean: two drawings in which pixels differ by more are two."""

_ASPECT = 0.15


class Drawing(NamedTuple):
    """A drawing, by how wide it is for its height, and how it looks in a square."""

    aspect: float
    look: Image


def drawings(bare: Image, size: float, signs: Sequence[Box]) -> list[Drawing]:
    """What is drawn on a page without its text (height, width, colours), but lines, grounds, the dots before items and
    lines under `signs`. `size`: of its text, in pixels."""
    dark = strongest(255 - bare)
    ink = dark >= _INK
    far = max(int(size * _LONG), _SHORTEST)
    rest = ink & ~_long(ink, far, 1) & ~_long(ink, far, 0)
    found = []
    for x0, y0, x1, y1 in _groups(rest, max(int(size * _FAR), 4)):
        piece = rest[y0:y1, x0:x1]
        high, wide = piece.shape
        if int(piece.sum()) < _SMALL or _dot(piece, size) or (high <= _THIN and _under((x0, y0, x1, y1), size, signs)):
            continue
        found.append(Drawing(wide / high, _squared(255 - dark[y0:y1, x0:x1])))
    # What is as thick as no line is a ground, as far as it fills a box: a large letter does not.
    thick = _long(ink, _THICK, 1) & _long(ink, _THICK, 0)
    for x0, y0, x1, y1 in _groups(thick, _THICK):
        if min(x1 - x0, y1 - y0) >= _THICK and float(thick[y0:y1, x0:x1].mean()) < _GROUND:
            found.append(Drawing((x1 - x0) / (y1 - y0), _squared(255 - dark[y0:y1, x0:x1])))
    return found


def strongest(colours: Image) -> Image:
    """Of each pixel (height, width, colours) the most that is in any colour."""
    made: Image = np.maximum(np.maximum(colours[..., 0], colours[..., 1]), colours[..., 2])
    return made


def known(one: Drawing, others: Sequence[Drawing]) -> bool:
    """Whether a drawing looks like one of others."""
    return any(
        abs(one.aspect - other.aspect) <= _ASPECT * other.aspect
        and float(np.abs(one.look - other.look).mean()) <= _UNLIKE
        for other in others
    )


def _long(ink: Image, far: int, axis: int) -> Image:
    """The pixels of ink that stand in a row of at least as many along an axis."""
    if ink.shape[axis] < far:
        return np.zeros_like(ink)
    begins = ink
    for step in _steps(far):
        begins = _from(begins, 0, -step, axis) & _from(begins, step, 0, axis)
    made = begins
    for step in _steps(far):
        room = [(0, 0), (0, 0)]
        room[axis] = (step, step)
        wide = np.pad(made, room)
        made = _from(wide, 0, -step, axis) | _from(wide, step, 0, axis)
    return made


def _steps(far: int) -> Iterator[int]:
    """By how much a row is held against itself, again and again, to have what goes on for `far` pixels."""
    sure = 1
    while sure < far:
        step = min(sure, far - sure)
        yield step
        sure += step


def _from(ink: Image, start: int, end: int, axis: int) -> Image:
    """The pixels from `start` to `end`, counted from the end below 1, along an axis."""
    kept = slice(start, ink.shape[axis] + end)
    return ink[kept] if axis == 0 else ink[:, kept]


def _groups(rest: Image, far: int) -> Iterator[Box]:
    """The boxes of what stands together: on squares that touch."""
    ys, xs = np.nonzero(rest)
    cells: dict[tuple[int, int], list[int]] = {}
    for x, y in zip(xs.tolist(), ys.tolist(), strict=True):
        box = cells.setdefault((x // far, y // far), [x, y, x, y])
        box[0], box[1] = min(box[0], x), min(box[1], y)
        box[2], box[3] = max(box[2], x), max(box[3], y)
    while cells:
        start, box = cells.popitem()
        left, (x0, y0, x1, y1) = [start], box
        while left:
            across, down = left.pop()
            for near in ((across + one, down + other) for one in (-1, 0, 1) for other in (-1, 0, 1)):
                if there := cells.pop(near, None):
                    left.append(near)
                    x0, y0, x1, y1 = min(x0, there[0]), min(y0, there[1]), max(x1, there[2]), max(y1, there[3])
        yield x0, y0, x1 + 1, y1 + 1


def _dot(piece: Image, size: float) -> bool:
    """Whether it is the dot, or the square, before an item of a list."""
    high, wide = piece.shape
    least, most = _DOT
    return least <= high <= most * size and abs(high - wide) <= 1 and float(piece.mean()) >= _FILLED


def _under(line: Box, size: float, signs: Sequence[Box]) -> bool:
    """Whether a line stands under a sign, or under several."""
    x0, y0, x1, y1 = line
    middle = (x0 + x1) / 2
    return x1 - x0 >= 2 * (y1 - y0) and any(
        left - 2 <= middle <= right + 2
        and max(below - size * _BAND, above + 0.8 * (below - above)) <= y0 <= below + size * _BAND
        for left, above, right, below in signs
    )


def _squared(piece: Image) -> Image:
    """A drawing in a square of as many pixels as all, each the mean of those that it stands for."""
    from PIL import Image as Pictures

    made = Pictures.fromarray(piece.astype(np.uint8)).resize((_SIDE, _SIDE), Pictures.Resampling.BOX)
    return np.asarray(made, dtype=np.int16)
