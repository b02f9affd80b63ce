"""The head of a table of recipients: which column is what, and what of the table nobody sees.

A list that was made for people has a title above its columns, hidden columns, cells that are joined. Whatever could put
somebody else's words, or none, into a letter is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import islice

from paraph.library.written.alike import alike
from paraph.library.written.suggest import nearest
from paraph.library.written.tabular import ABOVE, Heads, Row, Rows, blank, refusal
from paraph.markup import canonical
from paraph.model.addressing import COLUMNS, Words
from paraph.model.finding import Finding, Severity

NEEDED = ("authority", "address")
_NUMBERED = re.compile(r"\W*[0-9]+$")


@dataclass(frozen=True, slots=True)
class Head:
    """The columns of a table by our names, numbered from 0, the cells that name them, the rows below, and what was
    found. `parts` are columns that hold parts of an address, and are not printed."""

    columns: Mapping[str, int]
    cells: tuple[str, ...]
    rows: Iterator[Row]
    findings: tuple[Finding, ...]
    parts: tuple[int, ...] = ()


def find_head(
    opened: Callable[[Heads], Rows], words: Words, parts: Set[str], needed: Sequence[str], shown: str
) -> Head:
    """The head of the table that `opened` opens, given what knows a head: the first row that names what is `needed`.

    `words` give our name for what a table may call a column, `parts` what it may call one with a part of the address.
    Raises FindingsError where no row is a head.
    """
    table = opened(lambda cells: all(name in _columns(cells, words) for name in needed))
    above: list[Row] = []
    for row in islice(table.rows, ABOVE):
        columns = _columns(row.cells, words)
        if all(name in columns for name in needed):
            beside = _parts(row.cells, words, parts)
            found = _Findings(shown, table, row, columns, beside)
            return Head(columns, row.cells, table.rows, tuple(found.all(words, above)), beside)
        if not blank(row.cells):
            above.append(row)
    if table.others and not any(_columns(row.cells, words) for row in above):
        message = f"the sheet “{table.sheet}” is read, and no row of it names columns"
        raise refusal(shown, message, f"Put the sheet with the table first; there are also {_quoted(table.others)}.")
    if not above:
        raise refusal(shown, "the table is empty", f"Its first row names the columns: {', '.join(COLUMNS)}.")
    best = max(above, key=lambda row: len(_columns(row.cells, words)))
    missing = [column for column in needed if column not in _columns(best.cells, words)]
    advice = f"Its first row names the columns. There may be: {', '.join(COLUMNS)}."
    if "address" in missing and (beside := _parts(best.cells, words, parts)):
        advice = (
            f"Put {_quoted(best.cells[at] for at in beside)} together in a column address, with | between the lines."
        )
    elif missing == ["place"]:
        message = "there is no column place, and the letter names the place that it asks to visit"
        advice = "Add it, with the name and the town of each place; recipients.yml of the form has other names of it."
        raise refusal(shown, message, advice, best.line)
    raise refusal(shown, f"there is no column {', '.join(missing)}", advice, best.line)


def is_head(cells: Sequence[str], at: int, words: Words, needed: Sequence[str]) -> bool:
    """Whether a row names the columns once more, as where two lists were put together; `at` is a column of the table,
    at which every row is looked at first."""
    if len(cells) <= at or not words.of(head_word(cells[at])):
        return False
    columns = _columns(cells, words)
    return all(name in columns for name in needed)


def _columns(cells: Sequence[str], words: Words) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        if column := words.of(head_word(cell)):
            found.setdefault(column, at)
    return found


def _parts(cells: Sequence[str], words: Words, parts: Set[str]) -> tuple[int, ...]:
    """The columns that hold parts of an address: those called so, and “Address 2” and others with a number."""
    found = []
    for at, cell in enumerate(cells):
        word = head_word(cell)
        bare = _NUMBERED.sub("", word)
        if not words.of(word) and (
            alike(word) in parts or alike(bare) in parts or (bare != word and words.of(bare) == "address")
        ):
            found.append(at)
    return tuple(found)


def head_word(cell: str) -> str:
    """A head of a column as it is looked up."""
    return " ".join(canonical(cell).split()).casefold()


def _quoted(cells: Iterable[str]) -> str:
    return ", ".join(f"“{' '.join(cell.split())}”" for cell in cells)


@dataclass(frozen=True, slots=True)
class _Findings:
    shown: str
    table: Rows
    head: Row
    columns: Mapping[str, int]
    parts: tuple[int, ...]

    def all(self, words: Words, above: Sequence[Row]) -> Iterator[Finding]:
        """What is wrong with the head, and with the table as a whole."""
        if above:
            message = f"the columns are named in line {self.head.line}; what stands above it is not read"
            yield self._found(above[0].line, -1, "recipients-head", message, "", Severity.WARNING)
        if self.table.others:
            others = ", ".join(f"“{name}”" for name in self.table.others)
            message = f"the sheet “{self.table.sheet}” is read, and no other: {others}"
            advice = "Put it first if another one is the table, or all recipients on one sheet."
            yield self._found(0, -1, "recipients-sheet", message, advice, Severity.WARNING)
        yield from self._names(words)
        for column, at in self.columns.items():
            if at in self.table.hidden:
                message = f"the column of the {column} is hidden: nobody sees what it puts into the letters"
                yield self._found(self.head.line, at, "recipients-hidden", message, "Show it, or delete it.")
        used = set(self.columns.values())
        for first, left, last, right in self.table.merged:
            if last >= self.head.line and any(left <= at <= right for at in used):
                message = f"cells are joined here, down to line {last}: only the first of them says something"
                advice = "Undo that (“Merge cells”), and write into each cell what it is to say."
                yield self._found(first, left, "recipients-merged", message, advice)

    def _names(self, words: Words) -> Iterator[Finding]:
        unused: list[int] = []
        for at, cell in enumerate(self.head.cells):
            word = head_word(cell)
            column = words.of(word)
            if not column and word and at not in self.parts:
                if near := nearest(word, words):
                    message, advice = f"the column “{cell}” is not used", f"Did you mean “{near}”?"
                    yield self._found(self.head.line, at, "recipients-column", message, advice, Severity.WARNING)
                else:
                    unused.append(at)
            elif column and self.columns[column] != at:
                message = f"two columns are the {column} of a recipient"
                yield self._found(self.head.line, at, "recipients-column", message, "Delete or rename one of them.")
        if unused:
            named = _quoted(self.head.cells[at] for at in unused)
            message = f"not used, and printed nowhere: {named}"
            yield self._found(self.head.line, unused[0], "recipients-column", message, "", Severity.NOTE)

    def _found(
        self, line: int, at: int, rule: str, message: str, advice: str, severity: Severity = Severity.ERROR
    ) -> Finding:
        return Finding(
            file=self.shown, line=line, column=at + 1, rule=rule, message=message, advice=advice, severity=severity
        )
