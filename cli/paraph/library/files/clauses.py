"""statements/clauses/<theme>/<id>.yml: clauses, their texts parsed, their translations pinned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.library.known_names import Known, clean, unknown, unwritten
from paraph.library.structure import differences
from paraph.library.written.reading import Reading
from paraph.library.written.suggest import did_you_mean
from paraph.markup import canonical, digest
from paraph.markup.parse import parse
from paraph.model.clause import Clause, ClauseKind, ClauseText, Translation, Waiver
from paraph.model.finding import Finding, KeyPath, Severity, Source
from paraph.model.text import ClauseRef, Line, Placeholder, TermMark, everything, plain
from paraph.model.value import BUILT_IN_VALUES
from paraph.model.writing import LanguageRules

if TYPE_CHECKING:
    from paraph.library.shapes.statement_schema import ClauseShape, WaiverShape
    from paraph.model.language import Texts

_MARKS = ".,;:؛،"


def clause(shape: ClauseShape, theme: str, source: Source) -> tuple[Clause, tuple[Finding, ...]]:
    """The clause, and what its file alone shows to be wrong with it beyond its shape."""
    findings: list[Finding] = []

    def text(written: str, at: KeyPath) -> ClauseText:
        plain = canonical(written)
        lines, problems = parse(plain)
        findings.extend(
            source.finding(one.rule, one.message, one.advice, at=at, text_line=one.line) for one in problems
        )
        return ClauseText(text=plain, lines=lines)

    made = Clause(
        id=shape.id,
        theme=theme,
        kind=shape.kind,
        title=clean(shape.title),
        legal_basis=tuple(shape.legal_basis),
        values=shape.values,
        texts={code: text(written, ("text", code)) for code, written in shape.text.items()},
        translations={
            code: Translation(
                text=text(one.text, ("translations", code, "text")),
                source=one.source,
                digest=one.digest,
                status=one.status,
                translator=one.translator,
            )
            for code, one in shape.translations.items()
        },
        notes=shape.notes,
        source=source,
        waivers=waivers(shape.waivers),
        picture=shape.picture,
    )
    findings += unwritten(source, made.title, ("title",))
    findings += unwritten(source, {code: text.text for code, text in made.texts.items()}, ("text",))
    findings += _translations(made)
    findings += _unused(made)
    findings += differences(made)
    return made, tuple(findings)


def clause_in(path: Path) -> tuple[Clause | None, tuple[Finding, ...]]:
    """The clause of a file by itself, in a workspace or not, with what the file alone shows; None: it is no clause."""
    from paraph.library.shapes.statement_schema import ClauseShape

    reading = Reading(root=path.parent)
    shape, _, source = reading.file(path.name, ClauseShape)
    if shape is None:
        return None, tuple(reading.findings)
    made, findings = clause(shape, "", source)
    return made, (*reading.findings, *findings)


def title_in(path: str, data: bytes) -> Texts:
    """The title of the clause in the bytes of a file at a workspace path, by itself; none where it cannot be read."""
    from paraph.library.shapes.statement_schema import ClauseShape
    from paraph.library.shapes.validate import validate
    from paraph.library.written.reader import read

    written, source, _ = read(path, data)
    shape = validate(ClauseShape, written, source)[0] if written is not None else None
    return clean(shape.title) if shape is not None else {}


def against(clause: Clause, known: Known) -> Iterator[Finding]:
    """What is wrong with a clause in its workspace: languages, and what it names."""
    yield from _languages(clause, known)
    for at, one in _texts(clause):
        yield from _names(clause, one, at, known)


def waivers(shapes: Iterable[WaiverShape]) -> tuple[Waiver, ...]:
    """The waivers of a clause or a manifest."""
    return tuple(Waiver(rule=one.rule, words=one.words, reason=one.reason) for one in shapes)


def _texts(clause: Clause) -> Iterator[tuple[KeyPath, ClauseText]]:
    """Every text, with its place in the file."""
    for code, text in clause.texts.items():
        yield ("text", code), text
    for code, translation in clause.translations.items():
        yield ("translations", code, "text"), translation.text


def _languages(clause: Clause, known: Known) -> Iterator[Finding]:
    source, workspace = clause.source, known.workspace
    yield from known.texts(source, clause.title, ("title",), "the title")
    yield from known.texts(source, clause.texts, ("text",), "the text")
    yield from known.languages(source, {code: ("translations", code) for code in clause.translations})
    for code in clause.texts:
        if code in workspace.translations:
            message = f"{code} is a language of translations: its text does not bind"
            advice = "Move it below translations:, with source:, digest: and status:."
            yield source.finding("not-authentic", message, advice, at=("text", code))
    for code in clause.translations:
        if code in workspace.authentic:
            message = f"{code} is an authentic language: its text is no translation"
            yield source.finding("not-translation", message, "Move it below text:.", at=("translations", code))


def _translations(clause: Clause) -> Iterator[Finding]:
    for code, translation in clause.translations.items():
        at: KeyPath = ("translations", code)
        origin = clause.texts.get(translation.source)
        if origin is None:
            advice = did_you_mean(translation.source, clause.texts)
            message = f"the clause has no text in “{translation.source}” to translate"
            yield clause.source.finding("translation-source", message, advice, at=(*at, "source"))
        elif (now := digest(origin.text)) != translation.digest:
            message = f"the {translation.source} text is not, or no longer, the one that was translated"
            advice = f'Compare them; when they agree again, write digest: "{now}".'
            severity = Severity.WARNING
            yield clause.source.finding("translation-stale", message, advice, at=(*at, "digest"), severity=severity)


def _names(clause: Clause, text: ClauseText, at: KeyPath, known: Known) -> Iterator[Finding]:
    """What the text names: values, concepts, clauses."""
    source = clause.source
    for line in text.lines:
        for inline in everything(line.inlines):
            match inline:
                case Placeholder(name) if name not in clause.values and name not in BUILT_IN_VALUES:
                    advice = f"{did_you_mean(name, clause.values)} Declare it below values:, as {name}: text.".strip()
                    message = f"the text names “{name}”, which is not declared"
                    yield source.finding("placeholder-undeclared", message, advice, at=at, text_line=line.at)
                case TermMark(concept):
                    where = "Concepts are in glossary/."
                    yield from unknown(source, "concept", concept, known.concepts, at, where, line.at)
                case ClauseRef(other):
                    where = "Clauses are in statements/clauses/."
                    yield from unknown(source, "clause", other, known.clauses, at, where, line.at)


def _unused(clause: Clause) -> Iterator[Finding]:
    used = {
        inline.name
        for _, text in _texts(clause)
        for line in text.lines
        for inline in everything(line.inlines)
        if isinstance(inline, Placeholder)
    }
    if any(not text.lines for _, text in _texts(clause)):
        return  # a text could not be parsed: what it uses is not known
    for name in clause.values:
        if name not in used:
            message = f"“{name}” is declared, and no text names it"
            advice = (
                f"{did_you_mean(name, used - clause.values.keys())} Write {{{{ {name} }}}} in the text, or delete it."
            )
            yield clause.source.finding("value-unused", message, advice.strip(), at=("values", name))


def punctuation(
    clause: Clause, composed: frozenset[ClauseKind], rules: Mapping[str, LanguageRules]
) -> Iterator[Finding]:
    """Marks that stand at the end of a text, or of an item in it, where forms write them; the point of an abbreviation
    is none."""
    if clause.kind not in composed:
        return
    for at, text in _texts(clause):
        for line in _ended_lines(text.lines):
            words = plain(line.inlines).rstrip()
            end, language = words[-1:], str(at[1])
            if end and end in _MARKS and not (language in rules and rules[language].abbreviated(words)):
                message = f"the text ends with “{end}”, which the form writes"
                advice = "Delete it: the same clause ends with a comma, a semicolon or a full stop as its place asks."
                yield clause.source.finding("terminal-punctuation", message, advice, at=at, text_line=line.at)


def _ended_lines(lines: tuple[Line, ...]) -> Iterator[Line]:
    for position, line in enumerate(lines):
        following = lines[position + 1] if position + 1 < len(lines) else None
        if following is None or line.is_item or (following.is_item and following.level >= line.level):
            yield line
