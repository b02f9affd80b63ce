"""What the glyphs on the pages of a PDF spell, in the order of the file: a look at each of many, not a reading of one.

It knows no paragraphs, no order of reading and no text from right to left; `read` does. It takes a tenth of the time,
and what it cannot say for certain it does not say: whoever asked must then read the file in full.
"""

from __future__ import annotations

import io
import re
import struct
from typing import TypeAlias

import pikepdf

_FLAT = rb"\((?:[^()\\]++|\\.)*+\)"
_NESTED = _FLAT.replace(rb"\\.", rb"\\.|" + _FLAT)
_STRING = _FLAT.replace(rb"\\.", rb"\\.|" + _NESTED)
"""A string, in which brackets may stand in pairs: two deep."""
_MARK = rb"<<(?:[^()<>]++|" + _STRING + rb"|<[0-9A-Fa-f]*>)*+>>"
_SHOWN = re.compile(rb"(" + _MARK + rb")|/(f[0-9]+) [0-9.]+ Tf|(" + _STRING + rb"|<[0-9A-Fa-f]*>)", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-F]{4})> <((?:[0-9A-F]{4})+)>")

Font: TypeAlias = dict[int, str]
"""What each code of two bytes says."""


def spelled(data: bytes) -> str | None:
    """All that is shown, artefacts included, without white space; None: not known."""
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
                said += _page(page.Contents.read_bytes(), named)
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
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in _PAIR.findall(cmap)}
