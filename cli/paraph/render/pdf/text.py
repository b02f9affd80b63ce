"""The words on a page of a PDF, by the marked content they stand in (ISO 32000-1, 9.10 and 14.6).

A page gives chunks: what one operator shows, with its place. Text comes from ActualText where there is one, else from
the font's ToUnicode map. Right-to-left text is shown in the order of the eye, from left to right; `lines` turns it
round again.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeAlias

from pikepdf import Array, Dictionary, Name, Object, String, parse_content_stream

from paraph.errors import RenderError

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
_UNIT: Matrix = (1, 0, 0, 1, 0, 0)
_OPERATORS = "q Q cm BT Tm Td TD T* Tf Tj TJ ' \" BMC BDC EMC Do"
"""Those that show, move or mark text; what only draws is passed over."""
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\u061c]")


def seen(text: str) -> str:
    """`text` without what has no glyph of its own: marks of direction, and joiners, which show in their neighbours."""
    return _UNSEEN.sub("", text)


RTL = frozenset({"R", "AL"})
"""Directions of letters that run from right to left."""
_WITHOUT_DIRECTION = frozenset({"ON", "WS", "CS", "ES", "ET", "B", "S", "NSM", "BN", ""})


@lru_cache(4096)
def directions(text: str) -> frozenset[str]:
    """The directions of its characters (UAX 9): asked for each chunk many times, and for a word in many files."""
    return frozenset(map(unicodedata.bidirectional, text))


@dataclass(slots=True)
class Chunk:
    """One run of glyphs in one direction: its clusters from left to right, and its place in points on the page.

    `lang` is the language that its page names for it, empty where only the structure tree does. `parted`: words that
    are not read stand before it.
    """

    x: float
    y: float
    size: float
    clusters: list[str]
    reversed: bool = False
    lang: str = ""
    parted: bool = False

    @property
    def rtl(self) -> bool:
        """Right to left: marked so, or with a letter of such a script."""
        return self.reversed or not RTL.isdisjoint(directions("".join(self.clusters)))

    @property
    def arabic_digits(self) -> bool:
        """A number in Arabic digits: signs between two of them run from right to left (UAX 9, N1)."""
        return "AN" in directions("".join(self.clusters))

    @property
    def neutral(self) -> bool:
        """Nothing in it has a direction of its own; "" has none either."""
        return directions("".join(self.clusters)) <= _WITHOUT_DIRECTION


@dataclass(frozen=True, slots=True)
class _Mark:
    """An open marked-content sequence: its id, what stands for its text, and whether it is an artefact or reversed."""

    mcid: int | None
    actual: str | None
    reversed: bool
    lang: str


_NO_MARK = _Mark(None, None, False, "")


Fonts: TypeAlias = "dict[tuple[int, int], Font]"
"""The fonts of a file, as they are met, by their object."""


def marked_content(page: Object, fonts: Fonts) -> dict[int, list[Chunk]]:
    """The chunks of a page by marked-content id, in the order of the file; `fonts` grow as it goes."""
    walk = _Walk(fonts)
    walk.run(page, page.get("/Resources", Dictionary()), _UNIT)
    return walk.found


def words_of(page: Object) -> str:
    """Everything that a page shows, artefacts included, in the order of the file; what stands on one line is one."""
    walk = _Walk({}, artefacts=True)
    walk.run(page, page.get("/Resources", Dictionary()), _UNIT)
    lines: list[tuple[float, str]] = []
    for chunk in (chunk for chunks in walk.found.values() for chunk in chunks):
        words = "".join(chunk.clusters)
        if lines and lines[-1][0] == chunk.y:
            words = lines.pop()[1] + words
        lines.append((chunk.y, words))
    return "\n".join(words for _, words in lines)


@dataclass(slots=True)
class _State:
    """What operators set: the matrix of the page and of the text, the font's name and its size."""

    ctm: Matrix
    text: Matrix = _UNIT
    font: str = ""
    size: float = 0.0

    def set(self, operator: str, operands: Any) -> None:
        """Take what moves or dresses text (8.4.4, 9.3, 9.4.2)."""
        match operator:
            case "cm":
                self.ctm = _times(_matrix(operands), self.ctm)
            case "Tm":
                self.text = _matrix(operands)
            case "Td" | "TD":
                self.text = _times((1, 0, 0, 1, float(operands[0]), float(operands[1])), self.text)
            case "Tf":
                self.font, self.size = str(operands[0]), float(operands[1])
            case "'" | '"' | "T*":
                raise RenderError(f"the PDF cannot be read: operator {operator} is not known here")


