"""Two blocks in one: what both documents say in one place, or what only one of them says there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from paraph.markup.pairing import staying
from paraph.markup.pieces import changed, pieces, spans_together
from paraph.model.redline import Fate, label, left
from paraph.model.text import (
    Block,
    Changed,
    Grid,
    Heading,
    Inline,
    Number,
    Op,
    Paragraph,
    Row,
    Table,
    everything,
    runs,
)


def stayed(old: Block, new: Block) -> tuple[Block, tuple[Fate, ...]]:
    """Both in one, of one kind, and the fates of their rows or cells."""
    match old, new:
        case Paragraph(), Paragraph():
            return _paragraph(old, new), ()
        case Heading(), Heading():
            return replace(new, inlines=changed(old.inlines, new.inlines)), ()
        case Table(), Table():
            return _table(old, new)
        case Grid(), Grid():
            return _grid(old, new)
    raise AssertionError("only blocks of one kind are paired")


def moved(old: tuple[Inline, ...], new: tuple[Inline, ...], op: Op) -> tuple[Inline, ...]:
    """One side of what moved, all of it inserted or deleted: what is the same at the other side is marked as moved."""
    made: list[Inline] = []
    for piece in pieces(old, new):
        if piece.op in (Op.KEEP, op):
            side = left(piece.new, Op.DELETE) if op is Op.INSERT else piece.old  # a footnote holds its difference
            made.append(Changed(op, side, moved=piece.op is Op.KEEP))
    return spans_together(made)


def whole(block: Block, op: Op) -> Block:
    """A block that only one of the documents has."""
    match block:
        case Paragraph() | Heading():
            return replace(block, inlines=_all_changed(block.inlines, op))
        case Table():
            rows = tuple(_row(row, op) for row in block.rows)
            return replace(block, head=tuple(_all_changed(cell, op) for cell in block.head), rows=rows)
        case Grid():
            return replace(block, cells=tuple(_cell(cell, op) for cell in block.cells))


def _all_changed(inlines: tuple[Inline, ...], op: Op) -> tuple[Inline, ...]:
    return (Changed(op, inlines),) if inlines else ()


def _row(row: Row, op: Op) -> Row:
    return replace(row, cells=tuple(_all_changed(cell, op) for cell in row.cells))


def _cell(cell: tuple[Paragraph, ...], op: Op) -> tuple[Paragraph, ...]:
    return tuple(replace(one, inlines=_all_changed(one.inlines, op)) for one in cell)


def all_rows(block: Block, fate: Fate) -> tuple[Fate, ...]:
    """`fate` for each row of a table or cell of a grid."""
    match block:
        case Table():
            return (fate,) * len(block.rows)
        case Grid():
            return (fate,) * len(block.cells)
        case _:
            return ()


def differs(block: Block) -> bool:
    """Whether any words of a block are marked."""
    return _marked(*runs(block))


def _marked(*some: tuple[Inline, ...]) -> bool:
    return any(isinstance(one, Changed) for run in some for one in everything(run))


# --- numbers ---------------------------------------------------------------------------------------------------------


def numbered(block: Block, *, was: str, now: str) -> Block:
    """A number or a bullet that only one of the documents has here."""
    if isinstance(block, Paragraph) and block.number:
        return replace(block, number=replace(block.number, was=was, label=now))
    return block


def _paragraph(old: Paragraph, new: Paragraph) -> Paragraph:
    number: Number | None = new.number
    before, after = label(old), label(new)
    if before != after:
        number = new.number or old.number
        assert number is not None
        number = replace(number, was=before, label=after)
    return replace(new, inlines=changed(old.inlines, new.inlines), number=number)


# --- rows ------------------------------------------------------------------------------------------------------------


def _table(old: Table, new: Table) -> tuple[Table, tuple[Fate, ...]]:
    rows, fates = [], []
    order = _lines([row.key for row in old.rows], [row.key for row in new.rows])
    for one, other in order:
        before = old.rows[one] if one is not None else None
        after = new.rows[other] if other is not None else None
        if before and after and len(before.cells) == len(after.cells):
            cells = tuple(changed(was, now) for was, now in zip(before.cells, after.cells, strict=True))
            rows.append(replace(after, cells=cells))
            fates.append(Fate.CHANGED if _marked(*cells) else Fate.KEPT)
            continue
        if before:
            rows.append(_row(before, Op.DELETE))
            fates.append(Fate.REMOVED)
        if after:
            rows.append(_row(after, Op.INSERT))
            fates.append(Fate.ADDED)
    head = tuple(changed(was, now) for was, now in zip(old.head, new.head, strict=True))
    return replace(new, head=head, rows=tuple(rows)), tuple(fates)


def _grid(old: Grid, new: Grid) -> tuple[Grid, tuple[Fate, ...]]:
    """Cells that come or go would push the others from column to column: then there is one column."""
    cells: list[tuple[Paragraph, ...]] = []
    fates = []
    for one, other in _lines(_cell_keys(old), _cell_keys(new)):
        before = old.cells[one] if one is not None else None
        after = new.cells[other] if other is not None else None
        if before is not None and after is not None and len(before) == len(after):
            merged = tuple(_paragraph(was, now) for was, now in zip(before, after, strict=True))
            cells.append(merged)
            fates.append(Fate.CHANGED if _marked(*(line.inlines for line in merged)) else Fate.KEPT)
            continue
        if before is not None:
            cells.append(_cell(before, Op.DELETE))
            fates.append(Fate.REMOVED)
        if after is not None:
            cells.append(_cell(after, Op.INSERT))
            fates.append(Fate.ADDED)
    even = all(fate in (Fate.KEPT, Fate.CHANGED) for fate in fates) and old.columns == new.columns
    return replace(new, cells=tuple(cells), columns=new.columns if even else 1), tuple(fates)


def _cell_keys(grid: Grid) -> list[str]:
    return [cell[0].key if cell else str(position) for position, cell in enumerate(grid.cells)]


def _lines(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int | None, int | None]]:
    """Rows of both by their keys, in an order that holds both of theirs; one that changed its place stands twice."""
    places = {key: n for n, key in reversed([*enumerate(new)])}
    first = {key: n for n, key in reversed([*enumerate(old)])}
    pairs = [(n, places[key]) for n, key in enumerate(old) if key in places and first[key] == n]
    i, j = 0, 0
    for one, other in (*sorted(staying(pairs, [1] * len(pairs))), (len(old), len(new))):
        yield from ((n, None) for n in range(i, one))
        yield from ((None, n) for n in range(j, other))
        if one < len(old):
            yield one, other
        i, j = one + 1, other + 1
