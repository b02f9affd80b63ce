"""How text is set, aspect by aspect, as its run, paragraph, cell, row, table and the styles behind them say.

What stands nearest to the text holds (ECMA-376 Part 1, 17.7.2). What can never hide, cover or change words is passed
over here; what is known to do so within bounds is an aspect with a value; anything else is an aspect of its own name,
and `legible` objects to it. So a property that nobody thought of is never taken for harmless.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from paraph.ooxml.names import Element, attribute, name
from paraph.ooxml.reading.palette import UNKNOWN, colour_of, highlight
from paraph.ooxml.reading.symbols import is_symbolic

Formatting: TypeAlias = Mapping[str, str]
"""Aspect → value, a number as it stands. An aspect of which nothing is said is not there; "" says that it is off."""

STRANGE = "strange "
"""Before the name of a property that is not known to be harmless."""
RIGHT_TO_LEFT, PARAGRAPH_RIGHT_TO_LEFT = "right to left", "paragraph from right to left"
"""Of a run and of a paragraph: what stands to the left in it may be what comes first, or what comes last."""
STRUCK, STRUCK_TWICE = "struck", "struck by two lines"
SWITCHES = {
    "b": "bold",
    "bCs": "bold Arabic letters",
    "i": "italics",
    "iCs": "italic Arabic letters",
    "caps": "capitals",
}
UNDERLINED, HIGHLIGHTED, RAISED = "underlined", "highlighter", "raised"
BEHIND = ("behind the run", "behind the paragraph", "behind the cell", "behind the table")
"""What colours the ground under words, the nearest first; a highlighter is nearer than all of them."""
BORDERS = tuple((f"border{at}", f"border of the {of}") for at, of in enumerate(("run", "paragraph", "cell", "row")))
"""Lines around words, as marks of a look and as aspects."""
_OFF = ("0", "false", "off")
_NONE = (*_OFF, "none")


def _names(text: str) -> frozenset[str]:
    return frozenset(name(one if ":" in one else f"w:{one}") for one in text.split())


_RUN = _names(
    "rStyle smallCaps noProof snapToGrid kern cs lang rPrChange ins del moveFrom "
    "moveTo vanish w14:ligatures w14:numForm w14:numSpacing w14:cntxtAlts"
)
"""Never matters for what is read; of `vanish` see `inherited`."""
_PARAGRAPH = _names(
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers suppressAutoHyphens "
    "kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN adjustRightInd snapToGrid "
    "contextualSpacing mirrorIndents suppressOverlap jc textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr "
    "sectPr pPrChange"
)
_ROW = _names("cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit tblHeader jc hidden ins del trPrChange")
_CELL = _names("cnfStyle gridSpan vMerge noWrap vAlign hideMark headers cellIns cellMerge tcPrChange")
_TABLE = _names(
    "tblStyle tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize jc tblBorders tblLayout "
    "tblLook tblCaption tblDescription tblPrChange"
)
_SCHEME = {"bg1": "background1", "tx1": "text1", "bg2": "background2", "tx2": "text2"}
CELL_MARGINS = {
    "margin at the beginning of the cell": _names("left start"),
    "margin at the end of the cell": _names("right end"),
}
"""Of a cell; of which side is meant in a table set from right to left, programs have not one mind."""
_FONTS = {f"font of {kind}": f"w:{kind}" for kind in ("ascii", "hAnsi", "cs", "eastAsia")}
"""Each is inherited by itself (17.3.2.26), as the height of a line and its rule are (17.3.1.33)."""
_SPACING = {
    "height of the line": "w:line",
    "rule of the line": "w:lineRule",
    "space before the paragraph": "w:before",
    "space after the paragraph": "w:after",
}
_INDENTS = ("left", "start", "right", "end", "firstLine", "hanging")


def font_of(formatting: Formatting) -> str:
    """The font of text: which of its letters are set in which, nobody says, so one of signs stands for all."""
    named = [formatting.get(aspect, "") for aspect in _FONTS]
    return next(filter(is_symbolic, named), named[0])


def switched(properties: Element | None, tag: str) -> bool | None:
    """A switch of `properties`: on, off, or not said."""
    found = properties.find(name(tag)) if properties is not None else None
    return None if found is None else attribute(found, "w:val") not in _OFF


def of_run(properties: Element | None) -> Formatting:
    """What the properties of a run say."""
    found: dict[str, str] = {}
    for one in properties if properties is not None else ():
        tag = str(one.tag)
        if tag in _RUN:
            continue
        if tag in _ASPECTS:
            aspect, said = _ASPECTS[tag]
            found[aspect] = said(one)
        elif tag == name("w:rFonts"):
            found |= {aspect: named for aspect, kind in _FONTS.items() if (named := attribute(one, kind))}
        else:
            found |= _other(one)
    return found


def of_paragraph(properties: Element | None) -> Formatting:
    """What the properties of a paragraph say."""
    found: dict[str, str] = {}
    for one in properties if properties is not None else ():
        tag = str(one.tag)
        if tag in _PARAGRAPH:
            continue
        if tag == name("w:shd"):
            found["behind the paragraph"] = _shade(one)
        elif tag == name("w:pBdr"):
            found["border of the paragraph"] = _lines(one)
        elif tag == name("w:bidi"):
            found[PARAGRAPH_RIGHT_TO_LEFT] = _is_on(one)
        elif tag == name("w:spacing"):
            found |= {aspect: said for aspect, key in _SPACING.items() if (said := attribute(one, key))}
        elif tag == name("w:tabs"):
            stops = [(attribute(stop, "w:val"), attribute(stop, "w:pos")) for stop in one]
            for aspect, ends in (("tab stop", False), ("tab stop on the right", True)):
                places = (place for kind, place in stops if kind != "clear" and (kind in ("right", "end")) is ends)
                found[aspect] = max(places, key=_size, default="")
        elif tag == name("w:ind"):
            found |= {f"{side} indent": value for side in _INDENTS if (value := attribute(one, f"w:{side}"))}
            chars = {side: attribute(one, f"w:{side}Chars") for side in _INDENTS}
            found |= {f"{side} indent in letters": value for side, value in chars.items() if value}
        elif tag == name("w:textDirection"):
            found[f"{STRANGE}textDirection"] = _turned(one)
        else:
            found |= _other(one)
    return found


def of_row(properties: Element | None) -> Formatting:
    """What the properties of a row say."""
    found: dict[str, str] = {}
    for one in properties if properties is not None else ():
        if one.tag == name("w:trHeight"):
            exact = attribute(one, "w:hRule") == "exact"
            found |= {"fixed height of the row": "yes" if exact else "", "height of the row": attribute(one, "w:val")}
        elif one.tag == name("w:tblCellSpacing"):
            found["gap between cells"] = attribute(one, "w:w")
        elif one.tag not in _ROW:
            found |= _other(one)
    return found


def of_cell(properties: Element | None) -> Formatting:
    """What the properties of a cell say."""
    found: dict[str, str] = {}
    for one in properties if properties is not None else ():
        tag = str(one.tag)
        if tag in _CELL:
            continue
        if tag == name("w:shd"):
            found["behind the cell"] = _shade(one)
        elif tag == name("w:tcW"):
            found |= _width("cell", one)
        elif tag == name("w:tcBorders"):
            crossed = next(one.iter(name("w:tl2br"), name("w:tr2bl")), None)
            drawn = crossed is not None and attribute(crossed, "w:val") not in ("nil", "none")
            found[f"{STRANGE}line drawn across the cell"] = "yes" if drawn else ""
            found["border of the cell"] = _lines(one)
        elif tag == name("w:tcMar"):
            found |= _margins(one)
        elif tag == name("w:textDirection"):
            found[f"{STRANGE}textDirection"] = _turned(one)
        else:
            found |= _other(one)
    return found


def of_table(properties: Element | None) -> Formatting:
    """What the properties of a table say."""
    found: dict[str, str] = {}
    for one in properties if properties is not None else ():
        tag = str(one.tag)
        if tag in _TABLE:
            continue
        if tag == name("w:shd"):
            found["behind the table"] = _shade(one)
        elif tag == name("w:tblW"):
            found |= _width("table", one)
        elif tag == name("w:tblCellSpacing"):
            found["gap between cells"] = attribute(one, "w:w")
        elif tag == name("w:tblInd"):
            found["indent of the table"] = attribute(one, "w:w")
        elif tag == name("w:tblCellMar"):
            found |= _margins(one)
        else:
            found |= _other(one)
    return found


def of_exceptions(properties: Element | None) -> Formatting:
    """What a row says of itself as if it were a table (`w:tblPrEx`): its lines are its own."""
    lines = properties.find(name("w:tblBorders")) if properties is not None else None
    own = {"border of the row": _lines(lines)} if lines is not None else {}
    return {**of_table(properties), **own}


def _lines(borders: Element) -> str:
    """The lines that are drawn around something, each kind once: on which sides, each program says in its own way."""
    return ",".join(sorted({drawn for one in borders if (drawn := _line(one))}))


def _line(one: Element) -> str:
    kind = attribute(one, "w:val")
    themed = attribute(one, "w:themeColor")
    colour = themed or attribute(one, "w:color").upper()
    return "" if kind in ("", "nil", "none") else f"{kind}/{attribute(one, 'w:sz')}/{colour}"


def _other(one: Element) -> Formatting:
    """A property without a rule of its own: strange, unless it says that it is off. A comment is none."""
    if not isinstance(one.tag, str):
        return {}
    local = one.tag.rpartition("}")[2]
    off = attribute(one, "w:val") in _NONE
    if one.tag == name("w14:textOutline"):
        off = one.find(name("w14:noFill")) is not None
    return {f"{STRANGE}{local}": "" if off else "yes"}


def _shade(one: Element) -> str:
    """What a shade makes of what is behind; of the patterns only those of one colour can be told."""
    pattern = attribute(one, "w:val")
    if pattern == "solid":
        return colour_of(one, "w:color") or "000000"
    return colour_of(one, "w:fill", plain="Fill") if pattern in ("", "clear", "nil") else UNKNOWN


def _filling(one: Element) -> str:
    """The colour that fills the letters; what is not one colour cannot be told."""
    colour = one.find(f"{name('w14:solidFill')}/{name('w14:srgbClr')}")
    whole = colour is not None and len(colour) == 0
    value = attribute(colour, "w14:val").upper()
    if whole and len(value) == 6 and all(digit in "0123456789ABCDEF" for digit in value):
        return value
    themed = one.find(f"{name('w14:solidFill')}/{name('w14:schemeClr')}")
    if themed is None or len(themed):
        return UNKNOWN
    named = attribute(themed, "w14:val")
    return f"@{_SCHEME.get(named, named)}//"


def _width(of: str, one: Element) -> Formatting:
    """A width in twentieths of a point, or in fiftieths of a per cent of what it stands in (“50%” in new files)."""
    value, kind = attribute(one, "w:w"), attribute(one, "w:type")
    if value.endswith("%"):
        value, kind = str(_size(value[:-1]) * 50), "pct"
    wanted, share = f"width of the {of}", f"share of the {of}"
    return {wanted: value if kind == "dxa" else "", share: value if kind == "pct" else ""}


def _margins(one: Element) -> Formatting:
    """The widest margin of a cell, and those at the beginning and end of its lines, in twentieths of a point."""
    found = {"margin of the cell": max((attribute(side, "w:w") for side in one), key=_size, default="")}
    for aspect, tags in CELL_MARGINS.items():
        said = [
            attribute(side, "w:w") if attribute(side, "w:type") == "dxa" else "0" for side in one if side.tag in tags
        ]
        found |= {aspect: min(said, key=_size)} if said else {}
    return found


def _size(text: str) -> float:
    try:
        return abs(float(text))
    except ValueError:
        return 0.0


def _turned(one: Element) -> str:
    return "" if attribute(one, "w:val") in ("lrTb", "lr", "lrTbV") else "yes"


def _value(one: Element) -> str:
    return attribute(one, "w:val")


def _is_on(one: Element) -> str:
    return "" if _value(one) in _OFF else "yes"


def _underline(one: Element) -> str:
    return "" if _value(one) == "none" else _value(one) or "single"


_ASPECTS: dict[str, tuple[str, Callable[[Element], str]]] = {
    **{name(f"w:{tag}"): (aspect, _is_on) for tag, aspect in SWITCHES.items()},
    name("w:strike"): (STRUCK, _is_on),
    name("w:dstrike"): (STRUCK_TWICE, _is_on),
    name("w:rtl"): (RIGHT_TO_LEFT, _is_on),
    name("w:sz"): ("size", _value),
    name("w:szCs"): ("size of Arabic letters", _value),
    name("w:w"): ("width of letters", _value),
    name("w:position"): ("height over its line", _value),
    name("w:spacing"): ("gap between letters", _value),
    name("w:vertAlign"): (RAISED, _value),
    name("w:u"): (UNDERLINED, _underline),
    name("w:bdr"): ("border of the run", _line),
    name("w:color"): ("colour", colour_of),
    name("w:shd"): ("behind the run", _shade),
    name("w:highlight"): (HIGHLIGHTED, lambda one: highlight(_value(one))),
    name("w14:textFill"): ("filling", _filling),
}
"""Of the properties of a run that say one thing: the aspect, and how to read it."""
