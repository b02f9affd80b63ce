"""What a PDF says, whoever made it: words as PDFium reads them, page by page, and how each page looks."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf
import pypdfium2

from paraph.errors import BrokenError
from paraph.proof.artifacts import Margin
from paraph.proof.covered import drawn_large, painted
from paraph.proof.direction import across, righted
from paraph.proof.page_order import Halves, lines_apart, lines_seen
from paraph.proof.pdf_drawing import Drawing
from paraph.proof.pdf_glyphs import shapes
from paraph.proof.pdf_objects import Objects, field_of_signature
from paraph.proof.pdf_structure import refuse_repaired, refuse_unsound
from paraph.proof.reading import Reading, digest, lines, named, told_to_voices
from paraph.proof.replaced import replaced, unreverse
from paraph.proof.reset_pages import RIGHT_TO_LEFT
from paraph.proof.right_to_left import lines_shown
from paraph.proof.xmp import xmp

_STREAM = re.compile(r"^stream <[^>]*> ")
"""How qpdf calls a file that has no name."""

_MOST_PAGES = 500
_SCALE = 1.0
"""Points to pixels: enough for a word that is painted over to be seen."""

_HYPHEN = 2
"""What PDFium says of a hyphen at the end of a line: “non-” on one, “discrimination” on the next."""

_EDGE = 3.0
"""Points across an upright line: what stands farther from the sign before is another one."""

_SEEN = frozenset({"/Link"})
_LEADING = ("/URI", "/GoTo")
"""Actions that only lead somewhere; any other does something."""

_BESIDE = {
    "/OCProperties": "layers, which a screen may not show and a printer does",
    "/Collection": "a portfolio, whose other files are shown in place of its pages",
}
_SPOKEN = ("/Alt", "/ActualText", "/E")

_ACTING = frozenset(
    f"/{one}"
    for one in (
        *("GoToR", "GoToE", "GoToDp", "Launch", "Thread", "Sound", "Movie", "Hide", "Named", "SubmitForm", "ResetForm"),
        *("ImportData", "SetOCGState", "Rendition", "GoTo3DView", "JavaScript", "RichMediaExecute"),
    )
)
"""Actions that do something else than lead to a place in the file or to an address (ISO 32000-2, 12.6.4)."""

_CURVED, _OF_INKS = ("/CalGray", "/CalRGB"), ("/DeviceN", "/Separation")
_GAMMA = (0.4, 3.0)
"""Of screens and of television they are 1.8 to 2.8."""

_TURNING = ("/Dur", "/Trans", "/PresSteps")


def read(data: bytes) -> Reading:
    """The words of a PDF. Raises BrokenError where it is damaged, locked, or has more pages than a document."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > _MOST_PAGES:
                raise BrokenError(f"the PDF has {len(pdf.pages)} pages", f"At most {_MOST_PAGES} are read.")
            refuse_unsound(pdf, data)
            objects = Objects(pdf)
            metadata, links = named(_metadata(pdf)), tuple(_links(pdf, objects))
            drawing = Drawing(pdf, objects.digest)
            odd = (*dict.fromkeys(_oddities(pdf, objects)), *drawing.odd(), *replaced(pdf))
            parts, given, bookmarks = named(_parts(pdf, objects)), named(objects.given()), tuple(_bookmarks(pdf))
            drawn, paints = tuple(objects.drawn(drawing.said())), tuple(drawing.paints())
            called = shapes(pdf)
            refuse_repaired(pdf)
            data = _forward(pdf) or data
        pages, looks, edges, upright, pictured = [], [], list[tuple[str, ...]](), list[str](), list[int]()
        seen, turned, halves = list[tuple[str, ...]](), False, list[Halves]()
        sideways = list[int]()
        with pypdfium2.PdfDocument(data) as document:
            for number, page in enumerate(document, 1):
                if righted(page):
                    given.pop(f"the Rotate of page {number}", None)
                    sideways.append(number)
                words = page.get_textpage()
                leftward = RIGHT_TO_LEFT.search(words.get_text_range())
                pieces: Halves = ((), ())
                if leftward:
                    body, edge, foot, ordered = lines_shown(words)
                else:
                    body, edge, foot = _lines_stored(words)
                    ordered, pieces = lines_seen(words)
                turned = turned or bool(ordered)
                halves.append(pieces)
                pages.append((*body, *edge))
                seen.append((*(ordered or body), *edge))
                upright += edge
                edges.append(foot)
                odd += tuple(painted(page, words))
                pictured += [number] if drawn_large(page) else []
                looks.append(digest(bytes(page.render(scale=_SCALE).buffer)))
                words.close()
                page.close()
    except pikepdf.PasswordError as error:
        raise BrokenError("the PDF is locked with a password") from error
    except (pikepdf.PdfError, pypdfium2.PdfiumError) as error:
        raise BrokenError(f"the PDF cannot be read: {_STREAM.sub('', str(error))}") from error
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
        edges=tuple(edges),
        upright=frozenset(upright),
        shapes=called,
        bookmarks=bookmarks,
        given=given,
        drawn=drawn,
        paints=paints,
        pictured=tuple(pictured),
        sideways=tuple(sideways),
        seen=tuple(seen) if turned else (),
        halves=tuple(tuple(page[half] for page in halves) for half in (0, 1)),
    )


