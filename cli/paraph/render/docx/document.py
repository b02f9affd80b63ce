"""A document as DOCX: the form's word.docx filled by docxtpl, the body written from the tree.

The same edition and kit give the same bytes.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence

from paraph.errors import RenderError
from paraph.model.document import Document, Edition, Part, pairs
from paraph.model.text import Block
from paraph.model.workspace import Window
from paraph.ooxml import footnotes
from paraph.ooxml.footnotes import Footnotes
from paraph.ooxml.names import Element, el, name
from paraph.ooxml.numbering import Numbering
from paraph.ooxml.package import Package
from paraph.ooxml.styles import Styles
from paraph.ooxml.tables import TableRow
from paraph.ooxml.theme import brand, paint
from paraph.render.docx.body import File, Writer
from paraph.render.docx.columns import APART, HANG, Columns, column_width, fit_tabs
from paraph.render.docx.house import claim, dress, logo
from paraph.render.docx.panels import Panels
from paraph.render.docx.pictures import Pictures
from paraph.render.docx.properties import describe, lay_out, shrink, speak
from paraph.render.docx.read import read_back
from paraph.render.docx.sheet import Folded, lay_flat
from paraph.render.docx.template import MAIN, arrange, fill, margin_parts, slot_name, slots
from paraph.render.docx.window import hold_letterhead, show_in_window
from paraph.render.kit import Kit

__all__ = ["read_back", "render"]

_NUMBERING = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
_TEMPLATE = "word.docx"
_ADDRESS = "recipient"


def render(edition: Edition, kit: Kit, writer: Callable[[File, Document, int], Writer] = Writer) -> bytes:
    """The DOCX of an edition, one language's blocks written by `writer`.

    RenderError: the template has a fault, or a character that XML cannot hold.
    """
    return compose(edition, kit, writer).data()


def compose(edition: Edition, kit: Kit, writer: Callable[[File, Document, int], Writer] = Writer) -> Package:
    """As `render`, still open, for who has more to put into the file."""
    if _TEMPLATE not in kit.files:
        raise RenderError(
            f"The form {edition.documents[0].form} has no {_TEMPLATE}", "Copy templates/common/word.docx."
        )
    filled = [fill(kit.files[_TEMPLATE], document, kit) for document in edition.documents]
    package = filled[0]
    text_width = lay_out(package, edition, kit.paper)
    file = _file(package)
    marks = 0
    for other, document in zip(filled, edition.documents, strict=True):
        for part in (MAIN, *margin_parts(other)):
            dress(list(other.xml(part).iter(name("w:p"))), document, file.styles)
        marks = claim(other.xml(MAIN), file.styles, marks)
    _logos(filled, edition, kit)
    if kit.sheet is not None:
        first, *more = edition.documents
        others = (Writer(file, one, text_width, first) for one in more)
        _folded(file, edition, (writer(file, first, text_width), *others), kit)
    elif len(filled) == 1:
        _one(file, edition.documents[0], writer(file, edition.documents[0], text_width), kit.brand.window)
    else:
        _two(file, edition, [other.xml(MAIN) for other in filled], text_width)
        _margins(file, edition, filled, text_width)
        shrink(file.styles.root)
    _brand(package, kit)
    speak(package, edition)
    describe(package, edition, kit)
    return package


def prepare() -> None:
    """Load the template engine, which is otherwise loaded by the first document."""
    import docxtpl  # noqa: F401


def _file(package: Package) -> File:
    """The parts that the writers share; those that the template has not are made."""
    styles = Styles(_part(package, "styles", "", None))
    empty = el("w:numbering")
    numbering = Numbering(_part(package, "numbering", _NUMBERING, empty), styles)
    notes = _part(package, "footnotes", footnotes.CONTENT_TYPE, footnotes.empty())
    footnotes.declare_separators(_part(package, "settings", "", None))
    part = next(iter(package.related(MAIN, "footnotes").values()))
    return File(package, MAIN, styles, numbering, Footnotes(notes), part)


def _part(package: Package, kind: str, content_type: str, new: Element | None) -> Element:
    found = next(iter(package.related(MAIN, kind).values()), "")
    if not found:
        if new is None:
            raise RenderError(f"word.docx has no {kind}", "Save it in Word, or start from templates/common/word.docx.")
        found = f"word/{kind}.xml"
        package.add(found, new, content_type)
        package.relate(MAIN, kind, found)
    return package.xml(found)


def _one(file: File, document: Document, writer: Writer, window: Window) -> None:
    root, rtl = file.package.xml(MAIN), document.language.direction == "rtl"
    found = slots(root)
    places = dict(arrange(document, [slot.name for slot in found]))
    for slot in found:
        parts = [document.parts[position] for position in places.get(slot.name, ())]
        own = slot.paragraph if slot.name != "body" else None
        made = [(part.id, one) for part in parts for one in writer.blocks(part, own)]
        blocks: list[Element] = []
        for id_, one in made:
            blocks.append(one)
            if id_ == _ADDRESS and one.tag == name("w:p"):
                show_in_window(root, one, window, file.styles, rtl=rtl)
                if rtl:
                    for part in file.package.related(MAIN, "header").values():
                        hold_letterhead(file.package.xml(part).iter(name("w:p")), file.styles)
                blocks.append(writer.anchor())
        _replace(slot.paragraph, blocks)


def _replace(paragraph: Element, blocks: Sequence[Element]) -> None:
    parent = paragraph.getparent()
    if parent is not None:
        at = parent.index(paragraph)
        parent[at : at + 1] = blocks


def _folded(file: File, edition: Edition, writers: Sequence[Writer], kit: Kit) -> None:
    """The panels of a folded sheet, in place of what the template has in its body."""
    body = file.package.xml(MAIN).find(name("w:body"))
    if body is None or kit.sheet is None:
        return
    sections = body.findall(name("w:sectPr"))
    for section in sections:
        lay_flat(section, kit.sheet, len(writers))
    panels = Panels(edition=edition, writers=tuple(writers), pictures=Pictures(file.package, MAIN, kit), kit=kit)
    sheet = Folded(panels=panels, sheet=kit.sheet)
    body[:] = [*sheet.body(), *sections]


def _two(file: File, edition: Edition, roots: Sequence[Element], text_width: int) -> None:
    """Tables of two columns: for each stretch of the template the house's words, then the slot's parts in pairs."""
    columns = _columns(file, edition, text_width)
    first = edition.documents[0]
    stretches = [_stretches(root) for root in roots]
    order = [slot_name(paragraph) for paragraph, _ in stretches[0] if paragraph is not None]
    places = dict(arrange(first, order))
    paired = {part.id: [blocks for _, blocks in rows] for part, rows in itertools.groupby(pairs(edition), _part_of)}
    pieces: list[TableRow | Element] = []
    for aligned in zip(*stretches, strict=True):
        house = [elements for _, elements in aligned]
        if any(house):
            pieces.append(columns.row(house))
        slot = aligned[0][0]
        for position in places.get(slot_name(slot), ()) if slot is not None else ():
            part = first.parts[position]
            alone = slot_name(slot) != "body" and len(part.blocks) == 1
            own = [paragraph if alone else None for paragraph, _ in aligned]
            pieces += columns.pieces(part, paired.get(part.id, []), own)
    body = file.package.xml(MAIN).find(name("w:body"))
    if body is not None:
        body[:] = [*_tables(columns, pieces), *body.findall(name("w:sectPr"))]


def _part_of(pair: tuple[Part, tuple[Block | None, ...]]) -> Part:
    return pair[0]


def _tables(columns: Columns, pieces: Sequence[TableRow | Element]) -> Iterator[Element]:
    """Rows gathered into tables under the names of the languages; a gap keeps two tables apart."""
    style = columns.writers[0].file.styles.id("table", "Paraph Columns")
    for is_row, group in itertools.groupby(pieces, lambda piece: isinstance(piece, TableRow)):
        if is_row:
            rows = [one for one in group if isinstance(one, TableRow)]
            yield columns.table([columns.names(), *rows], style)
            yield columns.writers[0].gap()
        else:
            for one in group:
                if not isinstance(one, TableRow):
                    yield one
                    yield columns.writers[0].gap()


def _columns(file: File, edition: Edition, text_width: int) -> Columns:
    width = column_width(edition, text_width) - HANG - APART
    first, *others = edition.documents
    writers = (Writer(file, first, width), *(Writer(file, one, width, first) for one in others))
    return Columns(edition, text_width, writers)


def _stretches(root: Element) -> list[tuple[Element | None, list[Element]]]:
    """The body of a template as slots, each with the house's elements before it; what follows the last has no slot."""
    body = root.find(name("w:body"))
    made: list[tuple[Element | None, list[Element]]] = []
    house: list[Element] = []
    for one in body if body is not None else ():
        if one.tag == name("w:p") and slot_name(one):
            made.append((one, house))
            house = []
        elif one.tag != name("w:sectPr"):
            house.append(one)
    return [*made, (None, house)]


