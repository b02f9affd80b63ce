"""Letters as PDF: the tree of a letter, and a recipient's words beside it, set by one compiler.

typst keeps what it has worked out between calls as long as nothing that it was made of has changed. So the tree is the
same for all letters of a shape, with a number in the place of each word that is a recipient's own, and common.typ reads
the words themselves where it prints them (`own`). They stand in a file of their own among those of the template, in a
folder that lasts as long as the stencil: of files on disk typst parses again only what has changed. Together that takes
a third of the time of a tree that holds the words. A template of a house that prints a text of the tree without `own`
gets them in the tree, in memory, as any other document.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import rmtree
from typing import Any, TypeAlias
from weakref import finalize

from paraph.errors import FidelityError, RenderError
from paraph.model.document import Document, Edition
from paraph.model.letter import Values, leaves, personal, slotted
from paraph.render.formats import make
from paraph.render.kit import Kit
from paraph.render.pdf.document import Press, render
from paraph.render.pdf.scratch import scratch
from paraph.render.pdf.spelled import spelled
from paraph.render.pdf.text import seen
from paraph.render.pdf.tree import edition_tree
from paraph.render.stencil import Cut, Stencil, check_tokens, marked

Frame: TypeAlias = Cut | None
"""What the glyphs of a proved letter spell between its own words."""

_OWN = "\ue0a4"
"""Before and after the number of a word: of private use, so that no text holds it."""


@dataclass(frozen=True, slots=True, weakref_slot=True)
class PdfStencil:
    """Letters of one shape, set from `folder` by a `press` whose tree has numbers in the place of their words.

    The folder is for the user alone, and goes with the stencil.
    """

    folder: Path
    press: Press
    frame: Frame
    rtl: bool = False

    @classmethod
    def of(cls, cut: Cut, press: Press, frame: Frame, *, rtl: bool) -> PdfStencil:
        """A stencil of a tree that is cut at its words."""
        numbers = [f"{_OWN}{number}{_OWN}".encode() for number in range(max(cut.words, default=-1) + 1)]
        tree = b"".join(cut.filled(numbers)).decode()
        folder = scratch()
        made = cls(folder, replace(press, files=_named(press.files)).at(folder, tree), frame, rtl)
        finalize(made, rmtree, folder, ignore_errors=True)
        return made

    def letter(self, words: Sequence[str]) -> bytes:
        """The PDF of one recipient. RenderError, GlyphError as `render.pdf`."""
        (self.folder / "own.json").write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
        return self.press.again()

    def proves(self, data: bytes, words: Sequence[str]) -> bool:
        """Whether the glyphs of the file spell what those of the proved one spell, with `words` in their places."""
        return _spells(data, self.frame, words, self.rtl)


@dataclass(frozen=True, slots=True)
class WholeTree:
    """Letters of one shape by a template that needs the words in its tree."""

    tree: Cut
    press: Press
    frame: Frame
    rtl: bool = False

    def letter(self, words: Sequence[str]) -> bytes:
        """The PDF of one recipient. RenderError, GlyphError as `render.pdf`."""
        given = [json.dumps(word, ensure_ascii=False)[1:-1].encode() for word in words]
        return self.press.set(b"".join(self.tree.filled(given)).decode())

    def proves(self, data: bytes, words: Sequence[str]) -> bool:
        """As that of `PdfStencil`."""
        return _spells(data, self.frame, words, self.rtl)


def stencil(document: Document, values: Values, kit: Kit) -> Stencil:
    """The stencil of the shape that a recipient's `values` give `document`, which has slots.

    The letter of that recipient is proved to say what it must, and to be the very file that is rendered without a
    stencil.
    """
    edition = Edition(documents=(marked(document, values)[0],))
    cut = Cut.of(json.dumps(edition_tree(edition, kit), ensure_ascii=False).encode())
    rtl = document.language.direction == "rtl"
    words, _ = leaves(slotted(document), values, rtl=rtl)
    check_tokens((cut,), words, "PDF")
    press = Press.of(edition, kit)
    proved = make(Edition(documents=(personal(document, values),)), kit, "pdf")
    frame = _frame(render(edition, kit), proved, words, rtl)
    if _made(quick := PdfStencil.of(cut, press, frame, rtl=rtl), words) == proved:
        return quick
    whole = WholeTree(cut, press, frame, rtl)
    if whole.letter(words) != proved:
        raise FidelityError(
            "page.typ prints something else for each recipient than what it is given",
            "Let it set the words of the document as they are: compare it with the shipped one.",
        )
    return whole


def _made(quick: PdfStencil, words: Sequence[str]) -> bytes:
    """The letter, or nothing where the template cannot set it so."""
    try:
        return quick.letter(words)
    except RenderError:
        return b""


def _frame(tokens: bytes, proved: bytes, words: Sequence[str], rtl: bool) -> Frame:
    """What is spelled between the words of the proved letter; None where that cannot be said for certain."""
    said = spelled(tokens, rtl=rtl)
    frame = Cut.of(said.encode()) if said else None
    return frame if _spells(proved, frame, words, rtl) else None


def _spells(data: bytes, frame: Frame, words: Sequence[str], rtl: bool) -> bool:
    if frame is None:
        return False
    expected = b"".join(frame.filled([seen("".join(word.split())).encode() for word in words]))
    return spelled(data, rtl=rtl) == expected.decode()


_MATERIALS = ("main.typ", "binary.json")


def _named(files: Mapping[str, Any]) -> dict[str, Any]:
    """The files that page.typ names, or one that it names: each that is given costs time at every letter."""
    kept = {name: data for name, data in files.items() if name in _MATERIALS or name.startswith("attachment/")}
    waiting = ["main.typ"]
    while waiting:
        text = bytes(files[waiting.pop()])
        found = [name for name in files if name not in kept and name.encode() in text]
        kept |= {name: files[name] for name in found}
        waiting += found
    return kept
