"""The Markdown of a text whose lines changed, written as it was: what stayed to the letter, marks of lists as they are.

What is made here is a try: who asks parses it, and takes it where it says what it is to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from paraph.markup.parse import parse
from paraph.markup.write import inlines as markdown
from paraph.model.text import Line, LineKind, notes
from paraph.review.returned.carried import Unit
from paraph.review.returned.placed import Placed

_MARK = re.compile(r"[ >]*(?:([0-9]+)([.)])|([-*+])) +")
_BEFORE = {LineKind.QUOTE: re.compile(r"[ >]*"), LineKind.PARAGRAPH: re.compile(r" *")}
_FOOT = re.compile(r"^ *\[\^([^\]\s]+)\]:")


@dataclass(frozen=True, slots=True)
class _Written:
    """A paragraph as it is written: what stands before its words, its words, and the empty lines before it."""

    line: Line
    before: str
    words: str
    gap: int


def laid_out(source: str, body: Sequence[Unit], new: Sequence[Placed], wanted: Sequence[Line]) -> Iterator[str]:
    """What `wanted` may be in Markdown: `new` are its lines, `body` those of `source`."""
    lines, _ = parse(source)
    rows = source.split("\n")
    foot, first = _notes(rows)
    were = list(_paragraphs(lines, rows[:first]))
    of = [body[one.of].line if one.of >= 0 and not body[one.of].broken else -1 for one in new]
    same = of == [*range(len(were))] and [_kind(one.line) for one in were] == [_kind(one) for one in wanted]
    tail = "".join(f"\n\n{one}" for one in _foot(lines, wanted, foot))
    for ones in dict.fromkeys((_ones(were), False)):
        made, widths = list[str](), list[int]()
        for at, (line, it) in enumerate(zip(wanted, of, strict=True)):
            was = were[it] if it >= 0 else None
            del widths[line.level :]
            indent = " " * sum(widths)
            mark = _mark(line, was, were, ones)
            before = was.before if was and same else indent + mark
            if line.is_item:
                widths.append(len(mark))
            unchanged = was and replace(was.line, at=0).inlines == line.inlines and "\n" not in was.words
            words = was.words if was and unchanged else markdown(line.inlines)
            more = indent + (" " * len(mark) if line.kind is not LineKind.QUOTE else mark)
            gap = _gap(at, it, of, were, wanted)
            quoted = at and line.kind is wanted[at - 1].kind is LineKind.QUOTE and line.level == wanted[at - 1].level
            made.append(("\n" + f"{indent}>" * bool(quoted)) * gap + "\n" * bool(at))
            made.append(before + words.replace("\n", f"\n{more}"))
        yield "".join(made) + tail


def _kind(line: Line) -> tuple[LineKind, int]:
    return line.kind, line.level


def _paragraphs(lines: Sequence[Line], rows: Sequence[str]) -> Iterator[_Written]:
    starts = [*(line.at for line in lines), len(rows)]
    last = 0
    for line, start, end in zip(lines, starts, starts[1:], strict=False):
        its = list(rows[start:end])
        while its and not its[-1].strip(" >"):
            its.pop()
        found = (_MARK if line.is_item else _BEFORE[line.kind]).match(its[0] if its else "")
        before = found[0] if found else ""
        first, *more = its or [""]
        words = "\n".join((first[len(before) :], *(one.strip(" >") for one in more)))
        yield _Written(line, before, words, start - last if last else 0)
        last = start + len(its)


def _notes(rows: Sequence[str]) -> tuple[dict[str, str], int]:
    """The footnotes as they are written, and the row of the first."""
    found, key, first = dict[str, str](), "", len(rows)
    for at, row in enumerate(rows):
        if match := _FOOT.match(row):
            key, first = match[1], min(first, at)
            found[key] = row
        elif key and row.strip():
            found[key] += f"\n{row}"
    return found, first


def _foot(were: Sequence[Line], wanted: Sequence[Line], foot: dict[str, str]) -> Iterator[str]:
    """The footnotes that are called, in the order that they had; as they were written, where they say the same."""
    said = {note.key: note for line in were for note in notes(line.inlines)}
    called = {note.key: note for line in wanted for note in notes(line.inlines)}
    for key in (*(one for one in foot if one in called), *(one for one in called if one not in foot)):
        same = key in said and said[key].inlines == called[key].inlines and key in foot
        yield foot[key] if same else f"[^{key}]: " + markdown(called[key].inlines).replace("\n", "\n    ")


def _ones(were: Sequence[_Written]) -> bool:
    """Whether every item of its numbered lists is written 1."""
    numbers = [match[1] for one in were if (match := _MARK.match(one.before)) and match[1]]
    return len(numbers) > 1 and any(one.line.ordinal > 1 for one in were) and {*numbers} == {"1"}


def _mark(line: Line, was: _Written | None, were: Sequence[_Written], ones: bool) -> str:
    """The mark of an item or a quotation, as its list has it."""
    if not line.is_item:
        return "> " if line.kind is LineKind.QUOTE else ""
    like = [one for one in (was, *were) if one and one.line.kind is line.kind]
    match = next((match for one in like if (match := _MARK.match(one.before))), None)
    if line.kind is LineKind.BULLET:
        return f"{match[3] if match and match[3] else '-'} "
    return f"{1 if ones else line.ordinal}{match[2] if match and match[2] else '.'} "


def _gap(at: int, it: int, of: Sequence[int], were: Sequence[_Written], wanted: Sequence[Line]) -> int:
    """How many empty lines stand before a line."""
    if not at:
        return 0
    if it > 0 and of[at - 1] == it - 1:
        return were[it].gap
    both = wanted[at].is_item and wanted[at - 1].is_item
    if not both:
        return 1
    inner = wanted[at].level != wanted[at - 1].level
    like = [
        one.gap
        for n, one in enumerate(were)
        if n and one.line.is_item and were[n - 1].line.is_item and (one.line.level != were[n - 1].line.level) == inner
    ]
    return min(like, default=0)
