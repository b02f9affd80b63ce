"""Lay out the shipped word.docx anew: `python tools/word_template.py` writes templates/*/word.docx.

A form that wants another look is better served by opening its word.docx in Word. This script is for changes that all
shipped templates share: styles, lists, margins. What the fields mean is written in docs/templates-word.md.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "cli"))

from paraph.ooxml.package import Package  # noqa: E402

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
CORE_PROPERTIES = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

INK, SOFT, FAINT, WARNING = "1B1C1E", "565B62", "C9CCD1", "9C2A10"
ACCENT_VALUE = "1F4E79"
ACCENT = f'w:val="{ACCENT_VALUE}" w:themeColor="accent1"'
MINOR = 'w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi" w:eastAsiaTheme="minorHAnsi" w:cstheme="minorBidi"'
MAJOR = 'w:asciiTheme="majorHAnsi" w:hAnsiTheme="majorHAnsi" w:eastAsiaTheme="majorHAnsi" w:cstheme="majorBidi"'
MILLIMETRE = 1440 / 25.4


def mm(length: float) -> int:
    """Millimetres in twips."""
    return round(length * MILLIMETRE)


GAP = mm(9)
PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838


@dataclass(frozen=True)
class Layout:
    """What makes a form's template its own: its slots, its margins, the size of its text in points.

    `packet`: with the styles of review packets. `leaflet`: with those of
    folded panels, that much larger than on A4.
    """

    slots: tuple[tuple[str, str], ...]
    side: int = mm(35)
    top: int = mm(30)
    bottom: int = mm(28)
    size: float = 10.5
    packet: bool = False
    leaflet: float = 0


def font(
    size: float, *, cs: float = 0.0, heading: bool = False, colour: str = "", bold: bool = False, extra: str = ""
) -> str:
    """Run properties; `size` in points, `cs` that of complex scripts (Amiri draws small: 1.28 times as large)."""
    cs = cs or round(size * 1.28 * 2) / 2
    return (
        (f"<w:rFonts {MAJOR}/>" if heading else "")
        + ("<w:b/><w:bCs/>" if bold else "")
        + (f"<w:color {colour}/>" if colour else "")
        + f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(cs * 2)}"/>'
        + extra
    )


def colour(value: str) -> str:
    """A plain colour for `font`."""
    return f'w:val="{value}"'


@dataclass(frozen=True)
class Para:
    """A paragraph style: space before and after and line pitch in points, other properties as XML in schema order."""

    name: str
    based: str = "Normal"
    following: str = ""
    before: float | None = None
    after: float | None = None
    line: float | None = None
    head: str = ""
    middle: str = ""
    tail: str = ""
    run: str = ""
    quick: bool = True
    link: str = field(default="")

    def xml(self) -> str:
        """The style as it stands in styles.xml."""
        spacing = "".join(
            f' w:{key}="{round(value * 20)}"'
            for key, value in (("before", self.before), ("after", self.after))
            if value is not None
        )
        if self.line is not None:
            spacing += f' w:line="{round(self.line * 240)}" w:lineRule="auto"'
        properties = self.head + self.middle + (f"<w:spacing{spacing}/>" if spacing else "") + self.tail
        return (
            f'<w:style w:type="paragraph" w:styleId="{identifier(self.name)}"{custom(self.name)}>'
            f'<w:name w:val="{self.name}"/><w:basedOn w:val="{identifier(self.based)}"/>'
            f'<w:next w:val="{identifier(self.following or self.name)}"/>'
            + ("<w:qFormat/>" if self.quick else "")
            + (f"<w:pPr>{properties}</w:pPr>" if properties else "")
            + (f"<w:rPr>{self.run}</w:rPr>" if self.run else "")
            + "</w:style>"
        )


def identifier(name: str) -> str:
    """A style's id: its name without spaces, built-in ones with a capital."""
    return "".join(word[:1].upper() + word[1:] for word in name.split())


def custom(name: str) -> str:
    """Built-in styles must not be marked as custom, or Word keeps two of them."""
    return ' w:customStyle="1"' if name.startswith("Paraph") else ""


