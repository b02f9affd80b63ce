"""From parsed inlines to printed ones: values and references filled in, notes counted, codes kept left to right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count

from paraph.model.codes import codes_apart
from paraph.model.text import (
    Break,
    ClauseRef,
    Inline,
    Isolate,
    Note,
    Placeholder,
    Text,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Filler:
    """What a text is filled with. `value` and `reference` report what they cannot give and return ()."""

    value: Callable[[Placeholder], tuple[Inline, ...]]
    reference: Callable[[ClauseRef], tuple[Inline, ...]]
    note_numbers: Iterator[int]
    key: str
    right_to_left: bool

    def fill(self, inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
        """`inlines` as they are printed."""
        return tuple(filled for inline in inlines for filled in self._one(inline))

    def _one(self, inline: Inline) -> Iterator[Inline]:
        match inline:
            case Text(text):
                yield from codes_apart(text) if self.right_to_left else (inline,)
            case Break() | Isolate():
                yield inline
            case Placeholder():
                for words in self.value(inline):
                    yield from codes_apart(words.text) if self.right_to_left and isinstance(words, Text) else (words,)
            case ClauseRef():
                yield from self.reference(replace(inline, children=self.fill(inline.children)))
            case Note():
                number = next(self.note_numbers)
                yield Note(f"{self.key}/{inline.key}", self.fill(inline.inlines), number)
            case _:
                yield replace(inline, children=self.fill(inline.children))


def note_counter() -> Iterator[int]:
    """The numbers of the footnotes of one document."""
    return count(1)
