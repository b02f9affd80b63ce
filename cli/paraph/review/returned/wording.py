"""A member's wording, as it came back in plain words, put into the Markdown of a clause.

A packet shows no Markdown, so what comes back has none: each changed stretch is put where its words stand in the
source, and everything around it (emphasis, links, terms, list marks) stays. The result is printed again, and must say
what the member wrote to the letter; where it does not, there is no result, and nobody guesses.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable

from paraph.markup.diff import diff
from paraph.markup.parse import parse
from paraph.model.text import Op

_ITEM = re.compile(r"^( *)(?:([0-9]+)([.)])|([-*+])) +")
_SPECIAL = re.compile(r"([\\`*_\[\]<>])")
_LONGEST = 20_000
"""Characters of a text that is compared sign by sign."""


def reworded(source: str, came: str, printed: Callable[[str], str]) -> str | None:
    """The Markdown of `source` with the wording `came`, or None where that cannot be done for certain.

    `printed` gives what a packet prints of a Markdown text, a paragraph a line.
    """
    before = printed(source)
    if before == came or not came.strip() or max(len(source), len(came)) > _LONGEST:
        return source if before == came else None
    made = _applied(source, before, came)
    return made if made is not None and not parse(made)[1] and printed(made) == came else None


def _applied(source: str, before: str, came: str) -> str | None:
    """`source` with every change from `before` to `came` made at its place."""
    places = _places(before, source)
    made, at, done = [], 0, 0
    for change in diff(before, came):
        if change.op is Op.KEEP:
            at += len(change.text)
        elif change.op is Op.DELETE:
            for place in range(at, at + len(change.text)):
                where = places.get(place)
                if where is None:
                    return None
                if before[place] != "\n":
                    made.append(source[done:where])
                    done = where + 1
            at += len(change.text)
        else:
            where = places[at - 1] + 1 if at and at - 1 in places else places.get(at, 0)
            where = max(where, done)
            made.append(source[done:where])
            made.append(_inserted(change.text, "".join(made)))
            done = where
    return "".join((*made, source[done:]))


def _places(before: str, source: str) -> dict[int, int]:
    """Where each printed sign stands in the source; signs of a mark stand nowhere."""
    matcher = difflib.SequenceMatcher(None, before, source, autojunk=False)
    return {a + n: b + n for a, b, size in matcher.get_matching_blocks() for n in range(size)}


def _inserted(text: str, written: str) -> str:
    """Words as Markdown; a new paragraph in a list is its next item."""
    pieces = [_SPECIAL.sub(r"\\\1", piece) for piece in text.split("\n")]
    item = _ITEM.match(written.rpartition("\n")[2])
    made = pieces[0]
    for count, piece in enumerate(pieces[1:], 1):
        if item:
            mark = item[4] or f"{int(item[2]) + count}{item[3]}"
            made += f"\n{item[1]}{mark} {piece}"
        else:
            made += f"\n\n{piece}"
    return made
