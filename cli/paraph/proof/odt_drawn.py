"""What is drawn among the words of an ODT (OpenDocument 1.3, part 3, 10): pictures that stand as a letter does, and
boxes with a place of their own on the page, as LibreOffice makes them of those of a Word file.

Any other may lie over words, or stand anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from paraph.proof.odt_looks import Sheet
from paraph.proof.odt_names import found, name, points, prefixed
from paraph.proof.odt_properties import ANY, Check, holds
from paraph.proof.reading import pictured

_OTHER = "a picture or an object"
_ANYWHERE = "a text box, which may stand anywhere"
_SPOKEN = frozenset({"svg:desc", "svg:title"})
_ZERO = r"0(?:\.0+)?(?:in|cm|mm|pt)"
_PLACE = ("svg:x", "svg:y", "svg:width")
_NAMED: dict[str, Check] = dict.fromkeys(("draw:style-name", "draw:name", "draw:z-index", "xml:id"), ANY)
_HARMLESS: dict[str, Check] = {
    **{f"fo:margin-{one}": (0.0, 20.0) for one in ("left", "right", "top", "bottom")},
    **dict.fromkeys(("fo:background-color", "draw:fill-color", "text:anchor-type"), ANY),
    **{f"style:{one}": ANY for one in ("number-wrapped-paragraphs", "wrap-contour", "background-transparency")},
    **dict.fromkeys(("svg:x", "svg:y"), _ZERO),
    "fo:padding": (0.0, 10.0),
    "fo:border": "none",
    "style:mirror": "none",
    "fo:clip": rf"auto|rect\({_ZERO}(?:,? {_ZERO}){{3}}\)",
    **dict.fromkeys((f"draw:{one}" for one in ("luminance", "contrast", "red", "green", "blue")), "0%"),
    **dict.fromkeys(("draw:gamma", "draw:image-opacity"), "100%"),
    "draw:color-inversion": "false",
    "draw:color-mode": "standard",
}
_PICTURE: dict[str, Check] = {
    **_HARMLESS,
    "draw:fill": "none",
    **{f"style:{one}": ANY for one in ("wrap", "vertical-pos", "vertical-rel", "horizontal-pos", "horizontal-rel")},
}
_BOX: dict[str, Check] = {**_HARMLESS, "draw:fill": "none|solid", "draw:opacity": "0%|100%"}
_STANDING = {
    "style:wrap": "none",
    "style:vertical-pos": "from-top",
    "style:vertical-rel": "page",
    "style:horizontal-pos": "from-left",
    "style:horizontal-rel": "page",
}
"""What gives a box its place on the page, with no words beside it."""

_PICTURE_FRAME: dict[str, Check] = {**_NAMED, "text:anchor-type": "as-char"} | dict.fromkeys(
    ("svg:width", "svg:height"), (4.0, 400.0)
)
_BOX_FRAME: dict[str, Check] = {**_NAMED, "text:anchor-type": "paragraph"} | dict.fromkeys(_PLACE, (0.0, 600.0))
_IMAGE: dict[str, Check] = dict.fromkeys(
    (*(f"xlink:{one}" for one in ("href", "type", "show", "actuate")), "draw:mime-type", "loext:mime-type"), ANY
)


def drawings(content: etree._Element, styles: etree._Element, members: Mapping[str, str]) -> Iterator[str]:
    """How each picture and each box is named that stands in a file: `pictured`, by the digests of its `members`, where
    it is one that stands as a letter does."""
    for part in (content, styles):
        sheet = Sheet.read(part, styles)
        plain = {one: _picture(one, sheet, members) for one in found(part, "//draw:frame")}
        for one in found(part, "//draw:image | //draw:object | //draw:plugin"):
            yield (plain.get(parent) if (parent := one.getparent()) is not None else None) or _OTHER
        boxes = found(part, "//draw:text-box")
        if any(part is styles or (up := one.getparent()) is None or not _placed(up, sheet) for one in boxes):
            yield _ANYWHERE


def places(content: etree._Element, styles: etree._Element) -> Iterator[tuple[float, float, float]]:
    """Where on the page its boxes stand that have a place of their own there: from the left, from the top, how wide, in
    points."""
    sheet = Sheet.read(content, styles)
    for one in found(content, "//draw:frame[draw:text-box]"):
        if _placed(one, sheet):
            x, y, width = (points(one.get(name(key), "")) or 0.0 for key in _PLACE)
            yield x, y, width


def pictures(
    content: etree._Element, styles: etree._Element, members: Mapping[str, str]
) -> Iterator[tuple[str, float, float]]:
    """The digests of its pictures in order, with no size (0), and of those at the head and foot of pages (-1)."""
    for part, size in ((content, 0.0), (styles, -1.0)):
        for one in found(part, "//draw:frame/draw:image"):
            yield members.get(one.get(name("xlink:href"), ""), ""), size, size


def _picture(frame: etree._Element, sheet: Sheet, members: Mapping[str, str]) -> str:
    images = [one for one in frame if prefixed(str(one.tag)) not in _SPOKEN]
    if [prefixed(str(one.tag)) for one in images] != ["draw:image"] or len(images[0]):
        return ""
    there = members.get(images[0].get(name("xlink:href"), ""), "")
    plain = _keeps(_said(frame), _PICTURE_FRAME) and _keeps(_said(images[0]), _IMAGE)
    return pictured(there) if there and plain and _keeps(_looks(frame, sheet), _PICTURE) else ""


def _placed(frame: etree._Element, sheet: Sheet) -> bool:
    looks = _looks(frame, sheet)
    standing = {key: looks.pop(name(key), "") for key in _STANDING}
    return (
        [prefixed(str(one.tag)) for one in frame] == ["draw:text-box"]
        and all(frame.get(name(key)) for key in _PLACE)
        and _keeps(_said(frame), _BOX_FRAME)
        and standing == _STANDING
        and _keeps(looks, _BOX)
    )


def _looks(frame: etree._Element, sheet: Sheet) -> dict[str, str]:
    """What the styles of a frame make of it."""
    made: dict[str, str] = {}
    for style in reversed(sheet.chain("graphic", frame.get(name("draw:style-name"), ""), "")):
        for properties in style.iter(name("style:graphic-properties")):
            made |= _said(properties)
            made |= {str(one.tag): "" for one in properties}
    return made


def _keeps(said: Mapping[str, str], checks: Mapping[str, Check]) -> bool:
    return all(
        (check := checks.get(prefixed(str(key)))) is not None and holds(str(value), check)
        for key, value in said.items()
    )


def _said(element: etree._Element) -> dict[str, str]:
    return {str(key): str(value) for key, value in element.attrib.items()}
