"""What the house says around a document: letterhead, draft mark, notice, running foot.

docxtpl has filled the fields; here they get the language and direction of the document, the numbers of pages, the logo.
A paragraph in a style of the house that came out empty is dropped, so that a template needs no conditions: no draft
mark once released, no notice in an authentic language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from paraph.errors import RenderError
from paraph.model.document import Document
from paraph.ooxml.names import PARAGRAPH_ORDER, RUN_ORDER, Element, attribute, el, name, properties_of, put
from paraph.ooxml.package import Package
from paraph.ooxml.styles import Styles
from paraph.ooxml.text import Look, field, language, run, words
from paraph.render.docx.body import language_tag
from paraph.render.docx.template import PAGE, PAGES, slot_name, text_of
from paraph.render.kit import Kit

_KEPT_EMPTY = ("Paraph House Rule", "Paraph House Gap")
_FIRST_MARK = 20_000
_LOGO_HEIGHT = 16 * 36_000
_LOGO_WIDTH = 80 * 36_000
_NUMBERS = re.compile(f"([{PAGE}{PAGES}])")
_MEDIA = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif"}


def dress(paragraphs: list[Element], document: Document, styles: Styles) -> None:
    """Give the house's paragraphs the language of `document`, and take the empty ones out of their parent."""
    kept = {styles.id("paragraph", one) for one in _KEPT_EMPTY}
    house = styles.like("paragraph", "Paraph House")
    for paragraph in paragraphs:
        slot = slot_name(paragraph)
        if slot not in ("", "logo"):
            continue
        style = attribute(paragraph.find(f"{name('w:pPr')}/{name('w:pStyle')}"), "w:val")
        empty = not text_of(paragraph).strip() and not has_picture(paragraph) and not slot
        parent = paragraph.getparent()
        if empty and style in house - kept and parent is not None:
            parent.remove(paragraph)
            continue
        _localise(paragraph, document)
        _count_pages(paragraph, document)


def claim(root: Element, styles: Styles, first: int) -> int:
    """Mark the template's own paragraphs of a body, in whatever style, as no words of the document.

    A bookmark that Word does not list says so. Its number goes on from `first`; returns the next one.
    """
    house = styles.like("paragraph", "Paraph House")
    for paragraph in root.iter(name("w:p")):
        style = attribute(paragraph.find(f"{name('w:pPr')}/{name('w:pStyle')}"), "w:val")
        if style not in house and not slot_name(paragraph):
            at = 1 if paragraph.find(name("w:pPr")) is not None else 0
            mark = {"w:id": _FIRST_MARK + first}
            paragraph.insert(at, el("w:bookmarkStart", {**mark, "w:name": f"_paraph_house_{first}"}))
            paragraph.insert(at + 1, el("w:bookmarkEnd", mark))
            first += 1
    return first


def has_picture(element: Element) -> bool:
    """Whether an element holds a drawing."""
    return next(element.iter(name("w:drawing"), name("w:pict")), None) is not None


def _localise(paragraph: Element, document: Document) -> None:
    rtl, lang = document.language.direction == "rtl", language_tag(document.language)
    if rtl:
        put(properties_of(paragraph, "w:pPr"), el("w:bidi"), PARAGRAPH_ORDER)
    for one in paragraph.iter(name("w:r")):
        properties = properties_of(one, "w:rPr")
        if rtl:
            put(properties, el("w:rtl"), RUN_ORDER)
        put(properties, language(lang, rtl=rtl), RUN_ORDER)


def _count_pages(paragraph: Element, document: Document) -> None:
    """Put the fields PAGE and NUMPAGES where a label has its numbers."""
    for one in list(paragraph.iter(name("w:r"))):
        parent = one.getparent()
        if parent is None or not _NUMBERS.search(text_of(one)):
            continue
        rtl = document.language.direction == "rtl"
        look = Look(lang=language_tag(document.language), rtl=rtl, base=one.find(name("w:rPr")))
        made = [new for child in one if child.tag != name("w:rPr") for new in _pieces(child, look)]
        at = parent.index(one)
        parent[at : at + 1] = made


def _pieces(child: Element, look: Look) -> Iterator[Element]:
    if child.tag != name("w:t"):
        yield run(look, child)
        return
    for piece in _NUMBERS.split(child.text or ""):
        if piece in (PAGE, PAGES):
            yield from field("PAGE" if piece == PAGE else "NUMPAGES", look)
        elif piece:
            yield run(look, *words(piece))


def logo(package: Package, part: str, kit: Kit, document: Document) -> Iterator[Element]:
    """The content of the paragraph that holds the logo: an inline picture with its description."""
    if kit.logo is None:
        return
    ending, width, height = _measure(kit.logo)
    media = f"word/media/logo.{ending}"
    if media not in package.parts:
        package.parts[media] = kit.logo
        package.declare(media, _MEDIA[ending])
    relationship = package.relate(part, "image", media)
    code = document.language.code
    described = kit.logo_alt.get(code, "") or kit.brand.logo_alt.get(code, "") or kit.brand.name.get(code, "")
    yield el("w:r", None, el("w:drawing", None, _inline(relationship, width, height, described)))


def _inline(relationship: str, width: int, height: int, described: str) -> Element:
    size = {"cx": width, "cy": height}
    picture = el(
        "pic:pic",
        None,
        el("pic:nvPicPr", None, el("pic:cNvPr", {"id": 1, "name": "logo", "descr": described}), el("pic:cNvPicPr")),
        el("pic:blipFill", None, el("a:blip", {"r:embed": relationship}), el("a:stretch", None, el("a:fillRect"))),
        el(
            "pic:spPr",
            None,
            el("a:xfrm", None, el("a:off", {"x": 0, "y": 0}), el("a:ext", size)),
            el("a:prstGeom", {"prst": "rect"}, el("a:avLst")),
        ),
    )
    kind = "http://schemas.openxmlformats.org/drawingml/2006/picture"
    return el(
        "wp:inline",
        {"distT": 0, "distB": 0, "distL": 0, "distR": 0},
        el("wp:extent", size),
        el("wp:docPr", {"id": 1, "name": "logo", "descr": described}),
        el("a:graphic", None, el("a:graphicData", {"uri": kind}, picture)),
    )


def _measure(logo: bytes) -> tuple[str, int, int]:
    """A picture's kind and its size on the page in EMU: 16 mm high, never wider than 80 mm."""
    from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
    from docx.image.image import Image

    try:
        picture = Image.from_blob(logo)
        ending = picture.ext
    except (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError) as error:
        raise RenderError(
            "Word cannot show this kind of logo", "Give paraph.yml a PNG of the logo, at least 600 pixels wide."
        ) from error
    if ending not in _MEDIA or not picture.px_width or not picture.px_height:
        raise RenderError(f"Word cannot show a logo of the kind {ending}", "Give paraph.yml a PNG of the logo.")
    ratio = picture.px_width / picture.px_height
    height = min(_LOGO_HEIGHT, round(_LOGO_WIDTH / ratio))
    return ending, round(height * ratio), height
