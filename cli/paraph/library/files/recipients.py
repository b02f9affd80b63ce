"""Recipients of letters: the rows of a table, judged all at once, and as the model has them.

A table may be longer than memory, so that nothing of it is kept here: `judged` says all that is wrong with it, and
hands each recipient on. What people typed into it is data for an address and a salutation; it is printed as it stands,
and is read as neither Markdown nor a template.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import TypeAlias

from paraph.library.files.recipients_head import NEEDED, Head, find_head, is_head
from paraph.library.files.recipients_row import RowReading
from paraph.library.written.alike import alike
from paraph.library.written.encoding import WESTERN, encoding_of
from paraph.library.written.tabular import SAVE, blank, is_text, opened, refusal
from paraph.model.addressing import Addressing, Words
from paraph.model.finding import Finding, Severity, errors
from paraph.model.letter import Recipient, Which
from paraph.model.workspace import Window, Workspace

Measure: TypeAlias = Callable[[str, bool], float]
"""The width of words in em, in a letter from left to right or (True) from right to left."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table of recipients, and how it is understood. `shown` is its name in findings.

    `languages` are those that the letter is issued in; the first stands in for one that it is not. `date` is the day of
    the letters whose row has none, and that of all where the document is `dated` itself. `declared` is the encoding of
    a CSV where somebody named it; `said` are words of the letter, by which it may be known; `closing` are the languages
    in which its closing speaks to the reader; it is `placed` where it names the place that it asks to visit. `lacking`
    are characters of the table that no font has; `measure` says how wide words are (render/pdf/widths.py).
    """

    path: Path
    shown: str
    addressing: Addressing
    workspace: Workspace
    languages: tuple[str, ...]
    window: Window
    measure: Measure
    date: dt.date | None = None
    dated: bool = False
    declared: str = ""
    said: frozenset[str] = frozenset()
    closing: frozenset[str] = frozenset()
    placed: bool = False
    lacking: frozenset[str] = frozenset()

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns without which there is no letter."""
        return (*NEEDED, "place") if self.placed else NEEDED

    @cached_property
    def encoding(self) -> str:
        """What the table is read in. Raises FindingsError where that is not certain."""
        if self.declared or not is_text(self.path):
            return self.declared
        found, line = encoding_of(self.path, self.said | self._countries)
        if not found:
            advice = f"{SAVE} Or name its encoding, as in --encoding windows-1252, and look at a --preview."
            raise refusal(self.shown, "the file is not UTF-8, and may be in more than one encoding", advice, line)
        return found

    @cached_property
    def _countries(self) -> frozenset[str]:
        """The words in the names of countries, casefolded, in the languages of the workspace."""
        from babel import Locale

        names = (
            name for one in self.workspace.languages.values() for name in Locale.parse(one.locale).territories.values()
        )
        return frozenset(word.casefold() for name in names for word in re.findall(r"[^\W\d_]+", str(name)))

    @cached_property
    def names(self) -> Words:
        """Codes of languages by what a table may call them: French, français, الفرنسية."""
        from babel import Locale

        found = {**self.addressing.languages}
        for one in self.workspace.languages.values():
            for code, name in Locale.parse(one.locale).languages.items():
                if len(str(code)) == 2:
                    found.setdefault(str(name).casefold(), str(code))
        return Words(found, alike)

    def rtl(self, language: str) -> bool:
        """Whether a letter in the language runs from right to left."""
        found = self.workspace.languages.get(language)
        return found is not None and found.direction == "rtl"

    @cached_property
    def months(self) -> Mapping[str, int]:
        """Numbers of months by their names in the languages of the workspace."""
        from paraph.library.written.days import months

        return months(one.locale for one in self.workspace.languages.values())


def _head(table: Table) -> Head:
    words, parts = table.addressing.columns, table.addressing.parts
    rows = partial(opened, table.path, table.shown, table.encoding)
    return find_head(rows, words, parts, table.needed, table.shown)


@dataclass(slots=True)
class Judged:
    """What was found in a table: the first findings and how many there are, in how many rows; how many recipients it
    has, the documents that their letters are of, and the characters of all that may be printed."""

    findings: list[Finding] = field(default_factory=list)
    found: int = 0
    faulty: int = 0
    count: int = 0
    fallen: dict[tuple[str, str], int] = field(default_factory=dict)
    which: set[Which] = field(default_factory=set)
    characters: set[str] = field(default_factory=set)


