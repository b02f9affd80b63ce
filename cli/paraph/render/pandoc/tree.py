"""A document as pandoc's JSON tree (pandoc-types 1.23), built node by node: pandoc never parses our words as markup.

The three formats differ in what a paragraph can carry: ODT knows named styles, EPUB classes, Markdown neither. pandoc's
own Markdown writer does not keep every text (`\\(a\\)` loses its parentheses, a paragraph that starts with `1.` becomes
a list), so Markdown text is escaped here and given to pandoc as raw.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, TypeAlias

from paraph.errors import RenderError
from paraph.model.document import Document
from paraph.model.text import (
    Block,
    Break,
    Changed,
    ClauseRef,
    Emphasis,
    Grid,
    Heading,
    Inline,
    Isolate,
    Link,
    Note,
    Paragraph,
    Placeholder,
    Remark,
    Span,
    Strong,
    Table,
    TermMark,
    Text,
    plain,
)
from paraph.render.direction import direction, turned

Node: TypeAlias = dict[str, Any]
API = [1, 23, 1, 1]
FRONT = "front"
"""The style or class of what stands before the text: letterhead, draft mark, notice. It is not read back."""
DIRECTION = "Direction"
"""The style of a mark of direction in an ODT, which is no word of it either."""

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_MARKDOWN = re.compile(r"[\\`*_\[\]<~$|#@]|&(?=#?\w+;)|:(?=[\w+-]+:|//)|(?<=www)\.|!$|\t|(?<= ) ", re.IGNORECASE)
_AT_START = re.compile(r"^(\d*)([-+>.)]|(?<!\d) )")


class Flavour(StrEnum):
    """The formats made through pandoc, by pandoc's names."""

    ODT = "odt"
    EPUB = "epub3"
    MARKDOWN = "gfm"


def tree(document: Document, flavour: Flavour, meta: dict[str, str]) -> Node:
    """The whole document; `meta` are pandoc's metadata as plain strings."""
    blocks = [*_front(document, flavour)]
    for block in document.blocks():
        blocks.extend(_Writer(flavour, rtl=document.language.direction == "rtl").block(block))
    if flavour is Flavour.MARKDOWN and document.language.direction == "rtl":
        blocks = [_node("Div", [["", [], [["lang", document.language.code], ["dir", "rtl"]]], blocks])]
    metadata = {name: _node("MetaString", value) for name, value in meta.items() if value}
    return {"pandoc-api-version": API, "meta": metadata, "blocks": blocks}


def style_name(role: str, level: int) -> str:
    """The named paragraph style or class of a role at a level, in ASCII letters, digits and hyphens."""
    name = re.sub(r"[^A-Za-z0-9]+", "-", role).strip("-") or "text"
    return f"{name}-{level}" if level else name


def _node(kind: str, content: Any = None) -> Node:
    return {"t": kind} if content is None else {"t": kind, "c": content}


def _attributes(identifier: str = "", classes: tuple[str, ...] = (), **pairs: str) -> list[Any]:
    return [identifier, list(classes), [[name.replace("_", "-"), value] for name, value in pairs.items()]]


def _front(document: Document, flavour: Flavour) -> Iterator[Node]:
    """Letterhead and marks. An EPUB's is a page of its own with a heading, since its text starts with a label."""
    writer = _Writer(flavour)
    names = list(document.letterhead.names)
    if flavour is Flavour.EPUB:
        heading = writer.text(names.pop(0) if names else document.title)
        yield _node("Header", [1, _attributes("front", (FRONT, "unnumbered", "unlisted")), heading])
    lines = [writer.text(line, start=True) for line in (*names, *document.letterhead.lines)]
    if document.draft:
        lines.append([_node("Strong", writer.text(document.draft))])
    if document.notice:
        lines.append([_node("Emph", writer.text(document.notice))])
    if lines:
        style = {"custom_style": FRONT} if flavour is Flavour.ODT else {}
        yield _node("Div", [_attributes("", (FRONT,), **style), [_node("Para", line) for line in lines]])