def border(side: str, size: int, space: int, look: str) -> str:
    """A border of a paragraph; `size` in eighths of a point."""
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" {look}/>'


SOFT_LINE = f'w:color="{SOFT}"'
ACCENT_LINE = f'w:color="{ACCENT_VALUE}" w:themeColor="accent1"'
KEEP = "<w:keepNext/><w:keepLines/>"


def paragraph_styles() -> Iterable[Para]:
    """Every paragraph style, by the role of what is set in it."""
    prose = "Paraph Prose"
    for level, size in ((1, 21.0), (2, 13.0), (3, 11.0), (4, 10.5), (5, 10.5), (6, 10.5)):
        yield Para(
            f"heading {level}",
            following=prose,
            before=(0, 22, 16, 14, 12, 12)[level - 1],
            after=(10, 8, 6, 6, 4, 4)[level - 1],
            line=1.0,
            head=KEEP,
            tail=f'<w:outlineLvl w:val="{level - 1}"/>',
            run=font(size, heading=True, bold=True, colour=ACCENT if level > 1 else colour(INK)),
        )
    yield Para("Paraph Title", based="heading 1", following="Paraph Subtitle", before=4, after=8, line=1.0)
    yield Para("Paraph Annex", based="heading 2", following=prose, before=30)
    yield Para(
        "Paraph Label", following="Paraph Title", before=0, after=0, head=KEEP,
        run=font(10.5, bold=True, colour=ACCENT, heading=True),
    )  # fmt: skip
    yield Para(
        "Paraph Subtitle", following=prose, after=8, line=1.05, run=font(12.5, colour=colour(SOFT), heading=True)
    )
    yield Para("Paraph Reference", following=prose, after=16, run=font(9, colour=colour(SOFT), heading=True))
    yield Para(prose)
    yield Para("Paraph Chapeau", following="Paraph Operative", before=10, after=8, head=KEEP, run="<w:b/><w:bCs/>")
    yield Para("Paraph Recital", based=prose)
    yield Para("Paraph Operative", based=prose)
    yield Para("Paraph Item", based=prose, after=5)
    yield Para("Paraph Bullet", based=prose, after=5)
    yield Para(
        "Paraph Quote", based=prose, before=8, after=12,
        tail=f'<w:ind w:left="{mm(7)}" w:right="{mm(7)}"/>',
    )  # fmt: skip
    yield Para("Paraph Place Date", following=prose, before=24, after=8, head="<w:keepNext/>")
    yield Para(
        "Paraph Signatory", after=4, before=30, line=1.0, head="<w:keepLines/>", tail=f'<w:ind w:right="{mm(8)}"/>',
        middle=f"<w:pBdr>{border('top', 4, 4, SOFT_LINE)}</w:pBdr>", run=font(9, heading=True, colour=colour(INK)),
    )  # fmt: skip
    yield Para("Paraph Member", after=2, line=1.0)
    yield Para("Paraph Reservation", based=prose)
    inset = f'<w:ind w:right="{mm(4)}"/>'
    yield Para("Paraph Cell", before=3, after=3, line=1.0, tail=inset, run=font(9.5))
    yield Para(
        "Paraph Cell Head",
        before=3,
        after=3,
        line=1.0,
        head="<w:keepNext/>",
        tail=inset,
        run=font(9, bold=True, colour=ACCENT, heading=True),
    )
    yield Para("Paraph Address", after=18, line=1.0)
    yield Para("Paraph Subject", before=6, after=14, run="<w:b/><w:bCs/>")
    yield Para("Paraph Salutation", based=prose, before=6)
    yield Para("Paraph Letter Paragraph", based=prose)
    yield Para("Paraph Closing", based=prose, before=8, head=KEEP)
    yield Para("Paraph Panel", based=prose)
    yield Para("Paraph Readers", following=prose, after=14, run=font(10, colour=colour(SOFT), heading=True))
    yield Para("Paraph Small", before=12, run=font(8.5, colour=colour(SOFT), heading=True))
    yield from house_styles()
    yield Para("header", after=0, line=1.0, run=font(8.5, colour=colour(SOFT), heading=True), quick=False)
    yield Para("footer", after=0, line=1.0, run=font(8, colour=colour(SOFT), heading=True), quick=False)
    yield Para(
        "footnote text", after=3, line=1.0, quick=False, run=font(8.5),
        middle=f'<w:tabs><w:tab w:val="left" w:pos="{mm(4)}"/></w:tabs>',
        tail=f'<w:ind w:left="{mm(4)}" w:hanging="{mm(4)}"/>',
    )  # fmt: skip


