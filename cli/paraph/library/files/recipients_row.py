"""A row of a table of recipients: judged, and as the model has it."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from paraph.library.files.recipients_cells import Cells, lines_of
from paraph.library.files.recipients_head import Head
from paraph.library.files.recipients_spoken import MARKS, Speaking, Written
from paraph.library.known_names import language_of
from paraph.library.written.alike import alike
from paraph.library.written.days import counted_day, days
from paraph.library.written.tabular import Row, blank, is_text
from paraph.model.addressing import PITCH, SIZE
from paraph.model.letter import YEARS, Recipient, stem

if TYPE_CHECKING:
    from paraph.library.files.recipients import Table

_POINT = 25.4 / 72
"""Millimetres."""
_BETWEEN = re.compile(r"[,;/|+\s]+")
_SLUG = 40
_NO_NAMES = {"con", "prn", "aux", "nul", *(f"{port}{one}" for port in ("com", "lpt") for one in range(10))}
"""Windows gives no file such a name, whatever its ending."""
_EMPTY = {"place": "Write the name and the town of the place to be visited, in the language of the letter."}


@dataclass(slots=True)
class RowReading:
    """Reads the rows of a table, cell by cell; of the row at hand `lines` are its address (none where something is
    wrong with it), `place` where a visit is asked for, `own` the id that its files are called by ("": none) and `stem`
    their name ("": not known), right or wrong."""

    cells: Cells
    speaking: Speaking
    lines: tuple[str, ...] = ()
    place: str = ""
    own: str = ""
    stem: str = ""
    _told: set[int] = field(default_factory=set)
    """Columns with parts of addresses of which it was said that they are not printed."""

    @classmethod
    def of(cls, table: Table, head: Head) -> RowReading:
        """That of a table whose head is known."""
        cells = Cells(table, head)
        return cls(cells, Speaking(cells))

    def recipient(self, row: Row) -> Recipient | None:
        """The recipient of a row; None, with findings, where something is wrong with it."""
        if row.hidden:
            message = "this row is hidden, and would get a letter"
            advice = "Show all rows (a filter may hide them), or delete it."
            self.cells.wrong(row.line, "", "recipients-hidden", message, advice)
        self._shape(row)
        lines = self._address(row)
        self.lines = () if self.cells.findings else lines
        self._parts(row, lines)
        written = self._language(row)
        self._fits(row, lines, written.language)
        office, salutation, vocative = self.speaking.to(row, written)
        reference, date = self.cells.one_line(row, "reference"), self._date(row)
        self.place = self._place(row) if self.cells.table.placed else ""
        name = self._name(row, lines)
        self.stem = stem(name, written.language) if written.language else ""
        if self.cells.findings:
            return None
        return Recipient(
            line=row.line,
            name=name,
            language=written.language,
            asked=written.asked,
            lines=lines,
            salutation=salutation,
            vocative=vocative,
            reference=reference,
            date=date,
            office=office,
            place=self.place,
        )

    def _shape(self, row: Row) -> None:
        """Find a row of a CSV whose cells may stand under the heads of others: “2, rue X” without quotation marks is
        two cells, and moves all that follow."""
        head, cells = self.cells.head.cells, row.cells
        if not is_text(self.cells.table.path) or len(cells) == len(head):
            return
        parted = any(cell[:1].isspace() and cell.strip() for cell in cells[1:])
        parted = parted and not any(cell[:1].isspace() for cell in head)
        if parted or not blank(cells[len(head) :]):
            message = f"this row has {len(cells)} cells, and the head of the table {len(head)}"
            advice = 'Put quotation marks around a cell that has a comma in it, as spreadsheets do: "2, rue X".'
            self.cells.wrong(row.line, "", "recipients-shape", message, advice)

    def _address(self, row: Row) -> tuple[str, ...]:
        parts = {column: self.cells.text(row, column) for column in ("authority", "attention", "address", "country")}
        for column in self.cells.table.needed:
            at = self.cells.head.columns[column]
            if at not in row.faults and blank(row.cells[at : at + 1]):
                rule = "recipients-place" if column == "place" else "recipients-address"
                self.cells.wrong(row.line, column, rule, f"the {column} is empty", _EMPTY.get(column, "Write it."))
        return tuple(line for part in parts.values() for line in lines_of(part))

    def _place(self, row: Row) -> str:
        """Where a visit is asked for, as it stands in a sentence: on one line, without a stop of its own."""
        known = self.cells.one_line(row, "place")
        return ", ".join(lines_of(self.cells.text(row, "place"))).rstrip(MARKS) if known else ""

    def _parts(self, row: Row, lines: Sequence[str]) -> None:
        """Find what stands in a column with a part of the address, and not in the address: it would not be printed."""
        if not self.cells.head.parts or not lines:
            return
        said = alike("\n".join(lines))
        for at in self.cells.head.parts:
            text = " ".join(row.cells[at].split()) if at < len(row.cells) else ""
            if at not in self._told and text and alike(text) not in said:
                self._told.add(at)
                name = " ".join(self.cells.head.cells[at].split())
                message = f"“{text}” of the column “{name}” is not in the address, and would not be printed"
                advice = "Put it into the address of each recipient, with | between the lines; or delete the column."
                self.cells.wrong(row.line, "address", "recipients-column", message, advice)

    def _fits(self, row: Row, lines: Sequence[str], language: str) -> None:
        """Find an address that the window does not show whole, as wide as the fonts of the house set it."""
        window, rtl = self.cells.table.window, self.cells.table.rtl(language)
        room = int(window.height / (PITCH[rtl] * _POINT))
        wide = window.width / (SIZE[rtl] * _POINT)
        needed = 0
        for line in lines:
            taken, widest = self._broken(line, wide, rtl)
            needed += taken
            if widest:
                message = f"“{widest}” is wider than the window of the envelope"
                advice = "Write it in two words, or shorter."
                self.cells.wrong(row.line, "address", "recipients-address", message, advice)
        if needed > room:
            message = f"the address takes {needed} lines; {room} show in the window of the envelope"
            some = int(wide / self.cells.table.measure("n", rtl))
            advice = f"Shorten it: at most {room} lines of about {some} small letters, or {some * 4 // 5} capitals."
            self.cells.wrong(row.line, "address", "recipients-address", message, advice)

    def _broken(self, line: str, wide: float, rtl: bool) -> tuple[int, str]:
        """How many lines a line takes where there is room for `wide` em, and a word that is wider than that, or ""."""
        measure = self.cells.table.measure
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

    def _language(self, row: Row) -> Written:
        """The language of a letter: the first wanted that there is, else the first."""
        table, wanted = self.cells.table, self.cells.one_line(row, "language")
        asked = ""
        known = [wanted] if table.names.of(wanted) else [one for one in _BETWEEN.split(wanted) if one]
        for word in known:
            code = self._code(word)
            if not code:
                message = f"“{word}” is no language"
                meant = self.cells.meant(word.casefold(), (*table.languages, *table.names))
                advice = f"{meant} The letter is in {', '.join(table.languages)}.".strip()
                self.cells.wrong(row.line, "language", "recipients-language", message, advice)
                return Written("", "")
            asked = asked or code
            for issued in (code, code.partition("-")[0]):
                if issued in table.languages:
                    return Written(issued, issued)
        return Written(asked, table.languages[0], fell=bool(asked))

    def _code(self, word: str) -> str:
        return self.cells.table.names.of(word) or language_of(word)

    def _date(self, row: Row) -> dt.date | None:
        """The day of the letter: that of the row, or else that of all. A day that may be two is none."""
        table, at = self.cells.table, self.cells.head.columns.get("date", -1)
        text = row.cells[at] if row.faults.get(at) == "day" else self.cells.one_line(row, "date")
        if not text:
            return table.date
        found = days(text, table.months)
        if len(found) == 1 and found[0].year in YEARS:
            if table.dated and found[0] != table.date:
                message = f"the document is dated {table.date} itself, with which it was approved"
                advice = "Leave the cell empty. A letter that is sent on more than one day is approved without a date."
                self.cells.wrong(row.line, "date", "recipients-date", message, advice)
            return found[0]
        message, advice = f"“{text}” is no day of a letter", "Write it as in 2026-12-10."
        if len(found) > 1:
            message = f"“{text}” may be {' or '.join(day.isoformat() for day in found)}"
        elif found:
            advice = f"Its year is one of {YEARS.start} to {YEARS.stop - 1}."
        elif counted := counted_day(text):
            advice = f"As a spreadsheet counts days it is {counted}: format the cell as a date, or write it so."
        self.cells.wrong(row.line, "date", "recipients-date", message, advice)
        return table.date

    def _name(self, row: Row, lines: Sequence[str]) -> str:
        """The name of its files: its id or its row, which sort, and its authority as far as Latin letters write it."""
        own = slug(self.cells.one_line(row, "id"))
        self.own = f"{int(own):06}" if own.isdecimal() and len(own) < 7 else own
        number = self.own or f"{row.line:06}"
        authority = slug(lines[0] if lines else "")
        name = "-".join(filter(None, (number, _short(authority) if re.search("[a-z]", authority) else "")))
        return f"{name}-" if name in _NO_NAMES else name


def slug(text: str) -> str:
    """`text` as part of a file's name: small Latin letters, digits and hyphens; what has none of these is left out."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", bare.lower()).strip("-")[:80]


def _short(name: str) -> str:
    """As many words of a slug as there is room for; the first in any case."""
    if len(name) > _SLUG:
        name = name[: _SLUG + 1].rpartition("-")[0] or name[:_SLUG]
    return name
