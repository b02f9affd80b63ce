"""What may stand several times in an element of a Word file, and what by one key alone (ECMA-376 Part 4, wml.xsd; of
what Word writes beyond it, as the Open XML SDK has it).

All else stands once. Of two, one program takes the first and another the last, so that nobody can say what a reader
sees: the size of a page, the words of a number, the list that a paragraph is in. So also the properties that wml.xsd
has in any number (CT_RPr, CT_TrPr, CT_FFData, CT_SdtEndPr): no word processor writes two that differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from paraph.ooxml.names import Element, attribute, name
from paraph.ooxml.reading.numbers import as_number
from paraph.ooxml.reading.symbols import is_symbolic

_W = name("w:p")[:-1]
_OURS = (_W, name("w14:p")[:-1], name("w15:p")[:-1])
"""Namespaces of what Word knows; of others, such as pictures, each has rules of its own."""


def _tag(one: str) -> str:
    return name(one if ":" in one else f"w:{one}")


def _names(text: str) -> frozenset[str]:
    return frozenset(map(_tag, text.split()))


_RANGES = (
    "bookmarkStart bookmarkEnd moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd commentRangeStart "
    "commentRangeEnd customXmlInsRangeStart customXmlInsRangeEnd customXmlDelRangeStart customXmlDelRangeEnd "
    "customXmlMoveFromRangeStart customXmlMoveFromRangeEnd customXmlMoveToRangeStart customXmlMoveToRangeEnd "
    "w14:customXmlConflictInsRangeStart w14:customXmlConflictInsRangeEnd w14:customXmlConflictDelRangeStart "
    "w14:customXmlConflictDelRangeEnd"
)
"""Where something begins or ends, for as many as do."""
_CONTENT = _names(
    f"{_RANGES} proofErr permStart permEnd ins del moveFrom moveTo w14:conflictIns w14:conflictDel sdt customXml p tbl "
    "altChunk tr tc r hyperlink fldSimple smartTag dir bdo subDoc t br cr tab ptab sym delText instrText delInstrText "
    "noBreakHyphen softHyphen dayShort monthShort yearShort dayLong monthLong yearLong pgNum annotationRef footnoteRef "
    "endnoteRef separator continuationSeparator object pict drawing contentPart w14:contentPart fldChar ruby "
    "footnoteReference endnoteReference commentReference lastRenderedPageBreak"
)
HOLDERS = _names(
    "body hdr ftr footnote endnote comment p r tbl tr tc sdtContent txbxContent ins del moveFrom moveTo hyperlink "
    "fldSimple smartTag customXml dir bdo rt rubyBase docPartBody w14:conflictIns w14:conflictDel"
)
"""Elements that hold words, and what stands among them."""
_SHADES = "w14:tint w14:shade w14:alpha w14:hueMod w14:sat w14:satOff w14:satMod w14:lum w14:lumOff w14:lumMod"
"""What is made of a colour, one after the other."""
_SEVERAL: dict[str, dict[str, str]] = {
    "sdt": dict.fromkeys(_RANGES.split(), ""),
    "tabs": {"tab": ""},
    "tblGrid": {"gridCol": ""},
    "cols": {"col": ""},
    "sectPr": {"headerReference": "type", "footerReference": "type"},
    "styles": {"style": "styleId"},
    "style": {"tblStylePr": "type"},
    "latentStyles": {"lsdException": "name"},
    "numbering": {"numPicBullet": "numPicBulletId", "abstractNum": "abstractNumId", "num": "numId"},
    "abstractNum": {"lvl": "ilvl"},
    "num": {"lvlOverride": "ilvl"},
    "fonts": {"font": ""},
    "comments": {"comment": "id"},
    "footnotes": {"footnote": "id"},
    "endnotes": {"endnote": "id"},
    "footnotePr": {"footnote": "id"},
    "endnotePr": {"endnote": "id"},
    "settings": {"activeWritingStyle": "", "attachedSchema": "", "smartTagType": ""},
    "compat": {"compatSetting": "name"},
    "rsids": {"rsid": ""},
    "docVars": {"docVar": "name"},
    "captions": {"caption": "name"},
    "autoCaptions": {"autoCaption": "name"},
    "odso": {"fieldMapData": "", "recipientData": ""},
    "dropDownList": {"listItem": ""},
    "comboBox": {"listItem": ""},
    "ddList": {"listEntry": ""},
    "smartTagPr": {"attr": ""},
    "customXmlPr": {"attr": ""},
    "headers": {"header": ""},
    "w14:gsLst": {"w14:gs": ""},
    "w14:stylisticSets": {"w14:styleSet": ""},
    "w14:srgbClr": dict.fromkeys(_SHADES.split(), ""),
    "w14:schemeClr": dict.fromkeys(_SHADES.split(), ""),
}
"""In what stands what several times, and the attribute that tells one from another; "" where nothing need."""
_KEYED = {
    _tag(of): {_tag(one): f"w:{key}" if key else "" for one, key in kinds.items()} for of, kinds in _SEVERAL.items()
}
_UNSAID = {"w:type": "default"}
_STYLE_ID = "w:styleId"
_RPR, _FONTS = name("w:rPr"), name("w:rFonts")


def repeated(root: Element) -> Iterator[Element]:
    """Of each element in `root`, and of that itself, in which something stands again that stands there once: the first
    such child."""
    for parent in root.iter(*(f"{one}*" for one in _OURS)):
        if len(parent) > 1:
            tags = [one.tag for one in parent]
            if len(set(tags)) < len(tags) and (found := _again(parent)) is not None:
                yield found


def stands_again(parent: Element) -> bool:
    """Whether of what an element holds something stands again that stands there once."""
    return _again(parent) is not None


def _again(parent: Element) -> Element | None:
    keyed, holds = _KEYED.get(str(parent.tag), {}), parent.tag in HOLDERS
    seen: dict[tuple[object, str], Element] = {}
    for one in _of_word(parent):
        if holds and one.tag in _CONTENT:
            continue
        by = keyed.get(str(one.tag))
        if by == "":
            continue
        before = seen.setdefault((one.tag, _key(one, by) if by else ""), one)
        if before is not one and not _says_the_same(before, one):
            return one
    return None


def _of_word(parent: Element) -> Iterable[Element]:
    return (one for one in parent if isinstance(one.tag, str) and one.tag.startswith(_OURS))


def _key(one: Element, by: str) -> str:
    """What tells one from another. The id of a style is no number: “1” and “01” are two."""
    said = attribute(one, by).strip() or _UNSAID.get(by, "")
    return said if by == _STYLE_ID else as_number(said)


def _says_the_same(one: Element, other: Element) -> bool:
    """Whether it does not matter which of two holds. LibreOffice doubles the properties of words whose look was changed
    while changes were tracked; of typefaces, one may name more of them."""
    if len(one) or len(other) or one.tag in HOLDERS:
        return False
    if one.tag != _FONTS:
        return sorted(one.items()) == sorted(other.items())
    faces = (*one.attrib.values(), *other.attrib.values())
    return all(other.get(key, face) == face for key, face in one.attrib.items()) and not any(map(is_symbolic, faces))
