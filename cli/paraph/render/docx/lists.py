"""Which list each paragraph of a redline is in, so that Word counts it rightly in both documents.

A list is a run of numbers that begins somewhere and goes on by one. One list stands for a run of the old document and a
run of the new one that begin alike and share a paragraph: accepted or rejected, only one of the two is left in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from paraph.model.redline import Entry, Redline
from paraph.model.text import Block, Heading, Paragraph
from paraph.model.writing import NumberStyle


@dataclass(frozen=True, slots=True)
class Run:
    """A run of numbers: `old` or new, its place among the runs of that document, its first number, and how it looks."""

    old: bool
    place: int
    start: int
    shape: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Lists:
    """The runs of either document, by the identity of its paragraphs; `shared` of an old run is the new one."""

    old: Mapping[int, Run]
    new: Mapping[int, Run]
    shared: Mapping[Run, Run]

    def of(self, entry: Entry) -> Run | None:
        """The list of a paragraph, that of the new document where both have one."""
        if entry.new is not None:
            return self.new.get(id(entry.new))
        run = self.old.get(id(entry.old))
        return self.shared.get(run, run) if run else None

    def stays(self, entry: Entry) -> bool:
        """Whether a paragraph that both documents have is set alike in both, its number included."""
        if type(entry.old) is not type(entry.new) or _look(entry.old) != _look(entry.new):
            return False
        old, new = self.old.get(id(entry.old)), self.new.get(id(entry.new))
        return old is new if old is None or new is None else self.shared.get(old) == new


def lists(redline: Redline) -> Lists:
    """The lists of a redline; of two that might be shared, the one whose paragraph comes first is."""
    before, after = _runs(redline.old.blocks(), old=True), _runs(redline.new.blocks(), old=False)
    shared: dict[Run, Run] = {}
    taken: set[Run] = set()
    for entry in redline.entries():
        old, new = before.get(id(entry.old)), after.get(id(entry.new))
        if old is None or new is None or old in shared or new in taken:
            continue
        if (old.start, old.shape) == (new.start, new.shape):
            shared[old] = new
            taken.add(new)
    return Lists(before, after, shared)


def _runs(blocks: Iterable[Block], *, old: bool) -> dict[int, Run]:
    found: dict[int, Run] = {}
    last: dict[str, tuple[Run, int]] = {}
    for block in blocks:
        if not isinstance(block, Paragraph) or block.number is None:
            continue
        number = block.number
        bullet = number.style is NumberStyle.BULLET
        shape = (block.level, number.style, number.label if bullet else (number.prefix, number.suffix))
        run, value = last.get(number.series, (None, 0))
        if run is None or run.shape != shape or not (bullet or number.value == value + 1):
            run = Run(old, len(found), 1 if bullet else number.value, shape)
        last[number.series] = run, number.value
        found[id(block)] = run
    return found


def _look(block: Block | None) -> tuple[object, ...]:
    return (block.role, block.level) if isinstance(block, Paragraph | Heading) else ()
