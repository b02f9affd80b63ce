"""What is drawn among the words of a DOCX, and what stands apart from them: a picture that stands as a letter does is
known by its digest and size, a frame or a box by its place on the page. Any other is an oddity.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from paraph.ooxml.reading.boxes import BOX, PICTURE
from paraph.ooxml.reading.shown import Picture, Place, Shown, Story
from paraph.ooxml.reading.walk import FRAMED
from paraph.proof.reading import pictured

_AT_EDGES = f"{PICTURE}, in a header or footer"


@dataclass(frozen=True, slots=True)
class Drawings:
    """`pictures` in order: the digest, how wide and high in points; `places` as in `Reading`; `known` the oddities that
    say no more than these, `odd` those that say it of each picture."""

    pictures: tuple[tuple[str, float, float], ...]
    places: tuple[tuple[float, ...], ...]
    known: frozenset[str]
    odd: tuple[str, ...]

    @classmethod
    def read(cls, shown: Shown, parts: Mapping[str, str]) -> Drawings:
        """Those of a file with these digests of its `parts`."""
        runs = [run for line in shown.lines for run in line.runs]
        drawn = [run.drawn for run in runs if isinstance(run.drawn, Picture)]
        boxes = [run.drawn for run in runs if isinstance(run.drawn, Place)]
        framed = [line.place for line in shown.lines if line.place]
        pictures = tuple((parts.get(one.part, ""), one.width, one.height) for one in drawn)
        every = {
            PICTURE: (sum(one in (PICTURE, _AT_EDGES) for one in shown.oddities), len(drawn)),
            BOX: (sum(run.odd == BOX and not run.text for run in runs), len(boxes)),
            FRAMED: (sum(one.startswith(FRAMED) for one in shown.oddities), len(framed)),
        }
        known = {one for one, (count, clear) in every.items() if count == clear}
        # The paragraphs of one frame follow each other.
        frames = (
            place for place, _ in groupby(line.place for line in shown.lines if line.story is Story.BODY) if place
        )
        return cls(
            pictures,
            tuple(tuple(one) for one in (*frames, *boxes)),
            frozenset((*known, *([_AT_EDGES] if PICTURE in known else []))),
            tuple(dict.fromkeys(pictured(one) for one, *_ in pictures)),
        )
