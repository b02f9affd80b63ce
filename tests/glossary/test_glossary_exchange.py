"""The glossary out to other programs and in again: nothing lost that the format can hold, nothing else touched."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import unicodedata
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paraph.__main__ import main
from paraph.errors import FindingsError
from paraph.glossary import csvfile, rows, tbx, tbx_read, xlsx
from paraph.glossary.concept_entry import merged
from paraph.glossary.lookup import nearest
from paraph.library.load import load
from paraph.model.concept import Concept, Gender, GrammaticalNumber, PartOfSpeech, TermStatus
from paraph.starter import starter
from schemas import assert_tbx

ROUNDS = int(os.environ.get("PARAPH_TEST_EXCHANGE", "25"))
"""How many generated glossaries each format is tried with."""


@pytest.fixture(autouse=True)
def _no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARAPH_CACHE", "off")


# --- any entry ------------------------------------------------------------------------------------------------------

_WORDS = (
    st.text("aZé’'=+-@|\\\"<>&;, ،طفل\n#{}[]:*", min_size=1, max_size=12)
    .map(lambda text: unicodedata.normalize("NFC", text).strip())
    .filter(bool)
)
_CODES = st.sampled_from(["en", "fr", "ar", "pt-BR"])
_LIST = st.lists(_WORDS, min_size=1, max_size=3)


def _choice(kind: Any) -> Any:
    return st.sampled_from([str(one) for one in kind])


_TERMS = st.fixed_dictionaries(
    {"term": _WORDS, "status": _choice(TermStatus)},
    optional={
        "register": _WORDS,
        "acronym": _WORDS,
        "forms": _LIST,
        "reason": _WORDS,
        "part_of_speech": _choice(PartOfSpeech),
        "gender": _choice(Gender),
        "number": _choice(GrammaticalNumber),
        "since": st.dates().map(str),
        "until": st.dates().map(str),
        "except": _LIST,
    },
)
_RECORDS = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.from_regex("[a-z]{3}[a-z0-9]{0,4}(-[a-z0-9]{1,4})?", fullmatch=True),
            "terms": st.dictionaries(_CODES, st.lists(_TERMS, min_size=1, max_size=3), min_size=1, max_size=2),
        },
        optional={
            "domain": _WORDS,
            "not_synonym_of": st.lists(st.just("child"), min_size=1, max_size=1),
            "everyday": st.just("true"),
            "definition": st.dictionaries(_CODES, _WORDS, min_size=1, max_size=2),
            "origin": _WORDS,
            "certainty": _WORDS,
            "notes": _WORDS,
        },
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda one: one["id"],
)


@given(_RECORDS)
@settings(deadline=None, max_examples=ROUNDS)
def test_a_table_loses_nothing(entries: list[dict[str, Any]]) -> None:
    held = [rows.held(one) for one in entries]
    data = csvfile.write(entries)
    read = csvfile.read(data, "x.csv")
    assert (list(read.entries), list(read.findings), dict(read.left)) == (held, [], {})
    for row in list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))[1:]:
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


@given(_RECORDS)
@settings(deadline=None, max_examples=ROUNDS)
def test_a_workbook_loses_nothing(entries: list[dict[str, Any]]) -> None:
    data, losses = xlsx.write(entries)
    read = xlsx.read(data, "x.xlsx")
    assert (list(read.entries), read.findings, losses) == ([rows.held(one) for one in entries], (), ())
    sheet: Any = openpyxl.load_workbook(io.BytesIO(data)).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}


@given(_RECORDS, st.sampled_from(["dca", "dct"]))
@settings(deadline=None, max_examples=ROUNDS)
def test_tbx_loses_what_it_says_and_no_more(entries: list[dict[str, Any]], style: str) -> None:
    data = tbx.write(entries, style=style, title="Terms")
    assert list(tbx_read.read(data, "x.tbx", {"child": {}}).entries) == [tbx.held(one) for one in entries]
    assert_tbx(data)
    for one in entries:
        assert bool(tbx.hold(one)[1]) or tbx.held(one) == {**one, **_tidied(one)}


def test_words_to_choose_from_travel_as_they_are_written_and_in_tbx_written_out() -> None:
    """What comes back from TBX so is what is there, and changes nothing in the file."""
    forms = ["(wave/tide) of (migrants/refugees)", "(the/) illegals"]
    entry = {"id": "a", "terms": {"en": [{"term": "flood", "status": "deprecated", "forms": forms}]}}
    for read in (csvfile.read(csvfile.write([entry]), "x.csv"), xlsx.read(xlsx.write([entry])[0], "x.xlsx")):
        assert read.entries[0]["terms"]["en"][0]["forms"] == forms
    (back,) = tbx_read.read(tbx.write([entry]), "x.tbx", {"a": {}}).entries
    assert back["terms"]["en"][0]["forms"] == [
        *("wave of migrants", "wave of refugees", "tide of migrants", "tide of refugees"),
        *("the illegals", "illegals"),
    ]
    assert merged(entry, back, tbx.held) == entry


def _tidied(one: dict[str, Any]) -> dict[str, Any]:
    """What only white space may change: line ends with spaces beside them."""
    return {key: value for key, value in tbx.held(one).items() if _bare(value) == _bare(one[key])}


def _bare(value: Any) -> str:
    return "".join(json.dumps(value, ensure_ascii=False, sort_keys=True).replace("\\n", "").split())


# --- the shipped glossary --------------------------------------------------------------------------------------------


_CALC = "44,34,76,1,,0,true"
_CALC_OUT = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false"
"""Commas, quotation marks, UTF-8, as shown: what the two windows of Calc ask for."""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("paraph.yml", "statements", "templates", "glossary"):
        source = starter() / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)  # type: ignore[operator]
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("arguments", [["g.tbx"], ["g.tbx", "--style", "dct"], ["g.csv"], ["g.xlsx"]], ids=" ".join)
def test_out_and_in_again_changes_no_byte(
    workspace: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in (workspace / "glossary").iterdir()}
    assert main(["glossary", "export", *arguments]) == 0
    said = capsys.readouterr().out
    assert main(["glossary", "import", arguments[0]]) == 0
    assert "0 new, 0 changed, 85 as they were" in capsys.readouterr().out
    assert {path: path.read_bytes() for path in (workspace / "glossary").iterdir()} == before
    assert ("not held: everyday (3): child, united-nations" in said) == (arguments[0] == "g.tbx")
    assert main(["glossary", "export", *arguments]) == 2  # there is such a file
    capsys.readouterr()


def test_what_comes_back_changed_changes_that_alone(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A status, a new term and a new concept from a spreadsheet; comments and the other concepts stay byte for byte."""
    file = workspace / "glossary" / "protection.yml"
    text = file.read_text(encoding="utf-8").replace("  - id: guardian\n", "  - id: guardian\n    # Ask the lawyers.\n")
    file.write_text(text, encoding="utf-8")
    assert main(["glossary", "export", "g.csv"]) == 0
    table = list(csv.reader(io.StringIO((workspace / "g.csv").read_bytes().decode("utf-8-sig"), newline="")))
    head = table[0]
    for row in table:
        if row[head.index("term")] == "tutor" and row[1] == "en":
            row[head.index("status")] = "deprecated"
    table = [row for row in table if row[head.index("term")] != "gardien"]
    table.append(["guardian", "it", "tutore: chi?", "preferred", *[""] * (len(head) - 4)])
    table.append(["rest-house", "en", "rest house", *[""] * (len(head) - 3)])
    with Path("g.csv").open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out, delimiter=";").writerows(table)
    assert main(["glossary", "import", "g.csv", "--into", "houses"]) == 0
    said = capsys.readouterr().out
    assert "new: rest-house\nchanged: guardian\n1 new, 1 changed, 84 as they were\n" in said
    assert "not in g.csv, and kept: guardian: fr: gardien" in said
    now = file.read_text(encoding="utf-8")
    assert "# Ask the lawyers." in now
    assert "{term: tutor, status: deprecated" in now
    assert '- {term: "tutore: chi?", status: preferred}' in now
    before, after = text.partition("  - id: legal-representative"), now.partition("  - id: legal-representative")
    assert before[1:] == after[1:]
    assert now.startswith(text.partition("  - id: guardian")[0])
    library, _ = load(workspace)
    assert library is not None
    assert library.concepts["rest-house"].source.file == "glossary/houses.yml"


