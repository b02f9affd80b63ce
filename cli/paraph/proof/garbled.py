"""Letters that a program which packs a PDF again loses, or names twice, though it shows what it showed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

from paraph.proof.page_edges import Edges
from paraph.proof.reading import Reading, letters
from paraph.proof.reset_pages import PAIRED

_STREWN = 100
"""Letters of the text for one that a program has put in."""

_LOST = 3
"""Letters that one sign without a meaning can stand for: “ffi”."""


def garbled(released: Reading, found: Reading) -> bool:
    """Whether `found` names the same letters but around signs that the text does not have: marks are lost there, and
    a letter of two shapes is named twice. In text from right to left a few may be strewn in (see `_strewn`)."""
    from rapidfuzz.distance import Indel

    edges = Edges(released, None)
    was, is_ = (letters("".join(edges.without(one))) for one in (released, found))
    alphabet = {*was, *was.translate(PAIRED)}
    most = _LOST * sum(1 for sign in is_ if sign not in alphabet)
    bare, other = [*_once(was, alphabet)], [*_once(is_, alphabet)]
    return Indel.distance(bare, other, score_cutoff=most) <= most or _strewn(bare, other)


def _strewn(was: Sequence[str], is_: Sequence[str]) -> bool:
    """Whether `is_` is `was` with single letters from right to left put in here and there, and nothing taken out.

    cairo 1.16 gives a mark, wherever it stands, the letter also on which it stood first: “يتُفصل” for “يُفصل”.
    """
    from rapidfuzz.distance import Indel

    if not 0 < len(is_) - len(was) <= len(was) // _STREWN:
        return False
    other = [one for one in Indel.opcodes(was, is_) if one.tag != "equal"]
    return all(
        one.tag == "insert"
        and one.dest_end - one.dest_start == 1
        and unicodedata.bidirectional(is_[one.dest_start]) in ("AL", "R")
        for one in other
    )


def _once(text: str, own: set[str]) -> Iterator[str]:
    # Which way a bracket opens depends on the direction of its line, and is seen.
    shown = unicodedata.normalize("NFD", text).translate(PAIRED)
    plain = (sign for sign in shown if not unicodedata.combining(sign))
    return (sign for sign, _ in groupby(sign for sign in plain if sign in own))
