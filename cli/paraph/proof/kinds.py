"""What a file is: by its bytes, and by what programs make of those that go by its name, or by its end.

One file can be two. PDF readers look for “%PDF-” in the first 1,024 bytes (ISO 32000-2, annex I.1; Acrobat’s
implementation notes), programs that open a ZIP for its directory at the end (APPNOTE 4.3.16), and whatever is called
.html or .txt is opened as that. A file that somebody may open as another than was read vouches for nothing.
"""

from __future__ import annotations

import codecs

from paraph.errors import BrokenError

_ZIP = b"PK\x03\x04"
_ZIPS = ("docx", "odt", "epub")
_DIRECTORY, _ENDS, _LONGEST_END = b"PK\x01\x02", b"PK\x05\x06", 22 + 65_535
"""What each entry of the directory of a ZIP begins with, what its end does, and the bytes that has at most."""

_PDF = b"%PDF-"
_LOOKED_FOR = 1024
_PARTS = ((b"[Content_Types].xml", "docx"), (b"META-INF/container.xml", "epub"), (b"content.xml", "odt"))
"""Names of parts that no file of this kind is without: a ZIP has them as they are."""

_RTF = rb"{\rtf"
_AKOMA_NTOSO = b"<akomaNtoso"
_BEGINNING = 4096
_NO_TEXT = frozenset(range(32)) - frozenset(b"\t\n\f\r")
NAMES = {
    **{kind: (f".{kind}",) for kind in ("pdf", *_ZIPS)},
    "md": (".md", ".txt", ".markdown"),
    "html": (".html", ".htm", ".xhtml"),
    "akn.xml": (".akn.xml", ".xml", ".akn"),
}
"""How files of each kind are called."""

_ANYTHING = {one: kind for kind in ("md", "html", "akn.xml") for one in NAMES[kind]} | {".xht": "html"}
"""Names under which programs open whatever stands in a file."""


def kind_of(data: bytes) -> str:
    """What a file is by its bytes, whatever its name: pdf, odt, epub, docx (any other ZIP), html, akn.xml, md (any
    text), ""."""
    head = data[:_LOOKED_FOR].removeprefix(codecs.BOM_UTF8).lstrip()
    if head.startswith(_PDF):
        return "pdf"
    if data.startswith(_ZIP):
        return next((kind for part, kind in _PARTS if part in data), "docx")
    if head[:1] == b"<":
        akn = _AKOMA_NTOSO in data[:_BEGINNING]
        return "akn.xml" if akn else "html" if b"<?xml" not in head[:5] else ""
    return "md" if head and not is_rtf(data) and not _NO_TEXT.intersection(head) else ""


def is_rtf(data: bytes) -> bool:
    """Whether a file is RTF, of which no words are read: what one sees of it is no text."""
    return data.lstrip().startswith(_RTF)


def refuse_two(data: bytes, name: str = "") -> None:
    """Raises BrokenError where a file is two, or is opened as another by its name."""
    kind = kind_of(data)
    also = [one for one in _kinds(data) if one != kind]
    if kind and also:
        raise BrokenError(
            f"it is {kind.upper()} and {also[0].upper()} in one, and which of them is seen depends on the program"
        )
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    opened = _ANYTHING.get(ending, kind)
    if kind and opened != kind and (kind in ("pdf", *_ZIPS) or opened == "html"):
        raise BrokenError(f"it is {kind.upper()} by what it holds, and is opened as another by its name ({ending})")


def _kinds(data: bytes) -> list[str]:
    """What programs may open a file as that go by something else than its beginning."""
    made = ["pdf"] if _PDF in data[:_LOOKED_FOR] else []
    if data.startswith(_ZIP):
        made += [kind for part, kind in _PARTS if part in data]
    elif _ENDS in data[-_LONGEST_END:] and _DIRECTORY in data:
        made.append("zip")
    return made
