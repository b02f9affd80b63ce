"""The words of a line of a PDF in the order in which they are read, from what stands on it from left to right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product, zip_longest

from paraph.render.direction import direction
from paraph.render.pdf_text import Chunk

_MOST_SIGNS = 6
"""Of so many signs without direction in a line every combination is read; of more, all alike."""


def readings(chunks: list[Chunk]) -> Iterator[str]:
    """The words of one line in the order in which they are read; the likeliest first where the eye cannot tell.

    Chunks follow each other in reading order; but typst cuts one right-to-left run where a mark is raised or the font
    changes, and leaves the pieces from left to right. So a right-to-left stretch whose places rise is one run and is
    read from its end. A sign without direction belongs to it inside; at its ends it does where its language runs that
    way. Where signs stand between two directions the same page has several readings, and each is given.
    """
    chunks = [chunk for chunk, after in zip_longest(chunks, chunks[1:]) if not _hangs(chunk, after)]
    signs = [chunk.neutral for chunk in chunks]
    by_language = [sign and direction(chunk.lang) == "rtl" for sign, chunk in zip(signs, chunks, strict=True)]
    yield _read(chunks, by_language, alone=False)
    if not any(by_language) and not any(chunk.rtl for chunk in chunks):
        return
    few = sum(signs) <= _MOST_SIGNS
    for choice in product(*([True, False] if sign and few else [sign] for sign in signs)):
        yield _read(chunks, list(choice), alone=False)
        yield _read(chunks, list(choice), alone=True)


def _read(chunks: list[Chunk], joins: list[bool], *, alone: bool) -> str:
    """One reading: `joins` says which signs without direction run with others, `alone` whether with themselves."""
    leftward = [chunk.rtl or joined for chunk, joined in zip(chunks, joins, strict=True)]
    clusters = _once(chunks)
    out: list[str] = []
    at = 0
    while at < len(chunks):
        end = at + 1
        if leftward[at]:
            while (inside := _continues(chunks, leftward, end)) > 0:
                end += inside
        if leftward[at] and (alone or any(chunk.rtl for chunk in chunks[at:end])):
            out.extend(cluster for piece in reversed(clusters[at:end]) for cluster in reversed(piece))
        else:
            end = at + 1
            out.extend(clusters[at])
        at = end
    return "".join(out)


def _hangs(chunk: Chunk, after: Chunk | None) -> bool:
    """A space without width that ends a right-to-left line and stands before the left-to-right words it follows."""
    return after is not None and abs(chunk.x - after.x) < 0.01 and not "".join(chunk.clusters).strip()


def _continues(chunks: list[Chunk], leftward: list[bool], at: int) -> int:
    """How many chunks from `at` on belong to the right-to-left run that ends before it."""
    if at < len(chunks) and leftward[at]:
        length = 1
    elif at + 1 < len(chunks) and chunks[at].neutral and chunks[at + 1].rtl:
        length = 2
    else:
        return 0
    places = [chunk.x for chunk in chunks[at - 1 : at + length]]
    return length if places == sorted(places) else 0


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
