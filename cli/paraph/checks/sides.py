"""The texts of a library side by side, each term numbered by its concept, for the concordance report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from paraph.checks.scan import Named as Words
from paraph.checks.scan import Scan
from paraph.checks.texts import Passage, RunKind
from paraph.model.clause import Clause
from paraph.model.concordance import Named, Piece, Side, Unit
from paraph.model.finding import Finding
from paraph.model.language import Texts
from paraph.model.manifest import Manifest
from paraph.model.own_texts import is_unchecked
from paraph.model.text import (
    Break,
    ClauseRef,
    Emphasis,
    Inline,
    Isolate,
    Line,
    Link,
    Note,
    Placeholder,
    Span,
    Strong,
    TermMark,
    Text,
    notes,
    plain,
)


def units(scan: Scan, findings: Iterable[Finding]) -> Iterator[Unit]:
    """The clauses by their files, then the documents; `findings` are shown with the file that they are in."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.file, []).append(finding)
    for clause in sorted(scan.library.clauses.values(), key=lambda one: one.source.file):
        yield _unit(scan, clause, "clause", scan.clauses[clause.id], found.get(clause.source.file, []))
    for manifest in sorted(scan.library.manifests.values(), key=lambda one: one.source.file):
        yield _unit(scan, manifest, "document", scan.manifests[manifest.id], found.get(manifest.source.file, []))


def _unit(
    scan: Scan, one: Clause | Manifest, what: str, passages: tuple[Passage, ...], findings: list[Finding]
) -> Unit:
    numbers: dict[str, int] = {}
    named: dict[str, dict[str, list[str]]] = {}
    sides: dict[str, list[tuple[Piece, ...]]] = {}
    for passage in passages:
        words = [word for word in scan.named(passage) if word.concept in scan.library.concepts]
        for word in words:
            numbers.setdefault(word.concept, len(numbers) + 1)
            written = named.setdefault(word.concept, {}).setdefault(passage.language, [])
            if word.words not in written:
                written.append(word.words)
        sides.setdefault(passage.language, []).extend(_lines(passage, words, numbers))
    unchecked = _unchecked(one)
    return Unit(
        id=one.id,
        what=what,
        title=_first(one.title),
        file=one.source.file,
        sides=tuple(
            Side(language=code, note="unchecked translation" if code in unchecked else "", lines=tuple(lines))
            for code, lines in sides.items()
        ),
        named=tuple(
            Named(
                number=number,
                concept=concept,
                words={code: tuple(named[concept].get(code, ())) for code in sides},
                everyday=scan.library.concepts[concept].everyday,
            )
            for concept, number in numbers.items()
        ),
        findings=tuple(findings),
    )


def _first(texts: Texts) -> str:
    return next(iter(texts.values()), "")


def _unchecked(one: Clause | Manifest) -> frozenset[str]:
    if isinstance(one, Manifest):
        return frozenset(code for code in one.title if is_unchecked(one, code))
    return frozenset(code for code, translation in one.translations.items() if translation.status != "checked")


def _lines(passage: Passage, words: list[Words], numbers: Mapping[str, int]) -> Iterator[tuple[Piece, ...]]:
    for line in passage.lines:
        here = [word for word in words if word.line == line.at]
        for inlines in _texts(line):
            pieces = tuple(_pieces(inlines, Piece("")))
            marked, here = _marked("".join(piece.text for piece in pieces), here, numbers)
            yield tuple(_cut(pieces, marked))


def _texts(line: Line) -> Iterator[tuple[Inline, ...]]:
    """The line, then its footnotes."""
    yield line.inlines
    for note in notes(line.inlines):
        yield (Text(f"[^{note.key}] "), *note.inlines)


def _pieces(inlines: tuple[Inline, ...], look: Piece) -> Iterator[Piece]:
    for inline in inlines:
        match inline:
            case Text(text):
                yield replace(look, text=text)
            case Break():
                yield replace(look, text="\n")
            case Placeholder() | ClauseRef(_, ()):
                yield replace(look, text=plain((inline,)), value=True)
            case Note(key):
                yield replace(look, text=f"[^{key}]", value=True)
            case Emphasis(children):
                yield from _pieces(children, replace(look, emphasis=True))
            case Strong(children):
                yield from _pieces(children, replace(look, strong=True))
            case Span(lang, children):
                yield from _pieces(children, replace(look, lang=lang))
            case TermMark() | Link() | Isolate() | ClauseRef():
                yield from _pieces(inline.children, look)


_Marked = list[tuple[int, int, int, bool]]
"""Start, end, number of the concept, and whether the term is to be avoided."""


def _marked(text: str, words: list[Words], numbers: Mapping[str, int]) -> tuple[_Marked, list[Words]]:
    """Where `words` stand in `text`, one after the other, and those that do not: they stand in what follows."""
    found, rest, at = _Marked(), [*words], 0
    while rest and (start := text.find(rest[0].words, at)) >= 0:
        word = rest.pop(0)
        at = start + len(word.words)
        quoted = word.kind in (RunKind.QUOTATION, RunKind.LINK)
        avoid = bool(word.entry and not word.entry.status.usable and not quoted)
        found.append((start, at, numbers[word.concept], avoid))
    return found, rest


def _cut(pieces: tuple[Piece, ...], marked: _Marked) -> Iterator[Piece]:
    """The pieces, cut where terms begin and end."""
    start = 0
    for piece in pieces:
        end, at = start + len(piece.text), start
        for first, last, number, avoid in marked:
            if last <= at or first >= end:
                continue
            if first > at:
                yield replace(piece, text=piece.text[at - start : first - start])
            stop = min(last, end)
            yield replace(piece, text=piece.text[max(first, at) - start : stop - start], number=number, avoid=avoid)
            at = stop
        if at < end:
            yield replace(piece, text=piece.text[at - start :])
        start = end
