"""Writing a report on who stands where to files that are sent on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from paraph.workflow.files import write
from paraph.workflow.record.ledger import to_look
from paraph.workflow.status.html import page
from paraph.workflow.status.report import Report
from paraph.workflow.status.table import table
from paraph.workflow.status.xlsx import workbook


def write_files(root: Path, report: Report, html: Path | None, xlsx: Path | None, language: str) -> Iterator[Path]:
    """Write `report` as a page and as a workbook, where a path is given; yields the paths."""
    library = to_look(root)
    made, accent = table(report, library, language), str(library.workspace.brand.accent)
    if html:
        write(html, page(made, accent).encode())
        yield html
    if xlsx:
        write(xlsx, workbook(made, accent))
        yield xlsx
