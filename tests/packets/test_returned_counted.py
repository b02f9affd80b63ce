"""What no packet was sent with and programs show each in its own way: properties that contradict themselves, fields,
formulas, numbers, alternatives. Beside a tick none of it is passed without a person."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml import etree

from paraph.ooxml.archive import PackageError
from paraph.ooxml.reading.file import read_word
from paraph.review.returned.read import read_returned
from pen import Pen, W, w
from test_returned import Sent, written

__all__ = ["written"]

SPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": W[1:-1],
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
        "zz": "http://schemas.microsoft.com/office/word/2099/none",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
WORDS = " States to wait"


def made(xml: str) -> list[etree._Element]:
    return list(etree.fromstring(f"<r {SPACES}>{xml}</r>"))


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(code: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def either(choice: str, fallback: str, of: str = "w14") -> str:
    said = f'<mc:Choice Requires="{of}">{choice}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback>'
    return f'<mc:AlternateContent zz:k="1">{said}</mc:AlternateContent>'


def words(pen: Pen) -> etree._Element:
    return next(one for one in pen.text(1, "en").iter(f"{W}t") if one.text == WORDS).getparent()


def in_text(xml: str) -> Callable[[Pen], None]:
    """Instead of a run of a text, the clause being approved."""

    def do(pen: Pen) -> None:
        pen.tick(1, "approve")
        one = words(pen)
        at = one.getparent().index(one)
        one.getparent()[at : at + 1] = made(xml)

    return do


def in_box(xml: str) -> Callable[[Pen], None]:
    """In the box of an approval, instead of its sign."""

    def do(pen: Pen) -> None:
        pen.control(1, "approve").find(f"{W}sdtContent")[:] = made(xml)

    return do


def above(xml: str) -> Callable[[Pen], None]:
    """Above a decision table, the clause being approved."""

    def do(pen: Pen) -> None:
        pen.tick(1, "approve")
        pen.table(1).addprevious(made(xml)[0])

    return do


def cell(xml: str) -> Callable[[Pen], None]:
    """After the properties of the cell with a ticked box."""

    def do(pen: Pen) -> None:
        pen.tick(1, "approve")
        pen.cell(1, "approve").find(f"{W}tcPr").addnext(made(xml)[0])

    return do


def control(xml: str) -> Callable[[Pen], None]:
    """Among the properties of a text's control."""

    def do(pen: Pen) -> None:
        pen.tick(1, "approve")
        pen.text(1, "en").find(f"{W}sdtPr").append(made(xml)[0])

    return do


def listed(style: str, level: str, *, label: str = "", empty: bool = False) -> Callable[[Pen], None]:
    """A list by way of a style: at a text, at a label, or at a paragraph without words."""

    def do(pen: Pen) -> None:
        pen.tick(1, "approve")
        numbering = etree.fromstring(pen.parts["word/numbering.xml"])
        numbering.insert(0, made(f'<w:abstractNum w:abstractNumId="97"><w:lvl w:ilvl="0"><w:start w:val="1"/>{level}'
                                 "</w:lvl></w:abstractNum>")[0])  # fmt: skip
        numbering.append(made('<w:num w:numId="97"><w:abstractNumId w:val="97"/></w:num>')[0])
        pen.parts["word/numbering.xml"] = etree.tostring(numbering)
        styles = etree.fromstring(pen.parts["word/styles.xml"])
        based = f'<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="{style}"/><w:pPr>'
        styles.append(made(f'{based}<w:numPr><w:numId w:val="97"/></w:numPr></w:pPr></w:style>')[0])
        pen.parts["word/styles.xml"] = etree.tostring(styles)
        if empty:
            pen.table(1).addprevious(made('<w:p><w:pPr><w:pStyle w:val="Own"/></w:pPr></w:p>')[0])
        else:
            at = pen.label(1, label) if label else pen.text(1, "en")
            next(at.iter(f"{W}pStyle")).set(f"{W}val", "Own")

    return do


def noted(pen: Pen) -> None:
    """An empty note, of which the sign is a letter."""
    pen.tick(1, "approve")
    notes = etree.fromstring(pen.parts["word/footnotes.xml"])
    notes.append(made('<w:footnote w:id="7"><w:p><w:r><w:footnoteRef/></w:r></w:p></w:footnote>')[0])
    pen.parts["word/footnotes.xml"] = etree.tostring(notes)
    words(pen).addnext(made('<w:r><w:footnoteReference w:id="7"/></w:r>')[0])


def raised(pen: Pen) -> None:
    """Words pushed out of a line that is just high enough for them."""
    pen.tick(1, "approve")
    for one in pen.text(1, "en").iter(f"{W}p"):
        one.find(f"{W}pPr").append(w("spacing", line="145", lineRule="exact"))
    pen.set_in(1, "text-en", "position", val="16")


def twice(pen: Pen) -> None:
    """A switch that is off, and on."""
    pen.tick(1, "approve")
    pen.set_in(1, "text-en", "vanish", val="0")
    pen.set_in(1, "text-en", "vanish")


