"""What a PDF must say, paragraph by paragraph in the order of the page, as the document has it."""

from __future__ import annotations

from collections.abc import Iterator

from paraph.model.document import Edition, pairs
from paraph.model.text import (
    Block,
    Break,
    ClauseRef,
    Grid,
    Heading,
    Inline,
    Note,
    Paragraph,
    Placeholder,
    Table,
    Text,
    plain,
)

CALL = "\ue000"
"""Stands before and after the number of a footnote where it is called; no text may hold it."""


def expected_body(edition: Edition) -> Iterator[str]:
    """What the body of the PDF must say, in the order of the page: of two languages, paragraph by paragraph."""
    if len(edition.documents) == 1:
        for block in edition.documents[0].blocks():
            yield from _block(block)
        return
    for _, blocks in pairs(edition):
        if all(isinstance(block, Table) for block in blocks):
            yield from _tables([block for block in blocks if isinstance(block, Table)])
        elif grids := [block for block in blocks if isinstance(block, Grid) and block.role.startswith("signature")]:
            yield from _signed(grids)
        else:
            for each in blocks:
                if each is not None:
                    yield from _block(each)


def expected_notes(edition: Edition) -> Iterator[str]:
    """The footnotes by number, and of one number in the order of the languages."""
    found = [
        (note.number, position, plain(note.inlines))
        for position, document in enumerate(edition.documents)
        for note in document.notes()
    ]
    for number, _, text in sorted(found):
        yield f"{number}\n{text}"


def _tables(tables: list[Table]) -> Iterator[str]:
    for table in tables:
        yield from (_words(cell) for cell in table.head)
    keys = dict.fromkeys(row.key for table in tables for row in table.rows)
    rows = [{row.key: row.cells for row in table.rows} for table in tables]
    for key in keys:
        for by_key in rows:
            yield from (_words(cell) for cell in by_key.get(key, ()))


def _signed(grids: list[Grid]) -> Iterator[str]:
    """Each signatory in every language, under one line."""
    cells = [{cell[0].key: cell for cell in grid.cells} for grid in grids]
    for key in dict.fromkeys(key for by_key in cells for key in by_key):
        for by_key in cells:
            for paragraph in by_key.get(key, ()):
                yield from _block(paragraph)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            if block.number:
                yield block.number.label
            yield _words(block.inlines)
        case Heading():
            yield _words(block.inlines)
        case Table():
            yield from _tables([block])
        case Grid():
            for cell in block.cells:
                for paragraph in cell:
                    yield from _block(paragraph)


def _words(inlines: tuple[Inline, ...]) -> str:
    out = []
    for inline in inlines:
        match inline:
            case Note():
                out.append(f"{CALL}{inline.number}{CALL}")
            case Text() | Break() | Placeholder() | ClauseRef():
                out.append(plain((inline,)))
            case _:
                out.append(_words(inline.children))
    return "".join(out)
