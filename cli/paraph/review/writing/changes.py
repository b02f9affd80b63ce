"""What has changed in a text since a member approved it, to be read in its packet: both versions in one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from paraph.markup.diff import diff
from paraph.markup.redline import redline
from paraph.model.document import Document, Part
from paraph.model.redline import Fate
from paraph.model.text import Break, Changed, Inline, Op, Paragraph, Text


def changes(
    old: tuple[Paragraph, ...], new: tuple[Paragraph, ...], blank: Document, *, kept: bool
) -> tuple[Paragraph, ...]:
    """The paragraphs of both versions, their words marked as put in or taken out; `kept`: those unchanged too.

    `blank` is an empty document of the language.
    """
    before, after = (replace(blank, parts=(Part(name="text", id="text", blocks=one),)) for one in (old, new))
    found = redline(before, after)
    shown = (one for one in found.entries() if kept or one.fate is not Fate.KEPT)
    return tuple(_read(entry.block for entry in shown))


def source(old: str, new: str) -> tuple[Inline, ...]:
    """Both texts as they are written, in one, their words marked as put in or taken out."""
    made: list[Inline] = []
    for change in diff(old, new):
        first, *lines = change.text.split("\n")
        inlines: list[Inline] = [Text(first)]
        for line in lines:
            inlines += [Break(), Text(line)]
        made += inlines if change.op is Op.KEEP else [Changed(change.op, tuple(inlines))]
    return tuple(made)


def _read(blocks: Iterable[object]) -> Iterator[Paragraph]:
    """Paragraphs with one number, as they stand in one of the versions: a reader of packets wants no two."""
    for block in blocks:
        assert isinstance(block, Paragraph)
        number = replace(block.number, was=None) if block.number else None
        yield replace(block, number=number)