NO = "<w:r><w:t>WE OBJECT</w:t></w:r>"
BULLET = '<w:numFmt w:val="bullet"/><w:suff w:val="nothing"/><w:lvlText w:val="un"/>'
WORD = '<w:numFmt w:val="none"/><w:suff w:val="nothing"/><w:lvlText w:val="No "/>'
FAR = '<w:numFmt w:val="none"/><w:lvlText w:val=""/><w:pPr><w:ind w:left="20000"/></w:pPr>'
HIDDEN, STRUCK = "<w:rPr><w:vanish/></w:rPr>", "<w:rPr><w:strike/></w:rPr>"
ART = '<w:r><w:pict><v:shape><v:textpath string="REJECTED"/></v:shape></w:pict></w:r>'
CASES: dict[str, tuple[Callable[[Pen], None], str]] = {
    "properties in an alternative": (in_text(f"<w:r>{either(STRUCK, '')}<w:t>{WORDS}</w:t></w:r>"), "properties that"),
    "a tick with two properties": (in_box(f"<w:r><w:rPr/>{HIDDEN}<w:t>☒</w:t></w:r>"), "properties that"),
    "a tick before its properties": (in_box(f"<w:r><w:t>☒</w:t>{HIDDEN}</w:r>"), "properties that"),
    "two of one switch": (twice, "properties that stand twice"),
    "struck by one line, and not by two": (in_text(run(WORDS, '<w:strike/><w:dstrike w:val="0"/>')), "is struck out"),
    "two properties of a cell": (cell('<w:tcPr><w:shd w:val="clear" w:fill="000000"/></w:tcPr>'), "properties that"),
    "a binding of Word’s newer kind": (control('<w15:dataBinding w:xpath="/a"/>'), "another part of the file"),
    "a binding in an alternative": (control(either('<w:dataBinding w:xpath="/a"/>', "")), "another part of the file"),
    "a tick that counts pages": (in_box(field("NUMPAGES", run("☒"))), "by itself (NUMPAGES)"),
    "a page after words": (in_text(run(WORDS) + field("PAGE", run(""))), "by itself (PAGE)"),
    "an entry of contents with a box": (
        in_box('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>'
               '</w:fldChar></w:r><w:r><w:instrText> TC "a" </w:instrText></w:r>'
               '<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
        "by itself (TC)",
    ),
    "the year": (in_text(f"{run(WORDS)}<w:r><w:yearLong/></w:r>"), "a date or number of a page"),
    "words in the code of a field": (
        above(f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{NO}'
              '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'),
        "words in the code of a field",
    ),
    "a tick that a formula hides": (
        in_box('<m:oMath><m:phant><m:phantPr><m:show m:val="0"/></m:phantPr><m:e><m:r><m:t>☒</m:t></m:r></m:e>'
               "</m:phant></m:oMath>"),
        "a formula",
    ),
    "a note without words": (noted, "the sign of a note"),
    "a word before a text, by its style": (listed("ParaphPacketText", WORD), "the numbers of its lists are"),
    "letters for a bullet": (listed("ParaphPacketText", BULLET), "the numbers of its lists are others"),
    "a word before a label, by its style": (listed("ParaphPacketLabel", WORD, label="approve"), "No Approve"),
    "a word before nothing, by its style": (listed("ParaphPacketText", WORD, empty=True), "stands “No”"),
    "a list that leads off the page": (listed("ParaphPacketText", FAR), "nobody can see (the left indent)"),
    "an alternative of nobody’s": (in_text(either(run(WORDS), run(WORDS, "<w:strike/>"), "zz")), "words that are"),
    "an alternative that draws words": (above(f"<w:p>{either('', ART, 'zz')}</w:p>"), "words that are others"),
    "spaces that are not kept": (in_text("<w:r><w:t> States to </w:t></w:r><w:r><w:t>wait</w:t></w:r>"), "amendment"),
    "words set above their line": (in_text(run(WORDS, '<w:vertAlign w:val="superscript"/>')), "set above or below"),
    "a line that names the packet": (above(f"<w:p>{run('c1 · malta · We must refuse all these')}</w:p>"), "c1 · malta"),
    "a tick in the second of two fonts": (
        in_box(run("×", '<w:rFonts w:ascii="Own;Wingdings" w:hAnsi="Own;Wingdings"/>')), "in the box “approve” stands"
    ),
    "signs in place of letters": (
        in_text(run(WORDS, '<w:rFonts w:ascii="Own;Wingdings" w:hAnsi="Own;Wingdings"/>')), "no character: U+FFFD",
    ),
    "words out of their line": (raised, "the height of the line"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_a_packet_was_not_sent_with_is_looked_at(written: Sent, case: str) -> None:
    does, said = CASES[case]
    pen = Pen.on(written.data)
    does(pen)
    found = read_returned(written.shown, read_word(pen.data()), written.subjects, written.phrases, "en")
    asked = list(found.questions())
    if said == "amendment":
        assert found.answers[0].amendments
    assert asked
    assert any(said in one for one in asked) or said == "amendment", asked


def test_what_stands_beside_the_body_is_refused(written: Sent) -> None:
    for xml in (f"<w:body><w:p>{NO}</w:p></w:body>", f"<w:p>{NO}</w:p>"):
        pen = Pen.on(written.data)
        pen.tick(1, "approve")
        pen.body.append(made(xml)[0])
        with pytest.raises(PackageError, match="beside its text"):
            read_word(pen.data())


def test_styles_that_say_two_things_are_refused(written: Sent) -> None:
    for xml, match in (
        (f'<w:style w:type="character" w:styleId="Own">{either(STRUCK, "")}</w:style>', "properties that stand twice"),
        ('<w:style w:type="paragraph" w:default="1" w:styleId="Own"/>', "two styles for what names none"),
    ):
        pen = Pen.on(written.data)
        styles = etree.fromstring(pen.parts["word/styles.xml"])
        styles.append(made(xml)[0])
        pen.parts["word/styles.xml"] = etree.tostring(styles)
        with pytest.raises(PackageError, match=match):
            read_word(pen.data())
