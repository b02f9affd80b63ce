"""Whether two PDFs show the same pages, where the letters that a file names are not those that it shows.

Programs that pack a PDF again lose what some shapes say: Ghostscript 10.0 writes “con昀椀dentialité” for a joined “fi”,
and shows it right. Such a copy is looked at.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from paraph.proof.page_edges import Edges
from paraph.proof.reading import Reading, letters
from paraph.proof.reset_pages import PAIRED

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfPage

_SCALE = 3.0
_SHADES = 96
"""Of 255: a dot on a letter that is not there differs by more, the edge of one that is by less."""

_KEPT = 0.5
"""Of the signs of a page: in one that is set anew, hardly any stands where it stood."""

_STREWN = 100
"""Letters of the text for one that a program has put in."""

_LOST = 3
"""Letters that one sign without a meaning can stand for: “ffi”."""


def pages_alike(released: bytes, found: bytes) -> bool:
    """Whether all pages look alike, to the dot on a letter. For `child`’s process."""
    import pypdfium2

    with pypdfium2.PdfDocument(released) as was, pypdfium2.PdfDocument(found) as is_:
        return len(was) == len(is_) and all(
            _alike(_image(one), _image(other)) for one, other in zip(was, is_, strict=True)
        )


def defaced(released: bytes, found: bytes) -> list[int]:
    """The numbers of the pages of `found` that are one of `released`, with something else on it: most words stand
    where they stood, to the point, and yet it looks otherwise. A page that was set anew is none of them. For `child`’s
    process."""
    import pypdfium2

    with pypdfium2.PdfDocument(released) as was, pypdfium2.PdfDocument(found) as is_:
        places = [_places(page) for page in was]
        made = []
        for number, page in enumerate(is_, 1):
            here = _places(page)
            same = [place for place, there in enumerate(places) if _stand_alike(there, here)]
            if same and not any(_like(was[place], page) for place in sorted(same, key=lambda one: one != number - 1)):
                made.append(number)
        return made


def _like(one: PdfPage, other: PdfPage) -> bool:
    if bytes(one.render().buffer) == bytes(other.render().buffer):
        return True
    return _alike(_image(one), _image(other))


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


def _stand_alike(was: set[tuple[str, int, int]], is_: set[tuple[str, int, int]]) -> bool:
    near = [(across, up) for across in (0, 1, -1) for up in (0, 1, -1)]
    kept = sum(any((sign, x + across, y + up) in is_ for across, up in near) for sign, x, y in was)
    return kept > len(was) * _KEPT


def _alike(one: Image, other: Image) -> bool:
    if abs(one.width - other.width) > 1 or abs(one.height - other.height) > 1:
        return False
    other = other.crop((0, 0, one.width, one.height))
    return _darker_alone(one, other) <= _SHADES and _darker_alone(other, one) <= _SHADES


def _darker_alone(one: Image, other: Image) -> int:
    """How much darker `one` is anywhere than the darkest of `other` near it: edges are never drawn alike.

    Near is two pixels, along the line three: cairo rounds where each sign begins, and the end of a line strays by as
    much. A dot on a letter, or a second one beside it, reaches farther in any size that is printed.
    """
    from PIL import ImageChops

    dark = other
    for across, up in ((1, 0), (-1, 0)) * 3 + ((0, 1), (0, -1)) * 2:
        dark = ImageChops.darker(dark, ImageChops.offset(dark, across, up))
    alone = ImageChops.subtract(dark, one).histogram()
    return max((shade for shade, points in enumerate(alone) if points), default=0)


def _image(page: PdfPage) -> Image:
    made: Image = page.render(scale=_SCALE, grayscale=True).to_pil()
    return made


def garbled(released: Reading, found: Reading) -> bool:
    """Whether `found` names the same letters but around signs that the text does not have: marks are lost there, and
    a letter of two shapes is named twice. In text from right to left a few may be strewn in (see `_strewn`)."""
    from rapidfuzz.distance import Indel

    edges = Edges(released, None)
    was, is_ = (letters("".join(edges.without(one))) for one in (released, found))
    alphabet = {*was, *was.translate(PAIRED)}
    most = _LOST * sum(1 for sign in is_ if sign not in alphabet)
    bare, other = [*_once(was, alphabet)], [*_once(is_, alphabet)]
    return Indel.distance(bare, other, score_cutoff=most) <= most or _strewn(bare, other)


def _strewn(was: Sequence[str], is_: Sequence[str]) -> bool:
    """Whether `is_` is `was` with single letters from right to left put in here and there, and nothing taken out.

    cairo 1.16 gives a mark, wherever it stands, the letter also on which it stood first: “يتُفصل” for “يُفصل”.
    """
    from rapidfuzz.distance import Indel

    if not 0 < len(is_) - len(was) <= len(was) // _STREWN:
        return False
    other = [one for one in Indel.opcodes(was, is_) if one.tag != "equal"]
    return all(
        one.tag == "insert"
        and one.dest_end - one.dest_start == 1
        and unicodedata.bidirectional(is_[one.dest_start]) in ("AL", "R")
        for one in other
    )


def _once(text: str, own: set[str]) -> Iterator[str]:
    # Which way a bracket opens depends on the direction of its line, and is seen.
    shown = unicodedata.normalize("NFD", text).translate(PAIRED)
    plain = (sign for sign in shown if not unicodedata.combining(sign))
    return (sign for sign, _ in groupby(sign for sign in plain if sign in own))
