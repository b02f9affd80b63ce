"""The numbers that Word sets before paragraphs of lists, which stand nowhere in the text (ECMA-376 Part 1, 17.9).

Who types “1. ” in Word has made a list, and the number is gone from the words: what a reader sees is counted here.
Lists that share a definition count on; a level above starts those below again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from paraph.ooxml.names import Element, attribute, name
from paraph.ooxml.reading.context import count
from paraph.ooxml.reading.formatting import Formatting, font_of, of_paragraph, of_run, switched
from paraph.ooxml.reading.numbers import as_number, start_of, written
from paraph.ooxml.reading.symbols import shown

_DEEPEST = 9
_PLACE = re.compile(r"%([1-9])")
_BULLET, _PICTURE = "•", "(a picture)"
_BULLETS = frozenset("•·∙●○◦■□▪▫◆◇▶►➢‣⁃-–—*\uf0b7")
"""Signs that only say where an item begins, with the one that Symbol has; each may become another when a file is saved.
Any other (❌, ¬, ??) may say something of the item."""


@dataclass(frozen=True, slots=True)
class _Level:
    """`after`: it starts again after this level and those above it, counted from 1 (0: after none); `figures`: numbers
    of other levels are written as figures in it (`w:isLgl`)."""

    kind: str
    text: str
    start: int
    formatting: Formatting
    style: str = ""
    after: int = _DEEPEST
    figures: bool = False


@dataclass(slots=True)
class ListNumbers:
    """The lists of a file: the definition of each, its levels, how far each has been counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    lists: dict[str, tuple[str, dict[int, int], dict[int, _Level]]] = field(default_factory=dict)
    _at: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def read(cls, numbering: Element | None) -> ListNumbers:
        """From the root of numbering.xml; without one no paragraph has a number."""
        made = cls()
        for one in numbering.iter(name("w:abstractNum")) if numbering is not None else ():
            levels = {_number(attribute(level, "w:ilvl")): _level(level) for level in one.iter(name("w:lvl"))}
            made.levels[as_number(attribute(one, "w:abstractNumId"))] = levels
        links = {
            attribute(one.find(name("w:styleLink")), "w:val"): as_number(attribute(one, "w:abstractNumId"))
            for one in (numbering.iter(name("w:abstractNum")) if numbering is not None else ())
        }
        for one in numbering.iter(name("w:abstractNum")) if numbering is not None else ():
            linked = one.find(name("w:numStyleLink"))
            if linked is not None:
                there = links.get(attribute(linked, "w:val"), "")
                made.levels[as_number(attribute(one, "w:abstractNumId"))] = made.levels.get(there, {})
        for one in numbering.iter(name("w:num")) if numbering is not None else ():
            starts = {
                _number(attribute(over, "w:ilvl")): start_of(over, "startOverride")
                for over in one.iter(name("w:lvlOverride"))
                if over.find(name("w:startOverride")) is not None
            }
            own = {_number(attribute(level, "w:ilvl")): _level(level) for level in one.iter(name("w:lvl"))}
            definition = as_number(attribute(one.find(name("w:abstractNumId")), "w:val"))
            made.lists[as_number(attribute(one, "w:numId"))] = (definition, starts, own)
        return made

    def label(self, found: Element, style: str) -> tuple[str, Formatting]:
        """The number of a paragraph of that style in a list (`w:numPr`), counted on: “2.”, “•”, or ""; and how its
        level sets the paragraph."""
        list_ = as_number(attribute(found.find(name("w:numId")), "w:val"))
        definition, starts, own = self.lists.get(list_, ("", {}, {}))
        levels = {**self.levels.get(definition, {}), **own}
        of_style = next((number for number, one in levels.items() if style and one.style == style), 0)
        level = count(found, "ilvl", of_style)
        if level not in levels:
            return "", {}
        at = self._at.setdefault(definition, {})
        if level in starts and (list_, level) not in self._begun:
            self._begun.add((list_, level))
            at[level] = starts[level]
        else:
            at[level] = at[level] + 1 if level in at else levels[level].start
        for deeper in [one for one in at if one > level and (one not in levels or level < levels[one].after)]:
            del at[deeper]
        formatting = levels[level].formatting
        if levels[level].kind == "bullet":
            return bullet(levels[level].text), formatting
        figures = levels[level].figures
        return _PLACE.sub(
            lambda place: _said(levels, at, int(place[1]) - 1, figures=figures), levels[level].text
        ).strip(), formatting


def bullet(text: str) -> str:
    """What stands before a paragraph as a bullet: one is as good as another, all else is what it is."""
    bare = text.strip()
    return _BULLET if bare in _BULLETS else bare


def _said(levels: dict[int, _Level], at: dict[int, int], level: int, *, figures: bool) -> str:
    if level not in levels:
        return ""
    return written(at.get(level, levels[level].start), "decimal" if figures else levels[level].kind)


def _level(level: Element) -> _Level:
    text = attribute(level.find(name("w:lvlText")), "w:val")[:80]
    kind = attribute(next(level.iter(name("w:numFmt")), None), "w:val")
    if kind == "bullet":
        drawn = level.find(name("w:lvlPicBulletId")) is not None
        text = _PICTURE if drawn else shown(text, font_of(of_run(level.find(name("w:rPr")))))
    return _Level(
        kind=kind,
        text=text,
        start=start_of(level, "start"),
        formatting=of_paragraph(level.find(name("w:pPr"))),
        style=attribute(level.find(name("w:pStyle")), "w:val"),
        after=count(level, "lvlRestart", _DEEPEST),
        figures=bool(switched(level, "w:isLgl")),
    )


def _number(text: str) -> int:
    at = as_number(text)
    return int(at) if at.isascii() and at.isdecimal() and len(at) < 2 else _DEEPEST
