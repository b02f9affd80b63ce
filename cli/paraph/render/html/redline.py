"""A redline as a page: `ins` and `del` that say so in words too, to whoever listens.

Struck and underlined words differ without colour; before and after each change stands, unseen, what a screen reader
says of it. What only one of the two texts has is named by `data-only`, so that the page can be read as either of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from paraph.model.document import Edition, Part
from paraph.model.redline import Entry, Fate, Redline, as_document, numbered_through, side_notes
from paraph.model.text import Block, Changed, Grid, Heading, Inline, Note, Number, Op, Paragraph, Remark, Span, Table
from paraph.render.html import page
from paraph.render.html.column import Column, element
from paraph.render.kit import Kit

TAGS = {Op.INSERT: "ins", Op.DELETE: "del"}
_SAID = {Op.INSERT: "redline-inserted", Op.DELETE: "redline-deleted"}


def render(redline: Redline, kit: Kit) -> bytes:
    """The page of a redline in UTF-8. RenderError as for a document."""
    document = as_document(redline)
    blocks = list(document.blocks())
    entries = {block.key: entry for block, entry in zip(blocks, numbered_through(redline).entries(), strict=True)}
    notes = {note.number: op for note, op in side_notes(blocks) if op}
    return page.render(
        Edition(documents=(document,)), kit, lambda one, shared: _Column(one, shared, entries=entries, sides=notes)
    )


@dataclass(slots=True)
class _Column(Column):
    """`entries` by the keys of the blocks as they stand here; `sides` the footnotes that only one text has;
    `abroad`: among words in another language."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    sides: Mapping[int, Op] = field(default_factory=dict)
    abroad: bool = False

    def inlines(self, inlines: tuple[Inline, ...]) -> Iterator[etree._Element | str]:
        """Words and links, changes marked, remarks set apart."""
        for inline in inlines:
            match inline:
                case Changed(op, children, moved):
                    yield self._changed(op, self.inlines(children), "moved" if moved else "")
                case Remark(children):
                    yield element("span", " ", *self.inlines(children), class_="remark aside")
                case Span():
                    here, self.abroad = self.abroad, True
                    words = [*Column.inlines(self, (inline,))]
                    self.abroad = here
                    yield from words
                case _:
                    yield from Column.inlines(self, (inline,))

    def _changed(self, op: Op, words: Iterator[etree._Element | str], class_: str = "") -> etree._Element:
        before = self._aside(f"[{self.label(_SAID[op])}: ")
        after = self._aside(f" {self.label('redline-end')}]")
        return element(TAGS[op], before, *words, after, class_=class_)

    def _aside(self, words: str) -> etree._Element:
        language = self.document.language
        own = {"lang": language.code, "dir": language.direction} if self.abroad else {}
        return element("span", words, class_="unseen aside", **own)

    def number(self, number: Number) -> Iterator[etree._Element | str]:
        """The number that it had, struck, and the one that it has."""
        if number.was is None:
            yield number.label
            return
        if number.was:
            yield element("del", number.was)
        if number.was and number.label:
            yield " "
        if number.label:
            yield element("ins", number.label)

    def block(self, block: Block, part: Part) -> etree._Element:
        """A block; named where only one text has it."""
        made = Column.block(self, block, part)
        if isinstance(block, Paragraph | Heading):
            _mark(made, self.entries[block.key].fate)
        return made

    def table(self, block: Table, part: Part) -> etree._Element:
        """A table; rows named that only one text has."""
        made = Column.table(self, block, part)
        entry = self.entries[block.key]
        if (head := made.find("thead/tr")) is not None:
            _mark(head, entry.fate)
        for row, fate in zip(made.findall("tbody/tr"), entry.rows, strict=True):
            _mark(row, fate)
        return made

    def grid(self, block: Grid) -> etree._Element:
        """Cells; named where only one text has them."""
        made = Column.grid(self, block)
        for cell, fate in zip(made, self.entries[block.key].rows, strict=True):
            _mark(cell, fate)
        return made

    def note(self, note: Note) -> etree._Element:
        """A footnote; named where only one text has it."""
        made = Column.note(self, note)
        if op := self.sides.get(note.number):
            made.set("data-only", TAGS[op])
        return made


def _mark(made: etree._Element, fate: Fate) -> None:
    if fate.only_old or fate.only_new:
        made.set("data-only", TAGS[Op.DELETE if fate.only_old else Op.INSERT])
