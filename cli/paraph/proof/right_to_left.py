"""The words of a page of a PDF that is read from right to left, in the order in which they are read.

PDFium puts such words in order by what it guesses of their letters; programs store them in either order, a mark before
or after its letter, two letters as one shape. Where each sign stands on the page is the same whoever made the file: the
signs of a line are read from its right end, words and numbers from left to right (UAX 9) turned back.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from paraph.proof.artifacts import Margin
from paraph.proof.direction import way
from paraph.proof.page_order import Piece, order_seen

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

_SAME_LINE = 0.6
"""Of a sign’s height: farther from the line before, it stands on another one. A raised number stands nearer."""

_GAP = 2.5
"""Of a sign’s height: a wider gap divides columns."""

_SPACE = 0.12
"""Of a sign’s height: what lies between two words, at least."""

_STRONG = frozenset({"R", "AL", "L"})
_NUMBER = frozenset({"EN", "AN"})
_SEPARATOR = frozenset({"CS"})
_PARTING = frozenset("\u060c<>")
"""After the address of a link, and after words in Latin letters, they begin what goes on from the right: “‹address›، 5”
stands as “5 ،‹address›”."""

_LAM, _ALEF = "\u0644", frozenset("\u0622\u0623\u0625\u0627\u0671")


@dataclass(slots=True)
class Sign:
    """A sign on a page: where its glyph begins, the room that it has on its line, the middle of its ink (points, from
    the left and from below), and the marks that stand on it.

    `turned`: it stands on no level line, as words along the edge of a page do. `margin`: it is of the page’s own head
    or foot.
    """

    text: str
    x: float
    y: float
    left: float
    right: float
    middle: float
    size: float
    turned: bool = False
    margin: bool = False
    marks: list[str] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """How it runs (UAX 9, bidirectional class)."""
        return unicodedata.bidirectional(self.text)


class Shown(NamedTuple):
    """The lines of a page, each in the order in which it is read; those that stand upright; those that it marks as its
    head and foot; and the first from the top, () where the file has them in that order."""

    level: tuple[str, ...]
    upright: tuple[str, ...]
    margin: tuple[str, ...]
    seen: tuple[str, ...]


def lines_shown(page: PdfTextPage) -> Shown:
    """What a page that is read from right to left says."""
    signs = [*_signs(page)]
    level, upright = ([*_shown(signs, margin=False, turned=turned)] for turned in (False, True))
    margin = tuple(one.text for turned in (False, True) for one in _shown(signs, margin=True, turned=turned))
    order = order_seen(level)
    seen = () if order == sorted(order) else tuple(level[place].text for place in order)
    return Shown(tuple(one.text for one in level), tuple(one.text for one in upright), margin, seen)


def _shown(signs: list[Sign], *, margin: bool, turned: bool) -> Iterator[Piece]:
    """Lines, each as if it were seen in a mirror: the right is first."""
    for line in _lines([sign for sign in signs if (sign.margin, sign.turned) == (margin, turned)]):
        if said := "".join(_said([*_read(line)])):
            high = max(sign.size for sign in line)
            left, right = min(sign.left for sign in line), max(sign.right for sign in line)
            yield Piece(unicodedata.normalize("NFC", said), -right, -left, line[0].y, high)


def _said(line: list[Sign]) -> Iterator[str]:
    """What a line says, with a space where two signs stand apart."""
    before, said = None, ""
    for sign in line:
        # A mark and its letter may be two shapes, each of which says both.
        says = sign.text + "".join(sorted(sign.marks))
        if sign.marks and says == said:
            continue
        if before and max(sign.left - before.right, before.left - sign.right) > _SPACE * sign.size:
            yield " "
        yield says
        before, said = sign, says


def _signs(page: PdfTextPage) -> Iterator[Sign]:
    """What leaves ink, in the order of the file. A space is what lies between words: not every program writes one."""
    from pypdfium2 import raw

    room, marked = raw.FS_RECTF(), Margin(page)
    numbers = tuple(ctypes.c_double() for _ in range(6))
    x, y, left, right, below, above = numbers
    for place in range(page.count_chars()):
        text = chr(raw.FPDFText_GetUnicode(page, place))
        if raw.FPDFText_IsGenerated(page, place) or text.isspace() or unicodedata.category(text) == "Cf":
            continue
        raw.FPDFText_GetCharOrigin(page, place, x, y)
        raw.FPDFText_GetCharBox(page, place, left, right, below, above)
        raw.FPDFText_GetLooseCharBox(page, place, room)
        size = max(raw.FPDFText_GetFontSize(page, place), 0.75 * (room.top - room.bottom), 1.0)
        along, up = way(page, place)
        rooms = [along * one + up * other for one in (room.left, room.right) for other in (room.bottom, room.top)]
        inks = [along * one + up * other for one in (left.value, right.value) for other in (below.value, above.value)]
        for one in unicodedata.normalize("NFKC", text) if _shaped(text) else text:
            yield Sign(
                text=one,
                x=along * x.value + up * y.value,
                y=along * y.value - up * x.value,
                left=min(rooms),
                right=max(rooms),
                middle=(min(inks) + max(inks)) / 2,
                size=size,
                turned=up != 0.0,
                margin=place in marked,
            )


def _shaped(text: str) -> bool:
    """Whether it is the form of an Arabic letter at one place in a word, or several letters as one."""
    return "\ufb50" <= text <= "\ufdff" or "\ufe70" <= text <= "\ufefc"


def _lines(signs: list[Sign]) -> Iterator[list[Sign]]:
    """Cut where the next sign stands on another line, then where a line has a wide gap; from the left."""
    line: list[Sign] = []
    for sign in signs:
        if line and abs(sign.y - line[-1].y) > _SAME_LINE * max(sign.size, line[-1].size):
            yield from _columns(line)
            line = []
        line.append(sign)
    yield from _columns(line)


def _columns(line: list[Sign]) -> Iterator[list[Sign]]:
    gap = _GAP * max((sign.size for sign in line), default=0.0)
    columns: list[list[Sign]] = []
    reach = 0.0
    for sign in sorted(_marked(line), key=lambda sign: sign.x):
        if not columns or sign.left - reach > gap:
            columns.append([])
        columns[-1].append(sign)
        reach = sign.right
    return reversed(columns)


def _marked(line: list[Sign]) -> list[Sign]:
    """The signs without the marks among them: each goes to the letter of its own shape, or on which it stands."""
    letters = [sign for sign in line if not unicodedata.combining(sign.text)]
    for mark in (sign for sign in line if unicodedata.combining(sign.text)):
        same = [one for one in letters if (one.x, one.y) == (mark.x, mark.y)]
        near = min(
            same or letters, key=lambda one: max(one.left - mark.middle, mark.middle - one.right, 0.0), default=None
        )
        if near is not None:
            near.marks.append(mark.text)
    return letters


def _read(line: list[Sign]) -> Iterator[Sign]:
    """A line, given from the left, in the order of reading: as it stands where nothing in it runs to the left."""
    if not any(sign.kind in ("R", "AL") for sign in line):
        yield from line
        return
    shapes = [_shape([*shape]) for _, shape in groupby(line, key=lambda sign: (sign.x, sign.y))]
    shapes.reverse()
    start = 0
    while start < len(shapes):
        end = max(_to_right([shape[0] for shape in shapes], start), start + 1)
        yield from (sign for shape in reversed(shapes[start:end]) for sign in shape)
        start = end


def _shape(shape: list[Sign]) -> list[Sign]:
    """The letters of one shape in their order: of lam and alef, the only ones that every font joins, lam is first."""
    for one, after in pairwise(range(len(shape))):
        if shape[one].text in _ALEF and shape[after].text == _LAM:
            shape[one], shape[after] = shape[after], shape[one]
    return shape


def _to_right(line: list[Sign], start: int) -> int:
    """The end of the words or the number from left to right that begin at `start`, seen from the right, or `start`."""
    end, lettered = start, False
    for place in range(start, len(line)):
        kind = line[place].kind
        if kind in ("R", "AL"):
            break
        if kind == "L":
            lettered = True
            end = place + 1
        elif kind in _NUMBER:
            between = line[end:place]
            joined = not between or (len(between) == 1 and between[0].kind in _SEPARATOR)
            apart = not lettered or any(one.text in _PARTING for one in between)
            if end > start and not joined and apart and not _words_follow(line, place):
                break
            end = place + 1
        elif end == start:
            break
    return end


def _words_follow(line: list[Sign], place: int) -> bool:
    """Whether words from left to right begin before the next from right to left: numbers after them run with them."""
    kinds = (sign.kind for sign in line[place:])
    return next((kind for kind in kinds if kind in _STRONG), "") == "L"
