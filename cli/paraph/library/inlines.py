"""Walking inlines."""

from __future__ import annotations

from collections.abc import Iterator

from paraph.model.text import Break, Inline, Note, Placeholder, Text


def everything(inlines: tuple[Inline, ...]) -> Iterator[Inline]:
    """Every inline with what is inside it, footnotes included, in order."""
    for inline in inlines:
        yield inline
        if isinstance(inline, Note):
            yield from everything(inline.inlines)
        elif not isinstance(inline, Text | Break | Placeholder):
            yield from everything(inline.children)
