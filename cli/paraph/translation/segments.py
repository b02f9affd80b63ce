"""A text in the pieces that translators work on, and back.

A segment is a paragraph, an item of a list or a footnote. What is not words in it (values, footnote calls, references,
emphasis, links, marked terms) are codes: numbered in the order of the source, opaque to the translator, and in the
translation the same ones. So `[the child](term:child) of {{ country }}` is code 1 around words, then code 2.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeAlias

from paraph.markup.write import inlines as markdown
from paraph.model.text import (
    Break,
    ClauseRef,
    Emphasis,
    Inline,
    Line,
    LineKind,
    Link,
    Note,
    Placeholder,
    Span,
    Strong,
    TermMark,
    Text,
    notes,
    plain,
)


class Side(StrEnum):
    """What a mark stands for: a whole code with nothing inside it, its beginning, or its end."""

    ALONE = "alone"
    OPEN = "open"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a code, by its id, stands among the words of a segment."""

    side: Side
    code: str


Piece: TypeAlias = str | Mark
Pieces: TypeAlias = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Markup in a segment, which translators move but do not write: emphasis, a link, a value, the call of a note, …

    `inline` is the node itself, without what it holds; `opening` and `closing` are how it looks in Markdown. `needed`:
    no translation may leave it out, as it may emphasis, which not every script has, or a line break.
    """

    id: str
    inline: Inline
    opening: str
    closing: str
    needed: bool


@dataclass(frozen=True, slots=True)
class Segment:
    """A paragraph as a translator gets it: words, with marks where codes stand (`codes`, by id).

    `id` is p1, p2, … for the lines of a clause, n-<key> for its footnotes, and the id of the text for a document’s own.
    `kind` tells the translator what it is: a heading, an item of a list, a footnote.
    """

    id: str
    kind: str
    pieces: Pieces
    codes: Mapping[str, Code]


_SPACE = re.compile("[ \t\r\n]+")
_KINDS = {
    LineKind.PARAGRAPH: "paragraph",
    LineKind.BULLET: "list item",
    LineKind.ORDERED: "list item",
    LineKind.QUOTE: "quotation",
}


def segments(lines: Sequence[Line]) -> tuple[Segment, ...]:
    """The segments of a text: its lines in order, each followed by its footnotes."""
    found = []
    for number, line in enumerate(lines, start=1):
        kind = _KINDS[line.kind] + (f" {line.ordinal}" if line.ordinal else "")
        found.append(segment(f"p{number}", kind, line.inlines))
        found += [segment(f"n-{note.key}", f"footnote {note.key}", note.inlines) for note in notes(line.inlines)]
    return tuple(found)


def segment(id_: str, kind: str, inlines: tuple[Inline, ...]) -> Segment:
    """One segment, of one paragraph."""
    codes: dict[str, Code] = {}
    return Segment(id_, kind, _joined(_pieces(inlines, codes)), codes)


def _pieces(inlines: tuple[Inline, ...], codes: dict[str, Code]) -> Iterator[Piece]:
    for inline in inlines:
        if isinstance(inline, Text):
            yield inline.text
            continue
        id_ = str(len(codes) + 1)
        children = () if isinstance(inline, Break | Placeholder | Note) else inline.children
        codes[id_] = _code(id_, inline, alone=not children)
        if not children:
            yield Mark(Side.ALONE, id_)
        else:
            yield Mark(Side.OPEN, id_)
            yield from _pieces(children, codes)
            yield Mark(Side.CLOSE, id_)


def _code(id_: str, inline: Inline, *, alone: bool) -> Code:
    needed = not isinstance(inline, Break | Emphasis | Strong | Span)
    if isinstance(inline, Note):
        return Code(id_, Note(inline.key, ()), f"[^{inline.key}]", "", needed)
    if alone:
        return Code(id_, inline, markdown([inline]).strip("\\\n") or "\\", "", needed)
    assert not isinstance(inline, Text | Break | Placeholder)
    bare = replace(inline, children=())
    opening, _, closing = markdown([replace(inline, children=(Text("…"),))]).partition("…")
    return Code(id_, bare, opening, closing, needed)


def _joined(pieces: Iterator[Piece]) -> Pieces:
    """Neighbouring words as one piece, none empty."""
    made: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and made and isinstance(made[-1], str):
            made[-1] += piece
        elif piece != "":
            made.append(piece)
    return tuple(made)


def tidied(pieces: Sequence[Piece]) -> Pieces:
    """Pieces as a text has them: NFC, line ends and indentation of a file as one space, none at either end."""
    made: list[Piece] = []
    for piece in _joined(iter(pieces)):
        if isinstance(piece, str):
            piece = unicodedata.normalize("NFC", _SPACE.sub(" ", piece))
        made.append(piece)
    words = [at for at, piece in enumerate(made) if isinstance(piece, str)]
    if words and words[0] == 0:
        made[0] = str(made[0]).lstrip(" ")
    if words and words[-1] == len(made) - 1:
        made[-1] = str(made[-1]).rstrip(" ")
    return _joined(iter(made))


def words(pieces: Sequence[Piece]) -> str:
    """The words alone."""
    return "".join(piece for piece in pieces if isinstance(piece, str))


def readable(pieces: Sequence[Piece], codes: Mapping[str, Code]) -> str:
    """The segment as a clause has it."""
    return "".join(piece if isinstance(piece, str) else _shown(piece, codes) for piece in pieces)


def _shown(mark: Mark, codes: Mapping[str, Code]) -> str:
    code = codes.get(mark.code)
    if code is None:
        return f"<{mark.code}>"
    return code.closing if mark.side is Side.CLOSE else code.opening


# --- back ------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Rebuilt:
    """The inlines of a translated segment, and what is wrong with its marks, in words."""

    inlines: tuple[Inline, ...] = ()
    problems: list[str] = field(default_factory=list)


def rebuilt(segment: Segment, pieces: Pieces) -> Rebuilt:
    """A translated segment: every needed code of the source once, each pair closed in the order it was opened."""
    made = Rebuilt()
    codes = segment.codes
    counted = Counter(mark.code for mark in pieces if isinstance(mark, Mark) and mark.side is not Side.CLOSE)
    for id_, count in counted.items():
        if id_ not in codes:
            made.problems.append(f"the source has no mark {id_}")
        elif count > 1:
            made.problems.append(f"{_name(codes[id_])} is there {count} times")
    made.problems += [f"{_name(code)} is missing" for id_, code in codes.items() if code.needed and not counted[id_]]
    if "{{" in words(pieces) or "}}" in words(pieces):
        made.problems.append("braces are typed as words: a value is a mark, to be copied from the source")
    if not made.problems:
        stack: list[tuple[str, list[Inline]]] = [("", [])]
        for piece in pieces:
            _add(piece, stack, codes, made.problems)
        made.problems += [f"{_name(codes[id_])} does not end" for id_, _ in stack[1:]]
        made.inlines = tuple(stack[0][1])
    return made


def _name(code: Code) -> str:
    return f"“{code.opening}”" if not code.closing else f"“{code.opening}…{code.closing}”"


def _add(piece: Piece, stack: list[tuple[str, list[Inline]]], codes: Mapping[str, Code], problems: list[str]) -> None:
    here = stack[-1][1]
    match piece:
        case str():
            here.append(Text(piece))
        case Mark(Side.OPEN, id_):
            stack.append((id_, []))
        case Mark(Side.CLOSE, id_):
            if stack[-1][0] != id_ or not id_:
                problems.append(f"{_name(codes[id_]) if id_ in codes else id_} ends where it was not open")
                return
            _, children = stack.pop()
            stack[-1][1].append(_around(codes[id_].inline, tuple(children), codes[id_], problems))
        case Mark(_, id_):
            inline = codes[id_].inline
            if codes[id_].closing:
                problems.append(f"{_name(codes[id_])} is around no words")
            here.append(inline)


def _around(inline: Inline, children: tuple[Inline, ...], code: Code, problems: list[str]) -> Inline:
    if not plain(children).strip() and not any(not isinstance(child, Text) for child in children):
        problems.append(f"{_name(code)} is around no words")
    match inline:
        case Emphasis() | Strong() | Link() | Span() | TermMark() | ClauseRef():
            return replace(inline, children=children)
    problems.append(f"{_name(code)} stands alone")
    return inline


def renumbered(segment: Segment, other: Segment) -> Pieces:
    """The pieces of `other`, a translation of `segment`, with the numbers that its codes have there; empty where one of
    them is not there."""
    free = {id_: code.inline for id_, code in segment.codes.items()}
    numbers: dict[str, str] = {}
    for id_, code in other.codes.items():
        same = next((one for one, inline in free.items() if inline == code.inline), "")
        if not same:
            return ()
        del free[same]
        numbers[id_] = same
    return tuple(piece if isinstance(piece, str) else Mark(piece.side, numbers[piece.code]) for piece in other.pieces)


def filled(lines: Sequence[Line], translated: Mapping[str, tuple[Inline, ...]]) -> tuple[Line, ...]:
    """The lines of the source with the words of the translation; `translated` has every segment by its id."""
    return tuple(
        replace(line, inlines=tuple(_with_notes(translated[f"p{number}"], translated)))
        for number, line in enumerate(lines, start=1)
    )


def _with_notes(inlines: tuple[Inline, ...], translated: Mapping[str, tuple[Inline, ...]]) -> Iterator[Inline]:
    for inline in inlines:
        match inline:
            case Note(key):
                yield Note(key, translated[f"n-{key}"])
            case Text() | Break() | Placeholder():
                yield inline
            case Emphasis() | Strong() | Link() | Span() | TermMark() | ClauseRef():
                yield replace(inline, children=tuple(_with_notes(inline.children, translated)))
