"""The canonical form of text: what is compared, stored and put into digests.

Canonically equivalent strings are the same words (Unicode Standard Annex 15), so NFC and LF are applied silently.
Everything else that a reader could not see, or that would make two readers see different words, is refused: control
characters, bidirectional overrides and embeddings (UAX 9; CVE-2021-42574), lone surrogates, noncharacters, private use.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\u206a-\u206f]")
_INVISIBLE = re.compile("[\u00ad\u180e\u200b\u2028\u2029\u2060-\u2065\ufeff\ufff9-\ufffc\U000e0000-\U000e007f]")
_NO_CHARACTER = re.compile(
    "[\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffd-\uffff\U000f0000-\U0010ffff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 15))
    + "]"
)
_REFUSED = (
    ("control-character", _CONTROL, "a control character"),
    ("bidi-control", _BIDI, "a bidirectional control character"),
    ("invisible-character", _INVISIBLE, "an invisible character"),
    ("no-character", _NO_CHARACTER, "a code point that is no character"),
)
_SPACES = "\n\u00a0\u202f"
"""What texts hold that does not print, and is not refused."""
_PRINTING = "\ufffc\ufffd"
"""What prints (U+FFFC stands for an object, U+FFFD for a character that was lost), and is refused."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault in a text: rule id, message, what to do, and its line in the text from 0."""

    rule: str
    message: str
    advice: str
    line: int = 0


def canonical(text: str) -> str:
    """`text` in NFC with LF line ends, no white space at line ends, and no blank lines around it."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip(" \t") for line in lines).strip("\n")


def character_problems(text: str) -> tuple[Problem, ...]:
    """Every character of `text` (LF line ends) that no text may hold."""
    if _is_plain(text):
        return ()
    found = []
    for rule, pattern, what in _REFUSED:
        for match in pattern.finditer(text):
            code = f"U+{ord(match[0]):04X}"
            name = unicodedata.name(match[0], "")
            found.append(
                Problem(
                    rule,
                    f"{what}: {code}{' ' + name if name else ''}",
                    "Delete it, or type the sentence again where it stands.",
                    text.count("\n", 0, match.start()),
                )
            )
    return tuple(found)


def _is_plain(text: str) -> bool:
    """Whether nothing is refused, told at once of nearly every text: what is refused does not print, but for two."""
    for space in _SPACES:
        text = text.replace(space, " ")
    return text.isprintable() and not any(char in text for char in _PRINTING)


def digest(text: str) -> str:
    """What a courtesy translation is pinned to: the first 16 hexadecimal digits of SHA-256 of the canonical text."""
    return hashlib.sha256(canonical(text).encode("utf-8", "surrogatepass")).hexdigest()[:16]
