"""Elements by their prefixed names, and the order of properties that the schema of ECMA-376 asks for."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any, TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element
Attributes: TypeAlias = Mapping[str, str | int]

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "ep": "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "cust": "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
    "vt": "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
    "xml": "http://www.w3.org/XML/1998/namespace",
}

PARAGRAPH_ORDER = [
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "framePr",
    "widowControl",
    "numPr",
    "suppressLineNumbers",
    "pBdr",
    "shd",
    "tabs",
    "suppressAutoHyphens",
    "kinsoku",
    "wordWrap",
    "overflowPunct",
    "topLinePunct",
    "autoSpaceDE",
    "autoSpaceDN",
    "bidi",
    "adjustRightInd",
    "snapToGrid",
    "spacing",
    "ind",
    "contextualSpacing",
    "mirrorIndents",
    "suppressOverlap",
    "jc",
    "textDirection",
    "textAlignment",
    "textboxTightWrap",
    "outlineLvl",
    "divId",
    "cnfStyle",
    "rPr",
    "sectPr",
    "pPrChange",
]
"""CT_PPr."""

RUN_ORDER = [
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "rStyle",
    "rFonts",
    "b",
    "bCs",
    "i",
    "iCs",
    "caps",
    "smallCaps",
    "strike",
    "dstrike",
    "outline",
    "shadow",
    "emboss",
    "imprint",
    "noProof",
    "snapToGrid",
    "vanish",
    "webHidden",
    "color",
    "spacing",
    "w",
    "kern",
    "position",
    "sz",
    "szCs",
    "highlight",
    "u",
    "effect",
    "bdr",
    "shd",
    "fitText",
    "vertAlign",
    "rtl",
    "cs",
    "em",
    "lang",
    "eastAsianLayout",
    "specVanish",
    "oMath",
]
"""CT_RPr."""


_STRICT = "http://purl.oclc.org/ooxml/"
_OTHERWISE = {"extendedProperties": "extended-properties", "customProperties": "custom-properties"}
"""What has another last name in Strict than in Transitional."""


def transitional(uri: str) -> str:
    """A namespace, or the type of a relationship, of ISO/IEC 29500 Strict by its name in Transitional; any other as it
    is. Word writes one or the other, and LibreOffice takes them for the same, also side by side in one file."""
    if not uri.startswith(_STRICT):
        return uri
    family, _, rest = uri.removeprefix(_STRICT).partition("/")
    first, stroke, last = rest.rpartition("/")
    return f"http://schemas.openxmlformats.org/{family}/2006/{first}{stroke}{_OTHERWISE.get(last, last)}"


@functools.cache
def name(prefixed: str) -> str:
    """`w:p` in Clark notation."""
    prefix, _, local = prefixed.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


_DEFAULT = {"ct", "rel", "ep", "cust"}
_TOGETHER = {"w": ("w", "r"), "a": ("a", "r"), "cp": ("cp", "dc", "dcterms", "xsi")}
"""Prefixes that are declared together, at the root, so that no element inside need declare its own."""

_MAPS: dict[str, Any] = {
    prefix: {None: uri} if prefix in _DEFAULT else {one: NAMESPACES[one] for one in _TOGETHER.get(prefix, (prefix,))}
    for prefix, uri in NAMESPACES.items()
    if prefix != "xml"
}


def el(tag: str, attributes: Attributes | None = None, *children: Element, text: str | None = None) -> Element:
    """An element: `el("w:ind", {"w:left": 360})`."""
    made = etree.Element(name(tag), nsmap=_MAPS[tag.partition(":")[0]])
    for key, value in (attributes or {}).items():
        made.set(name(key) if ":" in key else key, str(value))
    made.text = text
    made.extend(children)
    return made


def put(properties: Element, child: Element, order: list[str]) -> None:
    """Set `child` among `properties` where the schema wants it, in place of one of its kind."""
    for old in properties.findall(str(child.tag)):
        properties.remove(old)
    rank = order.index(etree.QName(child).localname)
    for position, sibling in enumerate(properties):
        local = etree.QName(sibling).localname
        if local in order and order.index(local) > rank:
            properties.insert(position, child)
            return
    properties.append(child)


def properties_of(owner: Element, tag: str) -> Element:
    """The properties element (`w:pPr`, `w:rPr`, …) at the head of `owner`, made where it is missing."""
    found = owner.find(name(tag))
    if found is None:
        found = el(tag)
        owner.insert(0, found)
    return found


def attribute(element: Element | None, key: str) -> str:
    """An attribute's value, "" where it or its element is missing."""
    return element.get(name(key), "") if element is not None else ""
