"""How words are set apart from those around them, for who wants to know what somebody marked.

A member may answer by the look of a label or a box alone, and say something of words by the look of them. So it counts
how they look, wherever that is said: in the run, the paragraph, the cell, the row or a style.
"""

from __future__ import annotations

from paraph.ooxml.reading.formatting import (
    BEHIND,
    BORDERS,
    HIGHLIGHTED,
    RAISED,
    SWITCHES,
    UNDERLINED,
    Formatting,
)
from paraph.ooxml.reading.palette import UNKNOWN, Palette, contrast

_DARK = 1.6
"""How far a colour may be from black, as WCAG 2 counts it, to be that of ordinary letters."""
_PAPER = "FFFFFF"
_SIZES = (("sz", "size"), ("szCs", "size of Arabic letters"))


def look_of(formatting: Formatting, palette: Palette, *, struck: bool) -> str:
    """How words that are set so look, in marks: "struck b u:single color:FF0000 size:24", in this order; "" for plain
    ones. `struck`: whether any reader sees a line through them."""
    found = ["struck"] if struck else []
    found += [short for short, aspect in SWITCHES.items() if formatting.get(aspect)]
    for short, aspect in (("u", UNDERLINED), ("vertAlign", RAISED), ("position", "height over its line"), *BORDERS):
        if (value := formatting.get(aspect, "")) not in ("", "0", "baseline"):
            found.append(f"{short}:{value}")
    letters = _shown(palette, formatting.get("filling", "") or formatting.get("colour", ""))
    if letters and not (letters != UNKNOWN and (contrast(letters, "000000") or _DARK) < _DARK):
        found.append(f"color:{letters}")
    if marked := formatting.get(HIGHLIGHTED):
        found.append(f"highlight:{marked}")
    behind = next((shade for one in BEHIND if (shade := _shown(palette, formatting.get(one, "")))), "")
    if behind not in ("", _PAPER):
        found.append(f"shade:{behind}")
    found += [f"{short}:{value}" for short, aspect in _SIZES if (value := formatting.get(aspect, ""))]
    return " ".join(found)


def _shown(palette: Palette, said: str) -> str:
    """A colour as Word shows it, "" where none is said."""
    return next(iter(reversed(palette.colours(said))), "")
