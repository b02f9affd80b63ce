"""Content controls and bookmarks: fields that a reader fills in, and names for stretches of text.

A control is `w:sdt` (ECMA-376 Part 1, 17.5.2): its title (`w:alias`) is what Word shows and a screen reader says, its
tag is for programs. Tick boxes are Word's own (`w14`, from 2010 on); other word processors show their sign as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from paraph.ooxml.names import NAMESPACES, Element, el, name

LOCKED, KEPT, OPEN = "sdtContentLocked", "sdtLocked", ""
"""Neither the control nor its content may be changed; its content may; both may."""

_LONGEST_TITLE, _LONGEST_TAG, _LONGEST_BOOKMARK = 64, 64, 40


@dataclass(slots=True)
class Marks:
    """Numbers controls and bookmarks of one file."""

    last: int = 50_000
    _names: set[str] = field(default_factory=set)

    def next(self) -> int:
        """A number that no other has."""
        self.last += 1
        return self.last

    def bookmark(self, named: str, content: Sequence[Element]) -> list[Element]:
        """Runs or paragraphs with a bookmark around them. A name stands once in a file."""
        assert len(named) <= _LONGEST_BOOKMARK, named
        assert named not in self._names, named
        self._names.add(named)
        identifier = {"w:id": self.next()}
        start, end = el("w:bookmarkStart", {**identifier, "w:name": named}), el("w:bookmarkEnd", identifier)
        if content and content[0].tag == name("w:p"):
            first, last = content[0], content[-1]
            first.insert(1 if first.find(name("w:pPr")) is not None else 0, start)
            last.append(end)
            return list(content)
        return [start, *content, end]

    def control(
        self, tag: str, title: str, content: Iterable[Element], *kind: Element, lock: str = KEPT, hint: bool = False
    ) -> Element:
        """A control around runs, or around paragraphs and tables. `hint`: its content is what stands there until
        somebody fills it in."""
        properties = el("w:sdtPr", None, el("w:alias", {"w:val": title[:_LONGEST_TITLE]}))
        properties.append(el("w:tag", {"w:val": tag[:_LONGEST_TAG]}))
        properties.append(el("w:id", {"w:val": self.next()}))
        if lock:
            properties.append(el("w:lock", {"w:val": lock}))
        if hint:
            properties.append(el("w:showingPlcHdr"))
        properties.extend(kind)
        return el("w:sdt", None, properties, el("w:sdtContent", None, *content))


def tick_box(ticked: str, unticked: str) -> Element:
    """The kind of a tick box that is not ticked; the signs are single characters."""
    return el(
        "w14:checkbox",
        None,
        el("w14:checked", {"w14:val": 0}),
        el("w14:checkedState", {"w14:val": f"{ord(ticked):04X}", "w14:font": "MS Gothic"}),
        el("w14:uncheckedState", {"w14:val": f"{ord(unticked):04X}", "w14:font": "MS Gothic"}),
    )


def drop_down(items: Iterable[tuple[str, str]]) -> Element:
    """The kind of a list to choose from: (what is shown, what it means)."""
    entries = (el("w:listItem", {"w:displayText": shown, "w:value": value}) for shown, value in items)
    return el("w:dropDownList", None, *entries)


def running_text() -> Element:
    """The kind of a field of text. It is that of a document part, which LibreOffice 7.4 takes for text like any other.
    Of every other kind of text (`w:text`, `w:richText`) it makes a control: it then shows the text without its
    character formatting, and writes broken XML when the control is filled in while changes are tracked."""
    return el("w:docPartObj")


def link_to(bookmark: str, runs: Iterable[Element]) -> Element:
    """A link over `runs` to a place in the same file."""
    return el("w:hyperlink", {"w:anchor": bookmark, "w:history": 1}, *runs)


def declare(root: Element) -> Element:
    """The root of a main part with the namespaces that tick boxes need, to be skipped by who does not know them."""
    from lxml import etree

    known = {prefix: uri for prefix, uri in root.nsmap.items() if prefix}
    made = etree.Element(root.tag, nsmap=known | {prefix: NAMESPACES[prefix] for prefix in ("w14", "mc")})
    for key, value in root.attrib.items():
        made.set(key, value)
    prefixes = (made.get(name("mc:Ignorable")) or "").split()
    made.set(name("mc:Ignorable"), " ".join(dict.fromkeys((*prefixes, "w14"))))
    made.extend(root)
    return made
