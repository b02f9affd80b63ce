"""Which list each paragraph of a redline is in, so that Word counts it rightly in both documents.

A list is a run of numbers that begins somewhere and goes on by one. One list stands for a run of the old document and a
run of the new one that begin alike and share a paragraph: accepted or rejected, only one of the two is left in it.
Where a paragraph has the same number in both and its runs began otherwise, a new run begins with it in both: of what a
member approved, numbers are missing where it approved nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

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

    def begins_as(self, other: Run) -> bool:
        """Whether both begin with one number, which looks alike."""
        return (self.start, self.shape) == (other.start, other.shape)


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
    before, after, shared = _Side(old=True), _Side(old=False), dict[Run, Run]()
    taken: set[Run] = set()
    for entry in redline.entries():
        old, new = before.run(entry.old), after.run(entry.new)
        if old is None or new is None or shared.get(old) == new:
            continue
        if old in shared or new in taken or not old.begins_as(new):
            if _counted(entry.old) != _counted(entry.new):
                continue
            old, new = before.begin(entry.old), after.begin(entry.new)
        shared[old] = new
        taken.add(new)
    return Lists(before.found, after.found, shared)


@dataclass(kw_only=True, slots=True)
class _Side:
    """The runs of one document, paragraph after paragraph."""

    old: bool
    found: dict[int, Run] = field(default_factory=dict)
    last: dict[str, tuple[Run, int]] = field(default_factory=dict)
    count: int = 0

    def run(self, block: Block | None) -> Run | None:
        """The run that the next paragraph is in: that of the one before it in its series, or a new one."""
        if not isinstance(block, Paragraph) or block.number is None:
            return None
        number = block.number
        run, value = self.last.get(number.series, (None, 0))
        goes_on = number.style is NumberStyle.BULLET or number.value == value + 1
        if run is None or not goes_on or run.shape != _counted(block)[1]:
            return self.begin(block)
        return self._put(block, run)

    def begin(self, block: Block | None) -> Run:
        """A new run, which begins with this paragraph."""
        start, shape = _counted(block)
        self.count += 1
        return self._put(block, Run(self.old, self.count, start, shape))

    def _put(self, block: Block | None, run: Run) -> Run:
        assert isinstance(block, Paragraph)
        assert block.number is not None
        self.last[block.number.series] = run, block.number.value
        self.found[id(block)] = run
        return run


def _counted(block: Block | None) -> tuple[int, tuple[object, ...]]:
    """With which number a run begins that begins with this paragraph, and how it looks."""
    assert isinstance(block, Paragraph)
    assert block.number is not None
    number, bullet = block.number, block.number.style is NumberStyle.BULLET
    shape = (block.level, number.style, number.label if bullet else (number.prefix, number.suffix))
    return 1 if bullet else number.value, shape


def _look(block: Block | None) -> tuple[object, ...]:
    return (block.role, block.level) if isinstance(block, Paragraph | Heading) else ()
