"""The blocks of a document as WordprocessingML: named styles, real numbers, real footnotes, marks of language.

A role is the style of its name: `place-date` is "Paraph Place Date". A role that the template has no style for is set
in "Paraph Prose"; a heading, in its own style or in Word's "heading 1" to "heading 6".
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from paraph.model.codes import stands_fast
from paraph.model.document import Document, Part
from paraph.model.language import Language
from paraph.model.text import (
    Block,
    Break,
    ClauseRef,
    Emphasis,
    Grid,
    Heading,
    Inline,
    Isolate,
    Link,
    Note,
    Number,
    Paragraph,
    Placeholder,
    Span,
    Strong,
    Table,
    TermMark,
    Text,
    notes,
    plain,
    runs,
)
from paraph.model.writing import NumberStyle
from paraph.ooxml.footnotes import Footnotes, call, refer
from paraph.ooxml.names import Element, attribute, el, name
from paraph.ooxml.numbering import DEEPEST, Numbering
from paraph.ooxml.package import Package
from paraph.ooxml.styles import Styles
from paraph.ooxml.tables import Cell, TableLook, TableRow, shares, table
from paraph.ooxml.text import Look, direction_mark, hyperlink, paragraph, run, words
from paraph.render.direction import direction, turned

PROSE = "Paraph Prose"
GAP = "Paraph House Gap"
_NUMBERS, _BULLETS = "Paraph Numbers", "Paraph Bullets"
_INDENT = 510
_LONG = 1_200
_INSET, _LETTER = 227, 112
"""Twips: the indent at the end of a cell, and the width of a letter of its text, on average."""
_UNDER_LINE = 60


@dataclass(slots=True)
class File:
    """The parts of a file that all its documents write to. `notes` counts the footnotes that Word numbers itself,
    `called` has them: the id, and the run that calls it."""

    package: Package
    main: str
    styles: Styles
    numbering: Numbering
    footnotes: Footnotes
    footnotes_part: str
    notes: int = 0
    called: dict[int, tuple[int, Element]] = field(default_factory=dict)


def language_tag(language: Language) -> str:
    """The BCP 47 tag that runs are marked with: the locale's, which tells a word processor more (en-GB)."""
    return (language.locale or language.code).replace("_", "-")


_MOST_TOGETHER = 10
"""Rows that stand on one page; a page kept free for more would look forgotten."""


def holds_on(position: int, count: int) -> bool:
    """Whether a row of a grid is not to be parted from the next: each, but of many only the first, so that a heading
    has two rows below it, and the last but one, so that none stands alone on a page."""
    return position < count - 1 and (count <= _MOST_TOGETHER or position in (0, count - 2))


def column_widths(width: int, block: Table) -> tuple[int, ...]:
    """The columns of a table: its shares of `width`, but each as wide as its longest word as far as there is room."""
    wanted = shares(width, block.widths)
    lines = [block.head, *(row.cells for row in block.rows)]
    longest = [
        max((len(word) for line in lines for word in plain(line[n]).split()), default=0) for n in range(len(wanted))
    ]
    least = [_INSET + _LETTER * letters for letters in longest]
    lacking = sum(max(0, need - has) for need, has in zip(least, wanted, strict=True))
    spare = [max(0, has - need) for need, has in zip(least, wanted, strict=True)]
    if not lacking or sum(spare) < lacking:
        return wanted
    kept = [max(need, has) for need, has in zip(least, wanted, strict=True)]
    taken = shares(lacking, spare)
    return tuple(one - less for one, less in zip(kept, taken, strict=True))


def _placed(document: Document) -> frozenset[tuple[str, int]]:
    """The footnotes of a document, each by the block that calls it and its number."""
    return frozenset(
        (block.key, note.number) for block in document.blocks() for inlines in runs(block) for note in notes(inlines)
    )


