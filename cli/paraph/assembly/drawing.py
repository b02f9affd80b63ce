"""Whether a pictogram is a drawing and nothing more, before any format is asked to show it.

A PDF would refuse what a web page loads or runs, and a Word file is given a picture of it: so it is the same in each
only where it holds all that it shows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from xml.parsers import expat

_SVG = "http://www.w3.org/2000/svg"
_ACTIVE = frozenset({"script", "foreignobject", "a", "iframe", "animate", "animatetransform", "animatemotion", "set"})
_OUTSIDE = re.compile(r"@import|url\(\s*['\"]?\s*(?!#|['\"])|javascript:", re.IGNORECASE)


class _RefusedError(Exception):
    """Why, and in which line."""


@lru_cache(maxsize=256)
def drawing_fault(data: bytes) -> str:
    """What keeps an SVG from being drawn the same in every format, with its line; or ""."""
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    depth = 0

    def refuse(why: str) -> None:
        raise _RefusedError(f"line {parser.CurrentLineNumber}: {why}")

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal depth
        space, _, name = tag.rpartition(" ")
        if not depth and (space, name) != (_SVG, "svg"):
            refuse("it is no SVG")
        depth += 1
        if name.lower() in _ACTIVE:
            refuse(f"<{name}> does more than draw")
        for key, value in attributes.items():
            short = key.rpartition(" ")[2].lower()
            if short.startswith("on"):
                refuse(f"{short} does more than draw")
            if _OUTSIDE.search(value) or (short == "href" and not value.strip().startswith(("#", "data:image/"))):
                refuse(f"{short} refers to another file")

    def text(said: str) -> None:
        if _OUTSIDE.search(said):
            refuse("it refers to another file")

    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = lambda *_: refuse("it has a DOCTYPE")
    try:
        data.decode("utf-8")
        parser.Parse(data, True)
    except _RefusedError as error:
        return str(error)
    except UnicodeDecodeError:
        return "it is not UTF-8"
    except expat.ExpatError as error:
        return f"line {error.lineno}: it is no SVG: {expat.errors.messages[error.code]}"
    return ""
