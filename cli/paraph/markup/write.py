"""Nodes to the Markdown of clauses: the way back from `parse`, for texts that come from other programs.

`parse(write(lines))` gives the same lines again, but for their places. Where marks stand so that no Markdown says it
(emphasis that begins inside a word), ValueError is raised rather than another text returned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from paraph.markup.canonical import canonical
from paraph.markup.parse import parse
from paraph.model.text import (
    Break,
    ClauseRef,
    Emphasis,
    Inline,
    Isolate,
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
)

_SPECIAL = re.compile(r"[\\*\[\]{}]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])")
_LINE_START = re.compile(r"^(\d{1,9})(?=[.)](\s|$))|^(?=[-+](\s|$)|#{1,6}(\s|$)|>|~~~|```|=+\s*$|-+\s*$)", re.MULTILINE)
_PLAIN_ADDRESS = re.compile(r"[^\s()<>\\]+")


def write(lines: Sequence[Line]) -> str:
    """The clause text, in canonical form, that parses to `lines`. Raises ValueError where there is none."""
    for marks in ("*_", "_*"):
        text = canonical("\n".join(_blocks(lines, marks)))
        made, problems = parse(text)
        if not problems and _placeless(made) == _placeless(lines):
            return text
    raise ValueError("no Markdown says this")


def _placeless(lines: Sequence[Line]) -> list[Line]:
    return [replace(line, at=0) for line in lines]


def _blocks(lines: Sequence[Line], marks: str) -> Iterator[str]:
    widths: list[int] = []  # of the markers of the items that the line stands in
    before: Line | None = None
    for line in lines:
        del widths[line.level :]
        indent = " " * sum(widths)
        if before is not None and not (line.is_item and before.is_item):
            both_quoted = line.kind is before.kind is LineKind.QUOTE and line.level == before.level
            yield f"{indent}>" if both_quoted else ""
        marker = {LineKind.BULLET: "- ", LineKind.ORDERED: f"{line.ordinal}. ", LineKind.QUOTE: "> "}.get(line.kind, "")
        following = f"{indent}> " if line.kind is LineKind.QUOTE else indent + " " * len(marker)
        first, *more = inlines(line.inlines, marks).split("\n")
        yield indent + marker + first
        yield from (following + one for one in more)
        if line.is_item:
            widths.append(len(marker))
        before = line
    for line in lines:
        for note in notes(line.inlines):
            first, *more = inlines(note.inlines, marks).split("\n")
            yield "\n".join(("", f"[^{note.key}]: {first}", *(f"    {one}" for one in more)))


def inlines(nodes: Sequence[Inline], marks: str = "*_") -> str:
    """One paragraph; `marks` are the signs of emphasis, the second inside the first."""
    written = ""
    for node in nodes:
        one = _inline(node, marks)
        if one.startswith("[") and written.endswith("!"):
            written = written[:-1] + r"\!"  # else a picture
        written += one
    return _LINE_START.sub(lambda match: f"{match[1] or ''}\\", written)


def _inline(node: Inline, marks: str) -> str:
    match node:
        case Text(text):
            return _SPECIAL.sub(r"\\\g<0>", text)
        case Break():
            return "\\\n"
        case Placeholder(name, form):
            return f"{{{{ {name}.{form} }}}}" if form else f"{{{{ {name} }}}}"
        case Note(key):
            return f"[^{key}]"
        case Emphasis(children):
            return f"{marks[0]}{_inside(children, marks[::-1])}{marks[0]}"
        case Strong(children):
            return f"{marks[0] * 2}{_inside(children, marks[::-1])}{marks[0] * 2}"
        case Link(href, children):
            address = href if _PLAIN_ADDRESS.fullmatch(href) else "<" + re.sub(r"([<>\\])", r"\\\1", href) + ">"
            return f"[{_inside(children, marks)}]({address})"
        case Span(lang, children):
            return f"[{_inside(children, marks)}]{{lang={lang}}}"
        case TermMark(concept, children):
            return f"[{_inside(children, marks)}](term:{concept})"
        case ClauseRef(clause, children):
            return f"[{_inside(children, marks)}](clause:{clause})"
        case Isolate(children):
            return _inside(children, marks)
    raise ValueError(f"a text as written holds no {type(node).__name__}")


def _inside(children: Sequence[Inline], marks: str) -> str:
    return "".join(_inline(child, marks) for child in children)