def leaflet_styles(scale: float) -> Iterable[Para]:
    """What the panels of a folded sheet have of their own; they come after the styles that they are based on."""

    def type_(size: float, **more: Any) -> str:
        points = round(2 * size * scale) / 2
        cs = 0.0 if scale == 1 else round(2 * 1.1 * points) / 2  # little room: as small as Amiri is still read
        return font(points, cs=cs, heading=True, **more)

    yield Para(
        "Paraph Section", based="heading 2", following="Paraph Panel",
        before=(18 if scale <= 1 else 9) * scale, after=13 * scale, line=1.0,  # a poster is full
        run=type_(15, bold=True, colour=ACCENT),
    )  # fmt: skip
    yield Para(
        "Paraph Title", based="heading 1", before=10 * scale, after=6 * scale, line=0.95, run=type_(29, bold=True)
    )
    yield Para("Paraph Panel", after=8 * scale, line=1.0, run=type_(11))
    yield Para("Paraph Readers", before=24 * scale, after=0, run=type_(11, bold=True))
    yield Para("Paraph Issuer", before=8 * scale, after=2 * scale, line=1.0, head=KEEP, run=type_(11, bold=True))
    yield Para("Paraph Website", after=4 * scale, line=1.0, run=type_(10.5))
    yield Para("Paraph Partner", before=22 * scale, after=4 * scale, head=KEEP, run=type_(10.5, bold=True))


def packet_styles() -> Iterable[Para]:
    """What review packets have of their own."""
    packet = "Paraph Packet"
    yield Para(f"{packet} Fact", after=5, line=1.1, run=font(10))
    yield Para(f"{packet} How", based=f"{packet} Fact")
    yield Para(f"{packet} Contents", based=f"{packet} Fact", after=4)
    yield Para(f"{packet} Head", based="heading 2", following=f"{packet} Status", before=18, after=3)
    yield Para(f"{packet} Cell", based="Paraph Cell", before=2, after=2)
    yield Para(f"{packet} Label", based=f"{packet} Cell", tail="<w:contextualSpacing/>")
    yield Para(
        f"{packet} Status", after=5, line=1.0, head="<w:keepNext/>", run=font(9, heading=True, colour=colour(SOFT))
    )
    inset = f'<w:ind w:right="{mm(4)}"/>'
    yield Para(f"{packet} Text", before=3, after=5, line=1.1, tail=inset, run=font(10))
    yield Para(f"{packet} Item", based=f"{packet} Text")
    yield Para(f"{packet} Quote", based=f"{packet} Text", tail=f'<w:ind w:left="{mm(5)}" w:right="{mm(5)}"/>')
    yield Para(
        f"{packet} Title", based=f"{packet} Text", before=10, head="<w:keepNext/>",
        run=font(10, heading=True, bold=True, colour=ACCENT),
    )  # fmt: skip
    yield Para("Paraph House Space", based="Paraph House", before=3, after=3, line=0.1, run=font(1))
    yield Para(f"{packet} Note", based=f"{packet} Text", run=font(8.5))


