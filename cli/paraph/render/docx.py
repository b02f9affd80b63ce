"""A document as DOCX: the form's word.docx filled by docxtpl, the body written from the tree.

The same edition and kit give the same bytes.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from paraph.errors import RenderError
from paraph.model.document import Document, Edition, pairs
from paraph.ooxml import footnotes
from paraph.ooxml.footnotes import Footnotes
from paraph.ooxml.names import Element, el, name
from paraph.ooxml.numbering import Numbering
from paraph.ooxml.package import Package
from paraph.ooxml.styles import Styles
from paraph.ooxml.theme import brand, paint
from paraph.render import docx_columns
from paraph.render.docx_body import File, Writer
from paraph.render.docx_columns import Columns
from paraph.render.docx_house import dress, logo
from paraph.render.docx_properties import describe, lay_out, shrink, speak
from paraph.render.docx_read import read_back
from paraph.render.docx_template import MAIN, arrange, fill, margin_parts, slot_name, slots
from paraph.render.kit import Kit

__all__ = ["read_back", "render"]

_NUMBERING = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
_TEMPLATE = "word.docx"


def render(edition: Edition, kit: Kit) -> bytes:
    """The DOCX of an edition. RenderError: the template has a fault, or a character that XML cannot hold."""
    if _TEMPLATE not in kit.files:
        raise RenderError(
            f"The form {edition.documents[0].form} has no {_TEMPLATE}", "Copy templates/common/word.docx."
        )
    filled = [fill(kit.files[_TEMPLATE], document, kit) for document in edition.documents]
    package = filled[0]
    text_width = lay_out(package, edition, kit.paper)
    file = _file(package)
    for other, document in zip(filled, edition.documents, strict=True):
        for part in (MAIN, *margin_parts(other)):
            dress(list(other.xml(part).iter(name("w:p"))), document, file.styles)
    _logos(filled, edition, kit)
    if len(filled) == 1:
        _one(file, edition.documents[0], text_width)
    else:
        _two(file, edition, [other.xml(MAIN) for other in filled], text_width)
        _margins(file, edition, filled, text_width)
        shrink(file.styles.root)
    _brand(package, kit)
    speak(package, edition)
    describe(package, edition, kit)
    return package.data()


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


def _one(file: File, document: Document, width: int) -> None:
    root = file.package.xml(MAIN)
    writer = Writer(file, document, width)
    found = slots(root)
    places = dict(arrange(document, [slot.name for slot in found]))
    for slot in found:
        parts = [document.parts[position] for position in places.get(slot.name, ())]
        own = slot.paragraph if slot.name != "body" else None
        _replace(slot.paragraph, [one for part in parts for one in writer.blocks(part, own)])


def _replace(paragraph: Element, blocks: Sequence[Element]) -> None:
    parent = paragraph.getparent()
    if parent is not None:
        at = parent.index(paragraph)
        parent[at : at + 1] = blocks


def _two(file: File, edition: Edition, roots: Sequence[Element], text_width: int) -> None:
    """One table: for each stretch of the template what the house says, then the parts of the slot, pair by pair."""
    columns = Columns(edition, text_width)
    writers = [
        Writer(file, document, columns.width, bilingual=True, own_marks=position > 0)
        for position, document in enumerate(edition.documents)
    ]
    first = edition.documents[0]
    stretches = [_stretches(root) for root in roots]
    order = [paragraph for paragraph, _ in stretches[0] if paragraph is not None]
    places = dict(arrange(first, [slot_name(paragraph) for paragraph in order]))
    by_part = {part.id: list(rows) for part, rows in _by_part(edition)}
    rows = [docx_columns.names(columns, writers)]
    for aligned in zip(*stretches, strict=True):
        house = [elements for _, elements in aligned]
        if any(house):
            rows.append(columns.row([one or [writer.gap()] for one, writer in zip(house, writers, strict=True)]))
        slot = aligned[0][0]
        for position in places.get(slot_name(slot), ()) if slot is not None else ():
            part = first.parts[position]
            own = [paragraph if slot_name(slot) != "body" else None for paragraph, _ in aligned]
            rows += (docx_columns.pair(columns, writers, part, blocks, own) for blocks in by_part.get(part.id, ()))
    body = file.package.xml(MAIN).find(name("w:body"))
    assert body is not None
    section = [one for one in body if one.tag == name("w:sectPr")]
    style = file.styles.id("table", "Paraph Columns")
    body[:] = [columns.table(rows, style, first.title), writers[0].gap(), *section]


def _by_part(edition: Edition):
    for part, found in itertools.groupby(pairs(edition), key=lambda pair: pair[0]):
        yield part, (blocks for _, blocks in found)


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
    columns = Columns(edition, text_width)
    writers = [Writer(file, document, columns.width) for document in edition.documents]
    for part in margin_parts(file.package):
        stories = [list(other.xml(part)) for other in filled]
        for story in stories:
            docx_columns.fit_tabs(story, columns.width)
        made = list(docx_columns.beside(columns, stories, [writer.gap() for writer in writers]))
        file.package.xml(part)[:] = [*made, writers[0].gap()]


def _logos(filled: Sequence[Package], edition: Edition, kit: Kit) -> None:
    """The logo where the first language's template has its slot; in the others the paragraph goes."""
    for position, other in enumerate(filled):
        for part in (MAIN, *margin_parts(other)):
            for paragraph in list(other.xml(part).iter(name("w:p"))):
                if slot_name(paragraph) != "logo":
                    continue
                picture = list(logo(other, part, kit, edition.documents[0])) if position == 0 else []
                if picture:
                    paragraph[:] = [*paragraph.findall(name("w:pPr")), *picture]
                else:
                    _replace(paragraph, [])


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
