"""The words on a page of a PDF, by the marked content they stand in (ISO 32000-1, 9.10 and 14.6).

A page gives chunks: what one operator shows, with its place. Text comes from ActualText where there is one, else from
the font's ToUnicode map. Right-to-left text is shown in the order of the eye, from left to right; `pdf_lines` turns it
round again.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from paraph.errors import RenderError
from paraph.render.pdf_objects import Name, Operator, Pdf, Stream, tokens

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
_UNIT: Matrix = (1, 0, 0, 1, 0, 0)


_RTL = frozenset({"R", "AL"})
_WITHOUT_DIRECTION = frozenset({"ON", "WS", "CS", "ES", "ET", "B", "S", "NSM", "BN", ""})


@dataclass(slots=True)
class Chunk:
    """One run of glyphs in one direction: its clusters from left to right, and its place in points on the page.

    `lang` is the language that its page names for it, empty where only the structure tree does.
    """

    x: float
    y: float
    size: float
    clusters: list[str]
    reversed: bool = False
    lang: str = ""

    @property
    def rtl(self) -> bool:
        """Right to left: marked so, or with a letter of such a script."""
        return self.reversed or any(unicodedata.bidirectional(char) in _RTL for char in {*"".join(self.clusters)})

    @property
    def neutral(self) -> bool:
        """Nothing in it has a direction of its own; "" has none either."""
        return all(unicodedata.bidirectional(char) in _WITHOUT_DIRECTION for char in {*"".join(self.clusters)})


@dataclass(frozen=True, slots=True)
class _Mark:
    """An open marked-content sequence: its id, what stands for its text, and whether it is an artefact or reversed."""

    mcid: int | None
    actual: str | None
    reversed: bool
    lang: str


_NO_MARK = _Mark(None, None, False, "")


def marked_content(pdf: Pdf, page: dict[str, Any]) -> dict[int, list[Chunk]]:
    """The chunks of a page by marked-content id, in the order of the file."""
    walk = _Walk(pdf)
    data = b"\n".join(pdf.get(part).data for part in pdf.items(page.get("Contents")))
    walk.run(data, pdf.get(page.get("Resources")) or {}, _UNIT)
    return walk.found


@dataclass(slots=True)
class _State:
    """What operators set: the matrix of the page and of the text, the font's name and its size."""

    ctm: Matrix
    text: Matrix = _UNIT
    font: str = ""
    size: float = 0.0

    def set(self, operator: str, operands: list[Any]) -> None:
        """Take what moves or dresses text; what only draws is passed over (8.4.4, 9.3, 9.4.2)."""
        match operator:
            case "cm":
                self.ctm = _times(_matrix(operands), self.ctm)
            case "Tm":
                self.text = _matrix(operands)
            case "Td" | "TD":
                self.text = _times((1, 0, 0, 1, operands[0], operands[1]), self.text)
            case "Tf":
                self.font, self.size = str(operands[0]), float(operands[1])
            case "'" | '"' | "T*":
                raise RenderError(f"the PDF cannot be read: operator {operator} is not known here")


