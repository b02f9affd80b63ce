"""What stands for a letter in a symbol font: `w:sym`, or plain letters set in Wingdings.

A tick of Word's "Insert symbol" is a letter in a font, not a character. Only what people answer with is here (from the
tables of the fonts in Unicode's Technical Note on Wingdings, L2/12-368); all else is U+FFFD, which is like nothing.
"""

from __future__ import annotations

import re

UNKNOWN = "\ufffd"
_WINGDINGS = {
    0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "❑", 0x72: "❒", 0x78: "☒", 0xA8: "□", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒",
    0xFE: "☑", 0x6C: "●", 0xA7: "•", 0x9F: "•", 0xD8: "➢", 0xE0: "→", 0xDF: "←", 0x20: " ", 0x4A: "☺", 0x4C: "☹",
    0x43: "👍", 0x44: "👎",
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA2: "■", 0xA3: "□", 0x20: " ",
}  # fmt: skip
_SYMBOL = {0xB7: "•", 0xD6: "√", 0xB4: "×", 0xA3: "≤", 0xB3: "≥", 0x2D: "−", 0xAE: "→", 0xAC: "←", 0x20: " "}
_WEBDINGS = {0x61: "✓", 0x72: "✗", 0x63: "□", 0x67: "■", 0x20: " "}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL, "webdings": _WEBDINGS}


_OTHERS = frozenset(
    (
        "marlett", "monotype sorts", "mt extra", "bookshelf symbol 7", "ms outlook", "ms reference specialty",
        "holomdl2 assets",
    )
)  # fmt: skip
"""Those that come with Windows and Office and of which no letter is known here."""
_SIGNS = re.compile(
    r"wingding|webding|dingbat|^symbol|ornament|mdl2|fluent ?icons|awesome|bar ?code|^code ?(?:39|128)|3 of 9"
    r"|hc39|^signs|blank|redact"
)
"""Of the names of others whose letters are signs, or nothing; “Segoe UI Symbol” and “OpenSymbol” have
true characters."""
_APART = re.compile("[;,]")


def _named(font: str) -> str:
    """A font, of a list that which shows signs: a program takes the first that it has."""
    every = [" ".join(one.strip("\"'@ \u00a0").casefold().split()) for one in _APART.split(font)]
    return next((one for one in every if _is_signs(one)), every[0])


def _is_signs(named: str) -> bool:
    return named in _FONTS or named in _OTHERS or _SIGNS.search(named) is not None


def is_symbolic(font: str) -> bool:
    """Whether letters in `font` are no letters; in a list of fonts (“Roboto;Wingdings”), in any of them."""
    return _is_signs(_named(font))


def character(font: str, code: int) -> str:
    """The character that `code` (0xF0FE or 0xFE) of `font` looks like; a true letter of a text font is itself."""
    table = _FONTS.get(_named(font))
    if table is not None:
        return table.get(code & 0xFF if 0xF000 <= code <= 0xF0FF else code, UNKNOWN)
    return UNKNOWN if is_symbolic(font) or 0xE000 <= code <= 0xF8FF or not 0x20 <= code <= 0x10FFFF else chr(code)


def shown(text: str, font: str) -> str:
    """What `text` set in `font` looks like; characters beyond a symbol font's own are set in another, and stay."""
    if not is_symbolic(font):
        return text
    return "".join(
        character(font, ord(one)) if ord(one) < 0x100 or 0xF000 <= ord(one) <= 0xF0FF else one for one in text
    )
