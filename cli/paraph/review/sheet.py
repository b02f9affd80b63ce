"""The body of a packet as WordprocessingML: cover, contents, a block for each text, the document, who answers.

Every field that comes back is made here, with its names from `identity`; docs/packets.md describes what is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from paraph.model.document import Document, Language, Letterhead, Standing
from paraph.model.event import SubjectKind
from paraph.model.library import Library
from paraph.model.packet import Before, Packet, Question
from paraph.model.text import Changed, Heading, Inline, Isolate, Op, Paragraph, Span, Strong, Text, plain
from paraph.ooxml.controls import KEPT, LOCKED, Marks, drop_down, link_to, plain_text, running_text, tick_box
from paraph.ooxml.names import PARAGRAPH_ORDER, Element, el, properties_of, put
from paraph.ooxml.tables import Cell, TableLook, TableRow, shares, table
from paraph.ooxml.text import Look, paragraph, run, words
from paraph.render.docx_body import File, Writer
from paraph.render.docx_template import text_of
from paraph.review import identity, texts
from paraph.review.blocks import Blocks, Places
from paraph.review.changes import changes
from paraph.review.shown import Voice

_SIDES = 2
"""Languages that stand side by side; further ones stand below."""

_FIRST_MARK = 100_000
"""The controls and bookmarks of the subject at place n are numbered from n times this, those of the packet below."""

_LONG = 1_200
"""Characters of a row from which it may be broken across pages."""

_SHORT = 900
"""Characters of a row up to which it stays with what follows."""

_ANSWER = (1, 1)
"""Shares of the columns of a decision table: what is asked, the answer."""


@dataclass(slots=True, kw_only=True)
class MarkedWriter(Writer):
    """Writes a redline to be read: words that came and went in styles of their own, not as tracked changes."""

    def inlines(self, inlines: tuple[Inline, ...], look: Look, part: str = "") -> Iterator[Element]:
        """Runs and links; what was put in or taken out is set in *Paraph Inserted* or *Paraph Deleted*."""
        for inline in inlines:
            if isinstance(inline, Changed):
                style = "Paraph Inserted" if inline.op is Op.INSERT else "Paraph Deleted"
                marked = replace(look, style=self.file.styles.id("character", style))
                yield from Writer.inlines(self, inline.children, marked, part)
            else:
                yield from Writer.inlines(self, (inline,), look, part)


@dataclass(slots=True)
class Sheet:
    """Writes one packet, in the languages and by the writing rules of its workspace."""

    packet: Packet
    voices: Sequence[Voice]
    library: Library
    file: File
    width: int
    blocks: Blocks
    places: Places
    marks: Marks = field(default_factory=Marks)
    _writers: dict[str, Writer] = field(default_factory=dict)

    @property
    def voice(self) -> Voice:
        """The first of the languages that the member is spoken to in."""
        return self.voices[0]

    def body(self) -> Iterator[Element]:
        """Everything below the title."""
        for position, voice in enumerate(self.voices):
            yield from self._cover(voice, first=position == 0)
        yield from self._contents()
        for question in self.packet.questions:
            yield self.places.hold(self._block(question))
        self.marks.last = 2 * _FIRST_MARK // 3
        yield from self._answers()

    def _block(self, question: Question) -> bytes:
        """All about one subject, which is the same for every member that stands to it in the same way."""
        before = question.before and (question.before.version, question.before.on)
        key = (self.packet.languages, question.place, before, question.decided)
        self.marks.last = _FIRST_MARK * question.place
        root = self.file.package.xml(self.file.main)
        return self.blocks.of(key, lambda: self._question(question), root)

    # --- cover and contents ------------------------------------------------------------------------------------------

    def _cover(self, voice: Voice, *, first: bool) -> Iterator[Element]:
        code = identity.printed_packet(self.packet.identity)
        if not first:
            yield self._heading(voice, (Text(voice.language.name),), 2)
        for label, said in voice.cover(self.packet, code):
            if said == code:
                yield self._packet_line(voice, label, code, first=first)
            else:
                isolated: tuple[Inline, ...] = (
                    (Isolate((Text(said),)),) if said == self.packet.identity.head else _said(said)
                )
                yield self._line(voice, "packet-fact", (*_label(voice, label), *isolated))
        yield self._heading(voice, _said(voice.say("how")), 3)
        for key in ("how-decide", "how-words", "how-amend", "how-values", "how-send"):
            yield self._line(voice, "packet-how", _said(voice.say(key)))

    def _packet_line(self, voice: Voice, label: str, code: str, *, first: bool) -> Element:
        writer = self._writer(voice.language)
        runs = list(writer.inlines((Isolate((Text(code),)),), writer.look))
        if first:
            runs = self._packet_field(identity.PACKET, label, runs, LOCKED)
        shown = list(writer.inlines(_label(voice, label), writer.look))
        return paragraph(writer.style("Paraph Packet Fact"), [*shown, *runs], writer.look)

    def _contents(self) -> Iterator[Element]:
        voice, writer = self.voice, self._writer(self.voice.language)
        yield self._heading(voice, _said(voice.say("contents")), 2)
        link = replace(writer.look, style=self.file.styles.id("character", "Hyperlink"))
        for question in self.packet.questions:
            title = writer.inlines(self._titled(question), link)
            named = identity.name_of(question.place, question.subject, "head").bookmark
            after = writer.inlines(_said(f" – {voice.in_short(question)}"), writer.look)
            yield paragraph(writer.style("Paraph Packet Contents"), [link_to(named, title), *after], writer.look)

    # --- one text ----------------------------------------------------------------------------------------------------

    def _question(self, question: Question) -> Iterator[Element]:
        voice = self.voice
        whole = question.subject.kind is SubjectKind.DOCUMENT
        yield self._head(question)
        yield self._line(voice, "packet-status", _said(voice.standing(self.packet, question)))
        if whole:
            yield from self._whole(question)
        else:
            yield from self._texts(question)
        yield from self._changes(question)
        yield self._decision(question)
        yield self._space()

    def _head(self, question: Question) -> Element:
        writer = self._writer(self.voice.language)
        title = list(writer.inlines(self._titled(question), writer.look))
        named = identity.name_of(question.place, question.subject, "head")
        style = writer.style("Paraph Packet Head", "heading 2")
        properties = [el("w:keepNext"), el("w:outlineLvl", {"w:val": 1})]
        return paragraph(style, self.marks.bookmark(named.bookmark, title), writer.look, properties=properties)

    def _titled(self, question: Question) -> tuple[Inline, ...]:
        """The place and title of a subject, in the member's first language that has one."""
        place = Text(f"{question.place}. ")
        if question.subject.kind is SubjectKind.DOCUMENT:
            return (place, Text(self.voice.say("whole")))
        code = next((code for code in (*self.packet.languages, *question.title) if question.title.get(code)), "")
        title = Text(question.title.get(code, question.subject.id))
        return (place, title) if code == self.voice.language.code else (place, Span(code or "zxx", (title,)))

    def _title(self, question: Question) -> str:
        return plain(self._titled(question))

    def _authentic(self, question: Question) -> Sequence[str]:
        return [code for code in self.library.workspace.authentic if question.texts.get(code)]

    def _texts(self, question: Question) -> Iterator[Element]:
        for some in (*_by(self._authentic(question), _SIDES), *_by(tuple(question.translations), 1)):
            yield self._abreast(question, some)
            yield self._space()

    def _abreast(self, question: Question, codes: Sequence[str]) -> Element:
        """The text in some languages beside each other, each in a control of its own."""
        head = [Cell(blocks=[self._column(question, code)]) for code in codes]
        cells = [self._text(question, code) for code in codes]
        return self._table(self.voice.say("text"), question, [1] * len(codes), [head, cells])

    def _column(self, question: Question, code: str) -> Element:
        language = self.library.workspace.languages[code]
        if code not in question.translations:
            return self._cell(self._writer(language), (Text(language.name),), head=True)
        unchecked = question.translations[code][1] != "checked"
        said = self.voice.say("translation-unchecked" if unchecked else "translation", language=language.name)
        return self._cell(self._writer(self.voice.language), _said(said), head=True)

    def _text(self, question: Question, code: str) -> Cell:
        language = self.library.workspace.languages[code]
        named = identity.name_of(question.place, question.subject, identity.text_field(code))
        made = texts.printed(question, question.written[code], language, self.library.rules[code])
        writer = self._writer(language)
        content = self.marks.bookmark(named.bookmark, [writer.paragraph(one) for one in made])
        lock = LOCKED if question.subject.kind is SubjectKind.DOCUMENT else KEPT
        control = self.marks.control(named.tag, self._named(language.name, question), (), running_text(), lock=lock)
        return Cell(blocks=content, control=control)

    def _whole(self, question: Question) -> Iterator[Element]:
        for code in self._authentic(question):
            yield self._abreast(question, [code])
            yield self._space()

    def _changes(self, question: Question) -> Iterator[Element]:
        """The texts with what has changed since the member last approved them; nothing where it never did."""
        before = question.before
        if before is None:
            return
        codes = [code for code in self._authentic(question) if code in before.texts]
        yield self._heading(self.voice, _said(self.voice.say("changes", version=str(before.version))), 3)
        yield self._line(self.voice, "packet-status", _said(self.voice.say("changes-legend")))
        for some in _by(codes, 1 if question.subject.kind is SubjectKind.DOCUMENT else _SIDES):
            head = [Cell(blocks=[self._column(question, code)]) for code in some]
            cells = [self._changed(question, before, code) for code in some]
            label = self.voice.say("changes", version=str(before.version))
            yield self._table(label, question, [1] * len(some), [head, cells])
            yield self._space()

    def _changed(self, question: Question, before: Before, code: str) -> Cell:
        language = self.library.workspace.languages[code]
        rules = self.library.rules[code]
        old, new = (texts.printed(question, one[code], language, rules) for one in (before.texts, question.texts))
        whole = question.subject.kind is SubjectKind.DOCUMENT
        writer = self._writer(language)
        made = [writer.paragraph(one) for one in changes(old, new, blank(language), kept=not whole)]
        named = identity.name_of(question.place, question.subject, identity.changes_field(code))
        control = self.marks.control(named.tag, self._named(language.name, question), (), running_text(), lock=LOCKED)
        return Cell(blocks=made or [writer.gap()], control=control)

    # --- the answer --------------------------------------------------------------------------------------------------

    def _decision(self, question: Question) -> Element:
        """The decision table: its head with the code, a row for each choice, the list, the words."""
        writer = self._writer(self.voice.language)
        code = identity.printed_code(question.place, question.subject)
        runs = list(writer.inlines((Isolate((Text(code),)),), writer.look))
        coded = self._field(question, identity.CODE, self.voice.say("packet"), runs, lock=LOCKED)
        style = writer.style("Paraph Cell Head")
        rows = [
            [[paragraph(style, coded, writer.look)], [self._cell(writer, _said(self.voice.say("decision")), head=True)]]
        ]
        for choice in identity.CHOICES:
            sign = [run(writer.look, *words(identity.UNTICKED))]
            box = self._field(
                question, str(choice), self.voice.say(str(choice)), sign, tick_box(identity.TICKED, identity.UNTICKED)
            )
            rows.append([self._labels(str(choice)), [paragraph(writer.style("Paraph Cell"), box, writer.look)]])
        items = [(self.voice.say(str(choice)), str(choice)) for choice in identity.CHOICES]
        for named, kind in ((identity.CHOICE, drop_down(items)), (identity.WORDS, plain_text())):
            label = "choose" if named == identity.CHOICE else "words"
            hinted = [self._hint(self.voice, f"{label}-hint")]
            box = self._field(question, named, self.voice.say(label), hinted, kind, hint=True)
            rows.append([self._labels(label), [paragraph(writer.style("Paraph Cell"), box, writer.look)]])
        cells = [[Cell(blocks=one) for one in row] for row in rows]
        return self._table(self.voice.say("decision"), question, _ANSWER, cells, last=True)

    def _labels(self, key: str) -> list[Element]:
        """A label in each language that the member is spoken to in."""
        return [self._cell(self._writer(voice.language), _said(voice.say(key))) for voice in self.voices]

    def _answers(self) -> Iterator[Element]:
        voice, writer = self.voice, self._writer(self.voice.language)
        yield self._heading(voice, _said(voice.say("answers")), 2)
        person = self._packet_field(
            identity.PERSON, voice.say("person"), [self._hint(voice, "person-hint")], KEPT, plain_text(), hint=True
        )
        label = writer.inlines(_label(voice, voice.say("person")), writer.look)
        yield paragraph(writer.style("Paraph Packet Fact"), [*label, *person], writer.look)

    def _hint(self, voice: Voice, key: str) -> Element:
        writer = self._writer(voice.language)
        look = replace(writer.look, style=self.file.styles.id("character", "Paraph Hint"))
        return run(look, *words(identity.hint(voice.say(key))))

    # --- pieces ------------------------------------------------------------------------------------------------------

    def _field(
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
        control = self.marks.control(names.tag, self._named(label, question), runs, *kind, lock=lock, hint=hint)
        return self.marks.bookmark(names.bookmark, [control])

    def _packet_field(
        self, named: str, title: str, runs: list[Element], lock: str, *kind: Element, hint: bool = False
    ) -> list[Element]:
        control = self.marks.control(identity.packet_tag(named), title, runs, *kind, lock=lock, hint=hint)
        return self.marks.bookmark(identity.packet_bookmark(named), [control])

    def _named(self, label: str, question: Question) -> str:
        return self.voice.say("named", field=label, title=self._title(question))

    def _table(
        self,
        label: str,
        question: Question,
        parts: Sequence[int],
        rows: Sequence[Sequence[Cell]],
        *,
        last: bool = False,
    ) -> Element:
        """A table whose first row is its head. A row stays whole unless it is long, and on the page of what follows it
        where it is short: a text and the decision on it are one; `last`: nothing follows."""
        look = TableLook(
            style=self.file.styles.id("table", "Paraph Table"),
            rtl=self.voice.language.direction == "rtl",
            caption=self._named(label, question),
            first_row=True,
        )
        for row in rows[: len(rows) - last]:
            if _length(row) < _SHORT:
                for block in (block for cell in row for block in cell.blocks):
                    put(properties_of(block, "w:pPr"), el("w:keepNext"), PARAGRAPH_ORDER)
        made = [TableRow(cells=row, head=at == 0, whole=_length(row) < _LONG) for at, row in enumerate(rows)]
        return table(shares(self.width, parts), made, look)

    def _cell(self, writer: Writer, inlines: tuple[Inline, ...], *, head: bool = False) -> Element:
        style = writer.style("Paraph Cell Head" if head else "Paraph Cell")
        return paragraph(style, writer.inlines(inlines, writer.look), writer.look)

    def _line(self, voice: Voice, role: str, inlines: tuple[Inline, ...]) -> Element:
        return self._writer(voice.language).paragraph(Paragraph(key=role, role=role, inlines=inlines))

    def _heading(self, voice: Voice, inlines: tuple[Inline, ...], level: int) -> Element:
        heading = Heading(key="", role=f"packet-heading-{level}", level=level, inlines=inlines)
        return self._writer(voice.language).heading(heading, None)

    def _space(self) -> Element:
        """An empty line between two tables, which would else be one to Word."""
        writer = self._writer(self.voice.language)
        return paragraph(writer.style("Paraph House Space"), (), writer.look, properties=[el("w:keepNext")])

    def _writer(self, language: Language) -> Writer:
        if language.code not in self._writers:
            self._writers[language.code] = MarkedWriter(self.file, blank(language), self.width)
        return self._writers[language.code]


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


def _said(words: str) -> tuple[Inline, ...]:
    return (Text(words),)


def _label(voice: Voice, label: str) -> tuple[Inline, ...]:
    """A label set apart from what follows it: “Rule: ”."""
    return (Strong((Text(voice.say("labelled", label=label)),)), Text(" ")) if label else ()


def _by(codes: Sequence[str], count: int) -> Iterator[Sequence[str]]:
    return (codes[start : start + count] for start in range(0, len(codes), count))


def _length(row: Sequence[Cell]) -> int:
    return max(sum(len(text_of(one)) for one in cell.blocks) for cell in row)
