"""What a PDF says, read from the finished file.

The walk goes through the structure tree, the order in which a screen reader speaks, and takes the words of each element
from the content of its page. Headers, footers, the draft mark and rules are artefacts and are not in the tree. It
shares nothing with the program that set the page, so that a fault there does not hide here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from paraph.render.pdf_lines import readings
from paraph.render.pdf_objects import Pdf, Ref
from paraph.render.pdf_text import Chunk, marked_content, text_string

CALL = "\ue000"
"""Stands before and after the number of a footnote where it is called; no text may hold it."""

_INLINE = frozenset({"Span", "Em", "Strong", "Link", "Reference", "Code", "Quote"})
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page: what stands on it, and words that stand for themselves, such as the call of a footnote."""

    pieces: tuple[tuple[Chunk, ...] | str, ...]

    @property
    def text(self) -> str:
        """The likeliest reading."""
        return next(self.readings())

    def readings(self) -> Iterator[str]:
        """Every reading, the likeliest first. Only a line in two directions has more than one."""
        choices = ((piece,) if isinstance(piece, str) else readings(list(piece)) for piece in self.pieces)
        yield from dict.fromkeys(_BIDI.sub("", "".join(choice)) for choice in product(*choices))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a PDF says: its paragraphs in reading order and its footnotes, each as the lines that its page gave it."""

    body: tuple[tuple[Line, ...], ...]
    notes: tuple[tuple[Line, ...], ...]

    @property
    def text(self) -> tuple[str, ...]:
        """The paragraphs and then the footnotes, in their likeliest reading; "\\n" is the end of a line."""
        return tuple("\n".join(line.text for line in lines) for lines in self.body + self.notes)


def read_back(data: bytes) -> Reading:
    """Everything that the PDF says outside of artefacts."""
    pdf = Pdf(data)
    walk = _Walk(pdf)
    catalogue = pdf.get(pdf.trailer["Root"])
    root = pdf.get(catalogue["StructTreeRoot"])
    language = text_string(catalogue.get("Lang", b""))
    for child in pdf.items(root.get("K")):
        walk.element(child, None, "", language)
    walk.paragraph()
    return Reading(tuple(walk.body), tuple(walk.notes))


@dataclass(slots=True)
class _Walk:
    """`run` gathers the paragraph under way: chunks by page, or words that stand for themselves."""

    pdf: Pdf
    body: list[tuple[Line, ...]] = field(default_factory=list)
    notes: list[tuple[Line, ...]] = field(default_factory=list)
    run: list[tuple[int, Chunk] | str] = field(default_factory=list)
    contents: dict[int, dict[int, list[Chunk]]] = field(default_factory=dict)

    def element(self, ref: Any, page: Ref | None, parent: str, lang: str) -> None:
        """One element of the structure tree, or a piece of marked content (14.7.4)."""
        node = self.pdf.get(ref)
        if isinstance(node, int):
            self._content(page, node, lang)
            return
        page = node.get("Pg", page)
        lang = text_string(node["Lang"]) if "Lang" in node else lang
        if "MCID" in node:
            self._content(page, node["MCID"], lang)
            return
        if node.get("Type") == "OBJR" or node.get("S") == "Figure":
            return
        kind = str(node["S"])
        if kind == "Note":
            self.notes.append(tuple(line for lines in self._aside(node, page, kind, lang) for line in lines))
        elif kind == "Lbl" and parent not in ("LI", "Note"):
            called = "".join(line.text for lines in self._aside(node, page, kind, lang) for line in lines)
            self.run.append(f"{CALL}{called.strip()}{CALL}")
        elif kind in _INLINE:
            self._children(node, page, kind, lang)
        else:
            self.paragraph()
            self._children(node, page, kind, lang)
            self.paragraph()

    def _children(self, node: dict[str, Any], page: Ref | None, kind: str, lang: str) -> None:
        if "ActualText" in node:
            self.run.append(text_string(node["ActualText"]))
            return
        for child in self.pdf.items(node.get("K")):
            self.element(child, page, kind, lang)

    def _aside(self, node: dict[str, Any], page: Ref | None, kind: str, lang: str) -> list[tuple[Line, ...]]:
        """The paragraphs inside `node`, apart from the paragraph in which it stands."""
        inner = _Walk(self.pdf, contents=self.contents)
        inner._children(node, page, kind, lang)
        inner.paragraph()
        self.notes.extend(inner.notes)
        return inner.body

    def _content(self, page: Ref | None, mcid: int, lang: str) -> None:
        assert page is not None
        if page.number not in self.contents:
            self.contents[page.number] = marked_content(self.pdf, self.pdf.get(page))
        for chunk in self.contents[page.number].get(mcid, ()):
            chunk.lang = chunk.lang or lang
            self.run.append((page.number, chunk))

    def paragraph(self) -> None:
        """End the paragraph under way."""
        lines = tuple(_lines(self.run))
        self.run.clear()
        if any(line.text.strip() for line in lines):
            self.body.append(lines)


def _lines(run: list[tuple[int, Chunk] | str]) -> Iterator[Line]:
    """Cut where the next chunk stands on another line or page; words that stand for themselves have no place."""
    line: list[tuple[Chunk, ...] | str] = []
    before: tuple[int, Chunk] | None = None
    for item in run:
        if isinstance(item, str):
            line.append(item)
            continue
        page, chunk = item
        if before is not None and (page != before[0] or abs(chunk.y - before[1].y) > 0.8 * chunk.size):
            yield Line(tuple(line))
            line = []
        last = line.pop() if line and not isinstance(line[-1], str) else ()
        line += [(*last, chunk)]
        before = item
    yield Line(tuple(line))
