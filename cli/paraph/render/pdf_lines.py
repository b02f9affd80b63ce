"""The words of a line of a PDF in the order in which they are read, from what stands on it from left to right."""

from __future__ import annotations

from collections import Counter
from itertools import zip_longest

from paraph.render.direction import direction
from paraph.render.pdf_text import Chunk


def line_text(chunks: list[Chunk]) -> str:
    """The words of one line in the order in which they are read.

    Chunks follow each other in reading order; but typst cuts one right-to-left run where a mark is raised or the font
    changes, and leaves the pieces from left to right. So a right-to-left stretch whose places rise is one run and is
    read from its end. A piece without direction belongs to it inside, and at its ends where its language runs that way.
    """
    chunks = [chunk for chunk, after in zip_longest(chunks, chunks[1:]) if not _hangs(chunk, after)]
    clusters = _once(chunks)
    out: list[str] = []
    at = 0
    while at < len(chunks):
        end = at + 1
        if _leftward(chunks[at]):
            while (inside := _continues(chunks, end)) > 0:
                end += inside
        if any(chunk.rtl for chunk in chunks[at:end]):
            out.extend(cluster for piece in reversed(clusters[at:end]) for cluster in reversed(piece))
        else:
            end = at + 1
            out.extend(clusters[at])
        at = end
    return "".join(out)


def _hangs(chunk: Chunk, after: Chunk | None) -> bool:
    """A space without width that ends a right-to-left line and stands before the left-to-right words it follows."""
    return after is not None and abs(chunk.x - after.x) < 0.01 and not "".join(chunk.clusters).strip()


def _leftward(chunk: Chunk) -> bool:
    return chunk.rtl or (chunk.neutral and direction(chunk.lang) == "rtl")


def _continues(chunks: list[Chunk], at: int) -> int:
    """How many chunks from `at` on belong to the right-to-left run that ends before it."""
    following = chunks[at : at + 2]
    length = 1 if following and _leftward(following[0]) else 2
    if len(following) < length or not _leftward(following[length - 1]) or (length == 2 and not following[0].neutral):
        return 0
    places = [chunk.x for chunk in chunks[at - 1 : at + length]]
    return length if places == sorted(places) else 0


def _once(chunks: list[Chunk]) -> list[list[str]]:
    """The clusters of the chunks of a line: typst sets a raised mark apart from its letter and gives both the same text.

    The raised piece is the one off the base line; the letter is the nearest cluster on it.
    """
    heights = Counter[float]()
    for chunk in chunks:
        heights[round(chunk.y, 2)] += len(chunk.clusters)
    base = max(heights, key=lambda y: heights[y], default=0.0)
    found = [list(chunk.clusters) for chunk in chunks]
    on_base = [round(chunk.y, 2) == base for chunk in chunks]
    for position, clusters in enumerate(found):
        if on_base[position]:
            continue
        before = next((found[n][-1:] for n in range(position - 1, -1, -1) if on_base[n]), [])
        after = next((found[n][:1] for n in range(position + 1, len(found)) if on_base[n]), [])
        clusters[:] = [cluster for cluster in clusters if [cluster] not in (before, after)]
    return found
