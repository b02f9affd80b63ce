"""The words of a line of a PDF in the order in which they are read, from what stands on it from left to right.

Chunks follow each other in reading order; but typst cuts one right-to-left run where a mark is raised or the font
changes, and leaves the pieces from left to right. So neighbours whose places rise, all right to left, are one run and
are read from its end. A sign without direction between two of them belongs to the run (UAX 9, N1); at an end of the run
it may or may not: then the same page has several readings, and each is offered. So it is where words of a redline that
are not read stood between two chunks: they may have parted the run, or been a part of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest
from typing import TypeAlias

from paraph.render.direction import direction
from paraph.render.pdf.text import Chunk

Steps: TypeAlias = tuple[tuple[tuple[int, str], ...], ...]
"""For each chunk of a line, the ways to read on: the words up to another chunk, and its number; the likeliest first."""


def steps(chunks: list[Chunk]) -> Steps:
    """Every way to read a line. Where nothing runs from right to left there is one, in one step."""
    chunks = [chunk for chunk, after in zip_longest(chunks, chunks[1:]) if not _hangs(chunk, after)]
    clusters = _once(chunks)
    if not any(chunk.rtl or chunk.arabic_digits or direction(chunk.lang) == "rtl" for chunk in chunks):
        return (((1, "".join(cluster for piece in clusters for cluster in piece)),),)
    return tuple(tuple(_from(start, chunks, clusters)) for start in range(len(chunks)))


def _from(start: int, chunks: list[Chunk], clusters: list[list[str]]) -> Iterator[tuple[int, str]]:
    """The runs that may begin with a chunk: right to left, the longest first, or by itself from left to right."""
    first = start
    while first and _one_run(chunks[first - 1], chunks[first]):
        first -= 1
    last = start
    while last + 1 < len(chunks) and _one_run(chunks[last], chunks[last + 1]):
        last += 1
    letters = [n for n in range(first, last + 1) if chunks[n].rtl]
    cuts = {n for n in range(letters[0] + 1, letters[-1] + 1) if not chunks[n].parted} if letters else set()
    if _closes_outside(chunks[first : last + 1]):
        cuts = set()
    if start in cuts:
        return
    to_left = _may_be_rtl(chunks[start]) and (chunks[start].rtl or direction(chunks[start].lang) == "rtl")
    alone = (start + 1, "".join(clusters[start]))
    may_end = start + 1 not in cuts
    if may_end and not to_left:
        yield alone
    if _may_be_rtl(chunks[start]):
        for end in range(last + 1, start, -1):
            if end not in cuts:
                yield end, "".join(cluster for piece in reversed(clusters[start:end]) for cluster in reversed(piece))
    if may_end and to_left and not chunks[start].rtl:
        yield alone


def _may_be_rtl(chunk: Chunk) -> bool:
    """Right to left, or a sign that may be: of several, typst marks those as reversed that bear no marks."""
    alone = len(chunk.clusters) <= 1 or any(len(cluster) > 1 for cluster in chunk.clusters)
    return chunk.rtl or (chunk.neutral and alone)


def _one_run(chunk: Chunk, after: Chunk) -> bool:
    return _may_be_rtl(chunk) and _may_be_rtl(after) and chunk.x <= after.x


def _closes_outside(chunks: list[Chunk]) -> bool:
    """Whether a bracket of left-to-right text may close among `chunks`: then it divides them (UAX 9, N0)."""
    text = "".join(cluster for chunk in chunks for cluster in chunk.clusters)
    return any(direction(chunk.lang) == "ltr" for chunk in chunks) and any(
        text.count(one) != text.count(other) for one, other in ("()", "[]", "{}")
    )


def _hangs(chunk: Chunk, after: Chunk | None) -> bool:
    """A space without width that ends a right-to-left line and stands before the left-to-right words it follows."""
    return after is not None and abs(chunk.x - after.x) < 0.01 and not "".join(chunk.clusters).strip()


def _once(chunks: list[Chunk]) -> list[list[str]]:
    """The clusters of the chunks of a line: typst sets a raised mark apart from its letter, with the same text.

    The raised piece is the one off the base line, or without width; the letter is the nearest cluster on the line.
    """
    heights = Counter[float]()
    for chunk in chunks:
        heights[round(chunk.y, 2)] += len(chunk.clusters)
    base = max(heights, key=lambda y: heights[y], default=0.0)
    found = [list(chunk.clusters) for chunk in chunks]
    on_base = [round(chunk.y, 2) == base for chunk in chunks]
    for position, clusters in enumerate(found):
        following = chunks[position + 1 : position + 2]
        if following and clusters == following[0].clusters[:1] and abs(following[0].x - chunks[position].x) < 0.01:
            clusters.clear()
        elif not on_base[position]:
            before = next((found[n][-1:] for n in range(position - 1, -1, -1) if on_base[n]), [])
            after = next((found[n][:1] for n in range(position + 1, len(found)) if on_base[n]), [])
            clusters[:] = [cluster for cluster in clusters if [cluster] not in (before, after)]
    return found
