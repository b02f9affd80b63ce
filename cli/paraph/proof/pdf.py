"""What a PDF says, whoever made it: words as PDFium reads them, page by page, and how each page looks."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf

from paraph.errors import BrokenError
from paraph.proof.reading import Reading, digest, lines, named

_MOST_PAGES = 500
_SCALE = 1.0
"""Points to pixels: enough for a word that is painted over to be seen."""

_SEEN = frozenset({"/Link"})


def read(data: bytes) -> Reading:
    """The words of a PDF. Raises BrokenError where it is damaged, locked, or has more pages than a document."""
    import pypdfium2

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > _MOST_PAGES:
                raise BrokenError(f"the PDF has {len(pdf.pages)} pages", f"At most {_MOST_PAGES} are read.")
            metadata, links, odd = named(_metadata(pdf)), tuple(_links(pdf)), tuple(dict.fromkeys(_oddities(pdf)))
            parts = named(_parts(pdf))
        pages, looks = [], []
        with pypdfium2.PdfDocument(data) as document:
            for page in document:
                words = page.get_textpage()
                pages.append(lines(words.get_text_range()))
                looks.append(digest(bytes(page.render(scale=_SCALE).buffer)))
                words.close()
                page.close()
    except (pikepdf.PdfError, pypdfium2.PdfiumError) as error:
        raise BrokenError(f"the PDF cannot be read: {error}") from error
    return Reading(
        format="pdf",
        pages=tuple(pages),
        links=links,
        maker=metadata.get("Producer", "") or metadata.get("Creator", ""),
        metadata=metadata,
        looks=tuple(looks),
        parts=parts,
        oddities=odd,
    )


def _metadata(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    for key, value in pdf.docinfo.items() if "/Info" in pdf.trailer else ():
        yield str(key)[1:], str(value)
    found = pdf.Root.get("/Metadata")
    if isinstance(found, pikepdf.Stream):
        yield "XMP", digest(found.read_bytes())
    yield "Lang", str(pdf.Root.get("/Lang", ""))


def _annotations(pdf: pikepdf.Pdf) -> Iterator[tuple[int, pikepdf.Object]]:
    for number, page in enumerate(pdf.pages, 1):
        for one in page.get("/Annots", ()):
            if isinstance(one, pikepdf.Dictionary):
                yield number, one


def _links(pdf: pikepdf.Pdf) -> Iterator[str]:
    for _, one in _annotations(pdf):
        action = one.get("/A")
        if isinstance(action, pikepdf.Dictionary) and "/URI" in action:
            yield str(action.URI)


def _oddities(pdf: pikepdf.Pdf) -> Iterator[str]:
    """What may be seen, or done, beside what the pages say."""
    for number, one in _annotations(pdf):
        kind = str(one.get("/Subtype", ""))
        if kind not in _SEEN and not _unseen_field(one):
            yield f"a mark on page {number} ({kind[1:] or 'of no kind'})"
    opening = pdf.Root.get("/OpenAction")
    if "/AA" in pdf.Root or (isinstance(opening, pikepdf.Dictionary) and opening.get("/S") != "/GoTo"):
        yield "an action of its own"
    names = pdf.Root.get("/Names")
    if isinstance(names, pikepdf.Dictionary) and "/JavaScript" in names:
        yield "a script"


def _unseen_field(one: pikepdf.Object) -> bool:
    """A field without any room: the place of a signature that shows nothing."""
    room = [float(side) for side in one.get("/Rect", ())]
    return one.get("/Subtype") == "/Widget" and len(room) == 4 and room[0] == room[2] and room[1] == room[3]


def _parts(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    for name, attached in pdf.attachments.items():
        yield f"the attached {name[:80]}", digest(attached.get_file().read_bytes())
