"""What a PDF says, read from the finished file.

The walk goes through the structure tree, the order in which a screen reader speaks, and takes the words of each element
from the content of its page. Headers, footers, the draft mark and rules are artefacts and are not in the tree. It
shares nothing with the program that set the page, so that a fault there does not hide here.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Object

from paraph.errors import RenderError
from paraph.render.pdf.expected import CALL
from paraph.render.pdf.lines import Steps, steps
from paraph.render.pdf.text import Chunk, Fonts, marked_content

_INLINE = frozenset({"Span", "Em", "Strong", "Link", "Reference", "Code", "Quote"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page: what stands on it, and words that stand for themselves, such as the call of a footnote."""

    pieces: tuple[tuple[Chunk, ...] | str, ...]
    ways: Steps
    """Every way to read it. Only a line in two directions has more than one."""

    @classmethod
    def of(cls, pieces: tuple[tuple[Chunk, ...] | str, ...]) -> Line:
        """A line of these pieces."""
        out: list[tuple[tuple[int, str], ...]] = []
        for piece in pieces:
            found = (((1, piece),),) if isinstance(piece, str) else steps(list(piece))
            before = len(out)
            out += (tuple((before + to, words) for to, words in ways) for ways in found)
        return cls(pieces, tuple(out))

    @property
    def text(self) -> str:
        """The likeliest reading."""
        return likeliest(self.ways, 0)


def likeliest(ways: Steps, start: int) -> str:
    """The words from a chunk to the end of its line, in the likeliest reading."""
    out = []
    while start < len(ways):
        start, words = ways[start][0]
        out.append(words)
    return "".join(out)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a PDF says: its paragraphs in reading order and its footnotes, each as the lines that its page gave it."""

    body: tuple[tuple[Line, ...], ...]
    notes: tuple[tuple[Line, ...], ...]

    @property
    def text(self) -> tuple[str, ...]:
        """The paragraphs and then the footnotes, in their likeliest reading; "\\n" is the end of a line."""
        return tuple("\n".join(line.text for line in lines) for lines in self.body + self.notes)


UNDERLINED, STRUCK = "Underline", "LineThrough"
_REMARK = "Overline"
"""Words about the text stand under a line that is not drawn: common.typ."""


def read_back(data: bytes, drop: str = "") -> Reading:
    """Everything that the PDF says outside of artefacts.

    Of a redline, what is `drop` (UNDERLINED, STRUCK) is read as if it was not there; a footnote of which nothing but
    its number is left is none.
    """
    walk = _Walk(frozenset({drop, _REMARK} - {""}))
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for child in _items(pdf.Root.StructTreeRoot):
                walk.element(child, None, "", str(pdf.Root.get("/Lang", "")))
            walk.paragraph()
    except pikepdf.PdfError as error:
        raise RenderError(f"the PDF cannot be read: {error}") from error
    return Reading(tuple(walk.body), tuple(walk.notes))


def _items(node: Object) -> list[Object | int]:
    """What an element holds (14.7.2, K): a list, one child, or nothing."""
    found = node.get("/K")
    return [*found] if isinstance(found, Array) else [] if found is None else [found]


@dataclass(slots=True)
class _Walk:
    """`run` gathers the paragraph under way: chunks by page, or words that stand for themselves.

    `unread` are the decorations (14.8.5.4.5, TextDecorationType) of words that are passed over, `parted` whether any
    stood before what comes next.
    """

    unread: frozenset[str]
    body: list[tuple[Line, ...]] = field(default_factory=list)
    notes: list[tuple[Line, ...]] = field(default_factory=list)
    run: list[tuple[int, Chunk] | str] = field(default_factory=list)
    contents: dict[int, dict[int, list[Chunk]]] = field(default_factory=dict)
    fonts: Fonts = field(default_factory=dict)
    parted: bool = False

    def element(self, node: Object | int, page: Object | None, parent: str, lang: str) -> None:
        """One element of the structure tree, or a piece of marked content (14.7.4)."""
        if isinstance(node, int):
            self._content(page, node, lang)
            return
        page = node.get("/Pg", page)
        lang = str(node.get("/Lang", lang))
        if "/MCID" in node:
            self._content(page, int(node.MCID), lang)
            return
        if node.get("/Type") == "/OBJR" or str(node.S) == "/Figure":
            return
        kind = str(node.S)[1:]
        if kind == "Span" and _decoration(node) in self.unread:
            self.parted = True
            return
        if kind == "Note":
            number_and_words = self._aside(node, page, kind, lang)
            if len(number_and_words) > 1:
                self.notes.append(tuple(line for lines in number_and_words for line in lines))
        elif kind == "Lbl" and parent not in ("LI", "Note"):
            called = "".join(line.text for lines in self._aside(node, page, kind, lang) for line in lines)
            if called.strip():
                self.run.append(f"{CALL}{called.strip()}{CALL}")
        elif kind in _INLINE:
            self._children(node, page, kind, lang)
        else:
            self.paragraph()
            self._children(node, page, kind, lang)
            self.paragraph()

    def _children(self, node: Object, page: Object | None, kind: str, lang: str) -> None:
        if "/ActualText" in node:
            self.run.append(str(node.ActualText))
            return
        for child in _items(node):
            self.element(child, page, kind, lang)

    def _aside(self, node: Object, page: Object | None, kind: str, lang: str) -> list[tuple[Line, ...]]:
        """The paragraphs inside `node`, apart from the paragraph in which it stands."""
        inner = _Walk(self.unread, contents=self.contents, fonts=self.fonts)
        inner._children(node, page, kind, lang)
        inner.paragraph()
        self.notes.extend(inner.notes)
        return inner.body

    def _content(self, page: Object | None, mcid: int, lang: str) -> None:
        assert page is not None
        number, _ = page.objgen
        if number not in self.contents:
            self.contents[number] = marked_content(page, self.fonts)
        for chunk in self.contents[number].get(mcid, ()):
            chunk.lang, chunk.parted, self.parted = chunk.lang or lang, self.parted, False
            self.run.append((number, chunk))

    def paragraph(self) -> None:
        """End the paragraph under way."""
        lines = tuple(_lines(self.run))
        self.run.clear()
        if any(line.text.strip() for line in lines):
            self.body.append(lines)


def _decoration(node: Object) -> str:
    """How an element is decorated, by its attributes: one dictionary or a list of them (14.7.6)."""
    found = node.get("/A")
    owners = [*found] if isinstance(found, Array) else [] if found is None else [found]
    names = (str(one.get("/TextDecorationType", "")) for one in owners if isinstance(one, Dictionary))
    return next(filter(None, names), "")[1:]


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
            yield Line.of(tuple(line))
            line = []
        last = line.pop() if line and not isinstance(line[-1], str) else ()
        line += [(*last, chunk)]
        before = item
    yield Line.of(tuple(line))
