"""What people write into a table by mistake, or beside it: a finding that says what to do, never a letter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from paraph.__main__ import main
from paraph.library.written.alike import alike
from paraph.library.written.unlikely import misread
from paraph.starter import starter
from paraph.workflow.files import copy_workspace


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped workspace."""
    folder = tmp_path_factory.mktemp("rows") / "workspace"
    copy_workspace(starter(), folder)
    return folder


@pytest.fixture
def sends(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """Send a table, or its rows: the exit code, and all that was said, on a line."""

    def run(*rows: str, table: str = "", day: str = "2026-12-10") -> tuple[int, str]:
        monkeypatch.chdir(root)
        monkeypatch.setenv("COLUMNS", "200")
        if rows:
            (tmp_path / "t.csv").write_text("\n".join(rows), encoding="utf-8")
        command = ["letters", "letter-authorities", "--to", str(tmp_path / (table or "t.csv")), "--docx", "--preview"]
        capsys.readouterr()
        code = main([*command, "-o", str(tmp_path / "out"), "--date", day])
        printed = capsys.readouterr()
        return code, " ".join((printed.out + printed.err).split())

    return run


Sends = Callable[..., tuple[int, str]]


# --- columns ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "cells", "named"),
    [
        ("Institution;Address;Postcode;City;Country", "Office;Made-up Street 1;10007;NOWHERE;UTOPIA", "“10007”"),
        ("Institution;Adresse;Ville", "Bureau;1, rue Inventée;NULLE-PART", "“NULLE-PART” of the column “Ville”"),
        ("Institution;Address;Address 2", "Office;Made-up House;Made-up Street 1", "“Made-up Street 1”"),
        ("Institución;Dirección;Código postal", "Oficina;Calle Inventada 1;10028", "“10028”"),
    ],
)
def test_a_part_of_an_address_in_a_column_of_its_own_is_asked_for(
    sends: Sends, head: str, cells: str, named: str
) -> None:
    code, said = sends(head, cells)
    assert code == 1
    assert named in said
    assert "is not in the address, and would not be printed" in said
    assert "Put it into the address of each recipient" in said


def test_a_second_head_gets_no_letter(sends: Sends) -> None:
    """Two lists that were put together, be it with their columns in another order."""
    for again in ("authority,address", "ADRESSE,Institution"):
        code, said = sends("authority,address", "Office,Street 1", again, "Agency,Street 2")
        assert (code, "t.csv:3:0: error: the row that names the columns stands here once more" in said) == (1, True)
    assert sends("authority,address", "Office,State", "Name,Street 2")[0] == 0


def test_parts_that_stand_in_the_address_too_are_left_alone(sends: Sends) -> None:
    code, said = sends(
        "Institution;Address;Postcode;City;Phone;Notes", "Office;1 Street|10007 Nowhere;10007;NOWHERE;1;a"
    )
    assert code == 0
    assert "not used, and printed nowhere: “Phone”, “Notes”" in said
    code, said = sends("Institution;Street;City", "Office;1 Street;Nowhere")
    assert code == 1
    assert "there is no column address" in said
    assert "Put “Street”, “City” together in a column address" in said


def test_letters_of_another_century_are_a_slip(sends: Sends) -> None:
    assert sends("authority;address", "Office;Street")[0] == 0
    for day in ("1999-12-31", "2100-01-01"):
        code, said = sends(day=day)
        assert code == 2
        assert f"{day} is no day of a letter Its year is one of 2000 to 2099." in said


# --- how readers are spoken to ---------------------------------------------------------------------------------------

WHO = "authority;address;language;salutation;vocative"


