"""A sheet of an XLSX as a table: what its cells show, and what of it nobody sees.

The first sheet that is shown is read, by openpyxl, row by row. What a spreadsheet shows of a number is not what its
cell holds: 1000 may be shown as 01000, a postcode. Such a number is written as it is shown where that is certain, and
is a fault where it is not.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import IO, Any

from paraph.errors import BrokenError
from paraph.library.written.tabular import MOST_CELL, MOST_COLUMNS, MOST_XLSX, Row, Rows, refusal

_MOST = (10**15, 10**11)
"""From which on a spreadsheet keeps no more digits of a number, and, where the cell says nothing of it, shows a power
of ten: no reference is printed with digits that nobody wrote."""
_PLAIN = frozenset({"General", "0", "@", "#"})
_DIGITS = re.compile("0{2,}")
_QUOTED = re.compile(r'"[^"]+"|\\.')
_ROOM = re.compile(r"\[[^\]]*\]|_.|\*.| ")
"""Of a format: colours and languages, and what only makes room."""
_MERGED = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
_MOST_MERGED = 10_000
_LONG = ("xl/worksheets/", "xl/sharedStrings")
"""Parts that grow with the rows, and are never kept whole."""
_BEGINNING = 4_000
_LOOKED_AT = 100
"""Rows of another sheet in which something is looked for."""


def sheet(path: Path, shown: str) -> Rows:
    """The rows of the first sheet that is shown. Raises FindingsError, also at any row, where it cannot be read."""
    if path.stat().st_size > MOST_XLSX:
        raise refusal(shown, f"the workbook has more than {MOST_XLSX // 1_000_000} MB", "Save the table as CSV UTF-8.")
    book, read, layout = _guarded(shown, lambda: _opened(path))
    if read is None:
        book.close()
        raise refusal(shown, "the workbook has no sheet that is shown", "Show the one with the table.")
    others = _guarded(shown, lambda: [one.title for one in book.worksheets if one is not read and _says(one)])
    return Rows(
        rows=_rows(book, read, layout, shown),
        hidden=frozenset(layout.columns),
        merged=tuple(layout.merged),
        sheet=read.title,
        others=tuple(others),
    )


@dataclass(frozen=True, slots=True)
class _Layout:
    """What is hidden on a sheet (rows from 1, columns from 0), cells that are merged, as `Rows.merged`, and those whose
    own text (no shared one) has words that are struck through, as B2."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    struck: set[str] = field(default_factory=set)


def _opened(path: Path) -> tuple[Any, Any, _Layout]:
    from openpyxl import load_workbook

    from paraph.ooxml.archive import Archive
    from paraph.ooxml.package import begins_plainly, parsed

    data = path.read_bytes()
    archive = Archive.open(data)
    for part in archive.names:  # refuses a DOCTYPE
        if part.startswith(_LONG):
            with archive.stream(part) as member:
                begins_plainly(member.read(_BEGINNING), part)
        elif part.endswith((".xml", ".rels")):
            parsed(archive.read(part), part)
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False, rich_text=True)
    shown = [one for one in book.worksheets if one.sheet_state == "visible"]
    if not shown:
        return book, None, _Layout()
    shown[0].reset_dimensions()
    return book, shown[0], _layout(archive.stream(shown[0]._worksheet_path))  # openpyxl says it nowhere else


def _layout(part: IO[bytes]) -> _Layout:
    from lxml import etree

    found = _Layout()
    number = 0
    tags = ("{*}row", "{*}col", "{*}mergeCell", "{*}strike")
    for _, one in etree.iterparse(part, ("end",), tag=tags, resolve_entities=False, no_network=True, load_dtd=False):
        kind = etree.QName(one).localname
        if kind == "row":
            number = int(one.get("r") or number + 1)
            if one.get("hidden") in ("1", "true"):
                found.rows.add(number)
        elif kind == "col" and one.get("hidden") in ("1", "true"):
            found.columns.update(range(int(one.get("min")) - 1, min(int(one.get("max")), MOST_COLUMNS)))
        elif kind == "mergeCell" and len(found.merged) < _MOST_MERGED and (at := _MERGED.fullmatch(one.get("ref", ""))):
            found.merged.append((int(at[2]), _number_of(at[1]), int(at[4]), _number_of(at[3])))
        elif kind == "strike" and one.get("val") not in ("0", "false"):
            found.struck.update(cell.get("r", "") for cell in one.iterancestors("{*}c"))
        one.clear()
        while one.getprevious() is not None:
            del one.getparent()[0]
    return found


