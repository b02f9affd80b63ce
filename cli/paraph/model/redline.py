"""A redline: two texts of one document in one, block by block, with what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count

from paraph.model.document import Document, Part, Printed, printed
from paraph.model.text import (
    Block,
    Break,
    Changed,
    Grid,
    Heading,
    Inline,
    Note,
    Op,
    Paragraph,
    Placeholder,
    Remark,
    Row,
    Table,
    Text,
    runs,
    with_runs,
)


class Fate(StrEnum):
    """What became of a block, of a row of a table or of a cell of a grid.

    A paragraph or heading that moved stands twice: where it was (MOVED_AWAY) and where it is (MOVED_HERE).
    """

    KEPT = "kept"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED_HERE = "moved-here"
    MOVED_AWAY = "moved-away"

    @property
    def only_old(self) -> bool:
        """Whether it stands here in the old document only."""
        return self in (Fate.REMOVED, Fate.MOVED_AWAY)

    @property
    def only_new(self) -> bool:
        """Whether it stands here in the new document only."""
        return self in (Fate.ADDED, Fate.MOVED_HERE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A block and what became of it.

    `old` and `new` are the block as the two documents have it here, None where one has not. `block` is both in one:
    without what is marked as inserted it says what `old` says, without what is marked as deleted what `new` says.
    Of what moved, `other` is the block at the other place. `rows` are the fates of a table's rows or a grid's cells.
    """

    fate: Fate
    old: Block | None
    new: Block | None
    block: Block
    other: Block | None = None
    rows: tuple[Fate, ...] = ()

    @property
    def numbers(self) -> tuple[str, str]:
        """The numbers that it had and has here, as written; "" for none."""
        return label(self.old), label(self.new)

    @property
    def renumbered(self) -> bool:
        """Whether it stands where it stood, under another number."""
        before, after = self.numbers
        return self.old is not None and self.new is not None and before != after


def label(block: Block | None) -> str:
    """The number of a block as written, "" for none."""
    return block.number.label if isinstance(block, Paragraph) and block.number else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RedlinePart:
    """A part of either document or of both, as `paraph.model.document.Part`."""

    name: str
    id: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Redline:
    """Two documents of one language in one, in an order that holds both of theirs.

    `notice` is what its reader must know: which texts they are, and how changes are marked.
    """

    old: Document
    new: Document
    parts: tuple[RedlinePart, ...]
    notice: str = ""

    def entries(self) -> Iterator[Entry]:
        """Every block in its order."""
        for part in self.parts:
            yield from part.entries

    @property
    def empty(self) -> bool:
        """Whether a reader would see no difference."""
        kept = all(entry.fate is Fate.KEPT and not entry.renumbered for entry in self.entries())
        return kept and printed(self.old) == printed(self.new)


def as_document(redline: Redline, drop: Op | None = None) -> Document:
    """A redline as one document, for what sets documents; without all that is marked as `drop`, one of its two texts.

    Its footnotes are numbered as in `numbered_through`. What only the old text has stands under keys of
    its own, so that a reference leads to what is there now.
    """
    parts = tuple(
        Part(
            name=part.name,
            id=part.id,
            blocks=tuple(
                _apart(entry) if drop is None else without(entry, drop)
                for entry in part.entries
                if drop is None or not _absent(entry.fate, drop)
            ),
        )
        for part in numbered_through(redline).parts
    )
    notice = " ".join(filter(None, (redline.notice, redline.new.notice)))
    return replace(redline.new, parts=parts, notice=notice)


def _apart(entry: Entry) -> Block:
    return replace(entry.block, key=f"before/{entry.block.key}") if entry.fate.only_old else entry.block


def numbered_through(redline: Redline) -> Redline:
    """`redline` with its footnotes numbered in the order of their calls, those of both texts together.

    Of one that only one of them calls all words are marked.
    """
    whole = counted(
        tuple(
            Part(name=part.name, id=part.id, blocks=tuple(entry.block for entry in part.entries))
            for part in redline.parts
        )
    )
    parts = tuple(
        replace(
            part,
            entries=tuple(replace(entry, block=block) for entry, block in zip(part.entries, other.blocks, strict=True)),
        )
        for part, other in zip(redline.parts, whole, strict=True)
    )
    return replace(redline, parts=parts)


