"""Tables of recipients as they come: what a spreadsheet shows is what is printed, or there is a finding at its cell."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import time
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from pikepdf import Pdf

from paraph.__main__ import main
from paraph.errors import BrokenError, FindingsError, UsageError
from paraph.library.files import recipients
from paraph.library.written.days import days, months
from paraph.model.document import printed
from paraph.model.letter import Recipient
from paraph.starter import starter
from paraph.workflow.files import copy_workspace
from paraph.workflow.letters.plan import Order, Plan, planned
from paraph.workflow.letters.run import letters
from paths import TESTS
from servers import needs

FODS = TESTS / "letter_table.fods"
HEAD = ("Authority", "Address", "Language", "Reference", "Date")
ROW = ("Office", "1 Street|TOWN", "en", "R/1", None)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped workspace."""
    folder = tmp_path_factory.mktemp("tables") / "workspace"
    copy_workspace(starter(), folder)
    return folder


def plan(root: Path, table: Path, **more: Any) -> Plan:
    out = root / "out"
    asked = Order(document="letter-authorities", table=table, shown=table.name, out=out, formats=("docx",), jobs=1)
    return planned(root, replace(asked, **more))


def people(root: Path, table: Path, **more: Any) -> list[Recipient]:
    return list(plan(root, table, **more).people)


def found(root: Path, table: Path) -> list[tuple[int, int, str]]:
    """Line, column and rule of all that is wrong."""
    with pytest.raises(FindingsError) as error:
        plan(root, table)
    return [(one.line, one.column, one.rule) for one in error.value.findings]


def book(path: Path, *rows: Sequence[object], change: Callable[[Any], object] = lambda sheet: None) -> Path:
    made = Workbook()
    for row in rows:
        made.active.append(row)  # type: ignore[union-attr]  # a new workbook has a sheet
    change(made.active)
    made.save(path)
    return path


# --- days ------------------------------------------------------------------------------------------------------------

MONTHS = months(["en_GB", "fr_FR", "ar_MA", "es_ES"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-12-10", ["2026-12-10"]),
        ("2026/1/5", ["2026-01-05"]),
        ("10.12.2026", ["2026-12-10"]),
        ("25/12/2026", ["2026-12-25"]),
        ("12/25/2026", ["2026-12-25"]),
        ("10/12/2026", ["2026-12-10", "2026-10-12"]),
        ("04/04/2026", ["2026-04-04"]),
        ("1er décembre 2026", ["2026-12-01"]),
        ("10 de diciembre de 2026", ["2026-12-10"]),
        ("10th December 2026", ["2026-12-10"]),
        ("December 10, 2026", ["2026-12-10"]),
        ("١٠ ديسمبر ٢٠٢٦", ["2026-12-10"]),
        ("10 دجنبر 2026", ["2026-12-10"]),
        ("31/02/2026", []),
        ("10/12/26", []),
        ("10 Brumaire 2026", []),
        ("46366", []),
        ("tomorrow", []),
    ],
)
def test_a_day_is_read_as_it_is_written_and_never_guessed(text: str, expected: list[str]) -> None:
    assert [one.isoformat() for one in days(text, MONTHS)] == expected


@given(st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(["en_GB", "fr_FR", "ar_MA", "es_ES"]))
def test_a_day_in_full_is_read_in_every_language(day: dt.date, locale: str) -> None:
    from babel.dates import format_date

    assert days(format_date(day, "long", locale), MONTHS) == (day,)


