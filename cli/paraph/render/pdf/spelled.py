"""What the glyphs on the pages of a PDF spell, in the order of the file: a look at each of many, not a reading of one.

It knows no paragraphs and no order of reading; `read` does. It takes a tenth of the time, and what it cannot say for
certain it does not say: whoever asked must then read the file in full.

Glyphs that run from right to left stand in the file from left to right, most of them marked (ISO 32000-1, 14.8.2.3.3,
ReversedChars). A run of them on a line, of which each piece stands to the right of the one before, is turned round;
what does not come out as the words that are looked for is read in full.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import pikepdf

from paraph.render.pdf.text import RTL, directions, seen

_FLAT = rb"\((?:[^()\\]++|\\.)*+\)"
_NESTED = _FLAT.replace(rb"\\.", rb"\\.|" + _FLAT)
_STRING = _FLAT.replace(rb"\\.", rb"\\.|" + _NESTED)
"""A string, in which brackets may stand in pairs: two deep."""
_MARK = rb"<<(?:[^()<>]++|" + _STRING + rb"|<[0-9A-Fa-f]*>)*+>>"
_TEXT = rb"(" + _MARK + rb")|/(f[0-9]+) [0-9.]+ Tf|(" + _STRING + rb"|<[0-9A-Fa-f]*>)"
_SHOWN = re.compile(_TEXT, re.DOTALL)
_PLACED = re.compile(_TEXT + rb"|([-0-9.]+) ([-0-9.]+) (cm|Tm)\b|(?:(/ReversedChars) )?\b(BMC|BDC|EMC)\b", re.DOTALL)
_ACTUAL = re.compile(rb"/ActualText\s*<FEFF([0-9A-F]*)>")
_PAIR = re.compile(rb"<([0-9A-F]{4})> <((?:[0-9A-F]{4})+)>")

_SAME, _RAISED = 0.01, 4.0
"""Points: places that are one, and how far a mark may be from the line."""
_LTR = frozenset({"L", "EN", "AN"})
"""Directions of what parts a run from right to left; a comma does not."""
_SAID = ""
"""In place of what stands for other words, once they have been said."""

Font: TypeAlias = dict[int, str]
"""What each code of two bytes says."""


def spelled(data: bytes, *, rtl: bool = False) -> str | None:
    """All that is shown, artefacts included, without white space; None: not known. `rtl`: some of it runs from right to
    left."""
    fonts: dict[tuple[int, int], Font] = {}
    said: list[str] = []
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for page in pdf.pages:
                named = {}
                for name, font in page.Resources.Font.items():
                    if font.objgen not in fonts:
                        fonts[font.objgen] = _font(font.ToUnicode.read_bytes())
                    named[name[1:].encode()] = fonts[font.objgen]
                said += (_turned if rtl else _page)(page.Contents.read_bytes(), named)
    except (pikepdf.PdfError, AttributeError, KeyError, ValueError, struct.error):
        return None
    return "".join("".join(said).split())


def _page(content: bytes, fonts: dict[bytes, Font]) -> list[str]:
    """What the strings of a page say. KeyError, ValueError: it shows something otherwise than typst shows text."""
    font: Font = {}
    said: list[str] = []
    for found in _SHOWN.finditer(content):
        mark, name, shown = found.groups()
        if mark and b"/ActualText" in mark:
            raise ValueError(found[0])
        if name:
            font = fonts[name]
        elif shown:
            said += map(font.__getitem__, _codes(shown))
    return said


@dataclass(slots=True)
class _Runs:
    """The words of a page on which runs from right to left are turned round: `run` is the one under way."""

    said: list[str] = field(default_factory=list)
    run: list[str] = field(default_factory=list)
    last: tuple[float, float] = (0, 0)

    def add(self, clusters: Sequence[str], place: tuple[float, float], *, marked: bool) -> None:
        """What an operator shows at a place. Words with vowels are not `marked` as reversed, and a raised one stands
        before its letter, with the same text."""
        found = directions("".join(clusters))
        reversed_ = marked or not RTL.isdisjoint(found) or (bool(self.run) and _LTR.isdisjoint(found))
        if self.run[-1:] == clusters[:1] and abs(place[0] - self.last[0]) < _SAME:
            self.run.pop()
        if self.run and not (reversed_ and abs(place[1] - self.last[1]) < _RAISED and place[0] > self.last[0] - _SAME):
            self.end()
        (self.run if reversed_ else self.said).extend(clusters)
        self.last = place

    def end(self) -> list[str]:
        """All that is said, when no more belongs to the run."""
        self.said += reversed(self.run)
        self.run = []
        return self.said


def _turned(content: bytes, fonts: dict[bytes, Font]) -> list[str]:
    """As `_page`, with text from right to left. `marks` are the open ones: whether what stands in each is reversed, and
    what stands for it (ActualText), which counts as one glyph."""
    font: Font = {}
    runs = _Runs()
    marks: list[tuple[bool, str | None]] = [(False, None)]
    origin, place = (0.0, 0.0), (0.0, 0.0)
    actual: str | None = None
    for found in _PLACED.finditer(content):
        mark, name, shown, x, y, moves, tag, opens = found.groups()
        if name:
            font = fonts[name]
        elif moves == b"cm":
            origin = float(x), float(y)
        elif moves:
            place = origin[0] + float(x), origin[1] - float(y)
        elif mark:
            actual = _actual(mark) if b"/ActualText" in mark else None
        elif opens == b"EMC":
            marks.pop()
        elif opens:
            marks.append((marks[-1][0] or tag is not None, marks[-1][1] if actual is None else actual))
            actual = None
        elif shown and (instead := marks[-1][1]) != _SAID:
            clusters = [font[code] for code in _codes(shown)] if instead is None else [instead]
            runs.add(clusters, place, marked=marks[-1][0])
            marks[-1] = (marks[-1][0], None if instead is None else _SAID)
    return runs.end()


def _actual(mark: bytes) -> str:
    found = _ACTUAL.search(mark)
    if found is None:
        raise ValueError(mark)
    return seen(bytes.fromhex(found[1].decode()).decode("utf-16-be"))


def _codes(shown: bytes) -> tuple[int, ...]:
    """The codes of a string (ISO 32000-1, 7.3.4); its escapes are Python's but for the brackets."""
    hexadecimal, shown = shown.startswith(b"<"), shown[1:-1]
    if hexadecimal:
        shown = bytes.fromhex(shown.decode())
    elif b"\\" in shown:
        shown = shown.replace(b"\\(", b"\\050").replace(b"\\)", b"\\051").decode("unicode_escape").encode("latin-1")
    return struct.unpack(f">{len(shown) // 2}H", shown)


def _font(cmap: bytes) -> Font:
    if b"beginbfrange" in cmap:
        raise ValueError("a range of codes")
    return {int(code, 16): seen(bytes.fromhex(text.decode()).decode("utf-16-be")) for code, text in _PAIR.findall(cmap)}
