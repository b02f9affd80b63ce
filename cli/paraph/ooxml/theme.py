"""A house's colours and fonts in the theme, where Word looks for them, and beside it, where LibreOffice does.

Word takes a theme colour from the theme whatever value stands beside it; LibreOffice 7.4 takes that value. Both are
set.
"""

from __future__ import annotations

from paraph.ooxml.names import Element, attribute, el, name

_ACCENT = "accent1"


def brand(theme: Element, *, accent: str, text_font: str, heading_font: str, arabic_font: str) -> None:
    """Write a house's look into a theme part; `accent` is RRGGBB."""
    for colour in theme.iter(name(f"a:{_ACCENT}"), name("a:hlink"), name("a:folHlink")):
        colour[:] = [el("a:srgbClr", {"val": accent})]
    for tag, font in (("a:majorFont", heading_font), ("a:minorFont", text_font)):
        for fonts in theme.iter(name(tag)):
            for kind, face in (("a:latin", font), ("a:cs", arabic_font)):
                for one in fonts.iter(name(kind)):
                    one.set("typeface", face)
            for script in fonts.findall(name("a:font")):
                if script.get("script") == "Arab":
                    script.set("typeface", arabic_font)


def paint(root: Element, accent: str) -> None:
    """Give everything that is in the accent colour its value, tints included."""
    for one in root.iter():
        if attribute(one, "w:themeColor") == _ACCENT:
            key = "w:val" if one.tag == name("w:color") else "w:color"
            one.set(name(key), _tinted(accent, attribute(one, "w:themeTint")))
        if attribute(one, "w:themeFill") == _ACCENT:
            one.set(name("w:fill"), _tinted(accent, attribute(one, "w:themeFillTint")))


def _tinted(accent: str, tint: str) -> str:
    """`accent` lightened: FF leaves it, 00 is white (ECMA-376 17.18.40)."""
    share = int(tint, 16) / 255 if tint else 1.0
    channels = (int(accent[at : at + 2], 16) for at in (0, 2, 4))
    return "".join(f"{round(channel * share + 255 * (1 - share)):02X}" for channel in channels)
