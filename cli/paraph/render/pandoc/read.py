"""Reading ODT, EPUB and Markdown back: number and words of each paragraph, by walks of their own.

Nothing here knows how the files were made but the names FRONT ("front"), DIRECTION and "number"/"Number".
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from paraph.errors import FidelityError
from paraph.model.document import Printed
from paraph.render.pandoc.tree import DIRECTION, FRONT

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_OPF = "{http://www.idpf.org/2007/opf}"
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_HTML_TEXT = frozenset(_XHTML + tag for tag in ("p", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6"))


def _parse(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


class _Collector:
    """One paragraph in the making: its label, its words, and the separator between them, which is neither."""

    def __init__(self) -> None:
        self.label = self.words = ""
        self.in_number = self.after_number = False

    def add(self, text: str | None) -> None:
        if not text:
            return
        if self.in_number:
            self.label += text
            return
        if self.after_number and text[0] in " \t":
            text = text[1:]
        self.after_number = False
        self.words += text

    def end_number(self) -> None:
        self.in_number, self.after_number = False, True

    def printed(self) -> Printed:
        return Printed(self.label, self.words)


# --- ODT -------------------------------------------------------------------------------------------------------------


def odt(data: bytes) -> tuple[Printed, ...]:
    """The paragraphs of content.xml in order, then its footnotes."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = _parse(package.read("content.xml")).find(f".//{_OFFICE}text")
    if body is None:
        raise FidelityError("The ODT holds no text")
    found = []
    for paragraph in body.iter(f"{_TEXT}p", f"{_TEXT}h"):
        in_note = any(above.tag == f"{_TEXT}note" for above in paragraph.iterancestors())
        if not in_note and paragraph.get(f"{_TEXT}style-name") != FRONT:
            found.append(_odt_paragraph(paragraph))
    for note in body.iter(f"{_TEXT}note"):
        number = note.findtext(f"{_TEXT}note-citation") or ""
        words = "\n".join(_odt_paragraph(paragraph).text for paragraph in note.iter(f"{_TEXT}p"))
        found.append(Printed(number, words))
    return tuple(found)


def _odt_paragraph(paragraph: etree._Element) -> Printed:
    collector = _Collector()
    _odt_walk(paragraph, collector)
    return collector.printed()


def _odt_walk(element: etree._Element, collector: _Collector) -> None:
    collector.add(element.text)
    for child in element:
        number = child.get(f"{_TEXT}style-name") == "Number"
        collector.in_number = collector.in_number or number
        match child.tag.removeprefix(_TEXT):
            case "s":
                collector.add(" " * int(child.get(f"{_TEXT}c", "1")))
            case "tab":
                collector.add("\t")
            case "line-break":
                collector.add("\n")
            case "note":
                pass
            case _ if child.get(f"{_TEXT}style-name") == DIRECTION:
                pass
            case _:
                _odt_walk(child, collector)
        if number:
            collector.end_number()
        collector.add(child.tail)


# --- EPUB ------------------------------------------------------------------------------------------------------------


