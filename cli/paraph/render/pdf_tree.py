"""An edition as the tree of plain values that templates/common/common.typ sets; the names are explained there.

Text stays text: a string in the tree is printed as it stands and is never read as typst markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from paraph.model.document import Document, Edition, pairs
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
    NumberStyle,
    Paragraph,
    Placeholder,
    Span,
    Strong,
    Table,
    TermMark,
    Text,
    plain,
)
from paraph.render.kit import Kit

Node: TypeAlias = dict[str, Any]


def edition_tree(edition: Edition, kit: Kit) -> Node:
    """The whole of what the templates are given."""
    first = edition.documents[0]
    notes = [{note.number: inlines(note.inlines) for note in document.notes()} for document in edition.documents]
    return {
        "title": first.title,
        "subject": first.subject,
        "author": first.author,
        "keywords": list(first.keywords),
        "paper": kit.paper,
        "accent": kit.brand.accent,
        "fonts": {"text": kit.brand.text_font, "heading": kit.brand.heading_font, "arabic": kit.brand.arabic_font},
        "documents": [_document(document, kit) for document in edition.documents],
        "rows": list(_rows(edition)) if len(edition.documents) > 1 else [],
        "notes": {
            str(number): [by_number.get(number) for by_number in notes] for number in sorted({n for d in notes for n in d})
        },
        "attachments": [
            {"name": name, "type": media, "file": f"/attachments/{position}"}
            for position, (name, media, _) in enumerate(kit.attachments)
        ],
    }


def _document(document: Document, kit: Kit) -> Node:
    code = document.language.code
    return {
        **_language(code),
        "dir": document.language.direction,
        "language": document.language.name,
        "title": document.title,
        "subject": document.subject,
        "reference": document.reference,
        "house": kit.brand.name.get(code, ""),
        "address": list(document.letterhead.lines or kit.brand.address.get(code, ())),
        "names": list(document.letterhead.names),
        "logo-alt": kit.logo_alt.get(code, "") or kit.brand.logo_alt.get(code, "") or kit.brand.name.get(code, ""),
        "draft": document.draft,
        "notice": document.notice,
        "labels": dict(document.labels),
        "parts": [{"name": part.name, "id": part.id, "blocks": flow(part.blocks)} for part in document.parts],
    }


def _language(code: str) -> Node:
    """A BCP 47 tag as typst wants it: the language, and the region where there is one."""
    language, *subtags = code.split("-")
    region = next((tag for tag in subtags if len(tag) == 2 and tag.isalpha()), None)
    return {"lang": language.lower(), "region": region}


def _rows(edition: Edition) -> Iterator[Node]:
    """The blocks side by side; two tables become one whose rows are paired by their keys."""
    for part, blocks in pairs(edition):
        if all(isinstance(block, Table) for block in blocks):
            tables = [block for block in blocks if isinstance(block, Table)]
            yield {"part": part.name, "kind": "table", "role": tables[0].role, **_paired(tables)}
        else:
            kind = next(_kind(block) for block in blocks if block is not None)
            cells = [_block(block) if block is not None else None for block in blocks]
            yield {"part": part.name, "kind": kind, "cells": cells, "keep": any(_keeps(block) for block in blocks)}


def paired_rows(tables: Iterable[Table]) -> Iterator[tuple[tuple[tuple[Inline, ...], ...] | None, ...]]:
    """The rows of several tables by key, in the order of the first; rows that it lacks stand at the end."""
    rows = [{row.key: row.cells for row in table.rows} for table in tables]
    for key in dict.fromkeys(key for table in rows for key in table):
        yield tuple(table.get(key) for table in rows)


def _paired(tables: list[Table]) -> Node:
    return {
        "widths": [list(table.widths) for table in tables],
        "head": [[inlines(cell) for cell in table.head] for table in tables],
        "rows": [
            [[inlines(cell) for cell in cells] if cells is not None else None for cells in row]
            for row in paired_rows(tables)
        ],
    }


def flow(blocks: tuple[Block, ...]) -> list[Node]:
    """Blocks with runs of numbered paragraphs gathered into nested lists, so that the PDF is tagged with lists.

    A paragraph without a number that is deeper than its list belongs to the item above it.
    """
    top: list[Node] = []
    open_lists: list[tuple[int, str, list[Node]]] = []
    for block in blocks:
        if not isinstance(block, Paragraph) or (block.number is None and not (block.level and open_lists)):
            open_lists.clear()
            top.append(_block(block))
            continue
        if block.number is None:
            while len(open_lists) > 1 and open_lists[-1][0] >= block.level:
                open_lists.pop()
            open_lists[-1][2][-1]["body"].append(_block(block))
            continue
        while open_lists and open_lists[-1][0] > block.level:
            open_lists.pop()
        if open_lists and open_lists[-1][0] == block.level and open_lists[-1][1] != block.number.series:
            open_lists.pop()
        if not open_lists or open_lists[-1][0] < block.level:
            items: list[Node] = []
            bullets = block.number.style is NumberStyle.BULLET
            made = {"kind": "list", "role": block.role, "level": block.level, "bullets": bullets, "items": items}
            (open_lists[-1][2][-1]["body"] if open_lists else top).append(made)
            open_lists.append((block.level, block.number.series, items))
        item = {"label": block.number.label, "body": [{**_block(block), "label": ""}]}
        open_lists[-1][2].append(item)
    return top


def _kind(block: Block) -> str:
    return type(block).__name__.lower()


def _keeps(block: Block | None) -> bool:
    return isinstance(block, Heading) or (isinstance(block, Paragraph) and block.keep_next)


def _block(block: Block) -> Node:
    node: Node = {"kind": _kind(block), "role": block.role, "key": block.key}
    match block:
        case Paragraph():
            label = block.number.label if block.number else ""
            return {
                **node,
                "level": block.level,
                "label": label,
                "keep": block.keep_next,
                "body": inlines(block.inlines),
            }
        case Heading():
            return {**node, "level": block.level, "body": inlines(block.inlines), "text": plain(block.inlines)}
        case Table():
            return {
                **node,
                "widths": list(block.widths),
                "head": [inlines(cell) for cell in block.head],
                "rows": [[inlines(cell) for cell in row.cells] for row in block.rows],
            }
        case Grid():
            return {**node, "columns": block.columns, "cells": [[_block(line) for line in cell] for cell in block.cells]}


def inlines(run: tuple[Inline, ...]) -> list[Node | str]:
    """A run of inlines: strings and nodes."""
    return [_inline(inline) for inline in run]


def _inline(inline: Inline) -> Node | str:
    match inline:
        case Text(text):
            return text
        case Break():
            return {"kind": "break"}
        case Emphasis(children):
            return {"kind": "emphasis", "body": inlines(children)}
        case Strong(children):
            return {"kind": "strong", "body": inlines(children)}
        case Link(href, children):
            return {"kind": "link", "href": href, "body": inlines(children)}
        case Span(lang, children):
            return {"kind": "span", **_language(lang), "body": inlines(children)}
        case Isolate(children):
            return {"kind": "isolate", "body": inlines(children)}
        case Note(_, body, number):
            return {"kind": "note", "number": str(number), "body": inlines(body)}
        case TermMark(_, children):
            return {"kind": "term", "body": inlines(children)}
        case Placeholder() | ClauseRef():
            return plain((inline,))
