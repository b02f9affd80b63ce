"""Two languages side by side: one table over the whole text, a row for each pair of blocks, its header row on each
page.

Numbers hang in the inner margin of a column as they hang in the margin of a page: the same styles serve both. What the
house says in one language stands beside what it says in the other; a logo or a rule stands once, over both.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from paraph.model.document import Edition, Part
from paraph.model.text import Block, Grid, Heading, Paragraph, Table
from paraph.ooxml.names import Element, attribute, el, name
from paraph.ooxml.tables import Cell, TableLook, TableRow, table
from paraph.ooxml.text import paragraph, run, words
from paraph.render.docx.body import Writer, column_widths, holds_on
from paraph.render.docx.house import has_picture
from paraph.render.docx.order import in_order_of_first, row_keys
from paraph.render.docx.template import text_of

HANG, APART = 510, 227
"""Twips: where numbers hang, and the space on the other side of a column."""

_LONG = 1_200
_LETTER = 90
"""Twips, of the small type of running lines: wider than most, in whichever font there is."""

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

    def paired_table(self, part: Part, tables: Sequence[Table | None], above: Sequence[Sequence[Element]]) -> Element:
        """Tables beside each other as one, row by row by their keys, under the names of the languages.

        `above` is the heading in each language: it belongs to the rows that repeat, since nothing else keeps it with
        the table.
        """
        counts = [len(one.head) if one else 1 for one in tables]
        widths: list[int] = []
        for position, one in enumerate(tables):
            inner = list(column_widths(self.width, one)) if one else [self.width]
            inner[0] += HANG if position else 0
            inner[-1] += APART if position < len(tables) - 1 else 0
            widths += inner
        rows = [self._spanned([[self._name(n, lined=False)] for n in range(len(tables))], counts)]
        if any(above):
            rows.append(self._spanned(above, counts))
        rows.append(TableRow(cells=self._table_cells(tables, None), head=True))
        keys = in_order_of_first([row_keys(one) for one in tables])
        rows += (TableRow(cells=self._table_cells(tables, key)) for key in keys)
        return table(widths, rows, self.writers[0].table_look(self._own(part, 0)))

    def _spanned(self, cells: Sequence[Sequence[Element]], counts: Sequence[int]) -> TableRow:
        made: list[Cell] = []
        for blocks, count, writer in zip(cells, counts, self.writers, strict=True):
            margins = (("left", HANG), ("right", APART)) if made else (("right", APART),)
            made.append(Cell(blocks=blocks or [writer.gap()], margins=margins, span=count))
        return TableRow(cells=made, head=True)

    def _table_cells(self, tables: Sequence[Table | None], key: str | None) -> list[Cell]:
        """The cells of one row in every language; `key` None is the header row."""
        made: list[Cell] = []
        for one, writer in zip(tables, self.writers, strict=True):
            found = one.head if one and key is None else None
            if one and key is not None:
                found = next((row.cells for row in one.rows if row.key == key), None)
            empty = [Cell(blocks=[writer.gap()]) for _ in range(len(one.head) if one else 1)]
            cells = writer.cells(found, head=key is None) if found is not None else empty
            made += [replace(cells[0], margins=(("left", HANG),)), *cells[1:]] if made else cells
        return made

    def pieces(
        self, part: Part, rows: Sequence[Blocks], slots: Sequence[Element | None]
    ) -> Iterator[TableRow | Element]:
        """What the blocks of a part become, pair by pair: rows, the rows of a grid, or a table of its own."""
        heading: Blocks | None = None
        for position, blocks in enumerate(rows):
            following = rows[position + 1] if position + 1 < len(rows) else ()
            if self._is_flat(blocks):
                above = self._cells(part, heading, [None] * len(slots)) if heading else []
                heading = None
                tables = [block if isinstance(block, Table) else None for block in blocks]
                yield self.paired_table(part, tables, above)
            elif self._is_flat(following) and any(isinstance(block, Heading) for block in blocks):
                heading = blocks
            elif all(block is None or isinstance(block, Grid) for block in blocks):
                yield from self._grid_rows([block if isinstance(block, Grid) else None for block in blocks])
            else:
                yield self._pair(part, blocks, slots)

    def _is_flat(self, blocks: Blocks) -> bool:
        """Whether tables can share their rows: not where one is read from right to left."""
        ltr = all(not writer.look.rtl for writer in self.writers)
        return ltr and bool(blocks) and all(block is None or isinstance(block, Table) for block in blocks)

    def _grid_rows(self, grids: Sequence[Grid | None]) -> Iterator[TableRow]:
        """A row for each cell. Whoever signs does so once, on one line over all languages."""
        keys = in_order_of_first([row_keys(one) for one in grids])
        by_key = [dict(zip(row_keys(one), one.cells, strict=True)) if one else {} for one in grids]
        signed = any(one.role.startswith("signature") for one in grids if one)
        for position, key in enumerate(keys):
            keep = holds_on(position, len(keys))
            found: list[tuple[Paragraph, ...]] = [cells.get(key, ()) for cells in by_key]
            if signed:
                yield self._line(next((lines[0].role for lines in found if lines), ""))
            yield self.row(
                [
                    [writer.paragraph(each, keep=keep, lined=not signed) for each in lines]
                    for lines, writer in zip(found, self.writers, strict=True)
                ]
            )

    def _line(self, role: str) -> TableRow:
        """The line of a role's style over the text of all columns."""
        (left, _), (_, right) = self._sides(0), self._sides(len(self.writers) - 1)
        blocks = [self.writers[0].line(role)]
        return TableRow(cells=[Cell(blocks=blocks, margins=(("left", left), ("right", right)), span=len(self.writers))])

    def _pair(self, part: Part, blocks: Blocks, slots: Sequence[Element | None]) -> TableRow:
        cells = self._cells(part, blocks, slots)
        length = max(sum(len(text_of(one)) for one in cell) for cell in cells)
        return self.row(cells, whole=length < _LONG and not any(isinstance(block, Table) for block in blocks))

    def _cells(self, part: Part, blocks: Blocks, slots: Sequence[Element | None]) -> list[list[Element]]:
        order = in_order_of_first([row_keys(block) for block in blocks])
        cells: list[list[Element]] = []
        for position, (writer, block, slot) in enumerate(zip(self.writers, blocks, slots, strict=True)):
            if isinstance(block, Table):
                by_key = {row.key: row for row in block.rows}
                block = replace(block, rows=tuple(by_key[key] for key in order if key in by_key))
            own = self._own(part, position)
            cells.append(list(writer.block(block, own, slot)) if block is not None else [])
        return cells

    def beside(self, stories: Sequence[Sequence[Element]]) -> Iterator[Element]:
        """The house's paragraphs of each language beside each other; what has no words (a logo) once, across."""
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

    def _name(self, position: int, *, lined: bool = True) -> Element:
        """The name of a language; `lined` False: without its style's line, where the table has one."""
        writer = self.writers[position]
        shown = run(writer.look, *words(writer.document.language.name))
        bare = [] if lined else [el("w:pBdr", None, el("w:bottom", {"w:val": "nil"}))]
        return paragraph(writer.style("Paraph House Column"), [shown], writer.look, properties=bare)

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
    """Bring the tab stops of a page's running lines into a column; after many words, what follows a tab stands on a
    line of its own."""
    for one in paragraphs:
        if len(text_of(one)) * _LETTER > width:
            for tab in one.iterfind(f".//{name('w:r')}/{name('w:tab')}"):
                tab.addprevious(el("w:br"))
        for tab in one.iter(name("w:tab")):
            if attribute(tab, "w:pos") and int(attribute(tab, "w:pos")) > width:
                tab.set(name("w:pos"), str(width))
