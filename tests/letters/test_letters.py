"""Letters: each recipient gets the words of the document and its own, and nobody else's."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk import clause, desk
from paraph.__main__ import main
from paraph.errors import BrokenError, FidelityError, FindingsError, RefusedError, UsageError
from paraph.markup import character_problems
from paraph.model.document import Document, Edition, printed
from paraph.model.letter import ADDRESS, PLACE, REFERENCE, SALUTATION, VOCATIVE, leaves, personal, slotted
from paraph.render.docx import document as docx
from paraph.render.docx import read as docx_read
from paraph.render.docx.stencil import stencil as docx_stencil
from paraph.render.pdf import compare as pdf_compare
from paraph.render.pdf import document as pdf
from paraph.render.pdf.stencil import PdfStencil, WholeTree
from paraph.render.pdf.stencil import stencil as pdf_stencil
from paraph.render.stencil import marked
from paraph.starter import starter
from paraph.workflow.files import copy_workspace
from paraph.workflow.letters.job import Job, Maker
from paraph.workflow.letters.plan import Order, planned
from paraph.workflow.letters.run import letters
from rehearsal import LETTER

TABLE, VISITS = "statements/letters/rehearsal.csv", "statements/letters/rehearsal-visit.csv"
TABLES = {"letter-visit": VISITS}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped workspace, whose table of recipients is made up."""
    folder = tmp_path_factory.mktemp("letters") / "workspace"
    copy_workspace(starter(), folder)
    return folder


@pytest.fixture(scope="module")
def job(root: Path) -> Job:
    return planned(root, order(root, root / "out")).job


def order(root: Path, out: Path, table: str = TABLE, **more: object) -> Order:
    asked = Order(document="letter-authorities", table=root / table, shown=table, out=out, formats=("docx",), jobs=1)
    return replace(asked, **more)  # type: ignore[arg-type]


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


WORDS = st.text(
    st.one_of(
        st.characters(exclude_categories=("Cs", "Co", "Cn", "Cc")), st.sampled_from("<>&\"'{}%#$\\_{{}}zq09-08/")
    ),
    min_size=1,
    max_size=40,
).filter(lambda text: not character_problems(text) and text.strip() == text)
VALUES = st.fixed_dictionaries(
    {
        ADDRESS: st.lists(WORDS, min_size=2, max_size=5).map("\n".join),
        SALUTATION: WORDS,
        VOCATIVE: WORDS,
        REFERENCE: WORDS,
    }
)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=VALUES, others=VALUES)
def test_a_letter_is_what_is_rendered_without_a_stencil(
    job: Job, language: str, values: dict[str, str], others: dict[str, str]
) -> None:
    """Part by part and byte by byte, whatever the words, also where the stencil was made for somebody else."""
    document = job.documents[language, True, ""]
    texts, rtl = slotted(document), document.language.direction == "rtl"
    words, shape = leaves(texts, values, rtl=rtl)
    own = docx_stencil(document, values, job.kit)
    if leaves(texts, others, rtl=rtl)[1] == shape:
        own = docx_stencil(document, others, job.kit)
    edition = Edition(documents=(personal(document, values),))
    assert parts(own.letter(words)) == parts(docx.render(edition, job.kit))
    assert docx_read.read_back(own.letter(words), edition)[0]


def test_a_stencil_serves_everybody_of_its_shape(job: Job) -> None:
    document = job.documents["en", True, ""]
    first = {ADDRESS: "Office\nStreet", SALUTATION: "Dear All", VOCATIVE: "All", REFERENCE: "A/1"}
    other = {ADDRESS: "{{ 7 * 7 }}\n<w:t>&amp;", SALUTATION: "zq00001zq", VOCATIVE: "]]>", REFERENCE: "{% x %}"}
    for make, render in ((docx_stencil, docx.render), (pdf_stencil, pdf.render)):
        stencil = make(document, first, job.kit)
        words, _ = leaves(slotted(document), other, rtl=False)
        expected = render(Edition(documents=(personal(document, other),)), job.kit)
        made = stencil.letter(words)
        assert made == expected if render is pdf.render else parts(made) == parts(expected)


def test_every_docx_is_proved_and_what_is_altered_is_not(job: Job) -> None:
    """The check of each file knows the words, wherever the file was altered; it needs nothing but the file."""
    document = job.documents["en", True, ""]
    first = {ADDRESS: "Office\nStreet", SALUTATION: "Dear All", VOCATIVE: "All", REFERENCE: "A/1"}
    stencil = docx_stencil(document, first, job.kit)
    words, _ = leaves(slotted(document), {**first, SALUTATION: "A < B & “C”"}, rtl=False)
    made = stencil.letter(words)
    assert stencil.proves(made, words)
    assert not stencil.proves(made, ("Another", *words[1:]))
    assert not stencil.proves(made, ("\r", *words[1:]))
    start = len(stencil.head) + 30 + len(stencil.parts[0].name)
    for at in range(start, made.index(b"PK\x03\x04", start), 7):
        altered = bytearray(made)
        altered[at] ^= 1
        assert not stencil.proves(bytes(altered), words), at


