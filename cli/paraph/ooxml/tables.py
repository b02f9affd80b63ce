"""Tables: fixed widths, header rows that repeat, rows that stay whole, direction from the language."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from paraph.ooxml.names import Attributes, Element, el


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """The blocks of a cell, the space (twips) between its edges and its text where that is its own, its width in
    columns, and a content control that it stands in (`w:sdt` with empty content). `fill` is the colour of its ground
    (#rrggbb), `frame` that of a dashed line around it; `middle`: its blocks stand in the middle of its height.
    """

    blocks: Sequence[Element]
    margins: tuple[tuple[str, int], ...] = ()
    span: int = 1
    control: Element | None = None
    fill: str = ""
    frame: str = ""
    middle: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class TableRow:
    """A row; `head` repeats on each page, `whole` is not broken across pages; at least `height` twips high."""

    cells: Sequence[Cell]
    head: bool = False
    whole: bool = True
    height: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class TableLook:
    """A table style's id, and what describes the table to those who do not see it.

    `first_row`: the style's look for it. `indent` moves the table from the margin, in twips.
    """

    style: str = ""
    rtl: bool = False
    caption: str = ""
    first_row: bool = False
    indent: int = 0


def table(widths: Sequence[int], rows: Iterable[TableRow], look: TableLook) -> Element:
    """A table as wide as its columns together."""
    properties = el("w:tblPr")
    if look.style:
        properties.append(el("w:tblStyle", {"w:val": look.style}))
    if look.rtl:
        properties.append(el("w:bidiVisual"))
    properties.append(el("w:tblW", {"w:w": sum(widths), "w:type": "dxa"}))
    if look.indent:
        properties.append(el("w:tblInd", {"w:w": look.indent, "w:type": "dxa"}))
    properties.append(el("w:tblLayout", {"w:type": "fixed"}))
    shown = {"w:firstRow": int(look.first_row), "w:lastRow": 0, "w:firstColumn": 0, "w:lastColumn": 0}
    value = "0420" if look.first_row else "0400"
    properties.append(el("w:tblLook", {"w:val": value, **shown, "w:noHBand": 0, "w:noVBand": 1}))
    if look.caption:
        properties.append(el("w:tblCaption", {"w:val": look.caption}))
    grid = el("w:tblGrid", None, *(el("w:gridCol", {"w:w": width}) for width in widths))
    return el("w:tbl", None, properties, grid, *(_row(widths, row) for row in rows))


def _row(widths: Sequence[int], row: TableRow) -> Element:
    properties = el("w:trPr")
    if row.whole:
        properties.append(el("w:cantSplit"))
    if row.height:
        properties.append(el("w:trHeight", {"w:val": row.height, "w:hRule": "atLeast"}))
    if row.head:
        properties.append(el("w:tblHeader"))
    cells, at = [], 0
    for cell in row.cells:
        cells.append(_cell(sum(widths[at : at + cell.span]), cell))
        at += cell.span
    return el("w:tr", None, *([properties] if len(properties) else []), *cells)


def _cell(width: int, cell: Cell) -> Element:
    properties = el("w:tcPr", None, el("w:tcW", {"w:w": width, "w:type": "dxa"}))
    if cell.span > 1:
        properties.append(el("w:gridSpan", {"w:val": cell.span}))
    if cell.frame:
        line: Attributes = {"w:val": "dashed", "w:sz": 6, "w:space": 0, "w:color": _bare(cell.frame)}
        sides = ("top", "left", "bottom", "right")
        properties.append(el("w:tcBorders", None, *(el(f"w:{side}", line) for side in sides)))
    if cell.fill:
        properties.append(el("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": _bare(cell.fill)}))
    if cell.margins:
        spaces = (el(f"w:{side}", {"w:w": space, "w:type": "dxa"}) for side, space in cell.margins)
        properties.append(el("w:tcMar", None, *spaces))
    if cell.middle:
        properties.append(el("w:vAlign", {"w:val": "center"}))
    made = el("w:tc", None, properties, *cell.blocks)
    if cell.control is None:
        return made
    cell.control[-1].append(made)
    return cell.control


def _bare(colour: str) -> str:
    return colour.removeprefix("#").upper()


def shares(width: int, parts: Sequence[int]) -> tuple[int, ...]:
    """`width` divided as `parts` say, to the last twip."""
    total, ends, upto = sum(parts), [0], 0
    for part in parts:
        upto += part
        ends.append(width * upto // total)
    return tuple(after - before for before, after in itertools.pairwise(ends))
