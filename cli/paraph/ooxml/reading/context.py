"""What is around an element of a Word file: all that its text inherits from what it stands in."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from paraph.ooxml.names import Element, attribute, name
from paraph.ooxml.reading.formatting import Formatting
from paraph.ooxml.reading.shown import Cell, Hand, Story

if TYPE_CHECKING:
    from paraph.ooxml.reading.properties import RunProperties


class Context(NamedTuple):
    """What the text inside an element inherits: who inserted or deleted it, its cells and controls, its styles.

    `odd` says what makes the text uncertain, such as a frame or a field (see `paraph.ooxml.reading.shown`); "" nothing.
    `formatting` is that of the paragraph and all around it, `run` the properties of the run, None outside any, `link`
    where its words lead. A tuple, since one is made for nearly every element of a file.
    """

    story: Story = Story.BODY
    note: str = ""
    inserted: Hand | None = None
    deleted: Hand | None = None
    hidden: bool = False
    odd: str = ""
    controls: tuple[int, ...] = ()
    cells: tuple[Cell, ...] = ()
    style: str = ""
    table_style: str = ""
    formatting: Formatting = MappingProxyType[str, str]({})
    run: RunProperties | None = None
    link: str = ""


def hand(element: Element) -> Hand:
    """Who made a change, as its element says."""
    return Hand(attribute(element, "w:author"), attribute(element, "w:date"))


def hand_of(properties: Element | None, *tags: str) -> Hand | None:
    """Who made the first change of these kinds that `properties` note: of a paragraph's mark, a row, a cell."""
    for tag in tags if properties is not None else ():
        found = properties.find(name(f"w:{tag}")) if properties is not None else None
        if found is not None:
            return hand(found)
    return None


def count(properties: Element | None, tag: str, default: int) -> int:
    """A small number that a property says; `default` where it says none."""
    value = attribute(properties.find(name(f"w:{tag}")), "w:val") if properties is not None else ""
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 4 else default
