"""What the properties of runs, paragraphs and cells say, each read once however often it stands in a file.

Most of the runs of a file say the same few things of themselves, and to ask an element for one property costs more than
to compare all of them. What is kept is found by everything that a properties element holds, so that two are one only
where nothing differs; it is forgotten where a file says too many different things.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from paraph.ooxml.names import Element, attribute, name
from paraph.ooxml.reading.context import count, hand_of
from paraph.ooxml.reading.formatting import Formatting, of_cell, of_paragraph, of_run, switched
from paraph.ooxml.reading.pages import objection_to_pages
from paraph.ooxml.reading.places import frame_place
from paraph.ooxml.reading.shown import Hand, Place

_T = TypeVar("_T")
_MOST = 10_000
_VERTICAL, _HORIZONTAL = name("w:vMerge"), name("w:hMerge")


@dataclass(frozen=True, eq=False, slots=True)
class RunProperties:
    """A run: its character style, how it is set; `vanish` None where it does not say.

    Each is itself alone, so that it can be part of a key.
    """

    style: str = ""
    formatting: Formatting = field(default_factory=dict)
    vanish: bool | None = None


PLAIN = RunProperties()
"""What a run says that has no properties, and text that stands in none."""


@dataclass(frozen=True, eq=False, slots=True)
class ParagraphProperties:
    """A paragraph: its style, how it is set, what became of its mark; the `place` of its frame, where it has one;
    `numbered` where it is in a list, `mark` how its mark is set, and so its number, `cut` what speaks against the pages
    that end with it."""

    style: str = ""
    formatting: Formatting = field(default_factory=dict)
    inserted: Hand | None = None
    deleted: Hand | None = None
    framed: bool = False
    place: Place | None = None
    collapsed: bool = False
    numbered: bool = False
    mark: RunProperties = PLAIN
    cut: str = ""


@dataclass(frozen=True, eq=False, slots=True)
class CellProperties:
    """A cell; `merged` into the one above or before it, it shows nothing. `span`: over so many columns.

    `width` in twentieths of a point, 0 where it does not say. That a cell was taken out as a tracked change
    (`w:cellDel`), LibreOffice passes over and shows its words: a property that is not known to be harmless.
    """

    formatting: Formatting = field(default_factory=dict)
    inserted: Hand | None = None
    merged: bool = False
    span: int = 1
    width: int = 0


_PARAGRAPH, _CELL = ParagraphProperties(), CellProperties()


@dataclass(slots=True)
class Properties:
    """What is known of the properties of one file."""

    _known: dict[tuple[object, ...], Any] = field(default_factory=dict)

    def run(self, properties: Element | None) -> RunProperties:
        """What a `w:rPr` says."""
        return PLAIN if properties is None else self._once(properties, _run)

    def paragraph(self, properties: Element | None) -> ParagraphProperties:
        """What a `w:pPr` says."""
        return _PARAGRAPH if properties is None else self._once(properties, _paragraph)

    def cell(self, properties: Element | None) -> CellProperties:
        """What a `w:tcPr` says."""
        return _CELL if properties is None else self._once(properties, _cell)

    def _once(self, properties: Element, read: Callable[[Element], _T]) -> _T:
        key = (read, _held(properties))
        if key not in self._known:
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[key] = read(properties)
        found: _T = self._known[key]
        return found


def _held(element: Element) -> tuple[object, ...]:
    """All elements within one, with their attributes: what two elements that say the same have in common."""
    return tuple([(one.tag, *one.items(), *(_held(one) if len(one) else ())) for one in element])


def _run(properties: Element) -> RunProperties:
    return RunProperties(
        style=attribute(properties.find(name("w:rStyle")), "w:val"),
        formatting=of_run(properties),
        vanish=switched(properties, "w:vanish"),
    )


def _paragraph(properties: Element) -> ParagraphProperties:
    mark, section, frame = (properties.find(name(f"w:{one}")) for one in ("rPr", "sectPr", "framePr"))
    return ParagraphProperties(
        style=attribute(properties.find(name("w:pStyle")), "w:val"),
        formatting=of_paragraph(properties),
        inserted=hand_of(mark, "ins", "moveTo"),
        deleted=hand_of(mark, "del", "moveFrom"),
        framed=frame is not None,
        place=frame_place(frame) if frame is not None else None,
        collapsed=bool(switched(properties, "w15:collapsed")),
        numbered=properties.find(name("w:numPr")) is not None,
        mark=PLAIN if mark is None else _run(mark),
        cut=objection_to_pages(section) if section is not None else "",
    )


def _cell(properties: Element) -> CellProperties:
    merged = (properties.find(one) for one in (_VERTICAL, _HORIZONTAL))
    formatting = of_cell(properties)
    width = formatting.get("width of the cell", "")
    return CellProperties(
        formatting=formatting,
        inserted=hand_of(properties, "cellIns"),
        merged=any(one is not None and attribute(one, "w:val") != "restart" for one in merged),
        span=count(properties, "gridSpan", 1),
        width=int(width) if width.isascii() and width.isdecimal() and len(width) < 6 else 0,
    )
