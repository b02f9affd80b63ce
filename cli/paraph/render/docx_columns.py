"""Two languages side by side: one table over the whole text, a row for each pair of blocks, its header row on each page.

Numbers hang in the inner margin of a column as they hang in the margin of a page: the same styles serve both. What the
house says in one language stands beside what it says in the other; a logo or a rule stands once, over both.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from paraph.model.document import Edition, Part
from paraph.model.text import Block, Table
from paraph.ooxml.names import Element, attribute, el, name
from paraph.ooxml.tables import Cell, TableLook, TableRow, table
from paraph.ooxml.text import paragraph, run, words
from paraph.render.docx_body import Writer
from paraph.render.docx_house import has_picture
from paraph.render.docx_template import text_of

HANG, APART = 510, 227
"""Twips: where numbers hang, and the space on the other side of a column."""

_LONG = 1_200


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of an edition over a page of `text_width` twips."""

    edition: Edition
    text_width: int

    @property
    def width(self) -> int:
        """The width of a column's text."""
        return self.cell_width - HANG - APART

    @property
    def cell_width(self) -> int:
        """The width of a column with its margins; those at the outer edges stand in the page's margins."""
        count = len(self.edition.documents)
        return (self.text_width + self._sides(0)[0] + self._sides(count - 1)[1]) // count

    def _sides(self, position: int) -> tuple[int, int]:
        rtl = self.edition.documents[position].language.direction == "rtl"
        return (APART, HANG) if rtl else (HANG, APART)

    def table(self, rows: Sequence[TableRow], style: str = "", caption: str = "") -> Element:
        """A table of `rows`, its text as wide as the page's."""
        widths = [self.cell_width] * len(self.edition.documents)
        made = table(widths, rows, TableLook(style=style, caption=caption))
        properties = made.find(name("w:tblPr"))
        width = properties.find(name("w:tblW")) if properties is not None else None
        if width is not None:
            width.addnext(el("w:tblInd", {"w:w": -self._sides(0)[0], "w:type": "dxa"}))
        return made

    def row(self, cells: Sequence[Sequence[Element]], *, head: bool = False, whole: bool = True) -> TableRow:
        """A row of one cell per language."""
        made = []
        for position, blocks in enumerate(cells):
            left, right = self._sides(position)
            made.append(Cell(blocks=blocks, margins=(("left", left), ("right", right))))
        return TableRow(cells=made, head=head, whole=whole)


def names(columns: Columns, writers: Sequence[Writer]) -> TableRow:
    """The header row: each language by its own name."""
    cells = []
    for writer, document in zip(writers, columns.edition.documents, strict=True):
        style = writer.style("Paraph House Column")
        cells.append([paragraph(style, [run(writer.look, *words(document.language.name))], writer.look)])
    return columns.row(cells, head=True)


def pair(
    columns: Columns,
    writers: Sequence[Writer],
    part: Part,
    blocks: Sequence[Block | None],
    slots: Sequence[Element | None],
) -> TableRow:
    """One row: a block in each language, nothing where a language has none."""
    cells = []
    for writer, block, slot in zip(writers, blocks, slots, strict=True):
        made = list(writer.block(block, _own(writer, part), slot)) if block is not None else [writer.gap()]
        cells.append(made)
    length = max((sum(len(text_of(one)) for one in cell) for cell in cells), default=0)
    tables = any(isinstance(block, Table) for block in blocks)
    return columns.row(cells, whole=length < _LONG and not tables)


def _own(writer: Writer, part: Part) -> Part:
    """The same part in the writer's language: a table there is described by its own heading."""
    return next((one for one in writer.document.parts if one.id == part.id), part)


def beside(columns: Columns, stories: Sequence[Sequence[Element]], gaps: Sequence[Element]) -> Iterator[Element]:
    """The house's paragraphs of each language beside each other; what has no words (a logo, a rule) once, across.

    `gaps` holds an empty paragraph for each language, which an empty cell is filled with.
    """
    split = [_segments(story) for story in stories]
    for position, segments in enumerate(itertools.zip_longest(*(parts for parts, _ in split), fillvalue=())):
        if any(segments):
            cells = [list(segment) or [gap] for segment, gap in zip(segments, gaps, strict=True)]
            yield columns.table([columns.row(cells)])
        across = split[0][1]
        if position < len(across):
            yield across[position]


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
