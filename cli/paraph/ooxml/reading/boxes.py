"""Alternatives, drawings and text boxes of a Word file: which of them Word shows, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterator

from paraph.ooxml.names import Element, name

_FALLBACK = name("mc:Fallback")
_TEXT_PATH = "{urn:schemas-microsoft-com:vml}textpath"
_KNOWN = frozenset(("wps", "wpg", "wpc", "w14", "w15", "wp14", "w16se", "cx1", "aink", "am3d"))
"""What Word of today understands: it takes the first choice that asks for nothing else (ECMA-376 Part 3, 7.5)."""


def taken(alternatives: Element) -> tuple[Element | None, bool]:
    """The alternative of `mc:AlternateContent` that Word shows, and whether an old Word shows one with other words."""
    choices = alternatives.findall(name("mc:Choice"))
    known = next((one for one in choices if set((one.get("Requires") or "?").split()) <= _KNOWN), None)
    fallback = alternatives.find(_FALLBACK)
    if known is None:
        return fallback, False
    return known, fallback is not None and _words(known) != _words(fallback)


def boxes(drawing: Element) -> Iterator[Element]:
    """The contents of the text boxes of a drawing; not those inside another box, or in a fallback."""
    return (box for box in drawing.iter(name("w:txbxContent")) if _is_outermost(box, drawing))


def word_art(drawing: Element) -> Iterator[str]:
    """Words that are drawn along a line."""
    return (words for path in drawing.iter(_TEXT_PATH) if (words := path.get("string")))


def _is_outermost(box: Element, top: Element) -> bool:
    at = box.getparent()
    while at is not None and at is not top:
        if at.tag in (name("w:txbxContent"), _FALLBACK):
            return False
        at = at.getparent()
    return True


def _words(element: Element) -> str:
    return "".join(one.text or "" for box in element.iter(name("w:txbxContent")) for one in box.iter(name("w:t")))