@dataclass(slots=True)
class Writer:
    """Writes one document. `width` is that of its text.

    `first`: the document beside which it is written, as that of the second language is. A footnote that both have in a
    block, under one number, is one to Word, in both languages; any other carries its number as text, since Word counts
    footnotes through the file.
    """

    file: File
    document: Document
    width: int
    first: Document | None = None
    _lists: dict[str, tuple[int, int, tuple[NumberStyle, str] | None]] = field(default_factory=dict)
    _shared: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        shared = _placed(self.document) & _placed(self.first) if self.first else ()
        self._shared = frozenset(number for _, number in shared)

    @property
    def look(self) -> Look:
        """Plain text of the document's language."""
        language = self.document.language
        return Look(lang=language_tag(language), rtl=language.direction == "rtl")

    # --- blocks ------------------------------------------------------------------------------------------------------

    def blocks(self, part: Part, slot: Element | None = None) -> Iterator[Element]:
        """The blocks of a part; `slot` is the template's paragraph that they take the place of.

        A part of one paragraph or heading takes its look too; one of several blocks, the styles of their roles.
        """
        slot = slot if len(part.blocks) == 1 else None
        for block in part.blocks:
            yield from self.block(block, part, slot)

    def block(self, block: Block, part: Part, slot: Element | None = None) -> Iterator[Element]:
        """One block, followed by a gap where it is a table: two tables in a row would be one to Word."""
        match block:
            case Paragraph():
                yield self.paragraph(block, slot)
            case Heading():
                yield self.heading(block, slot)
            case Table():
                yield self.table(block, part)
                yield self.gap()
            case Grid():
                yield self.grid(block)
                yield self.gap()

    def gap(self) -> Element:
        """An empty line of no height, in a style of the house: no paragraph of the document."""
        return paragraph(self.style(GAP), (), self.look)

    def line(self, role: str) -> Element:
        """The line of a role’s style by itself, a gap that is kept with what follows; the space above it is a little
        less, since lines over both columns are twice as many as beside each other."""
        style = self.file.styles.find(self.style(self._role(role)))
        own = style.find(name("w:pPr")) if style is not None else None
        borders, spacing = (own.find(name(one)) if own is not None else None for one in ("w:pBdr", "w:spacing"))
        properties = [el("w:keepNext"), *([copy.deepcopy(borders)] if borders is not None else [])]
        if above := attribute(spacing, "w:before"):
            properties.append(el("w:spacing", {"w:before": round(0.8 * int(above))}))
        return paragraph(self.style(GAP), (), self.look, properties=properties)

    def anchor(self) -> Element:
        """As a gap, but left to right: what a frame before it hangs on. LibreOffice mirrors frames of other paragraphs,
        and the envelope has its window on one side whatever the language."""
        return paragraph(self.style(GAP), (), replace(self.look, rtl=False))

    def style(self, *names: str) -> str:
        """A paragraph style's id, Paraph Prose's where the template has none of these."""
        return self.file.styles.id("paragraph", *names, PROSE)

    def _role(self, role: str) -> str:
        shown = f"Paraph {role.replace('-', ' ').replace('_', ' ')}"
        return PROSE if role.casefold().startswith("house") else shown

    def heading(self, block: Heading, slot: Element | None) -> Element:
        """A heading, with its level said in the paragraph too: a slot's own style may have none."""
        base, look = self._from(slot)
        style = "" if slot is not None else self.style(self._role(block.role), f"heading {block.level}")
        if not style and not self._styled(base):
            style = self.style(f"heading {block.level}")
        properties = [el("w:keepNext"), el("w:outlineLvl", {"w:val": block.level - 1})]
        return paragraph(style, self.inlines(block.inlines, look), self.look, base=base, properties=properties)

    def paragraph(
        self,
        block: Paragraph,
        slot: Element | None = None,
        *,
        keep: bool = False,
        flush: bool = False,
        lined: bool = True,
    ) -> Element:
        """A paragraph with its number; indents of deeper levels are those of the list.

        `keep`: not to be parted from what follows. `flush`: without its style's indent at the end of the line. `lined`
        False: without its style's line, and the space above that, where one line stands over several (`line`).
        """
        base, look = self._from(slot)
        style = "" if self._styled(base) else self.style(self._role(block.role))
        properties = [el("w:keepNext")] if keep or block.keep_next else []
        level = min(block.level, DEEPEST)
        if block.number is not None:
            numbered = (el("w:ilvl", {"w:val": level}), el("w:numId", {"w:val": self._list(block.number, level)}))
            properties.append(el("w:numPr", None, *numbered))
        elif level:
            properties.append(el("w:ind", {"w:left": level * _INDENT, "w:firstLine": 0}))
        elif flush:
            properties.append(el("w:ind", {"w:right": 0}))
        if not lined:
            properties.append(el("w:pBdr", None, el("w:top", {"w:val": "nil"})))
            properties.append(el("w:spacing", {"w:before": _UNDER_LINE}))
        if not turned(block, rtl=self.look.rtl):
            return paragraph(style, self.inlines(block.inlines, look), self.look, base=base, properties=properties)
        (inside,), other = block.inlines, not self.look.rtl
        assert isinstance(inside, Span | Isolate)
        look = replace(look, rtl=other, lang=inside.lang if isinstance(inside, Span) else look.lang)
        # the paragraph itself is in the language of the edition, by which it is read back
        around = replace(self.look, rtl=other)
        return paragraph(style, self.inlines(inside.children, look), around, base=base, properties=properties)

    def _from(self, slot: Element | None) -> tuple[Element | None, Look]:
        """The paragraph's and the run's properties of a slot, as its template has them."""
        if slot is None:
            return None, self.look
        first = slot.find(name("w:r"))
        return slot.find(name("w:pPr")), replace(
            self.look, base=first.find(name("w:rPr")) if first is not None else None
        )

    def _styled(self, base: Element | None) -> bool:
        return base is not None and bool(attribute(base.find(name("w:pStyle")), "w:val"))

    def _list(self, number: Number, level: int) -> int:
        """The list of a number's series; a fresh one where it begins, changes its look, or does not go on by one."""
        bullet = number.style is NumberStyle.BULLET
        text = number.label if bullet else f"{number.prefix}%{level + 1}{number.suffix}"
        shape = (number.style, text)
        known, last, before = self._lists.get(number.series, (0, 0, None))
        if not known or shape != before or not (bullet or number.value == last + 1):
            pattern, start = (_BULLETS, 1) if bullet else (_NUMBERS, number.value)
            known = self.file.numbering.add(pattern, level, number.style, text, start, rtl=self.look.rtl)
        self._lists[number.series] = known, number.value, shape
        return known

    def table(self, block: Table, part: Part) -> Element:
        """A table whose header row repeats, described by the heading above it."""
        rows = [TableRow(cells=self.cells(block.head, head=True), head=True)]
        for row in block.rows:
            long = sum(len(plain(cell)) for cell in row.cells) > _LONG
            rows.append(TableRow(cells=self.cells(row.cells, head=False), whole=not long))
        return table(column_widths(self.width, block), rows, self.table_look(part))

    def table_look(self, part: Part) -> TableLook:
        """How a table of `part` looks, and the words that describe it: the heading above it."""
        above = [one for one in part.blocks if isinstance(one, Heading)]
        return TableLook(
            style=self.file.styles.id("table", "Paraph Table"),
            rtl=self.look.rtl,
            caption=plain(above[-1].inlines) if above else self.document.title,
            first_row=True,
        )

    def cells(self, cells: tuple[tuple[Inline, ...], ...], *, head: bool) -> list[Cell]:
        """The cells of a table's row."""
        style = self.style("Paraph Cell Head" if head else "Paraph Cell")
        return [Cell(blocks=[paragraph(style, self.inlines(cell, self.look), self.look)]) for cell in cells]

    def grid(self, block: Grid) -> Element:
        """Cells side by side, in rows that stay whole."""
        rows: list[TableRow] = []
        count = -(-len(block.cells) // block.columns)
        for start in range(0, len(block.cells), block.columns):
            keep = holds_on(len(rows), count)
            cells = [
                Cell(blocks=[self.paragraph(one, keep=keep, flush=at == block.columns - 1) for one in cell])
                for at, cell in enumerate(block.cells[start : start + block.columns])
            ]
            cells += [Cell(blocks=[self.gap()])] * (block.columns - len(cells))
            rows.append(TableRow(cells=cells))
        look = TableLook(style=self.file.styles.id("table", "Paraph Grid"), rtl=self.look.rtl)
        return table(shares(self.width, (1,) * block.columns), rows, look)

    # --- inlines -----------------------------------------------------------------------------------------------------

    def inlines(self, inlines: tuple[Inline, ...], look: Look, part: str = "") -> Iterator[Element]:
        """Runs and links. `part` is where links are kept: the main part, or that of the footnotes."""
        part = part or self.file.main
        for inline in inlines:
            match inline:
                case Text(text):
                    yield run(look, *words(text))
                case Break():
                    yield run(look, el("w:br"))
                case Emphasis(children):
                    yield from self.inlines(children, self._stronger(look, "Emphasis"), part)
                case Strong(children):
                    yield from self.inlines(children, self._stronger(look, "Strong"), part)
                case Link(href, children):
                    target = self.file.package.relate(part, "hyperlink", href, external=True)
                    linked = replace(look, style=self.file.styles.id("character", "Hyperlink"))
                    yield hyperlink(target, self.inlines(children, linked, part))
                case Span(lang, children):
                    inner = replace(look, lang=lang, rtl=direction(lang) == "rtl")
                    yield from self._isolated(children, inner, look, part)
                case Isolate(children) if stands_fast(plain(children)):
                    yield from self.inlines(children, replace(look, rtl=False), part)
                case Isolate(children):
                    yield from self._isolated(children, replace(look, rtl=False), look, part)
                case Note():
                    yield from self._note(inline, look)
                case TermMark(_, children):
                    yield from self.inlines(children, look, part)
                case Placeholder() | ClauseRef():
                    yield run(look, *words(plain((inline,))))

    def _isolated(self, children: tuple[Inline, ...], inner: Look, look: Look, part: str) -> Iterator[Element]:
        """What may run the other way than the words around it: the marks of these keep what stands beside it with
        them, its own keep its signs and numbers."""
        marked = inner.rtl != look.rtl
        if marked:
            yield direction_mark(look)
            yield direction_mark(inner)
        yield from self.inlines(children, inner, part)
        if marked:
            yield direction_mark(inner)
            yield direction_mark(look)

    def _stronger(self, look: Look, style: str) -> Look:
        """Emphasis or Strong as a character style; inside another style, as bold or italic over it."""
        identifier = self.file.styles.id("character", style)
        if not look.style and identifier:
            return replace(look, style=identifier)
        bold = style == "Strong" or look.rtl
        return replace(look, bold=look.bold or bold, italic=look.italic or not bold)

    def _note(self, note: Note, look: Look) -> Iterator[Element]:
        """The call of a footnote, and the footnote: numbered by Word where that gives the document's number."""
        calling = replace(self.look, style=self.file.styles.id("character", "footnote reference"))
        called = replace(calling, base=look.base)
        if note.number in self._shared and note.number in self.file.called:
            identifier, first = self.file.called[note.number]
            sign = refer(identifier, first, str(note.number), calling)
            self.file.footnotes.add_to(identifier, self._noted(note, sign))
            yield from refer(identifier, first, str(note.number), called)
            return
        counted = self.file.notes + 1 == note.number and self.first is None
        mark = run(calling, el("w:footnoteRef")) if counted else run(calling, *words(str(note.number)))
        identifier = self.file.footnotes.add([self._noted(note, [mark])])
        made = run(called, call(identifier, marked=not counted), *([] if counted else words(str(note.number))))
        if counted:
            self.file.notes += 1
            self.file.called[note.number] = identifier, made
        yield made

    def _noted(self, note: Note, sign: Iterable[Element]) -> Element:
        """A paragraph of a footnote: its sign, and what it says."""
        said = self.inlines(note.inlines, self.look, self.file.footnotes_part)
        return paragraph(self.style("footnote text"), (*sign, run(self.look, el("w:tab")), *said), self.look)