@pytest.mark.parametrize("end", ["xlsx", "csv"])
def test_libreoffice_saves_the_table_again_and_nothing_else_changes(
    workspace: Path, end: str, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    """Opened in Calc and saved: it writes TRUE for true. Then one status is changed, and that alone comes in."""
    soffice = shutil.which("soffice") or shutil.which("libreoffice")
    if soffice is None:
        assert not os.environ.get("CI"), "CI needs LibreOffice"
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("calc")
    assert main(["glossary", "export", f"g.{end}"]) == 0
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    filters = {"xlsx": ["--convert-to", "xlsx"], "csv": [f"--infilter=CSV:{_CALC}", "--convert-to", _CALC_OUT]}
    command = [soffice, profile, "--headless", *filters[end], "--outdir", str(folder), f"g.{end}"]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    saved = folder / f"g.{end}"
    assert saved.read_bytes() != Path(f"g.{end}").read_bytes()
    capsys.readouterr()
    assert main(["glossary", "import", str(saved)]) == 0
    assert "0 new, 0 changed, 85 as they were" in capsys.readouterr().out
    if end == "csv":
        text = saved.read_text(encoding="utf-8-sig")
        assert text.count("TRUE") == 3
        saved.write_text(text.replace('"alien","deprecated"', '"alien","forbidden"'), encoding="utf-8")
        assert main(["glossary", "import", str(saved)]) == 0
        assert "changed: undocumented-person\n0 new, 1 changed, 84 as they were" in capsys.readouterr().out


def test_a_truth_that_is_none_is_named(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("g.csv").write_text("concept,language,term,everyday\nchild,en,child,FAUX\nguardian,en,guardian,maybe\n")
    assert main(["glossary", "import", "g.csv"]) == 1
    said = capsys.readouterr()
    assert "everyday is “maybe”" in said.out + said.err
    assert "FAUX" not in said.out + said.err


# --- files of others -------------------------------------------------------------------------------------------------

V2 = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><martifHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></martifHeader>
<text><body>
  <termEntry id="c42">
    <descrip type="subjectField">housing</descrip>
    <langSet xml:lang="en"><tig><term>rest house</term>
      <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig></langSet>
    <langSet xml:lang="fr"><descripGrp><descrip type="definition">Lieu d’accueil.</descrip></descripGrp>
      <ntig><termGrp><term>centre d’accueil</term>
        <termNote type="grammaticalGender">masculine</termNote></termGrp></ntig>
      <tig><term>hôtel</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig></langSet>
    <xref type="xGraphic" target="x.png">a picture</xref>
  </termEntry>
</body></text></martif>
"""


def test_tbx_of_2008_comes_in(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("old.tbx").write_text(V2, encoding="utf-8")
    assert main(["glossary", "import", "old.tbx"]) == 0
    assert "not taken over: xGraphic (1)" in capsys.readouterr().out
    assert Path("glossary/imported.yml").read_text(encoding="utf-8") == (
        "concepts:\n\n"
        "  - id: rest-house\n"
        "    domain: housing\n"
        "    definition:\n"
        "      fr: Lieu d’accueil.\n"
        "    terms:\n"
        "      en:\n"
        "        - {term: rest house, status: preferred}\n"
        "      fr:\n"
        "        - {term: centre d’accueil, status: preferred, gender: masculine}\n"
        "        - {term: hôtel, status: deprecated}\n"
    )


def test_the_next_edition_of_a_file_finds_the_concepts_that_the_last_one_brought(workspace: Path) -> None:
    """The ids of a file of others, c42, become ones made of a term: the same ones again, for the same terms alone."""
    for id_, word in (("rest-house", "rest house"), ("house-of-rest", "house of rest")):
        Path("old.tbx").write_text(V2.replace("rest house", word), encoding="utf-8")
        assert main(["glossary", "import", "old.tbx"]) == 0
        before = Path("glossary/imported.yml").read_bytes()
        assert main(["glossary", "import", "old.tbx"]) == 0
        assert Path("glossary/imported.yml").read_bytes() == before
        library, _ = load(workspace)
        assert library is not None
        assert library.concepts[id_].terms["en"][0].term == word
    Path("old.tbx").write_text(V2.replace("centre d’accueil", "maison").replace("hôtel", "pension"), encoding="utf-8")
    assert main(["glossary", "import", "old.tbx"]) == 0
    assert "- id: rest-house-2\n" in Path("glossary/imported.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("arguments", [["g.tbx"], ["g.tbx", "--style", "dct"], ["g.csv"], ["g.xlsx"]], ids=" ".join)
@pytest.mark.parametrize("before", [None, "", "# Ours.\n", "concepts: []\n", "concepts:\n"])
def test_a_glossary_comes_into_a_workspace_that_has_none(
    workspace: Path, arguments: list[str], before: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    """Names of the past too, of which TBX cannot say until when they held: they are none that are preferred there."""
    assert main(["glossary", "export", *arguments]) == 0
    assert main(["glossary", "export", "all.csv"]) == 0
    was = (workspace / "all.csv").read_bytes()
    shutil.rmtree(workspace / "glossary")
    (workspace / "glossary").mkdir()
    if before is not None:
        (workspace / "glossary" / "imported.yml").write_text(before, encoding="utf-8")
    assert main(["glossary", "import", arguments[0]]) == 0
    assert "85 new, 0 changed, 0 as they were" in capsys.readouterr().out
    assert main(["glossary", "export", "all.csv", "--force"]) == 0
    if arguments[0] != "g.tbx":
        assert (workspace / "all.csv").read_bytes() == was
    if before == "# Ours.\n":
        assert (workspace / "glossary/imported.yml").read_text(encoding="utf-8").startswith("# Ours.\nconcepts:\n")


def test_more_than_a_file_may_hold_goes_into_several(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = [
        "concept,language,term",
        *(f"word-{n},en,{'long ' * 60}{n}" for n in range(3000)),
    ]
    Path("g.csv").write_text("\n".join(table), encoding="utf-8")
    for said in ("3000 new, 0 changed, 0 as they were", "0 new, 0 changed, 3000 as they were"):
        assert main(["glossary", "import", "g.csv"]) == 0
        assert said in capsys.readouterr().out
    Path("g.csv").write_text("concept,language,term\nlast-word,en,the last\n", encoding="utf-8")
    assert main(["glossary", "import", "g.csv"]) == 0
    library, findings = load(workspace)
    assert library is not None
    assert [one for one in findings if one.file.startswith("glossary/")] == []
    assert len(library.concepts) == 85 + 3001


BOMB = '<!DOCTYPE tbx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><tbx>&b;</tbx>'
XXE = '<!DOCTYPE tbx [<!ENTITY a SYSTEM "file:///etc/passwd">]><tbx>&a;</tbx>'


@pytest.mark.parametrize(
    "data",
    [BOMB.encode(), XXE.encode(), BOMB.encode("utf-16"), b"<tbx>", b"", b"\xff\xfe<", b"<a/>", b"<tbx>" * 5000,
     XXE.encode("utf-7"), b"<?xml version='1.0' encoding='utf-7'?>" + XXE.encode("utf-7")],
)  # fmt: skip
def test_hostile_xml_is_refused(data: bytes) -> None:
    with pytest.raises(FindingsError):
        tbx_read.read(data, "x.tbx")


def test_xml_without_end_or_in_another_encoding_is_refused() -> None:
    for data, says in (
        (b"<tbx>" + b" " * 100_000_000, "more than 30 MB"),
        (b"<tbx>" + b"<a/>" * 1_500_001, "more than 1,500,000 tags"),
        ("<tbx>é</tbx>".encode("latin-1"), "is not in utf-8, as it says"),
    ):
        with pytest.raises(FindingsError) as refused:
            tbx_read.read(data, "x.tbx")
        assert says in refused.value.findings[0].message


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("concept,language,term\na,fr,é\n".encode("latin-1"), "the file is not UTF-8"),
        (b"x" * 100_000_000, "more than 30 MB"),
        (b"concept,language,term\n" + b"a,en,b\n" * 200_001, "more than 200,000 rows"),
        (b'concept,language,term\na,en,"b', "this is no CSV"),
        (b"", "the table is empty"),
        (b"PK\x03\x04\x00\x00", "no column"),
    ],
    ids=["latin-1", "100 MB", "too many rows", "an open quote", "empty", "a ZIP"],
)
def test_hostile_tables_are_refused(data: bytes, says: str) -> None:
    try:
        findings = csvfile.read(data, "x.csv").findings
    except FindingsError as refused:
        findings = refused.findings
    assert any(says in one.message for one in findings)


@pytest.mark.parametrize("kind", ["bomb", "formula", "doctype", "two of a name", "no ZIP"])
def test_hostile_workbooks_are_refused(kind: str) -> None:
    data = xlsx.write([{"id": "abc", "terms": {"en": [{"term": "a", "status": "preferred"}]}}])[0]
    if kind == "no ZIP":
        data = b"PK\x03\x04nothing"
    elif kind == "formula":
        book = openpyxl.load_workbook(io.BytesIO(data))
        sheet: Any = book.active
        sheet["C2"] = '=HYPERLINK("https://example.org")'
        out = io.BytesIO()
        book.save(out)
        assert [one.rule for one in xlsx.read(out.getvalue(), "x.xlsx").findings] == ["exchange-cell"]
        return
    else:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as there, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for name in there.namelist():
                part = there.read(name)
                if kind == "bomb" and name.endswith("sheet1.xml"):
                    part = part.replace(b"<sheetData>", b"<sheetData>" + b" " * 201_000_000)
                if kind == "doctype" and name.endswith("sheet1.xml"):
                    part = b'<!DOCTYPE a [<!ENTITY b "c">]>' + part
                made.writestr(name, part)
            if kind == "two of a name":
                with pytest.warns(UserWarning, match="Duplicate"):
                    made.writestr("xl/workbook.xml", b"<a/>")
        data = out.getvalue()
    with pytest.raises(FindingsError):
        xlsx.read(data, "x.xlsx")


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_written(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("g.csv").write_text(
        "concept,language,term,status,since\nabc,en,one,prefered,\nabc,en,two,preferred,tomorrow\n,en,three,,\n"
        "abc,tlh-Klingon-x,four,,\nlast,,five,,\n", encoding="utf-8"
    )  # fmt: skip
    assert main(["glossary", "import", "g.csv"]) == 1
    said = capsys.readouterr()
    for place in ("g.csv:2", "g.csv:3", "g.csv:4", "g.csv:6"):
        assert place in said.out + said.err
    assert not Path("glossary/imported.yml").exists()


@pytest.mark.parametrize(
    ("rows_", "says"),
    [
        ("refugee,fr,ex\u202eilé,admitted,", "g.csv:2:3: error: a bidirectional control character"),
        ("refugee,fr,ex\0ilé,admitted,", "g.csv:2:3: error: a control character: U+0000"),
        ("refugee,fr,ex\ufffdlé,admitted,", "g.csv:2:3: error: a code point that is no character"),
        ("refugee,ar,????,admitted,", "g.csv:2:3: error: “????” has lost letters"),
        ("refugee,fr,exil?e,admitted,", "g.csv:2:3: error: “exil?e” has lost letters"),
        ("refugee,fr,exilÃ©,admitted,", "g.csv:2:3: error: “exilÃ©” was read in a wrong encoding once"),
        ("refugee,fr,exilé,admitted,no, not so", "g.csv:2:6: error: “not so” stands in no column that has a name"),
        ("guardian,fr,tuteur\nrefugee,fr,exilé,banned,", "g.csv:3:4: error: “banned” is none of the choices"),
        ("refugee,fr,réfugié\nrefugee,fr,exilé", "g.csv:3:3: error: fr has two preferred terms, “réfugié” and “exilé”"),
        ('refugee,fr,exilé\nrefugee,fr,"exilé', "g.csv:3:0: error: this is no CSV from here on"),
        ("", "g.csv: error: there is no concept in the file"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_of_its_own_row_and_column(
    workspace: Path, rows_: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in (workspace / "glossary").iterdir()}
    Path("g.csv").write_text(f"concept,language,term,status,reason\n{rows_}\n", encoding="utf-8", newline="")
    assert main(["glossary", "import", "g.csv"]) == 1
    said = capsys.readouterr()
    assert says in said.out + said.err
    assert {path: path.read_bytes() for path in (workspace / "glossary").iterdir()} == before


def test_a_broken_file_of_the_glossary_is_named_before_anything_is_written_into_it(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace / "glossary" / "imported.yml").write_text("concepts:\n  - {id: a, b: [\n", encoding="utf-8")
    Path("g.csv").write_text("concept,language,term\nrest-house,en,rest house\n", encoding="utf-8")
    assert main(["glossary", "import", "g.csv"]) == 1
    said = capsys.readouterr()
    assert "glossary/imported.yml:3:1: error" in said.out + said.err


def test_the_first_line_in_which_excel_says_what_parts_the_cells(workspace: Path) -> None:
    table = "sep=;\r\nconcept;language;term\r\nrest-house;en;rest, house\r\n"
    (one,) = csvfile.read(table.encode("utf-8-sig"), "x.csv").entries
    assert one["terms"]["en"][0]["term"] == "rest, house"


def test_other_sheets_that_say_something_are_named() -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in (["concept", "language", "term"], ["abc", "en", "a"]):
        sheet.append(row)
    book.create_sheet("notes")["B3"] = "see there"
    book.create_sheet("empty")
    out = io.BytesIO()
    book.save(out)
    assert dict(xlsx.read(out.getvalue(), "x.xlsx").left) == {"sheet “notes”": 1}


# --- looking up ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "concept"),
    [
        ("mineur isole etranger", "unaccompanied-child"),
        ("unacompanied child", "unaccompanied-child"),
        ("ENFANT NON-ACCOMPAGNE", "unaccompanied-child"),
        ("OIM", "iom"),
        ("وصى", "guardian"),
        ("gardien", "guardian"),
        ("tutrices", "guardian"),
        ("refoulement", "pushback"),
        ("refoulment non", "non-refoulement"),
        ("HCR", "unhcr"),
        ("Ivory Coast", "cote-divoire"),
        ("hot spot", "hotspot"),
        ("hate and xenophobic speeches", "hate-speech"),
    ],
)
def test_a_term_is_found_as_it_is_typed(asked: str, concept: str) -> None:
    assert nearest(_concepts(), asked)[0].concept.id == concept


@cache
def _concepts() -> tuple[Concept, ...]:
    library, _ = load(starter())
    assert library is not None
    return tuple(library.concepts.values())


def test_what_is_found_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-C", str(starter()), "glossary", "look", "ENFANT NON-ACCOMPAGNE", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found[0]["id"] == "unaccompanied-child"
    assert found[0]["score"] == 100
    assert {"terms", "clauses", "documents", "score", "file"} <= found[0].keys()


def test_a_term_is_shown_with_its_status_and_its_uses(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-C", str(starter()), "glossary", "look", "mineur", "isolé", "étranger"]) == 0
    said = capsys.readouterr().out
    assert "deprecated mineur isolé étranger (France before 2016): Out of date." in said
    assert "en  preferred  unaccompanied child" in said
    assert "used in 3 clauses: " in said
    assert "guardian-without-delay" in said
    assert main(["-C", str(starter()), "glossary", "look", "wave of refugees"]) == 0
    assert (
        "en  forbidden  wave of migrants, also “wave of refugees”: Makes people a disaster." in capsys.readouterr().out
    )
    assert main(["-C", str(starter()), "glossary", "look", "ministry"]) == 1
    said = capsys.readouterr()
    assert not said.out
    assert "nothing like “ministry” in the glossary\nfarther off: child: minor (en)" in said.err
    assert main(["-C", str(starter()), "glossary", "look", "xyzzy", "-l", "fr"]) == 1
    assert "nothing like “xyzzy”" in capsys.readouterr().err