def house_styles() -> Iterable[Para]:
    """What the template itself says; text in these styles is not part of the document."""
    house = "Paraph House"
    yield Para(house, after=0, line=1.05, run=font(9, heading=True, colour=colour(SOFT)))
    yield Para(f"{house} Name", based=house, after=3, run=font(10.5, heading=True, bold=True, colour=ACCENT))
    yield Para(f"{house} Address", based=house, before=4, run=font(8, heading=True, colour=colour(SOFT)))
    yield Para(f"{house} Logo", based=house, after=10)
    yield Para(
        f"{house} Draft", based=house, after=8, tail='<w:jc w:val="right"/>',
        run=font(8.5, heading=True, bold=True, colour=colour(WARNING)),
    )  # fmt: skip
    yield Para(
        f"{house} Notice", based=house, after=16, line=1.1,
        middle=f"<w:pBdr>{border('top', 4, 5, ACCENT_LINE)}{border('bottom', 4, 5, ACCENT_LINE)}</w:pBdr>"
        '<w:shd w:val="clear" w:color="auto" w:fill="EDF1F5" w:themeFill="accent1" w:themeFillTint="14"/>',
        run=font(9, heading=True, colour=colour(INK)),
    )  # fmt: skip
    yield Para(
        f"{house} Rule", based=house, before=6, after=12, line=0.1,
        middle=f"<w:pBdr>{border('bottom', 10, 1, ACCENT_LINE)}</w:pBdr>", run=font(1),
    )  # fmt: skip
    yield Para(
        f"{house} Column", based=house, after=8, head="<w:keepNext/>",
        middle=f"<w:pBdr>{border('bottom', 6, 3, ACCENT_LINE)}</w:pBdr>",
        run=font(9, heading=True, bold=True, colour=ACCENT),
    )  # fmt: skip
    yield Para(f"{house} Gap", based=house, line=0.1, run=font(1))


def character_styles(packet: bool) -> str:
    """Emphasis is italic in Latin script and bold in Arabic, which has no italic."""
    looks = {
        "Emphasis": "<w:bCs/><w:i/>",
        "Strong": "<w:b/><w:bCs/>",
        "Hyperlink": f'<w:color {ACCENT}/><w:u w:val="single" {ACCENT_LINE}/>',
        "footnote reference": f'<w:color {ACCENT}/><w:vertAlign w:val="superscript"/>',
    }
    if packet:
        looks |= {
            "Paraph Inserted": '<w:color w:val="1B5E20"/><w:u w:val="double" w:color="1B5E20"/>',
            "Paraph Deleted": f'<w:strike/><w:color w:val="{WARNING}"/>',
            "Paraph Hint": f'<w:color w:val="{SOFT}"/>',
        }
    return "".join(
        f'<w:style w:type="character" w:styleId="{identifier(name)}"{custom(name)}><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/><w:rPr>{look}</w:rPr></w:style>'
        for name, look in looks.items()
    )


def table_styles() -> str:
    """Paraph Table for tables of the text, Paraph Grid for cells side by side, Paraph Columns for two languages.

    Cells have no margins of their own: the space between columns is an indent of the paragraphs, which follows the
    direction of the text in every word processor.
    """

    def one(name: str, properties: str, more: str = "") -> str:
        return (
            f'<w:style w:type="table" w:customStyle="1" w:styleId="{identifier(name)}"><w:name w:val="{name}"/>'
            f'<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr>{properties}</w:tblPr>{more}</w:style>'
        )

    flush = "".join(f'<w:{edge} w:w="0" w:type="dxa"/>' for edge in ("top", "left", "bottom", "right"))
    margins = f"<w:tblCellMar>{flush}</w:tblCellMar>"
    lines = (
        "<w:tblBorders>"
        f'<w:bottom w:val="single" w:sz="4" w:space="0" w:color="{FAINT}"/>'
        f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{FAINT}"/></w:tblBorders>'
    )
    head = (
        '<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>'
        f'<w:bottom w:val="single" w:sz="8" w:space="0" {ACCENT_LINE}/></w:tcBorders></w:tcPr></w:tblStylePr>'
    )
    return one("Paraph Table", lines + margins, head) + one("Paraph Grid", margins) + one("Paraph Columns", margins)


