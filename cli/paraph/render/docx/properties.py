"""What a file says of itself: title, language, dates from the document and never from a clock."""

from __future__ import annotations

import datetime as dt
import math

from paraph.model.document import Edition
from paraph.ooxml.names import Element, attribute, el, name
from paraph.ooxml.package import Package
from paraph.render.docx.body import language_tag
from paraph.render.docx.template import MAIN
from paraph.render.kit import Kit

_UNDATED = dt.date(2000, 1, 1)
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_APP = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
_PAPER = {"a3": (16838, 23811), "a4": (11906, 16838), "a5": (8391, 11906), "letter": (12240, 15840)}
_BILINGUAL_SIDE = 1134
_LARGE = 28


def describe(package: Package, edition: Edition, kit: Kit) -> None:
    """Core and application properties."""
    first = edition.documents[0]
    stamp = f"{(first.date or _UNDATED).isoformat()}T00:00:00Z"
    when = {"xsi:type": "dcterms:W3CDTF"}
    texts = (
        ("dc:title", first.title or first.subject),
        ("dc:subject", first.subject),
        ("dc:creator", first.author),
        ("cp:keywords", ", ".join(first.keywords)),
        ("cp:lastModifiedBy", first.author),
        ("dc:language", ", ".join(language_tag(one.language) for one in edition.documents)),
    )
    core = el("cp:coreProperties", None, *(el(tag, text=text) for tag, text in texts if text))
    core.extend(el(tag, when, text=stamp) for tag in ("dcterms:created", "dcterms:modified"))
    package.add("docProps/core.xml", core, _CORE)
    package.add("docProps/app.xml", el("ep:Properties", None, el("ep:Application", text=kit.generator)), _APP)


def speak(package: Package, edition: Edition) -> None:
    """The language of the file as a whole, for what carries no mark of its own."""
    tag = language_tag(edition.documents[0].language)
    rtl = [one.language for one in edition.documents if one.language.direction == "rtl"]
    for styles in package.related(MAIN, "styles").values():
        for lang in package.xml(styles).iterfind(f".//{name('w:docDefaults')}//{name('w:lang')}"):
            lang.set(name("w:val"), tag)
            lang.set(name("w:eastAsia"), tag)
            if rtl:
                lang.set(name("w:bidi"), language_tag(rtl[0]))


def lay_out(package: Package, edition: Edition, paper: str) -> int:
    """Set the paper and the margins; returns the width of the text in twips.

    The template's margins are those of its own paper, and shrink with it. Two languages take narrower ones.
    """
    width, height = _PAPER.get(paper, _PAPER["a4"])
    text_width = 0
    for section in package.xml(MAIN).iter(name("w:sectPr")):
        size, margins = section.find(name("w:pgSz")), section.find(name("w:pgMar"))
        if size is None or margins is None:
            continue
        scale = width / int(attribute(size, "w:w") or width)
        for side in ("w:left", "w:right", "w:top", "w:bottom", "w:header", "w:footer"):
            margin = round(int(attribute(margins, side)) * scale)
            if len(edition.documents) > 1 and side in ("w:left", "w:right"):
                margin = min(margin, _BILINGUAL_SIDE)
            margins.set(name(side), str(margin))
        size.set(name("w:w"), str(width))
        size.set(name("w:h"), str(height))
        text_width = width - int(attribute(margins, "w:left")) - int(attribute(margins, "w:right"))
    return text_width


def shrink(styles: Element) -> None:
    """Smaller type for columns: text by a tenth, titles by more."""
    for size in styles.iter(name("w:sz"), name("w:szCs")):
        points = int(attribute(size, "w:val"))
        size.set(name("w:val"), str(math.ceil(points * (0.9 if points < _LARGE else 0.74))))
