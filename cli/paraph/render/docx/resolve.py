"""A DOCX with all its tracked changes accepted, or rejected, by ECMA-376 Part 1, 17.13.5, as Word does it.

It shares nothing with what writes tracked changes, so that a fault there does not hide here. Whatever it does not know,
changes of formatting among it, is refused: what is not understood proves nothing.
"""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from paraph.errors import FidelityError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NEW, _OLD = ("ins", "moveTo"), ("del", "moveFrom")
_RANGES = tuple(f"{_W}move{way}Range{end}" for way in ("From", "To") for end in ("Start", "End"))
_UNKNOWN = frozenset(
    f"{_W}{name}"
    for name in (
        "pPrChange", "rPrChange", "tblPrChange", "tcPrChange", "trPrChange", "tblGridChange", "sectPrChange",
        "numberingChange", "cellIns", "cellDel", "cellMerge", "customXmlInsRangeStart", "customXmlDelRangeStart",
    )
)  # fmt: skip
_STORIES = ("word/document.xml", "word/footnotes.xml")


def resolve(data: bytes, *, accept: bool) -> bytes:
    """The file without tracked changes. FidelityError: a change that Word could not resolve, or of an unknown kind."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(made, "w") as other:
        for name in archive.namelist():
            part = archive.read(name)
            if name in _STORIES:
                root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
                _resolve(root, *((_NEW, _OLD) if accept else (_OLD, _NEW)))
                part = etree.tostring(root)
            other.writestr(name, part)
    return made.getvalue()


def _resolve(root: etree._Element, stays: tuple[str, ...], goes: tuple[str, ...]) -> None:
    if unknown := next((one for one in root.iter() if one.tag in _UNKNOWN), None):
        raise FidelityError(f"the Word file has a tracked change of another kind: {etree.QName(unknown).localname}")
    for row in list(root.iter(f"{_W}tr")):
        if any(row.find(f"{_W}trPr/{_W}{kind}") is not None for kind in goes):
            _drop(row)
    for table in list(root.iter(f"{_W}tbl")):
        if table.find(f"{_W}tr") is None:
            _drop(table)
    for kind in goes:
        for one in list(root.iter(_W + kind)):
            if not _in_properties(one):
                _drop(one)
    _join(root, goes)
    for kind in stays:
        for one in list(root.iter(_W + kind)):
            _unwrap(one)
    for mark in list(root.iter(*_RANGES)):
        _drop(mark)
    for text in root.iter(f"{_W}delText"):
        text.tag = f"{_W}t"


def _in_properties(one: etree._Element) -> bool:
    parent = one.getparent()
    return parent is not None and parent.tag in (f"{_W}rPr", f"{_W}trPr")


def _drop(one: etree._Element) -> None:
    parent = one.getparent()
    if parent is not None:
        parent.remove(one)


def _unwrap(one: etree._Element) -> None:
    parent = one.getparent()
    if parent is not None:
        at = parent.index(one)
        parent[at : at + 1] = [] if _in_properties(one) else list(one)


def _join(root: etree._Element, goes: tuple[str, ...]) -> None:
    """Join what is left of a paragraph whose mark goes to the paragraph after it, which keeps its own properties."""
    for paragraph in list(root.iter(f"{_W}p")):
        if not any(paragraph.find(f"{_W}pPr/{_W}rPr/{_W}{kind}") is not None for kind in goes):
            continue
        after = paragraph.getnext()
        if after is None or after.tag != f"{_W}p":
            raise FidelityError("a paragraph of the Word file that is to go stands where none can: before a table")
        left = [child for child in paragraph if child.tag not in (f"{_W}pPr", *_RANGES)]
        at = 1 if after.find(f"{_W}pPr") is not None else 0
        after[at:at] = left
        _drop(paragraph)
