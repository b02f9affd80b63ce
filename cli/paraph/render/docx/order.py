"""The order in which an edition in two languages is written: that of the first, whatever the others would do alone.

Lists of members and terms are sorted again in each language; side by side they stand row by row, the same member, the
same term, in the order of the first language. Writing and reading back agree on this and on nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from paraph.model.document import Document, Edition, pairs
from paraph.model.text import Block, Grid, Table


def in_order_of_first(keys: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """All keys of several lists, in the order of the first; those that it lacks stand at the end."""
    return tuple(dict.fromkeys(key for one in keys for key in one))


def row_keys(block: Block | None) -> tuple[str, ...]:
    """The rows of a table or the cells of a grid by their keys; of anything else, nothing."""
    match block:
        case Table():
            return tuple(row.key for row in block.rows)
        case Grid():
            return tuple(cell[0].key if cell else str(position) for position, cell in enumerate(block.cells))
        case _:
            return ()


def own_order(edition: Edition, position: int) -> tuple[int, ...]:
    """For each paragraph of the document at `position`, in its own order, where the edition's file has it."""
    document = edition.documents[position]
    written: list[tuple[str, str, int]] = []
    for _, blocks in pairs(edition):
        block = blocks[position]
        if block is not None:
            written += _units(block, in_order_of_first([row_keys(one) for one in blocks]))
    at = {unit: place for place, unit in enumerate(written)}
    return tuple(at[unit] for unit in _alone(document))


def _alone(document: Document) -> Iterator[tuple[str, str, int]]:
    for block in document.blocks():
        yield from _units(block, row_keys(block))


def _units(block: Block, order: Sequence[str]) -> Iterator[tuple[str, str, int]]:
    """The paragraphs of a block, each by the keys that find it again."""
    match block:
        case Table():
            yield from ((block.key, "", n) for n in range(len(block.head)))
            rows = {row.key: len(row.cells) for row in block.rows}
        case Grid():
            rows = {key: len(cell) for key, cell in zip(row_keys(block), block.cells, strict=True)}
        case _:
            yield (block.key, "", 0)
            return
    for key in order:
        yield from ((block.key, key, n) for n in range(rows.get(key, 0)))
