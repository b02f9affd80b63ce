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
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, count
from typing import IO, Any

from paraph.model.letter import Recipient, Which
from paraph.workflow.letters.notes import Notes, safe

FORMATS = ("docx", "pdf")
_HOUR = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*<")
_WIDTHS = (7, 46, 10, 10, 40, 60, 40, 14, 30, 20, 12, 7, 14, 14)


@dataclass(frozen=True, slots=True)
class Index:
    """An index to be written: of whom, in the order of the table, with what the post room has noted.

    Letters of the documents `drafts` carry the mark of a draft. `folder` is the number of letters in a folder, where
    they do not all stand beside the index.
    """

    everyone: Callable[[], Iterable[Recipient]]
    formats: tuple[str, ...]
    drafts: Collection[Which] = frozenset()
    notes: Notes = field(default_factory=Notes)
    folder: int = 0

    def rows(self) -> Iterator[tuple[str, ...]]:
        """The rows; the last columns are the post room's."""
        return self.notes.with_those((one, self._cells(number, one)) for number, one in zip(count(), self.everyone()))

    def _cells(self, number: int, one: Recipient) -> tuple[str, ...]:
        below = f"{folder_name(number // self.folder)}/" if self.folder else ""
        files = " · ".join(f"{below}{file_name(one, format_)}" for format_ in self.formats)
        return (
            str(one.line), files, one.language, one.asked, one.lines[0], ", ".join(one.lines[1:]),
            one.place, one.office, one.salutation, one.reference, one.which[2],
            "yes" if one.which in self.drafts else "no",
        )  # fmt: skip


def file_name(recipient: Recipient, format_: str) -> str:
    """The name of a letter’s file: it sorts as the table or by its id, and says to whom it goes, in which language."""
    return f"{recipient.stem}.{format_}"


def folder_name(number: int) -> str:
    """The name of a folder of letters, of which there are several."""
    return f"{number:06}"


def index_csv(file: IO[bytes], index: Index) -> None:
    """The index as CSV in UTF-8, with the mark by which Excel knows it."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(map(safe, index.notes.heads))
    for row in index.rows():
        writer.writerow(map(safe, row))
    text.flush()
    text.detach()


def index_xlsx(file: IO[bytes], index: Index) -> None:
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
    for number, row in enumerate(chain((index.notes.heads,), index.rows())):
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet)
            cell.value, cell.data_type, cell.number_format = text, "s", "@"
            if not number:
                cell.font = Font(bold=True)
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


INDEXES: Mapping[str, Callable[[IO[bytes], Index], None]] = {"index.csv": index_csv, "index.xlsx": index_xlsx}
"""The files of an index, and what writes each."""
