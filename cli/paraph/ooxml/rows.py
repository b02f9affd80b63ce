"""The walk through a table: its rows and cells, also those inside content controls and tracked changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from paraph.ooxml.around import Around, count, hand, hand_of
from paraph.ooxml.look import shade_of
from paraph.ooxml.names import Element, attribute, name
from paraph.ooxml.setting import of_cell, of_row, of_table, switched
from paraph.ooxml.shown import Cell

if TYPE_CHECKING:
    from paraph.ooxml.walk import Walk

_W = name("w:p")[:-1]


def walk_table(walk: Walk, element: Element, around: Around) -> None:
    """Walk over the cells of a table, row by row."""
    table, walk.tables = walk.tables, walk.tables + 1
    properties = element.find(name("w:tblPr"))
    style = attribute(properties.find(name("w:tblStyle")), "w:val") if properties is not None else ""
    around = replace(around, table_style=style, setting={**around.setting, **of_table(properties)})
    for number, (row, holder) in enumerate(_through(walk, element, "tr", around)):
        of = _row(row, holder)
        properties = row.find(name("w:trPr"))
        column = count(properties, "gridBefore", 0)
        for cell, inner in _through(walk, row, "tc", of):
            about = cell.find(name("w:tcPr"))
            walk.children(cell, _cell(about, inner, Cell(table, number, column)))
            column += count(about, "gridSpan", 1)


def _row(row: Element, around: Around) -> Around:
    properties = row.find(name("w:trPr"))
    own = {**of_table(row.find(name("w:tblPrEx"))), **of_row(properties)}
    return replace(
        around,
        inserted=hand_of(properties, "ins") or around.inserted,
        deleted=hand_of(properties, "del") or around.deleted,
        hidden=around.hidden or bool(switched(properties, "w:hidden")),
        setting={**around.setting, **own},
    )


def _cell(properties: Element | None, around: Around, place: Cell) -> Around:
    """A cell that is merged into the one above, or before, shows nothing."""
    merged = [properties.find(name(f"w:{kind}Merge")) for kind in ("v", "h")] if properties is not None else []
    hidden = any(one is not None and attribute(one, "w:val") != "restart" for one in merged)
    return replace(
        around,
        cells=(*around.cells, place),
        inserted=hand_of(properties, "cellIns") or around.inserted,
        deleted=hand_of(properties, "cellDel") or around.deleted,
        shade=shade_of(properties),
        setting={**around.setting, **of_cell(properties)},
        hidden=around.hidden or hidden,
    )


def _through(walk: Walk, element: Element, wanted: str, around: Around) -> Iterator[tuple[Element, Around]]:
    """The rows of a table, or the cells of a row, and what is around each. Bookmarks and comments between them begin
    and end as they come."""
    for child in element:
        local = str(child.tag)[len(_W) :] if isinstance(child.tag, str) and child.tag.startswith(_W) else ""
        if local == wanted:
            yield child, around
        elif local.startswith(("bookmark", "commentRange")):
            walk.one(child, around)
        elif local == "sdt":
            inner = walk.control(child, around)
            for content in child.findall(name("w:sdtContent")):
                yield from _through(walk, content, wanted, inner)
        elif local in ("ins", "moveTo"):
            yield from _through(walk, child, wanted, replace(around, inserted=hand(child)))
        elif local in ("del", "moveFrom"):
            yield from _through(walk, child, wanted, replace(around, deleted=hand(child)))
        elif local in ("customXml", "smartTag"):
            yield from _through(walk, child, wanted, around)
