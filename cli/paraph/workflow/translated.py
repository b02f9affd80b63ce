"""Courtesy translations in from translators: compared with the texts as they are now, put together, written.

What is refused is said of the file that came: a source that has moved on, marks lost or broken, targets left empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from paraph.errors import BrokenError, FindingsError, UsageError
from paraph.library.edit import block_text, scalar
from paraph.library.edit import replace as edited
from paraph.library.near import did_you_mean
from paraph.markup import character_problems, digest, parse
from paraph.markup.write import write as markdown
from paraph.model.clause import Clause, ClauseText, Translation
from paraph.model.finding import Finding, errors
from paraph.model.library import Library
from paraph.model.text import Inline, Line
from paraph.translation import xliff
from paraph.translation.job import Back, Returned
from paraph.translation.segments import Segment, filled, readable, rebuilt, segments, words
from paraph.workflow.files import write
from paraph.workflow.inventory import library_of
from paraph.workflow.translate import is_stale, refuse_languages

MOST_BYTES = 30_000_000
_QUOTED = 60
"""Characters of a segment in a message."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """What an import did, or would do, to the translations in `language`: clauses by what became of them.

    `left` are those that were not whole, with why; `old` segments that are as they were although their source is not.
    """

    language: str
    changed: tuple[str, ...]
    same: tuple[str, ...]
    left: Mapping[str, str]
    old: Mapping[str, str]
    files: tuple[str, ...]


def import_(root: Path, file: Path, *, by: str, partial: bool = False, dry_run: bool = False) -> Taken:
    """Take the translations of `file` into the clauses, as made by the translator `by`.

    Raises FindingsError, with all that is wrong, before anything is written; clauses with empty targets are wrong too,
    unless `partial`: then they are left out.
    """
    if not by.strip():
        raise UsageError("no translator is named", "Add --by and the name to be recorded.")
    library = library_of(root)
    back = _read(file)
    refuse_languages(library, back.source, back.target)
    reader = _Reader(library, back, str(file))
    reader.read()
    if reader.empty and not partial:
        reader.findings += reader.empty
    if reader.findings:
        raise FindingsError(reader.findings)
    wanted = {
        clause: replace(one, translator=by.strip())
        for clause, one in reader.made.items()
        if not _is_there(library.clauses[clause], back.target, one)
    }
    texts = {
        library.clauses[clause].source.file: _edited(root, library.clauses[clause], back.target, one)
        for clause, one in wanted.items()
    }
    if not dry_run:
        for path, data in texts.items():
            write(root / path, data)
    return Taken(
        language=back.target,
        changed=tuple(wanted),
        same=tuple(clause for clause in reader.made if clause not in wanted),
        left=reader.left,
        old=reader.old,
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
    """What came back, clause by clause, against the library."""

    def __init__(self, library: Library, back: Back, file: str) -> None:
        self.library, self.back, self.file = library, back, file
        self.findings: list[Finding] = []
        self.empty: list[Finding] = []
        self.made: dict[str, Translation] = {}
        self.left: dict[str, str] = {}
        self.old: dict[str, str] = {}

    def finding(self, rule: str, line: int, message: str, advice: str) -> Finding:
        return Finding(file=self.file, line=line, column=0, rule=rule, message=message, advice=advice)

    def read(self) -> None:
        clauses: dict[str, dict[str, Returned]] = {}
        for one in self.back.units:
            units = clauses.setdefault(one.clause, {})
            if one.id in units:
                message = f"{one.clause}: the segment {one.id} is here twice"
                self.findings.append(self.finding("translation-file", one.line, message, "Delete one of them."))
            units.setdefault(one.id, one)
        if not clauses:
            self.findings.append(self.finding("translation-file", 0, "the file has no segments", "Export it again."))
        for id_, units in clauses.items():
            self._clause(id_, units)

    def _clause(self, id_: str, units: Mapping[str, Returned]) -> None:
        clause = self.library.clauses.get(id_)
        text = clause.texts.get(self.back.source) if clause else None
        if clause is None or text is None:
            line = min(one.line for one in units.values())
            advice = f"{did_you_mean(id_, self.library.clauses)} Was its id changed since the export?".strip()
            what = f"there is no clause “{id_}”" if clause is None else f"{id_} has no text in {self.back.source}"
            self.findings.append(self.finding("translation-file", line, what, advice))
            return
        own = segments(text.lines)
        if moved := list(self._moved(id_, own, units)):
            self.findings += moved
            return
        if missing := [one for one in own if _is_empty(units[one.id])]:
            self._missing(id_, own, missing, units)
            return
        translated = {one.id: self._rebuilt(id_, one, units[one.id]) for one in own}
        if any(not inlines for inlines in translated.values()):
            return
        made = self._text(id_, filled(text.lines, translated), units)
        if made is not None:
            self.made[id_] = Translation(
                text=made, source=self.back.source, digest=digest(text.text), status="unchecked"
            )
            self._old(clause, own, units)

    def _moved(self, id_: str, own: Sequence[Segment], units: Mapping[str, Returned]) -> Iterator[Finding]:
        """The segments whose source text is not, or no longer, that of the clause."""
        advice = "The clause has changed since the export: export it again, and bring the translation over."
        for segment in own:
            unit = units.get(segment.id)
            now = _short(readable(segment.pieces, segment.codes))
            if unit is None:
                message = f"{id_}: {segment.kind} ({segment.id}) is not in the file: “{now}”"
                yield self.finding("translation-moved", 0, message, advice)
            elif unit.source != segment.pieces:
                was = _short(readable(unit.source, segment.codes))
                message = f"{id_}: {segment.kind} ({segment.id}) has another source text: “{was}”, now “{now}”"
                yield self.finding("translation-moved", unit.line, message, advice)
        known = {segment.id for segment in own}
        for unit in units.values():
            if unit.id not in known:
                message = f"{id_}: the clause has no segment {unit.id} any more: “{_short(words(unit.source))}”"
                yield self.finding("translation-moved", unit.line, message, advice)

    def _missing(
        self, id_: str, own: Sequence[Segment], missing: Sequence[Segment], units: Mapping[str, Returned]
    ) -> None:
        names = ", ".join(f"{one.kind} ({one.id})" for one in missing)
        self.left[id_] = "not translated" if len(missing) == len(own) else f"not translated: {names}"
        for one in missing:
            message = f"{id_}: {one.kind} ({one.id}) is not translated: “{_short(words(one.pieces))}”"
            advice = "Translate it, or take the clauses that are whole with --partial."
            self.empty.append(self.finding("translation-empty", units[one.id].line, message, advice))

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

    def _text(self, id_: str, lines: tuple[Line, ...], units: Mapping[str, Returned]) -> ClauseText | None:
        try:
            text = markdown(lines)
        except ValueError:
            line = min(one.line for one in units.values())
            message = f"{id_}: the translation cannot be written as a text: its marks stand inside words"
            advice = "Put emphasis, links and terms around whole words."
            self.findings.append(self.finding("translation-marks", line, message, advice))
            return None
        return ClauseText(text=text, lines=parse(text)[0])

    def _old(self, clause: Clause, own: Sequence[Segment], units: Mapping[str, Returned]) -> None:
        there = clause.translations.get(self.back.target)
        if there is None or not is_stale(clause, there, self.back.source):
            return
        before = {one.id: words(one.pieces) for one in segments(there.text.lines)}
        same = [one for one in own if before.get(one.id) == words(units[one.id].target or ())]
        if same:
            self.old[clause.id] = ", ".join(f"{one.kind} ({one.id})" for one in same)


def _is_empty(unit: Returned) -> bool:
    """Whether nobody has translated it: there is nothing, or a copy of the source that no tool calls translated."""
    if unit.problem:
        return False
    if unit.target is None or (not any(words(unit.target).split()) and words(unit.source).strip()):
        return True
    return unit.untouched and unit.target == unit.source and any(map(str.isalpha, words(unit.source)))


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else text[: _QUOTED - 1].rstrip() + "…"


# --- into the file of the clause -------------------------------------------------------------------------------------


def _edited(root: Path, clause: Clause, language: str, made: Translation) -> bytes:
    """The file of the clause as it will be: the same but for this translation, which is proved by reading it again."""
    before = (root / clause.source.file).read_bytes().decode("utf-8")
    block = {
        "source": f"source: {made.source}",
        "digest": f'digest: "{made.digest}"',
        "status": f"status: {made.status}",
        "translator": f"translator: {scalar(made.translator)}",
        "text": "\n".join(block_text("text", made.text.text)),
    }
    text = before
    if language in clause.translations:
        for key, lines in block.items():
            text = edited(text, ("translations", language, key), lines)
    else:
        whole = _under(f"{language}:", block.values())
        if clause.translations:
            text = edited(text, ("translations", language), whole)
        else:
            text = edited(text, ("translations",), _under("translations:", [whole]))
    after = _clause(clause.source.file, text, clause.theme)
    expected = {**clause.translations, language: made}
    if after is None or replace(after, source=clause.source) != replace(clause, translations=expected):
        raise BrokenError(f"{clause.source.file} would say something else; nothing is written", "Please report this.")
    return text.encode("utf-8")


def _under(key: str, blocks: Iterable[str]) -> str:
    lines = [line for block in blocks for line in block.split("\n")]
    return "\n".join((key, *(f"  {line}" if line else "" for line in lines)))


def _clause(path: str, text: str, theme: str) -> Clause | None:
    """The clause in a file's text, or None where anything is wrong with it."""
    from paraph.library.clauses import clause
    from paraph.library.reader import read
    from paraph.library.statement_schema import ClauseShape
    from paraph.library.validate import validate

    data, source, findings = read(path, text.encode("utf-8"))
    shape, more = validate(ClauseShape, data or {}, source)
    return clause(shape, theme, source)[0] if shape is not None and not errors((*findings, *more)) else None