def test_checksums_are_the_same_whatever_sums_them(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    document = job.documents["en", True, ""]
    values = {ADDRESS: "Office\nStreet", SALUTATION: "Dear All", VOCATIVE: "All", REFERENCE: "A/1"}
    words, made = leaves(slotted(document), values, rtl=False)[0], set()
    for module in ("zlib", "isal.isal_zlib"):
        monkeypatch.setattr("paraph.render.docx.stencil.crc32", pytest.importorskip(module).crc32)
        made.add(docx_stencil(document, values, job.kit).letter(words))
    assert len(made) == 1


@pytest.mark.parametrize("words", ["Mme Ö. (A) [x] \\( ((z)) \\", "efficient office", "A" * 60])
def test_every_pdf_is_looked_at_and_another_letter_is_not_taken_for_it(job: Job, words: str) -> None:
    document = job.documents["en", True, ""]
    first = {ADDRESS: "Office\nStreet", SALUTATION: "Dear All", VOCATIVE: "All", REFERENCE: "A/1"}
    stencil = pdf_stencil(document, first, job.kit)
    own, _ = leaves(slotted(document), {**first, VOCATIVE: words, SALUTATION: words}, rtl=False)
    made = stencil.letter(own)
    assert stencil.proves(made, own)
    for position in range(len(own)):
        assert not stencil.proves(made, (*own[:position], "Another", *own[position + 1 :]))
    assert not stencil.proves(b"no PDF", own)


ARABIC = [
    "معالي الوزيرة، السيدة المديرة",
    "وزارة الهجرة المتخيَّلة لشؤونٍ شتّى",  # vowels, of which one is raised and set apart
    "شارع 12 في اللامكان، بناية 7ب",
    "لجنة Agency للاختبار",
    "إدارة (شؤون) «الأطفال»",
]


@pytest.mark.parametrize("said", ARABIC)
def test_every_pdf_in_arabic_is_looked_at_and_another_letter_is_not_taken_for_it(job: Job, said: str) -> None:
    """Letters that are turned round, or changed places, are no others' words; what is not certain is no proof."""
    document = job.documents["ar", True, ""]
    first = {ADDRESS: f"{said}\nشارع خيالي", SALUTATION: said, VOCATIVE: said, REFERENCE: "A/1"}
    own, _ = leaves(slotted(document), first, rtl=True)
    stencil = pdf_stencil(document, first, job.kit)
    made = stencil.letter(own)
    assert stencil.proves(made, own)
    for position, word in enumerate(own):
        swapped = word[1:2] + word[:1] + word[2:]
        for other in {"آخر", word[::-1], swapped, word + "ا"} - {word}:
            if "".join(other.split()) != "".join(word.split()):
                assert not stencil.proves(made, (*own[:position], other, *own[position + 1 :])), (word, other)
    assert not stencil.proves(b"no PDF", own)


def test_a_letter_that_is_not_proved_at_a_glance_is_read_in_full(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what does not say its own words is an error, never a file."""
    read: list[str] = []
    whole = pdf_compare.differences
    monkeypatch.setattr(pdf_compare, "differences", lambda *given: read.append("pdf") or whole(*given))
    maker, (person, *_) = Maker(job), _people(job)
    for language, times in (("en", 1), ("ar", 1), ("fr", 4)):
        read.clear()
        if times > 1:
            monkeypatch.setattr("paraph.render.pdf.stencil.spelled", lambda data, rtl: None)
        for number in range(3):
            made = maker.make(replace(person, language=language, lines=(f"Office {number}", "Street")), "pdf")
        assert len(read) == times, language
    monkeypatch.setattr(PdfStencil, "letter", lambda self, words: made)
    with pytest.raises(FidelityError, match="does not say what it must"):
        maker.make(person, "pdf")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_page_that_prints_words_of_the_tree_itself_gets_them_in_the_tree(job: Job, language: str) -> None:
    """The shipped page reads a recipient's words beside the tree; one of a house need not know of that."""
    document = job.documents[language, True, ""]
    first = {ADDRESS: "Office\nStreet", SALUTATION: "Dear All", VOCATIVE: "All", REFERENCE: "A/1"}
    other = {ADDRESS: "Bureau\nRoad", SALUTATION: 'Dear "\\ Sir', VOCATIVE: "Sir", REFERENCE: "B/2"}
    assert isinstance(pdf_stencil(document, first, job.kit), PdfStencil)
    printed = job.kit.files["page.typ"] + b"\n#pdf.artifact[#main.reference]"
    house = replace(job.kit, files={**job.kit.files, "page.typ": printed})
    stencil = pdf_stencil(document, first, house)
    assert isinstance(stencil, WholeTree)
    words, _ = leaves(slotted(document), other, rtl=language == "ar")
    assert stencil.letter(words) == pdf.render(Edition(documents=(personal(document, other),)), house)


def test_nothing_of_one_recipient_reaches_another(job: Job) -> None:
    """One after another from the same maker, in PDF: each says its own words, and none of its neighbours'."""
    maker, made = Maker(job), {}
    people = list(_people(job))
    for person in people:
        made[person.name] = maker.make(person, "pdf")
    for person in people:
        edition = Edition(documents=(personal(job.documents[person.language, True, ""], person.values),))
        assert pdf_compare.differences(made[person.name], edition, job.kit.brand) is None
        for other in people:
            if other.language == person.language and other.name != person.name:
                wrong = Edition(documents=(personal(job.documents[person.language, True, ""], other.values),))
                assert pdf_compare.differences(made[person.name], wrong, job.kit.brand)


def _people(job: Job) -> Iterator:
    from paraph.model.letter import Recipient

    for number in range(6):
        yield Recipient(
            line=number,
            name=f"n{number}",
            language=("en", "fr")[number % 2],
            asked="en",
            lines=(f"Office {number}", f"Street {number}"),
            salutation=f"Dear Reader {number}",
            vocative=f"Reader {number}",
            reference=f"R/{number}",
        )


def test_the_words_approved_are_in_every_letter(root: Path, job: Job) -> None:
    """Besides its own words a letter prints what the document prints that members are shown."""
    from paraph.assembly import assemble
    from paraph.library.load import load

    library, _ = load(root)
    assert library is not None
    manifest = library.manifests["letter-authorities"]
    for language in manifest.languages:
        shown, _ = assemble(library, manifest, language)
        values = {
            ADDRESS: manifest.fields["recipient"][language],
            SALUTATION: manifest.values["salutation"][language],  # type: ignore[index]
            VOCATIVE: manifest.values["vocative"][language],  # type: ignore[index]
            REFERENCE: "",
        }
        assert _said(personal(job.documents[language, False, ""], values)) == _said(shown)


def _said(document: Document) -> list[tuple[str, str]]:
    return [(one.label, one.text) for one in printed(document)]


def test_letters_are_made_once(root: Path, tmp_path: Path) -> None:
    first = letters(root, order(root, tmp_path))
    assert (first.written, first.unchanged, first.recipients) == (40, 0, 40)
    again = letters(root, order(root, tmp_path))
    assert (again.written, again.unchanged) == (0, 40)
    some = sorted(tmp_path.glob("*.docx"))[:3]
    some[0].unlink()
    some[1].unlink()
    with (tmp_path / ".paraph-letters.jsonl").open("a") as record:
        record.write('["cut sho')
    assert letters(root, order(root, tmp_path)).written == 2
    assert letters(root, order(root, tmp_path)).written == 0


@pytest.mark.parametrize("more", [{}, {"force": True}, {"jobs": 2}])
def test_what_was_changed_by_hand_or_is_of_others_is_never_replaced(
    root: Path, tmp_path: Path, more: dict[str, object]
) -> None:
    table, out = tmp_path / "t.csv", tmp_path / "out"
    table.write_text("id,authority,address\n1,A,Street\n2,B,Road\n3,C,Lane\n4,D,Way\n", encoding="utf-8")
    asked = replace(order(root, out), table=table)
    out.mkdir()
    (out / "000004-d.en.docx").write_bytes(b"of somebody else")
    (out / "notes.docx").write_bytes(b"in nobody's way")
    with pytest.raises(RefusedError, match="not as a run has made them") as error:
        letters(root, replace(asked, **more))  # type: ignore[arg-type]
    assert error.value.causes == ("000004-d.en.docx",)
    assert not (out / "000001-a.en.docx").exists()
    (out / "000004-d.en.docx").unlink()
    assert letters(root, asked).written == 4
    with zipfile.ZipFile(out / "000002-b.en.docx", "a") as archive:
        archive.writestr("a word.txt", "changed")
    (out / "000003-c.en.docx").write_bytes(b"another")
    table.write_text("id,authority,address\n1,A,New Street\n2,B,Road\n3,C,New Lane\n4,D,Way\n", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in out.glob("*.*")}
    with pytest.raises(RefusedError) as error:
        letters(root, replace(asked, **more))  # type: ignore[arg-type]
    assert error.value.causes == ("000002-b.en.docx", "000003-c.en.docx")
    assert "another folder" in error.value.advice
    assert {path.name: path.read_bytes() for path in out.glob("*.*")} == before
    for name in error.value.causes:
        (out / name).rename(tmp_path / name)
    assert letters(root, asked).written == 3
    assert (tmp_path / "000003-c.en.docx").read_bytes() == b"another"


def test_a_letter_that_a_killed_run_was_about_to_replace_is_still_ours(root: Path, tmp_path: Path) -> None:
    """Its new line is on record, and the letter of before in its place."""
    table, out = tmp_path / "t.csv", tmp_path / "out"
    table.write_text("id,authority,address\n1,A,Street\n2,B,Road\n", encoding="utf-8")
    asked = replace(order(root, out), table=table)
    letters(root, asked)
    with (out / ".paraph-letters.jsonl").open("a", encoding="utf-8") as record:
        for size in range(5):  # more lines than letters: the record is written anew
            record.write(json.dumps(("000001-a.en.docx", "of another row", size, 1)) + "\n")
    assert letters(root, asked).written == 0
    table.write_text("id,authority,address\n1,A,New Street\n2,B,Road\n", encoding="utf-8")
    assert letters(root, asked).written == 1


def test_a_changed_row_is_written_anew(root: Path, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("id,authority,address\n1,Office,Street\n2,Agency,Road\n", encoding="utf-8")
    asked = replace(order(root, tmp_path / "out"), table=table)
    assert letters(root, asked).written == 2
    table.write_text("id,authority,address\n1,Office,Street\n2,Agency,New Road\n", encoding="utf-8")
    assert letters(root, asked).written == 1


def test_letters_of_those_who_left_the_table_are_named(root: Path, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id;authority;address\n1;A;B\n2;C;D\n", encoding="utf-8")
    asked = replace(order(root, tmp_path / "out"), table=tmp_path / "t.csv")
    assert letters(root, asked).left == ()
    (tmp_path / "t.csv").write_text("id;authority;address;language\n1;A;B;fr\n", encoding="utf-8")
    assert letters(root, asked).left == ("000001-a.en.docx", "000002-c.en.docx")
    (tmp_path / "out/000002-c.en.docx").unlink()
    assert letters(root, asked).left == ("000001-a.en.docx",)


def test_files_that_say_what_was_there_before_are_named(root: Path, tmp_path: Path) -> None:
    """PDFs beside DOCX that were made anew, and the volume in which all letters were put together."""
    (tmp_path / "t.csv").write_text("id;authority;address\n1;A;B\n2;C;D\n", encoding="utf-8")
    asked = replace(order(root, tmp_path / "out"), table=tmp_path / "t.csv", formats=("docx", "pdf"), merged=True)
    assert letters(root, asked).left == ()
    only = replace(asked, formats=("docx",), merged=False)
    assert letters(root, only).left == ()
    (tmp_path / "t.csv").write_text("id;authority;address\n1;A;B\n2;C;Other Road\n", encoding="utf-8")
    assert letters(root, only).left == ("000002-c.en.pdf", "letters-001.pdf")
    assert letters(root, asked).left == ()


def test_letters_are_dated_on_the_day_they_are_sent(root: Path, tmp_path: Path) -> None:
    asked = replace(order(root, tmp_path / "out"), date=dt.date(2026, 12, 1))
    documents = planned(root, asked).job.documents
    for language, day in (("en", "1 December 2026"), ("fr", "1er décembre 2026"), ("ar", "دجنبر 2026")):
        text = "\n".join(one.text for one in printed(documents[language, True, "2026-12-01"])).replace("\u00a0", " ")
        assert day in text, (language, text[:200])
    copy_workspace(root, tmp_path / "w")
    path = tmp_path / "w/statements/letters/letter-authorities.yml"
    path.write_text(path.read_text(encoding="utf-8") + "date: 2026-12-10\n", encoding="utf-8")
    with pytest.raises(UsageError, match="dated 2026-12-10 itself"):
        planned(tmp_path / "w", replace(order(tmp_path / "w", tmp_path / "out"), date=dt.date(2026, 12, 1)))


def test_an_address_without_arabic_keeps_its_order_in_an_arabic_letter(job: Job) -> None:
    """“2 Made-up Street” is not shown as “Made-up Street 2”; a line that has Arabic in it is Arabic."""
    document = job.documents["ar", True, ""]
    values = {ADDRESS: "2 Made-up Street\nشارع 2", SALUTATION: "A", VOCATIVE: "B", REFERENCE: "R/1"}
    words, shape = leaves(slotted(document), values, rtl=True)
    assert words[:2] == ("2 Made-up Street", "شارع 2")
    assert shape.startswith("m|t;")
    made = parts(docx.render(Edition(documents=(personal(document, values),)), job.kit))["word/document.xml"].decode()
    assert re.search("\u200e</w:t></w:r><w:r>.{,200}>2 Made-up Street</w:t></w:r><w:r>.{,200}\u200e</w:t>", made)


def test_a_zip_holds_what_a_folder_holds(root: Path, tmp_path: Path) -> None:
    letters(root, order(root, tmp_path / "folder"))
    asked = order(root, tmp_path / "all.zip")
    assert letters(root, asked).written == 40
    made = asked.out.read_bytes()
    with zipfile.ZipFile(asked.out) as archive:
        for name in archive.namelist():
            if not name.startswith("."):
                assert archive.read(name) == (tmp_path / "folder" / name).read_bytes()
    assert letters(root, asked).written == 0
    assert asked.out.read_bytes() == made


def test_processes_make_the_same(root: Path, tmp_path: Path) -> None:
    rows = ["id,authority,address,language"] + [f"{n},Office {n},Street {n},{('en', 'ar')[n % 2]}" for n in range(450)]
    (tmp_path / "t.csv").write_text("\n".join(rows), encoding="utf-8")
    asked = replace(order(root, tmp_path / "one"), table=tmp_path / "t.csv")
    letters(root, asked)
    letters(root, replace(asked, out=tmp_path / "two", jobs=2))
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).glob("*.docx")} for name in ("one", "two"))
    assert len(one) == 450
    assert one == two


def test_the_index_is_text(root: Path, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    (tmp_path / "t.csv").write_text('authority,address\n"=cmd|x",+49 Street\n', encoding="utf-8")
    letters(root, replace(order(root, tmp_path / "out"), table=tmp_path / "t.csv"))
    assert ",'=cmd," in (tmp_path / "out/index.csv").read_text(encoding="utf-8-sig")
    cell = load_workbook(tmp_path / "out/index.xlsx").worksheets[0]["E2"]
    assert (cell.value, cell.data_type) == ("=cmd", "s")


BROKEN = """\
Authority;Adresse;Langue;Fonction;Civilité;Référence;Adress
Office;Street|Town;fr;ministre;Mme;1
Office;Street|Town;fr;ministre;Mme;1
;Street;klingon;astronaut;x;1
Agency;a|b|c|d|e|f|g|h|i;en;;;1
Other;\u202eStreet;;;;"""


def test_everything_wrong_with_a_table_is_said_at_once(root: Path, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(BROKEN, encoding="utf-8-sig")
    with pytest.raises(FindingsError) as error:
        letters(root, replace(order(root, tmp_path / "out"), table=tmp_path / "t.csv", shown="t.csv"))
    assert [(one.line, one.rule) for one in error.value.findings] == [
        (1, "recipients-column"),
        (3, "recipients-twice"),
        (4, "recipients-address"),
        (4, "recipients-language"),
        (4, "recipients-office"),
        (4, "recipients-gender"),
        (5, "recipients-address"),
        (6, "bidi-control"),
    ]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("authority;address\nBureau Kovačić;Ulica".encode("cp1250"), "not UTF-8"),
        ("authority;address\nMinistère;Rue".encode("mac-roman"), "not UTF-8"),
        ("authority;address\nCafé Hôtel;Cádiz".encode("cp850"), "not UTF-8"),
        ("authority;address\nBaşkanlığı;Sokak".encode("cp1254"), "not UTF-8"),
        ("authority;address\nوزارة;شارع".encode("cp1256"), "not UTF-8"),
        ("authority;address\nСлужба;улица".encode("cp1251"), "not UTF-8"),
        (b"", "empty"),
        (b"a;b\n1;2", "no column authority, address"),
        (b'authority,address\n"open,x\n1,2', "no CSV"),
        (b"\0\0\0\0", "not text"),
    ],
)
def test_what_is_no_table_is_refused(root: Path, tmp_path: Path, data: bytes, words: str) -> None:
    (tmp_path / "t.csv").write_bytes(data)
    with pytest.raises(FindingsError) as error:
        letters(root, replace(order(root, tmp_path / "out"), table=tmp_path / "t.csv"))
    assert words in error.value.findings[0].message


@pytest.mark.parametrize(
    "row",
    [
        "Préfecture;Rue du Château;Référence",
        "Ministère de l’Intérieur;À l’attention du ministre|Rue;x",
        "Œuvre;Grèce;à",
    ],
)
def test_a_table_of_excel_in_french_is_read_where_it_can_be_nothing_else(root: Path, tmp_path: Path, row: str) -> None:
    (tmp_path / "t.csv").write_bytes(f"authority;address;attention\n{row}\n".encode("cp1252"))
    plan = planned(root, replace(order(root, tmp_path / "out"), table=tmp_path / "t.csv"))
    (person,) = plan.people
    authority, address, attention = row.split(";")
    assert person.lines == (authority, attention, *address.split("|"))
    assert [one.rule for one in plan.findings] == ["letter-date", "recipients-encoding"]


def test_a_french_letter_is_dated_as_letters_are(root: Path, tmp_path: Path) -> None:
    """“Fait à” is for declarations and acts."""
    copy_workspace(root, tmp_path / "w")
    path = tmp_path / "w/statements/letters/letter-authorities.yml"
    dated = "place: {en: Valletta, fr: La Valette, ar: فاليتا, es: La Valeta}\ndate: 2026-12-10\n"
    path.write_text(path.read_text(encoding="utf-8") + dated, encoding="utf-8")
    document = planned(tmp_path / "w", order(tmp_path / "w", tmp_path / "out")).job.documents["fr", True, "2026-12-10"]
    assert "La Valette, le 10\u00a0décembre 2026" in [one.text for one in printed(document)]


def test_a_table_is_read_in_the_encoding_that_is_named(root: Path, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes("authority;address\nKovačić;Ulica\n".encode("cp1250"))
    asked = replace(order(root, tmp_path / "out"), table=tmp_path / "t.csv", encoding="windows-1250")
    assert [one.lines[0] for one in planned(root, asked).people] == ["Kovačić"]
    with pytest.raises(FindingsError):
        planned(root, replace(asked, encoding="utf-8"))
    assert (
        main(["-C", str(root), "letters", "letter-visit", "--to", str(tmp_path / "t.csv"), "--encoding", "klingon"])
        == 2
    )


def test_a_workbook_is_a_table_too(root: Path, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for row in (("Institution", "Adresse", "n°", "Langue"), ("Bureau", "Rue 1\n1000 Ville", 7, "français")):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(tmp_path / "t.xlsx")
    letters(root, replace(order(root, tmp_path / "out"), table=tmp_path / "t.xlsx"))
    assert (tmp_path / "out/000007-bureau.fr.docx").is_file()
    book.active["B2"] = "=1+1"  # type: ignore[index]
    book.save(tmp_path / "t.xlsx")
    with pytest.raises(FindingsError, match="1 finding"):
        letters(root, replace(order(root, tmp_path / "out"), table=tmp_path / "t.xlsx"))


def test_a_language_that_there_is_not_falls_back_as_declared(root: Path, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(
        'authority,address,language\nA,B,Portuguese\nC,D,"pt, es"\nE,F,fr-CA\n', encoding="utf-8"
    )
    asked = replace(order(root, tmp_path / "out"), table=tmp_path / "t.csv", order=("fr", "en"))
    assert letters(root, asked).fallen == {("pt", "fr"): 1}
    assert [path.name.split(".")[1] for path in sorted((tmp_path / "out").glob("*.docx"))] == ["fr", "es", "fr"]
    with pytest.raises(UsageError, match="not issued"):
        letters(root, replace(asked, order=("pt",)))


def test_recipients_of_no_language_are_counted(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "t.csv").write_text(
        "authority,address,language,place\nA,B,,X\nC,D,fr,X\nE,F,,X\nG,H,en,X\n", encoding="utf-8"
    )
    command = ["-C", str(root), "letters", "letter-visit", "--as", "malta", "-j1", "--docx"]
    assert main([*command, "--to", str(tmp_path / "t.csv"), "-o", str(tmp_path / "out")]) == 0
    assert "2 of 4 named no language and are written to in en" in capsys.readouterr().out
    (tmp_path / "u.csv").write_text("authority,address,langage,place\nA,B,fr,X\n", encoding="utf-8")
    assert main([*command, "--to", str(tmp_path / "u.csv"), "-o", str(tmp_path / "other")]) == 0
    said = capsys.readouterr()
    assert "the column “langage” is not used" in said.out + said.err
    assert "1 of 1 named no language and is written to in en" in said.out


def test_cells_that_stand_under_other_heads_make_no_letter(root: Path, tmp_path: Path) -> None:
    """An address that is not quoted parts in two, and moves what follows it: also where no cell is left over."""
    rows = ("A,2, rue X,fr,minister", 'B,"2, rue Y",fr,minister', "C,2, rue Z,fr,", "D,Street", "E, 2, rue E")
    (tmp_path / "t.csv").write_text("authority,address,language,office\n" + "\n".join(rows), encoding="utf-8")
    with pytest.raises(FindingsError) as error:
        planned(root, replace(order(root, tmp_path / "out"), table=tmp_path / "t.csv"))
    assert [one.line for one in error.value.findings if one.rule == "recipients-shape"] == [2, 4, 6]
    (tmp_path / "t.csv").write_text(
        "authority, address, language\nA, 1 Street, en\nB, Road\nC;x, y,,,\n", encoding="utf-8"
    )
    assert len(list(planned(root, replace(order(root, tmp_path / "out"), table=tmp_path / "t.csv")).people)) == 3


def test_an_id_that_stands_twice_is_said_with_all_else(root: Path, tmp_path: Path) -> None:
    rows = "7,Office 𓀀,Street,en\n07,Agency,Road,klingon\n8,Agency,Road,en\n"
    (tmp_path / "t.csv").write_text("id,authority,address,language\n" + rows, encoding="utf-8")
    asked = replace(order(root, tmp_path / "out"), table=tmp_path / "t.csv", formats=("docx", "pdf"))
    with pytest.raises(FindingsError) as error:
        planned(root, asked)
    found = [(one.line, one.rule) for one in error.value.findings]
    assert found == [(2, "no-glyph"), (3, "recipients-twice"), (3, "recipients-language"), (4, "recipients-twice")]


SPOKEN = """\
Gouverneur;m;fr;Monsieur le Gouverneur
gobernadora;f;es;Señora Gobernadora
wali;m;fr;Monsieur le Wali
محافظ;m;ar;السيد المحافظ
والي;m;ar;السيد الوالي
préfet;m;fr;Monsieur le Préfet
delegada del gobierno;f;es;Señora Delegada del Gobierno
secrétaire d’État;f;fr;Madame la Secrétaire d’État
secretary of state;m;en;Dear Secretary of State
director general;m;es;Señor Director General
directrice;f;fr;Madame la Directrice
head;f;fr;Madame
chair;f;en;Dear Madam Chair
speaker;m;en;Dear Mr Speaker
président;m;fr;Monsieur le Président"""


def test_each_office_is_spoken_to_by_its_own_title(root: Path, tmp_path: Path) -> None:
    """And where no usage is certain in a language, the table is asked for it."""
    rows = [row.split(";") for row in SPOKEN.splitlines()]
    table = "\n".join(f"Office {n};Street;{row[0]};{row[1]};{row[2]}" for n, row in enumerate(rows))
    head = "authority;address;office;gender;language\n"
    (tmp_path / "t.csv").write_text(head + table, encoding="utf-8")
    asked = replace(order(root, tmp_path / "out"), table=tmp_path / "t.csv")
    assert [one.salutation for one in planned(root, asked).people] == [row[3] for row in rows]
    uncertain = "A;B;gouverneur;m;ar\nC;D;préfet;m;ar\nE;F;wali;m;es\nG;H;secretario de estado;m;es\n"
    (tmp_path / "t.csv").write_text(head + uncertain, encoding="utf-8")
    with pytest.raises(FindingsError) as error:
        planned(root, asked)
    assert [(one.line, one.rule) for one in error.value.findings] == [(n, "recipients-salutation") for n in (2, 3, 4)]


def test_who_sends_a_letter_is_said_where_it_is_not_settled(root: Path, tmp_path: Path) -> None:
    asked = replace(order(root, tmp_path / "out", VISITS), document="letter-visit")
    asked = replace(asked, date=dt.date(2026, 12, 10))
    assert [one.message.split(";")[0] for one in planned(root, asked).findings] == [
        "each member sends letter-visit by itself"
    ]
    plan = planned(root, replace(asked, member="turkiye"))
    assert [one.rule for one in plan.findings] == ["letter-sender"]
    text = "\n".join(one.text for one in printed(plan.job.documents["en", True, "2026-12-10"]))
    assert "Ombudsman Institution of the Republic of Türkiye\nawaiting validation" in text
    assert not planned(root, replace(asked, member="malta")).findings
    with pytest.raises(UsageError, match="which office sits for belgium is open"):
        planned(root, replace(asked, member="belgium"))


def test_one_member_sends_a_letter_of_its_own_where_the_document_speaks_for_all(tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    copy_workspace(starter(), root)
    asked = order(root, tmp_path / "out", member="malta", date=dt.date(2026, 12, 10))
    plan = planned(root, asked)
    assert (plan.document, plan.findings) == ("letter-authorities-member", ())
    joint = planned(root, replace(asked, member="")).job.documents
    for language, many in {
        "en": "institutions",
        "fr": "Les institutions",
        "es": "Las instituciones",
        "ar": "المؤسسات",
    }.items():
        said = [one.text for one in printed(plan.job.documents[language, True, "2026-12-10"])]
        ours = [one.text for one in printed(joint[language, True, "2026-12-10"])]
        own = "\n".join(one for one in said if one not in ours)
        assert many in "\n".join(ours)
        assert many not in own
        assert len(said) == len(ours) - 1  # one signs, in place of two networks
    text = (root / "statements/letters/letter-authorities.yml").read_text(encoding="utf-8")
    assert "\none_member: letter-authorities-member\n" in text
    text = text.replace("\none_member: letter-authorities-member\n", "\n")
    (root / "statements/letters/letter-authorities.yml").write_text(text, encoding="utf-8")
    (found,) = planned(root, asked).findings
    assert "speaks for all, and goes out on the paper of malta alone" in found.message


def test_letters_without_a_day_are_told(root: Path, tmp_path: Path) -> None:
    asked = order(root, tmp_path / "out")
    assert [(one.rule, one.message) for one in planned(root, asked).findings] == [
        ("letter-date", "the letters carry no day")
    ]
    assert not planned(root, replace(asked, date=dt.date(2026, 12, 10))).findings
    rows = "authority,address,language,date\nA,B,en,2026-12-10\nC,D,fr,\n"
    (tmp_path / "t.csv").write_text(rows, encoding="utf-8")
    (found,) = planned(root, replace(asked, table=tmp_path / "t.csv")).findings
    assert found.message == "the letters whose row has none carry no day"


def test_a_preview_speaks_of_what_it_shows(root: Path, tmp_path: Path) -> None:
    rows = "authority,address,language\nA,B,en\nC,D,fr\nE,F,pt\nG,H,pt\n"
    (tmp_path / "t.csv").write_text(rows, encoding="utf-8")
    made = letters(root, replace(order(root, tmp_path / "out"), table=tmp_path / "t.csv", preview=True))
    assert (made.recipients, made.written, made.fallen) == (3, 3, {("pt", "en"): 1})
    assert [lines[0] for lines in made.shown] == ["[en]", "[fr]", "[en]"]


def test_the_command_makes_letters(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import pikepdf

    monkeypatch.chdir(root)
    (tmp_path / "t.csv").write_text("authority,address,office,gender,place\nBureau,Rue,maire,f,X\n", encoding="utf-8")
    arguments = ["letters", "letter-visit", "--to", str(tmp_path / "t.csv"), "-o", str(tmp_path / "out")]
    assert main([*arguments, "--as", "malta", "--merged", "--pdf"]) == 0
    assert json.loads((tmp_path / "out/.paraph-letters.jsonl").read_text().splitlines()[1])[0].endswith(".en.pdf")
    with pikepdf.open(tmp_path / "out/letters-001.pdf") as merged:
        assert len(merged.pages) % 2 == 0
    assert main([*arguments, "--as", "nowhere"]) == 2
    capsys.readouterr()
    assert main([*arguments[:-1], str(tmp_path / "out.zip"), "--as", "malta", "--docx"]) == 0
    assert capsys.readouterr().out.count("out.zip") == 1
    assert main(["letters", "joint-declaration", "--to", str(tmp_path / "t.csv")]) == 2


# --- the place of a visit ---------------------------------------------------------------------------------------------

VISIT = "authority,address,language,place\n"


def visit(root: Path, folder: Path, rows: str) -> Order:
    (folder / "t.csv").write_text(rows, encoding="utf-8")
    return replace(order(root, folder / "out"), document="letter-visit", table=folder / "t.csv", member="malta")


def said_in(path: Path) -> str:
    document = parts(path.read_bytes())["word/document.xml"].decode("utf-8")
    return " ".join(re.sub("<[^>]*>", "", document).replace("&lt;", "<").replace("&amp;", "&").split())


def test_a_letter_that_asks_for_a_visit_names_the_place(root: Path, tmp_path: Path) -> None:
    rows = "A,B,en,the camp “X”| Y.\nC,D,fr,le centre « Z »\nE,F,ar,مركز «ب»\nG,H,es,el centro «W»;\nI,J,ar,Camp (2)\n"
    letters(root, visit(root, tmp_path, VISIT + rows))
    made = [said_in(path) for path in sorted((tmp_path / "out").glob("*.docx"))]
    for text, words in zip(
        made,
        (
            "received or accommodated: the camp “X”, Y. It will come",
            "accueillis ou hébergés : le centre « Z ». Elle viendra",
            "أو يقيمون: مركز «ب». وستأتي",
            "acogidos o alojados: el centro «W». Acudirá",
            "أو يقيمون: Camp (2). وستأتي",
        ),
        strict=True,
    ):
        assert words in re.sub("[\u2066-\u2069\u200e\u200f]", "", text)


def test_a_letter_without_its_place_is_not_made(root: Path, tmp_path: Path) -> None:
    with pytest.raises(FindingsError) as error:
        planned(root, visit(root, tmp_path, "authority,address\nA,B\n"))
    assert [(one.line, one.message) for one in error.value.findings] == [
        (1, "there is no column place, and the letter names the place that it asks to visit")
    ]
    with pytest.raises(FindingsError) as error:
        planned(root, visit(root, tmp_path, f"{VISIT}A,B,en,\nC,D,en,tbd\nE,F,fr,Camp\nG,H,en,{{{{ name }}}}\n"))
    assert [(one.line, one.column, one.rule) for one in error.value.findings] == [
        (2, 4, "recipients-place"),
        (3, 4, "recipients-cell"),
        (5, 4, "recipients-cell"),
    ]


def test_who_answers_for_two_places_gets_two_letters_with_notes_of_their_own(root: Path, tmp_path: Path) -> None:
    rows = f"{VISIT}Ministry,Street,en,Camp X\nMinistry,Street,en,Camp Y\n"
    asked = visit(root, tmp_path, rows)
    letters(root, asked)
    index = tmp_path / "out/index.csv"
    text = index.read_text("utf-8-sig")
    assert text.count("Camp Y") == 1
    noted = re.sub("(Camp Y.*),,", r"\1,2026-12-01,", text)
    assert noted != text
    index.write_text(noted, encoding="utf-8-sig")
    letters(root, replace(asked, force=True))
    assert [line.split(",")[6:7] + line.split(",")[-2:] for line in index.read_text("utf-8-sig").splitlines()[1:]] == [
        ["Camp X", "", ""],
        ["Camp Y", "2026-12-01", ""],
    ]
    with pytest.raises(FindingsError) as error:
        planned(root, visit(root, tmp_path, rows.replace("Camp Y", "camp x")))
    assert [one.rule for one in error.value.findings] == ["recipients-twice"]


def test_a_place_that_no_letter_prints_is_told(root: Path, tmp_path: Path) -> None:
    asked = replace(visit(root, tmp_path, f"{VISIT}A,B,en,Camp\n"), document="letter-authorities")
    assert any("the column place is printed nowhere" in one.message for one in planned(root, asked).findings)


# --- templates of the house ------------------------------------------------------------------------------------------

RUN = '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
LOOP = (
    '<w:p><w:pPr><w:pStyle w:val="ParaphHouse"/></w:pPr>'
    + RUN.format('{% for line in names.split("\n") %}{{ loop.index }}. {{ line }} {% endfor %}')
    + RUN.format("{% if reference %}No. {{ reference }}{% else %}without a number{% endif %}")
    + "</w:p>"
)
TABLE_ROW = (
    '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="4000"/></w:tblGrid><w:tr><w:tc><w:tcPr/>'
    '<w:p><w:pPr><w:pStyle w:val="ParaphHouse"/></w:pPr><w:r><w:t>{%tr if draft %}</w:t></w:r></w:p></w:tc></w:tr>'
    '<w:tr><w:tc><w:tcPr/><w:p><w:pPr><w:pStyle w:val="ParaphHouse"/></w:pPr><w:r><w:t>{{ draft }} · {{ ref'
    'erence }}</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr/><w:p><w:pPr><w:pStyle w:val="ParaphHouse"/></w:pPr>'
    "<w:r><w:t>{%tr endif %}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
)


def restyled(job: Job, **parts_of: str) -> Job:
    """The job with a Word file whose parts have more in them, before the end of each."""
    old, made = zipfile.ZipFile(io.BytesIO(job.kit.files["word.docx"])), io.BytesIO()
    ends = {"document": "<w:sectPr", "header1": "</w:hdr>", "footer1": "</w:ftr>", "footnotes": "</w:footnotes>"}
    with zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            for part, more in parts_of.items():
                if name == f"word/{part}.xml":
                    before, end, after = text.rpartition(ends[part])
                    text = before + more + end + after
            new.writestr(name, text)
    return replace(job, kit=replace(job.kit, files={**job.kit.files, "word.docx": made.getvalue()}))


@pytest.mark.parametrize("referred", [True, False])
def test_loops_conditions_and_tables_of_a_house_are_those_of_docxtpl(job: Job, referred: bool) -> None:
    """In the body, a header and a footer; docxtpl renders the expected file anew for each recipient."""
    house = restyled(job, document=LOOP + TABLE_ROW + LOOP, header1=LOOP + TABLE_ROW + LOOP, footer1=LOOP)
    document = house.documents["en", referred, ""]
    first = {ADDRESS: "Office\nStreet", SALUTATION: "Dear All", VOCATIVE: "All", REFERENCE: "A/1" if referred else ""}
    other = {**first, ADDRESS: "{% for %}\n{{ x }}", SALUTATION: "A & B", REFERENCE: "<{{ 1 }}>" if referred else ""}
    stencil = docx_stencil(document, first, house.kit)
    expected = parts(docx.render(Edition(documents=(personal(document, other),)), house.kit))
    assert parts(stencil.letter(leaves(slotted(document), other, rtl=False)[0])) == expected
    said = expected["word/header1.xml"].decode()
    assert "No. &lt;{{ 1 }}&gt;" in said if referred else "without a number" in said


NOTE = (
    '<w:footnote w:id="7"><w:p><w:pPr><w:pStyle w:val="ParaphHouse"/></w:pPr>'
    + RUN.format("{% if reference %}Our file: ")
    + "<w:r><w:rPr><w:i/></w:rPr><w:t>{{ refer</w:t></w:r><w:r><w:rPr><w:b/><w:color w:val='FF0000'/></w:rPr>"
    "<w:t>ence }}</w:t></w:r>" + RUN.format("{% else %}No file{% endif %}") + "</w:p></w:footnote>"
)
CALL = (
    '<w:p><w:pPr><w:pStyle w:val="ParaphHouse"/></w:pPr><w:r><w:rPr><w:i/><w:u w:val="single"/></w:rPr>'
    "<w:t>Our {{ reference }}</w:t></w:r><w:r><w:footnoteReference w:id='7'/></w:r></w:p>"
)
RICH = {
    "en": "Dear *reader*, **{{ salutation }}**, see [our *site* of {{ vocative }}](https://example.org/a?b&c)"
    "[^law] & on\n\n[^law]: Convention, *article* 37, {{ salutation }} **first**.",
    "fr": "Chers *lecteurs*, **{{ salutation }}**, voir [notre *site* de {{ vocative }}](https://example.org/a?b&c)"
    "[^law] & plus\n\n[^law]: Convention, *article* 37, {{ salutation }} **d’abord**.",
}
FOOTNOTES = (
    '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:type='
    '"continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote></w:footnotes>'
)


def noted(job: Job) -> Job:
    """The job with a Word file that has footnotes, and one of the house, with tags."""
    old, made = zipfile.ZipFile(io.BytesIO(job.kit.files["word.docx"])), io.BytesIO()
    more = {
        "word/_rels/document.xml.rels": '<Relationship Id="rId907" Target="footnotes.xml" Type="http://schemas.openxml'
        'formats.org/officeDocument/2006/relationships/footnotes"/></Relationships>',
        "[Content_Types].xml": '<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.wordprocessingml.footnotes+xml"/></Types>',
    }
    with zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, text[: text.rindex(b"</")] + more[name].encode() if name in more else text)
        new.writestr("word/footnotes.xml", FOOTNOTES)
    house = replace(job, kit=replace(job.kit, files={**job.kit.files, "word.docx": made.getvalue()}))
    return restyled(house, document=CALL, footnotes=NOTE)


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Job:
    """A letter whose clauses have emphasis, links and footnotes around and on a recipient's words."""
    root = tmp_path_factory.mktemp("rich") / "workspace"
    copy_workspace(starter(), root)
    given = "values: {salutation: text, vocative: text}\n"
    desk(
        root,
        {
            **clause("hello", "{{ salutation }}", "{{ salutation }}", "salutation", "values: {salutation: text}\n"),
            **clause("rich", RICH["en"], RICH["fr"], "paragraph", given),
            "statements/letters/letter-rich.yml": LETTER.replace("id: rehearsal", "id: letter-rich")
            .replace("[detention, schooling]", "[rich]")
            .replace("sections:", '  vocative: {en: All, fr: "Madame, Monsieur"}\nsections:'),
        },
    )
    return planned(root, replace(order(root, root / "out"), document="letter-rich")).job


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("referred", [True, False])
def test_footnotes_and_rich_text_are_those_of_docxtpl(rich: Job, language: str, referred: bool) -> None:
    """Of clauses, whose notes hold a recipient's words too, and of a house, whose note has tags in formatted runs."""
    house = noted(rich)
    first = {ADDRESS: "Office\nStreet", SALUTATION: "All", VOCATIVE: "You", REFERENCE: "A/1" if referred else ""}
    other = {**first, SALUTATION: "{{ A }} *&* <B>", VOCATIVE: "[^law]", REFERENCE: "{% x %}" if referred else ""}
    document = house.documents[language, referred, ""]
    stencil = docx_stencil(document, first, house.kit)
    words = leaves(slotted(document), other, rtl=False)[0]
    edition = Edition(documents=(personal(document, other),))
    expected = parts(docx.render(edition, house.kit))
    assert parts(stencil.letter(words)) == expected
    assert stencil.proves(stencil.letter(words), words)
    notes = "".join(re.findall("<w:t[ >][^<]*", expected["word/footnotes.xml"].decode()))
    assert "{{ A }} *&amp;* &lt;B&gt;" in notes
    assert ("{% x %}" in notes and "Our file" in notes) if referred else "No file" in notes
    own = pdf_stencil(document, first, rich.kit)
    assert own.letter(words) == pdf.render(edition, rich.kit)
    assert own.proves(own.letter(words), words)


SHIPPED = [(name, language) for name in ("letter-authorities", "letter-visit") for language in ("en", "fr", "ar", "es")]


@pytest.mark.parametrize(("name", "language"), [*SHIPPED, ("rich", "en"), ("rich", "fr")])
def test_letters_are_what_docxtpl_makes_as_its_documentation_says(
    root: Path, rich: Job, name: str, language: str
) -> None:
    """A template with a tag at each of the recipient's words, given to docxtpl alone: canonical XML, part by part."""
    from docxtpl import DocxTemplate
    from lxml import etree

    own = (
        rich
        if name == "rich"
        else planned(root, replace(order(root, root / "out", TABLES.get(name, TABLE)), document=name)).job
    )
    document = own.documents[language, True, ""]
    first = {ADDRESS: "Office\nStreet", SALUTATION: "Dear All", VOCATIVE: "All", REFERENCE: "AB", PLACE: "A camp"}
    other = {ADDRESS: "A & B\nRoad", SALUTATION: "<Madam>", VOCATIVE: "Reader", REFERENCE: "CD", PLACE: "B & <C>"}
    if language == "ar":
        first |= {ADDRESS: "مكتب\nشارع", SALUTATION: "السيدة الفاضلة", VOCATIVE: "حضرتكم", PLACE: "مخيم"}
        other |= {ADDRESS: "وزارة & مكتب\nطريق", SALUTATION: "<السيد>", VOCATIVE: "حضرة السيد", PLACE: "مركز & <ب>"}
    template = io.BytesIO()
    with zipfile.ZipFile(template, "w") as new:
        for part, data in parts(docx.render(Edition(documents=(marked(document, first)[0],)), own.kit)).items():
            new.writestr(part, re.sub(rb"\(?zq([0-9]{5})zq", rb"{{ w\1 }}", data))
    words, shape = leaves(slotted(document), other, rtl=language == "ar")
    assert shape == leaves(slotted(document), first, rtl=language == "ar")[1]
    filled, made = DocxTemplate(template), io.BytesIO()
    filled.render({f"w{number:05}": word for number, word in enumerate(words)}, autoescape=True)
    filled.save(made)
    theirs, ours = parts(made.getvalue()), parts(docx_stencil(document, first, own.kit).letter(words))
    compared = [part for part in ours if re.fullmatch(r"word/(document|footnotes|header\d|footer\d)\.xml", part)]
    assert "word/document.xml" in compared
    for part in compared:
        one, two = (etree.tostring(etree.fromstring(each[part]), method="c14n") for each in (theirs, ours))
        assert one == two, part


@pytest.mark.parametrize(
    "tag", ["{{ reference|upper }}", '{% if reference == "A/1" %}x{% endif %}', "{{ reference[0] }}"]
)
def test_a_template_that_looks_at_one_recipient_makes_no_letters(job: Job, tag: str) -> None:
    house = restyled(job, header1=LOOP.replace("{{ reference }}", tag))
    values = {ADDRESS: "Office\nStreet", SALUTATION: "Dear All", VOCATIVE: "All", REFERENCE: "B/2"}
    with pytest.raises(BrokenError, match=r"reference|something else"):
        docx_stencil(house.documents["en", True, ""], values, house.kit)
