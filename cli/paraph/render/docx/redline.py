"""A redline as DOCX with real tracked changes: accepted it is the new document, rejected the old one.

Numbers and footnotes are counted by Word, so that they come out right either way: a paragraph that stays is in a list
that both documents have, and what came or went counts in it until it is accepted or rejected. Where the style, level or
list of a paragraph is another than before, the whole of it is deleted and inserted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from paraph.model.document import Document, Edition, Part
from paraph.model.redline import Entry, Fate, Redline
from paraph.model.text import Block, Changed, Grid, Heading, Inline, Note, Number, Op, Paragraph, Table, notes, plain
from paraph.model.writing import NumberStyle
from paraph.ooxml.names import Element, name
from paraph.ooxml.text import Look
from paraph.ooxml.tracked import DELETED, INSERTED, MOVED_AWAY, MOVED_HERE, Revisions, is_tracked
from paraph.render.docx import document as docx
from paraph.render.docx.body import File, Writer
from paraph.render.docx.lists import Lists, Run, lists
from paraph.render.kit import Kit

_MARKS = {
    Fate.ADDED: INSERTED,
    Fate.REMOVED: DELETED,
    Fate.MOVED_HERE: MOVED_HERE,
    Fate.MOVED_AWAY: MOVED_AWAY,
}
_WORDS = {
    (Op.INSERT, False): INSERTED,
    (Op.DELETE, False): DELETED,
    (Op.INSERT, True): MOVED_HERE,
    (Op.DELETE, True): MOVED_AWAY,
}


def render(redline: Redline, kit: Kit, author: str, date: dt.datetime) -> bytes:
    """The DOCX of a redline, its changes by `author` at `date` (aware). RenderError as for a document."""
    parts = tuple(
        Part(name=part.name, id=part.id, blocks=tuple(entry.block for entry in part.entries)) for part in redline.parts
    )
    notice = " ".join(filter(None, (redline.notice, redline.new.notice)))
    revisions = Revisions(author, date)

    def writer(file: File, document: Document, width: int) -> Writer:
        return RedlineWriter(file, document, width, redline=redline, revisions=revisions, lists=lists(redline))

    return docx.render(Edition(documents=(replace(redline.new, parts=parts, notice=notice),)), kit, writer)


@dataclass(slots=True, kw_only=True)
class RedlineWriter(Writer):
    """Writes one redline; its document has the parts of the redline."""

    redline: Redline
    revisions: Revisions
    lists: Lists
    _run: Run | None = None
    _before: Element | None = None
    _numbers: dict[Run, int] = field(default_factory=dict)
    _moves: dict[str, str] = field(default_factory=dict)

    def blocks(self, part: Part, slot: Element | None = None) -> Iterator[Element]:
        """The blocks of a part; an empty line of the house keeps a tracked paragraph from a table and from the end."""
        position = next(n for n, one in enumerate(self.document.parts) if one is part)
        entries = self.redline.parts[position].entries
        alone = all(sum(side is not None for side in sides) <= 1 for sides in _sides(entries))
        for entry in entries:
            for element in self._entry(entry, part, slot if alone else None):
                if self._before is not None and is_tracked(self._before) and element.tag == name("w:tbl"):
                    yield self.gap()
                yield element
                self._before = element
        if position == len(self.document.parts) - 1:
            yield self.gap()

    def _entry(self, entry: Entry, part: Part, slot: Element | None) -> Iterator[Element]:
        match entry.block:
            case Paragraph() | Heading():
                if entry.old is not None and entry.new is not None and not self.lists.stays(entry):
                    for one in _parted(entry):
                        yield self._line(one, slot)
                else:
                    yield self._line(entry, slot)
            case Table():
                made = self.table(entry.block, part)
                self._rows(made, (_all_of(entry.fate), *entry.rows))
                yield made
                yield self.gap()
            case Grid():
                made = self.grid(entry.block)
                self._rows(made, entry.rows if entry.block.columns == 1 else (_all_of(entry.fate),) * len(made))
                yield made
                yield self.gap()

    def _line(self, entry: Entry, slot: Element | None) -> Element:
        entry = _of_one_kind(entry)
        self._run = self.lists.of(entry)
        block, mark = entry.block, _MARKS.get(entry.fate, "")
        self.revisions.begin(whole=bool(mark))
        made = self.heading(block, slot) if isinstance(block, Heading) else self._paragraph(block, slot)
        if mark:
            self.revisions.paragraph(mark, made)
            if entry.other is not None:
                self.revisions.move(mark, self._move(entry), made)
        return made

    def _paragraph(self, block: Block, slot: Element | None) -> Element:
        assert isinstance(block, Paragraph)
        number = replace(block.number, was=None) if block.number and self._run else None
        return self.paragraph(replace(block, number=number), slot)

    def _move(self, entry: Entry) -> str:
        """One name for both ends of a move: the key that its paragraph has in the new document."""
        there = entry.new if entry.new is not None else entry.other
        assert there is not None
        return self._moves.setdefault(there.key, f"move{len(self._moves) + 1}")

    def _rows(self, table: Element, fates: tuple[Fate, ...]) -> None:
        for row, fate in zip(table.findall(name("w:tr")), fates, strict=False):
            if mark := _MARKS.get(fate, ""):
                self.revisions.row(mark, row)

    def _list(self, number: Number, level: int) -> int:
        run = self._run
        assert run is not None
        if run not in self._numbers:
            bullet = number.style is NumberStyle.BULLET
            self._numbers[run] = self.file.numbering.add(
                "Paraph Bullets" if bullet else "Paraph Numbers",
                level,
                number.style,
                number.label if bullet else f"{number.prefix}%{level + 1}{number.suffix}",
                run.start,
                rtl=self.look.rtl,
            )
        return self._numbers[run]

    def inlines(self, inlines: tuple[Inline, ...], look: Look, part: str = "") -> Iterator[Element]:
        """Runs and links, tracked where they were put in or taken out."""
        for inline in inlines:
            if isinstance(inline, Changed):
                content = Writer.inlines(self, inline.children, look, part)
                yield from self.revisions.runs(_WORDS[inline.op, inline.moved], content)
            else:
                yield from Writer.inlines(self, (inline,), look, part)

    def _note(self, note: Note, look: Look) -> Iterator[Element]:
        """Every footnote is counted by Word."""
        return Writer._note(self, replace(note, number=self.file.notes + 1), look)


def _sides(entries: tuple[Entry, ...]) -> tuple[list[Block | None], list[Block | None]]:
    return [entry.old for entry in entries if entry.old], [entry.new for entry in entries if entry.new]


def _of_one_kind(entry: Entry) -> Entry:
    """A paragraph that came or went as one change from its first word to its end.

    Of several, LibreOffice resolves the last first and gives what follows the number of what is gone. So what moved is
    a move to Word only where no word of it changed; otherwise it is deleted here and inserted there, and nobody takes
    new words for old ones.
    """
    if not (entry.fate.only_old or entry.fate.only_new):
        return entry
    block = entry.block
    assert isinstance(block, Paragraph | Heading)
    op, side = (Op.DELETE, entry.old) if entry.fate.only_old else (Op.INSERT, entry.new)
    assert isinstance(side, Paragraph | Heading)
    moved = _says(side) == _says(entry.other) and all(isinstance(one, Changed) and one.moved for one in block.inlines)
    words: tuple[Inline, ...] = (Changed(op, side.inlines, moved=moved),) if side.inlines else ()
    whole = replace(side, inlines=words)
    if moved:
        return replace(entry, block=whole)
    return replace(entry, fate=Fate.REMOVED if op is Op.DELETE else Fate.ADDED, block=whole, other=None)


def _says(block: Block | None) -> tuple[str, ...]:
    """The words of a paragraph and of its footnotes."""
    if not isinstance(block, Paragraph | Heading):
        return ()
    return plain(block.inlines), *(plain(note.inlines) for note in notes(block.inlines))


def _all_of(fate: Fate) -> Fate:
    return fate if fate in _MARKS else Fate.KEPT


def _parted(entry: Entry) -> Iterator[Entry]:
    """What stayed, as a paragraph that went and one that came."""
    for op, side, fate in ((Op.DELETE, entry.old, Fate.REMOVED), (Op.INSERT, entry.new, Fate.ADDED)):
        assert isinstance(side, Paragraph | Heading)
        words: tuple[Inline, ...] = (Changed(op, side.inlines),) if side.inlines else ()
        old, new = (side, None) if op is Op.DELETE else (None, side)
        yield Entry(fate=fate, old=old, new=new, block=replace(side, inlines=words))
