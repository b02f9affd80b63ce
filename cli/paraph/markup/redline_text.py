"""A redline as plain lines: for a terminal, and for programs."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from paraph.markup.diff import Change
from paraph.model.redline import Entry, Fate, Redline, label, numbered_through, side_notes
from paraph.model.text import (
    Break,
    Changed,
    ClauseRef,
    Grid,
    Heading,
    Inline,
    Note,
    Op,
    Paragraph,
    Placeholder,
    Table,
    Text,
    plain,
)

_BETWEEN_CELLS = " | "
_ALL_OF = {Op.INSERT: Fate.ADDED, Op.DELETE: Fate.REMOVED}


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A paragraph, a row of a table, a cell of a grid or a footnote, and what became of it.

    `was` and `number` are the numbers that it had and has, "" for none; of what moved, `other` is the number at the
    other place. The changes joined without the inserted ones are the old words, without the deleted ones the new.
    """

    part: str
    key: str
    fate: Fate
    was: str
    number: str
    changes: tuple[Change, ...]
    other: str = ""


def told(redline: Redline) -> Iterator[Told]:
    """Every line in its order, the footnotes last."""
    whole = numbered_through(redline)
    for part in whole.parts:
        for entry in part.entries:
            yield from _entry(part.id, entry)
    for note, op in side_notes(entry.block for entry in whole.entries()):
        changes = tuple(_joined(_flat(note.inlines, op or Op.KEEP)))
        fate = _ALL_OF.get(changes[0].op, Fate.KEPT) if len(changes) == 1 else Fate.CHANGED
        number = f"[{note.number}]"
        yield Told(part="notes", key=note.key, fate=fate, was=number, number=number, changes=changes)


def _entry(part: str, entry: Entry) -> Iterator[Told]:
    block = entry.block
    match block:
        case Paragraph() | Heading():
            was, number = entry.numbers
            yield Told(
                part=part,
                key=block.key,
                fate=entry.fate,
                was=was,
                number=number,
                changes=tuple(_joined(_flat(block.inlines, Op.KEEP))),
                other=label(entry.other),
            )
        case Table():
            whole = Fate.KEPT if entry.fate is Fate.CHANGED else entry.fate
            yield _row(part, block.key, whole, block.head)
            for row, fate in zip(block.rows, entry.rows, strict=True):
                yield _row(part, row.key, fate, row.cells)
        case Grid():
            for cell, fate in zip(block.cells, entry.rows, strict=True):
                yield _row(part, block.key, fate, tuple(one.inlines for one in cell))


def _row(part: str, key: str, fate: Fate, runs: tuple[tuple[Inline, ...], ...]) -> Told:
    changes: list[Change] = []
    for position, run in enumerate(runs):
        changes += [Change(Op.KEEP, _BETWEEN_CELLS)] if position else []
        changes += _flat(run, Op.KEEP)
    return Told(part=part, key=key, fate=fate, was="", number="", changes=tuple(_joined(changes)))


def _flat(run: tuple[Inline, ...], op: Op) -> Iterator[Change]:
    for inline in run:
        match inline:
            case Changed(other, children):
                yield from _flat(children, other)
            case Note():
                yield Change(op, f"[{inline.number}]")
            case Text() | Break() | Placeholder() | ClauseRef(children=()):
                yield Change(op, plain((inline,)))
            case _:
                yield from _flat(inline.children, op)


def _joined(changes: Iterator[Change] | list[Change]) -> Iterator[Change]:
    for op, run in itertools.groupby(changes, key=lambda one: one.op):
        yield Change(op, "".join(one.text for one in run))
