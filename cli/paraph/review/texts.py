"""The words of a version as a packet prints them: what is sent, and what a returned text is compared with.

A clause is printed as it is on record, without what a document adds: no end mark, no values. A placeholder stands as it
was written, `{{ since }}`. Lists have their numbers, footnotes follow the text that calls them: `detention[1]`, then a
paragraph `[1] …`, so that every word processor brings them back in one piece.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import count

from paraph.assembly.fill import Filler
from paraph.assembly.numbering import Counter
from paraph.markup.parse import parse
from paraph.model.event import SubjectKind
from paraph.model.language import Language
from paraph.model.packet import Question
from paraph.model.text import (
    Break,
    ClauseRef,
    Inline,
    Isolate,
    Line,
    LineKind,
    Note,
    Number,
    Paragraph,
    Placeholder,
    Text,
    plain,
)
from paraph.model.writing import LanguageRules

NOTE_ROLE = "packet-note"
_ROLES = {LineKind.QUOTE: "packet-quote", LineKind.BULLET: "packet-item", LineKind.ORDERED: "packet-item"}
_TEXT = "packet-text"


def paragraphs(text: str, key: str, rules: LanguageRules, *, rtl: bool) -> tuple[Paragraph, ...]:
    """A clause text of the register, as written, in the paragraphs that a packet prints. `key` is unique in it."""
    notes: list[Note] = []
    filler = Filler(value=_value(rtl), reference=_reference, note_numbers=count(1), key=key, right_to_left=rtl)
    walk = _Walk(key, Counter(rules))
    made = [
        walk.paragraph(line, position, _called(filler.fill(line.inlines), notes))
        for position, line in enumerate(_parsed(text))
    ]
    for note in notes:
        words = (Text(f"{_mark(note)} "), *note.inlines)
        made.append(Paragraph(key=f"{key}/note{note.number}", role=NOTE_ROLE, inlines=words))
    return tuple(made)


@lru_cache(maxsize=2_000)
def _parsed(text: str) -> tuple[Line, ...]:
    """The same text goes to every member."""
    return parse(text)[0]


def lines(written: str, key: str) -> tuple[Paragraph, ...]:
    """The lines of a document on record (`DocumentVersion.lines`, joined by line ends): number, tab, words."""
    made = []
    for position, line in enumerate(written.split("\n")):
        label, _, words = line.partition("\t")
        inlines = (Text(f"{label} {words}" if label else words),)
        made.append(Paragraph(key=f"{key}/{position}", role=_TEXT, inlines=inlines))
    return tuple(made)


def printed(question: Question, written: str, language: Language, rules: LanguageRules) -> tuple[Paragraph, ...]:
    """A text of a subject as written, of a clause or of the document, in the paragraphs that a packet prints."""
    key = f"{question.subject.key}/{language.code}"
    if question.subject.kind is SubjectKind.DOCUMENT:
        return question.blocks.get(language.code) or lines(written, key)
    return paragraphs(written, key, rules, rtl=language.direction == "rtl")


def words_of(made: tuple[Paragraph, ...]) -> tuple[str, ...]:
    """What paragraphs say, a string a paragraph, a line break in it a newline; numbers of lists are not part of it."""
    return tuple(plain(one.inlines) for one in made)


@dataclass(slots=True)
class _Walk:
    """Numbers the lists of one text; `open` is the series of the list at each level."""

    key: str
    counter: Counter
    open: dict[int, str] = field(default_factory=dict)

    def paragraph(self, line: Line, position: int, inlines: tuple[Inline, ...]) -> Paragraph:
        number: Number | None = None
        if line.kind is LineKind.BULLET:
            number = self.counter.bullet(f"{self.key}/{line.level}")
        elif line.kind is LineKind.ORDERED:
            if line.ordinal == 1:
                self.open[line.level] = f"{self.key}/{position}"
            number = self.counter.next(self.open[line.level], line.level + 1)
        return Paragraph(
            key=f"{self.key}/{position}",
            role=_ROLES.get(line.kind, _TEXT),
            inlines=inlines,
            level=line.level + line.is_item,
            number=number,
        )


def _value(rtl: bool) -> Callable[[Placeholder], tuple[Inline, ...]]:
    def value(placeholder: Placeholder) -> tuple[Inline, ...]:
        return (Isolate((placeholder,)),) if rtl else (placeholder,)

    return value


def _reference(reference: ClauseRef) -> tuple[Inline, ...]:
    return (reference,)


def _mark(note: Note) -> str:
    return f"[{note.number}]"


def _called(inlines: tuple[Inline, ...], notes: list[Note]) -> tuple[Inline, ...]:
    """`inlines` with each call of a footnote as its mark; the notes are added to `notes`."""
    return tuple(_one(inline, notes) for inline in inlines)


def _one(inline: Inline, notes: list[Note]) -> Inline:
    match inline:
        case Note():
            notes.append(inline)
            return Text(_mark(inline))
        case Text() | Placeholder() | Break():
            return inline
        case _:
            return replace(inline, children=_called(inline.children, notes))
