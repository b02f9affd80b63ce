"""The body of a page: an edition's blocks in rows and lists, footnotes at the end with links back.

Two languages stand in rows of two cells, each with its `lang` and `dir`; a heading stays one heading that holds both,
so that an outline is not doubled. Consecutive numbered paragraphs are items of a list, nested by level, whose markers
are the printed numbers themselves.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from lxml import etree

from paraph.model.document import Document, Edition, Part, pairs
from paraph.model.text import Block, Heading, Paragraph
from paraph.model.writing import NumberStyle
from paraph.render.html.column import Column, append, element, token
from paraph.render.html.pictures import Pictures

MakeColumn: TypeAlias = Callable[[Document, bool], Column]
"""Makes the column of a document; whether it stands beside another one."""


_NO_PICTURES = Pictures()


def body(edition: Edition, column: MakeColumn = Column, pictures: Pictures = _NO_PICTURES) -> str:
    """The blocks of `edition`, its pictures and its footnotes as HTML, to stand in the `<main>` of a page."""
    columns = [column(document, len(edition.documents) > 1) for document in edition.documents]
    parts = itertools.groupby(pairs(edition), key=lambda pair: pair[0].id)
    elements = [_part(columns, list(rows), pictures) for _, rows in parts]
    if any(True for document in edition.documents for _ in document.notes()):
        elements.append(_notes(columns))
    return "\n".join(etree.tostring(one, method="html", encoding="unicode", with_tail=False) for one in elements)


# --- parts and rows --------------------------------------------------------------------------------------------------

_Pair = tuple[Part, tuple[Block | None, ...]]


def _part(columns: list[Column], rows: list[_Pair], pictures: Pictures) -> etree._Element:
    part, firsts = rows[0]
    items = [_Item.of(blocks, pictures.beside(_key(blocks), _row(columns, part, blocks))) for _, blocks in rows]
    heading = next((block for block in firsts if isinstance(block, Heading) and block.level > 1), None)
    attributes = {"class_": f"part {token(part.name)}{pictures.classes(part)}"}
    if heading:
        return _nested(element("section", aria_labelledby=columns[0].id(heading.key), **attributes), items)
    return _nested(element("div", **attributes), items)


def _key(blocks: tuple[Block | None, ...]) -> str:
    return next((block.key for block in blocks if block is not None), "")


def _row(columns: list[Column], part: Part, blocks: tuple[Block | None, ...]) -> etree._Element:
    present = [(column, block) for column, block in zip(columns, blocks, strict=True) if block is not None]
    headings = [(column, block) for column, block in present if isinstance(block, Heading)]
    if len(columns) == 1:
        column, block = present[0]
        return column.block(block, part)
    if len(headings) == len(present):
        cells = [column.cell("span", *column.inlines(block.inlines)) for column, block in headings]
        first = headings[0][1]
        spaced = [piece for cell in cells for piece in (cell, " ")][:-1]
        return element(f"h{first.level}", *spaced, class_=f"{token(first.role)} row", id=columns[0].id(first.key))
    cells = []
    for column, maybe in zip(columns, blocks, strict=True):
        cells.append(column.cell("div", *([column.block(maybe, part)] if maybe is not None else [])))
    return element("div", *cells, class_="row")


@dataclass(frozen=True, slots=True)
class _Item:
    """A row with what lists need to know of it: its level, and "ol" or "ul" where it is an item of a list."""

    row: etree._Element
    level: int
    list_tag: str
    series: str
    follows: bool

    @classmethod
    def of(cls, blocks: tuple[Block | None, ...], row: etree._Element) -> _Item:
        first = next(block for block in blocks if block is not None)
        if not isinstance(first, Paragraph):
            return cls(row, 0, "", "", False)
        if first.number is None:
            return cls(row, first.level, "", "", first.level > 0)
        tag = "ul" if first.number.style is NumberStyle.BULLET else "ol"
        return cls(row, first.level, tag, first.number.series, False)


def _nested(parent: etree._Element, items: Iterable[_Item]) -> etree._Element:
    """Put `items` into `parent`: numbered ones into lists by level, an indented one into the item that it continues."""
    open_lists: list[tuple[int, str, etree._Element]] = []
    for item in items:
        while open_lists and (open_lists[-1][0] > item.level or not (item.list_tag or item.follows)):
            open_lists.pop()
        if item.follows:
            while open_lists and open_lists[-1][0] >= item.level:
                open_lists.pop()
        elif open_lists and open_lists[-1][0] == item.level and open_lists[-1][1] != item.list_tag + item.series:
            open_lists.pop()
        if item.list_tag and not (open_lists and open_lists[-1][0] == item.level):
            made = element(item.list_tag, role="list", class_="numbered")
            append(open_lists[-1][2][-1] if open_lists else parent, made)
            open_lists.append((item.level, item.list_tag + item.series, made))
        if item.list_tag:
            append(open_lists[-1][2], element("li", item.row))
        else:
            append(open_lists[-1][2][-1] if open_lists else parent, item.row)
    return parent


def _notes(columns: list[Column]) -> etree._Element:
    head_id = columns[0].id("notes")
    lists = [column.notes() for column in columns]
    if len(columns) == 1:
        heading = element("h2", columns[0].label("notes"), id=head_id)
        contents = [heading, *lists]
    else:
        names = [column.cell("span", column.label("notes")) for column in columns]
        heading = element(
            "h2", names[0], *(piece for name in names[1:] for piece in (" ", name)), id=head_id, class_="row"
        )
        cells = [column.cell("div", made) for column, made in zip(columns, lists, strict=True)]
        contents = [heading, element("div", *cells, class_="row")]
    section = element("section", class_="notes", role="doc-endnotes", aria_labelledby=head_id)
    for content in contents:
        append(section, content)
    return section
