"""Word files that one program shows as they were released, and another with other words. Rehearsals all."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from functools import reduce
from pathlib import Path

import pytest

from paraph.workflow.releases.verify import Verified, verify
from rehearsal import FILES
from test_verify import Released, adopted, in_zip, read_here
from test_verify_lists_and_notes import CALLS, DOCUMENT, NUMBERING, SECTION, SET, SETTINGS, put

SOFFICE = shutil.which("soffice")
STYLES, THEME, NOTES = "word/styles.xml", "word/theme/theme1.xml", "word/footnotes.xml"
ROOT, RELATED = "_rels/.rels", "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
DRAWING, STRICT_DRAWING = (
    "http://schemas.openxmlformats.org/drawingml/2006/main",
    "http://purl.oclc.org/ooxml/drawingml/m",
)
EITHER = '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
EDITION = "rehearsal.en.docx"
Change = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Released:
    """A rehearsal with footnotes and lists within a list."""
    root = tmp_path_factory.mktemp("released")
    place = "statements/statements/rehearsal.yml"
    files = {**FILES, **CALLS, place: FILES[place] + SECTION}
    with adopted(root, files) as rehearsal:
        rehearsal.does("release rehearsal -f docx --reference AOM/2026/7")
    return Released(root, root / "releases/AOM-2026-7")


def together(*changes: Change) -> Change:
    return lambda data: reduce(lambda made, change: change(made), changes, data)


def copied(part: str, to: str, pattern: str, by: str) -> Change:
    """A changed copy of a part beside it."""

    def change(data: bytes) -> bytes:
        made = io.BytesIO(data)
        with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive:
            text, times = re.subn(pattern, by, archive.read(part).decode(), count=1, flags=re.DOTALL)
            assert times, pattern
            archive.writestr(to, text)
        return made.getvalue()

    return change


def related(
    kind: str, target: str, *, mode: str = "", in_: str = RELATED, known_as: str = "rIdX", first: bool
) -> Change:
    one = f'<Relationship Id="{known_as}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
    place = r"(?=<Relationship )" if first else "(?=</Relationships>)"
    return put(in_, place, one, 1)


def renamed(kind: str, in_: str = RELATED) -> Change:
    """A relationship of a type that nobody knows, with the last name of one that everybody does."""
    return put(in_, f'"{OFFICE}/{kind}"', f'"http://x.example/{kind}"')


def in_utf16(part: str) -> Change:
    def one(name: str, member: bytes) -> bytes:
        return member.decode().replace("'UTF-8'", "'UTF-16'").encode("utf-16") if name == part else member

    return lambda data: in_zip(data, one)


def after(part: str, element: str, more: str) -> Change:
    """Something behind the first element of a name that is empty."""
    return put(part, rf"<w:{element}\b[^>]*/>", rf"\g<0>{more}", 1)


def style(id_: str, named: str, says: str, kind: str = "paragraph", more: str = "") -> Change:
    made = f'<w:style w:type="{kind}" w:customStyle="1" w:styleId="{id_}"><w:name w:val="{named}"/>{more}'
    return put(STYLES, "</w:styles>", f"{made}<w:rPr>{says}</w:rPr></w:style></w:styles>")


def based(on: str) -> str:
    return f'<w:basedOn w:val="{on}"/>'


STRUCK, UNSEEN, WHITE = "<w:strike/>", "<w:vanish/>", '<w:color w:val="FFFFFF"/>'
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
IN_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/mai"
EMPHASIS = r'(w:styleId="Emphasis">(?:(?!</w:style>).)*?<w:rPr>)'
STRUCK_ALL = f"<w:rPrDefault><w:rPr>{STRUCK}</w:rPr></w:rPrDefault>"
SPELT = put(STYLES, MAIN, f"{IN_STRICT}&#110;")
EXTERNAL = ' TargetMode="External"'
STRUCK_STYLES = copied(STYLES, "word/st2.xml", "<w:rPrDefault><w:rPr>", rf"\g<0>{STRUCK}")
WORDS = copied(DOCUMENT, "word/other.xml", " is detained", " is retained")
IN_NOBODY = '<x:y xmlns:x="urn:x"><w:lvlText w:val="N-o: "/></x:y>'
IN_ROMAN = '<w:lvl w:ilvl="1"><w:numFmt w:val="upperRoman"/></w:lvl>'
BY_ID = f'<w:style w:styleId="Default Paragraph Style"><w:rPr>{STRUCK}</w:rPr></w:style>'
LETTERS = r'(<w:numFmt w:val="lowerLetter"/>)(<w:lvlText [^>]*/>)'
ON_NONE = r'(w:styleId="Heading2"><w:name [^>]*/>)<w:basedOn [^>]*/>'


def numbered(*said: str) -> Change:
    """Prose in a list."""
    return put(DOCUMENT, '(<w:pStyle w:val="ParaphProse"/>)', rf"\1<w:numPr>{''.join(said)}</w:numPr>")


NUMBERED = numbered('<w:ilvl w:val="0"/>', '<w:numId w:val="77"/>')
MARK = r'(<w:pStyle w:val="ParaphItem"/><w:numPr>.*?</w:numPr>(?:(?!</w:pPr>).)*?<w:rPr>)'
FOOTER = r'Id="(\w+)" Type="[^"]*/footer" Target="(\w+\.xml)"'


def list_of(*words: str) -> Change:
    """A list with so many texts of its number."""
    level = "".join(f'<w:lvlText w:val="{one}"/>' for one in words)
    level = f'<w:lvl w:ilvl="0"><w:numFmt w:val="none"/>{level}</w:lvl>'
    made = f'<w:abstractNum w:abstractNumId="77">{level}</w:abstractNum>'
    return together(
        put(NUMBERING, "(?=<w:num )", made, 1),
        put(NUMBERING, "</w:numbering>", r'<w:num w:numId="77"><w:abstractNumId w:val="77"/></w:num>\g<0>'),
    )


def marked(says: str) -> Change:
    """The marks of the paragraphs of a list in a style of their own."""
    return together(style("Own", "Own", says, "character"), put(DOCUMENT, MARK, r'\1<w:rStyle w:val="Own"/>'))


def foot_again(data: bytes) -> bytes:
    """A second relationship of the id of a foot of a page, to another."""
    found = re.search(FOOTER, zipfile.ZipFile(io.BytesIO(data)).read(RELATED).decode())
    assert found
    return together(
        copied(f"word/{found[2]}", "word/footer9.xml", "AOM/2026/7", "AOM/2026/8"),
        related("footer", "footer9.xml", known_as=found[1], first=True),
    )(data)


def foot_twice(data: bytes) -> bytes:
    """A second foot of the same pages, before the one released."""
    found = re.search(FOOTER, zipfile.ZipFile(io.BytesIO(data)).read(RELATED).decode())
    assert found
    return together(
        copied(f"word/{found[2]}", "word/footer9.xml", "AOM/2026/7", "AOM/2026/8"),
        related("footer", "footer9.xml", first=False),
        put(DOCUMENT, rf'<w:footerReference [^>]*r:id="{found[1]}"[^>]*/>', r"\g<0>\g<0>"),
        put(DOCUMENT, rf'(<w:footerReference [^>]*r:id="){found[1]}("[^>]*/>)(?=<w:footerReference)', r"\1rIdX\2", 1),
    )(data)


PROSE, IT = r'<w:p><w:pPr><w:pStyle w:val="ParaphProse"/>(?:(?!</w:p>).)*</w:p>', r"\g<0>"
OWN = "<w:p><w:r><w:t>NOT ADOPTED</w:t></w:r></w:p>"
EXACT = (
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Own"><w:name w:val="Own"/><w:pPr><w:spacing '
    'w:line="1200" w:lineRule="exact"/></w:pPr></w:style>'
)
HEIGHT = '<w:trHeight w:val="{}" w:hRule="atLeast"/>'
NO_NUMBER = "it holds a note without its number"
ITS_RUN = r"(<w:r><w:rPr><w:rStyle [^>]*/>)(?=(?:(?!</w:r>).)*<w:footnoteRef/>)"
ITS_SIGN = r"(<w:r><w:rPr><w:rStyle [^>]*/>)(?=(?:(?!</w:r>).)*<w:footnoteReference )"


def table(*rows: tuple[str, str], cell: str = "") -> Change:
    """A table before the prose, or around it, its rows by what is said of them and what stands in them."""
    width = f'<w:tcPr><w:tcW w:w="8000" w:type="dxa"/>{cell}</w:tcPr>'
    made = "".join(f"<w:tr><w:trPr>{says}</w:trPr><w:tc>{width}{one}</w:tc></w:tr>" for says, one in rows)
    about = '<w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid><w:gridCol w:w="8000"/></w:tblGrid>'
    return put(DOCUMENT, PROSE, rf"<w:tbl>{about}{made}</w:tbl>" + ("" if IT in made else IT), 1)


def said_of_words(says: str) -> Change:
    """Of the words that are set off."""
    return put(DOCUMENT, '(<w:rStyle w:val="Emphasis"/>)', rf"\1{says}")


def gap(by: str) -> Change:
    """Another gap before the words that are detained."""
    return put(DOCUMENT, " detained", f"</w:t></w:r><w:r>{by}</w:r><w:r><w:t>detained", 1)


def footed(code: str) -> Change:
    """Another code of the field that counts pages."""

    def one(name: str, member: bytes) -> bytes:
        return member.replace(b" PAGE ", code.encode()) if name.startswith("word/footer") else member

    return lambda data: in_zip(data, one)


ELSEWHERE, TWICE = "says of its {} that it is elsewhere", "it holds properties that stand twice"
OF_STYLES = "The styles of the Word file have properties that stand twice"
ONE = "it holds two styles that programs take for one ({})"
NUMBER = "{+(struck out, or not to be seen) +}apples"
SETS = (
    '<w14:stylisticSets xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">'
    '<w14:styleSet w14:id="1"/><w14:styleSet w14:id="2"/></w14:stylisticSets>'
)
READ_OTHERWISE: dict[str, tuple[Change, str]] = {
    "a text said to be outside": (
        together(
            WORDS,
            renamed("officeDocument", ROOT),
            related("officeDocument", "word/other.xml", mode=EXTERNAL, in_=ROOT, first=False),
        ),
        ELSEWHERE.format("officeDocument"),
    ),
    "a text of a type that nobody knows": (
        together(
            WORDS,
            renamed("officeDocument", ROOT),
            related("officeDocument", "word/other.xml", in_=ROOT, first=False),
        ),
        "{+retained+}",
    ),
    "styles said to be outside": (
        together(STRUCK_STYLES, renamed("styles"), related("styles", "st2.xml", mode=EXTERNAL, first=False)),
        ELSEWHERE.format("styles"),
    ),
    "a place in styles": (put(RELATED, '"styles.xml"', '"styles.xml#x"'), ELSEWHERE.format("styles")),
    "styles spelt with bytes": (put(RELATED, '"styles.xml"', '"styles%2Exml"'), ELSEWHERE.format("styles")),
    "two styles parts": (
        together(STRUCK_STYLES, related("styles", "st2.xml", first=False)),
        "names two parts as its styles",
    ),
    "two styles parts, one of Strict": (
        together(
            STRUCK_STYLES,
            related("styles", "st2.xml", first=False),
            put(RELATED, f'"{OFFICE}/styles" Target="st2', f'"{STRICT_OFFICE}/styles" Target="st2'),
        ),
        "names two parts as its styles",
    ),
    "two feet of one id": (foot_again, "two relationships of one id"),
    "a foot of a type that nobody knows": (renamed("footer"), "what is called something else"),
    "relationships that only some programs see": (
        put(RELATED, "<Relationship ", f'<x:Relationship xmlns:x="{PACKAGE}" ', 1),
        "something else among its relationships",
    ),
    "Strict, spelt with references": (
        together(put(STYLES, EMPHASIS, rf"\1{UNSEEN}", 1), SPELT),
        "[-No child -]is detained",
    ),
    "Strict in UTF-16": (
        together(put(STYLES, EMPHASIS, rf"\1{UNSEEN}", 1), SPELT, put(STYLES, "&#110;", "n"), in_utf16(STYLES)),
        "[-No child -]is detained",
    ),
    "a theme in Strict": (
        together(
            put(THEME, DRAWING, f"{STRICT_DRAWING}&#97;in"),
            put(THEME, r'(<a:minorFont>.*?<a:latin typeface=")[^"]*', r"\1Wingdings"),
        ),
        "shows letters as signs",
    ),
    "margins once more, in Strict": (
        after(DOCUMENT, "pgMar", f'<s:pgMar xmlns:s="{IN_STRICT}&#110;" s:left="9000" s:right="-6000"/>'),
        TWICE,
    ),
    "a switch in Strict beside its own": (
        put(STYLES, "(?<=<w:qFormat)/>", rf' w:val="1" s:val="0" xmlns:s="{IN_STRICT}n"/>', 1),
        "says one thing twice (val)",
    ),
    "two texts of a number": (together(NUMBERED, list_of("", "N-o: ")), f"{TWICE}, or where"),
    "a text of a number in an element of nobody": (
        together(
            NUMBERED,
            list_of(""),
            put(NUMBERING, '(<w:lvlText w:val=""/>)', rf"\1{IN_NOBODY}"),
        ),
        TWICE,
    ),
    "two formats of a number": (put(NUMBERING, LETTERS, r'\1<w:numFmt w:val="upperRoman"/>\2'), TWICE),
    "two beginnings of a list": (put(NUMBERING, LETTERS, r'<w:start w:val="5"/>\1\2'), TWICE),
    "two lists of one number": (
        put(NUMBERING, "(?=<w:num )", '<w:num w:numId="04"><w:abstractNumId w:val="1"/></w:num>', 1),
        TWICE,
    ),
    "two levels of one number": (
        put(
            NUMBERING,
            r"<w:lvl w:ilvl=\"1\">(?:(?!</w:lvl>).)*</w:lvl>",
            rf"{IN_ROMAN}\g<0>",
        ),
        TWICE,
    ),
    "a list of two kinds": (after(NUMBERING, "abstractNumId", '<w:abstractNumId w:val="999"/>'), TWICE),
    "a list written otherwise": (
        together(numbered('<w:ilvl w:val="00"/>', '<w:numId w:val="077"/>'), list_of("N-o: ")),
        "{+N-o: +}",
    ),
    "a paragraph in two lists": (
        together(list_of("N-o: "), numbered('<w:numId w:val="0"/>', '<w:numId w:val="77"/>')),
        TWICE,
    ),
    "margins twice": (after(DOCUMENT, "pgMar", '<w:pgMar w:left="9000" w:right="-6000"/>'), TWICE),
    "sizes of a page twice": (after(DOCUMENT, "pgSz", '<w:pgSz w:w="11906" w:h="5000"/>'), TWICE),
    "margins in an alternative": (
        after(DOCUMENT, "pgSz", f'{EITHER}<mc:Fallback><w:pgMar w:left="9000"/></mc:Fallback></mc:AlternateContent>'),
        TWICE,
    ),
    "pages with letters for numbers": (
        after(DOCUMENT, "pgMar", '<w:pgNumType w:fmt="upperLetter" w:start="379"/>'),
        "pages that are numbered by letters",
    ),
    "a note without its number": (
        put(NOTES, r"<w:r>(?:(?!</w:r>).)*<w:footnoteRef/></w:r>", ""),
        "it holds a note without its number",
    ),
    "two feet of the same pages": (foot_twice, TWICE),
    "even pages apart, and not": (
        put(SETTINGS, "(?=<w:compat>)", '<w:evenAndOddHeaders w:val="0"/><w:evenAndOddHeaders/>'),
        f"{TWICE}, or where",
    ),
    "two notes of one id": (
        put(NOTES, r'<w:footnote w:id="2">', r'<w:footnote w:id="2"><w:p/></w:footnote>\g<0>'),
        TWICE,
    ),
    "a style based on two": (
        together(
            style("Veil", "Veil", UNSEEN, "character"),
            put(STYLES, '(w:styleId="Emphasis"><w:name [^>]*/>)', rf"\1{based('DefaultParagraphFont')}{based('Veil')}"),
        ),
        OF_STYLES,
    ),
    "defaults twice": (
        put(STYLES, "</w:docDefaults>", rf"\g<0><w:docDefaults>{STRUCK_ALL}</w:docDefaults>"),
        OF_STYLES,
    ),
    "defaults of runs twice": (
        put(STYLES, "</w:rPrDefault>", rf"\g<0>{STRUCK_ALL}"),
        OF_STYLES,
    ),
    "two styles of one id": (style("ParaphProse ", "Own", STRUCK), OF_STYLES),
    "two styles of one name": (style("Own", "Paraph  prose", STRUCK), ONE.format("paraph prose")),
    "a style of one name for words": (style("Own", "Emphasis", UNSEEN, "character"), ONE.format("emphasis")),
    "a style named as a heading": (style("Own", "Heading 2", STRUCK), ONE.format("heading 2")),
    "a style named as what LibreOffice has for all": (
        style("Own", "Default Paragraph Style", STRUCK),
        ONE.format("normal"),
    ),
    "a style known by its id alone": (
        put(
            STYLES,
            "</w:styles>",
            rf"{BY_ID}\g<0>",
        ),
        ONE.format("normal"),
    ),
    "a heading on a style of LibreOffice’s": (
        together(style("Own", "Heading", STRUCK), put(STYLES, ON_NONE, r"\1")),
        "words struck through",
    ),
    "the sign of a note by a style of LibreOffice’s": (
        style("Own", "Footnote Characters", WHITE, "character"),
        "nobody can see (its colour)",
    ),
    "numbers in white, by a style of their marks": (
        marked(WHITE),
        NUMBER,
    ),
    "numbers struck, by a style of their marks": (
        marked(STRUCK),
        NUMBER,
    ),
    "numbers hidden, by a style of their marks": (
        marked(UNSEEN),
        NUMBER,
    ),
    "numbers as signs": (put(DOCUMENT, MARK, r'\1<w:rFonts w:ascii="Wingdings"/>'), NUMBER),
    "numbers in white, by a style of their level": (
        together(
            style("Own", "Own", WHITE, "character"),
            put(NUMBERING, SET, r'\1<w:rPr><w:rStyle w:val="Own"/></w:rPr>', 1),
        ),
        "numbers of a list that nobody can see",
    ),
    "a font of signs of which the run says another part": (
        together(
            put(STYLES, EMPHASIS, r'\1<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>', 1),
            said_of_words('<w:rFonts w:cs="Arial"/>'),
        ),
        "[-No child-]",
    ),
    "a line whose rule its style says": (
        together(
            put(STYLES, "</w:styles>", rf"{EXACT}\g<0>"),
            put(DOCUMENT, '<w:pStyle w:val="ParaphProse"/>', '<w:pStyle w:val="Own"/><w:spacing w:line="60"/>', 1),
        ),
        "nobody can see (the height of the line)",
    ),
    "words of a row that is hidden": (table(("<w:hidden/>", OWN), ("", "<w:p/>")), "it holds words that are hidden"),
    "words of a cell that is one with none": (table(("", OWN), cell="<w:vMerge/>"), "it holds words that are hidden"),
    "words that are hidden": (
        put(DOCUMENT, PROSE, rf"{OWN.replace('<w:t>', f'<w:rPr>{UNSEEN}</w:rPr><w:t>')}\g<0>", 1),
        "it holds words that are hidden",
    ),
    "a row higher than a page": (table((HEIGHT.format(31_000), IT)), "(the height of the row)"),
    "a table of heads": (table(*[("<w:tblHeader/>", "<w:p/>")] * 2), "it holds a table whose rows are heads alone"),
    "a tab for a gap": (gap("<w:tab/>"), "it holds a tab between words (is\tdetained)"),
    "a space that is none": (
        gap('<w:rPr><w:spacing w:val="-20"/><w:sz w:val="10"/></w:rPr><w:t xml:space="preserve"> </w:t>'),
        "nobody can see (a gap between words)",
    ),
    "the number of a page in letters": (footed(r" PAGE \* ALPHABETIC "), "a field that Word fills in by itself (PAGE)"),
    "numbers beside each line": (
        after(DOCUMENT, "pgMar", '<w:lnNumType w:countBy="1"/>'),
        "it holds numbers beside each line",
    ),
    "a paragraph whose mark is hidden": (
        put(DOCUMENT, '(<w:pStyle w:val="ParaphProse"/>(?:(?!</w:pPr>).)*<w:rPr>)', rf"\1{UNSEEN}", 1),
        "it holds a paragraph that Word runs together with the next",
    ),
    "a paragraph from the right": (
        put(DOCUMENT, '(<w:pStyle w:val="ParaphProse"/>)', r"\1<w:bidi/>", 1),
        "its paragraphs begin from the other side",
    ),
    "the number of a note, hidden": (put(NOTES, ITS_RUN, rf"\1{UNSEEN}", 1), NO_NUMBER),
    "the number of a note, in white": (put(NOTES, ITS_RUN, rf"\1{WHITE}", 1), NO_NUMBER),
    "the sign of a note, as another": (
        put(DOCUMENT, ITS_SIGN, r'\1<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>', 1),
        NO_NUMBER,
    ),
}
AS_RELEASED: dict[str, Change] = {
    "as it is": lambda data: data,
    "styles in Strict": put(STYLES, MAIN, f"{IN_STRICT}n"),
    "relationships of Strict": put(RELATED, f"{OFFICE}/", f"{STRICT_OFFICE}/"),
    "one property twice": put(STYLES, r'<w:sz w:val="\d+"/>', r"\g<0>\g<0>"),
    "a break that nobody sees": put(
        DOCUMENT, "(?=<w:sectPr)", '<w:p><w:r><w:rPr><w:sz w:val="2"/></w:rPr><w:br w:type="page"/></w:r></w:p>', 1
    ),
    "pages with figures for numbers": after(DOCUMENT, "pgMar", '<w:pgNumType w:fmt="decimal"/>'),
    "a style of its own": style("Own", "Own", STRUCK),
    "two sets of letters of a typeface": style("Own", "Own", SETS),
    "a style for numbers that strikes nothing": marked("<w:b/>"),
    "a row that is high": table((HEIGHT.format(9_000), IT)),
    "a table with a head": table(("<w:tblHeader/>", "<w:p/>"), ("", "<w:p/>")),
    "a space that is small": gap('<w:rPr><w:sz w:val="14"/></w:rPr><w:t xml:space="preserve"> </w:t>'),
    "the number of a page in figures": footed(r" PAGE  \* Arabic \* MERGEFORMAT "),
    "an empty paragraph whose mark is hidden": put(
        DOCUMENT, PROSE, rf"<w:p><w:pPr><w:rPr>{UNSEEN}</w:rPr></w:pPr></w:p>\g<0>", 1
    ),
}


@pytest.fixture(scope="module")
def found(released: Released, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Verified]:
    folder, paths = tmp_path_factory.mktemp("copies"), []
    every = {**{what: change for what, (change, _) in READ_OTHERWISE.items()}, **AS_RELEASED}
    for number, change in enumerate(every.values()):
        paths.append(folder / f"{number}.docx")
        paths[-1].write_bytes(in_zip(change(released.bytes(EDITION)), lambda _, one: one))
    with read_here():
        return dict(zip(every, verify(released.root, paths), strict=True))


@pytest.mark.parametrize("what", READ_OTHERWISE)
def test_what_programs_read_each_in_its_own_way_is_told(found: dict[str, Verified], what: str) -> None:
    one, said = found[what], READ_OTHERWISE[what][1]
    assert one.verdict in ("altered", "unknown"), one
    assert said in "\n".join((*one.changes, *one.notes)), one


@pytest.mark.parametrize("what", AS_RELEASED)
def test_what_all_programs_read_alike_is_not(found: dict[str, Verified], what: str) -> None:
    assert found[what].verdict in ("same-words", "metadata"), found[what]


@pytest.mark.skipif(not (SOFFICE or os.environ.get("CI")), reason="LibreOffice is not installed")
def test_libreoffice_shows_them_otherwise(released: Released, tmp_path: Path) -> None:
    """It goes by the names of styles."""
    tampered = ("a style named as a heading", "a style named as what LibreOffice has for all")
    for number, what in enumerate(tampered):
        (tmp_path / f"{number}.docx").write_bytes(READ_OTHERWISE[what][0](released.bytes(EDITION)))
    (tmp_path / "plain.docx").write_bytes(released.bytes(EDITION))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "fodt", *(one.name for one in tmp_path.iterdir())]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=240)
    struck = r'style:name="{}"[^>]*>(?:(?!</style:style>).)*line-through-style="solid"'
    every = [re.compile(struck.format(one), re.DOTALL) for one in ("Heading_20_2", "Standard")]
    for name, wanted in (("plain", [False, False]), ("0", [True, False]), ("1", [False, True])):
        made = (tmp_path / f"{name}.fodt").read_text(encoding="utf-8")
        assert [one.search(made) is not None for one in every] == wanted, name
