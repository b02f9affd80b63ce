"""An edition as the tree of plain values that templates/common/common.typ sets; the names are explained there.

Text stays text: a string in the tree is printed as it stands and is never read as typst markup.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from paraph.model.colour import tint
from paraph.model.document import Document, Edition, pairs
from paraph.model.text import (
    Block,
    Break,
    Changed,
    ClauseRef,
    Grid,
    Heading,
    Inline,
    Link,
    Note,
    Number,
    Paragraph,
    Placeholder,
    Span,
    Table,
    Text,
    plain,
)
from paraph.model.writing import NumberStyle
from paraph.render.direction import direction
from paraph.render.kit import Kit
from paraph.render.pictures import drawing, scene
from paraph.render.unparted import hyphenated

Node: TypeAlias = dict[str, Any]


def edition_tree(edition: Edition, kit: Kit) -> Node:
    """The whole of what the templates are given."""
    first = edition.documents[0]
    notes = [{note.number: note.inlines for note in document.notes()} for document in edition.documents]
    shapes = [
        _Shape(frozenset().union(*notes[:position]), _depths(document), _anchors(document, position))
        for position, document in enumerate(edition.documents)
    ]
    return {
        "title": first.title,
        "subject": first.subject,
        "author": first.author,
        "keywords": list(first.keywords),
        "paper": kit.paper,
        "sheet": _sheet(kit),
        "large": kit.large,
        "press": kit.press,
        "redline": kit.redline,
        "accent": kit.brand.accent,
        "colours": [{"ink": one, "tint": tint(one)} for one in kit.brand.colours or (kit.brand.accent,)],
        "fonts": {"text": kit.brand.text_font, "heading": kit.brand.heading_font, "arabic": kit.brand.arabic_font},
        "logo": kit.logo is not None,
        "window": {side: getattr(kit.brand.window, side) for side in ("left", "top", "width", "height")},
        "documents": [
            _document(document, kit, shape) for document, shape in zip(edition.documents, shapes, strict=True)
        ],
        "rows": _kept_with_signatures(list(_rows(edition, shapes))) if len(edition.documents) > 1 else [],
        "notes": {
            str(number): [shapes[0].inlines(by_number[number]) if number in by_number else None for by_number in notes]
            for number in sorted({number for by_number in notes for number in by_number})
        },
        "attachments": [
            {"name": name, "type": media, "file": f"attachment/{position}"}
            for position, (name, media, _) in enumerate(kit.attachments)
        ],
    }


def _sheet(kit: Kit) -> Node | None:
    """The folded sheet, if it is one: its size in mm, the panels of each side and what they hold."""
    if kit.sheet is None:
        return None
    sides = [[{"name": name, "width": width} for name, width in side.items()] for side in kit.sheet.sides]
    grounds = kit.sheet.grounds
    panels = [
        {"name": name, "parts": [{"id": one, "ground": grounds[one]} for one in parts]}
        for name, parts in kit.sheet.panels.items()
    ]
    return {"width": kit.sheet.width, "height": kit.sheet.height, "sides": sides, "panels": panels}


def _pictures(document: Document, kit: Kit) -> Node:
    """The pictures by the key of the block that each stands beside, as SVG; `code`: it is a QR code.

    `scene` is the drawing that may stand where a panel has room left, as SVG, or "".
    """
    return {
        key: {
            "svg": drawing(picture, kit.files),
            "alt": picture.alt,
            "code": bool(picture.address),
            "scene": scene(picture, kit.files),
        }
        for key, picture in document.pictures.items()
    }


def _document(document: Document, kit: Kit, shape: _Shape) -> Node:
    code = document.language.code
    parts: list[Node] = [
        {"name": part.name, "id": part.id, "blocks": shape.flow(part.blocks)} for part in document.parts
    ]
    _kept_with_signatures([node for part in parts for node in part["blocks"]])
    return {
        **_language(code),
        "dir": document.language.direction,
        "language": document.language.name,
        "title": document.title,
        "subject": document.subject,
        "reference": document.reference,
        "house": kit.brand.name.get(code, ""),
        "address": list(document.letterhead.lines),
        "names": list(document.letterhead.names),
        "logo-alt": kit.logo_alt.get(code, "") or kit.brand.logo_alt.get(code, "") or kit.brand.name.get(code, ""),
        "draft": document.draft,
        "notice": document.notice,
        "labels": dict(document.labels),
        "member": document.member,
        "unparted": hyphenated(document.unparted),
        "pictures": _pictures(document, kit),
        "parts": parts,
    }


def _language(code: str) -> Node:
    """A BCP 47 tag as typst wants it: the language, and the region where there is one."""
    language, *subtags = code.split("-")
    region = next((tag for tag in subtags if len(tag) == 2 and tag.isalpha()), None)
    return {"lang": language.lower(), "region": region}


def _rows(edition: Edition, shapes: list[_Shape]) -> Iterator[Node]:
    """The blocks side by side; two tables become one whose rows are paired by their keys."""
    for part, blocks in pairs(edition):
        tables = [block for block in blocks if isinstance(block, Table)]
        if len(tables) == len(blocks):
            yield {"part": part.name, "id": part.id, "kind": "table", "role": tables[0].role, **_paired(tables, shapes)}
        else:
            cells = [shape.block(block) if block else None for shape, block in zip(shapes, blocks, strict=True)]
            kind = next(cell["kind"] for cell in cells if cell is not None)
            role = next(cell["role"] for cell in cells if cell is not None)
            keep = any(_keeps(block) for block in blocks)
            yield {"part": part.name, "id": part.id, "kind": kind, "role": role, "cells": cells, "keep": keep}


def paired_rows(tables: Iterable[Table]) -> Iterator[tuple[tuple[tuple[Inline, ...], ...] | None, ...]]:
    """The rows of several tables by key, in the order of the first; rows that it lacks stand at the end."""
    rows = [{row.key: row.cells for row in table.rows} for table in tables]
    for key in dict.fromkeys(key for table in rows for key in table):
        yield tuple(table.get(key) for table in rows)


def _paired(tables: list[Table], shapes: list[_Shape]) -> Node:
    def cells(shape: _Shape, found: tuple[tuple[Inline, ...], ...] | None) -> list[list[Node | str]] | None:
        return [shape.inlines(cell) for cell in found] if found is not None else None

    return {
        "widths": [list(table.widths) for table in tables],
        "head": [cells(shape, table.head) for shape, table in zip(shapes, tables, strict=True)],
        "rows": [
            [cells(shape, found) for shape, found in zip(shapes, row, strict=True)] for row in paired_rows(tables)
        ],
    }


def _depths(document: Document) -> dict[str, int]:
    """The level of each heading for the tags, by key: PDF/UA wants the first at 1 and no gap, also in a letter."""
    found: dict[str, int] = {}
    depth = 0
    for block in document.blocks():
        if isinstance(block, Heading):
            depth = min(block.level, depth + 1)
            found[block.key] = depth
    return found


def _anchors(document: Document, position: int) -> dict[str, str]:
    """The labels of paragraphs that references may lead to, by key: those of two languages are apart."""
    counted = Counter(block.key for block in document.blocks() if isinstance(block, Paragraph))
    return {key: f"{position}/{key}" for key, times in counted.items() if times == 1}


def _kept_with_signatures(nodes: list[Node]) -> list[Node]:
    """`nodes` with what stands before signatures kept beside them, so that no page holds signatures alone.

    A list cannot be kept whole: it is given the nodes after it, and its last item leaves room for them.
    """
    for at, node in enumerate(nodes):
        if node["kind"] == "grid" and node["role"] == "signatures":
            before = at - 1
            while before > 0 and (nodes[before]["kind"] == "heading" or nodes[before]["role"] in _BEFORE_SIGNATURES):
                nodes[before]["keep"] = True
                before -= 1
            if nodes[before]["kind"] == "list":
                nodes[before]["tail"] = nodes[before + 1 : at + 1]
            else:
                nodes[before]["keep"] = True
    return nodes


_BEFORE_SIGNATURES = ("closing", "place-date")


def _keeps(block: Block | None) -> bool:
    return isinstance(block, Heading) or (isinstance(block, Paragraph) and block.keep_next)


@dataclass(frozen=True, slots=True)
class _Shape:
    """Shapes the blocks of one document.

    `again` are the footnotes that an earlier language has already called; `depths` the levels of headings for the tags;
    `anchors` the labels that references lead to.
    """

    again: frozenset[int]
    depths: Mapping[str, int]
    anchors: Mapping[str, str]

    def flow(self, blocks: tuple[Block, ...]) -> list[Node]:
        """Blocks with runs of numbered paragraphs gathered into nested lists, so that the PDF is tagged with lists.

        A paragraph without a number that is deeper than its list belongs to the item above it.
        """
        top: list[Node] = []
        lists: list[_List] = []
        for block in blocks:
            if not isinstance(block, Paragraph) or (block.number is None and not (block.level and lists)):
                lists.clear()
                top.append(self.block(block))
            elif block.number is None:
                while len(lists) > 1 and lists[-1].level >= block.level:
                    lists.pop()
                lists[-1].items[-1]["body"].append(self.block(block))
            else:
                while lists and lists[-1].shuts_before(block.level, block.number):
                    lists.pop()
                if not lists or lists[-1].level < block.level:
                    opened = _List(block.level, block.number)
                    (lists[-1].items[-1]["body"] if lists else top).append(opened.node(block.role))
                    lists.append(opened)
                body = {**self.block(block), "label": ""}
                lists[-1].items.append({"label": _label(block.number), "body": [body]})
        return top

    def block(self, block: Block) -> Node:
        """One block by itself; a numbered paragraph keeps its label."""
        node: Node = {"kind": type(block).__name__.lower(), "role": block.role, "key": block.key}
        match block:
            case Paragraph():
                label = _label(block.number) if block.number else ""
                bullet = block.number is not None and block.number.style is NumberStyle.BULLET
                node |= {"level": block.level, "label": label, "bullet": bullet, "keep": block.keep_next}
                node |= {"anchor": self.anchors.get(block.key, ""), "body": self.inlines(block.inlines)}
            case Heading():
                node |= {"level": block.level, "depth": self.depths[block.key], "body": self.inlines(block.inlines)}
            case Table():
                node |= {"widths": list(block.widths), "head": [self.inlines(cell) for cell in block.head]}
                node["rows"] = [[self.inlines(cell) for cell in row.cells] for row in block.rows]
            case Grid():
                node["columns"] = block.columns
                node["cells"] = [[self.block(line) for line in cell] for cell in block.cells]
        return node

    def inlines(self, run: tuple[Inline, ...]) -> list[Node | str]:
        """A run of inlines: strings and nodes."""
        return [self._inline(inline) for inline in run]

    def _inline(self, inline: Inline) -> Node | str:
        match inline:
            case Text(text):
                return text
            case Break():
                return {"kind": "break"}
            case Note():
                return {"kind": "note", "number": str(inline.number), "again": inline.number in self.again}
            case ClauseRef(key, children) if key in self.anchors:
                return {"kind": "reference", "to": self.anchors[key], "body": self.inlines(children)}
            case Placeholder() | ClauseRef():
                return plain((inline,))
        node: Node = {"kind": type(inline).__name__.lower(), "body": self.inlines(inline.children)}
        match inline:
            case Link(href):
                node |= {"href": href, "bare": plain(inline.children) in href}
            case Span(lang):
                node |= _language(lang) | {"dir": direction(lang)}
            case Changed(op):
                node["op"] = str(op)
        return node


def _label(number: Number) -> str | Node:
    """A number as written; in a redline, where it is another than before, both."""
    return number.label if number.was is None else {"was": number.was, "now": number.label}


@dataclass(frozen=True, slots=True)
class _List:
    """An open list: its level, the number that opened it, and the items so far."""

    level: int
    first: Number
    items: list[Node] = field(default_factory=list)

    def shuts_before(self, level: int, number: Number) -> bool:
        """Whether a paragraph of `level` and `number` is no item of this list and of none inside it."""
        other = self.first.series != number.series or (self._bullets and _label(self.first) != _label(number))
        return self.level > level or (self.level == level and other)

    def node(self, role: str) -> Node:
        return {
            "kind": "list",
            "role": role,
            "level": self.level,
            "bullets": self._bullets,
            "items": self.items,
            "tail": [],
        }

    @property
    def _bullets(self) -> bool:
        return self.first.style is NumberStyle.BULLET
