"""Characters that came to harm on the way: put right where only one reading is possible, marked where not.

Put right: letters read in the wrong encoding (`Ã©` for é), ligatures of typesetters, soft hyphens and other invisible
characters, bullets of symbol fonts. Marked: the replacement character, for which `[?]` stands, so that no draft with it
is released.
"""

from __future__ import annotations

import re
import unicodedata

from paraph.legacy.blocks import Remarks
from paraph.markup import character_problems

_SHOWN = bytes(range(0x80, 0xC0)).decode("cp1252", "ignore") + "\x81\x8d\x8f\x90\x9d"
_BROKEN = re.compile(f"[ÂÃÄÅâØÙÚÛÐÑÎÏ][{_SHOWN}]+")
"""Bytes of UTF-8 as Windows-1252 shows them: those of Latin, Greek, Cyrillic and Arabic letters, and of punctuation."""
_MEANT = re.compile("[\u00a0-\u024f\u0370-\u04ff\u0600-\u06ff\u200b-\u200f\u2010-\u203a\u20ac\u2122]+")
_LIGATURES = re.compile("[\ufb00-\ufb06]")
_BULLETS = re.compile("[\uf0a7\uf0b7\uf0d8\uf0fc\uf076\uf02d]")
_SPACES = re.compile("[ \t\r\n\u2002-\u2006\u2008-\u200a]+")
LOST = "[?]"


def clean(text: str, at: int, remarks: Remarks) -> str:
    """`text` of block `at` with its characters as they were meant."""
    made = _SPACES.sub(" ", text)
    mended = _BROKEN.sub(_mended, _BROKEN.sub(_mended, made))  # some went the wrong way twice
    if mended != made:
        remarks.add("import-characters", at, "letters in a wrong encoding were put right", sure=True)
    made = _LIGATURES.sub(lambda match: unicodedata.normalize("NFKC", match[0]), mended)
    made = unicodedata.normalize("NFC", _BULLETS.sub("•", made))
    if "\ufffd" in made:
        message = f"a letter was lost before this file was made: “{_near(made)}”"
        remarks.add("import-characters", at, message, f"Write it where {LOST} stands.")
        made = made.replace("\ufffd", LOST)
    if character_problems(made):
        kept = "".join(char for char in made if not character_problems(char))
        remarks.add("import-characters", at, "characters that nobody sees were left out", sure=True)
        made = kept
    return made


def _mended(match: re.Match[str]) -> str:
    try:
        made = _bytes(match[0]).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return match[0]
    return made if _MEANT.fullmatch(made) else match[0]


def _bytes(text: str) -> bytes:
    """`text` in Windows-1252; a character from U+0080 to U+009F, which it has not, as the byte of its number."""
    return b"".join(char.encode("cp1252") if ord(char) > 0xFF or not 0x80 <= ord(char) < 0xA0 else bytes([ord(char)])
                    for char in text)  # fmt: skip


def _near(text: str) -> str:
    """A few words around the lost letter."""
    place = text.find("\ufffd")
    start = max(0, text.rfind(" ", 0, max(0, place - 15)) + 1)
    return text[start : place + 25].strip()
