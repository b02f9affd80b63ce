"""What stands on the panels of a folded sheet in Word: rows of a table, so that a member can add and take away.

A row is a message with its pictogram on a disc, a step with its number, or the head of a section; in two languages,
each has its column. All are paragraphs in the styles of the form's word.docx, with Word's own numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from paraph.model.colour import tint
from paraph.model.document import Edition, Part, Picture, pairs
from paraph.model.text import Block, Heading, Paragraph, plain
from paraph.ooxml.names import PARAGRAPH_ORDER, RUN_ORDER, Element, attribute, el, name, properties_of, put
from paraph.ooxml.tables import Cell, TableLook, TableRow, shares, table
from paraph.ooxml.text import paragraph, run, words
from paraph.render.docx.body import GAP, Writer
from paraph.render.docx.pictures import Pictures
from paraph.render.kit import Kit
from paraph.render.pictures import ground_of

WHITE = "#ffffff"
_TWIPS = 1440 / 25.4
_INSET, _MARK, _DISC, _HEAD_DISC, _CODE = 8.0, 14.0, 8.4, 11.6, 23.0
"""Millimetres on a leaflet: the edge of a panel, the column of marks, their discs, codes."""
_ROW, _GROUND, _TOP = 1.5, 5.0, 9.0
_TITLE, _TITLE_LINE = (46, 51), 12
"""The title of a card in half points, and that of complex scripts; how many letters of a wide font a line holds."""
Blocks: TypeAlias = tuple[Block | None, ...]


def twips(length: float) -> int:
    """A length in mm as Word counts it."""
    return round(length * _TWIPS)


@dataclass(frozen=True, kw_only=True, slots=True)
class Panels:
    """Writes the parts of an edition as tables of a panel, one writer a language. Lengths are in mm."""

    edition: Edition
    writers: tuple[Writer, ...]
    pictures: Pictures
    kit: Kit

    @property
    def scale(self) -> float:
        """How much larger than on a leaflet pictures and margins are: less than the sheet is, as its type."""
        return float(((self.kit.sheet.height if self.kit.sheet else 210) / 210) ** 0.45)

    @property
    def inset(self) -> float:
        """The space between the edge of a panel and its text."""
        return _INSET * self.scale

    @property
    def main(self) -> Writer:
        """The writer of the language that the sheet is laid out for."""
        return self.writers[0]

    def ink(self, part: str) -> str:
        """The colour of what a part stands on."""
        colours = self.kit.brand.colours or (self.kit.brand.accent,)
        return colours[ground_of(self.kit, part) % len(colours)]

    def rows(self, part: Part) -> list[Blocks]:
        """The blocks of a part, those of the languages beside one another."""
        return [blocks for one, blocks in pairs(self.edition) if one.id == part.id]

    # --- text --------------------------------------------------------------------------------------------------------

    def text(self, parts: Sequence[Part], width: float, top: float = _TOP) -> Iterator[Element]:
        """The parts in one table as wide as their panel, each on its ground; `top` is the space above the first."""
        rows: list[TableRow] = []
        for number, part in enumerate(parts):
            ground = tint(self.ink(part.id))
            made = [self._row(part, blocks, ground) for blocks in self.rows(part)]
            made[0] = self._spaced(made[0], "top", _GROUND if number else top)
            made[-1] = self._spaced(made[-1], "bottom", _GROUND)
            rows += made
        if rows:
            yield self._table(self._columns(width), rows)
            yield self.main.gap()

    def _columns(self, width: float) -> list[int]:
        """Marks, the languages, and the other side, where steps have theirs."""
        marks, other = self.inset + _MARK * self.scale, self.inset + (_DISC + 2) * self.scale
        count = len(self.writers)
        return [twips(marks), *shares(twips(width - marks - other), (1,) * count), twips(other)]

    def _row(self, part: Part, blocks: Blocks, ground: str) -> TableRow:
        first = next(block for block in blocks if block is not None)
        ink, picture = self.ink(part.id), self._picture(first)
        head = isinstance(first, Heading)
        middle = head or len(blocks) == 1  # two languages begin on one line
        texts = [
            Cell(blocks=self._words(writer, block, part, ink if head else ""), middle=middle)
            for writer, block in zip(self.writers, blocks, strict=True)
        ]
        if head:
            disc = self._picture_in(picture, WHITE, ink, _HEAD_DISC)
            cells = [disc, *texts[:-1], replace(texts[-1], span=2)]
        elif isinstance(first, Paragraph) and first.number:
            for cell in texts:
                self._step(cell.blocks[0], ink)
            wide = len(texts) > 1 or picture is None
            last = [] if wide else [self._picture_in(picture, ink, WHITE, _DISC)]
            cells = [replace(texts[0], span=3 if wide and len(texts) == 1 else 2), *texts[1:], *last]
            if len(texts) > 1:
                cells[-1] = replace(cells[-1], span=2)
        else:
            disc = self._picture_in(picture, ink, WHITE, _DISC)
            cells = [disc, *texts[:-1], replace(texts[-1], span=2)]
        return TableRow(cells=[self._placed(cell, at, len(cells), ground) for at, cell in enumerate(cells)])

    def _placed(self, cell: Cell, at: int, count: int, ground: str) -> Cell:
        """The cell with the space around it: the outermost keep the edge of the panel free."""
        space, rtl = twips(_ROW * self.scale), self.main.look.rtl
        edges = (twips(self.inset) if at == 0 else 0, twips(self.inset if at == count - 1 else 3 * self.scale))
        left, right = edges[::-1] if rtl else edges
        return replace(cell, fill=ground, margins=(("top", space), ("left", left), ("bottom", space), ("right", right)))

    def _spaced(self, row: TableRow, side: str, space: float) -> TableRow:
        """The row with more space at one side."""
        wanted = twips(space * self.scale)
        cells = [
            replace(cell, margins=tuple((one, wanted if one == side else room) for one, room in cell.margins))
            for cell in row.cells
        ]
        return replace(row, cells=cells)

    def _picture(self, block: Block) -> Picture | None:
        return self.edition.documents[0].pictures.get(block.key)

    def _picture_in(self, picture: Picture | None, ink: str, disc: str, width: float) -> Cell:
        if picture is None:
            return Cell(blocks=[self.main.gap()])
        return Cell(blocks=[self.alone(self.pictures.inline(picture, ink, self._size(width), disc))], middle=True)

    def _size(self, width: float) -> float:
        return round(width * self.scale, 1)

    def _words(self, writer: Writer, block: Block | None, part: Part, ink: str) -> list[Element]:
        if block is None:
            return [writer.gap()]
        made = list(writer.block(block, part))
        for one in made:
            painted(one, ink)
            if one.tag == name("w:p"):
                close(one)
        return made if made[-1].tag == name("w:p") else [*made, writer.gap()]

    def _step(self, made: Element, ink: str) -> None:
        """A step: its number in the colour of its ground, where the pictograms of messages stand."""
        place = twips(_MARK * self.scale)
        put(properties_of(made, "w:pPr"), el("w:ind", {"w:left": place, "w:hanging": place}), PARAGRAPH_ORDER)
        root, list_ = self.main.file.numbering.root, made.find(f"{name('w:pPr')}/{name('w:numPr')}/{name('w:numId')}")
        nums = {attribute(one, "w:numId"): one.find(name("w:abstractNumId")) for one in root.iter(name("w:num"))}
        pattern = attribute(nums.get(attribute(list_, "w:val")), "w:val")
        for one in root.iter(name("w:abstractNum")):
            for level in one.iter(name("w:lvl")) if attribute(one, "w:abstractNumId") == pattern else ():
                look = properties_of(level, "w:rPr")
                put(look, el("w:color", {"w:val": ink.removeprefix("#").upper()}), RUN_ORDER)
                for kind in ("w:b", "w:bCs"):
                    put(look, el(kind), RUN_ORDER)
                for kind in ("w:sz", "w:szCs"):
                    put(look, el(kind, {"w:val": round(26 * self.scale)}), RUN_ORDER)

    def _table(self, widths: Sequence[int], rows: Sequence[TableRow], indent: int = 0) -> Element:
        style = self.main.file.styles.id("table", "Paraph Grid")
        return table(widths, rows, TableLook(style=style, rtl=self.main.look.rtl, indent=indent))

    # --- who issues it -----------------------------------------------------------------------------------------------

    def back(self, parts: Sequence[Part], width: float) -> Iterator[Element]:
        """Who issues the edition, how to reach them, room for the local partner, and the small print."""
        for part in parts:
            if part.name == "publisher":
                yield from self.issuers(part, width, top=part is parts[0])
            elif part.id == "partner":
                yield from self.partner(part, width, self._left(parts))
            elif any(isinstance(block, Heading) for block in part.blocks):
                yield from self.text([part], width)
            else:
                yield from self.plain(part, width)

    def _left(self, parts: Sequence[Part]) -> float:
        """How high the frame for the local partner may be: on a card, and under two names with codes, there is less."""
        names = sum(block.role == "issuer" for part in parts for block in part.blocks)
        return (62 if self.scale >= 1 else 26) if names > 1 else (90 if self.scale >= 1 else 42)

    def issuers(self, part: Part, width: float, *, top: bool) -> Iterator[Element]:
        """Names with their codes, each address below over the whole width."""
        ground, count, rows = tint(self.ink(part.id)), len(self.writers), self.rows(part)
        heads = [blocks for blocks in rows if isinstance(blocks[0], Heading)]
        lines = [blocks for blocks in rows if blocks not in heads]
        if heads:
            made = [self._row(part, blocks, ground) for blocks in heads]
            yield self._table(self._columns(width), [self._spaced(made[0], "top", _TOP if top else 2)])
            yield self.main.gap()
        code = self.inset + _CODE * self.scale
        widths = [*shares(twips(width - code), (1,) * count), twips(code)]
        made = []
        for blocks in lines:
            first = next(block for block in blocks if block is not None)
            texts = [
                Cell(blocks=self._words(writer, block, part, self.ink(part.id) if first.key.startswith("web") else ""))
                for writer, block in zip(self.writers, blocks, strict=True)
            ]
            if first.role == "website" and blocks[0] is first and not any(blocks[1:]):  # the same in all languages
                texts = [replace(texts[0], span=count)]
            address = replace(first, key=first.key.replace("issuer/", "website/"))  # its code stands beside the name
            picture = self._picture(address) if first.key.startswith("issuer/") else None
            if picture is not None:
                run_ = self.pictures.inline(picture, "#000000", self._size(_CODE - 2))
                cells = [*(replace(cell, middle=True) for cell in texts), Cell(blocks=[self.alone(run_)])]
            else:
                cells = [*texts[:-1], replace(texts[-1], span=texts[-1].span + 1)]
            placed = TableRow(cells=[self._placed(cell, at, len(cells), ground) for at, cell in enumerate(cells)])
            made.append(self._spaced(placed, "bottom", 4) if first.key.startswith("website/") else placed)
        if made:
            yield self._table(widths, made)
            yield self.main.gap()

    def partner(self, part: Part, width: float, height: float) -> Iterator[Element]:
        """A frame for the address of the local partner, which it writes or stamps."""
        ink, edge = self.ink(part.id), twips(3 * self.scale)
        margins = (("top", edge), ("left", edge), ("bottom", edge), ("right", edge))
        cells = [
            Cell(blocks=[one for blocks in self.rows(part) for one in self._words(writer, blocks[at], part, ink)])
            for at, writer in enumerate(self.writers)
        ]
        framed = [replace(cell, frame=ink, margins=margins) for cell in cells]
        widths = shares(twips(width - 2 * self.inset), (1,) * len(framed))
        rows = [TableRow(cells=framed, height=twips(height * self.scale))]
        yield self._table(widths, rows, indent=twips(self.inset))
        yield self.main.gap()

    def plain(self, part: Part, width: float) -> Iterator[Element]:
        """Paragraphs as they are, each language in its column."""
        rows = []
        for blocks in self.rows(part):
            cells = [
                Cell(blocks=self._words(writer, block, part, ""))
                for writer, block in zip(self.writers, blocks, strict=True)
            ]
            rows.append(TableRow(cells=[self._placed(cell, at, len(cells), "") for at, cell in enumerate(cells)]))
        yield self._table(shares(twips(width), (1,) * len(self.writers)), rows)
        yield self.main.gap()

    # --- the cover ---------------------------------------------------------------------------------------------------

    def cover(self, parts: Sequence[Part], width: float, *, drawn: bool = True) -> Iterator[Element]:
        """Who speaks, the drawing, `width` mm wide, and the title in each language, white on the cover's colour."""
        yield from self._house()
        drawing = self.drawing(parts, width) if drawn else None
        if drawing is not None:
            above = el("w:spacing", {"w:before": twips(16 if self.scale >= 1 else 2), "w:after": twips(6 * self.scale)})
            put(properties_of(drawing, "w:pPr"), above, PARAGRAPH_ORDER)
            yield drawing
        for part in parts:
            for blocks in self.rows(part):
                for writer, block in zip(self.writers, blocks, strict=True):
                    for one in writer.block(block, part) if block is not None else ():
                        badge = part.id == "readers"
                        if isinstance(block, Heading) and self.scale < 1:
                            _titled(one, plain(block.inlines))
                        painted(one, self.ink(part.id) if badge else WHITE, ground=WHITE if badge else "")
                        if badge:
                            space = el("w:spacing", {"w:before": twips(4 * self.scale), "w:after": 0})
                            put(properties_of(one, "w:pPr"), space, PARAGRAPH_ORDER)
                        yield one

    def drawing(self, parts: Sequence[Part], width: float) -> Element | None:
        """The drawing that stands beside the title, or None."""
        titles = (block for part in parts for block in part.blocks if isinstance(block, Heading))
        picture = next((found for one in titles if (found := self._picture(one))), None)
        return self.alone(self.pictures.inline(picture, self.ink("title"), round(width, 1))) if picture else None

    def _house(self) -> Iterator[Element]:
        """Who speaks; and what the reader of a translation must know."""
        for writer in self.writers:
            document = writer.document
            named = self.kit.brand.name.get(document.language.code, "")
            head = [named] + (list(document.letterhead.names[:1]) if document.member else [])
            for text in filter(None, head):
                made = house(writer, "Paraph House Name", text, WHITE)
                yield made if self.scale >= 1 else sized(made, 16, 19)
            if document.notice:
                yield sized(house(writer, "Paraph House Notice", document.notice, ""), 13, 16)

    def alone(self, content: Element) -> Element:
        """A line of the house with a picture in it."""
        made = paragraph(self.main.style("Paraph House"), [content], self.main.look)
        close(made)
        return made