def test_each_letter_is_dated_as_its_row_says(root: Path, tmp_path: Path) -> None:
    """In the language of its reader, and as the letter that is made with this --date; the others as --date says."""
    rows = "id;authority;address;language;date\n1;A;B;fr;2027-01-01\n2;C;D;en;1 February 2027\n3;E;F;ar;\n4;G;H;en;\n"
    (tmp_path / "t.csv").write_text(rows, encoding="utf-8")
    given = dt.date(2026, 12, 10)
    made = plan(root, tmp_path / "t.csv", date=given)
    said = []
    for one in made.people:
        text = [line.text.replace("\u00a0", " ") for line in printed(made.job.documents[one.which])]
        said.append(next(line for line in text if "202" in line))
    assert said == ["Le 1er janvier 2027", "1 February 2027", "10 دجنبر 2026", "10 December 2026"]
    (tmp_path / "u.csv").write_text("id;authority;address;language\n2;C;D;en\n", encoding="utf-8")
    table, out = tmp_path / "t.csv", tmp_path / "a"
    asked = Order(document="letter-authorities", table=table, shown="t", out=out, jobs=1, date=given)
    letters(root, asked)
    letters(root, replace(asked, table=tmp_path / "u.csv", out=tmp_path / "b", date=dt.date(2027, 2, 1)))
    for name in ("000002-c.en.docx", "000002-c.en.pdf"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    index = (tmp_path / "a/index.csv").read_text(encoding="utf-8-sig")
    assert [line.split(",")[-4] for line in index.splitlines()] == [
        "date",
        "2027-01-01",
        "2027-02-01",
        *2 * ["2026-12-10"],
    ]
    (tmp_path / "t.csv").write_text(rows.replace("fr;2027-01-01", "fr;2027-01-02"), encoding="utf-8")
    assert letters(root, asked).written == 2  # the DOCX and the PDF of one


def test_a_wrong_day_is_a_finding_at_its_cell(root: Path, tmp_path: Path) -> None:
    days_of = ("2026-02-30", "10/12/2026", "1026-12-10", "soon", "46366")
    rows = [f"Office {number};B;{day}" for number, day in enumerate(days_of)]
    (tmp_path / "t.csv").write_text("\n".join(["authority;address;date", *rows]), encoding="utf-8")
    assert found(root, tmp_path / "t.csv") == [(line, 3, "recipients-date") for line in range(2, 7)]
    copy_workspace(starter(), tmp_path / "w")
    path = tmp_path / "w/statements/letters/letter-authorities.yml"
    path.write_text(path.read_text(encoding="utf-8") + "date: 2026-12-10\n", encoding="utf-8")
    (tmp_path / "t.csv").write_text("authority;address;date\nA;B;2026-12-10\nC;D;2026-12-11\n", encoding="utf-8")
    assert found(tmp_path / "w", tmp_path / "t.csv") == [(3, 3, "recipients-date")]


def test_a_table_of_very_many_days_is_cut(root: Path, tmp_path: Path) -> None:
    first = dt.date(2027, 1, 1)
    rows = [f"Office {number};B;{first + dt.timedelta(number)}" for number in range(101)]
    (tmp_path / "t.csv").write_text("\n".join(["authority;address;date", *rows]), encoding="utf-8")
    with pytest.raises(UsageError, match="letters of 101 days"):
        plan(root, tmp_path / "t.csv")


# --- workbooks -------------------------------------------------------------------------------------------------------


def test_a_workbook_of_calc_is_read_as_calc_shows_it(root: Path, tmp_path: Path) -> None:
    """Real days, a number shown as 00007, text that is a number, spaces too many, empty rows."""
    needs("soffice")
    for name, more in (("good", ""), ("bad", BAD)):
        (tmp_path / f"{name}.fods").write_text(FODS.read_text(encoding="utf-8").replace("MORE", more), encoding="utf-8")
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += [
        "--convert-to",
        "xlsx",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "good.fods"),
        str(tmp_path / "bad.fods"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    first, second = people(root, tmp_path / "good.xlsx")
    assert (first.name, first.language, first.date) == ("000007-repetition-bureau", "fr", dt.date(2026, 12, 10))
    assert first.lines == ("Répétition Bureau", "Rue 1", "01000 Ville")
    assert (second.name, second.date) == ("000008-rehearsal-office", dt.date(2027, 1, 1))
    assert found(root, tmp_path / "bad.xlsx") == [
        (0, 0, "recipients-sheet"),
        (5, 1, "recipients-hidden"),
        (6, 2, "recipients-cell"),
        (6, 3, "recipients-merged"),
        (6, 4, "recipients-cell"),
        (7, 3, "recipients-address"),
    ]


CELL = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
BAD = (
    f'<table:table-row table:visibility="filter">{"".join(map(CELL.format, ("9", "Hidden Office", "Street 3")))}'
    f"</table:table-row><table:table-row>{CELL.format('10')}"
    '<table:table-cell table:formula="of:=NA()" office:value-type="string"><text:p>#N/A</text:p></table:table-cell>'
    '<table:table-cell table:number-rows-spanned="2" table:number-columns-spanned="1" office:value-type="string">'
    '<text:p>Street</text:p></table:table-cell><table:table-cell table:formula="of:=&quot;fr&quot;" office:value-type='
    f'"string"><text:p>fr</text:p></table:table-cell></table:table-row><table:table-row>{CELL.format("11")}'
    f"{CELL.format('Office')}<table:covered-table-cell/></table:table-row></table:table>"
    f'<table:table table:name="Other"><table:table-row>{CELL.format("something")}</table:table-row>'
)


def test_the_row_that_names_the_columns_may_stand_below_a_title(root: Path, tmp_path: Path) -> None:
    table = book(tmp_path / "t.xlsx", ("Ministries, 2026",), (), HEAD, (), ROW)
    made = plan(root, table)
    assert [one.line for one in made.people] == [5]
    assert [(one.line, one.rule) for one in made.findings if one.rule != "letter-date"] == [(1, "recipients-head")]
    (tmp_path / "t.csv").write_text("Ministries, of 2026\n\nauthority;address\nA, B;C\n", encoding="utf-8")
    assert people(root, tmp_path / "t.csv")[0].lines == ("A, B", "C")
    assert found(root, book(tmp_path / "u.xlsx", *[("Title",)] * 20, HEAD, ROW)) == [(1, 0, "recipients-file")]


def test_a_sheet_before_the_table_is_named_with_the_others(root: Path, tmp_path: Path) -> None:
    for first in ((), ("List of ministries",)):
        made = Workbook()
        made.active.title = "Read me"  # type: ignore[union-attr]
        made.active.append(first)  # type: ignore[union-attr]
        table = made.create_sheet("List")
        table.append(HEAD)
        table.append(ROW)
        made.save(tmp_path / "t.xlsx")
        with pytest.raises(FindingsError) as error:
            plan(root, tmp_path / "t.xlsx")
        (finding,) = error.value.findings
        assert finding.message == "the sheet “Read me” is read, and no row of it names columns"
        assert "“List”" in finding.advice


HIDDEN: list[tuple[Callable[[Any], object], list[tuple[int, int, str]]]] = [
    (lambda sheet: setattr(sheet.row_dimensions[2], "hidden", True), [(2, 1, "recipients-hidden")]),
    (lambda sheet: setattr(sheet.column_dimensions["D"], "hidden", True), [(1, 4, "recipients-hidden")]),
    (lambda sheet: sheet.merge_cells("C2:C3"), [(2, 3, "recipients-merged")]),
]


@pytest.mark.parametrize(("change", "expected"), HIDDEN)
def test_what_nobody_sees_makes_no_letter(
    root: Path, tmp_path: Path, change: Callable[[Any], object], expected: list[tuple[int, int, str]]
) -> None:
    other = ("Agency", "2 Street", "en", "R/2", None)
    assert found(root, book(tmp_path / "t.xlsx", HEAD, ROW, other, change=change)) == expected


def test_what_is_hidden_or_joined_beside_the_table_is_left_alone(root: Path, tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.merge_cells("A1:E1")
        sheet.column_dimensions["F"].hidden = True
        sheet.row_dimensions[4].hidden = True
        sheet.merge_cells("F3:G3")
        sheet.parent.create_sheet("first", 0).sheet_state = "hidden"
        sheet.parent["first"]["A1"] = "something"
        sheet.parent.create_sheet("empty")

    table = book(tmp_path / "t.xlsx", ("Title",), HEAD, (*ROW, "note"), change=change)
    assert [one.rule for one in plan(root, table).findings] == ["letter-date", "recipients-head"]


@pytest.mark.parametrize(
    ("column", "value", "format_", "expected"),
    [
        ("B", 1000, "00000", "01000"),
        ("B", 1000, "General", "1000"),
        ("B", 12.0, "General", "12"),
        ("B", 12.5, "General", "12.5"),
        ("B", 99999999999, "General", "99999999999"),
        ("B", 123456789012, "General", None),
        ("B", 123456789012, "0", "123456789012"),
        ("B", 12345678901234567890, "0", None),
        ("B", 1000, "#,##0", None),
        ("B", 0.5, "0%", None),
        ("B", True, "General", None),
        ("B", "=A1", "General", None),
        ("B", "#N/A", "General", None),
        ("D", dt.date(2026, 12, 10), "d/m", None),
        ("D", dt.time(12, 30), "h:mm", None),
    ],
)
def test_a_cell_is_printed_as_it_is_shown_or_not_at_all(
    root: Path, tmp_path: Path, column: str, value: object, format_: str, expected: str | None
) -> None:
    """A postcode whose first nought the format makes, a percentage, a reference of which the spreadsheet made a day."""

    def change(sheet: Any) -> None:
        sheet[f"{column}2"].value = value
        sheet[f"{column}2"].number_format = format_

    table = book(tmp_path / "t.xlsx", HEAD, ROW, change=change)
    if expected is None:
        assert found(root, table) == [(2, "ABCD".index(column) + 1, "recipients-cell")]
    else:
        assert people(root, table)[0].lines == ("Office", expected)


def test_a_very_wide_sheet_is_refused_where_it_says_something_there(root: Path, tmp_path: Path) -> None:
    wide: list[object] = [*HEAD, *[None] * 100]
    assert len(people(root, book(tmp_path / "t.xlsx", wide, ROW))) == 1
    assert found(root, book(tmp_path / "u.xlsx", [*wide, "Salutation"], [*ROW, *[None] * 100, "Dear"]))[0][2] == (
        "recipients-file"
    )


@pytest.mark.parametrize("name", ["t.ods", "t.xls", "t.xlsx", "t.numbers"])
def test_other_spreadsheets_are_refused_with_what_to_do(
    root: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(b"PK\x03\x04 whatever")
    assert main(["-C", str(root), "letters", "letter-authorities", "--to", str(tmp_path / name)]) == 1
    assert ".xlsx" in capsys.readouterr().err


DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "b">]>'


@pytest.mark.parametrize(
    "before",
    [DOCTYPE, b"<!-- plain -->" + DOCTYPE, b"<?pi?>\n<!doctype x>", b"<!-- " + b"long " * 900 + b"-->" + DOCTYPE],
)
def test_a_sheet_that_declares_entities_is_refused_by_its_beginning(before: bytes, root: Path, tmp_path: Path) -> None:
    """A part that grows with the rows is not read whole before its rows are."""
    table, made = book(tmp_path / "t.xlsx", HEAD, ROW), tmp_path / "u.xlsx"
    for put, refused in ((b"<!-- plain --><?pi?>", False), (before, True)):
        with zipfile.ZipFile(table) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                data = old.read(name)
                new.writestr(name, data.replace(b"<worksheet", put + b"<worksheet", 1))
        if refused:
            assert found(root, made) == [(0, 0, "recipients-file")]
        else:
            assert len(people(root, made)) == 1


# --- text ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("before", ["", "sep={}\r\n"])
def test_a_table_of_text_is_read_as_spreadsheets_write_it(
    root: Path, tmp_path: Path, sign: str, encoding: str, before: str
) -> None:
    """Whatever parts its cells, with line breaks in a cell, and spaces around the names of columns."""
    head, row = ("N° ", " Autorité", "Adresse"), ("7", "Bureau, à; côté", '"Rue 1\r\n1000 ""Ville"""')
    row = (row[0], f'"{row[1]}"', row[2])
    text = before.format(sign) + "\r\n".join(sign.join(cells) for cells in (head, row, ("", "", ""), ("8", "B", "C")))
    (tmp_path / "t.csv").write_bytes(text.encode(encoding))
    first, second = people(root, tmp_path / "t.csv")
    assert first.lines == ("Bureau, à; côté", "Rue 1", '1000 "Ville"')
    assert (first.name[:6], second.name[:6]) == ("000007", "000008")


# --- very many faults ------------------------------------------------------------------------------------------------


def test_a_table_in_which_all_is_wrong_is_judged_to_its_end(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first findings are shown, their number is said, and all stand in a file."""
    rows = [f";Street {number};klingon;{number}\n" for number in range(3_000)]
    (tmp_path / "t.csv").write_text("authority;address;language;office\n" + "".join(rows), encoding="utf-8")
    begun = time.process_time()
    assert main(["-C", str(root), "letters", "letter-authorities", "--to", str(tmp_path / "t.csv"), "--docx"]) == 1
    assert time.process_time() - begun < 20
    said = capsys.readouterr().err
    assert len(said.splitlines()) < 150
    assert "9,000 in all, in 3,000 rows" in said
    file = root / "build/letters/letter-authorities.findings.csv"
    assert str(file) in said
    assert file.read_text(encoding="utf-8-sig").count("\n") == 9_001


# --- names of files --------------------------------------------------------------------------------------------------

NAMES = "id,authority,address,language\n"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("3,وزارة العدل,1 شارع|Y,ar\n,وزارة الصحة,2 شارع|Y,ar\n", [3]),
        ("x y,Z,1 Street,en\nx,Y Z,2 Street,en\n", [3]),
        ("000003-a,وزارة,1 Street,en\n3,A,2 Street,en\n", [3]),
        ("4,A,1 Street,en\n,B,2 Street,en\n,A,3 Street,en\nة,A,4 Street,en\n5,A,5 Street,en\n", [4, 6]),
        ("7,A,1 Street,en\n,A,2 Street,fr\n", []),
        (",A,1 Street,en\n,A,2 Street,en\n2,B,3 Street,en\n3,A,4 Street,fr\n", []),
    ],
)
def test_no_two_letters_have_one_name(rows: str, expected: list[int], root: Path, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(NAMES + rows, encoding="utf-8")
    if expected:
        with pytest.raises(FindingsError) as error:
            plan(root, table)
        wrong = error.value.findings
        assert [(one.line, one.column, one.rule) for one in wrong] == [
            (line, 1, "recipients-twice") for line in expected
        ]
        assert all("is called “" in one.message and "id of its own" in one.advice for one in wrong)
    else:
        stems = [one.stem for one in people(root, table)]
        assert len({*stems}) == len(stems) == rows.count("\n")


def test_no_letter_has_a_name_that_windows_refuses(root: Path, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(f"{NAMES}CON,وزارة,1 شارع|Y,ar\n,Ministry,1 Street|Y,en\n", encoding="utf-8")
    assert [one.stem.partition(".")[0] for one in people(root, table)] == ["con-", "000003-ministry"]


def test_one_pdf_of_all_letters_is_not_made_of_names_that_stand_twice(root: Path, tmp_path: Path) -> None:
    """Ids that are the numbers of other rows: letters were printed twice, and others never."""
    ids, table = ("7", "8", "9", "", "", "", "", ""), tmp_path / "t.csv"
    rows = "".join(f"{own},وزارة {'ابتثجحخد'[n]},{n} شارع|Y,ar\n" for n, own in enumerate(ids))
    table.write_text(NAMES + rows, encoding="utf-8")
    asked = Order(document="letter-authorities", table=table, shown="t.csv", out=tmp_path / "out", merged=True, jobs=1)
    with pytest.raises(FindingsError) as error:
        letters(root, asked)
    assert [one.line for one in error.value.findings] == [7, 8, 9]
    assert not asked.out.exists()
    table.write_text(NAMES + re.sub("(?m)^[0-9]*", "", rows), encoding="utf-8")
    merged = letters(root, replace(asked, formats=("pdf",)))
    with Pdf.open(merged.others[-1]) as volume:
        pages = sum(len(Pdf.open(path).pages) + len(Pdf.open(path).pages) % 2 for path in asked.out.glob("0*.pdf"))
        assert (merged.written, len(volume.pages)) == (8, pages)


@pytest.mark.parametrize("out", ["out", "out.zip"])
def test_a_name_that_comes_twice_all_the_same_is_not_written(
    out: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "t.csv"
    table.write_text(NAMES + "x y,Z,1 Street,en\nx,Y Z,2 Street,en\n", encoding="utf-8")
    monkeypatch.setattr(recipients._Twice, "findings", lambda *_: [])
    asked = Order(
        document="letter-authorities", table=table, shown="t.csv", out=tmp_path / out, formats=("docx",), jobs=1
    )
    with pytest.raises(BrokenError, match=r"line 3 is called “x-y-z\.en”"):
        letters(root, asked)
    assert not (tmp_path / "out.zip").exists()
    assert not [*(tmp_path / "out").glob("*.docx")]