def test_a_salutation_in_another_language_than_its_letter_is_found(sends: Sends) -> None:
    own = "Office;Street;{};Sehr geehrte Frau Bundesministerin;Frau Bundesministerin"
    code, said = sends(WHO, own.format("German"))
    assert code == 1
    assert "the letter is in en, as there is none in de, and this salutation may not be" in said
    assert "1 error" in sends(WHO, "Office;Street;German;Sehr geehrte Frau Bundesministerin;")[1]
    assert sends(WHO, "Office;Street;de en;Dear Minister;Minister")[0] == 0
    assert "speaks to a reader in de, and the letter is in en" in sends(WHO, own.format("de en"))[1]
    assert sends(WHO, "Office;Street;German;;")[0] == 0


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("fr;Dear Minister;Minister", "“Dear Minister” speaks to a reader in en, and the letter is in fr"),
        ("fr;Dear Dr O’Neil;", "“Dear Dr O’Neil” speaks to a reader in en, and the letter is in fr"),
        ("en;Madame la Ministre;Madame la Ministre", "“Madame la Ministre” speaks to a reader in fr"),
        ("en;Dear Ms Smith;MADAME", "“MADAME” speaks to a reader in fr, and the letter is in en"),
        ("es;Monsieur le Ministre;", "speaks to a reader in fr, and the letter is in es"),
        ("en;السيد الوزير;Minister", "speaks to a reader in ar, and the letter is in en"),
        (";Madame;", "“Madame” speaks to a reader in fr, and the letter is in en"),
    ],
)
def test_words_that_open_a_letter_in_another_language_are_found(sends: Sends, row: str, said: str) -> None:
    code, found = sends(WHO, f"Office;Street;{row}")
    assert code == 1
    assert said in found
    assert found.endswith("1 error"), found


@pytest.mark.parametrize(
    "row",
    [
        "en;Dear Minister;Minister",
        "fr;Cher Maître;Maître",
        "es;Mayor García;Mayor García",
        "en;Mayor Smith;Mayor Smith",
        "en;Dearest colleague;colleague",
    ],
)
def test_words_that_open_a_letter_in_its_language_or_that_nobody_knows_are_taken(sends: Sends, row: str) -> None:
    assert sends(WHO, f"Office;Street;{row}")[0] == 0


@pytest.mark.parametrize(
    ("named", "opens"),
    [
        ("عربي", "السيدة الفاضلة"),
        ("ARA", "السيدة الفاضلة"),
        ("فرنسية", "Madame, Monsieur"),
        ("FRA", "Madame, Monsieur"),
        ("fr_FR", "Madame, Monsieur"),
        ("Espanol", "Estimada señora"),
    ],
)
def test_a_language_is_known_by_its_names_and_codes(sends: Sends, named: str, opens: str) -> None:
    code, said = sends("authority;address;language", f"Office;Street;{named}")
    assert code == 0, said
    assert opens in said
    assert "is no language" in sends("authority;address;language", "Office;Street;xx")[1]


def test_words_that_open_a_letter_stand_in_its_closing_only_where_they_can(sends: Sends) -> None:
    code, said = sends(WHO, "Office;Street;en;Dear Ms Smith;")
    assert code == 1
    assert "the closing speaks to the reader, too, in which “Dear Ms Smith” would not stand well" in said
    for row in (
        "Office;Street;en;Dear Ms Smith;Ms Smith",
        "Office;Street;en;Your Excellency;",
        "Bureau;Rue 1;fr;Madame la Juge;",
    ):
        assert sends(WHO, row)[0] == 0


def gendered(head: str, *cells: str) -> tuple[str, ...]:
    rows = (f"Oficina {number};Calle 1;es;{cell}" for number, cell in enumerate(cells))
    return (f"authority;address;language;{head}", *rows)


@pytest.mark.parametrize(
    ("head", "cells", "said"),
    [
        ("Sexo", ("M", "F"), "“M” may be f or m in a column that is called “sexo”"),
        ("gender", ("M", "F", "H"), "“m” may be f or m, since “h” stands in line 4"),
        ("gender", ("M", "mujer"), "“m” may be f or m, since “mujer” stands in line 3"),
    ],
)
def test_an_m_that_may_be_mujer_is_asked_for(sends: Sends, head: str, cells: tuple[str, ...], said: str) -> None:
    code, found = sends(*gendered(head, *cells))
    assert code == 1
    assert said in found
    assert "Write whole words: hombre or mujer." in found


@pytest.mark.parametrize(
    ("head", "cells"), [("Sexo", ("hombre", "mujer", "F")), ("gender", ("M", "F")), ("Sexe", ("H", "F"))]
)
def test_an_m_that_is_clear_is_taken(sends: Sends, head: str, cells: tuple[str, ...]) -> None:
    assert sends(*gendered(head, *cells))[0] == 0


def test_of_an_m_that_may_be_mujer_one_thing_is_said(sends: Sends) -> None:
    head = "authority;address;language;cargo;sexo"
    found = sends(head, "Uno;Calle 1;es;director;H", "Dos;Calle 2;es;ministra;M")[1]
    assert "“M” may be f or m in a column that is called “sexo”" in found
    assert found.endswith("1 error"), found