def _number_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _says(other: Any) -> bool:
    """Whether there is something on another sheet that is shown."""
    if other.sheet_state != "visible":
        return False
    other.reset_dimensions()
    return any(cell.value is not None for row in other.iter_rows(max_row=_LOOKED_AT) for cell in row)


def _rows(book: Any, read: Any, layout: _Layout, shown: str) -> Iterator[Row]:
    with ExitStack() as stack:
        stack.callback(book.close)
        cells = iter(read.iter_rows())
        number = 0
        while (row := _guarded(shown, lambda: next(cells, None))) is not None:
            number += 1
            texts, faults = [], {}
            for at, one in enumerate(row):
                text, fault = _cell(one, layout.struck)
                if at >= MOST_COLUMNS and text:
                    message = f"a row has more than {MOST_COLUMNS} columns"
                    raise refusal(shown, message, "Delete those that are not needed, or move them away.", number)
                texts.append(text[:MOST_CELL])
                if fault:
                    faults[at] = fault
            yield Row(number, tuple(texts[:MOST_COLUMNS]), faults, number in layout.rows)


def _guarded(shown: str, make: Callable[[], Any]) -> Any:
    try:
        return make()
    except BrokenError:
        raise refusal(shown, "this is no workbook that can be read", "Save it again as .xlsx.") from None
    except Exception as error:  # noqa: BLE001  # openpyxl raises whatever a broken part makes happen
        raise refusal(shown, f"this is no workbook: {error}", "Save it again as .xlsx.") from None


def _cell(cell: Any, struck_cells: set[str]) -> tuple[str, str]:
    """What a cell shows as text, and what is wrong with that (see `Row.faults`)."""
    value = cell.value
    if value is None:
        return "", ""
    struck = "struck" if _is_struck(cell) or (struck_cells and cell.coordinate in struck_cells) else ""
    if isinstance(value, list):  # of runs, each with a font of its own
        value = str(value)
    if isinstance(value, str):
        fault = {"f": "formula", "e": "error"}.get(cell.data_type, "")
        return value, fault or struck or ("" if _shows_text(cell.number_format) else "shown")
    if cell.data_type == "f":
        return "=", "formula"
    if isinstance(value, dt.datetime):
        return value.date().isoformat(), struck or "day"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value), "shown"
    text, fault = _number(value, cell.number_format)
    return text, struck or fault


def _is_struck(cell: Any) -> bool:
    """Whether a cell, or some of its words, is struck through."""
    runs = cell.value if isinstance(cell.value, list) else ()
    return bool(cell.has_style and cell.font.strike) or any(run.font.strike for run in runs if hasattr(run, "font"))


@cache
def _shows_text(format_: str) -> bool:
    """Whether a format shows a text as it is: its section for texts, the fourth or the one with @, may put words around
    it, or hide it."""
    sections = _QUOTED.sub("q", format_).split(";")
    own = sections[3] if len(sections) > 3 else next((one for one in sections if "@" in one), "@")
    return _ROOM.sub("", own) in ("@", "General")


def _number(value: float, format_: str) -> tuple[str, str]:
    """A number in the format of its cell: 7 in 000 is 007; without a decimal that says nothing."""
    if abs(value) >= _MOST[format_ in ("General", "@")]:
        return str(int(value)), "shown"
    if not isinstance(value, int) and not value.is_integer():
        return str(value), "" if format_ in ("General", "@") else "shown"
    if _DIGITS.fullmatch(format_) and value >= 0:
        return f"{int(value):0{len(format_)}}", ""
    return str(int(value)), "" if format_ in _PLAIN else "shown"
