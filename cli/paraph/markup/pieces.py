"""The difference of two paragraphs as they are set: words with their emphasis, links and footnotes.

A word that is set in another way, leads elsewhere, names another term or is in another language counts as another word:
what members approve holds all that too. A footnote that stays keeps its call, and the difference is inside it.
"""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from paraph.markup.align import similarity
from paraph.markup.diff import Token, stretches
from paraph.markup.segmentation import words
from paraph.model.text import (
    Break,
    Changed,
    ClauseRef,
    Emphasis,
    Inline,
    Isolate,
    Link,
    Note,
    Op,
    Placeholder,
    Span,
    Strong,
    TermMark,
    Text,
    clause_in_key,
    plain,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph and what became of it: the same words as either text has them, or those of one."""

    op: Op
    old: tuple[Inline, ...]
    new: tuple[Inline, ...]


_Marked: TypeAlias = tuple[Op, bool, Inline]
"""What became of an inline, whether it moved, and the inline."""

_SIDES = frozenset({Op.DELETE, Op.INSERT})
"""What only the old text has, and what only the new one."""

_CALL = "\ufffc"
_WHOLE = "whole"
"""The look of what reads left to right between Arabic words: parted, its pieces would change places."""
_SAME_NOTE = 0.4
"""From this similarity on (of 1), a footnote is the same one in other words."""


def pieces(old: tuple[Inline, ...], new: tuple[Inline, ...]) -> tuple[Piece, ...]:
    """What became of `old` on the way to `new`.

    In the new side of what is kept, footnotes hold their own difference.
    """
    before, after = _Flat.of(old), _Flat.of(new)
    same = _same_notes(before.calls, after.calls)
    tokens = before.tokens({one: n for n, (one, _) in enumerate(same)})
    others = after.tokens({other: n for n, (_, other) in enumerate(same)})
    kept = {other: _note(before.calls[one], after.calls[other]) for one, other in same}
    return tuple(
        Piece(one.op, before.part(one.old, {}), after.part(one.new, kept if one.op is Op.KEEP else {}))
        for one in stretches(tokens, others)
    )


def _note(old: Note, new: Note) -> Note:
    return replace(new, inlines=changed(old.inlines, new.inlines))


def _same_notes(old: Mapping[int, Note], new: Mapping[int, Note]) -> list[tuple[int, int]]:
    """Footnotes, by their places, that are the same one in both, be it in other words: the most alike first."""
    before, after = ([(at, words(plain(note.inlines))) for at, note in calls.items()] for calls in (old, new))
    alike = [(similarity(one, other), -at, -place) for at, one in before for place, other in after]
    found: dict[int, int] = {}
    for share, at, place in sorted(alike, reverse=True):
        if share >= _SAME_NOTE and -at not in found and -place not in found.values():
            found[-at] = -place
    return list(found.items())


def changed(old: tuple[Inline, ...], new: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Both texts in one, with what was taken out or put in marked."""
    if old == new:
        return new
    made: list[Inline] = []
    for piece in pieces(old, new):
        match piece.op:
            case Op.KEEP:
                made += piece.new
            case Op.DELETE:
                made.append(Changed(Op.DELETE, piece.old))
            case Op.INSERT:
                made.append(Changed(Op.INSERT, piece.new))
    return spans_together(made)


def spans_together(inlines: Sequence[Inline]) -> tuple[Inline, ...]:
    """What either text has as words in one other language, in one `Span` with what changed in them.

    Each by itself would be isolated from the next (UAX 9, X5a): of a changed Arabic phrase in a French text, the first
    piece would stand leftmost and be read last.
    """
    left, made = list(_marked(inlines)), list[_Marked]()
    while left:
        op, moved, inline = left.pop(0)
        if not isinstance(inline, Span):
            made.append((op, moved, inline))
            continue
        inside, after, over = [(op, moved, one) for one in inline.children], list[_Marked](), set[Op]()
        while left and len(over) < len(_SIDES):
            next_op, next_moved, other = left.pop(0)
            sides = _SIDES if next_op is Op.KEEP else {next_op}
            if isinstance(other, Span) and other.lang == inline.lang and not over & sides:
                inside += [(next_op, next_moved, one) for one in other.children]
            else:
                over |= sides
                after.append((next_op, next_moved, other))
        left = [*after, *left]
        if any((one, other) != (op, moved) for one, other, _ in inside):
            made.append((Op.KEEP, False, replace(inline, children=_told(inside))))
        else:
            made.append((op, moved, replace(inline, children=tuple(one for _, _, one in inside))))
    return _told(made)


def _marked(inlines: Sequence[Inline]) -> Iterator[_Marked]:
    for inline in inlines:
        if isinstance(inline, Changed):
            yield from ((inline.op, inline.moved, one) for one in inline.children)
        else:
            yield Op.KEEP, False, inline


def _told(marked: Sequence[_Marked]) -> tuple[Inline, ...]:
    made: list[Inline] = []
    for (op, moved), run in itertools.groupby(marked, key=lambda one: one[:2]):
        words = tuple(inline for _, _, inline in run)
        made += words if op is Op.KEEP else (Changed(op, words, moved=moved),)
    return tuple(made)


def cut(
    inlines: tuple[Inline, ...], start: int, end: int, notes: Mapping[int, Note] | None = None, at: int = 0
) -> tuple[Inline, ...]:
    """Characters `start:end` of `inlines`, which begin at `at`; `notes` take the place of those called there."""
    made: list[Inline] = []
    for inline in inlines:
        text = "".join(characters for characters, _, _ in _leaves((inline,), ()))
        first, last = max(start - at, 0), min(end - at, len(text))
        if first < last:
            match inline:
                case Note():
                    made.append((notes or {}).get(at, inline))
                case Break():
                    made.append(inline)
                case Text() | Placeholder() | ClauseRef(children=()):
                    made.append(Text(text[first:last]))
                case _:
                    made.append(replace(inline, children=cut(inline.children, start, end, notes, at)))
        at += len(text)
    return tuple(made)


def _leaves(
    inlines: tuple[Inline, ...], look: tuple[Hashable, ...]
) -> Iterator[tuple[str, tuple[Hashable, ...], Note | None]]:
    """Characters that are set alike, and how; or the call of a footnote, for which one character stands."""
    for inline in inlines:
        match inline:
            case Text() | Placeholder() | ClauseRef(children=()):
                yield plain((inline,)), look, None
            case Break():
                yield "\n", look, None
            case Note():
                yield _CALL, look, inline
            case Isolate(children) if children and all(isinstance(one, Text) for one in children):
                yield plain(children), (*look, _WHOLE), None
            case Emphasis() | Strong():
                yield from _leaves(inline.children, (*look, type(inline).__name__))
            case Link(address) | Span(address) | TermMark(address):
                yield from _leaves(inline.children, (*look, type(inline).__name__, address))
            case ClauseRef(key, children):
                yield from _leaves(children, (*look, "ClauseRef", clause_in_key(key)))
            case _:
                yield from _leaves(inline.children, look)


@dataclass(frozen=True, slots=True)
class _Flat:
    """A paragraph as words and as characters, each with its look.

    `ends` are the places before the first word and after each; `calls` the footnotes by their places.
    """

    inlines: tuple[Inline, ...]
    words: Sequence[str]
    ends: Sequence[int]
    looks: Sequence[tuple[Hashable, ...]]
    calls: Mapping[int, Note]

    @classmethod
    def of(cls, inlines: tuple[Inline, ...]) -> _Flat:
        found: list[str] = []
        text = ""
        looks: list[tuple[Hashable, ...]] = []
        calls = {}
        for characters, look, note in _leaves(inlines, ()):
            if note:
                calls[len(looks)] = note
            if _WHOLE in look:
                found += (*words(text), characters)
                text = ""
            else:
                text += characters
            looks += [look] * len(characters)
        found += words(text)
        return cls(inlines, found, list(itertools.accumulate(map(len, found), initial=0)), looks, calls)

    def part(self, tokens: tuple[int, int], notes: Mapping[int, Note]) -> tuple[Inline, ...]:
        """The words from one token to before another; `notes` take the place of those called there."""
        start, end = tokens
        return cut(self.inlines, self.ends[start], self.ends[end], notes)

    def tokens(self, known: Mapping[int, int]) -> list[Token]:
        """The words with their looks; a footnote whose place is in `known` looks like that number."""
        looks = list(self.looks)
        for at, note in self.calls.items():
            looks[at] = (*looks[at], "note", known.get(at, note))
        return [
            Token(word, tuple((look, len(list(run))) for look, run in itertools.groupby(looks[start:end])))
            for word, (start, end) in zip(self.words, itertools.pairwise(self.ends), strict=True)
        ]
