"""Whether the words of an ODT have room on its page: what sections, columns, tables, cells, lists and paragraphs leave
of it, one within the other, each within its own bounds (OpenDocument 1.3, part 3, 9.1 and 20).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from paraph.proof.odt_called import called, names_of
from paraph.proof.odt_looks import Sheet, usual_of
from paraph.proof.odt_names import found, name, number, points, prefixed, said

_NARROWEST = 15.0
"""Points that words need: what Word’s files have to leave them, too."""

_EDGE = 40.0
"""Points by which lines begin in the margin, where numbers hang."""

_THICKEST = 12.0
"""Points of a border; those released have one or two."""

_MOST = 10_000
_NO_ROOM = "text that nobody can see (its room on the page)"
_CELLS = "a table that programs set each in its own way"
_USUAL = called("Standard")
_CELL = ("table:table-cell", "table:covered-table-cell")
_HEADS = name("table:table-header-rows")
_A4 = (595.0, 842.0)


@dataclass(frozen=True, slots=True)
class _Room:
    """Where words may stand: from the edge of the page, how wide, and how high a page is."""

    left: float
    width: float
    page: float
    high: float

    def within(self, left: float, width: float) -> _Room:
        return _Room(self.left + left, width, self.page, self.high)


def cramped(content: etree._Element, styles: etree._Element, body: etree._Element) -> Iterator[str]:
    """Why words of `body`, or at the head and foot of pages, have no room on it, a line each."""
    room = _page(content, styles)
    yield from _Words(Sheet.read(content, styles), _lists(content, styles)).below(body, room)
    edges = _Words(Sheet.read(styles, styles), _lists(styles, styles))
    for one in found(styles, "//style:master-page/*"):
        yield from edges.below(one, room)
    for part in (content, styles):
        every = (str(value).split() for one in part.iter() for key, value in one.attrib.items() if _is_border(str(key)))
        if any((points(one[0]) or 0.0) > _THICKEST for one in every if one):
            yield _NO_ROOM


class _Words:
    def __init__(self, sheet: Sheet, lists: dict[str, dict[str, etree._Element]]) -> None:
        self.sheet, self.lists = sheet, lists

    def below(self, element: etree._Element, room: _Room, level: int = 0, listed: str = "") -> Iterator[str]:
        """What speaks against the words below an element, which stands in a list of that style at that level."""
        tag = prefixed(str(element.tag))
        match tag:
            case "text:p" | "text:h":
                yield from self._paragraph(element, room, level, listed)
                return
            case "table:table":
                yield from self._table(element, room)
                return
            case "text:section":
                room = self._section(element, room)
            case "text:list":
                level, listed = level + 1, called(element.get(name("text:style-name"))) or listed
        for child in element:
            yield from self.below(child, room, level, listed)

    def _of(self, family: str, element: etree._Element, key: str = "table:style-name") -> dict[str, str]:
        """What the styles of an element say of a kind, by attribute."""
        made: dict[str, str] = {}
        for style in reversed(self.sheet.chain(family, element.get(name(key), ""), usual_of(element))):
            for one in style.iter(name(f"style:{family}-properties")):
                made |= {prefixed(str(key)): str(value) for key, value in one.attrib.items()}
        return made

    def _paragraph(self, one: etree._Element, room: _Room, level: int, listed: str) -> Iterator[str]:
        for inside in one:
            # A note stands at the foot of the page; a box has a place of its own.
            if inside.tag == name("text:note"):
                yield from self.below(inside, room)
        if not "".join(map(str, one.itertext())).strip():
            return
        looks = self._of("paragraph", one, "text:style-name")
        if next(one.iter(name("text:tab")), None) is not None and self._stop(one) > room.width - _NARROWEST:
            yield _NO_ROOM
        own = [_length(looks, f"fo:{key}") for key in ("margin-left", "margin-right", "text-indent")]
        around = [_side(looks, side) for side in ("left", "right")]
        for more, first in self._listed(level, listed):
            start = own[0] + more + around[0]
            begins = min(start, start + own[2], start + first)
            left = room.width - max(start, start + own[2], start + first) - own[1] - around[1]
            ends = room.left + room.width - own[1] - around[1]
            if left < _NARROWEST or begins < -_EDGE or room.left + begins < 0 or ends > room.page + 1.0:
                yield _NO_ROOM

    def _stop(self, paragraph: etree._Element) -> float:
        """How far the last stop is at which words of a paragraph begin."""
        for style in self.sheet.chain("paragraph", paragraph.get(name("text:style-name"), ""), usual_of(paragraph)):
            if stops := [*style.iter(name("style:tab-stop"))]:
                left = (one for one in stops if one.get(name("style:type"), "left") == "left")
                return max((_at(one, "style:position") for one in left), default=0.0)
        return 0.0

    def _listed(self, level: int, listed: str) -> Iterator[tuple[float, float]]:
        """By how much a list indents its words, and their first line; and that it may not, as a paragraph says."""
        yield 0.0, 0.0
        style = self.lists.get(listed, {}).get(str(level))
        for one in style.iter(name("style:list-level-properties")) if style is not None else ():
            yield _at(one, "text:space-before") + _at(one, "text:min-label-width"), 0.0
            for place in one.iter(name("style:list-level-label-alignment")):
                yield _at(place, "fo:margin-left"), _at(place, "fo:text-indent")

    def _section(self, one: etree._Element, room: _Room) -> _Room:
        looks = self._of("section", one, "text:style-name")
        left, right = (_length(looks, f"fo:margin-{side}") for side in ("left", "right"))
        room = room.within(left, room.width - left - right)
        style = self.sheet.styles.get(("section", called(one.get(name("text:style-name")))))
        for columns in style.iter(name("style:columns")) if style is not None else ():
            count = max(1.0, number(columns.get(name("fo:column-count"), "1")) or 1.0)
            those = [*columns.iter(name("style:column"))]
            whole = sum(_share(column) for column in those) or 1.0
            widths = [
                room.width * _share(column) / whole - _at(column, "fo:start-indent") - _at(column, "fo:end-indent")
                for column in those
            ] or [(room.width - (count - 1) * _at(columns, "fo:column-gap")) / count]
            room = room.within(0.0, min(widths))
        return room

    def _table(self, table: etree._Element, room: _Room) -> Iterator[str]:
        looks = self._of("table", table)
        left, right = (_length(looks, f"fo:margin-{side}") for side in ("left", "right"))
        share, align = looks.get("style:rel-width", ""), looks.get("table:align", "margins")
        width = points(looks.get("style:width", "")) or 0.0
        if share:
            width = room.width * (number(share) or 0.0) / 100
        if not width or align == "margins":
            width = room.width - left - right
        if align in ("center", "right"):
            left = (room.width - width) / (2 if align == "center" else 1)
        shares = [share for column in _columns(table) for share in self._shares(column)][:_MOST]
        whole = sum(shares) or 1.0
        widths = [width * one / whole for one in shares]
        rows = [*_rows(table)]
        if not _adds_up(rows, len(widths)):
            yield _CELLS
            return
        heads = sum(map(self._height, (one for head in table.iter(_HEADS) for one in _rows(head))))
        if heads > room.high / 2 or any(self._height(one) > room.high for one in rows):
            yield _NO_ROOM
        for row in rows:
            place = 0
            for cell in row:
                if cell.tag == name("table:table-cell"):
                    said = self._of("table-cell", cell)
                    start, end = _side(said, "left"), _side(said, "right")
                    span = sum(widths[place : place + _span(cell, "columns")])
                    inside = room.within(left + sum(widths[:place]) + start, span - start - end)
                    for child in cell:
                        yield from self.below(child, inside)
                place += cell.tag in map(name, _CELL)

    def _shares(self, column: etree._Element) -> list[float]:
        said = self._of("table-column", column)
        width = number(said.get("style:rel-column-width", "").removesuffix("*"))
        many = int(number(column.get(name("table:number-columns-repeated"), "1")) or 0)
        return [width or points(said.get("style:column-width", "")) or 1.0] * many

    def _height(self, row: etree._Element) -> float:
        return _length(self._of("table-row", row), "style:min-row-height")


def _adds_up(rows: list[etree._Element], columns: int) -> bool:
    """Whether the cells of a table fill each place of its grid once: of one more, or less, LibreOffice drops words."""
    taken: set[tuple[int, int]] = set()
    for down, row in enumerate(rows):
        cells = [one for one in row if one.tag in map(name, _CELL)]
        if len(cells) != columns:
            return False
        for place, cell in enumerate(cells):
            if (cell.tag == name("table:covered-table-cell")) is not ((down, place) in taken):
                return False
            over, under = _span(cell, "columns"), _span(cell, "rows")
            if cell.tag == name("table:table-cell"):
                area = {(down + y, place + x) for y in range(under) for x in range(over)}
                if place + over > columns or down + under > len(rows) or area & taken:
                    return False
                taken |= area
    return True


def _page(content: etree._Element, styles: etree._Element) -> _Room:
    """The narrowest page that the text has."""
    paths = ("//style:style/@style:master-page-name", "//style:master-page/@style:next-style-name")
    in_use = {called(one) for path in paths for part in (content, styles) for one in said(part, path)}
    masters = found(styles, "//style:master-page")
    used = [one for one in masters if names_of(one) & (in_use or {_USUAL})] or masters
    layouts = {called(one.get(name("style:page-layout-name"))) for one in used}
    made = []
    for layout in found(styles, "//style:page-layout"):
        if called(layout.get(name("style:name"))) in layouts:
            for one in layout.iter(name("style:page-layout-properties")):
                wide, high = (points(one.get(name(f"fo:page-{key}"), "")) for key in ("width", "height"))
                around = {
                    side: points(one.get(name(f"fo:margin-{side}"), one.get(name("fo:margin"), ""))) or 0.0
                    for side in ("left", "right", "top", "bottom")
                }
                wide, high = wide or _A4[0], high or _A4[1]
                width = wide - around["left"] - around["right"]
                made.append(_Room(around["left"], width, wide, high - around["top"] - around["bottom"]))
    return min(made, key=lambda one: one.width, default=_Room(72.0, _A4[0] - 144.0, *_A4))


def _lists(content: etree._Element, styles: etree._Element) -> dict[str, dict[str, etree._Element]]:
    """The levels of each style of lists, by its name and how deep they are."""
    every = [*found(styles, "//text:list-style"), *found(content, "//text:list-style")]
    return {
        called(one.get(name("style:name"))): {each.get(name("text:level"), ""): each for each in one} for one in every
    }


def _columns(table: etree._Element) -> Iterator[etree._Element]:
    for one in table:
        if one.tag == name("table:table-column"):
            yield one
        elif one.tag in (name("table:table-columns"), name("table:table-header-columns")):
            yield from _columns(one)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for one in table:
        if one.tag == name("table:table-row"):
            yield one
        elif one.tag in (name("table:table-rows"), name("table:table-header-rows")):
            yield from _rows(one)


def _span(cell: etree._Element, way: str) -> int:
    return int(number(cell.get(name(f"table:number-{way}-spanned"), "1")) or 0)


def _share(column: etree._Element) -> float:
    return number(column.get(name("style:rel-width"), "").removesuffix("*")) or 0.0


def _side(looks: dict[str, str], side: str) -> float:
    """What padding and border take on a side."""
    border = (looks.get(f"fo:border-{side}") or looks.get("fo:border") or "0pt").split()
    padding = looks.get(f"fo:padding-{side}") or looks.get("fo:padding") or ""
    return (points(padding) or 0.0) + (points(border[0]) or 0.0)


def _is_border(key: str) -> bool:
    return prefixed(key).startswith("fo:border")


def _length(looks: dict[str, str], key: str) -> float:
    return points(looks.get(key, "")) or 0.0


def _at(element: etree._Element, key: str) -> float:
    return points(element.get(name(key), "")) or 0.0