def judged(table: Table, most: int, keep: Callable[[Recipient], None]) -> Judged:
    """What is wrong with the table, all rows; of the findings the first `most` are kept. `keep` is told of each
    recipient, as the model has it. Raises FindingsError where the table is none."""
    seen = Judged()
    for finding in _judging(table, seen, keep):
        seen.found += 1
        if len(seen.findings) < most:
            seen.findings.append(finding)
    seen.findings.sort(key=lambda one: (one.line, one.column))
    return seen


def faults(table: Table) -> Iterator[Finding]:
    """All that is wrong with the table, row by row."""
    return _judging(table, Judged(), lambda made: None)


def _judging(table: Table, seen: Judged, keep: Callable[[Recipient], None]) -> Iterator[Finding]:
    """What is wrong, as it is found; `seen` learns of the rows meanwhile."""
    head = _head(table)
    yield from head.findings
    if "place" in head.columns and not table.placed:
        yield _unplaced(table, head)
    if not table.declared and table.encoding == WESTERN:
        yield _western(table)
    reading = RowReading.of(table, head)
    twice = _Twice()
    for row in head.rows:
        if blank(row.cells):
            continue
        if is_head(row.cells, head.columns["authority"], table.addressing.columns, table.needed):
            seen.faulty += 1
            yield _again(table, row.line)
            continue
        made = reading.recipient(row)
        wrong = reading.cells.said()
        if made is not None and not wrong:
            _learn(seen, made)
            keep(made)
        wrong += twice.findings(row.line, reading)
        seen.faulty += bool(errors(wrong))
        yield from wrong
    reading.speaking.at_last()
    last = reading.cells.said()
    seen.faulty += len(last)
    yield from last
    seen.characters = reading.cells.characters


def _learn(seen: Judged, made: Recipient) -> None:
    seen.count += 1
    seen.which.add(made.which)
    if made.asked != made.language:
        way = (made.asked, made.language)
        seen.fallen[way] = seen.fallen.get(way, 0) + 1


def _unplaced(table: Table, head: Head) -> Finding:
    """Says that what the table has of places is printed nowhere."""
    return Finding(
        file=table.shown,
        line=0,
        column=head.columns["place"] + 1,
        rule="recipients-column",
        message="this letter names no place: the column place is printed nowhere",
        advice="It is meant for letters with {{ place }} in their words, such as letter-visit.",
        severity=Severity.NOTE,
    )


def _again(table: Table, line: int) -> Finding:
    return Finding(
        file=table.shown,
        line=line,
        column=0,
        rule="recipients-head",
        message="the row that names the columns stands here once more, and would get a letter",
        advice="Delete it; where another list begins with it, see that its columns are those of the first.",
    )


def _western(table: Table) -> Finding:
    """Says in which encoding the table was read, where it is not the one that every machine reads."""
    return Finding(
        file=table.shown,
        line=0,
        column=0,
        rule="recipients-encoding",
        message="the table was read as Windows-1252, in which Excel saves “CSV” in western Europe",
        advice="Look at the accents in a --preview. Saved as “CSV UTF-8”, a table says its encoding by itself.",
        severity=Severity.WARNING,
    )


@dataclass(slots=True)
class _Twice:
    """Finds recipients that an earlier row has, ids, and names of files; of each row it keeps two hundred bytes.

    Names of files are compared besides ids, since they are made of more and of less than these: “x y, Z” and “x, Y Z”
    are one name, and a row whose id has no Latin letter is called by its number, which may be the id of another.
    """

    _seen: dict[int, int] = field(default_factory=dict)
    _names: dict[int, int] = field(default_factory=dict)
    _stems: dict[int, int] = field(default_factory=dict)

    def findings(self, line: int, row: RowReading) -> list[Finding]:
        """What a row has in common with an earlier one, of its address, its id and the name of its files."""
        lines, own, stem = row.lines, row.own, row.stem.casefold()
        # who answers for two places is asked for each of them
        first = self._seen.setdefault(hash(alike("\n".join((*lines, row.place)))), line) if lines else line
        named = self._names.setdefault(hash(own), line) if own else line
        called = self._stems.setdefault(hash(stem), line) if stem else line
        column, advice = "id", "Give each recipient an id of its own."
        if first != line:
            column, advice = "authority", "Delete one of the two."
            message = f"this recipient stands in line {first} already, or one that is written almost the same"
        elif named != line:
            message = f"line {named} has the same id"
        elif called != line:
            message = f"the letter to line {called} is called “{row.stem}” too, and one would take the other’s place"
            advice = "Give each recipient an id of its own, of digits or Latin letters; or empty the column for all."
        else:
            return []
        return [row.cells.finding(line, column, "recipients-twice", message, advice)]
