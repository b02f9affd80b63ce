"""Recipients of letters: the rows of a table, judged all at once, and as the model has them.

A table is read more than once and never kept: `judged` says all that is wrong with it, and `recipients` then gives one
row after another. What people typed into it is data for an address and a salutation; it is printed as it stands, and is
read as neither Markdown nor a template.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from paraph.library.known import is_language
from paraph.library.written.encoding import WESTERN, encoding_of
from paraph.library.written.suggest import did_you_mean, nearest
from paraph.library.written.tabular import SAVE, Row, blank, is_text, refusal, rows
from paraph.markup import canonical, character_problems
from paraph.model.addressing import COLUMNS, Addressing
from paraph.model.finding import Finding, Severity
from paraph.model.letter import Recipient
from paraph.model.workspace import Window, Workspace

_NEEDED = ("authority", "address")
_PITCH, _LETTER = 4.8, 2.05
"""Millimetres: the distance of the lines of an address, and the width of a letter of its text, on average."""
_MARKS = " ,;:.،؛"
_BETWEEN = re.compile(r"[,;/|+\s]+")
_SLUG = 40


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table of recipients, and how it is understood. `shown` is its name in findings.

    `languages` are those that the letter is issued in; the first stands in for one that it is not. `declared` is the
    encoding of a CSV where somebody named it; `said` are words of the letter, by which it may be known.
    """

    path: Path
    shown: str
    addressing: Addressing
    workspace: Workspace
    languages: tuple[str, ...]
    window: Window
    declared: str = ""
    said: frozenset[str] = frozenset()

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
    def names(self) -> Mapping[str, str]:
        """Codes of languages by what a table may call them: French, français, الفرنسية."""
        from babel import Locale

        found: dict[str, str] = {}
        for one in self.workspace.languages.values():
            for code, name in Locale.parse(one.locale).languages.items():
                if len(str(code)) == 2:
                    found.setdefault(str(name).casefold(), str(code))
        return found


def recipients(table: Table) -> Iterator[Recipient]:
    """The recipients, row by row; of a table in which nothing is wrong."""
    reading = _Reading(table)
    for row in reading.rows():
        made = reading.recipient(row)
        if made is not None:
            yield made


@dataclass(slots=True)
class Judged:
    """What was found in a table: findings, how many recipients it has, and the characters of all that is printed."""

    findings: list[Finding] = field(default_factory=list)
    count: int = 0
    fallen: dict[tuple[str, str], int] = field(default_factory=dict)
    characters: set[str] = field(default_factory=set)


def judged(table: Table, most: int = 1_000) -> Judged:
    """Everything that is wrong with the rows, up to `most` findings. Raises FindingsError where it is no table."""
    reading, found = _Reading(table), Judged()
    seen: dict[int, int] = {}
    names: dict[str, int] = {}
    for row in reading.rows():
        before = len(reading.findings)
        made = reading.recipient(row)
        if made is not None and len(reading.findings) == before:
            found.count += 1
            for value in made.values.values():
                found.characters.update(value)
            if made.asked != made.language:
                way = (made.asked, made.language)
                found.fallen[way] = found.fallen.get(way, 0) + 1
            reading.twice(made, seen, names)
        if len(reading.findings) > most:
            break
    if not table.declared and table.encoding == WESTERN:
        reading.western()
    found.findings = sorted({*reading.findings}, key=lambda one: (one.line, one.column))
    return found


