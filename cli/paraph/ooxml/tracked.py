"""Tracked changes (ECMA-376 Part 1, 17.13.5): runs, paragraph marks and rows that were put in, taken out or moved.

A paragraph that came has its mark inserted, one that went has it deleted: rejecting or accepting joins what is left of
it, nothing, to the paragraph that follows. So a tracked paragraph must not be the last of its story, nor stand before a
table.

LibreOffice takes two changes of one kind and author, no more than a minute apart, for one where the first ends a
paragraph and the second begins the next, and the break between them goes with it (sw, CompressRedlines; seen in 7.4).
So what changed within a paragraph is dated two minutes later than paragraphs that came or went, four in the next one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from paraph.ooxml.names import RUN_ORDER, Element, el, name, properties_of, put

INSERTED, DELETED = "w:ins", "w:del"
MOVED_HERE, MOVED_AWAY = "w:moveTo", "w:moveFrom"


@dataclass(slots=True)
class Revisions:
    """Whose changes they are and of when (aware). `last` is the id of the last one, of `w:id`."""

    author: str
    at: dt.datetime
    last: int = 40_000
    _later: int = 0

    def begin(self, *, whole: bool) -> None:
        """What follows stands in another paragraph than what came before; `whole`: one that came or went."""
        self._later = 0 if whole else 4 if self._later == 2 else 2

    def mark(self, tag: str, *children: Element, **more: str) -> Element:
        """A revision of the kind `tag` around `children`."""
        self.last += 1
        named = {f"w:{key}": value for key, value in more.items()}
        date = f"{self.at.astimezone(dt.UTC) + dt.timedelta(minutes=self._later):%Y-%m-%dT%H:%M:%SZ}"
        return el(tag, {"w:id": self.last, **named, "w:author": self.author, "w:date": date}, *children)

    def runs(self, tag: str, content: Iterable[Element]) -> Iterator[Element]:
        """Runs and links, tracked; a link stays around its runs, since none may stand inside a revision."""
        waiting: list[Element] = []
        for one in content:
            if one.tag == name("w:hyperlink"):
                yield from self._wrapped(tag, waiting)
                waiting = []
                one[:] = list(self._wrapped(tag, list(one)))
                yield one
            else:
                waiting.append(one)
        yield from self._wrapped(tag, waiting)

    def _wrapped(self, tag: str, runs: list[Element]) -> Iterator[Element]:
        if runs:
            for run in runs if tag == DELETED else ():
                for text in run.findall(name("w:t")):
                    text.tag = name("w:delText")
            yield self.mark(tag, *runs)

    def paragraph(self, tag: str, paragraph: Element) -> None:
        """Track the mark at the end of a paragraph."""
        mark = properties_of(properties_of(paragraph, "w:pPr"), "w:rPr")
        put(mark, self.mark(tag), RUN_ORDER)

    def row(self, tag: str, row: Element) -> None:
        """Track a row of a table."""
        properties = row.find(name("w:trPr"))
        if properties is None:
            properties = el("w:trPr")
            row.insert(0, properties)
        properties.append(self.mark(tag))

    def move(self, tag: str, label: str, paragraph: Element) -> None:
        """Say where a move begins and ends, so that Word shows its two ends as one; `label` is the same at both."""
        start = self.mark(f"{tag}RangeStart", name=label)
        paragraph.insert(1, start)
        paragraph.append(el(f"{tag}RangeEnd", {"w:id": self.last}))


def is_tracked(paragraph: Element) -> bool:
    """Whether the mark of a paragraph is tracked."""
    mark = paragraph.find(f"{name('w:pPr')}/{name('w:rPr')}")
    kinds = (INSERTED, DELETED, MOVED_HERE, MOVED_AWAY)
    return mark is not None and any(mark.find(name(kind)) is not None for kind in kinds)
