"""How words are set in the page of an e-mail: which of it may hide words, strike them, or show others in their place.

What mail programs write is let through by name and value (Cascading Style Sheets); anything else is named.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from paraph.review.returned.let_through import names

_PROPERTIES = names(
    "font font-family font-size font-style font-weight font-variant font-variant-caps font-variant-ligatures "
    "font-variant-numeric font-variant-east-asian font-variant-alternates font-variant-position font-stretch "
    "font-kerning font-size-adjust font-feature-settings font-language-override font-optical-sizing "
    "font-variation-settings panose-1 color line-height letter-spacing word-spacing text-align text-align-last "
    "text-align-start text-indent text-transform text-decoration text-decoration-line text-decoration-style "
    "text-decoration-color text-decoration-thickness text-underline white-space word-break word-wrap overflow-wrap "
    "line-break hyphens orphans widows caret-color direction vertical-align margin margin-top margin-right "
    "margin-bottom margin-left padding padding-top padding-right padding-bottom padding-left border border-top "
    "border-right border-bottom border-left border-color border-style border-width border-collapse border-spacing "
    "border-left-color border-left-style border-left-width border-top-color border-top-style border-top-width width "
    "max-width min-width height display float clear background background-color page size page-break-before "
    "page-break-after tab-stops layout-grid-mode punctuation-wrap text-autospace text-justify text-size-adjust "
    "table-layout list-style-type list-style-position behavior box-sizing "
    "-webkit-nbsp-mode -webkit-line-break -webkit-text-stroke-width -webkit-text-stroke-color "
    "-webkit-text-size-adjust -webkit-text-decorations-in-effect -ms-text-size-adjust"
)
_OUTLOOKS = re.compile(r"mso-(?!hide$)[a-z-]+")
"""Properties that Outlook knows of itself."""
_VALUE = r"(?!.*-\d{3})(?:rgba?\([\d\s.,%/]*\)|[\w#%.,+!\s/-])*"
"""A value without strings, addresses or functions but colours, and not far off the page."""
_FACES = r"(?!.*(?:dings|symbol|emoji|icon|mt\s?extra))[\w\s,.\"'%/!-]*"
"""Typefaces of letters: “J” in Wingdings is a smile, and other letters are thumbs."""
_WHITE = r"white|none|transparent|initial|inherit|#fff|#ffffff|rgb\(255, ?255, ?255\)"
_FAR = r"(?!.*-\s*(?:\d*\.)?\d+(?:em|rem|ch|ex|vw|%))"
"""Nothing is pushed off the page in a measure that no mail program indents by."""
_WIDE = r"(?!\.?0)"
"""Nothing is put into a box without room."""
_BOUNDS = {
    "display": r"(?!none|table-column)[a-z -]+(?:!important)?",
    "font-size": r"(?!\.?0|1\D)[\w.%-]+(?:\s*!important)?",
    "text-indent": _FAR + _VALUE,
    "margin": _FAR + _VALUE,
    "margin-left": _FAR + _VALUE,
    "margin-right": _FAR + _VALUE,
    "width": _WIDE + _VALUE,
    "max-width": _WIDE + _VALUE,
    "height": _WIDE + _VALUE,
    "letter-spacing": r"normal|inherit|initial|(?:-?0?\.\d+|[0-3](?:\.\d+)?)(?:pt|px)?|-?0?\.0\d*em",
    "line-height": r"(?!0|\.[0-7])" + _VALUE,
    "mso-style-textfill-fill-alpha": r"100(?:\.0+)?%",
    "font-family": _FACES,
    "font": _FACES,
    "text-decoration": rf"(?!.*(?:through|overline)){_VALUE}",
    "text-decoration-line": r"none|underline|initial|inherit",
    "text-transform": r"none|initial|inherit|capitalize|uppercase|lowercase",
    "behavior": r"url\(#default#vml\)",
    "background": _WHITE,
    "background-color": _WHITE,
    "mso-style-name": r"[\w\s\"'\\,-]*",
    "mso-style-link": r"[\w\s\"'\\,-]*",
}
"""Values by their property, where it could hide or strike words, or put other signs in their place."""
_COLOURS = names("color mso-font-color -webkit-text-stroke-color")
_DARK = names(
    "black windowtext inherit initial unset currentcolor navy darkblue mediumblue blue darkgreen green teal darkcyan "
    "maroon darkred brown red firebrick purple indigo darkmagenta darkslategray darkslategrey gray grey dimgray "
    "dimgrey slategray slategrey olive orangered chocolate crimson royalblue steelblue"
)
_PALEST = 190
"""Of 255, weighed by how bright the eye finds red, green and blue: the grey in which mail programs quote is darker."""
_SIZES = names("font-size font line-height max-width")
_SIZE = re.compile(r"(\d*\.?\d+)(px|pt|em|rem|%)")
"""A measure, in CSS pixels, points, or parts of the size around it."""
_LEAST = {"px": 7.0, "pt": 5.0, "em": 0.5, "rem": 0.5, "%": 50.0}
_RULE = re.compile(r"\s*(@font-face\s*|@page[^{}<]*|@list[^{}<]*|[^{}@<]*)\{([^{}]*)\}")
_NOTHING = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)


def odd_in_sheet(sheet: str) -> Iterator[str]:
    """What in a style sheet is not known to be harmless, each property once or more."""
    if re.search(r"<(?!!--)", sheet) or sheet.rfind("/*") > sheet.rfind("*/"):
        yield "a style sheet that no mail program writes"
        return
    bare, at = _NOTHING.sub(" ", sheet), 0
    while rule := _RULE.match(bare, at):
        at = rule.end()
        if not rule[1].startswith("@font-face"):
            yield from odd_in_style(rule[2])
        elif "src" in rule[2].lower():
            yield "a typeface in a style sheet"
    if bare[at:].strip():
        yield "a style sheet that no mail program writes"


@functools.lru_cache(maxsize=1_000)
def odd_in_style(style: str) -> tuple[str, ...]:
    """The properties of a rule, or of a tag’s own style, that are not known to be harmless, by name."""
    said = (one.partition(":") for one in style.split(";") if one.strip())
    return tuple(f"“{key.strip()[:40]}”" for key, _, value in said if not _is_known(key.strip(), value.strip()))


def _is_known(key: str, value: str) -> bool:
    key, value = key.lower(), value.lower()
    known = key in _PROPERTIES or _OUTLOOKS.fullmatch(key)
    if not (known and re.fullmatch(_BOUNDS.get(key, _VALUE), value, re.DOTALL)):
        return False
    if key in _COLOURS:
        return is_read(value)
    return not (key in _SIZES and any(float(number) < _LEAST[unit] for number, unit in _SIZE.findall(value)))


def is_read(colour: str) -> bool:
    """Whether words in a colour are seen on a white page, as far as it is known."""
    colour = colour.lower().replace("!important", "").strip()
    if colour in _DARK:
        return True
    parts: tuple[float, ...] = ()
    if re.fullmatch(r"#[0-9a-f]{3}|#[0-9a-f]{6}", colour):
        digits = colour[1:] if len(colour) == 7 else "".join(2 * one for one in colour[1:])
        parts = tuple(int(digits[at : at + 2], 16) for at in (0, 2, 4))
    elif match := re.fullmatch(r"rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)(?:[\s,/]+(1|1\.0+|0?\.[5-9]\d*))?\s*\)", colour):
        parts = tuple(float(one) for one in match.groups()[:3])
    return bool(parts) and 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2] <= _PALEST


def is_plain_face(face: str) -> bool:
    """Whether a typeface is one of letters."""
    return re.fullmatch(_FACES, face.lower()) is not None


def is_white(colour: str) -> bool:
    """Whether a colour is that of a page without one."""
    return re.fullmatch(_WHITE, colour.lower()) is not None