def reading(redline: Redline, drop: Op) -> tuple[Printed, ...]:
    """What a redline prints without all that is marked as `drop`: the old document without INSERT, the new without
    DELETE. Its footnotes are numbered anew."""
    one = as_document(redline, drop)
    return printed(replace(one, parts=counted(one.parts)))


def _absent(fate: Fate, drop: Op) -> bool:
    return fate.only_new if drop is Op.INSERT else fate.only_old


def without(entry: Entry, drop: Op) -> Block:
    """The block of an entry without all that is marked as `drop`."""
    here = [not _absent(fate, drop) for fate in entry.rows]
    match entry.block:
        case Paragraph():
            return _one_side(entry.block, drop)
        case Heading():
            return replace(entry.block, inlines=left(entry.block.inlines, drop))
        case Table(head=head, rows=rows):
            remaining = tuple(_row(row, drop) for row, kept in zip(rows, here, strict=True) if kept)
            return replace(entry.block, head=tuple(left(cell, drop) for cell in head), rows=remaining)
        case Grid(cells=cells):
            return replace(
                entry.block,
                cells=tuple(
                    tuple(_one_side(one, drop) for one in cell) for cell, kept in zip(cells, here, strict=True) if kept
                ),
            )


def _row(row: Row, drop: Op) -> Row:
    return replace(row, cells=tuple(left(cell, drop) for cell in row.cells))


def _one_side(block: Paragraph, drop: Op) -> Paragraph:
    number = block.number
    if number is not None and number.was is not None:
        shown = number.was if drop is Op.INSERT else number.label
        number = replace(number, label=shown, was=None) if shown else None
    return replace(block, inlines=left(block.inlines, drop), number=number)


def left(inlines: tuple[Inline, ...], drop: Op) -> tuple[Inline, ...]:
    """What is left of `inlines` without what is marked as `drop`, nothing marked any more."""
    made: list[Inline] = []
    for inline in inlines:
        match inline:
            case Changed(op, children):
                made += left(children, drop) if op is not drop else ()
            case Remark():
                pass
            case Note():
                made.append(replace(inline, inlines=left(inline.inlines, drop)))
            case Text() | Break() | Placeholder():
                made.append(inline)
            case _:
                made.append(replace(inline, children=left(inline.children, drop)))
    return tuple(made)


def side_notes(blocks: Iterable[Block]) -> Iterator[tuple[Note, Op | None]]:
    """Every footnote that is called, with INSERT or DELETE where only one of the two texts calls it."""
    for block in blocks:
        for run in runs(block):
            yield from _side_notes(run, None)


def _side_notes(run: tuple[Inline, ...], op: Op | None) -> Iterator[tuple[Note, Op | None]]:
    for inline in run:
        match inline:
            case Note():
                yield inline, op
            case Changed(other, children):
                yield from _side_notes(children, other)
            case Text() | Break() | Placeholder():
                pass
            case _:
                yield from _side_notes(inline.children, op)


# --- footnotes -------------------------------------------------------------------------------------------------------


def counted(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """`parts` with their footnotes numbered through, in the order of their calls."""
    numbers = count(1)

    def called(run: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return _called(run, numbers)

    return tuple(replace(part, blocks=tuple(with_runs(block, called) for block in part.blocks)) for part in parts)


def _called(inlines: tuple[Inline, ...], numbers: Iterator[int], op: Op | None = None) -> tuple[Inline, ...]:
    """`inlines` with their footnotes numbered; all words of one that only one text calls are marked."""
    made: list[Inline] = []
    for inline in inlines:
        match inline:
            case Note(inlines=words):
                marked = words if op is None else (Changed(op, words),)
                made.append(replace(inline, number=next(numbers), inlines=marked))
            case Changed(other, children):
                made.append(replace(inline, children=_called(children, numbers, other)))
            case Text() | Break() | Placeholder():
                made.append(inline)
            case _:
                made.append(replace(inline, children=_called(inline.children, numbers, op)))
    return tuple(made)
