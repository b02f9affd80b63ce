"""Alternatives, drawings and text boxes of a Word file: which of them Word shows, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterator

from paraph.ooxml.names import Element, name

_FALLBACK = name("mc:Fallback")
_TEXT_PATH = "{urn:schemas-microsoft-com:vml}textpath"
_KNOWN = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")
"""Namespaces, by their beginnings, that Word of today understands: it takes the first choice that asks for nothing else
(ECMA-376 Part 3, 7.5). A prefix is whatever the file says that it is."""


def taken(alternatives: Element) -> tuple[Element | None, bool]:
    """What Word of today shows of `mc:AlternateContent`, and whether another version, or another program, shows other
    words."""
    choices = alternatives.findall(name("mc:Choice"))
    fallback = alternatives.find(_FALLBACK)
    known = next((one for one in choices if _is_known(one)), fallback)
    said = {_words(one) for one in (*choices, fallback) if one is not None}
    return known, len(said) > 1


def _is_known(choice: Element) -> bool:
    asked = (choice.get("Requires") or "?").split()
    return all((choice.nsmap.get(prefix) or "").startswith(_KNOWN) for prefix in asked)


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
    return "".join(one.text or one.get(name("w:char")) or "" for one in element.iter(name("w:t"), name("w:sym")))
