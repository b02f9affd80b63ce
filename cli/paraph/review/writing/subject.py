"""All about one subject in a packet: its texts, what has changed in them, the decision table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from paraph.model.event import SubjectKind
from paraph.model.language import Language
from paraph.model.packet import Before, Question
from paraph.model.text import Paragraph, Span
from paraph.ooxml.controls import KEPT, LOCKED, drop_down, running_text, tick_box
from paraph.ooxml.names import Element
from paraph.ooxml.tables import Cell
from paraph.ooxml.text import paragraph, run, words
from paraph.review import identity, texts
from paraph.review.writing.changes import changes, source
from paraph.review.writing.circulation_words import capital
from paraph.review.writing.pen import Pen, blank, said

_SIDES = 2
"""Languages that stand side by side; further ones stand below."""

_TOGETHER = 900
"""Characters of a text and its changes that stay on one page with the decision."""

_TRANSLATIONS = {
    "checked": "translation",
    "unchecked": "translation-unchecked",
    "stale": "translation-stale",
}
"""What is said of a courtesy translation."""


@dataclass(frozen=True, slots=True)
class SubjectBlock:
    """Writes one subject with a pen."""

    pen: Pen
    question: Question

    def elements(self) -> Iterator[Element]:
        """Heading, texts, changes, decision. A text and the decision on it stand on one page; where long changes stand
        between them, a page may end after the text."""
        pen, voice = self.pen, self.pen.voice
        yield pen.head(self.question)
        yield pen.line(voice, "packet-status", said(voice.standing(pen.packet, self.question)))
        every = (*_by(self._authentic, self._sides), *_by(tuple(self.question.translations), 1))
        for codes in every:
            head = [Cell(blocks=[self._column(code)]) for code in codes]
            parted = codes is every[-1] and self.question.before is not None and self._length(every) > _TOGETHER
            rows = [head, [self._text(code) for code in codes]]
            yield pen.table(pen.named(voice.say("text"), self.question), rows, last=parted)
            yield pen.space(parted=parted)
        if self.question.before is not None:
            yield from self._changes(self.question.before)
        yield self._decision()
        yield pen.space()

    def _length(self, every: Sequence[Sequence[str]]) -> int:
        """About how many characters stand one below the other, in texts and changes."""
        written, before = self.question.written, self.question.before
        changed = max(map(len, before.texts.values()), default=0) if before else 0
        return changed + sum(max(len(written[code]) for code in codes) for codes in every)

    @property
    def _whole(self) -> bool:
        return self.question.subject.kind is SubjectKind.DOCUMENT

    @property
    def _sides(self) -> int:
        return 1 if self._whole else _SIDES

    @property
    def _authentic(self) -> Sequence[str]:
        """The languages of the authentic texts, in the order of the workspace."""
        return [code for code in self.pen.library.workspace.all_languages if self.question.texts.get(code)]

    def _language(self, code: str) -> Language:
        return self.pen.library.workspace.languages[code]

    # --- texts -------------------------------------------------------------------------------------------------------

    def _column(self, code: str) -> Element:
        """The name of a language over its text, and what a text that does not bind is."""
        pen, language = self.pen, self._language(code)
        if code not in self.question.translations:
            return pen.cell(language, said(capital(language.name)), head=True)
        key = _TRANSLATIONS[self.question.translations[code][1]]
        return pen.cell(pen.voice.language, said(capital(pen.voice.say(key, language=language.name))), head=True)

    def _text(self, code: str) -> Cell:
        language = self._language(code)
        made = texts.printed(self.question, self.question.written[code], language, self.pen.library.rules[code])
        named = identity.name_of(self.question.place, self.question.subject, identity.text_field(code))
        writer = self.pen.writer(language)
        content = self.pen.marks.bookmark(named.bookmark, [writer.paragraph(one) for one in made])
        return self._controlled(named, language.name, content, LOCKED if self._whole else KEPT)

    def _controlled(
        self, named: identity.Name, label: str, content: list[Element], lock: str, *, hint: bool = False
    ) -> Cell:
        """A cell in a control: around the cell, the control leaves its paragraphs to every word processor."""
        title = self.pen.named(label, self.question)
        control = self.pen.marks.control(named.tag, title, (), running_text(), lock=lock, hint=hint)
        return Cell(blocks=content, control=control)

    def _changes(self, before: Before) -> Iterator[Element]:
        """The texts with what has changed since the member last approved them."""
        pen, label = self.pen, self.pen.voice.say("changes", version=str(before.version))
        yield pen.heading(pen.voice, said(label), 3)
        yield pen.line(pen.voice, "packet-status", said(pen.voice.say("changes-legend")))
        codes = [code for code in self._authentic if code in before.texts]
        for code in codes:
            yield from self._unseen(before, code)
        for some in _by(codes, self._sides):
            head = [Cell(blocks=[self._column(code)]) for code in some]
            cells = [self._changed(before, code) for code in some]
            yield pen.table(pen.named(label, self.question), [head, cells])
            yield pen.space()

    def _changed(self, before: Before, code: str) -> Cell:
        language, writer = self._language(code), self.pen.writer(self._language(code))
        old, new = (self._plainly(one[code], language) for one in (before.texts, self.question.texts))
        made = [writer.paragraph(one) for one in changes(old, new, blank(language), kept=not self._whole)]
        named = identity.name_of(self.question.place, self.question.subject, identity.changes_field(code))
        return self._controlled(named, language.name, made or [writer.gap()], LOCKED)

    def _unseen(self, before: Before, code: str) -> Iterator[Element]:
        """A line on what no printed word tells: a text is written otherwise, or all that changed in a document lies
        elsewhere."""
        pen, voice, language = self.pen, self.pen.voice, self._language(code)
        old, new = before.texts[code], self.question.texts[code]
        if self._whole:
            if old == new:
                elsewhere = voice.say("changes-elsewhere", language=capital(language.name))
                yield pen.line(voice, "packet-status", said(elsewhere))
            return
        printed, reads = (texts.words_of(self._plainly(one, language)) for one in (old, new))
        if old != new and printed == reads:
            inlines = source(old, new)
            inlines = inlines if code == voice.language.code else (Span(code, inlines),)
            label = voice.say("changes-written", language=capital(language.name))
            yield pen.line(voice, "packet-status", (*said(f"{label} "), *inlines))

    def _plainly(self, written: str, language: Language) -> tuple[Paragraph, ...]:
        """A text in its paragraphs; a document in lines without their styles, which an older version has not."""
        key = f"{self.question.subject.key}/{language.code}"
        if self._whole:
            return texts.lines(written, key)
        rules = self.pen.library.rules[language.code]
        return texts.paragraphs(written, key, rules, rtl=language.direction == "rtl")

    # --- the decision ------------------------------------------------------------------------------------------------

    def _decision(self) -> Element:
        """The decision table: its head with the code, a row for each choice, the list, the words."""
        pen, voice = self.pen, self.pen.voice
        coded = pen.field(self.question, identity.CODE, voice.say("packet"), pen.code(self.question), lock=LOCKED)
        head = paragraph(pen.own.style("Paraph Cell Head"), coded, pen.own.look)
        rows = [[Cell(blocks=[head]), Cell(blocks=[pen.cell(voice.language, said(voice.say("decision")), head=True)])]]
        for choice in map(str, identity.CHOICES):
            sign = [run(pen.own.look, *words(identity.UNTICKED))]
            kind = tick_box(identity.TICKED, identity.UNTICKED)
            rows.append(self._row(choice, pen.field(self.question, choice, voice.say(choice), sign, kind)))
        items = [(voice.say(choice), choice) for choice in map(str, identity.CHOICES)]
        kind, hint = drop_down(items), pen.hint("choose-hint")
        listed = pen.field(self.question, identity.CHOICE, voice.say("choose"), hint, kind, hint=True)
        rows.append(self._row("choose", listed))
        rows.append([pen.labels("words"), self._words()])
        return pen.decision(pen.named(voice.say("decision"), self.question), rows)

    def _row(self, label: str, field: list[Element]) -> list[Cell]:
        return [self.pen.labels(label), self.pen.boxed(field)]

    def _words(self) -> Cell:
        """The field for words: around its cell, so that they may be several paragraphs."""
        pen, own = self.pen, self.pen.own
        named = identity.name_of(self.question.place, self.question.subject, identity.WORDS)
        block = paragraph(own.style("Paraph Packet Cell", "Paraph Cell"), pen.hint("words-hint"), own.look)
        content = pen.marks.bookmark(named.bookmark, [block])
        return self._controlled(named, pen.voice.say("words"), content, KEPT, hint=True)


def _by(codes: Sequence[str], count: int) -> Iterator[Sequence[str]]:
    return (codes[start : start + count] for start in range(0, len(codes), count))