def test_an_office_of_a_woman_is_no_mans(sends: Sends) -> None:
    head = "authority;address;language;fonction;civilité"
    code, said = sends(head, "Bureau;Rue 1;fr;Directrice;M.")
    assert code == 1
    assert "“Directrice” is said of a woman, and “M.” of a man" in said
    for cells, spoken in (
        ("fr;Directrice;", "Madame la Directrice"),
        ("ar;الوزيرة;", "معالي الوزيرة"),
        ("ar;الوزير;m", "معالي الوزير"),
        ("Castellano;ministra;", "Señora Ministra"),
    ):
        code, said = sends(head, f"Bureau;Rue 1;{cells}")
        assert code == 0, said
        assert spoken in said
        assert f"{spoken}," not in said


# --- recipients that stand there twice -------------------------------------------------------------------------------


def test_one_authority_that_is_typed_in_two_ways_gets_one_letter(sends: Sends) -> None:
    names = (
        "Ministère de l’Intérieur",
        "Ministère de l'Intérieur",
        "MINISTERE DE L'INTERIEUR",
        "Ministère de la Santé",
    )
    rows = [f"{name};1, rue Inventée|NULLE-PART" for name in names]
    code, said = sends("authority;address", *rows, "Ministere de l'Interieur;1 rue Inventée, Nulle-Part")
    assert code == 1
    assert said.count("this recipient stands in line 2 already") == 3


def test_two_authorities_of_which_nothing_is_known_are_not_one(sends: Sends) -> None:
    code, said = sends("authority;address", "#REF!;1 Street", "#N/A;1 Street")
    assert code == 1
    assert said.count("this cell holds an error") == 2
    assert "Delete one of the two" not in said


@given(st.text(), st.sampled_from([str.upper, str.lower, lambda text: f" {text}. "]))
def test_what_is_alike_stays_so(text: str, change: Callable[[str], str]) -> None:
    assert alike(alike(text)) == alike(text)
    assert alike(change(text.casefold())) == alike(text.casefold())


def test_numbers_stay_apart() -> None:
    assert len({alike(text) for text in ("1, 23 Street", "12, 3 Street", "123 Street")}) == 3
    assert alike("1|Street") == alike("1, STREET") == alike("1 Stréet")


# --- cells that nobody means -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("#N/A", "this cell holds an error"),
        ("#REF!", "this cell holds an error"),
        ("#¿NOMBRE?", "this cell holds an error"),
        ("n/a", "“n/a” says nothing"),
        ("-", "“-” says nothing"),
        ("???", "“???” says nothing"),
        ("1 Street|-|Town", "says nothing"),
        ("TBD", "“TBD” says nothing"),
        ("xxx", "“xxx” says nothing"),
        ("0", "“0” says nothing"),
        ("À compléter…", "says nothing"),
        ("Por completar.", "says nothing"),
        ("غير محدد", "says nothing"),
        ("«name»", "“«name»” has a place in it that nobody filled"),
        ("<name>", "has a place in it that nobody filled"),
        ("[name]", "has a place in it that nobody filled"),
        ("1 Street|{{ town }}", "has a place in it that nobody filled"),
        ("Office of {{ name }}", "has a place in it that nobody filled"),
        ("Office of <<name>>", "has a place in it that nobody filled"),
        ("TownÃ© 1", "it seems to be Towné 1"),
        ("ÙˆØ²Ø§Ø±Ø©", "it seems to be وزارة"),
        ("Rue de l?Int?rieur", "“Rue de l?Int?rieur” has signs where it had letters"),
        ("????? 12", "has signs where it had letters"),
        ("12 ?lgaz", "has signs where it had letters"),
        ('"Minist&egrave;re"', "has signs where it had letters"),
        ('"R&#38;D"', "has signs where it had letters"),
    ],
)
def test_a_cell_that_nobody_means_is_not_printed(sends: Sends, cell: str, said: str) -> None:
    code, found = sends("authority;address;attention", f"Office;{cell};")
    assert code == 1
    assert said in found
    assert sends("authority;address;attention", f"Office;1 Street;{cell}")[0] == 1


