"""A row of a table of recipients: judged, and as the model has it."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from paraph.library.files.recipients_head import NEEDED, Head, head_word
from paraph.library.known_names import is_language
from paraph.library.written.alike import alike
from paraph.library.written.days import days
from paraph.library.written.suggest import did_you_mean
from paraph.library.written.tabular import Row, blank, is_text
from paraph.library.written.unlikely import is_error, misread, says_nothing
from paraph.markup import canonical, character_problems
from paraph.model.addressing import PITCH, SIZE
from paraph.model.finding import Finding, Severity
from paraph.model.letter import Recipient, stem

if TYPE_CHECKING:
    from paraph.library.files.recipients import Table

_POINT = 25.4 / 72
"""Millimetres."""
_MARKS = " ,;:.،؛"
_BETWEEN = re.compile(r"[,;/|+\s]+")
_SLUG = 40
_MOST_MEANT = 100
_PRINTED = frozenset({"authority", "attention", "address", "country", "salutation", "vocative", "reference"})
YEARS = range(2000, 2100)
"""In which a letter may be dated: another one is a slip."""
_FAULTS = {
    "formula": ("this cell holds a formula", "Copy the column, and paste it in its place as values."),
    "error": ("this cell holds an error", "Write into the cell what it is to say."),
    "shown": (
        "this cell holds {text}, and shows it otherwise",
        "Format the column as text, and write it as it is to be printed.",
    ),
    "day": (
        "the spreadsheet has made a day of this cell: {text}",
        "Format the column as text, and write it again.",
    ),
    "struck": (
        "this cell, or some of it, is struck through",
        "Delete what is struck through, or take away the line through it.",
    ),
    "nothing": ("“{text}” says nothing", "Leave the cell empty, or write what is to be printed."),
    "misread": (
        "“{text}” was read in a wrong encoding once: it seems to be {meant}",
        "Take the table from where it is right, or write the cell again.",
    ),
}
"""What is said of a cell, by its fault (see `Row`)."""


@dataclass(slots=True)
class RowReading:
    """Reads the rows of a table whose `head` is known; `findings` are those of the row at hand, `lines` its address
    (none where something is wrong with it), `own` the id that its files are called by ("": none) and `stem` their name
    ("": not known), right or wrong."""

    table: Table
    head: Head
    lines: tuple[str, ...] = ()
    own: str = ""
    stem: str = ""
    findings: list[Finding] = field(default_factory=list)
    characters: set[str] = field(default_factory=set)
    """Those of all cells that may be printed."""
    _near: dict[str, str] = field(default_factory=dict)
    _fell: bool = False
    """Whether a language that the row does not name stands in for those that it does."""
    _told: set[int] = field(default_factory=set)
    """Columns with parts of addresses of which it was said that they are not printed."""
    _genders: dict[str, int] = field(default_factory=dict)
    """Words for a gender, with the first row that has each."""

    def said(self) -> list[Finding]:
        """What was found since this was last asked."""
        found, self.findings = sorted({*self.findings}, key=lambda one: one.column), []
        return found

    def _wrong(self, row: Row, column: str, rule: str, message: str, advice: str) -> None:
        self.findings.append(
            Finding(
                file=self.table.shown,
                line=row.line,
                column=self.head.columns.get(column, 0) + 1,
                rule=rule,
                message=message,
                advice=advice,
            )
        )

    def _cell(self, row: Row, column: str) -> str:
        """A cell as text in canonical form, its characters judged."""
        at = self.head.columns.get(column)
        if at is None or at >= len(row.cells):
            return ""
        text = canonical(row.cells[at])
        if fault := row.faults.get(at) or self._fault(column, text):
            message, advice = _FAULTS[fault]
            message = message.format(text=" ".join(row.cells[at].split()), meant=misread(text))
            self._wrong(row, column, "recipients-cell", message, advice)
            return ""
        for problem in character_problems(text)[:1]:
            self._wrong(row, column, problem.rule, problem.message, problem.advice)
            return ""
        if column in _PRINTED:
            self._shown(row, column, text)
        return "\n".join(" ".join(line.split()) for line in text.split("\n"))

    def _fault(self, column: str, text: str) -> str:
        """What is wrong with a text that nobody means to be printed (see `_FAULTS`), or ""."""
        if is_error(text):
            return "error"
        if column not in _PRINTED:
            return ""
        if any(says_nothing(line) or line.casefold() in self.table.addressing.nothing for line in _lines(text)):
            return "nothing"
        return "misread" if misread(text) else ""

    def _shown(self, row: Row, column: str, text: str) -> None:
        """Look whether a text can be shown, where that is known by now."""
        self.characters.update(text)
        for char in sorted(self.table.lacking.intersection(text)):
            advice = "Write it in other characters, or name a font in paraph.yml that has it."
            self._wrong(row, column, "no-glyph", f"no font has “{char}” (U+{ord(char):04X})", advice)

    def recipient(self, row: Row) -> Recipient | None:
        """The recipient of a row; None, with findings, where something is wrong with it."""
        before = len(self.findings)
        if row.hidden:
            message = "this row is hidden, and would get a letter"
            self._wrong(row, "", "recipients-hidden", message, "Show all rows (a filter may hide them), or delete it.")
        self._shape(row)
        lines = self._address(row)
        self.lines = () if any(one.severity is Severity.ERROR for one in self.findings[before:]) else lines
        self._parts(row, lines)
        asked, language = self._language(row)
        self._fits(row, lines, language)
        office, gender = self._office(row), self._gender(row)
        salutation, vocative = self._spoken(row, office, gender, asked, language)
        reference, date = self._one_line(row, "reference"), self._date(row)
        name = self._name(row, lines)
        self.stem = stem(name, language) if language else ""
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
            date=date,
            office=office,
        )

    def _shape(self, row: Row) -> None:
        """Find a row of a CSV whose cells may stand under the heads of others: “2, rue X” without quotation marks is
        two cells, and moves all that follow."""
        head, cells = self.head.cells, row.cells
        if not is_text(self.table.path) or len(cells) == len(head):
            return
        parted = any(cell[:1].isspace() and cell.strip() for cell in cells[1:])
        parted = parted and not any(cell[:1].isspace() for cell in head)
        if parted or not blank(cells[len(head) :]):
            message = f"this row has {len(cells)} cells, and the head of the table {len(head)}"
            advice = 'Put quotation marks around a cell that has a comma in it, as spreadsheets do: "2, rue X".'
            self._wrong(row, "", "recipients-shape", message, advice)

    def _one_line(self, row: Row, column: str, most: int = 100) -> str:
        text = " ".join(self._cell(row, column).split("\n"))
        if len(text) > most:
            message = f"the {column} has {len(text)} characters; there is room for {most}"
            self._wrong(row, column, "recipients-length", message, "Shorten it.")
        return text

    def _address(self, row: Row) -> tuple[str, ...]:
        parts = {column: self._cell(row, column) for column in ("authority", "attention", "address", "country")}
        for column in NEEDED:
            at = self.head.columns[column]
            if at not in row.faults and blank(row.cells[at : at + 1]):
                self._wrong(row, column, "recipients-address", f"the {column} is empty", "Write it.")
        return tuple(line for part in parts.values() for line in _lines(part))

    def _parts(self, row: Row, lines: Sequence[str]) -> None:
        """Find what stands in a column with a part of the address, and not in the address: it would not be printed."""
        if not self.head.parts or not lines:
            return
        said = alike("\n".join(lines))
        for at in self.head.parts:
            text = " ".join(row.cells[at].split()) if at < len(row.cells) else ""
            if at not in self._told and text and alike(text) not in said:
                self._told.add(at)
                name = " ".join(self.head.cells[at].split())
                message = f"“{text}” of the column “{name}” is not in the address, and would not be printed"
                advice = "Put it into the address of each recipient, with | between the lines; or delete the column."
                self._wrong(row, "address", "recipients-column", message, advice)

    def _fits(self, row: Row, lines: Sequence[str], language: str) -> None:
        """Find an address that the window does not show whole, as wide as the fonts of the house set it."""
        window, rtl = self.table.window, self.table.rtl(language)
        room = int(window.height / (PITCH[rtl] * _POINT))
        wide = window.width / (SIZE[rtl] * _POINT)
        needed = 0
        for line in lines:
            taken, widest = self._broken(line, wide, rtl)
            needed += taken
            if widest:
                message = f"“{widest}” is wider than the window of the envelope"
                self._wrong(row, "address", "recipients-address", message, "Write it in two words, or shorter.")
        if needed > room:
            message = f"the address takes {needed} lines; {room} show in the window of the envelope"
            some = int(wide / self.table.measure("n", rtl))
            advice = f"Shorten it: at most {room} lines of about {some} small letters, or {some * 4 // 5} capitals."
            self._wrong(row, "address", "recipients-address", message, advice)

    def _broken(self, line: str, wide: float, rtl: bool) -> tuple[int, str]:
        """How many lines a line takes where there is room for `wide` em, and a word that is wider than that, or ""."""
        measure = self.table.measure
        if measure(line, rtl) <= wide:
            return 1, ""
        taken, at, widest, space = 1, 0.0, "", measure(" ", rtl)
        for word in line.split(" "):
            width = measure(word, rtl)
            if width > wide:
                widest = word
            if at and at + space + width > wide:
                taken, at = taken + 1, width
            else:
                at += width + (space if at else 0)
        return taken, widest

    def _language(self, row: Row) -> tuple[str, str]:
        """The language asked for ("": none) and the one written in: the first wanted that there is, else the first."""
        table, wanted = self.table, self._one_line(row, "language")
        asked, self._fell = "", False
        known = [wanted] if wanted.casefold() in table.names else [one for one in _BETWEEN.split(wanted) if one]
        for word in known:
            code = self._code(word)
            if not code:
                message = f"“{word}” is no language"
                meant = self._meant(word.casefold(), (*table.languages, *table.names))
                advice = f"{meant} The letter is in {', '.join(table.languages)}.".strip()
                self._wrong(row, "language", "recipients-language", message, advice)
                return "", ""
            asked = asked or code
            for issued in (code, code.partition("-")[0]):
                if issued in table.languages:
                    return issued, issued
        self._fell = bool(asked)
        return asked, table.languages[0]

    def _code(self, word: str) -> str:
        if code := self.table.names.get(word.casefold()):
            return code
        code = word.replace("_", "-")
        return code.lower() if len(code) == 2 and is_language(code.lower()) else code if is_language(code) else ""

    def _date(self, row: Row) -> dt.date | None:
        """The day of the letter: that of the row, or else that of all. A day that may be two is none."""
        table, at = self.table, self.head.columns.get("date", -1)
        text = row.cells[at] if row.faults.get(at) == "day" else self._one_line(row, "date")
        if not text:
            return table.date
        found = days(text, table.months)
        if len(found) == 1 and found[0].year in YEARS:
            if table.dated and found[0] != table.date:
                message = f"the document is dated {table.date} itself, with which it was approved"
                advice = "Leave the cell empty. A letter that is sent on more than one day is approved without a date."
                self._wrong(row, "date", "recipients-date", message, advice)
            return found[0]
        message = f"“{text}” is no day of a letter"
        if len(found) > 1:
            message = f"“{text}” may be {' or '.join(day.isoformat() for day in found)}"
        self._wrong(row, "date", "recipients-date", message, "Write it as in 2026-12-10.")
        return table.date

    def _office(self, row: Row) -> str:
        word, offices = self._one_line(row, "office").casefold(), self.table.addressing.offices
        if not word:
            return self.table.addressing.default
        if word not in offices:
            if not self._cell(row, "salutation"):
                advice = "Add it to templates/letter/recipients.yml, or write a salutation."
                advice = f"{self._meant(word, offices)} {advice}".strip()
                self._wrong(row, "office", "recipients-office", f"“{word}” is no office that is known", advice)
            return word
        return offices[word]

    def _meant(self, word: str, options: Collection[str]) -> str:
        """What a word may be a slip for; of the first of many words, since looking for that takes 20 ms."""
        if word not in self._near and len(self._near) < _MOST_MEANT:
            self._near[word] = did_you_mean(word, options)
        return self._near.get(word, "")

    def _gender(self, row: Row) -> str:
        """f, m, or "": not known. A word for the office that is said of women alone says it, too."""
        addressing = self.table.addressing
        cell, office = self._one_line(row, "gender"), self._one_line(row, "office")
        word = cell.casefold().rstrip(".")
        hers = office.casefold() in addressing.feminine
        if not word or word == "any":
            return "f" if hers else ""
        gender = addressing.genders.get(word, "")
        if not gender:
            advice = "Write f or m, or leave it empty where it is not known."
            self._wrong(row, "gender", "recipients-gender", f"“{word}” is neither f nor m", advice)
        elif gender == "m" and hers:
            message = f"“{office}” is said of a woman, and “{cell}” of a man"
            self._wrong(row, "gender", "recipients-gender", message, "Correct one of the two.")
        head = head_word(self.head.cells[self.head.columns["gender"]])
        if head in addressing.unclear.get(word, ()):
            message = f"“{cell}” may be f or m in a column that is called “{head}”"
            self._wrong(row, "gender", "recipients-gender", message, self._in_full(word))
        self._genders.setdefault(word, row.line)
        return gender

    def _in_full(self, word: str) -> str:
        """What to write in place of a word for a gender that is not clear: a word of those beside which it is not."""
        addressing = self.table.addressing
        beside = [one for one in sorted(addressing.unclear[word]) if len(one) > 1 and one in addressing.genders]
        return f"Write whole words{': ' if beside else ''}{' or '.join(beside)}."

    def at_last(self) -> Iterator[Finding]:
        """What is wrong with the table as a whole: a word for a gender that may be either beside others."""
        for word, beside in self.table.addressing.unclear.items():
            others = sorted(beside.intersection(self._genders), key=self._genders.__getitem__)
            if word in self._genders and others:
                line = self._genders[others[0]]
                message = f"“{word}” may be f or m, since “{others[0]}” stands in line {line}"
                self._wrong(Row(self._genders[word], ()), "gender", "recipients-gender", message, self._in_full(word))
        yield from self.said()

    def _spoken(self, row: Row, office: str, gender: str, asked: str, language: str) -> tuple[str, str]:
        salutation = self._one_line(row, "salutation").rstrip(_MARKS)
        vocative = self._one_line(row, "vocative").rstrip(_MARKS)
        self._of_its_language(row, asked, language)
        if salutation:
            closes = language in self.table.closing and not self._fell
            if closes and not vocative and not self.table.addressing.closes_as_it_opens(salutation, language):
                message = f"the closing speaks to the reader, too, in which “{salutation}” would not stand well"
                advice = "Write into the column vocative how it does: Madam, Minister, Your Excellency."
                self._wrong(row, "salutation", "recipients-salutation", message, advice)
            return salutation, vocative or salutation
        found = self.table.addressing.speak(office, language, gender)
        if found is None:
            if language and office in self.table.addressing.offices.values():
                message = f"nobody has written how a letter in {language} speaks to the office {office}"
                advice = "Write it into the column salutation, or into templates/letter/recipients.yml."
                self._wrong(row, "office", "recipients-salutation", message, advice)
            return "", ""
        self._shown(row, "office", found.salutation + found.vocative)
        return found.salutation, vocative or found.vocative

    def _of_its_language(self, row: Row, asked: str, language: str) -> None:
        """Find a salutation of the row’s own where its letter is in another language than it asks for."""
        for column in ("salutation", "vocative"):
            if self._fell and self._one_line(row, column):
                message = f"the letter is in {language}, as there is none in {asked}, and this {column} may not be"
                advice = f"Write it in {language}, and the language as “{asked}, {language}”; or leave it empty."
                self._wrong(row, column, "recipients-salutation", message, advice)

    def _name(self, row: Row, lines: Sequence[str]) -> str:
        """The name of its files: its id or its row, which sort, and its authority as far as Latin letters write it."""
        own = slug(self._one_line(row, "id"))
        self.own = f"{int(own):06}" if own.isdecimal() and len(own) < 7 else own
        number = self.own or f"{row.line:06}"
        authority = slug(lines[0] if lines else "")
        return "-".join(filter(None, (number, _short(authority) if re.search("[a-z]", authority) else "")))


def _lines(text: str) -> Iterator[str]:
    """The lines of a cell: of several, what stands between | or line breaks."""
    lines = (" ".join(line.split()) for line in text.replace("|", "\n").split("\n"))
    return (line for line in lines if line)


def slug(text: str) -> str:
    """`text` as part of a file's name: small Latin letters, digits and hyphens; what has none of these is left out."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", bare.lower()).strip("-")[:80]


def _short(name: str) -> str:
    """As many words of a slug as there is room for; the first in any case."""
    if len(name) > _SLUG:
        name = name[: _SLUG + 1].rpartition("-")[0] or name[:_SLUG]
    return name
