"""Reading Akoma Ntoso back: its paragraphs as a reader meets them, for comparison with the document.

It walks the finished file and shares nothing with `akn`: a line is a `p`, `block`, `heading` or `crossHeading` outside
of the metadata and the cover page; the last `num` before it is its number; a note's line comes after all others.
"""

from __future__ import annotations

import io

from lxml import etree

from paraph.model.document import Edition, Printed

_LINES = frozenset({"p", "block", "heading", "crossHeading"})
_NOT_TEXT = frozenset({"meta", "coverPage"})


def read_back(data: bytes, edition: Edition) -> tuple[tuple[Printed, ...], ...]:
    """Number and words of every paragraph in the file."""
    root = etree.parse(io.BytesIO(data), etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    lines: list[Printed] = []
    notes: list[Printed] = []
    _walk(root, lines, notes, [])
    return (tuple(lines + notes),)


def _walk(element: etree._Element, lines: list[Printed], notes: list[Printed], number: list[str]) -> None:
    for child in element:
        name = etree.QName(child).localname
        if name in _NOT_TEXT:
            continue
        if name == "num":
            number.append(_text(child, notes))
        elif name in _LINES:
            lines.append(Printed(number.pop() if number else "", _text(child, notes)))
        else:
            _walk(child, lines, notes, number)


def _text(element: etree._Element, notes: list[Printed]) -> str:
    words = element.text or ""
    for child in element:
        match etree.QName(child).localname:
            case "authorialNote":
                place = len(notes)
                notes.append(Printed("", ""))
                notes[place] = Printed(child.get("marker", ""), "".join(_text(line, notes) for line in child))
            case "eol":
                words += "\n"
            case _:
                words += _text(child, notes)
        words += child.tail or ""
    return words
