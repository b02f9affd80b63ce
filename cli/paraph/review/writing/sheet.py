"""The body of a packet as WordprocessingML: cover, contents, who answers, how; a block for each subject.

Every field that comes back is made here and in `subject`, with its names from `identity`; docs/packets.md describes
what is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from paraph.model.packet import Question
from paraph.model.text import Isolate
from paraph.ooxml.controls import LOCKED, link_to, running_text
from paraph.ooxml.names import Element
from paraph.ooxml.text import paragraph
from paraph.review import identity
from paraph.review.returned import left_open
from paraph.review.writing.blocks import Blocks, Places
from paraph.review.writing.circulation_words import Voice, capital
from paraph.review.writing.pen import Pen, labelled, said
from paraph.review.writing.subject import SubjectBlock

_MARKS = 100_000
"""The controls and bookmarks of the subject at place n are numbered from n times this, those of the packet from half
of it: a block has the same numbers in every packet."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Writes one packet with a pen; its subjects are among the `blocks` of the run, or go there."""

    pen: Pen
    blocks: Blocks
    places: Places

    def body(self) -> Iterator[Element]:
        """Everything below the title."""
        self.pen.marks.last = _MARKS // 2
        for position, voice in enumerate(self.pen.voices):
            yield from self._cover(voice, first=position == 0)
        yield self.places.hold(self._listed())
        yield from self._answers()
        for voice in self.pen.voices:
            yield from self._how(voice)
        for question in self.pen.packet.questions:
            yield self.places.hold(self._block(question))
        if block := self._left_open:
            yield self.places.hold(self._for_all(block))

    @property
    def _left_open(self) -> left_open.LeftOpenBlock | None:
        """The one answer for all texts left open, where it is worth its place."""
        packet = self.pen.packet
        worth = left_open.is_worth_it(packet.identity.subjects)
        return left_open.LeftOpenBlock(self.pen, len(packet.questions) + 1) if worth else None

    def _for_all(self, block: left_open.LeftOpenBlock) -> bytes:
        self.pen.marks.last = _MARKS * block.place
        return self.blocks.of((self.pen.packet.languages, left_open), block.elements, self.pen.file)

    def _block(self, question: Question) -> bytes:
        """All about one subject, which is the same for every member that stands to it in the same way."""
        before = question.before and (question.before.version, question.before.on)
        key = (self.pen.packet.languages, question.place, before, question.decided)
        self.pen.marks.last = _MARKS * question.place
        return self.blocks.of(key, SubjectBlock(self.pen, question).elements, self.pen.file)

    def _cover(self, voice: Voice, *, first: bool) -> Iterator[Element]:
        pen = self.pen
        code, head = identity.printed_packet(pen.packet.identity), pen.packet.identity.head
        if not first:
            yield pen.heading(voice, said(capital(voice.language.name)), 2)
        for label, words in voice.cover(pen.packet, code, first=first):
            if words == code:
                yield self._packet_line(voice, label, code)
            else:
                shown = (Isolate(said(words)),) if words == head else pen.apart(words)
                yield pen.line(voice, "packet-fact", (*labelled(voice, label), *shown))

    def _how(self, voice: Voice) -> Iterator[Element]:
        """How to answer. It stands after the contents, so that the first page has what is asked in every language, and
        who answers."""
        pen = self.pen
        yield pen.heading(voice, said(voice.say("how")), 2)
        for key in ("how-decide", "how-words", "how-amend", "how-values", "how-send"):
            yield pen.line(voice, "packet-how", said(voice.say(key)))

    def _packet_line(self, voice: Voice, label: str, code: str) -> Element:
        """The packet's printed name."""
        writer = self.pen.writer(voice.language)
        runs = list(writer.inlines((Isolate(said(code)),), writer.look))
        runs = self.pen.packet_field(identity.PACKET, label, runs, lock=LOCKED)
        shown = writer.inlines(labelled(voice, label), writer.look)
        return paragraph(writer.style("Paraph Packet Fact"), [*shown, *runs], writer.look)

    def _listed(self) -> bytes:
        """The contents, which are the same for every member that stands to all subjects in the same way."""
        packet = self.pen.packet
        key = (packet.languages, "contents", tuple(map(self.pen.voice.in_short, packet.questions)))
        return self.blocks.of(key, self._contents, self.pen.file)

    def _contents(self) -> Iterator[Element]:
        pen, voice, writer = self.pen, self.pen.voice, self.pen.own
        yield pen.heading(voice, said(voice.say("contents")), 2)
        link = replace(writer.look, style=pen.file.styles.id("character", "Hyperlink"))
        listed = [(question, f" – {voice.in_short(question)}") for question in pen.packet.questions]
        if block := self._left_open:
            listed.append((block.question, ""))
        for question, standing in listed:
            title = writer.inlines(pen.titled(question), link)
            named = identity.name_of(question.place, question.subject, identity.HEAD)
            after = writer.inlines(said(standing), writer.look) if standing else ()
            content = [link_to(named.bookmark, title), *after]
            yield paragraph(writer.style("Paraph Packet Contents"), content, writer.look)

    def _answers(self) -> Iterator[Element]:
        """Who answers for the member."""
        pen, voice, writer = self.pen, self.pen.voice, self.pen.own
        yield pen.heading(voice, said(voice.say("answers")), 2)
        label, hint = voice.say("person"), pen.hint("person-hint")
        person = pen.packet_field(identity.PERSON, label, hint, running_text(), hint=True)
        shown = writer.inlines(labelled(voice, label), writer.look)
        yield paragraph(writer.style("Paraph Packet Fact"), [*shown, *person], writer.look)
