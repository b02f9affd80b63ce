"""Every text that people wrote, line by line, parted into what is theirs and what is not: marks, links, quotations.

A term is looked for in runs: words that stand together and are of one kind. A value, a link, a quotation or words in
another language part them, so that no term is found across.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from paraph.markup.parse import parse_inline
from paraph.model.clause import Clause, ClauseText
from paraph.model.finding import Finding, KeyPath, Severity, Source
from paraph.model.library import Library
from paraph.model.manifest import Manifest
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
)

SYMBOL = re.compile(r"(?<![\w/.()-])(?=[\w.()-]*/)(?=[^\s,;]*(?:\d|[A-Z]{2}))[\w.()-]+(?:/[\w.()-]+)+")
"""CMW/C/GC/4-CRC/C/GC/23, 2011/95/EU: the symbol of a document is its name, and no words."""


class RunKind(StrEnum):
    """What a run of words is."""

    OWN = "own"
    MARK = "mark"
    LINK = "link"
    QUOTATION = "quotation"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one kind that stand together. `concept` is that of a mark."""

    kind: RunKind
    text: str
    concept: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One line of a text, or one of its footnotes, as runs; `at` is the line in the text from 0."""

    runs: tuple[Run, ...]
    at: int
    note: bool = False

    @property
    def text(self) -> str:
        """The words, whatever they are; what parts them is a space."""
        return " ".join(run.text for run in self.runs)

    @property
    def own(self) -> str:
        """The words that are neither quoted nor foreign."""
        foreign = (RunKind.QUOTATION, RunKind.FOREIGN)
        return " ".join(run.text for run in self.runs if run.kind not in foreign)


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A text in one language, with where it stands, as written (`raw`) and taken apart.

    `what` names it for a reader: “title”, or "" for a clause.
    """

    source: Source
    at: KeyPath
    language: str
    what: str
    raw: str
    lines: tuple[Line, ...]
    parts: tuple[Part, ...]

    def finding(
        self, rule: str, message: str, advice: str, *, line: int | None = None, severity: Severity = Severity.WARNING
    ) -> Finding:
        """A finding in this text."""
        return self.source.finding(rule, message, advice, at=self.at, text_line=line, severity=severity)


def clause_passages(clause: Clause) -> Iterator[Passage]:
    """The texts of a clause, the authentic ones first."""
    for code, text in clause.texts.items():
        yield _passage(clause.source, ("text", code), code, "", text)
    for code, translation in clause.translations.items():
        yield _passage(clause.source, ("translations", code, "text"), code, "", translation.text)


def manifest_passages(library: Library, manifest: Manifest) -> Iterator[Passage]:
    """The texts that a manifest has of its own."""
    form = library.forms.get(manifest.form)
    named: list[tuple[str, KeyPath, dict[str, str]]] = [
        ("title", ("title",), dict(manifest.title)),
        ("subtitle", ("subtitle",), dict(manifest.subtitle)),
    ]
    for position, section in enumerate(manifest.sections):
        named.append(("heading", ("sections", position, "heading"), dict(section.heading)))
        named.append(("chapeau", ("sections", position, "chapeau"), dict(section.chapeau)))
    for name, texts in manifest.fields.items():
        if form is None or name not in form.fields or form.fields[name].type == "text":
            named.append((name, ("fields", name), dict(texts)))
    for what, at, found in named:
        for code, text in found.items():
            inlines, problems = parse_inline(text)
            if not problems:
                lines = (Line(LineKind.PARAGRAPH, inlines),)
                yield _passage(manifest.source, (*at, code), code, what, ClauseText(text=text, lines=lines))


def _passage(source: Source, at: KeyPath, language: str, what: str, text: ClauseText) -> Passage:
    parts = tuple(part for line in text.lines for part in _parts(line, language))
    return Passage(source=source, at=at, language=language, what=what, raw=text.text, lines=text.lines, parts=parts)


