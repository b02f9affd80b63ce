"""Tables from outside, row by row: CSV as spreadsheets write it, and the first sheet of an XLSX.

A table of recipients may be longer than memory, so nothing but the row at hand is kept of a CSV. Its encoding is that
which its caller gives (library/written/encoding.py).
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paraph.errors import BrokenError, FindingsError
from paraph.model.finding import Finding

MOST_CELL = 2_000
MOST_COLUMNS = 100
MOST_XLSX = 50_000_000
SAVE = "Save it in the spreadsheet as .xlsx, or as “CSV UTF-8”."


@dataclass(frozen=True, slots=True)
class Row:
    """A row with the line on which it begins; `faults` are cells that hold no text, by their number from 0."""

    line: int
    cells: tuple[str, ...]
    faults: tuple[int, ...] = ()


def is_text(path: Path) -> bool:
    """Whether it is a table of plain text, which has an encoding."""
    return path.suffix.lower() in (".csv", ".tsv", ".txt")


def rows(path: Path, shown: str, encoding: str = "utf-8-sig") -> Iterator[Row]:
    """The rows of a table, its head first; `shown` is its name in findings.

    Raises FindingsError where it is no table, or one that cannot be read for certain.
    """
    if path.suffix.lower() == ".xlsx":
        return _sheet(path, shown)
    if is_text(path):
        return _csv(path, shown, encoding)
    raise refusal(shown, f"“{path.suffix}” is no table that can be read", SAVE)


def refusal(shown: str, message: str, advice: str, line: int = 0) -> FindingsError:
    """The error for a table that cannot be taken in."""
    return FindingsError(
        [Finding(file=shown, line=line, column=0, rule="recipients-file", message=message, advice=advice)]
    )


def _csv(path: Path, shown: str, encoding: str) -> Iterator[Row]:
    with path.open("rb") as raw:
        text = io.TextIOWrapper(raw, encoding=encoding, newline="")
        line = 1
        try:
            head = text.readline(MOST_CELL * MOST_COLUMNS)
            if "\0" in head:
                raise refusal(shown, "the file is not text", SAVE)
            text.seek(0)
            reader = csv.reader(text, delimiter=max(",;\t", key=head.count), strict=True)
            for cells in reader:
                if len(cells) > MOST_COLUMNS or any(len(cell) > MOST_CELL for cell in cells):
                    message = (
                        f"a row has more than {MOST_COLUMNS} columns, or a cell more than {MOST_CELL:,} characters"
                    )
                    raise refusal(shown, message, "See whether a quotation mark is left open there.", line)
                yield Row(line, tuple(map(_unguarded, cells)))
                line = reader.line_num + 1
        except UnicodeError:
            raise refusal(shown, f"the file is not in {encoding}, as far as from here on", SAVE, line) from None
        except csv.Error as error:
            raise refusal(shown, f"this is no CSV: {error}", SAVE, line) from None


def _unguarded(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@") else cell


def _sheet(path: Path, shown: str) -> Iterator[Row]:
    from openpyxl import load_workbook

    from paraph.ooxml.package import Package

    if path.stat().st_size > MOST_XLSX:
        raise refusal(shown, f"the workbook has more than {MOST_XLSX // 1_000_000} MB", "Save the table as CSV UTF-8.")
    with ExitStack() as stack:
        made = _guarded(shown, lambda: _opened(path, Package, load_workbook))
        stack.callback(made[0].close)
        cells = iter(made[1].iter_rows(max_col=MOST_COLUMNS))
        number = 0
        while (row := _guarded(shown, lambda: next(cells, None))) is not None:
            number += 1
            faults = tuple(at for at, one in enumerate(row) if one.data_type in ("f", "e"))
            yield Row(number, tuple(_written(one.value)[:MOST_CELL] for one in row), faults)


def _opened(path: Path, package: Any, load: Callable[..., Any]) -> tuple[Any, Any]:
    data = path.read_bytes()
    opened = package.read(data)
    for part in opened.parts:
        if part.endswith((".xml", ".rels")) and not part.startswith("xl/worksheets/"):
            opened.xml(part)  # refuses a DOCTYPE
    book = load(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    sheet = book.worksheets[0]
    sheet.reset_dimensions()
    return book, sheet


def _guarded(shown: str, make: Callable[[], Any]) -> Any:
    try:
        return make()
    except BrokenError:
        raise refusal(shown, "this is no workbook that can be read", "Save it again as .xlsx.") from None
    except Exception as error:  # noqa: BLE001  # openpyxl raises whatever a broken part makes happen
        raise refusal(shown, f"this is no workbook: {error}", "Save it again as .xlsx.") from None


def _written(value: object) -> str:
    """A cell as text: numbers without a decimal that says nothing, days as 2017-03-01."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    return str(value)


def blank(cells: Sequence[str]) -> bool:
    """Whether a row says nothing."""
    return not any(cell.strip() for cell in cells)
