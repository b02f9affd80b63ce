"""Word files whose every word is as released, with other numbers, other paragraphs, notes elsewhere. Rehearsals all."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from desk import clause
from paraph.ooxml.reading.numbers import written
from paraph.proof import docx, odt
from paraph.workflow.releases.verify import Verified, verify
from rehearsal import FILES
from test_verify import Released, adopted, in_zip, read_here

SOFFICE = shutil.which("soffice")
DOCUMENT, NUMBERING, SETTINGS = "word/document.xml", "word/numbering.xml", "word/settings.xml"
EDITIONS = ("rehearsal.en.docx", "rehearsal.en-fr.docx")
ITEMS = "\n\n1. apples\n2. bread\n3. chalk\n\n[^1]: Article {}"
CALLS = {
    path: text
    for word, number in (("hear", 12), ("house", 27), ("heal", 24))
    for path, text in clause(
        word,
        f"to {word} each child[^1] with" + ITEMS.format(number),
        f"de faire cela ({word}) pour tout enfant[^1] avec" + ITEMS.format(number),
    ).items()
}
SECTION = """\
  - id: t
    style: bullets
    heading: {en: To all, fr: À tous}
    chapeau: {en: They, fr: Elles}
    clauses: [hear, house, heal]
"""


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Released:
    """A rehearsal with three footnotes and lists within a list, in the formats that Word and LibreOffice save."""
    root = tmp_path_factory.mktemp("released")
    place = "statements/statements/rehearsal.yml"
    files = {**FILES, **CALLS, place: FILES[place] + SECTION}
    with adopted(root, files) as rehearsal:
        rehearsal.does("release rehearsal -f docx -f odt -f html -f md --reference AOM/2026/7")
    return Released(root, root / "releases/AOM-2026-7")


def put(part: str, pattern: str, by: str, count: int = 0) -> Callable[[bytes], bytes]:
    """A part with what matches `pattern` replaced, `count` times or wherever it stands."""

    def change(data: bytes) -> bytes:
        def one(name: str, member: bytes) -> bytes:
            if name != part:
                return member
            made, times = re.subn(pattern, by, member.decode(), count=count, flags=re.DOTALL)
            assert times, pattern
            return made.encode()

        return in_zip(data, one)

    return change


SIGN = r'<w:r>(?:(?!</w:r>).)*?<w:footnoteReference[^>]*w:id="2"/>(?:(?!</w:r>).)*</w:r>'
BREAK = r"</w:p><w:p>(?:<w:pPr>(?:(?!</w:pPr>).)*</w:pPr>)?"


def sign_moved(data: bytes) -> bytes:
    """The sign of the second note, behind the last word of the list before it."""

    def one(name: str, member: bytes) -> bytes:
        if name != DOCUMENT:
            return member
        text = member.decode()
        found = re.search(SIGN, text, re.DOTALL)
        assert found
        text = text.replace(found[0], "", 1)
        at = text.index("</w:p>", text.index("chalk"))
        return (text[:at] + found[0] + text[at:]).encode()

    return in_zip(data, one)


def signs_exchanged(data: bytes) -> bytes:
    to_third = put(DOCUMENT, r'(<w:footnoteReference[^>]*w:id=")2"', r'\g<1>x"')(data)
    to_second = put(DOCUMENT, r'(<w:footnoteReference[^>]*w:id=")3"', r'\g<1>2"')(to_third)
    return put(DOCUMENT, r'(<w:footnoteReference[^>]*w:id=")x"', r'\g<1>3"')(to_second)


SECTION_PR = r"<w:sectPr([^>]*)>"
SET = r"(lowerLetter.*?</w:pPr>)(?:<w:rPr>.*?</w:rPr>)?"
ALTERED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "a note taken away": (put(DOCUMENT, SIGN, ""), "child[-[2]-] with"),
    "a note taken away, its sign typed": (
        put(DOCUMENT, SIGN, "<w:r><w:t>2</w:t></w:r>"),
        "it holds a note to which no sign in the text leads",
    ),
    "a note moved": (sign_moved, "{+[2]+}"),
    "notes exchanged": (signs_exchanged, "[2] Article [-27-]{+24+}"),
    "two signs of one note": (
        put(DOCUMENT, r'(<w:footnoteReference[^>]*w:id=")3"', r'\g<1>2"'),
        "[3] Article [-24-]{+27+}",
    ),
    "a note with a sign of its own": (
        put(DOCUMENT, r'(<w:footnoteReference) ([^>]*w:id="2"/>)', r'\1 w:customMarkFollows="1" \2'),
        "child[[-2-]{+*+}] with",
    ),
    "notes from the fifth, in Roman numbers": (
        put(
            DOCUMENT,
            SECTION_PR,
            r'<w:sectPr\1><w:footnotePr><w:numFmt w:val="lowerRoman"/><w:numStart w:val="5"/></w:footnotePr>',
        ),
        "child[[-1-]{+v+}] with",
    ),
    "notes from the ninth": (
        put(SETTINGS, "</w:footnotePr>", r'<w:numStart w:val="9"/>\g<0>'),
        "child[[-1-]{+9+}] with",
    ),
    "notes counted on each page": (
        put(SETTINGS, "</w:footnotePr>", r'<w:numRestart w:val="eachPage"/>\g<0>'),
        "it holds notes that are counted anew",
    ),
    "lists from the fourth letter": (
        put(NUMBERING, '<w:start w:val="1"/>', '<w:start w:val="4"/>'),
        "([-a-]{+d+}) apples",
    ),
    "lists from the thousandth": (
        put(NUMBERING, r'<w:start w:val="1"/>(<w:numFmt w:val=")lowerLetter', r'<w:start w:val="1000"/>\1decimal'),
        "([-a-]{+1000+}) apples",
    ),
    "figures for letters": (put(NUMBERING, "lowerLetter", "decimal"), "([-a-]{+1+}) apples"),
    "figures of another kind": (put(NUMBERING, "lowerLetter", "decimalZero"), "([-a-]{+1 decimalZero+}) apples"),
    "no numbers": (put(NUMBERING, "lowerLetter", "none"), "([-a-]) apples"),
    "other signs around letters": (put(NUMBERING, r"\(%2\)", "%2."), "a[-)-]{+.+} apples"),
    "a number in place of a bullet": (
        put(NUMBERING, r'bullet"/><w:lvlText w:val="•"/>', 'decimal"/><w:lvlText w:val="%1."/>'),
        "[-•-]{+1.+} to hear",
    ),
    "numbers hidden": (
        put(NUMBERING, SET, r"\1<w:rPr><w:vanish/></w:rPr>", 1),
        "it holds numbers of a list that nobody can see",
    ),
    "numbers in white": (
        put(NUMBERING, SET, r'\1<w:rPr><w:color w:val="FDFDFD"/></w:rPr>', 1),
        "it holds numbers of a list that nobody can see",
    ),
    "an item a level higher": (put(DOCUMENT, '<w:ilvl w:val="1"/>', '<w:ilvl w:val="0"/>', 1), "apples"),
    "lists that are none": (put(DOCUMENT, r"<w:numPr>.*?</w:numPr>", ""), "[-(a) -]apples"),
    "paragraphs run together": (
        put(DOCUMENT, f"(To all</w:t></w:r>){BREAK}", r'\1<w:r><w:t xml:space="preserve"> </w:t></w:r>', 1),
        "paragraphs are set apart otherwise: To all They:",
    ),
}  # fmt: skip

OTHER_NUMBER = "it holds the number of a note in a field that Word fills with another"
BESIDE: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "the second sign of a note led to another": (put(DOCUMENT, "(NOTEREF _paraph_note_)2", r"\g<1>3"), OTHER_NUMBER),
    "the second sign of a note led nowhere": (put(DOCUMENT, "(NOTEREF )_paraph_note_2", r"\1nowhere"), OTHER_NUMBER),
    "where the note stands in place of its number": (
        put(DOCUMENT, r"(NOTEREF _paraph_note_2 \\f) \\h", r"\1 \\p"),
        OTHER_NUMBER,
    ),
    "the mark of a call on another": (put(DOCUMENT, '"_paraph_note_2"', '"_paraph_note_4"'), OTHER_NUMBER),
    "a note numbered as another in the second language": (
        put("word/footnotes.xml", "(NOTEREF _paraph_note_)2", r"\g<1>3"),
        OTHER_NUMBER,
    ),
    "another number in the second column": (
        put(DOCUMENT, r"(NOTEREF _paraph_note_2 .*?<w:t[^>]*>)2<", r"\g<1>3<"),
        "[-enfant2-]{+enfant3+} avec",
    ),
}  # fmt: skip
"""Of the edition in two languages, where a field repeats the number of each note."""


@pytest.fixture(scope="module")
def found(released: Released, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Verified]:
    folder, paths = tmp_path_factory.mktemp("copies"), []
    for number, (what, (change, _)) in enumerate((ALTERED | BESIDE).items()):
        paths.append(folder / f"{number}.docx")
        paths[-1].write_bytes(change(released.bytes(EDITIONS[what in BESIDE])))
    with read_here():
        return dict(zip(ALTERED | BESIDE, verify(released.root, paths), strict=True))


@pytest.mark.parametrize("what", ALTERED | BESIDE)
def test_numbers_notes_and_paragraphs_are_told(found: dict[str, Verified], what: str) -> None:
    one, (_, said) = found[what], (ALTERED | BESIDE)[what]
    assert (one.verdict, one.edition) == ("altered", EDITIONS[what in BESIDE]), one
    assert said in "\n".join(one.changes), one.changes


BOOKMARK = r'(<w:bookmarkStart [^>]*"_paraph_note_2"/>)(<w:r>.*?</w:r>)(<w:bookmarkEnd [^>]*/>)'


@pytest.mark.parametrize("by", [r"\1\3\2", r"\1\3<w:r><w:t> </w:t></w:r>\2", r"\1<w:r><w:t> </w:t></w:r>\3\2"])
def test_a_bookmark_that_holds_no_sign_is_that_of_the_next(released: Released, tmp_path: Path, by: str) -> None:
    """As LibreOffice writes it where a note ends a paragraph."""
    made = put(DOCUMENT, BOOKMARK, by, 1)(released.bytes(EDITIONS[1]))
    assert OTHER_NUMBER not in [f"it holds {one}" for one in docx.read(made).oddities]
    other = put(DOCUMENT, "NOTEREF _paraph_note_2", "NOTEREF _paraph_note_3")(made)
    assert OTHER_NUMBER in [f"it holds {one}" for one in docx.read(other).oddities]


def test_a_word_file_is_read_as_it_is_seen(released: Released) -> None:
    outline = docx.read(released.bytes("rehearsal.en.docx")).outline
    at = outline.index("• to hear each child[1] with:")
    assert outline[at + 1 : at + 4] == ("(a) apples;", "(b) bread;", "(c) chalk;")
    assert outline[-3:] == ("[1] Article 12", "[2] Article 27", "[3] Article 24")


@pytest.mark.parametrize(
    ("kind", "as_written"),
    [("lowerRoman", "xiv"), ("upperLetter", "N"), ("none", ""), ("decimal", "14"), ("ordinal", "14 ordinal")],
)
def test_a_number_is_written_as_word_does(kind: str, as_written: str) -> None:
    assert written(14, kind) == as_written


def level(number: int, **more: str) -> str:
    said = {"style_num-format": "1", "style_num-suffix": "."} | {
        key.replace("__", "-"): one for key, one in more.items()
    }
    given = "".join(f' {key.replace("_", ":", 1)}="{one}"' for key, one in said.items())
    return f'<text:list-level-style-number text:level="{number}"{given}/>'


def style(name: str, *levels: str) -> str:
    return f'<text:list-style style:name="{name}">{"".join(levels)}</text:list-style>'


def listed(*items: str, of: str = "", more: str = "") -> str:
    named = f' text:style-name="{of}"' if of else ""
    return f"<text:list{named}{more}>{''.join(items)}</text:list>"


def item(*inside: str, more: str = "") -> str:
    said = "".join(one if one.startswith("<") else f"<text:p>{one}</text:p>" for one in inside)
    return f"<text:list-item{more}>{said}</text:list-item>"


STYLES = (
    style(
        "LX",
        level(1),
        level(2, style_num__format="a", style_num__prefix="(", style_num__suffix=")"),
        level(3, text_display__levels="3"),
    ),
    style("LA", level(1, style_num__format="A", text_start__value="25"), level(2, style_num__format="i")),
    style("LS", level(1, style_num__format="A", text_start__value="26", style_num__letter__sync="true")),
    style("LF", level(1, style_num__format="A", text_start__value="53")),
)
LISTS = (
    listed(
        item("w1"),
        item("w2", "w3"),
        item("w4", listed(item("w5"), item("w6"))),
        item("w7", listed(item("w8"))),
        of="LX",
    ),
    listed(item("w9"), of="LX"),
    listed(item("w10"), of="LX", more=' text:continue-numbering="true"'),
    listed(item("w11"), item("w12"), item("w13"), of="LA", more=' xml:id="A1"'),
    listed(item("w14"), of="LX", more=' text:continue-numbering="true"'),
    listed(item("w15"), of="LA", more=' text:continue-list="A1"'),
    listed(item(listed(item("w16"), item("w17"))), of="LX", more=' xml:id="B1"'),
    listed(item(listed(item("w18"))), of="LX", more=' text:continue-list="B1"'),
    listed(
        item("w19"),
        item("w20", more=' text:start-value="7"'),
        item("w21", listed(item("w22", listed(item("w23"), item("w24"))))),
        of="LX",
    ),
    listed(item("w25"), item("w26"), of="LS"),
    listed(item("w27"), item("w28"), of="LF"),
    listed(item("w29", listed(item("w30"), item("w31"))), item("w32"), of="LA"),
    listed(item(listed(item("w33"))), item("w34"), item(listed(item("w35"))), of="LX"),
    listed(item("w36"), item(listed(item("w37"))), item(listed(item("w38"))), item("w39"), of="LX"),
    listed(item("w40"), of="LX", more=' text:continue-list="nowhere"'),
)  # fmt: skip


def with_lists(data: bytes, styles: str, lists: str) -> bytes:
    named = put("content.xml", "</office:automatic-styles>", f"{styles}</office:automatic-styles>")(data)
    return put("content.xml", "</office:text>", f"{lists}</office:text>")(named)


@pytest.mark.skipif(not (SOFFICE or os.environ.get("CI")), reason="LibreOffice is not installed")
def test_lists_of_an_odt_are_counted_as_libreoffice_does(released: Released, tmp_path: Path) -> None:
    made = with_lists(released.bytes("rehearsal.en.odt"), "".join(STYLES), "".join(LISTS))
    (tmp_path / "lists.odt").write_bytes(made)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "lists.odt"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=240)
    shown = [line.strip() for line in (tmp_path / "lists.txt").read_text(encoding="utf-8-sig").splitlines()]
    ours = odt.read(made)
    assert [one for one in ours.outline if re.search(r"w\d+$", one)] == [
        one for one in shown if re.search(r"w\d+$", one)
    ]
    assert sum(1 for one in shown if re.search(r"w\d+$", one)) == 40
    assert not ours.oddities


def test_arabic_letters_of_a_list_of_an_odt(released: Released) -> None:
    """As LibreOffice calls what Word has as “arabicAbjad”."""
    styles = style("AR", level(1, style_num__format="ا, ب, ج, ...", style_num__prefix="(", style_num__suffix=")"))
    lists = listed(*map(item, ("x1", "x2", "x3", "x4")), of="AR")
    found = odt.read(with_lists(released.bytes("rehearsal.en.odt"), styles, lists))
    assert not found.oddities
    assert [one for one in found.outline if re.search(r"x\d$", one)] == ["(أ) x1", "(ب) x2", "(ج) x3", "(د) x4"]


WHITE = '<style:text-properties fo:color="#ffffff"/>'
OTHERWISE = "numbers of a list that programs count each in its own way"
UNCERTAIN: dict[str, tuple[str, str, str]] = {
    "a list of no style": ("", listed(item("x"), of="nowhere"), OTHERWISE),
    "a list of another style in one": ("".join(STYLES), listed(item(listed(item("x"), of="LA")), of="LX"), OTHERWISE),
    "words after a list in an item": ("".join(STYLES), listed(item(listed(item("x")), "y"), of="LX"), OTHERWISE),
    "two ways to write a number": (
        style("X", level(1, text_display__levels="1", style_num__suffix=".").replace("/>", ' xmlns:l="urn:org:'
        'documentfoundation:names:experimental:office:xmlns:loext:1.0" l:num-list-format="%1%%1%"/>')),
        listed(item("x"), of="X"),
        OTHERWISE,
    ),
    "a paragraph that its style numbers": (
        STYLES[0] + '<style:style style:name="N" style:family="paragraph" style:list-style-name="LX"/>',
        '<text:p text:style-name="N">x</text:p>',
        "a paragraph that its style may number",
    ),
    "numbers in white": (
        style("X", level(1).replace("/>", f">{WHITE}</text:list-level-style-number>")),
        "",
        "numbers of a list that nobody can see",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", UNCERTAIN)
def test_what_a_list_of_an_odt_may_show_otherwise(released: Released, what: str) -> None:
    styles, lists, told = UNCERTAIN[what]
    data = released.bytes("rehearsal.en.odt")
    assert not odt.read(data).oddities
    assert told in odt.read(with_lists(data, styles, lists)).oddities


IN_STYLES = "styles.xml"
OUTLINE = r"<text:outline-style.*?</text:outline-style>"
HEADED = '<text:outline-style style:name="Outline"><text:outline-level-style text:level="2" style:num-format="A"/>'
SAVED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "lists from the fourth letter": (
        put(IN_STYLES, 'style:num-format="a"', r'\g<0> text:start-value="4"'),
        "([-a-]{+d+}) apples",
    ),
    "letters that say a word": (
        put(IN_STYLES, r'(\(%2%)\)("[^>]*)style:num-format="a"', r'\1)\2style:num-format="A" text:start-value="379"'),
        "apples",
    ),
    "figures for letters": (put(IN_STYLES, 'style:num-format="a"', 'style:num-format="1"'), "([-a-]{+1+}) apples"),
    "another sign for a bullet": (put(IN_STYLES, 'bullet-char="•"', 'bullet-char="¬"'), "[-•-]{+¬+} to hear"),
    "an item of another number": (
        put("content.xml", r"(<text:list><text:list-item)>", r'\1 text:start-value="9">'),
        "([-a-]{+i+}) apples",
    ),
    "a list that is none": (
        put("content.xml", r"</?text:list(?:-item)?(?: [^>]*)?>", ""),
        "apples",
    ),
    "headings with numbers": (
        put(IN_STYLES, OUTLINE, f"{HEADED}</text:outline-style>"),
        "headings that a program numbers",
    ),
}  # fmt: skip
"""Of the Word file that LibreOffice saved as ODT."""


@pytest.mark.skipif(not (SOFFICE or os.environ.get("CI")), reason="LibreOffice is not installed")
def test_saved_again_with_its_lists_and_notes(released: Released, tmp_path: Path) -> None:
    """The same words where nothing was changed, in Word’s format and in that of LibreOffice; what was changed before is
    told all the same."""
    before = ("a note moved", "lists from the fourth letter", "figures for letters")
    (tmp_path / "beside.docx").write_bytes(released.bytes(EDITIONS[1]))
    for language in ("en", "fr"):
        (tmp_path / f"{language}.docx").write_bytes(released.bytes(f"rehearsal.{language}.docx"))
        (tmp_path / f"{language}-own.odt").write_bytes(released.bytes(f"rehearsal.{language}.odt"))
    for number, what in enumerate(before):
        (tmp_path / f"changed{number}.docx").write_bytes(ALTERED[what][0](released.bytes("rehearsal.en.docx")))
    for number, (change, _) in enumerate(BESIDE.values(), len(before)):
        (tmp_path / f"changed{number}.docx").write_bytes(change(released.bytes(EDITIONS[1])))
    before = (*before, *BESIDE)
    changed = [f"changed{number}.docx" for number in range(len(before))]
    said = [(ALTERED | BESIDE)[what][1] for what in before]
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for to, sources in (
        ("docx", ["en.docx", "fr.docx", "beside.docx", *changed]),
        ("odt", ["en.docx", "fr.docx", "beside.docx", "en-own.odt", "fr-own.odt"]),
    ):
        command = [str(SOFFICE), profile, "--headless", "--convert-to", to, "--outdir", "made", *sources]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=240)
    honest = ["en.docx", "fr.docx", "beside.docx", "en.odt", "fr.odt", "beside.odt", "en-own.odt", "fr-own.odt"]
    for number, (change, told) in enumerate(SAVED.values()):
        changed.append(f"saved{number}.odt")
        (tmp_path / "made" / changed[-1]).write_bytes(change((tmp_path / "made/en.odt").read_bytes()))
        said.append(told)
    with read_here():
        found = verify(released.root, [tmp_path / "made" / name for name in (*honest, *changed)])
    assert {one.path.name: str(one.verdict) for one in found} == {
        **dict.fromkeys(honest, "same-words"),
        **dict.fromkeys(changed, "altered"),
    }, found
    for one, told in zip(found[len(honest) :], said, strict=True):
        assert told in "\n".join(one.changes), one
