"""A document as a packet prints it: a paragraph a line, with the number as text, in the styles that the document has.

Tables come cell by cell and footnotes last, as `printed` has them, so that the words are those of the version on record
in the order of the record.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from paraph.model.document import Document, printed_block
from paraph.model.text import (
    Block,
    Break,
    Emphasis,
    Grid,
    Heading,
    Inline,
    Note,
    Paragraph,
    Placeholder,
    Strong,
    Table,
    Text,
)

_TEXT = "packet-text"


def styled_lines(document: Document) -> tuple[Paragraph, ...]:
    """The lines of a document, as `texts.lines` makes them of the record but styled."""
    made = [line for block in document.blocks() for line in _lines(block)]
    made += (
        Paragraph(key=f"note{note.number}", role="packet-note", inlines=(Text(f"{note.number} "), *note.inlines))
        for note in document.notes()
    )
    return tuple(made)


def _lines(block: Block) -> Iterator[Paragraph]:
    match block:
        case Paragraph():
            yield _paragraph(block)
        case Heading():
            yield Paragraph(key=block.key, role="packet-title", inlines=_without_calls(block.inlines))
        case Table(head=head, rows=rows):
            for cell in head:
                yield _cell(block.key, (Emphasis(cell),))
            for row in rows:
                yield from (_cell(row.key, (Strong(cell),) if at == 0 else cell) for at, cell in enumerate(row.cells))
        case Grid(cells=cells):
            yield from (_paragraph(one) for cell in cells for one in cell)


def _cell(key: str, inlines: tuple[Inline, ...]) -> Paragraph:
    return Paragraph(key=key, role=_TEXT, inlines=_without_calls(inlines))


def _paragraph(block: Paragraph) -> Paragraph:
    """A paragraph with its number before it."""
    (line,) = printed_block(block)
    label = (Text(f"{line.label} "),) if line.label else ()
    inlines = (*label, *_without_calls(block.inlines))
    return Paragraph(key=block.key, role=_TEXT, inlines=inlines, level=block.level)


def _without_calls(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """`inlines` without the calls of footnotes, which are no words of a line on record either."""
    made: list[Inline] = []
    for inline in inlines:
        match inline:
            case Note():
                pass
            case Text() | Break() | Placeholder():
                made.append(inline)
            case _:
                made.append(replace(inline, children=_without_calls(inline.children)))
    return tuple(made)
