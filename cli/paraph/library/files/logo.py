"""Whether a logo is a picture that every format can take, before any of them is asked to.

A picture must be what its ending says, and small enough to be unpacked. No SVG: Word cannot show one, and its scripts
and links would be drawn in one format and refused in another.
"""

from __future__ import annotations

import struct

MAX_PIXELS = 40_000_000
"""Unpacked by the PDF engine at up to four bytes each."""

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"


def logo_fault(path: str, data: bytes) -> str:
    """What keeps the picture from being used, or ""."""
    ending = path.lower().rpartition(".")[2]
    if not data.startswith(_PNG if ending == "png" else _JPEG):
        return f"it is not the {'PNG' if ending == 'png' else 'JPEG'} that its name says"
    if ending == "png":
        if len(data) < 24:
            return "it is cut off"
        width, height = struct.unpack(">II", data[16:24])
        if not 0 < width * height <= MAX_PIXELS:
            return f"it has {width:,} × {height:,} points"
    return ""
