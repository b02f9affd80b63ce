"""A folded sheet in Word: a page for each side, a table whose cells are the panels, so that a member can adapt it.

The styles are those of the form's word.docx; its slots, headers and footers are for what is read page by page. Each
panel begins with a bookmark that numbers it in the order of reading, by which the file is read back: cells stand where
the sheet has them. Where that order runs against the language, as on the outside of a leaflet, the table does too.
A side that is one panel, as that of a poster, has its title over the whole width and its sections in two columns.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from paraph.model.colour import tint
from paraph.model.document import Part
from paraph.model.form import Sheet
from paraph.model.text import Heading, Paragraph, plain
from paraph.ooxml.names import PARAGRAPH_ORDER, Element, el, name, properties_of, put
from paraph.ooxml.tables import Cell, TableLook, TableRow, table
from paraph.render.docx.panels import WHITE, Panels, house, sized, twips

PANEL_MARK = "_paraph_panel_"
_FOOT = 9
_OPENING = ("title", "subtitle", "field")
_LAST = ("partner", "string", "head")
_LARGER = 2**0.5
"""Two languages stand on the next larger paper, as far as Word knows one."""
_LARGEST = 558.8
"""Millimetres: 22 inches, beyond which Word has no paper (ECMA-376 Part 1, `w:pgSz`; that of A2 would be 594)."""
_LINE = 30
"""Letters in a line of a column, on average: enough to tell which of two columns is longer."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Folded:
    """The sides of a sheet, whose `panels` write what stands on them."""

    panels: Panels
    sheet: Sheet

    @property
    def larger(self) -> float:
        """How much larger the paper is than the sheet of one language."""
        return _larger(self.sheet, len(self.panels.writers))

    @property
    def _foot_height(self) -> float:
        return _FOOT + 6 * (len(self.panels.writers) - 1)

    def body(self) -> Iterator[Element]:
        """A table for each side, the second on a page of its own."""
        for number, side in enumerate(self.sheet.sides):
            if number:
                gap = self.panels.main.gap()
                put(properties_of(gap, "w:pPr"), el("w:pageBreakBefore"), PARAGRAPH_ORDER)
                yield gap
            yield self._side(side, number) if len(side) > 1 else self._poster(next(iter(side)))
        yield self.panels.main.gap()

    def _side(self, side: Mapping[str, int], number: int) -> Element:
        """The panels of a side as cells, in the order of reading as far as a table can have it."""
        order = list(self.sheet.panels)
        backwards = order.index(next(iter(side))) > order.index(list(side)[-1])
        names = list(side)[::-1] if backwards else list(side)
        widths = [side[one] * self.larger for one in names]
        panels = [self._cell(one, width) for one, width in zip(names, widths, strict=True)]
        feet = [self._foot(self._ground(one), one) for one in names]
        rows = [
            TableRow(cells=panels, height=twips(self.sheet.height * self.larger - self._foot_height - 1)),
            TableRow(cells=feet, height=twips(self._foot_height)),
        ]
        return table([twips(width) for width in widths], rows, self._look(number, mirrored=backwards))

    def _look(self, number: int, *, mirrored: bool = False) -> TableLook:
        main = self.panels.main
        return TableLook(
            style=main.file.styles.id("table", "Paraph Grid"),
            rtl=main.look.rtl != mirrored,
            caption=f"{main.document.title} {number + 1}",
        )

    # --- panels ------------------------------------------------------------------------------------------------------

    def _cell(self, panel: str, width: float) -> Cell:
        parts, head, inset = self._parts(panel), twips(9 * self.panels.scale), twips(self.panels.inset)
        edges = (("top", 0), ("left", 0), ("bottom", 0), ("right", 0))
        if self._is_cover(panel):
            noted = any(one.notice for one in self.panels.edition.documents)
            share = 1 if self.panels.scale >= 1 else 0.4 if noted else 0.56  # a card has less room
            blocks = [*self.panels.cover(parts, share * (width - 2 * self.panels.inset))]
            edges = (("top", head), ("left", inset), ("bottom", 0), ("right", inset))
        elif any(part.name == "publisher" or part.id == "partner" for part in parts):
            blocks = [*self.panels.back(parts, width)]
        else:
            blocks = [*self.panels.text(parts, width)]
        blocks = blocks or [self.panels.main.gap()]
        number = list(self.sheet.panels).index(panel)
        mark = {"w:id": 30_000 + number}
        first = next(one for block in blocks for one in block.iter(name("w:p")))
        at = 1 if first.find(name("w:pPr")) is not None else 0
        first.insert(at, el("w:bookmarkEnd", mark))
        first.insert(at, el("w:bookmarkStart", {**mark, "w:name": f"{PANEL_MARK}{number}"}))
        return Cell(blocks=blocks, margins=edges, fill=self._ground(panel))

    def _foot(self, ground: str, panel: str = "", span: int = 1) -> Cell:
        """The draft mark: folded, each panel is seen without the others."""
        small, blocks = min(1.0, self.panels.scale), []
        for writer in self.panels.writers:
            made = house(
                writer, "Paraph House Draft", writer.document.draft, WHITE if panel and self._is_cover(panel) else ""
            )
            put(properties_of(made, "w:pPr"), el("w:jc", {"w:val": "center"}), PARAGRAPH_ORDER)
            blocks.append(sized(made, round(13 * small), round(16 * small)))
        inset = twips(self.panels.inset)
        return Cell(blocks=blocks, margins=(("top", 0), ("left", inset), ("right", inset)), fill=ground, span=span)

    def _parts(self, panel: str) -> list[Part]:
        held = self.sheet.panels[panel]
        return [part for part in self.panels.edition.documents[0].parts if part.id in held]

    def _is_cover(self, panel: str) -> bool:
        held = self._parts(panel)
        return any(part.name == "title" for part in held) and all(part.name in _OPENING for part in held)

    def _ground(self, panel: str) -> str:
        """The colour at the foot of a panel: that of its last section."""
        parts = self._parts(panel)
        ink = self.panels.ink(parts[-1].id if parts else "")
        return ink if self._is_cover(panel) else tint(ink)

    # --- a poster ----------------------------------------------------------------------------------------------------

    def _poster(self, panel: str) -> Element:
        parts = self._parts(panel)
        # at the top alone: a field further down, such as the contact, opens nothing
        opening = [*itertools.takewhile(lambda part: part.name in _OPENING, parts)]
        last = [part for part in parts if part.name in _LAST]
        width, apart = self.sheet.width * self.larger / 2, twips(5)
        edge, ink = twips(18), self.panels.ink("title")
        outer = (("left", edge), ("right", apart)), (("left", apart), ("right", edge))
        if self.panels.main.look.rtl:
            outer = outer[::-1]
        drawing = self.panels.drawing(opening, 0.52 * width)
        banner = (
            Cell(
                blocks=[*self.panels.cover(opening, width, drawn=False)],
                fill=ink,
                middle=True,
                margins=_inside(outer[0], twips(5)),
            ),
            Cell(
                blocks=[self.panels.main.gap() if drawing is None else drawing], fill=ink, middle=True, margins=outer[1]
            ),
        )
        columns = self._halves([part for part in parts if part not in opening and part not in last])
        sides = [
            Cell(blocks=[*self._cards(side, width - 23)], margins=(("top", twips(9)), *outer[at]))
            for at, side in enumerate(columns)
        ]
        foot = [
            *(one for part in last if part.id == "partner" for one in self.panels.partner(part, 2 * width - 20, 25)),
            *(one for part in last if part.id != "partner" for one in self.panels.plain(part, 2 * width - 20)),
        ]
        rows = [
            TableRow(cells=banner, height=twips(78)),
            TableRow(cells=sides),
            TableRow(cells=[Cell(blocks=foot or [self.panels.main.gap()], span=2, margins=(("left", twips(10)),))]),
            TableRow(cells=[self._foot("", span=2)], height=twips(self._foot_height)),
        ]
        return table([twips(width)] * 2, rows, self._look(0))

    def _cards(self, grounds: Sequence[Sequence[Part]], width: float) -> Iterator[Element]:
        """Each on a ground of its own, with space between."""
        main = self.panels.main
        for parts in grounds:
            if parts[0].name == "publisher":
                yield from self.panels.back(parts, width)
            else:
                yield from self.panels.text(parts, width, top=5)
            space = main.gap()
            put(properties_of(space, "w:pPr"), el("w:spacing", {"w:before": 0, "w:after": twips(5)}), PARAGRAPH_ORDER)
            yield space
        if not grounds:
            yield main.gap()

    def _halves(self, parts: Sequence[Part]) -> tuple[list[list[Part]], list[list[Part]]]:
        """The grounds in two columns, in the order of reading, as nearly equal as they can be."""
        grounds = [list(held) for _, held in itertools.groupby(parts, lambda one: self.sheet.grounds[one.id])]
        heights = [sum(map(_height, held)) for held in grounds]
        at = min(range(1, max(2, len(grounds))), key=lambda at: abs(sum(heights[:at]) - sum(heights[at:])))
        return grounds[:at], grounds[at:]


