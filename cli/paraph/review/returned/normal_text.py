"""Words as two word processors agree on them: without what only sets them."""

from __future__ import annotations

import re
import unicodedata

_SETTING = re.compile("[\u200e\u200f\u061c\u00ad\ufeff]")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060-\u2069\ufeff\ufff0-\ufffc\ufffe\uffff]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
"""Whatever a typeface shows there; it is not nothing."""
_MOST = 10_000
_LONGEST_NAME = 200
_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and a sign that show nothing."""
_DIGITS = re.compile(r"\d+")


def normal(text: str, *, digits: bool = True) -> str:
    """A paragraph in NFC, without marks of direction and the white space around it; other spaces stay as they are.

    Overrides and isolates of direction stay: they make a reader see other words, or the same in another order. Without
    `digits`, numbers are all one: in a header or footer they are those of pages.
    """
    composed = text if text.isascii() else _SETTING.sub("", unicodedata.normalize("NFC", text))
    bare = composed.strip(" \t\n\r")
    return bare if digits else _DIGITS.sub("0", bare)


def tame(text: str) -> str:
    """Words that never count, without what nobody sees or what would move a terminal, and no longer than a letter.

    The file that is kept as evidence has them whole.
    """
    bare = _UNSEEN.sub("", _PRIVATE.sub("\ufffd", text))
    return bare if len(bare) <= _MOST else bare[:_MOST] + "…"


def named(author: str) -> str:
    """Whom Word names as the hand behind a change or comment, on one line; "" where nobody would see a name."""
    name = " ".join(tame(author).split())[:_LONGEST_NAME]
    seen = (one for one in name if unicodedata.category(one)[0] in "LNPS" and one not in _FILLERS)
    return name if any(seen) else ""
