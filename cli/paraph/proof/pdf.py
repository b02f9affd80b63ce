"""What a PDF says, whoever made it: words as PDFium reads them, page by page, and how each page looks."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
import pypdfium2

from paraph.errors import BrokenError
from paraph.proof.covered import in_margin, painted
from paraph.proof.reading import Reading, digest, lines, named
from paraph.proof.reset_pages import RIGHT_TO_LEFT
from paraph.proof.right_to_left import lines_shown

_MOST_PAGES = 500
_SCALE = 1.0
"""Points to pixels: enough for a word that is painted over to be seen."""

_SEEN = frozenset({"/Link"})
_LEADING = ("/URI", "/GoTo")
"""Actions that only lead somewhere; any other does something."""

_BESIDE = {
    "/OCProperties": "layers, which a screen may not show and a printer does",
    "/Collection": "a portfolio, whose other files are shown in place of its pages",
}
_SPOKEN = ("/Alt", "/ActualText", "/E")


def read(data: bytes) -> Reading:
    """The words of a PDF. Raises BrokenError where it is damaged, locked, or has more pages than a document."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > _MOST_PAGES:
                raise BrokenError(f"the PDF has {len(pdf.pages)} pages", f"At most {_MOST_PAGES} are read.")
            metadata, links, odd = named(_metadata(pdf)), tuple(_links(pdf)), tuple(dict.fromkeys(_oddities(pdf)))
            parts = named(_parts(pdf))
        pages, looks, feet = [], [], list[str]()
        with pypdfium2.PdfDocument(data) as document:
            for page in document:
                words = page.get_textpage()
                shown = lines_shown if RIGHT_TO_LEFT.search(words.get_text_range()) else _lines_stored
                body, foot = shown(words)
                pages.append(body)
                feet += foot
                odd += tuple(painted(page))
                looks.append(digest(bytes(page.render(scale=_SCALE).buffer)))
                words.close()
                page.close()
    except (pikepdf.PdfError, pypdfium2.PdfiumError) as error:
        raise BrokenError(f"the PDF cannot be read: {error}") from error
    odd = tuple(dict.fromkeys(odd))
    return Reading(
        format="pdf",
        pages=tuple(pages),
        links=links,
        maker=metadata.get("Producer", "") or metadata.get("Creator", ""),
        metadata=metadata,
        looks=tuple(looks),
        parts=parts,
        oddities=odd,
        feet=tuple(dict.fromkeys(feet)),
    )


def _lines_stored(page: pypdfium2.PdfTextPage) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines of a page as the file has them, and those that it marks as its head and foot."""
    from pypdfium2 import raw

    known: dict[int, bool] = {}
    said = {False: "", True: ""}
    margin = False
    for place in range(page.count_chars()):
        made = raw.FPDFText_IsGenerated(page, place)
        margin = margin if made else in_margin(page, place, known)
        said[margin] += chr(raw.FPDFText_GetUnicode(page, place))
    return lines(said[False]), lines(said[True])


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
        if _acts(one.get("/A")) or "/AA" in one or ("/AP" in one and kind in _SEEN):
            yield f"a link on page {number} that does more than lead somewhere"
    opening = pdf.Root.get("/OpenAction")
    if _acts(opening, ("/GoTo",)) or any(one.get("/AA") is not None for one in (pdf.Root, *pdf.pages)):
        yield "an action of its own"
    yield from (said for key, said in _BESIDE.items() if key in pdf.Root)
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and "/XFA" in form:
        yield "a form, which some readers show in place of its pages"
    yield from _spoken(pdf)
    names = pdf.Root.get("/Names")
    if isinstance(names, pikepdf.Dictionary) and "/JavaScript" in names:
        yield "a script"


def _acts(action: object, leading: tuple[str, ...] = _LEADING) -> bool:
    """Whether an action does anything but lead somewhere, or has another after it."""
    return isinstance(action, pikepdf.Dictionary) and (action.get("/S") not in leading or "/Next" in action)


def _spoken(pdf: pikepdf.Pdf) -> Iterator[str]:
    """What a screen reader says in place of what the pages show: texts of the tags (ISO 32000-1, 14.9)."""
    left, seen = [pdf.Root.get("/StructTreeRoot")], set()
    while left:
        one = left.pop()
        if isinstance(one, pikepdf.Array):
            left.extend(one)
        elif isinstance(one, pikepdf.Dictionary) and one.objgen not in seen:
            if one.is_indirect:
                seen.add(one.objgen)
            yield from (f"words for screen readers: {one[key]}" for key in _SPOKEN if key in one)
            left.append(one.get("/K"))


def _unseen_field(one: pikepdf.Object) -> bool:
    """A field without any room: the place of a signature that shows nothing."""
    room = [float(side) for side in one.get("/Rect", ())]
    return one.get("/Subtype") == "/Widget" and len(room) == 4 and room[0] == room[2] and room[1] == room[3]


def _parts(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    for name, attached in pdf.attachments.items():
        yield f"the attached {name[:80]}", digest(attached.get_file().read_bytes())
