"""Letters as PDF: the tree of a letter as JSON with a recipient's words between its pieces, set by one compiler.

typst keeps what it has worked out of a template between letters; the recipient's words reach it as data of the one
call, which are given anew each time, so that nothing of a letter is left for the next.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from paraph.errors import FidelityError
from paraph.model.document import Document, Edition
from paraph.model.letter import Values, leaves, personal, slotted
from paraph.render.formats import make
from paraph.render.kit import Kit
from paraph.render.pdf import Press
from paraph.render.pdf_tree import edition_tree
from paraph.render.stencil import Cut, check_tokens, marked


@dataclass(frozen=True, slots=True)
class PdfStencil:
    """Letters of one shape, and the press that sets them."""

    tree: Cut
    press: Press

    def letter(self, words: Sequence[str]) -> bytes:
        """The PDF of one recipient. RenderError, GlyphError as `render.pdf`."""
        given = [json.dumps(word, ensure_ascii=False)[1:-1].encode() for word in words]
        return self.press.set(b"".join(self.tree.filled(given)).decode())


def stencil(document: Document, values: Values, kit: Kit) -> PdfStencil:
    """The stencil of the shape that a recipient's `values` give `document`, which has slots.

    The letter of that recipient is proved to say what it must, and to be the very file that is rendered without a
    stencil.
    """
    edition = Edition(documents=(marked(document, values)[0],))
    cut = Cut.of(json.dumps(edition_tree(edition, kit), ensure_ascii=False).encode())
    words, _ = leaves(slotted(document), values, rtl=document.language.direction == "rtl")
    check_tokens((cut,), words, "PDF")
    made = PdfStencil(cut, Press.of(edition, kit))
    if made.letter(words) != make(Edition(documents=(personal(document, values),)), kit, "pdf"):
        raise FidelityError(
            "page.typ prints something else for each recipient than what it is given",
            "Let it set the words of the document as they are: compare it with the shipped one.",
        )
    return made