def _forward(pdf: pikepdf.Pdf) -> bytes:
    """The PDF as PDFium reads it right, b"" where it does as it is. Last: `pdf` is changed.

    Without a word on which side of a sheet its pages begin (ISO 32000-1, table 150): where that is the right one,
    PDFium turns every line, whatever it is written in. Without the marks of signs in reverse (14.8.2.3.3) in a span
    that has a text in their place: of two such spans that follow each other it reads the first alone.
    """
    told = pdf.Root.get("/ViewerPreferences")
    turned = isinstance(told, pikepdf.Dictionary) and "/Direction" in told
    if isinstance(told, pikepdf.Dictionary) and turned:
        del told["/Direction"]
    reversed_ = [page for page in pdf.pages if unreverse(pdf, page)]
    if not turned and not reversed_:
        return b""
    made = io.BytesIO()
    pdf.save(made)
    return made.getvalue()


def _lines_stored(page: pypdfium2.PdfTextPage) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The lines of a page as the file has them, those that stand upright, and those that it marks as its head and foot.
    What stands upright is whole: PDFium breaks it after every sign, wherever the file has it among the others, and so
    all else on a page of which most stands upright."""
    from pypdfium2 import raw

    marked = Margin(page)
    said = {False: "", True: ""}
    upright: list[str] = []
    margin, edge = False, 0.0
    for place in range(page.count_chars()):
        made = raw.FPDFText_IsGenerated(page, place)
        margin = margin if made else place in marked
        sign = raw.FPDFText_GetUnicode(page, place)
        here = None if made or margin else across(page, place)
        if here is None:
            said[margin] += "-" if sign == _HYPHEN else chr(sign)
            continue
        if not upright or abs(here - edge) > _EDGE:
            upright.append("")
        edge = here
        upright[-1] += chr(sign)
    level = lines(said[False])
    if upright and sum(len(line) == 1 for line in level) > len(level) / 2:
        level = lines_apart(page)
    return level, lines("\n".join(upright)), lines(said[True])


def _metadata(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    for key, value in pdf.docinfo.items() if "/Info" in pdf.trailer else ():
        yield str(key)[1:], str(value)
    found = pdf.Root.get("/Metadata")
    if isinstance(found, pikepdf.Stream):
        yield from xmp(found.read_bytes())
    yield "Lang", str(pdf.Root.get("/Lang", ""))


def _annotations(pdf: pikepdf.Pdf) -> Iterator[tuple[int, pikepdf.Object]]:
    for number, page in enumerate(pdf.pages, 1):
        for one in page.get("/Annots", ()):
            if isinstance(one, pikepdf.Dictionary):
                yield number, one


def _links(pdf: pikepdf.Pdf, objects: Objects) -> Iterator[str]:
    """Where the links of its pages lead, in order; then what else leads anywhere, such as a bookmark."""
    on_pages = []
    for _, one in _annotations(pdf):
        action = one.get("/A")
        if isinstance(action, pikepdf.Dictionary) and "/URI" in action:
            on_pages.append(str(action.URI))
    yield from on_pages
    leading = (str(one["/URI"]) for one in objects.dictionaries if one.get("/S") == "/URI" and "/URI" in one)
    yield from (one for one in dict.fromkeys(leading) if one not in on_pages)


def _bookmarks(pdf: pikepdf.Pdf) -> Iterator[str]:
    """What the bookmarks are called, in order."""
    outlines = pdf.Root.get("/Outlines")
    left, seen = [outlines.get("/First")] if isinstance(outlines, pikepdf.Dictionary) else [], set[tuple[int, int]]()
    while left:
        one = left.pop()
        if isinstance(one, pikepdf.Dictionary) and not (one.is_indirect and one.objgen in seen):
            seen.add(one.objgen)
            yield str(one.get("/Title", ""))
            left += [one.get("/Next"), one.get("/First")]


def _oddities(pdf: pikepdf.Pdf, objects: Objects) -> Iterator[str]:
    """What may be seen, or done, beside what the pages say."""
    for number, one in _annotations(pdf):
        kind = str(one.get("/Subtype", ""))
        if kind not in _SEEN and not field_of_signature(one):
            yield f"a mark on page {number} ({kind[1:] or 'of no kind'})"
        if _acts(one.get("/A")) or "/AA" in one or ("/AP" in one and kind in _SEEN):
            yield f"a link on page {number} that does more than lead somewhere"
        if kind in _SEEN and _lined(one):
            yield f"a link on page {number} with a line of its own, which may lie over words"
    opening = pdf.Root.get("/OpenAction")
    if _acts(opening, ("/GoTo",)) or any(one.get("/AA") is not None for one in (pdf.Root, *pdf.pages)):
        yield "an action of its own"
    yield from (said for key, said in _BESIDE.items() if key in pdf.Root)
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and "/XFA" in form:
        yield "a form, which some readers show in place of its pages"
    yield from _spoken(pdf)
    for one in objects.dictionaries:
        done = one.get("/S")
        if isinstance(done, pikepdf.Name) and str(done) in _ACTING:
            yield "a script" if done == "/JavaScript" else f"an action that does something ({str(done)[1:]})"
    yield from _of_pages(pdf)
    if any(map(_misleads, objects.arrays)):
        yield "a colour that programs show otherwise"
    base = pdf.Root.get("/URI")
    if isinstance(base, pikepdf.Dictionary) and "/Base" in base:
        yield f"an address that its links begin with: {base.Base}"


def _lined(link: pikepdf.Object) -> bool:
    """Whether programs draw a line around a link, as they do where it says nothing of one (ISO 32000-2, 12.5.4)."""
    style, border = link.get("/BS"), link.get("/Border")
    widths = [style.get("/W", 1)] if isinstance(style, pikepdf.Dictionary) else []
    if isinstance(border, pikepdf.Array):
        widths.append(border[2] if len(border) > 2 else 1)
    return any(width != 0 for width in widths or [1])


def _misleads(space: pikepdf.Array) -> bool:
    """Whether an array is a space of colours (ISO 32000-2, 8.6) that leaves no ink, or next to none, in programs that
    follow its curve or know that no ink is meant: PDFium does neither."""
    kind, more = (space[0], space[1]) if len(space) > 1 else (None, None)
    if kind in _CURVED and isinstance(more, pikepdf.Dictionary):
        curves = more.get("/Gamma", 1)
        return any(
            not _GAMMA[0] <= one <= _GAMMA[1] for one in (curves if isinstance(curves, pikepdf.Array) else [curves])
        )
    if kind in _OF_INKS:
        return all(one == "/None" for one in (more if isinstance(more, pikepdf.Array) else [more]))
    return False


def _of_pages(pdf: pikepdf.Pdf) -> Iterator[str]:
    """What makes pages seen otherwise than they are drawn."""
    for number, page in enumerate(pdf.pages, 1):
        if float(page.obj.get("/UserUnit", 1)) != 1:
            yield f"page {number} in another measure"
        if "/Thumb" in page.obj:
            yield f"a small picture in place of page {number}"
        if any(key in page.obj for key in _TURNING):
            yield f"page {number} turning by itself"
    for one in _labels(pdf.Root.get("/PageLabels")):
        yield f"pages called: {one}"


def _labels(tree: object) -> Iterator[str]:
    """The words before the numbers of pages (ISO 32000-1, 12.4.2)."""
    left, seen = [tree], set()
    while left:
        one = left.pop()
        if isinstance(one, pikepdf.Array):
            left += [*one]
        elif isinstance(one, pikepdf.Dictionary) and not (one.is_indirect and one.objgen in seen):
            seen.add(one.objgen)
            if str(one.get("/P", "")).strip():
                yield str(one["/P"]).strip()
            left += [one.get("/Kids"), one.get("/Nums")]


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
            yield from (told_to_voices(str(one[key])) for key in _SPOKEN if key in one)
            left.append(one.get("/K"))


def _parts(pdf: pikepdf.Pdf, objects: Objects) -> Iterator[tuple[str, str]]:
    """The files in it: those in its list, and any that something else leads to (ISO 32000-2, 7.11.3 and 14.13)."""
    known = set[str]()
    for name, attached in pdf.attachments.items():
        known.add(made := digest(attached.get_file().read_bytes()))
        yield f"the attached {name[:80]}", made
    for one in objects.dictionaries:
        files = one.get("/EF")
        for file in files.values() if isinstance(files, pikepdf.Dictionary) else ():
            made = digest(file.read_bytes()) if isinstance(file, pikepdf.Stream) else ""
            if made and made not in known:
                known.add(made)
                yield f"the attached {str(one.get('/UF', one.get('/F', '')))[:80]}", made