def test_a_reader_is_not_called_by_a_place_of_a_form(sends: Sends) -> None:
    for words in ("Dear [name];Minister", "Dear Minister;«name»", "Dear <title> Smith;Minister"):
        code, said = sends(WHO, f"Office;Street;en;{words}")
        assert code == 1
        assert "has a place in it that nobody filled" in said


@pytest.mark.parametrize(
    "cell",
    [
        "10 Street",
        "Association «Les Amis»",
        "« Le Phare »",
        "«El Faro»",
        "[2026] 5",
        "Block [B] 3",
        "<a@example.org>",
        "00100",
        '"Smith & Sons; Street 2"',
        "Who knows? Street",
    ],
)
def test_what_may_be_meant_in_a_cell_is_printed(sends: Sends, cell: str) -> None:
    assert sends("authority;address;attention", f"Office;1 Street;{cell}")[0] == 0


@given(st.text("aeéèàçñüŠ 1"))
def test_what_was_misread_is_known(text: str) -> None:
    taken = "".join(chr(byte) for byte in text.encode("utf-8"))
    assert misread(taken) == (text if taken != text else "")
    assert misread(text) == ""


@pytest.mark.parametrize(
    "text", ["École « LIBERTÉ »", "CITÉ»", "Çà et là", "KYLÄ”", "IRMÃ»", "São João", "SÃO JOÃO", "Ñuñoa", "№ 5"]
)
def test_what_is_right_is_not_misread(text: str) -> None:
    assert misread(text) == ""


