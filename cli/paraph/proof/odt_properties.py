"""What the properties of styles of an ODT may say (OpenDocument 1.3, part 3, 20): those that paraph and LibreOffice
write of a text, with values that leave its words where and as they are.

Lengths, sizes and colours that hide words only among others are odt_looks’ business.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TypeAlias

from paraph.proof.odt_names import points

Check: TypeAlias = "str | tuple[float, float]"
"""What the value of an attribute is: a pattern, or points from and to."""

ANY = ""
"""Whatever it is (`holds`)."""

NAME = ANY
"""What a thing is called, and what else it says of itself that is as good as a name."""

NUMBER, FEW = r"\d{1,4}", r"\d{1,2}"
NO, YES_NO = "false", "true|false"
_NONE = "none"
SIGN = r"\W?|[\ue000-\uf8ff]"
AROUND = r"\W*"
"""What may stand around the number of a list or of a note: no letter, and no digit."""

_COLOUR, _GROUND = r"#[0-9a-fA-F]{6}", r"transparent|#[0-9a-fA-F]{6}"
COUNTED = r"[1aAiI]?|\w{1,2}, \w{1,2}, \w{1,2}, \.\.\.(?:, )?"
FIGURES = "1?"
LISTED = r"(?:%\d{1,2}%|\W)*"
_MARGINS = ("fo:margin-left", "fo:margin-right", "fo:margin-top", "fo:margin-bottom")
_SIDES = ("", "-left", "-right", "-top", "-bottom")
_EDGE = 26.0
"""Points by which tables side by side begin in the margin, where numbers hang."""

_BORDERS: dict[str, Check] = {
    **{f"fo:border{side}": r"none|(?:\S+ ){2}\S+" for side in _SIDES},
    **{f"style:border-line-width{side}": ANY for side in _SIDES},
    **{f"fo:padding{side}": (0.0, 60.0) for side in _SIDES},
    "style:shadow": _NONE,
    "style:join-border": YES_NO,
}
_ROOM: dict[str, Check] = {
    **dict.fromkeys(_MARGINS[:2], (-_EDGE, 430.0)),
    **dict.fromkeys(_MARGINS[2:], (-0.5, 850.0)),
}
_BREAKS: dict[str, Check] = {
    "fo:break-before": "auto|page|column",
    "fo:break-after": "auto|page|column",
    "fo:keep-with-next": "auto|always",
    "style:page-number": r"auto|\d{1,3}",
}
_ACROSS = "lr-tb|rl-tb|lr|rl|page"
PROPERTIES: dict[str, dict[str, Check]] = {
    "style:text-properties": {
        **{
            f"{space}:{one}{script}": ANY
            for one in ("language", "country", "script", "font-weight", "font-style", "font-name", "font-family")
            for space, script in (("fo", ""), ("style", ""), ("style", "-asian"), ("style", "-complex"))
        },
        **{
            f"style:{one}{script}": ANY
            for one in ("rfc-language-tag", "font-style-name", "font-pitch", "font-family-generic")
            for script in ("", "-asian", "-complex")
        },
        **{
            f"style:{one}{script}": ANY
            for one in ("font-charset", "font-size")
            for script in ("", "-asian", "-complex")
        },
        **dict.fromkeys(("fo:font-size", "fo:color", "fo:background-color", "style:text-scale"), ANY),
        **dict.fromkeys(("style:text-line-through-style", "style:text-line-through-type"), ANY),
        **{f"style:text-underline-{one}": ANY for one in ("style", "type", "width", "color")},
        **dict.fromkeys(("style:text-underline-mode", "style:text-line-through-mode"), ANY),
        **dict.fromkeys(("fo:hyphenate", "fo:text-transform", "fo:font-variant", "style:letter-kerning"), ANY),
        **dict.fromkeys(("fo:hyphenation-push-char-count", "fo:hyphenation-remain-char-count"), ANY),
        **{
            f"loext:hyphenation-{one}": ANY
            for one in ("no-caps", "no-last-word", "word-char-count", "zone", "compound-remain-char-count", "keep")
        },
        **dict.fromkeys(("officeooo:rsid", "officeooo:paragraph-rsid", "style:use-window-font-color"), ANY),
        "text:display": ANY,
        "loext:opacity": ANY,
        "loext:char-shading-value": "0",
        "loext:color-lum-mod": "100%",
        "loext:color-lum-off": "0%",
        "fo:letter-spacing": (-1.0, 6.0),
        "style:text-position": r"(?:super|sub|-?[0-3]?\d(?:\.\d+)?%)(?: \d+(?:\.\d+)?%)?",
        **dict.fromkeys(("fo:text-shadow", "style:font-relief", "style:text-emphasize", "fo:border"), _NONE),
        **dict.fromkeys(("style:text-overline-style", "style:text-combine"), _NONE),
        **dict.fromkeys(("style:text-outline", "style:text-blinking"), NO),
        "style:text-overline-color": ANY,
        "style:text-overline-width": ANY,
        "style:text-rotation-angle": "0",
        "style:text-rotation-scale": ANY,
        "loext:padding": (0.0, 0.0),
        "loext:shadow": _NONE,
        "fo:padding": (0.0, 0.0),
        "style:shadow": _NONE,
    },
    "style:paragraph-properties": {
        **_BORDERS,
        **_ROOM,
        **_BREAKS,
        "fo:text-indent": (-200.0, 430.0),
        **dict.fromkeys(("fo:text-align", "fo:text-align-last", "fo:widows", "fo:orphans", "fo:keep-together"), ANY),
        **dict.fromkeys(("fo:hyphenation-ladder-count", "fo:hyphenation-keep", "style:auto-text-indent"), ANY),
        **dict.fromkeys(("style:contextual-spacing", "loext:contextual-spacing", "style:line-break"), ANY),
        **dict.fromkeys(("style:justify-single-word", "style:punctuation-wrap", "style:text-autospace"), ANY),
        **dict.fromkeys(("style:font-independent-line-spacing", "style:snap-to-layout-grid"), ANY),
        **dict.fromkeys(("style:vertical-align", "text:number-lines", "text:line-number"), ANY),
        **dict.fromkeys(("fo:background-color", "fo:line-height"), ANY),
        "style:line-height-at-least": (0.0, 100.0),
        "style:line-spacing": (0.0, 100.0),
        "style:tab-stop-distance": (0.0, 200.0),
        "style:writing-mode": _ACROSS,
        "style:writing-mode-automatic": YES_NO,
    },
    "style:tab-stop": {
        "style:position": (-200.0, 500.0),
        "style:type": "left|center|right|char",
        "style:char": r"\W?",
        **dict.fromkeys(("style:leader-style", "style:leader-type"), _NONE),
        **dict.fromkeys(("style:leader-width", "style:leader-color"), ANY),
        "style:leader-text": r"\s?",
    },
    "style:table-properties": {
        **_ROOM,
        **_BREAKS,
        **dict.fromkeys(_MARGINS[:2], (-_EDGE, 200.0)),
        "style:width": (20.0, 1250.0),
        "style:rel-width": r"[2-9]\d%|100%",
        "table:align": ANY,
        "table:border-model": ANY,
        "style:may-break-between-rows": ANY,
        "style:writing-mode": _ACROSS,
        "fo:background-color": ANY,
        "style:shadow": _NONE,
    },
    "style:table-column-properties": {
        "style:column-width": (10.0, 1250.0),
        "style:rel-column-width": r"[2-9]\d{3}\*|\d{5}\*",
        "style:use-optimal-column-width": YES_NO,
    },
    "style:table-row-properties": {
        "style:min-row-height": (0.0, 850.0),
        "fo:keep-together": "auto|always",
        "style:use-optimal-row-height": YES_NO,
        "fo:background-color": ANY,
    },
    "style:table-cell-properties": {
        **_BORDERS,
        "fo:background-color": ANY,
        "style:vertical-align": ANY,
        "style:writing-mode": _ACROSS,
        "fo:wrap-option": "wrap",
        "loext:writing-mode": _ACROSS,
    },
    "style:section-properties": {
        **dict.fromkeys(_MARGINS, (-_EDGE, 430.0)),
        "text:dont-balance-text-columns": YES_NO,
        "style:editable": YES_NO,
        "style:protect": YES_NO,
        "style:writing-mode": _ACROSS,
        "fo:background-color": "transparent",
    },
    "loext:graphic-properties": {"draw:fill": "none|solid", "draw:fill-color": _COLOUR, "draw:opacity": "100%"},
    "style:drawing-page-properties": {"draw:background-size": ANY, "draw:fill": _NONE, "draw:fill-color": ANY},
    "style:page-layout-properties": {
        **dict.fromkeys(("fo:page-width", "fo:page-height"), ANY),
        **{f"fo:{one}{side}": ANY for one in ("margin", "padding") for side in _SIDES},
        **{f"fo:border{side}": _NONE for side in _SIDES},
        "fo:background-color": _GROUND,
        "loext:margin-gutter": (0.0, 0.0),
        "style:layout-grid-mode": _NONE,
        **{
            f"style:layout-grid-{one}": ANY
            for one in ("base-height", "base-width", "color", "display", "lines", "print", "ruby-below", "ruby-height")
        },
        **dict.fromkeys(("style:layout-grid-snap-to", "style:layout-grid-standard-mode"), ANY),
        "style:num-format": FIGURES,
        **dict.fromkeys(("style:print-orientation", "style:footnote-max-height"), ANY),
        **dict.fromkeys(("style:paper-tray-name", "style:first-page-number", "style:shadow"), "default|continue|none"),
        "style:writing-mode": _ACROSS,
    },
    "style:header-footer-properties": {
        **dict.fromkeys(_MARGINS, ANY),
        **{f"fo:padding{side}": ANY for side in _SIDES},
        **{f"fo:border{side}": _NONE for side in _SIDES},
        "fo:min-height": ANY,
        "style:dynamic-spacing": ANY,
        "fo:background-color": "transparent",
        "style:shadow": _NONE,
        "style:writing-mode": _ACROSS,
    },
    "style:footnote-sep": {
        "style:width": (0.0, 3.0),
        "style:rel-width": r"\d{1,2}%|100%",
        **dict.fromkeys(("style:distance-before-sep", "style:distance-after-sep"), (0.0, 40.0)),
        **dict.fromkeys(("style:line-style", "style:adjustment", "style:color"), ANY),
    },
    "style:list-level-properties": {
        "text:space-before": (-_EDGE, 850.0),
        "text:min-label-width": (0.0, 100.0),
        "text:min-label-distance": (0.0, 100.0),
        **dict.fromkeys(("fo:text-align", "text:list-level-position-and-space-mode"), ANY),
    },
    "style:list-level-label-alignment": {
        "text:label-followed-by": ANY,
        "text:list-tab-stop-position": (-_EDGE, 430.0),
        "fo:text-indent": (-200.0, 430.0),
        "fo:margin-left": (-_EDGE, 430.0),
    },
    "style:columns": {"fo:column-count": r"\d{1,4}", "fo:column-gap": (0.0, 100.0)},
    "style:column": {"style:rel-width": r"\d+\*", **dict.fromkeys(("fo:start-indent", "fo:end-indent"), (0.0, 100.0))},
    "style:column-sep": {f"style:{one}": ANY for one in ("width", "color", "height", "vertical-align", "style")},
    "style:background-image": {},
}


def holds(value: str, check: Check) -> bool:
    """Whether a value is what an attribute may have."""
    if isinstance(check, str):
        return not check or _pattern(check).fullmatch(value) is not None
    length = points(value)
    return value == "normal" or (length is not None and check[0] <= length <= check[1])


@cache
def _pattern(check: str) -> re.Pattern[str]:
    return re.compile(check)
