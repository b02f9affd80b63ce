"""A packet read back before it is sent: every text in it must be, word for word, the version on record.

It walks the finished file by the names that its reader will look for, and shares nothing with what wrote it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from lxml import etree

from paraph.errors import FidelityError
from paraph.review.identity import read_name

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MARKS = ("\u200e", "\u200f")
_RUN, _UNSEEN, _TEXT = f"{_W}r", f"{_W}rPr/{_W}noProof", f"{_W}t"
_SIGNS = {f"{_W}br": "\n", f"{_W}tab": "\t"}


def prove(data: bytes, expected: Mapping[tuple[int, str], tuple[str, ...]]) -> None:
    """Raise FidelityError where the file does not hold exactly these texts, by the place of the subject and field."""
    found = sent_texts(data)
    for key in sorted(found.keys() | expected.keys()):
        if found.get(key) != expected.get(key):
            place, field = key
            raise FidelityError(
                f"{field} of text {place} in this packet is not what is on record\n"
                f"on record: {expected.get(key)}\nin the file: {found.get(key)}"
            )


def sent_texts(data: bytes) -> dict[tuple[int, str], tuple[str, ...]]:
    """The words of every text control, a string a paragraph, by the place of its subject and its field (text-en)."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        document = etree.fromstring(archive.read("word/document.xml"), parser)
    found: dict[tuple[int, str], tuple[str, ...]] = {}
    for control in document.iter(f"{_W}sdt"):
        tag = control.find(f"{_W}sdtPr/{_W}tag")
        named = read_name(tag.get(f"{_W}val", "")) if tag is not None else None
        if named is None or not named.field.startswith("text-"):
            continue
        key = named.place, named.field
        if key in found:
            raise FidelityError(f"{named.tag} stands twice in this packet")
        found[key] = tuple(_words(one) for one in control.iter(f"{_W}p"))
    return found


def _words(paragraph: etree._Element) -> str:
    pieces: list[str] = []
    for run in paragraph.iter(_RUN):
        words = "".join([_piece(one) for one in run])
        if words not in _MARKS or run.find(_UNSEEN) is None:
            pieces.append(words)
    return "".join(pieces)


def _piece(one: etree._Element) -> str:
    return one.text or "" if one.tag == _TEXT else _SIGNS.get(str(one.tag), "")
