"""Typefaces of a PDF that the standard leaves no doubt of (ISO 32000-2, 9.6 to 9.9): which sign stands where, and whose
shape it has. Where a typeface is not whole, each program shows another one in its place, or none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

_SIMPLE = frozenset({"/Type1", "/MMType1", "/TrueType", "/Type3"})
_WIDE = frozenset({"/CIDFontType0", "/CIDFontType2"})
_ENCODINGS = frozenset({"/WinAnsiEncoding", "/MacRomanEncoding", "/MacExpertEncoding", "/StandardEncoding"})
_WIDTHS = frozenset({"d0", "d1"})
_COLOURING = frozenset(["g", "G", "rg", "RG", "k", "K", "cs", "CS", "sc", "SC", "scn", "SCN", "ri", "gs", "sh"])
_STRAIGHT = frozenset({"/Identity-H", "/Identity-V"})
_OUTLINES = (b"\0\1\0\0", b"true", b"OTTO")
_BEGIN = {
    "/FontFile": (b"%!", b"\x80\x01"),
    "/FontFile2": _OUTLINES,
    "/FontFile3": (*_OUTLINES, b"\1\0"),
}
"""With what the file of a typeface begins, by where it is: Type 1, TrueType, or OpenType and CFF."""


def ill_typed(font: Any) -> Iterator[str]:
    """What of a typeface is not as the standard has it."""
    kind, encoding = str(font.get("/Subtype", "")), font.get("/Encoding")
    if kind in _SIMPLE:
        if isinstance(encoding, pikepdf.Name) and str(encoding) not in _ENCODINGS:
            yield "a typeface whose signs are called in no way of the standard"
        yield from _ill_embedded(font.get("/FontDescriptor"))
        if kind == "/Type3":
            yield from _ill_drawn(font.get("/CharProcs"))
        return
    if kind != "/Type0":
        yield "a typeface of no kind of the standard"
        return
    below = font.get("/DescendantFonts")
    one = below[0] if isinstance(below, pikepdf.Array) and len(below) == 1 else None
    if not isinstance(one, pikepdf.Dictionary) or str(one.get("/Subtype", "")) not in _WIDE:
        yield "a typeface that is not whole"
        return
    if not isinstance(encoding, pikepdf.Stream) and str(encoding) not in _STRAIGHT:
        yield "a typeface whose signs are called in no way of the standard"
    numbers = one.get("/CIDToGIDMap", pikepdf.Name.Identity)
    if not isinstance(numbers, pikepdf.Stream) and str(numbers) != "/Identity":
        yield "a typeface that is not whole"
    described = one.get("/FontDescriptor")
    if not isinstance(described, pikepdf.Dictionary) or not any(key in described for key in _BEGIN):
        yield "a typeface that it does not hold"
    yield from _ill_embedded(described)


def _ill_drawn(signs: Any) -> Iterator[str]:
    """What of the shapes of signs that are drawn as pages are is not as the standard has it (table 111): each begins
    with how wide it is, and of one that takes its colour from the words, what sets another is nothing to some."""
    for one in signs.values() if isinstance(signs, pikepdf.Dictionary) else ():
        drawn = pikepdf.parse_content_stream(one) if isinstance(one, pikepdf.Stream) else []
        names = [str(each.operator) for each in drawn]
        if names[:1] not in (["d0"], ["d1"]) or not _WIDTHS.isdisjoint(names[1:]):
            yield "a typeface that is not whole"
        elif names[0] == "d1" and not _COLOURING.isdisjoint(names):
            yield "a sign with a colour of its own that takes that of the words"


def _ill_embedded(described: Any) -> Iterator[str]:
    held = [key for key in _BEGIN if key in described] if isinstance(described, pikepdf.Dictionary) else []
    if len(held) > 1:
        yield "a typeface that it holds twice"
    for key in held:
        try:
            whole = described[key].read_bytes().startswith(_BEGIN[key])
        except (AttributeError, pikepdf.PdfError):
            whole = False
        if not whole:
            yield "a typeface that is not whole"
