"""The package (a ZIP of parts): read with care, written with the same bytes each time.

A part is named as in the ZIP, `word/document.xml`. Read limits keep a hostile file from filling the memory
(`ooxml.archive` for the ZIP); a DOCTYPE is refused, since ECMA-376 Part 2 forbids it, which also says how parts, types
and relationships hang together.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from paraph.ooxml.archive import Archive, PackageError
from paraph.ooxml.names import Element, el, name, transitional

__all__ = ["Package", "PackageError", "parsed", "relationships_of"]

MOST_TAGS = 1_500_000
_ENCODED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")
_DECLARES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_STRICT = re.compile(rb"""xmlns(?::[^\s=]+)?\s*=\s*["'][^"']*(?:&|purl\.oclc\.org/ooxml)""")
"""A namespace that is one of Strict, or may be, spelt with references to characters. It begins with letters: these are
found much faster than any space before them, and every part is searched."""
_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*\?>\s*|<!--(?:[^-]|-[^-])*+-->\s*)*<[A-Za-z]")
"""What may stand before the first tag: the declaration of XML, instructions to programs, comments."""
_DATE = (1980, 1, 1, 0, 0, 0)
_TYPES = "[Content_Types].xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


@dataclass(slots=True)
class Package:
    """Parts by name. `xml` parses a part once; what is changed in the tree is what `data` writes."""

    parts: dict[str, bytes]
    _trees: dict[str, Element] = field(default_factory=dict)
    _known: dict[str, dict[tuple[str, str], str]] = field(default_factory=dict)

    @classmethod
    def read(cls, data: bytes) -> Package:
        """The parts of a file. PackageError: it is no plain ZIP, or has too many or too large parts."""
        archive = Archive.open(data)
        return cls({part: archive.read(part) for part in archive.names})

    def xml(self, part: str) -> Element:
        """The root of an XML part, to read or change."""
        if part not in self._trees:
            if part not in self.parts:
                raise PackageError(f"The Word file has no {part}")
            self._trees[part] = parsed(self.parts[part], part)
        return self._trees[part]

    def add(self, part: str, root: Element, content_type: str) -> None:
        """A new XML part with its type."""
        self.parts[part] = b""
        self._trees[part] = root
        self.declare(part, content_type)

    def set(self, part: str, data: bytes) -> None:
        """A part that is there already, as bytes."""
        self.parts[part] = data
        self._trees.pop(part, None)

    def declare(self, part: str, content_type: str) -> None:
        """Say what a part is."""
        types = self.xml(_TYPES)
        for old in types.findall(name("ct:Override")):
            if old.get("PartName") == f"/{part}":
                types.remove(old)
        types.append(el("ct:Override", {"PartName": f"/{part}", "ContentType": content_type}))

    def relate(self, part: str, kind: str, target: str, *, external: bool = False) -> str:
        """The id of a relationship of `part` to another part or, `external`, to an address; equal ones are one."""
        path = relationships_of(part)
        if path not in self.parts:
            self.parts[path] = b""
            self._trees[path] = el("rel:Relationships")
        relationships = self.xml(path)
        address = target if external else posixpath.relpath(target, posixpath.dirname(part) or ".")
        if path not in self._known:
            self._known[path] = {
                (one.get("Type", ""), one.get("Target", "")): one.get("Id", "") for one in relationships
            }
        known = self._known[path]
        key = (_OFFICE + kind, address)
        if key not in known:
            taken = set(known.values())
            identifier = next(f"rId{n}" for n in range(len(known) + 1, 2 * len(known) + 2) if f"rId{n}" not in taken)
            mode = {"TargetMode": "External"} if external else {}
            attributes = {"Id": identifier, "Type": key[0], "Target": address} | mode
            relationships.append(el("rel:Relationship", attributes))
            known[key] = identifier
        return known[key]

    def related(self, part: str, kind: str) -> dict[str, str]:
        """The parts that `part` names as `kind` (header, footer, styles, …), by relationship id."""
        path = relationships_of(part)
        if path not in self.parts:
            return {}
        folder = posixpath.dirname(part)
        return {
            one.get("Id", ""): posixpath.normpath(posixpath.join(folder, one.get("Target", ""))).lstrip("/")
            for one in self.xml(path)
            if one.get("Type") == _OFFICE + kind and one.get("TargetMode") != "External"
        }

    def data(self) -> bytes:
        """The file: parts in the order of their names, with one fixed date."""
        for part, root in self._trees.items():
            self.parts[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for part in sorted(self.parts):
                info = zipfile.ZipInfo(part, _DATE)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.create_system = 0
                archive.writestr(info, self.parts[part])
        return buffer.getvalue()


def relationships_of(part: str) -> str:
    """Where the relationships of `part` are kept; "" is the package itself."""
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def begins_plainly(head: bytes, part: str) -> None:
    """Look at the first bytes of a part that is too long to be kept, in place of `parsed`: they must reach its first
    tag, before which alone a DOCTYPE can stand. PackageError as there."""
    plain = _as_ascii(head)
    _in_known_encoding(plain, part)
    if not _ROOT.match(plain):
        raise PackageError(f"{part} of the Word file begins with something else than its first tag")


def parsed(data: bytes, part: str) -> Element:
    """The root of the XML in `data`. PackageError: it is none, brings a DOCTYPE or entities, or has too many tags.

    Nothing is fetched and no entity expanded. A part is in UTF-8 or UTF-16 (ECMA-376 Part 2, 8.1.4), so that what is
    forbidden is seen before a parser sees it; the parser's own bounds on depth and size stay in force. Comments of XML
    and instructions to programs are left out, so that words around one are the one text that Word shows. Names of
    ISO/IEC 29500 Strict are made those of Transitional.
    """
    plain = _as_ascii(data)
    _in_known_encoding(plain, part)
    if b"<!" in plain and _DECLARES.search(plain):
        raise PackageError(f"{part} of the Word file has a DOCTYPE, which no Word file may have")
    if plain.count(b"<") > 2 * MOST_TAGS:
        raise PackageError(f"{part} of the Word file is too large to be read")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        advice = "LibreOffice writes such files where fields were filled in while changes are tracked: ask for .odt."
        raise PackageError(f"{part} of the Word file cannot be read: {error}", advice) from error
    about: Any = root.getroottree().docinfo
    if about.doctype:
        raise PackageError(f"{part} of the Word file has a DOCTYPE, which no Word file may have")
    if _STRICT.search(plain):
        _name_as_transitional(root, part)
    return root


def _name_as_transitional(root: Element, part: str) -> None:
    """Give elements and attributes of Strict the names of Transitional. PackageError: one is there by both names, and
    programs take the one or the other."""
    for one in root.iter("*"):
        if (tag := _renamed(str(one.tag))) != one.tag:
            one.tag = tag
        for key, value in one.items():
            if (called := _renamed(str(key))) == key:
                continue
            if called in one.attrib:
                raise PackageError(f"{part} of the Word file says one thing twice ({etree.QName(called).localname})")
            del one.attrib[key]
            one.set(called, value)


def _renamed(tag: str) -> str:
    if not tag.startswith("{"):
        return tag
    uri, _, local = tag[1:].partition("}")
    return f"{{{transitional(uri)}}}{local}"


def _as_ascii(data: bytes) -> bytes:
    """With the signs of XML as ASCII has them."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace").encode("utf-8", "replace")
    return data


def _in_known_encoding(plain: bytes, part: str) -> None:
    named = _ENCODED.match(plain[:200].removeprefix(b"\xef\xbb\xbf").lstrip())
    if b"\0" in plain[:4] or (named and named[1].lower() not in (b"utf-8", b"utf-16", b"us-ascii")):
        raise PackageError(f"{part} of the Word file is in an unusual encoding", "Save it again in Word.")