def test_a_struck_run_of_a_shared_string_is_found(sends: Sends, tmp_path: Path) -> None:
    """As Excel writes it: openpyxl writes it into the sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("authority", "address"), ("Office", "Made-up Street")):
        sheet.append(row)
    book.save(tmp_path / "made.xlsx")
    run = "<r><t>Made-up </t></r><r><rPr><strike/></rPr><t>Street</t></r>"
    with ZipFile(tmp_path / "made.xlsx") as made, ZipFile(tmp_path / "t.xlsx", "w") as struck:
        for name in made.namelist():
            data = made.read(name)
            assert name != "xl/sharedStrings.xml" or b"<t>Made-up Street</t>" in data
            struck.writestr(name, data.replace(b"<t>Made-up Street</t>", run.encode()))
    code, found = sends(table="t.xlsx")
    assert code == 1
    assert "is struck through" in found


STRIKE = Font(strike=True)


@pytest.mark.parametrize(
    ("value", "font", "format_", "said"),
    [
        ("1 Street", STRIKE, "General", "is struck through"),
        (
            CellRichText("1 Street", TextBlock(InlineFont(strike=True), "|OLD TOWN")),
            None,
            "General",
            "is struck through",
        ),
        ("1 Street", None, '"2026/"@', "and shows it otherwise"),
        ("1 Street", None, ";;;", "and shows it otherwise"),
        ("1 Street", None, '0;-0;0;"none"', "and shows it otherwise"),
        ("1 Street", None, "_(@_)", ""),
        ("1 Street", None, "0;[Red]-0;0;@", ""),
        ("1 Street", None, "yyyy-mm-dd", ""),
        (CellRichText("1 Street", TextBlock(InlineFont(b=True), "|TOWN")), None, "@", ""),
    ],
)
def test_a_workbook_is_taken_as_it_is_seen(
    sends: Sends, tmp_path: Path, value: object, font: Font | None, format_: str, said: str
) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(("authority", "address"))
    sheet["A2"], sheet["B2"] = "Office", value
    sheet["B2"].number_format = format_
    if font:
        sheet["B2"].font = font
    book.save(tmp_path / "t.xlsx")
    code, found = sends(table="t.xlsx")
    assert code == (1 if said else 0), found
    assert said in found


# --- as people type --------------------------------------------------------------------------------------------------


def test_words_without_accents_are_the_words(sends: Sends) -> None:
    """As a typist writes capitals, in heads of columns, too."""
    code, said = sends(
        "ORGANISME;ADRESSE;LANGUE;FONCTION;CIVILITE;REFERENCE",
        "Bureau un;Rue 1;FRANCAIS;PREFET;MME;A/1",
        "Bureau deux;Rue 2;francais;SECRETAIRE D'ETAT;M;A/2",
        "Oficina;Calle 3;ESPANOL;DIRECTORA GENERAL;;A/3",
    )
    assert code == 0, said
    assert "not used" not in said
    for words in ("Madame la Préfète", "Monsieur le Secrétaire d’État", "Señora Directora General"):
        assert words in said


@pytest.mark.parametrize(
    ("cells", "named"),
    [
        (
            "fr;ministre;Mme;Monsieur le Ministre;",
            "“Monsieur le Ministre” speaks to a man, and the gender is that of a",
        ),
        ("fr;directrice;;Monsieur le Directeur;", "“Monsieur le Directeur” speaks to a man"),
        ("en;minister;m;Dear Madam;Madam", "“Dear Madam” speaks to a woman"),
        ("es;ministro;m;Señora Ministra;", "“Señora Ministra” speaks to a woman"),
        ("ar;وزير;ذكر;السيدة الوزيرة;", "“السيدة الوزيرة” speaks to a woman"),
        ("fr;;;Madame la Juge;Monsieur le Juge", "“Monsieur le Juge” speaks to a man, and the salutation is that of"),
    ],
)
def test_a_salutation_that_is_not_of_the_gender_of_its_row_is_found(sends: Sends, cells: str, named: str) -> None:
    code, said = sends("authority;address;language;office;gender;salutation;vocative", f"Office;Street;{cells}")
    assert code == 1
    assert named in said


def test_a_salutation_of_both_is_of_no_gender(sends: Sends) -> None:
    code, said = sends(
        "authority;address;language;gender;salutation", "Bureau;Rue;fr;Mme;Madame, Monsieur", "B;C;fr;;Madame la Juge"
    )
    assert code == 0, said


def test_rows_are_counted_as_a_spreadsheet_counts_them(sends: Sends) -> None:
    """An address of three lines in a cell is in one row; the line that says how cells are parted is in none."""
    table = (
        "sep=;",
        "authority;address;language",
        'Office;"Street 1\n2000 TOWN\nUTOPIA";en',
        "",
        "Agency;Road 2;klingon",
    )
    code, said = sends(*table)
    assert code == 1
    assert "t.csv:4:3: error: “klingon” is no language" in said


@pytest.mark.parametrize("day", ["le 3 mars 2026", "El 3 de marzo de 2026", "Le 1er mars 2026"])
def test_a_day_may_begin_with_its_article(sends: Sends, day: str) -> None:
    code, said = sends("authority;address;language;date", f"Office;Street;en;{day}")
    assert code == 0, said


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("46366", "As a spreadsheet counts days it is 2026-12-10: format the cell as a date, or write it so."),
        ("2126-12-10", "Its year is one of 2000 to 2099."),
        ("1", "Write it as in 2026-12-10."),
        ("99999", "Write it as in 2026-12-10."),
    ],
)
def test_of_what_is_no_day_it_is_said_what_to_write(sends: Sends, written: str, advice: str) -> None:
    code, said = sends("authority;address;language;date", f"Office;Street;en;{written}")
    assert code == 1
    assert f"“{written}” is no day of a letter [recipients-date] {advice}" in said


def test_no_line_ends_within_guillemets(root: Path, tmp_path: Path) -> None:
    """Nor before a mark; whichever space was typed there, and however many."""
    from paraph.workflow.letters.plan import Order, planned

    (tmp_path / "t.csv").write_text(
        "authority;address;language\nCentre  « Le Phare » ;1, rue : 3;fr\n"
        "Office\u00a0One;« Le\u00a0\u00a0Port\u202f»;fr\n",
        "utf-8",
    )
    asked = Order(document="letter-authorities", table=tmp_path / "t.csv", shown="t.csv", out=tmp_path / "out")
    assert [one.lines for one in planned(root, asked).people] == [
        ("Centre «\u00a0Le Phare\u00a0»", "1, rue\u00a0: 3"),
        ("Office One", "«\u00a0Le Port\u00a0»"),
    ]


def test_a_word_that_no_line_holds_is_found(sends: Sends) -> None:
    """It would run over the number of the page, and over the edge."""
    for column, row in (("reference", "Office,Street,{}"), ("salutation", "Office,Street,Dear {}")):
        code, said = sends(f"authority,address,{column}", row.format("MIG/" * 20))
        assert (code, f"{'MIG/' * 20}” is longer than there is room for" in said) == (1, True)
    assert sends("authority,address,reference", f"Office,Street,{'MIG/2026/' * 4}{' MIG/2026' * 5}")[0] == 0
