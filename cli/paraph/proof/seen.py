"""What a reader of a PDF sees, held against what its words say: each page is drawn twice, once without any text.

Ink can be kept from a sign in more ways than anybody lists (its colour, how dense it is, masks, clips, ways of mixing,
what lies over it or under it), and signs can be drawn that are none. What text alone adds to a page is what is seen of
it, whichever way; what is left is drawn, see `drawings`.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from paraph.proof.direction import righted
from paraph.proof.drawings import Drawing, drawings, known, strongest
from paraph.proof.letter_shapes import Shapes
from paraph.proof.page_changes import Shown, pages_named
from paraph.proof.picture import Box, Boxes, Image, picture
from paraph.proof.reading import letters

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

_SCALE = 2.0
"""Points to pixels: a full stop has some of its own."""

_CLOSER = 5.0
"""The same where something was not to be seen: in a copy made smaller, thin letters are grey at first."""

_MOST_PIXELS = 20_000_000

_CONTRAST = 64
"""Of 255 in one colour: what differs by less from its ground is hardly read."""

_LEAST = 2.5
"""Points: no letter as small can be read."""

_NARROW = 0.02
"""Of how large it is: no letter is as narrow."""

_OVER = 0.75
"""Of the lesser of two signs: with as much of one on another, one of them is not read."""

_AROUND = 1.0
"""Points around a sign that may have its ink."""

_MARKED = 0.9
"""Of how large it is: as far from an Arabic letter reach the marks on it."""

_DASH = 0.35
"""Of how wide it is: a hyphen is no higher."""

_SPECKS = 1.5
"""Square points: less is the edge of a sign."""

_DEEPEST = 15
_MOST_TOLD = 6
_MOST = 40


class _Sign(NamedTuple):
    """A sign of a page: what it says, where its ink is (pixels: left, above, right, below), how large it is and how
    narrow (points), its place among the signs and where it begins."""

    text: str
    box: Box
    size: float
    narrow: float
    place: int
    start: tuple[float, float]

    @property
    def said(self) -> bool:
        """Whether it is one of the words."""
        return _of_words(self.text)


@cache
def _of_words(sign: str) -> bool:
    return bool(letters(sign))


def shown(released: bytes, found: bytes) -> Shown:
    """What a PDF shows, held against what it says and against the one released; b"": that is not there. For `child`’s
    process."""
    import pypdfium2

    told, drawn, own, shapes = list[str](), list[tuple[int, Drawing]](), list[Drawing](), (Shapes(), Shapes())
    with pypdfium2.PdfDocument(found) as document:
        for number in range(len(document)):
            said, there = _shown(document, number, shapes[0])
            told += [f"page {number + 1} {one}" for one in said]
            drawn += [(number + 1, one) for one in there]
    if released:
        with pypdfium2.PdfDocument(released) as document:
            for page in document:
                read = page.get_textpage()
                shapes[1].add(page, read)
                if drawn:
                    signs = [*_signs(page, read, picture(page, _SCALE))]
                    own += _drawings(_without_text(page, _SCALE), signs)
    told += shapes[0].miscalled(shapes[1])
    new = tuple(dict.fromkeys(number for number, one in drawn if not known(one, own)))
    if not new:
        return Shown(tuple(told))
    # Another program may draw one as two, or two as one.
    if own or not released:
        return Shown(tuple(told), (f"{pages_named(new)}: whether the drawings are those released is to be looked at",))
    return Shown((*told, f"{pages_named(new)}: a drawing or a picture, and none was released"))


def _shown(document: PdfDocument, number: int, shapes: Shapes) -> tuple[list[str], list[Drawing]]:
    """What a page shows otherwise than it says, and what is drawn on it; its letters are added to `shapes`."""
    page = document[number]
    righted(page)
    read = page.get_textpage()
    shapes.add(page, read)
    read.close()
    told, drawn = _looked_at(page, _SCALE)
    if told:
        page = document[number]
        width, height = page.get_size()
        told, _ = _looked_at(page, min(_CLOSER, math.sqrt(_MOST_PIXELS / max(width * height, 1.0))))
    return told, drawn


def _looked_at(page: PdfPage, scale: float) -> tuple[list[str], list[Drawing]]:
    """The same, in one measure. Last: the page is changed."""
    whole = picture(page, scale)
    signs = [*_signs(page, page.get_textpage(), whole)]
    bare = _without_text(page, scale)
    text = strongest(np.maximum(whole, bare) - np.minimum(whole, bare)) >= _CONTRAST
    told = []
    if unseen := [*_words(one for one in signs if one.said and not _seen(one, text))]:
        told.append(f"shows nothing, or nothing that can be read, of: {', '.join(unseen)}")
    if over := [*_words(_over(signs))]:
        told.append(f"has signs printed on each other: {', '.join(over)}")
    if _more(signs, text, scale):
        told.append("shows signs that are none of its words")
    return told, _drawings(bare, signs) if scale == _SCALE else []


def _drawings(bare: Image, signs: Sequence[_Sign]) -> list[Drawing]:
    """What is drawn on a page without its text, which would have `signs`, in the first measure."""
    return drawings(bare, _usual(signs) * _SCALE, [one.box for one in signs])


def _without_text(page: PdfPage, scale: float) -> Image:
    """The page with all its text set in the way that leaves no ink."""
    from pypdfium2 import raw

    for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=_DEEPEST):
        raw.FPDFTextObj_SetTextRenderMode(one, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
    return picture(page, scale)


def _signs(page: PdfPage, read: PdfTextPage, drawn: Image) -> Iterator[_Sign]:
    from pypdfium2 import raw

    x, y, room, boxes = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF(), Boxes(page, read, drawn)
    for place in range(read.count_chars()):
        text = chr(raw.FPDFText_GetUnicode(read, place))
        if raw.FPDFText_IsGenerated(read, place) or text.isspace():
            continue
        left, below, right, above = boxes.points(place)
        raw.FPDFText_GetLooseCharBox(read, place, room)
        raw.FPDFText_GetCharOrigin(read, place, x, y)
        x0, y0, x1, y1 = boxes.pixels(place)
        size = max(room.top - room.bottom, room.right - room.left)
        narrow = min(right - left, above - below)
        yield _Sign(text, (x0, y0, x1 + 1, y1 + 1), size, narrow, place, (x.value, y.value))


def _seen(sign: _Sign, text: Image) -> bool:
    """Whether a sign can be read where it stands, as far as it has ink: in its middle, where no other one reaches. An
    Arabic letter may go by a dot on it."""
    if sign.text.isalnum() and not _from_the_right(sign) and (sign.size < _LEAST or sign.narrow < _NARROW * sign.size):
        return False
    left, above, right, below = sign.box
    aside = (right - left) // 5
    return bool(text[max(above, 0) : below, max(left + aside, 0) : right - aside].any())


def _over(signs: Sequence[_Sign]) -> Iterator[_Sign]:
    """Letters and digits on others. Several that are one shape begin at one point."""
    grid: dict[tuple[int, int], list[_Sign]] = {}
    for sign in signs:
        if not sign.text.isalnum() or _from_the_right(sign):
            continue
        squares = {(x // 32, y // 32) for x in (sign.box[0], sign.box[2]) for y in (sign.box[1], sign.box[3])}
        near = {one.place: one for square in squares for one in grid.get(square, ())}
        if any(
            one.start != sign.start and one.place < sign.place - 1 and _shared(one.box, sign.box) > _OVER
            for one in near.values()
        ):
            yield sign
        for square in squares:
            grid.setdefault(square, []).append(sign)


def _shared(one: Box, other: Box) -> float:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    least = min((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return across * down / least if across > 0 and down > 0 else 0.0


def _more(signs: Sequence[_Sign], text: Image, scale: float) -> bool:
    """Whether text leaves ink where there is none of the words. Of one shape several may be said, one of them a mark
    that turns the order of letters."""
    left, starts, usual = text.copy(), {one.start for one in signs if one.said}, _usual(signs)
    near = round(_AROUND * scale)
    for sign in signs:
        x0, y0, x1, y1 = sign.box
        if not sign.said and sign.start not in starts and y1 - y0 > _DASH * (x1 - x0) + near:
            continue
        around = near + (int(_MARKED * max(sign.size, usual) * scale) if _from_the_right(sign) else 0)
        left[max(y0 - around, 0) : y1 + around, max(x0 - around, 0) : x1 + around] = False
    return int(left.sum()) > _SPECKS * scale * scale


def _usual(signs: Sequence[_Sign]) -> float:
    """How large most signs are."""
    sizes = sorted(one.size for one in signs)
    return sizes[len(sizes) // 2] if sizes else 12.0


def _from_the_right(sign: _Sign) -> bool:
    return "\u0590" <= sign.text <= "\u08ff" or "\ufb1d" <= sign.text <= "\ufefc"


def _words(signs: Iterator[_Sign]) -> Iterator[str]:
    """Signs as words: those that follow each other together."""
    said, last = list[str](), -2
    for sign in signs:
        if said and sign.place <= last + 2:
            said[-1] += sign.text if sign.place == last + 1 else f" {sign.text}"
        else:
            said.append(sign.text)
        last = sign.place
    return (f"“{one[:_MOST]}”" for one in islice(said, _MOST_TOLD))
