"""What a style sheet has of the brand: its colours, also on dark screens, and its fonts.

The website has the same without any document. Strings enter CSS only as escaped string tokens (CSS Syntax 3,
"escaping").
"""

from __future__ import annotations

from paraph.model.colour import tint
from paraph.model.workspace import Brand
from paraph.render.html.colour import readable_on

DARK = "#14171c"
GROUND_ON_DARK = "#232932"
_SERIF = '"Source Serif 4", Charter, Cambria, Georgia, "Times New Roman", serif'
_SANS = '"Source Sans 3", "Segoe UI", system-ui, -apple-system, "Helvetica Neue", Arial, sans-serif'
_ARABIC = '"Noto Naskh Arabic", "Geeza Pro", "Traditional Arabic", "Times New Roman", serif'


def variables(brand: Brand) -> str:
    """The colours and font stacks of a brand, as custom properties."""
    rules = {
        "accent-on-light": brand.accent,
        "accent-on-dark": readable_on(DARK, brand.accent, 7),
        "dark": DARK,
        "text-font": f"{string(brand.text_font)}, {_SERIF}",
        "heading-font": f"{string(brand.heading_font)}, {_SANS}",
        "arabic-font": f"{string(brand.arabic_font)}, {_ARABIC}",
    }
    return ":root {\n" + "".join(f"  --{name}: {value};\n" for name, value in rules.items()) + "}"


def panels(brand: Brand) -> list[str]:
    """The colours of the panels of a folded sheet, on light and on dark screens."""
    colours = brand.colours or (brand.accent,)
    light = [f".panel-{n} {{ --panel: {one}; --ground: {tint(one)}; }}" for n, one in enumerate(colours)]
    dark = [
        f".panel-{n} {{ --panel: {readable_on(GROUND_ON_DARK, one, 7)}; --ground: {GROUND_ON_DARK}; }}"
        for n, one in enumerate(colours)
    ]
    return [*light, "@media screen and (prefers-color-scheme: dark) {", *dark, "}"]


def string(words: str) -> str:
    """`words` as a CSS string: all but ASCII letters, digits and spaces as escapes."""
    safe = (c if c.isascii() and (c.isalnum() or c == " ") else f"\\{ord(c):x} " for c in words)
    return '"' + "".join(safe) + '"'
