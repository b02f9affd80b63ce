"""The cells of a table of recipients as text, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from paraph.library.files.recipients_head import Head
from paraph.library.written.suggest import did_you_mean
from paraph.library.written.tabular import Row
from paraph.library.written.unlikely import is_error, lost, misread, says_nothing, unfilled
from paraph.markup import canonical, character_problems
from paraph.model.finding import Finding

if TYPE_CHECKING:
    from paraph.library.files.recipients import Table

_MOST_MEANT = 100
_WIDEST = 30
"""Width in em of a word that stays on its line everywhere, also beside the number of the page, in the largest type."""
_PRINTED = frozenset({"authority", "attention", "address", "country", "salutation", "vocative", "place", "reference"})
_SPOKEN = frozenset({"salutation", "vocative"})
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
    "unfilled": ("“{text}” has a place in it that nobody filled", "Write what is to stand there."),
    "misread": (
        "“{text}” was read in a wrong encoding once: it seems to be {meant}",
        "Take the table from where it is right, or write the cell again.",
    ),
    "lost": (
        "“{text}” has signs where it had letters",
        "Take the table from where it is right, or write the cell again.",
    ),
}
"""What is said of a cell, by its fault (see `Row`)."""


_HELD = re.compile(r"(?<=«) | (?=[»:;!?])")
"""Spaces at which no line may end, as French has them within guillemets and before marks."""


def _spaced(line: str) -> str:
    """A line with one space where there are some; those at marks hold it together, whichever were typed."""
    return _HELD.sub("\u00a0", " ".join(line.split()))


@dataclass(slots=True)
class Cells:
    """Reads the cells of a table whose `head` is known; `findings` are those since somebody last asked for them,
    `characters` those of all cells that may be printed."""

    table: Table
    head: Head
    findings: list[Finding] = field(default_factory=list)
    characters: set[str] = field(default_factory=set)
    _near: dict[str, str] = field(default_factory=dict)

    def said(self) -> list[Finding]:
        """What was found since this was last asked."""
        found, self.findings = sorted(dict.fromkeys(self.findings), key=lambda one: one.column), []
        return found

    def wrong(self, line: int, column: str, rule: str, message: str, advice: str) -> None:
        """Note a fault in a line."""
        self.findings.append(self.finding(line, column, rule, message, advice))

    def finding(self, line: int, column: str, rule: str, message: str, advice: str) -> Finding:
        """A fault in a line, in the column of this name; in the first where the table has none."""
        return Finding(
            file=self.table.shown,
            line=line,
            column=self.head.columns.get(column, 0) + 1,
            rule=rule,
            message=message,
            advice=advice,
        )

    def text(self, row: Row, column: str) -> str:
        """A cell as text in canonical form, its characters judged."""
        at = self.head.columns.get(column)
        if at is None or at >= len(row.cells):
            return ""
        text = canonical(row.cells[at])
        if fault := row.faults.get(at) or self._fault(column, text):
            message, advice = _FAULTS[fault]
            message = message.format(text=" ".join(row.cells[at].split()), meant=misread(text))
            self.wrong(row.line, column, "recipients-cell", message, advice)
            return ""
        for problem in character_problems(text)[:1]:
            self.wrong(row.line, column, problem.rule, problem.message, problem.advice)
            return ""
        if column in _PRINTED:
            self.look_at(row, column, text)
        return "\n".join(map(_spaced, text.split("\n")))

    def _fault(self, column: str, text: str) -> str:
        """What is wrong with a text that nobody means to be printed (see `_FAULTS`), or ""."""
        if is_error(text):
            return "error"
        if column not in _PRINTED:
            return ""
        lines, nothing = tuple(lines_of(text)), self.table.addressing.nothing
        if any(says_nothing(line) or line.casefold().rstrip(" .…") in nothing for line in lines):
            return "nothing"
        if any(unfilled(line, spoken=column in _SPOKEN) for line in lines):
            return "unfilled"
        return "misread" if misread(text) else "lost" if lost(text) else ""

    def look_at(self, row: Row, column: str, text: str) -> None:
        """Look whether a text can be shown, where that is known by now."""
        self.characters.update(text)
        for char in sorted(self.table.lacking.intersection(text)):
            advice = "Write it in other characters, or name a font in paraph.yml that has it."
            self.wrong(row.line, column, "no-glyph", f"no font has “{char}” (U+{ord(char):04X})", advice)

    def one_line(self, row: Row, column: str, most: int = 100) -> str:
        """A cell as text on one line, of `most` characters at most, and of words that a line has room for."""
        text = " ".join(self.text(row, column).split("\n"))
        if len(text) > most:
            message = f"the {column} has {len(text)} characters; there is room for {most}"
            self.wrong(row.line, column, "recipients-length", message, "Shorten it.")
        elif column in _PRINTED and (word := next(filter(self._leaves_its_line, text.split()), "")):
            message = f"“{word}” is longer than there is room for on a line"
            self.wrong(row.line, column, "recipients-length", message, "Write it in two words, or shorter.")
        return text

    def _leaves_its_line(self, word: str) -> bool:
        return len(word) > _WIDEST and self.table.measure(word, False) > _WIDEST

    def meant(self, word: str, options: Collection[str]) -> str:
        """What a word may be a slip for; of the first of many words, since looking for that takes 20 ms."""
        if word not in self._near and len(self._near) < _MOST_MEANT:
            self._near[word] = did_you_mean(word, options)
        return self._near.get(word, "")


def lines_of(text: str) -> Iterator[str]:
    """The lines of a cell: of several, what stands between | or line breaks."""
    lines = (_spaced(line) for line in text.replace("|", "\n").split("\n"))
    return (line for line in lines if line)
