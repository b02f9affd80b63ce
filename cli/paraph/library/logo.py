"""Whether a logo is a picture that every format can take, before any of them is asked to.

A picture must be what its ending says, small enough to be unpacked, and whole: an SVG with entities, scripts or links
to other files would be drawn in one format and refused, or show something else, in another.
"""

from __future__ import annotations

import struct
from xml.parsers import expat

MAX_PIXELS = 40_000_000
"""Unpacked by the PDF engine at up to four bytes each."""

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"


def logo_fault(path: str, data: bytes) -> str:
    """What keeps the picture from being used, or ""."""
    ending = path.lower().rpartition(".")[2]
    if ending == "svg":
        return _svg_fault(data)
    if not data.startswith(_PNG if ending == "png" else _JPEG):
        return f"it is not the {'PNG' if ending == 'png' else 'JPEG'} that its name says"
    if ending == "png":
        if len(data) < 24:
            return "it is cut off"
        width, height = struct.unpack(">II", data[16:24])
        if not 0 < width * height <= MAX_PIXELS:
            return f"it has {width:,} × {height:,} points"
    return ""


def _svg_fault(data: bytes) -> str:
    faults: list[str] = []

    def element(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] in ("script", "foreignObject"):
            faults.append(f"it holds a <{name}>")
        for key, value in attributes.items():
            if key.rpartition(":")[2] == "href" and not value.startswith(("#", "data:")):
                faults.append(f"it links to {value}")

    parser = expat.ParserCreate()
    parser.StartElementHandler = element
    parser.EntityDeclHandler = lambda *_: faults.append("it declares entities")
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        faults.append(f"it is no SVG: {expat.errors.messages[error.code]}")
    return faults[0] if faults else ""