def _parts(line: Line, language: str) -> Iterator[Part]:
    quoted = line.kind is LineKind.QUOTE
    yield Part(runs=_runs(line.inlines, language, quoted), at=line.at)
    for note in _notes(line.inlines):
        yield Part(runs=_runs(note.inlines, language, False), at=line.at, note=True)


def _notes(inlines: tuple[Inline, ...]) -> Iterator[Note]:
    for inline in inlines:
        if isinstance(inline, Note):
            yield inline
        elif isinstance(inline, Emphasis | Strong | Link | Span | Isolate | TermMark | ClauseRef):
            yield from _notes(inline.children)


_PART = "\x00"
"""Stands where runs part and no words are: a value, a line break."""


def _runs(inlines: tuple[Inline, ...], language: str, quoted: bool) -> tuple[Run, ...]:
    pieces = [*_pieces(inlines, language, RunKind.QUOTATION if quoted else RunKind.OWN, "")]
    joined: list[Run] = []
    for kind, concept, text in pieces:
        if joined and (joined[-1].kind, joined[-1].concept) == (kind, concept) and kind is not RunKind.MARK:
            joined[-1] = Run(kind, joined[-1].text + text, concept)
        else:
            joined.append(Run(kind, text, concept))
    return tuple(run for one in _without_quotations(joined) for run in _parted(one))


def _pieces(
    inlines: tuple[Inline, ...], language: str, kind: RunKind, concept: str
) -> Iterator[tuple[RunKind, str, str]]:
    for inline in inlines:
        match inline:
            case Text(text):
                yield kind, concept, text
            case Break() | Placeholder():
                yield kind, concept, _PART
            case Note():
                pass
            case TermMark(named, children):
                yield from _pieces(children, language, RunKind.MARK if kind is RunKind.OWN else kind, named)
            case Link(_, children):
                yield from _pieces(children, language, RunKind.LINK if kind is RunKind.OWN else kind, concept)
            case Span(lang, children) if lang.partition("-")[0] != language.partition("-")[0]:
                yield from _pieces(children, language, RunKind.FOREIGN, "")
            case ClauseRef(_, children):
                yield from _pieces(children, language, kind, concept) if children else [(kind, concept, _PART)]
            case Emphasis() | Strong() | Isolate() | Span():
                yield from _pieces(inline.children, language, kind, concept)


_CLOSING = {"“": "”", "«": "»", "„": "“”"}


_QUOTE = re.compile('[“«„"]')


def _without_quotations(runs: list[Run]) -> Iterator[Run]:
    """What stands between quotation marks, in however many runs, as quotation; a mark that nothing closes is none."""
    last = {sign: (n, run.text.rfind(sign)) for n, run in enumerate(runs) for sign in '”»“"' if sign in run.text}
    closing = ""
    for position, run in enumerate(runs):
        start = at = 0
        while at < len(run.text):
            if not closing:
                found = _QUOTE.search(run.text, at)
                if found is None:
                    break
                at = found.end()
                ends = _CLOSING.get(found[0], '"')
                if any((position, at) <= last.get(end, (-1, -1)) for end in ends):
                    yield Run(run.kind, run.text[start : found.start()], run.concept)
                    closing, start = ends, at
            else:
                end = min((n for sign in closing if (n := run.text.find(sign, at)) >= 0), default=-1)
                if end < 0:
                    break
                yield Run(RunKind.QUOTATION, run.text[start:end])
                closing, start, at = "", end + 1, end + 1
        if start < len(run.text):
            yield Run(RunKind.QUOTATION, run.text[start:]) if closing else Run(run.kind, run.text[start:], run.concept)


_BLANK = re.compile(r"\s*")


def _parted(run: Run) -> Iterator[Run]:
    for text in run.text.split(_PART):
        if not _BLANK.fullmatch(text):
            yield Run(run.kind, text, run.concept)
