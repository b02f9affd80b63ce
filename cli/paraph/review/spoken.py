"""Words as two word processors agree on them: without what only sets them."""

from __future__ import annotations

import re
import unicodedata

_SETTING = re.compile("[\u200e\u200f\u061c\u2066-\u2069\u00ad\ufeff]")
_DIGITS = re.compile(r"\d+")


def normal(text: str, *, digits: bool = True) -> str:
    """A paragraph in NFC, without marks of direction and the white space around it; other spaces stay as they are.

    Overrides of direction stay: they make a reader see other words. Without `digits`, numbers are all one: in a header
    or footer they are those of pages.
    """
    bare = _SETTING.sub("", unicodedata.normalize("NFC", text)).strip(" \t\n\r")
    return bare if digits else _DIGITS.sub("0", bare)
