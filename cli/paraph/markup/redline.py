"""The redline of two documents: which blocks are the same, what became of each, and their words in one text."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from paraph.markup.merging import all_rows, differs, moved, numbered, stayed, whole
from paraph.markup.pairing import Unit, pair, staying
from paraph.markup.segmentation import words
from paraph.model.document import Document, Part
from paraph.model.redline import Entry, Fate, Redline, RedlinePart, label
from paraph.model.text import QUOTATIONS, Block, Grid, Heading, Op, Paragraph, Table, plain

_TABLE = 20
"""How much a table or a grid weighs, in words, where it must be told what moved and what stayed."""


def redline(old: Document, new: Document) -> Redline:
    """Both documents in one, paired by section, clause and words. Nothing of either is lost, nor out of its order."""
    before, after = list(_places(old)), list(_places(new))
    found = pair([place.unit for place in before], [place.unit for place in after])
    pairs = sorted(found.items())
    stay = sorted(staying(pairs, [len(before[one].unit.words) or _TABLE for one, _ in pairs]))
    entries = list(_in_order(before, after, found, stay))
    parts = itertools.groupby(entries, key=lambda entry: entry[0].id)
    made = []
    for _, run in parts:
        placed = list(run)
        part = placed[-1][0]
        made.append(RedlinePart(name=part.name, id=part.id, entries=tuple(entry for _, entry in placed)))
    return Redline(old=old, new=new, parts=tuple(made))


@dataclass(frozen=True, slots=True)
class _Place:
    part: Part
    block: Block
    unit: Unit


def _places(document: Document) -> Iterator[_Place]:
    for part in document.parts:
        for block in part.blocks:
            match block:
                case Paragraph() | Heading():
                    kind: tuple[object, ...] = (type(block),)
                    text = words(plain(block.inlines))
                case Table():
                    kind, text = (Table, len(block.head)), ()
                case Grid():
                    kind, text = (Grid,), ()
            yield _Place(part, block, Unit(block.key, kind, text))


_Placed = tuple[Part, Entry]


def _set_alike(old: Block, new: Block) -> bool:
    """Whether a paragraph is set as it was, where neither words nor numbers would tell: as a quotation, how deep."""
    if not isinstance(old, Paragraph) or not isinstance(new, Paragraph):
        return True
    quoted = (old.role in QUOTATIONS) == (new.role in QUOTATIONS)
    return quoted and (old.level == new.level or label(old) != label(new))


def _in_order(
    before: Sequence[_Place], after: Sequence[_Place], found: dict[int, int], stay: Sequence[tuple[int, int]]
) -> Iterator[_Placed]:
    """What stays, in order, and between two that stay what only the old text has there, then what only the new has.

    What stays in its words alone, set otherwise, is removed and added: a mark on its words is all that would show it.
    """
    sources = {other: one for one, other in found.items()}
    i, j = 0, 0
    for one, other in (*stay, (len(before), len(after))):
        gone = [_gone(before[n], after[found[n]] if n in found else None) for n in range(i, one)]
        come = [_come(after[n], before[sources[n]] if n in sources else None) for n in range(j, other)]
        yield from _by_parts(gone, come)
        if one < len(before):
            there = after[other]
            if _set_alike(before[one].block, there.block):
                yield there.part, _stayed(before[one].block, there.block)
            else:
                yield there.part, _gone(before[one], None)[1]
                yield _come(there, None)
        i, j = one + 1, other + 1


def _by_parts(gone: Sequence[_Placed], come: Sequence[_Placed]) -> Iterator[_Placed]:
    """Both, part by part where they share one: what left a section stands before what came into it."""
    groups = [[list(run) for _, run in itertools.groupby(side, key=lambda entry: entry[0].id)] for side in (gone, come)]
    left, right = groups
    while left and right:
        here = left[0][0][0].id
        if here == right[0][0][0].id:
            yield from (*left.pop(0), *right.pop(0))
        elif any(run[0][0].id == here for run in right):
            yield from right.pop(0)
        else:
            yield from left.pop(0)
    for run in (*left, *right):
        yield from run


def _stayed(old: Block, new: Block) -> Entry:
    block, rows = stayed(old, new)
    fate = Fate.CHANGED if differs(block) or any(row is not Fate.KEPT for row in rows) else Fate.KEPT
    return Entry(fate=fate, old=old, new=new, block=block, rows=rows)


def _gone(place: _Place, other: _Place | None) -> _Placed:
    old, away = place.block, _moves(place, other)
    if isinstance(old, Paragraph | Heading) and away is not None:
        block: Block = replace(old, inlines=moved(old.inlines, away.inlines, Op.DELETE))
    else:
        block = whole(old, Op.DELETE)
    entry = Entry(
        fate=Fate.REMOVED if away is None else Fate.MOVED_AWAY,
        old=old,
        new=None,
        block=numbered(block, was=label(old), now=""),
        other=away,
        rows=all_rows(block, Fate.REMOVED),
    )
    return place.part, entry


def _come(place: _Place, other: _Place | None) -> _Placed:
    new, origin = place.block, _moves(place, other)
    if isinstance(new, Paragraph | Heading) and origin is not None:
        block: Block = replace(new, inlines=moved(origin.inlines, new.inlines, Op.INSERT))
    else:
        block = whole(new, Op.INSERT)
    entry = Entry(
        fate=Fate.ADDED if origin is None else Fate.MOVED_HERE,
        old=None,
        new=new,
        block=numbered(block, was="", now=label(new)),
        other=origin,
        rows=all_rows(block, Fate.ADDED),
    )
    return place.part, entry


def _moves(place: _Place, other: _Place | None) -> Paragraph | Heading | None:
    """The block at the other place. A table has no move that a word processor would know: it is removed and added."""
    there = other.block if other is not None else None
    return there if isinstance(place.block, Paragraph | Heading) and isinstance(there, Paragraph | Heading) else None
