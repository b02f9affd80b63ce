"""Text as a tree: inlines in blocks, the same for every format and every language.

`paraph.markup` makes these from the Markdown of a clause; `paraph.assembly` fills placeholders and references, so that
an assembled Document holds only what is printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from paraph.model.writing import NumberStyle


@dataclass(frozen=True, slots=True)
class Text:
    """Words as they are printed."""

    text: str


@dataclass(frozen=True, slots=True)
class Break:
    """A line break inside a paragraph."""


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words set apart, usually italic: the opening verb of a paragraph, a title."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that must not be missed, usually bold."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link; only https, http and mailto pass the parser."""

    href: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Words in another language than those around them; `lang` is a BCP 47 tag."""

    lang: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Isolate:
    """A run that reads left to right whatever stands around it: a date, a number, a reference in Arabic text."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class TermMark:
    """Words that name a concept of the termbase; printed as they stand."""

    concept: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """The call of a footnote and the footnote itself. `number` is 0 until assembly counts it."""

    key: str
    inlines: tuple[Inline, ...]
    number: int = 0


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A value to be filled in, as declared by its clause; `form` asks for a grammatical form ("of", "in", "the")."""

    name: str
    form: str = ""


@dataclass(frozen=True, slots=True)
class ClauseRef:
    """A reference to another clause of the same document by its id.

    Assembly writes "paragraph 4" where `children` are empty, and puts the key of the paragraph in place of the id.
    """

    clause: str
    children: tuple[Inline, ...] = ()


class Op(StrEnum):
    """What became of a stretch of text on the way to another text."""

    KEEP = "keep"
    DELETE = "delete"
    INSERT = "insert"


@dataclass(frozen=True, slots=True)
class Changed:
    """In a redline, words that were taken out or put in; `moved`: they stand elsewhere in the other text."""

    op: Op
    children: tuple[Inline, ...]
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """In a redline, words about a paragraph that are none of its text: where it stood before, or stands now."""

    children: tuple[Inline, ...]


Inline: TypeAlias = (
    Text
    | Break
    | Emphasis
    | Strong
    | Link
    | Span
    | Isolate
    | TermMark
    | Note
    | Placeholder
    | ClauseRef
    | Changed
    | Remark
)


class LineKind(StrEnum):
    """What a line of clause text is."""

    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    ORDERED = "ordered"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of a clause as written, in a flat list as a word processor holds it.

    `level` counts enclosing lists from 0; `ordinal` is the position in an ordered list from 1; a second paragraph of a
    list item is a PARAGRAPH at the item's level + 1. `at` is its line in the clause text, from 0.
    """

    kind: LineKind
    inlines: tuple[Inline, ...]
    level: int = 0
    ordinal: int = 0
    at: int = 0

    @property
    def is_item(self) -> bool:
        """Whether it begins an item of a list."""
        return self.kind in (LineKind.BULLET, LineKind.ORDERED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Number:
    """The number of a paragraph: its value, and how this language writes it.

    `series` names the run of numbers it belongs to (a new series starts again at 1); `path` is the same in every
    language, (4,) or (4, 2), and is what "paragraph 4" refers to. The label is prefix + written value + suffix.
    `was` is None but in a redline: there it is the label that it had before, "" for none; `label` is "" where it has
    none any more.
    """

    series: str
    path: tuple[int, ...]
    value: int
    style: NumberStyle
    label: str
    prefix: str = ""
    suffix: str = ""
    was: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """One printed paragraph. `key` is the same in every language, so that editions can be set side by side.

    `role` is its named style (title, recital, operative, item, …); `level` its depth of indentation from 0.
    `keep_next` asks that it not be parted from what follows.
    """

    key: str
    role: str
    inlines: tuple[Inline, ...]
    level: int = 0
    number: Number | None = None
    keep_next: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """A heading; `level` 1 to 6, without gaps from the title (level 1) down, as PDF/UA and WCAG ask."""

    key: str
    role: str
    level: int
    inlines: tuple[Inline, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A row of a table; `key` pairs it with the same row in another language."""

    key: str
    cells: tuple[tuple[Inline, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A table with one header row, read row by row; `widths` are shares of the line, one a column."""

    key: str
    role: str
    head: tuple[tuple[Inline, ...], ...]
    rows: tuple[Row, ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """Cells side by side that must not break apart, in reading order: the signature block, an address beside a date."""

    key: str
    role: str
    cells: tuple[tuple[Paragraph, ...], ...]
    columns: int = 2


Block: TypeAlias = Heading | Paragraph | Table | Grid


QUOTATIONS = ("quote", "packet-quote")
"""The roles of paragraphs that are set as quotations."""


def clause_in_key(key: str) -> str:
    """The clause of a paragraph of a section by its key (`section/clause/line`, of a second use
    `section/clause~2/line`), or of a reference that is not placed yet; "": it is of no clause, as a heading is. Of what
    stands outside of sections a key does not tell."""
    above, slash, _ = key.rpartition("/")
    if not slash:
        return key
    return above.rpartition("/")[2].partition("~")[0] if "/" in above else ""


def runs(block: Block) -> Iterator[tuple[Inline, ...]]:
    """All inlines of a block, a paragraph or a cell of a table at a time, in reading order."""
    match block:
        case Paragraph() | Heading():
            yield block.inlines
        case Table():
            yield from block.head
            for row in block.rows:
                yield from row.cells
        case Grid():
            for cell in block.cells:
                for paragraph in cell:
                    yield paragraph.inlines


def with_runs(block: Block, change: Callable[[tuple[Inline, ...]], tuple[Inline, ...]]) -> Block:
    """`block` with `change` made to each of its `runs`, in their order."""
    match block:
        case Paragraph() | Heading():
            return replace(block, inlines=change(block.inlines))
        case Table():
            head = tuple(map(change, block.head))
            rows = (replace(row, cells=tuple(map(change, row.cells))) for row in block.rows)
            return replace(block, head=head, rows=tuple(rows))
        case Grid():
            cells = (tuple(replace(one, inlines=change(one.inlines)) for one in cell) for cell in block.cells)
            return replace(block, cells=tuple(cells))


def plain(inlines: tuple[Inline, ...]) -> str:
    """The words of `inlines` as printed, without footnote calls; a line break is a newline."""
    return "".join(_words(inlines))


def _words(inlines: tuple[Inline, ...]) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case Text(text):
                yield text
            case Break():
                yield "\n"
            case Note():
                pass
            case Placeholder(name, form):
                yield "{{ " + (f"{name}.{form}" if form else name) + " }}"
            case ClauseRef(clause, children):
                yield from _words(children) if children else (f"[{clause}]",)
            case _:
                yield from _words(inline.children)


def everything(inlines: tuple[Inline, ...]) -> Iterator[Inline]:
    """Every inline with what is inside it, footnotes included, in order."""
    for inline in inlines:
        yield inline
        if isinstance(inline, Note):
            yield from everything(inline.inlines)
        elif not isinstance(inline, Text | Break | Placeholder):
            yield from everything(inline.children)


def notes(inlines: tuple[Inline, ...]) -> Iterator[Note]:
    """The footnotes called in `inlines`, in order; none calls another."""
    return (inline for inline in everything(inlines) if isinstance(inline, Note))
