"""The operators that pages of a PDF are drawn with, and what they name (ISO 32000-2, annex A), one stream of them at a
time: what each leaves ink of, and what is written in no way of the standard."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from paraph.proof.pdf_pictures import (
    DEVICES,
    are_numbers,
    ill_coloured,
    ill_defaulted,
    ill_drawn,
    ill_set,
    is_number,
    parts_of,
)
from paraph.proof.pdf_typefaces import ill_typed
from paraph.proof.reading import digest

_OPERANDS = {
    "": "b B b* B* f F f* n s S h W W* q Q BT ET T* EMC BX EX",
    "n": "w i g G Tc Tw Tz TL Ts M j J Tr",
    "nn": "m l Td TD d0",
    "nnn": "rg RG",
    "nnnn": "re v y k K",
    "nnnnnn": "c cm Tm d1",
    "s": "Tj '",
    "a": "TJ",
    "nns": '"',
    "/n": "Tf",
    "/": "Do gs sh ri cs CS BMC MP",
    "/[/d]": "BDC DP",
    "an": "d",
    "n{1,32}": "sc SC",
    "n{0,32}/?": "scn SCN",
}
_TAKEN = {name: re.compile(kinds) for kinds, names in _OPERANDS.items() for name in names.split(" ")} | {
    "INLINE IMAGE": re.compile("i")
}
"""What each operator takes: numbers, strings, names, arrays, dictionaries; a picture, of
whose BI, ID and EI pikepdf makes one."""

_PATHS = frozenset(["m", "l", "c", "v", "y", "h", "re", "W", "W*"])
_LINED = frozenset(["s", "S", "b", "B", "b*", "B*"])
_ENDING = _LINED | frozenset(["f", "F", "f*", "n"])
_SQUARE = 2
"""How a line ends that is longer by half its width at each end."""

_SHOWN = frozenset(("Tj", "TJ", "'", '"'))
_PLACED = frozenset(("q", "Q", "cm", "BT", "ET", "Do", "sh", "INLINE IMAGE"))
"""What nobody may write between a path and its ink: of where the path stands, programs think otherwise."""

_CHOICES = {"J": (0, 1, 2), "j": (0, 1, 2), "Tr": tuple(range(8))}
_SHARES = frozenset(["g", "G", "rg", "RG", "k", "K"])
_COLOURS = {"g": "/DeviceGray", "rg": "/DeviceRGB", "k": "/DeviceCMYK"}
_RESOURCES = {"Tf": "/Font", "gs": "/ExtGState", "sh": "/Shading", "Do": "/XObject"}
_FORM = frozenset(
    {
        *("/Type", "/Subtype", "/FormType", "/BBox", "/Matrix", "/Resources", "/Group", "/Metadata", "/PieceInfo"),
        *("/LastModified", "/StructParent", "/StructParents", "/Name", "/Length", "/Filter", "/DecodeParms", "/AF"),
    }
)
_BLENDS = frozenset(
    f"/{one}"
    for one in (
        *("Normal", "Compatible", "Multiply", "Screen", "Overlay", "Darken", "Lighten", "ColorDodge", "ColorBurn"),
        *("HardLight", "SoftLight", "Difference", "Exclusion", "Hue", "Saturation", "Color", "Luminosity"),
    )
)
LARGEST = 2**31
_ROUNDED = 0.001
_NO_SPACE = -1


@dataclass(slots=True)
class Drawn:
    """What a stream draws: `paints`, what leaves ink, with how often; the `forms` that it places, with how often;
    `said`, the digest of its operators; `odd`, what is as no standard has it; `uses`, the streams that it draws with,
    each with the resources around it."""

    paints: Counter[str] = field(default_factory=Counter)
    forms: Counter[tuple[int, int]] = field(default_factory=Counter)
    said: str = ""
    odd: dict[str, None] = field(default_factory=dict)
    uses: list[tuple[Any, Any]] = field(default_factory=list)


class Content:
    """Reads one stream of operators into `drawn`."""

    def __init__(self, drawn: Drawn, resources: Any, digested: Callable[[object], str]) -> None:
        self.drawn, self._digested = drawn, digested
        self._resources = resources if isinstance(resources, pikepdf.Dictionary) else pikepdf.Dictionary()
        # How many numbers are a colour, of what is filled and of lines; what `q` keeps of that; how lines end.
        self._state: tuple[int, int, int] = (1, 1, 0)
        self._saved: list[tuple[int, int, int]] = []
        self._path: list[tuple[float, ...]] = []
        self._within = False
        self._spaces: dict[str, int] = {}
        self._typefaces = set[tuple[int, int]]()

    def read(self, stream: Any) -> None:
        """Reads a page, a form, a pattern or the shape of a sign. Raises PdfError where it cannot be read."""
        every = pikepdf.parse_content_stream(stream)
        self.drawn.said = digest(pikepdf.unparse_content_stream(every))
        for one in every:
            name, operands = str(one.operator), [*one.operands]
            if not _fits(name, operands):
                self._tell(f"an operator that is none, or lacks what it needs ({name[:20]})")
                continue
            self._ordered(name)
            self._measured(name, operands)
            self._named(name, operands)
            self._painted(name, operands, one)
        if self._within:
            self._tell("a text that does not end")
        if self._path:
            self._tell("a path that does not end")
        for bad in ill_defaulted(self._resources.get("/ColorSpace")):
            self._tell(bad)

    def _tell(self, what: str) -> None:
        self.drawn.odd[what] = None

    def _ordered(self, name: str) -> None:
        """Whether an operator may stand where it does (8.2, figure 9)."""
        if self._path and name in _PLACED:
            self._tell(f"a path with something else in it ({name})")
        match name:
            case "q":
                self._saved.append(self._state)
            case "Q" if self._saved:
                self._state = self._saved.pop()
            case "Q":
                self._tell("an end of what was not begun (Q)")
            case "BT" | "ET":
                if self._within is (name == "BT"):
                    self._tell(f"an end of what was not begun ({name})")
                self._within = name == "BT"
            case _ if name in _SHOWN and not self._within:
                self._tell("words outside of a text")

    def _measured(self, name: str, operands: list[Any]) -> None:
        """Whether numbers are such as an operator takes."""
        numbers = [float(one) for one in operands if is_number(one)]
        if name == "TJ":
            numbers += [float(one) for one in operands[0] if is_number(one)]
        if any(not abs(one) < LARGEST for one in numbers):
            self._tell("a number that is too large")
        if name == "w" and numbers[0] < 0:
            self._tell("a line whose width is below 0")
        if name in _CHOICES and operands[0] not in _CHOICES[name]:
            self._tell(f"a way of drawing that there is not ({name})")
        if name in _SHARES and any(not -_ROUNDED <= one <= 1 + _ROUNDED for one in numbers):
            self._tell("a colour that is none")
        if name == "d" and _ill_dashed(operands[0]):
            self._tell("a line of dashes that are none")
        if name == "J":
            self._state = (*self._state[:2], int(numbers[0]))
        self._coloured(name, operands, len(numbers))

    def _coloured(self, name: str, operands: list[Any], count: int) -> None:
        fill, line, ends = self._state
        lined = name.isupper()
        if (space := _COLOURS.get(name.lower())) is not None:
            made = DEVICES[space]
        elif name in ("cs", "CS"):
            made = self._space(operands[0])
        elif name.lower() in ("sc", "scn"):
            due = line if lined else fill
            if isinstance(operands[-1], pikepdf.Name):
                self._patterned(self._resource("/Pattern", operands[-1]))
            elif due not in (count, _NO_SPACE):
                self._tell("a colour that is none")
            return
        else:
            return
        self._state = (fill, made, ends) if lined else (made, line, ends)

    def _space(self, name: pikepdf.Name) -> int:
        """How many numbers are a colour of a space."""
        if str(name) in DEVICES or str(name) == "/Pattern":
            return DEVICES.get(str(name), 0)
        if str(name) not in self._spaces:
            listed = self._resources.get("/ColorSpace")
            space = listed.get(str(name)) if isinstance(listed, pikepdf.Dictionary) else None
            bad = ill_coloured(space)
            if bad:
                self._tell(bad)
            self._spaces[str(name)] = _NO_SPACE if bad else parts_of(space)
        return self._spaces[str(name)]

    def _resource(self, kind: str, name: Any) -> Any:
        listed = self._resources.get(kind)
        found = listed.get(str(name)) if isinstance(listed, pikepdf.Dictionary) else None
        if found is None:
            self._tell(f"something that it does not hold ({str(name)[1:60]})")
        return found

    def _patterned(self, pattern: Any) -> None:
        if pattern is None:
            return
        if pattern.get("/PatternType") == 2 and not isinstance(pattern, pikepdf.Stream):
            self._shaded(pattern.get("/Shading"))
            if "/ExtGState" in pattern:
                self._graphics(pattern["/ExtGState"])
            return
        steps = [pattern.get(key, 0) for key in ("/XStep", "/YStep")]
        whole = isinstance(pattern, pikepdf.Stream) and pattern.get("/PatternType") == 1
        if not whole or pattern.get("/PaintType") not in (1, 2) or not all(steps) or not _boxed(pattern):
            self._tell("a pattern that is not whole")
        else:
            self.drawn.uses.append((pattern, self._resources))

    def _shaded(self, shading: Any) -> None:
        if not isinstance(shading, (pikepdf.Dictionary, pikepdf.Stream)) or shading.get("/ShadingType") not in range(
            1, 8
        ):
            self._tell("a shading that is not whole")
        elif bad := ill_coloured(shading.get("/ColorSpace")):
            self._tell(bad)

    def _named(self, name: str, operands: list[Any]) -> None:
        """What an operator names, and whether that is whole."""
        if name in ("BDC", "BMC", "DP", "MP") and str(operands[0]) == "/OC":
            self._tell("a layer")
        if name not in _RESOURCES:
            return
        found = self._resource(_RESOURCES[name], operands[0])
        match name:
            case _ if found is None:
                return
            case "Tf":
                self._typeface(found)
            case "gs":
                self._graphics(found)
            case "sh":
                self._shaded(found)
            case "Do":
                self._placed(found)

    def _typeface(self, font: Any) -> None:
        if not isinstance(font, pikepdf.Dictionary):
            self._tell("a typeface that is none")
            return
        if font.objgen in self._typefaces and font.is_indirect:
            return
        self._typefaces.add(font.objgen)
        for bad in ill_typed(font):
            self._tell(bad)
        if font.get("/Subtype") == "/Type3":
            named = font.get("/Resources", self._resources)
            glyphs = font.get("/CharProcs")
            for one in glyphs.values() if isinstance(glyphs, pikepdf.Dictionary) else ():
                if isinstance(one, pikepdf.Stream):
                    self.drawn.uses.append((one, named))

    def _graphics(self, state: Any) -> None:
        if not isinstance(state, pikepdf.Dictionary):
            self._tell("a way of drawing that there is not (gs)")
            return
        blend = state.get("/BM", pikepdf.Name.Normal)
        if not isinstance(blend, pikepdf.Name) or str(blend) not in _BLENDS:
            self._tell("a way of mixing colours that there is not")
        if any(
            not is_number(one) or not 0 <= one <= 1 for key in ("/CA", "/ca") if (one := state.get(key, 1)) is not None
        ):
            self._tell("a colour that is none")
        if (wide := state.get("/LW")) is not None and not (is_number(wide) and wide >= 0):
            self._tell("a line whose width is below 0")
        if isinstance(dashes := state.get("/D"), pikepdf.Array) and (len(dashes) != 2 or _ill_dashed(dashes[0])):
            self._tell("a line of dashes that are none")
        if any(str(state.get(key, "/Identity")) not in ("/Identity", "/Default") for key in ("/TR", "/TR2")):
            self._tell("colours that are turned into others (TR)")
        if isinstance(font := state.get("/Font"), pikepdf.Array) and len(font):
            self._tell("a typeface that a way of drawing sets")
            self._typeface(font[0])
        mask = state.get("/SMask", pikepdf.Name("/None"))
        if isinstance(mask, pikepdf.Dictionary):
            if str(mask.get("/TR", "/Identity")) != "/Identity":
                self._tell("colours that are turned into others (TR)")
            self._form(mask.get("/G"))
        elif str(mask) != "/None":
            self._tell("a mask that is none")

    def _placed(self, one: Any) -> None:
        kind = str(one.get("/Subtype", "")) if isinstance(one, pikepdf.Stream) else ""
        if kind == "/Form":
            self._form(one)
            self.drawn.forms[one.objgen] += 1
            return
        self.drawn.paints[f"picture {self._digested(one)}"] += 1
        if kind != "/Image":
            self._tell("what is neither a picture nor a form")
            return
        for bad in ill_drawn(one):
            self._tell(bad)

    def _form(self, form: Any) -> None:
        if not isinstance(form, pikepdf.Stream) or not _boxed(form):
            self._tell("a form that is not whole")
            return
        if other := sorted(set(form.keys()) - _FORM):
            self._tell(f"a form with {', '.join(one[1:] for one in other[:3])}")
        self.drawn.uses.append((form, self._resources))

    def _painted(self, name: str, operands: list[Any], one: Any) -> None:
        """What leaves ink by itself; what is placed by its name is counted there (`_placed`)."""
        paints = self.drawn.paints
        if name in _PATHS:
            self._drawn_on(name, tuple(map(float, operands)))
        elif name in _ENDING:
            if name in _LINED and self._state[2] == _SQUARE and self._path and len({*self._path}) == 1:
                self._tell("a line of no length")
            if name != "n":
                paints[f"path {name.replace('f', 'F')} {len(self._path)}"] += 1
            self._path = []
        elif name in _SHOWN:
            paints[f"text {_strings(operands[-1])}"] += 1
        elif name == "sh":
            paints["shading"] += 1
        elif name == "INLINE IMAGE":
            for bad in ill_set(one.operands[0]):
                self._tell(bad)
            paints[f"picture {digest(pikepdf.unparse_content_stream([one]))}"] += 1

    def _drawn_on(self, name: str, points: tuple[float, ...]) -> None:
        """A path goes on, or begins."""
        if not self._path and name in ("l", "c", "v", "y"):
            self._tell("a path that begins nowhere")
        if points:
            self._path.append(points)


def _ill_dashed(lengths: Any) -> bool:
    """Whether dashes are none: below nothing, or nothing at all, of which programs make what they find right."""
    if not isinstance(lengths, pikepdf.Array) or not all(map(is_number, lengths)):
        return True
    told = [float(one) for one in lengths]
    return bool(told) and (min(told) < 0 or not any(told))


def _fits(name: str, operands: list[Any]) -> bool:
    return name in _TAKEN and _TAKEN[name].fullmatch("".join(map(_kind, operands))) is not None


def _kind(one: Any) -> str:
    if isinstance(one, pikepdf.Name):
        return "/"
    if isinstance(one, pikepdf.Array):
        return "a"
    if isinstance(one, pikepdf.Dictionary):
        return "d"
    if isinstance(one, pikepdf.String):
        return "s"
    if isinstance(one, pikepdf.PdfInlineImage):
        return "i"
    return "n" if is_number(one) else "?"


def _strings(said: Any) -> str:
    """The signs that a text shows, whatever lies between them."""
    pieces = said if isinstance(said, pikepdf.Array) else [said]
    return b"".join(bytes(one) for one in pieces if isinstance(one, pikepdf.String)).hex()


def _boxed(one: Any) -> bool:
    """Whether a form or a pattern has a box, and what turns it is whole."""
    matrix = one.get("/Matrix")
    return are_numbers(one.get("/BBox"), 4) and (matrix is None or are_numbers(matrix, 6))
