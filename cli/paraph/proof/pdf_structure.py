"""Whether all programs find the same pages in a PDF: by its tree of pages, or, where it is made to be shown while it is
still on its way, by its first object (ISO 32000-2, 7.7.3 and annex F)."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Any

import pikepdf

from paraph.errors import BrokenError

_BEGIN = re.compile(rb"(?:\s*%[^\r\n]*+[\r\n])*+\s*(\d{1,9})\s+\d{1,5}\s+obj\b")
_HINTS = re.compile(rb"\s*(\d{1,9})\s+\d{1,5}\s+obj\b")
_TABLE = re.compile(rb"xref\s+0\s+\d+\s*")
_SPELT = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"stream\r?\n")
_HEADER = (32, 32, 16, 32, 16, 32, 16, 32, 16, 16, 16, 16, 16)
"""The bits of what the hints of pages begin with (table F.3): fewest objects of a page, …, bits of each difference."""

_HARMLESS = re.compile("reported number of objects|Resources is missing")
"""What qpdf warns of and all programs read alike: objects beyond the number of them that a file tells, as poppler
writes them, and a page of no words that names nothing to draw with."""

_DEEPEST = 50


def refuse_unsound(pdf: pikepdf.Pdf, data: bytes) -> None:
    """Raises BrokenError where programs find other pages in a PDF, or other objects, than were read."""
    pages = [page.obj.objgen[0] for page in pdf.pages]
    refuse_repaired(pdf)
    if _counted(pdf.Root.Pages, None) != len(pages):
        raise BrokenError("its tree of pages contradicts itself, and which pages are seen depends on the program")
    told = _linearized(data)
    if told is None or told.get("/L") != len(data):
        return
    others = (
        number
        for number, page in zip(_pages_told(pdf, data, told), pages, strict=False)
        if number != page and _is_page(pdf, number)
    )
    if told.get("/N") != len(pages) or told.get("/P", 0) != 0 or any(others) or not _tabled(pdf, data, told.get("/T")):
        raise BrokenError("it names other pages at its beginning, and which are seen depends on the program")


def refuse_repaired(pdf: pikepdf.Pdf) -> None:
    """Raises BrokenError where what was read so far of a PDF was damaged: each program repairs that in a way of its
    own."""
    if not all(_HARMLESS.search(str(one)) for one in pdf.get_warnings()):
        raise BrokenError("the PDF is damaged, and what is seen of it depends on how a program repairs it")


def _counted(node: Any, above: Any, depth: int = 0) -> int:
    """How many pages hang on a node of the tree; -1 where it is not as it has to be."""
    if not isinstance(node, pikepdf.Dictionary) or depth > _DEEPEST or (above is not None and not node.is_indirect):
        return -1
    if above is not None and (
        not isinstance(node.get("/Parent"), pikepdf.Dictionary) or node.Parent.objgen != above.objgen
    ):
        return -1
    if "/Kids" not in node:
        return 1 if node.get("/Type") == "/Page" and above is not None else -1
    if node.get("/Type") != "/Pages" or not isinstance(node.Kids, pikepdf.Array):
        return -1
    below = [_counted(one, node, depth + 1) for one in node.Kids]
    return sum(below) if -1 not in below and node.get("/Count") == sum(below) else -1


def _linearized(data: bytes) -> Any:
    """The dictionary that a PDF begins with, where that says how to show it while it is on its way."""
    begin = _BEGIN.match(data, max(data.find(b"%PDF"), 0))
    end = data.find(b"endobj", begin.end()) if begin else -1
    said = _SPELT.sub(lambda one: bytes([int(one[1], 16)]), data[begin.end() : end]) if begin and end > 0 else b""
    if b"/Linearized" not in said:
        return None
    try:
        found = pikepdf.Object.parse(said)
    except (pikepdf.PdfError, RuntimeError) as error:
        raise BrokenError("its beginning cannot be read, and what is seen depends on the program") from error
    return found if isinstance(found, pikepdf.Dictionary) and "/Linearized" in found else None


def _pages_told(pdf: pikepdf.Pdf, data: bytes, told: Any) -> Iterator[int]:
    """The numbers of the objects that are the pages, as the beginning and its hints have it: those of the second page
    and the others stand at the beginning of what is numbered, each page with its objects."""
    yield int(told.get("/O", 0))
    counts, number = _objects_of_pages(pdf, data, told), 1
    for count in counts[1:]:
        yield number
        number += count


def _objects_of_pages(pdf: pikepdf.Pdf, data: bytes, told: Any) -> list[int]:
    where, pages = told.get("/H"), told.get("/N")
    if not isinstance(where, pikepdf.Array) or not isinstance(pages, int) or pages > len(data):
        return []
    hints = _stream(pdf, data, int(where[0]))
    bits, place, header = int.from_bytes(hints), 8 * len(hints), list[int]()
    for size in _HEADER:
        place -= size
        header.append(bits >> max(place, 0) & (1 << size) - 1)
    least, size = header[0], header[2]
    if place < pages * size:
        return []
    return [least + (bits >> place - size * (page + 1) & (1 << size) - 1) for page in range(pages)]


def _stream(pdf: pikepdf.Pdf, data: bytes, offset: int) -> bytes:
    """The hints, where they stand; of a file that is locked, as the object of that number."""
    begin = _HINTS.match(data, max(offset, 0))
    start = _STREAM.search(data, begin.end()) if begin else None
    if begin is None or start is None:
        return b""
    try:
        return zlib.decompressobj().decompress(data[start.end() :], len(data))
    except zlib.error:
        found = pdf.get_object(int(begin[1]), 0)
        return found.read_bytes() if isinstance(found, pikepdf.Stream) else b""


def _is_page(pdf: pikepdf.Pdf, number: int) -> bool:
    found = pdf.get_object(number, 0) if number > 0 else None
    return isinstance(found, pikepdf.Dictionary) and found.get("/Type") == "/Page"


def _tabled(pdf: pikepdf.Pdf, data: bytes, place: Any) -> bool:
    """Whether the table of all objects is where the beginning has it, if it is none that is packed."""
    table = pdf.trailer.get("/Prev")
    if not isinstance(table, int) or data[table : table + 4] != b"xref":
        return True
    return isinstance(place, int) and _TABLE.fullmatch(data[table:place]) is not None
