"""The colours of a file: six digits as they stand, names of a highlighter, colours of the theme with their tints.

Word takes a theme colour from the theme whatever value stands beside it, LibreOffice takes that value (ECMA-376 Part 1,
17.3.2.6). Text must be seen in both, so that a colour may be two.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from paraph.ooxml.names import Element, attribute, name

Colours: TypeAlias = tuple[str, ...]
"""What a colour may be to one reader or another, as six hexadecimal digits; "" where the program chooses."""

UNKNOWN = "?"
"""Of a colour that nobody can tell."""
_HIGHLIGHTS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF", "red": "FF0000",
    "yellow": "FFFF00", "white": "FFFFFF", "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000",
    "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip
_MAPPED = {"text1": "t1", "text2": "t2", "background1": "bg1", "background2": "bg2"}
_USUAL = {"t1": "dark1", "t2": "dark2", "bg1": "light1", "bg2": "light2"}
_IN_THEME = {
    "dark1": "dk1", "light1": "lt1", "dark2": "dk2", "light2": "lt2", "hyperlink": "hlink",
    "followedHyperlink": "folHlink",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Palette:
    """The theme’s colours by their names in it, and what settings make of text1, background1 and the like."""

    theme: dict[str, str] = field(default_factory=lambda: {"dk1": "000000", "lt1": "FFFFFF"})
    mapped: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, theme: Element | None, settings: Element | None) -> Palette:
        """From the roots of the theme and of settings.xml, each where there is one."""
        made = cls()
        scheme = next(theme.iter(name("a:clrScheme")), None) if theme is not None else None
        for colour in scheme if scheme is not None else ():
            for one in colour:
                value = one.get("lastClr") or one.get("val") or ""
                made.theme[str(colour.tag).rpartition("}")[2]] = value.upper() if _is_colour(value) else UNKNOWN
        mapping = settings.find(name("w:clrSchemeMapping")) if settings is not None else None
        for key in _USUAL:
            made.mapped[key] = attribute(mapping, f"w:{key}") or _USUAL[key]
        return made

    def colours(self, said: str) -> Colours:
        """What `colour_of` or `highlight` said, as colours."""
        value, _, themed = said.partition("@")
        found = [value] if value else []
        if themed:
            named, tint, shade = themed.split("/")
            named = self.mapped.get(_MAPPED.get(named, ""), _USUAL.get(_MAPPED.get(named, ""), named))
            base = self.theme.get(_IN_THEME.get(named, named), UNKNOWN)
            found.append(base if base == UNKNOWN else _mixed(base, tint, shade))
        return tuple(found)


def colour_of(element: Element, value: str = "w:val", themed: str = "w:theme{}", plain: str = "Color") -> str:
    """What an element says of a colour, for `Palette.colours`: "FF0000", "2F5496@accent1//BF", or ""."""
    said = attribute(element, value)
    literal = "" if said in ("", "auto") else said.upper() if _is_colour(said) else UNKNOWN
    theme = attribute(element, themed.format(plain))
    if not theme or theme == "none":
        return literal
    prefix = "" if plain == "Color" else plain
    tint, shade = (attribute(element, themed.format(prefix + kind)) for kind in ("Tint", "Shade"))
    return f"{literal}@{theme}/{tint}/{shade}".replace("?@", "@")


def highlight(value: str) -> str:
    """The colour of a highlighter by its name; "" for none."""
    return "" if value == "none" else _HIGHLIGHTS.get(value, UNKNOWN)


def contrast(one: str, other: str) -> float | None:
    """How far two colours are apart as WCAG 2.2 counts it, from 1 to 21; None where one is not known."""
    if UNKNOWN in (one, other):
        return None
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mixed(colour: str, tint: str, shade: str) -> str:
    """`colour` lightened by a tint, darkened by a shade (17.18.40): FF leaves it as it is, 00 is white, or black."""
    for share, end in ((tint, 255), (shade, 0)):
        try:
            part = int(share, 16) / 255 if share else 1.0
        except ValueError:
            return UNKNOWN
        if not 0 <= part <= 1:
            return UNKNOWN
        channels = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
        colour = "".join(f"{round(channel * part + end * (1 - part)):02X}" for channel in channels)
    return colour


def _is_colour(value: str) -> bool:
    return len(value) == 6 and all(one in "0123456789abcdefABCDEF" for one in value)
