"""Footnotes that came as text: “enfant(1)”, and far below “(1) Adoptée en 1989.”, as old pages and PDFs have them.

They are put together where only one reading is possible: calls and notes are the same numbers from 1 on, each once and
in order, and the notes stand one after the other below the last call, none ending as a paragraph of a list does. All
else stays as it came, and is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from paraph.legacy.blocks import Block, BlockKind, Remarks
from paraph.model.text import Inline, Note, Text, plain

_CALL = re.compile(r"\[(\d{1,3})\]|(?<=[^\W\d])\((\d{1,2})\)")
"""Not that of article 37(1)."""
_APART = re.compile(r"\[(\d{1,3})\]|(?<=[^\W\d])[ \u00a0]?\((\d{1,2})\)")
"""Nor “to (1) hear”: with a space before it, a call is one only where a note for it stands below."""
_NOTE = re.compile(r"\s*(?:\[(\d{1,3})\]|\((\d{1,2})\))\s*")


def footnotes(blocks: Sequence[Block], remarks: Remarks) -> list[Block]:
    """The blocks with their typed notes as footnotes where that is sure; calls that are left are remarked."""
    first, notes = _notes(blocks)
    after = blocks[first + len(notes) :]
    texts = {call: _words(block) for call, block in notes.items()}
    apart = not any(_CALL.search(plain(one)) for one in (*texts.values(), *(block.inlines for block in after)))
    real = any(isinstance(one, Note) for block in blocks for one in block.inlines)
    for pattern in (_CALL, _APART) if notes and apart and not real else ():
        if [call for block in blocks[:first] for call in _calls(block.inlines, pattern)] == list(notes):
            message = f"notes that were text were put to their calls: {', '.join(texts)}"
            remarks.add("import-notes", blocks[first].at, message, sure=True)
            return [*(_with(block, texts, pattern) for block in blocks[:first]), *after]
    for block in blocks:
        if found := [match[0] for match in _CALL.finditer(plain(block.inlines))]:
            message = f"{', '.join(found)} looks like the call of a footnote that is text in this file"
            remarks.add("import-notes", block.at, message, "Write the footnote: [^1] here, [^1]: and its words below.")
    return list(blocks)


def _notes(blocks: Sequence[Block]) -> tuple[int, dict[str, Block]]:
    """The last blocks that begin with (1), (2), … one after the other: the place of the first, and each by its mark."""
    for first in range(len(blocks) - 1, -1, -1):
        if _mark(blocks[first], 1):
            found: dict[str, Block] = {}
            for number, block in enumerate(blocks[first:], start=1):
                if not (mark := _mark(block, number)):
                    break
                found[mark] = block
            return first, found
    return len(blocks), {}


def _mark(block: Block, number: int) -> str:
    """“(1)”, where the block begins with this number in brackets and says something more; else ""."""
    match = _NOTE.match(plain(block.inlines)) if block.kind is BlockKind.PARAGRAPH and not block.level else None
    said = match and len(plain(block.inlines)) > match.end() and isinstance(block.inlines[0], Text)
    said = said and not block.text.endswith((";", ",", ":", "؛", "،"))
    return match[0].strip() if match and said and int(match[1] or match[2]) == number else ""


def _calls(inlines: Sequence[Inline], pattern: re.Pattern[str]) -> Iterator[str]:
    for one in inlines:
        if isinstance(one, Text):
            yield from (match[0].strip() for match in pattern.finditer(one.text))


def _words(note: Block) -> tuple[Inline, ...]:
    first, *rest = note.inlines
    assert isinstance(first, Text)
    words = _NOTE.sub("", first.text, count=1)
    return (*([Text(words)] if words else []), *rest)


def _with(block: Block, notes: Mapping[str, tuple[Inline, ...]], pattern: re.Pattern[str]) -> Block:
    """The block with the notes in the place of their calls, and no space before them."""
    made: list[Inline] = []
    for one in block.inlines:
        if not isinstance(one, Text):
            made.append(one)
            continue
        end = 0
        for match in pattern.finditer(one.text):
            before = one.text[end : match.start()].rstrip()
            made += [Text(before)] if before else []
            made.append(Note(match[0].strip("[]() \u00a0"), notes[match[0].strip()]))
            end = match.end()
        made += [Text(one.text[end:])] if one.text[end:] else []
    return replace(block, inlines=tuple(made))
