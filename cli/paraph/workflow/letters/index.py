"""The index of letters: who gets which file, for the post room and for whoever follows up the answers.

A cell that a spreadsheet would take for a formula is text: by its type in XLSX, with an apostrophe before it in CSV
(OWASP, CSV Injection).
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO, Any

from paraph.model.letter import Recipient

HEADS = (
    "row",
    "file",
    "language",
    "asked",
    "authority",
    "address",
    "office",
    "salutation",
    "reference",
    "date",
    "sent",
    "answered",
)
_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_HOUR = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*<")
_WIDTHS = (7, 46, 10, 10, 40, 60, 14, 30, 20, 12, 14, 14)


def _rows(recipients: Iterable[Recipient], formats: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The rows; the last two columns are left to be filled in."""
    for one in recipients:
        files = " · ".join(f"{one.name}.{one.language}.{name}" for name in formats)
        address = ", ".join(one.lines[1:])
        yield (
            str(one.line), files, one.language, one.asked, one.lines[0], address,
            one.office, one.salutation, one.reference, one.which[2], "", "",
        )  # fmt: skip


def index_csv(file: IO[bytes], recipients: Iterable[Recipient], formats: tuple[str, ...]) -> None:
    """The index as CSV in UTF-8, with the mark by which Excel knows it."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(HEADS)
    for row in _rows(recipients, formats):
        writer.writerow([f"'{cell}" if _FORMULA.match(cell) else cell for cell in row])
    text.flush()
    text.detach()


def index_xlsx(file: IO[bytes], recipients: Iterable[Recipient], formats: tuple[str, ...]) -> None:
    """The index as a workbook, row by row."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet("letters")
    for column, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    heads = [WriteOnlyCell(sheet, head) for head in HEADS]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    for row in _rows(recipients, formats):
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet)
            cell.value, cell.data_type, cell.number_format = text, "s", "@"
            cells.append(cell)
        sheet.append(cells)
    book.properties.creator = "paraph"
    book.properties.created = book.properties.modified = dt.datetime(1980, 1, 1)  # noqa: DTZ001  # the format has none
    made = io.BytesIO()
    book.save(made)
    _settled(made, file)


def _settled(made: IO[bytes], file: IO[bytes]) -> None:
    """The package with fixed dates: openpyxl writes the hour."""
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            with old.open(name) as said, new.open(info, "w") as part:
                if name == "docProps/core.xml":
                    part.write(_HOUR.sub(rb"\g<1>1980-01-01T00:00:00Z<", said.read()))
                else:
                    shutil.copyfileobj(said, part)  # the sheet has a hundred bytes a cell
