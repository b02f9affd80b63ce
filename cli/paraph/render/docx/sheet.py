"""A folded sheet in Word: a page for each side, a table whose cells are the panels, so that a member can adapt it.

The styles are those of the form's word.docx; its slots, headers and footers are for what is read page by page. Each
panel begins with a bookmark that numbers it in the order of reading, by which the file is read back: cells stand where
the sheet has them. Where that order runs against the language, as on the outside of a leaflet, the table does too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from paraph.model.colour import tint
from paraph.model.document import Document, Part
from paraph.model.form import Sheet
from paraph.model.text import Block, Heading, Paragraph
from paraph.ooxml.names import PARAGRAPH_ORDER, RUN_ORDER, Attributes, Element, el, name, properties_of, put
from paraph.ooxml.tables import Cell, TableLook, TableRow, table
from paraph.ooxml.text import paragraph, run, words
from paraph.render.docx.body import GAP, Writer
from paraph.render.docx.pictures import Pictures
from paraph.render.kit import Kit
from paraph.render.pictures import ground_of

PANEL_MARK = "_paraph_panel_"
_TWIPS = 1440 / 25.4
_FOOT, _INSET, _HEAD = 9, 8, 9
_WHITE = "#ffffff"
_LINES = 3
_NUMBER = 9.5
_OPENING = ("title", "subtitle", "field")


@dataclass(frozen=True, kw_only=True, slots=True)
class Panels:
    """Writes the panels of one document; `width` and `height` of its sheet in mm."""

    document: Document
    writer: Writer
    pictures: Pictures
    kit: Kit
    sheet: Sheet

    @property
    def scale(self) -> float:
        """How much larger than on a leaflet pictures and margins are: less than the sheet is, as its type."""
        return float((self.sheet.height / 210) ** 0.45)

    def body(self) -> Iterator[Element]:
        """A table for each side, the second on a page of its own."""
        for number, side in enumerate(self.sheet.sides):
            if number:
                gap = self.writer.gap()
                put(properties_of(gap, "w:pPr"), el("w:pageBreakBefore"), PARAGRAPH_ORDER)
                yield gap
            yield self._side(side, number)
        yield self.writer.gap()

    def _side(self, side: Mapping[str, int], number: int) -> Element:
        """The panels of a side as cells, in the order of reading as far as a table can have it."""
        order = list(self.sheet.panels)
        backwards = order.index(next(iter(side))) > order.index(list(side)[-1])
        rtl = self.writer.look.rtl != backwards
        names = list(side)[::-1] if backwards else list(side)
        widths = [_twips(side[one]) for one in names]
        panels = TableRow(cells=[self._cell(one, self._panel(one)) for one in names])
        feet = TableRow(cells=[self._cell(one, [self._foot(one)]) for one in names])
        look = TableLook(
            style=self.writer.file.styles.id("table", "Paraph Grid"),
            rtl=rtl,
            caption=f"{self.document.title} {number + 1}",
        )
        made = table(widths, [panels, feet], look)
        for row, height in zip(made.iter(name("w:tr")), (self.sheet.height - _FOOT - 1, _FOOT), strict=True):
            properties = row.find(name("w:trPr"))
            if properties is not None:
                properties.append(el("w:trHeight", {"w:val": _twips(height), "w:hRule": "atLeast"}))
            for cell, panel in zip(row.iter(name("w:tc")), names, strict=True):
                self._ground(cell, panel)
        return made

    def _cell(self, panel: str, blocks: Sequence[Element]) -> Cell:
        head, inset = _twips(_HEAD * self.scale), _twips(_INSET * self.scale)
        sides = (("top", head), ("left", inset), ("bottom", 0), ("right", inset))
        foot = (("top", 0), *sides[1:])
        return Cell(blocks=blocks, margins=foot if len(blocks) == 1 else sides)

    def _ground(self, cell: Element, panel: str) -> None:
        colour = self._colour(panel)
        fill = (colour if self._is_cover(panel) else tint(colour)).removeprefix("#").upper()
        properties = cell.find(name("w:tcPr"))
        if properties is not None:
            margins = properties.find(name("w:tcMar"))
            at = properties.index(margins) if margins is not None else len(properties)
            edge: Attributes = {"w:val": "single", "w:sz": 4, "w:space": 0, "w:color": fill}
            properties.insert(at, el("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": fill}))
            properties.insert(at, el("w:tcBorders", None, *(el(f"w:{side}", edge) for side in ("top", "bottom"))))

    # --- what stands on a panel --------------------------------------------------------------------------------------

    def _panel(self, panel: str) -> list[Element]:
        ink = _WHITE if self._is_cover(panel) else ""
        number = list(self.sheet.panels).index(panel)
        mark = {"w:id": 30_000 + number}
        first = self.writer.gap()
        first.append(el("w:bookmarkStart", {**mark, "w:name": f"{PANEL_MARK}{number}"}))
        first.append(el("w:bookmarkEnd", mark))
        speaks = any(part.name == "title" for part in self._parts(panel))
        blocks = [first, *(self._house(ink) if speaks else ())]
        for part in self._parts(panel):
            for block in part.blocks:
                blocks += self._block(block, part, self._colour(panel), ink)
            if part.id == "partner":
                blocks += [self._line() for _ in range(_LINES)]
        return blocks

    def _house(self, ink: str) -> Iterator[Element]:
        """Who speaks, at the head of the cover; and what the reader of a translation must know."""
        named = self.kit.brand.name.get(self.document.language.code, "")
        head = [named] + ([self.document.letterhead.names[0]] if self.document.member else [])
        for text in filter(None, head):
            yield self._words("Paraph House Name", text, ink)
        if self.document.notice:
            yield _sized(self._words("Paraph House Notice", self.document.notice, ""), 13, 16)

    def _block(self, block: Block, part: Part, colour: str, ink: str) -> Iterator[Element]:
        picture = self.document.pictures.get(block.key)
        made = list(self.writer.block(block, part))
        shade = ink or (colour if isinstance(block, Heading) else "")
        for one in made:
            _painted(one, shade)
        if isinstance(block, Paragraph) and block.number:
            hanging = {"w:left": _twips(_NUMBER), "w:hanging": _twips(_NUMBER)}
            put(properties_of(made[0], "w:pPr"), el("w:ind", hanging), PARAGRAPH_ORDER)
        if picture is not None and "currentColor" not in self._svg(picture.name) and not picture.address:
            share = 0.98 if self.sheet.height == 210 else 0.24  # a card has less room, a poster needs less
            width = share * self._width(part)
            yield self._alone(self.pictures.inline(picture, colour, round(width, 1)))
        elif picture is not None and not picture.address and not (isinstance(block, Paragraph) and block.number):
            width = round(self.scale * (8.5 if isinstance(block, Heading) else 6.5), 1)
            rtl = self.writer.look.rtl
            indent = el("w:ind", {"w:left": _twips(width + 3 * self.scale)})
            put(properties_of(made[0], "w:pPr"), indent, PARAGRAPH_ORDER)
            beside = self.pictures.beside(picture, colour, width, self._width(part) - width if rtl else 0.0)
            if rtl:
                yield self._hung(beside)
            else:
                made[0].insert(1, beside)
        yield from made
        if picture is not None and picture.address:
            yield self._alone(self.pictures.inline(picture, "#000000", round(min(24, 24 * self.scale), 1)))

    def _hung(self, picture: Element) -> Element:
        """A picture on a gap that is read from left to right: LibreOffice mirrors those of other paragraphs."""
        made = self.writer.anchor()
        put(properties_of(made, "w:pPr"), el("w:keepNext"), PARAGRAPH_ORDER)
        made.append(picture)
        return made

    def _width(self, part: Part) -> float:
        """The width in mm of the text of the panel that a part stands on."""
        panel = next(name for name, held in self.sheet.panels.items() if part.id in held)
        return next(side[panel] for side in self.sheet.sides if panel in side) - 2 * _INSET * self.scale

    def _svg(self, picture: str) -> str:
        return self.kit.files.get(f"{picture}.svg", b"").decode("utf-8", "replace")

    def _alone(self, picture: Element) -> Element:
        return paragraph(self.writer.style("Paraph House"), [picture], self.writer.look)

    def _line(self) -> Element:
        """A line to write on."""
        made = paragraph(self.writer.style("Paraph House"), (), self.writer.look)
        line = el("w:pBdr", None, el("w:bottom", {"w:val": "dotted", "w:sz": 4, "w:space": 1, "w:color": "565B62"}))
        put(properties_of(made, "w:pPr"), line, PARAGRAPH_ORDER)
        put(properties_of(made, "w:pPr"), el("w:spacing", {"w:before": 200, "w:after": 0}), PARAGRAPH_ORDER)
        return made

    def _foot(self, panel: str) -> Element:
        """The draft mark: folded, each panel is seen without the others."""
        made = self._words("Paraph House Draft", self.document.draft, _WHITE if self._is_cover(panel) else "")
        put(properties_of(made, "w:pPr"), el("w:jc", {"w:val": "center"}), PARAGRAPH_ORDER)
        small = min(1.0, self.scale)
        return _sized(made, round(13 * small), round(16 * small))

    def _words(self, style: str, text: str, ink: str) -> Element:
        content = [run(self.writer.look, *words(text))] if text else []
        made = paragraph(self.writer.style(style, GAP), content, self.writer.look)
        _painted(made, ink)
        return made

    def _parts(self, panel: str) -> list[Part]:
        held = self.sheet.panels[panel]
        return [part for part in self.document.parts if part.id in held]

    def _is_cover(self, panel: str) -> bool:
        held = self._parts(panel)
        return any(part.name == "title" for part in held) and all(part.name in _OPENING for part in held)

    def _colour(self, panel: str) -> str:
        colours = self.kit.brand.colours or (self.kit.brand.accent,)
        first = next(iter(self.sheet.panels[panel]), "")
        return colours[ground_of(self.kit, first) % len(colours)]


def _sized(block: Element, size: int, complex_size: int) -> Element:
    """The block in type of a size of its own, in half points, and that of complex scripts."""
    for one in block.iter(name("w:r")):
        put(properties_of(one, "w:rPr"), el("w:sz", {"w:val": size}), RUN_ORDER)
        put(properties_of(one, "w:rPr"), el("w:szCs", {"w:val": complex_size}), RUN_ORDER)
    return block


def _painted(block: Element, colour: str) -> None:
    if colour:
        for one in block.iter(name("w:r")):
            put(properties_of(one, "w:rPr"), el("w:color", {"w:val": colour.removeprefix("#").upper()}), RUN_ORDER)


def _twips(length: float) -> int:
    return round(length * _TWIPS)


def lay_flat(section: Element, sheet: Sheet) -> None:
    """A section as large as the sheet, without margins, headers or footers: the panels have their own."""
    for one in list(section):
        if one.tag in (name("w:headerReference"), name("w:footerReference"), name("w:titlePg")):
            section.remove(one)
    size, margins = section.find(name("w:pgSz")), section.find(name("w:pgMar"))
    if size is not None and margins is not None:
        size.set(name("w:w"), str(_twips(sheet.width)))
        size.set(name("w:h"), str(_twips(sheet.height)))
        if sheet.width > sheet.height:
            size.set(name("w:orient"), "landscape")
        for side in ("top", "right", "bottom", "left", "header", "footer"):
            margins.set(name(f"w:{side}"), "0")
