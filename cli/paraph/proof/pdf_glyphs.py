"""Which letter each shape of a PDF is called: what a page draws is not what its words say where the file calls a “w”
a “v” (ISO 32000-1, 9.10.3). Shapes of embedded TrueType fonts are told by their outlines, whatever a subset numbers
them; of other fonts, and of shapes made of others, nothing is known. Nor is it of Arabic: one shape, with
other dots, is several letters.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

import pikepdf

from paraph.proof.reading import Reading, digest, letters

_BLOCK = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_HEX = rb"<\s*([0-9A-Fa-f]+)\s*>"
_CHAR = re.compile(_HEX + rb"\s*" + _HEX)
_RANGE = re.compile(_HEX + rb"\s*" + _HEX + rb"\s*(?:" + _HEX + rb"|\[([^\]]*)\])")
_MOST_CODES = 65_536
_MOST_TOLD = 6


def shapes(pdf: pikepdf.Pdf) -> dict[str, tuple[str, ...]]:
    """The letters and digits that each outline is called by, by its digest."""
    found: dict[str, set[str]] = {}
    known: dict[tuple[int, int], dict[int, str]] = {}
    for font in pdf.objects:
        if isinstance(font, pikepdf.Dictionary) and font.get("/Encoding") == "/Identity-H":
            for outline, said in _called(font, known):
                found.setdefault(outline, set()).add(said)
    return {outline: tuple(sorted(said)) for outline, said in found.items()}


def miscalled(released: Reading, found: Reading) -> Iterator[str]:
    """What is drawn as one letter and called another one of the text, as far as the same outlines were released. What
    a program has lost the meaning of it calls anything; no letter of the text is said by that."""
    told, text = 0, set(released.letters)
    for outline, said in found.shapes.items():
        was = released.shapes.get(outline, ())
        for one in said if was else ():
            if one not in was and one in text and told < _MOST_TOLD:
                told += 1
                yield f"the sign for “{was[0]}”, which it calls “{one}”: its words are not what its pages show"


def _called(font: pikepdf.Object, known: dict[tuple[int, int], dict[int, str]]) -> Iterator[tuple[str, str]]:
    try:
        (below,) = font.DescendantFonts
        stored, told = below.FontDescriptor.FontFile2, font.ToUnicode.read_bytes()
        numbers = below.get("/CIDToGIDMap", "/Identity")
        if stored.objgen not in known:
            known[stored.objgen] = dict(_outlines(stored.read_bytes()))
        table = numbers.read_bytes() if isinstance(numbers, pikepdf.Stream) else b""
    except (AttributeError, KeyError, TypeError, ValueError, pikepdf.PdfError, struct.error):
        return  # a font of another kind, or a broken one
    for code, text in codes(told):
        glyph = int.from_bytes(table[2 * code : 2 * code + 2]) if table else code
        said = letters(text)
        told_apart = len(said) == 1 and said.isalnum() and unicodedata.bidirectional(said) in ("L", "EN")
        if told_apart and (outline := known[stored.objgen].get(glyph)):
            yield outline, said


def _outlines(data: bytes) -> Iterator[tuple[int, str]]:
    """The outlines of a TrueType font by number (OpenType 1.9, “glyf” and “loca”), without those made of others."""
    count = struct.unpack_from(">H", data, 4)[0]
    tables = {}
    for place in range(count):
        tag, _, start, size = struct.unpack_from(">4sIII", data, 12 + 16 * place)
        tables[tag] = data[start : start + size]
    (wide,) = struct.unpack_from(">h", tables[b"head"], 50)
    ends, width = tables[b"loca"], 4 if wide else 2
    places = [int.from_bytes(ends[at : at + width]) * (1 if wide else 2) for at in range(0, len(ends), width)]
    for glyph, (start, end) in enumerate(pairwise(places)):
        shape = tables[b"glyf"][start:end]
        if len(shape) > 10 and struct.unpack_from(">h", shape)[0] > 0:
            yield glyph, digest(shape.rstrip(b"\0"))


def codes(told: bytes) -> Iterator[tuple[int, str]]:
    """What a map of a font (ToUnicode) calls each code."""
    left = _MOST_CODES
    for kind, block in _BLOCK.findall(told):
        if kind == b"char":
            yield from ((int(code, 16), _text(said)) for code, said in _CHAR.findall(block))
            continue
        for first, last, said, each in _RANGE.findall(block):
            start, size = int(first, 16), min(int(last, 16) - int(first, 16) + 1, left)
            left -= max(size, 0)
            if said:
                before, end = _text(said)[:-1], ord(_text(said)[-1:] or "\0")
                yield from ((start + step, before + chr(min(end + step, 0x10FFFF))) for step in range(size))
            else:
                yield from ((start + step, _text(one)) for step, one in enumerate(re.findall(_HEX, each)))


def _text(said: bytes) -> str:
    return bytes.fromhex(said.decode() + "0" * (len(said) % 2)).decode("utf-16-be", "replace")
