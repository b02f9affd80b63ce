"""What a packet is written with: writers for each language, fields with their names, lines, labels, tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from paraph.model.document import Document, Letterhead
from paraph.model.event import SubjectKind
from paraph.model.language import Language, Standing
from paraph.model.library import Library
from paraph.model.packet import Packet, Question
from paraph.model.text import Changed, Heading, Inline, Isolate, Op, Paragraph, Span, Strong, Text, plain
from paraph.ooxml.controls import KEPT, Marks
from paraph.ooxml.names import PARAGRAPH_ORDER, Element, el, properties_of, put
from paraph.ooxml.tables import Cell, TableLook, TableRow, shares, table
from paraph.ooxml.text import Look, paragraph, run, words
from paraph.render.docx.body import File, Writer
from paraph.render.docx.template import text_of
from paraph.review import identity
from paraph.review.writing.circulation_words import LATIN, Voice

_LONG = 900
"""Characters of a row from which it may be broken across pages."""

_SHORT = 600
"""Characters of a row up to which it stays with what follows."""


@dataclass(slots=True, kw_only=True)
class MarkedWriter(Writer):
    """Writes a redline to be read: words that came and went in styles of their own, not as tracked changes."""

    def inlines(self, inlines: tuple[Inline, ...], look: Look, part: str = "") -> Iterator[Element]:
        """Runs and links; what was put in or taken out is set in *Paraph Inserted* or *Paraph Deleted*."""
        before: Inline | None = None
        for inline in inlines:
            if isinstance(inline, Changed) and isinstance(before, Changed) and _meet(before, inline):
                yield run(look, *words(" "))
            before = inline
            if isinstance(inline, Changed):
                style = "Paraph Inserted" if inline.op is Op.INSERT else "Paraph Deleted"
                marked = replace(look, style=self.file.styles.id("character", style))
                yield from Writer.inlines(self, inline.children, marked, part)
            else:
                yield from Writer.inlines(self, (inline,), look, part)


@dataclass(slots=True)
class Pen:
    """Writes one packet into one file, in the languages of its workspace. `width` is that of the text, in twips."""

    packet: Packet
    voices: Sequence[Voice]
    library: Library
    file: File
    width: int
    marks: Marks = field(default_factory=Marks)
    _writers: dict[str, MarkedWriter] = field(default_factory=dict)

    @property
    def voice(self) -> Voice:
        """The first of the languages that the member is spoken to in."""
        return self.voices[0]

    @property
    def own(self) -> Writer:
        """Who writes that language."""
        return self.writer(self.voice.language)

    def writer(self, language: Language) -> Writer:
        """Who writes a language."""
        if language.code not in self._writers:
            self._writers[language.code] = MarkedWriter(self.file, blank(language), self.width)
        return self._writers[language.code]

    # --- titles ------------------------------------------------------------------------------------------------------

    def titled(self, question: Question) -> tuple[Inline, ...]:
        """The place and title of a subject, in the member's first language that has one."""
        place = Text(f"{question.place}. ")
        if question.subject.kind is SubjectKind.DOCUMENT:
            return (place, Text(self.voice.say("whole")))
        codes = (*self.packet.languages, *self.library.workspace.authentic)
        code = next((code for code in codes if question.title.get(code)), "")
        if not code:
            return (place, Text(question.subject.id))
        title = Text(question.title[code])
        return (place, title) if code == self.voice.language.code else (place, Span(code, (title,)))

    def named(self, label: str, question: Question) -> str:
        """What a field or table of a subject is, for who does not see it: “Approve, 3. No detention of children”."""
        return self.voice.say("named", field=label, title=plain(self.titled(question)))

    def head(self, question: Question) -> Element:
        """The heading of a subject, with the bookmark to which the contents lead."""
        named = identity.name_of(question.place, question.subject, identity.HEAD)
        title = self.marks.bookmark(named.bookmark, list(self.own.inlines(self.titled(question), self.own.look)))
        properties = [el("w:keepNext"), el("w:outlineLvl", {"w:val": 1})]
        return paragraph(self.own.style("Paraph Packet Head", "heading 2"), title, self.own.look, properties=properties)

    def code(self, question: Question) -> list[Element]:
        """The printed code of a subject, which reads from left to right in every language."""
        code = identity.printed_code(question.place, question.subject)
        return list(self.own.inlines((Isolate(said(code)),), self.own.look))

    # --- fields ------------------------------------------------------------------------------------------------------

    def field(
        self,
        question: Question,
        named: str,
        label: str,
        runs: list[Element],
        *kind: Element,
        lock: str = KEPT,
        hint: bool = False,
    ) -> list[Element]:
        """Runs as a field of a subject: a control with its tag and title, in a bookmark."""
        names = identity.name_of(question.place, question.subject, named)
        control = self.marks.control(names.tag, self.named(label, question), runs, *kind, lock=lock, hint=hint)
        return self.marks.bookmark(names.bookmark, [control])

    def packet_field(
        self, named: str, title: str, runs: list[Element], *kind: Element, lock: str = KEPT, hint: bool = False
    ) -> list[Element]:
        """Runs as a field of the packet itself. The bookmark ends behind a space: LibreOffice puts what is typed over a
        hint behind the end of a bookmark that ends with it."""
        control = self.marks.control(identity.packet_tag(named), title, runs, *kind, lock=lock, hint=hint)
        end = [run(self.own.look, *words(" "))] if hint else []
        return self.marks.bookmark(identity.packet_bookmark(named), [control, *end])

    def hint(self, key: str) -> list[Element]:
        """What stands in an empty field."""
        look = replace(self.own.look, style=self.file.styles.id("character", "Paraph Hint"))
        return [run(look, *words(identity.hint(self.voice.say(key))))]

    # --- lines and tables --------------------------------------------------------------------------------------------

    def line(self, voice: Voice, role: str, inlines: tuple[Inline, ...]) -> Element:
        """A paragraph in the style of its role."""
        return self.writer(voice.language).paragraph(Paragraph(key=role, role=role, inlines=inlines))

    def apart(self, words: str) -> tuple[Inline, ...]:
        """Words in which what stands in Latin letters between brackets is kept together."""
        found, at = list[Inline](), 0
        for one in LATIN.finditer(words):
            found += [Text(words[at : one.start()]), Isolate(said(one[0]))]
            at = one.end()
        return (*found, Text(words[at:])) if found else said(words)

    def heading(self, voice: Voice, inlines: tuple[Inline, ...], level: int) -> Element:
        """A heading."""
        heading = Heading(key="", role=f"packet-heading-{level}", level=level, inlines=inlines)
        return self.writer(voice.language).heading(heading, None)

    def space(self, *, parted: bool = False) -> Element:
        """An empty line between two tables, which would else be one to Word; `parted`: a page may end after it."""
        style = self.own.style("Paraph House Space")
        return paragraph(style, (), self.own.look, properties=[] if parted else [el("w:keepNext")])

    def labels(self, label: str) -> Cell:
        """A label in each language that the member is spoken to in, on one line where they have room: a page is to hold
        more than one subject."""
        own, first, *others = self.own, *self.voices
        inlines: list[Inline] = [Text(first.say(label))]
        for voice in others:
            inlines += [Text(identity.BETWEEN_LABELS), Span(voice.language.code, said(voice.say(label)))]
        style = own.style("Paraph Packet Label", "Paraph Cell")
        return Cell(blocks=[paragraph(style, own.inlines(tuple(inlines), own.look), own.look)])

    def boxed(self, field: list[Element]) -> Cell:
        """A field in a cell of a decision table."""
        return Cell(blocks=[paragraph(self.own.style("Paraph Packet Cell", "Paraph Cell"), field, self.own.look)])

    def cell(self, language: Language, inlines: tuple[Inline, ...], *, head: bool = False) -> Element:
        """A paragraph of a table."""
        writer = self.writer(language)
        style = writer.style("Paraph Cell Head" if head else "Paraph Cell")
        return paragraph(style, writer.inlines(inlines, writer.look), writer.look)

    def decision(self, caption: str, rows: Sequence[Sequence[Cell]]) -> Element:
        """A decision table: labels, which in two languages take a little more room, and fields."""
        return self.table(caption, rows, last=True, parts=(3, 2))

    def table(
        self, caption: str, rows: Sequence[Sequence[Cell]], *, last: bool = False, parts: Sequence[int] = ()
    ) -> Element:
        """A table whose first row is its head, of equal columns, or of such `parts` of its width.

        A row stays whole unless it is long, and on the page of what follows it where it is short: a text and the
        decision on it are one, but where they would leave half a page white. `last`: it may stand at the end of a page.
        """
        look = TableLook(
            style=self.file.styles.id("table", "Paraph Table"),
            rtl=self.voice.language.direction == "rtl",
            caption=caption,
            first_row=True,
        )
        lengths = [_length(row) for row in rows]
        for row, length in list(zip(rows, lengths, strict=True))[: len(rows) - last]:
            for block in (block for cell in row for block in cell.blocks if length < _SHORT):
                put(properties_of(block, "w:pPr"), el("w:keepNext"), PARAGRAPH_ORDER)
        made = [TableRow(cells=row, head=at == 0, whole=lengths[at] < _LONG) for at, row in enumerate(rows)]
        return table(shares(self.width, parts or [1] * len(rows[0])), made, look)


def blank(language: Language) -> Document:
    """A document of nothing but its language."""
    return Document(
        id="packet",
        form="packet",
        language=language,
        standing=Standing.AUTHENTIC,
        title="",
        subject="",
        reference="",
        date=None,
        letterhead=Letterhead(names=()),
        draft="",
        notice="",
        parts=(),
    )


def _meet(one: Changed, other: Changed) -> bool:
    """Whether words that went and words that came stand beside each other with no gap: “waitact at once”."""
    before, after = plain(one.children), plain(other.children)
    return one.op is not other.op and not (before[-1:].isspace() or after[:1].isspace())


def said(text: str) -> tuple[Inline, ...]:
    """Words as they are."""
    return (Text(text),)


def labelled(voice: Voice, label: str) -> tuple[Inline, ...]:
    """A label set apart from what follows it: “Rule: ”; nothing where it is ""."""
    return (Strong(said(voice.say("labelled", label=label))), Text(" ")) if label else ()


def _length(row: Sequence[Cell]) -> int:
    return max(sum(len(text_of(one)) for one in cell.blocks) for cell in row)
