"""What an index of letters keeps of the post room, and what a run of letters never replaces."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from paraph.__main__ import main
from paraph.errors import UsageError
from paraph.model.letter import Recipient
from paraph.starter import starter
from paraph.workflow.files import copy_workspace
from paraph.workflow.letters.index import INDEXES, Index
from paraph.workflow.letters.notes import HEADS, Notes, noted
from paraph.workflow.letters.plan import Order
from paraph.workflow.letters.run import letters

TABLE = "authority,address,language\nOffice of Examples,Street 1,en\nBureau d’exemples,Rue 2,fr\nAgency,Road 3,en\n"
PLACED = "authority,address,language,place\nOffice of Examples,Street 1,en,Camp\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("letters") / "workspace"
    copy_workspace(starter(), folder)
    return folder


@pytest.fixture
def asked(tmp_path: Path) -> Order:
    table, out = tmp_path / "t.csv", tmp_path / "out"
    table.write_text(TABLE, encoding="utf-8")
    return Order(document="letter-authorities", table=table, shown="t.csv", out=out, formats=("docx",), jobs=1)


def rows(out: Path) -> dict[str, dict[str, str]]:
    """The rows of both files of an index, which say the same, by their authority."""
    with (out / "index.csv").open(encoding="utf-8-sig", newline="") as file:
        found = [{head: cell.replace("'=", "=") for head, cell in row.items()} for row in csv.DictReader(file)]
    heads, *cells = load_workbook(out / "index.xlsx").worksheets[0].iter_rows(values_only=True)
    said = [{str(head): str(text or "") for head, text in zip(heads, row, strict=True)} for row in cells]
    assert said == found
    return {row["authority"]: row for row in found}


def fill(out: Path, cell: str, value: object) -> None:
    book = load_workbook(out / "index.xlsx")
    book.worksheets[0][cell] = value
    book.save(out / "index.xlsx")


def test_what_the_post_room_wrote_stays_when_letters_are_made_again(root: Path, asked: Order) -> None:
    letters(root, asked)
    fill(asked.out, "M2", "2026-12-01")
    fill(asked.out, "O1", "handed over by")
    fill(asked.out, "O3", "=courier")
    index = (asked.out / "index.csv").read_text(encoding="utf-8-sig")
    text = index.replace(
        "Road 3,,authority,Dear Madam or Sir,,,yes,,", "Road 3,,authority,Dear Madam or Sir,,,yes,,2026-12-09"
    )
    assert text != index
    (asked.out / "index.csv").write_text(text.replace(",", ";"), encoding="utf-8")  # as a French Excel saves it
    for _ in range(2):
        letters(root, asked)
        found = rows(asked.out)
        assert found["Office of Examples"]["sent"] == "2026-12-01"
        assert found["Agency"]["answered"] == "2026-12-09"
        assert found["Bureau d’exemples"]["handed over by"] == "=courier"


def test_a_note_stays_with_its_recipient_whatever_becomes_of_its_row(root: Path, asked: Order) -> None:
    letters(root, asked)
    fill(asked.out, "M3", "2026-12-01")
    head, first, second, third = TABLE.splitlines()
    asked.table.write_text("\n".join((head, third, "Bureau d’exemples,Rue 9,fr", second, first)), encoding="utf-8")
    letters(root, asked)
    with (asked.out / "index.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["address"] for row in csv.DictReader(file) if row["sent"]] == ["Rue 2"]
    asked.table.write_text("\n".join((head, third, "Bureau d’exemples,Rue 9,fr", first)), encoding="utf-8")
    made = letters(root, asked)
    assert made.recipients == 3
    with (asked.out / "index.csv").open(encoding="utf-8-sig", newline="") as file:
        *others, last = csv.DictReader(file)
    assert [row["sent"] for row in others] == ["", "", ""]
    assert (last["row"], last["address"], last["sent"]) == ("", "Rue 2", "2026-12-01")


def test_a_note_stays_with_an_id_whose_address_was_mended(root: Path, asked: Order) -> None:
    asked.table.write_text("id,authority,address,language\na7,Office,Strete 1,en\n", encoding="utf-8")
    letters(root, asked)
    fill(asked.out, "N2", "yes")
    asked.table.write_text("id,authority,address,language\na7,Office,Street 1,en\n", encoding="utf-8")
    letters(root, asked)
    assert rows(asked.out)["Office"]["answered"] == "yes"


def test_a_note_is_not_that_of_another_authority_whose_id_it_had(root: Path, asked: Order) -> None:
    """Of which no Latin letter stands in the name of its files."""
    table = "id,authority,address,language\n1,{},شارع 1,ar\n"
    asked.table.write_text(table.format("وزارة الداخلية"), encoding="utf-8")
    letters(root, asked)
    fill(asked.out, "M2", "2026-12-01")
    asked.table.write_text(table.format("وزارة الصحة"), encoding="utf-8")
    letters(root, asked)
    found = rows(asked.out)
    assert (found["وزارة الصحة"]["sent"], found["وزارة الداخلية"]["sent"]) == ("", "2026-12-01")


def test_a_note_stays_however_its_recipient_is_typed(root: Path, asked: Order) -> None:
    asked.table.write_text("authority,address\nMinistère de l’Intérieur,1|Street\nOther,2|Street\n", encoding="utf-8")
    letters(root, asked)
    fill(asked.out, "M2", "2026-12-01")
    asked.table.write_text('authority,address\nOther,2|Street\nMINISTERE DE L\'INTERIEUR,"1, Street"\n', "utf-8")
    letters(root, asked)
    assert [(one, row["sent"]) for one, row in rows(asked.out).items()] == [
        ("Other", ""),
        ("MINISTERE DE L'INTERIEUR", "2026-12-01"),
    ]


def test_a_note_that_was_deleted_stays_deleted(root: Path, asked: Order) -> None:
    """In one of the two files; where both were changed, each may be the one in which nothing was noted yet."""
    letters(root, asked)
    fill(asked.out, "M2", "2026-12-01")
    letters(root, asked)
    assert rows(asked.out)["Office of Examples"]["sent"] == "2026-12-01"
    fill(asked.out, "M2", None)
    fill(asked.out, "M3", "2026-12-02")
    letters(root, asked)
    assert [row["sent"] for row in rows(asked.out).values()] == ["", "2026-12-02", ""]


CELL = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp")), max_size=20)


@pytest.mark.parametrize(("name", "write"), INDEXES.items())
@settings(max_examples=25, deadline=None)
@given(said=st.lists(st.tuples(CELL, CELL | st.sampled_from(("=1", "'=1", "''＝", "+49"))), min_size=1, max_size=6))
def test_an_index_that_is_read_and_written_says_the_same(
    name: str, write: Callable[[IO[bytes], Index], None], said: list[tuple[str, str]]
) -> None:
    """Whatever the names, and whatever is noted; however often."""
    people = [
        Recipient(
            line=number, name=f"{number:06}", language="en", asked="en",
            lines=(f"{number}{authority}", "Street"), salutation="Dear", vocative="You",
        )
        for number, (authority, _) in enumerate(said, start=2)
    ]  # fmt: skip
    rows = {}
    for one, (_, note) in zip(people, said, strict=True):
        row = (str(one.line), "", "en", "en", one.lines[0], "Street", "", "", "", "", "", "no", note, "")
        rows[one.name, ""] = dict(zip(HEADS, row, strict=True))
    notes = Notes(("own",), rows)
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        for _ in range(3):
            with path.open("wb") as file:
                write(file, Index(lambda: iter(()), ("docx",), (), notes))
            again = noted((path,))
            kept = [row["sent"] for row in again.rows.values()]
            assert kept == [note for _, note in said if note.strip()]
            notes = again
            with path.open("wb") as file:
                write(file, Index(lambda: iter(people), ("docx",), (), notes))
            assert [row["sent"] for row in noted((path,)).rows.values()] == kept
            assert len(noted((path,)).rows) == len(kept)


@pytest.mark.parametrize("name", ["index.csv", "index.xlsx"])
def test_a_table_of_somebody_else_is_not_replaced(name: str, root: Path, asked: Order) -> None:
    asked.out.mkdir()
    (asked.out / name).write_bytes(b"name,phone\nA,1\n")
    with pytest.raises(UsageError, match=rf"{name} (is no index|cannot be read)"):
        letters(root, asked)
    assert (asked.out / name).read_bytes() == b"name,phone\nA,1\n"
    assert not list(asked.out.glob("*.docx"))


def test_the_table_of_recipients_is_not_replaced_by_the_index(root: Path, asked: Order) -> None:
    asked.out.mkdir()
    table = asked.table.rename(asked.out / "index.csv")
    with pytest.raises(UsageError, match="would be replaced by the index"):
        letters(root, replace(asked, table=table))
    assert table.read_text(encoding="utf-8") == TABLE


def test_a_sheet_of_the_post_room_is_not_lost(root: Path, asked: Order) -> None:
    letters(root, asked)
    book = load_workbook(asked.out / "index.xlsx")
    book.create_sheet("phones")["A1"] = "says something"
    book.save(asked.out / "index.xlsx")
    with pytest.raises(UsageError, match="another sheet, “phones”"):
        letters(root, asked)


def test_a_zip_that_is_not_of_letters_is_not_replaced(root: Path, asked: Order, tmp_path: Path) -> None:
    photos = tmp_path / "photos.zip"
    with zipfile.ZipFile(photos, "w") as archive:
        archive.writestr("a.jpg", b"picture")
    text = tmp_path / "text.zip"
    text.write_bytes(b"no ZIP")
    for path in (photos, text):
        before = path.read_bytes()
        with pytest.raises(UsageError, match="holds no letters"):
            letters(root, replace(asked, out=path))
        assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_letters_of_another_sender_or_document_are_not_replaced(name: str, root: Path, asked: Order) -> None:
    asked.table.write_text(PLACED, encoding="utf-8")
    one = replace(asked, document="letter-visit", member="malta", out=asked.out.with_name(name))
    letters(root, one)
    for other in (replace(one, member="albania"), replace(one, member=""), replace(one, document="letter-authorities")):
        with pytest.raises(UsageError, match="holds the letters letter-visit, sent by malta"):
            letters(root, other)
    assert letters(root, one).written == 0


def test_another_table_is_named_and_replaces_no_zip(root: Path, asked: Order) -> None:
    letters(root, asked)
    letters(root, replace(asked, out=asked.out.with_name("out.zip")))
    other = asked.table.with_name("u.csv")
    other.write_text("authority,address\nElsewhere,Lane 4\n", encoding="utf-8")
    assert letters(root, replace(asked, table=other)).before == "t.csv"
    assert letters(root, replace(asked, table=other)).before == ""
    with pytest.raises(UsageError, match=r"of t\.csv, and would be replaced"):
        letters(root, replace(asked, table=other, out=asked.out.with_name("out.zip")))


def test_each_sender_has_a_folder_of_its_own(root: Path, asked: Order, capsys: pytest.CaptureFixture[str]) -> None:
    asked.table.write_text(PLACED, encoding="utf-8")
    command = ["-C", str(root), "letters", "letter-visit", "--to", str(asked.table), "--docx", "-j1"]
    assert main([*command, "--as", "malta"]) == main([*command, "--as", "albania"]) == 0
    assert "files of an earlier run" not in capsys.readouterr().out
    made = {path.parent.name for path in (root / "build/letters/letter-visit").glob("*/index.csv")}
    assert made == {"malta", "albania"}


def test_what_a_zip_cannot_hold_is_refused_before_any_work(
    root: Path, asked: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("paraph.workflow.letters.run.planned", None)
    with pytest.raises(UsageError, match="one PDF of all letters goes into a folder"):
        letters(root, replace(asked, merged=True, formats=("pdf",), out=asked.out.with_suffix(".zip")))
    with pytest.raises(UsageError, match="the workers of a scheduler write no ZIP"):
        letters(root, replace(asked, scheduler="tcp://127.0.0.1:9", out=asked.out.with_suffix(".zip")))


def test_a_zip_lists_letters_as_the_table_does(root: Path, asked: Order) -> None:
    letters(root, replace(asked, out=asked.out.with_suffix(".zip")))
    with zipfile.ZipFile(asked.out.with_suffix(".zip")) as archive:
        names = [name for name in archive.namelist() if name.endswith(".docx")]
    assert names == sorted(names)
    assert len({name.split(".")[1] for name in names}) == 2
    asked.table.write_text("id,authority,address,language\nc,A,B,en\na,C,D,fr\nb,E,F,en\n", encoding="utf-8")
    letters(root, replace(asked, out=asked.out.with_name("ids.zip")))
    with zipfile.ZipFile(asked.out.with_name("ids.zip")) as archive:
        assert [name[0] for name in archive.namelist() if name.endswith(".docx")] == ["c", "a", "b"]


@pytest.mark.parametrize("beside", [True, False])
def test_an_index_in_the_code_page_of_a_machine_is_read_where_it_is_certain(
    beside: bool, root: Path, asked: Order
) -> None:
    asked.table.write_text("authority,address,language\nCollège de Genève,Rue 2,fr\n", encoding="utf-8")
    letters(root, asked)
    noted_ = (asked.out / "index.csv").read_text("utf-8-sig").replace(",,\n", ",2026-12-01,\n").encode("cp1252")
    (asked.out / "index.csv").write_bytes(noted_)
    if beside:
        letters(root, asked)
        assert rows(asked.out)["Collège de Genève"]["sent"] == "2026-12-01"
    else:  # è may be č
        (asked.out / "index.xlsx").unlink()
        with pytest.raises(UsageError, match=r"line 2 of .*index\.csv is not UTF-8") as error:
            letters(root, asked)
        assert "Save it in the spreadsheet as “CSV UTF-8”" in error.value.advice
        assert (asked.out / "index.csv").read_bytes() == noted_


def test_a_volume_that_no_run_has_made_is_never_replaced(root: Path, asked: Order) -> None:
    asked.out.mkdir()
    volume = asked.out / "letters-001.pdf"
    volume.write_bytes(b"of somebody else")
    merged = replace(asked, formats=("pdf",), merged=True)
    with pytest.raises(UsageError, match=r"letters-001\.pdf is not as a run has made it"):
        letters(root, merged)
    assert (volume.read_bytes(), len(list(asked.out.glob("*.pdf")))) == (b"of somebody else", 1)
    assert letters(root, replace(merged, merged=False)).left == ()  # nor spoken of
    volume.unlink()
    assert letters(root, merged).others[-1] == volume
    assert letters(root, replace(merged, force=True)).others[-1] == volume
    asked.table.write_text(TABLE.replace("Street 1", "Street 9"), encoding="utf-8")
    assert letters(root, replace(merged, merged=False)).left == ("letters-001.pdf",)
    volume.write_bytes(b"of somebody else")
    assert letters(root, replace(merged, merged=False, force=True)).left == ()


def test_what_a_killed_run_was_writing_goes_with_the_next_run(root: Path, asked: Order) -> None:
    letters(root, asked)
    part = asked.out / ".000002-office-of-examples.en.docx.00012345.part"
    part.write_bytes(b"half")
    letters(root, asked)
    assert not part.exists()