class _Walk:
    def __init__(self, fonts: Fonts, *, artefacts: bool = False) -> None:
        self.artefacts = artefacts
        self.found: dict[int, list[Chunk]] = {}
        self.marks: list[_Mark] = []
        self.fonts = fonts
        self.chunk: Chunk | None = None
        self.actual_due = False

    def run(self, content: Object, resources: Object, ctm: Matrix) -> None:
        """Follow the content of a page or a form; `ctm` is the matrix in force where it begins."""
        states = [_State(ctm)]
        for instruction in parse_content_stream(content, _OPERATORS):
            operands, state = instruction.operands, states[-1]
            match str(instruction.operator):
                case "q":
                    states.append(replace(state))
                case "Q":
                    states.pop()
                case "BT":
                    state.text, self.chunk = _UNIT, None
                case "Tj" | "TJ" as shows:
                    self._show(operands[0] if shows == "TJ" else operands, resources, state)
                case "BMC" | "BDC":
                    self._open(operands, resources)
                case "EMC":
                    self.marks.pop()
                case "Do":
                    self._form(resources.XObject[str(operands[0])], resources, state.ctm)
                case other:
                    state.set(other, operands)

    def _open(self, operands: Any, resources: Object) -> None:
        tag, properties = operands[0], operands[1] if len(operands) > 1 else Dictionary()
        if isinstance(properties, Name):
            properties = resources.Properties[properties]
        outer = self.marks[-1] if self.marks else _NO_MARK
        actual, mcid = properties.get("/ActualText"), properties.get("/MCID")
        self.marks.append(
            _Mark(
                None if tag == "/Artifact" else outer.mcid if mcid is None else int(mcid),
                outer.actual if actual is None else str(actual),
                outer.reversed or tag == "/ReversedChars",
                str(properties.get("/Lang", outer.lang)),
            )
        )
        self.actual_due |= actual is not None

    def _show(self, shown: Any, resources: Object, state: _State) -> None:
        mark = self.marks[-1] if self.marks else _NO_MARK
        mcid = -1 if mark.mcid is None and self.artefacts else mark.mcid
        if mcid is None:
            return
        if self.chunk is None:
            matrix = _times(state.text, state.ctm)
            self.chunk = Chunk(matrix[4], matrix[5], abs(state.size * matrix[3]), [], lang=mark.lang)
            self.found.setdefault(mcid, []).append(self.chunk)
        self.chunk.reversed |= mark.reversed
        if mark.actual is None:
            font = self._font(resources.Font[state.font])
            for codes in shown:
                if isinstance(codes, String):
                    self.chunk.clusters += font.read(codes)
        elif self.actual_due:
            self.chunk.clusters.append(seen(mark.actual))
            self.actual_due = False

    def _form(self, form: Object, resources: Object, ctm: Matrix) -> None:
        if form.Subtype == "/Form":
            matrix = _times(_matrix(form.get("/Matrix", _UNIT)), ctm)
            self.run(form, form.get("/Resources", resources), matrix)

    def _font(self, font: Object) -> Font:
        if font.objgen not in self.fonts:
            words = {code: seen(text) for code, text in to_unicode(font.ToUnicode).items()}
            self.fonts[font.objgen] = Font(2 if font.Subtype == "/Type0" else 1, words)
        return self.fonts[font.objgen]


@dataclass(frozen=True, slots=True)
class Font:
    """What the characters of a font say, from its ToUnicode map; `width` is the number of bytes of a code."""

    width: int
    words: dict[int, str]

    def read(self, shown: String) -> list[str]:
        """What is said by each code of a string."""
        data = bytes(shown)
        try:
            codes: Sequence[int] = data if self.width == 1 else struct.unpack(f">{len(data) // 2}H", data)
            return [self.words[code] for code in codes]
        except (KeyError, struct.error) as error:
            raise RenderError(f"the PDF cannot be read: a glyph of a font has no text ({error})") from error


def to_unicode(cmap: Object) -> dict[int, str]:
    """The map from character code to text of a ToUnicode CMap (ISO 32000-1, 9.10.3)."""
    found: dict[int, str] = {}
    for instruction in parse_content_stream(cmap):
        operator, values = str(instruction.operator), [*instruction.operands]
        if operator == "endbfchar":
            for code, text in zip(values[::2], values[1::2], strict=True):
                found[_code(code)] = _utf_16(text)
        elif operator == "endbfrange":
            for low, high, target in zip(values[::3], values[1::3], values[2::3], strict=True):
                for step, code in enumerate(range(_code(low), _code(high) + 1)):
                    if isinstance(target, Array):
                        found[code] = _utf_16(target[step])
                    else:
                        text = _utf_16(target)
                        found[code] = text[:-1] + chr(ord(text[-1]) + step)
    return found


def _code(value: Object) -> int:
    return int.from_bytes(bytes(value))


def _utf_16(value: Object) -> str:
    return bytes(value).decode("utf-16-be")


def _matrix(values: Any) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in values)
    return a, b, c, d, e, f


def _times(m: Matrix, n: Matrix) -> Matrix:
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )
