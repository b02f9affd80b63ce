"""The languages of a clause side by side: paragraph 4 (b) must be the same paragraph in each.

"Paragraphs are numbered … to ensure that references are identical in all language versions" (UN Editorial Manual).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from paraph.model.clause import Clause, ClauseText
from paraph.model.finding import Finding, KeyPath, Severity
from paraph.model.text import ClauseRef, LineKind, Note, Placeholder, TermMark, everything

_KINDS = {
    LineKind.PARAGRAPH: "in paragraphs",
    LineKind.BULLET: "with bullets",
    LineKind.ORDERED: "numbered",
    LineKind.QUOTE: "quoted",
}


@dataclass(frozen=True, slots=True)
class _Outline:
    """What two languages of a text must have in common."""

    lines: tuple[tuple[LineKind, int, int], ...]
    values: frozenset[str]
    notes: int
    terms: frozenset[str]
    references: frozenset[str]


def differences(clause: Clause) -> Iterator[Finding]:
    """Where a language is not built as the first authentic one that the clause has; translations as their source."""
    first = next(iter(clause.texts), "")
    for code, text in clause.texts.items():
        yield from _between(clause, first, code, text, ("text", code), marks=Severity.ERROR)
    for code, translation in clause.translations.items():
        source = translation.source if translation.source in clause.texts else first
        at: KeyPath = ("translations", code, "text")
        yield from _between(clause, source, code, translation.text, at, marks=Severity.WARNING)


def _between(
    clause: Clause, source: str, code: str, text: ClauseText, at: KeyPath, marks: Severity
) -> Iterator[Finding]:
    origin = clause.texts.get(source)
    if origin is None or origin is text or not origin.lines or not text.lines:
        return
    here, there = _outline(text), _outline(origin)
    for what, severity, own, other in (
        ("paragraphs and items", Severity.ERROR, _count(here), _count(there)),
        ("values", Severity.ERROR, _names(here.values), _names(there.values)),
        ("footnotes", Severity.ERROR, str(here.notes), str(there.notes)),
        ("marked terms", marks, _names(here.terms), _names(there.terms)),
        ("references", marks, _names(here.references), _names(there.references)),
    ):
        if own != other or (what == "paragraphs and items" and here.lines != there.lines):
            message = f"{what} differ: {code} has {own}; {source} has {other}"
            advice = "Give every language the same paragraphs, values, footnotes, terms and references."
            yield clause.source.finding("structure-differs", message, advice, at=at, severity=severity)


def _outline(text: ClauseText) -> _Outline:
    inside = [inline for line in text.lines for inline in everything(line.inlines)]
    return _Outline(
        lines=tuple((line.kind, line.level, line.ordinal) for line in text.lines),
        values=frozenset(one.name for one in inside if isinstance(one, Placeholder)),
        notes=sum(isinstance(one, Note) for one in inside),
        terms=frozenset(one.concept for one in inside if isinstance(one, TermMark)),
        references=frozenset(one.clause for one in inside if isinstance(one, ClauseRef)),
    )


def _count(outline: _Outline) -> str:
    counts = Counter(_KINDS[kind] + (f" at level {level + 1}" if level else "") for kind, level, _ in outline.lines)
    return ", ".join(f"{count} {what}" for what, count in counts.items())


def _names(names: frozenset[str]) -> str:
    return ", ".join(sorted(names)) or "none"
