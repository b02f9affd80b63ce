"""The words of a text, and where they stand: what is looked up in a termbase.

Two words stand together where white space, or one other character that is no letter, parts them: *l’enfant*. Where more
parts them, a comma and a space or a bracket, no term goes on: *for children, migrants and others* names no child
migrant. Such a break is a word without letters.

A text in Western European letters is cut as bytes of a code page, which Python does in C; any other, and one with loose
hyphens or wide gaps, by an expression, ten times as slowly. Both cut alike.
"""

from __future__ import annotations

import re

WORD = re.compile(
    "[\\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]+"
    "(?:[-\u2010\u2011][\\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]+)*"
)
"""A word with its hyphens and vowel signs: hot spot and hotspot, push-back and pushback are different terms."""

_PAGE = "cp1252"
_TOGETHER = re.compile(r"\s+|.", re.DOTALL)
_MARK = 0


def _parting() -> bytes:
    """For each byte of the code page: itself in a word, a space for white space, a mark for all else."""
    found = bytearray(256)
    for byte in range(256):
        one = bytes([byte]).decode(_PAGE, errors="replace")
        found[byte] = byte if WORD.match(one) or one == "-" else ord(" ") if one.isspace() else _MARK
    return bytes(found)


_PARTING = _parting()
_MARKED = bytes([_MARK])
_SET_ASIDE = re.compile("[\x80-\x9f]")


def quickly(text: str) -> list[str] | None:
    """The words, each one character from the next, to be `spelt`; None where that is not all there is to it.

    Words may have loose hyphens about them (*-x*, *a--b*): such a text is to be cut carefully, and so is one in which
    three characters part words, which are one break and not two.
    """
    try:
        parted = text.encode("ascii" if text.isascii() else _PAGE).translate(_PARTING)
    except UnicodeEncodeError:
        return None
    if b"  " in parted:
        return None
    parted = parted.replace(_MARKED, b" ")
    return None if b"   " in parted else parted.decode("latin-1").split(" ")


def spelt(word: str) -> str:
    """A word that was cut quickly: the letters that Latin-1 does not have (œ, š) stand in it as their bytes."""
    return word.encode("latin-1").decode(_PAGE) if not word.isascii() and _SET_ASIDE.search(word) else word


def carefully(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """The words of any text, with their places; "" where one does not go on to the next."""
    words: list[str] = []
    places: list[tuple[int, int]] = []
    end = 0
    for found in WORD.finditer(text):
        start = found.start()
        if words and not _TOGETHER.fullmatch(text, end, start):
            words.append("")
            places.append((end, start))
        words.append(found[0])
        end = found.end()
        places.append((start, end))
    return words, places
