"""Letters: one document, and what of it is each recipient's own.

The words of a letter are the same for all who get it in a language: they are what was approved. A recipient's own are
its address, how it is spoken to, the place that it is asked about, and the reference. A letter is therefore assembled
once a language with a *slot*, one character of private use that no text may hold, in the place of each; `personal` puts
a recipient's own in the slots and gives the Document that the letter must say. `leaves` gives the same texts without
making a tree, which is all that a renderer needs once it has made one letter of the same *shape*.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from paraph.model import codes
from paraph.model.document import Document
from paraph.model.text import (
    Break,
    ClauseRef,
    Emphasis,
    Inline,
    Isolate,
    Link,
    Note,
    Span,
    Strong,
    TermMark,
    Text,
    with_runs,
)

ADDRESS, SALUTATION, VOCATIVE, REFERENCE, PLACE = "\ue0a0", "\ue0a1", "\ue0a2", "\ue0a3", "\ue0a4"
YEARS = range(2000, 2100)
"""In which a letter may be dated: another one is a slip."""
_RTL = {"R", "AL"}
_SLOT = re.compile(f"[{ADDRESS}{SALUTATION}{VOCATIVE}{REFERENCE}{PLACE}]")

Values: TypeAlias = Mapping[str, str]
"""What stands in each slot; the lines of an address are joined by LF."""
Which: TypeAlias = tuple[str, bool, str]
"""Of which document a letter is: in which language, with a reference of its own or without, and of which day ("": of
none). Names of States and members are those of that day."""
Leaf: TypeAlias = Callable[[str, bool], str]
"""What is printed for a text, and whether it is isolated."""


def stem(name: str, language: str) -> str:
    """The name of the files of a recipient of this name, in this language, without their ending."""
    return f"{name}.{language}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipient:
    """Who gets a letter. `line` is its row in the file; `name` that of its files, without an ending.

    `language` is the one that the letter is in, `asked` what the file asked for ("": nothing). `lines` are its address;
    `salutation` opens the letter, `vocative` is how the closing speaks to it; `place` is where a visit is asked for (""
    where the letter names none); `date` is the day of the letter.
    """

    line: int
    name: str
    language: str
    asked: str
    lines: tuple[str, ...]
    salutation: str
    vocative: str
    reference: str = ""
    date: dt.date | None = None
    office: str = ""
    place: str = ""

    @property
    def stem(self) -> str:
        """The name of its files without their ending, which no other recipient of a table has."""
        return stem(self.name, self.language)

    @property
    def which(self) -> Which:
        """The document that its letter is of."""
        return self.language, bool(self.reference), self.date.isoformat() if self.date else ""

    @property
    def values(self) -> dict[str, str]:
        """What stands in the slots."""
        return {
            ADDRESS: "\n".join(self.lines),
            SALUTATION: self.salutation,
            VOCATIVE: self.vocative,
            REFERENCE: self.reference,
            PLACE: self.place,
        }


def slotted(document: Document) -> tuple[str, ...]:
    """The texts of a document that hold a slot, in reading order; the reference of its margins comes last."""
    found: list[str] = []
    _rebuilt(document, lambda text: _noted(text, found))
    return (*found, document.reference)


def leaves(texts: tuple[str, ...], values: Values, *, rtl: bool) -> tuple[tuple[str, ...], str]:
    """What a letter prints where `texts` have slots, and the shape of these words.

    The shape is the same for letters that differ in nothing but these words: lines (|), codes apart (i, or m where they
    need marks of direction around them) from text (t), and whether there is a reference.
    """
    words: list[str] = []
    shape = ""
    for text in texts[:-1]:
        for number, line in enumerate(_filled(text, values).split("\n")):
            shape += "|" if number else ""
            for piece, isolated in _pieces(line, rtl):
                words.append(piece)
                shape += "t" if not isolated else "i" if codes.stands_fast(piece) else "m"
        shape += ";"
    words.append(_filled(texts[-1], values))
    return tuple(words), shape + ("r" if words[-1] else "")


def personal(document: Document, values: Values, leaf: Leaf = lambda text, isolated: text) -> Document:
    """`document` with a recipient's own words in its slots; `leaf` may print others in their place, in their order."""
    rtl = document.language.direction == "rtl"

    def words(text: str) -> Iterator[Inline]:
        for number, line in enumerate(_filled(text, values).split("\n")):
            if number:
                yield Break()
            for piece, isolated in _pieces(line, rtl):
                printed = Text(leaf(piece, isolated))
                yield Isolate((printed,)) if isolated else printed

    made = _rebuilt(document, words)
    return replace(made, reference=leaf(_filled(document.reference, values), False))


def _rebuilt(document: Document, words: Callable[[str], Iterator[Inline]]) -> Document:
    """`document` with each text that holds a slot made anew."""

    def inlines(run: tuple[Inline, ...]) -> tuple[Inline, ...]:
        made: list[Inline] = []
        for one in run:
            match one:
                case Text(text):
                    made += words(text) if _SLOT.search(text) else (one,)
                case Emphasis() | Strong() | Link() | Span() | Isolate() | TermMark() | ClauseRef():
                    made.append(replace(one, children=inlines(one.children)))
                case Note():
                    made.append(replace(one, inlines=inlines(one.inlines)))
                case _:
                    made.append(one)
        return tuple(made)

    parts = (replace(part, blocks=tuple(with_runs(block, inlines) for block in part.blocks)) for part in document.parts)
    return replace(document, parts=tuple(parts))


def _noted(text: str, found: list[str]) -> Iterator[Inline]:
    found.append(text)
    yield Text(text)


def _filled(text: str, values: Values) -> str:
    return _SLOT.sub(lambda found: values[found[0]], text)


def _pieces(line: str, rtl: bool) -> Iterator[tuple[str, bool]]:
    """A line in pieces, each with whether it keeps its own order: in Arabic codes do, and a line that has no Arabic.

    “2 Example Street” would otherwise be shown as “Example Street 2”.
    """
    if not rtl:
        return iter(((line, False),))
    directions = {unicodedata.bidirectional(char) for char in line}
    return iter(((line, True),)) if "L" in directions and not directions & _RTL else codes.pieces(line)