def _inside(sides: Sequence[tuple[str, int]], space: int) -> tuple[tuple[str, int], ...]:
    """Margins left and right with those above and below, in the order that Word wants."""
    left, right = sides
    return ("top", space), left, ("bottom", space), right


def _height(part: Part) -> float:
    """How many lines a part takes, roughly."""
    lines = 0.0
    for block in part.blocks:
        if isinstance(block, Heading):
            lines += 4
        elif isinstance(block, Paragraph):
            lines += 0.7 + -(-len(plain(block.inlines)) // _LINE) + (2 if block.role == "issuer" else 0)
    return lines


def _larger(sheet: Sheet, languages: int) -> float:
    return min(_LARGER, _LARGEST / max(sheet.width, sheet.height)) if languages > 1 else 1.0


def lay_flat(section: Element, sheet: Sheet, languages: int = 1) -> None:
    """A section as large as the sheet, without margins, headers or footers: the panels have their own."""
    for one in list(section):
        if one.tag in (name("w:headerReference"), name("w:footerReference"), name("w:titlePg")):
            section.remove(one)
    size, margins = section.find(name("w:pgSz")), section.find(name("w:pgMar"))
    larger = _larger(sheet, languages)
    if size is not None and margins is not None:
        size.set(name("w:w"), str(twips(sheet.width * larger)))
        size.set(name("w:h"), str(twips(sheet.height * larger)))
        if sheet.width > sheet.height:
            size.set(name("w:orient"), "landscape")
        for side in ("top", "right", "bottom", "left", "header", "footer"):
            margins.set(name(f"w:{side}"), "0")
