"""Which encoding a table of plain text is in: the one that is named, UTF-8, or for certain that of Excel in the West.

Excel saves “CSV” in the code page of the machine, which the file does not name. The bytes of Windows-1252 are other
letters in Windows-1250, 1254 and 1256, on a Macintosh and in a DOS window, and a name misread would be printed on an
envelope. So a file is read as Windows-1252 only where it can be nothing else: each accented letter stands in a word of
Latin letters; and where central Europe has another letter in the place of one (č for è), a word with such a letter must
be one that the letter to be sent, or the name of a country, has as well: a file is in one encoding from end to end.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Set
from pathlib import Path

WESTERN = "cp1252"
_LONGEST = 1_000_000
_WORD = re.compile(r"[^\W\d_]+")
_APART = re.compile(r"(?<![A-Za-z])[^\W\d_a-zA-Z](?![A-Za-z])")
_INSIDE = re.compile(r"[^\W\d_][‘“–—]|[^\W\d_]”[^\W\d_]")
"""Marks that stand where a word has a letter of a Macintosh or of DOS: “No‘l” was Noël."""


def _others(page: str) -> frozenset[str]:
    """The characters of Windows-1252 in whose place another code page has another one."""
    return frozenset(
        char
        for char in bytes(range(0x80, 0x100)).decode(WESTERN, "ignore")
        if char.encode(WESTERN).decode(page, "replace") != char
    )


_CENTRAL, _TURKISH = _others("cp1250"), _others("cp1254")
_ELSEWHERE = frozenset("‚ƒ„…†‡ˆ‰Š‹Ž•˜™š›žŸ")
"""What DOS and Macintosh have letters for, and no address needs."""


def known(name: str) -> bool:
    """Whether an encoding of text has this name."""
    try:
        "".encode(name)
    except LookupError:
        return False
    return True


def encoding_of(path: Path, spelled: Set[str]) -> tuple[str, int]:
    """The encoding of a file, "" where it is not certain, with the line that leaves it open.

    `spelled` are words, casefolded, that may be expected in the file.
    """
    with path.open("rb") as file:
        start = file.read(2)
    if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16", 0
    line = _not_utf8(path)
    return ("utf-8-sig", 0) if not line else _western(path, spelled, line)


def _not_utf8(path: Path) -> int:
    """The first line that is not UTF-8; 0 where all are."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        number = 0
        try:
            while data := file.readline(_LONGEST):
                number += 1
                decoder.decode(data)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return number
    return 0


def _western(path: Path, spelled: Set[str], first: int) -> tuple[str, int]:
    proved, doubtful, number = False, 0, 0
    with path.open("rb") as file:
        while data := file.readline(_LONGEST):
            number += 1
            if data.isascii():
                continue
            try:
                text = data.decode(WESTERN)
            except UnicodeDecodeError:
                return "", number
            words = [word for word in _WORD.findall(text) if not _CENTRAL.isdisjoint(word)]
            proved = proved or any(word.casefold() in spelled for word in words)
            if _foreign(text, spelled):
                return "", number
            if not doubtful and (not _CENTRAL.isdisjoint(text) or re.search(r"[A-Za-z]\xa0[A-Za-z]", text)):
                doubtful = number
    return ("", doubtful or first) if doubtful and not proved else (WESTERN, 0)


def _foreign(text: str, spelled: Set[str]) -> bool:
    """Whether a line is in another script, or has what another machine's letters look like."""
    if not (_TURKISH | _ELSEWHERE).isdisjoint(text) or _INSIDE.search(text):
        return True
    return any(
        _APART.search(word) and word.casefold() not in spelled for word in _WORD.findall(text) if not word.isascii()
    )