def list_style(name: str, num: int) -> str:
    """A list style: restyle it in Word, and every list of the documents follows."""
    return (
        f'<w:style w:type="numbering" w:customStyle="1" w:styleId="{identifier(name)}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="NoList"/><w:pPr><w:numPr><w:numId w:val="{num}"/></w:numPr></w:pPr></w:style>'
    )


def styles(size: float, packet: bool = False, leaflet: float = 0) -> str:
    """The styles part; text is `size` points."""
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {MINOR}/><w:color w:val="{INK}"/>'
        f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2.56)}"/>'
        '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-MA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/><w:suppressAutoHyphens/>"
        '<w:spacing w:after="150" w:line="269" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    )
    basics = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:semiHidden/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:semiHidden/>'
        "</w:style>"
    )
    own = {style.name for style in leaflet_styles(1)}
    return (
        f'{HEAD}<w:styles xmlns:w="{W}">{defaults}{basics}'
        + "".join(style.xml() for style in paragraph_styles() if not (leaflet and style.name in own))
        + "".join(style.xml() for style in (leaflet_styles(leaflet) if leaflet else ()))
        + "".join(style.xml() for style in (packet_styles() if packet else ()))
        + character_styles(packet)
        + table_styles()
        + list_style("Paraph Numbers", 1)
        + list_style("Paraph Bullets", 2)
        + "</w:styles>"
    )


def numbering() -> str:
    """The two lists that every numbered run is copied from: numbers of the first level hang in the margin."""

    def levels(bullets: bool) -> str:
        made = ""
        for level in range(9):
            left, hanging = (GAP * (level or bullets), mm(5.5)) if bullets else (GAP * level, GAP)
            text, style = ("•", "bullet") if bullets else (f"%{level + 1}.", "decimal")
            run = f"<w:rPr><w:color {ACCENT}/></w:rPr>" if bullets or level == 0 else ""
            made += (
                f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/>'
                f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr>{run}</w:lvl>'
            )
        return made

    lists = (("ParaphNumbers", False), ("ParaphBullets", True))
    abstracts = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:nsid w:val="50A0FF0{n}"/><w:multiLevelType w:val="multilevel"/>'
        f'<w:styleLink w:val="{style}"/>{levels(bullets)}</w:abstractNum>'
        for n, (style, bullets) in enumerate(lists, 1)
    )
    nums = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2))
    return f'{HEAD}<w:numbering xmlns:w="{W}">{abstracts}{nums}</w:numbering>'


def settings() -> str:
    """Compatibility with Word 2013 and later, no hyphenation."""
    compatible = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
        )
    )
    return (
        f'{HEAD}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:autoHyphenation w:val="0"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        + compatible
        + '</w:compat><w:themeFontLang w:val="en-GB" w:bidi="ar-SA"/>'
        '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" '
        'w:accent1="accent1" w:accent2="accent2" '
        'w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink" '
        'w:followedHyperlink="followedHyperlink"/></w:settings>'
    )


def font_table() -> str:
    """What Word may take where the house's fonts are not installed."""
    known = (
        ("Noto Serif", "Cambria", "roman"),
        ("Noto Sans", "Segoe UI", "swiss"),
        ("Amiri", "Traditional Arabic", "roman"),
    )
    return (
        f'{HEAD}<w:fonts xmlns:w="{W}">'
        + "".join(
            f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:family w:val="{family}"/>'
            '<w:pitch w:val="variable"/></w:font>'
            for name, other, family in known
        )
        + "</w:fonts>"
    )


