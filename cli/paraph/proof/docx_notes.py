"""The notes of a DOCX as Word sets them: each where a sign in the text leads to it, in the order of those.

A note to which no sign leads stands in the file, and on no page. What number each has is Word’s to count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from paraph.ooxml.reading.numbers import written
from paraph.ooxml.reading.shown import Call, Counting, Line, Run, Shown, Story, paragraphs
from paraph.proof.reading import one_line, trimmed

_NOTES = (Story.FOOTNOTE, Story.ENDNOTE)
_REPEATING = re.compile(r'"?([^\s"\\]+)"?(?:\s+\\[hf])*', re.IGNORECASE)
"""What follows NOTEREF where the field shows a number alone: a bookmark, whether it leads there, how it looks."""
_OTHER = "the number of a note in a field that Word fills with another"
_OWN = "[*]"
"""In place of the number of a note whose sign is words."""


class Note(NamedTuple):
    """A note by the `sign` that leads to it: “[1]”."""

    story: Story
    sign: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Notes:
    """`text` are the paragraphs with the signs of notes in their place, `called` the notes that they lead to, footnotes
    first; `oddities` why a reader may see others."""

    text: tuple[Line, ...]
    called: tuple[Note, ...]
    oddities: tuple[str, ...]

    @classmethod
    def read(cls, shown: Shown, text: Sequence[Line]) -> Notes:
        """The notes of a file to which `text` leads."""
        held: dict[tuple[Story, str], list[Line]] = {}
        for line in shown.lines:
            if line.story in _NOTES:
                held.setdefault((line.story, line.note), []).append(line)
        signs, marked = dict[Story, int](), dict[str, str]()
        called, made = list[Note](), list[Line]()
        for line in text:
            runs = list[Run]()
            for run in line.runs:
                call = run.call
                if call is None or call.hidden or run.deleted:
                    runs.append(run)
                    continue
                sign = _sign(call, shown.counting.get(call.story, Counting()), signs)
                called.append(Note(call.story, sign, tuple(held.get((call.story, call.id), ()))))
                runs.append(run._replace(text=sign, hidden=False))
                for bookmark in run.bookmarks:
                    marked.setdefault(bookmark, sign[1:-1])
            made.append(line._replace(runs=tuple(runs)))
        called.sort(key=lambda note: _NOTES.index(note.story))
        there = {line for note in called for line in note.lines}
        odd = ["a note to which no sign in the text leads" for lines in held.values() if not there.issuperset(lines)]
        every = (*text, *(line for lines in held.values() for line in lines))
        odd += [_OTHER for line in every if not all(_repeated(line, marked))]
        anew = ["notes that are counted anew" for story in signs if shown.counting.get(story, Counting()).anew]
        return cls(tuple(made), tuple(called), tuple(dict.fromkeys((*odd, *anew))))

    @property
    def lines(self) -> Iterator[Line]:
        """What the notes say."""
        return (line for note in self.called for line in note.lines)

    @property
    def footnotes(self) -> tuple[str, ...]:
        """Each footnote, its paragraphs together."""
        notes = (note.lines for note in self.called if note.story is Story.FOOTNOTE)
        return tuple(trimmed(" ".join(paragraphs(lines, accepted=True))) for lines in notes)

    def outline(self) -> Iterator[str]:
        """The paragraphs as a reader sees them: with their numbers in lists, and those of notes in their place."""
        yield from _said(self.text)
        for note in self.called:
            yield " ".join((note.sign, *_said(note.lines)))


def _sign(call: Call, counting: Counting, signs: dict[Story, int]) -> str:
    if call.own:
        return _OWN
    signs[call.story] = signs.get(call.story, counting.start - 1) + 1
    return f"[{written(signs[call.story], counting.kind)}]"


def _repeated(line: Line, marked: Mapping[str, str]) -> Iterator[bool]:
    """Of each field of a line that repeats the number of a note: whether it shows what Word fills it with, the sign of
    the note whose call is `marked`."""
    for code, runs in groupby(line.runs, lambda one: one.repeats):
        if code and (shown := "".join(run.says(accepted=True) for run in runs).strip()):
            found = _REPEATING.fullmatch(code)
            yield found is not None and marked.get(found[1]) == shown


def _said(lines: Iterable[Line]) -> Iterator[str]:
    return filter(None, map(one_line, paragraphs(lines, accepted=True, labels=True)))
