"""A long text on several pages of the site: where it is cut, so that each page stays light on any telephone.

An article is cut between its parts; a part that is too long for a sheet of its own, between its paragraphs, items or
rows, and then its elements are closed and opened again. Nothing is left out, put in or moved: one sheet after the
other, the words are those released. The head of a table alone is said again on each sheet that has rows of it. Links
inside the text lead to the sheet on which their aim lies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from paraph.publish.article import words

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:\s[^<>]*)?)>")
_EMPTY = frozenset({"br", "col", "hr", "img", "wbr"})
_CUT = frozenset({"div", "li", "ol", "section", "table", "tbody", "ul"})
"""Elements that may be cut, where nothing stands in them but other elements."""
_REPEATED = frozenset({"caption", "colgroup", "thead"})
_HEADING = re.compile(r"h[1-6]")
_HEADINGS = re.compile(r"<h[1-6][^>]*>(.*?)</h[1-6]>", re.DOTALL)
_AFTER_HEADING = 1500
"""Bytes for which there must be room below a heading."""
_NAMES = re.compile(r'\s(?:id|aria-labelledby)="[^"]*"')
_ID = re.compile(r'\sid="([^"]+)"')
_AIM = re.compile(r'href="#([^"]+)"')


@dataclass(slots=True)
class _Element:
    """An element of the markup: from `begin` to `end`, its opening tag up to `inner`."""

    tag: str
    begin: int
    inner: int
    end: int
    children: list[_Element] = field(default_factory=list)


def sheets(markup: str, first: int, others: int) -> tuple[str, ...]:
    """`markup` in pieces, the first of at most `first` bytes, the rest of `others`; what cannot be cut stays whole."""
    pages = _Pages(markup, first, others)
    pages.fill(_parsed(markup).children, ())
    return pages.done()


def linked(pieces: tuple[str, ...], names: tuple[str, ...]) -> tuple[str, ...]:
    """The sheets with their inner links, for the sheet `number` under `names[number]` beside the others."""
    places = {one: number for number, piece in enumerate(pieces) for one in _ID.findall(piece)}

    def lead(number: int, found: re.Match[str]) -> str:
        aim = places.get(found[1], number)
        return found[0] if aim == number else f'href="{names[aim]}#{found[1]}"'

    return tuple(_AIM.sub(partial(lead, number), piece) for number, piece in enumerate(pieces))


def headings(pieces: tuple[str, ...]) -> Iterator[str]:
    """By what each sheet is known in a list of them: its first heading, or that under which it goes on."""
    last = ""
    for piece in pieces:
        found = [words(one) for one in _HEADINGS.findall(piece)]
        yield found[0] if found else f"{last} …".strip()
        last = found[-1] if found else last


class _Pages:
    """The sheets as they fill. What is open on one is opened again on the next, without its names."""

    def __init__(self, markup: str, first: int, others: int) -> None:
        self._markup, self._most, self._others = markup, first, others
        self._full: list[str] = []
        self._parts: list[str] = []
        self._size = self._bare = 0

    def fill(self, elements: list[_Element], around: tuple[_Element, ...]) -> None:
        """Put elements on the sheet, and on the next ones."""
        for one in elements:
            cut = self._cuttable(one) and self._octets(one.begin, one.end) > self._others
            least = self._beginning(one) if cut else self._octets(one.begin, one.end)
            least += _AFTER_HEADING if _HEADING.fullmatch(one.tag) else 0
            if self._size > self._bare and self._size + least > self._most:
                self._turn(around)
            if not cut:
                self._add(f"{self._markup[one.begin : one.end]}\n")
                continue
            nothing_yet = self._size == self._bare
            self._add(f"{self._markup[one.begin : one.inner]}\n")
            self._bare = self._size if nothing_yet else self._bare
            self.fill(one.children, (*around, one))
            self._add(f"</{one.tag}>\n")

    def done(self) -> tuple[str, ...]:
        """All sheets."""
        return (*self._full, "".join(self._parts).rstrip("\n"))

    def _beginning(self, one: _Element) -> int:
        """The bytes of an element that is cut which must stand on one sheet: up to the end of what it begins with."""
        inner = one
        while self._cuttable(inner) and self._octets(inner.begin, inner.end) > self._others:
            inner = inner.children[0]
        return self._octets(one.begin, inner.end) + (_AFTER_HEADING if _HEADING.fullmatch(inner.tag) else 0)

    def _cuttable(self, one: _Element) -> bool:
        ends = [one.inner, *(child.end for child in one.children)]
        begins = [*(child.begin for child in one.children), self._markup.rfind("<", one.begin, one.end)]
        gaps = (self._markup[end:begin] for end, begin in zip(ends, begins, strict=True))
        return one.tag in _CUT and bool(one.children) and not any(gap.strip() for gap in gaps)

    def _octets(self, begin: int, end: int) -> int:
        return len(self._markup[begin:end].encode())

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._size += len(text.encode())

    def _turn(self, around: tuple[_Element, ...]) -> None:
        """The next sheet, with what is open, and the head of a table."""
        self._full.append("".join(self._parts) + "".join(f"</{one.tag}>" for one in reversed(around)))
        self._parts, self._size, self._most = [], 0, self._others
        for one in around:
            self._add(_NAMES.sub("", self._markup[one.begin : one.inner]) + "\n")
            for head in one.children if one.tag == "table" else ():
                if head.tag in _REPEATED:
                    self._add(_ID.sub("", self._markup[head.begin : head.end]) + "\n")
        self._bare = self._size


def _parsed(markup: str) -> _Element:
    """The elements of markup that our renderer wrote."""
    root = _Element("div", 0, 0, len(markup))
    inside = [root]
    for found in _TAG.finditer(markup):
        if found[1]:
            inside.pop().end = found.end()
            continue
        element = _Element(found[2], found.start(), found.end(), found.end())
        inside[-1].children.append(element)
        if found[2] not in _EMPTY:
            inside.append(element)
    return root