class _Writer:
    """Blocks and inlines in one flavour."""

    def __init__(self, flavour: Flavour, *, rtl: bool = False) -> None:
        self.flavour, self.rtl = flavour, rtl

    def block(self, block: Block) -> Iterator[Node]:
        match block:
            case Heading():
                yield _node("Header", [block.level, _attributes(), self.inlines(block.inlines)])
            case Paragraph():
                yield self.paragraph(block)
            case Table():
                yield self.table(block)
            case Grid():
                cells = [[self.paragraph(paragraph) for paragraph in cell] for cell in block.cells]
                if self.flavour is Flavour.ODT:
                    yield from (paragraph for cell in cells for paragraph in cell)
                else:
                    yield _node("BulletList", cells)

    def paragraph(self, block: Paragraph) -> Node:
        name, writer = style_name(block.role, block.level), self
        if self.flavour is Flavour.ODT and turned(block, rtl=self.rtl):
            name, writer = f"{name}-turned", _Writer(self.flavour, rtl=not self.rtl)
        inlines = writer.inlines(block.inlines, start=block.number is None)
        classes: tuple[str, ...] = (style_name(block.role, 0), f"level-{block.level}")
        if block.number:
            attributes = _attributes("", ("number",))
            if self.flavour is Flavour.ODT:
                attributes = _attributes(custom_style="Number")
            number = _node("Span", [attributes, self.text(block.number.label)])
            space = _node("Str", "\t") if self.flavour is Flavour.ODT else _node("Str", " ")
            inlines, name, classes = [number, space, *inlines], f"{name}-numbered", (*classes, "hanging")
        made = _node("Para", inlines)
        match self.flavour:
            case Flavour.ODT:
                return _node("Div", [_attributes(custom_style=name), [made]])
            case Flavour.EPUB:
                return _node("Div", [_attributes("", classes), [made]])
            case Flavour.MARKDOWN:
                return made

    def table(self, block: Table) -> Node:
        total = sum(block.widths)
        width: list[Node] = [_node("ColWidth", width / total) for width in block.widths]
        head_columns = 1
        if self.flavour is Flavour.MARKDOWN:
            width, head_columns = [_node("ColWidthDefault") for _ in block.widths], 0
        columns = [[_node("AlignDefault"), one] for one in width]
        body = [_attributes(), head_columns, [], [self.row(row.cells) for row in block.rows]]
        head = [_attributes(), [self.row(block.head)]]
        return _node("Table", [_attributes(), [None, []], columns, head, [body], [_attributes(), []]])

    def row(self, cells: tuple[tuple[Inline, ...], ...]) -> list[Any]:
        made = [[_attributes(), _node("AlignDefault"), 1, 1, [_node("Plain", self.inlines(cell))]] for cell in cells]
        return [_attributes(), made]

    def inlines(self, inlines: tuple[Inline, ...], *, start: bool = False) -> list[Node]:
        """`start`: these words start a line of Markdown, where `1.` or `-` would make a list of them."""
        made: list[Node] = []
        before: Inline | None = None
        for inline in inlines:
            if isinstance(inline, Text):
                made.extend(self.text(inline.text, start=start and before is None))
            else:
                made.extend(self.inline(inline, before))
            before = inline
        return made

    def inline(self, inline: Inline, before: Inline | None) -> list[Node]:
        match inline:
            case Text(text):
                return self.text(text)
            case Break():
                return [self.line_break()]
            case Emphasis(children):
                return self.emphasis("Emph", "em", children, before)
            case Strong(children):
                return self.emphasis("Strong", "strong", children, before)
            case Link(href, children):
                return [_node("Link", [_attributes(), self.inlines(children), [href, ""]])]
            case Span(lang, children):
                return self.isolated(children, _attributes(lang=lang, dir=direction(lang)), direction(lang) == "rtl")
            case Isolate(children):
                return self.isolated(children, _attributes(dir="ltr"), False)
            case TermMark(_, children) | ClauseRef(_, children) | Changed(_, children) | Remark(children):
                return self.inlines(children)
            case Note():
                return [_node("Note", [_node("Para", self.inlines(inline.inlines, start=True))])]
            case Placeholder(name):
                raise RenderError(f"The placeholder {name!r} was never filled in", "This is a fault of paraph.")

    def isolated(self, children: tuple[Inline, ...], attributes: list[Any], rtl: bool) -> list[Node]:
        """Words in a direction of their own, which HTML isolates from those around them; ODT has no direction of less
        than a paragraph, and where they run the other way it has marks around them (UAX 9, 2.6)."""
        words = _node("Span", [attributes, _Writer(self.flavour, rtl=rtl).inlines(children)])
        if self.flavour is not Flavour.ODT or rtl == self.rtl:
            return [words]
        around, inside = (_mark(one) for one in (self.rtl, rtl))
        return [around, inside, words, inside, around]

    def emphasis(self, kind: str, tag: str, children: tuple[Inline, ...], before: Inline | None) -> list[Node]:
        """Emphasis; in Markdown as HTML where asterisks would be ambiguous (CommonMark 6.2, flanking)."""
        words = plain(children)
        bare = words[:1].isalnum() and words[-1:].isalnum() and all(isinstance(one, Text) for one in children)
        ambiguous = not bare or isinstance(before, Emphasis | Strong)
        if self.flavour is Flavour.MARKDOWN and ambiguous:
            return [_raw(f"<{tag}>"), *self.inlines(children), _raw(f"</{tag}>")]
        return [_node(kind, self.inlines(children))]

    def line_break(self) -> Node:
        """Headings and cells of Markdown hold no line break of its own kind, HTML's they do."""
        return _raw("<br />") if self.flavour is Flavour.MARKDOWN else _node("LineBreak")

    def text(self, text: str, *, start: bool = False) -> list[Node]:
        """Words; in Markdown escaped, as raw, where each line but the first follows a `<br />`."""
        if bad := _UNPRINTABLE.search(text):
            raise RenderError(f"U+{ord(bad[0]):04X} cannot be published, in {text[:60]!r}", "Delete the character.")
        made: list[Node] = []
        for n, line in enumerate(text.split("\n")):
            if n:
                made.append(self.line_break())
            if self.flavour is Flavour.MARKDOWN:
                made.append(_raw(_markdown(line, start=start and n == 0)))
            elif line:
                made.append(_node("Str", line))
        return made


def _markdown(line: str, *, start: bool) -> str:
    escaped = _MARKDOWN.sub(lambda match: _escape(match[0]), line)
    return _AT_START.sub(lambda match: match[1] + _escape(match[2]), escaped) if start else escaped


def _escape(character: str) -> str:
    return f"&#{ord(character)};" if character in {" ", "\t"} else f"\\{character}"


def _mark(rtl: bool) -> Node:
    return _node("Span", [_attributes(custom_style=DIRECTION), [_node("Str", "\u200f" if rtl else "\u200e")]])


def _raw(markup: str) -> Node:
    return _node("RawInline", ["html", markup])