def _margins(file: File, edition: Edition, filled: Sequence[Package], text_width: int) -> None:
    """Headers and footers: both languages beside each other."""
    columns = _columns(file, edition, text_width)
    for part in margin_parts(file.package):
        stories = [list(other.xml(part)) for other in filled]
        for story in stories:
            fit_tabs(story, columns.width)
        file.package.xml(part)[:] = [*columns.beside(stories), columns.writers[0].gap()]


def _logos(filled: Sequence[Package], edition: Edition, kit: Kit) -> None:
    """The logo where the first language's template has its slot; the others leave an empty line in its place."""
    for position, other in enumerate(filled):
        for part in margin_parts(other):
            for paragraph in list(other.xml(part).iter(name("w:p"))):
                if slot_name(paragraph) == "logo" and kit.logo is None:
                    _replace(paragraph, [])
                elif slot_name(paragraph) == "logo":
                    picture = logo(other, part, kit, edition.documents[0]) if position == 0 else ()
                    paragraph[:] = [*paragraph.findall(name("w:pPr")), *picture]


def _brand(package: Package, kit: Kit) -> None:
    accent = kit.brand.accent.removeprefix("#").upper()
    for theme in package.related(MAIN, "theme").values():
        brand(
            package.xml(theme),
            accent=accent,
            text_font=kit.brand.text_font,
            heading_font=kit.brand.heading_font,
            arabic_font=kit.brand.arabic_font,
        )
    kinds = ("styles", "numbering", "header", "footer", "footnotes")
    for part in (MAIN, *(found for kind in kinds for found in package.related(MAIN, kind).values())):
        paint(package.xml(part), accent)
