"""Letters as PDF: the tree of a letter, and a recipient's words beside it, set by one compiler.

typst keeps what it has worked out between calls as long as nothing that it was made of has changed. So the tree is the
same for all letters of a shape, with a number in the place of each word that is a recipient's own, and common.typ reads
the words themselves where it prints them (`own`). That takes half the time of a tree that holds them. A template of a
house that prints a text of the tree without `own` gets the words in the tree, as any other document.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from paraph.errors import FidelityError, RenderError
from paraph.model.document import Document, Edition
from paraph.model.letter import Values, leaves, personal, slotted
from paraph.render.formats import make
from paraph.render.kit import Kit
from paraph.render.pdf.document import Press
from paraph.render.pdf.tree import edition_tree
from paraph.render.stencil import Cut, Stencil, check_tokens, marked

_OWN = "\ue0a4"
"""Before and after the number of a word: of private use, so that no text holds it."""


@dataclass(frozen=True, slots=True)
class PdfStencil:
    """Letters of one shape, whose `tree` has numbers in the place of a recipient's words; `press` sets them."""

    tree: str
    press: Press

    @classmethod
    def of(cls, cut: Cut, press: Press) -> PdfStencil:
        """A stencil of a tree that is cut at its words."""
        numbers = [f"{_OWN}{number}{_OWN}".encode() for number in range(max(cut.words, default=-1) + 1)]
        return cls(b"".join(cut.filled(numbers)).decode(), replace(press, files=_named(press.files)))

    def letter(self, words: Sequence[str]) -> bytes:
        """The PDF of one recipient. RenderError, GlyphError as `render.pdf`."""
        return self.press.set(self.tree, json.dumps(words, ensure_ascii=False))


@dataclass(frozen=True, slots=True)
class WholeTree:
    """Letters of one shape by a template that needs the words in its tree."""

    tree: Cut
    press: Press

    def letter(self, words: Sequence[str]) -> bytes:
        """The PDF of one recipient. RenderError, GlyphError as `render.pdf`."""
        given = [json.dumps(word, ensure_ascii=False)[1:-1].encode() for word in words]
        return self.press.set(b"".join(self.tree.filled(given)).decode())


def stencil(document: Document, values: Values, kit: Kit) -> Stencil:
    """The stencil of the shape that a recipient's `values` give `document`, which has slots.

    The letter of that recipient is proved to say what it must, and to be the very file that is rendered without a
    stencil.
    """
    edition = Edition(documents=(marked(document, values)[0],))
    cut = Cut.of(json.dumps(edition_tree(edition, kit), ensure_ascii=False).encode())
    words, _ = leaves(slotted(document), values, rtl=document.language.direction == "rtl")
    check_tokens((cut,), words, "PDF")
    press = Press.of(edition, kit)
    proved = make(Edition(documents=(personal(document, values),)), kit, "pdf")
    if _made(quick := PdfStencil.of(cut, press), words) == proved:
        return quick
    whole = WholeTree(cut, press)
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
