"""The walk through a table: its rows and cells, also those inside content controls and tracked changes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING

from paraph.ooxml.archive import PackageError
from paraph.ooxml.names import Element, attribute, name
from paraph.ooxml.reading.context import Context, count, hand, hand_of
from paraph.ooxml.reading.formatting import CELL_MARGINS, of_exceptions, of_row, of_table, switched
from paraph.ooxml.reading.properties import CellProperties
from paraph.ooxml.reading.shown import Cell

if TYPE_CHECKING:
    from paraph.ooxml.reading.walk import Walk

_W = name("w:p")[:-1]
_HOLDERS = frozenset(
    f"{_W}{kind}" for kind in ("sdt", "sdtContent", "ins", "moveTo", "del", "moveFrom", "customXml", "smartTag")
)
_T, _SYMBOL, _GRID = name("w:t"), name("w:sym"), f"{name('w:tblGrid')}/{name('w:gridCol')}"
_FLOATS = name("w:tblpPr")
_FAR = 100_000
_BESIDE = (f"{_W}bookmark", f"{_W}commentRange")


def walk_table(walk: Walk, element: Element, around: Context) -> None:
    """Walk over the cells of a table, row by row."""
    table, walk.tables = walk.tables, walk.tables + 1
    properties = element.find(name("w:tblPr"))
    style = attribute(properties.find(name("w:tblStyle")), "w:val") if properties is not None else ""
    outer = {aspect: said for aspect, said in around.formatting.items() if aspect not in CELL_MARGINS}
    around = around._replace(table_style=style, formatting={**outer, **of_table(properties)})
    if properties is not None and properties.find(_FLOATS) is not None:
        walk.remark("a table that floats, which may lie over words", around)
    grid = [0, *itertools.accumulate(_measure(one) for one in element.iterfind(_GRID))]
    number, heads = -1, 0
    for number, (row, holder) in enumerate(_through(walk, element, f"{_W}tr", around)):
        of = _row(row, holder)
        properties = row.find(name("w:trPr"))
        heads += bool(switched(properties, "w:tblHeader"))
        column = count(properties, "gridBefore", 0)
        at = _measure(properties.find(name("w:wBefore"))) if properties is not None else 0
        for cell, inner in _through(walk, row, f"{_W}tc", of):
            about = walk.properties.cell(cell.find(name("w:tcPr")))
            begin, end = (grid[min(edge, len(grid) - 1)] for edge in (column, column + about.span))
            width = end - begin
            walk.children(cell, _cell(about, inner, Cell(table, number, column), max(at, begin), width))
            at, column = at + (about.width or width), column + about.span
    if heads > max(number, 1):
        walk.remark("a table whose rows are heads alone, which may leave them unseen", around)


def _row(row: Element, around: Context) -> Context:
    properties = row.find(name("w:trPr"))
    own = {**of_exceptions(row.find(name("w:tblPrEx"))), **of_row(properties)}
    return around._replace(
        inserted=hand_of(properties, "ins") or around.inserted,
        deleted=hand_of(properties, "del") or around.deleted,
        hidden=around.hidden or bool(switched(properties, "w:hidden")),
        formatting={**around.formatting, **own},
    )


def _measure(element: Element | None) -> int:
    """A width in twentieths of a point, 0 where none is said; what is no number leads far off the page."""
    said = attribute(element, "w:w") or "0"
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 6 else _FAR


def _cell(said: CellProperties, around: Context, place: Cell, at: int, width: int) -> Context:
    """What is around a cell: it begins `at` so many twentieths of a point from the edge of its table, and is `width` of
    them wide by the table's columns (0: they do not say), which hold where it says nothing itself."""
    own = {**said.formatting, "width of the cell": str(width)} if width and not said.width else said.formatting
    return around._replace(
        cells=(*around.cells, place),
        inserted=said.inserted or around.inserted,
        formatting={**around.formatting, **own, "place of the cell": str(at)},
        hidden=around.hidden or said.merged,
    )


def _through(walk: Walk, element: Element, wanted: str, around: Context) -> Iterator[tuple[Element, Context]]:
    """The rows of a table, or the cells of a row, and what is around each. Bookmarks and comments between them begin
    and end as they come."""
    for child in element:
        tag = child.tag
        if tag == wanted:
            yield child, around
        elif tag in _HOLDERS:
            yield from _held(walk, child, tag[len(_W) :], wanted, around)
        elif isinstance(tag, str) and tag.startswith(_BESIDE):
            walk.one(child, around)
        elif isinstance(tag, str) and next(child.iter(_T, _SYMBOL), None) is not None:
            raise PackageError(
                "The Word file has words in a table that stand in no cell of it: programs show them or not",
                "Open it in Word, save it under a new name, and send that file.",
            )


def _held(walk: Walk, holder: Element, kind: str, wanted: str, around: Context) -> Iterator[tuple[Element, Context]]:
    """Those inside a content control, a tracked change, a tag of one's own."""
    if kind == "sdt":
        yield from _through(walk, holder, wanted, walk.control(holder, around))
    elif kind in ("ins", "moveTo"):
        yield from _through(walk, holder, wanted, around._replace(inserted=hand(holder)))
    elif kind in ("del", "moveFrom"):
        yield from _through(walk, holder, wanted, around._replace(deleted=hand(holder)))
    else:
        yield from _through(walk, holder, wanted, around)