def theme() -> str:
    """Colours and fonts; those of paraph.yml take their place."""
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>'
        for name, value in (
            ("dk1", INK), ("lt1", "FFFFFF"), ("dk2", SOFT), ("lt2", "EEF0F2"),
            ("accent1", ACCENT_VALUE), ("accent2", WARNING), ("accent3", "4C6A4F"),
            ("accent4", "8A6D1F"), ("accent5", "5B4A7A"), ("accent6", "2F6F73"),
            ("hlink", ACCENT_VALUE), ("folHlink", ACCENT_VALUE),
        )
    )  # fmt: skip

    def face(kind: str, latin: str) -> str:
        return (
            f'<a:{kind}Font><a:latin typeface="{latin}"/><a:ea typeface=""/><a:cs typeface="Amiri"/>'
            f'<a:font script="Arab" typeface="Amiri"/></a:{kind}Font>'
        )

    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{HEAD}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Paraph">'
        "<a:themeElements>"
        f'<a:clrScheme name="Paraph">{colours}</a:clrScheme>'
        f'<a:fontScheme name="Paraph">{face("major", "Noto Sans")}{face("minor", "Noto Serif")}</a:fontScheme>'
        f'<a:fmtScheme name="Paraph"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )


def line(style: str, text: str = "", more: str = "") -> str:
    """A paragraph of the template in a style; a tab in `text` stays a tab."""
    pieces = '</w:t><w:tab/><w:t xml:space="preserve">'.join(text.split("\t"))
    run = f'<w:r><w:t xml:space="preserve">{pieces}</w:t></w:r>' if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{identifier(style)}"/>{more}</w:pPr>{run}</w:p>'


def slots(*names: tuple[str, str]) -> str:
    """Paragraphs that hold one slot or field each: (name, style)."""
    return "".join(line(style, f"{{{{ {name} }}}}") for name, style in names)


LETTERHEAD = slots(
    ("draft", "Paraph House Draft"),
    ("logo", "Paraph House Logo"),
    ("house", "Paraph House Name"),
    ("names", "Paraph House"),
    ("address", "Paraph House Address"),
) + line("Paraph House Rule")

# On every page but the first, whose notice stands above the title: a page may travel alone.
RUNNING = (("draft", "Paraph House Draft"), ("notice", "Paraph House Notice"))

COMMON = Layout(
    slots=(
        ("notice", "Paraph House Notice"),
        ("label", "Paraph Label"),
        ("title", "Paraph Title"),
        ("subtitle", "Paraph Subtitle"),
        ("reference", "Paraph Reference"),
        ("body", "Paraph Prose"),
        ("place_date", "Paraph Place Date"),
        ("signatures", "Paraph Signatory"),
        ("reservations", "Paraph Reservation"),
        ("glossary", "Paraph Cell"),
    )
)
LETTER = Layout(
    slots=(
        ("part.recipient", "Paraph Address"),
        ("notice", "Paraph House Notice"),
        ("place_date", "Paraph Place Date"),
        ("reference", "Paraph Reference"),
        ("part.subject", "Paraph Subject"),
        ("body", "Paraph Letter Paragraph"),
        ("signatures", "Paraph Signatory"),
    ),
    side=mm(28),
    size=11,
)
LEAFLET = Layout(
    slots=(
        ("notice", "Paraph House Notice"),
        ("title", "Paraph Title"),
        ("subtitle", "Paraph Subtitle"),
        ("part.readers", "Paraph Readers"),
        ("body", "Paraph Panel"),
        ("part.contact", "Paraph Address"),
        ("part.summary", "Paraph Small"),
    ),
    side=mm(25),
    size=12,
    leaflet=1,
)
PACKET = Layout(
    slots=(
        ("label", "Paraph Label"),
        ("title", "Paraph Title"),
        ("subtitle", "Paraph Subtitle"),
        ("body", "Paraph Prose"),
    ),
    side=mm(24),
    top=mm(22),
    bottom=mm(22),
    packet=True,
)
POSTER, CARD = replace(LEAFLET, leaflet=1.25), replace(LEAFLET, leaflet=0.8)
TEMPLATES = {
    "common": COMMON, "letter": LETTER, "leaflet": LEAFLET, "poster": POSTER, "card": CARD, "packet": PACKET,
}  # fmt: skip


def story(tag: str, content: str) -> str:
    """A part that holds paragraphs: body, header or footer."""
    return f'{HEAD}<w:{tag} xmlns:w="{W}" xmlns:r="{R}">{content}</w:{tag}>'


