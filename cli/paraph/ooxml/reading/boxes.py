"""Alternatives, drawings and text boxes of a Word file: which of them Word shows, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from paraph.ooxml.names import Element, name, transitional
from paraph.ooxml.reading.context import Context
from paraph.ooxml.reading.fields import Fields
from paraph.ooxml.reading.places import box_place, picture
from paraph.ooxml.reading.shown import Line, Run, Story

if TYPE_CHECKING:
    from paraph.ooxml.reading.walk import Walk

PICTURE, BOX = "a picture or drawing", "a text box, which may stand anywhere"
_FALLBACK = name("mc:Fallback")
_TEXT_PATH = "{urn:schemas-microsoft-com:vml}textpath"
_MICROSOFT = "http://schemas.microsoft.com/office"
_KNOWN = frozenset(
    (
        *(f"{_MICROSOFT}/word/{one}" for one in (
            "2010/wordml", "2010/wordprocessingShape", "2010/wordprocessingGroup", "2010/wordprocessingCanvas",
            "2010/wordprocessingInk", "2010/wordprocessingDrawing", "2012/wordml", "2012/wordprocessingDrawing",
            "2015/wordml/symex", "2016/wordml/cid", "2018/wordml", "2018/wordml/cex", "2020/wordml/sdtdatahash",
        )),
        *(f"{_MICROSOFT}/drawing/{one}" for one in (
            "2010/main", "2012/chart", "2014/chartex", "2016/ink", "2016/SVG/main", "2017/model3d", "2014/main",
        )),
        "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "http://schemas.openxmlformats.org/drawingml/2006/main",
        "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    )
)  # fmt: skip
"""Namespaces that Word of today understands, each by its whole name: it takes the first choice that asks for nothing
else (ECMA-376 Part 3, 7.5). A prefix is whatever the file says that it is."""
_SHAPE = f"{_MICROSOFT}/word/2010/wordprocessingShape"
_W, _M = name("w:p")[:-1], "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DRAWN = frozenset((*map(name, ("w:drawing", "w:pict", "w:object")), _FALLBACK))
"""Each way to draw is written by itself: of these the text boxes are compared, and the words along a line."""


def walk_alternatives(walk: Walk, element: Element, around: Context) -> None:
    """Walk over what Word of today shows of `mc:AlternateContent`."""
    shown, differs = _taken(element)
    if differs:
        odd = "words that are others in new versions of Word than in old ones"
        walk.oddity(odd, around)
        around = around._replace(odd=odd)
    if shown is not None:
        walk.children(shown, around)


def walk_drawing(walk: Walk, element: Element, around: Context) -> None:
    """Walk over the text boxes of a drawing; one without any is a picture."""
    if not _walk_boxes(walk, element, around):
        walk.remark(PICTURE, around)
        walk.here(around, odd=PICTURE, drawn=picture(element, walk.targets) if _shape_of(element) is None else None)


def walk_object(walk: Walk, element: Element, around: Context) -> None:
    """Name an embedded object, and walk over the text boxes of its picture."""
    walk.oddity("an embedded object (a sheet, a PDF, a sound)", around)
    _walk_boxes(walk, element, around)


def _walk_boxes(walk: Walk, element: Element, around: Context) -> bool:
    """Walk over what stands in the text boxes of a drawing; whether there are any."""
    found = False
    for box in _boxes(element):
        outer = (walk.runs, walk.fields)
        walk.runs, walk.fields = [], Fields()
        walk.children(box, around._replace(story=Story.BOX, odd=BOX))
        walk.runs, walk.fields = outer
        found = True
    if found:
        walk.here(around, odd=BOX, drawn=box_place(element) if _shape_of(element) != "" else None)
    for words in _word_art(element):
        walk.lines.append(Line((Run(words, around.inserted, around.deleted),), Story.BOX))
    return found


def _taken(alternatives: Element) -> tuple[Element | None, bool]:
    """What Word of today shows of `mc:AlternateContent`, and whether another version, or another program, shows other
    words."""
    choices = alternatives.findall(name("mc:Choice"))
    fallback = alternatives.find(_FALLBACK)
    known = next((one for one in choices if _is_known(one)), fallback)
    said = {_said(one) for one in (*choices, fallback) if one is not None}
    return known, len(said) > 1 or any(not _is_known(one) and len(one) for one in choices)


def _is_known(choice: Element) -> bool:
    asked = (choice.get("Requires") or "?").split()
    return all(transitional(choice.nsmap.get(prefix) or "") in _KNOWN for prefix in asked)


def _shape_of(drawing: Element) -> str | None:
    """What a drawing asks for that is one of several (`mc:Choice`), as far as LibreOffice knows it, too: it shows
    another one than Word where it does not. None where it is the only one."""
    choice = next(drawing.iterancestors(name("mc:Choice"), _FALLBACK), None)
    if choice is None:
        return None
    asked = transitional(choice.nsmap.get(choice.get("Requires") or "") or "")
    return asked if asked == _SHAPE else ""


def _boxes(drawing: Element) -> Iterator[Element]:
    """The contents of the text boxes of a drawing; not those inside another box, or in a fallback."""
    return (box for box in drawing.iter(name("w:txbxContent")) if _is_outermost(box, drawing))


def _word_art(drawing: Element) -> Iterator[str]:
    """Words that are drawn along a line."""
    return (words for path in drawing.iter(_TEXT_PATH) if (words := path.get("string")))


def _is_outermost(box: Element, top: Element) -> bool:
    at = box.getparent()
    while at is not None and at is not top:
        if at.tag in (name("w:txbxContent"), _FALLBACK):
            return False
        at = at.getparent()
    return True


def _said(element: Element) -> tuple[tuple[object, ...], ...]:
    """All that an alternative says and how it is set: words, what is struck, hidden or deleted of them."""
    found: list[tuple[object, ...]] = []
    for one in element:
        if one.tag in _DRAWN:
            found += [("box", _said(box)) for box in _boxes(one)]
            found += [("along a line", words) for words in _word_art(one)]
        elif isinstance(one.tag, str) and one.tag.startswith((_W, _M)):
            found.append((one.tag, (one.text or "").strip(), *sorted(one.items()), *_said(one)))
        else:
            found += _said(one)
    return tuple(found)
