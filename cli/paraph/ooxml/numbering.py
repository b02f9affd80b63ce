"""Real numbering: one fresh list per run of numbers, so that each starts where it must.

Word counts by abstractNum, and two lists that share one go on counting; hence a fresh pair of abstractNum and num.
Indents and weights are copied from the template's own list of the wanted name, level by level: restyle that one in
Word.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import TypeAlias

from paraph.model.writing import NumberStyle
from paraph.ooxml.names import RUN_ORDER, Element, attribute, el, name, put
from paraph.ooxml.styles import Styles

FORMATS = {
    NumberStyle.DECIMAL: "decimal",
    NumberStyle.LOWER_ALPHA: "lowerLetter",
    NumberStyle.LOWER_ROMAN: "lowerRoman",
    NumberStyle.UPPER_ROMAN: "upperRoman",
    NumberStyle.ABJAD: "arabicAbjad",
    NumberStyle.BULLET: "bullet",
}
"""ST_NumberFormat. arabicAbjad is the old order (أ ب ج د), arabicAlpha the order of the dictionary (أ ب ت ث)."""

DEEPEST = 8
_STEP = 510

Lists: TypeAlias = tuple[tuple[Element, Element], ...]
"""What defines each of some lists: its `w:abstractNum` and `w:num`."""


@dataclass(slots=True)
class Numbering:
    """The numbering part. `styles` are asked for the list style by whose name a list is copied."""

    root: Element
    styles: Styles
    _known: tuple[int, int] | None = None
    _place: int = 0
    _models: dict[str, dict[int, Element]] = field(default_factory=dict)

    def add(self, pattern: str, level: int, number: NumberStyle, text: str, start: int, *, rtl: bool) -> int:
        """A fresh list that counts at `level` from `start` as `text` says (`(%2)` at level 1, or a bullet).

        `pattern` names the list style whose indents it takes. Returns the numId.
        """
        highest_abstract, highest_num = self.highest
        identifier, num_id = highest_abstract + 1, highest_num + 1
        made = el(
            "w:abstractNum",
            {"w:abstractNumId": identifier},
            el("w:nsid", {"w:val": f"{0x50A00000 + identifier:08X}"}),
            el("w:multiLevelType", {"w:val": "multilevel"}),
            *self._levels(pattern, level, number, text, start, rtl=rtl),
        )
        num = el("w:num", {"w:numId": num_id}, el("w:abstractNumId", {"w:val": identifier}))
        self._put(made, num)
        return num_id

    @property
    def highest(self) -> tuple[int, int]:
        """The highest ids in use: two files of one template that agree here give the next list the same."""
        self._known = self._known or self._count()
        return self._known

    def added(self, after: tuple[int, int]) -> Lists:
        """Copies of the lists added since `highest` was `after`."""
        count = self.highest[0] - after[0]
        made = list(self.root)[self._place - count : self._place]
        nums = [one for one in self.root.findall(name("w:num")) if int(attribute(one, "w:numId")) > after[1]]
        return tuple((copy.deepcopy(one), copy.deepcopy(num)) for one, num in zip(made, nums, strict=True))

    def add_again(self, lists: Lists) -> None:
        """Add lists that `added` gave of another file, which had the same `highest` before them."""
        for made, num in lists:
            self._put(copy.deepcopy(made), copy.deepcopy(num))

    def _put(self, made: Element, num: Element) -> None:
        self.root.insert(self._place, made)
        self._place += 1
        self._known = int(attribute(made, "w:abstractNumId")), int(attribute(num, "w:numId"))
        trailer = self.root.find(name("w:numIdMacAtCleanup"))
        self.root.insert(len(self.root) if trailer is None else self.root.index(trailer), num)

    def _count(self) -> tuple[int, int]:
        """The highest ids in use, and where the last abstractNum stands: all of them come before the first num."""
        abstracts, nums = self.root.findall(name("w:abstractNum")), self.root.findall(name("w:num"))
        self._place = self.root.index(abstracts[-1]) + 1 if abstracts else 0
        return (
            max((int(attribute(one, "w:abstractNumId")) for one in abstracts), default=0),
            max((int(attribute(one, "w:numId")) for one in nums), default=0),
        )

    def _levels(
        self, pattern: str, level: int, number: NumberStyle, text: str, start: int, *, rtl: bool
    ) -> list[Element]:
        model = self._model(pattern)
        levels = []
        for at in range(DEEPEST + 1):
            known = model.get(at)
            pieces = [None, None] if known is None else [known.find(name("w:pPr")), known.find(name("w:rPr"))]
            paragraph = copy.deepcopy(pieces[0]) if pieces[0] is not None else _indents(at)
            run = copy.deepcopy(pieces[1]) if pieces[1] is not None else el("w:rPr")
            if rtl:
                put(run, el("w:rtl"), RUN_ORDER)
            here = at == level
            levels.append(
                el(
                    "w:lvl",
                    {"w:ilvl": at},
                    el("w:start", {"w:val": start if here else 1}),
                    el("w:numFmt", {"w:val": FORMATS[number] if here else "decimal"}),
                    el("w:lvlText", {"w:val": text if here else f"%{at + 1}."}),
                    el("w:lvlJc", {"w:val": "left"}),
                    paragraph,
                    run,
                )
            )
        return levels

    def _model(self, pattern: str) -> dict[int, Element]:
        """The levels of the list that the list style `pattern` names, by their number."""
        if pattern not in self._models:
            style = self.styles.id("numbering", pattern)
            self._models[pattern] = {
                int(attribute(level, "w:ilvl")): level
                for one in self.root.findall(name("w:abstractNum"))
                if style and attribute(one.find(name("w:styleLink")), "w:val") == style
                for level in one.findall(name("w:lvl"))
            }
        return self._models[pattern]


def _indents(level: int) -> Element:
    return el("w:pPr", None, el("w:ind", {"w:left": level * _STEP, "w:hanging": _STEP}))