def footer(side: int) -> str:
    """The running foot: what the document is, and the page, at the end of the line."""
    tabs = (
        f'<w:pBdr><w:top w:val="single" w:sz="4" w:space="6" w:color="{FAINT}"/></w:pBdr>'
        f'<w:tabs><w:tab w:val="right" w:pos="{PAGE_WIDTH - 2 * side}"/></w:tabs>'
    )
    return story("ftr", line("footer", "{{ running }}\t{{ page }}", tabs))


def document(layout: Layout) -> str:
    """The main part: the slots, the paper, and which headers and footers it has."""
    section = (
        '<w:sectPr><w:headerReference w:type="first" r:id="rId5"/><w:headerReference w:type="default" r:id="rId6"/>'
        '<w:footerReference w:type="first" r:id="rId7"/><w:footerReference w:type="default" r:id="rId8"/>'
        f'<w:pgSz w:w="{PAGE_WIDTH}" w:h="{PAGE_HEIGHT}"/><w:pgMar w:top="{layout.top}" w:right="{layout.side}" '
        f'w:bottom="{layout.bottom}" w:left="{layout.side}" w:header="{mm(14)}" w:footer="{mm(13)}" w:gutter="0"/>'
        "<w:titlePg/></w:sectPr>"
    )
    return story("document", f"<w:body>{slots(*layout.slots)}{section}</w:body>")


def relationships(rows: Iterable[tuple[str, str]]) -> str:
    """A relationships part: (kind, target), numbered from rId1."""
    return (
        f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="rId{n}" Type="{kind if ":" in kind else OFFICE + kind}" Target="{target}"/>'
            for n, (kind, target) in enumerate(rows, 1)
        )
        + "</Relationships>"
    )


def template(layout: Layout) -> bytes:
    """A word.docx."""
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    types = {
        "word/document.xml": f"{TYPE}document.main+xml",
        "word/styles.xml": f"{TYPE}styles+xml",
        "word/numbering.xml": f"{TYPE}numbering+xml",
        "word/settings.xml": f"{TYPE}settings+xml",
        "word/fontTable.xml": f"{TYPE}fontTable+xml",
        "word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "docProps/core.xml": core,
        "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    } | {f"word/{part}{n}.xml": f"{TYPE}{part}+xml" for part in ("header", "footer") for n in (1, 2)}
    parts = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in types.items())
        + "</Types>",
        "_rels/.rels": relationships(
            (
                ("officeDocument", "word/document.xml"),
                (CORE_PROPERTIES, "docProps/core.xml"),
                ("extended-properties", "docProps/app.xml"),
            )
        ),
        "word/_rels/document.xml.rels": relationships(
            (
                ("styles", "styles.xml"), ("numbering", "numbering.xml"), ("settings", "settings.xml"),
                ("fontTable", "fontTable.xml"), ("header", "header1.xml"), ("header", "header2.xml"),
                ("footer", "footer1.xml"), ("footer", "footer2.xml"), ("theme", "theme/theme1.xml"),
            )
        ),
        "word/document.xml": document(layout),
        "word/styles.xml": styles(layout.size, layout.packet, layout.leaflet),
        "word/numbering.xml": numbering(),
        "word/settings.xml": settings(),
        "word/fontTable.xml": font_table(),
        "word/theme/theme1.xml": theme(),
        "word/header1.xml": story("hdr", LETTERHEAD),
        "word/header2.xml": story("hdr", slots(*RUNNING) + line("Paraph House Gap")),
        "word/footer1.xml": footer(layout.side),
        "word/footer2.xml": footer(layout.side),
        "docProps/core.xml": f'{HEAD}<cp:coreProperties '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Template</dc:title></cp:coreProperties>',
        "docProps/app.xml": f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>Paraph</Application></Properties>",
    }  # fmt: skip
    return Package({name: text.encode() for name, text in parts.items()}).data()


if __name__ == "__main__":
    for form, layout in TEMPLATES.items():
        (ROOT / "templates" / form / "word.docx").write_bytes(template(layout))
