"""Passages of files that one program wrote: what a walk over each came to is known when it stands in another.

Packets as they were sent are the same for all members of a language, but for names and what is new to each. A passage,
a child of the body, is taken as known only where all that its walk depends on is the same: its XML, where its links
lead, how many controls and tables stand before it, the styles and colours of the file, and nothing open around it.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from paraph.ooxml.names import Element, attribute, name
from paraph.ooxml.reading.context import Context
from paraph.ooxml.reading.links import target
from paraph.ooxml.reading.shown import Control, Line

if TYPE_CHECKING:
    from paraph.ooxml.reading.walk import Walk

_MOST = 10_000
_START, _END, _NUMBER = name("w:bookmarkStart"), name("w:bookmarkEnd"), name("w:numPr")
_LINK = name("w:hyperlink")


class _Walked(NamedTuple):
    lines: tuple[Line, ...]
    controls: tuple[Control, ...]
    oddities: tuple[str, ...]
    tables: int


@dataclass(slots=True)
class Passages:
    """What walks over passages came to, for one run of a command.

    Packets of one circulation are mostly alike, so that a passage (a child of the body) is walked over once and known
    in the files after. All are forgotten where they have become more than those of a few languages.
    """

    _known: dict[tuple[Hashable, ...], _Walked] = field(default_factory=dict)

    def story(self, walk: Walk, body: Element, of: Hashable) -> None:
        """Walk over the body of a file whose styles and colours `of` tells from all others."""
        if len(self._known) > _MOST:
            self._known.clear()
        walk.begin(body)
        for child in body:
            self._passage(walk, child, of)

    def _passage(self, walk: Walk, element: Element, of: Hashable) -> None:
        links = tuple(target(walk, one) for one in element.iter(_LINK))
        key = (of, etree.tostring(element, with_tail=False), links, len(walk.controls), walk.tables)
        before, rests = (len(walk.lines), len(walk.controls), len(walk.oddities), walk.tables), walk.rests
        if rests and key in self._known:
            known = self._known[key]
            walk.lines += known.lines
            walk.controls += known.controls
            walk.oddities += known.oddities
            walk.tables += known.tables
            return
        walk.passage(element, Context())
        if rests and walk.rests and _stands_alone(element):
            lines, controls, oddities, tables = before
            self._known[key] = _Walked(
                tuple(walk.lines[lines:]),
                tuple(walk.controls[controls:]),
                tuple(walk.oddities[oddities:]),
                walk.tables - tables,
            )


def _stands_alone(element: Element) -> bool:
    """Whether every bookmark of a passage ends in it, and no list counts on from before."""
    ends = {attribute(one, "w:id") for one in element.iter(_END)}
    counted = next(element.iter(_NUMBER), None) is not None
    return not counted and all(attribute(one, "w:id") in ends for one in element.iter(_START))
