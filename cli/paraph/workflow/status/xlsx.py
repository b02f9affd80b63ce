"""Who stands where as a workbook. Every cell is text and says so: what a member wrote is never a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from textwrap import wrap
from typing import Any

from paraph.workflow.status.table import Table

_LONGEST = 32_767
"""Characters in a cell of Excel."""
_LINE, _HIGHEST = 15, 409
"""Points: a line of text, and the highest row of Excel."""
_NAME = 31
_NO_NAME = re.compile(r"[\[\]:*?/\\]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_RTL = ("ar", "fa", "he", "ur")


def workbook(table: Table) -> bytes:
    """The file: the table on its first sheet; what is missing, was not recorded and was written on the next."""
    from openpyxl import Workbook

    book, say = Workbook(), table.labels
    sheet: Any = book.active
    members = [f"{name} ({say[why]})" if why else name for _, name, why in table.heads]
    rows = [[line.name, line.title, *(cell.meaning for cell in line.cells), line.standing] for line in table.lines]
    _fill(sheet, table, say["approvals"], [table.title, *table.facts, table.head], 3)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 34, 44
    _rows(sheet, [[say["text"], "", *members, say["standing"]], *rows], len(table.facts) + 4)
    sheet.freeze_panes = f"C{len(table.facts) + 5}"
    for name, some in (("missing", table.missing), ("unrecorded", table.unrecorded)):
        if some:
            sheet = book.create_sheet()
            _fill(sheet, table, say[name], [], 2)
            _rows(sheet, [[say["member"], say["text"]], *some], 1)
    if table.said:
        sheet = book.create_sheet()
        _fill(sheet, table, say["said"], [], 4)
        _rows(sheet, [[say["member"], say["text"], say["received"], say["words"]], *(row for row, _ in table.said)], 1)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Any, table: Table, name: str, above: Sequence[str], columns: int) -> None:
    """A sheet by its name, in the direction of its language, with lines of text above the table."""
    sheet.title = _NO_NAME.sub(" ", name)[:_NAME]
    sheet.sheet_view.rightToLeft = table.language.partition("-")[0] in _RTL
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for column in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[: max(columns, len(table.heads) + 3)]:
        sheet.column_dimensions[column].width = 22
    for number, text in enumerate(above, start=1):
        _put(sheet, number, 1, text, bold=number == 1)


def _rows(sheet: Any, rows: Sequence[Sequence[str]], first: int) -> None:
    from openpyxl.utils import get_column_letter

    for number, row in enumerate(rows, start=first):
        for column, text in enumerate(row, start=1):
            _put(sheet, number, column, text, bold=number == first, wrap=True)
        widths = [sheet.column_dimensions[get_column_letter(column)].width for column in range(1, len(row) + 1)]
        sheet.row_dimensions[number].height = min(_LINE * max(map(_lines, row, widths)), _HIGHEST)


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column `width` letters wide, which not every program finds out by itself."""
    return sum(len(wrap(line, int(0.85 * width))) or 1 for line in text.split("\n"))


def _put(sheet: Any, row: int, column: int, text: str, *, bold: bool, wrap: bool = False) -> None:
    from openpyxl.styles import Alignment, Font

    if text:
        cell = sheet.cell(row, column)
        cell.value, cell.data_type, cell.number_format = _CONTROL.sub(" ", text)[:_LONGEST], "s", "@"
        cell.font, cell.alignment = Font(bold=bold), Alignment(vertical="top", wrap_text=wrap)
