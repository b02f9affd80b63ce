"""Pictures that stand as letters do, and frames and boxes with a place of their own on the page (ECMA-376 Part 1,
17.3.1.11, 20.4.2).

Any other drawing may lie over words, or stand anywhere: one is known by its place only where nothing in it is known to
move, turn, cut, cover or colour it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from paraph.ooxml.names import Element, attribute, name
from paraph.ooxml.reading.shown import Picture, Place

_TWIP, _EMU = 20, 12_700
"""Of each as many are a point."""
_MOST_DIGITS = 9
_FRAME = frozenset(("w", "h", "hRule", "x", "y", "wrap", "hAnchor", "vAnchor", "hSpace", "vSpace", "anchorLock"))
_BESIDE = ("", "auto", "around", "notBeside")
"""How text goes around a frame, none of it below."""
_EITHER = frozenset(
    (
        "extent", "effectExtent", "docPr", "cNvGraphicFramePr", "graphicFrameLocks", "graphic", "graphicData", "spPr",
        "xfrm", "off", "ext", "prstGeom", "avLst", "noFill", "ln", "extLst", "creationId",
    )
)  # fmt: skip
_PICTURE = _EITHER | frozenset(
    (
        "inline", "pic", "nvPicPr", "cNvPr", "cNvPicPr", "picLocks", "blipFill", "blip", "stretch", "fillRect",
        "srcRect", "useLocalDpi",
    )
)  # fmt: skip
_BOX = _EITHER | frozenset(
    (
        "anchor", "simplePos", "positionH", "positionV", "posOffset", "wrapTopAndBottom", "wsp", "cNvSpPr", "spLocks",
        "solidFill", "srgbClr", "alpha", "txbx", "txbxContent", "bodyPr", "noAutofit", "spAutoFit",
        "style", "lnRef", "fillRef", "effectRef", "fontRef",
    )
)  # fmt: skip
_OFF = ("", "0", "false", "off")
_SWITCHES = frozenset(("behindDoc", "simplePos", "hidden", "rot", "flipH", "flipV", "link", "lIns", "tIns", "idx"))
"""What moves, turns or hides where it is said."""
_CROPS, _OF_LETTERS = ("srcRect", "fillRect"), "fontRef"
_WORDS = name("w:txbxContent")


def frame_place(frame: Element) -> Place | None:
    """Where on the page the paragraphs of a frame (`w:framePr`) stand; None where that is not said for certain."""
    said = {_local(key): str(value) for key, value in frame.attrib.items()}
    if not said.get("hAnchor") == said.get("vAnchor") == "page":
        return None
    if not said.keys() <= _FRAME or said.get("wrap", "") not in _BESIDE:
        return None
    return _place(*(said.get(key, "") for key in ("x", "y", "w", "h")), of=_TWIP)


def box_place(drawing: Element) -> Place | None:
    """Where on the page a drawing with words stands that has no words beside or below it; None where that is not said
    for certain."""
    parts = _parts(drawing, _BOX)
    across, down = ([*one] for one in (parts.get("positionH", ()), parts.get("positionV", ())))
    if not {"anchor", "wrapTopAndBottom", "txbx"} <= parts.keys() or len(across) != 1 or len(down) != 1:
        return None
    if any(one.get("relativeFrom") != "page" or len(one) != 1 for one in (*across, *down)):
        return None
    if any(one.get("vert", "horz") != "horz" for one in parts.get("bodyPr", ())):
        return None
    if any(one.get("val") != "0" for one in parts.get("alpha", ())) or any(
        not len(one) and one.get("val") != "FFFFFF" for one in parts.get("srgbClr", ())
    ):
        return None
    return _place(across[0][0].text or "", down[0][0].text or "", *_size(parts), of=_EMU)


def picture(drawing: Element, targets: Mapping[str, str]) -> Picture | None:
    """A drawing that is a whole picture and stands in its line as a letter does; else None."""
    parts = _parts(drawing, _PICTURE)
    blips = [targets.get(attribute(one, "r:embed"), "") for one in parts.get("blip", ())]
    place = _place("0", "0", *_size(parts), of=_EMU)
    if "inline" not in parts or len(blips) != 1 or not blips[0] or place is None:
        return None
    return Picture(blips[0], place.width, place.height)


def _parts(drawing: Element, known: frozenset[str]) -> dict[str, list[Element]]:
    """The elements of a drawing by their names, but for words; none where one is not `known`, has a switch on, or
    draws a line."""
    made: dict[str, list[Element]] = {}
    for one in _within(drawing):
        local = _local(one.tag)
        switches = (key for key in one.attrib if local in _CROPS or (_local(key) in _SWITCHES and local != _OF_LETTERS))
        drawn = local == "ln" and [_local(each.tag) for each in one] != ["noFill"]
        shaped = local == "prstGeom" and one.get("prst") != "rect"
        if local not in known or drawn or shaped or any(one.get(key) not in _OFF for key in switches):
            return {}
        made.setdefault(local, []).append(one)
    return made


def _local(key: object) -> str:
    return str(key).rpartition("}")[2]


def _within(drawing: Element) -> Iterator[Element]:
    for one in drawing:
        if isinstance(one.tag, str):
            yield one
            if one.tag != _WORDS:
                yield from _within(one)


def _size(parts: Mapping[str, list[Element]]) -> tuple[str, str]:
    """How wide and high a drawing says that it is; nothing where its shape says another size, but for a point."""
    every = [*parts.get("extent", ()), *(one for one in parts.get("ext", ()) if one.get("uri") is None)]
    said = [tuple(_length(one.get(key) or "", _EMU) for key in ("cx", "cy")) for one in every]
    alike = all(
        None not in one and max(abs((a or 0) - (b or 0)) for a, b in zip(one, said[0], strict=True)) < 1 for one in said
    )
    return (every[0].get("cx") or "", every[0].get("cy") or "") if len(said) == 2 and alike else ("", "")


def _place(left: str, top: str, width: str, height: str, *, of: int) -> Place | None:
    said = [_length(one, of) for one in (left, top, width, height)]
    known = [one for one in said if one is not None]
    return Place(*known) if len(known) == len(said) else None


def _length(text: str, of: int) -> float | None:
    """In points."""
    return int(text) / of if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS else None
