"""A redline in every format, each proved to say both documents: read back without what was put in, and without what
was taken out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from paraph.errors import FidelityError
from paraph.model.document import Edition, printed
from paraph.model.redline import Entry, Fate, Redline, as_document, label, reading
from paraph.model.text import Heading, Op, Paragraph, Remark, Text, plain
from paraph.render.formats import compare
from paraph.render.kit import Kit

_AWAY = "redline-moved-away", "redline-to-elsewhere"


def make(redline: Redline, kit: Kit, format_: str, author: str, date: dt.datetime) -> bytes:
    """The file of a redline as "docx", "html" or "pdf"; `author` and `date` are those of tracked changes."""
    if format_ == "docx":
        return make_docx(redline, kit, author, date)
    return make_html(redline, kit) if format_ == "html" else make_pdf(redline, kit)


def make_docx(redline: Redline, kit: Kit, author: str, date: dt.datetime) -> bytes:
    """A DOCX with tracked changes by `author` at `date`: accepted it says the new document, rejected the old one.

    FidelityError: it would not; RenderError: Word cannot hold it.
    """
    from paraph.render.docx.read import read_back
    from paraph.render.docx.redline import render
    from paraph.render.docx.resolve import resolve

    data = render(redline, kit, author, date)
    for document, accept in ((redline.old, False), (redline.new, True)):
        edition = Edition(documents=(document,))
        _prove("docx", compare(edition, read_back(resolve(data, accept=accept), edition)))
    return data


def make_html(redline: Redline, kit: Kit) -> bytes:
    """A page: read without `ins` it says the old document, without `del` the new one. Errors as of `make_docx`."""
    from paraph.render.html.read import read_back
    from paraph.render.html.redline import TAGS, render

    data = render(_remarked(redline), kit)
    for drop, edition in _sides(redline):
        _prove("HTML", compare(edition, read_back(data, edition, TAGS[drop])))
    return data


def make_pdf(redline: Redline, kit: Kit) -> bytes:
    """A PDF: without what is underlined it says the old document, without what is struck the new one. Errors as above.

    RenderError too where no font has a character.
    """
    from paraph.render.pdf.compare import differences
    from paraph.render.pdf.document import render
    from paraph.render.pdf.read import STRUCK, UNDERLINED

    data = render(Edition(documents=(as_document(_remarked(redline)),)), replace(kit, redline=True))
    for drop, edition in _sides(redline):
        marks = UNDERLINED if drop is Op.INSERT else STRUCK
        _prove("PDF", differences(data, edition, kit.brand, marks))
    return data


def _sides(redline: Redline) -> Iterator[tuple[Op, Edition]]:
    """Both documents as a redline says them, its footnotes numbered as there, and what to leave out for each.

    FidelityError: the redline does not hold both, which would be a fault of `paraph.markup.redline`.
    """
    for drop, document in ((Op.INSERT, redline.old), (Op.DELETE, redline.new)):
        if reading(redline, drop) != printed(document):
            raise FidelityError(f"the redline of {document.id} does not hold both of its texts")
        yield drop, Edition(documents=(as_document(_said(redline), drop),))


def _remarked(redline: Redline) -> Redline:
    """`redline` with words at the end of what moved that say from where, or to where; without headings of no words."""
    labels = redline.new.labels

    def remarked(entry: Entry) -> Entry:
        block = entry.block
        if entry.other is None or not isinstance(block, Paragraph | Heading):
            return entry
        number = label(entry.other)
        here = entry.fate is Fate.MOVED_HERE
        known, unknown = ("redline-moved-here", "redline-from-elsewhere") if here else _AWAY
        words = labels.get(known if number else unknown, "").replace("{number}", number)
        return replace(entry, block=replace(block, inlines=(*block.inlines, Remark((Text(words),)))))

    return replace(
        redline,
        parts=tuple(replace(part, entries=tuple(map(remarked, part.entries))) for part in _said(redline).parts),
    )


def _said(redline: Redline) -> Redline:
    """`redline` without headings that had no words, as the title in a language that came since."""

    def said(entry: Entry) -> bool:
        return not entry.fate.only_old or not isinstance(entry.block, Heading) or bool(plain(entry.block.inlines))

    parts = (replace(part, entries=tuple(filter(said, part.entries))) for part in redline.parts)
    return replace(redline, parts=tuple(parts))


def _prove(format_: str, difference: str | None) -> None:
    if difference:
        raise FidelityError(f"the {format_} of this redline does not say what its two texts say\n{difference}")
