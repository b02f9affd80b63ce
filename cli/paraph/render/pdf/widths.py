"""How wide words are in the fonts of the house, by which it is known whether an address fits into a window.

typst is asked for the width of each character once. A word is as wide as its characters one by one, or a little less:
fonts move some of them closer together, and Arabic letters stand alone wider than joined.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from paraph.model.workspace import Brand
from paraph.render.pdf.glyphs import typst_fonts

_PAGE = b"""#let given = json(bytes(sys.inputs.data))
#set text(font: given.fonts, size: 100pt)
#context [#metadata(given.characters.map(char => measure(char).width / 100pt)) <widths>]
"""
_USUAL = [chr(code) for code in chain(range(0x20, 0x180), range(0x370, 0x500), range(0x600, 0x700))]
"""Latin, Greek, Cyrillic and Arabic letters: all at once, which takes no longer than one."""


@dataclass(slots=True)
class Widths:
    """The widths of words in em, in a letter whose language runs from left to right or (`rtl`) from right to left."""

    brand: Brand
    _known: dict[bool, dict[str, float]] = field(default_factory=dict)

    def __call__(self, word: str, rtl: bool) -> float:
        """The width of `word`."""
        known = self._known.get(rtl)
        if known is None:
            known = self._known[rtl] = self._measured(_USUAL, rtl)
        try:
            return sum(map(known.__getitem__, word))
        except KeyError:
            known |= self._measured({*word} - known.keys(), rtl)
            return sum(map(known.__getitem__, word))

    def _measured(self, characters: Iterable[str], rtl: bool) -> dict[str, float]:
        import typst

        brand, asked = self.brand, sorted(characters)
        fonts = [brand.text_font, brand.arabic_font, brand.heading_font]
        if rtl:
            fonts = [brand.arabic_font, brand.text_font, brand.heading_font]
        files: Any = {"main.typ": _PAGE}
        given = json.dumps({"fonts": fonts, "characters": asked})
        said = typst.query(
            files, "<widths>", field="value", one=True, font_paths=typst_fonts(), sys_inputs={"data": given}
        )
        return dict(zip(asked, map(float, json.loads(said)), strict=True))
