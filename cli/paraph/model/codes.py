"""Codes in right-to-left text: "09-08" would be read as "08-09".

What joins letters or digits by signs keeps its own order, isolated from the words around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from paraph.model.text import Isolate, Text

_CODE = re.compile(r"[0-9A-Za-z]+(?:[-–/.:,()][0-9A-Za-z()]+)+")

_STANDS_FAST = re.compile(r"\d+(?:[.,:/]\d+)*|[A-Za-z](?:[A-Za-z0-9 ./-]*[A-Za-z0-9])?")


def stands_fast(text: str) -> bool:
    """Whether no word processor turns it round between Arabic words: a number, or what begins with a Latin letter."""
    return bool(_STANDS_FAST.fullmatch(text))


def codes_apart(text: str) -> Iterator[Text | Isolate]:
    """`text` with each code by itself, isolated from the words around it."""
    for piece, isolated in pieces(text):
        yield Isolate((Text(piece),)) if isolated else Text(piece)


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """`text` in pieces, each with whether it is a code."""
    end = 0
    for match in _CODE.finditer(text):
        if match.start() > end:
            yield text[end : match.start()], False
        yield match[0], True
        end = match.end()
    if end < len(text):
        yield text[end:], False