class _Walk:
    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self.found: dict[int, list[Chunk]] = {}
        self.marks: list[_Mark] = []
        self.chunk: Chunk | None = None
        self.actual_due = False

    def run(self, data: bytes, resources: dict[str, Any], ctm: Matrix) -> None:
        """Follow one content stream; `ctm` is the matrix in force where it begins."""
        fonts = self.pdf.get(resources.get("Font")) or {}
        forms = self.pdf.get(resources.get("XObject")) or {}
        states = [_State(ctm)]
        for operator, operands in operations(data):
            state = states[-1]
            match operator:
                case "q":
                    states.append(replace(state))
                case "Q":
                    states.pop()
                case "BT":
                    state.text, self.chunk = _UNIT, None
                case "Tj" | "TJ":
                    shown = operands[0] if operator == "TJ" else operands
                    self._show(shown, _font(self.pdf, fonts.get(state.font)), state)
                case "BMC" | "BDC":
                    self._open(operands, resources)
                case "EMC":
                    self.marks.pop()
                case "Do":
                    self._form(forms.get(operands[0]), state.ctm)
                case _:
                    state.set(operator, operands)

    def _open(self, operands: list[Any], resources: dict[str, Any]) -> None:
        tag, properties = operands[0], operands[1] if len(operands) > 1 else {}
        if isinstance(properties, Name):
            properties = self.pdf.get((self.pdf.get(resources.get("Properties")) or {}).get(properties)) or {}
        outer = self.marks[-1] if self.marks else _NO_MARK
        actual = properties.get("ActualText")
        self.marks.append(
            _Mark(
                None if tag == "Artifact" else properties.get("MCID", outer.mcid),
                text_string(actual) if actual is not None else outer.actual,
                outer.reversed or tag == "ReversedChars",
                text_string(properties["Lang"]) if "Lang" in properties else outer.lang,
            )
        )
        if actual is not None:
            self.actual_due = True

    def _show(self, shown: list[Any], font: _Font, state: _State) -> None:
        mark = self.marks[-1] if self.marks else _NO_MARK
        if mark.mcid is None:
            return
        if self.chunk is None:
            matrix = _times(state.text, state.ctm)
            self.chunk = Chunk(matrix[4], matrix[5], abs(state.size * matrix[3]), [], lang=mark.lang)
            self.found.setdefault(mark.mcid, []).append(self.chunk)
        self.chunk.reversed |= mark.reversed
        if mark.actual is None:
            self.chunk.clusters += (text for codes in shown if isinstance(codes, bytes) for text in font.read(codes))
        elif self.actual_due:
            self.chunk.clusters.append(mark.actual)
            self.actual_due = False

    def _form(self, value: Any, ctm: Matrix) -> None:
        form = self.pdf.get(value)
        if isinstance(form, Stream) and form.head.get("Subtype") == "Form":
            matrix = _matrix(self.pdf.get(form.head.get("Matrix")) or _UNIT)
            self.run(form.data, self.pdf.get(form.head.get("Resources")) or {}, _times(matrix, ctm))


@dataclass(frozen=True, slots=True)
class _Font:
    """A font's ToUnicode map; `width` is the number of bytes of a code."""

    width: int
    words: dict[int, str]

    def read(self, codes: bytes) -> Iterator[str]:
        for at in range(0, len(codes), self.width):
            code = int.from_bytes(codes[at : at + self.width])
            if code not in self.words:
                raise RenderError(f"the PDF cannot be read: glyph {code} of a font has no text")
            yield self.words[code]


def _font(pdf: Pdf, value: Any) -> _Font:
    font = pdf.get(value)
    key = "paraph:ToUnicode"
    if key not in font:
        stream = pdf.get(font.get("ToUnicode"))
        words = to_unicode(stream.data) if isinstance(stream, Stream) else {}
        font[key] = _Font(2 if font.get("Subtype") == "Type0" else 1, words)
    found = font[key]
    assert isinstance(found, _Font)
    return found


def to_unicode(cmap: bytes) -> dict[int, str]:
    """The map from character code to text of a ToUnicode CMap (ISO 32000-1, 9.10.3)."""
    found: dict[int, str] = {}
    for operator, operands in operations(cmap):
        if operator == "endbfchar":
            for code, text in zip(operands[::2], operands[1::2], strict=True):
                found[int.from_bytes(code)] = text.decode("utf-16-be")
        elif operator == "endbfrange":
            for low, high, target in zip(operands[::3], operands[1::3], operands[2::3], strict=True):
                for step in range(int.from_bytes(high) - int.from_bytes(low) + 1):
                    if isinstance(target, list):
                        text = target[step].decode("utf-16-be")
                    else:
                        text = target.decode("utf-16-be")
                        text = text[:-1] + chr(ord(text[-1]) + step)
                    found[int.from_bytes(low) + step] = text
    return found


def text_string(value: bytes) -> str:
    """A text string (ISO 32000-1, 7.9.2.2)."""
    return value[2:].decode("utf-16-be") if value.startswith(b"\xfe\xff") else value.decode("latin-1")


def operations(data: bytes) -> Iterator[tuple[str, list[Any]]]:
    """The operators of a content stream, or of a CMap, each with the operands before it."""
    operands: list[Any] = []
    outer: list[list[Any]] = []
    for item, _ in tokens(data):
        if not isinstance(item, Operator):
            operands.append(item)
        elif item in ("[", "<<"):
            outer.append(operands)
            operands = []
        elif item in ("]", ">>"):
            inner, operands = operands, outer.pop()
            operands.append(inner if item == "]" else dict(zip(map(str, inner[::2]), inner[1::2], strict=True)))
        elif item in ("true", "false", "null"):
            operands.append(item == "true")
        else:
            yield str(item), operands
            operands = []


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
