"""The package (a ZIP of parts): read with care, written with the same bytes each time.

A part is named as in the ZIP, `word/document.xml`. Read limits keep a hostile file from filling the memory; a DOCTYPE
is refused, since no program that writes DOCX writes one. ECMA-376 Part 2 says how parts, types and relationships hang
together.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from paraph.errors import BrokenError
from paraph.ooxml.names import Element, el, name

MOST_PARTS = 2_000
MOST_BYTES = 200_000_000
_DATE = (1980, 1, 1, 0, 0, 0)
_TYPES = "[Content_Types].xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


class PackageError(BrokenError):
    """The file is not a package that can be read."""


@dataclass(slots=True)
class Package:
    """Parts by name. `xml` parses a part once; what is changed in the tree is what `data` writes."""

    parts: dict[str, bytes]
    _trees: dict[str, Element] = field(default_factory=dict)
    _known: dict[str, dict[tuple[str, str], str]] = field(default_factory=dict)

    @classmethod
    def read(cls, data: bytes) -> Package:
        """The parts of a file. PackageError: not a ZIP, too many or too large parts, two of one name."""
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                infos = [info for info in archive.infolist() if not info.is_dir()]
                names = [info.filename for info in infos]
                if len(names) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_BYTES:
                    raise PackageError("The Word file is too large to be a document")
                if len(set(names)) != len(names):
                    raise PackageError("The Word file holds two parts of one name", "Save it again in Word.")
                return cls({info.filename: archive.read(info) for info in infos})
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
            raise PackageError(f"This is not a DOCX file: {error}", "Save it as .docx in Word.") from error

    def xml(self, part: str) -> Element:
        """The root of an XML part, to read or change."""
        if part not in self._trees:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
            try:
                root = etree.fromstring(self.parts[part], parser)
            except (KeyError, etree.XMLSyntaxError) as error:
                raise PackageError(f"{part} of the Word file cannot be read: {error}") from error
            about: Any = root.getroottree().docinfo
            if about.doctype:
                raise PackageError(f"{part} of the Word file has a DOCTYPE")
            self._trees[part] = root
        return self._trees[part]

    def add(self, part: str, root: Element, content_type: str) -> None:
        """A new XML part with its type."""
        self.parts[part] = b""
        self._trees[part] = root
        self.declare(part, content_type)

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
