"""The body of a packet as WordprocessingML: cover, contents, a block for each text, the document, who answers.

Every field that comes back is made here, with its names from `identity`; docs/packets.md describes what is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from paraph.model.document import Document, Language, Letterhead, Standing
from paraph.model.event import SubjectKind
from paraph.model.library import Library
from paraph.model.packet import Packet, Question
from paraph.model.text import Changed, Heading, Inline, Isolate, Op, Paragraph, Strong, Text, Texts
from paraph.ooxml.controls import KEPT, LOCKED, Marks, drop_down, link_to, plain_text, tick_box
from paraph.ooxml.names import Element, el
from paraph.ooxml.tables import Cell, TableLook, TableRow, shares, table
from paraph.ooxml.text import Look, paragraph, run, words
from paraph.render.docx_body import File, Writer
from paraph.review import identity, texts
from paraph.review.shown import Voice

_SIDES = 2
"""Languages that stand side by side; further ones stand below."""

_ANSWER = (11, 17)
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
            yield from self._question(question)
        yield from self._answers()

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
            title = writer.inlines(_said(self._title(voice, question)), link)
            named = identity.name_of(question.place, question.subject, "head").bookmark
            after = writer.inlines(_said(f" – {voice.standing(self.packet, question)}"), writer.look)
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
        yield self._writer(voice.language).gap()

    def _head(self, question: Question) -> Element:
        voice, writer = self.voice, self._writer(self.voice.language)
        title = list(writer.inlines(_said(self._title(voice, question)), writer.look))
        named = identity.name_of(question.place, question.subject, "head")
        style = writer.style("Paraph Packet Head", "heading 2")
        properties = [el("w:keepNext"), el("w:outlineLvl", {"w:val": 1})]
        return paragraph(style, self.marks.bookmark(named.bookmark, title), writer.look, properties=properties)

    def _title(self, voice: Voice, question: Question) -> str:
        if question.subject.kind is SubjectKind.DOCUMENT:
            return f"{question.place}. {voice.say('whole')}"
        return f"{question.place}. {_in(question.title, voice.language.code)}"

    def _texts(self, question: Question) -> Iterator[Element]:
        codes = [code for code in self.library.workspace.authentic if code in question.texts]
        for start in range(0, len(codes), _SIDES):
            yield self._abreast(question, codes[start : start + _SIDES])
            yield self._writer(self.voice.language).gap()
        for code in question.translations:
            yield self._abreast(question, [code])
            yield self._writer(self.voice.language).gap()

    def _abreast(self, question: Question, codes: Sequence[str]) -> Element:
        """The text in some languages beside each other, each in a control of its own."""
        head = [Cell(blocks=[self._column(question, code)]) for code in codes]
        cells = [Cell(blocks=[*self._text(question, code), self._gap(code)]) for code in codes]
        return self._table(self.voice.say("text"), question, [1] * len(codes), [head, cells])

    def _column(self, question: Question, code: str) -> Element:
        language = self.library.workspace.languages[code]
        if code not in question.translations:
            return self._cell(self._writer(language), (Text(language.name),), head=True)
        unchecked = question.translations[code][1] != "checked"
        said = self.voice.say("translation-unchecked" if unchecked else "translation", language=language.name)
        return self._cell(self._writer(self.voice.language), _said(said), head=True)

    def _text(self, question: Question, code: str) -> list[Element]:
        written = question.texts.get(code) or question.translations[code][0]
        language = self.library.workspace.languages[code]
        named = identity.name_of(question.place, question.subject, identity.text_field(code))
        printed = self._printed(question, written, language)
        writer = self._writer(language)
        content = [writer.paragraph(one) for one in printed]
        lock = LOCKED if question.subject.kind is SubjectKind.DOCUMENT else KEPT
        title = self._named(language.name, question)
        control = self.marks.control(named.tag, title, content, lock=lock)
        return self.marks.bookmark(named.bookmark, [control])

    def _printed(self, question: Question, written: str, language: Language) -> tuple[Paragraph, ...]:
        key = f"{question.subject}/{language.code}"
        if question.subject.kind is SubjectKind.DOCUMENT:
            return texts.lines(written, key)
        return texts.paragraphs(written, key, self.library.rules[language.code], rtl=language.direction == "rtl")

    def _whole(self, question: Question) -> Iterator[Element]:
        for code, written in question.texts.items():
            if not written:
                continue
            language = self.library.workspace.languages[code]
            yield self._heading(self.voice, (Text(language.name),), 3)
            yield from self._text(question, code)

    def _changes(self, question: Question) -> Iterator[Element]:
        """The texts with what has changed since the member last approved them; nothing where nothing has."""
        before = question.before
        if before is None:
            return
        yield from ()

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
        return self._table(self.voice.say("decision"), question, _ANSWER, cells)

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
        return self.voice.say("named", field=label, title=self._title(self.voice, question))

    def _table(self, label: str, question: Question, parts: Sequence[int], rows: Sequence[Sequence[Cell]]) -> Element:
        look = TableLook(
            style=self.file.styles.id("table", "Paraph Table"),
            rtl=self.voice.language.direction == "rtl",
            caption=self._named(label, question),
            first_row=True,
        )
        made = [
            TableRow(cells=row, head=at == 0, whole=len(parts) > 1 and len(rows) > 2) for at, row in enumerate(rows)
        ]
        return table(shares(self.width, parts), made, look)

    def _cell(self, writer: Writer, inlines: tuple[Inline, ...], *, head: bool = False) -> Element:
        style = writer.style("Paraph Cell Head" if head else "Paraph Cell")
        return paragraph(style, writer.inlines(inlines, writer.look), writer.look)

    def _line(self, voice: Voice, role: str, inlines: tuple[Inline, ...]) -> Element:
        return self._writer(voice.language).paragraph(Paragraph(key=role, role=role, inlines=inlines))

    def _heading(self, voice: Voice, inlines: tuple[Inline, ...], level: int) -> Element:
        heading = Heading(key="", role=f"packet-heading-{level}", level=level, inlines=inlines)
        return self._writer(voice.language).heading(heading, None)

    def _gap(self, code: str) -> Element:
        return self._writer(self.library.workspace.languages[code]).gap()

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


def _in(texts: Texts, code: str) -> str:
    """A text in the language, or in the first that it has."""
    return texts.get(code) or next(iter(texts.values()), "")