@dataclass(slots=True)
class _Reading:
    table: Table
    findings: list[Finding] = field(default_factory=list)
    _columns: dict[str, int] = field(default_factory=dict)

    def rows(self) -> Iterator[Row]:
        """The rows below the head that say something."""
        table = rows(self.table.path, self.table.shown, self.table.encoding)
        head = next(table, None)
        if head is None or blank(head.cells):
            raise refusal(
                self.table.shown, "the table is empty", f"Its first row names the columns: {_listed(COLUMNS)}."
            )
        self._head(head)
        yield from (row for row in table if not blank(row.cells))

    def _head(self, head: Row) -> None:
        words = self.table.addressing.columns
        missing = []
        for at, cell in enumerate(head.cells):
            word = canonical(cell).strip().casefold()
            if (column := words.get(word)) is None:
                if word and (near := nearest(word, words)):
                    self._found(
                        head, at, "recipients-column", f"the column “{cell}” is not used", f"Did you mean “{near}”?"
                    )
                continue
            if column in self._columns:
                message = f"two columns are the {column} of a recipient"
                self._found(head, at, "recipients-column", message, "Delete or rename one of them.", Severity.ERROR)
            self._columns.setdefault(column, at)
        missing = [column for column in _NEEDED if column not in self._columns]
        if missing:
            advice = f"Its first row names the columns. There may be: {_listed(COLUMNS)}."
            raise refusal(self.table.shown, f"there is no column {_listed(missing)}", advice, head.line)

    def _found(
        self, row: Row, at: int, rule: str, message: str, advice: str, severity: Severity = Severity.WARNING
    ) -> None:
        self.findings.append(
            Finding(
                file=self.table.shown,
                line=row.line,
                column=at + 1,
                rule=rule,
                message=message,
                advice=advice,
                severity=severity,
            )
        )

    def western(self) -> None:
        """Say in which encoding the table was read, where it is not the one that every machine reads."""
        message = "the table was read as Windows-1252, in which Excel saves “CSV” in western Europe"
        advice = "Look at the accents in a --preview. Saved as “CSV UTF-8”, a table says its encoding by itself."
        self._found(Row(0, ()), -1, "recipients-encoding", message, advice)

    def _wrong(self, row: Row, column: str, rule: str, message: str, advice: str) -> None:
        self._found(row, self._columns.get(column, 0), rule, message, advice, Severity.ERROR)

    def _cell(self, row: Row, column: str) -> str:
        """A cell as text in canonical form, its characters judged."""
        at = self._columns.get(column)
        if at is None or at >= len(row.cells):
            return ""
        if at in row.faults:
            message, advice = "this cell holds a formula or an error", "Write the text itself into the cell."
            self._wrong(row, column, "recipients-cell", message, advice)
            return ""
        text = canonical(row.cells[at])
        for problem in character_problems(text)[:1]:
            self._wrong(row, column, problem.rule, problem.message, problem.advice)
            return ""
        return "\n".join(" ".join(line.split()) for line in text.split("\n"))

    def recipient(self, row: Row) -> Recipient | None:
        """The recipient of a row; None, with findings, where something is wrong with it."""
        before = len(self.findings)
        lines = self._address(row)
        asked, language = self._language(row)
        office, gender = self._office(row), self._gender(row)
        salutation, vocative = self._spoken(row, office, gender, language)
        reference = self._one_line(row, "reference")
        name = self._name(row, lines)
        if any(one.severity is Severity.ERROR for one in self.findings[before:]):
            return None
        return Recipient(
            line=row.line,
            name=name,
            language=language,
            asked=asked,
            lines=lines,
            salutation=salutation,
            vocative=vocative,
            reference=reference,
            office=office,
        )

    def _one_line(self, row: Row, column: str, most: int = 100) -> str:
        text = " ".join(self._cell(row, column).split("\n"))
        if len(text) > most:
            message = f"the {column} has {len(text)} characters; there is room for {most}"
            self._wrong(row, column, "recipients-length", message, "Shorten it.")
        return text

    def _address(self, row: Row) -> tuple[str, ...]:
        parts = {column: self._cell(row, column) for column in ("authority", "attention", "address", "country")}
        for column in _NEEDED:
            at = self._columns[column]
            if at not in row.faults and blank(row.cells[at : at + 1]):
                self._wrong(row, column, "recipients-address", f"the {column} is empty", "Write it.")
        lines = tuple(line for part in parts.values() for line in part.replace("|", "\n").split("\n") if line.strip())
        lines = tuple(" ".join(line.split()) for line in lines)
        window = self.table.window
        room, wide = int(window.height / _PITCH), int(window.width / _LETTER)
        needed = sum(-(-len(line) // wide) for line in lines)
        if needed > room:
            message = f"the address takes {needed} lines; {room} show in the window of the envelope"
            advice = f"Shorten it: at most {room} lines of about {wide} characters."
            self._wrong(row, "address", "recipients-address", message, advice)
        return lines

    def _language(self, row: Row) -> tuple[str, str]:
        """The language asked for and the one written in: the first wanted that there is, else the first."""
        table, wanted = self.table, self._one_line(row, "language")
        asked = ""
        known = [wanted] if wanted.casefold() in table.names else [one for one in _BETWEEN.split(wanted) if one]
        for word in known:
            code = self._code(word)
            if not code:
                message = f"“{word}” is no language"
                issued = f"The letter is in {_listed(table.languages)}."
                advice = f"{did_you_mean(word.casefold(), [*table.languages, *table.names])} {issued}".strip()
                self._wrong(row, "language", "recipients-language", message, advice)
                return "", ""
            asked = asked or code
            for issued in (code, code.partition("-")[0]):
                if issued in table.languages:
                    return issued, issued
        return asked or table.languages[0], table.languages[0]

    def _code(self, word: str) -> str:
        if code := self.table.names.get(word.casefold()):
            return code
        code = word.replace("_", "-")
        return code.lower() if len(code) == 2 and is_language(code.lower()) else code if is_language(code) else ""

    def _office(self, row: Row) -> str:
        word, offices = self._one_line(row, "office").casefold(), self.table.addressing.offices
        if not word:
            return self.table.addressing.default
        if word not in offices:
            if not self._cell(row, "salutation"):
                advice = (
                    f"{did_you_mean(word, offices)} Add it to templates/letter/recipients.yml, or write a salutation."
                )
                self._wrong(row, "office", "recipients-office", f"“{word}” is no office that is known", advice.strip())
            return word
        return offices[word]

    def _gender(self, row: Row) -> str:
        word, genders = self._one_line(row, "gender").casefold().rstrip("."), self.table.addressing.genders
        if not word or word == "any":
            return ""
        if word not in genders:
            advice = "Write f or m, or leave it empty where it is not known."
            self._wrong(row, "gender", "recipients-gender", f"“{word}” is neither f nor m", advice)
        return genders.get(word, "")

    def _spoken(self, row: Row, office: str, gender: str, language: str) -> tuple[str, str]:
        salutation = self._one_line(row, "salutation").rstrip(_MARKS)
        vocative = self._one_line(row, "vocative").rstrip(_MARKS)
        if salutation:
            return salutation, vocative or salutation
        found = self.table.addressing.speak(office, language, gender)
        if found is None:
            if language and office in self.table.addressing.offices.values():
                message = f"nobody has written how a letter in {language} speaks to the office {office}"
                advice = "Write it into the column salutation, or into templates/letter/recipients.yml."
                self._wrong(row, "office", "recipients-salutation", message, advice)
            return "", ""
        return found.salutation, vocative or found.vocative

    def _name(self, row: Row, lines: Sequence[str]) -> str:
        """The name of its files: its id or its row, which sort, and its authority as far as Latin letters write it."""
        own = slug(self._one_line(row, "id"))
        number = f"{int(own):06}" if own.isdecimal() and len(own) < 7 else own or f"{row.line:06}"
        authority = slug(lines[0] if lines else "")
        return "-".join(filter(None, (number, _short(authority) if re.search("[a-z]", authority) else "")))

    def twice(self, made: Recipient, seen: dict[int, int], names: dict[str, int]) -> None:
        """Findings where an earlier row has the same recipient, or the same id."""
        row = Row(made.line, ())
        key = hash(tuple(line.casefold() for line in made.lines))
        if key in seen:
            message = f"this recipient stands in line {seen[key]} already"
            self._wrong(row, "authority", "recipients-twice", message, "Delete one of the two.")
        elif names.setdefault(made.name, made.line) != made.line:
            message = f"line {names[made.name]} has the same id"
            self._wrong(row, "id", "recipients-twice", message, "Give each recipient an id of its own.")
        seen.setdefault(key, made.line)


def slug(text: str) -> str:
    """`text` as part of a file's name: small Latin letters, digits and hyphens; what has none of these is left out."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", bare.lower()).strip("-")[:80]


def _short(name: str) -> str:
    """As many words of a slug as there is room for; the first in any case."""
    if len(name) > _SLUG:
        name = name[: _SLUG + 1].rpartition("-")[0] or name[:_SLUG]
    return name


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
