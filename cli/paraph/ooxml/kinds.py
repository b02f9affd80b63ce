"""What kind of file it is, by its first bytes and what it holds, whatever its name says.

People rename files, and mail programs do. A file that is not what it should be is named for what it is, with advice.
Signatures: [MS-CFB] for the old formats and for DOCX locked with a password, ISO 32000 for PDF, OpenDocument 1.3 part 2
for `mimetype`, ECMA-376 Part 1, 15.2 for the content types of what Word writes.
"""

from __future__ import annotations

import re
from enum import StrEnum

from paraph.ooxml.archive import Archive, PackageError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_OLD_WORD = "WordDocument".encode("utf-16-le")
_OUTLOOK = "__substg1.0_".encode("utf-16-le")
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|meta)\b", re.IGNORECASE | re.DOTALL)
_MAIL = re.compile(rb"(?:From [^\r\n]+\r?\n)?(?:[\w-]+:(?:[ \t][^\r\n]*)?\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}")
"""Lines of a head, of which one may say nothing (`To:`); before them, from a mailbox, who sent it."""
_COUNTED = re.compile(rb"[ \t]*(\d{1,9})[ \t]*\r?\n")
"""What Apple Mail has before an e-mail that it keeps (.emlx), its bytes counted; behind it stands what it notes."""
_NOTED = (b"<?xml", b"<!DOCTYPE plist", b"<plist")
_WIDE = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"", "utf-16-le"), (b"", "utf-16-be"))
"""How a text in UTF-16 begins: with a mark that says so, or without one."""
_TYPES = "[Content_Types].xml"
_WORD = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TEMPLATE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
_ATTACHED = "Save the Word file that is attached to it, and read that."
_SAVE = "Open it in a word processor, save it as .docx, and read that file."


class Kind(StrEnum):
    """What can be read: Word's own format, or one that a word processor turns into it."""

    DOCX = "docx"
    ODT = "odt"
    RTF = "rtf"


def kind_of(data: bytes) -> Kind:
    """What `data` is. PackageError: it is nothing that can be read; says what it is and what to do."""
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return Kind.RTF
    raise PackageError(*_named(data))


def is_mail(data: bytes) -> bool:
    """Whether `data` is an e-mail as mail programs save it (RFC 5322): it begins with lines of a head."""
    return _MAIL.match(data[:8192].removeprefix(b"\xef\xbb\xbf").lstrip()) is not None


def without_count(data: bytes) -> bytes:
    """The e-mail in a file of Apple Mail’s (.emlx); any other `data` as it is."""
    counted = _COUNTED.match(data[:100])
    mail = data[counted.end() : counted.end() + int(counted[1])] if counted else b""
    rest = data[counted.end() + len(mail) :].lstrip() if counted else b""
    return mail if is_mail(mail) and (not rest or rest.startswith(_NOTED)) else data


def _is_wide_mail(data: bytes) -> bool:
    """Whether `data` is an e-mail that an editor saved in UTF-16."""
    heads = (data[len(mark) : 8192].decode(codec, "replace") for mark, codec in _WIDE if data.startswith(mark))
    return any(is_mail(head.encode("utf-8", "replace")) for head in heads)


def _named(data: bytes) -> tuple[str, str]:
    """What a file is that cannot be read, and what to do."""
    head = data[:4096]
    if not data.strip(b"\0 \t\r\n"):
        return "The file is empty", "Ask for it again."
    if data.startswith(_OLE):
        if _LOCKED in data:
            return "The file is locked with a password", "Ask for it without one."
        if _OLD_WORD in data:
            return "The file is in the old format of Word (.doc)", _SAVE
        if _OUTLOOK in data:
            advice = "Save it as .eml, or save the Word file that is attached to it, and read that."
            return "The file is an e-mail in Outlook’s own format (.msg)", advice
        return "The file is in an old format of Office, and no Word document", _SAVE
    if b"%PDF-" in head[:1024]:
        return "The file is a PDF", "Ask for the Word file; or record what it says by hand: “paraph decide”."
    if head.startswith((b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF8")):
        return "The file is a picture", "Ask for the Word file; or record what it says by hand: “paraph decide”."
    if head.startswith((b"PK\x05\x06", b"PK\x07\x08", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        return "The file is an archive, and no Word document", "Unpack it, and read the Word file that is in it."
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<?xml") and b"schemas.microsoft.com/office" in head:
        return "The file is Word XML in one piece", _SAVE
    if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")):
        return "The file is a web page", _SAVE
    if is_mail(data):
        return "The file is an e-mail", _ATTACHED
    if is_mail(data[len(counted[0]) :] if (counted := _COUNTED.match(data[:100])) else b""):
        return "The file is an e-mail as Apple Mail keeps it (.emlx), and not a whole one", _ATTACHED
    if _is_wide_mail(data):
        return "The file is an e-mail that an editor saved in another encoding (UTF-16)", _ATTACHED
    return "This is not a DOCX file: nothing that a word processor writes begins like this", _SAVE


def _zipped(data: bytes) -> Kind:
    archive = Archive.open(data)
    names = {name.casefold(): name for name in archive.names}
    if "mimetype" in names:
        mime = archive.read(names["mimetype"]).strip()
        if mime.startswith(b"application/vnd.oasis.opendocument.text"):
            return _open_document(archive, names)
        what = "EPUB" if b"epub" in mime else "OpenDocument file, but no text"
        raise PackageError(f"The file is an {what}", _SAVE)
    if _TYPES.casefold() not in names:
        if any(name.endswith((".docx", ".odt", ".rtf")) for name in names):
            advice = "Unpack it, and read the Word file that is in it."
            raise PackageError("The file is an archive, and no Word document", advice)
        raise PackageError("This is not a DOCX file: it does not say what its parts are", _SAVE)
    _plain_word(archive.read(names[_TYPES.casefold()]), names)
    return Kind.DOCX


def _open_document(archive: Archive, names: dict[str, str]) -> Kind:
    """ODF without a password and without macros of its own."""
    manifest = archive.read(names["meta-inf/manifest.xml"]) if "meta-inf/manifest.xml" in names else b""
    if b"encryption-data" in manifest:
        raise PackageError("The file is locked with a password", "Ask for it without one.")
    if any(name.startswith(("basic/", "scripts/")) for name in names):
        raise PackageError("The file holds macros", _SAVE)
    return Kind.ODT


def _plain_word(types: bytes, names: dict[str, str]) -> None:
    """The content types of a document that Word would open as one, without macros."""
    if b"macroenabled" in types.lower() or any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        raise PackageError("The file holds macros", _SAVE)
    if _WORD not in types:
        if _TEMPLATE in types:
            raise PackageError("The file is a template of Word (.dotx)", _SAVE)
        what = next((one for one in ("spreadsheetml", "presentationml", "visio") if one.encode() in types), "")
        named = {"spreadsheetml": "an Excel sheet", "presentationml": "a PowerPoint file", "visio": "a drawing"}
        raise PackageError(f"The file is {named.get(what, 'of another kind of Office')}, and no Word document", _SAVE)
