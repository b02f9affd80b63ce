"""Tables from outside, row by row: CSV as spreadsheets write it, and a sheet of an XLSX (library/written/sheet.py).

A table of recipients may be longer than memory, so nothing but the row at hand is kept of a CSV. Its encoding is that
which its caller gives (library/written/encoding.py).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO, TypeAlias

from paraph.errors import FindingsError
from paraph.model.finding import Finding

MOST_CELL = 2_000
MOST_COLUMNS = 100
MOST_XLSX = 50_000_000
ABOVE = 20
"""Rows among which the one that names the columns is looked for."""
SAVE = "Save it in the spreadsheet as .xlsx, or as “CSV UTF-8”."
_SIGNS = ",;\t"
_DECLARES = "sep="
"""Excel’s own first line of a CSV, which says how its cells are parted: `sep=;`."""

Heads: TypeAlias = Callable[[Sequence[str]], bool]
"""Whether cells are those of the row that names the columns."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its number, `line`, as a spreadsheet counts them: a cell of several lines is in one row.

    `faults` are cells that hold something other than text, by their number from 0: `formula`, `error`, `day` (its text
    is 2017-03-01), `shown` (otherwise than it is) or `struck` through. `hidden`: nobody sees the row.
    """

    line: int
    cells: tuple[str, ...]
    faults: Mapping[int, str] = field(default_factory=dict)
    hidden: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Rows:
    """A table that was opened: its rows, and of a workbook what is seen of it only there.

    `hidden` are numbers of columns that nobody sees; `merged` cells that are joined, each as its first row (from 1) and
    column (from 0) and the last ones; `sheet` is the name of the one that is read, `others` those that say something
    too.
    """

    rows: Iterator[Row]
    hidden: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    sheet: str = ""
    others: tuple[str, ...] = ()


def is_text(path: Path) -> bool:
    """Whether it is a table of plain text, which has an encoding."""
    return path.suffix.lower() in (".csv", ".tsv", ".txt")


def opened(path: Path, shown: str, encoding: str, heads: Heads) -> Rows:
    """The rows of a table; `shown` is its name in findings, `heads` knows its head.

    Raises FindingsError, also at any of the rows, where it is no table, or one that cannot be read for certain.
    """
    if path.suffix.lower() == ".xlsx":
        from paraph.library.written.sheet import sheet

        return sheet(path, shown)
    if is_text(path):
        return Rows(rows=_csv(path, shown, encoding, heads))
    raise refusal(shown, f"“{path.suffix}” is no table that can be read", SAVE)


def refusal(shown: str, message: str, advice: str, line: int = 0) -> FindingsError:
    """The error for a table that cannot be taken in."""
    return FindingsError(
        [Finding(file=shown, line=line, column=0, rule="recipients-file", message=message, advice=advice)]
    )


def _csv(path: Path, shown: str, encoding: str, heads: Heads) -> Iterator[Row]:
    with path.open("rb") as raw:
        text = io.TextIOWrapper(raw, encoding=encoding, newline="")
        line = 1
        try:
            sign = _parted_by(text, shown, heads)
            text.seek(0)
            reader = csv.reader(text, delimiter=sign, strict=True)
            for cells in reader:
                if len(cells) > MOST_COLUMNS or any(len(cell) > MOST_CELL for cell in cells):
                    message = (
                        f"a row has more than {MOST_COLUMNS} columns, or a cell more than {MOST_CELL:,} characters"
                    )
                    raise refusal(shown, message, "See whether a quotation mark is left open there.", line)
                if reader.line_num == 1 and cells and cells[0].startswith(_DECLARES):
                    continue  # which spreadsheets do not show
                yield Row(line, tuple(map(_unguarded, cells)))
                line += 1
        except UnicodeError:
            raise refusal(shown, f"the file is not in {encoding}, as far as from here on", SAVE, line) from None
        except csv.Error as error:
            raise refusal(shown, f"this is no CSV: {error}", SAVE, line) from None


def _parted_by(text: IO[str], shown: str, heads: Heads) -> str:
    """What parts the cells: that by which the head is one, else what its first line has most of."""
    first = [text.readline(MOST_CELL * MOST_COLUMNS) for _ in range(ABOVE)]
    if any("\0" in line for line in first):
        raise refusal(shown, "the file is not text", SAVE)
    for sign in _SIGNS:
        try:
            if any(heads(cells) for cells in islice(csv.reader(first, delimiter=sign), ABOVE)):
                return sign
        except csv.Error:
            continue
    return max(_SIGNS, key=first[0].count)


def _unguarded(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@") else cell


def blank(cells: Sequence[str]) -> bool:
    """Whether a row says nothing."""
    return not any(cell.strip() for cell in cells)
