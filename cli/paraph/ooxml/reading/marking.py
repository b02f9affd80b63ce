"""How a run is set apart from those around it, for who wants to know what somebody marked."""

from __future__ import annotations

from paraph.ooxml.names import Element, attribute, name
from paraph.ooxml.reading.formatting import switched

_SWITCHES = ("b", "caps")
_KINDS = ("highlight", "u", "bdr", "color", "vertAlign")


def look_of(run: Element | None) -> str:
    """How the properties of a run set it apart: "b u:single", or ""."""
    if run is None:
        return ""
    found = [tag for tag in _SWITCHES if switched(run, f"w:{tag}")]
    for tag in _KINDS:
        value = attribute(run.find(name(f"w:{tag}")), "w:val")
        if value and value not in ("none", "auto", "baseline"):
            found.append(f"{tag}:{value}")
    shade = shade_of(run)
    return " ".join((*found, *([f"shade:{shade}"] if shade else [])))


def shade_of(properties: Element | None) -> str:
    """The colour behind a run or a cell, as six digits, or ""."""
    fill = attribute(properties.find(name("w:shd")), "w:fill").upper() if properties is not None else ""
    return "" if fill in ("AUTO", "FFFFFF") else fill
