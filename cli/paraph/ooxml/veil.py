"""Whether a person can see text that Word sets: its colour on what is behind it, its size, its place on the page.

Words that stand in a file and that nobody can see are not words that anybody approved. What is said of a run stands in
the run, in its paragraph, in the styles behind both and that of its table (ECMA-376 Part 1, 17.7.2); the nearest holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from paraph.ooxml.names import Element, attribute, name
from paraph.ooxml.symbols import is_symbolic

Setting: TypeAlias = Mapping[str, str]
"""What is said of how text is set, by the aspect: colour, behind, size, scale, shift, gap, clear, line, indent, height,
font, struck. An aspect of which nothing is said is not there."""

_LIGHT = ("background1", "light1", "background2", "light2")
_WHITE = "FFFFFF"
_LEAST_CONTRAST = 1.5
"""As WCAG 2 counts it, where text that reads well has 4.5: below it, letters are next to invisible."""
_LEAST = {"size": 4, "scale": 20, "line": 60, "height": 100, "gap": -60, "shift": -48, "indent": -3_000}
_MOST = {"shift": 48, "indent": 12_000}
"""Half points; per cent; and twentieths of a point. Beyond them a letter is a speck, or off the page."""
_VALUES = {name("w:sz"): "size", name("w:w"): "scale", name("w:position"): "shift", name("w:spacing"): "gap"}
_STRIKES = (name("w:strike"), name("w:dstrike"))
_COLOUR, _SHADE, _FONTS, _FILL = name("w:color"), name("w:shd"), name("w:rFonts"), name("w14:textFill")
_NO_FILL = (name("w14:noFill"), name("w14:alpha"))


def of_run(properties: Element | None) -> Setting:
    """What the properties of a run say."""
    found: dict[str, str] = {}
    for one in properties if properties is not None else ():
        tag = str(one.tag)
        if tag in _VALUES:
            found[_VALUES[tag]] = attribute(one, "w:val")
        elif tag in _STRIKES:
            found["struck"] = "" if attribute(one, "w:val") in ("0", "false", "off") else "yes"
        elif tag == _COLOUR:
            found["colour"] = _WHITE if attribute(one, "w:themeColor") in _LIGHT else attribute(one, "w:val").upper()
        elif tag == _SHADE:
            found |= _behind(properties)
        elif tag == _FILL:
            found["clear"] = "yes" if any(str(part.tag) in _NO_FILL for part in one.iter()) else ""
        elif tag == _FONTS:
            named = [attribute(one, f"w:{kind}") for kind in ("ascii", "hAnsi", "cs")]
            found["font"] = next(filter(is_symbolic, named), named[0])
    return found


def of_paragraph(properties: Element | None) -> Setting:
    """What the properties of a paragraph say."""
    if properties is None:
        return {}
    found = dict(_behind(properties))
    spacing, indent = properties.find(name("w:spacing")), properties.find(name("w:ind"))
    if spacing is not None and attribute(spacing, "w:line"):
        found["line"] = attribute(spacing, "w:line") if attribute(spacing, "w:lineRule") == "exact" else ""
    if value := attribute(indent, "w:left") or attribute(indent, "w:start"):
        found["indent"] = value
    return found


def of_row(properties: Element | None) -> Setting:
    """What the properties of a row of a table say."""
    height = properties.find(name("w:trHeight")) if properties is not None else None
    exact = height is not None and attribute(height, "w:hRule") == "exact"
    return {"height": attribute(height, "w:val")} if exact else {}


def of_cell(properties: Element | None) -> Setting:
    """What the properties of a cell say."""
    return _behind(properties)


def is_veiled(setting: Setting) -> bool:
    """Whether text that is set so cannot be seen by a person who does not search for it."""
    if setting.get("clear"):
        return True
    for aspect, least in _LEAST.items():
        value = _number(setting.get(aspect, ""))
        if value is not None and (value <= least or value >= _MOST.get(aspect, value + 1)):
            return True
    colour, behind = _luminance(setting.get("colour", "")), _luminance(setting.get("behind", "") or _WHITE)
    if colour is None or behind is None:
        return False
    dark, light = sorted((colour, behind))
    return (light + 0.05) / (dark + 0.05) < _LEAST_CONTRAST


def _behind(properties: Element | None) -> Setting:
    shade = properties.find(_SHADE) if properties is not None else None
    fill = attribute(shade, "w:fill").upper()
    return {"behind": "" if fill == "AUTO" else fill} if fill else {}


def _number(text: str) -> float | None:
    try:
        return float(text.removesuffix("%"))
    except ValueError:
        return None


def _luminance(colour: str) -> float | None:
    """The relative luminance of six hexadecimal digits (WCAG 2.2), or None: Word then chooses what can be read."""
    try:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)] if len(colour) == 6 else []
    except ValueError:
        return None
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] if linear else None
