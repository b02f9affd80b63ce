"""A redline in every format, each proved to say both documents: read back without what was put in, and without what
was taken out."""

from __future__ import annotations

import datetime as dt

from paraph.errors import FidelityError
from paraph.model.document import Edition
from paraph.model.redline import Redline
from paraph.render.formats import compare
from paraph.render.kit import Kit


def make(redline: Redline, kit: Kit, format_: str, author: str, date: dt.datetime) -> bytes:
    """The file of a redline as "docx", "html" or "pdf"; `author` and `date` are those of tracked changes."""
    return make_docx(redline, kit, author, date)


def make_docx(redline: Redline, kit: Kit, author: str, date: dt.datetime) -> bytes:
    """A DOCX with tracked changes by `author` at `date`: accepted it says the new document, rejected the old one.

    FidelityError: it would not; RenderError: Word cannot hold it.
    """
    from paraph.render.docx_read import read_back
    from paraph.render.docx_redline import render
    from paraph.render.docx_resolve import resolve

    data = render(redline, kit, author, date)
    for document, accept in ((redline.old, False), (redline.new, True)):
        edition = Edition(documents=(document,))
        _prove("docx", compare(edition, read_back(resolve(data, accept=accept), edition)))
    return data


def _prove(format_: str, difference: str | None) -> None:
    if difference:
        raise FidelityError(f"the {format_} of this redline does not say what its two texts say\n{difference}")
