"""The table of a glossary as CSV: UTF-8 with the mark by which Excel knows it, commas, CRLF (RFC 4180).

Nothing in a CSV says that a cell is text. So a cell that a spreadsheet would take for a formula gets an apostrophe
before it, and loses it when it is read (OWASP, CSV Injection); one that begins with apostrophes and then a formula gets
one more.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from paraph.glossary import rows
from paraph.glossary.concept_entry import ConceptEntry, Read
from paraph.guarded import refusal

MOST_BYTES = 30_000_000
_DECLARES = re.compile('"?sep=([,;\t])"?', re.IGNORECASE)
"""Excel’s own first line, which says how the cells are parted."""
_AGAIN = "Is a quotation mark left open there? Save it again from the spreadsheet."
_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")


def write(entries: Iterable[ConceptEntry]) -> bytes:
    """The file."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(rows.COLUMNS)
    writer.writerows([f"'{cell}" if _FORMULA.match(cell) else cell for cell in row] for row in rows.rows(entries))
    return out.getvalue().encode("utf-8-sig")


def read(data: bytes, file: str) -> Read:
    """The entries in a CSV; commas, semicolons or tabs. Raises FindingsError where it is none."""
    if len(data) > MOST_BYTES:
        raise refusal(file, f"the file has more than {MOST_BYTES // 1_000_000} MB", "Split it.")
    try:
        text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        raise refusal(file, "the file is not UTF-8", "Save it as “CSV UTF-8”, or as XLSX.") from None
    first = text.split("\n", 1)[0].rstrip("\r")
    if said := _DECLARES.fullmatch(first):
        text = text[len(first) :].lstrip("\r\n")
        first = text.split("\n", 1)[0]
    sign = said[1] if said else max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    table: list[list[str]] = []
    begun = 1
    try:
        for row in reader:
            table.append(row)
            begun = reader.line_num + 1
    except csv.Error as error:
        raise refusal(file, f"this is no CSV from here on: {error}", _AGAIN, begun + bool(said)) from None
    if len(table) > rows.MOST_ROWS:
        raise refusal(file, f"the table has more than {rows.MOST_ROWS:,} rows", "Split it.")
    return rows.read([[_bare(cell) for cell in row] for row in table], file)


def _bare(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
