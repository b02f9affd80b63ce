"""The pages of a section: whether all that stands on them can be seen (ECMA-376 Part 1, 17.6)."""

from __future__ import annotations

from collections.abc import Iterable

from paraph.ooxml.names import Element, attribute, name
from paraph.ooxml.reading.formatting import switched

_NARROWEST, _WIDEST, _LOWEST = 7_200, 7_937, 3_968
"""Twentieths of a point that must be left: between the margins; from one of them to the other edge of the sheet, since
texts side by side, and signatories, are tables of fourteen centimetres; and in height, seven centimetres."""
_FARTHEST = 8_192
"""What a grid may add between letters, or take away: two points, in 4096ths."""
_GRIDS = ("linesAndChars", "snapToChars")
"""Grids for letters (17.6.5, 17.18.14); of any other, that LibreOffice writes a number moves none."""
_FAR = 1_000_000
_ACROSS = ("left", "right", "gutter")
_CUT = "pages whose size, margins, columns or direction may leave words unseen"
_BY_LINES = "numbers beside each line"
_LETTERED = "pages that are numbered by letters, which may be words"
_FIGURES = ("", "decimal", "decimalZero", "numberInDash", "hindiNumbers")
"""Numbers of pages that can spell nothing (17.18.59)."""


def objection_to_pages(section: Element) -> str:
    """What speaks against the pages that `w:sectPr` makes, or "": that words on them may not be seen, or that they
    have letters for numbers (379 is NO in LibreOffice), or the number of a heading before them, or numbers that stand
    beside every line."""
    numbers = section.find(name("w:pgNumType"))
    if attribute(numbers, "w:fmt") not in _FIGURES or attribute(numbers, "w:chapStyle"):
        return _LETTERED
    if section.find(name("w:lnNumType")) is not None:
        return _BY_LINES
    return _CUT if _leaves_unseen(section) else ""


def _leaves_unseen(section: Element) -> bool:
    """Whether pages leave less room between their margins than text needs, let what stands in a header lie over it (a
    margin below nought), turn it, or set it in columns, over which tables lie on each other, or its letters over each
    other, or their head or foot off the sheet."""
    size, margins = section.find(name("w:pgSz")), section.find(name("w:pgMar"))
    width, height = _number(size, "w", 11_906), _number(size, "h", 16_838)
    sides = [_number(margins, side, 0) for side in (*_ACROSS, "top", "bottom")]
    edges = [_number(margins, side, 0) for side in ("header", "footer")]
    if min(edges) < 0 or height - sum(edges) < _LOWEST:
        return True
    across = width - max(sides[:2]) - sides[2]
    if min(sides) < 0 or width - sum(sides[:3]) < _NARROWEST or across < _WIDEST or height - sum(sides[3:]) < _LOWEST:
        return True
    turned = attribute(section.find(name("w:textDirection")), "w:val")
    columns = section.find(name("w:cols"))
    if columns is not None and (len(columns) > 1 or attribute(columns, "w:num") not in ("", "1")):
        return True
    grid = section.find(name("w:docGrid"))
    if attribute(grid, "w:type") in _GRIDS and abs(_number(grid, "charSpace", 0)) > _FARTHEST:
        return True
    return turned not in ("", "lrTb", "lr", "lrTbV")


def edges_of(sections: Iterable[Element], *, even: bool) -> tuple[frozenset[str], ...]:
    """Of each kind of page that sections have (the first, those after it, and `even` ones where the file tells them
    apart), the ids of what stands at its head and foot. A section has those of the one before, but for its own."""
    own: dict[tuple[str, str], str] = {}
    made = []
    for section in sections:
        for edge in ("header", "footer"):
            for one in section.iterchildren(name(f"w:{edge}Reference")):
                own[edge, attribute(one, "w:type") or "default"] = attribute(one, "r:id")
        kinds = ["default"]
        kinds += ["first"] if switched(section, "w:titlePg") else []
        kinds += ["even"] if even else []
        made += [frozenset(own.get((edge, kind), "") for edge in ("header", "footer")) - {""} for kind in kinds]
    return tuple(made)


def _number(element: Element | None, named: str, default: int) -> int:
    """A measure; one that is no number is less than any."""
    said = attribute(element, f"w:{named}")
    if not said:
        return default
    try:
        return int(float(said))
    except (ValueError, OverflowError):
        return -_FAR
