"""The table of a glossary as XLSX. Every cell is text and says so: openpyxl, and Excel after it, would take what begins
with = for a formula, 1-2 for a date. The same glossary gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from paraph.errors import BrokenError
from paraph.glossary import rows
from paraph.glossary.concept_entry import ConceptEntry, Loss, Read
from paraph.guarded import refusal
from paraph.model.concept import Gender, GrammaticalNumber, PartOfSpeech, TermStatus
from paraph.model.finding import Finding
from paraph.ooxml.package import Package

_LONGEST = 32_767
"""Characters in a cell of Excel; openpyxl cuts the rest off."""
_WIDTHS = {"term": 34, "definition": 60, "notes": 50, "reason": 40, "forms": 34, "origin": 30, "concept": 26}
_CHOICES = {"status": TermStatus, "part_of_speech": PartOfSpeech, "gender": Gender, "number": GrammaticalNumber}
_CORE = "docProps/core.xml"
_LINES = ("ar", "fa", "he", "ur")


def write(entries: Iterable[ConceptEntry]) -> tuple[bytes, tuple[Loss, ...]]:
    """The file, and the concepts of which a text was too long for a cell and is left out."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "glossary"
    losses = []
    table = [rows.COLUMNS, *rows.rows(entries)]
    for number, row in enumerate(table, start=1):
        rtl = row[1].partition("-")[0] in _LINES
        for column, text in enumerate(row, start=1):
            if len(text) > _LONGEST:
                losses.append(Loss(f"a text of more than {_LONGEST:,} characters", row[0]))
                continue
            if text:
                cell = sheet.cell(number, column)
                cell.value, cell.data_type, cell.number_format = text, "s", "@"
                side = 2 if rtl and rows.COLUMNS[column - 1] in (*rows.TERM[:1], "forms", "definition") else 0
                cell.alignment = Alignment(vertical="top", wrap_text=number > 1, readingOrder=side)
                cell.font = Font(bold=number == 1)
    for column, head in enumerate(rows.COLUMNS, start=1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = _WIDTHS.get(head, 14)
        if head in _CHOICES:
            choice = DataValidation(type="list", formula1=f'"{",".join(_CHOICES[head])}"', allow_blank=True)
            sheet.add_data_validation(choice)
            choice.add(f"{letter}2:{letter}{len(table) + 1000}")
    sheet.freeze_panes = "D2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(rows.COLUMNS))}{len(table)}"
    book.properties.creator = "paraph"
    book.properties.created = book.properties.modified = dt.datetime(1980, 1, 1)  # noqa: DTZ001  # the format has none
    out = io.BytesIO()
    book.save(out)
    return _settled(out.getvalue()), tuple(losses)


def _settled(data: bytes) -> bytes:
    """The package with fixed dates: openpyxl writes the hour."""
    package = Package.read(data)
    for one in package.xml(_CORE):
        if str(one.tag).endswith(("}created", "}modified")):
            one.text = "1980-01-01T00:00:00Z"
    return package.data()


def read(data: bytes, file: str) -> Read:
    """The entries in the first sheet. Raises FindingsError where it is no workbook, or one that is not to be opened."""
    from openpyxl import load_workbook

    try:
        package = Package.read(data)
        for part in package.parts:
            if part.endswith((".xml", ".rels")):
                package.xml(part)  # refuses a DOCTYPE
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheet: Any = book.worksheets[0]
        sheet.reset_dimensions()
        table, findings = _cells(sheet, file)
        others = {f"sheet “{one.title}”": 1 for one in book.worksheets[1:] if _says(one)}
    except BrokenError:
        raise refusal(file, "this is no workbook that can be read", "Save it again as .xlsx.") from None
    except Exception as error:  # noqa: BLE001  # openpyxl raises whatever a broken part makes happen
        raise refusal(file, f"this is no workbook: {error}", "Save it again as .xlsx.") from None
    if len(table) > rows.MOST_ROWS:
        raise refusal(file, f"the table has more than {rows.MOST_ROWS:,} rows", "Split it.")
    found = rows.read(table, file, findings)
    return replace(found, left={**found.left, **others})


def _says(sheet: Any) -> bool:
    """Whether anything stands in a sheet."""
    sheet.reset_dimensions()
    rows_ = sheet.iter_rows(max_row=rows.MOST_ROWS, max_col=200, values_only=True)
    return any(cell is not None for row in rows_ for cell in row)


def _cells(sheet: Any, file: str) -> tuple[list[list[object]], list[Finding]]:
    table: list[list[object]] = []
    findings = []
    for row in sheet.iter_rows(max_row=rows.MOST_ROWS + 2, max_col=200):
        table.append([cell.value for cell in row])
        for cell in row:
            if cell.data_type in ("f", "e"):
                message, advice = "this cell holds a formula", "Write the text itself: ' before it makes it one."
                findings.append(
                    Finding(
                        file=file,
                        line=cell.row,
                        column=cell.column,
                        rule="exchange-cell",
                        message=message,
                        advice=advice,
                    )
                )
    return table, findings
