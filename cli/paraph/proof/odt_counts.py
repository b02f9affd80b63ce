"""The signs of notes in an ODT, which a program counts (OpenDocument 1.3, part 3, 6.3 and 16.29).

A note’s sign stands in the file as the last program counted it; the next one counts anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from lxml import etree

from paraph.ooxml.reading.numbers import written
from paraph.proof.odt_lists import KINDS
from paraph.proof.odt_names import found, name

NOTES = ("footnote", "endnote")
NO_SIGNS: Mapping[etree._Element, str] = MappingProxyType({})

_OWN = "[*]"
"""In place of the number of a note whose sign is words."""

_USUAL = {"footnote": "1", "endnote": "i"}


def note_signs(
    body: etree._Element, content: etree._Element, styles: etree._Element
) -> Iterator[tuple[etree._Element, str]]:
    """Each note with its sign, as a reader sees it: “[1]”."""
    counts = dict.fromkeys(NOTES, 0)
    said = _configured(content, styles)
    for note in body.iter(name("text:note")):
        kind = note.get(name("text:note-class"), NOTES[0])
        kind = kind if kind in NOTES else NOTES[0]
        if any(one.get(name("text:label")) is not None for one in note.iter(name("text:note-citation"))):
            yield note, _OWN
            continue
        counts[kind] += 1
        start, way = said[kind]
        yield note, f"[{written(counts[kind] + start, KINDS.get(way, way))}]"


def anew(body: etree._Element, content: etree._Element, styles: etree._Element) -> bool:
    """Whether notes are counted anew on each page or in each chapter."""
    at = name("text:start-numbering-at")
    every = (one.get(at, "document") for part in (content, styles) for one in found(part, _CONFIGURED))
    return next(body.iter(name("text:note")), None) is not None and any(one != "document" for one in every)


_CONFIGURED = "//text:notes-configuration"


def _configured(content: etree._Element, styles: etree._Element) -> dict[str, tuple[int, str]]:
    """Before which number each kind of notes begins, and how it is written."""
    made = {kind: (0, usual) for kind, usual in _USUAL.items()}
    for one in (one for part in (styles, content) for one in found(part, _CONFIGURED)):
        kind, start = one.get(name("text:note-class"), ""), one.get(name("text:start-value"), "0")
        if kind in made:
            number = int(start) if start.isascii() and start.isdecimal() and len(start) < 7 else 0
            made[kind] = number, one.get(name("style:num-format"), "") or made[kind][1]
    return made
