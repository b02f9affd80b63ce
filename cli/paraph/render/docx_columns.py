"""Two languages side by side: one table over the whole text, a row for each pair of blocks, its header row on each page.

Numbers hang in the inner margin of a column as they hang in the margin of a page: the same styles serve both. What the
house says in one language stands beside what it says in the other; a logo or a rule stands once, over both.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from paraph.model.document import Edition, Part
from paraph.model.text import Block, Grid, Paragraph, Table
from paraph.ooxml.names import Element, attribute, name
from paraph.ooxml.tables import Cell, TableLook, TableRow, shares, table
from paraph.ooxml.text import paragraph, run, words
from paraph.render.docx_body import Writer
from paraph.render.docx_house import has_picture
from paraph.render.docx_order import in_order_of_first, row_keys
from paraph.render.docx_template import text_of

HANG, APART = 510, 227
"""Twips: where numbers hang, and the space on the other side of a column."""

_LONG = 1_200

Blocks: TypeAlias = Sequence[Block | None]


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of an edition over a page of `text_width` twips, and who writes each."""

    edition: Edition
    text_width: int
    writers: tuple[Writer, ...]

    @property
    def width(self) -> int:
        """The width of a column's text."""
        return column_width(self.edition, self.text_width) - HANG - APART

    def table(self, rows: Sequence[TableRow], style: str = "") -> Element:
        """A table of `rows`; its outer margins stand in the page's, so that its text is as wide as the page's."""
        widths = [self.width + HANG + APART] * len(self.writers)
        return table(widths, rows, TableLook(style=style, caption=self._caption, indent=-self._sides(0)[0]))

    def row(self, cells: Sequence[Sequence[Element]], *, head: bool = False, whole: bool = True) -> TableRow:
        """A row of one cell per language; what is empty is filled with a gap."""
        made = []
        for position, (blocks, writer) in enumerate(zip(cells, self.writers, strict=True)):
            left, right = self._sides(position)
            made.append(Cell(blocks=blocks or [writer.gap()], margins=(("left", left), ("right", right))))
        return TableRow(cells=made, head=head, whole=whole)

    def names(self) -> TableRow:
        """The header row: each language by its own name."""
        return self.row([[self._name(position)] for position in range(len(self.writers))], head=True)

    def paired_table(self, part: Part, tables: Sequence[Table | None]) -> Element:
        """Tables beside each other as one, row by row by their keys, under the names of the languages."""
        counts = [len(one.head) if one else 1 for one in tables]
        widths: list[int] = []
        for one, count in zip(tables, counts, strict=True):
            inner = list(shares(self.width, one.widths if one else (1,) * count))
            inner[0] += HANG
            inner[-1] += APART
            widths += inner
        names = [Cell(blocks=[self._name(n)], margins=(("left", HANG),), span=count) for n, count in enumerate(counts)]
        rows = [TableRow(cells=names, head=True), TableRow(cells=self._table_cells(tables, None), head=True)]
        for key in in_order_of_first([row_keys(one) for one in tables]):
            rows.append(TableRow(cells=self._table_cells(tables, key)))
        look = self.writers[0].table_look(self._own(part, 0))
        return table(widths, rows, replace(look, indent=-HANG))

    def _table_cells(self, tables: Sequence[Table | None], key: str | None) -> list[Cell]:
        """The cells of one row in every language; `key` None is the header row."""
        made: list[Cell] = []
        for one, writer in zip(tables, self.writers, strict=True):
            found = one.head if one and key is None else None
            if one and key is not None:
                found = next((row.cells for row in one.rows if row.key == key), None)
            empty = [Cell(blocks=[writer.gap()]) for _ in range(len(one.head) if one else 1)]
            cells = writer.cells(found, head=key is None) if found is not None else empty
            made += [replace(cells[0], margins=(("left", HANG),)), *cells[1:]]
        return made

    def pieces(self, part: Part, blocks: Blocks, slots: Sequence[Element | None]) -> Iterator[TableRow | Element]:
        """What a pair of blocks becomes: a row, the rows of a grid, or a table of its own."""
        ltr = all(not writer.look.rtl for writer in self.writers)
        if ltr and all(block is None or isinstance(block, Table) for block in blocks):
            yield self.paired_table(part, [block if isinstance(block, Table) else None for block in blocks])
        elif all(block is None or isinstance(block, Grid) for block in blocks):
            yield from self._grid_rows([block if isinstance(block, Grid) else None for block in blocks])
        else:
            yield self._pair(part, blocks, slots)

    def _grid_rows(self, grids: Sequence[Grid | None]) -> Iterator[TableRow]:
        keys = in_order_of_first([row_keys(one) for one in grids])
        for key in keys:
            cells = []
            for one, writer in zip(grids, self.writers, strict=True):
                found: tuple[Paragraph, ...] = (
                    dict(zip(row_keys(one), one.cells, strict=True)).get(key, ()) if one else ()
                )
                cells.append([writer.paragraph(each, keep=key != keys[-1]) for each in found])
            yield self.row(cells)

    def _pair(self, part: Part, blocks: Blocks, slots: Sequence[Element | None]) -> TableRow:
        order = in_order_of_first([row_keys(block) for block in blocks])
        cells: list[list[Element]] = []
        for position, (writer, block, slot) in enumerate(zip(self.writers, blocks, slots, strict=True)):
            if isinstance(block, Table):
                by_key = {row.key: row for row in block.rows}
                block = replace(block, rows=tuple(by_key[key] for key in order if key in by_key))
            own = self._own(part, position)
            cells.append(list(writer.block(block, own, slot)) if block is not None else [])
        length = max(sum(len(text_of(one)) for one in cell) for cell in cells)
        return self.row(cells, whole=length < _LONG and not order)

    def beside(self, stories: Sequence[Sequence[Element]]) -> Iterator[Element]:
        """The house's paragraphs of each language beside each other; what has no words (a logo, a rule) once, across."""
        split = [_segments(story) for story in stories]
        across = split[0][1]
        for position, segments in enumerate(itertools.zip_longest(*(parts for parts, _ in split), fillvalue=[])):
            if any(segments):
                yield self.table([self.row(segments)])
            if position < len(across):
                yield across[position]

    @property
    def _caption(self) -> str:
        return self.edition.documents[0].title

    def _name(self, position: int) -> Element:
        writer = self.writers[position]
        shown = run(writer.look, *words(writer.document.language.name))
        return paragraph(writer.style("Paraph House Column"), [shown], writer.look)

    def _own(self, part: Part, position: int) -> Part:
        """The same part in another language: a table there is described by its own heading."""
        return next((one for one in self.writers[position].document.parts if one.id == part.id), part)

    def _sides(self, position: int) -> tuple[int, int]:
        return _sides(self.edition, position)


def column_width(edition: Edition, text_width: int) -> int:
    """The width of a column with its margins; those at the outer edges stand in the page's margins."""
    count = len(edition.documents)
    return (text_width + _sides(edition, 0)[0] + _sides(edition, count - 1)[1]) // count


def _sides(edition: Edition, position: int) -> tuple[int, int]:
    rtl = edition.documents[position].language.direction == "rtl"
    return (APART, HANG) if rtl else (HANG, APART)


def _segments(story: Sequence[Element]) -> tuple[list[list[Element]], list[Element]]:
    """Runs of elements with words, and the elements without that stand between them."""
    segments: list[list[Element]] = [[]]
    across: list[Element] = []
    for one in story:
        if has_picture(one) or not text_of(one).strip():
            across.append(one)
            segments.append([])
        else:
            segments[-1].append(one)
    return segments, across


def fit_tabs(paragraphs: Sequence[Element], width: int) -> None:
    """Bring the tab stops of a page's running lines into a column."""
    for one in paragraphs:
        for tab in one.iter(name("w:tab")):
            if attribute(tab, "w:pos") and int(attribute(tab, "w:pos")) > width:
                tab.set(name("w:pos"), str(width))