def epub(data: bytes) -> tuple[Printed, ...]:
    """The paragraphs of every page in the order of the spine, then the footnotes of every page."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        pages = [_parse(package.read(name)) for name in _spine(package)]
    body = [printed for page in pages for printed in _page(page)]
    notes = [note for page in pages for note in page.iter(f"{_XHTML}aside") if note.get(_EPUB_TYPE) == "footnote"]
    for number, note in enumerate(notes, start=1):
        words = "\n".join(_html_paragraph(paragraph).text for paragraph in note.iter(f"{_XHTML}p"))
        body.append(Printed(str(number), words))
    return tuple(body)


def _spine(package: zipfile.ZipFile) -> Iterator[str]:
    opf = next(name for name in package.namelist() if name.endswith(".opf"))
    root = _parse(package.read(opf))
    items = {item.get("id"): item.get("href", "") for item in root.iter(f"{_OPF}item")}
    for reference in root.iter(f"{_OPF}itemref"):
        yield posixpath.join(posixpath.dirname(opf), items[reference.get("idref")])


def _page(page: etree._Element) -> Iterator[Printed]:
    for element in page.iter(*_HTML_TEXT):
        around = [element, *element.iterancestors()]
        if any(FRONT in one.get("class", "").split() and one.tag != f"{_XHTML}section" for one in around):
            continue
        if not any(one.get(_EPUB_TYPE) == "footnote" for one in around):
            yield _html_paragraph(element)


def _html_paragraph(element: etree._Element) -> Printed:
    collector = _Collector()
    _html_walk(element, collector)
    return collector.printed()


def _html_walk(element: etree._Element, collector: _Collector) -> None:
    collector.add(element.text)
    for child in element:
        number = child.get("class") == "number"
        collector.in_number = collector.in_number or number
        if child.tag == f"{_XHTML}br":
            collector.add("\n")
            child.tail = (child.tail or "").removeprefix("\n")
        elif child.get("role") not in {"doc-noteref", "doc-backlink"}:
            _html_walk(child, collector)
        if number:
            collector.end_number()
        collector.add(child.tail)


# --- Markdown --------------------------------------------------------------------------------------------------------


def markdown(tree: dict[str, Any]) -> tuple[Printed, ...]:
    """The paragraphs of a tree that pandoc read from Markdown, then its footnotes."""
    notes: list[Printed] = []
    return (*_markdown_blocks(tree["blocks"], notes), *notes)


def _markdown_blocks(blocks: list[Any], notes: list[Printed]) -> Iterator[Printed]:
    front = 0
    for block in blocks:
        kind, content = block["t"], block.get("c")
        if kind == "RawBlock":
            front += (f'class="{FRONT}"' in content[1] and 1) or (front > 0 and "</div>" in content[1] and -1)
        elif front:
            continue
        elif kind in {"Para", "Plain"}:
            yield _markdown_paragraph(content, notes)
        elif kind == "Header":
            yield _markdown_paragraph(content[2], notes)
        elif kind == "BulletList":
            for item in content:
                yield from _markdown_blocks(item, notes)
        elif kind == "Table":
            yield from _markdown_table(content, notes)
        elif kind == "Div":
            if FRONT not in content[0][1]:
                yield from _markdown_blocks(content[1], notes)
        else:
            raise FidelityError(f"The Markdown reads as {kind}, which no document holds")


def _markdown_table(content: list[Any], notes: list[Printed]) -> Iterator[Printed]:
    rows = [*content[3][1], *(row for body in content[4] for row in body[3])]
    for row in rows:
        for cell in row[1]:
            yield from _markdown_blocks(cell[4], notes) if cell[4] else (Printed("", ""),)


def _markdown_paragraph(inlines: list[Any], notes: list[Printed]) -> Printed:
    collector = _Collector()
    _markdown_walk(inlines, collector, notes)
    return collector.printed()


def _markdown_walk(inlines: list[Any], collector: _Collector, notes: list[Printed]) -> None:
    for inline in inlines:
        kind, content = inline["t"], inline.get("c")
        if kind == "Str":
            collector.add(content)
        elif kind in {"Space", "SoftBreak"}:
            collector.add(" ")
        elif kind == "LineBreak":
            collector.add("\n")
        elif kind == "RawInline":
            _markdown_tag(content[1], collector)
        elif kind == "Note":
            position = len(notes)
            notes.append(Printed(str(position + 1), ""))
            words = "\n".join(one.text for one in _markdown_blocks(content, notes))
            notes[position] = Printed(str(position + 1), words)
        elif kind in {"Emph", "Strong"}:
            _markdown_walk(content, collector, notes)
        elif kind in {"Link", "Span"}:
            _markdown_walk(content[1], collector, notes)
        else:
            raise FidelityError(f"The Markdown reads as {kind}, which no document holds")


def _markdown_tag(markup: str, collector: _Collector) -> None:
    if 'class="number"' in markup:
        collector.in_number = True
    elif markup == "</span>" and collector.in_number:
        collector.end_number()
    elif markup.startswith("<br"):
        collector.add("\n")
