"""What a part of a Word file leads to, by its relationships (ECMA-376 Part 2, 9.3).

Word and LibreOffice go by the whole type of each. For what one of them passes over and the other follows, such as a
part of the file that is said to be outside of it, or two of one id, nobody can say what a reader sees.
"""

from __future__ import annotations

import posixpath
from typing import NamedTuple

from paraph.ooxml.archive import PackageError
from paraph.ooxml.names import NAMESPACES, Element, name, transitional

_OFFICE = f"{NAMESPACES['r']}/"
_MICROSOFT = {
    "http://schemas.microsoft.com/office/2011/relationships/commentsExtended": "commentsExtended",
}
"""The kinds that only Microsoft has and that are read here (MS-DOCX, 2.1)."""
_PARTS = frozenset(
    (
        "officeDocument", "styles", "numbering", "settings", "header", "footer", "footnotes", "endnotes", "comments",
        "commentsExtended", "theme", "fontTable", "webSettings", "glossaryDocument", "custom-properties",
    )
)  # fmt: skip
"""Kinds of what is always a part of the file itself."""
_SAVE = "Save it again in Word."


class Relationship(NamedTuple):
    """`kind`: what it leads to (“styles”, “hyperlink”), "" where nobody knows its type; `target`: the name of a part,
    or, `outside`, an address."""

    id: str
    kind: str
    target: str
    outside: bool


def relationships_in(root: Element, part: str) -> tuple[Relationship, ...]:
    """Those of `part`, from the root of where they are kept. PackageError: programs follow them each in its own way."""
    found = tuple(_read(one, part) for one in root)
    if len({one.id for one in found}) < len(found):
        raise PackageError("The Word file has two relationships of one id", _SAVE)
    return found


def _read(one: Element, part: str) -> Relationship:
    if one.tag != name("rel:Relationship") or one.prefix or len(one):
        raise PackageError("The Word file has something else among its relationships", _SAVE)
    type_, target = transitional(one.get("Type") or ""), one.get("Target") or ""
    kind = type_.removeprefix(_OFFICE) if type_.startswith(_OFFICE) else _MICROSOFT.get(type_, "")
    outside = one.get("TargetMode") == "External"
    if kind in _PARTS and (outside or any(sign in target for sign in "#?%")):
        raise PackageError(f"The Word file says of its {kind} that it is elsewhere", _SAVE)
    if not outside:
        joined = target if target.startswith("/") else posixpath.join(posixpath.dirname(part), target)
        target = posixpath.normpath(joined).lstrip("/")
    return Relationship(one.get("Id") or "", kind, target, outside)
