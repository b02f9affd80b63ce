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
_FONT, _GREY, _LIGHT = "Calibri", "5A5A5A", "C9C9C9"
_MEMBER = 15
"""Letters: a column of a member, in which “approved with a reservation” takes two lines."""
_A4, _A3, _ON_A4 = 9, 8, 210
"""Paper by its number in Excel; letters in a line that can still be read when they are printed on A4."""
_NO_NAME = re.compile(r"[\[\]:*?/\\]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_RTL = ("ar", "fa", "he", "ur")


def workbook(table: Table, accent: str) -> bytes:
    """The file: the table on its first sheet; what is missing, was not recorded and was written on the next. `accent`
    is a colour of six digits, as in CSS."""
    from openpyxl import Workbook

    book, say = Workbook(), table.labels
    looks = _Looks(accent.removeprefix("#"), _runs_left(table))
    sheet: Any = book.active
    members = [f"{name} ({say[why]})" if why else name for _, name, why in table.heads]
    head = [say["text"], "", *members, say["standing"]]
    rows = [[line.name, line.title, *(cell.meaning for cell in line.cells), line.standing] for line in table.lines]
    states = [["", "", *(cell.state for cell in line.cells), line.word] for line in table.lines]
    _set_up(sheet, table, say["approvals"], (30, 36, *[_MEMBER] * len(members), 20))
    for number, text in enumerate((table.title, *table.facts, table.head), start=1):
        looks.put(sheet, number, 1, text, "title" if number == 1 else "above")
    first = len(table.facts) + 4
    _rows(sheet, looks, [head, *rows], first, states)
    sheet.freeze_panes = f"C{first + 1}"
    for name, some in (("missing", table.missing), ("unrecorded", table.unrecorded), ("members", table.members)):
        if some:
            sheet = book.create_sheet()
            _set_up(sheet, table, say[name], (44, 90))
            _rows(sheet, looks, [[say["member"], say["text"]], *some], 1)
    if table.said:
        sheet = book.create_sheet()
        _set_up(sheet, table, say["said"], (36, 40, 26, 60))
        said = [row for row, _ in table.said]
        _rows(sheet, looks, [[say["member"], say["text"], say["received"], say["words"]], *said], 1)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _set_up(sheet: Any, table: Table, name: str, widths: Sequence[int]) -> None:
    """A sheet by its name, in the direction of its language, to be printed on sheets that are as wide as it is."""
    from openpyxl.utils import get_column_letter

    sheet.title = _NO_NAME.sub(" ", name)[:_NAME]
    sheet.sheet_view.rightToLeft = _runs_left(table)
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A3 if sum(widths) > _ON_A4 else _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def _runs_left(table: Table) -> bool:
    return table.language.partition("-")[0] in _RTL


def _rows(
    sheet: Any, looks: _Looks, rows: Sequence[Sequence[str]], first: int, states: Sequence[Sequence[str]] = ()
) -> None:
    """Rows below a head, which each printed sheet repeats; `states` of the cells of each row, for their looks."""
    from openpyxl.utils import get_column_letter

    for number, row in enumerate(rows, start=first):
        kinds = ["head"] * len(row) if number == first else states[number - first - 1] if states else [""] * len(row)
        for column, (text, kind) in enumerate(zip(row, kinds, strict=True), start=1):
            looks.put(sheet, number, column, text, kind or "text")
        widths = [sheet.column_dimensions[get_column_letter(column)].width for column in range(1, len(row) + 1)]
        sheet.row_dimensions[number].height = min(_LINE * max(map(_lines, row, widths)), _HIGHEST)
    sheet.print_title_rows = f"{first}:{first}"


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column `width` letters wide, which not every program finds out by itself."""
    return sum(len(wrap(line, int(0.95 * width))) or 1 for line in text.split("\n"))


class _Looks:
    """How cells look: by what they are (title, above, head, text), and by how a member or a text stands."""

    def __init__(self, accent: str, runs_left: bool) -> None:
        from openpyxl.styles import Alignment, Border, Font, Side

        side = "right" if runs_left else None  # else Latin words would stand at the far side of their column
        self._top, self._free = Alignment(side, "top", wrap_text=True), Alignment(side, "top")
        self._fonts = {
            "title": Font(name=_FONT, size=15, bold=True, color=accent),
            "head": Font(name=_FONT, size=11, bold=True),
            "approved": Font(name=_FONT, size=11, color="1F6B32"),
            "agreed": Font(name=_FONT, size=11, bold=True, color="1F6B32"),
            "objected": Font(name=_FONT, size=11, bold=True, color="A3151F"),
            **dict.fromkeys(("reserved", "abstained"), Font(name=_FONT, size=11, color="7A4B00")),
            **dict.fromkeys(("above", "lapsed", "pending"), Font(name=_FONT, size=11, color=_GREY)),
        }
        self._font, self._line = Font(name=_FONT, size=11), Border(bottom=Side("thin", color=_LIGHT))
        self._lines = {"title": None, "above": None, "head": Border(bottom=Side("medium", color=accent))}

    def put(self, sheet: Any, row: int, column: int, text: str, kind: str) -> None:
        """Write a text, as text."""
        cell = sheet.cell(row, column)
        if line := self._lines.get(kind, self._line):
            cell.border = line
        if text:
            cell.value, cell.data_type, cell.number_format = _CONTROL.sub(" ", text)[:_LONGEST], "s", "@"
            cell.font = self._fonts.get(kind, self._font)
            cell.alignment = self._free if kind in ("title", "above") else self._top
