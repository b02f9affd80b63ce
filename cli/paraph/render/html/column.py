"""One language of a page: its blocks, inlines and footnotes as HTML elements, with ids that no other column has.

Everything is built as a tree with lxml, so that no word of a document can become markup.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from paraph.errors import RenderError
from paraph.model.document import Document, Part
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
    plain,
)
from paraph.render.direction import direction
from paraph.render.unparted import hyphenated

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_SCHEMES = ("https:", "http:", "mailto:")
_LINE_BREAK_IN_SOURCE = "\n"


def element(tag: str, *children: etree._Element | str, **attributes: str) -> etree._Element:
    """An element with text and children in order; `class_` is `class`; an attribute that is "" is left out."""
    made = etree.Element(tag)
    for name, value in attributes.items():
        if value:
            made.set(name.rstrip("_").replace("_", "-"), _checked(value))
    for child in children:
        if not isinstance(child, str):
            made.append(child)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + _checked(child)
        else:
            made.text = (made.text or "") + _checked(child)
    return made


def _checked(text: str) -> str:
    if bad := _UNPRINTABLE.search(text):
        raise RenderError(f"HTML cannot hold U+{ord(bad[0]):04X}, in {text[:60]!r}", "Delete the character.")
    return text


def append(parent: etree._Element, child: etree._Element) -> None:
    """Add a child on a line of its own; white space between blocks is no text, and the source can be read."""
    if not len(parent):
        parent.text = _LINE_BREAK_IN_SOURCE
    child.tail = _LINE_BREAK_IN_SOURCE
    parent.append(child)


@dataclass(slots=True)
class Column:
    """One document of the edition: makes its blocks, and ids that no other column has."""

    document: Document
    shared: bool
    _ids: dict[str, str] = field(default_factory=dict)
    _keys: frozenset[str] = frozenset()
    _unparted: re.Pattern[str] | None = None

    def __post_init__(self) -> None:
        if pattern := hyphenated(self.document.unparted):
            self._unparted = re.compile(f"({pattern})")
        self._keys = frozenset(block.key for block in self.document.blocks())

    def id(self, key: str) -> str:
        """An id for `key` as CSS and addresses like it: ASCII, and unique even where two keys look alike in it."""
        if key not in self._ids:
            base = token(key) + (f"-{self.document.language.code}" if self.shared else "")
            taken = set(self._ids.values())
            free = (base if n == 0 else f"{base}.{n}" for n in itertools.count())
            self._ids[key] = next(name for name in free if name not in taken)
        return self._ids[key]

    def label(self, key: str, number: int = 0) -> str:
        """A fixed string of the document's language; `{number}` in it is filled in."""
        try:
            return self.document.labels[key].replace("{number}", str(number))
        except KeyError:
            code = self.document.language.code
            raise RenderError(
                f"No string {key!r} in {code!r}", f"Add it to templates/strings.yml, under {key}."
            ) from None

    def cell(self, tag: str, *children: etree._Element | str) -> etree._Element:
        """A cell of a row, marked as this column's language."""
        language = self.document.language
        return element(tag, *children, class_="cell", lang=language.code, dir=language.direction)

    def block(self, block: Block, part: Part) -> etree._Element:
        """One block; a table takes its caption from the heading of its part."""
        match block:
            case Heading():
                tag, words = f"h{block.level}", self.inlines(block.inlines)
                return element(tag, *words, class_=token(block.role), id=self.id(block.key))
            case Paragraph():
                return self.paragraph(block, self.id(block.key))
            case Table():
                return self.table(block, part)
            case Grid():
                return self.grid(block)

    def paragraph(self, block: Paragraph, anchor: str = "") -> etree._Element:
        """A paragraph, its number a word before it."""
        words = list(self.inlines(block.inlines))
        classes = f"{token(block.role)} level-{block.level}"
        if block.number is None:
            return element("p", *words, class_=classes, id=anchor)
        number = element("span", *self.number(block.number), class_="number")
        return element(
            "p", number, " ", element("span", *words, class_="words"), class_=f"{classes} hanging", id=anchor
        )

    def number(self, number: Number) -> Iterator[etree._Element | str]:
        """The number of a paragraph as written."""
        yield number.label

    def table(self, block: Table, part: Part) -> etree._Element:
        """A table with a caption for those who do not see the heading above it."""
        made = element("table", class_=token(block.role), id=self.id(block.key))
        if caption := self._caption(block, part):
            append(made, element("caption", *caption, class_="unseen"))
        widths = [element("col", class_=f"share-{share(block.widths, n)}") for n in range(len(block.widths))]
        append(made, element("colgroup", *widths))
        head = [element("th", *self.inlines(cell), scope="col") if cell else element("td") for cell in block.head]
        append(made, element("thead", element("tr", *head)))
        rows = element("tbody")
        for row in block.rows:
            first, *others = (list(self.inlines(cell)) for cell in row.cells)
            cells = [element("th", *first, scope="row"), *(element("td", *words) for words in others)]
            append(rows, element("tr", *cells))
        append(made, rows)
        return made

    def _caption(self, block: Table, part: Part) -> list[etree._Element | str]:
        mine = next((one for one in self.document.parts if block in one.blocks), part)
        heading = next((one for one in mine.blocks if isinstance(one, Heading)), None)
        return [plain(heading.inlines)] if heading else []

    def grid(self, block: Grid) -> etree._Element:
        """Cells side by side: signatures are a list, each signatory one item."""
        listed = "signature" in block.role
        made = element(
            "ul" if listed else "div",
            role="list" if listed else "",
            class_=f"grid {token(block.role)} columns-{block.columns}",
            id=self.id(block.key),
        )
        for cell in block.cells:
            box = element("li" if listed else "div")
            for paragraph in cell:
                append(box, self.paragraph(paragraph))
            append(made, box)
        return made

    def notes(self) -> etree._Element:
        """The footnotes."""
        made = element("ol", role="list")
        for note in self.document.notes():
            append(made, self.note(note))
        return made

    def note(self, note: Note) -> etree._Element:
        """A footnote with a link back to its call."""
        call, target = self._note_ids(note)
        back = element(
            "a",
            "\u21a9\ufe0e",
            href=f"#{call}",
            role="doc-backlink",
            aria_label=self.label("note-back", note.number),
        )
        words = element("span", *self.inlines(note.inlines), class_="words")
        number = element("span", str(note.number), class_="number")
        return element("li", element("p", number, " ", words, back, class_="hanging"), id=target)

    def _note_ids(self, note: Note) -> tuple[str, str]:
        return self.id(f"call-{note.number}"), self.id(f"note-{note.number}")

    def inlines(self, inlines: tuple[Inline, ...]) -> Iterator[etree._Element | str]:
        """The words of `inlines`; a line break inside a text is a line break on the page too."""
        for inline in inlines:
            match inline:
                case Text(text):
                    yield from self._lines(text)
                case Break():
                    yield element("br")
                case Emphasis(children):
                    yield element("em", *self.inlines(children))
                case Strong(children):
                    yield element("strong", *self.inlines(children))
                case Link(href, children):
                    yield self._link(href, children)
                case Span(lang, children):
                    yield element("span", *self.inlines(children), lang=lang, dir=direction(lang))
                case Isolate(children):
                    yield element("bdi", *self.inlines(children), dir="ltr")
                case TermMark(_, children):
                    yield from self.inlines(children)
                case Note():
                    yield self._call(inline)
                case ClauseRef(key, children) if key in self._keys:
                    yield element("a", *self.inlines(children), href="#" + self.id(key))
                case ClauseRef(_, children):
                    yield from self.inlines(children)
                case Placeholder(name):
                    raise RenderError(f"The placeholder {name!r} was never filled in", "This is a fault of paraph.")

    def _lines(self, text: str) -> Iterator[etree._Element | str]:
        for n, line in enumerate(text.split("\n")):
            if n:
                yield element("br")
            for at, piece in enumerate(self._unparted.split(line) if self._unparted else (line,)):
                yield element("span", piece, class_="unparted") if at % 2 else piece

    def _link(self, href: str, children: tuple[Inline, ...]) -> etree._Element:
        if not href.lower().startswith(_SCHEMES):
            raise RenderError(f"A link to {href[:60]!r} cannot be published", "Use https:, http: or mailto:.")
        bare = plain(children).strip() in href
        words = (plain(children),) if bare else self.inlines(children)  # an address may break wherever it must
        return element("a", *words, href=href, class_="bare" if bare else "")

    def _call(self, note: Note) -> etree._Element:
        call, target = self._note_ids(note)
        label = self.label("note", note.number)
        link = element("a", str(note.number), href=f"#{target}", id=call, role="doc-noteref", aria_label=label)
        return element("sup", link)


def share(widths: tuple[int, ...], column: int) -> int:
    """The share of one column in percent; `style` writes a rule for each."""
    return round(100 * widths[column] / sum(widths))


def token(text: str) -> str:
    """`text` as an id or a class: ASCII, without white space."""
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", text).strip("-") or "x"
