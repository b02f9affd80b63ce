"""The numbers that a program sets before paragraphs of an ODT in lists, counted as LibreOffice does (OpenDocument 1.3,
part 3, 5.3 and 16.31): they stand nowhere in the text.

A list begins to count anew, unless it says which one it continues; of an item the first paragraph has a number. One
that holds a list alone has none, and counts where it is the first. What programs may count otherwise is named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from paraph.ooxml.reading.list_numbers import bullet
from paraph.ooxml.reading.numbers import written
from paraph.proof.odt_called import called
from paraph.proof.odt_looks import Sheet, usual_of
from paraph.proof.odt_names import found, name, prefixed

KINDS = {
    "": "none",
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "ا, ب, ج, ...": "arabicAbjad",
}
"""How LibreOffice calls what Word has another name for."""

_OTHERWISE = "numbers of a list that programs count each in its own way"
_PLACE = re.compile(r"%(\d{1,2})%")
_PARAGRAPHS = ("text:p", "text:h")
_NUMBERED_BY_STYLE = "a paragraph that its style may number"
_LETTERS = 26
_MOST, _MOST_DIGITS = 100_000, 6
"""Of a number that a file says: no list of a text goes as far."""


@dataclass(slots=True)
class Labels:
    """The number or sign of each paragraph that has one, and why a reader may see others."""

    of: dict[etree._Element, str] = field(default_factory=dict)
    odd: list[str] = field(default_factory=list)


def labels(body: etree._Element, content: etree._Element, styles: etree._Element) -> Labels:
    """Those of a text."""
    return _Count(content, styles).all_in(body, styles)


class _Count:
    """How far each list has been counted, level by level, by its name; and the style and the count of the last one."""

    def __init__(self, content: etree._Element, styles: etree._Element) -> None:
        self.sheet, self.made = Sheet.read(content, styles), Labels()
        every = [*found(styles, "//text:list-style"), *found(content, "//text:list-style")]
        self.styles = {called(one.get(name("style:name"))): _levels(one) for one in every}
        self.named: dict[str, dict[int, int]] = {}
        self.last: tuple[str, dict[int, int]] = ("", {})

    def all_in(self, body: etree._Element, styles: etree._Element) -> Labels:
        for one in body.iter(name("text:list")):
            if not _in_list(one):
                self._list(one)
        for paragraph in body.iter(*map(name, _PARAGRAPHS)):
            if self._own(paragraph) and not _in_list(paragraph):
                self.made.odd.append(_NUMBERED_BY_STYLE)
        if found(styles, "//style:default-style[@style:list-style-name]"):
            self.made.odd.append(_NUMBERED_BY_STYLE)
        if found(styles, "//office:master-styles//text:list"):
            self.made.odd.append("a list at the head or foot of its pages")
        if any(_says(one) for one in found(styles, "//text:outline-level-style")):
            self.made.odd.append("headings that a program numbers")
        return self.made

    def _list(self, one: etree._Element) -> None:
        style, before = called(one.get(name("text:style-name"))), one.get(name("text:continue-list"))
        at: dict[int, int] = {}
        if before is not None:
            at = self.named.get(before, at)
        elif one.get(name("text:continue-numbering")) == "true" and self.last[0] == style:
            at = self.last[1]
        self.last, self.named[one.get(name("xml:id"), "")] = (style, at), at
        self._items(one, style, 1, at)

    def _items(self, those: etree._Element, style: str, level: int, at: dict[int, int]) -> None:
        for item in (one for one in those if one.tag == name("text:list-item")):
            inside = [one for one in item if prefixed(str(one.tag)) in (*_PARAGRAPHS, "text:list")]
            first = inside[0] if inside else None
            if first is not None and first.tag != name("text:list"):
                self._count(item, style, level, at)
                self.made.of[first] = self._label(style, level, at)
            elif inside:
                at.setdefault(level, self._start(style, level))
                if item.get(name("text:start-value")) is not None or any(
                    one.tag != name("text:list") for one in inside
                ):
                    self.made.odd.append(_OTHERWISE)
            for one in inside:
                if one.tag != name("text:list"):
                    if (own := self._own(one)) is not None and own != style:
                        self.made.odd.append(_OTHERWISE)
                    continue
                if called(one.get(name("text:style-name"), style)) != style:
                    self.made.odd.append(_OTHERWISE)
                self._items(one, style, level + 1, at)

    def _count(self, item: etree._Element, style: str, level: int, at: dict[int, int]) -> None:
        if (own := item.get(name("text:start-value"))) is not None:
            at[level] = _number(own)
        else:
            at[level] = at[level] + 1 if level in at else self._start(style, level)
        for deeper in [one for one in at if one > level]:
            del at[deeper]

    def _start(self, style: str, level: int) -> int:
        return _number(self.styles.get(style, {}).get(level, {}).get("start-value", "1"))

    def _label(self, style: str, level: int, at: Mapping[int, int]) -> str:
        levels = self.styles.get(style, {})
        own = levels.get(level)
        if own is None:
            self.made.odd.append(_OTHERWISE)
            return ""
        if "bullet-char" in own:
            return bullet(own["bullet-char"])

        def said(of: int) -> str:
            return _written(at.get(of, self._start(style, of)), levels.get(of, {}))

        shown = range(max(1, level - _number(own.get("display-levels", "1")) + 1), level + 1)
        number = ".".join(filter(None, map(said, shown)))
        plain = f"{own.get('num-prefix', '')}{number}{own.get('num-suffix', '')}"
        form = own.get("num-list-format", "")
        made = _PLACE.sub(lambda place: said(int(place[1])), form) if form else plain
        # LibreOffice goes by the one, other programs by the other.
        if re.sub(r"\W", "", made) != re.sub(r"\W", "", plain):
            self.made.odd.append(_OTHERWISE)
        return made.strip()

    def _own(self, paragraph: etree._Element) -> str | None:
        """The list that a paragraph’s style has it in: none, or "" where it says that it is in none."""
        chain = self.sheet.chain("paragraph", paragraph.get(name("text:style-name"), ""), usual_of(paragraph))
        said = (one.get(name("style:list-style-name")) for one in chain)
        return next((called(one) for one in said if one is not None), None)


def _in_list(one: etree._Element) -> bool:
    return next(one.iterancestors(name("text:list")), None) is not None


def _levels(style: etree._Element) -> dict[int, dict[str, str]]:
    kinds = ("text:list-level-style-number", "text:list-level-style-bullet")
    return {
        _number(one.get(name("text:level"), "")): {
            prefixed(str(key)).partition(":")[2]: str(value) for key, value in one.attrib.items()
        }
        for one in style
        if prefixed(str(one.tag)) in kinds
    }


def _written(value: int, level: Mapping[str, str]) -> str:
    way = level.get("num-format", "")
    if way in ("a", "A") and value > _LETTERS and level.get("num-letter-sync") != "true":
        made = ""
        while value:
            value, left = divmod(value - 1, _LETTERS)
            made = chr(ord(way) + left) + made
        return made
    return written(value, KINDS.get(way, way))


def _says(level: etree._Element) -> bool:
    """Whether a heading of a level has a number, or signs around none."""
    return any(level.get(name(f"style:{one}")) for one in ("num-format", "num-prefix", "num-suffix"))


def _number(text: str) -> int:
    return min(int(text), _MOST) if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS else 1
