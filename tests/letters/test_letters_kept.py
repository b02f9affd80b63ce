"""Recipients kept on disk: all of them, in their order, as often as they are asked for."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from paraph.library.written import sheet as sheets
from paraph.model.letter import Recipient
from paraph.starter import starter
from paraph.workflow.letters.kept import Kept
from paraph.workflow.letters.plan import Order
from paraph.workflow.letters.run import letters

ONE = Recipient(
    line=2, name="n", language="ar", asked="en", lines=("Office", "شارع"), salutation="A", vocative="B",
    date=dt.date(2026, 12, 1),
)  # fmt: skip


@pytest.mark.parametrize("count", [0, 1, 499, 500, 501, 1_234])
def test_recipients_come_as_they_went(count: int) -> None:
    people, kept = [replace(ONE, line=line) for line in range(count)], Kept()
    for one in people:
        kept.add(one)
    assert list(islice(kept, 3)) == people[:3]
    first, second = iter(kept), iter(kept)
    assert [one for pair in zip(first, second, strict=True) for one in pair] == [one for one in people for _ in "12"]
    kept.add(ONE)
    assert list(kept) == [*people, ONE]


def test_a_workbook_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for row in (("authority", "address", "language"), ("A", "B", "ar"), ("C", "D", "en"), ("E", "F", "ar")):
        book.worksheets[0].append(row)
    book.save(tmp_path / "t.xlsx")
    read: list[Path] = []
    opened = sheets.sheet
    monkeypatch.setattr(sheets, "sheet", lambda path, shown: (read.append(path), opened(path, shown))[1])
    out, table = tmp_path / "out", tmp_path / "t.xlsx"
    order = Order(document="letter-authorities", table=table, shown="t.xlsx", out=out, formats=("docx",), jobs=1)
    assert letters(starter(), order).written == 3
    assert read == [table]
    said = (out / "index.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[4] for line in said[1:]] == ["A", "C", "E"]
