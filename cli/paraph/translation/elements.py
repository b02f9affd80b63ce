"""What the versions of XLIFF have in common: codes as elements between words, and white space that changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml import etree

from paraph.guarded import Element
from paraph.translation.segments import Code, Pieces, Side

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def fill(
    parent: Element, pieces: Pieces, codes: Mapping[str, Code], make: Callable[[Element, Code, Side], Element]
) -> None:
    """Put `pieces` into `parent`; `make` appends the element of a code, alone or around what follows."""
    here: list[Element] = [parent]
    last: Element | None = None
    for piece in pieces:
        if isinstance(piece, str) and last is None:
            here[-1].text = (here[-1].text or "") + piece
        elif isinstance(piece, str):
            assert last is not None
            last.tail = (last.tail or "") + piece
        elif piece.side is Side.CLOSE:
            last = here.pop()
        else:
            made = make(here[-1], codes[piece.code], piece.side)
            last = made if piece.side is Side.ALONE else None
            here += [made] if piece.side is Side.OPEN else []


def indent(element: Element, depth: int = 0) -> None:
    """Line ends between elements, and none in what is translated."""
    if etree.QName(element).localname in ("source", "target") or not len(element):
        return
    element.text = "\n" + "  " * (depth + 1)
    for child in element:
        indent(child, depth + 1)
        child.tail = "\n" + "  " * (depth + 1)
    element[-1].tail = "\n" + "  " * depth


def line(element: Element) -> int:
    """Its line in the file, 0 where it is not known."""
    return element.sourceline if isinstance(element.sourceline, int) else 0


def foreign(element: Element | None, language: str) -> str:
    """What is wrong where an element says that its words are in another language than the file is of, or "".

    In both versions xml:lang of a source and a target is the language of the file, or a variety of it (es-MX in es).
    """
    said = "" if element is None else element.get(LANGUAGE, "")
    if not said or f"{said}-".lower().startswith(f"{language}-".lower()):
        return ""
    return f"its {etree.QName(element).localname} says that it is in {said}, and the file is in {language}"