def house(writer: Writer, style: str, text: str, ink: str) -> Element:
    """A line that is no word of the document."""
    content = [run(writer.look, *words(text))] if text else []
    made = paragraph(writer.style(style, GAP), content, writer.look)
    painted(made, ink)
    return made


def close(made: Element) -> None:
    """Take the space above and below a paragraph away: that of a row is its cell's. Its lines keep their distance."""
    put(properties_of(made, "w:pPr"), el("w:spacing", {"w:before": 0, "w:after": 0}), PARAGRAPH_ORDER)


def painted(block: Element, ink: str, ground: str = "") -> None:
    """Set the runs of a block in a colour, on a ground."""
    for one in block.iter(name("w:r")):
        look = properties_of(one, "w:rPr")
        if ink:
            put(look, el("w:color", {"w:val": ink.removeprefix("#").upper()}), RUN_ORDER)
        if ground:
            fill = ground.removeprefix("#").upper()
            put(look, el("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": fill}), RUN_ORDER)


def _titled(title: Element, text: str) -> None:
    """Sets the title of a card smaller where it would not stand in two lines: the cover has no room for more."""
    parted = text.split()
    longest = min(
        (max(len(" ".join(parted[:at])), len(" ".join(parted[at:]))) for at in range(1, len(parted))), default=len(text)
    )
    if longest > _TITLE_LINE:
        sized(title, round(_TITLE[0] * _TITLE_LINE / longest), round(_TITLE[1] * _TITLE_LINE / longest))


def sized(block: Element, size: int, complex_size: int) -> Element:
    """The block in type of a size of its own, in half points, and that of complex scripts."""
    for one in block.iter(name("w:r")):
        put(properties_of(one, "w:rPr"), el("w:sz", {"w:val": size}), RUN_ORDER)
        put(properties_of(one, "w:rPr"), el("w:szCs", {"w:val": complex_size}), RUN_ORDER)
    return block
