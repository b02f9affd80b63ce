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
_BOUNDS = {
    "display": r"(?!none)[a-z -]+(?:!important)?",
    "color": rf"(?!(?:{_WHITE})$){_VALUE}",
    "font-size": r"(?!0|1\D)[\w.%-]+(?:\s*!important)?",
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
    return bool(known and re.fullmatch(_BOUNDS.get(key, _VALUE), value, re.DOTALL))


def is_plain_face(face: str) -> bool:
    """Whether a typeface is one of letters."""
    return re.fullmatch(_FACES, face.lower()) is not None


def is_white(colour: str) -> bool:
    """Whether a colour is that of a page without one."""
    return re.fullmatch(_WHITE, colour.lower()) is not None
