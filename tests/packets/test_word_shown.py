"""A Word file as Word shows it: every way in which words can stand in one, in both readings."""

from __future__ import annotations

import io
import zipfile

import pytest

import samples
from paraph.ooxml.reading.directions import order
from paraph.ooxml.reading.file import read_word
from paraph.ooxml.reading.inherited_styles import InheritedStyles
from paraph.ooxml.reading.shown import Story, text_of, within
from paraph.render.docx.document import read_back, render
from samples import kit
from word_files import gone, ins, p, part, r, word, zipped

FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
CODE = "<w:r><w:instrText>{}</w:instrText></w:r>"
BOX = "<w:txbxContent>{}</w:txbxContent>"
TICK = (
    '<w:sdt><w:sdtPr><w:tag w:val="{}"/><w14:checkbox><w14:checked w14:val="{}"/></w14:checkbox></w:sdtPr>'
    "<w:sdtContent>{}</w:sdtContent></w:sdt>"
)
FORM = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{}</w:ffData></w:fldChar></w:r>'

SAME = [
    ("plain", p("States shall act"), "States shall act"),
    ("two paragraphs", p("one") + p("two"), "one\ntwo"),
    (
        "tab, break, hyphen",
        p("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/></w:r>"),
        "a\tb\nc\u2011",
    ),
    ("soft hyphen shows nothing", p("<w:r><w:t>a</w:t><w:softHyphen/><w:t>b</w:t></w:r>"), "ab"),
    ("link", p("see ", f'<w:hyperlink w:anchor="x">{r("here")}</w:hyperlink>'), "see here"),
    ("smart tag", p(f"<w:smartTag>{r('Malta')}</w:smartTag>"), "Malta"),
    ("direction", p(f'<w:bdo w:val="rtl">{r("abc")}</w:bdo><w:dir w:val="ltr">{r("d")}</w:dir>'), "abcd"),
    ("control in a line", p("a", f"<w:sdt><w:sdtPr/><w:sdtContent>{r('b')}</w:sdtContent></w:sdt>"), "ab"),
    ("control around lines", f"<w:sdt><w:sdtContent>{p('a')}{p('b')}</w:sdtContent></w:sdt>", "a\nb"),
    (
        "field",
        p(FIELD.format("begin"), CODE.format("DATE"), FIELD.format("separate"), "today", FIELD.format("end")),
        "today",
    ),
    (
        "field in a field",
        p(
            FIELD.format("begin"),
            FIELD.format("begin"),
            CODE.format("X"),
            FIELD.format("separate"),
            "not shown",
            FIELD.format("end"),
            FIELD.format("separate"),
            "shown",
            FIELD.format("end"),
        ),
        "shown",
    ),
    ("field without a result", p("a", FIELD.format("begin"), CODE.format("XE"), FIELD.format("end"), "b"), "ab"),
    ("simple field", p(f'<w:fldSimple w:instr="DATE">{r("today")}</w:fldSimple>'), "today"),
    (
        "old tick box",
        p(FORM.format("<w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox>"), FIELD.format("end")),
        "☒",
    ),
    (
        "old tick box, empty",
        p(FORM.format("<w:checkBox><w:default w:val='0'/></w:checkBox>"), FIELD.format("end")),
        "☐",
    ),
    (
        "old list",
        p(
            FORM.format("<w:ddList><w:result w:val='1'/><w:listEntry w:val='a'/><w:listEntry w:val='b'/></w:ddList>"),
            FIELD.format("end"),
        ),
        "b",
    ),
    ("symbol", p('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'), "☑"),
    ("letter in Wingdings", p(r("þ", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>')), "☑"),
    ("unknown symbol is like nothing", p('<w:r><w:sym w:font="Wingdings 3" w:char="F021"/></w:r>'), "\ufffd"),
    ("hidden", p("a", r("not ", "<w:vanish/>"), "b"), "ab"),
    ("hidden, said off", p(r("a", '<w:vanish w:val="0"/>')), "a"),
    (
        "text box",
        p(
            "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
            + BOX.format(p("boxed"))
            + "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
            + BOX.format(p("boxed"))
            + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
            "after",
        ),
        "boxed\nafter",
    ),
    (
        "unknown choice",
        p(
            "<w:r><mc:AlternateContent><mc:Choice Requires='zzz'><w:t>new</w:t></mc:Choice><mc:Fallback>"
            "<w:t>old</w:t></mc:Fallback></mc:AlternateContent></w:r>"
        ),
        "old",
    ),
    ("table", f"<w:tbl><w:tr><w:tc>{p('a')}</w:tc><w:tc>{p('b')}</w:tc></w:tr></w:tbl>", "a\nb"),
    (
        "row in a control",
        f"<w:tbl><w:sdt><w:sdtContent><w:tr><w:tc>{p('a')}</w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>",
        "a",
    ),
    (
        "cell in a control",
        f"<w:tbl><w:tr><w:sdt><w:sdtContent><w:tc>{p('a')}</w:tc></w:sdtContent></w:sdt></w:tr></w:tbl>",
        "a",
    ),
    (
        "merged down",
        f"<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>{p('a')}</w:tc></w:tr><w:tr><w:tc><w:tcPr>"
        f"<w:vMerge/></w:tcPr>{p('hidden')}</w:tc></w:tr></w:tbl>",
        "a\n",
    ),
    ("formula", p("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"), "x"),
    (
        "ruby",
        p(f"<w:r><w:ruby><w:rubyPr/><w:rt>{r('above')}</w:rt><w:rubyBase>{r('below')}</w:rubyBase></w:ruby></w:r>"),
        "below",
    ),
]
TRACKED = [
    ("inserted", p("a", ins(r("b")), "c"), "abc", "ac"),
    ("deleted", p("a", gone("b"), "c"), "ac", "abc"),
    ("replaced", p(gone("shall"), ins(r("may")), " act"), "may act", "shall act"),
    ("inserted, then deleted by another", p("a", ins(gone("b", "Ben"))), "a", "a"),
    (
        "moved",
        p(f'<w:moveFrom w:id="1">{r("b")}</w:moveFrom>', "a", f'<w:moveTo w:id="2">{r("b")}</w:moveTo>'),
        "ab",
        "ba",
    ),
    ("mark inserted", p("a", properties='<w:rPr><w:ins w:id="1"/></w:rPr>') + p("b"), "a\nb", "ab"),
    ("mark deleted", p("a", properties='<w:rPr><w:del w:id="1"/></w:rPr>') + p("b"), "ab", "a\nb"),
    (
        "paragraph inserted",
        p("a") + p(ins(r("b")), properties='<w:rPr><w:ins w:id="1"/></w:rPr>') + p("c"),
        "a\nb\nc",
        "a\nc",
    ),
    (
        "row deleted",
        f"<w:tbl><w:tr><w:trPr><w:del w:id='1'/></w:trPr><w:tc>{p('a')}</w:tc></w:tr></w:tbl>" + p("b"),
        "b",
        "a\nb",
    ),
    (
        "row inserted",
        f"<w:tbl><w:tr><w:trPr><w:ins w:id='1'/></w:trPr><w:tc>{p('a')}</w:tc></w:tr></w:tbl>" + p("b"),
        "a\nb",
        "b",
    ),
    (
        "cell deleted",
        f"<w:tbl><w:tr><w:tc><w:tcPr><w:cellDel w:id='1'/></w:tcPr>{p('a')}</w:tc><w:tc>{p('b')}</w:tc></w:tr></w:tbl>",
        "a\nb",
        "a\nb",
    ),
    ("in a control", p(ins(f"<w:sdt><w:sdtContent>{r('a')}</w:sdtContent></w:sdt>"), "b"), "ab", "b"),
    ("in a link", p(f'<w:hyperlink w:anchor="x">{ins(r("a"))}{gone("b")}</w:hyperlink>'), "a", "b"),
    ("formatting only", p(r("a", '<w:b/><w:rPrChange w:id="1"><w:rPr/></w:rPrChange>')), "a", "a"),
    ("hidden and inserted", p("a", ins(r("b", "<w:vanish/>"))), "a", "a"),
]


@pytest.mark.parametrize(("body", "text"), [case[1:] for case in SAME], ids=[case[0] for case in SAME])
def test_what_word_shows(body: str, text: str) -> None:
    shown = read_word(word(body))
    assert text_of(shown.lines, accepted=True) == text
    assert text_of(shown.lines, accepted=False) == text


@pytest.mark.parametrize(
    ("body", "accepted", "rejected"), [case[1:] for case in TRACKED], ids=[case[0] for case in TRACKED]
)
def test_both_readings_of_tracked_changes(body: str, accepted: str, rejected: str) -> None:
    shown = read_word(word(body))
    assert text_of(shown.lines, accepted=True) == accepted
    assert text_of(shown.lines, accepted=False) == rejected


def test_hands_are_kept() -> None:
    (line,) = read_word(word(p(ins(r("a"), "Ana"), gone("b", "Ben")))).lines
    assert line.runs[0].inserted is not None
    assert line.runs[0].inserted.author == "Ana"
    assert line.runs[1].deleted is not None
    assert (line.runs[1].deleted.author, line.runs[1].deleted.date) == ("Ben", "2026-03-01T10:00:00Z")


def test_controls_say_what_they_are() -> None:
    listed = (
        "<w:sdt><w:sdtPr><w:alias w:val='Choose'/><w:tag w:val='list'/><w:showingPlcHdr/><w:dropDownList>"
        "<w:listItem w:displayText='Yes' w:value='y'/></w:dropDownList></w:sdtPr><w:sdtContent>"
        f"{r('choose')}</w:sdtContent></w:sdt>"
    )
    bound = "<w:sdt><w:sdtPr><w:dataBinding w:xpath='/a'/></w:sdtPr><w:sdtContent>" + r("x") + "</w:sdtContent></w:sdt>"
    shown = read_word(word(p(TICK.format("yes", 1, r("☒")), TICK.format("no", 0, r("☐")), listed, bound)))
    yes, no, chosen, tied = shown.controls
    assert [one.checked for one in shown.controls] == [True, False, None, None]
    assert (chosen.tag, chosen.title, chosen.placeholder, chosen.items) == ("list", "Choose", True, (("Yes", "y"),))
    assert tied.bound
    assert text_of(within(shown.lines, control=yes.number), accepted=True) == "☒"
    assert text_of(within(shown.lines, control=no.number), accepted=True) == "☐"


def test_bookmarks_and_cells_say_where_words_stand() -> None:
    start, end = '<w:bookmarkStart w:id="1" w:name="here"/>', '<w:bookmarkEnd w:id="1"/>'
    cells = f"<w:tbl><w:tr><w:tc>{p('a')}</w:tc><w:tc>{start}{p('b')}{p()}{end}</w:tc></w:tr></w:tbl>"
    shown = read_word(
        word(cells + p("c", start.replace("1", "2", 1).replace("here", "there"), "d", '<w:bookmarkEnd w:id="2"/>'))
    )
    assert text_of(within(shown.lines, bookmark="here"), accepted=True) == "b\n"
    assert text_of(within(shown.lines, bookmark="there"), accepted=True) == "d"
    assert [(line.cells[0].row, line.cells[0].column) for line in shown.lines if line.cells] == [(0, 0), (0, 1), (0, 1)]


def test_hidden_by_a_style() -> None:
    style = '<w:style w:type="{}" w:styleId="{}">{}<w:rPr>{}</w:rPr></w:style>'
    styles = part(
        "styles",
        style.format("paragraph", "Gone", "", "<w:vanish/>")
        + style.format("paragraph", "Child", '<w:basedOn w:val="Gone"/>', "")
        + style.format("character", "Veil", "", "<w:vanish/>"),
    )
    body = (
        p("a", properties='<w:pStyle w:val="Gone"/>')
        + p("b", properties='<w:pStyle w:val="Child"/>')
        + p(r("c", '<w:rStyle w:val="Veil"/>'), "d")
        + p(r("e", '<w:rStyle w:val="Veil"/>'), properties='<w:pStyle w:val="Gone"/>')
    )
    assert text_of(read_word(word(body, {"styles": styles})).lines, accepted=True) == "\n\nd\ne"


WIDE = '<w:tcW w:w="4000" w:type="dxa"/>'
MARGINS = '<w:tcMar><w:left w:w="400" w:type="{0}"/><w:right w:w="400" w:type="{0}"/></w:tcMar>'
STYLE = '<w:style w:type="{}" w:styleId="Veil">{}</w:style>'
W15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
ROW = "<w:tbl><w:tblPr>{}</w:tblPr><w:tr><w:trPr>{}</w:trPr><w:tc><w:tcPr>{}</w:tcPr>{}</w:tc></w:tr></w:tbl>"


@pytest.mark.parametrize(
    ("body", "style"),
    [
        (p(r("a", '<w:color w:val="FFFFFF"/>')), ""),
        (p(r("a", '<w:color w:val="F8F8F8"/>')), ""),
        (p(r("a", '<w:color w:val="000000" w:themeColor="background1"/>')), ""),
        (p(r("a", '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="101010"/>')), ""),
        (ROW.format("", "", '<w:shd w:val="clear" w:fill="000000"/>', p(r("a", '<w:color w:val="000000"/>'))), ""),
        (p(r("a", f"<w14:textFill {W14}><w14:noFill/></w14:textFill>")), ""),
        (p(r("a", f"<w14:textFill {W14}><w14:gradFill/></w14:textFill>")), ""),
        (p(r("a", f'<w14:glow {W14} w14:rad="99"/>')), ""),
        (p(r("a", '<w:highlight w:val="black"/>')), ""),
        (p(r("a", '<w:shd w:val="solid" w:color="000000"/><w:color w:val="000000"/>')), ""),
        (p(r("a", '<w:shd w:val="pct50" w:fill="FFFFFF"/>')), ""),
        (p(r("a", '<w:szCs w:val="2"/>')), ""),
        (p(r("a", '<w:effect w:val="sparkle"/>')), ""),
        (p(r("a", "<w:fitText w:val='1'/>")), ""),
        (p(r("a", "<w:newInWord2030/>")), ""),
        (p("a", properties='<w:spacing w:line="20" w:lineRule="auto"/>'), ""),
        (p("a", properties='<w:ind w:right="-9000"/>'), ""),
        (ROW.format("", "", '<w:tcW w:w="1" w:type="dxa"/>', p("a")), ""),
        (ROW.format("", "", WIDE + MARGINS.format("pct"), p("a", properties='<w:ind w:left="-300"/>')), ""),
        (
            ROW.format(
                "",
                "",
                WIDE + MARGINS.format("dxa"),
                ROW.format("", "", WIDE, p("a", properties='<w:ind w:left="-300"/>')),
            ),
            "",
        ),
        (
            p("a"),
            '<w:docDefaults><w:rPrDefault><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:rPrDefault></w:docDefaults>',
        ),
        (
            ROW.format('<w:tblStyle w:val="Veil"/>', "", "", p("a")),
            STYLE.format("table", '<w:tblStylePr w:type="lastRow"><w:rPr><w:sz w:val="1"/></w:rPr></w:tblStylePr>'),
        ),
        (
            ROW.format('<w:tblStyle w:val="Veil"/>', "", "", p("a")),
            STYLE.format("table", "<w:rPr><w:vanish/></w:rPr>"),
        ),
        (ROW.format('<w:tblCellSpacing w:w="30000" w:type="dxa"/>', "", "", p("a")), ""),
        (ROW.format('<w:tblW w:w="1%" w:type="pct"/>', "", "", p("a")), ""),
        (ROW.format("", "", '<w:tcW w:w="1" w:type="pct"/>', p("a")), ""),
        (p("a", properties='<w:tabs><w:tab w:val="left" w:pos="31000"/></w:tabs>'), ""),
        (p(r("a", '<w:sz w:val="2"/>')), ""),
        (p(r("a", '<w:w w:val="1"/>')), ""),
        (p(r("a", '<w:spacing w:val="-400"/>')), ""),
        (p(r("a", '<w:position w:val="-3000"/>')), ""),
        (p("a", properties='<w:spacing w:line="1" w:lineRule="exact"/>'), ""),
        (p("a", properties='<w:ind w:left="30000"/>'), ""),
        (ROW.format("", '<w:trHeight w:val="1" w:hRule="exact"/>', "", p("a")), ""),
        (p(r("a", '<w:rStyle w:val="Veil"/>')), STYLE.format("character", '<w:rPr><w:color w:val="FFFFFF"/></w:rPr>')),
        (
            p("a", properties='<w:pStyle w:val="Veil"/>'),
            STYLE.format("paragraph", '<w:pPr><w:spacing w:line="1" w:lineRule="exact"/></w:pPr>'),
        ),
        (
            ROW.format('<w:tblStyle w:val="Veil"/>', "", "", p("a")),
            STYLE.format(
                "table",
                '<w:tblStylePr w:type="wholeTable"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:tblStylePr>',
            ),
        ),
    ],
)
def test_what_nobody_can_see_is_odd(body: str, style: str) -> None:
    shown = read_word(word(body, {"styles": part("styles", style)}))
    (odd,) = [run.odd for line in shown.lines for run in line.runs]
    assert odd.startswith(("text that nobody can see", "text set by"))


def test_what_stands_in_the_margin_of_its_cell_is_not_odd() -> None:
    """As the cell says it, its row or table, or the style of that, the nearest of them."""
    moved, margins = p("a", properties='<w:ind w:left="-300"/>'), MARGINS.format("dxa")
    of_table, style = margins.replace("tcMar", "tblCellMar"), '<w:tblStyle w:val="Veil"/>'
    styles = {"styles": part("styles", STYLE.format("table", f"<w:tblPr>{of_table}</w:tblPr>"))}
    nearest = WIDE + margins.replace("400", "100")
    for body, odd in (
        (ROW.format("", "", WIDE + margins, moved), False),
        (ROW.format(of_table, "", WIDE, moved), False),
        (ROW.format(style, "", WIDE, moved), False),
        (ROW.format(of_table, "", nearest, moved), True),
        (ROW.format(style + of_table.replace("400", "100"), "", WIDE, moved), True),
    ):
        ((run,),) = [line.runs for line in read_word(word(body, styles)).lines]
        assert bool(run.odd) is odd, body


@pytest.mark.parametrize(
    "properties",
    [
        "",
        '<w:color w:val="auto"/>',
        '<w:color w:val="565B62"/>',
        '<w:color w:val="FF0000"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F4E79"/>',
        '<w:sz w:val="12"/><w:spacing w:val="-10"/><w:position w:val="6"/><w:w w:val="90"/>',
        '<w:highlight w:val="yellow"/>',
        '<w:shd w:val="clear" w:fill="000000"/>',
        '<w:effect w:val="none"/><w:outline w:val="0"/><w:em w:val="none"/><w:shadow w:val="false"/>',
    ],
)
def test_what_can_be_read_is_not_odd(properties: str) -> None:
    (line,) = read_word(word(p(r("a", properties)))).lines
    assert [run.odd for run in line.runs] == [""]


def test_a_theme_colour_is_that_of_the_theme_and_the_value_beside_it() -> None:
    theme = (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:clrScheme>'
        '<a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1><a:lt1><a:sysClr val="window" lastClr="FFFFFF"/>'
        '</a:lt1><a:accent1><a:srgbClr val="FEFEFE"/></a:accent1></a:clrScheme></a:themeElements></a:theme>'
    )
    swapped = part("settings", '<w:clrSchemeMapping w:bg1="dark1" w:t1="light1"/>')

    def odd(colour: str, **parts: str) -> bool:
        (line,) = read_word(word(p(r("a", f"<w:color {colour}/>")), parts)).lines
        return bool(line.runs[0].odd)

    assert odd('w:val="000000" w:themeColor="accent1"', theme=theme)
    assert not odd('w:val="000000" w:themeColor="accent1" w:themeShade="80"', theme=theme)
    assert not odd('w:val="000000" w:themeColor="text1"', theme=theme)
    assert odd('w:val="000000" w:themeColor="text1" w:themeTint="02"', theme=theme)
    assert odd('w:val="000000" w:themeColor="text1"', theme=theme, settings=swapped)
    assert odd('w:val="FFFFFF" w:themeColor="text1"', theme=theme)
    assert odd('w:val="000000" w:themeColor="accent9"', theme=theme)


FORM = (
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:textInput><w:type w:val="{}"/></w:textInput></w:ffData>'
    "</w:fldChar></w:r>"
)
FRAMED = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'


@pytest.mark.parametrize(
    "body",
    [
        p(r("a"), '<w:fldSimple w:instr="QUOTE no"><w:r><w:t>b</w:t></w:r></w:fldSimple>'),
        p("a", FIELD.format("begin"), CODE.format("QUOTE no"), FRAMED, r("b"), FIELD.format("end")),
        p("a", FIELD.format("begin"), CODE.format("QUOTE no"), FIELD.format("end")),
        p(FORM.format("calculated"), CODE.format("FORMTEXT"), FRAMED, r("b"), FIELD.format("end")),
        p("a", "<w:r><w:drawing/></w:r>"),
        p("a", properties="<w:framePr/>"),
        p("a", f"<w:r><w:pict>{BOX.format(p('b'))}</w:pict></w:r>"),
        ROW.format("<w:tblpPr/>", "", "", p("a")),
        ROW.format("", "", "<w:tcBorders><w:tl2br w:val='single'/></w:tcBorders>", p("a")),
        p(f"<w:sdt><w:sdtPr><w:tag w:val='x'/>{r('b')}</w:sdtPr><w:sdtContent>{r('a')}</w:sdtContent></w:sdt>"),
        p(f"<w:r><w:t>a</w:t>{r('b')}</w:r>"),
        p(f"<w:smartTag><w:smartTagPr><w:sym w:font='Wingdings' w:char='F0FE'/></w:smartTagPr>{r('a')}</w:smartTag>"),
    ],
)
def test_what_may_show_otherwise_is_odd_where_it_stands(body: str) -> None:
    assert any(run.odd for line in read_word(word(body)).lines for run in line.runs)


def test_a_line_through_words_is_seen_in_the_run_and_in_its_style() -> None:
    style = STYLE.format("character", "<w:rPr><w:dstrike/></w:rPr>")
    body = p(r("a", "<w:strike/>"), r("b", '<w:rStyle w:val="Veil"/>'), r("c", '<w:strike w:val="0"/>'), "d")
    (line,) = read_word(word(body, {"styles": part("styles", style)})).lines
    assert [run.look for run in line.runs] == ["struck", "struck", "", ""]


def test_a_symbol_font_may_be_named_by_a_style() -> None:
    style = STYLE.format("character", '<w:rPr><w:rFonts w:hAnsi="Wingdings"/></w:rPr>')
    shown = read_word(word(p(r("þ", '<w:rStyle w:val="Veil"/>')), {"styles": part("styles", style)}))
    assert text_of(shown.lines, accepted=True) == "☑"


def test_words_in_the_numbers_of_a_list_are_named() -> None:
    levels = '<w:abstractNum w:abstractNumId="{}"><w:lvl w:ilvl="0"><w:lvlText w:val="{}"/></w:lvl></w:abstractNum>'
    numbering = part("numbering", levels.format(1, "%1.") + levels.format(2, "We object") + levels.format(3, "•"))
    assert read_word(word(p("a"), {"numbering": numbering})).oddities == ("words in the numbers of a list (We object)",)


def test_numbers_are_counted_as_word_counts_them() -> None:
    level = '<w:lvl w:ilvl="{}"><w:start w:val="{}"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
    levels = level.format(0, 3, "decimal", "%1.") + level.format(1, 1, "lowerRoman", "(%1.%2)")
    bullets = level.format(0, 1, "bullet", "\uf0b7")
    numbering = (
        f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="2">{bullets}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num>"
    )
    item = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr>'
    places = [(0, 1), (1, 1), (1, 1), (0, 1), (1, 1), (0, 2), (0, 3), (0, 3), (5, 1), (0, 9)]
    body = "".join(p("a", properties=item.format(*place)) for place in places)
    shown = read_word(word(body, {"numbering": part("numbering", numbering)}))
    labels = ["3.", "(3.i)", "(3.ii)", "4.", "(4.i)", "•", "1.", "2.", "", ""]
    assert [line.label for line in shown.lines] == labels
    assert text_of(shown.lines[:2], accepted=True, labels=True) == "3. a\n(3.i) a"


@pytest.mark.parametrize(
    ("more", "labels"),
    [
        ("", ["I.", "I.1", "II.", "II.1"]),
        ('<w:lvlRestart w:val="0"/>', ["I.", "I.1", "II.", "II.2"]),
        ("<w:isLgl/>", ["I.", "1.1", "II.", "2.1"]),
        ('<w:start w:val="1000"/>', ["I.", "I.1000", "II.", "II.1000"]),
    ],
)
def test_a_level_counts_on_writes_figures_and_starts_where_it_says(more: str, labels: list[str]) -> None:
    level = '<w:lvl w:ilvl="{}">{}<w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
    levels = level.format(0, "", "upperRoman", "%1.") + level.format(1, more, "decimal", "%1.%2")
    numbering = (
        f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    item = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
    body = "".join(p("a", properties=item.format(one)) for one in (0, 1, 0, 1))
    lines = read_word(word(body, {"numbering": part("numbering", numbering)})).lines
    assert [line.label for line in lines] == labels


def test_notes_comments_and_headers() -> None:
    body = p(
        "a",
        '<w:r><w:footnoteReference w:id="2"/></w:r>',
        '<w:commentRangeStart w:id="0"/>',
        "b",
        '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>',
    )
    comment = f'<w:comment w:id="0" w:author="Ana" w:date="2026-03-01T10:00:00Z">{p("Why?")}{p("Say so.")}</w:comment>'
    separator = f'<w:footnote w:id="0" w:type="separator">{p("-")}</w:footnote>'
    shown = read_word(
        word(
            body,
            {
                "footnotes": part("footnotes", separator + f'<w:footnote w:id="2">{p("note")}</w:footnote>'),
                "comments": part("comments", comment),
                "header": part("hdr", p("top")),
            },
        )
    )
    assert [(line.story, text_of([line], accepted=True)) for line in shown.lines] == [
        (Story.BODY, "ab"),
        (Story.FOOTNOTE, "note"),
        (Story.MARGIN, "top"),
    ]
    (remark,) = shown.remarks
    assert (remark.hand.author, remark.text, remark.at) == ("Ana", "Why?\nSay so.", "b")


def test_the_words_that_a_comment_over_paragraphs_stands_at_are_words() -> None:
    begun, ended = '<w:commentRangeStart w:id="0"/>', '<w:commentRangeEnd w:id="0"/>'
    body = p(begun, "to see") + p() + p("children", ended, '<w:r><w:commentReference w:id="0"/></w:r>')
    comment = f'<w:comment w:id="0" w:author="Ana">{p("Why?")}</w:comment>'
    (remark,) = read_word(word(body, {"comments": part("comments", comment)})).remarks
    assert remark.at == "to see children"


def test_styles_are_read_once_however_many_comments_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    comments = "".join(f'<w:comment w:id="{one}" w:author="Ana">{p(str(one))}</w:comment>' for one in range(20))
    read, styles = [], InheritedStyles.read
    monkeypatch.setattr(InheritedStyles, "read", lambda root: read.append(root) or styles(root))
    assert len(read_word(word(p("a"), {"comments": part("comments", comments)})).remarks) == 20
    assert len(read) == 1


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (p("<w:r><w:object/></w:r>"), "an embedded object"),
        (p("<w:r><w:drawing/></w:r>"), "a picture"),
        (p('<w:r><w:contentPart r:id="r9"/></w:r>'), "a picture"),
        (p("a", '<w:bdo w:val="rtl"><w:r><w:t>b</w:t></w:r></w:bdo>'), "in the other direction"),
        (p("a", '<w:dir w:val="rtl"><w:r><w:t>10–15</w:t></w:r></w:dir>'), "in the other direction"),
        (p("<w:r><w:rPr><w:rtl/></w:rPr><w:t>2019–2020</w:t></w:r>"), "set from right to left"),
        (p(f'<w:fldSimple w:instr=" QUOTE no ">{r("yes")}</w:fldSimple>'), "fills in by itself (QUOTE)"),
        (
            p(FIELD.format("begin"), CODE.format(" QU"), CODE.format("OTE no"), FIELD.format("end")),
            "fills in by itself (QUOTE)",
        ),
        (p("<w:r><w:ruby><w:rt><w:r><w:t>not</w:t></w:r></w:rt></w:ruby></w:r>"), "small words set above"),
        (p("a", properties="<w:framePr/>"), "in a frame"),
        (p("a", properties=f"<w15:collapsed {W15}/>"), "folds the text away"),
        (
            p(
                "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
                + BOX.format(p("yes"))
                + "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
                + BOX.format(p("no"))
                + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
            ),
            "others in new versions",
        ),
    ],
)
def test_what_is_no_text_is_named(body: str, said: str) -> None:
    (oddity,) = read_word(word(body)).oddities
    assert said in oddity


RTL = "<w:r><w:rPr><w:rtl/></w:rPr><w:t xml:space='preserve'>{}</w:t></w:r>"
ARABIC = p(RTL.format("المادة 4 (2017)"), properties="<w:bidi/>")


@pytest.mark.parametrize(
    ("body", "other"),
    [
        (p(r("from 2019–2020")), p(r("from "), RTL.format("2019–2020"))),
        (p(r("from 2019–2020")), p(r("from 2019"), RTL.format("–"), r("2020"))),
        (
            p(RTL.format("المادة 12-13"), properties="<w:bidi/>"),
            p(RTL.format("المادة "), r("12-13"), properties="<w:bidi/>"),
        ),
        (ARABIC, p(RTL.format("المادة 4 (2017)"))),
        (p(r("12,000 children")), p(r("12,000 children"), properties="<w:bidi/>")),
        (p(r("not so")), p(r("not"), RTL.format(" "), r("so"), properties="<w:bidi/>")),
        (p(RTL.format("لا نوافق"), properties="<w:bidi/>"), p(RTL.format("لا نوافق"))),
        (
            p(RTL.format("لا "), r("not so"), properties="<w:bidi/>"),
            p(RTL.format("لا "), r("not"), RTL.format(" "), r("so"), properties="<w:bidi/>"),
        ),
        (
            p(r("see "), RTL.format("لا نوافق")),
            p(r("see "), RTL.format("لا"), r(" "), RTL.format("نوافق")),
        ),
    ],
)
def test_the_same_words_in_another_order_on_the_page(body: str, other: str) -> None:
    one, two = (read_word(word(each)).lines for each in (body, other))
    assert text_of(one, accepted=True) == text_of(two, accepted=True)
    assert order(one) != order(two)


@pytest.mark.parametrize(
    ("body", "other"),
    [
        (p(r("from 2019 on")), p(RTL.format("from 2019 on"))),
        (
            ARABIC,
            p(RTL.format("المادة "), r("4"), RTL.format(" ("), r("2017"), RTL.format(")"), properties="<w:bidi/>"),
        ),
        (
            p(RTL.format("الساعة 23:59"), properties="<w:bidi/>"),
            p(RTL.format("الساعة "), r("23:59"), properties="<w:bidi/>"),
        ),
    ],
)
def test_the_same_words_in_the_same_order_on_the_page(body: str, other: str) -> None:
    """The others are as LibreOffice saves them: digits as runs of their own, from the left."""
    one, two = (read_word(word(each)) for each in (body, other))
    assert order(one.lines) == order(two.lines)
    assert not two.oddities


def test_iso_strict_is_read() -> None:
    with zipfile.ZipFile(io.BytesIO(word(p("a")))) as archive:
        parts = [(one, archive.read(one)) for one in archive.namelist()]
    old, new = b"http://schemas.openxmlformats.org", b"http://purl.oclc.org/ooxml"
    for kind in (b"/wordprocessingml", b"/officeDocument"):
        root = b"/main" if kind == b"/wordprocessingml" else b"/relationships"
        parts = [(one, data.replace(old + kind + b"/2006" + root, new + kind + root)) for one, data in parts]
    assert text_of(read_word(zipped(*parts)).lines, accepted=True) == "a"


@pytest.mark.parametrize("language", samples.LANGUAGES)
def test_a_built_document_reads_as_what_reads_documents_back_says(language: str) -> None:
    edition = samples.edition(language)
    data = render(edition, kit())
    words = _bare(text_of(read_word(data).lines, accepted=True))
    for line in read_back(data, edition)[0]:
        assert _bare(line.text) in words, line


def _bare(text: str) -> str:
    return text.replace("\u200e", "").replace("\u200f", "")


@pytest.mark.parametrize(
    ("sign", "font", "label"),
    [
        ("•", "", "•"),
        ("\uf0b7", "Symbol", "•"),
        ("–", "", "•"),
        ("❌", "", "❌"),
        ("\uf0fb", "Wingdings", "✗"),
        ("", "", ""),
    ],
)
def test_a_bullet_is_one_unless_it_may_say_something(sign: str, font: str, label: str) -> None:
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>' if font else ""
    numbering = (
        f'<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="{sign}"/>'
        f'{fonts}</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    body = p("a", properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    (line,) = read_word(word(body, {"numbering": part("numbering", numbering)})).lines
    assert line.label == label


STYLES = (
    '<w:style w:default="1" w:styleId="Usual"><w:rPr>{usual}</w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Para"><w:rPr>{paragraph}</w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Chars"><w:rPr>{characters}</w:rPr></w:style>'
)
STRIKE, NO_STRIKE = "<w:strike/>", '<w:strike w:val="0"/>'


@pytest.mark.parametrize(
    ("paragraph", "run", "said"),
    [
        ("Para", "Chars", {"paragraph": STRIKE, "characters": NO_STRIKE}),
        ("", "", {"usual": STRIKE}),
        ("Chars", "", {"usual": STRIKE}),
        ("Nowhere", "", {"usual": STRIKE}),
        ("Usual", "Para", {"paragraph": STRIKE}),
    ],
)
def test_words_are_struck_where_any_program_strikes_them(paragraph: str, run: str, said: dict[str, str]) -> None:
    styles = STYLES.format(**{"usual": "", "paragraph": "", "characters": "", **said})
    of_run = f'<w:rStyle w:val="{run}"/>' if run else ""
    of_paragraph = f'<w:pStyle w:val="{paragraph}"/>' if paragraph else ""
    body = p(r("a", of_run), r("b", of_run + NO_STRIKE), properties=of_paragraph)
    (line,) = read_word(word(body, {"styles": part("styles", styles)})).lines
    assert [one.look for one in line.runs] == ["struck", ""]
