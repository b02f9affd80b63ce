"""Courtesy translations in from translators: compared with the texts as they are now, put together, written.

What is refused is said of the file that came: a source that has moved on, marks lost or broken, targets left empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from paraph.errors import FindingsError, UsageError
from paraph.library.written.suggest import did_you_mean
from paraph.markup import character_problems, digest
from paraph.markup.parse import parse
from paraph.markup.write import write as markdown
from paraph.model.clause import Clause, ClauseText, Translation
from paraph.model.finding import Finding
from paraph.model.library import Library
from paraph.model.text import Inline, Line
from paraph.translation import xliff
from paraph.translation.job import Back, Returned
from paraph.translation.segments import Segment, filled, readable, rebuilt, words
from paraph.workflow.files import write
from paraph.workflow.inventory import library_of
from paraph.workflow.translation.files import OwnTranslation, clause_file, document_file, is_said, put_together
from paraph.workflow.translation.translatable import Original, original
from paraph.workflow.translation.translate import refuse_languages

MOST_BYTES = 30_000_000
_QUOTED = 60
"""Characters of a segment in a message."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """What an import did, or would do, to the translations in `language`: clauses and documents by what became of them.

    `left` are those that were not whole, with why; `old` segments that are as they were although their source is not;
    `unissued` documents that are not issued in the language.
    """

    language: str
    changed: tuple[str, ...]
    same: tuple[str, ...]
    left: Mapping[str, str]
    old: Mapping[str, str]
    unissued: tuple[str, ...]
    files: tuple[str, ...]


def import_(root: Path, file: Path, *, by: str, partial: bool = False, dry_run: bool = False) -> Taken:
    """Take the translations of `file` into the clauses and documents, as made by the translator `by`.

    Raises FindingsError, with all that is wrong, before anything is written; those with empty targets are wrong too,
    unless `partial`: then they are left out.
    """
    if not by.strip():
        raise UsageError("no translator is named", "Add --by and the name to be recorded.")
    library = library_of(root)
    back = _read(file)
    if not (back.source and back.target):
        advice = "Open the file that “paraph translate export” wrote in the tool again, and save it as XLIFF."
        raise UsageError(f"{file} does not say from which language into which its texts were translated", advice)
    try:
        refuse_languages(library, back.source, back.target)
    except UsageError as error:
        raise UsageError(f"{file}: {error.message}", error.advice) from error
    reader = _Reader(library, back, str(file))
    reader.read()
    if reader.empty and not partial:
        reader.findings += reader.empty
    if reader.findings:
        raise FindingsError(reader.findings)
    clauses = {
        id_: replace(one, translator=by.strip())
        for id_, one in reader.clauses.items()
        if not _is_there(library.clauses[id_], back.target, one)
    }
    documents = {
        id_: replace(one, translator=by.strip())
        for id_, one in reader.documents.items()
        if not is_said(library, library.manifests[id_], back.target, one)
    }
    texts = {
        library.manifests[id_].source.file: document_file(root, library.manifests[id_], back.target, one)
        for id_, one in documents.items()
    }
    for id_, one in clauses.items():
        texts[library.clauses[id_].source.file] = clause_file(root, library.clauses[id_], back.target, one)
    if not dry_run:
        for path, data in texts.items():
            write(root / path, data)
    return Taken(
        language=back.target,
        changed=(*documents, *clauses),
        same=tuple(id_ for id_ in (*reader.documents, *reader.clauses) if id_ not in documents and id_ not in clauses),
        left=reader.left,
        old=reader.old,
        unissued=tuple(id_ for id_ in reader.documents if back.target not in library.manifests[id_].languages),
        files=tuple(texts),
    )


def _read(file: Path) -> Back:
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise UsageError(f"there is no file {file}", "Check its name.") from None
    return xliff.read(data, str(file))


def _is_there(clause: Clause, language: str, made: Translation) -> bool:
    there = clause.translations.get(language)
    same = there is not None and _bare(there.text.lines) == _bare(made.text.lines)
    return same and there is not None and (there.source, there.digest) == (made.source, made.digest)


def _bare(lines: Sequence[Line]) -> list[Line]:
    return [replace(line, at=0) for line in lines]


class _Reader:
    """What came back, clause by clause and document by document, against the library."""

    def __init__(self, library: Library, back: Back, file: str) -> None:
        self.library, self.back, self.file = library, back, file
        self.findings: list[Finding] = []
        self.empty: list[Finding] = []
        self.clauses: dict[str, Translation] = {}
        self.documents: dict[str, OwnTranslation] = {}
        self.left: dict[str, str] = {}
        self.old: dict[str, str] = {}

    def finding(self, rule: str, line: int, message: str, advice: str) -> Finding:
        return Finding(file=self.file, line=line, column=0, rule=rule, message=message, advice=advice)

    def read(self) -> None:
        parts: dict[str, dict[str, Returned]] = {}
        for one in self.back.units:
            units = parts.setdefault(one.part, {})
            if one.id in units:
                message = f"{one.part}: the segment {one.id} is here twice"
                self.findings.append(self.finding("translation-file", one.line, message, "Delete one of them."))
            units.setdefault(one.id, one)
        if not parts:
            self.findings.append(self.finding("translation-file", 0, "the file has no segments", "Export it again."))
        for id_, units in parts.items():
            self._part(id_, units)

    def _part(self, id_: str, units: Mapping[str, Returned]) -> None:
        library, source = self.library, self.back.source
        known = (*library.clauses, *library.manifests)
        one = original(library, id_, source, self.back.target)
        if one is None:
            line = min(unit.line for unit in units.values())
            advice = f"{did_you_mean(id_, known)} Was its id changed since the export?".strip()
            what = f"{id_} has no text in {source}" if id_ in known else f"there is no clause or document “{id_}”"
            self.findings.append(self.finding("translation-file", line, what, advice))
            return
        if moved := list(self._moved(one, units)):
            self.findings += moved
            return
        if missing := [segment for segment in one.segments if _is_empty(units[segment.id])]:
            self._missing(one, missing, units)
            return
        translated = {segment.id: self._rebuilt(id_, segment, units[segment.id]) for segment in one.segments}
        if all(translated.values()) and self._take(one, translated, units):
            self._old(one, units)

    def _take(self, one: Original, translated: Mapping[str, tuple[Inline, ...]], units: Mapping[str, Returned]) -> bool:
        source = self.back.source
        try:
            if one.what == "document":
                made = put_together(self.library, self.library.manifests[one.id], source, translated)
                self.documents[one.id] = made
            else:
                lines = self.library.clauses[one.id].texts[source]
                text = markdown(filled(lines.lines, translated))
                self.clauses[one.id] = Translation(
                    text=ClauseText(text=text, lines=parse(text)[0]),
                    source=source,
                    digest=digest(lines.text),
                    status="unchecked",
                )
        except ValueError:
            line = min(unit.line for unit in units.values())
            message = f"{one.id}: the translation cannot be written as a text: its marks stand inside words"
            advice = "Put emphasis, links and terms around whole words."
            self.findings.append(self.finding("translation-marks", line, message, advice))
            return False
        return True

    def _moved(self, one: Original, units: Mapping[str, Returned]) -> Iterator[Finding]:
        """The segments whose source text is not, or no longer, that of the clause or document."""
        advice = f"The {one.what} has changed since the export: export it again, and bring the translation over."
        for segment in one.segments:
            unit = units.get(segment.id)
            now = _short(readable(segment.pieces, segment.codes))
            if unit is None:
                message = f"{one.id}: {segment.kind} ({segment.id}) is not in the file: “{now}”"
                yield self.finding("translation-moved", 0, message, advice)
            elif unit.source != segment.pieces:
                was = _short(readable(unit.source, segment.codes))
                message = f"{one.id}: {segment.kind} ({segment.id}) has another source text: “{was}”, now “{now}”"
                yield self.finding("translation-moved", unit.line, message, advice)
        known = {segment.id for segment in one.segments}
        for unit in units.values():
            if unit.id not in known:
                message = f"{one.id}: the {one.what} has no segment {unit.id} any more: “{_short(words(unit.source))}”"
                yield self.finding("translation-moved", unit.line, message, advice)

    def _missing(self, one: Original, missing: Sequence[Segment], units: Mapping[str, Returned]) -> None:
        names = ", ".join(f"{segment.kind} ({segment.id})" for segment in missing)
        self.left[one.id] = "not translated" if len(missing) == len(one.segments) else f"not translated: {names}"
        for segment in missing:
            shown = _short(readable(segment.pieces, segment.codes))
            message = f"{one.id}: {segment.kind} ({segment.id}) is not translated: “{shown}”"
            advice = "Translate it, or take what is whole with --partial."
            self.empty.append(self.finding("translation-empty", units[segment.id].line, message, advice))

    def _rebuilt(self, id_: str, segment: Segment, unit: Returned) -> tuple[Inline, ...]:
        assert unit.target is not None
        made = rebuilt(segment, unit.target)
        problems = [unit.problem] if unit.problem else made.problems
        problems += [one.message for one in character_problems(words(unit.target))]
        shown = _short(readable(segment.pieces, segment.codes))
        for problem in problems:
            message = f"{id_}: {segment.kind} ({segment.id}): {problem}"
            advice = f"The marks of the source: “{shown}”."
            self.findings.append(self.finding("translation-marks", unit.line, message, advice))
        return () if problems else made.inlines

    def _old(self, one: Original, units: Mapping[str, Returned]) -> None:
        before = {id_: words(segment.pieces) for id_, segment in one.there.items()} if one.stale else {}
        same = [segment for segment in one.segments if before.get(segment.id) == words(units[segment.id].target or ())]
        if same:
            self.old[one.id] = ", ".join(f"{segment.kind} ({segment.id})" for segment in same)


def _is_empty(unit: Returned) -> bool:
    """Whether nobody has translated it: there is nothing, or a copy of the source that no tool calls translated."""
    if unit.problem:
        return False
    if unit.target is None or (not any(words(unit.target).split()) and words(unit.source).strip()):
        return True
    return unit.untouched and unit.target == unit.source and any(map(str.isalpha, words(unit.source)))


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else text[: _QUOTED - 1].rstrip() + "…"
